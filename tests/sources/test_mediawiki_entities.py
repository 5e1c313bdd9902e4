"""Wikidata's own dumps hold entities in MediaWiki's XML: today's form, and that of 2013 and 2014."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path

import pytest

from galactica.model import Document, Redirect, Rejected, SourceStatement
from galactica.sources.contract import Item
from galactica.sources.formats import open_source
from galactica.sources.mediawiki_entities import item_of_comment
from tests.sources.entities import ADA, BORN, WORD

OLD = {
    "label": {"en": "Ada Brook", "de": "Ada Bach"},
    "description": {"en": "surveyor"},
    "aliases": {"en": ["A. Brook"]},
    "links": {"enwiki": {"name": "Ada Brook", "badges": []}, "dewiki": "Ada Bach"},
    "entity": ["item", 70001],
    "claims": [
        {
            "m": ["value", 31, "wikibase-entityid", {"entity-type": "item", "numeric-id": 5}],
            "q": [["novalue", 580]],
            "g": "q70001$AA-1",
            "rank": 2,
            "refs": [[["value", 854, "string", "https://example.org/a"]]],
        },
        {"m": ["somevalue", 26], "q": [], "g": "Q70001$AA-2", "rank": 0, "refs": []},
    ],
}


def page(title: str, entity: object, namespace: int = 0, model: str = "wikibase-item") -> str:
    text = entity if isinstance(entity, str) else json.dumps(entity)
    return (
        f"<page><title>{title}</title><ns>{namespace}</ns><id>1</id><revision><id>7</id>"
        f"<timestamp>2020-01-02T03:04:05Z</timestamp><model>{model}</model>"
        f'<text xml:space="preserve">{escape(text)}</text></revision></page>'
    )


def read(folder: Path, *pages: str, base: str = "https://www.wikidata.org/wiki/Wikidata:Main_Page") -> list[Item]:
    path = folder / "wikidatawiki-20240101-pages.xml"
    path.write_text(
        '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo>'
        f"<sitename>Wikidata</sitename><dbname>wikidatawiki</dbname><base>{base}</base></siteinfo>"
        f"{''.join(pages)}</mediawiki>",
        encoding="utf-8",
    )
    with open_source(path) as source:
        return list(source.read())


def documents(items: list[Item]) -> list[Document]:
    return [each for each in items if isinstance(each, Document)]


def test_entities_in_pages_are_read_as_those_in_files_are(tmp_path: Path) -> None:
    word = page("Lexeme:L7", WORD, 146, "wikibase-lexeme")
    items = read(tmp_path, page("Q70001", ADA), page("Property:P569", BORN, 120, "wikibase-property"), word)
    found = documents(items)
    assert [(each.path, each.title) for each in found] == [
        *(("Q70001", "Ada Brook"), ("Property:P569", "date of birth"), ("Lexeme:L7", "brook")),
    ]
    assert found[0].identifiers == ("wikidata:Q70001",)
    assert '<a href="./Property:P569">date of birth</a>' in found[0].content
    assert not [each for each in items if isinstance(each, Rejected)]
    assert sum(isinstance(each, SourceStatement) for each in items) == 6 + 1 + 8


def test_the_form_of_2014_says_the_same(tmp_path: Path) -> None:
    items = read(tmp_path, page("Q70001", OLD), page("Q9", {"entity": "q9", "redirect": "q70001"}))
    (found,) = documents(items)
    assert (found.path, found.title, found.dropped) == ("Q70001", "Ada Brook", ())
    assert found.aliases == ("Q70001", "Ada Bach", "A. Brook")
    assert (found.revision, found.modified) == ("7", "2020-01-02T03:04:05Z")
    kind, spouse, *links = [each for each in items if isinstance(each, SourceStatement)]
    assert (kind.path, kind.value, kind.rank) == ("Q70001$AA-1", "wikidata:Q5", "preferred")
    assert (kind.qualifiers[0].property, kind.qualifiers[0].kind) == ("wikidata:P580", "none")
    assert kind.references[0][0].value == "https://example.org/a"
    assert (spouse.kind, spouse.rank) == ("unknown", "deprecated")
    assert [each.value for each in links] == ["Ada Brook", "Ada Bach"]
    assert [(each.path, each.target) for each in items if isinstance(each, Redirect)] == [("Q9", "Q70001")]


def test_entities_of_another_wiki_are_not_taken_for_wikidatas(tmp_path: Path) -> None:
    items = read(tmp_path, page("Q70001", ADA), base="https://database.factgrid.example/wiki/Main_Page")
    assert documents(items)[0].identifiers == ("factgrid:Q70001",)
    assert {each.subject for each in items if isinstance(each, SourceStatement)} == {"factgrid:Q70001"}


def test_a_page_without_an_entity_is_rejected(tmp_path: Path) -> None:
    items = read(tmp_path, page("Q1", ""), page("Q2", "{"), page("Q3", "[]"), page("Q4", '{"id": "x"}'))
    assert [(each.where, each.reason) for each in items if isinstance(each, Rejected)] == [
        *(("Q1", "empty"), ("Q2", "bad-row"), ("Q3", "bad-row"), ("Q4", "bad-row")),
    ]


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        ("Bot: Migrating 9 interwiki links, now provided by [[d:|Wikidata]] on [[d:q42]]", ("wikidata:Q42",)),
        ("Bot: Migrating 9 langlinks, now provided by [[Wikidata]] on [[:d:Q42]]", ("wikidata:Q42",)),
        ("see [[d:Q42]]", ()),
        ("interwiki links from [[d:Q42]] to [[d:Q43]], Wikidata", ()),
        ("", ()),
    ],
)
def test_the_comment_that_moved_the_links_away_names_the_item(comment: str, found: tuple[str, ...]) -> None:
    assert item_of_comment(comment) == found


def test_an_article_whose_links_were_moved_has_the_items_number(tmp_path: Path) -> None:
    moved = page("Moon", "Round.", model="wikitext").replace(
        "<model>",
        "<comment>Migrating 9 interwiki links, now provided by [[d:|Wikidata]] on [[d:q405]]</comment><model>",
    )
    (found,) = documents(read(tmp_path, moved))
    assert found.identifiers == ("wikidata:Q405",)
