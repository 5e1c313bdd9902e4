"""What one text is to another: the rules that decide, over how much they share and what they say differently."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from sys import getsizeof
from typing import Protocol

import numpy as np
import numpy.typing as npt

from galactica.codes.cache import Cache
from galactica.joining.duplicates.comparing import ComparedText, Likeness, likeness_of
from galactica.joining.duplicates.facts import kept_apart, says_all_of
from galactica.joining.duplicates.layout import (
    CONTAINED,
    CONTAINED_LEAST,
    EDITION_OF,
    GROWN_LEAST,
    LONGER,
    NEAR,
    NEAR_LEAST,
    VERSION_LEAST,
    VERSION_TOKENS,
)
from galactica.joining.duplicates.sketching import COMPARED
from galactica.model import Article
from galactica.model.projection import project

_KEPT = 96 * 2**20
"""Bytes of texts that stay in memory with their shingles."""

_GROWS = 24
"""Bytes of a text with its tokens and shingles, for each of its own: measured on English, 2026-11-29."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextRelation:
    """What a text is to another.

    Attributes:
        kind: one of `layout.KINDS` but "exact"; "" where it is nothing to it.
        likeness: how much they share.
        inner: of "contained", which of the two stands in the other: 0 or 1.
        apart: why two that are as like as copies are none, one of `facts.APART`.
    """

    kind: str
    likeness: Likeness
    inner: int = 0
    apart: str = ""

    def turned(self) -> TextRelation:
        """The same, seen from the other of the two."""
        one = self.likeness
        likeness = replace(one, first_in_second=one.second_in_first, second_in_first=one.first_in_second)
        return replace(self, likeness=likeness, inner=1 - self.inner)


NONE = TextRelation(kind="", likeness=Likeness(jaccard=0.0, first_in_second=0.0, second_in_first=0.0))


class HasArticles(Protocol):
    """Articles by number: an edition, or documents of several."""

    def article(self, row: int, /) -> Article:
        """The article of that number."""


@dataclass(slots=True, kw_only=True)
class TextJudge:
    """Compares texts of an edition, one pair at a time.

    Attributes:
        edition: open; or whatever has the articles.
        texts: what is remembered of each (`sketching.TEXTS`).
        once: for each row, whether its title is its source's only one of that name.
    """

    edition: HasArticles
    texts: npt.NDArray[np.void]
    once: npt.NDArray[np.bool_]
    _cache: Cache = field(default_factory=lambda: Cache(_KEPT))

    def relation(self, first: int, second: int) -> TextRelation:
        """What two texts, none of them too long to be compared, are to each other."""
        one, other = self.text(first), self.text(second)
        likeness = likeness_of(one, other)
        if self._versions(first, second, likeness):
            return TextRelation(kind=EDITION_OF, likeness=likeness)
        if not self._whole(first, second):
            return NONE
        if likeness.jaccard >= NEAR_LEAST:
            reason = kept_apart(one, other)
            kind = EDITION_OF if self._one_path(first, second) else NEAR
            return TextRelation(kind="" if reason else kind, likeness=likeness, apart=reason)
        return self.contained(first, second, likeness)

    def contained(self, first: int, second: int, likeness: Likeness | None = None) -> TextRelation:
        """Whether one is a stretch of the other that says nothing else."""
        one, other = self.text(first), self.text(second)
        found = likeness or likeness_of(one, other)
        if found.first_in_second >= CONTAINED_LEAST and _stretch(one, other):
            return TextRelation(kind=CONTAINED, likeness=found, inner=0)
        if found.second_in_first >= CONTAINED_LEAST and _stretch(other, one):
            return TextRelation(kind=CONTAINED, likeness=found, inner=1)
        return NONE

    def text(self, row: int) -> ComparedText:
        """The text of a row, ready to be compared."""
        return self._cache.get(row, lambda: self._read(row), lambda text: _GROWS * getsizeof(text.text))

    def _read(self, row: int) -> ComparedText:
        article = self.edition.article(row)
        return ComparedText(article.title, project(article.body))

    def _whole(self, first: int, second: int) -> bool:
        return bool(self.texts["state"][first] == COMPARED and self.texts["state"][second] == COMPARED)

    def _one_path(self, first: int, second: int) -> bool:
        """Whether two sources have them under one path: a title that was spelled anew is no other article's."""
        one, other = self.texts[first], self.texts[second]
        return bool(one["source"] != other["source"] and one["path"] == other["path"])

    def _versions(self, first: int, second: int, likeness: Likeness) -> bool:
        """Whether they are one article at two dates, or in two sources."""
        one, other = self.texts[first], self.texts[second]
        if one["source"] == other["source"] or one["title"] != other["title"]:
            return False
        if one["path"] == other["path"]:
            return likeness.jaccard >= VERSION_LEAST
        if not (self.once[first] and self.once[second]) or min(one["tokens"], other["tokens"]) < VERSION_TOKENS:
            return False
        grown = max(likeness.first_in_second, likeness.second_in_first) >= CONTAINED_LEAST
        return likeness.jaccard >= (GROWN_LEAST if grown else NEAR_LEAST)


def _stretch(short: ComparedText, long: ComparedText) -> bool:
    """Whether what the shorter says is said by the longer, line by line from their beginnings."""
    if len(short.words) * LONGER > len(long.words) or not says_all_of(short, long):
        return False
    return all(each in long.shingles for each in short.beginnings)
