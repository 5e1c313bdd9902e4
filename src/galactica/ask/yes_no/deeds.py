"""What a thing does, has, or has done to it, as a question for yes or no says it: "Do chipmunks eat insects?" """

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from galactica.ask.asked import Asked
from galactica.ask.pieces import cut_pieces
from galactica.ask.wording_words import is_participle
from galactica.ask.words_asked import compared_word
from galactica.ask.yes_no.about import ThingAsked, thing_called, things_asked
from galactica.ask.yes_no.spaced_words import HAVING, IS, SpacedWords

MOST_WORDS = 12
"""Words of a question behind the one that helps to ask."""

MOST_OBJECTS = 5
"""Words that a question says of what is done; with more it says more than one thing."""

Objects = tuple[tuple[tuple[str, ...], str], ...]
"""(small words before it, what a word is compared by), in order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Deed:
    """What a question asks whether it is so.

    Attributes:
        thing: that does it.
        verb: what it is compared by; `HAVING` for having.
        word: the verb as the question has it.
        done_to: whether it is done to the thing.
        present: whether it is asked how things are now.
        objects: what it is done to.
        stems: letters that a sentence that says it has.
    """

    thing: ThingAsked
    verb: str
    word: str
    done_to: bool
    present: bool
    objects: Objects
    stems: tuple[str, ...]


def deeds_asked(asked: Asked, words: SpacedWords) -> Iterator[Deed]:
    """The ways in which a question for yes or no may be read as one for what a thing does; mostly none."""
    pieces = asked.question.plain.pieces
    if not 2 < len(pieces) <= MOST_WORDS or not words.between.isdisjoint(pieces.words[1:]):
        return
    if pieces.words[1] == words.there:
        yield from _existing(asked, words)
        return
    for thing in things_asked(asked, words):
        at = next((n for n in range(thing.behind, len(pieces)) if pieces.words[n] not in words.any), len(pieces))
        done_to = pieces.words[0] in words.wording.being
        if at < len(pieces) and done_to and pieces.words[at] in words.wording.before:
            where = _objects(asked, range(at, len(pieces)), words)
            if where:  # "is Leipzig in Saxony"
                yield _deed(asked, thing, (IS, ""), where, words, done_to=False)
        if at >= len(pieces) or (done_to and not is_participle(pieces.words[at], words.wording)):
            continue
        objects = _objects(asked, range(at + 1, len(pieces)), words)
        if objects is not None:
            verb = words.verb_compared(pieces.keys[at], pieces.words[at])
            yield _deed(asked, thing, (verb, pieces.words[at]), objects, words, done_to=done_to)
            yield from _turned(asked, thing, at, objects, words, done_to=done_to)


def _turned(
    asked: Asked, thing: ThingAsked, at: int, objects: Objects, words: SpacedWords, *, done_to: bool
) -> Iterator[Deed]:
    """The same deed told of what it is done to, or of who does it: "Honey is made by bees" of "do bees make honey"."""
    pieces = asked.question.plain.pieces
    first = at + 2 if done_to else at + 1
    while first < len(pieces) and pieces.words[first] in words.any:
        first += 1
    by = (words.by,) if done_to else ()
    whole = objects and objects[0][0] == by and all(not small for small, _ in objects[1:])
    verb = words.verb_compared(pieces.keys[at], pieces.words[at])
    if not whole or first >= len(pieces) or verb == HAVING:
        return
    begins = pieces.starts[first]
    named = [each for each in asked.names if asked.question.plain.text.find(each.stands) == begins]
    other = thing_called(asked, (first, len(pieces)), named[0].place if named else None)
    for name in thing.names:
        told = tuple((() if number or done_to else (words.by,), key) for number, key in enumerate(name))
        compared = tuple((small, words.wording.alike.get(key, key)) for small, key in told)
        yield _deed(asked, other, (verb, ""), compared, words, done_to=not done_to)


def _existing(asked: Asked, words: SpacedWords) -> Iterator[Deed]:
    """ "Are there sharks in Lake Nicaragua?": whether that has them."""
    question, pieces = asked.question.plain, asked.question.plain.pieces
    for each in asked.names:
        begins = question.text.find(each.stands)
        first = next((at for at, start in enumerate(pieces.starts) if start == begins), 0)
        last = first - 1 if first and pieces.words[first - 1] in words.wording.articles else first
        if (
            last < 3
            or begins + len(each.stands) < pieces.ends[-1]
            or pieces.words[last - 1] not in words.wording.before
        ):
            continue
        objects = _objects(asked, range(2, last - 1), words)
        if objects:
            thing = thing_called(asked, (first, len(pieces)), each.place)
            yield _deed(asked, thing, (HAVING, HAVING), objects, words, done_to=False)


def _deed(
    asked: Asked, thing: ThingAsked, verb: tuple[str, str], objects: Objects, words: SpacedWords, *, done_to: bool
) -> Deed:
    language, alike = asked.question.plain.language, set(words.wording.alike.values())
    present = asked.question.plain.pieces.words[0] in words.wording.present
    stems = (key[:4] for _, key in objects if len(cut_pieces(key, language)) == 1 and key not in alike)
    return Deed(
        thing=thing,
        verb=verb[0],
        word=verb[1],
        done_to=done_to,
        present=present,
        objects=objects,
        stems=tuple(stems),
    )


def _objects(asked: Asked, places: range, words: SpacedWords) -> Objects | None:
    """What a question says at some pieces behind the verb; None where that ends with a small word, or is too much."""
    pieces = asked.question.plain.pieces
    found: list[tuple[tuple[str, ...], str]] = []
    small: list[str] = []
    for at in places:
        word = pieces.words[at]
        if pieces.common[at]:
            small += [] if word in words.any else [words.alike.get(word, word)]
            continue
        found.append((tuple(small), compared_word(pieces.keys[at], word, words.wording)))
        small = []
    return None if small or len(found) > MOST_OBJECTS else tuple(found)
