"""An English library is asked in Chinese, Russian, Arabic and Hindi by names that only other scripts have."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from galactica.edition import EditionInfo
from galactica.library import Library, open_library

Make = Callable[..., tuple[Path, EditionInfo]]

HEAD = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo>
<sitename>Testpedia</sitename><dbname>testwiki</dbname><base>https://en.wiki.example.org/wiki/Main</base>
<case>first-letter</case><namespaces><namespace key="0" case="first-letter" /></namespaces></siteinfo>"""
PAGE = """<page><title>{0}</title><ns>0</ns><id>{2}</id><revision><id>7</id><model>wikitext</model>
<format>text/x-wiki</format><text xml:space="preserve">{1}</text></revision></page>"""
WEB = """<!DOCTYPE html><html lang="en"><head><title>Ulm Lake</title>{}</head><body><h1>Ulm Lake</h1><p>Ulm Lake is a
lake in Norland. It is twelve metres deep.</p></body></html>"""

TEXTS = {
    "Arden": "'''Arden''' is a town. It has 51,300 people.\n\n[[ru:Арден]]\n[[zh:阿登]]\n[[ar:أردن]]\n[[hi:आर्डेन]]",
    "Vara": "'''Vara''' (Russian: Вара; Chinese: 瓦拉; Arabic: فارا; Hindi: वारा) is a river. It is 80 km long.",
    **{f"Brook {n}": f"'''Brook {n}''' is a brook in Norland. Arden and Vara are near." for n in range(12)},
}


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("shelf") / "pages"
    folder.mkdir()
    pages = "".join(PAGE.format(title, text, n) for n, (title, text) in enumerate(TEXTS.items(), 1))
    (folder / "dump.xml").write_text(f"{HEAD}{pages}</mediawiki>", encoding="utf-8")
    names = {"ru": "Ульм-озеро", "zh": "乌尔姆湖", "ar": "بحيرة_أولم", "hi": "उल्म_झील"}
    links = "".join(
        f'<link rel="alternate" hreflang="{tag}" href="https://{tag}.wiki.example/wiki/{name}">'
        for tag, name in names.items()
    )
    (folder / "lake.html").write_text(WEB.format(links), encoding="utf-8")
    return folder


@pytest.fixture
def library(shelf: Path, tmp_path: Path, made: Make) -> Iterator[Library]:
    with open_library([made("norland", shelf, meaning=False)[0]]) as opened:
        yield opened


QUESTIONS = (
    ("阿登有多少人口？", "Arden"),
    ("Сколько жителей в Ардене?", "Arden"),
    ("كم عدد سكان أردن؟", "Arden"),
    ("आर्डेन की जनसंख्या कितनी है?", "Arden"),
    ("瓦拉有多长？", "Vara"),
    ("Какова длина Вары?", "Vara"),
    ("كم يبلغ طول فارا؟", "Vara"),
    ("वारा कितनी लंबी है?", "Vara"),
    ("乌尔姆湖有多深？", "Ulm Lake"),
    ("Ульм-озеро: какова глубина?", "Ulm Lake"),
    ("ما عمق بحيرة أولم؟", "Ulm Lake"),
    ("उल्म झील कितनी गहरी है?", "Ulm Lake"),
)


def test_the_article_that_is_named_in_another_script_is_found_asked_and_shown(library: Library) -> None:
    missed = []
    for question, title in QUESTIONS:
        answer = library.ask(question, reader="rules")
        shown = [*answer.near, *(citation for each in answer.statements for citation in each.citations)]
        if title not in [citation.title for citation in shown]:
            missed.append((question, [citation.title for citation in shown]))
    assert missed == []


@pytest.mark.parametrize("name", ["阿登", "Арден", "أردن", "आर्डेन"])
def test_a_name_in_another_script_is_an_alias_that_search_finds(library: Library, name: str) -> None:
    found = library.find(name)
    assert found is not None
    assert found[0].head(found[1]).title == "Arden"
    assert library.search(name).hits[0].title == "Arden"
