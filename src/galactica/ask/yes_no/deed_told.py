"""Does a sentence say that a thing does what a question asks, has it, or that it is done to it?

The thing begins a clause (`clause`); the verb follows, in other words or another form, with nothing between but words
of manner, what stands between two commas, others who do it too, what helps it, and the kind that the thing is said to
be ("is a bird that eats moss"); then what it is done to (`objects_told`). It is denied by "not" or "never" right before
the verb, or by "no" before what it is done to, where nothing narrows that ("not always", "no raw fish") and the clause
ends there.

Whatever narrows it tells nothing.
"""

from __future__ import annotations

from collections.abc import Sequence

from galactica.ask.pieces import CAPITAL
from galactica.ask.wording_words import is_participle
from galactica.ask.yes_no.clause import MOST_BETWEEN
from galactica.ask.yes_no.deeds import Deed
from galactica.ask.yes_no.objects_told import ObjectsClause
from galactica.ask.yes_no.others import closes_list
from galactica.ask.yes_no.spaced_words import HAVING, SpacedWords

MOST_OF_KIND = 9
"""Words of what a thing is said to be, before what it does."""


def deed_told(deed: Deed, text: str, language: str, words: SpacedWords, *, near: bool) -> bool | None:
    """Whether a sentence says it; None where it does not tell.

    Args:
        near: whether a pronoun at its beginning is the thing.
    """
    clause = _Clause(text, language, deed, words)
    told = {clause.says(last) for last in clause.subjects(near=near)} - {None}
    return told.pop() if len(told) == 1 else None


class _Clause(ObjectsClause):
    """A sentence beside a deed."""

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

    def _verb(self, begun: int) -> tuple[int, bool]:
        """(place of the verb behind a thing, whether it is denied); −1 where it does not follow."""
        pieces, own, words = self._pieces, self._own, self._words
        helped: list[str] = []
        at, closed, denied, several, manner, apart, others = begun, -1, False, False, False, False, False
        while at < min(len(pieces), begun + MOST_BETWEEN):
            word, gap = pieces.words[at], self._gap(at)
            if gap not in ("", ",") or word in own.narrowing or word in own.but - words.denying:
                break
            closing = self._aside(at) if gap == "," and not several else 0
            if closing:
                at = closed = closing
                several = True
                continue
            apart = apart or (gap == "," and at != closed)
            several = several or gap == ","
            if self._is_verb(at, helped) and (helped or several or self._agrees(begun - 1, at)):
                alone = (apart or others) and not closes_list(pieces, range(begun, at), self._gap, own.member)
                return (-1, False) if (denied and manner) or alone else (at, denied)  # "X, Y has": not X
            verb = self._of_its_kind(at, helped) if helped and not (denied or apart) else -1
            if verb >= 0:
                return verb, False
            if own.denies(word):
                denied = True
                helped += [word] if word not in own.plain_no else []
            elif (word == own.used and self._deed.present) or (
                word == own.to and helped[-1:] and helped[-1] in words.being
            ):
                break  # "was to marry"
            elif word in words.helping | words.being | own.setting or word in ("been", own.used, own.to):
                helped.append(word)
            elif word not in own.manner and not word.endswith("ly"):
                if helped or not self._too(at, several):
                    break
                others = True
            manner = manner or word in own.manner or word.endswith("ly")
            at += 1
        return -1, False

    def _of_its_kind(self, at: int, helped: Sequence[str]) -> int:
        """Place of the verb behind what the thing is said to be: "is a language spoken in", "is a bird that eats"; −1
        where none follows."""
        pieces, own, words = self._pieces, self._own, self._words
        if helped[-1] not in words.being or pieces.words[at - 1] != helped[-1]:
            return -1
        for place in range(at, min(len(pieces), at + MOST_OF_KIND)):
            word = pieces.words[place]
            if self._gap(place) or word in (words.before | own.but | own.narrowing) - {own.of} or own.denies(word):
                return -1
            if word in own.relative:
                behind = (n for n in range(place + 1, len(pieces)) if pieces.words[n] not in own.manner)
                verb = next(behind, place)
                return verb if not self._gap(verb) and self._is_verb(verb, ()) else -1
            if place > at and self._deed.done_to and self._is_verb(place, helped):
                return place
        return -1

    def _too(self, at: int, several: bool) -> bool:
        """Whether a word behind a thing is one of the names of others that do it too."""
        word, before = self._pieces.words[at], self._pieces.words[max(0, at - 3) : at]
        return word in self._own.member or (
            self._pieces.kinds[at] == CAPITAL and (several or self._own.joint in before)
        )

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
        if word != self._deed.word or self._deed.done_to or thing in self._own.relative:
            return True
        joined = "," not in self._text and not self._own.member.isdisjoint(
            self._pieces.words[max(0, subject - 3) : subject]
        )
        many = (thing.endswith("s") and not thing.endswith("ss")) or joined  # "Norra and Vara have"
        return many or (thing in self._words.subjects and thing not in self._own.persons and thing != "it")

    def _helps(self, at: int) -> bool:
        """Whether "have" helps another verb there."""
        behind = [word for word in self._pieces.words[at + 1 : at + 4] if not word.endswith("ly")]
        return any(is_participle(word, self._words) or word == "been" for word in behind[:1])
