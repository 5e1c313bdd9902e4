"""Names and titles of several words that were mistyped, as wholes."""

import pytest

from tests.search.pretended import FILLER, article, searcher, titles

PAGES = [
    article("Gustav the Bold", "Gustav the Bold was a king. Gustav died in 1402 at sea."),
    article("Gustavo", "Gustavo is a name."),
    *[article(f"Gustavs {n}", "Gustavs lived here. A grand house, bald hills.") for n in range(12)],
    article("Maria Lindqvist", "Maria Lindqvist painted ships.", aliases=["Mia Lindqvist"]),
    article("Great Northern War", "The Great Northern War was a war in the north."),
    article("Anna Karst", "Anna Karst climbed."),
    article("Harbour: -Sunken Galleys", "A harbour of sunken galleys."),
    *[article(f"Ship {n}", "A great war in the north, northern ships.") for n in range(9)],
    *FILLER,
]


@pytest.fixture(scope="module")
def found(tmp_path_factory):
    return searcher(tmp_path_factory.mktemp("named") / "text", *PAGES)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("Gustavs the Bodl", "Gustav the Bold"),
        ("gustv the blod", "Gustav the Bold"),
        ("Marai Lindkvist", "Maria Lindqvist"),
        ("Mia Lindqvits", "Mia Lindqvist"),
        ("Grate Norhtern War", "Great Northern War"),
        ("Great Nothern Waar", "Great Northern War"),
        ("Anna Krast", "Anna Karst"),
    ],
)
def test_a_name_of_several_words_is_put_right_as_a_whole(found, typed, meant):
    page = found.search(typed)
    assert page.corrected == meant
    assert f"“{typed}” was read as “{meant}”." in page.notes
    assert titles(page.hits)[0] in (meant, "Maria Lindqvist")


def test_marks_in_a_title_exclude_nothing_in_the_query_that_it_becomes(found):
    page = found.search("Harbour Sunken Galeys")
    assert page.corrected == "Harbour: Sunken Galleys"
    assert titles(page.hits)[0] == "Harbour: -Sunken Galleys"
    assert [note.code for note in page.notes] == ["read-as"]


def test_a_name_in_a_question_is_put_right(found):
    page = found.search("When did Gustavs the Bodl die?")
    assert page.corrected == "When did Gustav the Bold die?"
    assert titles(page.hits)[0] == "Gustav the Bold"
    assert found.passages("When did Gustavs the Bodl die?", by="words")[0].title == "Gustav the Bold"


@pytest.mark.parametrize(
    "query",
    ["Gustav the Bold", "Maria Lindqvist", "Gustavs lived", "Petra Lundmark", "Anna Karlsson", "the great war",
     "title:Gustavs title:Bodl", "Gustav the Bold 1403"],
)  # fmt: skip
def test_what_is_right_or_unknown_is_left_as_it_is(found, query):
    page = found.search(query)
    assert not [note for note in page.notes if "was read as" in note]
    assert "Karst" not in page.corrected


def test_a_part_of_an_unknown_name_does_not_become_another_word(tmp_path):
    pages = [article(f"Page {n}", "Mr Lander sat by the river. The Lander family.") for n in range(60)]
    pages += [article("Erika", "Erika Lander and Erika Lander again.")]
    found = searcher(tmp_path / "text", *pages, *FILLER)
    assert found.search("Where did Petra Landre live?").corrected == ""
    assert found.search("Where did Erika Landre live?").corrected == "Where did Erika lander live?"
