"""Can an answer be of the kind that is asked for? "Green" is nobody, "in Paris" is no time, "the north" is no amount.

What a reader marks is widened to the form that the question wants (`forms`); this is asked of every answer, wherever it
was found, before it is shown as one. Only what surely cannot be is refused:

1. Somebody has letters beside those of a day or an amount; in scripts that have capitals and languages that say which
   words are people (`answers.who`, `answers.doing`) a capital, or such a word; and no verb of a clause
   (`answers.clause`): "Library users can consult the staff" is nobody.
2. A time has a number, a month, a word for a time, or begins as only times do ("after the war").
3. A place has letters beside those of a day or an amount.
4. An amount has a number, or a word for one, and is no place in a row: of how many, "fourth" says nothing. A unit alone
   is one only in languages that have no "a" or do not name it (`answers.some`).
5. What is asked by a noun is that (`nouns_asked`): 12張 counts no 版本, 索非亚 is no country.

Of a language that says nothing under `answers`, and of other questions, everything may be.
"""

from __future__ import annotations

import re

from galactica.ask.form_words import NEVER, FormWords, dense_units, unit_words, words_of
from galactica.ask.nouns_asked import fits_noun
from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import UNKNOWN, primary
from galactica.model import Citation
from galactica.values.dates import dates
from galactica.values.months import month_names
from galactica.values.number_words import in_a_row

_LETTERS = re.compile(r"[^\W\d_]+")


def may_be_asked_for(question: ReadQuestion, text: str, citation: Citation, *, sentence: bool = False) -> bool:
    """Whether an answer may be of the kind that a question asks for in so many words.

    Args:
        text: of the answer.
        citation: its quotation.
        sentence: whether it is a whole sentence, as in talk ("My aunt did").
    """
    tag = primary(citation.language)
    words = words_of(primary(question.language) if tag in ("", UNKNOWN) else tag)
    if not fits_noun(question, text, citation.quote[: citation.mark[0]], citation.quote[citation.mark[1] :]):
        return False
    if words is None or question.form not in _KINDS:
        return True
    lower = folded(fold_han(text))
    if question.form in ("person", "place") and _is_amount(lower, words):
        return False
    if question.form == "person":
        if not sentence and words.clause.search(text) and not words.relative.search(lower):
            return False
        return _may_be_somebody(text, lower, words, citation.quote)
    if question.form == "place":
        return True
    has_digit = any(letter.isdigit() for letter in text)
    if question.form in ("date", "year"):
        return has_digit or _may_be_time(text, lower, words)
    if question.form == "number" and not question.sought.focus and in_a_row(lower):
        return False
    told = (words.number, words.often, words.some, *(() if words.some.pattern != NEVER else (unit_words(),)))
    return has_digit or any(pattern.search(lower) is not None for pattern in told)


_KINDS = frozenset(("person", "place", "date", "year", "number", "quantity"))


def _is_amount(lower: str, words: FormWords) -> bool:
    """Whether a text is nothing but a number in digits with its unit, or a day."""
    if not any(letter.isdigit() for letter in lower):
        return False
    plain = dense_units().sub(" ", words.number.sub(" ", unit_words().sub(" ", lower)))
    months = month_names()
    rest = [word for word in _LETTERS.findall(plain) if word not in months and not _CALENDAR.fullmatch(word)]
    return not rest


_CALENDAR = re.compile(r"[年月日号号世纪公元前]+|st|nd|rd|th|of|the|in|on|at|bc|bce|ad|ce|century|and|to")


def _may_be_somebody(text: str, lower: str, words: FormWords, quote: str) -> bool:
    if not words.who or not any(letter.isupper() for letter in quote):
        return True  # no language that tells, a script without capitals, or somebody who writes without any
    if any(letter.isupper() for letter in text):
        return True
    return any(word in words.who or word.endswith(words.doing) for word in _LETTERS.findall(lower))


def _may_be_time(text: str, lower: str, words: FormWords) -> bool:
    if dates(text) or words.when.search(lower) or words.number.search(lower):
        return True
    if not month_names().isdisjoint(_LETTERS.findall(lower)):
        return True
    begins = words.since.match(lower)
    return begins is not None and words.where.fullmatch(begins[0]) is None
