"""An amount is told with what is counted, and with how often: "412 élèves" or "412 élèves et 14 enseignants", and never
"412 élèves et 14"; "500 mg toutes les 6 heures" and not "500 mg".

A reader marks pieces, and may stop behind a number whose noun comes next. Of two counts that are joined the one is told
whose noun the question has, and both where it has neither. Two units of one amount ("5 heures et 30 minutes") are told
together. What joins stands in the languages' files (`answers.and`), and so do the units (`answers.parts`) and what says
how often (`answers.every`); nothing is asked of a language that says nothing of them.
"""

from __future__ import annotations

import re
from functools import lru_cache

from galactica.ask.form_words import FormWords
from galactica.ask.kinds import common_words
from galactica.ask.named import keys_of
from galactica.ask.widening import sentence_around
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.values.units import by_word, measured_by

MOST_WORDS = 3
"""Words of what is counted: "enseignants titulaires"."""

BEHIND = 60
"""Characters behind an amount in which it says how often."""


def whole_amount(text: str, start: int, end: int, words: FormWords, question: str, language: str) -> tuple[int, int]:
    """(start, end) of an amount whose last number has its noun; `text[start:end]` itself where nothing was cut.

    Args:
        question: which of two counts is meant is told by its words.
    """
    low, high = sentence_around(text, start, end)
    plain = folded(fold_han(text[low:high]))
    if len(plain) != high - low or not any(map(str.isdigit, plain)):
        return start, end
    first, last = _with_its_number(plain, start - low, end - low, words)
    cut = _last_number(words).search(plain, first, last)
    noun = None if cut is None else _noun(plain, last, words, language)
    if first < start - low:  # its number was cut off, and that of the second one is there
        cut, noun = _second(words).search(plain, start - low, last), last
    if cut is None or noun is None or _is_year(cut) or not _counts(plain[first : cut.start()], words):
        first, last = _compound(plain, first, last, words)
        return low + first, low + last
    if _one_amount(plain[first : cut.start()], plain[cut.end() : noun], words):
        return low + first, low + noun
    asked = _keys(question, language)
    before = not asked.isdisjoint(_keys(text[low + first : low + cut.start()], language))
    behind = not asked.isdisjoint(_keys(text[low + cut.end() : low + noun], language))
    if before:
        return low + first, low + (noun if behind else cut.start())
    return low + (cut.start("number") if behind else first), low + noun


def _keys(text: str, language: str) -> set[str]:
    """What words are compared by, without what an apostrophe joins to them ("d'élèves")."""
    return keys_of(_APOSTROPHE.sub(" ", text), language)


_APOSTROPHE = re.compile("['’ʼ]")


def how_often(text: str, start: int, end: int, words: FormWords) -> int:
    """Where an amount ends with what says how often: "toutes les 6 heures", "twice a day"; `end` where nothing does."""
    if not any(map(str.isdigit, text[start:end])) and not words.number.search(folded(fold_han(text[start:end]))):
        return end
    rest = text[end : end + BEHIND]
    plain = folded(fold_han(rest))
    dense = unspaced(text[end - 1 : end]) or unspaced(plain[:1])
    gap = re.match(r"\s*" if dense else r"\s+", plain)
    match = words.every.match(plain, gap.end()) if gap is not None and len(plain) == len(rest) else None
    return end if match is None else end + match.end()


def _with_its_number(plain: str, start: int, end: int, words: FormWords) -> tuple[int, int]:
    """A stretch that begins with what is counted, with the number before it, where another count follows in it."""
    if not plain[start : start + 1].isalpha() or _second(words).search(plain, start, end) is None:
        return start, end
    before = re.search(r"(?<![\w.,])\d+(?:[.,\s]\d+)*\s*\Z", plain[:start])
    return (start, end) if before is None else (before.start(), end)


def _counts(head: str, words: FormWords) -> bool:
    """Whether what stands before the last number is a count with its noun: "412 élèves", and not "between 12"."""
    last = re.search(r"[^\W\d_]+\W*\Z", head)
    return bool(last) and any(map(str.isdigit, head)) and not words.number.fullmatch(last[0].strip() if last else "")


def _is_year(cut: re.Match[str]) -> bool:
    """Whether it is the year of a date: "3 May, 1911"."""
    return cut[0].startswith(",") and re.fullmatch(r"1\d{3}|20\d{2}", cut["number"]) is not None


def _noun(plain: str, at: int, words: FormWords, language: str) -> int | None:
    """Where that ends which is counted behind a number; None where no word stands there."""
    if unspaced(plain[at : at + 1]):
        stop = words.joining.stops.search(plain, at)
        found = len(plain) if stop is None else stop.start()
        return found if found > at else None
    quiet = common_words(language)
    ends: list[int] = []
    while (word := _WORD.match(plain, ends[-1] if ends else at)) is not None and word[1] not in quiet:
        if len(ends) == MOST_WORDS:
            return ends[0]
        ends.append(word.end())
    return ends[-1] if ends else None


_WORD = re.compile(r"[ \u00a0\u202f]+([^\W\d_][\w'’-]*)")


def _one_amount(one: str, other: str, words: FormWords) -> bool:
    """Whether two nouns are units that tell one amount together: hours and minutes."""
    first, second = re.search(r"[^\W\d_]+\W*\Z", one), re.match(r"\W*([^\W\d_]+)", other)
    if first is None or second is None:
        return False
    pair = (first[0].strip(), second[1])
    if pair[0] != pair[1] and all(words.parts.fullmatch(each) for each in pair):
        return True
    units = [measured_by(by_word().get(each, "")) for each in pair]
    return units[0] == units[1] != "" and pair[0] != pair[1]


def _compound(plain: str, start: int, end: int, words: FormWords) -> tuple[int, int]:
    """An amount with the smaller unit that goes on: "2 ans" of "2 ans et 3 mois"."""
    more = _more(words).match(plain, end)
    if more is None or not re.search(r"\d\W?[^\W\d_]+\Z", plain[start:end]):
        return start, end
    whole = _one_amount(plain[start:end], more["noun"], words)
    return (start, more.end()) if whole else (start, end)


_DIGITS = r"\d+(?:[.,\u00a0\u202f ]\d+)*"


@lru_cache(maxsize=64)
def _joined(joins: tuple[str, ...]) -> str:
    """What stands between two counts, as a pattern."""
    each = [rf"\s*{re.escape(word)}\s*" for word in joins if unspaced(word)]
    each += [
        rf"\s+{re.escape(word)}{'' if word == _ARABIC_AND else chr(92) + 's'}\s*"
        for word in joins
        if not unspaced(word)
    ]
    return "|".join([*each, r",\s+", "[、，]"])


_ARABIC_AND = "و"
"""What is written together with the word behind it."""


@lru_cache(maxsize=64)
def _pattern(joins: tuple[str, ...], number: str, form: str) -> re.Pattern[str]:
    spelled = rf"(?P<number>{_DIGITS}|{number})"
    joined = _joined(joins)
    return re.compile(form.replace("JOIN", f"(?:{joined})").replace("NUMBER", spelled))


def _last_number(words: FormWords) -> re.Pattern[str]:
    return _pattern(words.joining.joins, words.number.pattern, r"JOINNUMBER\s*\Z")


def _second(words: FormWords) -> re.Pattern[str]:
    return _pattern(words.joining.joins, words.number.pattern, r"JOINNUMBER")


def _more(words: FormWords) -> re.Pattern[str]:
    return _pattern(words.joining.joins, words.number.pattern, r"(?:JOIN|\s*)NUMBER\s*(?P<noun>[^\W\d_]+)")
