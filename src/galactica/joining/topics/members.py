"""The members of a topic: its articles, and the subjects of statements that are the same.

A subject belongs to the topic of the articles that have its identifier. Where articles of two topics have it, one of
them is wrong; it belongs to the one that has an article of the source that makes the statements, else to neither.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from galactica.edition import Edition
from galactica.joining.topics.kept import JoinedTopic, TopicMember
from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.thing import Thing
from galactica.model import article_id

MOST_OWNERS = 64
"""Topics and articles of one identifier that are looked at."""


def with_subjects(edition: Edition, things: ThingFile, clusters: Iterable[tuple[int, ...]]) -> Iterator[JoinedTopic]:
    """Topics of several members, by their first row.

    Args:
        clusters: rows of the articles of each, by their first row.
    """
    subjects: dict[int, list[str]] = {}
    several: Iterable[tuple[int, ...]] = clusters
    if edition.statement.count("statements"):
        several = sorted([*clusters, *_stated_elsewhere(things, clusters)])
        subjects = _subjects(edition, things, several)
    for number, rows in enumerate(several):
        added = subjects.get(number, [])
        if len(rows) + len(added) > 1:
            articles = tuple(TopicMember(kind=things[row].kind, row=row) for row in rows)
            more = tuple(TopicMember(kind="subject", subject=each) for each in sorted(added))
            yield JoinedTopic(id=topic_id(things[row] for row in rows), members=(*articles, *more))


def topic_id(members: Iterable[Thing]) -> str:
    """The id of a topic: that of its member whose source and path come first."""
    return article_id(*min((each.source, each.path) for each in members)).hex()


def _stated_elsewhere(things: ThingFile, clusters: Iterable[tuple[int, ...]]) -> Iterator[tuple[int, ...]]:
    """Articles by themselves of whose identifiers another source may state something."""
    taken = {row for rows in clusters for row in rows}
    for row, thing in enumerate(things):
        if row not in taken and thing.identifiers and thing.kind != "part":
            yield (row,)


def _subjects(edition: Edition, things: ThingFile, several: list[tuple[int, ...]]) -> dict[int, list[str]]:
    owners: dict[str, list[int]] = {}
    for number, rows in enumerate(several):
        for identifier in {each for row in rows for each in things[row].identifiers}:
            held = owners.setdefault(identifier, [])
            if len(held) < MOST_OWNERS:
                held.append(number)
    found: dict[int, list[str]] = {}
    for identifier, numbers in owners.items():
        by = {each.source for each in edition.statements_about(identifier)}
        if not by:
            continue
        own = [number for number in numbers if any(things[row].source in by for row in several[number])]
        chosen = numbers if len(numbers) == 1 else own
        if len(chosen) != 1:
            continue
        rows = several[chosen[0]]
        if len(rows) > 1 or by - {things[rows[0]].source}:
            found.setdefault(chosen[0], []).append(identifier)
    return found
