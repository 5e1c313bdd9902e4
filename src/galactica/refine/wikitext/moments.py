"""Ways of doing for dates: one, two or three arguments in whatever order a wiki has, spans, lives, ages.

The year is known by its three or four digits, so that day, month and year are told apart in either order; a month may
be a number or a name. What is left over stands behind the date as it was given, and what is no date at all is shown as
it was given. A clock is never asked: an age "today" is not written.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from galactica.languages import primary
from galactica.refine.wikitext.dates import figures, parsed
from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage
from galactica.values.date_words import in_words
from galactica.values.dates import Date
from galactica.values.days import day_of, possible, years_between
from galactica.values.months import month_named

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

_FLAGS = frozenset(
    ("si", "sí", "sim", "s", "yes", "y", "1", "true", "no", "não", "n", "0", "да", "ja", "oui", "age", "edad", "idade")
)
"""Last arguments that ask for the age of today or for a link."""

_ORDERS = frozenset(("dmy", "mdy", "ymd", "iso"))
"""Last arguments that say in which order the date is written."""

_YES = frozenset(("y", "yes", "true", "1", "on"))
_YEAR = re.compile(r"\s*(\d{3,4})\s*(?:年|년|г\.?)?\s*\Z")
_TIME = re.compile(r"\d{1,2}\Z")


@dataclass(frozen=True, slots=True)
class _Read:
    """A date that was read: the date, and how many arguments it took."""

    when: Date
    used: int


def _month(text: str, language: str) -> int:
    number = figures(text)
    return number if 1 <= number <= 12 else month_named(text, language) if not number else 0


def _day(text: str) -> int:
    number = figures(text)
    return number if 1 <= number <= 31 else 0


def _year(text: str) -> int:
    match = _YEAR.match(text)
    return int(match[1]) if match else 0


def read_moment(values: list[str], language: str, order: str = "") -> _Read | None:
    """The date at the front of the arguments; None where none stands there.

    Args:
        order: "mdy" where a number first is the month; day before month otherwise.
    """
    first, second, third = [*values, "", "", ""][:3]
    if _year(first):
        return _year_first(_year(first), second, third, len(values), language)
    if not first.strip() or (not second.strip() and not third.strip()):
        when = parsed(first)
        return _Read(when, 1) if when and possible(when) else None
    if _year(third):
        months = [_month(second, language), _month(first, language)]
        days = [_day(first), _day(second)]
        swap = order == "mdy" or not months[0] or not days[0]
        month, day = (months[1], days[1]) if swap and months[1] and days[1] else (months[0], days[0])
        when = Date(year=_year(third), month=month, day=day)
        return _Read(when, 3) if month and day and possible(when) else None
    if _year(second) and _month(first, language):
        return _Read(Date(year=_year(second), month=_month(first, language)), 2)
    when = parsed(first)
    return _Read(when, 1) if when and possible(when) else None


def _year_first(year: int, second: str, third: str, count: int, language: str) -> _Read:
    month = _month(second, language)
    if not month:
        blank = not second.strip()
        used = 3 if blank and not third.strip() and count > 2 else 2 if blank and count > 1 else 1
        return _Read(Date(year=year), used)
    day = _day(third)
    when = Date(year=year, month=month, day=day)
    if day and not possible(when):
        return _Read(Date(year=year, month=month), 2)
    return _Read(when, 3 if day or (not third.strip() and count > 2) else 2)


def _words(page: WikiPage, given: Given, when: Date) -> str:
    order = given.get("format", "").lower()
    first = given.get("df", "").lower() in _YES or given.get("mf", "").lower() in ("n", "no") or order == "dmy"
    return in_words(when, page.language, day_first=first)


def date(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """One or more dates in words; a place or a time behind a date stands in brackets."""
    values = [given.get(str(number), "").strip() for number in range(1, 1 + sum(key.isdecimal() for key in given))]
    if not any(values):
        return next((v for k, v in given.items() if v and k not in ("df", "mf", "_name")), "")
    while len(values) > 1 and values[-1].lower() in ("", *_ORDERS):
        given = given | {"format": values[-1] or given.get("format", "")}
        values = values[:-1]
    out: list[str] = []
    rest = values
    while rest:
        found = read_moment(rest, page.language, rule.label)
        if found is not None and (not out or found.when.year > 99):
            out.append(_words(page, given, found.when))
            rest = rest[found.used :]
            continue
        if out and len(rest) > 1 and all(_TIME.match(one) for one in rest[:2]):
            times = [one for one in rest[:3] if _TIME.match(one)]
            out[-1] += " " + ":".join(one.zfill(2) for one in times)
            rest = rest[len(times) :]
            continue
        day = _day_alone(rest, page.language) if not out else None
        if day is not None:
            out.append(in_words(day, page.language))
            rest = rest[2:]
            continue
        word = rest[0]
        rest = rest[1:]
        if not word or (out and word.lower() in _FLAGS):
            continue
        if out:
            out[-1] += f" ({word})"
        else:
            out.append(" ".join(one for one in (word, *rest) if one))
            rest = []
    joined = ", ".join(out) if any("(" in one for one in out) else " – ".join(out)
    other = [given[name] for name in ("location", "ref", "note") if given.get(name)]
    return joined + "".join(f" ({one})" if not one.startswith("\ufdd0") else one for one in other)


def _day_alone(values: list[str], language: str) -> Date | None:
    if len(values) < 2 or len([value for value in values if value]) > 2:
        return None
    first, second = values[0], values[1]
    if _day(first) and month_named(second, language):
        return Date(month=month_named(second, language), day=_day(first))
    if month_named(first, language) and _day(second):
        return Date(month=month_named(first, language), day=_day(second))
    return None


def _two(values: list[str], language: str) -> tuple[Date, Date] | None:
    """The earlier and the later of two dates: a death is never before a birth, whatever order the wiki has."""
    one = read_moment(values, language)
    two = read_moment(values[one.used :], language) if one is not None else None
    if one is None or two is None:
        return None
    earlier, later = sorted((one.when, two.when), key=lambda when: (when.year, when.month, when.day))
    return earlier, later


def _used(values: list[str], language: str) -> int:
    """How many arguments the two dates at the front took."""
    one = read_moment(values, language)
    two = read_moment(values[one.used :], language) if one is not None else None
    return one.used + two.used if one is not None and two is not None else 0


def death(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Dates of death and birth, in either order → the later one and the age between the two."""
    values = positional(given)
    both = _two(values, page.language)
    if both is None:
        return date(page, given, rule)
    born, died = both
    aged = _age(born, died, page.language)
    shown = _words(page, given, died)
    for word in values[_used(values, page.language) :]:
        if word and not word.isdecimal() and word.lower() not in _FLAGS:
            shown += f" ({word})"
    if rule.label == "age":
        return aged or shown
    return (
        f"{shown}（{aged}）" if aged and page.language[:2] in ("ja", "zh") else f"{shown} ({aged})" if aged else shown
    )


