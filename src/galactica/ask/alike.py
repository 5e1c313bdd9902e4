"""What may answer, as it was marked, and which of it is the same answer in other words."""

from __future__ import annotations

import math
from collections.abc import Sequence, Set
from dataclasses import dataclass, field

from galactica.ask.contract import AnswerSpan
from galactica.ask.pieces import cut_pieces
from galactica.ask.stated_value import Stated
from galactica.ask.weighing import chance
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import PassageHit

AGREEING = 0.5
"""What a further passage with the same answer adds, as a share of its own probability."""

WORDED = 2.0
"""How much further in front a stretch comes whose sentence says just what is asked (`worded`), than what it counts."""

LONGEST_BETWEEN = 12
"""Characters between two places that are one answer: ", in the "."""

Side = tuple[str, str, str, str]
"""Who says something: source, language, edition, and which of what is stated there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A stretch that a reader marked, and where.

    Attributes:
        value: what it counts; from 0 on it may be an answer.
        relevant: logit of the reader that the passage is one for the question; None where it was not ranked.
        stated: the row or sentence of the article about the thing that says it in so many words, where one does.
        worded: whether its sentence says just what is asked, in the words of the question (`worded`).
        likely: how likely it is right, where who marked it tells (`spoken`); else None.
        named: whether the question names its article.
    """

    hit: PassageHit
    span: AnswerSpan
    value: float
    relevant: float | None = None
    stated: Stated | None = None
    worded: bool = False
    likely: float | None = None
    named: bool = False

    @property
    def side(self) -> Side:
        """Who says it: a source in one language and edition, who talk in it apart; of what articles state of their own
        things, each article, and each side that it tells of."""
        hit, told = self.hit, self.stated
        own = "talk" if self.likely is not None else ""
        own = own if told is None or not told.thing else f"{hit.id.hex()} {told.first if told.rival else ''}"
        if told is not None and told.claimed is not None:
            own = told.claimed.side
        return hit.source, primary(hit.language), hit.edition, own

    @property
    def order(self) -> float:
        """What is sorted by, the most first."""
        return self.value + WORDED * self.worded


@dataclass(slots=True, kw_only=True)
class Same:
    """An answer as several passages give it.

    Attributes:
        key: what it is compared by.
        marked: who gives it, best first.
        value: of the best, and what those that agree add.
    """

    key: str
    marked: list[Marked] = field(default_factory=list)
    value: float = 0.0

    @property
    def text(self) -> str:
        """In the words of the best."""
        return self.marked[0].span.text

    @property
    def order(self) -> float:
        """As of the best."""
        return self.value + WORDED * any(each.worded for each in self.marked)

    @property
    def sides(self) -> frozenset[Side]:
        """Who says it surely enough, at least who says it best."""
        return frozenset(each.side for each in self.marked if each.value >= 0) or frozenset((self.marked[0].side,))

    def said_by(self, sides: Set[Side]) -> float:
        """What it counts as some say it; less than any number where none of them does."""
        if self.sides <= sides:
            return self.value
        return max((each.value for each in self.marked if each.side in sides), default=-math.inf)


def put_together(marked: Sequence[Marked], *, places: bool = False) -> list[Same]:
    """Answers that are the same put together, best first.

    Args:
        places: whether a place is asked for, of which one sentence may say two that are both right: "in the Mozambique
            Channel, 160 km from Madagascar".
    """
    groups: list[Same] = []
    for each in marked:
        claimed = each.stated.claimed if each.stated is not None else None
        key = claimed.side if claimed is not None else answer_key(each.span.text, each.hit.language)
        side = claimed is not None or (each.stated is not None and each.stated.rival)  # sides are told apart already
        group = next(
            (
                g
                for g in groups
                if g.key == key
                or (not side and len(key) > 3 and _contained(key, g.key))
                or (places and _beside(each, g.marked[0]))
            ),
            None,
        )
        if group is None:
            groups.append(Same(key=key, marked=[each], value=each.value))
            continue
        alone = {(other.hit.edition, other.hit.id, other.hit.passage) for other in group.marked}
        if (each.hit.edition, each.hit.id, each.hit.passage) not in alone:
            group.value += AGREEING * chance(each.value)
        group.marked.append(each)
    return sorted(groups, key=lambda group: -group.order)


def _beside(one: Marked, other: Marked) -> bool:
    """Whether two stretches of one passage stand beside each other, with but a comma and small words between."""
    first, second = sorted((one, other), key=lambda each: each.span.start)
    places = {(each.hit.edition, each.hit.id, each.hit.passage) for each in (one, other)}
    between = first.hit.text[first.span.end : second.span.start]
    if len(places) > 1 or first.span.end > second.span.start or not between.startswith((",", "，", " (", "（")):
        return False
    return len(between) <= LONGEST_BETWEEN and all(cut_pieces(between, first.hit.language).common)


def answer_key(text: str, language: str) -> str:
    """What an answer is compared by: its words without the common ones, folded; all, where it has no others."""
    pieces = cut_pieces(text, language)
    words = [folded(fold_han(text[a:b])) for a, b in zip(pieces.starts, pieces.ends, strict=True)]
    kept = [word for word, common in zip(words, pieces.common, strict=True) if not common] or words
    return ("" if not pieces.spaced else " ").join(kept) or folded(text).strip()


def _contained(one: str, other: str) -> bool:
    """Whether one answer is the other, or all of its words in order within it, or another form of the same name."""
    short, long = sorted((one, other), key=len)
    if not short:
        return False
    if " " in long:
        return f" {short} " in f" {long} "
    return short in long and 2 * len(short) > len(long)
