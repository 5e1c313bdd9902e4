"""Whether the titles of two articles in two languages name one thing, word by word, as joined pairs teach it.

Names that have a word in common, and texts that name the same things, bring "Vilnius" and "Vilnius University"
together, the album and the song of its name, Édouard Herriot and Édouard Daladier: where the article's own partner is
not there, what is nearest of those that are would be taken. So what is joined by its name first teaches which words of
titles stand for each other, and which are left out in the other language, and then each pair is looked at again:

1. Words that are written alike are one: "Zoubkov" and "Zubkov", "J." and "John". Small words ("de", "of") do not count.
2. Of what is left on both sides each word must be what stands for one of the other side's, in other joined pairs:
   "chanson" and "song". What is left on one side must be what other pairs leave out ("Quebec"), or stand behind a comma
   where the texts agree, too. Where the titles are the same, their brackets are looked at; where they are nearly the
   same, numbers.
3. A bracket that one of two titles has tells the thing from others of that name, and the bare title may be any of
   them: the texts must agree.
4. Nothing is said of pairs with an identifier or another name in common, with claims that agree, or whose titles are
   in two scripts. A pair does not vouch for itself.

Source: made with DBP15K fr–en as two wikis of which both of a pair are there for three in ten
(`benchmarks.joined_languages`, 2026-11-30): of the pairs that this parts there half were wrong.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import combinations, islice, product

from rapidfuzz.distance import Levenshtein

from galactica.codes.letters import title_key
from galactica.joining.topics.evidence import COMPARISONS, SAME_SCRIPT, regime_of
from galactica.joining.topics.learning import UNKNOWN
from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.romanising import romanised
from galactica.joining.topics.thing import Thing
from galactica.joining.topics.two_languages import NO_LANGUAGE
from galactica.languages import primary, small_words

MOST_WORDS = 12
"""Words of a title that are looked at."""

MOST_TAUGHT = 50_000
"""Joined pairs that teach, the first ones: 20 MiB of counts, as titles are."""

MOST_COUNTED = 1_000_000
"""Pairs of words that are counted: 250 MiB at the most, of titles that have no word in common."""

MOST_LOOKED_AT = 2_000_000
"""Joined pairs, of all languages, that are looked at for those that teach."""

MOST_LEFT = 10
"""Words left of a title, or Han characters, that teach what they stand for: the last: "song", 曲."""

ONE_IN = 3
"""Words stand for each other where one in so many of the pairs that have either left has both; and a word may be left
out where it is in one of so many of those that have it."""

OFTEN = 2
"""Other pairs at least that leave a word out."""

ALIKE = 3
"""One letter in so many may be another in words that are alike."""

SHORTEST = 4
"""Letters of words that may be alike without being the same, and of a common beginning that half of a word is."""

TEXTS_AGREE = 2
"""The farthest level of "words" at which texts agree: a fifth of the rare words."""

_NAME, _WORDS, _IDENTIFIERS, _CLAIMS = 0, 2, 4, 6
_SAME_TITLE, _ALIASES, _FAR = 0, (1, 2), 5
"""Levels of names: the same, by another name, and those from which on all of the titles is compared."""

_HAN = re.compile("[\u3400-\u9fff\uf900-\ufaff]")
_RUNS = re.compile(f"{_HAN.pattern}|[\u30a0-\u30ff]+|[\u3040-\u309f]+|[^\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]+")
_DIGIT = re.compile(r"\d")
_NUMBERED = re.compile(r"\d|^[ivx]{2,}$")
_NOT_DIGITS = re.compile(r"\D+")

Words = tuple[str, ...]


class TitlesTaught:
    """What joined pairs of two languages teach of the words of titles.

    Args:
        things: by row.
        clusters: rows of each topic.
    """

    def __init__(self, things: ThingFile, clusters: Iterable[Sequence[int]]) -> None:
        self._things = things
        self._taught: dict[tuple[str, str], _Taught] = {}
        self._by: set[tuple[int, int]] = set()
        counted = 0
        for low, high in islice(_two_of_each(clusters), MOST_LOOKED_AT):
            one, other = _in_order(things[low], things[high])
            if len(self._by) < MOST_TAUGHT and counted < MOST_COUNTED and _comparable(one, other):
                self._by.add((min(low, high), max(low, high)))
                languages = primary(one.language), primary(other.language)
                counted += self._taught.setdefault(languages, _Taught(languages)).learn(one.title, other.title)

    def against(self, low: int, high: int) -> str:
        """Why two articles that would be joined are not one thing, as their titles say; "" where they do not."""
        one, other = _in_order(self._things[low], self._things[high])
        if not _comparable(one, other):
            return ""
        level = COMPARISONS[_NAME].judge(one, other)
        if level in _ALIASES or COMPARISONS[_IDENTIFIERS].judge(one, other) == 0:
            return ""
        if COMPARISONS[_CLAIMS].judge(one, other) in (0, 1):
            return ""
        agree = UNKNOWN < COMPARISONS[_WORDS].judge(one, other) <= TEXTS_AGREE
        if level < _FAR and bool(one.bracket) != bool(other.bracket):
            return "" if agree else "one has a bracket"
        if level == _SAME_TITLE and not one.bracket:
            return ""
        languages = primary(one.language), primary(other.language)
        taught = self._taught.get(languages) or _Taught(languages)
        if _SAME_TITLE < level < _FAR:
            return taught.numbered(one, other)
        own = int((min(low, high), max(low, high)) in self._by)
        return taught.against(one.title, other.title, own, far=level >= _FAR, agree=agree)


def _two_of_each(clusters: Iterable[Sequence[int]]) -> Iterator[tuple[int, int]]:
    """Every two rows of each topic."""
    for rows in clusters:
        yield from combinations(rows, 2)


def _in_order(one: Thing, other: Thing) -> tuple[Thing, Thing]:
    """Two articles, by their languages."""
    return (one, other) if primary(one.language) <= primary(other.language) else (other, one)


def _comparable(one: Thing, other: Thing) -> bool:
    told = not {primary(one.language), primary(other.language)} & NO_LANGUAGE
    return told and regime_of(one, other) == SAME_SCRIPT


class _Taught:
    """What pairs of two languages teach."""

    def __init__(self, languages: tuple[str, str]) -> None:
        self._small = frozenset(romanised(word) for each in languages for word in small_words(each))
        self._left = Counter[str](), Counter[str]()
        self._out = Counter[str](), Counter[str]()
        self._had = Counter[str](), Counter[str]()
        self._both: Counter[tuple[str, str]] = Counter()

    def learn(self, one: str, other: str) -> int:
        """Take the titles of a joined pair; returns how many pairs of words were counted."""
        left = [each[-MOST_LEFT:] for each in self._unlike(one, other)]
        for side, title in enumerate((one, other)):
            self._had[side].update(set(_words(title)))
            self._left[side].update(set(left[side]))
            if not left[1 - side]:
                self._out[side].update(set(left[side]))
        self._both.update(product(set(left[0]), set(left[1])))
        return len(left[0]) * len(left[1])

    def against(self, one: str, other: str, own: int, *, far: bool, agree: bool) -> str:
        """Why two titles are not of one thing.

        Args:
            own: 1 where this pair taught, too.
            far: they have hardly a word in common. agree: their texts do.
        """
        ours, theirs = self._unlike(one, other)
        left = (
            [word for word in ours if not any(self._stand(word, each, own) for each in theirs)],
            [word for word in theirs if not any(self._stand(each, word, own) for each in ours)],
        )
        if left[0] and left[1]:
            return "titles say other things"
        for side, title in enumerate((one, other) if far else ()):
            behind = _words(title.partition(",")[2]) if agree else ()
            alone = own * (not (ours, theirs)[1 - side])
            rest = [word for word in left[side] if word not in behind and not self._left_out(side, word, own, alone)]
            if rest:
                return "one title says more"
        return ""

    def numbered(self, one: Thing, other: Thing) -> str:
        """Why two titles that are nearly the same are not of one thing: their numbers, or a letter behind one."""
        ours, theirs = self._unlike(one.title, other.title)
        left = [word for word in (*ours, *theirs) if _NUMBERED.search(word)]
        if _DIGIT.search(one.base) and _DIGIT.search(other.base):
            left += [word for word in (*ours, *theirs) if len(word) == 1]
        return "other numbers" if left else ""

    def _stand(self, ours: str, theirs: str, own: int) -> bool:
        """Whether two words stand for each other, as other pairs have it."""
        both = self._both[ours, theirs] - own
        return both > 0 and both * ONE_IN >= max(self._left[0][ours], self._left[1][theirs]) - own

    def _left_out(self, side: int, word: str, own: int, alone: int) -> bool:
        """Whether other pairs leave a word out; alone: 1 where this pair does, too."""
        out = self._out[side][word] - alone
        return out >= OFTEN and out * ONE_IN >= self._had[side][word] - own

    def _unlike(self, one: str, other: str) -> tuple[Words, Words]:
        """The words of each of two titles that are not like one of the other's, without small words."""
        ours, theirs = list(_words(one)), list(_words(other))
        for alike in (str.__eq__, _alike):
            for word in tuple(ours):
                found = next((each for each in theirs if alike(word, each)), None)
                if found is not None:
                    ours.remove(word)
                    theirs.remove(found)
            ours, theirs = ([word for word in each if word not in self._small] for each in (ours, theirs))
        return tuple(ours), tuple(theirs)


@lru_cache(maxsize=65_536)
def _words(title: str) -> Words:
    """The words of a title in small Latin letters; where no spaces are, each Han character and each run of kana."""
    words: list[str] = []
    for run in _RUNS.findall(title_key(title)):
        words += [run] if _HAN.match(run) else romanised(run).split()
    return tuple(words[:MOST_WORDS])


def _alike(one: str, other: str) -> bool:
    """Whether two words are written alike: a letter and what begins with it, a few other letters, half the same; of
    numbers, what stands behind them may differ ("3e", "3rd")."""
    if one[0].isdigit() or other[0].isdigit():
        return not one.isdigit() and not other.isdigit() and _NOT_DIGITS.sub("", one) == _NOT_DIGITS.sub("", other)
    if min(len(one), len(other)) == 1:
        return one[0] == other[0]
    shortest, longest = sorted((len(one), len(other)))
    if shortest < SHORTEST:
        return False
    if Levenshtein.distance(one, other, score_cutoff=longest // ALIKE) <= longest // ALIKE:
        return True
    same = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), shortest)
    return same >= SHORTEST and same * 2 >= longest
