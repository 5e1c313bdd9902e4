"""Whatever of a text stands in a view is found, to the byte, and nothing else."""

from __future__ import annotations

import itertools
from pathlib import Path
from typing import cast

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galactica.errors import InputError, UsageError
from galactica.train.tracing.matching import DEEPEST
from galactica.train.tracing.pieces import traced_pieces
from galactica.train.tracing.told import TracedText
from galactica.train.tracing.tracing import LARGEST_TEXT, Tracer
from galactica.train.views.view import View
from tests.properties import examples
from tests.train.tracing.made import MadeView, made_index, made_tracer, some_text

TEXTS = [some_text(seed, 120).encode() for seed in range(12)]
NUMBERS = itertools.count()


@pytest.fixture(scope="module")
def tracer(tmp_path_factory: pytest.TempPathFactory) -> Tracer:
    return made_tracer(tmp_path_factory.mktemp("tracing") / "made.trace", TEXTS)


def words_of(traced: TracedText) -> list[str]:
    return [traced.text[span.start : span.end] for span in traced.spans]


def test_a_planted_stretch_is_found_to_the_byte_with_its_document(tracer: Tracer) -> None:
    planted = TEXTS[7].decode()[33:190]
    traced = tracer.trace(f"Nobody wrote this — {planted}¤ nor this.")
    longest = max(traced.spans, key=lambda span: span.bytes)
    assert traced.text[longest.start : longest.end].strip() == planted.strip()
    assert [place.document for place in longest.places] == [7]
    place = longest.places[0]
    assert TEXTS[7].decode()[place.start : place.end] == traced.text[longest.start : longest.end]


def test_a_stretch_that_begins_and_ends_inside_words_is_found_to_the_byte(tracer: Tracer) -> None:
    whole = TEXTS[2].decode()
    at = whole.index("lighthouse", 100) + 3
    planted = whole[at : at + 64]
    found = words_of(tracer.trace(f"¤{planted}¤"))
    assert planted in found


def test_a_whole_article_is_one_span(tracer: Tracer) -> None:
    traced = tracer.trace(TEXTS[4])
    assert words_of(traced) == [TEXTS[4].decode()]
    assert traced.share == 1.0
    assert traced.verbatim == len(TEXTS[4])
    assert traced.spans[0].places[0].document == 4


def test_two_articles_one_after_the_other_are_two_spans(tracer: Tracer) -> None:
    a, b = TEXTS[1].decode(), TEXTS[9].decode()
    found = words_of(tracer.trace(a + "¤" + b))
    assert a in found
    assert b in found


def test_long_stretches_that_overlap_are_all_told(tmp_path: Path) -> None:
    words = some_text(99, 200).split(" ")
    texts = [" ".join(words[start : start + 90]).encode() for start in (0, 50, 100)]
    tracer = made_tracer(tmp_path / "made.trace", texts, each=2)
    found = words_of(tracer.trace(" ".join(words[:190])))
    for text in texts:
        assert any(text.decode() in each for each in found)
    assert len(found) == 3


def test_every_place_of_a_span_is_as_the_document_has_it(tracer: Tracer) -> None:
    for seed in range(40, 46):
        traced = tracer.trace(some_text(seed, 80), least=1)
        assert traced.spans
        for span in traced.spans:
            assert span.count >= len(span.places) >= 1
            for place in span.places:
                document = TEXTS[place.document].decode()
                words = traced.text[span.start : span.end]
                assert document[place.start : place.end] == words
                assert document[: place.start].endswith(place.before)
                assert document[place.end :].startswith(place.after)


def longest_common(text: bytes, texts: list[bytes]) -> list[tuple[int, int, int]]:
    """Every stretch of a text that stands in one of the texts and in no longer one: (start, end, places)."""
    found = []
    furthest = 0
    for start in range(len(text)):
        end = max(start, furthest)
        while end < len(text) and any(text[start : end + 1] in each for each in texts):
            end += 1
        if end > furthest:
            places = sum(
                each.startswith(text[start:end], at) for each in texts for at in range(len(each) - (end - start) + 1)
            )
            found.append((start, end, places))
            furthest = end
    return found


def core(text: bytes, start: int, end: int) -> tuple[int, int]:
    """The whole pieces of a stretch that are the same wherever it stands: without the word that it begins inside."""
    begins, _ = traced_pieces(np.frombuffer(text, np.uint8))
    inside = [at for at in begins.tolist() if start <= at]
    ends = [at for at in (*begins.tolist(), len(text)) if at <= end]
    own, _ = traced_pieces(np.frombuffer(text[start:end], np.uint8))
    first = next((start + at for at in own.tolist()[1:] if not text[start : start + at + 1][-1:].isalpha()), end)
    return max(first, min(inside, default=end)), max(ends, default=start)


