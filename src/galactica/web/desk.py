"""The desk that every page is asked for at: the library, the renderer, and what is prepared once for all requests.

The library is read-only while it is open, so whatever is derived from it may be kept: edition addresses, source titles,
choices for the filters, finished first pages.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from galactica.codes.cache import Cache, one
from galactica.edition.source_titles import source_titles
from galactica.errors import EditionError, UsageError
from galactica.hints import word
from galactica.model import Citation
from galactica.model.said import Said, said
from galactica.web.exchange import NotFoundError, Reply, WebRequest
from galactica.web.marking import ANCHOR
from galactica.web.render import Renderer
from galactica.wire.addresses import SHORT, page_of_article

if TYPE_CHECKING:
    from galactica.library import Edition, EditionInfo, Library

KEPT_PAGES = 64
"""Finished shared pages (home, A–Z, categories, about) kept in memory, the least used dropped first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What results can be narrowed to: language tags and (source key, title)."""

    languages: tuple[str, ...]
    sources: tuple[tuple[str, str], ...]


class Desk:
    """Everything a page needs; safe to use from several threads.

    Args:
        public: whether strangers, or scripts of other sites, may read: they need not know this machine's folders.
        traces: whether texts are traced here.
        models: (name, address of its page) of the language models that are shown.

    Attributes:
        with_categories: roots of the editions that have any category.
        infos: root → figures, read once: adding up an edition's bytes walks its folder.
        stamp: changes with the editions that are open and with the room itself; part of every ETag.
    """

    def __init__(
        self,
        library: Library,
        *,
        public: bool = False,
        traces: bool = False,
        models: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.library = library
        self.traces = traces
        self.models = tuple(models)
        self._public = public
        self._damaged: set[str] = set()
        self.renderer = Renderer()
        self._editions: dict[str, Edition] = {}
        self._titles: dict[tuple[str, str], str] = {}
        self.infos: dict[str, EditionInfo] = {}
        for edition in library.editions:
            self._editions.setdefault(edition.root[:SHORT], edition)
            info = self.infos[edition.root] = edition.info
            for key, title in source_titles(info.sources).items():
                self._titles[edition.root, key] = title
        roots = hashlib.sha256("".join(edition.root for edition in library.editions).encode())
        self.stamp = f"{roots.hexdigest()[:8]}{self.renderer.stamp}"
        self.choices = self._choices()
        self.with_categories = frozenset(e.root for e in library.editions if library.categories(e, limit=1))
        self._pages = Cache(KEPT_PAGES)

    def _choices(self) -> Choices:
        counts: dict[str, int] = {}
        sources: dict[str, str] = {}
        for info in self.infos.values():
            for tag, number in info.languages:
                counts[tag] = counts.get(tag, 0) + number
            for source in info.sources:
                sources.setdefault(source.key, source.title or source.key)
        return Choices(
            languages=tuple(sorted(counts, key=lambda tag: (-counts[tag], tag))),
            sources=tuple(sorted(sources.items(), key=lambda pair: pair[1])),
        )

    def edition(self, name: str) -> Edition:
        """The edition an address names; NotFoundError where it is not in this library."""
        edition = self._editions.get(name)
        if edition is not None:
            return edition
        try:
            return self.library.edition(name[:64])
        except UsageError:
            raise NotFoundError(
                said("no-such-edition", "This library has no such edition."),
                said("home-lists-editions", "Start from the first page: it lists the editions there are."),
            ) from None

    def source_title(self, root: str, key: str) -> str:
        """What a person calls a source."""
        return self._titles.get((root, key), key)

    def told_path(self, edition: Edition) -> str:
        """Where an edition lies; its folder's name alone where strangers read."""
        return edition.path.name if self._public else str(edition.path)

    def command_path(self, edition: Edition) -> str:
        """The same as a word of a command."""
        return word(self.told_path(edition))

    def discreet(self, text: str) -> str:
        """A sentence as it may be shown: without the folders of this machine where strangers read."""
        if not self._public:
            return text
        plain = str(text)
        for edition in self.library.editions:
            plain = plain.replace(str(edition.path), edition.path.name)
        if plain == text:
            return text
        if not isinstance(text, Said):
            return plain
        return Said(plain, text.code, {name: self.discreet(value) for name, value in text.values.items()})

    def damage(self, error: EditionError) -> EditionError:
        """An error of an edition as it may be shown; that the edition is damaged is remembered."""
        met = (edition.root for edition in self.library.editions if str(edition.path) in error.problem)
        self._damaged.update(met)
        return EditionError(self.discreet(error.problem), self.discreet(error.remedy))

    def trouble(self, edition: Edition) -> str:
        """What is known against an edition: "damaged", "changed" since it was verified, or ""."""
        known = self.library.verified(edition)
        if edition.root in self._damaged or (known is not None and known.state == "damaged"):
            return "damaged"
        return "changed" if known is not None and known.state == "changed" else ""

    def kept(self, key: tuple[object, ...], make: Callable[[], Reply]) -> Reply:
        """The finished page under `key`, made on first request; `key` names language and look too."""
        return self._pages.get(key, make, one)

    def etag(self, request: WebRequest, *parts: str) -> bytes:
        """A strong validator (RFC 9110 §8.8.3) for a page in this language and look."""
        text = "\0".join((self.stamp, request.language, request.look, *parts))
        return f'"{hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:24]}"'.encode()


def quotation_address(citation: Citation) -> str:
    """Where a quotation stands in the page of its article, marked."""
    start, (first, last) = citation.start, citation.mark
    span, answer = (start, citation.end), (start + first, start + last)
    return span_address(citation.edition, citation.source, citation.path, span, answer)


def span_address(root: str, source: str, path: str, span: tuple[int, int], answer: tuple[int, int]) -> str:
    """Where a stretch of an article's text stands in its page, marked.

    Args:
        answer: the stretch of it that answers; empty where none stands out.
    """
    more = f"&answer={answer[0]}-{answer[1]}" if answer[0] < answer[1] else ""
    return f"{page_of_article(root, source, path)}?span={span[0]}-{span[1]}{more}#{ANCHOR}"


def fresh(request: WebRequest, etag: bytes) -> bool:
    """Whether the browser has this very version (If-None-Match, RFC 9110 §13.1.2)."""
    header = request.headers.get(b"if-none-match", b"")
    return header == b"*" or etag in header[:1000]
