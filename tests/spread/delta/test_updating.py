"""An edition is the old one until it is the new one, whatever happens on the way."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.edition.verify import verify_edition
from galactica.errors import EditionError, GalacticaError, MissingError, ProofError, UsageError
from galactica.spread.delta import updating


@pytest.fixture
def edition(line: Path, tmp_path: Path) -> Path:
    shutil.copytree(line / "a.edition", tmp_path / "a.edition")
    return tmp_path / "a.edition"


def root_of(path: Path) -> str:
    with Edition.open(path) as opened:
        return opened.root


def test_an_edition_is_updated_in_its_place_by_a_chain(line: Path, edition: Path) -> None:
    said: list[str] = []
    found = library.update(edition, [str(line / "ab.delta"), str(line / "bc.delta")], note=said.append)
    assert (found.way, found.number, found.root) == ("delta", 3, root_of(line / "c.edition"))
    assert verify_edition(edition).problems == ()
    assert any("NOTHING VOUCHES" in each for each in said)
    assert [each.name for each in edition.parent.iterdir()] == ["a.edition"]
    again = library.update(edition, [str(line / "ab.delta"), str(line / "bc.delta")])
    assert (again.way, again.number) == ("none", 3)
    assert [each.name for each in edition.parent.iterdir()] == ["a.edition"]


def test_a_chain_whose_first_delta_was_applied_goes_on_with_the_second(line: Path, edition: Path) -> None:
    library.update(edition, [str(line / "ab.delta")])
    library.update(edition, [str(line / "ab.delta"), str(line / "bc.delta")], root=root_of(line / "c.edition"))
    assert root_of(edition) == root_of(line / "c.edition")


def test_another_root_than_the_one_that_is_known_is_refused(line: Path, edition: Path) -> None:
    with pytest.raises(ProofError, match="not to"):
        library.update(edition, [str(line / "ab.delta")], root="ab" * 32)
    with pytest.raises(UsageError):
        library.update(edition, [str(line / "ab.delta")], root="ab")
    assert root_of(edition) == root_of(line / "a.edition")
    assert [each.name for each in edition.parent.iterdir()] == ["a.edition"]


def test_a_delta_back_to_an_older_edition_is_refused_unless_asked_for(line: Path, tmp_path: Path) -> None:
    shutil.copytree(line / "b.edition", tmp_path / "b.edition")
    library.delta(line / "b.edition", [line / "a.edition"], tmp_path / "ba.delta")
    with pytest.raises(ProofError, match="back"):
        library.update(tmp_path / "b.edition", [str(tmp_path / "ba.delta")])
    library.update(tmp_path / "b.edition", [str(tmp_path / "ba.delta")], older=True)
    assert root_of(tmp_path / "b.edition") == root_of(line / "a.edition")


@pytest.mark.parametrize("step", ["apply_changes", "keep_beside", "place_edition"])
def test_whatever_stops_it_the_old_edition_is_there_and_the_same_command_goes_on(
    line: Path, edition: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(updating, step, stop)
        if step == "keep_beside":
            patch.setattr(updating, "place_edition", stop)
        with pytest.raises(KeyboardInterrupt):
            library.update(edition, [str(line / "ab.delta")])
    assert root_of(edition) == root_of(line / "a.edition")
    assert verify_edition(edition).problems == ()
    library.update(edition, [str(line / "ab.delta")])
    assert root_of(edition) == root_of(line / "b.edition")


def test_what_a_killed_update_left_is_taken_away(line: Path, edition: Path) -> None:
    left = edition.with_name("a.edition.updating")
    shutil.copytree(line / "b.edition", left / "edition")
    (left / "lock").touch()
    library.update(edition, [str(line / "ab.delta")])
    assert verify_edition(edition).problems == ()
    assert not left.exists()


def test_where_the_system_cannot_trade_names_at_once_a_kill_between_is_settled(line: Path, edition: Path) -> None:
    edition.rename(edition.with_name("a.edition.replaced"))  # as an exchange of several steps leaves it
    library.update(edition, [str(line / "ab.delta")])
    assert root_of(edition) == root_of(line / "b.edition")


def test_two_processes_do_not_update_one_edition(line: Path, edition: Path) -> None:
    with updating.at_work(edition), pytest.raises(UsageError, match="another process"):
        library.update(edition, [str(line / "ab.delta")])


def test_whoever_has_the_old_edition_open_is_told(line: Path, edition: Path) -> None:
    with Edition.open(edition) as opened:
        first = opened.article(0)
        library.update(edition, [str(line / "ab.delta")])
        assert opened.article(0) == first
        with pytest.raises(EditionError, match="replaced"):
            opened.article(65)


def test_what_is_no_delta_or_no_edition_is_refused(line: Path, edition: Path, tmp_path: Path) -> None:
    (tmp_path / "no.delta").write_bytes(b"nothing")
    with pytest.raises(ProofError):
        library.update(edition, [str(tmp_path / "no.delta")])
    with pytest.raises(MissingError):
        library.update(edition, [str(tmp_path / "missing.delta")])
    with pytest.raises(GalacticaError):
        library.update(tmp_path / "missing.edition", [str(line / "ab.delta")])
    (tmp_path / "link.edition").symlink_to(edition)
    with pytest.raises(UsageError, match="link"):
        library.update(tmp_path / "link.edition", [str(line / "ab.delta")])


def test_what_was_joined_is_not_carried_over_and_that_is_said(line: Path, edition: Path) -> None:
    (edition / "joined" / "claims").mkdir(parents=True)
    said: list[str] = []
    library.update(edition, [str(line / "ab.delta")], note=said.append)
    assert any("galactica join" in each for each in said)
    assert not (edition / "joined").exists()


def test_the_verbs_say_what_they_did(line: Path, edition: Path, tmp_path: Path) -> None:
    def run(*words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run([sys.executable, "-m", "galactica", *words], capture_output=True, text=True, check=False)

    made = run("delta", str(line / "a.edition"), str(line / "b.edition"), "--out", str(tmp_path / "x.delta"), "--json")
    assert json.loads(made.stdout)["root"] == root_of(line / "b.edition")
    assert (tmp_path / "x.delta").read_bytes() == (line / "ab.delta").read_bytes()
    merged = run("delta", str(edition), str(line / "ab.delta"), str(line / "bc.delta"), "--out", str(tmp_path / "y"))
    assert "articles:" in merged.stdout
    updated = run(
        "update", str(edition), "--from", str(tmp_path / "y"), "--root", root_of(line / "c.edition"), "--json"
    )
    assert json.loads(updated.stdout)["way"] == "delta"
    again = run("update", str(edition), "--from", str(line / "ab.delta"))
    assert again.returncode == 2
    assert "is for the edition" in again.stderr


def test_a_file_that_exists_is_not_written_over(line: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_text("mine", encoding="utf-8")
    with pytest.raises(UsageError, match="exists"):
        library.delta(line / "a.edition", [line / "b.edition"], tmp_path / "x")
    with pytest.raises(UsageError, match="same"):
        library.delta(line / "a.edition", [line / "a.edition"], tmp_path / "y")
    assert not (tmp_path / "y").exists()
