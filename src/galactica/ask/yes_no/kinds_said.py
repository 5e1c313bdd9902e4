"""Other ways in which a sentence tells of what kind a thing is, or that it lacks something.

* "Reptiles, such as snakes and lizards" and "snakes and other reptiles" say that snakes are reptiles.
* What an article says at its beginning that its thing is excludes what nothing of that kind is: "a whale is a marine
  mammal", and so no fish. Which kinds exclude each other stands in `kinds.toml`.
* "The ostrich is a flightless bird" says that it does not fly; what such words lack stands there too.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.pieces import cut_pieces
from galactica.ask.words_asked import compared_word
from galactica.ask.yes_no.about import begun_with
from galactica.ask.yes_no.being import Being
from galactica.ask.yes_no.clause import ClauseAbout
from galactica.ask.yes_no.deeds import Deed
from galactica.ask.yes_no.spaced_words import HAVING, SpacedWords
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded

MOST_LISTED = 30
"""Words of a list of things of a kind."""

MOST_SAID = 12
"""Words behind "is" in which a thing is said to lack something."""

FIRST = 400
"""Characters at the beginning of an article in which it is said what its thing is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindWords:
    """The words of one language; what they are says `kinds.toml`.

    Attributes:
        groups: kinds that exclude each other, each a pattern of its names.
        ends: a pattern of where what a thing is ends.
        lacking: word → what is lacking, as it is compared.
    """

    groups: tuple[tuple[re.Pattern[str], ...], ...]
    ends: re.Pattern[str]
    lacking: dict[str, frozenset[str]]


def named_as_member(asks: Being, text: str, language: str, words: SpacedWords, *, near: bool) -> bool | None:
    """True where a sentence names the thing as one of the kind that is asked for."""
    if asks.opens == words.wording.definite or any(asks.gaps):
        return None
    return True if _Members(text, language, asks.thing, words).says(asks.keys) else None


class _Members(ClauseAbout):
    """A sentence beside a kind of things."""

    def says(self, kind: tuple[str, ...]) -> bool:
        pieces, words = self._pieces, self._words
        narrowing = self._own.narrowing | words.limiting | words.joining | words.before
        for first in range(len(pieces) - len(kind)):
            last, before = first + len(kind), pieces.words[first - 1] if first else ""
            if tuple(pieces.keys[first:last]) != kind or (first and self._text[pieces.starts[first] - 1] == "-"):
                continue
            such = next(
                (len(each) for each in self._own.such if tuple(pieces.words[last : last + len(each)]) == each), 0
            )
            if such and before not in narrowing and self._gap(last) in ("", ",") and self._lists(last + such):
                return True
            others = first > 2 and before == self._own.other and pieces.words[first - 2] in self._own.member
            if others and self._named_before(first - 2):
                return True
        return False

    def _named_before(self, end: int) -> bool:
        return any(self._is_name(end - len(name), name) for name in self._thing.names)

    def _lists(self, begin: int) -> bool:
        """Whether the thing is a whole member of a list that begins at a word."""
        pieces = self._pieces
        for at in range(begin, min(len(pieces), begin + MOST_LISTED)):
            if at > begin and self._gap(at) not in ("", ","):
                return False
            if pieces.words[at] in self._words.being | self._words.helping | self._own.but | self._own.relative:
                return False
            opens = (
                at == begin or self._gap(at) == "," or pieces.words[at - 1] in self._own.member | self._words.articles
            )
            if opens and any(self._is_name(at, name) for name in self._thing.names):
                return True
        return False

    def _is_name(self, at: int, name: tuple[str, ...]) -> bool:
        """Whether a name stands at a word, and no longer one."""
        pieces, last = self._pieces, at + len(name)
        if at < 0 or tuple(pieces.keys[at:last]) != name or not self._ends(last - 1):
            return False
        return last >= len(pieces) or self._gap(last) != "" or pieces.common[last]


