"""How much likelier two names sound alike because they are one than by chance: 莎士比亚, Шекспир, Shakespeare.

A name is written in Latin letters (`romanising`) and its letters are aligned with those of another. What a letter
stands for on the other side says `sounding.toml`, in natural logarithms of how much likelier the two stand side by
side in names of one thing than anywhere (a weighted edit distance whose costs were learned, as Ristad and Yianilos
1998 do): a long name that is written nearly alike says much, a short one little, whatever the language. The table
is fitted by `python -m benchmarks.names_fit`.
"""

from __future__ import annotations

import math
import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import product

import numpy as np
from numpy.typing import NDArray

from galactica.joining.topics.romanising import romanised
from galactica.languages import scripts_in

LONGEST_SOUND = 28
"""Sounds of a name; longer ones are compared with nothing."""

UNLIKE = -3.5
"""What two sounds say that the table does not name together."""

SAME_NUMBER, ANOTHER_NUMBER = 3.0, -12.0
"""What a digit says beside the same one, and beside anything else: Henry I is not Henry II, by whatever he is
called."""

MOST_APART = 4
"""Consonants that one of two names may have more than the other; of long names a third of them."""

_TOGETHER = {
    "sch": "S", "tch": "C", "ch": "C", "sh": "S", "zh": "Z", "ph": "f", "th": "T", "ck": "k", "kh": "X", "ts": "c",
    "tz": "c", "ng": "N", "qu": "kw", "x": "ks",
}  # fmt: skip
_SAID = re.compile("|".join(sorted(_TOGETHER, key=len, reverse=True)).replace("ng", "ng(?![aeiouy])"))
_HANGUL_VOWELS = {"eo": "o", "eu": "u", "ae": "e", "oe": "e"}
_HANGUL = re.compile("|".join(_HANGUL_VOWELS))
_CLASSES = ("bpfvwh", "dtTczCsSZj", "gkqXxj", "lr", "mnN", "szcSZCTjx")
"""Consonants that transcriptions exchange; a name is compared with those that have about as many of each."""

LETTERS = "abcdefghijklmnopqrstuvwxyzCNSTXZ0123456789"
"""All sounds; 0 in an array stands for none, their place here and one for each."""

Sounds = NDArray[np.int8]
Odds = NDArray[np.float32]


def sounds(name: str) -> str:
    """The sounds of a name, a letter each; "" where nothing of it can be written in Latin letters."""
    latin = romanised(_numbered(name)).replace(" ", "")
    if "ko" in scripts_in(name):
        latin = _HANGUL.sub(lambda match: _HANGUL_VOWELS[match[0]], latin)
    return _TWICE.sub(r"\1", _SAID.sub(lambda match: _TOGETHER[match[0]], latin))


def _numbered(name: str) -> str:
    """A name with digits for the number of a ruler: Henry VIII, 亨利八世, ヘンリー8世 are of one number."""
    name = _RULER.sub(lambda match: f" {_HAN_NUMBERS.index(match[1]) if match[1] in _HAN_NUMBERS else match[1]} ", name)
    return _ROMAN.sub(lambda match: f" {ROMAN.index(match[0])}", name)


_HAN_NUMBERS = (
    "〇 一 二 三 四 五 六 七 八 九 十 十一 十二 十三 十四 十五 十六 十七 十八 十九 二十 二十一 二十二 二十三".split()
)
ROMAN = "N I II III IV V VI VII VIII IX X XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI XXII XXIII".split()
_RULER = re.compile(rf"({'|'.join(sorted(_HAN_NUMBERS, key=len, reverse=True))}|\d+)世")
_ROMAN = re.compile(rf"(?<=\w )(?:{'|'.join(sorted(ROMAN[1:], key=len, reverse=True))})(?!\w)")
_TWICE = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True, kw_only=True)
class SoundRows:
    """Names to be compared with, by their sounds.

    Attributes:
        letters: `int8 [LONGEST_SOUND, names]`, as in `LETTERS`; 0 behind the last.
        lengths: `int16 [names]`.
        classes: `int8 [names, classes]`, how many consonants of each class.
    """

    letters: Sounds
    lengths: NDArray[np.int16]
    classes: Sounds


def sound_rows(names: list[str]) -> SoundRows:
    """Names, as `sounds` gives them, made ready; none longer than `LONGEST_SOUND`."""
    letters = np.zeros((LONGEST_SOUND, len(names)), dtype=np.int8)
    for number, name in enumerate(names):
        letters[: len(name), number] = _numbers(name)
    return SoundRows(
        letters=letters,
        lengths=np.array([len(name) for name in names], dtype=np.int16),
        classes=np.array([_counts(name) for name in names], dtype=np.int8).reshape(len(names), len(_CLASSES)),
    )


