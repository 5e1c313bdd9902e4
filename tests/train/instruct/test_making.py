"""A data set of questions and cited answers: what a line has, what is left out, and that it is the same every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from galactica.edition import Edition
from galactica.errors import InputError, UsageError
from galactica.model.projection import project
from galactica.train.instruct.making import make_instruct
from tests.train.views.conftest import article, edition, view_of


def town(number: int) -> dict[str, object]:
    history = (
        f"The town of Port {number} was founded by fishermen of the south in the winter of {1700 + number}, "
        "and grew with the trade. "
        f"Its harbour had {number + 3} ships in the year {1800 + number}."
    )
    first = f"Port {number} is a town on the northern coast that has {number + 2} lighthouses."
    return article(
        number,
        title=f"Port {number}",
        body=f"<p>{first}</p><h2>History</h2><p>{history}</p>",
        url=f"https://example.org/{number}",
        modified="2024-05-06T00:00:00Z",
    )


@pytest.fixture(scope="module")
def towns(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = [town(n) for n in range(8)]
    articles.append(
        article(50, "de", title="Hafen", body="<p>Ein Hafen ist ein Ort, an dem Schiffe liegen können.</p>")
    )
    return edition(tmp_path_factory.mktemp("towns"), articles, name="towns")


def lines(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_each_line_has_a_question_and_an_answer_that_is_quoted_with_its_source(towns: Path, tmp_path: Path) -> None:
    made = make_instruct(towns, tmp_path / "o.jsonl")
    found = lines(tmp_path / "o.jsonl")
    assert len(found) == made.pairs == 16
    assert dict(made.kinds) == {"definition": 8, "section": 8}
    with Edition.open(towns) as opened:
        texts = {a.id.hex(): project(a.body) for _, a in opened.scan()}
        for line in found:
            user, assistant = line["messages"]
            assert (user["role"], assistant["role"]) == ("user", "assistant")
            source = line["source"]
            quote = texts[source["article"]][source["start"] : source["end"]]
            assert source["quote"] == quote
            assert assistant["content"].startswith(quote)
            assert source["title"] in user["content"]
            assert source["edition"] == opened.root
            for part in (source["title"], source["url"], "2024-05-06", "CC-BY-SA-4.0"):
                assert part in assistant["content"]
    assert len({line["id"] for line in found}) == 16
    card = (tmp_path / "o.md").read_text()
    assert "16 questions" in card
    assert "same licence" in card
    assert "galactica join" in card


def test_the_same_material_gives_the_same_lines_and_a_sample_is_a_part_of_them(towns: Path, tmp_path: Path) -> None:
    make_instruct(towns, tmp_path / "a.jsonl")
    make_instruct(towns, tmp_path / "b.jsonl")
    assert (tmp_path / "a.jsonl").read_bytes() == (tmp_path / "b.jsonl").read_bytes()
    made = make_instruct(towns, tmp_path / "c.jsonl", most=5)
    every = [line["id"] for line in lines(tmp_path / "a.jsonl")]
    some = [line["id"] for line in lines(tmp_path / "c.jsonl")]
    assert some == [each for each in every if each in set(some)]
    assert len(some) == 5
    assert dict(made.left_out) == {"most": 11}


def test_kinds_are_those_that_are_asked_for(towns: Path, tmp_path: Path) -> None:
    assert dict(make_instruct(towns, tmp_path / "o.jsonl", kinds=("section",)).kinds) == {"section": 8}
    with pytest.raises(UsageError):
        make_instruct(towns, tmp_path / "p.jsonl", kinds=("riddle",))


def test_what_shares_text_with_an_evaluation_set_is_left_out(towns: Path, tmp_path: Path) -> None:
    exam = tmp_path / "exam.txt"
    exam.write_text("Port 3 is a town on the northern coast that has 5 lighthouses.\n")
    made = make_instruct(towns, tmp_path / "o.jsonl", exclude=(exam,))
    assert dict(made.left_out) == {"evaluation": 1}
    assert not any("has 5 lighthouses" in line["source"]["quote"] for line in lines(tmp_path / "o.jsonl"))


def test_of_a_view_only_its_documents_are_asked_about_and_nothing_that_it_cuts_out(towns: Path, tmp_path: Path) -> None:
    exam = tmp_path / "exam.txt"
    exam.write_text("The town of Port 2 was founded by fishermen of the south in the winter of 1702.\n")
    view_of(tmp_path / "v.view", towns, exclude=(exam,), languages=("en",))
    made = make_instruct(tmp_path / "v.view", tmp_path / "o.jsonl")
    quotes = [line["source"]["quote"] for line in lines(tmp_path / "o.jsonl")]
    assert len(quotes) == made.pairs == 15
    assert not any("winter of 1702" in quote for quote in quotes)
    assert dict(made.left_out) == {"evaluation": 1}


def test_a_question_or_a_quotation_is_given_once(tmp_path: Path) -> None:
    twin = town(1) | {"id": f"{99:032x}", "path": "article-99"}
    made = make_instruct(edition(tmp_path / "e", [town(1), twin]), tmp_path / "o.jsonl")
    assert made.pairs == 2
    assert dict(made.left_out) == {"again": 2}


def test_what_cannot_be_made_leaves_nothing(towns: Path, tmp_path: Path) -> None:
    german = edition(tmp_path / "e", [article(1, "de", body="<p>Ein Hafen ist ein Ort am Meer.</p>")])
    with pytest.raises(InputError, match="Nothing could be asked"):
        make_instruct(german, tmp_path / "o.jsonl")
    with pytest.raises(UsageError):
        make_instruct(towns, tmp_path / "o.json")
    (tmp_path / "p.md").write_text("mine")
    with pytest.raises(UsageError):
        make_instruct(towns, tmp_path / "p.jsonl")
    assert (tmp_path / "p.md").read_text() == "mine"
    assert not list(tmp_path.glob("*.jsonl"))
    assert not list(tmp_path.glob(".*"))
