"""Small editions with something in every table, made here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import pyarrow as pa

from galactica.building.indexing import index_words
from galactica.codes import merkle
from galactica.codes.segment import passages
from galactica.edition import bag, layout
from galactica.edition.record import FORMAT_VERSION, article_record
from galactica.edition.write import (
    About,
    EditionWriter,
    make_folders,
    write_articles,
    write_media,
    write_passages,
    write_signals,
)
from galactica.model import Alias, Article, Qualifier, Source, SourceStatement, Work, article_id
from galactica.model.projection import outline
from galactica.progress import silent

SOURCE = Source(key="k", title="A source", format="test", language="en", licence="CC0-1.0")
PER_SHARD = 20


def text(number: int, more: str = "") -> str:
    """A body that no other article has."""
    said = f"Article {number} speaks of the number {number} and its square {number * number}. "
    return f"<p>{said * 4}</p><h2>History</h2><p>{said}{more}</p>"


def article(number: int, *, body: str = "", language: str = "en", aliases: Sequence[str] = ()) -> Article:
    """The article called "Number 7"."""
    path = f"n{number}"
    return Article(
        id=article_id("k", path),
        title=f"Number {number}",
        language=language,
        aliases=tuple(Alias(title=name, path=f"{name}.html") for name in sorted(aliases)),
        body=body or text(number),
        categories=("Even",) if number % 2 == 0 else ("Odd",),
        source="k",
        path=path,
    )


def statement(number: int, value: str = "1") -> SourceStatement:
    """What a source states."""
    return SourceStatement(
        source="k",
        path=f"s{number:04}",
        subject=f"path:n{number}",
        property="height",
        kind="quantity",
        value=value,
        unit="m",
        bounds=("0", "9"),
        qualifiers=(Qualifier(property="since", kind="time", value="1900"),),
        references=((Qualifier(property="by", kind="text", value="Ada", unit="en"),), ()),
    )


@dataclass(frozen=True, kw_only=True)
class Made:
    """What an edition is made of."""

    articles: tuple[Article, ...]
    sources: tuple[Source, ...] = (SOURCE,)
    works: tuple[Work, ...] = ()
    statements: tuple[SourceStatement, ...] = ()
    files: Mapping[str, bytes] = field(default_factory=dict)
    title: str = "Made"
    number: int = 1
    parent: str = ""


def write_made(folder: Path, made: Made, *, indexed: bool = True) -> str:
    """Write an edition; returns its root."""
    data = folder / "data"
    make_folders(data)
    writer = EditionWriter(folder)
    shards = _articles(data, made.articles)
    writer.sources(sorted(made.sources, key=lambda each: each.key))
    writer.works(sorted(made.works, key=lambda each: (each.source, each.path)))
    writer.statements(sorted(made.statements, key=lambda each: (each.source, each.path)))
    contents = {hashlib.sha256(content).digest(): content for content in made.files.values()}
    writer.files(sorted(("k", path, hashlib.sha256(content).digest()) for path, content in made.files.items()))
    if contents:
        rows = [{"hash": digest, "mime": "image/png", "content": content} for digest, content in contents.items()]
        write_media(data / "media" / layout.shard_name(0), rows)  # in the order in which they came
    writer.media((digest, "image/png", len(contents[digest])) for digest in sorted(contents))
    by_id = sorted(made.articles, key=lambda each: each.id)
    writer.articles(merkle.leaf_hash(article_record(each, FORMAT_VERSION)) for each in by_id)
    languages = {each.language: 0 for each in made.articles}
    for each in made.articles:
        languages[each.language] += 1
    root = writer.finish(
        About(
            title=made.title,
            languages=sorted(languages.items(), key=lambda each: (-each[1], each[0])),
            licences=("CC0-1.0",),
            parent=made.parent,
            number=made.number,
            shards=shards[0],
            counts=(("passages", shards[1]), ("aliases", sum(len(each.aliases) for each in made.articles))),
            left_out=(),
            program="galactica test",
        )
    )
    bag.write_bag(folder, title=made.title, root=root)
    if indexed:
        (folder / "index").mkdir()
        index_words(folder, folder / "index", 1, silent)
    return root


def _articles(data: Path, articles: Sequence[Article]) -> tuple[list[int], int]:
    shards: list[int] = []
    total = 0
    for low in range(0, len(articles), PER_SHARD):
        lot = articles[low : low + PER_SHARD]
        groups = [lot[: PER_SHARD // 2], lot[PER_SHARD // 2 :]]
        groups = [group for group in groups if group]
        name = layout.shard_name(len(shards))
        leaves = write_articles(data / "articles" / name, groups, typical=500)
        total += write_passages(data / "passages" / name, map(_spans, groups), first=low)
        write_signals(data / "signals" / name, leaves, [b"input"] * len(lot))
        shards.append(len(lot))
    return shards, total


def _spans(group: Iterable[Article]) -> tuple[pa.ListArray, pa.ListArray]:
    spans = [passages(each.text, each.headings) for each in (outline(one.body) for one in group)]
    kind = pa.list_(pa.int32())
    return (
        pa.array([[a for a, _ in each] for each in spans], type=kind),
        pa.array([[b for _, b in each] for each in spans], type=kind),
    )


def first_edition() -> Made:
    """An edition with something in every table."""
    part = replace(article(3), work="w", part=1, headings=("One",), creators=("Ada",), published="1843")
    return Made(
        articles=tuple(
            part if number == 3 else article(number, aliases=(f"N{number}",) if number % 5 == 0 else ())
            for number in range(70)
        ),
        works=(Work(source="k", path="w", title="A work", kind="book", language="en"),),
        statements=tuple(statement(number) for number in range(12)),
        files={f"p{number}.png": bytes([number]) * 3000 for number in range(4)},
    )


def second_edition(parent: str = "") -> Made:
    """The first with something added, removed and changed in every table."""
    old = first_edition()
    kept = [each for each in old.articles if each.path not in ("n5", "n69", "n12")]
    kept = [
        replace(each, body=text(9, "It was changed since.")) if each.path == "n9"
        else replace(each, title="Another title", aliases=()) if each.path == "n10"
        else each
        for each in kept
    ]  # fmt: skip
    return Made(
        articles=(*kept, article(100), article(101, language="zh", body="<p>海湾的深度是一百米。</p>")),
        sources=(replace(SOURCE, date="2026-02-01"), replace(SOURCE, key="z", title="Another")),
        works=(
            Work(source="k", path="w", title="A work, second edition", kind="book", language="en"),
            Work(source="k", path="x", title="Another work", kind="report", language="en"),
        ),
        statements=tuple(statement(number, "2" if number == 6 else "1") for number in (*range(4), *range(5, 11), 50)),
        files={**{f"p{n}.png": bytes([n]) * 3000 for n in range(3)}, "p3.png": bytes([3]) * 2990 + b"other", "q": b"q"},
        title="Made again",
        number=2,
        parent=parent,
    )


def third_edition(parent: str = "") -> Made:
    """The second with what it lost taken back, and more changed."""
    before = second_edition()
    again = replace(article(5), body=text(5, "It came back."))
    articles = [each for each in before.articles if each.path not in ("n100", "n20", "n21", "n22", "n23")]
    articles = [article(9) if each.path == "n9" else each for each in articles]
    return replace(
        before,
        articles=(*articles, again, article(102)),
        files={key: value for key, value in before.files.items() if key != "q"} | {"r": b"r" * 100},
        number=3,
        parent=parent,
    )
