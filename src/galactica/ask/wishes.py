"""What is asked of what: the thing that a question names and the property of it, in any order, with a verb or none.

"What is the capital of Poland?", "capital Poland" and 波兰的首都 ask for one thing. It is told from the library
and from `properties.toml`: a run of the question's words is the name of an article, and all that is left, without the
words that say nothing, is what a property is called or asked by. A question with anything more asks for something else,
and nothing is told of it. What X is, is a property of X; where no article has a name of the question, a word may be the
last name of a person, for properties of people. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from galactica.ask.kinds import Kind
from galactica.ask.pieces import NUMBER, cut_pieces
from galactica.ask.plain_asked import denied, names_more
from galactica.ask.properties import AskedProperty, lefts, properties
from galactica.ask.question import ReadQuestion
from galactica.ask.sought import Sought
from galactica.codes.han import unspaced
from galactica.codes.letters import folded
from galactica.languages import primary, separates_words

LONGEST_QUESTION = 160
"""Characters of a question that may ask for a property: with more it says more."""

LONGEST_NAME = 8
"""Words of a name; twice as many characters where words are not separated."""

MOST_TRIED = 250
"""Runs that are looked up as names; one takes 12 microseconds."""

MOST_THINGS = 6
"""Names with a property beside them that are followed."""

MOST_WORDS = 12
"""Words that are tried as last names, each in half a millisecond."""

SHORTEST_SURNAME = 3
"""Letters of a last name."""

OF_PEOPLE = frozenset("date_of_birth place_of_birth date_of_death place_of_death spouse child father mother".split())
"""Properties by which a last name is told to be one."""

DEFINITION = AskedProperty(name="definition", form="", phrases={}, counted={}, inverse={}, claims=("instance_of",))
"""What a thing is."""

COUNTING = frozenset((Kind.NUMBER, Kind.MEASURE))


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A property of a thing, as a question may mean it.

    Attributes:
        thing: the name as it stands in the question, or as the library has it.
        property: None where what is left of the question is no property that is known: then a row of that name.
        left: what is left of the question, as compared with what rows are called.
        year: the year that the question names, "" for none.
        language: the language that the question was read in.
        form: what a value must be: that of the property, else what the kind of question wants; "" for anything.
    """

    thing: str
    property: AskedProperty | None
    left: frozenset[str] | str
    year: str
    language: str
    form: str


def wishes(question: ReadQuestion, called: Callable[[str], str]) -> tuple[Wish, ...]:
    """The properties of things that a question may ask for, the longest names first; none for most questions.

    Args:
        called: what the library calls a thing that the question names; "" for what is not in it.
    """
    plain = question.plain
    if not plain.text or len(plain.text) > LONGEST_QUESTION or plain.kind in (Kind.YES_NO, Kind.REASON):
        return ()
    found = [_definition(plain)] if plain.sought.name else []
    names = _names(plain, called)
    last_names = [(start, end, plain.text[start:end]) for start, end in _last_names(plain)]
    for number, (start, end, thing) in enumerate([*names, *last_names]):
        of_people = number >= len(names)  # whatever is known by that name
        if len(found) >= MOST_THINGS or (of_people and any(each.property for each in found)):
            break
        more = _of_thing(plain.text, plain.language, start, end, plain.asked_for)
        found += [replace(each, thing=thing) for each in more if not of_people or _is_of_people(each)]
    return tuple(found)


def _is_of_people(wish: Wish) -> bool:
    return wish.property is not None and not OF_PEOPLE.isdisjoint(wish.property.claims)


def _definition(question: ReadQuestion) -> Wish:
    """What X is, where a question asks for that."""
    thing, language = question.sought.name, question.language
    return Wish(thing=thing, property=DEFINITION, left="", year="", language=language, form=DEFINITION.form)


