"""Numbers as a wiki writes them: 1234567.5 → "1.234.567,5" in German, "12,34,567.5" in Hindi, "১২,৩৪,৫৬৭.৫" in Bengali.

What each language does is data in `numerals.toml`. A number that is not plainly one comes back as it was given.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files

from galactica.languages import primary

MARKS = " ,.'’\u00a0\u2009\u202f"
"""What stands between thousands in one language or another."""

NUMBER = re.compile(
    rf"(?<![\w.,])\d{{1,3}}(?:[{MARKS}]\d{{3}})+(?:[.,]\d+)?(?![\d])"
    r"|(?<![\d.,])\d+(?:[.,]\d+)?|(?<![\d.,])\.\d+"
)
"""A number in a text as `written.as_looked_through` gives it, in the style of any language."""

MOST_WRITTEN = 100
"""Characters of a number with a power of ten; with more it is none."""

_GROUPS = re.compile(rf"\d{{1,3}}(?:([{MARKS}])\d{{3}})(?:\1\d{{3}})*(?:[.,]\d+)?")
_FRACTION = re.compile(r"([-−]?)(?:(\d{1,9})[+ ])?(\d{1,6})/{1,2}(\d{1,6})\Z")
_POWER = re.compile(r"(.+?)\s*(?:×|x)\s*10(?:<sup>|\^)([-−]?\d{1,2})(?:</sup>)?\Z")
_PLAIN = re.compile(r"(?<![\d.])-?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?(?!\.?\d)")
_WHOLE = re.compile(r"([-−+]?)(\d{1,60})(?:\.(\d{0,60}))?\Z")


@dataclass(frozen=True, slots=True)
class Style:
    """How numbers are written: the sign between groups, the one before decimals, and so on.

    Attributes:
        group: between thousands.
        decimal: before the fraction.
        least: digits of the whole part from which it is grouped.
        lakh: True where only the last group has three digits and the others two.
        digits: the ten digits, or "" for 0 to 9.
    """

    group: str = ","
    decimal: str = "."
    least: int = 4
    lakh: bool = False
    digits: str = ""


@lru_cache(maxsize=1)
def _styles() -> dict[str, Style]:
    data = tomllib.loads(files(__package__).joinpath("numerals.toml").read_text("utf-8"))
    five, lakh = data["five"]["languages"].split(), data["lakh"]["languages"].split()
    signs = {code: key.split() for key, codes in data["separators"].items() for code in codes.split()}
    digits = {code: key for key, codes in data["digits"].items() for code in codes.split()}
    out: dict[str, Style] = {}
    for code in {*signs, *digits, *five, *lakh}:
        group, decimal = signs.get(code, [",", "."])
        group = {"_": "\xa0", "~": "\u202f"}.get(group, group)
        out[code] = Style(group, decimal, 5 if code in five else 4, code in lakh, digits.get(code, ""))
    return out


@lru_cache(maxsize=512)
def style_of(language: str) -> Style:
    """The style of a language (BCP 47): its own, its parent's, or English."""
    styles = _styles()
    return styles.get(language.lower()) or styles.get(primary(language)) or Style()


def write_number(number: str, language: str) -> str:
    """A plain number ("-1234.5") as the language writes it; anything else as it was given."""
    match = _WHOLE.match(number.strip())
    if match is None:
        return number
    style = style_of(language)
    sign, whole, fraction = match.groups()
    if len(whole) >= style.least:
        whole = _grouped(whole, style)
    out = f"{sign}{whole}{style.decimal + fraction if fraction else ''}"
    return in_digits(out, language)


def _grouped(whole: str, style: Style) -> str:
    size, groups, rest = (2 if style.lakh else 3), [whole[-3:]], whole[:-3]
    while rest:
        groups.append(rest[-size:])
        rest = rest[:-size]
    return style.group.join(reversed(groups))


def in_digits(text: str, language: str) -> str:
    """The digits of `text` in the language's own."""
    digits = style_of(language).digits
    return text.translate({48 + value: sign for value, sign in enumerate(digits)}) if digits else text


def all_written(text: str, language: str) -> str:
    """Every plain number in `text` as the language writes it: what `{{formatnum:…}}` does."""
    return _PLAIN.sub(lambda match: write_number(match[0], language), text[:20_000]) + text[20_000:]


def without_style(text: str, language: str) -> str:
    """A written number without what its language put into it: `{{formatnum:…|R}}`."""
    style = style_of(language)
    if style.digits:
        text = text.translate({ord(sign): str(value) for value, sign in enumerate(style.digits)})
    if style.group.isspace():
        text = text.replace("&nbsp;", "").replace("\xa0", "").replace("\u202f", "")
    else:
        text = text.replace(style.group, "")
    return text.replace(style.decimal, ".") if style.decimal != "." else text


def read_number(text: str, language: str) -> float | None:
    """What a written number says, in the language's style or, failing that, in English; None where it is none."""
    text = text.strip().replace("−", "-").replace("&minus;", "-").replace("&nbsp;", "\xa0")
    if len(text) > 60:
        return None
    style = style_of(language)
    bare = without_style(text.replace(" ", "") if style.group.isspace() else text, language)
    if style.decimal == "," and re.fullmatch(r"-?\d+\.\d{1,2}|-?\d+\.\d{4,}|-?0\.\d+", text):
        bare = text  # an English decimal point: no group has such a length
    elif style.group != "," and re.fullmatch(r"-?\d{1,3}(,\d{3}){2,}(\.\d+)?", text):
        bare = text.replace(",", "")
    return float(bare) if re.fullmatch(r"[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,2})?", bare, re.IGNORECASE) else None


def read_value(text: str, language: str = "en") -> float | None:
    """What a number says that may be a fraction or have a power of ten ("2+1/2", "1.5×10^6"); None where it is none."""
    fraction = _FRACTION.match(text.strip())
    if fraction:
        sign, whole, above, below = fraction.groups()
        if not int(below):
            return None
        size = int(whole or 0) + int(above) / int(below)
        return -size if sign else size
    power = _POWER.match(text.strip()) if "10" in text and len(text) <= MOST_WRITTEN else None
    if power:
        value = read_number(power[1], language)
        return None if value is None else value * 10.0 ** int(power[2].replace("−", "-"))
    return read_number(text, language)


def read_in_any_style(written: str) -> float | None:
    """What a match of `NUMBER` says, in whatever language: 1,234.5 or 1.234,5 or 1 234; a single mark before three
    digits is between thousands. None where it has more digits than anybody counts."""
    grouped = _GROUPS.fullmatch(written)
    if grouped is not None:
        mark = grouped[1]
        whole, rest = written, ""
        for decimal in (".", ","):
            if decimal != mark and decimal in written:
                whole, _, rest = written.rpartition(decimal)
        digits = re.sub(r"\D", "", whole)
    else:
        digits, _, rest = written.replace(",", ".").partition(".")
        digits, rest = re.sub(r"\D", "", digits), re.sub(r"\D", "", rest)
    if len(digits) > 30 or len(rest) > 30:
        return None
    return float(f"{digits or 0}.{rest or 0}")


def decimal_places(written: str) -> int:
    """How many digits a match of `NUMBER` has behind its decimal mark; those behind marks between thousands, or what
    may be such marks, are not counted."""
    return 0 if _GROUPS.fullmatch(written) else len(re.split("[.,]", f"{written}.")[1])
