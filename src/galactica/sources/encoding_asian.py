"""Which of the double-byte encodings of Chinese, Japanese and Korean a text is written in, where it does not say.

A text is taken for one of them only where all of it decodes, nearly all of its wide characters are everyday ones (the
first level of the national standard, where that is sorted by use), and the most frequent characters of the language
stand among them as often as in running text. Everything else stays unknown: nonsense is worse than a refusal.
Standards: GB/T 2312 (level 1: rows 16 to 55), Big5 (level 1: leads A4 to C6), JIS X 0208, KS X 1001.
"""

from __future__ import annotations

import codecs
import re

from galactica.sources.encoding_sample import telling_bytes

SAMPLE = 8192
"""Bytes that are looked at, twice as many where the first are nearly all ASCII."""

LEAST = 6
"""Wide characters below which nothing is said."""

EVERYDAY = 0.85
"""Share of everyday characters among the wide ones, at least; rare ones are what a wrong encoding gives."""

_PAIR = re.compile(rb"[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\x80-\xff]")
_HANS = frozenset(
    "的一是不了在人有我他这中大来上国个到说们为子和你地出道也时年得就那要下以生"
    "会自着去之过家学对可里后小么心多天而能好都然没日于起还发成事只作当想看文"
)
_HANT = frozenset(
    "的一是不了在人有我他這中大來上國個到說們為子和你地出道也時年得就那要下以生"
    "會自著去之過家學對可裡後小麼心多天而能好都然沒日於起還發成事只作當想看文"
)
_KANJI = frozenset(
    "日一国人年大十二本中長出三時行見月分後前生五間上東四今金九入学高円子外八六下来気小七山話女北午百書先名川千水"
    "半男西電校語土木聞食車何南万毎白天母火右読友左休父雨府県市区町村郎都京田氏所住号番会社事地方部品者内動物"
)
_HANGUL = frozenset("이다는의을에가한고하지로도사기은를서인어자있대해그나리시아수정과으들일부전게여원라동제보스상장만")
_FREQUENT = 0.08
"""Share of a language's most frequent characters among the wide ones, at least; running text has thrice it."""

_KANA = 0.2
"""Share of kana in Japanese, at least; running text has over half."""


def asian(raw: bytes) -> str:
    """The codec of a text, or of one that starts so; "" where it is in none of these encodings, or unclear which."""
    raw = telling_bytes(raw, SAMPLE)
    pairs = [pair for pair in _PAIR.findall(raw) if len(pair) == 2]
    if len(pairs) < LEAST:
        return ""
    scores = {
        "gb18030": _share(raw, "gb18030", _HANS) if _within(pairs, 0xB0, 0xD7, 0xA1) else 0.0,
        "big5hkscs": _share(raw, "big5hkscs", _HANT) if _within(pairs, 0xA4, 0xC6, 0x40) else 0.0,
        "cp949": _share(raw, "cp949", _HANGUL) if _within(pairs, 0xB0, 0xC8, 0xA1) else 0.0,
        "cp932": _kana(raw, "cp932") or _kanji(raw),
        "euc-jp": _kana(raw, "euc-jp"),
    }
    name, best = max(scores.items(), key=lambda entry: entry[1])
    return name if best >= _FREQUENT else ""


def _within(pairs: list[bytes], first: int, last: int, trail: int) -> bool:
    """Whether nearly all characters but signs are everyday ones, whose lead byte lies between `first` and `last`."""
    signs = (0xA1, 0xA2, 0xA3) if first > 0xA3 else ()
    letters = [pair for pair in pairs if pair[0] not in signs]
    everyday = sum(first <= pair[0] <= last and pair[1] >= trail for pair in letters)
    return len(letters) >= LEAST and everyday >= EVERYDAY * len(letters)


def _decoded(raw: bytes, name: str) -> str:
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(raw, final=False)
    except UnicodeDecodeError:
        return ""


def _share(raw: bytes, name: str, frequent: frozenset[str]) -> float:
    """How much of the wide text the language's most frequent characters are."""
    wide = [c for c in _decoded(raw, name) if c >= "\u3400"]
    return sum(c in frequent for c in wide) / len(wide) if wide else 0.0


def _kana(raw: bytes, name: str) -> float:
    """How much of the wide text is kana; 0 where half of it or more is half-width, as misread bytes are."""
    wide = [c for c in _decoded(raw, name) if c >= "\u3040"]
    kana = sum("\u3040" <= c <= "\u30ff" for c in wide)
    narrow = sum("\uff61" <= c <= "\uff9f" for c in wide)
    return kana / len(wide) if kana >= _KANA * len(wide) and narrow * 2 < kana else 0.0


def _kanji(raw: bytes) -> float:
    """How much of the wide text of a table of Japanese names, which has hardly any kana, everyday characters are.

    In Shift-JIS alone, whose lead bytes neither Chinese nor Korean text has: theirs become its half-width kana.
    """
    text = _decoded(raw, "cp932")
    narrow = sum("\uff61" <= c <= "\uff9f" for c in text)
    return 0.0 if narrow else _share(raw, "cp932", _KANJI)
