"""What is claimed of an entity → statements, with rank, qualifiers and references, and the rows of its page.

Rules: a claim that is none is counted and passed over. A statement is named by its own number ("Q42$F078E5B3-…"), begun
as its entity's is, else by its place. Qualifiers have no field for a language: that of a text stands as their unit;
bounds of their amounts, and what a date does not say, are counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from galactica.model import Qualifier, SourceStatement
from galactica.sources.wikibase_page import EntityClaim, EntityPage
from galactica.sources.wikibase_values import ENTITY_ID, EntityValues, Value

_PLAIN = re.compile(r"[\w$-]{1,200}", re.ASCII)
_RANKS = {"normal": "", "preferred": "preferred", "deprecated": "deprecated"}


class ClaimReader:
    """Reads the claims of one entity.

    Args:
        source: key of the `Source`.
        dropped: what was not understood is counted here.
    """

    def __init__(self, source: str, values: EntityValues, page: EntityPage, dropped: Counter[str]) -> None:
        self.source, self.values, self.page, self.dropped = source, values, page, dropped

    def read(self, claims: object, subject: str) -> Iterator[SourceStatement]:
        """Yield a statement for each claim, and put it on the page."""
        if not claims:
            return
        if isinstance(claims, list):  # of another API: a list of all statements
            groups: list[tuple[str, object]] = [("", claims)]
        elif isinstance(claims, dict):
            groups = list(claims.items())
        else:
            self.dropped["bad-claims"] += 1
            return
        for property_, several in groups:
            if not isinstance(several, list):
                self.dropped["bad-claims"] += 1
                continue
            shown: list[EntityClaim] = []
            for place, claim in enumerate(several, 1):
                made = self._claim(claim, subject, f"{subject}/{property_}/{place}")
                if made is None:
                    self.dropped["bad-claims"] += 1
                else:
                    statement, shape = made
                    shown.append(shape)
                    yield statement
            self.page.claims(shown, subject)

    def _claim(self, claim: object, subject: str, place: str) -> tuple[SourceStatement, EntityClaim] | None:
        if not isinstance(claim, dict) or not isinstance(claim.get("mainsnak"), dict):
            return None
        snak = claim["mainsnak"]
        property_ = snak.get("property")
        if not isinstance(property_, str) or not ENTITY_ID.fullmatch(property_):
            return None
        value = self._value(snak)
        qualifiers = self._snaks(claim.get("qualifiers"), claim.get("qualifiers-order"))
        rank = claim.get("rank", "normal")
        if rank not in _RANKS:
            self.dropped["bad-rank"] += 1
        values = self.values
        statement = SourceStatement(
            source=self.source,
            path=_own_name(claim.get("id"), subject) or place,
            subject=values.identifier(subject),
            property=values.identifier(property_),
            kind=value.kind,
            value=value.value,
            unit=value.unit,
            bounds=value.bounds,
            language=value.language,
            rank=_RANKS.get(rank, ""),
            qualifiers=tuple(map(self._qualifier, qualifiers)),
            references=self._references(claim.get("references")),
            text=value.text,
        )
        shape = EntityClaim(property_, value, str(snak.get("datatype", "")), statement.rank, qualifiers)
        return statement, shape

    def _value(self, snak: dict[str, Any]) -> Value:
        value = self.values.snak(snak)
        if value.fault:
            self.dropped[value.fault] += 1
        return value

    def _snaks(self, held: object, order: object = None) -> list[tuple[str, Value]]:
        """(property, value) of the snaks of a qualifier or reference, in the order that stands beside them."""
        if not held:
            return []
        if isinstance(held, list):
            flat = held
        elif isinstance(held, dict):
            named = [each for each in order if each in held] if isinstance(order, list) else []
            names = dict.fromkeys((*(each for each in named if isinstance(each, str)), *held))
            flat = [snak for name in names for snak in (held[name] if isinstance(held[name], list) else [held[name]])]
        else:
            flat = [held]
        found = []
        for snak in flat:
            property_ = snak.get("property") if isinstance(snak, dict) else None
            if isinstance(property_, str):
                found.append((property_, self._value(snak)))
            else:
                self.dropped["bad-qualifiers"] += 1
        return found

    def _qualifier(self, pair: tuple[str, Value]) -> Qualifier:
        name, value = pair
        if value.bounds and set(value.bounds) != {value.value}:
            self.dropped["qualifier-bounds"] += 1
        if value.text:  # "20th century" beside 19XX
            self.dropped["qualifier-wording"] += 1
        return Qualifier(
            property=self.values.identifier(name) if ENTITY_ID.fullmatch(name) else name,
            kind=value.kind,
            value=value.value,
            unit=value.unit or value.language,
        )

    def _references(self, held: object) -> tuple[tuple[Qualifier, ...], ...]:
        if not held:
            return ()
        if not isinstance(held, list):
            self.dropped["bad-references"] += 1
            return ()
        found = []
        for each in held:
            if isinstance(each, dict):
                snaks = self._snaks(each.get("snaks"), each.get("snaks-order"))
                found.append(tuple(map(self._qualifier, snaks)))
            else:
                self.dropped["bad-references"] += 1
        return tuple(found)


def _own_name(name: object, subject: str) -> str:
    """A statement's own number, begun as its entity's is: "q42$…" and "Q42$…" are one."""
    if not isinstance(name, str) or len(name) > 200:
        return ""
    if name.startswith(f"{subject}$") and _PLAIN.fullmatch(name):
        return name
    begun, dollar, rest = name.partition("$")
    rest = quote(rest, safe="-")
    return f"{subject}${rest}" if dollar and begun.upper() == subject.upper() else quote(name, safe="$-")
