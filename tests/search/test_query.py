import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.search.query import MOST_CHARACTERS, MOST_PHRASES, MOST_WORDS, plainly, understand, unquoted


def words(query, **kinds):
    return [word.text for word in understand(query).words if all(getattr(word, k) == v for k, v in kinds.items())]


def test_words_are_lower_case_and_different():
    assert words("Oxygen oxygen WATER") == ["oxygen", "water"]


def test_a_phrase_is_kept_in_order_and_its_words_are_required():
    question = understand('cells "immune system"')
    assert [phrase.words for phrase in question.phrases] == [("immune", "system")]
    assert words('cells "immune system"', required=True) == ["immune", "system"]


def test_a_phrase_of_one_word_is_a_word():
    assert understand('"oxygen"').phrases == ()
    assert words('"oxygen"') == ["oxygen"]


def test_a_phrase_without_its_second_mark_ends_with_the_query():
    assert understand('cells "immune system').phrases[0].words == ("immune", "system")


def test_a_minus_excludes_a_word_or_a_phrase():
    assert words("jaguar -car", negative=True) == ["car"]
    question = understand('jaguar -"sports car"')
    assert question.phrases[0].negative
    assert [word.text for word in question.words] == ["jaguar"]


def test_a_hyphen_inside_a_word_excludes_nothing():
    assert words("twenty-one", negative=False) == ["twenty", "one"]


def test_filters_are_taken_out_of_the_words():
    question = understand("lang:de source:dewiki title:Haus Garten")
    assert (question.languages, question.sources) == (("de",), ("dewiki",))
    assert words("lang:de title:Haus Garten", title_only=True) == ["haus"]
    assert words("lang:de title:Haus Garten", title_only=False) == ["garten"]


def test_filters_given_beside_the_query_count_too():
    assert understand("x", language="EN", source="wiki").languages == ("en",)


def test_a_language_that_is_excluded_is_not_passed_over_in_silence():
    assert understand("x -lang:de").notes


def test_the_key_is_the_query_without_its_filters():
    assert understand("lang:fr  Frédéric   Chopin").key == "frederic chopin"


def test_han_text_becomes_pairs_and_a_quoted_run_a_phrase():
    question = understand('"北京大學"')
    assert [word.text for word in question.words] == ["北京", "京大", "大学"]
    assert question.phrases[0].words == ("北京大学",)


def test_unquoting_keeps_filters_and_what_is_excluded():
    assert unquoted('"a b" -"c d" source:"e f"').split() == ["a", "b", '-"c', 'd"', 'source:"e', 'f"']


@pytest.mark.parametrize(
    "query", ["", " ", '"', '""', "-", "--", "title:", "lang:", '-"', ":", "\x00", "((()))", "AND OR NOT"]
)
def test_mark_up_without_content_is_no_error(query):
    understand(query)


def test_what_is_too_long_is_cut_and_the_person_is_told():
    question = understand(" ".join(f"w{n}" for n in range(20_000)))
    assert len(question.text) <= MOST_CHARACTERS
    assert len(question.words) <= MOST_WORDS
    assert question.notes
    assert len(understand('"a b" ' + " ".join(f'"a{n} b"' for n in range(100))).phrases) == MOST_PHRASES


@given(st.text(max_size=300))
def test_nothing_that_can_be_typed_is_an_error(query):
    question = understand(query)
    assert all(word.text and word.text == word.text.lower() for word in question.words)
    unquoted(query)


@pytest.mark.parametrize(
    ("name", "plain"),
    [('"Long Sven" Quist', "Long Sven Quist"), ("Harbour: -Galleys", "Harbour: Galleys"), ("title:Mars", "title Mars"),
     ("lang:en", "lang en"), ("Jean-Luc", "Jean-Luc"), ("«Mir»", "Mir"), ("", "")],
)  # fmt: skip
def test_a_name_as_a_query_asks_for_its_words_and_nothing_else(name, plain):
    assert plainly(name) == plain
    assert understand(plainly(name)).plain
