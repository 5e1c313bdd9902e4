"""What a person says of topics: two articles are one, or are not. A file of TOML that is kept beside what is made.

    [[join]]
    articles = [["enwiki", "Mercury_(planet)"], ["zhwiki", "水星"]]
    why = "The planet."

    [[part]]
    articles = [["enwiki", "Georgia_(country)"], ["factbook", "us-state-georgia"]]

Each article is its source's key and its path there. A line that cannot be understood refuses the whole file; one
that names an article that the edition has not is told and kept, for the next edition may have it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from galactica.edition import Edition
from galactica.edition.info import read_bounded
from galactica.errors import UsageError
from galactica.hints import word
from galactica.model import article_id

LARGEST = 4 << 20
"""Bytes of a file of rules."""

MOST_ARTICLES = 200
"""Articles of one rule."""

Place = tuple[str, str]
"""The key of a source, and a path there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicRule:
    """Articles that are one (`joins`), or of which no two are; `why`, in a person's words."""

    joins: bool
    articles: tuple[Place, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RowRules:
    """Rules by row of an edition.

    Attributes:
        together, apart: pairs of rows, low first.
        unknown: places that the edition has not.
    """

    together: tuple[tuple[int, int], ...] = ()
    apart: frozenset[tuple[int, int]] = frozenset()
    unknown: tuple[Place, ...] = ()


def read_rules(path: Path) -> tuple[TopicRule, ...]:
    """The rules in a file, in its order.

    Raises:
        UsageError: it cannot be read, or says what is not understood.
    """
    try:
        text = read_bounded(path, LARGEST)
    except (OSError, ValueError) as error:
        raise UsageError(f"The rules in {path} cannot be read: {error}.", "Name a file of TOML in UTF-8.") from None
    return parsed_rules(text, str(path))


def parsed_rules(text: str, called: str) -> tuple[TopicRule, ...]:
    """The rules in a text; `called` names it to a person. Raises as `read_rules` does."""
    try:
        raw = tomllib.loads(text)
    except (ValueError, RecursionError) as error:
        raise _refused(called, f"is no TOML: {error}") from None
    strange = sorted(set(raw) - {"join", "part"})
    if strange:
        raise _refused(called, f"has {strange[0]!r}, which is neither [[join]] nor [[part]]")
    found: list[TopicRule] = []
    for kind in ("join", "part"):
        entries = raw.get(kind, [])
        if not isinstance(entries, list):
            raise _refused(called, f"has {kind} as no list: write [[{kind}]]")
        found += [_rule(kind, entry, called, number) for number, entry in enumerate(entries, start=1)]
    return tuple(found)


def by_row(edition: Edition, rules: Iterable[TopicRule]) -> RowRules:
    """Rules by row of an edition."""
    together: list[tuple[int, int]] = []
    apart: set[tuple[int, int]] = set()
    unknown: list[Place] = []
    for rule in rules:
        rows = []
        for place in rule.articles:
            row = edition.row_of(article_id(*place))
            if row is None:
                unknown.append(place)
            else:
                rows.append(row)
        pairs = [(min(a, b), max(a, b)) for a, b in combinations(rows, 2) if a != b]
        if rule.joins:
            together += pairs
        else:
            apart.update(pairs)
    return RowRules(
        together=tuple(pair for pair in dict.fromkeys(together) if pair not in apart),
        apart=frozenset(apart),
        unknown=tuple(dict.fromkeys(unknown)),
    )


def _rule(kind: str, entry: object, called: str, number: int) -> TopicRule:
    articles = entry.get("articles") if isinstance(entry, dict) else None
    why = entry.get("why", "") if isinstance(entry, dict) else ""
    strange = sorted(set(entry) - {"articles", "why"}) if isinstance(entry, dict) else []
    if strange or not isinstance(articles, list) or not 2 <= len(articles) <= MOST_ARTICLES or not isinstance(why, str):
        raise _refused(called, f"has a [[{kind}]], number {number}, without two articles (or with something else)")
    places: list[Place] = []
    for each in articles:
        if (
            not isinstance(each, list)
            or len(each) != 2
            or not all(isinstance(part, str) and "\0" not in part for part in each)
        ):
            raise _refused(called, f"has in [[{kind}]], number {number}, an article that is not [source, path]")
        places.append((each[0], each[1]))
    return TopicRule(joins=kind == "join", articles=tuple(places), why=why)


def _refused(called: str, what: str) -> UsageError:
    return UsageError(f"The rules in {word(called)}: the file {what}.", 'Write articles = [["SOURCE", "PATH"], …].')