def _last_names(question: ReadQuestion) -> list[tuple[int, int]]:
    """(start, end) of the words that may be last names, at most `MOST_WORDS`."""
    rows = zip(question.pieces.starts, question.pieces.ends, question.pieces.common, strict=True)
    words = [(start, end) for start, end, common in rows if not common and end - start >= SHORTEST_SURNAME]
    return [] if unspaced(question.text) else words[:MOST_WORDS]


def bare_noun(question: ReadQuestion, found: Sequence[Wish]) -> str:
    """The end of the noun that a bare property is asked by in a script without spaces (密度 of 波兰人口密度): the
    sentence of an answer has to have it, because nothing else shows that it speaks of that. "" for other questions.

    Args:
        found: its `wishes`.
    """
    if not unspaced(question.text) or question.kind is not Kind.OTHER:
        return ""
    left = found[0].left if found and found[0].property is None else ""
    return left[-2:] if isinstance(left, str) and _NOUN.fullmatch(left) else ""


_NOUN = re.compile(r"[\u3400-\u9fff]{3,8}")
"""A noun that is made of several, in Han letters alone: what else is left of a question ends with its verb
(세워졌나요, 見なしていましたか)."""


def _of_thing(question: str, asked_in: str, start: int, end: int, asked: Sought) -> Iterator[Wish]:
    """What is asked of the thing whose name is `question[start:end]`."""
    kind = asked.kind
    rest = _PREFIX.sub("", question[:start]) + " " + _SUFFIX.sub("", question[end:])
    years = _YEAR.findall(rest)
    year = years[0] if len(years) == 1 else ""
    if year:
        rest = rest.replace(year, " ")
    for language in _read_in(question, asked_in):
        left_over = lefts(rest, language)
        told = False
        for each in properties():
            ways = each.phrases.get(language, ())
            left = next((left for left in left_over if left and left in ways), None)
            if left is not None and (denied(rest, left, asked_in) or names_more(question, start, end, left, asked_in)):
                return
            if left is not None and fits_kind(each, asked, left, language):
                told = True
                thing = question[start:end]
                yield Wish(thing=thing, property=each, left=left, year=year, language=language, form=each.form)
        if told:
            return
    left = lefts(rest, asked_in)[-1]
    known = any(left in each.phrases.get(primary(asked_in), ()) for each in properties())
    if left and not known and not denied(rest, left, asked_in):
        form = _FORMS.get(kind, "")
        yield Wish(thing=question[start:end], property=None, left=left, year=year, language=asked_in, form=form)


_PREFIX, _SUFFIX = re.compile(r"(?<![^\W_])[^\W\d_]{1,5}['’]\Z"), re.compile(r"\A['’][^\W\d_]{1,5}(?![^\W_])")
"""What an apostrophe joins to a name."""

_FORMS = {
    Kind.NUMBER: "number",
    Kind.MEASURE: "number",
    Kind.MANNER: "number",
    Kind.DATE: "date",
    Kind.PERSON: "person",
    Kind.PLACE: "name",
}

_YEAR = re.compile(r"(?<!\d)(?:1\d{3}|20\d{2})(?!\d)年?")


def _read_in(question: str, asked_in: str) -> tuple[str, ...]:
    """The languages that a question's words are looked for in: its own, then the others of its script."""
    own = primary(asked_in)
    every = dict.fromkeys(language for each in properties() for language in each.phrases)
    alike = unspaced(question)
    others = [language for language in every if language != own and (not separates_words(language)) == alike]
    return (own, *others)


def _kind_beside(asked: Sought, left: frozenset[str] | str, language: str) -> Kind:
    """The kind of a question; none where it was told by a noun that is part of the property ("orbital period")."""
    if asked.focus and isinstance(left, frozenset) and set(cut_pieces(asked.focus, language).keys) <= left:
        return asked.kind if asked.kind in COUNTING and asked.focus.lower() not in _QUANTITY else Kind.NAME
    return asked.kind


_QUANTITY = frozenset(("quantity", "amount"))
"""Nouns for numbers that are themselves asked for: "what quantity does it measure"."""


