"""How text becomes the terms that are looked up: one analyser for each language that has one.

The way of a text, the same when indexing and when asking:
1. `prepare` (any language): composed form (NFC), Arabic and Hebrew vowel points taken out, Han folded to simplified,
   scripts without spaces spread into n-grams (`han`). Plain Latin, Cyrillic or Greek text passes untouched: which
   scripts occur is read off the lead bytes of its UTF-8 form, eight times faster than looking for characters.
2. tantivy, in Rust: words, at most `LONGEST` bytes long, lower-cased; in bodies without the language's own stop words
   (titles keep them); stemmed where a stemmer exists; then accents folded, so that "cafe" finds "café" (English, whose
   accents are all foreign, is folded first).

Languages without a stemmer share the analyser "words"; those whose vowel signs the word cutter would take for borders
(Devanagari and its relatives) "marks", whose cutter is a slower regular expression; those written without spaces
"grams", which differs from "words" in nothing but keeping the lengths of its texts apart.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property

from tantivy import Filter, TextAnalyzer, TextAnalyzerBuilder, Tokenizer

from galactica.search.han import fold_han, narrowed, spread

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

_POINTED = range(0xD6, 0xDC)
_COMBINED = (0xCC, 0xCD)
_ELSEWHERE = (0xE0, 0xE1, *range(0xE3, 0x100))
_UNCONCERNED = bytes({*range(256)} - {*_POINTED, *_COMBINED, *_ELSEWHERE})
"""Bytes of UTF-8 that say nothing: all but the lead bytes of combining marks, Hebrew and Arabic, and what is encoded
from U+0800 on apart from U+2000 to U+2FFF, which holds the dashes and quotes of every language."""

_POINTS = re.compile(
    "[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u0640\u064b-\u065f\u0670\u06d6-\u06dc]"
)
_ASCII = bytes(range(128))
_INDIC = re.compile("[\u0900-\u0dff\u0f00-\u0fff]")
_COMBINING = re.compile("[\u0300-\u036f]")
_SPACES = re.compile(r"\s+")
_SAME_MARK = str.maketrans(
    {"_": " "} | dict.fromkeys("’‘ʼ`", "'") | dict.fromkeys("“”„", '"') | dict.fromkeys("–—−‐‑", "-")
)


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
    """Name of the analyser for a BCP 47 tag; where the tag says nothing ("und", "mul", ""), by the script of `text`."""
    tag = language.lower()
    primary = tag.partition("-")[0]
    primary = _SAME_AS.get(primary, primary)
    if primary in STEMMED:
        return primary
    if primary in _MARKS:
        return "marks"
    if primary in _GRAMS or tag in _GRAMS:
        return "grams"
    if primary in ("", "und", "mul") and not text.isascii():
        sample = text[:2000]
        if _INDIC.search(sample):
            return "marks"
        if sum(map(sample.count, "的是了一をのにはがの다는")) > len(sample) // 50:
            return "grams"
    return "words"


def prepare(text: str) -> str:
    """Step 1 of the module's rule; for most text of Europe's languages the same object comes back."""
    if text.isascii():
        return text
    leads = text.encode("utf-8", "surrogatepass").translate(None, _UNCONCERNED)
    if not leads:
        return text
    found = set(leads)
    if found & {0xCC, 0xCD, 0xE0, 0xE1, 0xE3} and not unicodedata.is_normalized("NFC", text):
        text = unicodedata.normalize("NFC", text)
    if found.intersection(_POINTED):
        text = _POINTS.sub("", text)
    if found.intersection(_ELSEWHERE):
        if found & {0xE3, 0xEF}:
            text = narrowed(text)
        text = spread(text, pairs=0xE1 in found or max(found) >= 0xE3, triples=bool(found & {0xE0, 0xE1}))
    return text


def title_key(title: str) -> str:
    """What spellings of a title have in common: case, accents, width, kinds of quotes, dashes, spaces do not count.

    Punctuation does count ("C", "C++" and "C#" are three titles). Never empty for a title that is not blank.
    """
    key = unicodedata.normalize("NFKC", title[:1000]).casefold()
    if not key.isascii():
        key = key.encode("utf-8", "replace").decode()  # no lone surrogates
        key = unicodedata.normalize("NFC", _COMBINING.sub("", unicodedata.normalize("NFD", key)))
        key = fold_han(key)
    key = _SPACES.sub(" ", key.translate(_SAME_MARK)).strip()
    return key or title.strip()


def folded(text: str) -> str:
    """`text` in lower case without accents, in simplified Han; exactly as long, so that spans fit both."""
    if text.isascii():
        return text.lower()
    # In bytes, because only ASCII is lowered there and that is a pass at memory speed; the few other letters that
    # occur are found by taking ASCII out, and replaced one by one. Five times as fast as str.lower and a table.
    lowered = text.encode("utf-8", "surrogatepass").lower()
    lower = lowered.decode("utf-8", "surrogatepass")
    strange = set(lowered.translate(None, _ASCII).decode("utf-8", "surrogatepass"))
    changes = [(c, plain) for c in strange if (plain := _plain(c)) != c]
    if len(changes) <= 40:
        for old, new in changes:
            lower = lower.replace(old, new)
        return lower
    return lower.translate({ord(old): new for old, new in changes})


@cache
def _plain(character: str) -> str:
    """A character in lower case, without accents, in simplified Han, half as wide; itself if that is not one."""
    lower = character.lower()
    bare = _COMBINING.sub("", unicodedata.normalize("NFD", lower))
    bare = fold_han(_LATIN.get(lower, unicodedata.normalize("NFC", bare))).lower()
    if len(bare) == 1:
        return bare
    return lower if len(lower) == 1 else character


_LATIN = {"ø": "o", "đ": "d", "ħ": "h", "ı": "i", "ł": "l", "ŧ": "t", "ð": "d", "’": "'", "‘": "'", "ʼ": "'"}
