"""galactica protect, scrub, repair and recover, from end to end."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from ..worked import build_works
from .conftest import call
from .test_json import check


@pytest.fixture
def edition(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    return build_works(tmp_path)


def test_volumes_are_made_lost_and_brought_together_again(edition: Path, tmp_path: Path) -> None:
    made = call("protect", str(edition), "--volumes", "5", "--survive", "2", "--out", str(tmp_path / "v"), "--json")
    assert made.code == 0, made.err
    check("protect", made.json)
    folders = made.json["folders"]
    assert isinstance(folders, list)
    assert [Path(folder).name for folder in folders] == [f"bog.volume-{n}-of-5" for n in range(1, 6)]
    shutil.rmtree(folders[0])
    shutil.rmtree(folders[3])
    left = [folder for folder in folders if Path(folder).exists()]
    found = call("recover", *left, str(tmp_path / "back.edition"), "--json")
    assert found.code == 0, found.err
    check("recover", found.json)
    assert found.json["whole"] is True
    assert call("verify", str(tmp_path / "back.edition")).code == 0
    assert "root" in call("recover", *left, str(tmp_path / "again.edition"), "--no-index").out
    assert call("recover", *left[:2], str(tmp_path / "few.edition")).code == 4


def test_damage_is_found_put_right_and_found_no_more(edition: Path, tmp_path: Path) -> None:
    made = call("protect", str(edition), "--in-place", "10")
    assert made.code == 0, made.err
    assert "of parity" in made.err
    assert "That is more than 10 %: parity is made in blocks that have a least size" in made.err
    assert "All is right" in call("scrub", str(edition)).out
    file = edition / "data/edition.json"
    file.write_bytes(b"x" + file.read_bytes()[1:])
    hurt = call("scrub", str(edition), "--json", "--log", str(tmp_path / "log"))
    assert hurt.code == 1
    check("scrub", hurt.json)
    damage = hurt.json["damage"]
    assert isinstance(damage, list)
    assert [each["where"] for each in damage] == ["data/edition.json"]
    assert (tmp_path / "log").read_text().count("\n") == 2
    said = call("scrub", str(edition), "--rate", "1000")
    assert said.code == 1
    assert "galactica repair" in said.err
    done = call("repair", str(edition), "--json")
    assert done.code == 0, done.err
    check("repair", done.json)
    assert done.json["pieces"] == 1
    assert "Nothing was wrong" in call("repair", str(edition)).out
    assert call("verify", str(edition)).code == 0


def test_what_cannot_be_put_right_is_said(edition: Path, tmp_path: Path) -> None:
    (edition / "data/sources/00000.parquet").write_bytes(b"gone")
    done = call("repair", str(edition))
    assert done.code == 1
    assert "still wrong" in done.out
    check("repair", call("repair", str(edition), "--json").json)


def test_an_edition_that_cannot_be_opened_any_more_is_repaired_by_the_command_that_is_named(
    edition: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.edition"
    shutil.copytree(edition, copy)
    (edition / "data/edition.json").write_bytes(b"{}")
    for words in (("verify", str(edition)), ("search", "peat", "-e", str(edition))):
        said = call(*words)
        assert said.code == 4
        assert f"galactica repair {edition} --from COPY" in said.err
    assert call("repair", str(edition), "--from", str(copy)).code == 0
    assert call("verify", str(edition)).code == 0


def test_a_damaged_index_is_taken_from_a_copy_or_the_command_that_makes_it_is_named(
    edition: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy.edition"
    shutil.copytree(edition, copy)
    file = next((edition / "index/text").rglob("*.term"))
    right = file.read_bytes()
    file.write_bytes(bytes([right[0] ^ 1]) + right[1:])
    assert call("verify", str(edition)).code == 1
    done = call("repair", str(edition))
    assert done.code == 1
    assert f"still wrong: {edition}: {file.relative_to(edition)}" in done.out
    assert f"galactica index {edition}" in done.err
    assert "galactica recover" not in done.err
    done = call("repair", str(edition), "--from", str(copy))
    assert done.code == 0
    assert file.read_bytes() == right
    assert call("verify", str(edition)).code == 0
    assert "Nothing was wrong" in (said := call("repair", str(edition)).out)
    assert "(0 B" not in said


@pytest.mark.parametrize(
    "words",
    [
        ("protect", "{e}"),
        ("protect", "{e}", "--volumes", "3", "--survive", "3"),
        ("protect", "{e}", "--volumes", "3", "--survive", "1", "--in-place", "5"),
        ("protect", "{e}", "--par2", "5"),
        ("recover", "{e}"),
    ],
)
def test_what_makes_no_sense_ends_in_2_with_a_remedy(edition: Path, words: tuple[str, ...]) -> None:
    said = call(*(word.format(e=edition) for word in words))
    assert said.code == 2
    assert len(said.err.splitlines()) >= 2


def test_what_is_joined_and_damaged_is_told_with_the_command_that_makes_it(edition: Path) -> None:
    assert call("join", str(edition), "--only", "claims", "--quiet").code == 0
    assert call("verify", str(edition)).code == 0
    file = next((edition / "joined/claims").rglob("*.parquet"))
    file.write_bytes(b"gone")
    found = call("verify", str(edition))
    assert found.code == 1
    assert str(file.relative_to(edition)) in found.out
    assert f"Remove {edition / 'joined/claims'} and make it again: galactica join {edition}" in found.err
