"""The form that an answer must have: a quantity has a number, *when* a time, *who* over a list the whole list, *why*
and *how* a clause, yes or no never a bare noun.

A stretch that a reader marked is widened to the form where its passage allows: to the number beside it and its unit, to
the whole date, to the list, to the clause or sentence. What cannot be widened is no answer, whatever it is worth; it is
shown among what came nearest. What this takes stands in the languages' files (`answers`); of a language that says
nothing there, and of a question whose kind is not known, nothing is asked but that an answer says something.
"""

from __future__ import annotations

import re

from galactica.ask.form_words import NEVER, FormWords, dense_units, unit_words, words_of
from galactica.ask.kinds import Kind
from galactica.ask.measures import in_one_sentence, without_clause
from galactica.ask.pieces import cut_pieces
from galactica.ask.question import ReadQuestion
from galactica.ask.ranges import whole_range, with_bound
from galactica.ask.whole_amounts import how_often, whole_amount
from galactica.ask.widening import clause, number_beside, sentence_around, whole_list, with_unit
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.values.amounts import numbers
from galactica.values.dates import dates, inner_date, whole_date
from galactica.values.months import month_names
from galactica.values.units import behind_numbers

LONGEST_REASON = 400
"""Characters of a sentence that is given as a reason or a way; a longer one is not read as an answer."""


def formed(asked: ReadQuestion, text: str, start: int, end: int, language: str) -> tuple[int, int] | None:
    """(start, end) of what has the form and holds `text[start:end]`; None where nothing that stands there has it.

    Args:
        text: of the passage.
        language: of the passage; "" for that of the question.
    """
    if _BORDER.search(text[start:end].strip()):
        return None
    language = primary(language or asked.language)
    words = words_of(language)
    if not _says(text[start:end], language, words):
        return None
    if words is None:
        return start, end
    start, end = whole_amount(text, start, end, words, asked.text, language)
    wide = _WAYS[asked.form](asked, words, text, start, end) if asked.form else (start, end)
    return None if wide is None else (wide[0], how_often(text, *wide, words))


def _says(stretch: str, language: str, words: FormWords | None) -> bool:
    """Whether a stretch has any word that says something."""
    if numbers(stretch) or (words is not None and words.number.search(folded(fold_han(stretch)))):
        return True
    pieces = cut_pieces(stretch, language)
    plain = folded(fold_han(stretch)).strip()
    if not len(pieces) or (words is not None and plain in words.empty):
        return False
    return not all(pieces.common) or not pieces.spaced


