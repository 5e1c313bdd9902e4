"""What can be said of how good a text is, one row an article: length, structure, repetition, and the rules of others.

Lines are those of the projection that hold anything; a paragraph is one of ten words and more. Words are tokens
(`joining.tokens`); in scripts without spaces, where tokens are letters, how many words they make is estimated. What
is defined for words one by one (their lengths, runs of them) is absent there: bounds that were found for runs of words
say nothing of runs of letters. What is defined for English alone is absent elsewhere.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from galactica.codes.segment import count_words
from galactica.joining.quality.layout import HEURISTICS
from galactica.joining.quality.readability import SentenceCounts, readability_of
from galactica.joining.quality.repetition import (
    DUPLICATE,
    TOP,
    duplicate_fractions,
    repeated_lines,
    share_of,
    top_fraction,
)
from galactica.joining.quality.structure import structure_of
from galactica.joining.tokens import TextTokens, tokens_of
from galactica.languages.guessing import UNKNOWN
from galactica.languages.identifying import text_language, told_languages

Figures = Mapping[str, object]

LOOKED_AT = 1 << 21
"""Code points of a text that its words, n-grams, lines and sentences are counted of: 200 MB of numbers. Of longer ones
the beginning is judged."""

PARAGRAPH_WORDS = 10
"""Words from which a line is a paragraph, not a heading, an item or a row."""

TERMINAL = tuple(".!?…\"'”’»。！？｡」』।॥۔؟։။።")
"""What ends a line that is a sentence: C4's and FineWeb's marks, and those of other scripts."""

SHORT_LINE = 30
"""Letters of a line that FineWeb calls short; a letter of a script without spaces counts for two."""

HAN_LETTERS, SOUTHEAST_LETTERS = 1.8, 3.75
"""Letters a word of Han and kana, and of Thai, Lao, Khmer and Burmese without their marks.

Source: 150 passages each of CMRC (1.83; a tenth of them below 1.69, a tenth above 1.98), DRCD (1.82), JaQuAD (1.69;
1.52 to 1.92) and IApp (Thai: 3.75; 3.24 to 4.39), cut by jieba, SudachiPy and PyThaiNLP, 2026-11-29."""

STOP_WORDS = frozenset("the be to of and that have with".split())
"""Gopher's: English."""

MOST_OF_IT = 0.5
"""Share of what can be told that must be in the article's language for what is defined for that language to be said: a
Hebrew text whose source calls itself English has no English reading ease."""

_C4_WORDS = 5
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
_BULLETS = ("•", "‣", "⁃", "◦", "- ", "* ", "·")
_ELLIPSIS = re.compile(r"…|\.\.\.")
_ALPHABETIC = re.compile(r"[^\W\d_]")
_SOUTHEAST = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\ua9e0-\ua9ff\uaa60-\uaa7f]")


def figures_of(body: str, text: str, language: str) -> Figures:
    """What is said of an article, by the columns of `layout.QUALITY` but `article`.

    Args:
        body: canonical.
        text: its projection.
        language: its tag.
    """
    seen = text[:LOOKED_AT]
    tokens = tokens_of(seen)
    lines = [line for line in seen.split("\n") if line.strip()]
    counted = [count_words(line) for line in lines]
    paragraphs = [line for line, words in zip(lines, counted, strict=True) if words >= PARAGRAPH_WORDS]
    within = SentenceCounts()
    primary = language.partition("-")[0]
    structure = structure_of(body)
    words, estimated = counted_words(tokens)
    told = told_languages(seen)
    certain = _certainty(told, primary)
    found: dict[str, object] = {
        "characters": len(text),
        "words": words,
        "words_estimated": estimated,
        "sentences": sum(map(within.of, paragraphs)),
        "lines": len(lines),
        "headings": structure.headings,
        "list_items": structure.items,
        "pictures": structure.pictures,
        "formulas": structure.formulas,
        "references": structure.references,
        "inner_links": structure.inner_links,
        "outer_links": structure.outer_links,
        "list_share": structure.list_share,
        "table_share": structure.table_share,
        "references_per_1000_words": 1000 * share_of(structure.references, words),
        "links_per_1000_words": 1000 * share_of(structure.inner_links + structure.outer_links, words),
        **_gopher(
            tokens,
            words,
            lines,
            paragraphs,
            structure.items,
            primary if certain is None or certain >= MOST_OF_IT else "",
        ),
        **_c4(seen, lines, counted, within),
        **_fineweb(lines),
        "language_told": text_language(seen, told),
        "language_certainty": certain,
    }
    sure = certain is not None and certain >= MOST_OF_IT
    found["flesch_reading_ease"], found["lix"] = readability_of(paragraphs, primary if sure else "", within)
    found["refused_by"] = [each.name for each in HEURISTICS if each.refuses(_number(found[each.column]))]
    return found


