"""Names of cells: who or what is named, one or several, without what is said of each behind it.

Rule: a cell is cut where it breaks lines and, where a property has several values, at commas and "and" that stand
outside of links ("Washington, D.C." is one). Where "and" is written without blanks it parts the last two names of a
list, and two countries, and no name that is a country's. What is left must look like a name: short, no sentence, no
mere number.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from galactica.claims.cell_words import as_read, cell_words
from galactica.claims.cells import LaidCell
from galactica.claims.remarks import bracket_spans
from galactica.codes.han import fold_han, unspaced
from galactica.languages import facts
from galactica.languages.territories import territory_called
from galactica.values.written import any_of

LONGEST_NAME = 90
"""Characters of a name; with more it is a sentence."""

MOST_WORDS = 12
"""Words of a name; "Ministry of Foreign Affairs and International Cooperation of the Republic" has ten."""

MOST_COMMON_WORDS = 7
"""Words of what is named without capitals: "unitary semi-presidential constitutional republic"."""

LONGEST_PARTICLE = 3
"""Letters of a small word that a name may begin with."""

MOST_NAMES = 40
"""Names of one cell."""

_SENTENCE = re.compile(r"\w{4,}[.!?]\s+\w|[。！？].|[:：=|→↑<>]|https?:|www\.")
_YEARS = re.compile(r"[(\[]?[12]\d{3}\s?[-–—/]|[12]\d{3}:|\d{1,2}/\d")
_PLACE = re.compile(r"\d{1,3}\s?°")
_EDGES = " \t\n,;·•、，；*†‡§#↵-–—.:"
_TITLE = re.compile(r"(?:Jr|Sr|II|III|IV|MD|PhD|Ph\.D|Inc|Ltd|LLC|Co)\b\.?")
_STRONG = ";；、·•"
_JOINED = re.compile("以及|[和与及]")
_WITHIN = (
    "(?<=[^、,;\\s])(?:以及|(?<![共温饱调柔缓总昭仁永义泰平参赠给普涉以])[和与及])(?=[^、,;\\s])"
    "(?!(?<=和)[平谐解会约服声尚歌国睦田县])"
)
"""Chinese "and" between two names, but inside of common words ("和平", "共和国", "参与")."""
_REMARK = re.compile(r"\s*[(（][^()（）]*[)）]\s*\Z")
_MARKS_OF_LISTS = re.compile("[、;；]")
LEAST_PARTED = 2
"""Characters of a name on either side of an "and" without blanks."""
_FOLD = re.compile(r"\s*\n\s*(?=[(（])")


def names_of_cell(
    text: str, cell: LaidCell, language: str, *, commas: str, proper: bool = True, codes: bool = False
) -> Iterator[tuple[int, int, list[str]]]:
    """(start, end, brackets behind it) of the names of a cell, in order; those that look like none among them.

    Args:
        language: of the article, whose "and" parts names.
        commas: "always" where a comma parts two names, "links" where only one between two links does, "never".
        proper: whether they are names of persons, places or bodies, between which "and" parts.
        codes: whether signs at their ends belong to them: "-8", "(+48)", ".pl".
    """
    edges = " \t\n,;·•、，；" if codes else _EDGES.replace(".", "")
    for start, end in _lines(text, cell):
        for low, high in _parts(text, start, end, cell, language, commas, proper):
            inside = []
            bare = text[low:high]
            for first, last in bracket_spans(text, low, high):
                inside.append(text[first + 1 : last - 1].strip())
                bare = bare[: first - low] + "\0" * (last - first) + bare[last - low :]
            head = bare.split("\0")[0]
            first = low + len(head) - len(head.lstrip(edges))
            last = low + len(head.rstrip(edges))
            rest = bare[len(head) :].replace("\0", "").strip(_EDGES)
            if rest:  # a name with brackets inside: "Foo (Bar) Baz"
                first, last, inside = low, high, []
            for low_mark, high_mark in cell.raised:
                last = low_mark if first < low_mark < last == high_mark else last
            if last > first:
                yield first, last, inside


def looks_like_a_name(text: str, *, proper: bool) -> bool:
    """Whether a text may be a name.

    Args:
        proper: whether it must begin with a capital, in scripts that have them.
    """
    text = text.strip()
    most = MOST_WORDS if proper else MOST_COMMON_WORDS
    if not 1 <= len(text) <= LONGEST_NAME or len(text.split()) > most or "\n" in text:
        return False
    letters = [letter for letter in text if letter.isalpha()]
    if not letters or (len(letters) == 1 and letters[0].isascii()):
        return False
    plain = as_read(text).strip(_EDGES)
    if plain in cell_words("empty") or _leads_on().match(plain) or _SENTENCE.search(text):
        return False
    if _YEARS.match(text) or "%" in text:
        return False
    if sum(map(str.isdigit, text)) > len(letters) or _PLACE.search(text):
        return False
    if not proper:
        return re.search(r"[)）]\s*\w", text) is None
    first = next(letter for letter in text if letter.isalpha())
    small = len(text.split()[0]) <= LONGEST_PARTICLE and any(map(str.isupper, text.split()[-1]))
    return first.isupper() or first.lower() == first.upper() or small  # "de Gaulle"


def _lines(text: str, cell: LaidCell) -> Iterator[tuple[int, int]]:
    """The lines of a cell; one that begins with a bracket belongs to the one before."""
    at = cell.start
    while at < cell.end:
        stop = text.find("\n", at, cell.end)
        stop = cell.end if stop < 0 else stop
        while stop < cell.end and text[stop + 1 : stop + 2] in ("(", "（"):
            following = text.find("\n", stop + 1, cell.end)
            stop = cell.end if following < 0 else following
        if stop > at:
            yield at, stop
        at = stop + 1


def _parts(
    text: str, start: int, end: int, cell: LaidCell, language: str, commas: str, proper: bool
) -> Iterator[tuple[int, int]]:
    """The parts of a line between joints that stand outside of links and brackets."""
    closed = [(link.start, link.end) for link in cell.links if link.start < end and start < link.end]
    closed += list(bracket_spans(text, start, end))
    at, count, listed = start, 0, False
    for match in _joints(language).finditer(_seen(text[start:end], language)):
        low, high = start + match.start(), start + match.end()
        if any(first < high and low < last for first, last in closed):
            continue
        mark = match[0].strip()
        between = any(last <= low and not text[last:low].strip(" )）") for _, last in closed) and any(
            first >= high and not text[high:first].strip(" (（") for first, _ in closed
        )
        if _JOINED.fullmatch(mark):
            if commas == "never" or not (between or _parts_two(text[at:end], low - at, high - at, language, listed)):
                continue  # "波斯尼亚和黑塞哥维那"
        elif mark[0] in ",，":
            if commas == "never" or (commas == "links" and not between):
                continue
            if _TITLE.match(text[high:end].lstrip()):
                continue
        elif mark[0] not in _STRONG and commas == "never":
            continue  # "South and Southeast Asia"
        elif mark[0] not in _STRONG and not between:
            whole_name = " " in text[at:low].strip() or unspaced(text[at:low])
            if not proper or commas != "always" or not whole_name:
                continue  # "rhythm and blues", "Ada and Ben Brook"
        if count >= MOST_NAMES:
            return
        count, listed = count + 1, listed or mark[0] in _STRONG
        yield at, low
        at = high
    yield at, end


def _parts_two(name: str, low: int, high: int, language: str, listed: bool) -> bool:
    """Whether an "and" without blanks, at `low` to `high`, parts two names: the last of a list, two countries, or two
    that end alike ("法语和德语"). What it stands in must be no country's name, and no more of the list may follow."""
    left, right = (_REMARK.sub("", side).strip() for side in (name[:low], name[high:]))
    if _joined_name(name, low, language) or _MARKS_OF_LISTS.search(right) or min(len(left), len(right)) < LEAST_PARTED:
        return False
    both = territory_called(left, language) and territory_called(right, language)
    return listed or left[-1] == right[-1] or bool(both)


