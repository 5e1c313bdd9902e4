"""Records byte for byte: against vectors from the standard and against the independent encoder."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import record
from galactica.model import Alias, Article, Source, article_id

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
# Computed with `independent` on 2026-11-23 from docs/formats/edition.md; never from the code under test.
ARTICLE_LEAF = "312870a2b82695cef96358a6e403af263dec75ffee49d88610e391dfd27f7ab9"
ROOT = "73f8f295b56e1eb7f81d873c6e56d1219f1cfe7e66b48d827ce4640659b76846"


def fields_of(article: Article) -> dict[str, object]:
    return {
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


def test_an_articles_record_has_the_golden_leaf_hash() -> None:
    assert independent.leaf(record.article_record(ARTICLE)).hex() == ARTICLE_LEAF
    assert independent.leaf(independent.record(fields_of(ARTICLE))).hex() == ARTICLE_LEAF


def test_the_root_of_a_small_edition_is_the_golden_one() -> None:
    source = Source(key="testwiki", title="Test wiki", format="mediawiki", language="en", licence="CC0-1.0")
    about = record.edition_record(title="Test", languages=["en"], licences=["CC0-1.0"], parent="")
    heads = [
        ("sources", 1, independent.leaf(record.source_record(source))),
        ("articles", 1, independent.leaf(record.article_record(ARTICLE))),
        ("edition", 1, independent.leaf(about)),
        ("media", 0, independent.tree([])),
        ("files", 0, independent.tree([])),
    ]
    assert record.root_of(heads).hex() == ROOT
    again = independent.root(
        edition={"format": 1, "title": "Test", "languages": ["en"], "licences": ["CC0-1.0"]},
        articles=[fields_of(ARTICLE)],
        sources=[
            {"key": "testwiki", "title": "Test wiki", "format": "mediawiki", "language": "en", "licence": "CC0-1.0"}
        ],
        media=[],
        files=[],
    )
    assert again == ROOT


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
    assert record.article_record(article) == independent.record(fields_of(article))


@given(st.binary(min_size=32, max_size=32), _TEXT, st.integers(0, 2**40))
def test_media_and_file_records_equal_the_independent_encoders(digest: bytes, mime: str, size: int) -> None:
    assert record.media_record(digest, mime, size) == independent.record({"hash": digest, "mime": mime, "size": size})
    assert record.file_record("s", mime, digest) == independent.record({"source": "s", "path": mime, "hash": digest})


@given(_TEXT.filter(lambda t: "\0" not in t), _TEXT.filter(lambda t: "\0" not in t))
def test_ids_follow_the_document(source: str, path: str) -> None:
    assert article_id(source, path) == independent.identity(source, path)
