"""Yes or no, by a sentence of the article on the thing that says, or denies, just what is asked.

"Is a kangaroo a marsupial?" is answered by "The kangaroo is a marsupial from the family Macropodidae". The question is
read as a thing that it names and what it says of that; a sentence says the same where

1. it begins with the thing, or with a pronoun for it at the beginning of its article, and what is said of it follows,
   in the words of the question and in their order, with the same small words between them;
2. nothing narrows what is said ("the former capital", "a dwarf planet"), makes it longer ("capital of New Mexico"), or
   makes it a report;
3. it is denied where "not" or "never" stands right before it, and nowhere else.

Yes is said for the first, no for the third, each with the sentence; of anything else nothing is told. Languages that
`worded.toml` has. Nothing that can be written raises.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from galactica.ask.asked import Asked
from galactica.ask.claimed.telling import Reckoned
from galactica.ask.claimed.words import reckoning_words
from galactica.ask.evidence import cite, sentence_spans
from galactica.ask.holdings import ClaimedThings, Page
from galactica.ask.kinds import Kind
from galactica.ask.pieces import CAPITAL, PLAIN, Pieces, cut_pieces
from galactica.ask.wording_words import WordingWords, wording_words
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Position

RIGHT = 12 / 13
"""How likely such an answer is right: of 8 to questions that were looked at 8 were, of 3 to others 3 (2026-11-30; one
of each is added)."""

MOST_SAID = 6
"""Words that a question says of a thing; with more it says more than one thing."""

MOST_BEFORE = 6
"""Words of a sentence between the verb and what is said, that describe it: "the world's largest landlocked country"."""

MOST_BETWEEN = 14
"""Words between a thing and its verb: other names, between commas."""

BEGINNING = 1_500
"""Characters of an article in which a pronoun at the beginning of a sentence is its thing."""

MOST_TEXT = 120_000
"""Characters of an article that are looked at: some milliseconds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposition:
    """What a question asks whether it is so.

    Attributes:
        name: the thing as the library calls it.
        place: its article.
        being: whether something is said by a form of "be"; else the first of `keys` is the verb.
        present: whether it is asked how things are now.
        opens: "the", "a" or "" before what is said.
        keys: what the words that are said are compared by.
        gaps: the small words before each but the first, without articles.
    """

    name: str
    place: tuple[str, bytes]
    being: bool
    present: bool
    opens: str
    keys: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]


def affirmed(asked: Asked, things: ClaimedThings) -> Reckoned | None:
    """Whether what a question asks about is so, by a sentence of the article on its thing; mostly not told."""
    question = asked.question.plain
    words, answers = wording_words(primary(question.language)), reckoning_words(question.language)
    if words is None or answers is None or question.kind is not Kind.YES_NO:
        return None
    asks = proposition(asked, words)
    page = asked.holdings.page(*asks.place) if asks is not None else None
    if asks is None or page is None or primary(page.article.language) != primary(question.language):
        return None
    told = [(start, end, so) for start, end, so in _telling(page, asks, words) if so is not None]
    if not told or len({so for _, _, so in told}) > 1:
        return None  # what one sentence says and another one denies is not told
    start, end, so = told[0]
    quoted = cite(page, start, end)
    value = Position(value=" ".join(quoted.quote.split()), citations=(quoted,), support=RIGHT, of=page.article.title)
    return Reckoned(text=answers.yes if so else answers.no, values=(value,), confidence=RIGHT)


def proposition(asked: Asked, words: WordingWords) -> Proposition | None:
    """What a question says of the thing that it names first; None where that is not understood."""
    question = asked.question.plain
    pieces = question.pieces
    helping = pieces.words[0] if len(pieces) else ""
    if helping not in words.helping or question.most is not None or not words.denying.isdisjoint(pieces.words):
        return None
    first = 2 if pieces.words[1:2] and pieces.words[1] in words.articles else 1
    if first >= len(pieces):
        return None
    names = [each for each in asked.names if question.text.find(each.stands) == pieces.starts[first]]
    if not names:
        return None
    ends = pieces.starts[first] + len(names[0].stands)
    rest = [at for at, begins in enumerate(pieces.starts) if begins >= ends]
    said = [at for at in rest if not pieces.common[at]]
    if not said or len(said) > MOST_SAID or any(pieces.words[at] in words.joining for at in rest):
        return None
    opens = next((pieces.words[at] for at in rest if at < said[0] and pieces.words[at] in words.articles), "")
    before = [pieces.words[at] for at in rest if at < said[0] and pieces.words[at] not in words.articles]
    if before:
        return None  # "is it in …": what is said begins with a word that is none of its own
    gaps = tuple(
        tuple(pieces.words[at] for at in range(one + 1, other) if pieces.words[at] not in words.articles)
        for one, other in pairwise(said)
    )
    return Proposition(
        name=names[0].name,
        place=names[0].place,
        being=helping in words.being,
        present=helping in words.present,
        opens=opens,
        keys=tuple(pieces.keys[at] for at in said),
        gaps=gaps,
    )


def _telling(page: Page, asks: Proposition, words: WordingWords) -> Iterator[tuple[int, int, bool | None]]:
    """(start, end, whether it is so) of the sentences that tell."""
    language = page.article.language
    title = cut_pieces(re.sub(r"\s*\([^()]*\)\Z", "", page.article.title), language).keys
    own = {tuple(title), tuple(cut_pieces(asks.name, language).keys)}
    stems = [key[:4] for key in asks.keys]
    for start, end in sentence_spans(page.text, 0, min(len(page.text), MOST_TEXT)):
        text = page.text[start:end]
        lower = folded(text)
        if end - start > LONGEST or "\t" in text or not all(stem in lower for stem in stems):
            continue
        told = _BRACKETS.sub(lambda match: " " * len(match[0]), text)
        pieces = cut_pieces(told, language)
        subject = _subject(pieces, own, words, pronouns=start < BEGINNING)
        if subject:
            yield start, end, _says(asks, told, pieces, subject, words)


