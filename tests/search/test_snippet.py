import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.search.snippet import LENGTH, snippet


def places(text, *words):
    found = [(text.find(word), text.find(word) + len(word), n) for n, word in enumerate(words)]
    return sorted(found)


def test_a_short_passage_is_shown_whole():
    text = "A short passage."
    cut = snippet(text, 0, len(text), places(text, "short"), [1.0])
    assert cut.text == text
    assert [text[a:b] for a, b in cut.marks] == ["short"]


def test_a_long_passage_is_cut_at_words_around_what_matched():
    text = "filler " * 100 + "needle in a haystack " + "filler " * 100
    cut = snippet(text, 0, len(text), places(text, "needle", "haystack"), [1.0, 1.0])
    assert cut.text.startswith("… filler")
    assert cut.text.endswith("filler …")
    assert len(cut.text) <= LENGTH + 6
    assert [cut.text[a:b] for a, b in cut.marks] == ["needle", "haystack"]


def test_the_beginning_is_shown_where_it_shows_as_much():
    text = "needle " + "filler " * 100
    assert snippet(text, 0, len(text), places(text, "needle"), [1.0]).text.startswith("needle")


def test_neighbouring_pairs_are_one_mark():
    cut = snippet("北京大学在北京", 0, 7, [(0, 2, 0), (2, 4, 1)], [1.0, 1.0])
    assert cut.marks == ((0, 4),)


def test_line_breaks_and_cells_become_spaces():
    assert snippet("a\nb\tc", 0, 5, (), ()).text == "a b c"


@given(st.text(alphabet="ab \n", max_size=900), st.lists(st.integers(0, 899), max_size=20))
def test_marks_always_lie_in_the_text_and_in_order(text, starts):
    found = sorted({(s, min(s + 3, len(text)), s % 3) for s in starts if s + 1 < len(text)})
    cut = snippet(text, 0, len(text), found, [1.0, 2.0, 3.0])
    flat = [edge for mark in cut.marks for edge in mark]
    assert flat == sorted(flat)
    assert not flat or flat[-1] <= len(cut.text)


BOX = "Born\t5 June 1801\nDied\t9 May 1860\nOccupation\tBridge builder\n"
LEAD = "Anna Brun was a builder of bridges in the north. She was born on 5 June 1801 and drew her first bridge early.\n"


@pytest.mark.parametrize("words", [(), ("Born",), ("Bridge", "born"), ("builder", "1801")])
def test_a_snippet_begins_with_prose_not_with_the_cells_of_a_box(words):
    text = BOX + "A portrait\n" + LEAD + "Works\n"
    found = [(m.start(), m.end(), n) for n, word in enumerate(words) for m in re.finditer(word, text)]
    cut = snippet(text, 0, len(text), sorted(found), [1.0, 1.0])
    if words == ("Born",):
        assert cut.text.startswith("Born"), "nothing else has the word"
    else:
        assert cut.text.startswith("Anna Brun was")
        assert "Occupation" not in cut.text
        assert "Works" not in cut.text


def test_a_snippet_begins_where_a_sentence_does():
    text = "It was a long day in May. " * 12 + "The needle lay in the haystack for years. " + "Nobody looked. " * 30
    cut = snippet(text, 0, len(text), places(text, "needle", "haystack"), [1.0, 1.0])
    assert cut.text.startswith("The needle lay in the haystack")
    assert cut.text.endswith(" …")


def test_cells_are_shown_where_nothing_else_has_the_words():
    text = "Area\t41 km²\nPopulation\t7,300\n"
    cut = snippet(text, 0, len(text), places(text, "Population"), [1.0])
    assert cut.text.startswith("Area 41 km² Population")


def test_chinese_prose_is_told_from_cells():
    text = "面积\t41平方公里\n人口\t7300\n南山是一个小城，人口七千三百，位于北方。\n"
    cut = snippet(text, 0, len(text), [(text.rfind("人口"), text.rfind("人口") + 2, 0)], [1.0])
    assert cut.text == "南山是一个小城，人口七千三百，位于北方。"
