"""Open editions, read and searched as one library.

A library is read-only and may be used by several threads. An edition whose index is missing, unfinished or of another
root is not searched with it: `open_library` says so and names the command that makes the index again. An index of
meaning is opened where there is one.
"""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from galactica.building.meaning import open_encoder, open_meaning, word_vectors
from galactica.codes.letters import title_key
from galactica.collection.works import InWork, PartEntry, Works
from galactica.edition import Edition, Head, MeaningInfo, bag
from galactica.edition.catalogue import Catalogue
from galactica.edition.sealing import Verified, verified
from galactica.errors import EditionError, UsageError
from galactica.hints import word
from galactica.model import Answer, Article, PassageHit, Source, Step, Suggestion, Work, article_id
from galactica.model.body import pictures
from galactica.refine.passive import passive
from galactica.search.meaning.layout import meaning_info
from galactica.search.store import TextIndex

if TYPE_CHECKING:  # what searches and asks is loaded when it is first searched or asked
    from galactica.ask.models import Model
    from galactica.collection.asking import Room
    from galactica.search.meaning import MeaningIndex
    from galactica.search.searcher import Searcher, SearchPage

_SHORTEST_NAME = 8
_TRANSLATIONS = 12
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
    """

    article: Article
    source: Source
    row: int
    translations: tuple[tuple[Edition, Head], ...]
    previous: Head | None
    next: Head | None
    work: InWork | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class TitleEntry:
    """A line of the A–Z list."""

    title: str
    row: int


class Library:
    """Editions opened together; use `open_library`."""

    def __init__(
        self,
        editions: Sequence[Edition],
        indexes: Sequence[TextIndex],
        meanings: Sequence[MeaningIndex | None],
        stack: contextlib.ExitStack,
    ) -> None:
        self.editions = tuple(editions)
        self._indexes = {e.root: index for e, index in zip(editions, indexes, strict=True)}
        self._meanings = {e.root: meaning for e, meaning in zip(editions, meanings, strict=True)}
        self._alone: dict[str, Searcher] = {}
        self._catalogues = {e.root: Catalogue(e) for e in editions}
        self._several = len({tag for e in editions for tag, _ in e.statement.languages}) > 1
        self._pictured = {e.root: e for e in editions if e.statement.count("media")}
        self._stack = stack
        self._works = Works()
        self._random = random.SystemRandom()

    @cached_property
    def _searcher(self) -> Searcher:
        return self._searching(self.editions)

    @cached_property
    def room(self) -> Room:
        """Where questions look: all editions."""
        from galactica.collection.asking import Room

        return Room(self)

    @cached_property
    def rooms(self) -> tuple[Room, ...]:
        """Where questions look, edition by edition."""
        from galactica.collection.asking import Room

        if len(self.editions) == 1:
            return (self.room,)
        return tuple(Room(self, only=edition) for edition in self.editions)

    def __enter__(self) -> Library:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._stack.close()

    def edition(self, name: str) -> Edition:
        """The edition called by the first 8 or more hex digits of its root, or by its folder's name.

        Raises:
            UsageError: none of the open editions, or more than one, is called that.
        """
        plain = name.removesuffix(".edition")
        found = [
            e
            for e in self.editions
            if (len(name) >= _SHORTEST_NAME and e.root.startswith(name))
            or e.path.name.removesuffix(".edition") == plain
        ]
        if len(found) == 1:
            return found[0]
        names = ", ".join(f"{e.path.name} ({e.root[:12]})" for e in self.editions)
        raise UsageError(f"No single open edition is called {name[:80]}.", f"Open are: {names}.")

    def search(
        self, query: str, *, limit: int = 10, offset: int = 0, language: str = "", source: str = "", by: str = "hybrid"
    ) -> SearchPage:
        """Search all editions as one; see `search.Searcher.search`."""
        return self._searcher.search(query, limit=limit, offset=offset, language=language, source=source, by=by)

    def passages(
        self,
        query: str,
        *,
        limit: int = 20,
        by: str = "hybrid",
        language: str = "",
        source: str = "",
        weighed: str = "ranker",
        edition: str = "",
    ) -> tuple[PassageHit, ...]:
        """Passages that may answer; see `search.Searcher.passages`.

        Args:
            edition: root of the one that is searched, as if no other were open; "" for all of them as one.
        """
        searcher = self._of(edition) if edition and len(self.editions) > 1 else self._searcher
        return searcher.passages(query, limit=limit, by=by, language=language, source=source, weighed=weighed)

    def ask(
        self,
        question: str,
        *,
        language: str = "",
        sources: Sequence[str] = (),
        group: bool = False,
        reader: str = "auto",
        model: Model | None = None,
        report: Callable[[Step], None] | None = None,
    ) -> Answer:
        """Answer a question out of what the editions say, each sentence with the quotation that proves it.

        Args:
            question: any text; nothing that can be typed raises.
            language: only articles in this language; "" for all.
            sources: only articles of these sources; none for all.
            group: whether several researchers look in different ways.
            reader: "auto", "trained" or "rules".
            model: a language model that the group may call; None: nothing is called.
            report: told each step when it is done.

        Raises:
            UsageError: there is no reader of that name.
            MissingError: the trained reader was asked for and is not there.
        """
        from galactica.ask.asked import unheard
        from galactica.collection.asking import ask

        return ask(
            self.room,
            question,
            language=language,
            sources=sources,
            group=group,
            reader=reader,
            model=model,
            report=report or unheard,
        )

    def looks_asked(self, query: str) -> bool:
        """Whether a query looks like a question, in any language whose words that ask are known."""
        from galactica.search.asking import looks_asked

        return looks_asked(query)

    def suggest(self, typed: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Titles that what was typed may become, best first."""
        return self._searcher.suggest(typed, limit=limit)

    def find(self, title_or_id: str, *, among: Sequence[Edition] = ()) -> tuple[Edition, int] | None:
        """The article with this id (32 hex digits), title or alias: the first edition's, the most prominent one.

        Args:
            among: open editions that are looked in; none: all.
        """
        identity = _identity(title_or_id)
        if identity is not None:
            for edition in among or self.editions:
                row = edition.row_of(identity)
                if row is not None:
                    return edition, row
        key = title_key(title_or_id)
        for edition in among or self.editions:
            found = self._indexes[edition.root].titles(key, 50) if key else []
            if found:
                exact = [t for t in found if t.name == title_or_id]
                own = [t for t in exact if edition.head(t.row).title == title_or_id]
                return edition, (own or exact or found)[0].row
        return None

    def namesakes(self, title: str, *, among: Sequence[Edition] = (), limit: int = 8) -> list[tuple[Edition, int]]:
        """The articles with a title or alias, the most prominent of each edition first.

        Args:
            among: open editions that are looked in; none: all.
            limit: of each edition.
        """
        key = title_key(title)
        found = []
        for edition in among or self.editions:
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
        )

    def in_work(self, edition: Edition, row: int) -> InWork | None:
        """Where an article stands in the work that it is a part of; None where it is none."""
        return self._works.around(edition, edition.article(row), row)

    def work_named(self, title: str) -> tuple[Work, Head | None] | None:
        """A work of this title, and its first part: the first edition's; None where there is none."""
        found = (self._works.named(edition, title) for edition in self.editions)
        return next((each for each in found if each is not None), None)

    def source_title(self, root: str, key: str) -> str:
        """What a person calls a source of the edition with this root; its key where it has no title."""
        titles = [e.source(key).title for e in self.editions if e.root == root]
        return titles[0] if titles and titles[0] else key

    def meaning(self, edition: Edition) -> MeaningInfo | None:
        """How far the index of meaning of an edition is now; None where it has none."""
        return meaning_info(edition)

    def works(self, edition: Edition, *, limit: int = 100, offset: int = 0) -> Sequence[Work]:
        """The works of an edition by title."""
        return self._works.titles(edition, limit=limit, offset=offset)

    def parts(
        self, edition: Edition, work: Work, *, limit: int = 500, offset: int = 0
    ) -> tuple[Sequence[PartEntry], int]:
        """(the parts of a work, in its order, how many there are in all); EditionError where their list is broken."""
        return self._works.parts(edition, work, limit=limit, offset=offset)

    def verified(self, edition: Edition) -> Verified | None:
        """What the last `galactica verify` of an edition found on this machine, and whether it has changed since;
        None where there was none."""
        return verified(edition.path, edition.root)

    def random(self) -> tuple[Edition, int]:
        """Any article, each as likely as any other.

        Raises:
            EditionError: the library is empty.
        """
        total = sum(len(e) for e in self.editions)
        if not total:
            raise EditionError("There is no article in the library.", "Open another edition.")
        chosen = self._random.randrange(total)
        for edition in self.editions:
            if chosen < len(edition):
                return edition, chosen
            chosen -= len(edition)
        raise AssertionError("the editions hold fewer articles than they say")

    def titles(self, edition: Edition, *, start: str = "", limit: int = 100, skip: int = 0) -> tuple[TitleEntry, ...]:
        """The A–Z list, from the first title not before `start`, or from the place `skip` on."""
        heads = self._catalogues[edition.root].titles(start, limit, skip)
        return tuple(TitleEntry(title=head.title, row=head.row) for head in heads)

    def letters(self, edition: Edition) -> tuple[tuple[str, str, int], ...]:
        """(script, first letter, articles) in the order of the titles; see `codes.collation.Heading`."""
        return self._catalogues[edition.root].letters()

    def categories(self, edition: Edition, *, start: str = "", limit: int = 100) -> tuple[tuple[str, int], ...]:
        """(category, articles) from `start` on."""
        return tuple(self._catalogues[edition.root].categories(start, limit))

    def category(self, edition: Edition, name: str, *, limit: int = 100, offset: int = 0) -> tuple[Head, ...]:
        """Articles of a category, by title."""
        return tuple(self._catalogues[edition.root].category(name, limit=limit, offset=offset))

    def has_file(self, edition: Edition, source: str, path: str) -> bool:
        """Whether a file lies at `path` of `source`."""
        return edition.media.has(source, path)

    def media(self, edition: Edition, source: str, path: str) -> tuple[str, bytes] | None:
        """(media type, content) of the file at `path` of `source`, or None."""
        found = edition.media.read(source, path)
        if found is None:
            return None
        return passive(found[0].mime, found[1])  # whoever made the edition may have put anything there

    def picture(self, root: str, source: str, path: str) -> str:
        """The path of the first picture of an article that can be shown small, or ""; also where none can be read.

        Args:
            root: of the article's edition.
        """
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

    def sanitise(self, body: str) -> str:
        """A body with nothing active in it, whatever it held."""
        from galactica.refine.clean import sanitise

        return sanitise(body)

    def _searching(self, editions: Sequence[Edition]) -> Searcher:
        """What searches some of the editions as one."""
        from galactica.search.meant import MeaningRetriever
        from galactica.search.searcher import Searcher

        numbers = [self.editions.index(edition) for edition in editions]
        return Searcher(
            tuple((edition, self._indexes[edition.root]) for edition in editions),
            meaning=MeaningRetriever(
                [self._meanings[edition.root] for edition in editions],
                open_encoder,
                again=lambda number: self._open_meaning(numbers[number]),
            ),
            vectors=word_vectors(),
        )

    def _of(self, root: str) -> Searcher:
        """What searches one edition; made when it is first asked for."""
        if root not in self._alone:
            self._alone[root] = self._searching([edition for edition in self.editions if edition.root == root])
        return self._alone[root]

    def _open_meaning(self, number: int) -> MeaningIndex | None:
        """The index of meaning of an edition that had none when it was opened."""
        found = open_meaning(self.editions[number])
        if found is not None:
            self._meanings[self.editions[number].root] = self._stack.enter_context(found)
        return found

    def _translations(self, article: Article) -> tuple[tuple[Edition, Head], ...]:
        names = [article.title, *(alias.title for alias in article.aliases[:_NAMES_TRIED])]
        seen = {article.language}
        found: list[tuple[Edition, Head]] = []
        for edition in self.editions:
            for name in names:
                for title in self._indexes[edition.root].titles(title_key(name), _TRANSLATIONS):
                    head = edition.head(title.row)
                    if head.language not in seen and len(found) < _TRANSLATIONS:
                        seen.add(head.language)
                        found.append((edition, head))
        return tuple(sorted(found, key=lambda pair: pair[1].language))


