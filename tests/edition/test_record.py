"""Records byte for byte: against vectors from the standard and against the independent encoder."""

from __future__ import annotations

import dataclasses
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import record
from galactica.model import Alias, Article, Qualifier, Source, SourceStatement, Work, article_id

from . import independent

ARTICLE = Article(
    id=article_id("testwiki", "Warsaw"),
    title="Warsaw",
    language="en",
    aliases=(Alias(title="Warszawa", path="Warszawa"), Alias(title="华沙")),
    body='<p>Warsaw lies on the <a href="./Vistula">Vistula</a>.</p>',
    categories=("Capitals", "Cities"),
    source="testwiki",
    path="Warsaw",
    url="https://example.org/wiki/Warsaw",
    revision="17",
    modified="2026-01-02T03:04:05Z",
)
PART = replace(
    ARTICLE,
    work="guide.epub",
    part=3,
    headings=("Part I", "Rivers"),
    creators=("Ada Lind", "Otto Berg"),
    published="1843-05",
    identifiers=("isbn:9780141439761", "wikidata:Q270"),
)
SOURCE = Source(key="testwiki", title="Test wiki", format="mediawiki", language="en", licence="CC0-1.0")
WORK = Work(
    source="testwiki",
    path="guide.epub",
    title="A guide",
    kind="book",
    language="en",
    creators=("Ada Lind",),
    publisher="Berg & Sons",
    published="1843",
    identifiers=("isbn:9780141439761",),
    description="Rivers and towns.",
)
STATEMENT = SourceStatement(
    source="testwiki",
    path="Q270$1",
    subject="wikidata:Q270",
    property="wikidata:P1082",
    kind="quantity",
    value="1863056",
    unit="people",
    bounds=("1863000", "1863100"),
    rank="preferred",
    qualifiers=(Qualifier(property="wikidata:P585", kind="time", value="2023"),),
    references=((Qualifier(property="length", kind="quantity", value="7", unit="km"),), ()),
)

# Computed with `independent` from docs/formats/edition.md, version 1 on 2026-11-23, version 2 on 2026-11-28; never from
# the code under test.
LEAVES = {
    1: "312870a2b82695cef96358a6e403af263dec75ffee49d88610e391dfd27f7ab9",
    2: "185e7b678c285104dac2bf08798b4035cb3cb1a86f1181829a013b8686c5b4cb",
}
ROOTS = {
    1: "73f8f295b56e1eb7f81d873c6e56d1219f1cfe7e66b48d827ce4640659b76846",
    2: "8da11d276c66310d64911e4e62e6f1998e1bdf9610cec521955fd7bfde72b354",
}


def fields_of(article: Article, version: int) -> dict[str, object]:
    fields: dict[str, object] = {
        "id": article.id,
        "title": article.title,
        "language": article.language,
        "aliases": [[a.title, a.path] if a.path else [a.title] for a in article.aliases],
        "body": article.body,
        "categories": list(article.categories),
        "source": article.source,
        "path": article.path,
        "url": article.url,
        "revision": article.revision,
        "modified": article.modified,
        "licence": article.licence,
    }
    if version == 2:
        names = ("work", "part", "headings", "creators", "published", "identifiers")
        fields |= {name: getattr(article, name) for name in names}
    return fields


WORK_FIELDS = {field.name: getattr(WORK, field.name) for field in dataclasses.fields(WORK)}
STATEMENT_FIELDS = {field.name: getattr(STATEMENT, field.name) for field in dataclasses.fields(STATEMENT)} | {
    "qualifiers": [["wikidata:P585", "time", "2023"]],
    "references": [[["length", "quantity", "7", "km"]], []],
}


@pytest.mark.parametrize(("version", "article"), [(1, ARTICLE), (2, PART)])
def test_an_articles_record_has_the_golden_leaf_hash(version: int, article: Article) -> None:
    assert independent.leaf(record.article_record(article, version)).hex() == LEAVES[version]
    assert independent.leaf(independent.record(fields_of(article, version))).hex() == LEAVES[version]


def test_an_article_without_what_version_2_brought_has_the_same_record_in_both() -> None:
    assert record.article_record(ARTICLE, 1) == record.article_record(ARTICLE, 2)
    assert record.article_record(PART, 1) == record.article_record(ARTICLE, 1)


@pytest.mark.parametrize("version", [1, 2])
def test_the_root_of_a_small_edition_is_the_golden_one(version: int) -> None:
    article = (ARTICLE, PART)[version - 1]
    about = record.edition_record(
        version=version, number=4, title="Test", languages=["en"], licences=["CC0-1.0"], parent=""
    )
    heads = [
        ("sources", 1, independent.leaf(record.source_record(SOURCE, version))),
        ("articles", 1, independent.leaf(record.article_record(article, version))),
        ("edition", 1, independent.leaf(about)),
        ("media", 0, independent.tree([])),
        ("files", 0, independent.tree([])),
    ]
    more: dict[str, list[dict[str, object]]] = {}
    edition: dict[str, object] = {"format": version, "title": "Test", "languages": ["en"], "licences": ["CC0-1.0"]}
    if version == 2:
        heads += [
            ("works", 1, independent.leaf(record.work_record(WORK))),
            ("statements", 1, independent.leaf(record.statement_record(STATEMENT))),
        ]
        edition["number"] = 4
        more = {"works": [WORK_FIELDS], "statements": [STATEMENT_FIELDS]}
    assert record.root_of(heads, version).hex() == ROOTS[version]
    again = independent.root(
        version=version,
        edition=edition,
        articles=[fields_of(article, version)],
        sources=[
            {"key": "testwiki", "title": "Test wiki", "format": "mediawiki", "language": "en", "licence": "CC0-1.0"}
        ],
        media=[],
        files=[],
        **more,
    )
    assert again == ROOTS[version]


_TEXT = st.text(max_size=300)


@given(_TEXT, _TEXT, _TEXT, st.lists(st.tuples(_TEXT, _TEXT), max_size=30), st.lists(_TEXT, max_size=300))
def test_any_record_equals_the_independent_encoders(
    title: str, body: str, url: str, aliases: list[tuple[str, str]], categories: list[str]
) -> None:
    article = Article(
        id=b"\x01" * 16,
        title=title,
        language="und",
        aliases=tuple(Alias(title=t, path=p) for t, p in aliases),
        body=body * 50,
        categories=tuple(categories),
        source="s",
        path="p",
        url=url,
    )
    assert record.article_record(article, 2) == independent.record(fields_of(article, 2))


@given(st.binary(min_size=32, max_size=32), _TEXT, st.integers(0, 2**40))
def test_media_and_file_records_equal_the_independent_encoders(digest: bytes, mime: str, size: int) -> None:
    assert record.media_record(digest, mime, size) == independent.record({"hash": digest, "mime": mime, "size": size})
    assert record.file_record("s", mime, digest) == independent.record({"source": "s", "path": mime, "hash": digest})


@given(_TEXT.filter(lambda t: "\0" not in t), _TEXT.filter(lambda t: "\0" not in t))
def test_ids_follow_the_document(source: str, path: str) -> None:
    assert article_id(source, path) == independent.identity(source, path)
