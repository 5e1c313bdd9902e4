"""Topics of an edition: making them, looking at them, and why two articles are, or are not, one."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from galactica.collection.opened import Library
from galactica.collection.opening import open_library
from galactica.edition import Edition, Head
from galactica.errors import GalacticaError
from galactica.hints import word
from galactica.joining.topics.kept import JoinedTopic, TopicPair, Topics, open_topics
from galactica.joining.topics.making import TopicsMade
from galactica.joining.topics.stage import claims_by_row, topics_encoder, topics_with_rules
from galactica.joining.topics.telling import WhyTopic, reason_in_words, why
from galactica.model import article_id
from galactica.progress import Report

__all__ = ["TopicsFound", "TopicsMade", "WhyFound", "join_topics", "topics_found", "why_topic"]

_ADDRESS = re.compile(r"galactica://[0-9a-f]{12}/([0-9a-f]{32})")


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicsFound:
    """Topics, and what their articles are called.

    Attributes:
        root: of the edition.
        topics: in order; `pairs`: of the articles that were asked for, or none.
        heads: of every article that is named, by row.
        counts: what the making counted.
        asked: row of the article that was asked for; -1: all topics were.
    """

    root: str
    topics: tuple[JoinedTopic, ...]
    pairs: tuple[TopicPair, ...]
    heads: dict[int, Head]
    counts: dict[str, int]
    asked: int = -1


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyFound:
    """Why two articles are, or are not, one topic.

    Attributes:
        root: of the edition.
        one, other: the articles.
        found: the reasons.
        reason: what keeps them apart, in words; "" where nothing does.
    """

    root: str
    one: Head
    other: Head
    found: WhyTopic
    reason: str


def join_topics(path: Path, rules: Path | None, report: Report) -> TopicsMade:
    """Make the topics of an edition, with the claims that are there; raises as `make_topics` does."""
    with Edition.open(path) as edition:
        return topics_with_rules(edition, rules, report)


def topics_found(path: Path, name: str = "", *, most: int = 0) -> TopicsFound:
    """The topics of an edition, or the one of an article.

    Args:
        name: of the article: its title, id, address, or SOURCE/PATH; "": all topics.
        most: topics; 0: all.

    Raises:
        GalacticaError: there is no such article.
        StepMissingError: the edition has no topics yet.
    """
    with _opened(path) as (library, edition, topics):
        if not name:
            several = tuple(topic for number, topic in enumerate(topics) if not most or number < most)
            pairs: Sequence[TopicPair] = ()
            asked = -1
        else:
            asked = _row(library, edition, name)
            own = topics.of_row(asked)
            several = (own,) if own is not None else ()
            rows = [member.row for topic in several for member in topic.members if member.row >= 0]
            pairs = topics.pairs([asked, *rows])
        named = {member.row for topic in several for member in topic.members} | {asked} - {-1}
        named |= {row for pair in pairs for row in (pair.low, pair.high)}
        heads = {row: edition.head(row) for row in sorted(named) if row >= 0}
        return TopicsFound(
            root=edition.root, topics=several, pairs=tuple(pairs), heads=heads, counts=topics.counts(), asked=asked
        )


def why_topic(path: Path, one: str, other: str) -> WhyFound:
    """Why two articles, named as `topics_found` says, are or are not one topic; raises as that does."""
    with _opened(path) as (library, edition, topics):
        first = _row(library, edition, one)
        second = _row(library, edition, other, but=first)
        if first == second:
            raise GalacticaError("Both names lead to one article.", "Name the other by its id, or as SOURCE/PATH.")
        found = why(edition, topics, first, second, encoder=topics_encoder(), claims=claims_by_row(edition))
        reason = "" if found.same else reason_in_words(found.pair.why)
        return WhyFound(
            root=edition.root, one=edition.head(first), other=edition.head(second), found=found, reason=reason
        )


@contextmanager
def _opened(path: Path) -> Iterator[tuple[Library, Edition, Topics]]:
    with open_library([path]) as library:
        edition = library.editions[0]
        yield library, edition, open_topics(edition)


def _row(library: Library, edition: Edition, name: str, *, but: int = -1) -> int:
    """The row of the article that a person names; another than `but` where the name has several."""
    address = _ADDRESS.fullmatch(name.strip())
    if address is not None:
        row = edition.row_of(bytes.fromhex(address[1]))
        if row is not None:
            return row
    for source in edition.sources:
        if name.startswith(f"{source.key}/"):
            row = edition.row_of(article_id(source.key, name[len(source.key) + 1 :]))
            if row is not None:
                return row
    found = library.find(name)
    if found is None:
        raise GalacticaError(f"There is no article {name!r}.", f"See: galactica suggest {word(name)}")
    if found[1] == but:
        others = [row for _, row in library.namesakes(name, limit=64) if row != but]
        return others[0] if others else but
    return found[1]
