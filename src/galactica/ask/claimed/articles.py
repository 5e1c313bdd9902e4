"""The claims of things whose articles a question names, read while it is asked: for editions that are not joined.

What tables, lists and sentences of an article claim of its own thing (`claims.reading`) is put together as `galactica
join` puts together what one article claims, so that whoever asks for a thing's claims gets them in the same form.
Of all things at once nothing is known.

A thing is what an article with that name is about. Where no article has it and it is one word, it may be the last name
of a person: the most prominent one whose title ends with it, as everybody says "Chopin".
"""

from __future__ import annotations

from collections.abc import Sequence

from galactica.ask.holdings import Holdings, Page
from galactica.ask.lives import told_life
from galactica.ask.wishes import SHORTEST_SURNAME
from galactica.claims.reading import article_claims
from galactica.joining.disagreements.gathering import OfOneProperty
from galactica.joining.disagreements.group import ClaimGroup
from galactica.joining.disagreements.grouping import property_groups
from galactica.joining.properties.kept import TopicEntry
from galactica.languages import primary
from galactica.model.claim import Claim

MOST_READ = 4
"""Articles that are read for one question: 5 to 40 ms each."""

LONGEST_READ = 600_000
"""Characters of a body that is read, about a tenth of a second; the median has 10,000."""


class ClaimsOfArticles:
    """What the articles of one edition claim of their own things, as `holdings.ClaimedThings`.

    Args:
        holdings: of the edition.
    """

    def __init__(self, holdings: Holdings) -> None:
        self._holdings = holdings
        self._pages: dict[str, list[Page]] = {}
        self._claims: dict[tuple[bytes, str], list[Claim]] = {}
        self._read: set[bytes] = set()

    def topics_called(self, name: str) -> Sequence[str]:
        """The articles with this title or other name, each with those in other languages; else that of the person with
        this last name."""
        several: list[list[Page]] = []
        for edition, identity in self._holdings.namesakes(name) or surname_of(self._holdings, name):
            page = self._holdings.page(edition, identity)
            if page is None:
                continue
            language = primary(page.article.language)
            apart = (own for own in several if all(primary(each.article.language) != language for each in own))
            own = next(apart, None)
            if own is None:
                several.append([page])
            else:
                own.append(page)
        self._pages |= {own[0].article.id.hex(): own for own in several}
        return [own[0].article.id.hex() for own in several]

    def of(self, name: str, topic: str = "") -> Sequence[ClaimGroup]:
        """What the article of a topic claims of a property."""
        own = [each for each in self._claimed(topic, name) if each.property == name and not each.subject]
        return property_groups(OfOneProperty(topic=topic, subject="", property=name, claims=tuple(own)))

    def topics(self) -> Sequence[TopicEntry]:
        """None: which there are nobody has put together."""
        return ()

    def topic(self, name: str) -> TopicEntry | None:
        """None, as of `topics`."""
        return None

    def keys(self, name: str) -> frozenset[str]:
        """None, as of `topics`."""
        return frozenset()

    def page(self, claim: Claim) -> Page | None:
        """The article in which a claim stands."""
        for page in (page for own in self._pages.values() for page in own):
            if (page.article.source, page.article.path) == (claim.source, claim.path):
                return page
        return None

    def printed(self, claim: Claim) -> tuple[str, str]:
        """Nothing: no statement is among these claims."""
        return "", ""

    def _claimed(self, topic: str, name: str) -> list[Claim]:
        """What the articles of a topic claim, of a property all of it."""
        found: list[Claim] = []
        for page in self._pages.get(topic, ()):
            identity = page.article.id
            if identity not in self._read:
                if len(self._read) >= MOST_READ or len(page.article.body) > LONGEST_READ:
                    continue
                self._read.add(identity)
            if (identity, name) not in self._claims:
                self._claims[identity, name] = list(article_claims(page.article, only=name).claims)
            found += self._claims[identity, name]
        return found


def surname_of(holdings: Holdings, name: str) -> Sequence[tuple[str, bytes]]:
    """(edition, id) of the article about the most prominent person with a last name; none, or that one."""
    if len(name) < SHORTEST_SURNAME or not name.isalpha():
        return ()
    for edition, identity in holdings.surnamed(name):
        page = holdings.page(edition, identity)
        if page is not None and told_life(page.text):
            return ((edition, identity),)
    return ()
