"""What a row says beside its text: columns that hold no part of an article are told below it, none is lost in silence.

A table of ports with a description, a depth and a fee becomes an article a port; its text is the description, and the
depth and the fee stand below as "depth: 11.5". What only programs read (further ids, digests, vectors) is counted
instead, and so is the same text in another markup; what the text says word for word is not said again. A row without a
text, beside rows with one, is an article of its fields.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from html import escape
from itertools import islice

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources.columns import EXPORTED, GUESSES, Mapped, Value, choose_columns, row_document, text_column
from galactica.sources.contract import SourceOptions
from galactica.sources.json_fields import LONGEST, MAX_FIELDS, POINTS, plain_fields

Row = Mapping[str, Value]

MAX_INSIDE = 30
"""Plain values inside of one value that are told; what holds more is a table of its own, and counted."""

_FOR_PROGRAMS = re.compile(
    r"(?:rev(?:ision)?_?id|parent_?id|revision|namespace|ns|model|format|etag|uuid|guid|md5|sha\d*|hash|digest|checksum"
    r"|embeddings?|vectors?|tokens?|token_?ids|input_ids|attention_mask)(?:_\w+)?\Z"
)
_PUNCTUATION = re.compile(r"[\s.-]+")
SENTENCE = 40
"""Characters from which on a value that stands in the text as well is no chance."""

_OTHER_FORMS = frozenset("html body_html markdown md wikitext raw_html text_html content_html html_content".split())
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~$])")
_DATED = ("date",)
"""Columns that say when what the row tells of was; others of the field say when the row was changed."""


def with_the_rest(document: Document, row: Row, mapped: Mapped) -> Document:
    """A row's document with what no part of it holds below its text, in the markup that it is written in.

    Args:
        row: name of a column → what it holds.
    """
    if EXPORTED.issubset(row):
        return document
    taken = _taken(document, row, mapped)
    lost = 0
    fields: list[tuple[str, str]] = []
    for column, value in row.items():
        if column in taken or column == POINTS:
            continue
        found = list(islice(plain_fields(value, column), MAX_INSIDE + 1))
        if _for_programs(column, value) or (len(found) > MAX_INSIDE and isinstance(value, Mapping | list)):
            lost += 1
            continue
        for name, text in found:
            if text is not None and len(text) >= SENTENCE and text in document.content:
                continue
            if text is None or len(fields) >= MAX_FIELDS or len(text) > LONGEST:
                lost += 1
            else:
                fields.append((name, text))
    if not fields and not lost:
        return document
    dropped = (*document.dropped, ("table:columns", lost)) if lost else document.dropped
    return replace(document, content=document.content + "".join(_written(fields, document.markup)), dropped=dropped)


def row_article(
    row: Row, mapped: Mapped, options: SourceOptions, *, key: str, number: int, where: str, prefix: str
) -> Document | Rejected:
    """The article that a row holds, with the rest of it; why it holds none.

    A row without the text that others have is an article too: of a text that it keeps under another name, else of its
    fields. One that says nothing but its name, or what only programs read, is rejected.

    Args:
        mapped: which column holds what in most rows.
        Others as of `columns.row_document`.
    """

    def made_of(row: Row, mapped: Mapped) -> Document | Rejected:
        return row_document(row, mapped, key=key, number=number, where=where, prefix=prefix)

    made = made_of(row, mapped)
    if isinstance(made, Document):
        return with_the_rest(made, row, mapped)
    if made.reason not in ("empty", "bad-row"):
        return made
    text = text_column(mapped)
    rest = {name: value for name, value in row.items() if value not in (None, "")}
    with suppress(InputError):
        own = choose_columns(rest, options, where)
        if text_column(own) != text and isinstance(told := made_of(row, own), Document):
            return with_the_rest(told, row, own)
    bare = made_of({**row, text: "<p></p>"}, replace(mapped, markup="html"))
    if isinstance(bare, Document):
        others = tuple(pair for pair in mapped.columns if pair[1] != text)
        told = with_the_rest(replace(bare, content=""), row, replace(mapped, columns=others))
        return told if told.content else made
    return made


def _taken(document: Document, row: Row, mapped: Mapped) -> set[str]:
    """The columns whose value the document holds; a date or an address that is none it does not."""
    held = {"date": document.modified, "published": document.published, "url": document.url}
    return {
        column
        for field, column in mapped.columns
        if field not in held or (held[field] and column.strip().lower() not in _DATED)
    }


def _for_programs(column: str, value: Value) -> bool:
    plain = _PUNCTUATION.sub("_", column.strip().lower())
    if plain in GUESSES["path"] or plain in _OTHER_FORMS or _FOR_PROGRAMS.match(plain):
        return True
    return isinstance(value, list) and len(value) > 20 and all(isinstance(each, int | float) for each in value)


def _written(fields: list[tuple[str, str]], markup: str) -> Iterator[str]:
    if not fields:
        return
    if markup in ("html", "webpage"):
        yield "<table><tbody>"
        for name, text in fields:
            yield f'<tr><th scope="row">{escape(name, quote=False)}</th><td>{escape(text, quote=False)}</td></tr>'
        yield "</tbody></table>"
        return
    for name, text in fields:
        line = " ".join(f"{name}: {text}".split())
        if markup == "markdown":
            line = _MARKDOWN.sub(r"\\\1", line)
        elif markup == "wikitext":
            line = f"<nowiki>{escape(line, quote=False)}</nowiki>"
        yield f"\n\n{line}"
