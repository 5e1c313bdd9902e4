"""Keys in files: who may read them, what is never written over, and what a person may call them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

import pytest

from galactica.errors import InputError, MissingError, UsageError
from galactica.spread.trust.key_files import kept_keys, new_key, open_key, passphrase_from, public_key, secret_file
from galactica.spread.trust.store import TrustStore

from .made import ALICE, BOB

WORK, MEMORY = 2**15, 2**20

posix = pytest.mark.skipif(os.name != "posix", reason="modes of files are POSIX's")


def never(_file: Path) -> bytes:
    raise AssertionError("nobody is asked")


@posix
def test_a_new_key_can_be_read_by_its_owner_alone_whatever_the_umask(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        made = new_key("alice", tmp_path / "keys", b"x", work=WORK, memory=MEMORY)
    finally:
        os.umask(before)
    assert stat.S_IMODE(made.file.stat().st_mode) == 0o600
    assert stat.S_IMODE(made.file.parent.stat().st_mode) == 0o700
    assert not made.exposed
    made.file.chmod(0o644)
    assert kept_keys(tmp_path / "keys")[0].exposed


def test_a_key_is_opened_with_its_passphrase_and_asked_for_by_name(tmp_path: Path) -> None:
    made = new_key("alice", tmp_path, b"x", work=WORK, memory=MEMORY)
    assert made.encrypted
    assert open_key(secret_file("alice", tmp_path), lambda _: b"x").public == made.named.key
    with pytest.raises(UsageError, match="passphrase is wrong"):
        open_key(made.file, lambda _: b"y")
    plain = new_key("bob", tmp_path, None)
    assert open_key(plain.file, never).public == plain.named.key
    assert [(each.named.name, each.encrypted) for each in kept_keys(tmp_path)] == [("alice", True), ("bob", False)]


def test_a_key_is_never_written_over_nor_through_a_link(tmp_path: Path) -> None:
    made = new_key("alice", tmp_path, None)
    kept = made.file.read_bytes()
    with pytest.raises(UsageError, match="called alice already"):
        new_key("alice", tmp_path, None)
    (tmp_path / "bob.pub").write_text("something")
    with pytest.raises(UsageError, match="exists already"):
        new_key("bob", tmp_path, None)
    assert not (tmp_path / "bob.key").exists()
    (tmp_path / "carol.key").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(UsageError, match="a link"):
        new_key("carol", tmp_path, None)
    assert not (tmp_path / "elsewhere").exists()
    assert made.file.read_bytes() == kept
    assert not list(tmp_path.glob(".*"))


def test_a_key_can_lie_elsewhere(tmp_path: Path) -> None:
    made = new_key("alice", tmp_path / "none", None, out=tmp_path / "stick.key")
    assert made.file == tmp_path / "stick.key"
    assert public_key(str(tmp_path / "stick.pub"), tmp_path).key == made.named.key
    assert public_key(str(tmp_path / "stick.key"), tmp_path).key == made.named.key
    odd = new_key("alice", tmp_path / "none", None, out=tmp_path / "odd")
    assert public_key(str(tmp_path / "odd.pub"), tmp_path).key == odd.named.key
    assert not (tmp_path / "none").exists()
    with pytest.raises(MissingError):
        new_key("alice", tmp_path, None, out=tmp_path / "no" / "where.key")


def test_no_folder_is_made_that_is_called_like_a_home_that_nobody_knows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(MissingError, match="home folder"):
        new_key("alice", Path("~/.config/galactica/keys"), None)
    with pytest.raises(MissingError, match="home folder"):
        TrustStore(Path("~/.config/galactica/trust")).add_key(ALICE.named)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", ".", "..", "a/b", "a\\b", "-x", ".hidden", "x" * 65, "a b", "a\n", "a\x00"])
def test_a_name_that_leaves_the_folder_or_hides_is_none(tmp_path: Path, name: str) -> None:
    with pytest.raises(UsageError):
        new_key(name, tmp_path, None)
    assert list(tmp_path.iterdir()) == []


def test_a_public_key_is_a_line_a_file_or_a_name_and_may_be_called_otherwise(tmp_path: Path) -> None:
    made = new_key("alice", tmp_path, None)
    line = made.named.key.line
    for said, called in (
        (line, ""),
        (f"Alice A.={line}", "Alice A."),
        ("alice", "alice"),
        ("Anna=alice", "Anna"),
        (f"Anna={tmp_path / 'alice.pub'}", "Anna"),
    ):
        found = public_key(said, tmp_path)
        assert (found.key, found.name) == (made.named.key, called)
    for said in ("nobody", "", "=", "RWQ", str(tmp_path)):
        with pytest.raises(UsageError):
            public_key(said, tmp_path)
    (tmp_path / "bad.pub").write_bytes(b"\xff")
    with pytest.raises(UsageError, match="no public key"):
        public_key("bad", tmp_path)


def test_files_that_are_no_keys_are_left_out_of_the_list_and_refused_where_they_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.key").write_bytes(bytes(10_000))
    (tmp_path / "a.pub").write_text(ALICE.secret.public.to_text())
    (tmp_path / "b.key").write_text(BOB.secret.to_text(None))
    assert kept_keys(tmp_path) == ()
    assert kept_keys(tmp_path / "none") == ()
    with pytest.raises(InputError):
        open_key(tmp_path / "a.key", never)
    with pytest.raises(UsageError):
        secret_file("nobody", tmp_path)


def test_a_script_gives_a_passphrase_by_a_file_or_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "p"
    file.write_bytes(b"first line \r\nsecond")
    assert passphrase_from({"GALACTICA_PASSPHRASE": "other"}, file) == b"first line "
    assert passphrase_from({"GALACTICA_PASSPHRASE": "other"}, None) == b"other"
    assert passphrase_from({}, None) is None
    with pytest.raises(InputError):
        passphrase_from({}, tmp_path / "none")
