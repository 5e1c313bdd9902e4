"""What comes out of a source, before anyone has cleaned it.

A source reader yields a stream of `Document | Redirect | MediaFile | Work | SourceStatement | Rejected`, in the order
of the source; one that reads a folder also yields `Attachment`, and a `Source` before the first item of each source
that it finds in it. Paths are the source's own: for a ZIM the entry path ("A/Ray_Charles", "Ray_Charles"), for a wiki
the title with underscores, for a folder the relative path with forward slashes. They never hold a NUL and are never
absolute.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Markup = Literal["html", "webpage", "wikitext", "markdown", "text", "wikiextractor"]
"""How a document's content is written; `refine` holds one converter for each. "webpage" is HTML of a site of the open
web: its article has to be told from menus, advertisements and comments around it, and what its source leaves empty
(title, creators, published, url, language, licence) is taken from what the page says of itself. "wikiextractor" is
plain text in which every line is a block and a heading is a short line with a full stop after it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where articles come from, and on what terms.

    Attributes:
        key: stable over dates and machines (a ZIM's `Name`, a wiki's database name, a folder's given name); never a
            file name with a date in it, never a host path. Part of every article's id.
        title: what a person calls it.
        format: the name of the reader that read it ("zim", "mediawiki", …).
        language: BCP 47 tag of the whole source ("en", "zh-Hant"), "mul" for several, "und" where unknown.
        licence: SPDX identifier where one fits, else the source's own words; "" where it says nothing.
        publisher: who made it; "" where unknown.
        date: the day of the data, ISO 8601 (YYYY-MM-DD, or a prefix of it); "" where unknown.
        url: the home of the source; "" where unknown.
        attribution: the sentence that its licence asks readers to be shown; "" where none.
        creators: who wrote it, where one name or a few stand for all of it.
    """

    key: str
    title: str
    format: str
    language: str = "und"
    licence: str = ""
    publisher: str = ""
    date: str = ""
    url: str = ""
    attribution: str = ""
    creators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something published that has parts, each of them an article: a book, a report, a lecture, a site.

    Attributes:
        source: key of the `Source`.
        path: its own path there; its parts name it by that. An article may have the same path.
        title: plain text.
        kind: "book", "report", "periodical", "presentation", "spreadsheet", "recording", "site", "collection", or
            another word in lower case.
        language: BCP 47 tag, "und" where unknown.
        creators: names, in the order of the source.
        publisher: who published it; "" where unknown.
        published: EDTF level 1 date; "" where unknown.
        identifiers: "scheme:value", sorted and unique ("isbn:9780141439761").
        licence: only where it differs from the source's.
        url: where it was published; "" where unknown.
        description: a sentence or a paragraph about it; "" where it has none.
    """

    source: str
    path: str
    title: str
    kind: str
    language: str = "und"
    creators: tuple[str, ...] = ()
    publisher: str = ""
    published: str = ""
    identifiers: tuple[str, ...] = ()
    licence: str = ""
    url: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Qualifier:
    """What narrows or backs a statement: a property, the kind of its value as in `SourceStatement`, value and unit."""

    property: str
    kind: str
    value: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceStatement:
    """What a source says about something in a form of its own, outside of any article.

    The forms of values, identifiers and dates are those of docs/formats/edition.md, "Statements".

    Attributes:
        source: key of the `Source`.
        path: the statement's own name there.
        subject: an identifier, or "path:" and the path of an article of the source.
        property: an identifier, or the source's own words.
        kind: "text", "item", "quantity", "time", "place", "url", "none" (there is no value) or "unknown".
        value: in the form of its kind; "" for the last two.
        unit: of a quantity; "" where it is a mere number.
        bounds: the least and the greatest quantity that is meant; () where it is not said.
        language: of a text; "" where unknown.
        rank: "preferred" or "deprecated"; "" for the usual one.
        qualifiers: in the order of the source.
        references: what the source names for it, each a group of qualifiers.
        text: the source's own wording; "" where it has none.
    """

    source: str
    path: str
    subject: str
    property: str
    kind: str
    value: str = ""
    unit: str = ""
    bounds: tuple[str, ...] = ()
    language: str = ""
    rank: str = ""
    qualifiers: tuple[Qualifier, ...] = ()
    references: tuple[tuple[Qualifier, ...], ...] = ()
    text: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """What a wikitext converter has to know of the wiki a page comes from.

    Attributes:
        namespaces: (lower-case local or English name, number) pairs, e.g. ("category", 14), ("kategorie", 14).
        language: BCP 47 tag of the wiki.
        first_letter: True where titles start with a capital (most Wikipedias), False for case-sensitive (Wiktionary).
        base: address of the wiki's pages ("https://en.wikipedia.org/wiki/"); "" where unknown.
        project: which of the Wikimedia Foundation's projects it is ("wikipedia", "wikinews"); "" where unknown.
    """

    namespaces: tuple[tuple[str, int], ...] = ()
    language: str = "und"
    first_letter: bool = True
    base: str = ""
    project: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """One article as its source has it.

    Attributes:
        source: key of the `Source`.
        path: its own path there; with `source` it makes the article's id.
        title: plain text, no markup.
        markup: how `content` is written.
        content: the whole text; for "html" a page or a fragment, for "webpage" a whole page.
        language: BCP 47 tag, or "" for the source's own.
        aliases: other titles that the document itself names (redirects come as `Redirect`).
        categories: plain names, without a namespace.
        url: where it was published; "" where unknown.
        revision: the source's own revision; "" where it has none.
        modified: ISO 8601 time of last change in UTC, or ""; never a file time.
        licence: only where it differs from the source's.
        site: for wikitext.
        dropped: (rule, how often) of what the reader had to leave out or put right to read it.
        work: path of the `Work` that it is a part of, in the same source; "" where it is none.
        part: its place in the work's order, from 1; 0 where it is no part.
        headings: those above it in the work, the outermost first, without its own title.
        creators: names, in the order of the source.
        published: EDTF level 1 date; "" where unknown or only the work's.
        identifiers: "scheme:value" ("wikidata:Q42").
    """

    source: str
    path: str
    title: str
    markup: Markup
    content: str
    language: str = ""
    aliases: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    url: str = ""
    revision: str = ""
    modified: str = ""
    licence: str = ""
    site: Site | None = field(default=None, repr=False)
    dropped: tuple[tuple[str, int], ...] = ()
    work: str = ""
    part: int = 0
    headings: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    published: str = ""
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Redirect:
    """Another name that leads to an article: `path` (called `title`) → the document at `target` in the same source.

    The target may itself be a redirect, may come later in the stream, and may be missing (then it is rejected).
    """

    source: str
    path: str
    title: str
    target: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaFile:
    """A picture, sound, film or other file that articles show; bodies refer to it by `path`."""

    source: str
    path: str
    mime: str
    content: bytes = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attachment:
    """A file of a folder that holds no article of it: kept as media only where a page that is kept links to it.

    Attributes:
        source: key of the source whose pages may link to it.
        path: its path there.
        mime: media type that it will be served by; nothing that a browser would run.
        size: bytes, as far as it is known before it is read; -1 where it is not.
        reason, detail: what it is `Rejected` with where no page links to it; reason "" for a file that was read in
            another way (a table, an archive), so that nothing is lost where nobody links to it.
    """

    source: str
    path: str
    mime: str
    size: int = -1
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rejected:
    """Something that was not taken in, and why: counted, kept in the edition's `rejected` table, never silent.

    Attributes:
        source: key of the source.
        where: path, title or byte offset inside the source; no host path.
        stage: "read", "refine" or "settle".
        reason: one of a small set of words, lower-case with hyphens ("not-an-article", "empty", "truncated",
            "bad-encoding", "checksum", "too-large", "duplicate", "broken-redirect", "unsupported", …).
        detail: for a person; at most 500 characters.
    """

    source: str
    where: str
    stage: str
    reason: str
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FilesOfKind:
    """How many files of a kind the folders that were read hold, and of how many something was read.

    Attributes:
        kind: what a file is called ("PDF document", "wiki dump"); "" for names that are no files, links among them.
    """

    kind: str
    count: int
    read: int
