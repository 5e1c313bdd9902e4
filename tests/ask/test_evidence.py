"""Every quotation is a stretch of its article, character for character."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from galactica.ask.evidence import ENOUGH_PHRASES, LONGEST_SENTENCE, around, cite, passage_at, resolves, sentence_spans
from galactica.ask.holdings import Page
from galactica.model import Work
from galactica.model.anchors import Anchors

from .group.pretended import ROOT, Shelf, article

TEXT = (
    "It rained. Dr. J. Smith of the U.S. Army said 3.5 mm fell! 雨停了。他走了。\nA line of its own\nLast words here."
)


def page(text: str = TEXT) -> Page:
    shelf = Shelf(article("Rain", text))
    found = shelf.page(ROOT, article("Rain", text).id)
    assert found is not None
    return found


def test_sentences_end_at_stops_but_not_after_abbreviations_initials_and_inside_numbers() -> None:
    found = [TEXT[start:end] for start, end in sentence_spans(TEXT)]
    assert found == [
        "It rained.",
        "Dr. J. Smith of the U.S. Army said 3.5 mm fell!",
        "雨停了。",
        "他走了。",
        "A line of its own",
        "Last words here.",
    ]


def test_hindi_and_thai_have_their_own_ends() -> None:
    assert [TEXT_HI[a:b] for a, b in sentence_spans(TEXT_HI)] == ["वह आया।", "वह गया।"]
    assert len(list(sentence_spans("ฝนตก แดดออก"))) == 2


TEXT_HI = "वह आया। वह गया।"


def test_a_citation_has_the_text_of_its_span_and_where_it_is_from() -> None:
    found = page()
    citation = cite(found, 3, 9, (0, 3))
    assert citation.quote == "rained"
    assert citation.mark == (0, 3)
    assert (citation.source_title, citation.licence, citation.date) == ("WIKI", "CC0-1.0", "2020-01-02")
    assert resolves(citation, found)


def test_a_citation_says_its_work_its_place_and_when_that_was_published() -> None:
    work = Work(source="wiki", path="w", title="Weather of the West", kind="book", published="1911")
    undated = replace(page().article, modified="")
    found = replace(page(), article=undated, work=work, anchors=Anchors([(3, "page:7"), (9, "page:8")]))
    assert [cite(found, start, 11).place for start in (0, 3, 10)] == [(), (("page", "7"),), (("page", "8"),)]
    citation = cite(found, 3, 9)
    assert (citation.work, citation.date) == ("Weather of the West", "1911")
    assert resolves(citation, found)


def test_a_changed_quotation_does_not_resolve() -> None:
    found = page()
    citation = cite(found, 3, 9)
    assert not resolves(replace(citation, quote="Rained"), found)
    assert not resolves(replace(citation, start=4), found)
    assert not resolves(replace(citation, edition="cd" * 32), found)
    assert not resolves(citation, None)


def test_a_mark_outside_of_the_quotation_is_left_out() -> None:
    assert cite(page(), 3, 9, (4, 90)).mark == (0, 0)


def test_what_is_quoted_is_the_sentence_around() -> None:
    found = page()
    start = TEXT.index("3.5")
    first, last = around(found, start, start + 6)
    assert TEXT[first:last] == "Dr. J. Smith of the U.S. Army said 3.5 mm fell!"


def test_a_phrase_of_thai_is_quoted_with_those_beside_it_in_its_line() -> None:
    phrase = "แม่น้ำสายนี้ยาวมาก"
    line = " ".join([phrase] * 20)
    text = f"บรรทัดแรก\n{line} ในปี 1886 {line}\nบรรทัดสุดท้าย"
    found = page(text)
    start = text.index("1886")
    first, last = around(found, start, start + 4)
    assert ENOUGH_PHRASES <= last - first < ENOUGH_PHRASES + 2 * len(phrase) + 2
    assert "\n" not in text[first:last]
    assert text[first:last].startswith(phrase)
    assert text[first:last].endswith(phrase)
    alone = page("บรรทัดแรก\nปี 1886 นะ\nบรรทัดสุดท้าย")
    start = alone.text.index("1886")
    first, last = around(alone, start, start + 4)
    assert alone.text[first:last] == "ปี 1886 นะ"


def test_a_sentence_without_end_is_cut_around_what_is_quoted() -> None:
    text = "word " * 400
    found = page(text.strip())
    first, last = around(found, 1000, 1004)
    assert first <= 1000 < 1004 <= last
    assert last - first <= LONGEST_SENTENCE


@given(st.text(max_size=300), st.integers(-5, 400), st.integers(-5, 400), st.integers(-5, 50), st.integers(-5, 50))
def test_every_citation_resolves_whatever_is_asked_for(text: str, start: int, end: int, a: int, b: int) -> None:
    shelf = Shelf(article("Any", text))
    found = shelf.page(ROOT, article("Any", text).id)
    assert found is not None
    citation = cite(found, start, end, (a, b))
    assert resolves(citation, found)
    assert citation.passage == passage_at(found, citation.start)
    assert 0 <= citation.mark[0] <= citation.mark[1] <= len(citation.quote)
