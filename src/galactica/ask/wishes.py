"""What is asked of what: the thing that a question names and the property of it, in any order, with a verb or none.

"What is the capital of Poland?", "capital Poland" and 波兰的首都 ask for one thing. It is told from the library
and from `properties.toml`: a run of the question's words is the name of an article, and all that is left, without the
words that say nothing, is what a property is called or asked by. A question with anything more asks for something else,
and nothing is told of it. What X is, is a property of X; where no article has a name of the question, a word may be the
last name of a person, for properties of people. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cache

from galactica.ask.kinds import Kind, asked_languages
from galactica.ask.name_runs import name_runs
from galactica.ask.pieces import cut_pieces
from galactica.ask.plain_asked import denied, names_more
from galactica.ask.properties import AskedProperty, lefts, properties, whole_rests
from galactica.ask.question import ReadQuestion
from galactica.ask.sought import WORD, Sought
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary, separates_words

LONGEST_QUESTION = 160
"""Characters of a question that may ask for a property: with more it says more."""

LONGEST_LETTERS = 60
"""Letters of such a question where words are not separated."""

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

BY_SOMEBODY = frozenset(
    "author screenwriter cast_member producer publisher developer manufacturer operator owner".split()
)
"""Properties whose values may be somebody or a company: asked for by "who" in scripts without spaces, where companies
are asked for by the same word."""

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
    if _asks_for_a_way(plain):
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


def asked_of_beginning(question: ReadQuestion) -> list[Wish]:
    """The properties that a question in a script without spaces asks for of what it begins with, whatever that is
    called: the shortest beginning behind which all that stands is what a property is asked by."""
    plain = question.plain
    text = plain.text.rstrip(" ?？。!！")
    if not unspaced(text) or len(text) > LONGEST_LETTERS or plain.kind in (Kind.YES_NO, Kind.REASON):
        return []
    for end in range(2, len(text)):
        own = [wish for wish in _of_thing(text, plain.language, 0, end, plain.asked_for) if wish.property]
        if own:
            return own
    return []


def asked_of_any(question: ReadQuestion) -> list[Wish]:
    """The properties that a question asks for of whatever the rest of it is called, the shortest such name first: of
    things that a library may have by another name."""
    plain = question.plain
    if not plain.text or len(plain.text) > LONGEST_QUESTION or plain.kind in (Kind.YES_NO, Kind.REASON):
        return []
    if plain.sought.name:
        return [_definition(plain)]
    text, pieces, quiet = plain.text, plain.pieces, plain.quiet
    runs = [run for run in name_runs(text, pieces, quiet) if not run[0] or not _WITHIN_HANGUL.match(text, run[0] - 1)]
    found: list[Wish] = []
    taken: list[tuple[int, int]] = []
    for start, end in runs[::-1][:MOST_TRIED]:
        if len(found) >= MOST_THINGS or any(start <= first and last <= end for first, last in taken):
            continue  # the same name with words beside it that say nothing
        own = [wish for wish in _of_thing(text, plain.language, start, end, plain.asked_for) if wish.property]
        own = own or _where(text, plain.language, start, end, plain.kind)
        if own:
            found += own
            taken.append((start, end))
    return found


def _where(question: str, asked_in: str, start: int, end: int, kind: Kind) -> list[Wish]:
    """Where a thing is, of a question that asks for a place and says nothing besides: "где Парма"; where words are
    not separated, what says nothing cannot be told from the end of a name."""
    if kind is not Kind.PLACE or unspaced(question) or lefts(f"{question[:start]} {question[end:]}", asked_in)[-1]:
        return []
    located = (each for each in properties() if each.name == "located_in")
    thing = question[start:end]
    return [Wish(thing=thing, property=each, left="", year="", language=asked_in, form=each.form) for each in located]


def _asks_for_a_way(question: ReadQuestion) -> bool:
    """Whether it is asked how something is done, and not how much of a property there is: "how do people live in X" is
    no question for how many they are, "how populous is X" is one."""
    known = asked_languages().get(primary(question.language))
    if question.kind is not Kind.MANNER or question.form != "manner" or known is None or not known.spaced:
        return False
    how = dict(known.asks)[Kind.MANNER].search(known.lower(question.text))
    behind = WORD.search(known.lower(question.text), how.end()) if how is not None else None
    return behind is not None and behind[0] in known.common


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


def _of_thing(question: str, asked_in: str, start: int, end: int, asked: Sought) -> Iterator[Wish]:
    """What is asked of the thing whose name is `question[start:end]`."""
    kind = asked.kind
    rest = _PREFIX.sub("", question[:start]) + " " + _SUFFIX.sub("", question[end:])
    years = _YEAR.findall(rest)
    year = years[0] if len(years) == 1 else ""
    if year:
        rest = rest.replace(year, " ")
    whole = whole_rests(primary(asked_in)).get(folded(fold_han(rest)).strip(" ?？。!！"))
    if whole is not None:
        yield Wish(thing=question[start:end], property=whole, left="", year="", language=asked_in, form=whole.form)
        return
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


_WITHIN_HANGUL = re.compile("[가-힣]{2}")
"""Where a name does not begin: Korean words have their endings behind them."""

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
    alike = unspaced(question)
    others = [
        language for language in _known_languages() if language != own and (not separates_words(language)) == alike
    ]
    return (own, *others)


@cache
def _known_languages() -> tuple[str, ...]:
    """Those that properties are known in."""
    return tuple(dict.fromkeys(language for each in properties() for language in each.phrases))


def _kind_beside(asked: Sought, left: frozenset[str] | str, language: str) -> tuple[Kind, bool]:
    """(the kind of a question; none where it was told by a noun that is part of the property ("orbital period"),
    whether the noun that asks is)."""
    if not asked.focus or isinstance(left, str):
        return asked.kind, bool(asked.focus) and asked.focus in left
    if not set(cut_pieces(asked.focus, language).keys) <= left:
        return asked.kind, False
    return asked.kind if asked.kind in COUNTING and asked.focus.lower() not in _QUANTITY else Kind.NAME, True


_QUANTITY = frozenset(("quantity", "amount"))
"""Nouns for numbers that are themselves asked for: "what quantity does it measure"."""


def fits_kind(each: AskedProperty, asked: Sought, left: frozenset[str] | str, language: str) -> bool:
    """Whether a question that asks so may ask for a property by what is left of it.

    What something is called is no time, but where the noun that asks is one of the property's words: "what was the
    founding of Rome", and neither "what did Bach die of" nor "what was the cause of Bach's death"."""
    kind, by_noun = _kind_beside(asked, left, language)
    if each.form == "date" and asked.kind is Kind.NAME and not by_noun:
        return False
    return _fits(each, kind, left)