def _number(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    if not _has_number(text[start:end], words):
        beside = number_beside(text, start, end, words.number)
        if beside is None:
            return None
        start, end = beside
    told = in_one_sentence(text, start, end)
    if told is None:
        return None
    start, end = told if told == (start, end) else _trimmed(text, *told)
    ends = whole_range(text, *without_clause(text, start, end), words)
    return with_bound(text, *with_unit(text, *ends, behind_numbers()), words)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without white space and stops at its ends."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ".。!?！？"):
        end -= 1
    return start, end


def _often(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    if words.often.search(folded(fold_han(text[start:end]))):
        return start, end
    return _number(asked, words, text, start, end)


def _quantity(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    lower = folded(fold_han(text[start:end]))
    unit = unit_words().search(lower)
    if unit is not None and words.some.search(lower[: unit.start()]):
        return start, end
    wide = _number(asked, words, text, start, end)
    if wide is not None and not _SPAN.search(asked.text) and _only_year(text[slice(*wide)]):
        return None
    if wide is not None and _TIMES.match(text[wide[0] : wide[1] + BEHIND]):
        return None
    return wide


def _only_year(stretch: str) -> bool:
    """Whether all numbers of a stretch are one year, with no unit beside it."""
    found = re.findall(r"\d[\d.,]*", stretch)
    return len(found) == 1 and bool(_LONE_YEAR.fullmatch(found[0])) and unit_words().search(folded(stretch)) is None


def _date(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    whole = whole_date(text, start, end)
    if whole is not None:
        return whole
    inner = inner_date(text, start, end)
    if inner is not None:
        return inner
    lower = folded(fold_han(text[start:end]))
    if any(letter.isdigit() for letter in lower) or dates(text[start:end]) or words.when.search(lower):
        return start, end
    if not month_names().isdisjoint(re.findall(r"[^\W\d_]+", lower)):
        return start, end
    if words.since.match(lower):
        return start, end
    return _begun(words.since, text, start, end)


def _year(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    if _YEAR.search(text[start:end]) or any(date.year for date in dates(text[start:end])):
        return start, end
    whole = whole_date(text, start, end)
    return whole if whole is not None and _YEAR.search(text[slice(*whole)]) else None


def _dynasty(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    return (start, end) if _DYNASTY.search(fold_han(text[start:end])) else None


def _person(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    if not any(letter.isalpha() for letter in text[start:end]):
        return None
    return whole_list(text, start, end, words.joining, asked.known, asked.language, names=True)


def _list(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    names = asked.kind in (Kind.PERSON, Kind.PLACE)
    return whole_list(text, start, end, words.joining, asked.known, asked.language, names=names)


def _place(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    stretch = text[start:end]
    if words.where.pattern == NEVER:
        return start, end
    if not any(letter.isalpha() for letter in stretch):
        return None
    cased = any(letter.islower() or letter.isupper() for letter in stretch)
    if not cased or any(letter.isupper() for letter in stretch) or words.where.search(folded(stretch)):
        return start, end
    begun = _begun(words.where, text, start, end)
    return (start, end) if begun is not None else None


def _reason(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    whole = sentence_around(text, start, end)
    lower = folded(fold_han(text[slice(*whole)]))
    purpose = folded(text[start:end]).startswith("to ")
    if whole[1] - whole[0] > LONGEST_REASON or not (purpose or words.because.search(lower)):
        return None
    inner = words.because.search(folded(fold_han(text[max(whole[0], start - 30) : end])))
    if inner is not None and _long_enough(text[start:end], asked.language):
        low = max(whole[0], start - 30) + inner.start()
        return clause(text, min(low, start), end, whole)
    return whole


def _manner(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    if words.how.match(folded(fold_han(text[start:end]))):
        return start, end
    begun = _begun(words.how, text, start, end)
    if begun is not None:
        return begun
    whole = clause(text, start, end, sentence_around(text, start, end))
    if text[slice(*whole)].lstrip()[:1] in ("(", "（"):
        return None  # "(1822 – 1884) was a monk": who somebody was
    return whole if whole[1] - whole[0] <= LONGEST_REASON else None


def _sentence(asked: ReadQuestion, words: FormWords, text: str, start: int, end: int) -> tuple[int, int] | None:
    whole = sentence_around(text, start, end)
    return whole if whole[1] - whole[0] <= LONGEST_REASON else None


def _begun(begins: re.Pattern[str], text: str, start: int, end: int) -> tuple[int, int] | None:
    """With the word before it that begins such a phrase, and an article between them."""
    low = max(0, start - 24)
    before = folded(fold_han(text[low:start]))
    best = None
    for match in begins.finditer(before):
        between = before[match.end() :].split()
        if len(between) <= 1 and not re.search(r"[,.;:。，；]", before[match.end() :]):
            best = low + match.start()
            break
    return None if best is None else (best, end)


def _long_enough(stretch: str, language: str) -> bool:
    """Whether a stretch is a clause rather than a noun with its words."""
    return len(cut_pieces(stretch, language)) >= (8 if unspaced(stretch) else 5)


_WAYS = {
    "number": _number,
    "often": _often,
    "quantity": _quantity,
    "date": _date,
    "year": _year,
    "dynasty": _dynasty,
    "person": _person,
    "place": _place,
    "reason": _reason,
    "manner": _manner,
    "sentence": _sentence,
    "list": _list,
}

_BORDER = re.compile(r"[\n\t]")
"""What goes over the border of a cell or line is no stretch of a sentence."""

BEHIND = 8
"""Characters behind a number in which a word may say that it is none of a unit."""

_TIMES = re.compile(r"[\d.,\s]+(?:times|fold|mal)\b|[\d.,\s]+倍", re.IGNORECASE)
"""What says how many times another one something is, and in no unit: "1.5 times"."""

_SPAN = re.compile(r"\b(?:long|old)\b|多久|多大", re.IGNORECASE)
"""What asks how long something has been so: a year may say since when."""

_LONE_YEAR = re.compile(r"(?:1\d{3}|20\d{2})")

_YEAR = re.compile(r"(?<!\d)\d{3,4}(?!\d)|\d\s*年|年间")

_DYNASTY = re.compile(r"[朝代夏商周秦汉魏晋隋唐宋辽金元明清]|dynasty", re.IGNORECASE)


def _has_number(stretch: str, words: FormWords) -> bool:
    plain = folded(fold_han(stretch))
    if unspaced(plain):
        plain = dense_units().sub(" ", plain)
    return any(letter.isdigit() for letter in stretch) or words.number.search(plain) is not None
