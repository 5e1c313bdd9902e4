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
