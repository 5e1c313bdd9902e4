"""The article is found in its page, with title and categories."""

import pytest

from galactica.refine.clean import clean


def test_the_title_heading_is_kept_beside_the_body():
    cleaned = clean(
        "<html><head><title>Ray – Wiki</title></head><body><h1> Ray </h1><p>x</p></body></html>", base="Ray"
    )
    assert (cleaned.title, cleaned.body) == ("Ray", "<p>x</p>")


def test_a_title_outside_of_the_article_leaves_its_headings():
    page = '<html><body><h1>Ray</h1><div id="mw-content-text"><h1>Life</h1><h2>Youth</h2><p>x</p></div></body></html>'
    cleaned = clean(page, base="Ray")
    assert cleaned.title == "Ray"
    assert cleaned.body == "<h2>Life</h2>\n<h3>Youth</h3>\n<p>x</p>"


def test_without_a_heading_the_title_is_that_of_the_page():
    cleaned = clean("<title>A &amp; B</title><p>x</p>", base="x")
    assert cleaned.title == "A & B"
    assert cleaned.body == "<p>x</p>"


def test_several_h1_are_headings_of_the_article():
    cleaned = clean("<title>Book</title><h1>One</h1><p>x</p><h1>Two</h1><h2>Three</h2><p>y</p>", base="x")
    assert cleaned.title == "Book"
    assert cleaned.body == "<h2>One</h2>\n<p>x</p>\n<h2>Two</h2>\n<h3>Three</h3>\n<p>y</p>"


def test_of_several_h1_the_one_that_the_title_names_goes():
    cleaned = clean("<title>Book | Site</title><h1>Book</h1><h1>One</h1><p>x</p>", base="x")
    assert cleaned.title == "Book"
    assert cleaned.body == "<h2>One</h2>\n<p>x</p>"


def test_a_page_without_anything_has_neither():
    assert clean("", base="x").body == ""
    assert clean("<frameset><frame src=a></frameset>", base="x").title == ""


@pytest.mark.parametrize("tag", ["main", 'div role="main"', "article"])
def test_the_article_of_a_web_page_is_found(tag):
    page = (
        f"<html><body><header>Site</header><div>Menu</div><{tag}><p>x</p></{tag.split()[0]}><p>Foot</p></body></html>"
    )
    assert clean(page, base="x").body == "<p>x</p>"


def test_many_articles_are_a_list_and_stay():
    page = "<html><body><article>a</article><article>b</article><footer>Foot</footer></body></html>"
    assert clean(page, base="x").body == "<p>a</p>\n<p>b</p>"


def test_a_fragment_is_all_article():
    assert clean("<aside>a</aside><footer>b</footer>", base="x").body == "<p>a</p>\n<p>b</p>"


def test_categories_are_read_and_taken_off_the_foot():
    page = (
        '<html><body><div id="mw-content-text"><p>x</p></div><div id="catlinks" class="catlinks">'
        '<div id="mw-normal-catlinks">Categories: <ul><li><a href="C">Soul</a><li><a>1930 births</a></ul></div>'
        '<div id="mw-hidden-catlinks" class="mw-hidden-catlinks">Hidden: <ul><li><a>Stubs</a></li></ul></div></div>'
    )
    cleaned = clean(page, base="x")
    assert cleaned.categories == ("Soul", "1930 births")
    assert cleaned.body == "<p>x</p>"


def test_categories_of_parsoid_are_read():
    page = '<p>x</p><link rel="mw:PageProp/Category" href="./Category:Soul_music#Ray">'
    assert clean(page, base="x").categories == ("Soul music",)


def test_a_heading_that_is_never_closed_is_not_the_whole_page():
    cleaned = clean("<html><body><h1>Plan<p>One<table><tr><td>4<td>5</table><p>end", base="x")
    assert cleaned.body == (
        "<p>Plan</p>\n<p>One</p>\n<table><tbody><tr><td>4</td><td>5</td></tr></tbody></table>\n<p>end</p>"
    )


@pytest.mark.parametrize("tag", ["s", "strike", "del"])
def test_what_strikes_letters_and_is_never_closed_does_not_strike_the_rest_of_the_page(tag: str):
    assert clean(f"<p>Price <{tag}>5<p>6 Euro</p><p>More</p>", base="x").body == (
        "<p>Price 5</p>\n<p>6 Euro</p>\n<p>More</p>"
    )
    assert clean(f"<p>Price <{tag} class=x>5</{tag}> 6 Euro", base="x").body == "<p>Price 6 Euro</p>"


def test_a_heading_around_one_paragraph_is_a_heading():
    cleaned = clean("<html><body><h1><p>Plan</p></h1><p>One</p>", base="x")
    assert (cleaned.title, cleaned.body) == ("Plan", "<p>One</p>")


def test_a_break_in_a_title_parts_words():
    assert clean("<html><body><h1>Harbour<br>Guide</h1><p>x</p>", base="x").title == "Harbour Guide"


@pytest.mark.parametrize("begin", ["", "<html><body>", "<!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 3.2//EN'><body>"])
def test_a_table_in_a_paragraph_of_an_old_page_stays_a_table(begin: str):
    assert clean(f"{begin}<p>Intro<table><tr><td>4<td>5</table></p>", base="x").body == (
        "<p>Intro</p>\n<table><tbody><tr><td>4</td><td>5</td></tr></tbody></table>"
    )


def test_places_where_a_word_may_be_parted_are_no_part_of_it():
    assert clean('<p><a href="a\xadb">para&shy;ceta\xadmol</a></p>', base="x").body == (
        '<p><a href="./a%C2%ADb">paracetamol</a></p>'
    )
    assert clean("<p>para\xadcetamol</p>", base="x").body == "<p>paracetamol</p>"
