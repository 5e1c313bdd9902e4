"""What the reading room asks of a library: the few calls it makes, and nothing else.

`galactica.library.Library` fits this shape; so does the made-up library of the tests. All of it is read-only and may be
called from several threads at once.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from galactica.model import Answer, Article, Hit, Source, Step, Suggestion, Work


class Info(Protocol):
    """The figures of an edition."""

    @property
    def title(self) -> str:
        """What the edition is called."""

    @property
    def root(self) -> str:
        """64 hex digits."""

    @property
    def format_version(self) -> int:
        """Counted apart from the program's version."""

    @property
    def parent(self) -> str:
        """Root of the edition it was built upon, or ""."""

    @property
    def articles(self) -> int:
        """How many articles."""

    @property
    def passages(self) -> int:
        """How many passages."""

    @property
    def rejected(self) -> int:
        """How many things of the sources were left out, each with its reason."""

    @property
    def media(self) -> int:
        """How many media files."""

    @property
    def aliases(self) -> int:
        """How many other titles."""

    @property
    def languages(self) -> tuple[tuple[str, int], ...]:
        """(BCP 47 tag, articles), most first."""

    @property
    def sources(self) -> tuple[Source, ...]:
        """Where the articles come from."""

    @property
    def licences(self) -> tuple[str, ...]:
        """Every licence that an article of it has."""

    @property
    def bytes(self) -> int:
        """Size on disk, index included."""

    @property
    def number(self) -> int:
        """Its parent's number and 1; 1 where it has none."""

    @property
    def works(self) -> int:
        """How many books, reports, sites and others."""

    @property
    def statements(self) -> int:
        """What its sources state outside of articles."""

    @property
    def left_out(self) -> Sequence[LeftOut]:
        """The sum of what was left out, most first."""


class Head(Protocol):
    """An article without its body."""

    @property
    def row(self) -> int:
        """Its place in the edition."""

    @property
    def title(self) -> str:
        """Plain text."""

    @property
    def language(self) -> str:
        """BCP 47 tag."""

    @property
    def source(self) -> str:
        """Key of its source."""

    @property
    def path(self) -> str:
        """Where it lies in its source."""


class TitleEntry(Protocol):
    """A line of the A–Z list."""

    @property
    def title(self) -> str:
        """Plain text."""

    @property
    def row(self) -> int:
        """The article's place in the edition."""


class LeftOut(Protocol):
    """A line of the sum of what was left out."""

    @property
    def kind(self) -> str:
        """What a file is called; "" for what is no file."""

    @property
    def reason(self) -> str:
        """As in `model.Rejected`."""

    @property
    def count(self) -> int:
        """How many."""

    @property
    def example(self) -> str:
        """Path of one, or ""."""


class Edition(Protocol):
    """An open edition."""

    @property
    def path(self) -> Path:
        """Its folder."""

    @property
    def root(self) -> str:
        """64 hex digits."""

    @property
    def info(self) -> Info:
        """Its figures (asked for once: they are costly)."""

    def head(self, row: int) -> Head:
        """An article without its body."""

    def row_of(self, identity: bytes, /) -> int | None:
        """Where the article (or the article that this redirect leads to) lies."""

    def work(self, source: str, path: str) -> Work | None:
        """The work at `path` of `source`."""


class InWork(Protocol):
    """Where an article stands in the work that it is a part of."""

    @property
    def work(self) -> Work:
        """The work."""

    @property
    def number(self) -> int:
        """Among the parts, from 1; 0 where that is not known."""

    @property
    def parts(self) -> int:
        """How many there are."""

    @property
    def previous(self) -> Head | None:
        """The part before it."""

    @property
    def next(self) -> Head | None:
        """The part after it."""


class PartEntry(Protocol):
    """A line of the list of a work's parts."""

    @property
    def number(self) -> int:
        """From 1."""

    @property
    def head(self) -> Head:
        """The article."""

    @property
    def headings(self) -> tuple[str, ...]:
        """Those above it, the outermost first."""


