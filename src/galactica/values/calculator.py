"""A calculator with units: numbers, + - * / ^, brackets, units of pint, and "in" or "to" for another unit.

    3 * (2 + 5)      100 km/h in mph      70 kg * 9.81 m/s^2 to N      20 degC in degF      5 miles in km

Nothing is evaluated as a program: a small grammar reads it. Numbers are decimals of 34 digits (IEEE 754-2008
decimal128), so that every step takes the same short time whatever is typed.

The `#expr` of wikis (`refine/wikitext/arithmetic.py`) is another language and has a reader of its own: floats and not
decimals, no units, comparisons and functions, a minus that binds before a power, and "" for whatever goes wrong. What
the two share, to climb from one operator to the next, is ten lines.
"""

from __future__ import annotations

import re
from decimal import Context, Decimal, DecimalException, localcontext
from functools import cache
from typing import TYPE_CHECKING, Any

from galactica.errors import MissingError, UsageError

if TYPE_CHECKING:
    from pint import UnitRegistry

MOST_CHARACTERS = 200
MOST_DEPTH = 20
MOST_POWER = 64
SHOWN = 10
"""Digits of a result that are shown."""

_DECIMALS = Context(prec=34, Emax=6144, Emin=-6143)
_TOKEN = re.compile(
    r"\s*(?:(?P<number>\d+(?:[ ,\u202f]\d{3}(?!\d))*(?:\.\d+)?(?:[eE][+-]?\d{1,3})?|\.\d+)"
    r"|(?P<name>°[CF]|[^\W\d_]+(?:_[^\W\d_]+)*|[%Ω°])|(?P<sign>\*\*|[-+*/^()×÷·−]))"
)
_SAME = {"×": "*", "·": "*", "÷": "/", "−": "-", "**": "^"}
_NAMED = {
    "°C": "degC",
    "°F": "degF",
    "celsius": "degC",
    "fahrenheit": "degF",
    "°": "degree",
    "%": "percent",
    "kph": "kilometer_per_hour",
    "l": "liter",
    "stone": "stone",
}
_TO = ("in", "to", "as", "into")

Quantity = Any
"""A quantity of pint, whose own types are made when it is loaded."""


class _MistakeError(Exception):
    """What was typed cannot be reckoned; the message says why."""


def reckon(expression: str) -> str:
    """The value of an expression, with its unit.

    Raises:
        UsageError: it cannot be read, or has no value.
        MissingError: the extra `ask` is not installed.
    """
    if len(expression) > MOST_CHARACTERS:
        raise UsageError(f"An expression has at most {MOST_CHARACTERS} characters.", "Ask a shorter one.")
    registry = _registry()
    try:
        with localcontext(_DECIMALS):
            return _shown(_Reading(expression, registry).whole())
    except _MistakeError as error:
        raise UsageError(f"That cannot be reckoned: {error}.", "Write it as in: 100 km/h in mph.") from None
    except (DecimalException, ArithmeticError, ValueError, TypeError, AttributeError, RecursionError) as error:
        # Of pint: units that do not fit are a TypeError (DimensionalityError), unknown ones an AttributeError.
        raise UsageError(
            "That has no value: a division by zero, or units that do not fit.", "Ask it otherwise."
        ) from error


@cache
def _registry() -> UnitRegistry[Any]:
    try:
        import pint
    except ImportError:
        raise MissingError("The calculator needs pint.", 'Run: pip install "galactica[ask]"') from None
    return pint.UnitRegistry(non_int_type=Decimal)


