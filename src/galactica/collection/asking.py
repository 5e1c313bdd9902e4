"""Asking a library: its editions as `ask` needs them, who reads, and the answer."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

from galactica.ask.across import across
from galactica.ask.asked import Asked, tell_nobody, tidy
from galactica.ask.contract import Reader
from galactica.ask.holdings import Page, Sounding
from galactica.ask.question import read_question
from galactica.ask.ranking import SECONDS
from galactica.ask.sought import question_language
from galactica.ask.typed import as_meant, known_in
from galactica.codes.cache import Cache, one
from galactica.codes.letters import title_key
from galactica.collection.claimed import EditionClaims, edition_claims
from galactica.edition.derived import derived_digest
from galactica.errors import GalacticaError, UsageError
from galactica.joining.properties.kept import NAME as PROPERTIES
from galactica.model import Answer, PassageHit, Step, article_id
from galactica.model.projection import outline
from galactica.model.said import said

if TYPE_CHECKING:
    from galactica.ask.models import Model
    from galactica.collection.opened import Library
    from galactica.edition import Edition

READERS = ("auto", "trained", "rules")

MOST_KEPT = 2_000_000
"""Characters of the text of articles that are kept for the next question."""

MOST_LINKS = 500
"""Links of one article that are followed to their articles, the first ones."""

MOST_SUGGESTED = 20
"""Titles that a last name may become which are looked at, the most prominent ones."""

_LINK = re.compile(r'<a href="\./([^"#]*)')

MOST_NAMESAKES = 8
"""Articles of one name that are looked at for what they state."""


class LibraryHoldings:
    """A library as `ask.holdings.Holdings`, or one edition of it as if no other were open; thread-safe, and open as
    long as the library is.

    Args:
        only: the edition; None for all.
    """

    def __init__(self, library: Library, only: Edition | None = None) -> None:
        self._library = library
        self._only = only
        self._editions = {edition.root: edition for edition in (library.editions if only is None else (only,))}
        self._kept = Cache(MOST_KEPT)
        self._claimed = Cache(1)

    @property
    def edition(self) -> str:
        """Root of the one edition that this is; "" for all."""
        return "" if self._only is None else self._only.root

    @property
    def parts(self) -> tuple[LibraryHoldings, ...]:
        """Each edition as if no other were open: how sure an answer is may not depend on what stands beside it."""
        return (self,) if self._only is not None else self._library.holdings_alone

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of what it holds, the most frequent first."""
        counts: dict[str, int] = {}
        for edition in self._editions.values():
            for tag, count in edition.statement.languages:
                counts[tag] = counts.get(tag, 0) + count
        return tuple(sorted(counts, key=lambda tag: (-counts[tag], tag)))

    def passages(
        self, query: str, *, limit: int, by: str = "hybrid", language: str = "", source: str = ""
    ) -> Sequence[PassageHit]:
        """Passages that may answer, best first; by meaning alone, none where no edition can be searched by it."""
        if by not in ("hybrid", "words", "meaning"):
            raise UsageError(f"There is no way of searching called {by[:40]!r}.", "Use words, meaning or hybrid.")
        try:
            return self._library.passages(
                query, limit=limit, by=by, language=language, source=source, edition=self.edition
            )
        except UsageError:
            return ()

    def page(self, edition: str, identity: bytes) -> Page | None:
        """An article; None where there is none, or it cannot be read."""
        if edition not in self._editions:
            return None
        if self._only is not None:
            return self._library.holdings.page(edition, identity)  # what it keeps, it keeps for all
        return self._kept.get(
            (edition, identity), lambda: self._read(edition, identity), lambda page: len(page.text) if page else 0
        )

    def titled(self, title: str) -> tuple[str, bytes] | None:
        """(edition, id) of the article with this title or alias."""
        found = self._library.find(title, among=tuple(self._editions.values()))
        return None if found is None else (found[0].root, found[0].head(found[1]).id)

    def namesakes(self, title: str) -> Sequence[tuple[str, bytes]]:
        """(edition, id) of the articles with this title or alias, that of `titled` first; at most `MOST_NAMESAKES`."""
        own = self.titled(title)
        found = self._library.namesakes(title, among=tuple(self._editions.values()), limit=MOST_NAMESAKES)
        every = [(edition.root, edition.head(row).id) for edition, row in found]
        return tuple(dict.fromkeys([*([own] if own is not None else []), *every]))[:MOST_NAMESAKES]

    def surnamed(self, name: str) -> Sequence[tuple[str, bytes]]:
        """(edition, id) of the articles whose title ends with a word, the most prominent first; of the `MOST_SUGGESTED`
        titles that it may become."""
        key = title_key(name)
        return tuple(
            (each.edition, each.id)
            for each in self._library.suggest(name, limit=MOST_SUGGESTED)
            if each.edition in self._editions and " " in each.title and title_key(each.title.rpartition(" ")[2]) == key
        )

    def sounding(self, name: str, language: str) -> Sequence[Sounding]:
        """The articles whose titles sound like a name in a language, the likeliest first; at most `MOST_SOUNDING`."""
        return self._library.sounding(name, language, among=tuple(self._editions.values()))

    def linked(self, page: Page) -> Sequence[tuple[str, bytes]]:
        """(edition, id) of the articles that its body links to, in its order, each once."""
        opened = self._editions.get(page.edition)
        if opened is None:
            return ()
        found: dict[tuple[str, bytes], None] = {}
        for path in list(dict.fromkeys(match[1] for match in _LINK.finditer(page.article.body)))[:MOST_LINKS]:
            row = opened.row_of(article_id(page.article.source, unquote(path)))
            if row is not None and (identity := opened.head(row).id) != page.article.id:
                found[page.edition, identity] = None
        return tuple(found)

    @property
    def claimed(self) -> EditionClaims | None:
        """What is claimed of the things in it; None where it is not joined, or is several editions."""
        if len(self._editions) != 1:
            return None
        edition = next(iter(self._editions.values()))
        digest = derived_digest(edition, PROPERTIES)
        return self._claimed.get(digest, lambda: self._open_claims(edition), one) if digest else None

    def _open_claims(self, edition: Edition) -> EditionClaims | None:
        def namesakes(title: str) -> list[int]:
            return [row for _, row in self._library.namesakes(title, among=(edition,), limit=MOST_NAMESAKES)]

        return edition_claims(edition, namesakes, lambda identity: self.page(edition.root, identity))

    def rows(self, query: str) -> tuple[tuple[str, ...], Sequence[tuple[object, ...]]]:
        """(columns, rows) of a SELECT over the tables, run in the locked process; raises as `sql` does."""
        from galactica.collection.tables import sql  # here, because few questions need tables

        result = sql(query, [edition.path for edition in self._editions.values()])
        return tuple(result.columns), result.rows

    def _read(self, root: str, identity: bytes) -> Page | None:
        edition = self._editions.get(root)
        row = None if edition is None else edition.row_of(identity)
        if edition is None or row is None:
            return None
        article = edition.article(row)
        outlined = outline(article.body)
        starts, ends = edition.spans(row)
        return Page(
            edition=root,
            article=article,
            source=edition.source(article.source),
            text=outlined.text,
            starts=tuple(starts),
            ends=tuple(ends),
            work=edition.work(article.source, article.work) if article.work else None,
            anchors=edition.anchors(outlined),
        )