class ArticlePage(Protocol):
    """All that the page of one article shows."""

    @property
    def article(self) -> Article:
        """The article."""

    @property
    def source(self) -> Source:
        """Where it comes from."""

    @property
    def translations(self) -> tuple[tuple[Edition, Head], ...]:
        """The same subject in other languages, of any edition of the library."""

    @property
    def previous(self) -> Head | None:
        """The article before it in the edition's order."""

    @property
    def next(self) -> Head | None:
        """The article after it."""

    @property
    def work(self) -> InWork | None:
        """Where it stands in the work that it is a part of."""


class SearchPage(Protocol):
    """One page of results."""

    @property
    def query(self) -> str:
        """What was asked."""

    @property
    def hits(self) -> tuple[Hit, ...]:
        """Best first."""

    @property
    def total(self) -> int:
        """How many there are in all."""

    @property
    def corrected(self) -> str:
        """What may have been meant, or ""."""

    @property
    def notes(self) -> tuple[str, ...]:
        """What was understood or could not be done, for the person."""


class Verified(Protocol):
    """What the last verification of an edition on this machine found."""

    @property
    def day(self) -> str:
        """ISO 8601."""

    @property
    def state(self) -> str:
        """ "whole" or "damaged"; "changed": some file is another than the one that was verified, nothing is known."""


class Library(Protocol):
    """Open editions, searched as one."""

    @property
    def editions(self) -> tuple[Edition, ...]:
        """The open editions, in the order in which they are shown."""

    def edition(self, name: str) -> Edition:
        """By the first eight or more hex digits of its root, or by folder name; UsageError where there is none."""

    def search(
        self, query: str, *, limit: int = 10, offset: int = 0, language: str = "", source: str = "", by: str = "hybrid"
    ) -> SearchPage:
        """Words → results."""

    def ask(
        self,
        question: str,
        *,
        language: str = "",
        sources: Sequence[str] = (),
        group: bool = False,
        report: Callable[[Step], None],
    ) -> Answer:
        """A question → what the library says to it; `report` is told each step, and what it raises ends the work."""

    def looks_asked(self, query: str) -> bool:
        """Whether a query looks like a question."""

    def suggest(self, typed: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """What is being typed → titles."""

    def find(self, title_or_id: str) -> tuple[Edition, int] | None:
        """By id (32 hex digits), title or alias."""

    def page(self, edition: Edition, row: int) -> ArticlePage:
        """Everything of one article."""

    def verified(self, edition: Edition) -> Verified | None:
        """The last verification on this machine, if there was one and the edition has not changed since."""

    def random(self) -> tuple[Edition, int]:
        """Any article."""

    def titles(self, edition: Edition, *, start: str = "", limit: int = 100, skip: int = 0) -> tuple[TitleEntry, ...]:
        """The A–Z list from `start`, or from the place `skip` on."""

    def letters(self, edition: Edition) -> tuple[tuple[str, str, int], ...]:
        """(script, first letter, articles)."""

    def categories(self, edition: Edition, *, start: str = "", limit: int = 100) -> tuple[tuple[str, int], ...]:
        """(name, articles) from `start` on."""

    def category(self, edition: Edition, name: str, *, limit: int, offset: int) -> tuple[Head, ...]:
        """The articles of a category."""

    def works(self, edition: Edition, *, limit: int, offset: int) -> Sequence[Work]:
        """The works of an edition by title."""

    def parts(self, edition: Edition, work: Work, *, limit: int, offset: int) -> tuple[Sequence[PartEntry], int]:
        """(parts of a work, in its order, how many there are in all)."""

    def has_file(self, edition: Edition, source: str, path: str) -> bool:
        """Whether there is a media file at a path."""

    def media(self, edition: Edition, source: str, path: str) -> tuple[str, bytes] | None:
        """(media type, content)."""

    def picture(self, root: str, source: str, path: str) -> str:
        """The path of a picture that can stand for an article beside its title, or ""."""

    def sanitise(self, body: str) -> str:
        """A body without anything active in it, whatever it held."""
