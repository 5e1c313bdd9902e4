"""galactica keys and galactica trust, from end to end; what is secret stays in its file."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .conftest import Said, call
from .test_json import check

pytest.importorskip("cryptography", reason="needs the extra spread")
pytest.importorskip("tuf", reason="needs the extra spread")

from ..spread.trust.made import publish, release


@pytest.fixture
def mine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GALACTICA_CONFIG", str(tmp_path / "settings"))
    monkeypatch.delenv("GALACTICA_PASSPHRASE", raising=False)
    monkeypatch.chdir(tmp_path)
    return tmp_path


def made(*names: str) -> None:
    for name in names:
        said = call("keys", "new", name, "--no-passphrase", "--json")
        assert said.code == 0, said.err
        check("keys", said.json)


def told(*words: str, code: int = 0) -> Said:
    said = call(*words)
    assert said.code == code, said.err
    return said


def test_three_people_begin_a_publication_rotate_a_key_and_a_machine_trusts_it(mine: Path) -> None:
    made("alice", "bob", "carol", "dave", "line")
    begin = [
        "keys",
        "root",
        "Alice=alice",
        "bob",
        "carol",
        "-t",
        "2",
        "--server",
        "line",
        "--title",
        "Club",
        "-o",
        "pub",
    ]
    check("roots", told(*begin, "--json").json)
    first = told("keys", "sign", "pub", "-k", "alice", "-y", "--json", code=1)
    check("signed", first.json)
    assert first.json["complete"] is False
    assert "1 signed and 1 more must" in told("keys", "show", "pub").out
    assert "Signed: Root 1" in told("keys", "sign", "pub", "-k", "bob", "-y").out
    assert "“Club”" in told("keys", "show", "pub").out

    check("trust", told("trust", "add", "pub", "--json").json)
    told("keys", "rotate", "pub", "--remove", "Alice", "--add", "dave")
    told("keys", "sign", "pub", "-k", "alice", "-k", "bob", "-k", "dave", "-y")
    check("roots", told("keys", "show", "pub", "--json").json)
    told("trust", "add", "pub")
    listed = told("trust", "list", "--json").json
    check("trust", listed)
    assert listed["trusted"][0]["root"] == 2
    assert listed["trusted"][0]["added"] is True
    assert "dave" in told("trust", "list").out
    assert "Not trusted any more: Club" in told("trust", "remove", "Club").err
    assert told("trust", "list", "--json").json == {"trusted": []}


def test_a_root_travels_as_a_file_and_signatures_of_copies_are_put_together(mine: Path) -> None:
    made("alice", "bob")
    told("keys", "root", "alice", "bob", "-t", "2", "-o", "1.root.json")
    for name in ("alice", "bob"):
        Path(f"{name}.json").write_bytes(Path("1.root.json").read_bytes())
        told("keys", "sign", f"{name}.json", "-k", name, "-y", code=1)
    assert told("keys", "sign", "1.root.json", "--with", "alice.json", "--with", "bob.json").code == 0
    told("trust", "add", "1.root.json")
    told("keys", "root", "alice", "-t", "1", "-o", "1.root.json", code=2)


def test_a_release_that_somebody_published_is_signed_after_it_was_shown(
    mine: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from datetime import UTC, datetime

    from galactica.library import keys

    made("alice", "bob")
    told("keys", "root", "alice", "bob", "-t", "2", "-o", "pub")
    told("keys", "sign", "pub", "-k", "alice", "-k", "bob", "-y")
    secret = keys.open_key(mine / "settings" / "keys" / "alice.key", lambda _: b"")
    signer = keys.PublicationSigner(mine / "pub", [(secret, "alice")], datetime(2027, 1, 1, tzinfo=UTC))
    place = publish(mine / "pub", release(7), signer)
    nobody = told("keys", "sign", "pub", "-k", "bob", code=2)
    assert "Release 7" in nobody.err
    assert "--yes" in nobody.err
    assert len(list(place.glob("*.minisig"))) == 1
    told("keys", "sign", "pub", "-k", "bob", "--release", "8-0000000000000000", "-y", code=2)
    assert "Release 7" in told("keys", "sign", "pub", "-k", "bob", "-k", "alice", "-y").out
    assert len(list(place.glob("*.minisig"))) == 2
    done = told("keys", "sign", "pub", "-k", "bob", "-y", "--json").json
    assert done["complete"] is True
    assert "7-" in done["listed"][0]


def test_what_is_secret_stands_in_no_output(mine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALACTICA_PASSPHRASE", "a very secret phrase")
    said = [call("keys", "new", "alice"), call("keys", "new", "bob", "--no-passphrase", "--json")]
    said += [
        call("keys", "list"),
        call("keys", "list", "--json"),
        call("keys", "export", "bob"),
        call("keys", "export", "bob.key"),
    ]
    said += [call("keys", "new", "bob", "--no-passphrase"), call("keys", "sign", "x.json", "-k", "bob")]
    monkeypatch.setenv("GALACTICA_PASSPHRASE", "a wrong one, secret as well")
    said += [call("keys", "sign", "x.json", "-k", "alice"), call("keys", "sign", "x.json", "-k", "alice", "--json")]
    assert said[-1].code == 2
    assert "passphrase is wrong" in said[-1].err
    shown = "".join(each.out + each.err for each in said)
    for name in ("alice", "bob"):
        secret = (mine / "settings" / "keys" / f"{name}.key").read_text().splitlines()[1]
        assert all(secret[at : at + 12] not in shown for at in range(84, 112))  # where the seed is
    assert "secret phrase" not in shown
    assert "secret as well" not in shown


def test_copies_of_a_root_that_others_signed_are_collected_in_a_publication(mine: Path) -> None:
    made("alice", "bob")
    told("keys", "root", "alice", "bob", "-t", "2", "-o", "pub")
    for name in ("alice", "bob"):
        Path(f"{name}.json").write_bytes((mine / "pub/metadata/pending/1.root.json").read_bytes())
        told("keys", "sign", f"{name}.json", "-k", name, "-y", code=1)
    told("keys", "sign", "pub", "--with", "alice.json", "-k", "bob", "-y")
    assert (mine / "pub/metadata/1.root.json").is_file()
    assert not (mine / "pub/metadata/pending/1.root.json").exists()
    assert "has root 1 already" in told("keys", "sign", "pub", "--with", "bob.json", code=1).err


def test_a_key_that_others_may_read_is_said_to_be(mine: Path) -> None:
    made("alice")
    key = mine / "settings" / "keys" / "alice.key"
    if os.name != "posix":
        pytest.skip("modes of files are POSIX's")
    key.chmod(0o644)
    assert "READABLE BY OTHERS" in told("keys", "list").out
    told("keys", "root", "alice", "-t", "1", "-o", "r.json")
    assert "chmod 600" in told("keys", "sign", "r.json", "-k", "alice", "-y").err


def test_a_single_key_is_trusted_by_its_line_and_called_what_the_person_likes(mine: Path) -> None:
    made("alice")
    line = told("keys", "export", "alice").out.splitlines()[1]
    document = told("keys", "export", "alice", "--json", "--out", "alice.txt").json
    check("key", document)
    assert document["public"] == line
    assert Path("alice.txt").read_text().splitlines()[1] == line
    said = told("trust", "add", line, "--name", "Alice of the club")
    assert "whatever it signs alone" in said.out
    assert "Alice of the club" in told("trust", "remove", "Alice of the club").err


@pytest.mark.parametrize(
    "words",
    [
        ["keys", "root", "nobody", "-t", "1", "-o", "pub"],
        ["keys", "root", "alice", "-t", "2", "-o", "pub"],
        ["keys", "rotate", "pub"],
        ["keys", "rotate", "pub", "--add", "alice"],
        ["keys", "rotate", "pub", "--remove", "nobody"],
        ["keys", "sign", "pub"],
        ["keys", "sign", "pub", "-k", "alice", "-y"],
        ["keys", "sign", "pub", "-k", "alice", "--all", "--release", "x"],
        ["keys", "export", "nobody"],
        ["keys", "new", "../x", "--no-passphrase"],
        ["trust", "add", "."],
        ["trust", "add", "nobody"],
        ["trust", "remove", "nobody"],
    ],
)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(mine: Path, words: list[str]) -> None:
    made("alice")
    (mine / "pub").mkdir()
    before = sorted(mine.rglob("*"))
    said = told(*words, code=2)
    assert said.err.count("\n") >= 2
    assert [each for each in sorted(mine.rglob("*")) if each.name not in ("trust", ".lock")] == before


def test_a_file_that_is_no_root_is_refused(mine: Path) -> None:
    made("alice")
    Path("x.json").write_text("[")
    for words in (["trust", "add", "x.json"], ["keys", "show", "x.json"], ["keys", "sign", "x.json", "-k", "alice"]):
        assert "damaged" in told(*words, code=1).err


def test_one_key_alone_begins_no_publication_where_a_root_of_several_waits(mine: Path) -> None:
    made("alice", "bob")
    told("keys", "root", "alice", "bob", "-t", "2", "-o", "pub")
    edition = str(Path(__file__).parents[1] / "compat" / "edition-v2")
    before = sorted(mine.rglob("*"))
    assert "keys sign pub" in told("publish", edition, "pub", "-k", "alice", "--workers", "1", code=2).err
    assert sorted(mine.rglob("*")) == before


def test_a_second_key_of_one_name_is_refused_and_the_first_stays(mine: Path) -> None:
    made("alice")
    before = told("keys", "list").out
    assert "You have a key called alice already" in told("keys", "new", "alice", "--no-passphrase", code=2).err
    said = told("keys", "new", "alice", "--passphrase-file", "none.txt", code=2).err
    assert "You have a key called alice already" in said  # before a passphrase is looked for
    assert told("keys", "list").out == before


def test_who_publishes_is_told_who_must_sign_still(mine: Path) -> None:
    made("alice", "bob", "line")
    told("keys", "root", "alice", "bob", "-t", "2", "--server", "line", "-o", "pub")
    told("keys", "sign", "pub", "-k", "alice", "-k", "bob", "-y")
    edition = str(Path(__file__).parents[1] / "compat" / "edition-v2")
    said = told("publish", edition, "pub", "-k", "alice", "--workers", "1")
    assert "Waits for others to sign: Release" in said.err
    assert "needs 2 of 2 signatures; 1 hold: alice" in said.err
    told("fetch", "pub", "got.edition", "--quiet", code=1)
    assert "needs 2 of 2" in told("broadcast", "pub", "--out", "packets", "--quiet", code=1).err
    assert "snapshot.json" in told("keys", "sign", "pub", "-k", "bob", "-y", code=1).out
    told("keys", "sign", "pub", "-k", "line", "-y")
    fetched = told("fetch", "pub", "got.edition", "--quiet")
    assert "FIRST USE" in fetched.err
    assert "trusted since its first use" in told("trust", "list").out

    told("broadcast", "pub", "--out", "packets", "--quiet")
    told("receive", "sent.edition", "--from", "packets", "--quiet")
    told("publish", "sent.edition", "again", "--workers", "1")
    assert "FIRST USE" not in told("fetch", "again", "third.edition", "--quiet").err
    assert sorted(each.name for each in Path("third.edition/release").iterdir()) == sorted(
        ["release.json", "1.root.json", *(each.name for each in Path("pub").rglob("*.minisig"))]
    )
