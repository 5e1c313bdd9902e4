"""A row of figures an article, each named after its heuristic; nothing is left out of the edition."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from galactica.edition import Edition
from galactica.joining.quality import make_quality
from galactica.joining.quality.layout import HEURISTICS, QUALITY
from galactica.joining.quality.measures import counted_words, figures_of
from galactica.joining.quality.structure import structure_of
from galactica.joining.tokens import tokens_of
from galactica.model.projection import project

from ..making import built, made_text, paragraphs


def rows(edition: Edition) -> list[dict[str, Any]]:
    make_quality(edition)
    files = sorted((edition.path / "joined" / "quality" / "quality").glob("*.parquet"))
    return [row for file in files for row in pq.read_table(file).to_pylist()]


def test_each_article_has_a_row_with_every_column(tmp_path: Path) -> None:
    edition = built(
        tmp_path / "made",
        one=[
            ("a", "A", paragraphs(made_text(120, 1), made_text(120, 2))),
            ("b", "B", paragraphs("Short.")),
            ("c", "C", paragraphs(*[made_text(30, 3)] * 5)),
        ],
    )
    found = rows(edition)
    assert [row["article"] for row in found] == [0, 1, 2]
    assert all(list(row) == QUALITY.names for row in found)
    assert "gopher_word_count" in found[1]["refused_by"]
    assert found[2]["gopher_duplicate_paragraph_fraction"] == 0.8
    assert "gopher_duplicate_paragraphs" in found[2]["refused_by"]
    summary = json.loads((edition.path / "joined" / "quality" / "summary.json").read_text(encoding="utf-8"))
    assert summary["refused_by"]["gopher_duplicate_paragraphs"] == 1
    assert set(summary["refused_by"]) == {each.name for each in HEURISTICS}


def test_the_structure_of_a_body_is_counted() -> None:
    body = (
        "<h2>One</h2>\n<p>abcd <a href=\"./X\">efgh</a><sup role=\"doc-noteref\"><a href=\"#n\">1</a></sup></p>\n"
        "<ul><li>abcd<ul><li>efgh</li></ul></li></ul>\n<table><tbody><tr><td>12345678</td></tr></tbody></table>"
    )  # fmt: skip
    found = structure_of(body)
    assert (found.headings, found.items, found.references, found.inner_links) == (1, 2, 1, 1)
    assert found.list_share == pytest.approx(8 / 28)
    assert found.table_share == pytest.approx(8 / 28)


def test_texts_of_other_scripts_are_not_judged_by_what_is_defined_for_words() -> None:
    body = paragraphs("这是一个很长的段落，里面说了许多事情，也没有空格。" * 6)
    found = figures_of(body, project(body), "zh")
    assert found["gopher_mean_word_length"] is None
    assert found["gopher_stop_words"] is None
    assert found["gopher_alphabetic_word_fraction"] is None
    assert found["gopher_top_2_gram_character_fraction"] is None
    assert found["gopher_duplicate_5_gram_character_fraction"] is None
    refused = found["refused_by"]
    assert isinstance(refused, list)
    assert not [name for name in refused if "gram" in name]
    assert found["flesch_reading_ease"] is None
    assert found["fineweb_line_punctuation_fraction"] == 1
    assert found["language_told"] == "zh-Hans"
    assert found["language_certainty"] == 1


def test_what_is_defined_for_a_language_is_not_said_of_a_text_in_another() -> None:
    german = (
        "Der Hund lief durch den Wald und sah die alten Bäume. Dann kam der Abend, und alle gingen nach Hause. " * 12
    )
    body = paragraphs(german, german)
    as_german, as_english = (figures_of(body, project(body), tag) for tag in ("de", "en"))
    assert as_german["flesch_reading_ease"] is not None
    assert as_english["language_certainty"] == 0
    assert as_english["flesch_reading_ease"] is None
    assert as_english["lix"] is None
    assert as_english["gopher_stop_words"] is None


@pytest.mark.parametrize(
    ("text", "words", "estimated"),
    [
        ("the water and the wind", 5, False),
        ("北京是中华人民共和国的首都", 7, True),
        ("กรุงเทพมหานครเป็นเมืองหลวงของประเทศไทย", 9, True),
        ("東京は日本の首都です 2020", 7, True),
        ("Peking 北京 is the capital of China and a large city", 11, False),
        ("", 0, False),
    ],
)
def test_words_are_estimated_where_no_spaces_part_them(text: str, words: int, *, estimated: bool) -> None:
    assert counted_words(tokens_of(text)) == (words, estimated)


@pytest.mark.parametrize("body", ["", "<p> </p>", "<p>\u202e\u200b</p>", "<p>" + "a" * 5000 + "</p>", "<p>…</p>"])
def test_texts_of_nothing_have_figures_too(body: str) -> None:
    found = figures_of(body, project(body), "und")
    assert set(found) == set(QUALITY.names) - {"article"}
    assert found["language_certainty"] is None
