import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galactica.search import Searcher
from tests.search.pretended import WORLD, article, indexed, searcher, titles


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