def _whole_years(first: Date, second: Date) -> int | None:
    """Whole years from one day to another; None where there are none or they are no life."""
    one, two = day_of(first), day_of(second)
    years = years_between(one, two) if one and two else -1
    return years if 0 <= years < 1000 else None


def _age(born: Date, died: Date, language: str) -> str:
    years = _whole_years(born, died)
    if years is not None:
        text = str(years)
    elif born.year and died.year > born.year and not (born.month and died.month):
        text = f"{died.year - born.year - 1}–{died.year - born.year}"
    else:
        return ""
    pattern = _AGED.get(primary(language), "{}")
    return pattern.format(text)


_AGED = {
    "en": "aged\xa0{}", "simple": "aged\xa0{}", "ja": "{}歳没", "vi": "{}\xa0tuổi", "zh": "{}歲", "ko": "{}세",
    "de": "{} Jahre", "fr": "à {}\xa0ans", "es": "{}\xa0años", "pt": "{}\xa0anos", "it": "{}\xa0anni",
    "ca": "{}\xa0anys",
    "ru": "{}\xa0лет", "uk": "{}\xa0років", "bg": "на {}\xa0г.", "pl": "{}\xa0lat", "nl": "{}\xa0jaar",
    "sv": "{}\xa0år",
    "tr": "{}\xa0yaşında", "id": "umur\xa0{}",
}  # fmt: skip


def life(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """zh `{{bd|1950年|3月24日|2000年|2月1日}}` → "（1950年3月24日－2000年2月1日）"."""
    words = [*positional(given), "", "", "", ""][:4]
    born, died = (one if one != "??" else "?" for one in (words[0] + words[1], words[2] + words[3]))
    return f"（{born}－{died}）" if born or died else ""


def age(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Whole years between two stated dates; nothing but the count where the second is "today"."""
    both = _two(positional(given), page.language)
    first, second = (day_of(both[0]), day_of(both[1])) if both else (None, None)
    if both is None or first is None or second is None or _whole_years(*both) is None:
        page.drop(given.get("_name", "age"))
        return ""
    return str((second - first).days if rule.label == "days" else years_between(first, second))


def as_of(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{as of|2019|7|4}}` → "As of 4 July 2019"; `alt` is shown instead; `since`, `lc`, `bare`, `pre`, `post`."""
    post, alt = given.get("post", ""), given.get("alt", "")
    if alt:
        return alt + post
    values = positional(given)
    found = read_moment(values, page.language)
    rest = values[found.used :] if found else values
    american = given.get("df", "").upper() == "US"
    text = in_words(found.when, page.language, day_first=not american) if found else ""
    text = " ".join(part for part in (given.get("pre", ""), text, *rest) if part)
    if given.get("bare", "").lower() in _YES:
        return text + post
    phrase = "Since" if given.get("since", "").lower() in _YES else rule.label
    if given.get("lc", "").lower() in _YES:
        phrase = phrase[:1].lower() + phrase[1:]
    return f"{phrase} {text}{post}" if text else phrase + post


def old_style(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{OldStyleDate|7 May|1840|25 April}}` → "7 May [O.S. 25 April] 1840"."""
    words = [*positional(given), "", "", ""][:3]
    day, year, old = words
    return " ".join(part for part in (day, f"[O.S. {old}]" if old else "", year) if part)


def marriage(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{marriage|Ann|1950|1960|end=div}}` → "Ann (m. 1950; div. 1960)"."""
    words = [*positional(given), "", "", ""]
    name, began, ended, rest = words[0], words[1], words[2], [word for word in words[3:] if word]
    reason = given.get("end") or given.get("reason") or (rest.pop(0) if rest else "")
    short = {"d": "died", "death": "died", "died": "died", "div": "div.", "divorce": "div.", "divorced": "div."}
    reason = short.get(reason.strip(". ").lower(), reason)
    inner = f"m. {began}" if began else "m."
    if ended:
        inner += f"; {reason} {ended}" if reason else f"–{ended}"
    elif reason:
        inner += f"; {reason}"
    tail = "".join(f" {word}" for word in rest)
    return f"{name} ({inner}){tail}" if began or ended or reason else name + tail
