"""The page of an entity: what it is called and is, a table of what is claimed of it, and what it is called elsewhere.

Claims stand as rows, a property each, as in an infobox: the preferred first, what is marked as deprecated struck out.
Identifiers in other catalogues, pages of other sites and names in other languages follow in tables of their own.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from urllib.parse import quote

from galactica.sources.wikibase_names import EntityNames
from galactica.sources.wikibase_values import Value
from galactica.values.numerals import write_number

MAX_SHOWN = 5_000
"""Claims of one entity that its page shows; the rest, of which it says how many, are statements alone."""

MAX_LINKS = 50_000
"""Links to entities that are kept: most entities name the same few."""

POINT_IN_TIME = "P585"
"""Wikidata's property of the time at which a claim holds."""

_ORDER = {"preferred": 0, "": 1, "deprecated": 2}
_SITE = re.compile(
    r"([a-z][a-z_]{1,20}?)(wiki|wiktionary|wikiquote|wikisource|wikibooks|wikinews|wikivoyage|wikiversity)"
)
_OTHER_SITES = {
    "commons": "commons.wikimedia.org", "species": "species.wikimedia.org", "meta": "meta.wikimedia.org",
    "wikidata": "www.wikidata.org", "mediawiki": "www.mediawiki.org", "sources": "wikisource.org",
    "incubator": "incubator.wikimedia.org", "wikifunctions": "www.wikifunctions.org",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class EntityClaim:
    """A claim as it is shown: property, value, the property's datatype, rank, and (property, value) of qualifiers."""

    property: str
    value: Value
    datatype: str
    rank: str
    qualifiers: Sequence[tuple[str, Value]]


@dataclass(slots=True, kw_only=True)
class EntityPage:
    """A page that is being written.

    Args:
        names: what properties, items and units are called.
        path: of an entity's page, by its number.
        english: whether its words are English; else dates are digits.
    """

    names: EntityNames
    path: Callable[[str], str]
    english: bool = True
    _lead: list[str] = field(default_factory=list)
    _rows: list[str] = field(default_factory=list)
    _catalogues: list[str] = field(default_factory=list)
    _sites: list[str] = field(default_factory=list)
    _parts: list[str] = field(default_factory=list)
    _names: list[str] = field(default_factory=list)
    _shown: int = 0
    _hidden: int = 0

    def begin(self, title: str, description: str, aliases: Sequence[str], about: str) -> None:
        """What it is called, and what it is in a line."""
        said = f": {_escaped(description)}" if description else ""
        self._lead.append(f"<p><b>{_escaped(title)}</b>{said} ({_escaped(about)})</p>")
        if aliases:
            self._lead.append(f"<p>Also called: {_escaped('; '.join(aliases))}</p>")

    def claims(self, several: Sequence[EntityClaim], subject: str) -> None:
        """The claims of one property."""
        if self._shown + len(several) > MAX_SHOWN:
            self._hidden += len(several)
            return
        self._shown += len(several)
        groups: dict[str, list[EntityClaim]] = {}
        for claim in several:
            groups.setdefault(claim.property, []).append(claim)
        for name, claims in groups.items():
            if len(claims) > 1:
                claims = sorted(claims, key=_newest, reverse=True)
                claims.sort(key=lambda each: _ORDER[each.rank])
            shown = [self._claim(claim) for claim in claims]
            cell = shown[0] if len(shown) == 1 else "<br>".join(shown)
            row = f'<tr><th scope="row">{self._link(name)}</th><td>{cell}</td></tr>'
            if "-" in subject:
                self._parts.append(f"<table>{row}</table>")
            elif claims[0].datatype == "external-id":
                self._catalogues.append(row)
            else:
                self._rows.append(row)

    def part(
        self, number: str, words: Mapping[str, str], features: Sequence[str], kind: str, tagged: Callable[[str], str]
    ) -> None:
        """A form or a sense of a lexeme; what is claimed of it comes after."""
        texts = "; ".join(_spoken(text, tagged(code)) for code, text in words.items())
        more = f" ({', '.join(map(self._link, features))})" if features else ""
        self._parts.append(f'<p id="{number}"><b>{kind.capitalize()} {number}:</b> {texts or "–"}{more}</p>')

    def sitelink(self, site: str, title: str) -> None:
        """A page of another site that is about the entity."""
        address = site_address(site, title)
        shown = f'<a href="{address}">{_escaped(title)}</a>' if address else _escaped(title)
        self._sites.append(f"<tr><td>{_escaped(site)}</td><td>{shown}</td></tr>")

    def languages(
        self,
        labels: Mapping[str, str],
        descriptions: Mapping[str, str],
        aliases: Mapping[str, Sequence[str]],
        own: str,
        tagged: Callable[[str], str],
    ) -> None:
        """What it is called and is in other languages."""
        for code in dict.fromkeys((*labels, *descriptions, *aliases)):
            if code != own:
                called = "; ".join((labels.get(code, ""), *aliases.get(code, ()))).strip("; ")
                cells = f"<td>{_escaped(called)}</td><td>{_escaped(descriptions.get(code, ''))}</td>"
                self._names.append(
                    f'<tr lang="{_escaped(tagged(code))}"><th scope="row">{_escaped(code)}</th>{cells}</tr>'
                )

    def html(self) -> str:
        """The page."""
        made = [*self._lead]
        if self._rows:
            made.append(_table(self._rows))
        if self._hidden:
            made.append(f"<p>{self._hidden:,} further statements are not shown here.</p>")
        made += self._parts
        for heading, rows in (
            ("Identifiers elsewhere", self._catalogues),
            ("Pages elsewhere", self._sites),
            ("In other languages", self._names),
        ):
            if rows:
                made.append(f"<h2>{heading}</h2>{_table(rows)}")
        return "\n".join(made)

    def _claim(self, claim: EntityClaim) -> str:
        shown = self.value(claim.value, claim.datatype)
        if claim.qualifiers:
            more = "; ".join(f"{_escaped(self.names(name))}: {self.value(value)}" for name, value in claim.qualifiers)
            shown = f"{shown} ({more})"
        return f"<s>{shown}</s> (deprecated)" if claim.rank == "deprecated" else shown

    def value(self, value: Value, datatype: str = "") -> str:
        """A value as HTML."""
        match value.kind:
            case "item":
                return self._link(value.value.partition(":")[2])
            case "time":
                return _escaped((value.shown if self.english else value.text) or value.value)
            case "quantity":
                return self._amount(value)
            case "place":
                return value.value.partition(";")[0].replace(",", ", ")
            case "url":
                web = value.value.startswith(("http://", "https://"))
                return (
                    f'<a href="{_escaped(value.value)}">{_escaped(value.value)}</a>' if web else _escaped(value.value)
                )
            case "none":
                return "no value"
            case "unknown":
                return "unknown value"
        if datatype == "commonsMedia":
            return f'<a href="{site_address("commonswiki", f"File:{value.value}")}">{_escaped(value.value)}</a>'
        if datatype == "math":
            return f"<code>{_escaped(value.value)}</code>"
        return _spoken(value.value, value.language)

    def _link(self, number: str) -> str:
        made = self.names.links.get(number)
        if made is None:
            made = f'<a href="./{self.path(number)}">{_escaped(self.names(number))}</a>'
            if len(self.names.links) < MAX_LINKS:
                self.names.links[number] = made
        return made

    def _amount(self, value: Value) -> str:
        language = self.names.language
        shown = write_number(value.value, language)
        if value.bounds and set(value.bounds) != {value.value}:
            low, high = (write_number(bound, language) for bound in value.bounds)
            shown += f" ({low} to {high})"
        if not value.unit:
            return shown
        scheme, _, number = value.unit.partition(":")
        return f"{shown} {_escaped(self.names.unit(number) if scheme == 'wikidata' else value.unit)}"


def _newest(claim: EntityClaim) -> str:
    """The year, month and day that a claim is of, where it says one: of several figures the last comes first."""
    dated = next((value.value for name, value in claim.qualifiers if name == POINT_IN_TIME), "")
    return dated if dated[:1].isdigit() else ""


_MARKS = re.compile("[&<>\"']")


def _escaped(text: str) -> str:
    """Text as HTML; most has no mark to be written in another way."""
    return escape(text) if _MARKS.search(text) else text


def _table(rows: Sequence[str]) -> str:
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


def _spoken(text: str, tag: str) -> str:
    return f'<span lang="{_escaped(tag)}">{_escaped(text)}</span>' if tag else _escaped(text)


def site_address(site: str, title: str) -> str:
    """Where a page of a wiki lies, by the wiki's database name ("enwiki"); "" where that is not known."""
    host = _host(site)
    return f"https://{host}/wiki/{quote(title.replace(' ', '_'), safe='/:@!$()*,;~')}" if host else ""


@lru_cache(maxsize=2_000)
def _host(site: str) -> str:
    match = _SITE.fullmatch(site)
    if match is None:
        return ""
    name, project = match.groups()
    host = _OTHER_SITES.get(name) if project == "wiki" else None
    domain = "wikipedia" if project == "wiki" else project
    return host or f"{name.replace('_', '-')}.{domain}.org"
