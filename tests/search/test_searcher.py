import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galactica.search import Searcher
from galactica.search.searcher import DEPTH
from tests.search.pretended import FILLER, WORLD, article, indexed, searcher, titles


def test_the_title_comes_first_and_is_called_exact(world):
    hit = world.search("oxygen").hits[0]
    assert (hit.title, hit.exact) == ("Oxygen", True)


@pytest.mark.parametrize("query", ["element 8", "Szopen", "frederic chopin", "FRÉDÉRIC_CHOPIN"])
def test_an_alias_or_another_spelling_comes_first(world, query):
    assert world.search(query).hits[0].exact


@pytest.mark.parametrize("query", ["Oxgen", "Oxigen", "Oyxgen", "Oxyggen", "immune systm", "Frederic Shopin"])
def test_a_title_with_one_typing_mistake_is_found(world, query):
    hits = world.search(query).hits
    assert not hits[0].exact
    assert hits[0].title in ("Oxygen", "Immune system", "Frédéric Chopin")


def test_a_title_with_another_number_is_no_typing_mistake(tmp_path):
    found = searcher(tmp_path / "text", article("Apollo 11", "Moon."), *FILLER)
    assert found.search("Apollo 12").hits[0].exact is False
    assert found.search("Apolo 11").hits[0].title == "Apollo 11"
    assert not found._titles._nearly(__import__("galactica.search.query", fromlist=["x"]).understand("Apollo 12"))


def test_a_question_needs_none_of_its_words(world):
    page = world.search("Who was it that discovered oxygen in the town of Uppsala, and when did that happen?")
    assert page.hits[0].title == "Oxygen"
    assert "Uppsala" in page.hits[0].snippet


def test_words_match_their_other_forms(world):
    assert "Oxygen" in titles(world.search("discovering plant").hits)


def test_every_language_is_searched_in_one_query(world):
    assert "Warschau" in titles(world.search("chopin").hits)
    assert titles(world.search("Haus").hits) == ["Warschau"]


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("化学元素", "氧"),
        ("化學元素", "氧"),
        ("首都", "東京"),
        ("东京", "東京"),
        ("เอเชีย", "ประเทศไทย"),
        ("राजधानी", "दिल्ली"),
    ],
)
def test_scripts_of_asia_are_searched(world, query, title):
    hit = world.search(query).hits[0]
    assert hit.title == title
    assert hit.marks


def test_one_han_character_finds_the_words_it_begins(world):
    assert titles(world.search("植").hits) == ["氧"]


def test_a_phrase_is_verified_in_the_text(world):
    assert titles(world.search('"immune system"').hits) == ["Immune system"]
    assert titles(world.search('"system that is immune"').hits) == ["Immune system"]


def test_a_phrase_that_is_nowhere_is_said_to_be_nowhere(world):
    page = world.search('"oxygen immune"')
    assert any("word for word" in note for note in page.notes)
    assert "Oxygen" in titles(page.hits)


def test_a_phrase_can_be_excluded(world):
    assert titles(world.search('immune -"immune system"').hits) == ["System theory"]


def test_a_phrase_in_han_text_is_verified(world):
    assert titles(world.search('"化学元素"').hits) == ["氧"]
    assert any("word for word" in note for note in world.search('"元素化学"').notes)


def test_a_run_of_han_characters_is_excluded_as_a_whole(world):
    assert titles(world.search("元素 -化学元素").hits) == []
    assert titles(world.search("元素 -元素化学").hits) == ["氧"]
    assert titles(world.search("植物 -氧").hits) == []


def test_a_word_can_be_excluded(world):
    assert "Nitrogen" not in titles(world.search("chemical -nitrogen").hits)
    assert world.search("-oxygen").notes


def test_title_language_and_source_restrict(world):
    assert titles(world.search("title:piano chopin").hits) == ["Piano"]
    assert titles(world.search("lang:de chopin").hits) == ["Warschau"]
    assert titles(world.search("chopin", language="de").hits) == ["Warschau"]
    assert titles(world.search("source:zhwiki 氧").hits) == ["氧"]
    assert world.search("oxygen", source="jawiki").hits == ()
    assert world.search("title:zebra oxygen").hits == ()


def test_a_mistyped_word_is_corrected_and_said_to_be(world):
    page = world.search("who discoverd oxygem")
    assert page.corrected == "who discoverd oxygen"
    assert page.hits[0].title == "Oxygen"
    assert any("oxygem" in note for note in page.notes)


def test_words_that_no_article_has_are_named(world):
    assert any("qqqqzzzz" in note for note in world.search("oxygen qqqqzzzz").notes)


def test_stop_words_alone_are_looked_for_in_titles_and_the_person_is_told(tmp_path):
    found = searcher(tmp_path / "text", article("The Of", "Nothing."), *FILLER)
    page = found.search("of the in")
    assert titles(page.hits) == ["The Of"]
    assert any("titles only" in note for note in page.notes)


def test_a_hit_says_where_it_comes_from_and_where_its_passage_lies(world):
    hit = world.search("Scheele Uppsala").hits[0]
    assert (hit.source, hit.licence, hit.date, hit.language) == ("wiki", "CC0-1.0", "2020-02-02", "en")
    assert hit.start < hit.end
    assert {hit.snippet[start:end] for start, end in hit.marks} >= {"Scheele", "Uppsala"}


def test_pages_follow_each_other_without_gap_or_repetition(world):
    whole = titles(world.search("article things", limit=10).hits)
    assert titles(world.search("article things", limit=4).hits) == whole[:4]
    assert titles(world.search("article things", limit=4, offset=4).hits) == whole[4:8]
    assert world.search("article", limit=5, offset=5000).hits == ()
    assert world.search("article", limit=-3, offset=-3).hits == ()


