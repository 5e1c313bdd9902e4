"""Servers that lie, over real connections to this machine: each is refused with what it did, and costs no more than was
asked for."""

from __future__ import annotations

import json
import shutil
import socketserver
import threading
from pathlib import Path

import pytest

from galactica.errors import EditionError, InputError, UsageError
from galactica.library import is_static, open_static
from galactica.network.kept import KeptConnections
from galactica.spread.static.ranges import RequestRound
from galactica.spread.static.served import ServedFiles
from tests.spread.static.made import MemoryFiles
from tests.spread.static.server import (
    Answer,
    RangeHandler,
    another_range,
    elsewhere,
    endless,
    everything_with_200,
    no_range_said,
    packed,
    served,
    too_little,
    too_much,
)


def test_an_edition_is_searched_and_read_over_http(files: MemoryFiles, tmp_path: Path) -> None:
    rounds: list[RequestRound] = []
    with served(files) as address, open_static(address, kept=tmp_path / "kept", watch=rounds.append) as reader:
        assert [hit.title for hit in reader.search("springs").hits] == ["Spring (water)", "River"]
        article = reader.find("Stream")
        assert article is not None
        assert article.title == "River"
        assert reader.origin(article)[2:] == ("CC-BY-SA-4.0", "https://example.org/river")
    assert len(rounds) <= 12


def test_what_was_seen_is_read_without_a_network_and_the_rest_is_not(files: MemoryFiles, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with served(files) as address, open_static(address, kept=kept) as reader:
        before = reader.search("springs").hits
    with open_static(address, kept=kept) as reader:
        assert "Read from what was seen before" in reader.notes[0]
        assert reader.search("springs").hits == before
    with pytest.raises(InputError, match="cannot be read now"), open_static(address, kept=tmp_path / "other"):
        pass


def test_what_is_kept_is_checked_and_replaced_where_it_was_spoiled(files: MemoryFiles, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    with served(files) as address:
        with open_static(address, kept=kept) as reader:
            before = reader.search("springs").hits
        for path in kept.glob("*/*"):
            path.write_bytes(bytes(each ^ 1 for each in path.read_bytes()))
        with open_static(address, kept=kept) as reader:
            assert reader.search("springs").hits == before


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (everything_with_200, "does not know ranges"),
        (another_range, "another part"),
        (no_range_said, "another part"),
        (too_much, "more of"),
        (too_little, "not what the edition has"),
        (packed, "packs"),
        (endless, "more of"),
        (elsewhere, "refuses"),
    ],
)
def test_a_server_that_lies_about_ranges_is_refused_with_what_it_did(
    files: MemoryFiles, answer: Answer, said: str
) -> None:
    lied = pytest.raises((EditionError, InputError), match=said)
    with served(files, answer) as address, open_static(address) as reader, lied:
        reader.search("springs")


def test_an_endless_manifest_is_given_up(files: MemoryFiles) -> None:
    files.files["manifest.json"] = b" " * 20_000_000
    with served(files) as address, pytest.raises(EditionError, match="more of"), open_static(address):
        pass


def test_an_address_without_a_static_edition_says_so(files: MemoryFiles) -> None:
    del files.files["manifest.json"]
    with served(files) as address, pytest.raises(EditionError, match=r"no manifest\.json"), open_static(address):
        pass


def test_an_older_edition_than_was_seen_at_an_address_is_refused(files: MemoryFiles, tmp_path: Path) -> None:
    older = files.files["manifest.json"]
    stated = json.loads(older)
    with served(files) as address:
        with open_static(address, kept=tmp_path) as reader:
            root = reader.root
        kept = next(path for path in tmp_path.glob("*/*") if path.read_bytes() == older)
        kept.write_bytes((json.dumps({**stated, "number": 2}, sort_keys=True, indent=1) + "\n").encode())
        with pytest.raises(EditionError, match="number 2 was seen"), open_static(address, kept=tmp_path):
            pass
        with open_static(f"{address}#{root}", kept=tmp_path) as reader:
            assert not reader.notes


@pytest.mark.parametrize("named", ["http://", "http://u:p@h/", "http://127.0.0.1:1/#abc", "ftp://h/"])
def test_what_is_no_address_is_not_asked(named: str) -> None:
    with pytest.raises((UsageError, EditionError)), open_static(named):
        pass


def test_an_edition_is_searched_and_read_in_a_folder(laid_out: Path) -> None:
    with open_static(str(laid_out)) as reader:
        assert [hit.title for hit in reader.search("springs").hits] == ["Spring (water)", "River"]
        assert [each.title for each in reader.suggest("riv")] == ["River"]
        assert reader.info.articles == 10
        article = reader.find("River")
        assert article is not None
        assert reader.find(article.id.hex()) == article
        assert reader.find("No such thing") is None


def test_a_folder_that_lacks_a_file_says_so(laid_out: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(laid_out, copy)
    next(copy.glob("*/terms")).unlink()
    with open_static(str(copy)) as reader, pytest.raises(EditionError, match=r"no .*terms"):
        reader.search("river")


def test_what_is_a_static_edition_is_told_from_an_edition(waters: Path, laid_out: Path, tmp_path: Path) -> None:
    assert is_static(str(laid_out))
    assert is_static(f"{laid_out}#{'0' * 64}")
    assert is_static("https://example.org/x")
    assert not is_static(str(waters))
    assert not is_static(str(tmp_path))


def test_connections_are_used_again(files: MemoryFiles) -> None:
    made: list[int] = []
    kind = type("Own", (RangeHandler,), {"files": files.files, "connections": made})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), kind) as server, KeptConnections() as connections:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        place = ServedFiles(f"http://127.0.0.1:{server.server_address[1]}/", connections)
        for at in range(10):
            assert place.part("start", at, 4) == files.files["start"][at : at + 4]
        server.shutdown()
        thread.join()
        assert len(made) == 1


def test_a_connection_that_the_server_closed_is_made_anew(files: MemoryFiles) -> None:
    def closing(handler: RangeHandler, whole: bytes, first: int, last: int) -> None:
        handler.give(206, whole[first : last + 1], f"bytes {first}-{last}/{len(whole)}")
        handler.close_connection = True  # without having said so

    with served(files, closing) as address, KeptConnections() as connections:
        place = ServedFiles(address, connections)
        for at in range(5):
            assert place.part("start", at, 4) == files.files["start"][at : at + 4]
