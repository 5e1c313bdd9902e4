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
6. What is read out of a folder or archive may be a source of its own: its `Source` comes in the stream before its first
   item. It may come again, the same, where several files hold one source (the parts of a wiki's dump).
7. Every file of a folder is accounted for: something comes out of it, or a `Rejected` or `Attachment` names it. Where a
   format yields nothing for a file, the folder rejects it ("empty").
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from galactica.model import (
    Attachment,
    Document,
    FilesOfKind,
    MediaFile,
    Redirect,
    Rejected,
    Source,
    SourceStatement,
    Work,
)

if TYPE_CHECKING:
    from galactica.sources.leaf import Leaf

MAX_DOCUMENT = 64 * 2**20
"""Bytes of one document or media file above which it is rejected as too large. A bound against hostile input; the
largest page of any Wikipedia is about 2 MB of wikitext (MediaWiki $wgMaxArticleSize)."""

HEAD_BYTES = 8192
"""How much of a file `recognise` may look at."""

Item = Document | Redirect | MediaFile | Attachment | Work | SourceStatement | Rejected | Source
"""What a source yields. A `Source` comes before the first item of a source that was found inside (rule 6)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceOptions:
    """What the person said about a source on the command line; each "" means "as the source says itself".

    Attributes:
        key: a name for a source that has none of its own (a folder, a file); default: the file name without suffixes.
        columns: for tables: (field, column) pairs, field one of title, text, path, language, url, date, category,
            licence, alias.
        markup: for tables and documents whose markup cannot be told: html, wikitext, markdown, text.
        keep_files: the file itself is kept too, where a format says so (PDF), and its articles link to it.
        whole_pages: pages of the web keep all of their text: their markup is "html", never "webpage".
        taken: (key, format) of the sources that were read before this one: what is found in a folder gets another key.
        beside: further files of the same source, in their order (`Format.series`).
        scratch: a folder for files that have to be unpacked to be read; None: the system's place for temporary files.
    """

    key: str = ""
    title: str = ""
    language: str = ""
    licence: str = ""
    columns: tuple[tuple[str, str], ...] = ()
    markup: str = ""
    keep_files: bool = False
    whole_pages: bool = False
    taken: tuple[tuple[str, str], ...] = ()
    beside: tuple[Path, ...] = ()
    scratch: Path | None = None


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


@runtime_checkable
class Holding(Protocol):
    """A source whose files can be asked for once more, when it is known which of them are linked to."""

    @property
    def pages(self) -> Source:
        """The folder itself, whose pages link to its files."""

    def fetch(
        self, wanted: Callable[[str], bool], below: Callable[[str], bool], limit: int
    ) -> Iterator[MediaFile | Rejected]:
        """Yield the files at the paths that are wanted, in the order of `read`; may be called once, after it.

        Args:
            wanted: whether the file at a path is.
            below: whether any path that begins so is.
            limit: bytes of a file above which it is rejected.
        """

    def fetch_inside(self, key: str, wanted: Callable[[str], bool], limit: int) -> Iterator[MediaFile | Rejected]:
        """The same of a source that was found inside and holds files of its own (a web archive)."""

    @property
    def inside(self) -> dict[str, str]:
        """Key of each source that was found inside → the folder it lay in ("" or "a/b/"); complete after `read`."""

    @property
    def mixed(self) -> bool:
        """Whether it is a place where people put things: some pages of it may be none of what it is for."""


@runtime_checkable
class NamingEdition(Protocol):
    """A source that was an edition once and says what that was called."""

    @property
    def edition_title(self) -> str:
        """What an edition of it is called where nobody says otherwise; "" where it does not say."""


@runtime_checkable
class HoldingFiles(Protocol):
    """A source that is a folder of files, each of which it counts."""

    @property
    def files(self) -> tuple[FilesOfKind, ...]:
        """How many files of each kind it holds, and of how many something was read; complete after `read`."""


def never(name: str, head: bytes) -> int:
    """A format that no file in a folder has."""
    return 0


def no_series(name: str) -> str:
    """What the series is called of a file that is in none."""
    return ""


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
        sniff: (file name, first unpacked bytes) → confidence, as `recognise`; how files in a folder are told apart.
        leaf: how one file of it is read from a stream; None where it needs the file itself.
        own: in a folder, each such file is a source of its own and not a page of the folder.
        parts: several files of it that name themselves alike and lie side by side are one source.
        across: folders above the one that such a part lies in which may lie between it and the others.
        series: file name → what the files of a series that lie side by side in a folder are called alike; they are one
            source, opened by the first with the others `beside`. "" for a file that stands alone.
        container: it holds files of other formats.
        redirects: a redirect may come after the article that it leads to.
    """

    name: str
    suffixes: tuple[str, ...]
    recognise: Callable[[Path, bytes], int]
    open: Callable[[Path, SourceOptions], OpenSource]
    sniff: Callable[[str, bytes], int] = never
    leaf: Leaf | None = None
    own: bool = False
    parts: bool = False
    across: int = 0
    series: Callable[[str], str] = no_series
    container: bool = False
    redirects: bool = False
