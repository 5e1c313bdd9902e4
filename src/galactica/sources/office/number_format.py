"""Numbers of a spreadsheet as its cells show them: the codes of number formats (ECMA-376-1 §18.8.31).

A code has up to four sections: for positive numbers, negative ones, zero and text, or with conditions of their own. The
dates that Excel shows in the order of the reader's country are shown as ISO 8601. Names of months are English.
"""

from __future__ import annotations

import operator
import re
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation
from fractions import Fraction
from functools import lru_cache

from galactica.sources.office.date_format import as_date, is_date

BUILT_IN = {
    **{0: "General", 1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 11: "0.00E+00"},
    **{12: "# ?/?", 13: "# ??/??", 14: "yyyy-mm-dd", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy"},
    **{18: "h:mm AM/PM", 19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "yyyy-mm-dd h:mm"},
    **{37: "#,##0;(#,##0)", 38: "#,##0;(#,##0)", 39: "#,##0.00;(#,##0.00)", 40: "#,##0.00;(#,##0.00)"},
    **{41: "#,##0;(#,##0);-;@", 42: "$#,##0;($#,##0);-;@", 43: "#,##0.00;(#,##0.00);-;@"},
    **{44: "$#,##0.00;($#,##0.00);-;@", 45: "mm:ss", 46: "[h]:mm:ss", 47: "mm:ss.0", 48: "##0.0E+0", 49: "@"},
    **dict.fromkeys((*range(27, 32), 36, *range(50, 55), 57, 58), "yyyy-mm-dd"),
    **dict.fromkeys((32, 33, 34, 35, 55, 56), "h:mm:ss"),
}
"""The codes that files name by number alone. 14 and 22, and those of East Asia (27 to 36, 50 to 58), depend on the
country."""

MAX_CODE = 500
"""Characters of a code; Excel allows 255."""

WHOLE = 2**53
"""Whole numbers below this are exact in a file; all their digits are shown, as of numbers of cards and accounts."""

_PIECE = re.compile(
    r'"(?P<quoted>[^"]*)"?|\\(?P<escaped>.)|_.|\*.|\[(?P<bracket>[^\]]*)\]|(?P<general>General)'
    r"|(?P<exponent>E[+-])|(?P<half>AM/PM|A/P)|(?P<date>[ymdhsYMDHSeEbBgG]+)|(?P<digit>[0#?])|(?P<sign>[.,%/@])"
    r"|(?P<other>.)",
    re.DOTALL | re.IGNORECASE,
)
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?[0-9]+(?:\.[0-9]+)?)")
_COMPARED = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
_CURRENCY = re.compile(r"\$([^-\]]*)(?:-.*)?", re.DOTALL)
_ELAPSED = re.compile(r"h{1,4}|m{1,4}|s{1,4}", re.IGNORECASE)

