"""galactica ask: the answer first, what proves it, and one document with --json."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from galactica.ask.confidence import Calibration
from galactica.cli.asking import origin_line
from galactica.library import Library
from galactica.model import Answer, Citation, Statement, Verdict

from .conftest import call
from .test_json import check

BRIDGE = """<!DOCTYPE html><html lang="en"><title>Green Bridge</title><h1>Green Bridge</h1>
<p>The Green Bridge was built in 1823 by Maria Holt. It crosses the Vara.</p></html>"""
TOWN = """<!DOCTYPE html><html lang="en"><title>Aldova</title><h1>Aldova</h1>
<p>Aldova is a town on the Vara.\x9b31m It has 4,500 people.</p></html>"""


@pytest.fixture(autouse=True)
def anything_likely_is_probable(monkeypatch: pytest.MonkeyPatch) -> None:
    """These tests are about what is said and shown, not about when an answer is likely enough."""
    monkeypatch.setattr(
        Calibration, "verdict", lambda self, confidence: Verdict.PROBABLY if confidence > 0.05 else Verdict.NOT_FOUND
    )


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("asked")
    (folder / "bridges").mkdir()
    (folder / "bridges" / "green.html").write_text(BRIDGE, encoding="utf-8")
    (folder / "bridges" / "town.html").write_text(TOWN, encoding="utf-8")
    out = folder / "bridges.edition"
    said = call("build", str(out), str(folder / "bridges"), "--title", "Bridges", "--workers", "1", "--json")
    assert said.code == 0, said.err
    return str(out)


def test_the_answer_comes_first_then_its_quotation_and_where_it_is_from(edition: str) -> None:
    said = call("ask", "When", "was", "the", "Green", "Bridge", "built?", "-e", edition, "--reader", "rules")
    assert said.code == 0, said.err
    lines = said.out.splitlines()
    assert "1823" in lines[0].removeprefix("Probably: ")
    assert "“The Green Bridge was built in 1823 by Maria Holt.”" in lines[1]
    assert "Green Bridge" in lines[2]


def test_steps_are_told_on_standard_error(edition: str) -> None:
    said = call("ask", "When was the Green Bridge built?", "-e", edition, "--reader", "rules")
    assert [line.split(":")[0].strip() for line in said.err.splitlines()][:3] == ["search", "reader", "checker"]


def test_nothing_found_is_said_and_is_exit_code_1(edition: str) -> None:
    said = call("ask", "zxqv wvut?", "-e", edition, "--reader", "rules")
    assert said.code == 1
    assert said.out.startswith("Nothing here is likely enough")  # else a file of what was found reads like answers


@pytest.mark.parametrize(("question", "code"), [("When was the Green Bridge built?", 0), ("zxqv wvut?", 1)])
def test_json_is_one_document_of_its_schema(edition: str, question: str, code: int) -> None:
    said = call("ask", question, "-e", edition, "--reader", "rules", "--json")
    assert said.code == code
    check("ask", said.json)
    assert said.err == ""


CITATION = Citation(
    edition="ab" * 32, id=b"x" * 16, title="Green Bridge", language="en", source="s", source_title="", path="p", url="",
    licence="", date="", passage=0, start=0, end=14, quote="Holt built it.", mark=(0, 4),
)  # fmt: skip


@pytest.mark.parametrize(
    ("verdict", "first", "codes"),
    [(Verdict.ANSWERED, "Holt", (0, 0)), (Verdict.PROBABLY, "Probably: Holt", (0, 1))],
)
def test_a_probable_answer_says_so_with_its_chance_and_ends_with_1_where_only_a_sure_one_will_do(
    edition: str, monkeypatch: pytest.MonkeyPatch, verdict: Verdict, first: str, codes: tuple[int, int]
) -> None:
    statement = Statement(text=CITATION.quote, citations=(CITATION,), support=1.0)
    answer = Answer(question="q", verdict=verdict, text="Holt", confidence=0.8, statements=(statement,), reader="rules")
    monkeypatch.setattr(Library, "ask", lambda self, question, **more: answer)
    said, strict = call("ask", "q", "-e", edition), call("ask", "q", "-e", edition, "--sure")
    assert (said.code, strict.code) == codes
    assert said.out == strict.out
    assert said.out.splitlines()[0] == first
    assert "“Holt built it.”" in said.out
    assert ("About 8 in 10 such answers are right." in said.out) == (verdict is Verdict.PROBABLY)
    assert call("ask", "q", "-e", edition, "--json").json["verdict"] == verdict.value


@pytest.mark.parametrize(("words", "fast"), [((), False), (("--fast",), True)])
def test_who_asks_in_haste_says_so(
    edition: str, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], fast: bool
) -> None:
    asked: list[object] = []
    answer = Answer(question="q", verdict=Verdict.NOT_FOUND, text="", confidence=0.0, reader="rules")
    monkeypatch.setattr(Library, "ask", lambda self, question, **more: asked.append(more["fast"]) or answer)
    assert call("ask", "q", "-e", edition, *words).code == 1
    assert asked == [fast]


def test_show_work_lists_the_steps(edition: str) -> None:
    said = call("ask", "When was the Green Bridge built?", "-e", edition, "--reader", "rules", "--show-work")
    assert " 1. search: " in said.out
    assert "Read by: rules." in said.out


def test_no_control_character_of_an_article_reaches_the_terminal(edition: str) -> None:
    said = call("ask", "How many people has Aldova?", "-e", edition, "--reader", "rules", "--show-work")
    assert "\x9b" not in said.out + said.err


def test_other_languages_and_sources_can_be_left_out(edition: str) -> None:
    question = "When was the Green Bridge built?"
    assert call("ask", question, "-e", edition, "--reader", "rules", "--lang", "fr").code == 1
    assert call("ask", question, "-e", edition, "--reader", "rules", "--sources", "nowhere").code == 1


def test_a_missing_edition_or_reader_is_no_traceback(edition: str, tmp_path: Path) -> None:
    assert call("ask", "Why?", "-e", str(tmp_path / "none.edition")).code == 4
    assert call("ask", "Why?", "-e", edition, "--reader", "nobody").code == 2
    assert call("ask", "-e", edition).code == 2


def test_a_book_that_is_its_own_source_is_named_once() -> None:
    named = replace(CITATION, title="Moss", work="Moss", source="moss", source_title="Moss")
    assert origin_line(named).split(" · ").count("Moss") == 1


def test_steps_are_not_told_where_it_is_to_be_quiet(edition: str) -> None:
    loud, quiet = (
        call("ask", "When was the Green Bridge built?", "-e", edition, "--reader", "rules", *more)
        for more in ([], ["-q"])
    )
    assert "search: " in loud.err
    assert "search: " not in quiet.err
    assert (quiet.out, quiet.code) == (loud.out, loud.code)


@pytest.mark.parametrize("more", [[], ["--group"]])
def test_what_was_done_is_said_in_chinese_to_a_chinese_question(edition: str, more: list[str]) -> None:
    said = call("ask", "绿桥是什么时候建成的？", "-e", edition, "--reader", "rules", "--show-work", *more)
    assert " 1. " in said.out
    work = said.out[said.out.index(" 1. ") :]
    told = [line for line in (*work.splitlines(), *said.err.splitlines()) if line.strip() and "“" not in line]
    assert [line for line in told if " · " not in line and not re.search("[\u4e00-\u9fff]", line)] == []
    assert "阅读方式：rules" in work


def test_one_passage_of_one_article_is_no_plural(edition: str) -> None:
    said = call("ask", "When was the Green Bridge built?", "-e", edition, "--reader", "rules", "--show-work")
    assert not re.search(r"\b1 (?:passages|articles)\b", said.out + said.err)
