"""Where an answer begins and ends, for people: a reader marks a bracket that is closed elsewhere, a comma behind, both
days of a life where one was asked for, what something was before it became what it is.
"""

from __future__ import annotations

import re

from galactica.ask.form_words import words_of
from galactica.ask.lives import UNTIL
from galactica.ask.properties import properties
from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary

PAIRS = {"(": ")", "（": "）", "[": "]", "「": "」", "『": "』", "《": "》", "〈": "〉", "“": "”", "«": "»", "„": "“"}
"""What opens and what closes it."""

BESIDE = 24
"""Characters beside a stretch in which what closes or opens it is looked for."""

_BEFORE = re.compile(r"[\s,;:.،؛、，。；：)）\]」』》〉”»–—-]+")
"""What no answer begins with; a minus before a digit is none of these."""

_BEHIND = re.compile(r"[\s,;:،؛、，；：。(（\[「『《〈“«–—-]+\Z")
"""What none ends with. A full stop stays, for it may be part of an abbreviation."""

_STOP = re.compile(r"(?<=[^\W\d_]{5})\.\Z")
"""A full stop behind a word of five letters or more, which is hardly an abbreviation."""


def plain_ends(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without marks at its ends that belong to what stands beside it, and with the bracket or quotation mark
    that it lacks, where that stands near; as it was, where nothing else is left.

    Returns:
        (start, end) in code points of the text.
    """
    first, last = _stripped(text, start, end)
    for opening, closing in PAIRS.items():
        first, last = _paired(text, first, last, opening, closing)
    if text.count('"', first, last) % 2:
        first, last = _quoted(text, first, last)
    first, last = _stripped(text, first, last)
    return (first, last) if any(letter.isalnum() for letter in text[first:last]) else (start, end)


def _stripped(text: str, start: int, end: int) -> tuple[int, int]:
    behind = _BEHIND.search(text, start, end)
    end = behind.start() if behind else end
    stop = _STOP.search(text[start:end])
    end = start + stop.start() if stop else end
    before = _BEFORE.match(text, start, end)
    if before:
        negative = before[0].endswith("-") and text[before.end() : before.end() + 1].isdigit()
        start = before.end() - negative
    return start, max(start, end)


def _paired(text: str, start: int, end: int, opening: str, closing: str) -> tuple[int, int]:
    """With what is closed and was not opened, or opened and not closed: with its other half near by, else without."""
    opened, closed = _alone(text, start, end, opening, closing)
    if closed >= 0:
        near = text.rfind(opening, max(0, start - BESIDE), start)
        if near >= 0 and closed < end - 1:
            start = near
        else:
            start, end = (start, closed) if closed == end - 1 else (closed + 1, end)
    if opened >= 0 and opened >= start:
        near = text.find(closing, end, end + BESIDE)
        if near >= 0 and opened > start:
            end = near + 1
        else:
            start, end = (opened + 1, end) if opened == start else (start, opened)
    return start, end


def _alone(text: str, start: int, end: int, opening: str, closing: str) -> tuple[int, int]:
    """(place of the first that is opened and never closed, of the last that is closed and was not opened); −1: none."""
    waiting: list[int] = []
    closed = -1
    for at in range(start, end):
        if text[at] == closing and waiting:
            waiting.pop()
        elif text[at] == closing:
            closed = at
        elif text[at] == opening:
            waiting.append(at)
    return waiting[0] if waiting else -1, closed


def _quoted(text: str, start: int, end: int) -> tuple[int, int]:
    """With the straight quotation mark that it lacks, right beside it, or without the one at its end."""
    if text[start : start + 1] == '"' or text[end - 1 : end] == '"':
        if text[end : end + 1] == '"':
            return start, end + 1
        if text[start : start + 1] == '"':
            return start + 1, end
        return (start - 1, end) if text[start - 1 : start] == '"' else (start, end - 1)
    if start and text[start - 1] == '"':
        return start - 1, end
    return (start, end + 1) if text[end : end + 1] == '"' else (start, end)


def asked_end_of_life(question: ReadQuestion) -> str:
    """ "born" or "died", where a question asks for one of these days; "" where it asks for neither, or both."""
    plain, language = folded(fold_han(question.text)), primary(question.language)

    def named(way: str | frozenset[str]) -> bool:
        return way in plain if isinstance(way, str) else way <= question.known

    ends = [each for each in properties() if each.name in ("born", "died")]
    found = [each.name for each in ends if any(map(named, each.phrases.get(language, ())))]
    return found[0] if len(found) == 1 else ""


def one_end(text: str, start: int, end: int, name: str) -> tuple[int, int]:
    """Of "1882 – 1945" the first part for "born" and the second for "died"; anything else as it is."""
    parts = list(UNTIL.finditer(text, start, end))
    if name not in ("born", "died") or len(parts) != 1:
        return start, end
    border = parts[0]
    if not all(_YEAR.search(part) for part in (text[start : border.start()], text[border.end() : end])):
        return start, end
    return (start, border.start()) if name == "born" else (border.end(), end)


def what_it_became(text: str, start: int, end: int, language: str) -> tuple[int, int]:
    """Of "12 June to 19 June" behind "was moved from" the second; anything else as it is."""
    words = words_of(primary(language))
    before = folded(fold_han(text[max(0, start - BESIDE) : start])).rstrip()
    plain = folded(fold_han(text[start:end]))
    if words is None or len(plain) != end - start or not _ends_with(words.changed, before):
        return start, end
    parts = list(words.became.finditer(plain))
    if len(parts) != 1 or not all(map(_ALNUM.search, (plain[: parts[0].start()], plain[parts[0].end() :]))):
        return start, end
    return start + parts[0].end(), end


def _ends_with(pattern: re.Pattern[str], text: str) -> bool:
    return any(match.end() == len(text) for match in pattern.finditer(text))


_ALNUM = re.compile(r"[^\W_]")

_YEAR = re.compile(r"(?<!\d)\d{3,4}(?!\d)")
