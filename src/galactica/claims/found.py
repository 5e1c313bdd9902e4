"""What is found while an article is read: claims as they are made, and what was not understood, counted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from galactica.claims.judged import share_right
from galactica.claims.property_table import Property
from galactica.claims.values_read import CellValue
from galactica.codes.letters import title_key
from galactica.model import Article
from galactica.model.claim import Claim
from galactica.model.document import Qualifier

LONGEST_SPAN = 4_000
"""Code points of what says a claim; a row that is longer is no row of values."""

LONGEST_RULE = 80
"""Characters of the name of a row or column that is kept as the rule."""


@dataclass(slots=True)
class FoundClaims:
    """Claims of one article, and what was not understood.

    Attributes:
        left: (origin, property, reason) → how often: what looked like a claim of a property and gave no value.
    """

    article: Article
    claims: list[Claim] = field(default_factory=list)
    left: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def add(
        self,
        each: Property,
        reading: CellValue,
        span: tuple[int, int],
        *,
        origin: str,
        rule: str,
        subject: str = "",
        time: str = "",
    ) -> None:
        """A claim as it was read.

        Args:
            span: of the row or item.
            time: of the row or column, where the cell does not say its own.
        """
        if span[1] - span[0] > LONGEST_SPAN:
            self.left[origin, each.id, "long-row"] += 1
            return
        if each.kind == "item" and title_key(reading.value) == title_key(subject or self.article.title):
            self.left[origin, each.id, "itself"] += 1
            return
        qualifiers: tuple[Qualifier, ...] = reading.qualifiers
        self.claims.append(
            Claim(
                source=self.article.source,
                path=self.article.path,
                subject=subject,
                property=each.id,
                kind=each.kind,
                value=reading.value,
                unit=reading.unit,
                bounds=reading.bounds,
                time=reading.time or time,
                qualifiers=qualifiers,
                start=span[0],
                end=span[1],
                value_start=reading.start,
                value_end=reading.end,
                origin=origin,
                rule=rule[:LONGEST_RULE],
                confidence=share_right(origin),
            )
        )
