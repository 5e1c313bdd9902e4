"""What is done, in the clause of a sentence: does what a question says behind its verb follow there, and wholly?

It follows in its order, in the same clause, behind the small words of the question; where there are none it may be one
of a list. A noun that stands before another is no such noun ("insect larvae"), and of a name nothing may be left out
("New Mexico").
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from galactica.ask.pieces import CAPITAL, NUMBER, PLAIN
from galactica.ask.wording_words import is_participle
from galactica.ask.words_asked import compared_word
from galactica.ask.yes_no.clause import ClauseAbout
from galactica.ask.yes_no.deeds import Deed
from galactica.ask.yes_no.spaced_words import IS, SpacedWords

MOST_BEFORE = 24
"""Words between a verb and what it is done to: the other members of a list."""

MOST_LATER = 6
"""The same between two words of that."""

_BORDER = re.compile(r"[.;:—–!?]|\s-\s")


class ObjectsClause(ClauseAbout):
    """A sentence beside what a question says that is done."""

    def __init__(self, text: str, language: str, deed: Deed, words: SpacedWords) -> None:
        super().__init__(text, language, deed.thing, words)
        self._deed = deed

    def _objects(self, verb: int, *, denied: bool) -> tuple[int, bool] | None:
        """(the last word of what it is done to, whether "no" stands before it); None where not all of it follows."""
        at, none = verb, False
        for number, (small, key) in enumerate(self._deed.objects):
            found = self._next(at, key, small, listed=not number)
            if found is None:
                return None
            at, none = found[0], none or found[1]
            if (denied or none) and not number and self._described(at):
                return None
        return (at, none) if not self._deed.objects or self._whole(at) else None

    def _next(self, begin: int, key: str, small: tuple[str, ...], *, listed: bool) -> tuple[int, bool] | None:
        """(place of a word behind another, whether "no" stands before it); None where it does not follow.

        Args:
            listed: whether others may stand before it.
        """
        pieces, words, own = self._pieces, self._words, self._own
        governed: list[str] = []
        none, narrowed, alone, since = False, False, False, begin
        for at in range(begin + 1, min(len(pieces), begin + (MOST_BEFORE if listed else MOST_LATER))):
            word, gap = pieces.words[at], self._gap(at)
            if _BORDER.search(gap) or word in own.but:
                return None
            if word in words.joining - own.member - {"with"} or word in words.denying - {own.none}:
                return None
            if self._deed.verb != IS and own.verb_compared(pieces.keys[at], word) == self._deed.verb:
                return None  # "eats leaves, the bear eats meat"
            if small and "," in gap and is_participle(word, words):
                return None  # "destroyed by fire, rebuilt by Lund"
            if "," in gap or word in own.member:
                again = small and word in words.before  # "on Milk Street, in Boston"
                if not listed or not (again or governed[: len(small)] == list(small) or pieces.kinds[at] == NUMBER):
                    return None
                alone = word in own.member and "," not in self._text[pieces.ends[begin] : pieces.starts[at]]
                if pieces.kinds[at] != NUMBER:
                    governed, narrowed, since = [] if again else list(small), False, at
            if compared_word(pieces.keys[at], word, words) == key:
                fits = not narrowed and self._behind(governed, small, begin) and self._named(at)
                fits = fits and not (alone and at - since > 1)  # "eat leaves and avoid insects"
                fits = fits and not (since > begin and (self._begins_clause(at) or self._another_has(since, at)))
                return (at, none) if fits else None
            narrowed = narrowed or word in own.narrowing
            if word == own.none:
                none = True
            elif pieces.common[at] and word not in own.any | own.member:
                governed.append(own.alike.get(word, word))
        return None

    def _begins_clause(self, at: int) -> bool:
        """Whether a word is that of which the next one says something: "by Rome, Carthage was"."""
        return at + 1 < len(self._pieces) and self._pieces.words[at + 1] in self._words.being | self._words.helping

    def _another_has(self, since: int, at: int) -> bool:
        """Whether behind a comma another is told to do the same, without the verb: "Vara has lakes, Sund forests"."""
        pieces = self._pieces
        named = pieces.kinds[at] == PLAIN and any(pieces.kinds[n] == CAPITAL for n in range(since, at))
        return named or (pieces.words[since] in self._own.whose and at - since > 1)

    def _described(self, at: int) -> bool:
        """Whether a word before a noun makes it less than all of its kind: "raw fish"."""
        before = self._pieces.words[at - 1]
        verb = self._own.verb_compared(self._pieces.keys[at - 1], before) == self._deed.verb
        return not (verb or self._gap(at) or self._pieces.common[at - 1])

    def _behind(self, governed: Sequence[str], small: Sequence[str], begin: int) -> bool:
        """Whether the small words before a noun are those of the question; before these others may stand."""
        if small:
            whose = [own for own in governed[-1:] if own == self._own.of and self._deed.verb == IS]  # "in the state of"
            return list(governed[: len(governed) - len(whose)][-len(small) :]) == list(small)
        rest = [word for word in governed if word not in self._own.whose]
        return not rest or (self._pieces.words[begin] in self._own.into and rest == [self._own.on])

    def _named(self, at: int) -> bool:
        """Whether a name is no part of a longer one that begins before it, unless that is the name of the same."""
        pieces, first = self._pieces, at
        while first and pieces.kinds[first] == pieces.kinds[first - 1] == CAPITAL and not self._gap(first):
            first -= 1
        before = [compared_word(pieces.keys[n], pieces.words[n], self._words) for n in range(first, at)]
        asked = {key for _, key in self._deed.objects}
        return all(key in asked for key in before) or any(
            tuple(pieces.keys[first : first + len(name)]) == name
            for name in self._thing.called
            if len(name) > at - first
        )

    def _whole(self, at: int) -> bool:
        """Whether a noun is no part of a longer one that ends behind it."""
        pieces = self._pieces
        if self._text[pieces.ends[at] : pieces.ends[at] + 1] in ("-", "'", "’"):
            return False
        if at + 1 >= len(pieces) or self._gap(at + 1):
            return True
        if pieces.common[at + 1] or pieces.words[at + 1] in self._own.behind:
            return pieces.words[at + 1] not in self._words.being  # "…, the prize was Lund's"
        if pieces.kinds[at + 1] == CAPITAL:
            return pieces.kinds[at] != CAPITAL
        return pieces.kinds[at + 1] != PLAIN or pieces.words[at + 1].endswith(("ed", "ing", "ly"))

    def _closes(self, at: int) -> bool:
        """Whether the clause ends behind a word: what follows would narrow what is denied ("again", "at first")."""
        return at + 1 >= len(self._pieces) or bool(self._gap(at + 1))
