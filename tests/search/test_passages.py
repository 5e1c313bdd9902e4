from galactica.codes.letters import folded
from galactica.search.passages import Finder, pattern
from galactica.search.query import Phrase, Word
from galactica.search.rank import Weighted


def wanted(**weights):
    return [Weighted(word=Word(text=text), idf=idf, articles=1, titles=0) for text, idf in weights.items()]


def best(text, language="en", **weights):
    cuts = [0, *[n + 1 for n, c in enumerate(text) if c == "\n"], len(text) + 1]
    starts, ends = cuts[:-1], [b - 1 for b in cuts[1:]]
    return Finder(wanted(**weights)).best(folded(text), language, starts, ends)


def test_the_passage_with_most_of_the_weight_is_best():
    found = best("one apple\ntwo apples and a pear\nthree pears", apple=2.0, pear=1.5)
    assert found.number == 1


def test_words_that_stand_together_win_among_equals():
    text = "apple with very many other words until at last a pear\napple pear"
    assert best(text, apple=2.0, pear=2.0).number == 1


def test_the_first_of_equal_passages_is_best():
    assert best("apple\napple\napple", apple=1.0).number == 0


def test_other_forms_of_a_word_are_found_and_lookalikes_are_not():
    text = "runic runs Running overrun"
    places = best(text, run=1.0).places
    assert [text[start:end] for start, end, _ in places] == ["runs", "Running"]


def test_accents_in_the_text_do_not_hide_a_word():
    text = "Żelazowa, Frédéric"
    places = best(text, frederic=1.0, zelazowa=1.0).places
    assert [text[start:end] for start, end, _ in places] == ["Żelazowa", "Frédéric"]


def test_light_words_are_found_beside_heavy_ones():
    text = "many apples\nno fruit"
    assert len(best(text, apple=9.0, many=2.0).places) == 2


def test_light_words_decide_where_no_heavy_word_is():
    assert best("nothing\nmany of them", apple=9.0, many=2.0).number == 1


def test_stems_without_their_beginning_are_found():
    text = "قرأت الكتاب"
    places = best(text, "ar", **{"كتاب": 1.0}).places
    assert len(places) == 1


def test_devanagari_words_are_found_whole():
    text = "यह हिन्दी भाषा है"
    [place] = best(text, "marks", **{"हिन्दी": 1.0}).places
    assert text[place[0] : place[1]] == "हिन्दी"


def test_an_article_without_any_word_gives_its_first_passage():
    assert best("one\ntwo", apple=1.0).number == 0


def test_a_word_between_two_passages_belongs_to_none():
    found = Finder(wanted(apple=1.0)).best("pear\napple\napple pear", "en", [0, 11], [4, 21])
    assert (found.number, len(found.places)) == (1, 1)


def test_an_article_without_passages_gives_none():
    assert Finder(wanted(apple=1.0)).best("", "en", [], []) is None


def test_a_phrase_matches_over_punctuation_and_line_breaks_but_not_over_words():
    found = pattern(Phrase(text="a b", words=("rock", "roll")))
    assert found.search("the rock,\nroll of")
    assert not found.search("rock and roll")
    assert not found.search("bedrock roll")
    assert not found.search("rock rolling")
