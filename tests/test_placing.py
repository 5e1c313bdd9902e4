"""A result gets its name when it is whole; what stands there already is never replaced without a word."""

from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from galactica.errors import MissingError, UsageError
from galactica.placing import check_home, check_place, placed, put


def made(folder: Path, text: str = "new") -> Path:
    part = folder / "whole.part"
    part.write_text(text)
    return part


def test_a_new_file_is_made(tmp_path: Path) -> None:
    out = tmp_path / "new.zim"
    assert check_place(out) is False
    put(made(tmp_path), out)
    assert out.read_text() == "new"
    assert [each.name for each in tmp_path.iterdir()] == ["new.zim"]


def test_a_file_that_is_there_is_replaced_only_where_that_was_said(tmp_path: Path) -> None:
    out = tmp_path / "letter.txt"
    out.write_text("dear")
    for check in (check_place, lambda out, **more: put(made(tmp_path), out, **more)):
        with pytest.raises(UsageError, match="exists already") as caught:
            check(out, force="--force")
        assert "--force" in caught.value.remedy
        assert out.read_text() == "dear"
    check_place(out, replace=True)
    put(made(tmp_path), out, replace=True)
    assert out.read_text() == "new"


def test_a_file_that_comes_in_between_is_not_replaced(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "letter.txt"
    monkeypatch.setattr("galactica.placing.check_place", lambda *_, **__: out.exists() or out.write_text("dear"))
    with pytest.raises(FileExistsError):
        put(made(tmp_path), out)
    assert out.read_text() == "dear"


def test_a_file_system_without_links_takes_the_file_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    put(made(tmp_path), tmp_path / "new.zim")
    assert (tmp_path / "new.zim").read_text() == "new"


@pytest.mark.parametrize("replace", [False, True])
@pytest.mark.parametrize("flows", [False, True])
@pytest.mark.parametrize("leads", ["a file", "nowhere", "a folder"])
def test_a_link_is_refused_and_what_it_leads_to_stays(tmp_path: Path, replace: bool, flows: bool, leads: str) -> None:
    (tmp_path / "a file").write_text("dear")
    (tmp_path / "a folder").mkdir()
    out = tmp_path / "link.jsonl"
    out.symlink_to(leads)
    with pytest.raises(UsageError, match=f"is a link; it leads to {leads}"):
        check_place(out, replace=replace, flows=flows)
    assert out.is_symlink()
    assert (tmp_path / "a file").read_text() == "dear"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
def test_a_pipe_takes_what_flows_and_is_refused_for_everything_else(tmp_path: Path) -> None:
    pipe, link = tmp_path / "pipe", tmp_path / "link"
    os.mkfifo(pipe)
    link.symlink_to("pipe")
    assert check_place(pipe, flows=True) is True
    assert check_place(link, flows=True) is True
    for replace in (False, True):
        with pytest.raises(UsageError, match="is a pipe"):
            check_place(pipe, replace=replace)
        with pytest.raises(UsageError, match="is a link"):
            check_place(link, replace=replace)


@pytest.mark.skipif(os.name == "nt", reason="the null device has another name on Windows")
def test_a_device_takes_what_flows_and_is_refused_for_everything_else() -> None:
    assert check_place(Path(os.devnull), flows=True) is True
    with pytest.raises(UsageError, match="is a device"):
        check_place(Path(os.devnull), replace=True)


@pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="a system without such sockets")
def test_a_socket_is_always_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind("ear")
        with pytest.raises(UsageError, match="is a socket"):
            check_place(Path("ear"), replace=True, flows=True)


def test_a_folder_and_a_name_that_is_none_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        check_place(tmp_path, replace=True, flows=True)
    with pytest.raises(UsageError, match="not the name of a file"):
        check_place(Path(".."), replace=True)


def test_a_folder_that_is_not_there_is_said_at_once(tmp_path: Path) -> None:
    with pytest.raises(MissingError, match="no folder"):
        check_place(tmp_path / "none" / "new.zim")


def test_no_folder_is_made_that_is_called_like_the_home_that_nobody_knows() -> None:
    check_home(Path("/home/me/.config"), "GALACTICA_CONFIG")
    with pytest.raises(MissingError, match="home folder") as caught:
        check_home(Path("~/.config/galactica"), "GALACTICA_CONFIG")
    assert "GALACTICA_CONFIG" in caught.value.remedy


def test_a_file_gets_its_name_when_the_block_has_ended_well(tmp_path: Path) -> None:
    out = tmp_path / "list.txt"
    with placed(out) as file:
        file.write(b"rice")
        assert not out.exists()
    assert out.read_bytes() == b"rice"
    assert list(tmp_path.iterdir()) == [out]


def test_nothing_is_left_of_a_file_whose_block_fails(tmp_path: Path) -> None:
    def half() -> None:
        with placed(tmp_path / "list.txt") as file:
            file.write(b"rice")
            raise ValueError("no more")

    with pytest.raises(ValueError, match="no more"):
        half()
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_run_left_is_taken_away_and_a_link_there_is_not_written_through(tmp_path: Path) -> None:
    (tmp_path / "mine").write_text("dear")
    (tmp_path / ".list.txt.partial").symlink_to("mine")
    with placed(tmp_path / "list.txt") as file:
        file.write(b"rice")
    (tmp_path / ".other.txt.partial").write_text("half")
    with placed(tmp_path / "other.txt") as file:
        file.write(b"beans")
    assert {each.name: each.read_text() for each in tmp_path.iterdir()} == {
        "mine": "dear",
        "list.txt": "rice",
        "other.txt": "beans",
    }


@pytest.mark.skipif(os.name == "nt", reason="Windows lets nobody take away a file that is open")
@pytest.mark.parametrize("replace", [False, True])
def test_of_two_that_write_the_same_file_the_first_gives_way_and_never_half_a_file_gets_the_name(
    tmp_path: Path, replace: bool
) -> None:
    out = tmp_path / "list.txt"
    earlier, later = placed(out, replace=replace), placed(out, replace=replace)
    first = earlier.__enter__()
    first.write(b"rice")
    second = later.__enter__()
    second.write(b"bea")
    with pytest.raises(UsageError, match="another process"):
        earlier.__exit__(None, None, None)
    assert not out.exists()
    second.write(b"ns")
    later.__exit__(None, None, None)
    assert out.read_bytes() == b"beans"
    assert list(tmp_path.iterdir()) == [out]