def _fits(each: AskedProperty, kind: Kind, left: frozenset[str] | str) -> bool:
    """Whether a question of a kind may ask for a property by what is left of it."""
    without = each.without.split()
    if ("number" in without and kind in COUNTING) or ("place" in without and kind is Kind.PLACE):
        return False
    if each.only == "place" and kind is not Kind.PLACE:
        return False
    if each.only == "number" and kind not in COUNTING and not any(word in left for word in ("number", "数量", "数")):
        return False
    if each.form == "date":
        return kind is Kind.DATE or (kind is Kind.OTHER and not each.only) or kind in (Kind.NAME, Kind.DEFINITION)
    if kind in COUNTING or kind is Kind.MANNER:
        return each.form in ("number", "quantity")
    if kind is Kind.PERSON:
        return each.form == "person" or (isinstance(left, str) and not BY_SOMEBODY.isdisjoint(each.claims))
    return kind is not Kind.DATE


def _names(question: ReadQuestion, called: Callable[[str], str]) -> list[tuple[int, int, str]]:
    """(start, end, name in the library) of the runs of a question that are names of articles, the longest first."""
    text, pieces, quiet = question.text, question.pieces, question.quiet
    runs = name_runs(text, pieces, quiet)
    found = []
    for start, end in runs[:MOST_TRIED]:
        name = called(text[start:end])
        if name:
            found.append((start, end, name))
    return found[:MOST_THINGS]
