"""The claims of an edition as `ask` needs them: who is called what, what is said of it, and where that stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING
from urllib.parse import unquote

from galactica.codes.cache import Cache, one
from galactica.codes.letters import loose_key, title_key
from galactica.collection.statements import StatementWords
from galactica.edition import Edition
from galactica.joining.disagreements.group import ClaimGroup
from galactica.joining.properties.kept import PropertyClaims, TopicEntry, property_claims
from galactica.model import article_id
from galactica.model.claim import Claim

if TYPE_CHECKING:
    from galactica.ask.holdings import Page

MOST_PROPERTIES = 12
"""Properties whose groups are kept for the next question."""

MOST_GROUPS = 400_000
"""Groups of one property that are looked at: of more, nothing is taken over all things."""

MOST_NAMES = 200
"""Names of one article that are compared."""

_NAMESPACES = ("", "Property:", "Lexeme:")


class EditionClaims:
    """The claims of one edition as `ask.holdings.ClaimedThings`; open as long as the edition is.

    Args:
        namesakes: rows of the articles with a title or alias, the most prominent first.
        page: an article by its id.
    """

    def __init__(
        self,
        edition: Edition,
        claims: PropertyClaims,
        namesakes: Callable[[str], Sequence[int]],
        page: Callable[[bytes], Page | None],
    ) -> None:
        self._edition, self._claims = edition, claims
        self._namesakes, self._page = namesakes, page
        self._kept = Cache(MOST_PROPERTIES)
        self._topics = Cache(1)
        self._words = StatementWords(edition, "en")

    def topics_called(self, name: str) -> Sequence[str]:
        """The topics of the articles with this title, else of those with this other name, the most prominent first."""
        rows = self._namesakes(name)
        key = title_key(name)
        own = [row for row in rows if title_key(self._edition.head(row).title) == key]
        return tuple(dict.fromkeys(topic for row in own or rows if (topic := self._claims.topic_of(row))))

    def of(self, name: str, topic: str = "") -> Sequence[ClaimGroup]:
        """What is said of a property, of one topic or of all."""
        if topic:
            return tuple(self._claims.of(name, topic))

        def read() -> tuple[ClaimGroup, ...]:
            found = []
            for group in self._claims.of(name):
                found.append(group)
                if len(found) > MOST_GROUPS:
                    return ()
            return tuple(found)

        groups: tuple[ClaimGroup, ...] = self._kept.get(name, read, one)
        return groups

    def topics(self) -> Sequence[TopicEntry]:
        """All topics, in order; none where there are too many."""

        def read() -> tuple[TopicEntry, ...]:
            return tuple(self._claims.topics()) if len(self._edition) <= MOST_GROUPS else ()

        found: tuple[TopicEntry, ...] = self._topics.get("all", read, one)
        return found

    def topic(self, name: str) -> TopicEntry | None:
        """A topic by its name."""
        return next(iter(self._claims.topics(name)), None)

    def keys(self, name: str) -> frozenset[str]:
        """The keys of all names and identifiers of what is called so, or has this identifier."""
        scheme, _, number = name.partition(":")
        rows = list(self._namesakes(name))
        if scheme == "wikidata" and not rows:
            rows = [row for each in self._edition.sources if (row := self._row(each.key, number)) is not None]
        found = {loose_key(title_key(name)), name}
        for row in rows[:1]:
            head = self._edition.head(row)
            found.add(loose_key(title_key(head.title)))
            article = self._edition.article(row)
            found |= {loose_key(title_key(each.title)) for each in article.aliases[:MOST_NAMES]}
            found |= set(article.identifiers)
        return frozenset(found)

    def page(self, claim: Claim) -> Page | None:
        """The article in which a claim stands; of a statement, that of its source on its subject."""
        if claim.origin != "statement":
            return self._page(article_id(claim.source, claim.path))
        scheme, _, rest = claim.subject.partition(":")
        if scheme == "path":
            return self._page(article_id(claim.source, unquote(rest)))
        row = self._row(claim.source, rest)
        return self._page(self._edition.head(row).id) if row is not None else None

    def printed(self, claim: Claim) -> tuple[str, str]:
        """(name of the property, value) of a statement as its source's article prints them."""
        called = self._words.value(claim.source, "item", claim.rule, "")[0]
        return called, self._words.value(claim.source, claim.kind, claim.value, "")[0]

    def _row(self, source: str, number: str) -> int | None:
        rows = (self._edition.row_of(article_id(source, f"{each}{number}")) for each in _NAMESPACES)
        return next((row for row in rows if row is not None), None)


def edition_claims(
    edition: Edition, namesakes: Callable[[str], Sequence[int]], page: Callable[[bytes], Page | None]
) -> EditionClaims | None:
    """The claims of an edition; None where it is not joined."""
    claims = property_claims(edition)
    return EditionClaims(edition, claims, namesakes, page) if claims is not None else None
