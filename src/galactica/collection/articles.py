"""Articles of open editions as a reader finds and sees them: by name or id, with neighbours, translations, pictures.

`opened.Library` says what each is given and raises.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from galactica.codes.letters import title_key
from galactica.collection.differing import differing_here
from galactica.collection.statements import StatedElsewhere, stated_elsewhere
from galactica.collection.works import InWork, Works
from galactica.edition import Edition, Head
from galactica.errors import EditionError
from galactica.model import Article, Source, article_id
from galactica.model.body import pictures
from galactica.search.store import TextIndex

_TRANSLATIONS = 12
_NOTHING = StatedElsewhere()
_NAMES_TRIED = 8
_PICTURES_TRIED = 4
_SHOWN_SMALL = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp", "image/avif", "image/svg+xml"})
_SMALLEST, _LARGEST = 1_500, 400_000
"""Bytes of a picture shown beside a result: smaller ones are icons, larger ones would load for seconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePage:
    """All that the page of one article shows.

    Attributes:
        translations: articles in other languages that share a title or alias with it, of any edition.
        previous, next: its neighbours in the edition's own order.
        work: where it stands in the work that it is a part of; None where it is none.
        stated: what other sources of its edition state about what it is about.
        differing: of how many values sources differ on what it is about; 0 where nothing was compared.
    """

    article: Article
    source: Source
    row: int
    translations: tuple[tuple[Edition, Head], ...]
    previous: Head | None
    next: Head | None
    work: InWork | None = None
    stated: StatedElsewhere = _NOTHING
    differing: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleEntry:
    """A line of the A–Z list."""

    title: str
    row: int


class Articles:
    """The articles of open editions; may be used by several threads.

    Args:
        indexes: of words, by root.
        works: of the same editions.
    """

    def __init__(self, editions: Sequence[Edition], indexes: Mapping[str, TextIndex], works: Works) -> None:
        self._editions = tuple(editions)
        self._indexes = indexes
        self._works = works
        self._several = len({tag for e in editions for tag, _ in e.statement.languages}) > 1
        self._pictured = {e.root: e for e in editions if e.statement.count("media")}
        self._random = random.SystemRandom()

    def find(self, title_or_id: str, *, among: Sequence[Edition] = ()) -> tuple[Edition, int] | None:
        """The article with this id (32 hex digits), title or alias: the first edition's, the most prominent one."""
        identity = _identity(title_or_id)
        if identity is not None:
            for edition in among or self._editions:
                row = edition.row_of(identity)
                if row is not None:
                    return edition, row
        key = title_key(title_or_id)
        for edition in among or self._editions:
            found = self._indexes[edition.root].titles(key, 50) if key else []
            if found:
                exact = [t for t in found if t.name == title_or_id]
                own = [t for t in exact if edition.head(t.row).title == title_or_id]
                return edition, (own or exact or found)[0].row
        return None

    def namesakes(self, title: str, *, among: Sequence[Edition] = (), limit: int = 8) -> list[tuple[Edition, int]]:
        """The articles with a title or alias, the most prominent of each edition first."""
        key = title_key(title)
        found = []
        for edition in among or self._editions:
            found += [(edition, each.row) for each in (self._indexes[edition.root].titles(key, limit) if key else [])]
        return found

    def page(self, edition: Edition, row: int) -> ArticlePage:
        """Everything that the page of one article shows; raises as `Edition.article` does."""
        article = edition.article(row)
        return ArticlePage(
            article=article,
            source=edition.source(article.source),
            row=row,
            translations=self._translations(article) if self._several else (),
            previous=edition.head(row - 1) if row > 0 else None,
            next=edition.head(row + 1) if row + 1 < len(edition) else None,
            work=self._works.around(edition, article, row),
            stated=stated_elsewhere(edition, article),
            differing=differing_here(edition, article.source, article.path),
        )

    def random(self) -> tuple[Edition, int]:
        """Any article, each as likely as any other."""
        total = sum(len(e) for e in self._editions)
        if not total:
            raise EditionError("There is no article in the library.", "Open another edition.")
        chosen = self._random.randrange(total)
        for edition in self._editions:
            if chosen < len(edition):
                return edition, chosen
            chosen -= len(edition)
        raise AssertionError("the editions hold fewer articles than they say")

    def picture(self, root: str, source: str, path: str) -> str:
        """The path of the first picture of an article that can be shown small, or ""; also where none can be read."""
        edition = self._pictured.get(root)
        try:
            row = edition.row_of(article_id(source, path)) if edition is not None else None
            if edition is None or row is None:
                return ""
            for name in islice(pictures(edition.article(row).body), _PICTURES_TRIED):
                item = edition.media.item(source, name)
                if item is not None and item.mime in _SHOWN_SMALL and _SMALLEST <= item.size <= _LARGEST:
                    return name
        except EditionError:  # a result is worth more than its picture
            return ""
        return ""

    def _translations(self, article: Article) -> tuple[tuple[Edition, Head], ...]:
        names = [article.title, *(alias.title for alias in article.aliases[:_NAMES_TRIED])]
        seen = {article.language}
        found: list[tuple[Edition, Head]] = []
        for edition in self._editions:
            for name in names:
                for title in self._indexes[edition.root].titles(title_key(name), _TRANSLATIONS):
                    head = edition.head(title.row)
                    if head.language not in seen and len(found) < _TRANSLATIONS:
                        seen.add(head.language)
                        found.append((edition, head))
        return tuple(sorted(found, key=lambda pair: pair[1].language))


def _identity(text: str) -> bytes | None:
    try:
        raw = bytes.fromhex(text) if len(text) == 32 else b""
    except ValueError:
        return None
    return raw or None