def sound_odds(name: str, language: str, rows: SoundRows) -> tuple[NDArray[np.int64], Odds]:
    """(names that may be it, how much likelier they are the same name than two of chance), in logarithms.

    Args:
        name: as it is written.
        language: that it is in, its first subtag.
    """
    own = sounds(name)
    if not own or len(own) > LONGEST_SOUND:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
    apart = np.abs(rows.classes - np.array(_counts(own), dtype=np.int8)).max(axis=1)
    near = (apart <= max(MOST_APART - 2, min(MOST_APART, len(own) // 3))) & (rows.lengths * 2 >= len(own))
    chosen = np.flatnonzero(near & (rows.lengths <= 2 * len(own) + 2))
    return chosen, _aligned(
        _numbers(own), rows.letters[:, chosen], rows.lengths[chosen], _odds(table_for(name, language))
    )


def _aligned(own: list[int], letters: Sounds, lengths: NDArray[np.int16], odds: Odds) -> Odds:
    """The best alignment of one name with each of some others (Needleman and Wunsch 1970)."""
    longest = int(lengths.max(initial=0))
    alone = [odds[0, letters[at]] for at in range(longest)]
    before = [np.zeros(letters.shape[1], dtype=np.float32)]
    for at in range(longest):
        before.append(before[-1] + alone[at])
    for letter in own:
        row = odds[letter]
        now = [before[0] + row[0]]
        for at in range(longest):
            with_it = np.maximum(before[at] + row[letters[at]], before[at + 1] + row[0])
            now.append(np.maximum(with_it, now[at] + alone[at]))
        before = now
    found: Odds = np.stack(before)[lengths, np.arange(letters.shape[1])]
    return found


def worst_stretch(name: str, language: str, other: str) -> float:
    """What the worst stretch of the best alignment of a name with some sounds says, 0 or less: "Arsenal Football
    Club" is "Essendon Football Club" but for one."""
    odds = _odds(table_for(name, language))
    one, two = _numbers(sounds(name)), _numbers(other)
    best = np.zeros((len(one) + 1, len(two) + 1), dtype=np.float32)
    for i, j in product(range(len(one) + 1), range(len(two) + 1)):
        if i or j:
            best[i, j] = max(_ways(best, odds, one, two, i, j))
    i, j, worst, now = len(one), len(two), 0.0, 0.0
    while i or j:
        ways = _ways(best, odds, one, two, i, j)
        way = ways.index(max(ways))
        now = min(0.0, now + float(odds[one[i - 1] if way != 2 else 0, two[j - 1] if way != 1 else 0]))
        i, j, worst = i - (way != 2), j - (way != 1), min(worst, now)
    return worst


def _ways(best: Odds, odds: Odds, one: list[int], two: list[int], i: int, j: int) -> tuple[float, float, float]:
    """What aligning the first `i` and `j` sounds comes to, by the last step: both, one of the first, of the second."""
    return (
        float(best[i - 1, j - 1] + odds[one[i - 1], two[j - 1]]) if i and j else -math.inf,
        float(best[i - 1, j] + odds[one[i - 1], 0]) if i else -math.inf,
        float(best[i, j - 1] + odds[0, two[j - 1]]) if j else -math.inf,
    )


def table_for(name: str, language: str) -> str:
    """Which table a name is compared by: that of its script, or of scripts that leave out the same."""
    scripts = scripts_in(name) - {"Latin"}
    if "zh" in scripts and language == "ja":
        return "ja"
    found = (table for script, table in _TABLES.items() if script in scripts)
    return next(found, "other" if scripts else "latin")


_TABLES = {
    "ja": "ja", "zh": "zh", "ko": "ko", "Arabic": "abjad", "Hebrew": "abjad", "Devanagari": "indic", "Bengali": "indic",
}  # fmt: skip


@cache
def _odds(table: str) -> Odds:
    """`float32 [letters + 1, letters + 1]`: of a sound of the one name beside one of the other; 0 stands for none."""
    raw = tomllib.loads(files(__package__).joinpath("sounding.toml").read_text("utf-8"))[table]
    found = np.full((len(LETTERS) + 1, len(LETTERS) + 1), UNLIKE, dtype=np.float32)
    for letter, row in raw.items():
        for entry in row.split():
            found[_place(letter), _place(entry[0])] = float(entry[1:])
    digits = [_place(digit) for digit in "0123456789"]
    found[digits, :] = found[:, digits] = ANOTHER_NUMBER
    found[digits, digits] = SAME_NUMBER
    return found


def _place(letter: str) -> int:
    return LETTERS.index(letter) + 1 if letter != "_" else 0


def _numbers(name: str) -> list[int]:
    return [LETTERS.index(letter) + 1 for letter in name]


def _counts(name: str) -> list[int]:
    return [sum(map(group.__contains__, name)) for group in _CLASSES]
