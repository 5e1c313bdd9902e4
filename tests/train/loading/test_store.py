"""Tokens are kept where they belong, whoever makes them, and what does not hold is made again."""

from __future__ import annotations

import json
import multiprocessing
import shutil
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import EditionError, InputError, MissingError
from galactica.train.loading import store as module
from galactica.train.loading.store import TokenStore
from galactica.train.loading.store_files import COUNTS, HEADER, MADE, TOKENS
from galactica.train.loading.vocabulary import Vocabulary
from tests.train.loading.conftest import FakeView, fake


@pytest.fixture(autouse=True)
def small_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "CHUNK", 2_000)


def opened(folder: Path, view: FakeView, vocabulary: Vocabulary, **more: bool) -> TokenStore:
    return TokenStore.open(folder, view, vocabulary, **more)


def text_of(store: TokenStore, vocabulary: Vocabulary, document: int) -> bytes:
    start, count = store.find(document)
    tokens = store.tokens[start : start + count].tolist()
    assert tokens[-1] == vocabulary.end
    return vocabulary.decode(tokens[:-1]).encode()


def files(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_every_document_is_given_back_with_its_end(tmp_path: Path, view: FakeView, vocabulary: Vocabulary) -> None:
    store = opened(tmp_path / "t", view, vocabulary)
    assert store.chunks > 5
    for document in reversed(range(len(view.texts))):
        assert text_of(store, vocabulary, document) == view.texts[document]
    assert store.made == store.chunks


def test_the_files_are_the_same_in_whatever_order_they_are_made(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary
) -> None:
    orders = {"a": range(100), "b": reversed(range(100)), "c": [*range(50, 100), *range(50)]}
    for name, order in orders.items():
        store = opened(tmp_path / name, view, vocabulary)
        for chunk in order:
            if chunk < store.chunks:
                assert store.make(chunk)
        store.close()
    assert files(tmp_path / "a") == files(tmp_path / "b") == files(tmp_path / "c")


def test_what_was_made_is_not_made_again(tmp_path: Path, view: FakeView, vocabulary: Vocabulary) -> None:
    first = opened(tmp_path / "t", view, vocabulary)
    first.count(0)
    asked = len(view.asked)
    again = opened(tmp_path / "t", view, vocabulary)
    assert text_of(again, vocabulary, 0) == view.texts[0]
    assert (again.made, len(view.asked)) == (0, asked)


@pytest.mark.parametrize("name", [TOKENS, COUNTS, MADE])
def test_a_flipped_bit_is_seen_and_the_chunk_made_again(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary, name: str
) -> None:
    opened(tmp_path / "t", view, vocabulary).count(0)
    right = files(tmp_path / "t")
    for bit in range(0, 64, 5):
        raw = bytearray(right[name])
        raw[bit // 8] ^= 1 << bit % 8
        (tmp_path / "t" / name).write_bytes(raw)
        store = opened(tmp_path / "t", view, vocabulary)
        assert text_of(store, vocabulary, 0) == view.texts[0]
        store.close()
        assert files(tmp_path / "t") == right


def test_a_chunk_with_a_token_that_is_none_is_made_again_though_its_checksum_holds(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary
) -> None:
    store = opened(tmp_path / "t", view, vocabulary)
    counts = np.full(store.firsts[1], 3, np.int64)
    store._write(0, np.full(int(counts.sum()), vocabulary.size, vocabulary.kind), counts)
    assert text_of(store, vocabulary, 0) == view.texts[0]


@pytest.mark.parametrize("kept", [b"", b"{}", b"\xff", json.dumps({"version": 99}).encode()])
def test_a_store_of_something_else_is_replaced(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary, kept: bytes
) -> None:
    opened(tmp_path / "t", view, vocabulary).count(0)
    (tmp_path / "t" / HEADER).write_bytes(kept)
    store = opened(tmp_path / "t", view, vocabulary)
    assert not any(map(store.is_made, range(store.chunks)))
    assert text_of(store, vocabulary, 5) == view.texts[5]


def test_a_file_that_is_too_short_or_gone_is_replaced(tmp_path: Path, view: FakeView, vocabulary: Vocabulary) -> None:
    opened(tmp_path / "t", view, vocabulary).count(0)
    (tmp_path / "t" / TOKENS).write_bytes(b"xy")
    assert text_of(opened(tmp_path / "t", view, vocabulary), vocabulary, 5) == view.texts[5]
    (tmp_path / "t" / MADE).unlink()
    assert text_of(opened(tmp_path / "t", view, vocabulary), vocabulary, 5) == view.texts[5]


@pytest.mark.parametrize("link", ["symbolic", "hard"])
def test_nothing_is_written_through_a_link(tmp_path: Path, view: FakeView, vocabulary: Vocabulary, link: str) -> None:
    """A view that somebody sent may hold a folder of tokens, too."""
    mine = tmp_path / "mine"
    for name in (TOKENS, COUNTS, MADE):
        shutil.rmtree(tmp_path / "t", ignore_errors=True)
        opened(tmp_path / "t", view, vocabulary).close()
        mine.write_bytes(bytes((tmp_path / "t" / name).stat().st_size))
        before = mine.read_bytes()
        (tmp_path / "t" / name).unlink()
        if link == "hard":
            (tmp_path / "t" / name).hardlink_to(mine)
        else:
            (tmp_path / "t" / name).symlink_to(mine)
        store = opened(tmp_path / "t", view, vocabulary)
        assert text_of(store, vocabulary, 0) == view.texts[0]
        assert mine.read_bytes() == before
        mine.unlink()


def test_a_folder_that_leads_elsewhere_is_refused(tmp_path: Path, view: FakeView, vocabulary: Vocabulary) -> None:
    opened(tmp_path / "elsewhere", view, vocabulary).close()
    (tmp_path / "t").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(MissingError, match="cannot be kept"):
        opened(tmp_path / "t", view, vocabulary)
    assert files(tmp_path / "elsewhere")


def test_a_damaged_document_is_an_error_that_names_it(tmp_path: Path, view: FakeView, vocabulary: Vocabulary) -> None:
    view.broken.add(3)
    store = opened(tmp_path / "t", view, vocabulary)
    with pytest.raises(EditionError, match=r"Document 3 of the view .*'Article 3' is damaged") as error:
        store.count(2)
    assert "skip_damaged" in error.value.remedy
    assert store.count(len(view.texts) - 1)


def test_a_damaged_document_is_left_out_where_that_is_asked_for_and_counted(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary
) -> None:
    view.broken |= {3, 7}
    store = opened(tmp_path / "t", view, vocabulary, skip_damaged=True)
    assert [store.count(document) == 0 for document in range(10)] == [document in (3, 7) for document in range(10)]
    assert store.left_out() == (3, 7)
    assert text_of(store, vocabulary, 4) == view.texts[4]
    with pytest.raises(EditionError, match="Document 3"):
        opened(tmp_path / "t", view, vocabulary).count(0)
    view.broken.clear()
    assert text_of(opened(tmp_path / "t", view, vocabulary), vocabulary, 3) == view.texts[3]


def test_an_empty_document_has_its_end_alone(tmp_path: Path, vocabulary: Vocabulary) -> None:
    view = FakeView(texts=[b"", b"x", b""], path=tmp_path / "v")
    store = opened(tmp_path / "t", view, vocabulary)
    assert [text_of(store, vocabulary, number) for number in range(3)] == [b"", b"x", b""]


def test_an_empty_view_is_refused(tmp_path: Path, vocabulary: Vocabulary) -> None:
    with pytest.raises(InputError, match="holds no document"):
        opened(tmp_path / "t", FakeView(texts=[], path=tmp_path / "v"), vocabulary)


def test_a_place_that_cannot_be_written_to_is_said(tmp_path: Path, view: FakeView, vocabulary: Vocabulary) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(MissingError, match="cannot be kept"):
        opened(tmp_path / "file" / "t", view, vocabulary)


def test_while_one_process_makes_a_chunk_another_makes_the_next(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary
) -> None:
    fork = multiprocessing.get_context("fork")
    held, free = fork.Event(), fork.Event()

    def hold() -> None:
        other = opened(tmp_path / "t", view, vocabulary)
        with other._files.held(0) as ours:
            assert ours
            held.set()
            free.wait(30)

    store = opened(tmp_path / "t", view, vocabulary)
    process = fork.Process(target=hold)
    process.start()
    assert held.wait(30)
    assert not store.make(0)

    def ahead() -> object:
        yield 1
        free.set()
        process.join()
        yield 2

    store.load(0, ahead())  # type: ignore[arg-type]
    assert store.is_made(1)
    assert process.exitcode == 0
    assert text_of(store, vocabulary, 0) == view.texts[0]


def test_whoever_holds_a_chunk_and_was_stopped_is_not_waited_for(
    tmp_path: Path, view: FakeView, vocabulary: Vocabulary, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PATIENCE", 0.05)
    fork = multiprocessing.get_context("fork")
    held, free = fork.Event(), fork.Event()

    def hold() -> None:
        with opened(tmp_path / "t", view, vocabulary)._files.held(0):
            held.set()
            free.wait(30)

    store = opened(tmp_path / "t", view, vocabulary)
    process = fork.Process(target=hold)
    process.start()
    assert held.wait(30)
    assert text_of(store, vocabulary, 0) == view.texts[0]
    assert process.is_alive()
    free.set()
    process.join()


def test_few_large_documents_are_read_a_few_at_a_time_and_many_small_ones_together(
    tmp_path: Path, vocabulary: Vocabulary
) -> None:
    view = fake(tmp_path / "v", 300)
    store = opened(tmp_path / "t", view, vocabulary)
    for chunk in range(store.chunks):
        store.make(chunk)
    assert view.asked == list(range(300))
