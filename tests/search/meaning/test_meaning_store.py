"""An index of meaning that is open: what is there is found, what is not is never made up."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from galactica.edition import Edition
from galactica.errors import EditionError
from galactica.search.meaning import MeaningIndex, layout, meaning_info, store
from galactica.search.meaning.codes import codes, signs
from tests.search.meaning.encoders import HashedWords, edition_of, meaning_of

ENCODER = HashedWords()


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of several shards with a finished index."""
    path = edition_of(tmp_path_factory.mktemp("store"), "store", range(1, 41))
    meaning_of(path)
    return path


@pytest.fixture
def edition(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "a.edition"))


class Clock:
    """Seconds that pass when a test says so."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def opened(edition: Edition, **options: object) -> MeaningIndex:
    return MeaningIndex(edition, edition.meaning_dir(), **options)


def test_what_is_found_is_in_the_order_of_the_estimates(whole: Path) -> None:
    query = ENCODER.question("Article 7 speaks of 7 and its square 49")
    with Edition.open(whole) as edition, opened(edition) as meaning:
        numbers, scores = meaning.find(query, 5)
        every = np.arange(meaning.total)
        expected = signs(meaning.codes(every)) @ query / 8
    assert numbers.dtype == np.int64
    assert scores.dtype == np.float32
    assert numbers.tolist() == sorted(every.tolist(), key=lambda n: (-round(float(expected[n]), 5), n))[:5]
    assert np.allclose(scores, expected[numbers], atol=1e-5)


def test_what_only_the_title_says_is_found(whole: Path) -> None:
    with Edition.open(whole) as edition, opened(edition) as meaning:
        numbers, _ = meaning.find(ENCODER.question("Number 12"), 3)
        assert 11 in [meaning.place(int(number))[0] for number in numbers]


def test_many_places_are_told_at_once_as_one_by_one(whole: Path) -> None:
    with Edition.open(whole) as edition, opened(edition) as meaning:
        some = np.array([meaning.total - 1, *range(meaning.total), 0], np.int64)
        assert meaning.places(some) == [meaning.place(int(number)) for number in some]
        rows = np.array([*range(len(edition)), 0], np.int64)
        first, counts = meaning.ranges(rows)
        assert [range(a, a + n) for a, n in zip(first.tolist(), counts.tolist(), strict=True)] == [
            meaning.numbers(int(row)) for row in rows
        ]
        assert meaning.places(np.zeros(0, np.int64)) == []


def test_places_and_numbers_are_the_same_thing_twice(whole: Path) -> None:
    with Edition.open(whole) as edition, opened(edition) as meaning:
        expected = [(row, n) for row in range(len(edition)) for n in range(len(edition.passages(row)))]
        assert [meaning.place(number) for number in range(meaning.total)] == expected
        for row in range(len(edition)):
            assert [meaning.place(number) for number in meaning.numbers(row)] == [
                (row, n) for n in range(len(edition.passages(row)))
            ]
        for wrong in (-1, meaning.total):
            with pytest.raises(IndexError):
                meaning.place(wrong)
        for wrong in (-1, len(edition)):
            with pytest.raises(IndexError):
                meaning.numbers(wrong)


def test_only_what_is_allowed_is_found(whole: Path) -> None:
    query = ENCODER.question("speaks of its square")
    with Edition.open(whole) as edition, opened(edition) as meaning:
        rows = np.zeros(len(edition), dtype=bool)
        rows[[3, 4, 30]] = True
        allowed = meaning.spread(rows)
        numbers, _ = meaning.find(query, 100, allowed=allowed)
        assert sorted(numbers.tolist()) == [n for row in (3, 4, 30) for n in meaning.numbers(row)]
        assert not len(meaning.find(query, 100, allowed=np.zeros(meaning.total, dtype=bool))[0])


def test_scores_of_given_passages_are_those_that_finding_gives(whole: Path) -> None:
    query = ENCODER.question("number 5")
    with Edition.open(whole) as edition, opened(edition) as meaning:
        numbers, scores = meaning.find(query, 20)
        assert (meaning.scores(query, numbers) == scores).all()
        assert len(meaning.scores(query, numbers[:0])) == 0


def test_a_question_that_says_nothing_finds_nothing(whole: Path) -> None:
    with Edition.open(whole) as edition, opened(edition) as meaning:
        assert not len(meaning.find(ENCODER.question("?!"), 5)[0])
        assert not len(meaning.find(ENCODER.question("history"), 0)[0])


def test_an_index_in_the_making_is_searched_as_far_as_it_is(edition: Path) -> None:
    folder = edition / "index" / "meaning"
    aside = edition / "aside"
    (folder / "codes").rename(aside)
    (folder / "codes").mkdir()
    (folder / "manifest.json").rename(edition / "manifest")
    query, clock = ENCODER.question("history"), Clock()
    with Edition.open(edition) as open_edition, opened(open_edition, clock=clock) as meaning:
        assert (meaning.done, meaning.complete, len(meaning.find(query, 99)[0])) == (0, False, 0)
        shutil.copy(aside / "00002.bin", folder / "codes")
        clock.now += 0.5
        meaning.refresh()
        assert meaning.done == 0  # it looks once in a second
        clock.now += 0.6
        numbers, _ = meaning.find(query, 99)
        first, count = open_edition.shard_rows()[2]
        assert {meaning.place(int(n))[0] for n in numbers} == set(range(first, first + count))
        assert meaning.done == len(numbers)
        assert not meaning.scores(query, np.array([0, meaning.total - 1])).any()
        info = meaning_info(open_edition)
        assert info is not None
        assert (info.done, info.total, info.complete) == (meaning.done, meaning.total, False)
        for file in aside.iterdir():
            shutil.copy(file, folder / "codes")
        (edition / "manifest").rename(folder / "manifest.json")
        clock.now += 2
        assert len(meaning.find(query, 99)[0]) == meaning.total
        assert meaning.complete
        info = meaning_info(open_edition)
        assert info is not None
        assert (info.done, info.complete, info.encoder) == (meaning.total, True, "hashed")
        shutil.rmtree(folder)
        clock.now += 2
        assert len(meaning.find(query, 99)[0]) == meaning.total  # nobody looks any more


def test_codes_of_another_encoder_are_not_mixed_in(edition: Path) -> None:
    folder = edition / "index" / "meaning"
    (folder / "manifest.json").unlink()
    (folder / "codes" / "00001.bin").unlink()
    clock = Clock()
    with Edition.open(edition) as open_edition, opened(open_edition, clock=clock) as meaning:
        before = meaning.done
        meaning_of(edition, name="other")
        clock.now += 2
        meaning.refresh()
        assert (meaning.done, meaning.complete) == (before, False)
        assert opened(open_edition).encoder.name == "other"


def test_of_an_edition_that_will_have_lists_no_more_than_can_be_compared_is_open(edition: Path) -> None:
    (edition / "index" / "meaning" / "manifest.json").unlink()
    with Edition.open(edition) as open_edition, opened(open_edition, exact_most=30) as meaning:
        assert 0 < meaning.done <= 30


def test_files_beyond_those_that_may_be_open_are_read(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(layout, "MOST_MAPPED", 2)
    with Edition.open(edition) as open_edition, opened(open_edition) as meaning:
        assert meaning.complete
        assert len(meaning.find(ENCODER.question("history"), 99)[0]) == meaning.total


def restate(edition: Path, change: Callable[[dict[str, object]], object]) -> None:
    file = edition / "index" / "meaning" / "meaning.json"
    stated = json.loads(file.read_text())
    change(stated)
    file.write_text(json.dumps(stated))


@pytest.mark.parametrize(
    "change",
    [
        lambda s: s.update(root="0" * 64),
        lambda s: s.update(root=1),
        lambda s: s.update(root="\ud800"),
        lambda s: s.update(version=99),
        lambda s: s.update(version="1"),
        lambda s: s.pop("encoder"),
        lambda s: s.update(encoder=[]),
        lambda s: s["encoder"].update(dimensions=65),
        lambda s: s["encoder"].update(dimensions=0),
        lambda s: s["encoder"].update(dimensions=64 * 10**6),
        lambda s: s["encoder"].pop("digest"),
        lambda s: s.update(passages=s["passages"][:-1]),
        lambda s: s.update(passages=[*s["passages"], 0]),
        lambda s: s.update(passages=[-1] * len(s["passages"])),
        lambda s: s.update(passages=[2**31] * len(s["passages"])),
        lambda s: s.update(passages={}),
        lambda s: s["passages"].__setitem__(0, s["passages"][0] + 1),
        lambda s: s["passages"].__setitem__(0, None),
    ],
)
def test_a_record_that_is_not_of_this_edition_is_refused(
    edition: Path, change: Callable[[dict[str, object]], object]
) -> None:
    restate(edition, change)
    with Edition.open(edition) as open_edition:
        with pytest.raises(EditionError):
            opened(open_edition)
        assert meaning_info(open_edition) is None


@pytest.mark.parametrize("text", ["", "[", "[" * 100_000, "null", "[]", "\xff", "{}"])
def test_a_record_that_is_none_is_refused(edition: Path, text: str) -> None:
    (edition / "index" / "meaning" / "meaning.json").write_text(text, encoding="latin-1")
    with Edition.open(edition) as open_edition, pytest.raises(EditionError):
        opened(open_edition)


def test_an_edition_without_an_index_says_so(edition: Path) -> None:
    shutil.rmtree(edition / "index" / "meaning")
    with Edition.open(edition) as open_edition:
        with pytest.raises(EditionError, match="no index of meaning"):
            opened(open_edition)
        assert meaning_info(open_edition) is None


def test_counts_that_are_moved_between_shards_are_an_error_and_no_wrong_place(edition: Path) -> None:
    def move(stated: dict[str, list[int]]) -> None:
        stated["passages"][0] += 1
        stated["passages"][1] -= 1

    restate(edition, move)
    with Edition.open(edition) as open_edition, opened(open_edition) as meaning:
        assert [reason[:9] for reason in meaning.reasons] == ["00000.bin", "00001.bin"]
        with pytest.raises(EditionError):
            meaning.place(0)
        with pytest.raises(EditionError):
            meaning.numbers(0)


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
@pytest.mark.parametrize("kind", ["short", "long", "empty", "folder", "pipe", "device", "nowhere"])
def test_files_that_are_not_what_they_should_be_are_left_aside(edition: Path, kind: str) -> None:
    file = edition / "index" / "meaning" / "codes" / "00001.bin"
    raw = file.read_bytes()
    file.unlink()
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    elif kind in ("device", "nowhere"):
        file.symlink_to("/dev/zero" if kind == "device" else "nowhere")
    else:
        file.write_bytes({"short": raw[:-8], "long": raw + raw, "empty": b""}[kind])
    query = ENCODER.question("history")
    with Edition.open(edition) as open_edition, opened(open_edition) as meaning:
        missing = meaning.numbers(open_edition.shard_rows()[1][0]).start
        assert (meaning.complete, meaning.done) == (False, meaning.total - len(raw) // 8)
        assert kind == "nowhere" or meaning.reasons[0].startswith("00001.bin")
        numbers, _ = meaning.find(query, 999)
        assert len(numbers) == meaning.done
        assert missing not in numbers
        assert not meaning.codes(np.array([missing])).any()


@pytest.mark.skipif(os.name != "posix", reason="links and pipes of POSIX")
def test_a_folder_that_is_none_is_refused(edition: Path) -> None:
    shutil.rmtree(edition / "index" / "meaning")
    (edition / "index" / "meaning").write_text("x")
    with Edition.open(edition) as open_edition, pytest.raises(EditionError):
        opened(open_edition)


def test_a_passage_is_put_in_order_by_more_than_its_bits(whole: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the fewest candidates that may be, the best by bits are still put in order by the question's vector."""
    monkeypatch.setattr(store, "LEAST", 1)
    query = ENCODER.question("number 8")
    with Edition.open(whole) as edition, opened(edition) as meaning:
        numbers, scores = meaning.find(query, 4)
        assert sorted(scores.tolist(), reverse=True) == scores.tolist()
        away = np.bitwise_count(meaning.codes(np.arange(meaning.total)) ^ codes(query[None])[0]).sum(axis=1)
        assert set(numbers.tolist()) <= set(np.argsort(away, kind="stable")[:40].tolist())
