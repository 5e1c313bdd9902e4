"""galactica eval search, with a made-up library that finds what the test says."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace, TracebackType

import pytest

from galactica.library import evaluating
from galactica.model import PassageHit

from ..evaluate.samples import SQUAD, hit, written
from .conftest import ROOT, Made, Said, call
from .test_json import check


class Finding:
    """A library in which a question finds what it is told to."""

    editions = (SimpleNamespace(root=ROOT),)

    def __init__(self, found: dict[str, list[PassageHit]]) -> None:
        self.found = found
        self.asked: list[tuple[str, dict[str, object]]] = []
        self.stop_after = 1_000

    def __enter__(self) -> Finding:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        return None

    def passages(self, query: str, **options: object) -> tuple[PassageHit, ...]:
        if len(self.asked) >= self.stop_after:
            raise KeyboardInterrupt
        self.asked.append((query, options))
        return tuple(self.found.get(query, ()))


@pytest.fixture
def finding(made: Made, monkeypatch: pytest.MonkeyPatch) -> Finding:
    library = Finding({"What?": [hit("nothing"), hit("It is radium.")], "Who?": [hit("Curie")]})
    monkeypatch.setattr(evaluating, "open_library", lambda paths: library)
    for name in evaluating.__all__:
        setattr(made.module, name, getattr(evaluating, name))
    return library


@pytest.fixture
def questions(tmp_path: Path) -> str:
    return str(written(tmp_path / "q [1] 问.tsv", "What?\tradium\nWho?\tCurie|Marie\nWhen?\t1898\n"))


def evaluate(*words: str) -> Said:
    return call("eval", "search", *words)


def test_the_measures_are_shown_with_their_intervals(finding: Finding, edition: str, questions: str) -> None:
    said = evaluate(questions, "-e", edition, "--by", "words", "--limit", "30", "--language", "en")
    assert said.code == 0
    assert finding.asked[0] == ("What?", {"limit": 30, "by": "words", "language": "en"})
    lines = said.out.splitlines()
    assert lines[0] == "3 questions, search by words, 30 passages deep."
    assert "an answer stands in the passage (answer)" in lines[1]
    assert lines[-2].split("\t") == ["language", "questions", "recall@1", "recall@5", "recall@20", "mrr@30", "ndcg@10"]
    cells = lines[-1].split("\t")
    assert cells[:2] == ["all", "3"]
    assert [cell[:5] for cell in cells[2:]] == ["0.333", "0.667", "0.667", "0.500", "0.544"]


def test_the_document_fits_its_schema(finding: Finding, edition: str, questions: str, tmp_path: Path) -> None:
    kept = str(tmp_path / "run.json")
    said = evaluate(questions, "-e", edition, "--save", kept, "--json")
    assert said.code == 0
    check("evaluation", said.json)
    assert [outcome["rank"] for outcome in said.json["outcomes"]] == [2, 1, None]  # type: ignore[attr-defined]
    again = evaluate(questions, "-e", edition, "--compare", kept, "--json")
    check("evaluation", again.json)
    assert {one["ahead"] for one in again.json["comparison"]["measures"]} == {"neither"}


def test_what_json_wrote_can_be_compared_with_too(
    finding: Finding, edition: str, questions: str, tmp_path: Path
) -> None:
    earlier = tmp_path / "run.json"
    earlier.write_text(evaluate(questions, "-e", edition, "--by", "words", "--json").out, encoding="utf-8")
    said = evaluate(questions, "-e", edition, "--compare", str(earlier))
    assert "Beside the earlier run, over 3 questions" in said.out
    assert said.out.splitlines()[-1].startswith("all\tndcg@10\t0.544\t0.544\t+0.000 (+0.000 to +0.000)\t1.000\tneither")
    assert "by: words then, hybrid now" in said.err


def test_ctrl_c_shows_what_was_measured_so_far(finding: Finding, edition: str, questions: str, tmp_path: Path) -> None:
    finding.stop_after = 2
    kept = tmp_path / "run.json"
    said = evaluate(questions, "-e", edition, "--save", str(kept))
    assert said.code == 130
    assert said.out.startswith("2 questions")
    assert "Stopped after 2 of 3" in said.err
    assert kept.exists()


def test_ctrl_c_before_the_first_answer_shows_nothing(finding: Finding, edition: str, questions: str) -> None:
    finding.stop_after = 0
    said = evaluate(questions, "-e", edition)
    assert (said.code, said.out) == (130, "")


def test_judged_documents_have_success_and_recall(finding: Finding, edition: str, tmp_path: Path) -> None:
    topics = str(written(tmp_path / "t", "7\tWhat?\n"))
    qrels = str(written(tmp_path / "r", "7 0 t 1\n7 0 other 1\n"))
    said = evaluate(topics, "-e", edition, "--qrels", qrels, "--json")
    check("evaluation", said.json)
    group = said.json["groups"][0]["measures"]
    assert (group["success@1"]["value"], group["recall@1"]["value"]) == (1.0, 0.5)
    assert said.json["rules"] == {"document": 1}


def test_a_rule_can_be_asked_for(finding: Finding, edition: str, tmp_path: Path) -> None:
    finding.found = {"What did Curie discover?": [hit("radium", title="Elements")]}
    squad = str(written(tmp_path / "s", SQUAD))
    ranks = [
        evaluate(squad, "-e", edition, *more, "--json").json["outcomes"][0]["rank"]
        for more in ((), ("--right", "answer"))
    ]
    assert ranks == [None, 1]
    said = evaluate(squad, "-e", edition, "--right", "document")
    assert said.code == 2
    assert "--qrels" in said.err


def test_what_was_left_out_is_told(finding: Finding, edition: str, tmp_path: Path) -> None:
    said = evaluate(str(written(tmp_path / "s.json", SQUAD)), "-e", edition)
    assert "Left out of s.json: 1 unanswerable." in said.err


def test_answers_of_another_language_are_used(finding: Finding, edition: str, tmp_path: Path) -> None:
    german = str(written(tmp_path / "xquad.de.json", SQUAD))
    english = str(written(tmp_path / "xquad.en.json", SQUAD))
    plain = evaluate(german, "-e", edition, "--json").json
    crossed = evaluate(german, "-e", edition, "--answers-from", english, "--json").json
    assert (plain["rules"], crossed["rules"]) == ({"answer": 1}, {"article+answer": 1})
    assert crossed["outcomes"][0]["language"] == "de"


@pytest.mark.parametrize(
    ("content", "code"),
    [("", 3), ('{"data": [', 3), ("a\tb\tc\n", 3), ("\0", 3), (".I 1\n.W\nheat\n", 2), (None, 3)],
)
def test_broken_questions_are_one_error(
    finding: Finding, edition: str, tmp_path: Path, content: str | None, code: int
) -> None:
    path = tmp_path / "q"
    if content is not None:
        written(path, content)
    said = evaluate(str(path), "-e", edition)
    assert (said.code, said.out) == (code, "")
    assert len(said.err.splitlines()) == 2
    check("error", evaluate(str(path), "-e", edition, "--json").json)


def test_nothing_is_asked_where_the_result_could_not_be_kept(
    finding: Finding, edition: str, questions: str, tmp_path: Path
) -> None:
    for word, path, code in (
        ("--save", questions, 2),
        ("--save", str(tmp_path / "none" / "run.json"), 2),
        ("--compare", questions, 3),
        ("--compare", str(tmp_path / "none"), 3),
    ):
        assert evaluate(questions, "-e", edition, word, path).code == code
    assert not finding.asked


@pytest.mark.parametrize(
    "words", [["--by", "luck"], ["--limit", "0"], ["--limit", "1001"], ["--right", "x"], ["--questions", "-1"], []]
)
def test_a_wrong_command_line_ends_with_2(finding: Finding, words: list[str]) -> None:
    said = evaluate(*words)
    assert said.code == 2
    assert "--help" in said.err


def test_a_file_of_questions_cannot_write_to_the_terminal(finding: Finding, edition: str, tmp_path: Path) -> None:
    said = evaluate(str(written(tmp_path / "q\x1b[2J", "What?\tradium\nWho\x1b[2J\t\n")), "-e", edition)
    assert said.code == 0
    assert "\x1b" not in said.out + said.err
