"""In which language is this text? For articles and paragraphs whose source does not say it; "und" where it is not sure.

Order that must hold: the script first, then the language. A script that one language alone is written in says it by
itself, and letters that only one of two have tell Yiddish from Hebrew, Assamese from Bengali, Sorani among Arabic
letters. In the scripts that languages share, `py3langid` (n-grams of bytes, 139 languages, its model inside) says the
likeliest and how sure it is. What is short, or as near to one language as to another, stays unknown: a wrong language
is worse than none.

A long text is looked at in several stretches; the language that most of it is in is its own. Chinese gets its script
("zh-Hans", "zh-Hant") where its characters leave no doubt. Measured: docs/decisions/0022-languages-told.md.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING, Protocol, cast

from galactica.codes.han import simplified
from galactica.languages.guessing import UNKNOWN, script_of
from galactica.languages.tables import known_languages

if TYPE_CHECKING:
    from collections.abc import Mapping

STRETCHES, STRETCH = 4, 400
"""Windows of a long text that are looked at, evenly spread, and characters of each."""

LONGEST, LIKELY = 400, 10
"""Characters of one piece that the model is asked of, which is the time it takes; languages that are looked at."""

PIECE = 150
"""Characters of lines that are told together: several languages in a text stand on lines of their own."""

ENOUGH, ENOUGH_HAN = 24, 6
"""Letters from which a text is told: of an alphabet, and of a script whose every letter is a syllable or a word."""

MOST = 0.34
"""Share of what was looked at that must be in a language for the text to be in it: a list of names is in none."""

SURE = 0.6
"""Share of certainty from which the likeliest language is said."""

SURE_OF_RARE = 0.95
"""The same for languages of which nothing is known here (no file in `data/`): texts in them are rare."""

NO_LANGUAGE = "zxx"
"""What the model says of what is no prose: program code, addresses."""

CLEAR, NEITHER = 0.9, 0.05
"""How sure another language, and how unsure its own, a paragraph inside an article must be to be marked as foreign."""

SCRIPT_SIGNS, SCRIPT_SHARE = 4, 0.95
"""Characters that Chinese has in one script alone, from which the script is said; share of them that agree."""

_WORDY = frozenset(("ja", "zh", "ko"))
_SHARED = frozenset(("Latin", "Cyrillic", "Arabic", "Devanagari"))
_OWN_LETTERS = {
    "he": ("yi", re.compile("[\u05f0-\u05f2\ufb1d-\ufb4f]|\u05d0[\u05b7\u05b8]|\\b(?:און|איז|פון|די|אין)\\b")),
    "bn": ("as", re.compile("[\u09f0\u09f1]")),
    "Arabic": ("ckb", re.compile("[\u06b5\u06ce\u0695\u06c6]")),
}
"""Script → a language of it that has letters or small words of its own, and these; where they come often it is that
language."""

OFTEN = 0.02
"""How many of them, for each letter of the text, are often."""

_ALSO = {"Arabic": frozenset(("ug", "ks"))}
"""Languages that share those letters, and that the model knows."""

_TOGETHER = (("hr", "sr", "bs"), "sh"), (("ar", "arz", "ary"), "ar")
"""Languages written so alike that a short text may be all of them, and what is said of it then."""


class _Model(Protocol):
    """What is used of `py3langid.langid.LanguageIdentifier`."""

    def rank(self, text: str) -> list[tuple[str, float]]:
        """Every language, and how sure the model is of it; of all 1."""


def passage_language(text: str) -> str:
    """The language of a paragraph or another short stretch; `UNKNOWN` where it is not sure.

    Returns:
        A primary tag ("zh", "sr"): without a script.
    """
    script, letters = _letters(text)
    if letters < (ENOUGH_HAN if script in _WORDY else ENOUGH):
        return UNKNOWN
    if special := _by_letters(text, script, letters):
        return special
    if script not in _SHARED:
        return script or UNKNOWN
    return _sure(_shares(text))


def told_languages(text: str) -> Counter[str]:
    """How many characters of what is looked at of a text are in each language, as `passage_language` says it."""
    told: Counter[str] = Counter()
    for stretch in looked_at(text):
        told[passage_language(stretch)] += len(stretch)
    return told


def text_language(text: str, told: Counter[str] | None = None) -> str:
    """The language that most of a text is in; `UNKNOWN` where it is not sure.

    Args:
        told: what `told_languages` says of it, where somebody asked before.

    Returns:
        A tag; for Chinese with its script where that is sure.
    """
    told = told_languages(text) if told is None else told
    known = {tag: count for tag, count in told.items() if tag != UNKNOWN} or {UNKNOWN: 0}
    best = max(known, key=lambda tag: (known[tag], tag))
    if known[best] < MOST * told.total():
        return UNKNOWN
    return chinese_script(text[: 4 * STRETCHES * STRETCH]) if best == "zh" else best


def foreign_to(text: str, own: str) -> str:
    """The language of a paragraph where that is clearly another than the article's; "" where it is not.

    Args:
        own: primary tag of the article's language.
    """
    script, letters = _letters(text)
    if letters < (2 * ENOUGH_HAN if script in _WORDY else 2 * ENOUGH):
        return ""
    if script not in _SHARED:
        found = _by_letters(text, script, letters) or script
        return "" if found in ("", own) or {found, own} == {"zh", "ja"} else found
    if special := _by_letters(text, script, letters):
        return "" if special == own else special
    shares = _shares(text)
    found = _sure(shares, CLEAR)
    return "" if found in (UNKNOWN, own) or shares.get(own, 0.0) > NEITHER else found


def chinese_script(text: str) -> str:
    """ "zh-Hans" or "zh-Hant" where characters that only one of them has say so nearly all alike; else "zh"."""
    traditional, shortened = _one_script_only()
    hant = sum(map(text.count, traditional.intersection(text)))
    hans = sum(map(text.count, shortened.intersection(text)))
    if hant + hans >= SCRIPT_SIGNS:
        if hant >= SCRIPT_SHARE * (hant + hans):
            return "zh-Hant"
        if hans >= SCRIPT_SHARE * (hant + hans):
            return "zh-Hans"
    return "zh"


def looked_at(text: str) -> Iterator[str]:
    """The pieces of a text that are looked at: whole lines or several short ones, of a long text some from its
    beginning to its end."""
    count = min(STRETCHES, max(1, len(text) // STRETCH))
    step = (len(text) - STRETCH) // (count - 1) if count > 1 else 0
    for number in range(count):
        window = text[number * step : number * step + STRETCH if count > 1 else 2 * STRETCH]
        lines: list[str] = []
        for line in window.split("\n"):
            lines.append(line)
            if sum(map(len, lines)) >= PIECE:
                yield " ".join(lines)
                lines = []
        if lines:
            yield " ".join(lines)


def _letters(text: str) -> tuple[str, int]:
    """The script that most letters are of, as `script_of` calls it, and how many letters there are."""
    letters = sum(map(str.isalpha, text))
    return (("Latin" if letters else "") if text.isascii() else script_of(text)), letters


def _by_letters(text: str, script: str, letters: int) -> str:
    """The language that letters of its own tell inside a script; "" where none does."""
    language, own = _OWN_LETTERS.get(script, ("", None))
    if own is None or len(own.findall(text)) < OFTEN * letters:
        return ""
    return (
        "" if script in _ALSO and max(_shares(text).items(), key=lambda one: one[1])[0] in _ALSO[script] else language
    )


def _sure(shares: Mapping[str, float], enough: float = SURE) -> str:
    """The likeliest language where it is sure enough; what several have in common where they are it together."""
    best, share = max(shares.items(), key=lambda one: (one[1], one[0]), default=(UNKNOWN, 0.0))
    for several, common in _TOGETHER:
        if best in several and (share < enough or best not in known_languages()):
            return common if sum(shares.get(tag, 0.0) for tag in several) >= enough else UNKNOWN
    if best in known_languages() or share >= SURE_OF_RARE:
        return best if share >= enough and best != NO_LANGUAGE else UNKNOWN
    known = {tag: share for tag, share in shares.items() if tag in known_languages()}
    if not known:
        return UNKNOWN
    best = max(known, key=lambda tag: (known[tag], tag))
    return best if known[best] >= max(SURE / 2, enough * sum(known.values())) else UNKNOWN


def _shares(text: str) -> dict[str, float]:
    """The likeliest languages → how sure the model is of each, of all 1; rounded, so that no machine's last digits
    count."""
    return {tag: round(share, 3) for tag, share in _model().rank(text[:LONGEST])[:LIKELY]}


@cache
def _model() -> _Model:
    """The model of `py3langid`: half a second to load, about 60 MB, so only where a text has to be told."""
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return cast(_Model, LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True))


@cache
def _one_script_only() -> tuple[frozenset[str], frozenset[str]]:
    """(characters of traditional Chinese alone, of simplified Chinese alone)."""
    table = simplified()
    traditional = frozenset(map(chr, table))
    from opencc import OpenCC  # here, because only Chinese text needs it

    made = sorted(set(table.values()) - traditional)
    back = OpenCC("s2t").convert("\n".join(made)).split("\n")
    return traditional, frozenset(one for one, other in zip(made, back, strict=True) if one != other)
