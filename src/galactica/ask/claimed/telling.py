"""What a person is told of an answer over several things: over which it was taken, and what they are called."""

from __future__ import annotations

from dataclasses import dataclass

from galactica.claims.property_table import property_named
from galactica.joining.properties.kept import TopicEntry
from galactica.languages import primary
from galactica.model import Position, TakenOver
from galactica.model.said import said


@dataclass(frozen=True, slots=True, kw_only=True)
class Reckoned:
    """What was reckoned.

    Attributes:
        text: the answer.
        values: those that it was taken from, each with what it is of.
        confidence: how likely it is right.
        over: over which things; None of two that are compared.
        notes: what the person should know.
    """

    text: str
    values: tuple[Position, ...]
    confidence: float
    over: TakenOver | None = None
    notes: tuple[str, ...] = ()


def told_over(over: TakenOver) -> str:
    """Over what an answer was taken, for a person."""
    return said(
        "taken-over",
        "Taken over the {topics:thing} here called “{sort}”; of {lacking} of them nothing is said of “{property}”.",
        topics=over.topics,
        sort=over.sort,
        lacking=over.lacking,
        property=property_named(over.property),
    )


def topic_title(entry: TopicEntry, language: str) -> str:
    """What a topic is called in a language; else in English; else by its first article."""
    titles = {primary(member.language): member.title for member in reversed(entry.members)}
    return titles.get(language) or titles.get("en") or entry.members[0].title


def by_property(name: str) -> str:
    """By what things were compared, for a person."""
    return said("compared-by", "Compared by “{property}”.", property=property_named(name))
