"""`#expr`: arithmetic as the ParserFunctions extension does it, without `eval`.

Precedence, high to low: unary and functions; ^; * / div mod fmod; + -; round; = < > <= >= <> !=; and; or. Anything
that is no expression, and any result that is no finite number, gives "". Bounds: `MAX_LENGTH` characters of input,
`MAX_DEPTH` brackets and signs. The calculator that people ask (`values/calculator.py`) reads another language.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable

MAX_LENGTH = 2000
"""Characters of an expression."""

MAX_DEPTH = 100
"""Brackets and operators inside each other: each takes two calls, of a thousand that Python allows."""

_TOKEN = re.compile(r"\s*(?:(\d+\.?\d*(?:e[+-]?\d+)?|\.\d+)|([a-z]+)|(<=|>=|<>|!=|[-+*/^()=<>−×÷]))", re.IGNORECASE)
_NUMBER = re.compile(r"\s*[-+−]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d{1,3})?\s*\Z", re.IGNORECASE)
_BINARY = {
    "or": 1, "and": 2, "=": 3, "<": 3, ">": 3, "<=": 3, ">=": 3, "<>": 3, "!=": 3, "round": 4, "+": 5, "-": 5,
    "*": 6, "/": 6, "div": 6, "mod": 6, "fmod": 6, "^": 7, "e": 8,
}  # fmt: skip
_UNARY_STRENGTH = 9
_FUNCTIONS: dict[str, Callable[[float], float]] = {
    "not": lambda x: float(not x), "abs": abs, "trunc": math.trunc, "floor": math.floor, "ceil": math.ceil,
    "sqrt": math.sqrt, "sin": math.sin, "cos": math.cos, "tan": math.tan, "asin": math.asin, "acos": math.acos,
    "atan": math.atan, "exp": math.exp, "ln": math.log,
}  # fmt: skip
_SAME = {"−": "-", "×": "*", "÷": "/"}


def plain_number(text: str) -> float | None:
    """`text` as a number where it is nothing but one."""
    return float(text.strip().replace("−", "-")) if len(text) < 60 and _NUMBER.match(text) else None


def evaluate(text: str) -> str:
    """The value of an expression as MediaWiki writes it ("3", "0.5"), or "" where it has none."""
    if not text.strip() or len(text) > MAX_LENGTH:
        return ""
    try:
        value = _Reader(text).whole()
    except (ValueError, ArithmeticError, IndexError, RecursionError):
        return ""
    return written_number(value)


def written_number(value: float) -> str:
    """A number without a useless fraction; "" where it is not finite."""
    if not math.isfinite(value):
        return ""
    if value == int(value) and abs(value) < 1e15:
        return str(int(value))
    return f"{value:.12g}"


class _Reader:
    """Precedence climbing over the tokens."""

    def __init__(self, text: str) -> None:
        self.tokens: list[str | float] = []
        position, text = 0, text.rstrip()
        while position < len(text):
            match = _TOKEN.match(text, position)
            if match is None:
                raise ValueError(position)
            number, word, sign = match.groups()
            self.tokens.append(float(number) if number else (word or _SAME.get(sign, sign)).lower())
            position = match.end()
        self.at = 0
        self.depth = 0

    def whole(self) -> float:
        value = self.climb(0)
        if self.at != len(self.tokens):
            raise ValueError(self.at)
        return value

    def next(self) -> str | float:
        self.at += 1
        return self.tokens[self.at - 1]

    def climb(self, strength: int) -> float:
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise ValueError("too deep")
        left = self.operand()
        while self.at < len(self.tokens):
            sign = self.tokens[self.at]
            level = _BINARY.get(sign, -1) if isinstance(sign, str) else -1
            if level <= strength:
                break
            self.at += 1
            left = _apply(str(sign), left, self.climb(level))
        self.depth -= 1
        return left

    def operand(self) -> float:
        word = self.next()
        if isinstance(word, float):
            return word
        if word == "(":
            value = self.climb(0)
            if self.next() != ")":
                raise ValueError("parenthesis")
            return value
        if word in ("-", "+"):
            value = self.climb(_UNARY_STRENGTH)
            return -value if word == "-" else value
        if word == "pi":
            return math.pi
        if word == "e":
            return math.e
        return float(_FUNCTIONS[word](self.climb(_UNARY_STRENGTH))) if word in _FUNCTIONS else _no(word)


def _no(word: str) -> float:
    raise ValueError(word)


def _apply(sign: str, left: float, right: float) -> float:
    if sign == "^" or sign == "e":
        value = left**right if sign == "^" else left * 10.0**right
        return value if isinstance(value, float) else _no(sign)
    if sign == "round":
        places = max(-30, min(30, int(right)))
        scale = 10.0**places
        return math.copysign(math.floor(abs(left) * scale + 0.5) / scale, left)
    if sign in ("and", "or"):
        return float(bool(left and right) if sign == "and" else bool(left or right))
    if sign == "mod":
        return math.fmod(math.trunc(left), math.trunc(right))
    if sign == "fmod":
        return math.fmod(left, right)
    if sign in ("/", "div"):
        return left / right
    if sign in ("+", "-", "*"):
        return left + right if sign == "+" else left - right if sign == "-" else left * right
    less, same = left < right, math.isclose(left, right, rel_tol=1e-12, abs_tol=0.0)
    return float(
        {"=": same, "<": less, ">": not less and not same, "<=": less or same, ">=": not less or same}.get(
            sign, not same
        )
    )
