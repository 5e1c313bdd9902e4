"""Where in an article the words of a question stand, and which passage of it fits best.

The index knows which articles have the words, not where; the text of the best few articles says the rest. It is not
cut into words, which would take a hundred times as long: each word of the question is looked for as a string of
letters (what it shares with its stem), and what is found is taken only if it stems to the same term. So "running" finds
"runs" and leaves "runic" alone.

Where none of the heavy words is in a text as it is written, the words in it that marks hold together, or that are not
as long as what they are looked up as, are compared one by one ("U.S.A." has "usa", "ज़मीन" has "जमीन").

A passage scores, for each different word of the question in it, the word's weight, a little more where it comes twice;
and up to `NEAR` of that more where the words stand close together.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise, takewhile
from unicodedata import category

from galactica.codes.han import unspaced
from galactica.codes.joints import joints
from galactica.codes.letters import folded, prepare
from galactica.codes.variants import LEFT_OUT, like, uneven
from galactica.search.analysis import Analyser, analyser
from galactica.search.query import Phrase
from galactica.search.rank import Weighted

MOST_PLACES = 150
"""Occurrences of one word that are looked at in one article."""

MOST_TRIES = 1_000
"""Times that one word's letters are looked at in one article, whole word or not."""

MOST_WORDS = 24
"""Words of the question that are looked for in the text, the rarest first."""

FAINT = 0.15
"""Words that weigh less than this share of the heaviest are not looked for."""

HEAVY = 0.35
"""Words that weigh at least this share of the heaviest are looked for in the whole text, lighter ones in the passages
that those lead to."""

MOST_ODD = 4_000
"""Words of a text that are compared one by one."""

MOST_PASSAGES = 6
"""Passages of one article that are looked at closely."""

AGAIN = 0.2
NEAR = 0.5

