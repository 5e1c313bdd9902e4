"""What a thing is, as a question says it, and whether a sentence says, or denies, just that.

"Is a kangaroo a marsupial?" is answered by "The kangaroo is a marsupial from the family Macropodidae". A sentence says
the same where

1. it begins with the thing, or with a pronoun for it, and a form of "be" and what is said of it follow, in the words of
   the question and in their order, with the same small words between them;
2. nothing narrows what is said ("the former capital", "a dwarf planet"), makes it longer ("capital of New Mexico"), or
   brings in another thing ("famous for a Danish novel"); it is neither said of another
   ("a friend, Lund a poet"), nor what it is only called or taken for;
3. it is denied where "not" or "never" stands right before it and the clause ends behind it, and nowhere else.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from galactica.ask.asked import Asked
from galactica.ask.pieces import CAPITAL, PLAIN, cut_pieces
from galactica.ask.wording_words import is_participle
from galactica.ask.yes_no.about import ThingAsked, begun_with, things_asked
from galactica.ask.yes_no.silent import without_asides
from galactica.ask.yes_no.spaced_words import SpacedWords

MOST_SAID = 6
"""Words that a question says of a thing; with more it says more than one thing."""

MOST_BEFORE = 6
"""Words of a sentence between the verb and what is said, that describe it: "the world's largest landlocked country"."""

MOST_BETWEEN = 14
"""Words between a thing and its verb: other names, between commas."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Being:
    """What a question asks whether it is so.

    Attributes:
        thing: of which it is said.
        present: whether it is asked how things are now.
        opens: "the", "a" or "" before what is said.
        keys: what the words that are said are compared by.
        gaps: the small words before each but the first, without articles.
        said: the words, as the question has them.
    """

    thing: ThingAsked
    present: bool
    opens: str
    keys: tuple[str, ...]
    gaps: tuple[tuple[str, ...], ...]
    said: str

    @property
    def stems(self) -> list[str]:
        """Letters that a sentence that says it has."""
        return [key[:4] for key in self.keys]


def beings_asked(asked: Asked, words: SpacedWords) -> Iterator[Being]:
    """What a question says that a thing is; mostly none."""
    pieces = asked.question.plain.pieces
    helping = pieces.words[0]
    if helping not in words.wording.being:
        return
    for thing in things_asked(asked, words):
        rest = range(thing.behind, len(pieces))
        said = [at for at in rest if not pieces.common[at]]
        before = [pieces.words[at] for at in rest if said and at < said[0]]
        joined = any(pieces.words[at] in words.wording.joining for at in rest)
        small = any(word not in words.wording.articles for word in before)  # "is it in …"
        if joined or small or not 0 < len(said) <= MOST_SAID:
            continue
        gaps = tuple(
            tuple(pieces.words[at] for at in range(one + 1, two) if pieces.words[at] not in words.wording.articles)
            for one, two in pairwise(said)
        )
        yield Being(
            thing=thing,
            present=helping in words.wording.present,
            opens=before[0] if before else "",
            keys=tuple(pieces.keys[at] for at in said),
            gaps=gaps,
            said=asked.question.plain.text[pieces.starts[said[0]] : pieces.ends[said[-1]]],
        )


def being_told(asks: Being, text: str, language: str, words: SpacedWords, *, near: bool) -> bool | None:
    """Whether a sentence says it, or denies it; None where it does neither.

    Args:
        near: whether a pronoun at its beginning is the thing.
    """
    return _Clause(asks, text, language, words).says(near=near)