class _Reading:
    """One expression as it is read, from left to right.

    whole := sum [("in" | "to") sum]; sum := term (("+" | "-") term)*; term := power (("*" | "/") power)*;
    power := "-" power | atom ["^" integer]; atom := "(" sum ")" | number [unit ["^" integer]] | unit
    """

    def __init__(self, text: str, registry: UnitRegistry[Any]) -> None:
        self._tokens: list[tuple[str, str]] = []
        self._at = 0
        self._depth = 0
        self._registry = registry
        end, stop = 0, len(text.rstrip())
        while end < stop:
            match = _TOKEN.match(text, end)
            if match is None:
                raise _MistakeError(f"{text[end : end + 20].strip()!r} means nothing here")
            end = match.end()
            word = match[match.lastgroup or 0].strip()
            self._tokens.append((match.lastgroup or "", _SAME.get(word, word)))

    def whole(self) -> Quantity:
        value = self._sum()
        if self._next()[1].lower() in _TO and self._next()[0] == "name":
            self._at += 1
            other = self._sum()
            if self._at == len(self._tokens):
                return value.to(other.units)
        elif value.units == self._registry.percent:
            value = value.to("")
        if self._at < len(self._tokens):
            raise _MistakeError(f"{self._next()[1]!r} is not expected")
        return value

    def _next(self) -> tuple[str, str]:
        return self._tokens[self._at] if self._at < len(self._tokens) else ("", "")

    def _taken(self, *signs: str) -> str:
        kind, word = self._next()
        if (kind == "sign" and word in signs) or (kind == "name" and word in signs):
            self._at += 1
            return word
        return ""

    def _sum(self) -> Quantity:
        value = self._term()
        while sign := self._taken("+", "-"):
            other = self._term()
            value = value + other if sign == "+" else value - other
        return value

    def _term(self) -> Quantity:
        value = self._power()
        while sign := self._taken("*", "/", "per"):
            other = self._power()
            value = value * other if sign == "*" else value / other
        return value

    def _power(self) -> Quantity:
        self._depth += 1
        if self._depth > MOST_DEPTH:
            raise _MistakeError("it is too deep")
        sign = self._taken("-", "+")
        value = self._power() if sign else self._atom()
        if not sign and self._taken("^"):
            value = value ** self._integer()
        self._depth -= 1
        return -value if sign == "-" else value

    def _integer(self) -> int:
        sign = -1 if self._taken("-") else 1
        kind, word = self._next()
        if kind != "number" or not word.isdigit() or int(word) > MOST_POWER:
            raise _MistakeError(f"a power is a whole number up to {MOST_POWER}")
        self._at += 1
        return sign * int(word)

    def _atom(self) -> Quantity:
        if not self._taken("("):
            return self._number_or_unit()
        value = self._sum()
        if not self._taken(")"):
            raise _MistakeError("a bracket is not closed")
        return value

    def _number_or_unit(self) -> Quantity:
        kind, word = self._next()
        self._at += 1
        if kind == "name":
            return self._registry.Quantity(Decimal(1), self._unit(word))
        if kind != "number":
            raise _MistakeError("it ends too soon" if not kind else f"{word!r} is not expected")
        number = Decimal(re.sub("[ ,\u202f]", "", word))
        kind, word = self._next()
        if kind == "name" and word != "per" and (word.lower() not in _TO or self._inch(word)):
            self._at += 1
            unit = self._unit(word)
            if self._taken("^"):
                unit = unit ** self._integer()
            return self._registry.Quantity(number, unit)
        return self._registry.Quantity(number)

    def _inch(self, word: str) -> bool:
        """Whether "in" is the unit: at the end, or before another "in"."""
        after = self._tokens[self._at + 1 : self._at + 2]
        return word == "in" and (not after or after[0][1] in (*_TO, *"+-*/^)"))

    def _unit(self, word: str) -> Any:  # noqa: ANN401 - a unit of pint
        if len(word) > 30:
            raise _MistakeError("a unit has a shorter name")
        try:
            return self._registry.Unit(_NAMED.get(word, _NAMED.get(word.lower(), word)))
        except AttributeError:  # UndefinedUnitError is one
            raise _MistakeError(f"{word!r} is no unit") from None


def _shown(value: Quantity) -> str:
    number = Decimal(value.magnitude)
    if not number.is_finite():
        raise _MistakeError("it has no value")
    short = Context(prec=SHOWN).plus(number)
    text = f"{short.normalize():f}" if -6 <= short.adjusted() < 16 else f"{short.normalize():E}"
    unit = f"{value.units:~P}" if not value.unitless else ""
    return f"{text} {unit}".strip()
