"""Words as a static edition's dictionary has them: *forms*, which a query can make without a stemmer.

The index on disk stems words (`search.analysis`), which a page in a browser cannot do for eighteen languages. So the
dictionary holds every word of the edition as it is written, in a form that needs no language: prepared
(`codes.letters`), in lower case, accents folded; with each the lists of the stems that it has in this edition. A
query makes forms, the dictionary does the rest: "cities" leads to the list of "citi" that "city" leads to.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from galactica.codes.letters import indexed
from galactica.search.analysis import LONGEST, analyser

MARKED = ("marks", "ta")
"""Lanes whose words are cut with their vowel signs."""

_KEPT = 50_000
"""Words whose forms and stems are remembered at once."""


@cache
def _cutter(lane: str) -> TextAnalyzer:
    """What cuts prepared text into lower-case words as the lane's analyser does, and nothing else."""
    cut = Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+") if lane in MARKED else Tokenizer.simple()
    return TextAnalyzerBuilder(cut).filter(Filter.remove_long(LONGEST)).filter(Filter.lowercase()).build()


@cache
def _folder() -> TextAnalyzer:
    return TextAnalyzerBuilder(Tokenizer.raw()).filter(Filter.lowercase()).filter(Filter.ascii_fold()).build()


def words_in(text: str, lane: str) -> list[str]:
    """The words of a text in order, prepared and in lower case, as the lane's analyser cuts them."""
    prepared = indexed(text)
    try:
        return _cutter(lane).analyze(prepared)
    except UnicodeEncodeError:  # lone surrogates
        return _cutter(lane).analyze(prepared.encode("utf-8", "replace").decode())


@lru_cache(maxsize=_KEPT)
def form(word: str) -> str:
    """The form of a prepared word: lower case, accents folded."""
    return word.lower() if word.isascii() else "".join(_folder().analyze(word))


@lru_cache(maxsize=_KEPT)
def stem_in(word: str, lane: str) -> tuple[str, bool]:
    """The stem of a lower-case word, and whether bodies are indexed by it: stop words are not."""
    by = analyser(lane)
    kept = by.kept(word)
    return (kept or by.terms(word) or [""])[0], bool(kept)


_SIMPLE = re.compile(r"[^\W_]+")


def forms(word: str) -> tuple[str, ...]:
    """The forms of one word of a query (`search.query.Word.text`): as cut with its signs, then as cut without."""
    whole = [form(each) for each in words_in(word, "marks")]
    apart = [form(each) for each in words_in(word, "words")]
    return tuple(dict.fromkeys(whole if len(whole) == 1 else [*whole, *apart]))
