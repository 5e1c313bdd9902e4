"""What asking needs of a library: the few things it does with one. `collection.asking.LibraryHoldings` fits it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from galactica.joining.disagreements.group import ClaimGroup
from galactica.joining.properties.kept import TopicEntry
from galactica.model import Article, PassageHit, Source, Work
from galactica.model.anchors import NO_ANCHORS, Anchors
from galactica.model.claim import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """An article as it is quoted from.

    Attributes:
        edition: root of the edition.
        article: with its body.
        source: what its key stands for.
        text: the projection of the body, which all spans are counted in.
        starts, ends: spans of its passages, in order.
        work: the work that the article is a part of; None where it is none.
        anchors: the places in its source that its body names.
    """

    edition: str
    article: Article
    source: Source
    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    work: Work | None = None
    anchors: Anchors = NO_ANCHORS


@dataclass(frozen=True, slots=True, kw_only=True)
class Sounding:
    """An article whose title sounds like a name.

    Attributes:
        place: (edition, id).
        odds: natural logarithm of how much likelier it is the one that was meant than that one of all titles sounds
            like the name by chance.
    """

    place: tuple[str, bytes]
    odds: float


class ClaimedThings(Protocol):
    """The claims of one edition that is joined; thread-safe."""

    def topics_called(self, name: str) -> Sequence[str]:
        """The topics of the articles with this title, else of those with this other name, the most prominent first."""
        ...

    def of(self, name: str, topic: str = "") -> Sequence[ClaimGroup]:
        """What is said of a property, of one topic or of all."""
        ...

    def topics(self) -> Sequence[TopicEntry]:
        """All topics, in order; none where there are too many."""
        ...

    def topic(self, name: str) -> TopicEntry | None:
        """A topic by its name."""
        ...

    def keys(self, name: str) -> frozenset[str]:
        """The keys of all names and identifiers of what is called so, or has this identifier."""
        ...

    def page(self, claim: Claim) -> Page | None:
        """The article in which a claim stands; of a statement, that of its source on its subject."""
        ...

    def printed(self, claim: Claim) -> tuple[str, str]:
        """(name of the property, value) of a statement as its source's article prints them."""
        ...


class Holdings(Protocol):
    """A library that is asked; thread-safe."""

    @property
    def languages(self) -> tuple[str, ...]:
        """Tags of what it holds, the most frequent first."""
        ...

    def passages(
        self, query: str, *, limit: int, by: str = "hybrid", language: str = "", source: str = ""
    ) -> Sequence[PassageHit]:
        """Passages that may answer, best first; nothing raises but another `by` than hybrid, words, meaning."""
        ...

    def page(self, edition: str, identity: bytes) -> Page | None:
        """An article; None where there is none."""
        ...

    def titled(self, title: str) -> tuple[str, bytes] | None:
        """(edition, id) of the article with this title or alias."""
        ...

    def namesakes(self, title: str) -> Sequence[tuple[str, bytes]]:
        """(edition, id) of the articles with this title or alias, that of `titled` first; at most a few."""
        ...

    def surnamed(self, name: str) -> Sequence[tuple[str, bytes]]:
        """(edition, id) of the articles whose title ends with a word, the most prominent first; at most a few."""
        ...

    def sounding(self, name: str, language: str) -> Sequence[Sounding]:
        """The articles whose titles sound like a name in a language, the likeliest first; at most a few."""
        ...

    def linked(self, page: Page) -> Sequence[tuple[str, bytes]]:
        """(edition, id) of the articles that its body links to, in its order, each once."""
        ...

    @property
    def claimed(self) -> ClaimedThings | None:
        """What is claimed of the things in it; None where it is not joined, or is several editions."""
        ...

    def rows(self, query: str) -> tuple[tuple[str, ...], Sequence[tuple[object, ...]]]:
        """(columns, rows) of a SELECT over the tables, run in the locked process; raises as `sql` does."""
        ...


def place_of(hit: PassageHit) -> tuple[str, bytes, int]:
    """What tells a passage from all others: (edition, id of its article, its number)."""
    return hit.edition, hit.id, hit.passage