def _joined_name(name: str, low: int, language: str) -> bool:
    """Whether the "and" at `low` is inside of one country's name: "特立尼达和多巴哥"."""
    if not _JOINED.match(_seen(name, language), low):
        return False
    ends = [match.start() for match in _joints(language).finditer(_seen(name, language)) if match.start() > low]
    return any(territory_called(name[:end].strip(), language) for end in (*ends, len(name)))


def has_joint(text: str, start: int, end: int, cell: LaidCell, language: str) -> bool:
    """Whether a name has a comma or "and" outside of links and brackets: it may be two."""
    closed = [*((link.start, link.end) for link in cell.links), *bracket_spans(text, start, end)]
    joints = (match.span() for match in _joints(language).finditer(_seen(text[start:end], language)))
    return any(
        not any(first < start + high and start + low < last for first, last in closed)
        and not _TITLE.match(text[start + high : end].lstrip())
        and not _joined_name(text[start:end], low, language)
        for low, high in joints
    )


def _seen(text: str, language: str) -> str:
    """A text as its joints are looked for: simplified where "and" is a Han character, as many code points long."""
    return fold_han(text) if _within(language) else text


@cache
def _leads_on() -> re.Pattern[str]:
    """Words that lead to another place: "see list", "参见"."""
    words = cell_words("see")
    apart = any_of(word for word in words if not unspaced(word))
    joined = any_of(word for word in words if unspaced(word))
    return re.compile(rf"(?:{apart})\s|(?:{joined})")


@cache
def _joints(language: str) -> re.Pattern[str]:
    """Marks between names, none of them inside a number, and "and" in a language."""
    words = facts(language).get("answers", {}).get("and", "").split(" | ")
    apart = any_of({word.strip().lower() for word in words if word.strip().isalpha() and not unspaced(word)} | {"&"})
    comma = r"(?:(?<!\d)[,，]|[,，](?!\d)|[;；、·•])"
    joined = rf"|{_WITHIN}" if _within(language) else ""
    return re.compile(rf"\s*{comma}\s*(?:(?:{apart})\s)?|\s(?:{apart})\s|\s/\s{joined}", re.IGNORECASE)


def _within(language: str) -> bool:
    """Whether a language writes "and" inside of what it joins, as Chinese does."""
    words = facts(language).get("answers", {}).get("and", "").split(" | ")
    return any(_JOINED.fullmatch(word.strip()) for word in words)