def said_of_other_kind(asks: Being, text: str, language: str, words: SpacedWords, *, near: bool) -> bool | None:
    """False where the first sentence of the thing's article says that it is of another kind than what is asked."""
    pieces = cut_pieces(text, language)
    begun = begun_with(pieces, asks.thing.names, words)
    verb = next((at for at in range(begun, len(pieces)) if pieces.words[at] in words.wording.being), len(pieces))
    if not begun or verb >= len(pieces) or asks.opens == words.wording.definite:
        return None
    return False if of_other_kind(asks.said, text[pieces.ends[verb] :], language) else None


def of_other_kind(kind: str, told: str, language: str) -> bool:
    """Whether a thing is of another kind than what is asked.

    Args:
        kind: that is asked for, as the question has it.
        told: what the first sentence of its article says that it is, and more.
    """
    known, plain = _kind_words().get(language), folded(fold_han(told[:FIRST]))
    asked = folded(fold_han(kind)).strip()
    if known is None:
        return False
    end = known.ends.search(plain)
    plain = plain[: end.start() if end is not None else len(plain)]
    for group in known.groups:
        wanted = [each for each in group if each.fullmatch(asked)]
        found = [each for each in group if each.search(plain)]
        if wanted:
            return len(found) == 1 and found != wanted
    return False


def told_to_lack(deed: Deed, text: str, language: str, words: SpacedWords, *, near: bool) -> bool | None:
    """False where a sentence says that the thing is without what is asked; None of others."""
    known, pieces = _kind_words().get(language), cut_pieces(text, language)
    wanted = {key for _, key in deed.objects[-1:]} if deed.verb == HAVING else {deed.verb}
    if known is None or deed.done_to or (deed.verb != HAVING and deed.objects):
        return None
    pronoun = 1 if near and pieces.words[:1] and pieces.words[0] in words.wording.subjects else 0
    begun = begun_with(pieces, deed.thing.names, words) or pronoun
    if not begun or begun >= len(pieces) or pieces.words[begun] not in words.wording.present:
        return None
    for at in range(begun + 1, min(len(pieces), begun + MOST_SAID)):
        word = pieces.words[at]
        gap = text[pieces.ends[at - 1] : pieces.starts[at]].strip()
        if gap not in ("", ",") or word in (words.wording.before | words.but | words.narrowing | words.relative) - {
            words.of
        }:
            return None
        lacks = known.lacking.get(word, frozenset())
        if word.endswith("less") and len(word) > len("less") + 2:
            bare = cut_pieces(word.removesuffix("less"), language)
            lacks |= {compared_word(key, each, words.wording) for key, each in zip(bare.keys, bare.words, strict=True)}
        if lacks & wanted:
            return False
    return None


@cache
def _kind_words() -> dict[str, KindWords]:
    """Language → its words."""
    table = tomllib.loads(files(__package__).joinpath("kinds.toml").read_text("utf-8"))
    return {language: _read(entry, language) for language, entry in table.items()}


def _read(entry: dict[str, object], language: str) -> KindWords:
    groups = [[part.strip() for part in str(line).split("|")] for line in entry["groups"]]  # type: ignore[attr-defined]
    lacking: dict[str, frozenset[str]] = {}
    for line in str(entry.get("lacking", "")).split("|"):
        without, _, lacks = line.strip().partition(":")
        lacking[without] = frozenset(cut_pieces(lacks, language).keys)
    return KindWords(
        groups=tuple(tuple(_names(each, group) for each in group) for group in groups),
        ends=re.compile(str(entry["ends"])),
        lacking=lacking,
    )


def _names(own: str, group: list[str]) -> re.Pattern[str]:
    """A pattern of the names of a kind, none of them within the longer name of another ("planet" in "dwarf planet")."""
    patterns = []
    for name in own.split(","):
        plain = folded(fold_han(name.strip()))
        longer = [folded(fold_han(each.strip())) for line in group for each in line.split(",")]
        before = {each.removesuffix(plain) for each in longer if each != plain and each.endswith(plain)}
        guard = "".join(f"(?<!{re.escape(each)})" for each in sorted(before))
        patterns.append(guard + re.escape(plain) if unspaced(plain) else rf"(?<!\w){guard}{re.escape(plain)}(?!\w)")
    return re.compile("|".join(patterns))