def open_library(editions: Sequence[Path | str] | Path | str) -> Library:
    """Open editions to be read and searched together; the same root is opened once.

    Args:
        editions: their folders; one alone need not stand in a list.

    Raises:
        UsageError: no edition was named.
        EditionError: one of them cannot be opened, or has no index that fits.
    """
    if isinstance(editions, Path | str):
        editions = [editions]
    if not editions:
        raise UsageError("No edition was named.", "Name one with -e, or put one on the shelf.")
    with contextlib.ExitStack() as stack:
        opened: dict[str, Edition] = {}
        indexes: list[TextIndex] = []
        meanings: list[MeaningIndex | None] = []
        for path in map(Path, editions):
            edition = stack.enter_context(Edition.open(path))
            if edition.root in opened:
                continue
            if bag.index_root(edition.index_dir()) != edition.root:
                raise EditionError(
                    f"The index of {path} is missing, unfinished or of another edition.",
                    f"Make it again with: galactica index {word(path)}",
                )
            opened[edition.root] = edition
            indexes.append(stack.enter_context(_open_index(edition)))
            meaning = open_meaning(edition)
            meanings.append(stack.enter_context(meaning) if meaning is not None else None)
        return Library(tuple(opened.values()), indexes, meanings, stack.pop_all())


def _open_index(edition: Edition) -> TextIndex:
    """The index of words of an edition; its remedy names the edition, so that it can be pasted."""
    try:
        return TextIndex.open(edition, edition.index_dir() / "text")
    except EditionError as error:
        raise EditionError(error.problem, f"Make it again with: galactica index {word(edition.path)}") from error


def _identity(text: str) -> bytes | None:
    try:
        raw = bytes.fromhex(text) if len(text) == 32 else b""
    except ValueError:
        return None
    return raw or None
