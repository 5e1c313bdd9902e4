"""Answers put together of several claims: a property of each of some things, or of what another property names.

"Who are the heads of state of Germany and France?" asks for one property of two things, "What is the population of the
capital of Poland?" for a property of what the capital is. Answered only where all that the question says is understood
and each part has one answer that no source disputes; each is quoted.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.ask.asked import Asked
from galactica.ask.claimed.choosing import values_now
from galactica.ask.claimed.quoting import QuotedClaim, far_from, position
from galactica.ask.claimed.telling import Reckoned
from galactica.ask.claimed.told import LIKELIEST, likely, quoted_side, topics_of
from galactica.ask.claimed.valued import listed_side
from galactica.ask.form_words import words_of
from galactica.ask.holdings import ClaimedThings
from galactica.ask.kinds import Kind
from galactica.ask.named import Named
from galactica.ask.pieces import cut_pieces
from galactica.ask.properties import AskedProperty, lefts, properties, quiet_keys, sorts
from galactica.ask.question import ReadQuestion
from galactica.ask.wishes import COUNTING, LONGEST_QUESTION, fits_kind
from galactica.claims.property_table import known_properties
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model.claim import Claim, said_outright

MOST_WAYS = 4
"""Readings of one question that are tried."""

MARK = "\uf8ff"
"""What stands for a name in what is left of a question: a letter that no text has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PartOfAnswer:
    """What is said of one thing.

    Attributes:
        of: the thing, as the library calls it.
        text: what is said.
        property: id.
        quoted: the claims that say it, the best first.
        name: whether it is a name, which another property may be of.
    """

    of: str
    text: str
    property: str
    quoted: tuple[QuotedClaim, ...]
    name: bool


