"""Which form does a question want? A number, a time, a list of names, a reason …: `forms` gives answers that form.

Only what is asked in so many words counts: of "What happened when …" no time is wanted, of "What area of physics …" no
place; where a noun stands for a kind ("which year"), only those that nothing but the kind can answer.
"""

from __future__ import annotations

import re

from galactica.ask.base_forms import singular_forms
from galactica.ask.form_words import FormWords, words_of
from galactica.ask.kinds import Kind, asked_languages
from galactica.ask.sought import Sought
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary


def form_wanted(question: str, asked: Sought, language: str) -> str:
    """The form that an answer to a question must have: number, quantity, often, date, year, dynasty, person, place,
    reason, manner, sentence, list; "" for anything that says something.

    Args:
        asked: what it asks for.
        language: the language that it is in.
    """
    own = words_of(primary(language))
    return "" if own is None else _named(asked, own, question, language)


def _named(asked: Sought, own: FormWords, question: str, language: str) -> str:
    """The name of the form that a question wants."""
    lower = folded(fold_han(question))
    name = _NAMES.get(asked.kind, "")
    if asked.kind in (Kind.NAME, Kind.OTHER, Kind.DEFINITION):
        several = "list" if _of_several(lower, asked.focus, language) else ""
        return "quantity" if _wants_quantity(lower, language, own) else several
    if asked.kind in (Kind.PLACE, Kind.PERSON) and _of_several(lower, asked.focus, language):
        return "list"
    if asked.kind is Kind.REASON:
        return name if own.why.search(lower) else ""  # "what caused X" is answered by a thing
    if asked.kind is Kind.MANNER and own.calls.search(lower):
        return ""
    if asked.kind is Kind.DATE and _DYNASTY_ASKED.search(lower):
        return "dynasty"
    if asked.kind is Kind.DATE and own.year.search(lower):
        return "year"
    if name in ("date", "place", "person", "manner") and not _in_so_many_words(asked.kind, question, language):
        return ""
    if name in ("number", "quantity") and not _in_so_many_words(asked.kind, question, language):
        return "" if folded(fold_han(asked.focus)) in own.loose or not _wants_quantity(lower, language, own) else name
    return "often" if name == "number" and own.often.search(lower) else name


def _of_several(lower: str, focus: str, language: str) -> bool:
    """Whether it is asked by a noun for several things, right behind the word that asks: "which countries", and not
    "which class"."""
    known = asked_languages().get(primary(language))
    which = known.which.search(lower) if known is not None and focus else None
    if which is None or focus.endswith("ss") or not lower[which.end() :].lstrip().startswith(folded(focus)):
        return False
    return bool(singular_forms(focus, language))


def _in_so_many_words(kind: Kind, question: str, language: str) -> bool:
    """Whether a question asks for a kind by a phrase of its own ("when", "how many") before any other."""
    known = asked_languages().get(primary(language))
    pattern = dict(known.asks).get(kind) if known is not None else None
    if known is None or pattern is None:
        return False
    lower = known.lower(question).replace("เกี่ยว", " ")  # "about", which has the letters of "how many"
    kinds = (Kind.NUMBER, Kind.MEASURE) if kind in (Kind.NUMBER, Kind.MEASURE) else (kind,)
    found = [match for each in kinds if (match := dict(known.asks)[each].search(lower)) is not None]
    if not found:
        return False
    first = min(found, key=lambda match: match.start())
    which = known.which.search(lower)
    return which is None or which.start() >= first.start() or not known.spaced


_NAMES = {
    Kind.NUMBER: "number",
    Kind.MEASURE: "quantity",
    Kind.DATE: "date",
    Kind.PERSON: "person",
    Kind.PLACE: "place",
    Kind.REASON: "reason",
    Kind.MANNER: "manner",
    Kind.YES_NO: "sentence",
    Kind.LIST: "list",
}

_DYNASTY_ASKED = re.compile(r"哪(?:个|一|一个)?(?:朝|代)|何朝|何代|(?:which|what) dynasty")


def _wants_quantity(lower: str, language: str, words: FormWords) -> bool:
    """Whether what is asked is a property that is a number: right behind "what is the", or bare at either end."""
    known = asked_languages().get(primary(language))
    if known is None:
        return False
    plain = lower.strip(" ?？.。!！")
    which = known.which.search(plain)
    for phrase in words.quantity:
        at = plain.find(phrase)
        if at < 0:
            continue
        if not known.spaced:
            after = plain[at + len(phrase) :]
            if re.fullmatch(
                r"(?:是|为|有|大概|约|大约)?(?:多少|几|什么|多大|多高|多长|多深)?(?:度|米|人|年|岁|公里|千米)?", after
            ):
                return True
            continue
        if at and plain[at - 1].isalnum():
            continue
        if which is None:
            if at == 0 or at + len(phrase) == len(plain):
                return True
            continue
        between = plain[which.end() : at].split()
        if at > which.end() and all(word in known.common or word in _PLAIN for word in between):
            return True
    return False


_PLAIN = frozenset(
    "average total mean standard approximate exact estimated current durchschnittliche total media".split()
)
