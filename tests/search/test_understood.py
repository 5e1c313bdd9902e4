from tests.search.pretended import FILLER, article, searcher, titles


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


def test_parts_of_words_that_the_person_did_not_type_are_not_named(world):
    assert world.search("化学元素是什么呢").notes == ()
    assert any("qqqqzzzz" in note for note in world.search("化学元素 qqqqzzzz").notes)


def test_what_only_asks_is_not_said_to_be_nowhere(world):
    assert world.search("γιατί oxygen").notes == ()