@settings(examples(60), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    texts=st.lists(st.text(st.sampled_from("ab  é灯1."), min_size=1, max_size=60), min_size=1, max_size=6),
    mixed=st.lists(st.tuples(st.integers(0, 5), st.integers(0, 60), st.integers(0, 60)), max_size=4),
    each=st.integers(1, 3),
)
def test_no_stretch_that_stands_there_is_missed(
    tmp_path: Path, texts: list[str], mixed: list[tuple[int, int, int]], each: int
) -> None:
    held = [text.encode() for text in texts]
    asked = "¤".join(texts[n % len(texts)][a : a + b] for n, a, b in mixed)
    tracer = made_tracer(tmp_path / f"{next(NUMBERS)}.trace", held, each)
    traced = tracer.trace(asked, least=1, places=16)
    raw = asked.encode()
    found = [(len(asked[: span.start].encode()), len(asked[: span.end].encode())) for span in traced.spans]
    for start, end, places in longest_common(raw, held):
        first, last = core(raw, start, end)
        if first >= last:
            continue
        assert any(a <= first and last <= b for a, b in found), (raw[start:end], found)
        if places == 1:
            stretch = raw[start:end].decode("utf-8", "ignore").encode()  # less than a character is not told
            assert any(stretch in raw[a:b] for a, b in found), (stretch, found)


def test_what_stands_in_hundreds_of_places_is_found_with_the_longest_that_has_it(tmp_path: Path) -> None:
    often = some_text(5, DEEPEST + 30)
    texts = [f"Article {number}\n\n{often} ending {number}".encode() for number in range(90)]
    tracer = made_tracer(tmp_path / "made.trace", texts, each=30)
    traced = tracer.trace(f"Something else {often} ending 7¤")
    longest = max(traced.spans, key=lambda span: span.bytes)
    assert often in traced.text[longest.start : longest.end]
    assert longest.count >= 11


def test_nothing_is_said_of_a_text_that_shares_nothing(tracer: Tracer) -> None:
    traced = tracer.trace("Ничего общего здесь нет совсем, 全然別の文章である。" * 3)
    assert traced.spans == ()
    assert (traced.verbatim, traced.share) == (0, 0.0)


@pytest.mark.parametrize("text", ["", " ", "x", "灯", b"", b"\xff", b"\xff\xfe\x80", "\ud800", "\0", "a\0b"])
def test_any_text_is_traced(tracer: Tracer, text: str | bytes) -> None:
    assert tracer.trace(text, least=1).bytes >= 0


@given(st.binary(max_size=200))
def test_any_bytes_are_traced(tracer: Tracer, raw: bytes) -> None:
    traced = tracer.trace(raw, least=1)
    for span in traced.spans:
        for place in span.places:
            assert TEXTS[place.document].decode()[place.start : place.end] == traced.text[span.start : span.end]


def test_spans_shorter_than_the_least_are_not_told(tracer: Tracer) -> None:
    text = some_text(77, 60)
    every = tracer.trace(text, least=1)
    some = tracer.trace(text, least=30)
    assert some.least == 30
    assert some.spans
    assert all(each.bytes >= 30 for each in some.spans)
    for each in (each for each in every.spans if each.bytes >= 40):  # ends may differ by less than a word
        assert any(each.start - 8 <= other.start and other.end <= each.end + 8 for other in some.spans)
    assert any(each.bytes < 30 for each in every.spans)


def test_of_too_many_spans_the_longest_are_told_and_the_others_count(tracer: Tracer) -> None:
    text = some_text(78, 200)
    every = tracer.trace(text, least=8)
    some = tracer.trace(text, least=8, most=5)
    assert len(every.spans) > 20
    assert every.untold == 0
    assert 1 <= len(some.spans) <= 5
    assert some.untold >= 15
    assert min(span.bytes for span in some.spans) >= sorted(span.bytes for span in every.spans)[-8]
    assert abs(some.verbatim - every.verbatim) <= 0.1 * every.bytes


def test_what_is_by_chance_is_longer_in_a_longer_text_and_stands_in_the_result(tracer: Tracer) -> None:
    short, long = tracer.trace("The lighthouse"), tracer.trace(some_text(3, 4000))
    assert 4 < short.least < long.least < 200


@pytest.mark.parametrize("again", ["word ", "one two ", "0", "1 2 3 "])
def test_one_file_that_says_one_thing_over_and_over_does_not_raise_the_limit_of_the_view(
    tmp_path: Path, again: str
) -> None:
    texts = [some_text(seed, 400).encode() for seed in range(8)]
    plain = made_tracer(tmp_path / "plain.trace", texts, each=9).trace("The lighthouse was lit").least
    with_it = made_tracer(tmp_path / "run.trace", [*texts, (again * 4000).encode()], each=9)
    assert plain / 2 <= with_it.trace("The lighthouse was lit").least <= 1.2 * plain


def test_a_view_of_one_run_alone_is_opened(tmp_path: Path) -> None:
    tracer = made_tracer(tmp_path / "run.trace", [b"word " * 4000])
    assert tracer.trace("word " * 300).spans


def test_a_text_that_is_too_long_and_numbers_out_of_range_are_refused(tracer: Tracer) -> None:
    with pytest.raises(UsageError, match="bytes"):
        tracer.trace("a" * (LARGEST_TEXT + 1))
    with pytest.raises(UsageError):
        tracer.trace("a", least=0)
    with pytest.raises(UsageError):
        tracer.trace("a", places=0)


def test_an_index_of_another_view_is_refused(tmp_path: Path) -> None:
    index = made_index(tmp_path / "made.trace", TEXTS)
    with pytest.raises(InputError, match="another view"):
        Tracer(cast("View", MadeView(TEXTS[1:])), index)


def test_few_documents_are_read_for_a_text_that_is_one_of_them(tracer: Tracer) -> None:
    made = cast("MadeView", tracer.view)
    before = made.reads
    tracer.trace(TEXTS[4])
    assert made.reads - before <= 16