def test_ids_reads_no_text(tmp_path):
    edition, index = indexed(tmp_path / "text", WORLD)
    edition.bodies_read = 0
    found = Searcher([(edition, index)]).ids("chemical element", 5)
    assert {row for _, row, _ in found[:2]} == {0, 1}
    assert edition.bodies_read == 0


def test_a_page_reads_few_articles(tmp_path):
    many = [article(f"Page {n}", f"Common words and number {n}.") for n in range(60)]
    edition, index = indexed(tmp_path / "text", many)
    edition.bodies_read = 0
    assert len(Searcher([(edition, index)]).search("common number").hits) == 10
    assert edition.bodies_read <= DEPTH


def test_more_prominent_articles_come_first_among_equals(tmp_path):
    twins = [article(name, "The same text about quartz.") for name in ("First", "Second", "Third")]
    linking = [article(f"L{n}", "nothing", links="Second") for n in range(5)]
    assert searcher(tmp_path / "text", *twins, *linking).search("quartz").hits[0].title == "Second"


def test_an_article_of_two_editions_is_shown_once(tmp_path):
    one = indexed(tmp_path / "one", WORLD, root="1" * 64)
    two = indexed(tmp_path / "two", [*WORLD[:3], article("Ozone", "Ozone is oxygen too.")], root="2" * 64)
    both = Searcher([one, two])
    found = titles(both.search("oxygen").hits)
    assert sorted(found) == sorted(set(found))
    assert "Ozone" in found
    assert titles(both.suggest("oxy")) == ["Oxygen"]


def test_an_edition_in_two_parts_is_ranked_as_one(tmp_path):
    pages = [page for page in WORLD if page.language == "en"]
    whole = searcher(tmp_path / "whole", *pages)
    # One part has nearly all that is said of oxygen: by its own statistics the word would weigh little there.
    parts = Searcher([
        indexed(tmp_path / "a", pages[:4], root="a" * 64),
        indexed(tmp_path / "b", pages[4:], root="b" * 64),
    ])  # fmt: skip
    for query in ("chemical oxygen plants", "composer of music", "immune responses"):
        assert titles(parts.search(query).hits)[:2] == titles(whole.search(query).hits)[:2]


HOSTILE = [
    "x" * 100_000,
    "oxygen " * 20_000,
    " ".join(f"w{n}" for n in range(10_000)),
    '"' * 10_000,
    "-" * 10_000,
    "\x00\x01\x02\ud800\uffff",
    "title:" * 3000,
    '"oxygen ' * 2000,
    "氧" * 20_000,
    "lang:en " * 3000 + "oxygen",
    "(a OR b) AND [c TO d]^2~ /re.*gex/ field:\\",
    "a\u0300" * 5000,
    "🜁🜂🜃",
]


@pytest.mark.parametrize("query", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_queries_get_an_answer(world, query):
    world.search(query)
    world.suggest(query)
    world.ids(query)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(query=st.text(max_size=60), prefix=st.sampled_from(["", "oxygen ", '"', "-", "title:", "氧"]))
def test_nothing_that_can_be_typed_raises(world, query, prefix):
    for hit in world.search(prefix + query).hits:
        assert all(0 <= start < end <= len(hit.snippet) for start, end in hit.marks)
    world.suggest(prefix + query)


def test_parts_of_words_that_the_person_did_not_type_are_not_named(world):
    assert world.search("化学元素是什么呢").notes == ()
    assert any("qqqqzzzz" in note for note in world.search("化学元素 qqqqzzzz").notes)


def test_what_only_asks_is_not_said_to_be_nowhere(world):
    assert world.search("γιατί oxygen").notes == ()


def test_a_title_one_mistake_away_comes_before_what_the_spelling_says_and_each_comes_once(tmp_path):
    pages = [article("Muonium", "Rare."), article("Niobium", "Metal."), *FILLER]
    pages += [article(f"Ore {n}", "Niobium is a metal.") for n in range(9)]
    found = titles(searcher(tmp_path / "text", *pages).search("nuonium").hits)
    assert found[:2] == ["Muonium", "Niobium"]
    assert len(found) == len(set(found))


@pytest.mark.parametrize("stored", ["eng", "en", "ENG", "en-GB", "en_US", "English"])
@pytest.mark.parametrize("typed", ["en", "eng", "EN", "english"])
def test_a_language_is_found_by_whatever_form_its_tag_has(tmp_path, stored, typed):
    pages = [article("Rivers", "Running waters.", language=stored), article("Fleuve", "Running waters.", language="fr")]
    found = searcher(tmp_path / "text", *pages)
    assert titles(found.search(f"lang:{typed} run water").hits) == ["Rivers"]
    assert titles(found.search("run water", language=typed).hits) == ["Rivers"]
    assert titles(found.search(f"rivers lang:{typed}").hits) == ["Rivers"]


def test_a_script_and_a_country_narrow_a_language(tmp_path):
    pages = [article("甲", "水流。", language="zh_Hant_TW"), article("乙", "水流。", language="zh-CN")]
    found = searcher(tmp_path / "text", *pages)
    assert titles(found.search("水流 lang:zh-Hant").hits) == ["甲"]
    assert titles(found.search("水流 lang:zh-TW").hits) == ["甲"]
    assert titles(found.search("水流 lang:zho-Hans").hits) == ["乙"]
    assert sorted(titles(found.search("水流 lang:zho").hits)) == sorted(["甲", "乙"])
