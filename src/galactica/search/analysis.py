"""How text becomes the terms that are looked up: one analyser for each language that has one.

The way of a text, the same when indexing and when asking:
1. `codes.letters.prepare` (any language).
2. tantivy, in Rust: words, at most `LONGEST` bytes long, lower-cased; in bodies without the language's own stop words
   (titles keep them); stemmed where a stemmer exists; then accents folded, so that "cafe" finds "café" (English, whose
   accents are all foreign, is folded first).

Languages without a stemmer share the analyser "words"; those whose vowel signs the word cutter would take for borders
(Devanagari and its relatives) "marks", whose cutter is a slower regular expression; those written without spaces
"grams", which differs from "words" in nothing but keeping the lengths of its texts apart.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, cached_property

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from galactica.languages import tag

LONGEST = 60
"""Bytes of the longest word that is indexed; longer runs of letters are data, not words."""

STEMMED = {
    "ar": "arabic",
    "da": "danish",
    "nl": "dutch",
    "en": "english",
    "fi": "finnish",
    "fr": "french",
    "de": "german",
    "el": "greek",
    "hu": "hungarian",
    "it": "italian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "es": "spanish",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Language → name of its stemmer in tantivy (Snowball)."""

_NO_STOP_WORDS = frozenset(("ar", "el", "ro", "ta", "tr"))
"""Stemmed languages for which tantivy has no list of stop words; their common words weigh little by frequency."""

_SAME_AS = {"nb": "no", "nn": "no", "simple": "en", "sco": "en", "mo": "ro"}
_MARKS = frozenset("hi bn mr ne pa gu or te kn ml si as sa bho mai new bh awa dty gom pi sat ta bo dz dv nqo".split())
_GRAMS = frozenset("zh ja ko th lo km my yue wuu gan hak nan lzh cdo cjy hsn mnp ryu shn mnw zh-yue".split())

_INDIC = re.compile("[\u0900-\u0dff\u0f00-\u0fff]")


@dataclass(frozen=True)
class Analyser:
    """Turns prepared text into terms.

    Attributes:
        name: a key of `STEMMED`, or "words", "marks", "grams". Part of the index on disk: a name never changes meaning.
    """

    name: str

    @cached_property
    def body(self) -> TextAnalyzer:
        """For bodies: without stop words."""
        return self._build(stop=True)

    @cached_property
    def title(self) -> TextAnalyzer:
        """For titles and questions: with stop words."""
        return self._build(stop=False)

    def terms(self, prepared: str) -> list[str]:
        """The terms of a prepared text in order, stop words among them."""
        return self.title.analyze(prepared)

    def kept(self, prepared: str) -> list[str]:
        """The terms of a prepared text that bodies are indexed by."""
        return self.body.analyze(prepared)

    def _build(self, *, stop: bool) -> TextAnalyzer:
        language = STEMMED.get(self.name)
        cutter = Tokenizer.regex(r"[\p{L}\p{M}\p{N}]+") if self.name in ("marks", "ta") else Tokenizer.simple()
        builder = TextAnalyzerBuilder(cutter).filter(Filter.remove_long(LONGEST)).filter(Filter.lowercase())
        if self.name == "en":
            builder = builder.filter(Filter.ascii_fold())  # its stemmer takes an accented vowel for a consonant
        if language:
            if stop and self.name not in _NO_STOP_WORDS:
                builder = builder.filter(Filter.stopword(language))
            builder = builder.filter(Filter.stemmer(language))
        return builder.filter(Filter.ascii_fold()).build()


@cache
def analyser(name: str) -> Analyser:
    """The analyser of that name; one object for each."""
    return Analyser(name)


def analyser_for(language: str, text: str = "") -> str:
    """Name of the analyser for a language, however it is written ("en-GB", "ENG", "zh_Hant"); where that says nothing
    ("und", "mul", ""), by the script of `text`."""
    usual = (tag(language) or language).lower()
    primary = usual.partition("-")[0]
    primary = _SAME_AS.get(primary, primary)
    if primary in STEMMED:
        return primary
    if primary in _MARKS:
        return "marks"
    if primary in _GRAMS or usual in _GRAMS:
        return "grams"
    if primary in ("", "und", "mul") and not text.isascii():
        sample = text[:2000]
        if _INDIC.search(sample):
            return "marks"
        if sum(map(sample.count, "的是了一をのにはがの다는")) > len(sample) // 50:
            return "grams"
    return "words"
