import pytest

from galactica.search.store import prefix_typos
from tests.search.pretended import FILLER, article, searcher, titles


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("oxy", "Oxygen"),
        ("O", "Oxygen"),
        ("frederic ch", "Frédéric Chopin"),
        ("chop", "Frédéric Chopin"),
        ("elem", "Oxygen"),
        ("oxxgen", "Oxygen"),
        ("imune sys", "Immune system"),
        ("東", "東京"),
        ("东京", "東京"),
    ],
)
def test_what_was_typed_leads_to_a_title(world, typed, title):
    assert title in titles(world.suggest(typed))


def test_what_was_matched_is_told(world):
    [first, *_] = world.suggest("elem")
    assert (first.title, first.matched, first.typos) == ("Oxygen", "Element 8", 0)


def test_typing_mistakes_are_counted_and_come_last(tmp_path):
    found = searcher(
        tmp_path / "text", article("Garden", "x"), article("Gardening", "x"), article("Warden", "x"), *FILLER
    )
    options = found.suggest("garden")
    assert [(option.title, option.typos) for option in options] == [("Garden", 0), ("Gardening", 0), ("Warden", 1)]


def test_the_most_prominent_comes_first(tmp_path):
    pages = [article("Rome A", "x"), article("Rome B", "x"), *[article(f"L{n}", "y", links="Rome_B") for n in range(9)]]
    assert titles(searcher(tmp_path / "text", *pages).suggest("rom"))[0] == "Rome B"


def test_each_article_is_suggested_once(tmp_path):
    found = searcher(tmp_path / "text", article("Oxygen", "x", aliases=["Oxygen gas", "Oxygène"]), *FILLER)
    assert titles(found.suggest("oxyg")) == ["Oxygen"]


def test_nothing_typed_gets_nothing(world):
    assert world.suggest("") == world.suggest("   ") == world.suggest("oxygen", limit=0) == ()


def test_mistakes_are_counted_against_the_nearest_beginning():
    assert prefix_typos("oxy", "oxygen") == 0
    assert prefix_typos("oyx", "oxygen") == 1
    assert prefix_typos("oxxygen", "oxygen") == 1