def put_together(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """A property of each of several things, or of what another property names; None where claims do not tell."""
    parts = of_each(asked, things)
    text = "; ".join(part.text for part in parts)
    if not parts:
        parts = in_two_steps(asked, things)
        text = parts[-1].text if parts else ""
    if not parts:
        return None
    return Reckoned(
        text=text,
        values=tuple(position(part.quoted, of=part.of, value=part.text) for part in parts),
        confidence=min(LIKELIEST, math.prod(likely(part.quoted, part.of) for part in parts)),
    )


def of_each(asked: Asked, things: ClaimedThings) -> list[PartOfAnswer]:
    """What claims say of one property of each of the several things that a question names; nothing where they do not
    of all of them."""
    question = asked.question.plain
    names = sorted(things_asked_of(asked, 2), key=lambda each: question.text.find(each.stands))
    if len(names) < 2 or not _plain(question) or question.kind in COUNTING:
        return []
    rest = _joined(marked_names(question.text, names), len(names), primary(question.language))
    if not rest:
        return []
    for each in _asked_by(rest, question):
        parts = [one for name in names if (one := _of(asked, things, name.name, each)) is not None]
        if len(parts) == len(names):
            return parts
    return []


def things_asked_of(asked: Asked, least: int) -> tuple[Named, ...]:
    """The names in a question without those that say what is asked, where at least so many are left: there may be an
    article "Head of state", but who is that of Germany and France is asked of two things."""
    language = primary(asked.question.language)
    phrases = [each.phrases.get(language, ()) for each in properties() if each.claims]
    left = tuple(
        name
        for name in asked.names
        if name.stands != name.stands.lower()
        or not any(key and key in said for key in lefts(name.stands, language) for said in phrases)
    )
    return left if len(left) >= least else tuple(asked.names)


def _plain(question: ReadQuestion) -> bool:
    return (
        bool(question.text)
        and len(question.text) <= LONGEST_QUESTION
        and question.most is None
        and question.kind not in (Kind.YES_NO, Kind.REASON)
    )


def marked_names(text: str, names: Sequence[Named]) -> str:
    """A question with a mark in the place of each of some names."""
    for each in sorted(names, key=lambda each: -len(each.stands)):
        text = text.replace(each.stands, MARK, 1)
    return text


def _joined(text: str, count: int, language: str) -> str:
    """A question without names that stand joined in a row; "" where they do not."""
    words = words_of(language)
    joins = words.joining.joins if words is not None else ()
    body = "|".join(map(re.escape, sorted({*joins, "、", ","}, key=lambda word: (-len(word), word))))
    name = rf"(?:(?<![^\W_])[^\W\d_{MARK}]{{1,3}}\s+)?{MARK}(?:['’]s)?"
    found = re.search(rf"{name}(?:\s*(?:{body})\s*{name}){{{count - 1}}}", folded(fold_han(text)))
    return "" if found is None else f"{text[: found.start()]} {text[found.end() :]}"


def _asked_by(rest: str, question: ReadQuestion) -> Iterator[AskedProperty]:
    """The properties that what is left of a question may ask for."""
    language = primary(question.language)
    left_over = lefts(rest, language)
    for each in properties():
        left = next((left for left in left_over if left and left in each.phrases.get(language, ())), None)
        if left is not None and each.claims and fits_kind(each, question.asked_for, left, language):
            yield each


def in_two_steps(asked: Asked, things: ClaimedThings) -> list[PartOfAnswer]:
    """[what a property of a thing is, what claims say of a property of that]; nothing for other questions."""
    question = asked.question.plain
    names = things_asked_of(asked, 1)
    if not _plain(question) or len(names) != 1:
        return []
    name = names[0]
    for inner, outer in list(_two(question, marked_names(question.text, [name])))[:MOST_WAYS]:
        first = _of(asked, things, name.name, inner)
        if first is None or not first.name or len(topics_of(things, first.text)) != 1:
            continue
        second = _of(asked, things, first.text, outer)
        if second is not None:
            return [first, second]
    return []


def _two(question: ReadQuestion, text: str) -> Iterator[tuple[AskedProperty, AskedProperty]]:
    """(inner, outer) properties that all the words of a question besides a name make, the inner one nearer to it."""
    language = primary(question.language)
    pieces = cut_pieces(text, language)
    if not pieces.spaced:
        return
    quiet = quiet_keys(language) | sorts(language)
    rows = zip(pieces.keys, pieces.starts, pieces.common, strict=True)
    said = [(key, start) for key, start, common in rows if MARK not in key and not common and key not in quiet]
    at = text.find(MARK)
    near = [key for key, _ in sorted(said, key=lambda pair: abs(pair[1] - at))]
    for size in range(1, len(near)):
        first, second = frozenset(near[:size]), frozenset(near[size:])
        inner = [each for each in properties() if first in each.phrases.get(language, ()) and _names_a_thing(each)]
        outer = [
            each
            for each in properties()
            if second in each.phrases.get(language, ())
            and each.claims
            and fits_kind(each, question.asked_for, second, language)
        ]
        yield from ((one, other) for one in inner for other in outer)


def _names_a_thing(each: AskedProperty) -> bool:
    known = known_properties()
    return any(known[name].kind == "item" and not known[name].many for name in each.claims)


def _of(asked: Asked, things: ClaimedThings, thing: str, each: AskedProperty) -> PartOfAnswer | None:
    """What claims say of a property of a thing; None where they say nothing, or not one thing."""
    language = primary(asked.question.language)
    for name in each.claims:
        for topic in topics_of(things, thing)[:1]:
            groups = [group for group in things.of(name, topic) if not group.subject and not group.scope]
            if known_properties()[name].many:
                side = listed_side(groups, lambda claim: _near(things, claim, language))
                sides = [side] if side is not None else []
            else:
                values = values_now(groups[0], 0) if groups else None
                sides = list(values.current) if values is not None else []
            if len(sides) != 1 or not all(said_outright(told.claim) for told in sides[0].claims):
                continue
            quoted = quoted_side(things, sides[0].claims, language)
            if quoted:
                several = known_properties()[name].many
                texts = dict.fromkeys(told.claim.value for told in sides[0].claims) if several else [quoted[0].value]
                item = known_properties()[name].kind == "item"
                text = ", ".join(" ".join(text.split()) for text in texts)
                return PartOfAnswer(of=thing, text=text, property=name, quoted=tuple(quoted), name=item and not several)
    return None


def _near(things: ClaimedThings, claim: Claim, language: str) -> int:
    page = things.page(claim)
    return -3 if page is None else -far_from(language, page)
