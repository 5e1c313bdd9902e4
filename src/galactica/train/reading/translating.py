"""Questions said in another language, word by word: what a reader learns from to understand a question in one language
and a passage in another, of which nobody has asked many (code-switching; Qin et al. 2020, arXiv:2006.06402).

The words that ask ("how many", "in welchem Jahr") are exchanged for others of the same kind from the files of
`languages/`. Every other word is exchanged for one of the words whose vectors are nearest to its own in the other
language, of the network that training begins from: that one was taught by translations, and so is a dictionary. Small
words go, and names that nothing is near stay as they are. The sentence that comes out is no good one, but it asks for
the same.

The words that may be said are the pieces of the network's vocabulary that are whole words. What language one is in, its
script says; in the Latin script, of a language in which much is read, that it is met there.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from galactica.codes.han import fold_han, unspaced
from galactica.encode.pieces import SPACE
from galactica.languages import guess
from galactica.train.reading.asking_words import asking_words
from galactica.train.reading.vocabulary import script

if TYPE_CHECKING:
    from galactica.encode.pieces import Tokenizer
    from galactica.train.reading.asking_words import QuestionPhrases

SCRIPTS = {
    "en": "LATIN",
    "de": "LATIN",
    "es": "LATIN",
    "ro": "LATIN",
    "tr": "LATIN",
    "vi": "LATIN",
    "el": "GREEK",
    "ru": "CYRILLIC",
    "ar": "ARABIC",
    "hi": "DEVANAGARI",
    "th": "THAI",
    "zh": "CJK",
}
"""The languages that are translated into, those whose files say how they ask, and the script of their words."""

WEIGHTS = {"en": 5.0, "zh": 2.0}
"""How readily a language is taken, where the others have 1: most libraries are in English, and Chinese is farthest."""

ALL = 0.75
"""Share of the questions of which all words are exchanged; of the others, each word with a chance of one half."""

NEAR, NAMED = 0.47, 0.65
"""Cosine from which a word means the same, and from which one that begins with a capital letter does. Of translations
of everyday words, 0.5 to 0.8; of names, those that look like them have 0.5 (2026-11-29)."""

NEAREST, BEHIND = 3, 0.06
"""Entries of which one is taken, and how far behind the nearest they may be."""

MET = 3
"""Times that a word is met in a language's passages, to be one of it."""

AT_ONCE = 1_024
"""Words that are compared with all entries together."""

SOURCES = ("en", "zh", "es", "ru", "tr", "ar")
"""Languages that are translated from: those that questions are in whose words the vocabulary holds whole."""

_WORD = re.compile(r"[^\W\d_](?:[\u0300-\u036f\u0900-\u0dff\u0e00-\u0eff]|[^\W\d_])*")
"""Letters, with the marks of scripts whose vowels are marks."""

_TOKEN = re.compile(rf"{_WORD.pattern}|\d[\d.,:]*\d|\S")

Centre = Callable[[Sequence[str], Sequence[str]], "Vectors"]
"""(words, the script of each) → unit vectors around the mean of their scripts, `float32 [words, width]`."""

Vectors = NDArray[np.float32]


class Translator:
    """Says questions in other languages, word by word.

    Args:
        pieces: the vocabulary of the network that training begins from.
        tokenizer: cuts by it.
        centre: see `Centre`.
        texts: passages and questions, from which is learned what a word of English, Spanish or Turkish is.
        questions: those that will be translated.
    """

    def __init__(
        self,
        pieces: Sequence[str],
        tokenizer: Tokenizer,
        centre: Centre,
        texts: Iterable[str],
        questions: Sequence[str],
    ) -> None:
        self._cut_questions = _cut_all(questions, tokenizer)
        self._near = _nearest_words(word_entries(pieces), words_met(texts), centre, self._cut_questions.values())

    def translated(self, questions: Sequence[str], share: float, seed: str) -> list[str]:
        """The questions, about `share` of those that can be in another language; the same for the same seed."""
        chance = random.Random(f"{seed} translated")  # noqa: S311 - no secret
        return [self._translated(question, share, chance) for question in questions]

    def _translated(self, question: str, share: float, chance: random.Random) -> str:
        source, words = self._cut_questions.get(question, ("", ()))
        if not source or chance.random() >= share:
            return question
        others = [language for language in SCRIPTS if language != source]
        target = chance.choices(others, [WEIGHTS.get(each, 1.0) for each in others])[0]
        return self._said(words, target, 1.0 if chance.random() < ALL else 0.5, chance) or question

    def _said(self, words: Sequence[str], target: str, share: float, chance: random.Random) -> str:
        asking = asking_words()[target]
        found: list[str] = []
        for word in words:
            if word.startswith("?") and len(word) > 1:
                said = chance.choice(asking.by_kind[word[1:]])
                # Where a language may ask first or last, both are said.
                found.insert(0 if chance.random() < 0.5 else len(found), said)
                continue
            near = self._near.get((target, word.lower()), ())
            able = [other for other, cosine in near if cosine >= (NAMED if word[0].isupper() else NEAR)]
            if able and chance.random() < share:
                other = chance.choice(able)
                found.append(other.capitalize() if word[0].isupper() and not unspaced(other) else other)
            else:
                found.append(word)
        if not any(word[0].isalnum() for word in found):
            return ""
        return _joined(found) + ("？" if target == "zh" else "?")


Cut = tuple[str, Sequence[str]]
"""The language of a question, and its words; the phrase that asks is one, marked by what it asks for ("?person")."""


