"""A library: open editions, read, searched and asked as one. `opening.open_library` opens one.

It is read-only and may be used by several threads.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from functools import cached_property
from types import TracebackType
from typing import TYPE_CHECKING

from galactica.collection.articles import ArticlePage, Articles, TitleEntry
from galactica.collection.searchers import Searchers
from galactica.collection.statements import StatedElsewhere, stated_elsewhere
from galactica.collection.works import InWork, PartEntry, Works
from galactica.edition import Edition, Head, MeaningInfo
from galactica.edition.catalogue import Catalogue
from galactica.edition.sealing import Verified, verified
from galactica.edition.source_titles import source_titles
from galactica.errors import UsageError
from galactica.model import Answer, PassageHit, Step, Suggestion, Work
from galactica.refine.passive import passive
from galactica.search.meaning.layout import meaning_info
from galactica.search.store import TextIndex

if TYPE_CHECKING:  # what searches and asks is loaded when it is first searched or asked
    from galactica.ask.holdings import Sounding
    from galactica.ask.models import Model
    from galactica.collection.asking import LibraryHoldings
    from galactica.collection.sounded import SoundedTitles
    from galactica.search import SearchPage
    from galactica.search.meaning import MeaningIndex

_SHORTEST_NAME = 8


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
        self._searchers = Searchers(editions, indexes, meanings, stack)
        self._works = Works()
        by_root = {e.root: index for e, index in zip(editions, indexes, strict=True)}
        self._articles = Articles(editions, by_root, self._works)
        self._indexes = by_root
        self._sounded: dict[str, SoundedTitles] = {}
        self._catalogues = {e.root: Catalogue(e) for e in editions}
        self._stack = stack

    @cached_property
    def holdings(self) -> LibraryHoldings:
        """Where questions look: all editions."""
        from galactica.collection.asking import LibraryHoldings

        return LibraryHoldings(self)

    @cached_property
    def holdings_alone(self) -> tuple[LibraryHoldings, ...]:
        """Where questions look, edition by edition."""
        from galactica.collection.asking import LibraryHoldings

        if len(self.editions) == 1:
            return (self.holdings,)
        return tuple(LibraryHoldings(self, only=edition) for edition in self.editions)

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
        self,
        query: str,
        *,
        limit: int = 10,
        offset: int = 0,
        language: str = "",
        source: str = "",
        by: str = "hybrid",
        interface: str = "",
    ) -> SearchPage:
        """Search all editions as one; see `search.Searcher.search`."""
        asked = {"language": language, "source": source, "by": by, "interface": interface}
        return self._searchers.together.search(query, limit=limit, offset=offset, **asked)

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
        searcher = self._searchers.of(edition) if edition else self._searchers.together
        return searcher.passages(query, limit=limit, by=by, language=language, source=source, weighed=weighed)

    def ask(
        self,
        question: str,
        *,
        language: str = "",
        sources: Sequence[str] = (),
        group: bool = False,
        reader: str = "auto",
        fast: bool = False,
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
            fast: whether what search finds is read in its order, and not ranked by the reader before.
            model: a language model that the group may call; None: nothing is called.
            report: told each step when it is done.

        Raises:
            UsageError: there is no reader of that name.
            MissingError: the trained reader was asked for and is not there.
        """
        from galactica.ask.asked import tell_nobody
        from galactica.collection.asking import ask

        return ask(
            self.holdings,
            question,
            language=language,
            sources=sources,
            group=group,
            reader=reader,
            fast=fast,
            model=model,
            report=report or tell_nobody,
        )

    def looks_asked(self, query: str) -> bool:
        """Whether a query looks like a question, in any language whose words that ask are known."""
        from galactica.search.asking import looks_asked

        return looks_asked(query)

    def suggest(self, typed: str, *, limit: int = 10) -> tuple[Suggestion, ...]:
        """Titles that what was typed may become, best first."""
        return self._searchers.together.suggest(typed, limit=limit)

    def find(self, title_or_id: str, *, among: Sequence[Edition] = ()) -> tuple[Edition, int] | None:
        """The article with this id (32 hex digits), title or alias: the first edition's, the most prominent one.

        Args:
            among: open editions that are looked in; none: all.
        """
        return self._articles.find(title_or_id, among=among)

    def namesakes(self, title: str, *, among: Sequence[Edition] = (), limit: int = 8) -> list[tuple[Edition, int]]:
        """The articles with a title or alias, the most prominent of each edition first.

        Args:
            among: open editions that are looked in; none: all.
            limit: of each edition.
        """
        return self._articles.namesakes(title, among=among, limit=limit)

    def sounding(self, name: str, language: str, *, among: Sequence[Edition]) -> Sequence[Sounding]:
        """The articles of some open editions whose titles sound like a name in a language, the likeliest first."""
        from galactica.collection.sounded import SoundedTitles

        for edition in among:
            self._sounded.setdefault(edition.root, SoundedTitles(self._indexes[edition.root]))
        found = [each for edition in among for each in self._sounded[edition.root].near(name, language)]
        return sorted(found, key=lambda each: -each.odds)

    def page(self, edition: Edition, row: int) -> ArticlePage:
        """Everything that the page of one article shows; raises as `Edition.article` does."""
        return self._articles.page(edition, row)

    def in_work(self, edition: Edition, row: int) -> InWork | None:
        """Where an article stands in the work that it is a part of; None where it is none."""
        return self._works.around(edition, edition.article(row), row)

    def stated(self, edition: Edition, row: int) -> StatedElsewhere:
        """What other sources of its edition state about what an article is about, by its identifiers."""
        return stated_elsewhere(edition, edition.article(row))

    def work_named(self, title: str) -> tuple[Work, Head | None] | None:
        """A work of this title, and its first part: the first edition's; None where there is none."""
        found = (self._works.named(edition, title) for edition in self.editions)
        return next((each for each in found if each is not None), None)

    def source_title(self, root: str, key: str) -> str:
        """What a person calls a source of the edition with this root, told from others of that title."""
        return next((source_titles(e.sources).get(key, key) for e in self.editions if e.root == root), key)

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
        return self._articles.random()

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
        return self._articles.picture(root, source, path)

    def sanitise(self, body: str) -> str:
        """A body with nothing active in it, whatever it held."""
        from galactica.refine.clean import sanitise

        return sanitise(body)
