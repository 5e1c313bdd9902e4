"""A sum, or a change of units, in a question: "What is 5 miles in km?", "How many days from 1 May to …?"."""

from __future__ import annotations

import re

from galactica.errors import GalacticaError
from galactica.values.calculator import reckon
from galactica.values.days import WEEKDAYS, days_in

_BEFORE = re.compile(
    r"^(?:what(?:'s| is| are)|how much (?:is|are)|calculate|compute|convert|reckon|多少是|计算)\s+", re.IGNORECASE
)
_INTO = re.compile(
    r"^how many (?P<unit>[^\W\d_]+(?: per [^\W\d_]+)?) (?:are|is|make|in)(?: there)?(?: in)? "
    r"(?P<rest>[\d.,]+ ?[^\W\d_]+)$",
    re.IGNORECASE,
)
_SIGNS = re.compile(r"\d\s*[-+*/^×÷·−]\s*[\d(]|\d\s*°?[^\W\d_]+(?:\^\d)?(?:/[^\W\d_]+)?\s+(?:in|to|into)\s+°?[^\W\d_]")
_DAYS = re.compile(r"\bhow many days\b|\bdays (?:are|lie) between\b", re.IGNORECASE)
_WEEKDAY = re.compile(r"\b(?:what|which) (?:day of the week|weekday)\b", re.IGNORECASE)


def sum_in(question: str) -> str:
    """What a question wants reckoned and what comes out, as "5 miles in km = 8.04672 km"; "" where it wants nothing of
    the kind. Nothing raises."""
    plain = question.strip().rstrip("?？.= ").strip()[:300]
    days = list(days_in(plain))
    if _DAYS.search(plain) and len(days) == 2:
        first, second = days[0][0], days[1][0]
        return f"{first.isoformat()} to {second.isoformat()} = {abs((second - first).days)} days"
    if _WEEKDAY.search(plain) and len(days) == 1:
        return f"{days[0][0].isoformat()} = {WEEKDAYS[days[0][0].weekday()]}"
    expression = _BEFORE.sub("", plain)
    into = _INTO.match(plain)
    if into is not None:
        expression = f"{into['rest']} in {into['unit']}"
    elif days or not _SIGNS.search(expression):
        return ""
    try:
        return f"{expression} = {reckon(expression)}"
    except GalacticaError:
        return ""
