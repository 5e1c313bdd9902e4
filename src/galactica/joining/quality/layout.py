"""The columns of `joined/quality`, each named after the heuristic that it is of, and what those heuristics refuse.

Sources: Gopher: J. Rae and others, 2021, appendix A.1.1 and table A1; C4: C. Raffel and others, "Exploring the Limits
of Transfer Learning", JMLR 21, 2020, section 2.2; FineWeb: G. Penedo and others, "The FineWeb Datasets", 2024, section
3.6. Their bounds were found for English pages of the web: an encyclopedia's lists, stubs and other scripts cross some
of them for good reasons, so nothing is left out by them.
"""

from __future__ import annotations

from dataclasses import dataclass

import pyarrow as pa

from galactica.edition.table import Table

NAME = "quality"
VERSION = 3
"""Raised when the same edition must give other rows."""

SUMMARY = "summary.json"

_COUNTS = (
    *("characters", "words", "sentences", "lines", "headings", "list_items", "pictures", "formulas"),
    *("references", "inner_links", "outer_links"),
)
_SHARES = (
    *("list_share", "table_share", "references_per_1000_words", "links_per_1000_words"),
    *("gopher_mean_word_length", "gopher_symbol_to_word_ratio", "gopher_bullet_line_fraction"),
    *("gopher_ellipsis_line_fraction", "gopher_alphabetic_word_fraction"),
    *("gopher_duplicate_line_fraction", "gopher_duplicate_line_character_fraction"),
    *("gopher_duplicate_paragraph_fraction", "gopher_duplicate_paragraph_character_fraction"),
    *(f"gopher_top_{size}_gram_character_fraction" for size in (2, 3, 4)),
    *(f"gopher_duplicate_{size}_gram_character_fraction" for size in (5, 6, 7, 8, 9, 10)),
    *("c4_kept_line_fraction", "fineweb_line_punctuation_fraction"),
    *("fineweb_duplicate_line_character_fraction", "fineweb_short_line_fraction"),
    *("flesch_reading_ease", "lix", "language_certainty"),
)
_MORE = ("gopher_stop_words", "c4_sentences", "c4_javascript_lines", "c4_policy_lines")
_SIGNS = ("words_estimated", "c4_lorem_ipsum", "c4_curly_bracket")

QUALITY = pa.schema(
    [
        pa.field("article", pa.int64(), nullable=False),
        *(pa.field(name, pa.int64(), nullable=False) for name in _COUNTS),
        *(pa.field(name, pa.float64()) for name in _SHARES),
        *(pa.field(name, pa.int64()) for name in _MORE),
        *(pa.field(name, pa.bool_(), nullable=False) for name in _SIGNS),
        pa.field("language_told", pa.string(), nullable=False),
        pa.field("refused_by", pa.list_(pa.string())),
    ]
)
TABLE = Table(name="quality", schema=QUALITY, repeating=("language_told", "refused_by.list.element"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Heuristic:
    """A bound that a paper published: what lies outside of it is refused there.

    Attributes:
        name: as it stands in `refused_by`.
        column: what is looked at; where it is absent, nothing is said.
        least, most: the bounds, which are allowed.
    """

    name: str
    column: str
    least: float = float("-inf")
    most: float = float("inf")

    def refuses(self, value: float | None) -> bool:
        """Whether a value lies outside."""
        return value is not None and not self.least <= value <= self.most


HEURISTICS = (
    Heuristic(name="gopher_word_count", column="words", least=50, most=100_000),
    Heuristic(name="gopher_mean_word_length", column="gopher_mean_word_length", least=3, most=10),
    Heuristic(name="gopher_symbol_to_word_ratio", column="gopher_symbol_to_word_ratio", most=0.1),
    Heuristic(name="gopher_bullet_lines", column="gopher_bullet_line_fraction", most=0.9),
    Heuristic(name="gopher_ellipsis_lines", column="gopher_ellipsis_line_fraction", most=0.3),
    Heuristic(name="gopher_alphabetic_words", column="gopher_alphabetic_word_fraction", least=0.8),
    Heuristic(name="gopher_stop_words", column="gopher_stop_words", least=2),
    Heuristic(name="gopher_duplicate_lines", column="gopher_duplicate_line_fraction", most=0.3),
    Heuristic(name="gopher_duplicate_line_characters", column="gopher_duplicate_line_character_fraction", most=0.2),
    Heuristic(name="gopher_duplicate_paragraphs", column="gopher_duplicate_paragraph_fraction", most=0.3),
    Heuristic(
        name="gopher_duplicate_paragraph_characters",
        column="gopher_duplicate_paragraph_character_fraction",
        most=0.2,
    ),
    *(
        Heuristic(name=f"gopher_top_{size}_gram", column=f"gopher_top_{size}_gram_character_fraction", most=most)
        for size, most in ((2, 0.2), (3, 0.18), (4, 0.16))
    ),
    *(
        Heuristic(
            name=f"gopher_duplicate_{size}_gram",
            column=f"gopher_duplicate_{size}_gram_character_fraction",
            most=most,
        )
        for size, most in ((5, 0.15), (6, 0.14), (7, 0.13), (8, 0.12), (9, 0.11), (10, 0.10))
    ),
    Heuristic(name="c4_sentences", column="c4_sentences", least=3),
    Heuristic(name="c4_lorem_ipsum", column="c4_lorem_ipsum", most=0),
    Heuristic(name="c4_curly_bracket", column="c4_curly_bracket", most=0),
    Heuristic(name="fineweb_line_punctuation", column="fineweb_line_punctuation_fraction", least=0.12),
    Heuristic(name="fineweb_duplicate_line_characters", column="fineweb_duplicate_line_character_fraction", most=0.1),
    Heuristic(name="fineweb_short_lines", column="fineweb_short_line_fraction", most=0.67),
)
