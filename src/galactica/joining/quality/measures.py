"""What can be said of how good a text is, one row an article: length, structure, repetition, and the rules of others.

Lines are those of the projection that hold anything; a paragraph is one of ten words and more. Words are tokens
(`joining.tokens`); what is defined for words that spaces part is absent where most tokens are single letters of
scripts without spaces, and what is defined for English alone is absent elsewhere.
"""

from __future__ import annotations

import re
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
from galactica.languages.identifying import looked_at, passage_language, text_language

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

STOP_WORDS = frozenset("the be to of and that have with".split())
"""Gopher's: English."""

_C4_WORDS = 5
_POLICY = ("terms of use", "privacy policy", "cookie policy", "uses cookies", "use of cookies", "use cookies")
_BULLETS = ("•", "‣", "⁃", "◦", "- ", "* ", "·")
_ELLIPSIS = re.compile(r"…|\.\.\.")
_ALPHABETIC = re.compile(r"[^\W\d_]")


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
    found: dict[str, object] = {
        "characters": len(text),
        "words": len(tokens),
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
        "references_per_1000_words": 1000 * share_of(structure.references, len(tokens)),
        "links_per_1000_words": 1000 * share_of(structure.inner_links + structure.outer_links, len(tokens)),
        **_gopher(tokens, lines, paragraphs, structure.items, primary),
        **_c4(seen, lines, counted, within),
        **_fineweb(lines),
        **_language(seen, primary),
    }
    found["flesch_reading_ease"], found["lix"] = readability_of(paragraphs, primary, within)
    found["refused_by"] = [each.name for each in HEURISTICS if each.refuses(_number(found[each.column]))]
    return found


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _gopher(
    tokens: TextTokens, lines: Sequence[str], paragraphs: Sequence[str], items: int, language: str
) -> dict[str, object]:
    words = tokens.words()
    spaced = bool(words) and 2 * tokens.alone < len(words)
    text = tokens.text
    symbols = max(text.count("#"), sum(1 for _ in _ELLIPSIS.finditer(text)))
    duplicate_lines, line_letters = repeated_lines(lines)
    duplicate_paragraphs, paragraph_letters = repeated_lines(paragraphs)
    bullets = sum(line.startswith(_BULLETS) for line in lines) + items
    found: dict[str, object] = {
        "gopher_mean_word_length": sum(map(len, words)) / len(words) if spaced else None,
        "gopher_symbol_to_word_ratio": share_of(symbols, len(words)),
        "gopher_bullet_line_fraction": min(1.0, share_of(bullets, len(lines))),
        "gopher_ellipsis_line_fraction": share_of(sum(line.endswith(("…", "...")) for line in lines), len(lines)),
        "gopher_alphabetic_word_fraction": share_of(
            sum(1 for word in words if word.isalpha() or _ALPHABETIC.search(word)), len(words)
        ),
        "gopher_stop_words": len(STOP_WORDS.intersection(words)) if language == "en" else None,
        "gopher_duplicate_line_fraction": duplicate_lines,
        "gopher_duplicate_line_character_fraction": line_letters,
        "gopher_duplicate_paragraph_fraction": duplicate_paragraphs,
        "gopher_duplicate_paragraph_character_fraction": paragraph_letters,
    }
    for size in TOP:
        found[f"gopher_top_{size}_gram_character_fraction"] = top_fraction(tokens, size)
    for size, share in zip(DUPLICATE, duplicate_fractions(tokens), strict=True):
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


def _language(text: str, language: str) -> dict[str, object]:
    """The language that the text is told to be in, and of what was looked at, the share that is in the article's."""
    whole = own = 0
    for stretch in looked_at(text):
        whole += len(stretch)
        if passage_language(stretch).partition("-")[0] == language:
            own += len(stretch)
    certain = share_of(own, whole) if whole and language not in ("", UNKNOWN) else None
    return {"language_told": text_language(text), "language_certainty": certain}