class _Clause:
    """A sentence, cut into words, beside what is asked."""

    def __init__(self, asks: Being, text: str, language: str, words: SpacedWords) -> None:
        self._asks, self._text, self._words = asks, without_asides(text), words
        self._pieces = cut_pieces(self._text, language)

    def says(self, *, near: bool) -> bool | None:
        pieces, words, asks = self._pieces, self._words.wording, self._asks
        pronoun = 1 if near and pieces.words[:1] and pieces.words[0] in words.subjects else 0
        subject = begun_with(pieces, asks.thing.names, self._words) or pronoun
        verb = self._verb(subject) if subject else None
        told = {
            self._said_behind(each, subject) for each in ([verb] if verb is not None else []) + self._again(subject)
        }
        return (told - {None}).pop() if len(told - {None}) == 1 else None

    def _again(self, subject: int) -> list[int]:
        """Behind which forms of "be" more is said of the thing with which it begins: "…; however, they are"."""
        pieces, words = self._pieces, self._words.wording
        return [
            at + 1
            for at in range(subject + 1, len(pieces) if subject else 0)
            if pieces.words[at] in words.being
            and pieces.words[at - 1] in words.subjects
            and self._text[pieces.ends[at - 2] : pieces.starts[at - 1]].strip() in (",", ";")
        ]

    def _said_behind(self, verb: int, subject: int) -> bool | None:
        """Whether behind a verb it says what is asked."""
        pieces, words, asks = self._pieces, self._words.wording, self._asks
        denied = [at for at in range(subject, len(pieces)) if self._words.denies(pieces.words[at])]
        for at in range(verb, min(len(pieces), verb + MOST_BEFORE + 1)):
            last = self._chained(at) if pieces.keys[at] == asks.keys[0] else None
            if last is None or not self._whole(last):
                continue
            if len(denied) == 1 and self._set_against(denied[0], at):
                return False
            if denied:
                between = [word for word in pieces.words[verb:at] if word not in words.articles | words.helping]
                right_before = bool(between) and all(map(self._words.denies, between))
                closed = last + 1 >= len(pieces) or bool(self._gap(last + 1))  # "not a member at first"
                return False if len(denied) == 1 and right_before and closed else None
            if self._fits(range(verb, at)):
                return True
        return None

    def _set_against(self, denied: int, at: int) -> bool:
        """Whether what is denied is set against what the thing is: "they are marsupials, not bears"."""
        before = self._text[self._pieces.ends[denied - 1] : self._pieces.starts[denied]].strip()
        return denied == at - 1 - (self._pieces.words[at - 1] in self._words.wording.articles) and before == ","

    def _verb(self, subject: int) -> int | None:
        """Behind which form of "be" what is said of the thing begins: that which belongs to it."""
        pieces, words = self._pieces, self._words.wording
        for at in range(subject, min(len(pieces), subject + MOST_BETWEEN)):
            if pieces.words[at] not in words.being:
                continue
            aside = self._text[pieces.ends[subject - 1] : pieces.starts[at]].strip()
            if at > subject and not (aside.startswith(",") and aside.endswith(",")):
                return None
            return at + 1 if not self._asks.present or pieces.words[at] in words.present else None
        return None

    def _fits(self, between: range) -> bool:
        """Whether what stands between the verb and what is said only describes it."""
        pieces, words, last = self._pieces, self._words.wording, between.stop
        said = [pieces.words[at] for at in between]
        own = self._words
        if any(word in words.limiting | words.before | words.being | own.narrowing | own.apart for word in said):
            return False
        if (
            any(word in words.joining and word != own.joint for word in said)
            or self._text[pieces.starts[last] - 1] == "-"
        ):
            return False
        if self._only_called(said) or any(self._is_another(at) for at in between):
            return False
        if not self._asks.opens or self._asks.opens != words.definite:
            return True
        if said and said[-1] in words.articles - {words.definite}:
            return False  # one of several
        return self._listed(between) or all(word in words.articles or word.endswith("ly") for word in said)

    def _only_called(self, said: Sequence[str]) -> bool:
        """Whether a participle right behind the verb says that a thing is called, or taken for, what follows."""
        begun = next((word for word in said if word not in self._words.manner and not word.endswith("ly")), "")
        return is_participle(begun, self._words.wording) and begun not in self._words.made

    def _is_another(self, at: int) -> bool:
        """Whether something else begins at a word of which the rest may be said: "a friend, Lund a poet", "Sund, the
        capital", "her brother a poet" behind a comma."""
        pieces = self._pieces
        if pieces.words[at] in self._words.whose:
            return self._gap(at) == ","
        return pieces.kinds[at] == CAPITAL and pieces.words[at + 1] in self._words.wording.articles

    def _gap(self, at: int) -> str:
        """What stands between a word and the one before it."""
        return self._text[self._pieces.ends[at - 1] : self._pieces.starts[at]].strip()

    def _listed(self, between: range) -> bool:
        """Whether what is said is a further member of a list: "a city and the capital", "a city, the capital"."""
        pieces = self._pieces
        plain = [at for at in between if pieces.words[at] not in self._words.wording.articles]
        if not plain:
            return False
        return pieces.words[plain[-1]] == self._words.joint or self._text[pieces.ends[plain[-1]] :].lstrip().startswith(
            ","
        )

    def _chained(self, at: int) -> int | None:
        """The last piece of what is said, where all of it stands there in its order with its small words between."""
        pieces = self._pieces
        for key, gap in zip(self._asks.keys[1:], self._asks.gaps, strict=True):
            begins, small = at, list[str]()
            at += 1
            while at < len(pieces) and pieces.keys[at] != key:
                if pieces.words[at] not in self._words.wording.articles:
                    small.append(pieces.words[at])
                if len(small) > len(gap):
                    return None
                at += 1
            if at >= len(pieces) or tuple(small) != gap:
                return None
            if re.search(r"[,;:—–]", self._text[pieces.ends[begins] : pieces.starts[at]]):
                return None
        return at

    def _whole(self, last: int) -> bool:
        """Whether what is said ends there: it is no part of a longer name, nor before a noun where it is one itself."""
        pieces, asks = self._pieces, self._asks
        behind = self._text[pieces.ends[last] :]
        if behind[:1] in ("-", "'", "’"):
            return False
        if last + 1 >= len(pieces) or self._gap(last + 1):
            return True
        if pieces.common[last + 1]:
            return pieces.words[last + 1] not in self._words.wording.being  # "…, president was Lund"
        if pieces.kinds[last] == CAPITAL and pieces.kinds[last + 1] == CAPITAL:
            return False
        noun = bool(asks.opens) or len(asks.keys) > 1
        return not noun or pieces.kinds[last + 1] != PLAIN or pieces.words[last + 1].endswith(("ed", "ing", "ly"))
