"""What sources state about what an article is about, in words: Wikidata's claims beside the article on their item.

An article and a statement meet by the article's identifiers ("wikidata:Q42"). What the article's own source states is
not told again: it stands in its body. Properties, items and units are named by the articles that the
edition has of them, else by the table of usual ones, else by their numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import unquote

from galactica.edition import Edition
from galactica.languages import primary
from galactica.model import Article, Qualifier, SourceStatement, article_id
from galactica.sources.wikibase_names import EntityNames
from galactica.values.numerals import write_number
from galactica.values.units import unit_sign

MOST_TOLD = 200
"""Statements about one article that are told; how many there are beside is said."""

_NAMESPACES = ("", "Property:", "Lexeme:")


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldStatement:
    """A statement in words.

    Attributes:
        source: title of the source that makes it.
        property, value: what it says of the article's subject.
        path: of the article that its value is, in the statement's source; "" where the edition has none.
        key: of that source.
        rank: "preferred", "deprecated", or "".
        qualifiers: (property, value) of what narrows it.
        references: how many the source names for it.
    """

    source: str
    property: str
    value: str
    key: str
    path: str = ""
    rank: str = ""
    qualifiers: tuple[tuple[str, str], ...] = ()
    references: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StatedElsewhere:
    """Statements about what an article is about.

    Attributes:
        told: the first of them, the preferred of each property before the others.
        more: how many there are beside these.
    """

    told: tuple[ToldStatement, ...] = ()
    more: int = 0


def stated_elsewhere(edition: Edition, article: Article) -> StatedElsewhere:
    """What other sources than an article's own state about what it is about.

    Raises:
        EditionError: the statements are damaged.
    """
    if not edition.statement.count("statements") or not article.identifiers:
        return StatedElsewhere()
    found = [
        each
        for subject in article.identifiers
        for each in edition.statements_about(subject)
        if each.source != article.source and each.property != "sitelink"
    ]
    words = StatementWords(edition, primary(article.language))
    told = tuple(words.told(each) for each in sorted(found, key=_order)[:MOST_TOLD])
    return StatedElsewhere(told=told, more=len(found) - len(told))


_RANKS = {"preferred": 0, "": 1, "deprecated": 2}
_NUMBER = re.compile(r"[a-z0-9]+:P(\d{1,12})")


def _order(statement: SourceStatement) -> tuple[str, int, str, int]:
    """By source, then property: those of Wikidata that most things have first; by rank."""
    number = _NUMBER.fullmatch(statement.property)
    return statement.source, int(number[1]) if number else 0, statement.property, _RANKS.get(statement.rank, 1)


class StatementWords:
    """Words for statements of one edition.

    Args:
        language: primary tag of the language that numbers are written in.
    """

    def __init__(self, edition: Edition, language: str) -> None:
        self._edition = edition
        self._language = language
        self._usual = EntityNames("en")  # an English name says more to anybody than "P31"
        self._known: dict[tuple[str, str], tuple[str, str]] = {}

    def told(self, statement: SourceStatement) -> ToldStatement:
        """A statement in words."""
        source = statement.source
        value, path = self.value(source, statement.kind, statement.value, statement.unit)
        return ToldStatement(
            source=self._edition.source(source).title or source,
            property=self._named(source, statement.property)[0],
            value=statement.text or value,
            key=source,
            path=path,
            rank=statement.rank,
            qualifiers=tuple(self._qualifier(source, each) for each in statement.qualifiers),
            references=len(statement.references),
        )

    def _qualifier(self, source: str, each: Qualifier) -> tuple[str, str]:
        return self._named(source, each.property)[0], self.value(source, each.kind, each.value, each.unit)[0]

    def value(self, source: str, kind: str, value: str, unit: str) -> tuple[str, str]:
        """(words for a value, path of the article that it is)."""
        match kind:
            case "item":
                return self._named(source, value)
            case "quantity":
                number = write_number(value, self._language)
                return f"{number} {self._unit(source, unit, number)}" if unit else number, ""
            case "place":
                return value.partition(";")[0].replace(",", ", "), ""
            case "none":
                return "–", ""
            case "unknown":
                return "?", ""
        return value, ""

    def _unit(self, source: str, unit: str, number: str) -> str:
        known = unit_sign(unit, number, self._language)
        if known != unit or not unit.startswith("wikidata:"):
            return known
        shown = self._usual.unit(unit.partition(":")[2])
        return self._named(source, unit)[0] if shown == unit.partition(":")[2] else shown

    def _named(self, source: str, identifier: str) -> tuple[str, str]:
        """(what an identifier is called, path of its article in its source)."""
        known = self._known.get((source, identifier))
        if known is None:
            known = self._known[source, identifier] = self._look_up(source, identifier)
        return known

    def _look_up(self, source: str, identifier: str) -> tuple[str, str]:
        scheme, colon, number = identifier.partition(":")
        if scheme == "path":
            paths: tuple[str, ...] = (unquote(number),)
        elif colon and number and " " not in identifier:
            paths = tuple(f"{namespace}{number}" for namespace in _NAMESPACES)
        else:
            return identifier, ""
        for path in paths:
            row = self._edition.row_of(article_id(source, path))
            if row is not None:
                return self._edition.head(row).title, path
        usual = self._usual(number)
        return (usual if scheme == "wikidata" and usual != number else identifier.removeprefix("wikidata:")), ""
