"""What a thing does, has, or has done to it, as a question for yes or no says it: "Do chipmunks eat insects?"

The words stand in `deeds.toml`, by language; of languages that it lacks nothing is told.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.asked import Asked
from galactica.ask.claimed.articles import surname_of
from galactica.ask.kinds import Kind
from galactica.ask.pieces import Pieces, cut_pieces
from galactica.ask.wording_words import WordingWords, is_participle, wording_words
from galactica.ask.words_asked import compared_word
from galactica.codes.letters import folded
from galactica.languages import primary

MOST_WORDS = 12
"""Words of a question behind the one that helps to ask."""

MOST_OBJECTS = 5
"""Words that a question says of what is done; with more it says more than one thing."""

LONGEST_UNKNOWN = 3
"""Words of a name that is no title here."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeedWords:
    """The words of one language; what they are says `deeds.toml`."""

    having: frozenset[str]
    verbs: dict[str, str]
    got: frozenset[str]
    past: frozenset[str]
    there: str
    opens: frozenset[str]
    manner: frozenset[str]
    setting: frozenset[str]
    used: str
    persons: frozenset[str]
    to: str
    narrowing: frozenset[str]
    any: frozenset[str]
    whose: frozenset[str]
    member: frozenset[str]
    behind: frozenset[str]
    none: str
    but: frozenset[str]
    unless: frozenset[str]
    between: frozenset[str]
    tales: frozenset[str]
    told_in: str
    alike: dict[str, str]
    into: frozenset[str]
    on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a question asks whether it is so.

    Attributes:
        names: what the thing may be called in a sentence, word by word as they are compared.
        own: place of the article on the thing; None where there is none.
        others: places of the other articles that the question names.
        verb: what it is compared by; `HAVING` for having.
        word: the verb as the question has it.
        done_to: whether it is done to the thing.
        present: whether it is asked how things are now.
        objects: (small words before it, what a word is compared by), in order.
        called: the whole names of the other things, word by word as they are compared.
    """

    names: tuple[tuple[str, ...], ...]
    own: tuple[str, bytes] | None
    others: tuple[tuple[str, bytes], ...]
    verb: str
    word: str
    done_to: bool
    present: bool
    objects: tuple[tuple[tuple[str, ...], str], ...]
    called: frozenset[tuple[str, ...]]


HAVING = "have"
"""What all verbs for having are compared by."""


def deeds_asked(asked: Asked) -> Iterator[Deed]:
    """The ways in which a question for yes or no may be read as one for what a thing does; mostly none."""
    question = asked.question.plain
    words, own = wording_words(primary(question.language)), deed_words(primary(question.language))
    pieces = question.pieces
    if words is None or own is None or question.kind is not Kind.YES_NO or question.most is not None:
        return
    if not 2 < len(pieces) <= MOST_WORDS or pieces.words[0] not in words.helping:
        return
    if not words.denying.isdisjoint(pieces.words) or not own.between.isdisjoint(pieces.words[1:]):
        return
    if pieces.words[1] == own.there:
        yield from _existing(asked, pieces, words, own)
        return
    first = 2 if pieces.words[1] in words.articles else 1
    named = [each for each in asked.names if question.text.find(each.stands) == pieces.starts[first]]
    if named:
        ends = pieces.starts[first] + len(named[0].stands)
        behind = next((at for at, begins in enumerate(pieces.starts) if begins >= ends), len(pieces))
        yield from _done(asked, pieces, (first, behind), (words, own), named[0].place)
        return
    for behind in range(first + 1, min(len(pieces) - 1, first + LONGEST_UNKNOWN) + 1):
        if pieces.common[behind - 1]:
            break
        alone = question.text[pieces.starts[first] : pieces.ends[first]] if behind == first + 1 else ""
        place = next(iter(surname_of(asked.holdings, alone)), None)
        yield from _done(asked, pieces, (first, behind), (words, own), place)


def _done(
    asked: Asked,
    pieces: Pieces,
    name: tuple[int, int],
    known: tuple[WordingWords, DeedWords],
    place: tuple[str, bytes] | None,
) -> Iterator[Deed]:
    """What is said of the thing whose name stands at some pieces, behind it."""
    words, own = known
    at = next((n for n in range(name[1], len(pieces)) if pieces.words[n] not in own.any), len(pieces))
    if at >= len(pieces):
        return
    verb, done_to = pieces.words[at], pieces.words[0] in words.being
    if done_to and not is_participle(verb, words):
        return
    objects = _objects(pieces, at + 1, words, own)
    if objects is None or (done_to and not objects):
        return
    yield Deed(
        names=_names(asked, pieces, name, place),
        own=place,
        others=_others(asked, place),
        verb=verb_compared(pieces.keys[at], verb, words, own),
        word=verb,
        done_to=done_to,
        present=pieces.words[0] in words.present,
        objects=objects,
        called=_called(asked, place),
    )


def _existing(asked: Asked, pieces: Pieces, words: WordingWords, own: DeedWords) -> Iterator[Deed]:
    """ "Are there sharks in Lake Nicaragua?": whether that has them."""
    for each in asked.names:
        begins = asked.question.plain.text.find(each.stands)
        first = next((at for at, start in enumerate(pieces.starts) if start == begins), 0)
        last = first - 1 if first and pieces.words[first - 1] in words.articles else first
        if last < 3 or begins + len(each.stands) < pieces.ends[-1] or pieces.words[last - 1] not in words.before:
            continue
        objects = _objects(pieces, 2, words, own, last - 1)
        if objects:
            yield Deed(
                names=_names(asked, pieces, (first, len(pieces)), each.place),
                own=each.place,
                others=_others(asked, each.place),
                verb=HAVING,
                word=HAVING,
                done_to=False,
                present=pieces.words[0] in words.present,
                objects=objects,
                called=_called(asked, each.place),
            )


def _objects(
    pieces: Pieces, first: int, words: WordingWords, own: DeedWords, last: int | None = None
) -> tuple[tuple[tuple[str, ...], str], ...] | None:
    """What a question says behind the verb; None where that ends with a small word, or is too much."""
    found: list[tuple[tuple[str, ...], str]] = []
    small: list[str] = []
    for at in range(first, len(pieces) if last is None else last):
        word = pieces.words[at]
        if pieces.common[at]:
            small += [] if word in own.any else [own.alike.get(word, word)]
            continue
        found.append((tuple(small), compared_word(pieces.keys[at], word, words)))
        small = []
    return None if small or len(found) > MOST_OBJECTS else tuple(found)


def _names(
    asked: Asked, pieces: Pieces, name: tuple[int, int], place: tuple[str, bytes] | None
) -> tuple[tuple[str, ...], ...]:
    """What a thing may be called: as the question has it, by the title, by the last word of the name of a person."""
    first, last = name
    found = {tuple(pieces.keys[first:last]): None}
    page = asked.holdings.page(*place) if place is not None else None
    if page is not None:
        title = page.article.title.partition(" (")[0]
        own = cut_pieces(title, page.article.language)
        found[tuple(own.keys)] = None
        lower = {word for word in title.replace(",", " ").split() if not word[:1].isupper()}
        if len(own) > 1 and not lower and not any(own.common):
            found[(own.keys[-1],)] = None
    return tuple(name for name in found if name)


def _others(asked: Asked, place: tuple[str, bytes] | None) -> tuple[tuple[str, bytes], ...]:
    return tuple(each.place for each in asked.names if each.place != place)


def _called(asked: Asked, place: tuple[str, bytes] | None) -> frozenset[tuple[str, ...]]:
    """The titles of the other articles that a question names, also of a person by the last name behind all else."""
    question = asked.question.plain
    last = question.text.rstrip(" ?!.").rpartition(" ")[2]
    places = (*_others(asked, place), *surname_of(asked.holdings, last))
    titles = [page.article.title for page in (asked.holdings.page(*other) for other in places) if page is not None]
    return frozenset(tuple(cut_pieces(title.partition(" (")[0], question.language).keys) for title in titles)


def verb_compared(key: str, word: str, words: WordingWords, own: DeedWords) -> str:
    """What a verb is compared by."""
    if word in own.having:
        return HAVING
    return own.verbs.get(word) or compared_word(key, word, words)


@cache
def deed_words(language: str) -> DeedWords | None:
    """The words of a language; None where it has none."""
    entry = tomllib.loads(files(__package__).joinpath("deeds.toml").read_text("utf-8")).get(language)
    if entry is None:
        return None

    def alike(lists: str) -> dict[str, str]:
        return {folded(word): line.split()[0] for line in lists.split("|") for word in line.split()}

    def several(name: str) -> frozenset[str]:
        return frozenset(map(folded, entry[name].split()))

    return DeedWords(
        having=several("having"),
        verbs=alike(entry["verbs"]),
        got=several("got"),
        past=several("past"),
        there=entry["there"],
        opens=several("opens"),
        manner=several("manner"),
        setting=several("setting"),
        used=entry["used"],
        persons=several("persons"),
        to=entry["to"],
        narrowing=several("narrowing"),
        any=several("any"),
        whose=several("whose"),
        member=several("member"),
        behind=several("behind"),
        none=entry["none"],
        but=several("but"),
        unless=several("unless"),
        between=several("between"),
        tales=several("tales"),
        told_in=entry["told_in"],
        alike=alike(entry["alike"]),
        into=several("into"),
        on=entry["on"],
    )
