"""A sentence, cut into words, and where in it a clause begins with a thing.

A clause begins with the thing by its name, or by a pronoun, or goes on behind it with "which". Nothing before the name
makes it another ("most chipmunks", "the friend of Braque"), nor does it begin a longer one.
"""

from __future__ import annotations

from collections.abc import Iterator

from galactica.ask.pieces import CAPITAL, NUMBER, cut_pieces
from galactica.ask.yes_no.about import ThingAsked
from galactica.ask.yes_no.others import within_list
from galactica.ask.yes_no.silent import without_asides
from galactica.ask.yes_no.spaced_words import SpacedWords

MOST_BETWEEN = 16
"""Words between a thing and its verb: others, names between commas."""

MOST_JOINED = 6
"""Words of the first of two things that are joined."""

_QUOTES = '"“”‘’ '


class ClauseAbout:
    """A sentence beside the thing that is asked about.

    Args:
        text: the sentence.
        language: its language.
        thing: that is asked about.
        words: of the language.
    """

    def __init__(self, text: str, language: str, thing: ThingAsked, words: SpacedWords) -> None:
        self._text = without_asides(text)
        self._pieces = cut_pieces(self._text, language)
        self._thing, self._words, self._own = thing, words.wording, words

    def subjects(self, *, near: bool) -> Iterator[int]:
        """Behind which words the thing is named where a clause may begin."""
        pieces = self._pieces
        for name in self._thing.names:
            for first in range(len(pieces) - len(name)):
                last = first + len(name)
                if tuple(pieces.keys[first:last]) != name or not self._ends(last - 1):
                    continue
                if self._opens(first, last):
                    yield last
                if self._gap(last) == "," and pieces.words[last] in self._own.relative and not self._is_whose(first):
                    yield last + 1  # "Venus, which has no moons"
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

    def _gap(self, at: int) -> str:
        """What stands between a word and the one before it, without quotation marks."""
        starts, ends = self._pieces.starts, self._pieces.ends
        begin = ends[at - 1] if at else 0
        return self._text[begin : starts[at] if at < len(self._pieces) else len(self._text)].strip(_QUOTES)

    def _opens(self, first: int, behind: int) -> bool:
        """Whether a clause may begin at a name, that ends before the word `behind`."""
        words, kinds = self._pieces.words, self._pieces.kinds
        unknown = self._thing.own is None  # "Picasso" without an article may stand there with its first names
        while first and (words[first - 1] in self._words.articles or (unknown and kinds[first - 1] == CAPITAL)):
            if self._gap(first):
                break
            first -= 1
        if not first or self._gap(first)[-1:] in (",", ";", ":", "."):
            return not self._within_list(first, behind)
        if words[first - 1] in self._own.opens:
            governed = words[first - 1] in self._own.member and self._governed(first - 1)
            return not governed and not self._within_list(first, behind)
        return kinds[first - 1] == NUMBER and first > 1 and not self._gap(first)  # "in 1939 Germany"

    def _within_list(self, first: int, behind: int) -> bool:
        own = self._own
        return within_list(self._pieces, (first, behind), self._gap, own.joint, own.opens)

    def _governed(self, at: int) -> bool:
        """Whether a word within the clause stands before a word and what that joins: "all except Mercury and Venus"."""
        for before in range(at - 1, max(-1, at - MOST_JOINED), -1):
            if self._pieces.words[before] in self._words.before | self._own.but | self._words.joining:
                return True
            if self._gap(before):
                return False
        return False

    def _is_whose(self, first: int) -> bool:
        """Whether a name says whose another thing is: "the moon of Venus, which …"."""
        return first > 0 and self._pieces.words[first - 1] in self._words.before

    def _ends(self, at: int) -> bool:
        """Whether a name ends at a word: it is no possessive, and no part of a longer one."""
        pieces = self._pieces
        whose = self._text[pieces.starts[at] : pieces.ends[at] + 1].endswith(("'s", "’s", "s'", "s’"))
        longer = at + 1 < len(pieces) and pieces.kinds[at + 1] == CAPITAL and not self._gap(at + 1)
        return not whose and self._text[pieces.ends[at] : pieces.ends[at] + 1] not in ("-", "'", "’") and not longer

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