def fits_kind(each: AskedProperty, asked: Sought, left: frozenset[str] | str, language: str) -> bool:
    """Whether a question that asks so may ask for a property by what is left of it."""
    return _fits(each, _kind_beside(asked, left, language), left)


def _fits(each: AskedProperty, kind: Kind, left: frozenset[str] | str) -> bool:
    """Whether a question of a kind may ask for a property by what is left of it."""
    if each.without == "number" and kind in COUNTING:
        return False
    if each.only == "place" and kind is not Kind.PLACE:
        return False
    if each.only == "number" and kind not in COUNTING and not any(word in left for word in ("number", "数量", "数")):
        return False
    if each.form == "date":
        return kind is Kind.DATE or (kind is Kind.OTHER and not each.only) or kind in (Kind.NAME, Kind.DEFINITION)
    if kind in COUNTING or kind is Kind.MANNER:
        return each.form in ("number", "quantity")
    return each.form == "person" if kind is Kind.PERSON else kind is not Kind.DATE


def _names(question: ReadQuestion, called: Callable[[str], str]) -> list[tuple[int, int, str]]:
    """(start, end, name in the library) of the runs of a question that are names of articles, the longest first."""
    text = question.text
    runs = _letter_runs(text) if unspaced(text) else _word_runs(question)
    found = []
    for start, end in runs[:MOST_TRIED]:
        name = called(text[start:end])
        if name:
            found.append((start, end, name))
    return found[:MOST_THINGS]


def _word_runs(asked: ReadQuestion) -> list[tuple[int, int]]:
    question, pieces, quiet = asked.text, asked.pieces, asked.quiet
    spans = list(zip(pieces.starts, pieces.ends, strict=True))
    runs: list[tuple[int, int]] = []
    for size in range(min(LONGEST_NAME, len(spans)), 0, -1):
        for first in range(len(spans) - size + 1):
            start, end = spans[first][0], spans[first + size - 1][1]
            end = _without_owner(question, end)
            words = [folded(question[a:b]) for a, b in spans[first : first + size]]
            last = spans[first + size - 1]
            if not _abbreviation(question[slice(*last)]) and (
                words[-1] in quiet or all(map(quiet.__contains__, words))
            ):
                continue
            if size == 1 and pieces.kinds[first] == NUMBER:
                continue
            runs += dict.fromkeys(((start, end), *_within_marks(question, start, end)))
    return runs


def _within_marks(question: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """A run without what an apostrophe joins to it: "l'Italie", "Japonya'nın"."""
    first = re.match(r"[^\W\d_]{1,5}['’](?=[^\W\d_]{3})", question[start:end])
    if first is not None:
        yield start + first.end(), end
    last = re.search(r"(?<=[^\W\d_]{3})['’][^\W\d_]{1,5}\Z", question[start:end])
    if last is not None:
        yield start, start + last.start()


def _abbreviation(word: str) -> bool:
    """Whether a word is written as an abbreviation: "US" is no "us"."""
    return len(word) > 1 and word.isupper()


def _without_owner(question: str, end: int) -> int:
    """Where a name ends that has "'s" behind it."""
    return end - 2 if question[max(0, end - 2) : end].lower() in ("'s", "’s") else end


def _letter_runs(question: str) -> list[tuple[int, int]]:
    length = min(len(question), 40)
    return [
        (start, start + size)
        for size in range(min(2 * LONGEST_NAME, length), 0, -1)
        for start in range(length - size + 1)
        if not (size < length and _cuts_word(question, start, start + size)) and _solid(question[start : start + size])
    ]


def _solid(text: str) -> bool:
    return all(letter.isalnum() or letter in " ·・.-" for letter in text) and text == text.strip()


def _cuts_word(question: str, start: int, end: int) -> bool:
    """Whether a run begins or ends within a Latin word or a number."""

    def within(at: int) -> bool:
        if not 0 < at < len(question):
            return False
        left, right = question[at - 1], question[at]
        return left.isalnum() and right.isalnum() and not unspaced(left) and not unspaced(right)

    return within(start) or within(end)
