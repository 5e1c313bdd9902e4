"""The one contract that every source reader keeps.

A reader is a module with a `FORMAT: Format`. `Format.recognise` looks at the first bytes and at the name and says
how sure it is; `Format.open` returns an `OpenSource`, whose `read()` yields values in the source's own order.

Rules, tested for every reader by tests/sources/test_contract.py:
1. Bounded: never the whole source in memory; one document at most, and no document over `MAX_DOCUMENT` bytes
   (larger ones are `Rejected("too-large")`).
2. Deterministic: same bytes, same values in the same order; no clock, no host path, no file time.
3. Nothing silent: what is not taken in is yielded as `Rejected`. A source that breaks off in the middle ends with
   `Rejected(reason="truncated" …)`; what came before stays.
4. `InputError` (problem, remedy) only where nothing can be read at all: from `open`, or from the first `read`.
   No other exception leaves a reader, whatever the bytes are.
5. Paths are relative, without NUL, "." and ".." segments; a name that is not is rejected ("bad-path").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from galactica.model import Document, MediaFile, Redirect, Rejected, Source

MAX_DOCUMENT = 64 * 2**20
"""Bytes of one document or media file above which it is rejected as too large. A bound against hostile input; the
largest page of any Wikipedia is about 2 MB of wikitext (MediaWiki $wgMaxArticleSize)."""

HEAD_BYTES = 8192
"""How much of a file `recognise` may look at."""

Item = Document | Redirect | MediaFile | Rejected


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """What the person said about a source on the command line; each "" means "as the source says itself".

    Attributes:
        key: a name for a source that has none of its own (a folder, a file); default: the file name without suffixes.
        columns: for tables: (field, column) pairs, field one of title, text, path, language, url, date, category,
            licence, alias.
        markup: for tables and documents whose markup cannot be told: html, wikitext, markdown, text.
    """

    key: str = ""
    title: str = ""
    language: str = ""
    licence: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    markup: str = ""


class OpenSource(Protocol):
    """A source that is open; close it by leaving its `with` block."""

    @property
    def source(self) -> Source:
        """Who and what it is; known before the first item is read."""

    @property
    def size(self) -> int | None:
        """How much there is to read, in bytes of input, or None; with `position` it drives the progress bar."""

    @property
    def position(self) -> int:
        """How many of these bytes have been read."""

    def read(self) -> Iterator[Item]:
        """Yield everything in the source's own order; may be called once."""

    def __enter__(self) -> OpenSource: ...

    def __exit__(self, *exc: object) -> None: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """An entry of the table of formats.

    Attributes:
        name: "zim", "mediawiki", "wikiextractor", "html", "markdown", "text", "jsonl", "csv", "parquet", …
        suffixes: usual file name endings, lower-case; a hint only.
        recognise: (path, first `HEAD_BYTES` bytes; b"" for a folder) → confidence 0 to 100; 0 is "not mine". Content
            that is unmistakable gives 90 or more, a name alone at most 40. The highest wins; ties go to the earlier
            entry of the table.
        open: opens it.
    """

    name: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Path, bytes], int]
    open: Callable[[Path, SourceOptions], OpenSource]