def counted_words(tokens: TextTokens) -> tuple[int, bool]:
    """(how many words a text has, whether that is estimated, because most of its tokens are letters)."""
    southeast = sum(1 for word in tokens.words() if _SOUTHEAST.match(word)) if tokens.alone else 0
    southeast = min(southeast, tokens.alone)
    letters = (tokens.alone - southeast) / HAN_LETTERS + southeast / SOUTHEAST_LETTERS
    return len(tokens) - tokens.alone + round(letters), _is_unspaced(tokens)


def _is_unspaced(tokens: TextTokens) -> bool:
    return 2 * tokens.alone >= max(1, len(tokens))


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _gopher(
    tokens: TextTokens, count: int, lines: Sequence[str], paragraphs: Sequence[str], items: int, language: str
) -> dict[str, object]:
    words = tokens.words()
    spaced = not _is_unspaced(tokens)
    text = tokens.text
    symbols = max(text.count("#"), sum(1 for _ in _ELLIPSIS.finditer(text)))
    duplicate_lines, line_letters = repeated_lines(lines)
    duplicate_paragraphs, paragraph_letters = repeated_lines(paragraphs)
    bullets = sum(line.startswith(_BULLETS) for line in lines) + items
    found: dict[str, object] = {
        "gopher_mean_word_length": sum(map(len, words)) / len(words) if words and spaced else None,
        "gopher_symbol_to_word_ratio": share_of(symbols, count),
        "gopher_bullet_line_fraction": min(1.0, share_of(bullets, len(lines))),
        "gopher_ellipsis_line_fraction": share_of(sum(line.endswith(("…", "...")) for line in lines), len(lines)),
        "gopher_alphabetic_word_fraction": share_of(
            sum(1 for word in words if word.isalpha() or _ALPHABETIC.search(word)), len(words)
        )
        if words and spaced
        else None,
        "gopher_stop_words": len(STOP_WORDS.intersection(words)) if language == "en" else None,
        "gopher_duplicate_line_fraction": duplicate_lines,
        "gopher_duplicate_line_character_fraction": line_letters,
        "gopher_duplicate_paragraph_fraction": duplicate_paragraphs,
        "gopher_duplicate_paragraph_character_fraction": paragraph_letters,
    }
    for size in TOP:
        found[f"gopher_top_{size}_gram_character_fraction"] = top_fraction(tokens, size) if spaced else None
    for size, share in zip(DUPLICATE, duplicate_fractions(tokens) if spaced else [None] * len(DUPLICATE), strict=True):
        found[f"gopher_duplicate_{size}_gram_character_fraction"] = share
    return found


def _c4(text: str, lines: Sequence[str], counted: Sequence[int], within: SentenceCounts) -> dict[str, object]:
    folded = [line.casefold() for line in lines]
    scripted = [("javascript" in line) for line in folded]
    policy = [any(phrase in line for phrase in _POLICY) for line in folded]
    kept = [
        line
        for line, words, one, other in zip(lines, counted, scripted, policy, strict=True)
        if words >= _C4_WORDS and not (one or other) and line.endswith(TERMINAL) and not line.endswith("...")
    ]
    return {
        "c4_kept_line_fraction": share_of(len(kept), len(lines)),
        "c4_sentences": sum(map(within.of, kept)),
        "c4_javascript_lines": sum(scripted),
        "c4_policy_lines": sum(policy),
        "c4_lorem_ipsum": "lorem ipsum" in text.casefold(),
        "c4_curly_bracket": "{" in text,
    }


def _fineweb(lines: Sequence[str]) -> dict[str, object]:
    return {
        "fineweb_line_punctuation_fraction": share_of(sum(line.endswith(TERMINAL) for line in lines), len(lines)),
        "fineweb_duplicate_line_character_fraction": repeated_lines(lines)[1],
        "fineweb_short_line_fraction": share_of(sum(_short(line) for line in lines), len(lines)),
    }


def _short(line: str) -> bool:
    """Whether a line is shorter than `SHORT_LINE`, in letters of a script that has spaces."""
    if len(line) >= SHORT_LINE:
        return False
    return line.isascii() or len(line) + tokens_of(line).alone < SHORT_LINE


def _certainty(told: Counter[str], language: str) -> float | None:
    """Of what was looked at and is told to be in a language, the share that is in the article's: names, numbers and
    titles are in none. None where nothing is told."""
    if language in ("", UNKNOWN):
        return None
    whole = told.total() - told[UNKNOWN]
    return told[language] / whole if whole else None
