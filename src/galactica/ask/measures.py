"""What is measured: a count, a length, an area …; a number with another unit is the value of something else.

A property says in `properties.toml` what its values measure. Which of them a question may ask for is told by what it
calls them; where it calls none, nothing is asked of a unit, and of a unit that is not known neither.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from galactica.ask.evidence import sentence_spans
from galactica.ask.kinds import asked_languages
from galactica.ask.pieces import cut_pieces
from galactica.ask.properties import AskedProperty, left_letters, properties
from galactica.codes.han import unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.values.amounts import amounts
from galactica.values.number_words import number_words
from galactica.values.units import MONEY, by_word, measured_by

_LOOSE = frozenset(("share", "money", "time"))
"""What a question by an adjective may want as well: "how high" may be a price, "how long" a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measures:
    """What the values may measure that a question asks for; none: anything."""

    names: frozenset[str] = frozenset()

    def fit(self, stretch: str) -> bool:
        """Whether a stretch has a number of such a measure, or of none that is known."""
        if not self.names or _PER.search(stretch):
            return True
        if "count" in self.names and _FINE.search(stretch):
            return False
        found = amounts(stretch)
        units = {measured_by(each.unit) for each in found if each.unit} | _spelled(stretch)
        bare = not _spelled(stretch) and any(
            not each.unit and not (each.low == each.high and 1000 <= each.low < 2100) for each in found
        )
        return bare or not units or not units.isdisjoint({*self.names, ""})


def _spelled(stretch: str) -> frozenset[str]:
    """What is measured where the number stands in letters: "four hours"."""
    words = re.findall(r"[^\W_]+", folded(stretch))
    behind = (by_word().get(unit, "") for number, unit in pairwise(words) if number in number_words())
    return frozenset(measured_by(unit) for unit in behind if unit)


_PER = re.compile(r"/\s?[^\W\d_]|\bper\b|每")
"""What makes another unit of a unit: "km/h"."""


_FINE = re.compile(r"(?<![\d.,])\d{1,3}[.,]\d{5,}")
"""More decimals than anything that is counted has: a place on the globe."""


def measures_of(each: AskedProperty) -> Measures:
    """What the values of a property measure."""
    return Measures(names=frozenset(each.measure))


def measures_asked(question: str, language: str) -> Measures:
    """What the values may measure that a question asks for by the name of a property."""
    known = asked_languages().get(primary(language))
    if known is None:
        return Measures()
    if _SHARE.search(folded(question)):
        return Measures(names=frozenset(("share",)))  # whatever it is a share of
    found = _called(question, primary(language))
    longest = max((length for length, _, _ in found), default=0)
    best = [(way, each) for length, way, each in found if length == longest]
    if not best:
        return Measures(names=_COUNTED) if _counts(question, known.lower(question)) else Measures()
    if not all(each.measure for _, each in best):
        return Measures()
    names = {name for _, each in best for name in each.measure}
    plain = known.lower(question)
    if not unspaced(question) and _HOW_MANY.search(plain):
        return Measures(names=frozenset({*names, "share"}))
    by_adjective = (
        any(isinstance(way, str) and way.startswith("多") for way, _ in best)
        if unspaced(question)
        else known.which.search(plain) is None and any(pattern.search(plain) for _, pattern in known.asks)
    )
    return Measures(names=frozenset(names | _LOOSE if by_adjective else names))


_COUNTED = frozenset(("count", "share"))
"""What tells how many things there are."""


def _counts(question: str, plain: str) -> bool:
    """Whether a question asks how many things there are, and of no unit how many."""
    match = _HOW_MANY.search(plain)
    if match is None:
        return False
    behind = plain[match.end() :].strip()
    if unspaced(question):
        return not behind.startswith(tuple(by_word())) and not _TIMES_BEHIND.match(behind)
    return by_word().keys().isdisjoint(re.findall(r"[^\W\d_]+", behind))


_HOW_MANY = re.compile(
    r"\b(?:how many|wie ?viele|cuant[oa]s|quant[oai]s|combien d[e'’])"
    r"|有几|(?:几|有多少)(?=[颗个位座条只名次所种支艘])"
)
_TIMES_BEHIND = re.compile("[个]?(?:月|小时|钟头|年|天|岁|周|分|秒|世纪|钱)")

_SHARE = re.compile(
    "|".join(
        re.escape(folded(word))
        for word in "percent,per cent,%,prozent,procent,prosent,por ciento,por cento,porcenta,pourcent,процент,відсот,"
        "yüzde,ποσοστ,τοις εκατό,प्रतिशत,เปอร์เซ,ร้อยละ,phần trăm,النسبة المئوية,بالمئة,אחוז,百分,パーセント,퍼센트".split(
            ","
        )
    )
)
"""What a share is asked by."""


def _called(question: str, language: str) -> list[tuple[int, frozenset[str] | str, AskedProperty]]:
    """(length, phrase, property) of what a question calls properties by."""
    dense = unspaced(question)
    keys = frozenset() if dense else frozenset(cut_pieces(question, language).keys)
    letters = left_letters(question, language) if dense else ""
    found: list[tuple[int, frozenset[str] | str, AskedProperty]] = []
    for each in properties():
        for way in each.phrases.get(language, ()):
            there = way in letters and len(way) > 1 if isinstance(way, str) else bool(way) and way <= keys
            if there:
                found.append((len(way), way, each))
    return found


def in_one_sentence(text: str, start: int, end: int) -> tuple[int, int] | None:
    """A stretch that has a number, without the sentences before and behind that have none; None where several have."""
    parts = [(max(low, start), min(high, end)) for low, high in sentence_spans(text, start, end)]
    parts = [(low, high) for low, high in parts if text[low:high].strip()]
    if len(parts) < 2:
        return start, end
    told = [(low, high) for low, high in parts if any(map(str.isdigit, text[low:high]))]
    return told[0] if len(told) == 1 else None


def without_clause(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch with one number, without a clause before it: "243,610 km²" of "It covers 243,610 km²"."""
    digits = list(_DIGITS.finditer(text, start, end))
    if len(digits) != 1:
        return start, end
    before = text[start : digits[0].start()]
    if unspaced(before) or len(before.split()) < MOST_BEFORE or _ROUGH.search(folded(before)):
        return start, end
    return start + len(before), end


MOST_BEFORE = 2
"""Words before a number from which on they are a clause, and not a word that belongs to it."""

_DIGITS = re.compile(rf"[{''.join(sorted(MONEY))}]?\d+(?:[.,  ]\d+)*")
_ROUGH = re.compile(r"(?:than|as|to|about|around|least|most|nearly|almost|over|under|between|and|or|from|of|the)\s*\Z")
"""What stands before a number and says how exact it is."""