Match = tuple[int, int, int]
"""An occurrence: code points [start, end) of the text, and the number of the word among the wanted. Plain tuples,
because an article can have a thousand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Best:
    """The passage of an article that fits best.

    Attributes:
        number: of the passage, from 0.
        start, end: its span of the text.
        places: occurrences of wanted words within it, in order.
        score: as the module describes, in units of word weight.
    """

    number: int
    start: int
    end: int
    places: tuple[Match, ...]
    score: float


class Finder:
    """Looks for the words of one question in many texts."""

    def __init__(self, wanted: Sequence[Weighted], phrases: Sequence[Phrase] = ()) -> None:
        heaviest = max((w.idf for w in wanted), default=0.0)
        loud = [w for w in wanted if w.idf >= FAINT * heaviest and not w.word.negative]
        loud = [w for w in loud if len(w.word.text) > 1 or unspaced(w.word.text)] or loud  # the "s" of "Tesla's"
        loud.sort(key=lambda w: -w.idf)
        self.wanted = tuple(loud[:MOST_WORDS])
        self.phrases = tuple(phrases)
        self.weights = [w.idf for w in self.wanted]
        self.weights += [sum(self.weights)] * len(self.phrases)
        added = sum(w.idf for w in self.wanted if w.added)
        self.weight = (sum(self.weights) - added) or added  # what stands instead of typed words is not had besides
        self._patterns = [pattern(phrase) for phrase in phrases]
        self._needles: dict[str, tuple[_Needle, ...]] = {}

    def has_phrases(self, lower: str, title: str) -> bool:
        """Whether every phrase stands in the folded text or title (in the title alone, where that is asked)."""
        return all(
            wanted.search(title) or (not phrase.title_only and wanted.search(lower))
            for wanted, phrase in zip(self._patterns, self.phrases, strict=True)
        )

    def best(self, lower: str, language: str, starts: Sequence[int], ends: Sequence[int]) -> Best | None:
        """The best passage, the first of equals; None where there is no passage at all.

        Args:
            lower: the folded text (`analysis.folded`).
            language: name of its analyser.
            starts, ends: of the text's passages, in order.
        """
        if not starts:
            return None
        found = self.several(lower, language, starts, ends)
        return found[0] if found else Best(number=0, start=starts[0], end=ends[0], places=(), score=0.0)

    def several(self, lower: str, language: str, starts: Sequence[int], ends: Sequence[int]) -> list[Best]:
        """The best passages that have any word of the question, at most `MOST_PASSAGES`, best first; see `best`."""
        found = [
            self._scored(number, starts[number], ends[number], places)
            for number, places in self._heavy(lower, language, starts, ends).items()
        ]
        return sorted(found, key=lambda best: (-best.score, best.number))

    def within(self, lower: str, language: str, number: int, start: int, end: int) -> Best:
        """How well one passage fits; see `best`."""
        places: list[Match] = []
        for phrase, wanted in enumerate(self._patterns, len(self.wanted)):
            found = islice(wanted.finditer(lower, start, end), MOST_PLACES)
            places += [(match.start(), match.end(), phrase) for match in found]
        for word, needle in enumerate(self._prepared(language)):
            needle.find(lower, word, places, start, end)
        return self._scored(number, start, end, sorted(places))

    def _scored(self, number: int, start: int, end: int, places: Sequence[Match]) -> Best:
        score = self._plain(places) * (1 + NEAR * self._nearness(places))
        return Best(number=number, start=start, end=end, places=tuple(places), score=score)

    def _heavy(self, lower: str, language: str, starts: Sequence[int], ends: Sequence[int]) -> dict[int, list[Match]]:
        """The passages with most weight of heavy words → the places of all wanted words in them, in order.

        Light words are only looked for there: a whole article has hundreds of them. Where no heavy word occurs at
        all, the light ones decide.
        """
        needles = self._prepared(language)
        heaviest = max(self.weights, default=0.0)
        heavy = [n for n in range(len(needles)) if self.weights[n] >= HEAVY * heaviest]
        light = [n for n in range(len(needles)) if self.weights[n] < HEAVY * heaviest]
        found: list[Match] = []
        for number, wanted in enumerate(self._patterns, len(self.wanted)):
            found += [(match.start(), match.end(), number) for match in islice(wanted.finditer(lower), MOST_PLACES)]
        for number in heavy:
            needles[number].find(lower, number, found)
        if not found and heavy:
            found = _otherwise(lower, needles, heavy)
        if not found:
            heavy, light = light, []
            for number in heavy:
                needles[number].find(lower, number, found)
        found.sort()
        scored = sorted(
            ((self._plain(places), -n, places) for n, places in _sorted_in(found, starts, ends)), reverse=True
        )
        inside: dict[int, list[Match]] = {}
        for _, minus, places in scored[:MOST_PASSAGES]:
            for number in light:
                needles[number].find(lower, number, places, starts[-minus], ends[-minus])
            if light:
                places.sort()
            inside[-minus] = places
        return inside

    def _prepared(self, language: str) -> tuple[_Needle, ...]:
        if language not in self._needles:
            by = analyser(language)
            self._needles[language] = tuple(_Needle.of(w.word.text, by) for w in self.wanted)
        return self._needles[language]

    def _plain(self, inside: Sequence[Match]) -> float:
        words = [word for _, _, word in inside]
        once = set(words)
        score = sum(self.weights[word] for word in once)
        if len(once) < len(words):
            score += AGAIN * sum(self.weights[word] for word in once if words.count(word) > 1)
        return score

    def _nearness(self, inside: Sequence[Match]) -> float:
        """0 to 1: the weight of neighbouring pairs of different words, discounted by the distance between them."""
        best: dict[tuple[int, int], float] = {}
        for (_, end, left), (start, _, right) in pairwise(inside):
            if left != right:
                pair = (left, right) if left < right else (right, left)
                value = (self.weights[left] + self.weights[right]) / (1 + max(0, start - end) / 10)
                if value > best.get(pair, 0.0):
                    best[pair] = value
        return min(1.0, sum(best.values()) / (2 * self.weight)) if self.weight else 0.0


def pattern(phrase: Phrase) -> re.Pattern[str]:
    """What finds a phrase in a folded text: its words in order with nothing but space and punctuation between them."""
    parts = [re.escape(word) if word.isascii() else _spread(word) for word in phrase.words]
    first = "" if unspaced(phrase.words[0]) else r"(?<!\w)"
    last = "" if unspaced(phrase.words[-1]) else r"(?!\w)"
    return re.compile(first + r"[\W_]{1,9}".join(parts) + last)


def _spread(word: str) -> str:
    """An expression for a word between whose letters may stand what does not count (`variants`)."""
    letters = [re.escape(letter) for letter in word if like(letter)]
    return f"[{LEFT_OUT}]*".join(letters or map(re.escape, word))


def _sorted_in(
    places: Sequence[Match], starts: Sequence[int], ends: Sequence[int]
) -> Iterator[tuple[int, list[Match]]]:
    """Yield (number of a passage, the places that begin in it) for the passages that have any, in order."""
    at, last = 0, len(places)
    while at < last:
        number = bisect_right(starts, places[at][0]) - 1
        if number < 0:
            at += 1
            continue
        first, end = at, ends[number]
        while at < last and places[at][0] < end:
            at += 1
        if at > first:
            yield number, list(places[first:at])
        else:
            at += 1  # between two passages


@dataclass(frozen=True, slots=True)
class _Needle:
    """A string to look for, and which of the words that begin with it count."""

    letters: str
    side: str  # "start": letters begin a word; "inside": they stand anywhere in it; "": there are no words
    same: Callable[[str], bool]

    @classmethod
    def of(cls, word: str, by: Analyser) -> _Needle:
        surface = folded(word)
        if unspaced(surface):
            return cls(surface, "", lambda _: True)
        terms = by.terms(word)
        if len(terms) != 1:
            return cls(surface, "start", lambda found: found == surface)
        term = terms[0]
        letters = "".join(a for a, b in takewhile(lambda pair: pair[0] == pair[1], zip(surface, term, strict=False)))
        side = "start"
        if by.name == "ar":  # its stemmer takes off beginnings, the article among them
            letters, side = (term, "inside") if term in surface else (letters or surface, "inside")
        elif len(letters) < 2:
            letters = surface
        known = {surface: True}

        def same(found: str) -> bool:
            if found not in known:
                known[found] = by.terms(prepare(found)) == [term]
            return known[found]

        return cls(letters, side, same)

    def find(self, lower: str, number: int, found: list[Match], begin: int = 0, stop: int | None = None) -> None:
        """Append the places of word `number` in a folded text, from `begin` to `stop`."""
        letters, size = self.letters, len(self.letters)
        most = len(found) + MOST_PLACES
        at = lower.find(letters, begin, stop) if letters else -1
        tries = 0
        while at >= 0 and len(found) < most and tries < MOST_TRIES:
            tries += 1
            start, end = at, at + size
            if self.side == "start" and at and lower[at - 1].isalnum():
                at = lower.find(letters, end, stop)
                continue
            if self.side:
                while end < len(lower) and (lower[end].isalnum() or _is_mark(lower[end])):
                    end += 1
                while self.side == "inside" and start and lower[start - 1].isalnum():
                    start -= 1
            if not self.side or self.same(lower[start:end]):
                found.append((start, end, number))
            at = lower.find(letters, end, stop)


def _otherwise(lower: str, needles: Sequence[_Needle], numbers: Sequence[int]) -> list[Match]:
    """The places of words that a text writes with marks inside, or with more or fewer characters."""
    odd = [(joint.start, joint.end, joint.text) for joint in joints(lower)]
    odd += [(start, end, prepare(lower[start:end])) for start, end in uneven(lower)]
    found = [
        (start, end, number)
        for number in numbers
        for start, end, text in odd[:MOST_ODD]
        if needles[number].side and needles[number].same(text)
    ]
    return sorted(found)


def _is_mark(character: str) -> bool:
    return character > "\u02ff" and category(character)[0] == "M"
