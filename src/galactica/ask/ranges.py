"""An amount that is told as a range or a bound is told whole: "75 to 200 million" and not "75", "12–15 years" and not
"15 years", "more than 28 days" and not "28 days".

A reader marks one end of it, which is another answer. A stretch is widened to both ends where they stand right beside
each other, joined by a dash or by what joins a range in the language (`answers.range`), and the second is more than the
first, or both are words ("sechs bis neun"). What changes from one to the other is no range, nor are two years without a
unit, and two small numbers with a dash between, which may be a score. A word that makes a number a bound
(`numbers.least`, `numbers.most`) stands right before it, or behind it in scripts without spaces (以上).
"""

from __future__ import annotations

import re
from functools import lru_cache

from galactica.ask.form_words import FormWords
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded

BESIDE = 40
"""Characters on each side in which the other end is looked for."""

LEAST_SCORED = 10
"""From which number on a dash joins no score."""


def whole_range(text: str, start: int, end: int, words: FormWords) -> tuple[int, int]:
    """(start, end) of the range that `text[start:end]` is an end of; that itself where it is of none."""
    low, high = max(0, start - BESIDE), min(len(text), end + BESIDE)
    plain = folded(fold_han(text[low:high]))
    if len(plain) != high - low:
        return start, end
    for match in _pattern(words.ranging, words.number.pattern).finditer(plain):
        first, last = low + match.start("first"), low + match.end("last")
        if not (first <= start and start < last and first < end) or last <= start:
            continue
        before = plain[: match.start()].rstrip()
        opens = next((each for each in words.joining.between.finditer(before) if each.end() == len(before)), None)
        if (match["join"] in _EITHER and opens is None) or _became_the_other(before, words) or not _is_range(match):
            continue
        return min(start, first if opens is None else low + opens.start()), max(end, last)
    return start, end


def with_bound(text: str, start: int, end: int, words: FormWords) -> tuple[int, int]:
    """(start, end) of an amount with the words beside it that make it a bound: "more than 28 days", 5000人以上."""
    low, high = max(0, start - BESIDE), min(len(text), end + BESIDE)
    before, behind = folded(fold_han(text[low:start])), folded(fold_han(text[end:high]))
    stops = len(before.rstrip())
    if len(before) == start - low:
        opens = next((each for each in words.bounds.finditer(before) if each.end() == stops), None)
        start = start if opens is None else low + opens.start()
    closes = words.bounds.match(behind)
    return start, end if closes is None or not unspaced(closes[0]) else end + closes.end()


def _is_range(match: re.Match[str]) -> bool:
    if not (match["first"][:1].isdigit() or match["last"][:1].isdigit()):
        return match["join"] not in _DASHES
    if not (match["first"][:1].isdigit() and match["last"][:1].isdigit()):
        return False
    one, other = (float(re.sub(r"[,\s]", "", match[name])) for name in ("first", "last"))
    if match["unit"]:
        return one < other or match["unit"] != match["behind"]
    years = all(re.fullmatch(r"1\d{3}|20\d{2}", match[name]) for name in ("first", "last"))
    score = not match["behind"] and match["join"] in _DASHES and other < LEAST_SCORED
    return one < other and not years and not score


_EITHER = ("and", "und", "et", "y", "e", "dan", "na", "si", "va", "και", "和", "与")
"""What joins a range only behind a word for "between"."""

_DASHES = "–—-−~～"


def _became_the_other(before: str, words: FormWords) -> bool:
    """Whether what stands before two numbers says that one of them became the other: "rose from", "increased"; "ranges
    from" does not."""
    for match in words.changes.finditer(before):
        behind = before[match.end() :]
        varies = any(each.end() == match.end() for each in words.varies.finditer(before))
        if not varies and (not behind or _ONE_WORD.fullmatch(behind)):
            return True
    return False


_ONE_WORD = re.compile(r"\s\S+")


@lru_cache(maxsize=32)
def _pattern(joins: tuple[str, ...], spelled: str) -> re.Pattern[str]:
    spaced = "|".join(rf"(?<=\s){re.escape(word)}(?=\s)" for word in sorted(joins) if not unspaced(word))
    dense = "|".join(re.escape(word) for word in sorted(joins) if unspaced(word))
    words = "|".join(each for each in (spaced, dense) if each) or "(?!)"
    number = rf"(?:\d+(?:,\d{{3}})*(?:\.\d+)?|{spelled})"
    unit = r"[^\W\d_]{1,12}"
    return re.compile(
        rf"(?<![\w.,–-])(?P<first>{number})(?:\s?(?P<unit>{unit}|%|°[cf]?))?\s*(?P<join>{words}|[{_DASHES}])\s*"
        rf"(?P<last>{number})(?![\d.,]*\d)(?:\s?(?P<behind>{unit}|%|°[cf]?))?"
    )
