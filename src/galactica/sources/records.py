"""Records that people keep in files (events, cards, places, references): each is an article, its fields a table.

Rules: a record that is the only one of its file has the file's path, others stand below it, by their own key where they
have one. Fields are called by `record_fields.toml`, others as the file calls them. What has no text is told as empty.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib import resources
from typing import cast

from galactica.model import Document, Rejected
from galactica.sources.leaf import title_line
from galactica.sources.page_inside import page_inside
from galactica.sources.paths import clean_path, stem
from galactica.sources.trees import rejected

MAX_RECORDS = 200_000
"""Records of one file; those behind them are counted in one line."""

MAX_RECORD_FIELDS = 1_000
"""Fields of one record; those behind them are counted."""

MAX_KEY = 100
"""Characters of a record's own key in its path."""

Names = Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class FileRecord:
    """A record.

    Attributes:
        title: "" where it has none; then its file's name and its number stand for it.
        key: its own in the file, "" for none.
        text: what it says in sentences: paragraphs are parted by blank lines.
        html: the same as a stretch of HTML, instead of `text`.
        fields: (name, value) pairs in the order of the file; line feeds part what is on lines of its own.
        dropped: (rule, how often) of what was left out.
        Others as of a `Document`.
    """

    title: str
    key: str = ""
    text: str = ""
    html: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    language: str = ""
    aliases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    published: str = ""
    modified: str = ""
    identifiers: tuple[str, ...] = ()
    url: str = ""
    dropped: tuple[tuple[str, int], ...] = ()


@cache
def field_names(kind: str) -> Names:
    """What the fields of a format are called: its own name → ours."""
    text = resources.files("galactica.sources").joinpath("record_fields.toml").read_text(encoding="utf-8")
    return cast(Names, tomllib.loads(text)[kind])


def record_documents(records: Iterable[FileRecord], path: str, key: str) -> Iterator[Document | Rejected]:
    """The articles of a file's records.

    Args:
        path: of the file.
        key: of the source.
    """
    found = iter(records)
    first, second = next(found, None), next(found, None)
    if first is None:
        yield rejected(key, path, "empty", "no record in it")
        return
    if second is None:
        yield _document(first, path, key, title_line(first.title) or stem(path))
        return
    taken: set[str] = set()
    for number, record in enumerate(_behind(first, second, found), 1):
        if number > MAX_RECORDS:
            yield rejected(
                key, path, "too-large", f"more than {MAX_RECORDS:,} records; those behind them were left out"
            )
            return
        own = clean_path(record.key.replace("/", "_")[:MAX_KEY]) if record.key else None
        place = own if own and own not in taken else str(number)
        taken.add(place)
        yield _document(record, f"{path}/{place}", key, title_line(record.title) or f"{stem(path)} {number}")


def _behind(first: FileRecord, second: FileRecord, rest: Iterator[FileRecord]) -> Iterator[FileRecord]:
    yield first
    yield second
    yield from rest


def _document(record: FileRecord, path: str, key: str, title: str) -> Document | Rejected:
    body = page_inside(record.html) if record.html else paragraphs_html(record.text)
    rows = [(name, value) for name, value in record.fields if value.strip()]
    if not body and not rows and not record.title:
        return rejected(key, path, "empty", "a record without a text")
    dropped = record.dropped
    if len(rows) > MAX_RECORD_FIELDS:
        dropped = (*dropped, ("records:fields", len(rows) - MAX_RECORD_FIELDS))
    table = fields_table(rows[:MAX_RECORD_FIELDS])
    return Document(
        source=key,
        path=path,
        title=title,
        markup="html",
        content=f"{body}{table}" or f"<p>{escape(title, quote=False)}</p>",
        language=record.language,
        aliases=tuple(dict.fromkeys(each for each in map(title_line, record.aliases) if each and each != title)),
        categories=tuple(dict.fromkeys(each for each in map(title_line, record.categories) if each)),
        url=record.url if record.url.startswith(("http://", "https://")) and len(record.url) <= 4_000 else "",
        modified=record.modified,
        creators=tuple(dict.fromkeys(each for each in map(title_line, record.creators) if each)),
        published=record.published,
        identifiers=tuple(sorted(set(record.identifiers))),
        dropped=tuple((rule, count) for rule, count in dropped if count),
    )


def fields_table(rows: Iterable[tuple[str, str]]) -> str:
    """Names and values as a table of HTML; "" for none."""
    told = "".join(
        f'<tr><th scope="row">{escape(name, quote=False)}</th><td>{_cell(value)}</td></tr>' for name, value in rows
    )
    return f"<table><tbody>{told}</tbody></table>" if told else ""


def paragraphs_html(text: str) -> str:
    """Plain text as paragraphs of HTML, its lines kept."""
    parts = (part.strip() for part in text.replace("\r\n", "\n").split("\n\n"))
    return "".join(f"<p>{_cell(part)}</p>" for part in parts if part)


def _cell(value: str) -> str:
    return escape(value.strip(), quote=False).replace("\n", "<br>")