Token = tuple[str, str]
"""(kind, text): "text" as it stands; "digit", "sign", "exponent", "date", "half", "elapsed", "general"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FormatSection:
    """One section of a code; `condition` is (sign, number) or None; `dated` that it shows a date or a time."""

    tokens: tuple[Token, ...]
    condition: tuple[str, Decimal] | None
    dated: bool


@lru_cache(maxsize=4_096)
def sections(code: str) -> tuple[FormatSection, ...]:
    """The sections of a code."""
    found: list[FormatSection] = []
    tokens: list[Token] = []
    condition: tuple[str, Decimal] | None = None
    for match in _PIECE.finditer(code[:MAX_CODE]):
        kind, text = match.lastgroup, match[match.lastgroup] if match.lastgroup else ""
        match kind:
            case "other" if text == ";":
                found.append(_section(tokens, condition))
                tokens, condition = [], None
            case "quoted" | "escaped" | "other":
                tokens.append(("text", text))
            case "bracket":
                if stated := _CONDITION.fullmatch(text.strip()):
                    condition = stated[1], Decimal(stated[2])
                elif _ELAPSED.fullmatch(text):
                    tokens.append(("elapsed", text.lower()))
                elif currency := _CURRENCY.fullmatch(text):
                    tokens.append(("text", currency[1]))
            case None:
                pass  # room for a sign that is not shown, and what fills a cell
            case _:
                tokens.append((kind, text))
    found.append(_section(tokens, condition))
    return tuple(found[:4])


def _section(tokens: list[Token], condition: tuple[str, Decimal] | None) -> FormatSection:
    return FormatSection(tokens=tuple(tokens), condition=condition, dated=is_date(tuple(tokens)))


def number_shown(value: float, code: str, *, since_1904: bool = False) -> str:
    """A number as a cell with this code shows it.

    Args:
        since_1904: whether days are counted from 1904 on, as on old Macintosh computers.
    """
    if value != value or value in (float("inf"), float("-inf")):
        return str(value)
    if code == "General":
        return general(value)
    every = sections(code)
    number = Decimal(f"{value:.15g}")
    section, plain_sign = _chosen(every, number)
    tokens = section.tokens
    if not tokens:
        return "" if len(every) > 1 else general(value)
    if section.dated:
        dated = as_date(value, tokens, since_1904=since_1904)
        return general(value) if dated is None else dated
    kinds = {kind for kind, _ in tokens}
    if "general" in kinds:
        body = "".join(general(abs(value)) if kind == "general" else text for kind, text in tokens if kind != "digit")
    elif not kinds & {"digit"}:
        if kinds & {"sign"} and ("sign", "@") in tokens:
            return general(value)
        body = "".join(text for kind, text in tokens if kind == "text")
        return body.strip()
    else:
        body = _number(abs(number), tokens)
    minus = "-" if plain_sign and number < 0 and re.search("[1-9]", body) else ""
    return (minus + body).strip()


def text_shown(text: str, code: str) -> str:
    """A text as a cell with this code shows it."""
    every = sections(code)
    section = every[3] if len(every) == 4 else every[0] if len(every) == 1 else None
    if section is None or ("sign", "@") not in section.tokens:
        return text
    return "".join(
        text if token == ("sign", "@") else token[1] for token in section.tokens if token[0] in ("sign", "text")
    )


def _chosen(every: tuple[FormatSection, ...], number: Decimal) -> tuple[FormatSection, bool]:
    """The section for a number, and whether a negative one gets its sign besides."""
    numeric = every[:3]
    if any(section.condition for section in numeric):
        for place, section in enumerate(numeric):
            if section.condition is None:
                if place == 1 and len(numeric) == 3 and number >= 0:
                    continue
                return section, True
            sign, other = section.condition
            if _COMPARED[sign](number, other):
                return section, number < 0 and section.condition[0] not in ("<", "<=")
        return numeric[-1], True
    if len(numeric) == 1 or number > 0:
        return numeric[0], True
    if number < 0:
        return numeric[1], _shown_by(numeric[1]) == _shown_by(numeric[0])
    return (numeric[2] if len(numeric) == 3 else numeric[0]), True


def _shown_by(section: FormatSection) -> str:
    """What a section puts around a number: where that of negative ones puts the same, their colour alone tells them."""
    return "".join(text for kind, text in section.tokens if kind == "text").strip()


def general(value: float) -> str:
    """A number where no format is said: whole ones in full, others with some ten digits, without the noise of binary
    fractions."""
    if value == int(value) and abs(value) < WHOLE:
        return str(int(value))
    size = abs(value)
    if size >= 1e15 or size < 1e-9:
        mantissa, _, exponent = f"{value:.5E}".partition("E")
        mantissa = mantissa.rstrip("0").rstrip(".") if "." in mantissa else mantissa
        return f"{mantissa}E{exponent}"
    decimals = max(1, 10 - len(str(int(size))))
    rounded = f"{value:.{decimals}f}" if size >= 1e-4 else f"{value:.15f}"
    return rounded.rstrip("0").rstrip(".")


def _number(number: Decimal, tokens: tuple[Token, ...]) -> str:
    try:
        if ("sign", "/") in tokens and any(kind == "digit" for kind, _ in tokens[: tokens.index(("sign", "/"))]):
            return _fraction(number, tokens)
        if any(kind == "exponent" for kind, _ in tokens):
            return _scientific(number, tokens)
        return _decimal(number, tokens)
    except (InvalidOperation, OverflowError, ValueError):
        return general(float(number))


def _decimal(number: Decimal, tokens: tuple[Token, ...]) -> str:
    digits = [place for place, (kind, _) in enumerate(tokens) if kind == "digit"]
    first, last = digits[0], digits[-1]
    point = next((place for place, token in enumerate(tokens) if token == ("sign", ".")), len(tokens))
    whole = [place for place in digits if place < point]
    thousands = any(tokens[place] == ("sign", ",") and first < place < min(last, point) for place in range(len(tokens)))
    scale = _commas(tokens, last) + (_commas(tokens, whole[-1]) if whole and whole[-1] != last else 0)
    percents = tokens.count(("sign", "%"))
    number = number.scaleb(2 * percents - 3 * scale)
    wanted = sum(1 for place in digits if place > point)
    rounded = number.quantize(Decimal(1).scaleb(-wanted), rounding=ROUND_HALF_UP) if number.adjusted() < 27 else number
    left, _, right = f"{rounded:f}".partition(".")
    integer = _integer(left.lstrip("0"), [tokens[place][1] for place in whole], thousands)
    pieces: list[str] = []
    at, used = 0, 0
    least = max((n for n, place in enumerate([p for p in digits if p > point]) if tokens[place][1] != "#"), default=-1)
    right = right.ljust(wanted, "0")
    kept = max(least + 1, len(right.rstrip("0")))
    for place, (kind, text) in enumerate(tokens):
        if kind == "text":
            pieces.append(text)
        elif kind == "digit" and place < point:
            pieces.append(integer[at])
            at += 1
        elif kind == "digit":
            pieces.append(right[used] if used < kept else "")
            used += 1
        elif text == ".":
            pieces.append((integer[0] if not whole and integer else "") + ".")
        elif text == "%":
            pieces.append("%")
    if not whole and point == len(tokens):
        return left
    return "".join(pieces)


def _commas(tokens: tuple[Token, ...], place: int) -> int:
    """How many commas follow a digit: each shows the number in thousands."""
    found = 0
    for token in tokens[place + 1 :]:
        if token != ("sign", ","):
            break
        found += 1
    return found


def _integer(digits: str, places: list[str], thousands: bool) -> list[str]:
    """The digits before the point, for each place what stands there; the first place takes what has no place."""
    if not places:
        return [digits] if digits else []
    found: list[str] = []
    rest = digits
    count = 0
    for number, place in enumerate(reversed(places)):
        taken = rest if number == len(places) - 1 else rest[-1:]
        rest = rest[: len(rest) - len(taken)]
        taken = taken or {"0": "0", "?": " "}.get(place, "")
        grouped = ""
        for digit in reversed(taken):
            if thousands and count and count % 3 == 0 and digit.isdigit():
                grouped = "," + grouped
            grouped = digit + grouped
            count += 1
        found.append(grouped)
    return found[::-1]


def _scientific(number: Decimal, tokens: tuple[Token, ...]) -> str:
    border = next(place for place, (kind, _) in enumerate(tokens) if kind == "exponent")
    mantissa, exponent = tokens[:border], tokens[border + 1 :]
    point = next((place for place, token in enumerate(mantissa) if token == ("sign", ".")), len(mantissa))
    step = max(1, sum(1 for kind, _ in mantissa[:point] if kind == "digit"))
    power = number.adjusted() if number else 0
    power -= power % step
    width = sum(1 for kind, text in exponent if kind == "digit" and text == "0")
    wanted = sum(1 for kind, _ in mantissa[point:] if kind == "digit")
    if number and abs(number.scaleb(-power).quantize(Decimal(1).scaleb(-wanted), ROUND_HALF_UP)) >= 10**step:
        power += step
    sign = "-" if power < 0 else "+" if tokens[border][1].endswith("+") else ""
    rest = "".join(text for kind, text in exponent if kind == "text")
    return f"{_decimal(number.scaleb(-power), mantissa)}E{sign}{abs(power):0{max(1, width)}d}{rest}"


def _fraction(number: Decimal, tokens: tuple[Token, ...]) -> str:
    border = tokens.index(("sign", "/"))
    below = "".join(text for kind, text in tokens[border + 1 :] if kind in ("digit", "text")).strip()
    fixed = re.match(r"[1-9][0-9]*", below)
    above = [place for place in range(border) if tokens[place][0] == "digit"]
    mixed = any(kind == "text" and not text.strip() for kind, text in tokens[above[0] : border])
    whole = int(number) if mixed else 0
    rest = Fraction(number) - whole
    if fixed:
        part = Fraction(int(rest * int(fixed[0]) + Fraction(1, 2)), 1), int(fixed[0])
        top, bottom = int(part[0]), part[1]
    else:
        places = sum(1 for kind, _ in tokens[border + 1 :] if kind == "digit")
        near = rest.limit_denominator(10 ** min(max(places, 1), 6) - 1)
        top, bottom = near.numerator, near.denominator
    if mixed and top == bottom:
        whole, top = whole + 1, 0
    if not top:
        return str(whole)
    return f"{whole} {top}/{bottom}" if whole else f"{top}/{bottom}"
