"""What a name is made of, whatever script it is in: letters as they are written, and as they are said.

Two kinds, for two uses. What names of two languages have in common as they stand (`sounded_units`): words, letters,
sounds and numbers in Latin letters. What one language's names are made of, so that what stands for it in another can be
learned (`written_units`): words and runs of one to three letters, of Latin script two and three; Han folded to one form
and with its reading, so that 汤 and 湯 teach each other. Both kinds have numbers: "(season 8)" and (第八季) have one in
common.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

from galactica.codes.han import fold_han
from galactica.joining.topics.romanising import LONGEST, romanised, sound_of
from galactica.values.number_words import han_in_digits, romans

LONGEST_WORD = 24
"""Letters of one word that are taken apart; longer ones are of scripts that put no spaces, or of nobody."""

_BRACKET = re.compile(r"[（(][^()（）]*[)）]")
_APART = re.compile(r"[\W_]+")
_NUMBERS = re.compile(r"\d+")
_CAPITALS = re.compile(r"\b[IVXL]+\b")


def without_bracket(name: str) -> str:
    """A name without what stands in brackets; all of it, where there is nothing else."""
    return _BRACKET.sub("", name).strip() or name


def sounded_units(name: str) -> dict[str, float]:
    """What a name is compared by as it stands: words, letters, sounds, numbers, and how often each counts."""
    base = without_bracket(name[:LONGEST])
    found: Counter[str] = Counter()
    for word in romanised(base).split():
        found["w" + word] += 2
        found.update("t" + run for run in _runs(word, (3,)))
    sound = sound_of(base)
    if sound:
        found["s" + sound] += 2
        found.update("g" + run for run in _runs(sound, (2, 3)))
    for number in _NUMBERS.findall(name[:LONGEST]):
        found["n" + number] += 3
    found.update(dict.fromkeys(_spelt_numbers(name), 2))
    return {unit: float(count) for unit, count in found.items()}


def written_units(name: str) -> dict[str, float]:
    """What a name is made of, each once: words, runs of letters, readings of what is not Latin."""
    text = fold_han(unicodedata.normalize("NFKC", name[:LONGEST]).lower())
    found: set[str] = set()
    for word in _APART.split(text):
        plain = romanised(word)
        if not plain or plain == word or _is_latin(word):
            own = plain or word
            found |= {"w" + own, *_runs(own, (2, 3))}
        else:
            found |= {"w" + word, *_runs(word, (1, 2, 3)), *("p" + said for said in plain.split())}
    found |= {"n" + number for number in _NUMBERS.findall(name[:LONGEST])} | _spelt_numbers(name)
    return dict.fromkeys(sorted(found - {"w"}), 1.0)


def _spelt_numbers(name: str) -> set[str]:
    """Numbers in Han characters, and in Roman numerals that are a word in capitals."""
    name = name[:LONGEST]
    roman = [romans()[word.lower()] for word in _CAPITALS.findall(name) if word.lower() in romans()]
    han = Counter(_NUMBERS.findall(han_in_digits(name))) - Counter(_NUMBERS.findall(name))
    return {f"n{number}" for number in (*roman, *han)}


def _is_latin(word: str) -> bool:
    return all(ord(letter) < 0x250 or 0x1E00 <= ord(letter) < 0x1F00 for letter in word)


def _runs(word: str, sizes: tuple[int, ...]) -> list[str]:
    """Runs of letters, with marks of where the word begins and ends."""
    marked = f"^{word[:LONGEST_WORD]}$"
    several = [marked[at : at + size] for size in sizes for at in range(len(marked) - size + 1)]
    return [run for run in several if run.strip("^$")]
