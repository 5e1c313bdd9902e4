"""What an export has written, and what it has to read: the part of an edition that it uses."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Protocol

from galactica.model import Article, MediaItem, Source


class Overview(Protocol):
    """What exports ask of an edition's `info`."""

    @property
    def title(self) -> str:
        """What the edition is called."""

    @property
    def root(self) -> str:
        """Its root, 64 hex digits."""

    @property
    def articles(self) -> int:
        """How many articles it has."""

    @property
    def languages(self) -> tuple[tuple[str, int], ...]:
        """(BCP 47 tag, articles), most first."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where they come from."""

    @property
    def licences(self) -> tuple[str, ...]:
        """On what terms."""


class Attached(Protocol):
    """What exports ask of the media files of an edition."""

    def items(self) -> Iterator[tuple[MediaItem, bytes]]:
        """Every media file."""


class Readable(Protocol):
    """What exports ask of an edition; `edition.Edition` is one."""

    @property
    def info(self) -> Overview:
        """The edition at a glance."""

    def scan(self, start: int = 0, stop: int | None = None, *, body: bool = True) -> Iterator[tuple[int, Article]]:
        """Articles in row order."""

    @property
    def media(self) -> Attached:
        """Its media files."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportSummary:
    """What an export has written.

    Attributes:
        articles, redirects, media: entries written; a media file with several names counts once.
        dropped_links: links and pictures whose target is not in the edition; their words stay.
        dropped_aliases: other names that could not become redirects because an article has that path already.
        dropped_articles: articles whose path cannot be a path there.
        bytes: size of the file.
    """

    articles: int
    redirects: int = 0
    media: int = 0
    dropped_links: int = 0
    dropped_aliases: int = 0
    dropped_articles: int = 0
    bytes: int = 0
