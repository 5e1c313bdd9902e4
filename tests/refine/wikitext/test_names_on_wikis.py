"""A template's name means what the page's own wiki means by it, in capitals or small, with or without arguments."""

from __future__ import annotations

import html
import re

import pytest

from galactica.model import Site
from galactica.refine.wikitext import ConvertedPage, wikitext_to_html

FIXED = "\u00a0"


def converted(text: str, wiki: str = "en") -> ConvertedPage:
    language, _, project = wiki.partition(".")
    return wikitext_to_html(
        text, title="Page", site=Site(language=language, project=project or "wikipedia"), language=language
    )


def seen(text: str, wiki: str = "en") -> str:
    """What a reader sees, with single spaces."""
    plain = html.unescape(re.sub(r"<[^<>]*>", " ", converted(text, wiki).html)).replace(FIXED, " ")
    return re.sub(r" +(?=[.,)°–/])", "", " ".join(plain.split()))


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("{{ESP}}", "en", "Spain"),
        ("3{{esp|7}}", "en", "3×10 7"),
        ("{{KOR}}", "ko", "KOR"),
        ("{{kor|말}}", "ko", "말"),
        ("the root {{cog|de|Baum}}", "en.wiktionary", "the root Baum"),
        ("beetles by {{aut|Linnaeus}} himself", "nl", "beetles by Linnaeus himself"),
        ("{{BRA|Ziel}}", "de", "BRA Ziel"),
        ("{{flag|FRA}} and {{flag|Peru}}", "en", "France and Peru"),
        ("{{flag|FRA}}", "de", "FRA"),
        ("{{Флагификация|Перу}}", "ru", "Перу"),
        ("It is {{zh|t=漢字|p=hànzì}} here", "it", "It is traditional Chinese: 漢字; pinyin: hànzì here"),
        ("see {{§|8|BGB|juris}} there", "de", "see § 8 BGB there"),
        ("{{cita|Neri|p. 4|Neri1990}}", "it", "Neri, p. 4"),
        ("{{Main2|川の歴史|川|海#波}}", "ja", "川の歴史: 川, 海 § 波"),
        ("{{Main2|川の歴史を}}", "ja", "川の歴史を"),
        ("{{UK}} and {{EU}}", "ja", "UK and EU"),
        ("{{increase}} 7 and {{gain|8 %}}", "en", "7 and 8 %"),
        ("few {{clarify|text=odd words|reason=which?}} here{{when|date=May}}", "en", "few odd words here"),
        ("{{collapse top|title=More of it}}\nwords\n{{collapse bottom}}", "en", "More of it words"),
        ("{{Подробно|Рига}}", "ru", "→: Рига"),
        ("{{main|:de:Dom|Riga}}", "en", "Main article: de:Dom, Riga"),
        ("{{edad|3|4|1900|5|6|1950}}", "es", "50"),
        ("x {{нет АИ 2|три слова|1|2|2012}} y", "ru", "x три слова y"),
    ],
)
def test_a_name_means_what_its_wiki_means_by_it(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


@pytest.mark.parametrize(
    ("text", "wiki", "expected"),
    [
        ("en 44 {{av JC}}", "fr", "en 44 av. J.-C."),
        ("en 14 {{Apr. J.-C.}}", "fr", "en 14 apr. J.-C."),
        ("44 {{до н. э.}}", "ru", "44 до н. э."),
        ("44 {{BCE}}", "en", "44 BCE"),
        ("{{AC|44|x}}", "pt", "44 a.C."),
        ("{{siglo|II|a|s}}", "es", "siglo II a. C."),
        ("{{siglo|II}}", "es", "II"),
        ("{{siglo|XX||S|1}}", "es", "Siglo XX"),
        ("{{bd|?|?|1812年|}}", "zh", "（?－1812年）"),
    ],
)
def test_the_era_of_a_year_is_never_cut(text: str, wiki: str, expected: str) -> None:
    assert seen(text, wiki) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{sortname|Ida|Noor}}", "Ida Noor"),
        ("{{sortname|[[Ida]]|Noor}}", "Ida Noor"),
        ("{{sortname||Noor}}", "Noor"),
        ("{{sortname|Ida|Noor|dab=judge}}", "Ida Noor"),
        ("{{hs|0120}}120", "120"),
        ("{{ntsh|120}}about 120", "about 120"),
        ("{{sort|b7|seven}}", "seven"),
        ("the {{zork blue|Ida|Li}} of it", "the Ida Li of it"),
    ],
)
def test_a_key_of_sorting_is_hidden_and_a_name_is_whole(text: str, expected: str) -> None:
    assert seen(text) == expected


def test_a_sorted_name_leads_to_the_article_that_it_names() -> None:
    assert 'href="./Ida_Noor_(judge)"' in converted("{{sortname|Ida|Noor|dab=judge}}").html
    assert 'href="./I._Noor"' in converted("{{sortname|Ida|Noor|I. Noor}}").html
    assert "href" not in converted("{{sortname|Ida|Noor|nolink=1}}").html


def test_a_translation_stands_under_its_original_and_is_nobody() -> None:
    text = "{{Zitat|Drei Worte|Übersetzung=Three words|Autor=Ida}}"
    assert seen(text, "de") == "Drei Worte Three words — Ida"


def test_who_said_it_stands_at_the_end_of_a_quotation() -> None:
    assert seen("слова{{конец цитаты|автор=Ида|источник=Книга}}", "ru") == "слова — Ида — Книга"


@pytest.mark.parametrize("text", ["{{note|texte=Un aparté}}", "{{Note|groupe=n|Un aparté}}"])
def test_a_note_of_the_french_wiki_is_a_footnote(text: str) -> None:
    assert "Un aparté" in converted(f"mot{text}", "fr").html.partition("doc-endnotes")[2]


def test_a_group_in_quotation_marks_is_that_group() -> None:
    text = 'x{{refnest|group="注"|A}}\n\n== N ==\n<references group="注"/>\n\n== L ==\nLast.'
    result = converted(text, "ja").html
    assert result.index("doc-endnotes") < result.index("Last.")


@pytest.mark.parametrize(("wiki", "key"), [("ru", "с"), ("pl", "s"), ("vi", "trang"), ("ru", "стр"), ("sv", "sid")])
def test_a_short_note_keeps_its_page_in_any_language(wiki: str, key: str) -> None:
    assert "p. 77" in seen(f"x{{{{sfn|Noor|1990|{key}=77}}}}", wiki)