LONGEST = 500
"""Characters of a sentence; longer ones say too much at once."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")


def _subject(pieces: Pieces, own: set[tuple[str, ...]], words: WordingWords, *, pronouns: bool) -> int:
    """Behind which piece the thing is named with which a sentence begins; 0 where it begins with another one."""
    first = 1 if pieces.words[:1] and pieces.words[0] in words.articles else 0
    for name in own:
        if name and tuple(pieces.keys[first : first + len(name)]) == name:
            return first + len(name)
    return 1 if pronouns and pieces.words[:1] and pieces.words[0] in words.subjects else 0


def _says(asks: Proposition, told: str, pieces: Pieces, subject: int, words: WordingWords) -> bool | None:
    """Whether a sentence says what is asked, or denies it; None where it does neither."""
    verb = _verb(asks, told, pieces, subject, words)
    if verb is None or not words.reporting.isdisjoint(pieces.words):
        return None
    denied = [at for at in range(subject, len(pieces)) if pieces.words[at] in words.denying]
    for at in (at for at in range(verb, min(len(pieces), verb + MOST_BEFORE + 1)) if pieces.keys[at] == asks.keys[0]):
        last = _chained(asks, told, pieces, at, words)
        if last is None or not _whole(asks, told, pieces, last):
            continue
        between = [word for word in pieces.words[verb:at] if word not in words.articles]
        if denied:
            plain = between if asks.being else pieces.words[subject:at]
            right_before = [word for word in plain if word not in words.helping]
            return False if len(denied) == 1 and right_before and set(right_before) <= words.denying else None
        if _fits(asks, told, pieces, (verb, at), words):
            return True
    return None


def _verb(asks: Proposition, told: str, pieces: Pieces, subject: int, words: WordingWords) -> int | None:
    """Where what is said of the thing begins: behind the form of "be" that belongs to it, or right behind the thing."""
    if not asks.being:
        return subject
    for at in range(subject, min(len(pieces), subject + MOST_BETWEEN)):
        if pieces.words[at] not in words.being:
            continue
        if at > subject:
            aside = told[pieces.ends[subject - 1] : pieces.starts[at]].strip()
            if not (aside.startswith(",") and aside.endswith(",")):
                return None
        return at + 1 if not asks.present or pieces.words[at] in words.present else None
    return None


def _fits(asks: Proposition, told: str, pieces: Pieces, span: tuple[int, int], words: WordingWords) -> bool:
    """Whether what stands between the verb and what is said only describes it."""
    first, last = span
    between = range(first, last)
    said = [pieces.words[at] for at in between]
    if any(word in words.limiting or word in words.before or word in words.being or word == "of" for word in said):
        return False
    if any(word in words.joining and word != "and" for word in said) or "-" in told[pieces.starts[last] - 1 :][:1]:
        return False
    if not asks.being:
        return all(word.endswith("ly") for word in said)
    listed = _listed(told, pieces, between, words)
    if asks.opens and asks.opens == words.definite:
        return listed or all(word in words.articles or word.endswith("ly") for word in said)
    return True


def _listed(told: str, pieces: Pieces, between: range, words: WordingWords) -> bool:
    """Whether what is said is a further member of a list: "a city and the capital", "a city, the capital"."""
    plain = [at for at in between if pieces.words[at] not in words.articles]
    if not plain:
        return False
    return pieces.words[plain[-1]] == "and" or told[pieces.ends[plain[-1]] :].lstrip().startswith(",")


def _chained(asks: Proposition, told: str, pieces: Pieces, at: int, words: WordingWords) -> int | None:
    """The last piece of what is said, where all of it stands there in its order with its small words between."""
    for key, gap in zip(asks.keys[1:], asks.gaps, strict=True):
        begins, small = at, list[str]()
        at += 1
        while at < len(pieces) and pieces.keys[at] != key:
            if pieces.words[at] not in words.articles:
                small.append(pieces.words[at])
            if len(small) > len(gap):
                return None
            at += 1
        if (
            at >= len(pieces)
            or tuple(small) != gap
            or re.search(r"[,;:—–]", told[pieces.ends[begins] : pieces.starts[at]])
        ):
            return None
    return at


def _whole(asks: Proposition, told: str, pieces: Pieces, last: int) -> bool:
    """Whether what is said ends there: it is no part of a longer name, nor before a noun where it is one itself."""
    behind = told[pieces.ends[last] :]
    if behind[:1] in ("-", "'", "’") or last + 1 >= len(pieces):
        return behind[:1] not in ("-", "'", "’")
    nearly = told[pieces.ends[last] : pieces.starts[last + 1]].strip() == ""
    following = pieces.words[last + 1]
    if not nearly or pieces.common[last + 1]:
        return True
    if pieces.kinds[last] == CAPITAL and pieces.kinds[last + 1] == CAPITAL:
        return False
    noun = bool(asks.opens) or len(asks.keys) > 1 or not asks.being
    return not noun or pieces.kinds[last + 1] != PLAIN or following.endswith(("ed", "ing", "ly")) or not asks.being
