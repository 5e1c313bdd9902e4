"""A library is asked: who reads, what the person is told of it, and what `ask` sees of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.ask.confidence import Calibration
from galactica.collection.asking import reader_for
from galactica.edition import EditionInfo
from galactica.errors import MissingError, UsageError
from galactica.library import open_library
from galactica.model import Step, Verdict

PAGE = """<!DOCTYPE html><html lang="en"><title>{0}</title><h1>{0}</h1><p>{1}</p></html>"""

Make = Callable[..., tuple[Path, EditionInfo]]


@pytest.fixture
def edition(tmp_path: Path, made: Make) -> Path:
    folder = tmp_path / "bridges"
    folder.mkdir()
    green = 'The Green Bridge was built in 1823 by Maria Holt. It leads to <a href="town.html">Aldova</a>.'
    (folder / "green.html").write_text(PAGE.format("Green Bridge", green), encoding="utf-8")
    (folder / "town.html").write_text(PAGE.format("Aldova", "Aldova is a town on the Vara."), encoding="utf-8")
    return made("bridges", folder, meaning=False)[0]


@pytest.fixture(autouse=True)
def anything_likely_is_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about what is said and shown, not about when an answer is likely enough."""
    monkeypatch.setattr(
        Calibration, "verdict", lambda self, confidence: Verdict.PROBABLY if confidence > 0.05 else Verdict.NOT_FOUND
    )


@pytest.fixture(autouse=True)
def no_reader(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The trained reader is not there."""
    monkeypatch.setenv("GALACTICA_READER", str(tmp_path / "none.onnx"))


def test_rules_answer_where_the_trained_reader_is_not_there_and_that_is_said(edition: Path) -> None:
    steps: list[Step] = []
    with open_library([edition]) as library:
        found = library.ask("When was the Green Bridge built?", report=steps.append)
    assert found.verdict in (Verdict.ANSWERED, Verdict.PROBABLY)
    assert found.reader == "rules"
    assert "1823" in found.text
    assert [step.who for step in steps] == ["search", "reader", "checker"]
    assert any("Read by rules" in note for note in found.notes)


def test_rules_that_were_asked_for_are_no_news(edition: Path) -> None:
    with open_library([edition]) as library:
        assert library.ask("When was the Green Bridge built?", reader="rules").notes == ()


def test_a_reader_that_is_missing_or_unknown_is_said() -> None:
    with pytest.raises(MissingError):
        reader_for("trained")
    with pytest.raises(UsageError):
        reader_for("oracle")


def test_a_stretch_of_text_is_no_answer_to_a_question_for_yes_or_no_and_that_is_said(edition: Path) -> None:
    with open_library([edition]) as library:
        found = library.ask("Was the Green Bridge opened in 1823?", reader="rules")
    assert found.verdict is Verdict.NOT_FOUND
    assert any("yes or no" in note for note in found.notes)


def test_yes_is_said_where_a_sentence_says_just_that(edition: Path) -> None:
    with open_library([edition]) as library:
        found = library.ask("Was the Green Bridge built in 1823?", reader="rules")
    assert (found.text, found.verdict) == ("Yes", Verdict.PROBABLY)
    assert "built in 1823" in found.statements[0].citations[0].quote


def test_what_x_is_is_answered_from_the_article_x(edition: Path) -> None:
    with open_library([edition]) as library:
        found = library.ask("What is Aldova?", reader="rules")
    assert found.text == "a town on the Vara"


def test_the_room_knows_pages_titles_and_links(edition: Path) -> None:
    with open_library([edition]) as library:
        holdings = library.holdings
        place = holdings.titled("green bridge")
        assert place is not None
        page = holdings.page(*place)
        assert page is not None
        assert page.text.startswith("The Green Bridge") or "The Green Bridge" in page.text
        (linked,) = holdings.linked(page)
        other = holdings.page(*linked)
        assert other is not None
        assert other.article.title == "Aldova"
        assert holdings.page("00" * 32, place[1]) is None
        assert holdings.page(place[0], b"x" * 16) is None
        assert holdings.passages("bridge", limit=3, by="meaning") == ()
        with pytest.raises(UsageError):
            holdings.passages("bridge", limit=3, by="smell")


def test_the_room_is_asked_in_sql(edition: Path) -> None:
    pytest.importorskip("duckdb")
    with open_library([edition]) as library:
        columns, rows = library.holdings.rows("SELECT count(*) AS n FROM articles")
    assert columns == ("n",)
    assert list(map(tuple, rows)) == [(2,)]


def test_an_edition_may_be_named_by_a_string_alone_or_in_a_list(edition: Path):
    from galactica import library

    for named in (str(edition), edition, [str(edition)], (edition,)):
        with open_library(named) as opened:
            assert opened is not None
    assert library.info(str(edition)) == library.info(edition)
    assert library.diff(str(edition), edition).same
    assert library.verify(str(edition)).ok