def ask(
    holdings: LibraryHoldings,
    question: str,
    *,
    language: str = "",
    sources: Sequence[str] = (),
    group: bool = False,
    reader: str = "auto",
    fast: bool = False,
    model: Model | None = None,
    report: Callable[[Step], None] = tell_nobody,
) -> Answer:
    """Ask the library a question; see `Library.ask`."""
    from galactica.ask.answering import answer
    from galactica.ask.stepwise import by_other_questions

    typed = tidy(question)
    words = as_meant(typed, question_language(typed, holdings.languages), known_in(holdings))
    asked = Asked(
        question=read_question(words, question_language(words, holdings.languages)),
        holdings=holdings,
        reader=reader_for(reader),
        language=language,
        sources=tuple(dict.fromkeys(sources)),
        tell=report,
        model=model,
        ranking=0.0 if fast else SECONDS,
    )
    asked = replace(asked, parts=tuple(_alone(asked, part) for part in holdings.parts))
    if group:
        from galactica.ask.group import answer_as_group as answer_together

        found = answer_together(asked)
    else:
        found = by_other_questions(asked, answer) or answer(asked)
    notes = [_why_rules() if reader == "auto" and found.reader == "rules" else "", _asked_as(asked, found)]
    notes += [said("asked-as", "Read as “{question}”.", question=words)] if words != typed else []
    return replace(found, question=typed, notes=(*found.notes, *filter(None, notes)))


def _asked_as(asked: Asked, found: Answer) -> str:
    """What an edition in another language was asked, where it answers; one without a root is the only one here."""
    editions = {each.edition for statement in found.statements for each in statement.citations}
    for part in asked.parts:
        if editions & {part.edition or min(editions, default="")} and part.question.text != asked.question.text:
            return said(
                "asked-across",
                "Nothing here is in the language of the question; it was asked as “{question}”.",
                question=part.question.text,
            )
    return ""


def _alone(asked: Asked, part: LibraryHoldings) -> Asked:
    """The question as it would be put to one edition alone."""
    question = asked.question
    language = question_language(question.text, part.languages)
    if language != question.language:
        question = read_question(question.text, language)
    return across(replace(asked, question=question, holdings=part, edition=part.edition))


def reader_for(name: str) -> Reader:
    """The reader called `name`: "auto" is the trained one where it is there, which reads every language, else rules.

    Raises:
        UsageError: there is none of that name.
        MissingError: the trained one was asked for and is not there.
    """
    from galactica.ask.rules import RuleReader

    if name not in READERS:
        raise UsageError(f"There is no reader called {name[:40]!r}.", "Use auto, trained or rules.")
    if name == "rules":
        return RuleReader()
    if name == "trained":
        return _trained()
    with suppress(GalacticaError):
        return _trained()
    return RuleReader()


def _why_rules() -> str:
    """Why rules read where nobody asked for them, for the person."""
    try:
        _trained()
    except GalacticaError as error:
        return said(
            "rules-read",
            "Read by rules, which find less than the trained reader. {problem} {remedy}",
            problem=error.problem,
            remedy=error.remedy,
        )
    return ""


def _trained() -> Reader:
    """The trained reader, opened once until its file changes; raises as `open_reader` does."""
    from galactica.ask.trained import ENVIRONMENT, SHIPPED

    path = Path(os.environ.get(ENVIRONMENT, "") or SHIPPED)
    return _opened(path, path.stat().st_mtime_ns if path.is_file() else 0)


@lru_cache(maxsize=1)
def _opened(path: Path, _: int) -> Reader:
    from galactica.ask.trained import open_reader

    return open_reader(path)
