"""Does a sentence say that a thing does what a question asks, has it, or that it is done to it?

1. The thing begins the clause: by its name, or near the beginning of its article by a pronoun; nothing before it makes
   it another ("most chipmunks", "the friend of Braque").
2. The verb follows, in other words or another form, with nothing between but words of manner, what stands between two
   commas, others who do it too, and what helps it.
3. What it is done to follows in its order, in the same clause, behind the small words of the question; where there are
   none it may be one of a list. A noun that stands before another is no such noun ("insect larvae"), and of a name
   nothing may be left out ("New Mexico").
4. It is denied by "not" or "never" right before the verb, or by "no" before what it is done to, where nothing narrows
   that ("not always", "no raw fish") and the clause ends there.

Whatever narrows it tells nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from galactica.ask.pieces import CAPITAL, NUMBER, PLAIN, cut_pieces
from galactica.ask.wording_words import is_participle
from galactica.ask.words_asked import compared_word
from galactica.ask.yes_no.deeds import Deed
from galactica.ask.yes_no.silent import without_asides
from galactica.ask.yes_no.spaced_words import HAVING, SpacedWords

MOST_BETWEEN = 16
"""Words between a thing and its verb: others, names between commas."""

MOST_BEFORE = 24
"""Words between a verb and what it is done to: the other members of a list."""

MOST_LATER = 6
"""The same between two words of that."""

_BORDER = re.compile(r"[.;:—–!?]|\s-\s")
_QUOTES = '"“”‘’ '


def deed_told(deed: Deed, text: str, language: str, words: SpacedWords, *, near: bool) -> bool | None:
    """Whether a sentence says it; None where it does not tell.

    Args:
        near: whether a pronoun at its beginning is the thing.
    """
    clause = _Clause(text, language, deed, words)
    told = {clause.says(last) for last in clause.subjects(near=near)} - {None}
    return told.pop() if len(told) == 1 else None


class _Clause:
    """A sentence, cut into words, beside what is asked."""

    def __init__(self, text: str, language: str, deed: Deed, words: SpacedWords) -> None:
        self._text = without_asides(text)
        self._pieces = cut_pieces(self._text, language)
        self._deed, self._words, self._own = deed, words.wording, words

    def subjects(self, *, near: bool) -> Iterator[int]:
        """Behind which words the thing is named where a clause may begin."""
        pieces = self._pieces
        for name in self._deed.thing.names:
            for first in range(len(pieces) - len(name)):
                last = first + len(name)
                if tuple(pieces.keys[first:last]) == name and self._opens(first) and self._ends(last - 1):
                    yield last
        if near:
            yield from self._pronoun()

    def _pronoun(self) -> Iterator[int]:
        """Behind the pronoun that a sentence begins with, or has behind what stands before it to a comma."""
        pieces = self._pieces
        for at in range(min(len(pieces), MOST_BETWEEN)):
            if pieces.words[at] in self._words.subjects:
                if not at or self._gap(at) == ",":
                    yield at + 1
                return
            if (at and pieces.kinds[at] == CAPITAL) or (at and self._gap(at) not in ("", ",")):
                return

    def says(self, subject: int) -> bool | None:
        """Whether it says what is asked of the thing that is named before a word."""
        verb, denied = self._verb(subject)
        found = self._objects(verb, denied=denied) if verb >= 0 else None
        if found is None:
            return None
        last, none = found
        if (denied or none) and ((denied and none) or not self._closes(last)):
            return None
        return not (denied or none)

    def _gap(self, at: int) -> str:
        """What stands between a word and the one before it, without quotation marks."""
        starts, ends = self._pieces.starts, self._pieces.ends
        begin = ends[at - 1] if at else 0
        return self._text[begin : starts[at] if at < len(self._pieces) else len(self._text)].strip(_QUOTES)

    def _opens(self, first: int) -> bool:
        """Whether a clause may begin at a word."""
        words, kinds = self._pieces.words, self._pieces.kinds
        unknown = (
            self._deed.thing.own is None
        )  # "Picasso" of which there is no article may stand there with its first names
        while first and (words[first - 1] in self._words.articles or (unknown and kinds[first - 1] == CAPITAL)):
            if self._gap(first):
                break
            first -= 1
        if not first or self._gap(first)[-1:] in (",", ";", ":", ".") or words[first - 1] in self._own.opens:
            return True
        return kinds[first - 1] == NUMBER and first > 1 and not self._gap(first)  # "in 1939 Germany"

    def _ends(self, at: int) -> bool:
        """Whether a name ends at a word: it is no possessive, and no part of a longer one."""
        pieces = self._pieces
        whose = self._text[pieces.starts[at] : pieces.ends[at] + 1].endswith(("'s", "’s", "s'", "s’"))
        longer = at + 1 < len(pieces) and pieces.kinds[at + 1] == CAPITAL and not self._gap(at + 1)
        return not whose and self._text[pieces.ends[at] : pieces.ends[at] + 1] not in ("-", "'", "’") and not longer

    def _verb(self, begun: int) -> tuple[int, bool]:
        """(place of the verb behind a thing, whether it is denied); −1 where it does not follow."""
        pieces, own, words = self._pieces, self._own, self._words
        helped: list[str] = []
        at, denied, several, manner = begun, False, False, False
        while at < min(len(pieces), begun + MOST_BETWEEN):
            word, gap = pieces.words[at], self._gap(at)
            if gap not in ("", ",") or word in own.narrowing or word in own.but - words.denying:
                break
            closing = self._aside(at) if gap == "," and not several else 0
            if closing:
                at = closing
                several = True
                continue
            several = several or gap == ","
            if self._is_verb(at, helped) and (helped or several or self._agrees(begun - 1, at)):
                return (-1, False) if denied and manner else (at, denied)
            if own.denies(word):
                denied = True
            elif (word == own.used and self._deed.present) or (
                word == own.to and helped[-1:] and helped[-1] in words.being
            ):
                break  # "was to marry"
            elif word in words.helping | words.being | own.setting or word in ("been", own.used, own.to):
                helped.append(word)
            elif word not in own.manner and not word.endswith("ly") and not (not helped and self._too(at, several)):
                break
            manner = manner or word in own.manner or word.endswith("ly")
            at += 1
        return -1, False

    def _too(self, at: int, several: bool) -> bool:
        """Whether a word behind a thing is one of the names of others that do it too."""
        word, before = self._pieces.words[at], self._pieces.words[max(0, at - 3) : at]
        return word in self._own.member or (self._pieces.kinds[at] == CAPITAL and (several or "and" in before))

    def _aside(self, at: int) -> int:
        """Behind what stands between two commas, the first of them before a word; 0 where none closes it, and where it
        is the name of another."""
        pieces = self._pieces
        for other in range(at + 1, min(len(pieces), at + MOST_BETWEEN)):
            gap = self._gap(other)
            if gap == ",":
                names = (
                    all(pieces.kinds[n] == CAPITAL for n in range(at, other)) or pieces.words[at] in self._own.member
                )
                return 0 if names else other
            if gap:
                return 0
        return 0

    def _is_verb(self, at: int, helped: Sequence[str]) -> bool:
        pieces, deed, own, words = self._pieces, self._deed, self._own, self._words
        word = pieces.words[at]
        if own.verb_compared(pieces.keys[at], word) != deed.verb:
            return False
        done_to = is_participle(word, words) and any(each in words.being or each == "been" for each in helped)
        if deed.done_to or done_to or word in own.got:
            return done_to and (deed.done_to or word in own.got)
        if deed.verb == HAVING and word in words.helping and self._helps(at):
            return False
        past = word in own.past or (word.endswith("ed") and not any(each in words.helping for each in helped))
        return not (deed.present and past)

    def _agrees(self, subject: int, at: int) -> bool:
        """Whether a verb as the question has it may stand behind a thing: "cats eat", "the cat eats"; "cat eat" does
        not, and a noun with the letters of a verb is none ("a dog bark")."""
        word, thing = self._pieces.words[at], self._pieces.words[subject]
        if word != self._deed.word or self._deed.done_to:
            return True
        many = thing.endswith("s") and not thing.endswith("ss")
        return many or (thing in self._words.subjects and thing not in self._own.persons and thing != "it")

    def _helps(self, at: int) -> bool:
        """Whether "have" helps another verb there."""
        behind = [word for word in self._pieces.words[at + 1 : at + 4] if not word.endswith("ly")]
        return any(is_participle(word, self._words) or word == "been" for word in behind[:1])

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
            if "," in gap or word in own.member:
                if small or not listed:
                    return None
                alone = word in own.member and "," not in self._text[pieces.ends[begin] : pieces.starts[at]]
                governed, narrowed, since = [], False, at
            if compared_word(pieces.keys[at], word, words) == key:
                fits = not narrowed and self._behind(governed, small, begin) and self._named(at)
                fits = fits and not (alone and at - since > 1)  # "eat leaves and avoid insects"
                return (at, none) if fits else None
            narrowed = narrowed or word in own.narrowing
            if word == own.none:
                none = True
            elif pieces.common[at] and word not in own.any | own.member:
                governed.append(own.alike.get(word, word))
        return None

    def _described(self, at: int) -> bool:
        """Whether a word before a noun makes it less than all of its kind: "raw fish"."""
        before = self._pieces.words[at - 1]
        verb = self._own.verb_compared(self._pieces.keys[at - 1], before) == self._deed.verb
        return not (verb or self._gap(at) or self._pieces.common[at - 1])

    def _behind(self, governed: Sequence[str], small: Sequence[str], begin: int) -> bool:
        """Whether the small words before a noun are those of the question; before these others may stand."""
        if small:
            return list(governed[-len(small) :]) == list(small)
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
            for name in self._deed.thing.called
            if len(name) > at - first
        )

    def _whole(self, at: int) -> bool:
        """Whether a noun is no part of a longer one that ends behind it."""
        pieces = self._pieces
        if self._text[pieces.ends[at] : pieces.ends[at] + 1] in ("-", "'", "’"):
            return False
        if at + 1 >= len(pieces) or pieces.common[at + 1] or pieces.words[at + 1] in self._own.behind:
            return True
        if self._text[pieces.ends[at] : pieces.starts[at + 1]].strip():
            return True
        if pieces.kinds[at + 1] == CAPITAL:
            return pieces.kinds[at] != CAPITAL
        return pieces.kinds[at + 1] != PLAIN or pieces.words[at + 1].endswith(("ed", "ing", "ly"))

    def _closes(self, at: int) -> bool:
        """Whether the clause goes on with nothing that narrows what is denied."""
        pieces = self._pieces
        for after in range(at + 1, len(pieces)):
            if self._gap(after):
                return True
            if pieces.words[after] in self._words.before or pieces.words[after] in self._words.joining:
                return False
        return True
