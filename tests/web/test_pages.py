"""Every page of the reading room shows what it should."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from galactica.edition.partial import PartialHeader
from galactica.languages import name_of
from galactica.model import Alias
from galactica.web import create_app
from tests.web.shelf import ARTICLES, FakeEdition, FakeLibrary, address, article
from tests.web.visitor import Visitor


def edition(library):
    return library.editions[0].root[:12]


def test_home_lists_editions_with_counts_and_ways_in(room, library):
    page = room.get("/").text
    assert "The library of tests" in page
    assert "7 articles" in page
    assert f'href="/titles/{edition(library)}"' in page
    assert f'href="/categories/{edition(library)}"' in page
    assert f'href="/about/{edition(library)}"' in page
    assert 'href="/random"' in page


def test_every_page_is_whole_and_needs_nothing_from_outside(room, library):
    short = edition(library)
    for place in (
        "/",
        "/search?q=ice",
        f"/titles/{short}",
        f"/categories/{short}",
        f"/about/{short}",
        address(library, 0),
    ):
        answer = room.get(place)
        assert answer.status_code == 200, place
        assert answer.text.startswith("<!doctype html>")
        assert answer.text.rstrip().endswith("</html>")
        for link in re.findall(r'<(?:link|script|img|source)[^>]*(?:href|src)="([^"]*)"', answer.text):
            assert link.startswith(("/static/", "/m/")), link


def test_results_mark_the_words_and_name_source_date_and_language(room):
    page = room.get("/search?q=ice").text
    assert "<mark>ice</mark>" in page
    assert "A wiki of tests" in page
    assert "2024-04-30" in page
    assert "English" in page
    assert re.search(r"\d ms", page)


def test_results_escape_titles_notes_and_queries(room):
    page = room.get("/search", params={"q": "ice"}).text
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page
    assert "<i>a note</i>" not in room.get("/search?q=noted+ice").text
    assert "<b>x" not in room.get("/search", params={"q": '"><b>x'}).text


def test_results_offer_what_was_meant(room):
    page = room.get("/search?q=comt").text
    assert "Did you mean" in page
    assert 'href="/search?q=comet"' in page


def test_nothing_found_says_so_kindly(room):
    assert "Nothing was found for “zebra”." in room.get("/search?q=zebra").text


def test_an_empty_search_leads_home(room):
    answer = room.get("/search?q=+")
    assert (answer.status_code, answer.headers["location"]) == (302, "/")


def test_results_can_be_narrowed_by_language_and_source(room):
    page = room.get("/search?q=ice&lang=en&source=bad%2Fkey").text
    assert "harmless" in page
    assert "Kuiper" not in page
    assert '<option value="bad/key" selected>' in page


def test_results_come_in_pages_that_keep_the_filters():
    from galactica.web import create_app
    from tests.web.shelf import FakeEdition, article
    from tests.web.visitor import Visitor

    many = FakeLibrary((FakeEdition([article(f"p{n}", f"P{n}", "<p>ice</p>") for n in range(25)]),))
    room = Visitor(create_app(many), "localhost")
    assert 'href="/search?q=ice&amp;lang=en&amp;page=2"' in room.get("/search?q=ice&lang=en").text
    last = room.get("/search?q=ice&page=3").text
    assert last.count('class="gx-snippet"') == 5
    assert 'rel="next"' not in last


def test_article_shows_contents_source_licence_and_neighbours(room, library):
    page = room.get(address(library, 0)).text
    assert '<h1 lang="en" dir="auto">Comet</h1>' in page
    assert '<a href="#Tail" dir="auto">Tail</a>' in page
    assert '<a href="#own" dir="auto">Orbit and path</a>' in page
    assert 'href="https://creativecommons.org/licenses/by-sa/4.0/"' in page
    assert "Text by the authors of the wiki of tests." in page
    assert "The testers" in page
    assert "2024-04-30" in page
    assert 'href="https://wiki.example/Comet"' in page
    assert "Shooting ice" in page
    assert f'href="{address(library, 1)}"' in page
    assert "简体中文" in page
    assert "/Ice%20%26%20dust" in page.replace("&amp;", "&")


def test_article_links_lead_into_the_same_edition_and_source(room, library):
    page = room.get(address(library, 0)).text
    assert f'href="{address(library, 1)}"' in page
    assert f'href="{address(library, 0)}#Tail"' in page
    assert 'class="gx-missing" href="/search?q=Oort%20cloud"' in page
    assert f'src="/m/{edition(library)}/testwiki/I/halley.svg"' in page
    assert 'Code: a href="./A/Comet" stays.' in page


@pytest.mark.parametrize("row", range(len(ARTICLES)))
def test_every_title_can_be_reached_however_awkward(room, library, row):
    answer = room.get(address(library, row))
    assert answer.status_code == 200
    assert f'lang="{ARTICLES[row].language}"' in answer.text


def test_right_to_left_articles_say_so(room, library):
    assert '<div class="gx-body" lang="ar" dir="rtl">' in room.get(address(library, 4)).text


def test_an_alias_leads_to_its_article(room, library):
    answer = room.get(f"/a/{edition(library)}/testwiki/Shooting_ice")
    assert (answer.status_code, answer.headers["location"]) == (302, address(library, 0))


def test_a_missing_article_offers_a_search(room, library):
    answer = room.get(f"/a/{edition(library)}/testwiki/A/No_such%3Cb%3E")
    assert answer.status_code == 404
    assert 'value="No such&lt;b&gt;"' in answer.text


def test_lists_titles_and_categories(room, library):
    short = edition(library)
    assert f'href="{address(library, 0)}"' in room.get(f"/titles/{short}").text
    assert "Kuiper" not in room.get(f"/titles/{short}?start=L").text
    assert f'href="/category/{short}/Ice%20%26%20dust"' in room.get(f"/categories/{short}").text
    assert "Kuiper belt" in room.get(f"/category/{short}/Sky").text
    assert room.get(f"/category/{short}/Nothing").status_code == 404


def test_each_script_has_its_letters_and_they_lead_to_places(room, library):
    page = room.get(f"/titles/{edition(library)}").text
    assert page.count('<p class="gx-letters">') == 3
    assert '<a href="?at=1" title="1 article">K</a>' in page
    assert '<span>Pinyin</span><a href="?at=3"' in page
    here = room.get(f"/titles/{edition(library)}?at=1").text
    assert '<a href="?at=1" title="1 article" aria-current="true">K</a>' in here


def test_other_languages_stand_beside_the_title(room, library):
    head = room.get(address(library, 0)).text.partition("</header>\n<")[2].partition("</header>")[0]
    assert '<nav class="gx-switch" aria-label="In other languages">' in head
    assert 'hreflang="ar"' in head


def test_a_result_shows_a_picture_where_its_article_has_one(room, library):
    page = room.get("/search?q=comet").text
    place = f"/m/{edition(library)}/testwiki/I/halley.svg"
    assert f'<img src="{place}" alt="" width="96" height="72" loading="lazy" decoding="async">' in page


def test_an_unknown_language_is_never_named_by_its_tag():
    assert [name_of(tag) for tag in ("und", "mul", "", "und-Latn", "en")] == ["", "", "", "", "English"]


def test_about_gives_root_licences_citation_and_the_check(room, library):
    page = room.get(f"/about/{edition(library)}").text
    assert library.editions[0].root in page
    assert "galactica verify" in page
    assert "“The library of tests”, edition" in page
    assert "CC BY-SA 4.0" in page
    assert 'href="javascript' not in page


def test_random_leads_to_an_article_and_is_not_kept(room, library):
    answer = room.get("/random")
    assert answer.headers["location"] == address(library, 0)
    assert answer.headers["cache-control"] == "no-store"


def test_interface_speaks_chinese_to_those_who_read_it(room):
    page = room.get("/", headers={"accept-language": "zh-CN,zh;q=0.9,en;q=0.5"}).text
    assert '<html lang="zh-Hans"' in page
    assert "随机条目" in page
    assert '<html lang="en"' in room.get("/", headers={"accept-language": "is, en;q=0.3"}).text


def test_appearance_is_remembered_and_leads_back(room, library):
    place = address(library, 0)
    answer = room.get("/look/dark", headers={"referer": f"http://127.0.0.1:8080{place}"})
    assert answer.headers["location"] == place
    assert "gx_look=dark" in answer.headers["set-cookie"]
    page = room.get(place, headers={"cookie": "other=1; gx_look=dark"}).text
    assert 'data-gx-look="dark"' in page


def test_media_comes_with_its_type(room, library):
    answer = room.get(f"/m/{edition(library)}/testwiki/I/halley.svg")
    assert answer.headers["content-type"] == "image/svg+xml"
    assert "immutable" in answer.headers["cache-control"]


def test_parts_of_media_can_be_had(room, library):
    from tests.web.shelf import SOUND

    place = f"/m/{edition(library)}/testwiki/I/sound.ogg"
    whole = room.get(place)
    assert (whole.status_code, whole.content) == (200, SOUND)
    for wish, start, end in (
        ("bytes=0-9", 0, 10),
        ("bytes=2040-", 2040, 2048),
        ("bytes=-8", 2040, 2048),
        ("bytes=9-9999", 9, 2048),
    ):
        answer = room.get(place, headers={"range": wish})
        assert (answer.status_code, answer.content) == (206, SOUND[start:end]), wish
        assert answer.headers["content-range"] == f"bytes {start}-{end - 1}/2048"
    for wish in ("bytes=2048-", "bytes=-0", "bytes=99999999-999999999"):
        answer = room.get(place, headers={"range": wish})
        assert (answer.status_code, answer.headers["content-range"]) == (416, "bytes */2048"), wish
    for wish in ("bytes=5-2", "bytes=-", "lines=1-2", "bytes=1-2,4-5", "bytes=a-b", "bytes=" + "9" * 400 + "-"):
        assert room.get(place, headers={"range": wish}).status_code == 200, wish
    old = room.get(place, headers={"range": "bytes=0-9", "if-range": '"old"'})
    assert old.status_code == 200


def test_browsers_may_keep_what_has_not_changed(room, library):
    for place in (address(library, 0), f"/m/{edition(library)}/testwiki/I/halley.svg"):
        first = room.get(place)
        again = room.get(place, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "content-length" not in again.headers
    light = room.get(address(library, 0)).headers["etag"]
    dark = room.get(address(library, 0), headers={"cookie": "gx_look=dark"}).headers["etag"]
    assert light != dark


def test_head_has_the_headers_and_no_body(room, library):
    for place in ("/", address(library, 0), "/api/v1/edition", "/robots.txt", "/nowhere"):
        whole, head = room.get(place), room.head(place)
        assert (head.status_code, head.content) == (whole.status_code, b"")
        assert head.headers["content-length"] == str(len(whole.content))


def test_crawlers_and_icons_are_served(room):
    assert "Disallow: /search" in room.get("/robots.txt").text
    assert room.get("/favicon.ico").headers["content-type"] == "image/svg+xml"


def test_static_files_are_named_by_their_content(room):
    style = re.search(r"/static/room\.[0-9a-f]{8}\.css", room.get("/").text)[0]
    answer = room.get(style)
    assert answer.headers["content-type"].startswith("text/css")
    assert "immutable" in answer.headers["cache-control"]
    assert room.get("/static/room.css").status_code == 404


def test_two_editions_stand_beside_each_other():
    from galactica.web import create_app
    from tests.web.shelf import FakeEdition
    from tests.web.visitor import Visitor

    library = FakeLibrary((FakeEdition(ARTICLES, "one"), FakeEdition(ARTICLES[:2], "two")))
    room = Visitor(create_app(library), "[::1]:80")
    page = room.get("/").text
    for item in library.editions:
        assert f"/about/{item.root[:12]}" in page
        assert room.get(f"/a/{item.root[:12]}/testwiki/A/Comet").status_code == 200


def test_a_name_that_is_the_title_or_was_named_already_is_not_shown_as_another_name(room, library, monkeypatch):
    head, *rest = library.editions[0].articles
    names = (*head.aliases, Alias(title="Comet", path="A/COMET"), Alias(title="Shooting ice", path="A/ice"))
    monkeypatch.setattr(library.editions[0], "articles", (replace(head, aliases=names), *rest))
    page = room.get(address(library, 0)).text
    assert page.count('<span dir="auto">Shooting ice</span>') == 1
    assert '<span dir="auto">Comet</span>' not in page


def test_the_language_of_the_room_can_be_chosen_on_every_page_without_a_script(room, library):
    for place in ("/", "/search?q=ice", f"/about/{edition(library)}", address(library, 0), "/nowhere/at/all"):
        page = room.get(place, headers={"accept-language": "fr"}).text
        assert '<html lang="fr">' in page, place
        assert '<a href="/words/fr" lang="fr" hreflang="fr" dir="auto" aria-current="true">' in page, place
        assert '<a href="/words/zh-Hans" lang="zh-Hans" hreflang="zh-Hans" dir="auto">' in page, place
        assert '<a href="/words/ar" lang="ar" hreflang="ar" dir="rtl">' in page, place
        arabic = room.get(place, headers={"accept-language": "ar-EG,en;q=0.1"}).text
        assert '<html lang="ar" dir="rtl">' in arabic, place
        chosen = room.get(place, headers={"accept-language": "fr", "cookie": "a=b; gx_words=zh-Hans"}).text
        assert '<html lang="zh-Hans"' in chosen, place
        assert '<html lang="en"' in room.get(place, headers={"accept-language": "zh", "cookie": "gx_words=en"}).text
    answer = room.get("/words/zh-Hans", headers={"referer": "http://127.0.0.1:8080/search?q=ice"})
    assert (answer.status_code, answer.headers["location"]) == (302, "/search?q=ice")
    assert answer.headers["set-cookie"].startswith("gx_words=zh-Hans;")
    assert room.get("/words/tlh").status_code == 404
    assert '<html lang="en"' in room.get("/", headers={"cookie": "gx_words=tlh"}).text


def test_about_leads_to_the_reasons_and_says_the_command_after_its_sentence(room, library):
    page = room.get(f"/about/{edition(library)}", headers={"accept-language": "zh"}).text
    assert 'href="#gx-left-out"' in page
    assert 'id="gx-left-out"' in page
    assert "同一位置已有内容" in page
    assert "A/&lt;Twice&gt;" in page
    told, command = page.index("请运行："), page.index("galactica verify /srv/books/one.edition")
    assert told < command
    assert "尚未" not in page[told:command]


def test_titles_that_are_alike_are_told_apart_in_every_list():
    alike = (
        article("A/Mercury", "Mercury", "<p>A planet.</p>", categories=("Sky",)),
        article("zh/Mercury", "Mercury", "<p>水星。</p>", language="zh-Hans", categories=("Sky",)),
        article("A/Venus", "Venus", "<p>Another.</p>", categories=("Sky",)),
    )
    library = FakeLibrary(editions=(FakeEdition(alike),))
    room = Visitor(create_app(library))
    for place in (f"/titles/{edition(library)}", f"/category/{edition(library)}/Sky"):
        page = room.get(place).text
        assert 'Mercury</a> <small dir="auto">English</small>' in page, place
        assert f'Mercury</a> <small dir="auto">{name_of("zh-Hans")}</small>' in page, place
        assert "Venus</a></li>" in page


def test_a_part_of_an_edition_says_how_much_of_the_whole_is_here(library, monkeypatch):
    whole = PartialHeader(
        root="ab" * 32,
        format=2,
        tables=(("articles", 4_000, b"", 7), ("edition", 1, b"", 1)),
        edition=b"",
        arrived=1,
        bytes=9,
    )
    part = library.editions[0]
    monkeypatch.setattr(part, "info", replace(part.info, partial=whole))
    pages = [Visitor(create_app(library)).get(place).text for place in ("/", f"/about/{edition(library)}")]
    assert all("7 of its 4,000 articles are here" in page for page in pages)
    assert "ab" * 32 in pages[1]
