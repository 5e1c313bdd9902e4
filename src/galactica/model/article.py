"""What an edition holds: articles, their passages, media. docs/formats/edition.md is the normative description."""

from __future__ import annotations

from dataclasses import dataclass, field

from galactica.model.document import Source, Work


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Alias:
    """Another title of an article; `path` is where its redirect lay in the source, "" where it had no place."""

    title: str
    path: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article of an edition.

    Attributes:
        id: 16 bytes, `identity.article_id(source, path)`.
        title: plain text.
        language: BCP 47 tag, "und" where unknown.
        aliases: sorted, unique.
        body: clean semantic HTML in canonical form (docs/formats/body.md). Links to articles of the same source are
            `href="./PATH"`, pictures `src="./PATH"`, PATH relative to the source's root and percent-encoded.
        categories: sorted, unique.
        source: key of the source.
        path, url, revision, modified, licence: as in `Document`; "" where unknown.
        work, part, headings, creators, published: as in `Document`.
        identifiers: sorted, unique.
    """

    id: bytes
    title: str
    language: str
    aliases: tuple[Alias, ...]
    body: str = field(repr=False)
    categories: tuple[str, ...]
    source: str
    path: str
    url: str = ""
    revision: str = ""
    modified: str = ""
    licence: str = ""
    work: str = ""
    part: int = 0
    headings: tuple[str, ...] = ()
    creators: tuple[str, ...] = ()
    published: str = ""
    identifiers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A stretch of an article that can be quoted: code points [start, end) of the projection of its body.

    Attributes:
        number: 0, 1, 2 … within the article; spans are in order and do not overlap.
        start, end: half-open, in code points of `projection.project(body)`.
    """

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class MediaItem:
    """A media file of an edition: named by the SHA-256 of its bytes, reachable by every (source, path) it had."""

    hash: bytes
    mime: str
    size: int
    names: tuple[tuple[str, str], ...]


def date_of(modified: str, published: str, work: Work | None, source: Source) -> str:
    """The date that a person is told of an article: of its last change, else of its publication, else of that of the
    work it is a part of, else of its source; "" where none is known."""
    return modified or published or (work.published if work is not None else "") or source.date


def licence_of(licence: str, work: Work | None, source: Source) -> str:
    """The licence of an article: its own, else that of the work it is a part of, else its source's; "" where none is
    stated."""
    return licence or (work.licence if work is not None else "") or source.licence
