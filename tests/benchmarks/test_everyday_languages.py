"""The everyday questions in other languages: each can be judged, and what was looked at is apart from what was not."""

from __future__ import annotations

import json
import lzma
import tomllib
from collections import Counter
from importlib.resources import files

from benchmarks.ask_cases import contains
from benchmarks.everyday_languages import OWN, QUESTIONS, articles, figures, kind, questions, without_repeats

from galactica.codes.letters import title_key

TABLE = tomllib.loads(files("galactica.languages").joinpath("known_names.toml").read_text("utf-8"))
KNOWN = [name for group in TABLE.values() for name in group]
LINES = questions()
NAMES = questions(QUESTIONS.with_name("names.jsonl"))


def test_the_questions_about_names_are_of_things_that_no_table_has() -> None:
    known = {title_key(name) for name in KNOWN}
    assert not [line for line in NAMES if title_key(line["article"]) in known]
    assert len({line["language"] for line in NAMES}) >= 10
    assert {line["part"] for line in NAMES} == {"develop", "held"}


def test_each_question_has_an_edition_and_answers_that_can_be_judged() -> None:
    for line in (*LINES, *NAMES):
        assert line["edition"] in ("enwiki", "zhwiki") or line["edition"].removeprefix("own-") in OWN
        assert line["article"]
        assert all(contains(each, [each]) for each in line["answers"])


def test_both_parts_have_as_many_of_each_language_and_share_no_question() -> None:
    counts = Counter((line["language"], line["part"]) for line in LINES)
    assert all(abs(counts[tag, "develop"] - counts[tag, "held"]) <= 2 for tag, _ in counts)
    assert Counter(part for _, part in counts.elements()) == {"develop": 73, "held": 73}
    assert len({(line["question"], line["edition"]) for line in LINES}) == len(LINES)


def test_passages_of_one_article_stand_together_each_once(tmp_path) -> None:
    data = [
        {"title": "A_b", "paragraphs": [{"context": "One. Two."}, {"context": "One."}, {"context": "Three."}]},
        {"title": "A_b", "paragraphs": [{"context": "Three."}]},
    ]
    file = tmp_path / "set.json.xz"
    with lzma.open(file, "wt", encoding="utf-8") as opened:
        json.dump({"data": data}, opened)
    assert articles(file, {"A b": "C"}) == {"C": "One. Two.\n\nThree."}
    assert without_repeats(["x", "x"]) == ["x"]


def test_figures_count_by_part_language_and_verdict() -> None:
    line = {"part": "held", "language": "de", "edition": "enwiki"}
    assert kind(line) == "de, across"
    assert figures([(line, ("answered", "right"))]) == {"asked": 1, "held, de, across, answered, right": 1}