def _cut_all(questions: Sequence[str], tokenizer: Tokenizer) -> dict[str, Cut]:
    """Those that are translated from, cut."""
    found: dict[str, Cut] = {}
    for question in dict.fromkeys(questions):
        source = _language(question)
        if source in SOURCES:
            found[question] = (source, _cut(question, source, tokenizer))
    return found


def _cut(question: str, source: str, tokenizer: Tokenizer) -> list[str]:
    asking = asking_words()[source]
    plain = fold_han(question).lower()
    found = asking.asks(plain)
    if found is None:
        return _words(plain, question, asking, tokenizer)
    start, end, kind = found
    before = _words(plain[:start], question[:start], asking, tokenizer)
    return [*before, f"?{kind}", *_words(plain[end:], question[end:], asking, tokenizer)]


def _words(plain: str, written: str, asking: QuestionPhrases, tokenizer: Tokenizer) -> list[str]:
    text = written if len(written) == len(plain) else plain
    found: list[str] = []
    for word in _TOKEN.findall(text):
        if unspaced(word):
            found += [each for each in _unspaced(word, tokenizer) if each not in asking.small]
        elif word[0].isalnum() and word.lower() not in asking.small:
            found.append(word)
    return found


def _unspaced(text: str, tokenizer: Tokenizer) -> list[str]:
    """The words of a text in a script without spaces, as the vocabulary cuts it."""
    tokens = tokenizer.cut([text])[0]
    return [text[a:b] for a, b in zip(tokens.starts, tokens.ends, strict=True) if b > a]


Near = dict[tuple[str, str], list[tuple[str, float]]]
"""(language, word of another) → the words of it that mean the same, with their cosines."""


def _nearest_words(
    entries: Mapping[str, Sequence[str]], met: Mapping[str, frozenset[str]], centre: Centre, cut: Iterable[Cut]
) -> Near:
    names = list(dict.fromkeys(word.lower() for _, words in cut for word in words if _means(word)))
    listed = [entry for several in entries.values() for entry in several]
    scripts = [name for name, several in entries.items() for _ in several]
    if not names:
        return {}
    rows = centre([*listed, *names], [*scripts, *map(script, names)])
    found: Near = {}
    for target in SCRIPTS:
        able = entries_of(target, listed, scripts, met)
        for word, best in zip(names, near_words(rows[len(listed) :], rows[able]), strict=True):
            if best:
                found[target, word] = [(listed[able[at]], cosine) for at, cosine in best]
    return found


def entries_of(
    target: str, listed: Sequence[str], scripts: Sequence[str], met: Mapping[str, frozenset[str]]
) -> list[int]:
    """Places of the entries that are words of a language."""
    own = met.get(target)
    return [
        at
        for at, (entry, name) in enumerate(zip(listed, scripts, strict=True))
        if name == SCRIPTS[target] and (own is None or entry in own)
    ]


def near_words(rows: Vectors, theirs: Vectors) -> list[list[tuple[int, float]]]:
    """For each row the places and cosines of those of theirs that are near enough, the nearest first."""
    found: list[list[tuple[int, float]]] = [[] for _ in rows]

    def look(start: int) -> None:
        alike = rows[start : start + AT_ONCE] @ theirs.T
        at, places = np.nonzero(alike >= NEAR)
        cosines = alike[at, places]
        order = np.lexsort((places, -cosines, at))
        for row, place, cosine in zip(at[order].tolist(), places[order].tolist(), cosines[order].tolist(), strict=True):
            best = found[start + row]
            if len(best) < NEAREST and (not best or cosine >= best[0][1] - BEHIND):
                best.append((place, cosine))

    with ThreadPoolExecutor() as pool:
        list(pool.map(look, range(0, len(rows), AT_ONCE)))
    return found


def word_entries(pieces: Sequence[str]) -> dict[str, list[str]]:
    """Script → the pieces that are words of it, in lower case."""
    found: dict[str, dict[str, None]] = {name: {} for name in SCRIPTS.values()}
    for piece in pieces:
        word = piece.removeprefix(SPACE)
        name = script(word) if word and _WORD.fullmatch(word) else ""
        if name not in found or (name in _LETTERS and (not piece.startswith(SPACE) or len(word) < _LETTERS[name])):
            continue
        if name in _LETTERS or len(word) > 1:
            found[name][word.lower()] = None
    return {name: list(words) for name, words in found.items()}


_LETTERS = {"LATIN": 3, "GREEK": 2, "CYRILLIC": 2, "ARABIC": 2, "DEVANAGARI": 2}
"""Letters that a word has at least, of scripts with spaces."""


def _means(word: str) -> bool:
    """Whether a word can be exchanged: one sign of a script without spaces is too often part of a name."""
    return word[0].isalpha() and (len(word) > 1 or not unspaced(word))


def _joined(words: Sequence[str]) -> str:
    """Words with spaces between them, but for scripts that are written without."""
    out = ""
    for word in words:
        close = bool(out) and unspaced(out[-1]) and unspaced(word[0])
        out += word if not out or close else f" {word}"
    return out


def words_met(texts: Iterable[str]) -> dict[str, frozenset[str]]:
    """Language of the Latin script → its words, for those of which enough is read."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        language = _language(text)
        if SCRIPTS.get(language) == "LATIN":
            counts[language].update(word.lower() for word in _TOKEN.findall(text))
    met = {language: frozenset(w for w, n in found.items() if n >= MET) for language, found in counts.items()}
    return {language: words for language, words in met.items() if len(words) >= 5_000}


def _language(text: str) -> str:
    """A language of `SCRIPTS`, or ""."""
    return guess(text, tuple(SCRIPTS)).partition("-")[0]
