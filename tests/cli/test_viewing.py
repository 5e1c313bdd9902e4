"""galactica dataset, with a made-up library that makes nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.progress import Report
from galactica.train.instruct.making import InstructSet
from galactica.train.views.excluding import ExcludedFile
from galactica.train.views.filtering import ViewFilter
from galactica.train.views.header import ViewCounts, ViewHeader
from galactica.train.views.making import MadeView
from galactica.train.views.near import NearReport
from galactica.train.views.qualities import quality_rule

from .conftest import ROOT, Made, call
from .test_json import check

COUNTS = ViewCounts(
    documents=9,
    bytes=4_000,
    tokens=1_000,
    languages=(("en", 9, 4_000),),
    licences=(("CC0-1.0", 9, 4_000),),
    sources=(("wiki", 9, 4_000),),
)
HEADER = ViewHeader(
    editions=((ROOT, "Made\x1b[2J"),),
    filter={},
    mix=(("all", 1.0),),
    tokens_by="estimate",
    counts=COUNTS,
    rows="0" * 64,
)
MADE = MadeView(
    path=Path("v.view"),
    hash=HEADER.hash,
    header=HEADER,
    articles=12,
    left_out=(("copy", 1), ("near", 3), ("evaluation", 2)),
    passages=3,
    near=NearReport(kinds={"near": 3}, across=2, compared=9, apart={}, crowded=0, passed_over=0, left=0, long=0),
    excluded=(ExcludedFile(name="dev.json\x1b[2J", sha256="1" * 64, items=7, short=2, passages=5, found=4),),
)


@pytest.fixture
def given(made: Made) -> list[dict[str, object]]:
    """What the library was told, each time."""
    calls: list[dict[str, object]] = []

    def make_view(out: Path, editions: object, asked: ViewFilter, *, report: Report) -> MadeView:
        calls.append({"out": out, "editions": editions, "asked": asked})
        report("texts", 1, 2, "articles")
        return MADE

    made.module.make_view = make_view  # type: ignore[attr-defined]
    made.module.ViewFilter = ViewFilter  # type: ignore[attr-defined]
    return calls


def test_what_was_said_is_passed_on(given: list[dict[str, object]], edition: str) -> None:
    words = (
        "--languages en,zh --licences CC0-1.0 --licences X --sources wiki --min-quality gopher --exclude a.json "
        "--exclude b.txt --exclude-words 10 --near --mix wiki=2 --mix language:zh=1 --max-tokens 500 --tokenizer t.json"
    )
    assert call("dataset", edition, "v.view", *words.split()).code == 0
    (told,) = given
    assert (told["out"], told["editions"]) == (Path("v.view"), (Path(edition),))
    assert told["asked"] == ViewFilter(
        languages=("en,zh",),
        licences=("CC0-1.0", "X"),
        sources=("wiki",),
        min_quality=(quality_rule("gopher"),),
        exclude=(Path("a.json"), Path("b.txt")),
        exclude_words=10,
        near=True,
        mix=(("wiki", 2.0), ("language:zh", 1.0)),
        max_tokens=500,
        tokenizer=Path("t.json"),
    )


def test_what_was_not_said_asks_nothing(given: list[dict[str, object]], edition: str) -> None:
    call("dataset", edition, "v.view")
    assert given[0]["asked"] == ViewFilter()


def test_it_says_what_is_in_it_and_what_was_left_out(given: list[dict[str, object]], edition: str) -> None:
    said = call("dataset", edition, "v.view")
    assert "9 documents, 4 kB, about 1,000 tokens" in said.out
    assert "1 article the same as another to the letter" in said.err
    assert "2 articles mostly in an evaluation set" in said.err
    assert "3 articles nearly the same as another" in said.err
    assert "2 articles for one of another edition" in said.err
    assert "of 7 texts 4 were found, in 5 passages; 2 are too short" in said.err
    assert "\x1b" not in said.out + said.err


def test_json_is_one_document_of_its_schema(given: list[dict[str, object]], edition: str) -> None:
    said = call("dataset", edition, "v.view", "--json")
    check("dataset", said.json)
    assert said.json["hash"] == HEADER.hash
    assert said.json["left_out"] == [
        {"reason": "copy", "articles": 1},
        {"reason": "near", "articles": 3},
        {"reason": "evaluation", "articles": 2},
    ]


@pytest.mark.parametrize(
    "words",
    [
        ["--mix", "wiki"],
        ["--mix", "wiki=-1"],
        ["--mix", "wiki=nan"],
        ["--min-quality", "good"],
        ["--exclude-words", "2"],
    ],
)
def test_what_cannot_be_meant_is_refused(given: list[dict[str, object]], edition: str, words: list[str]) -> None:
    assert call("dataset", edition, "v.view", *words).code == 2
    assert given == []


def test_editions_and_a_view_are_named(given: list[dict[str, object]]) -> None:
    said = call("dataset", "v.view")
    assert said.code == 2
    assert "galactica dataset EDITION... OUT.view" in said.err


@pytest.fixture
def taught(made: Made) -> list[dict[str, object]]:
    """What the library was told when it was to make questions."""
    calls: list[dict[str, object]] = []

    def make_instruct(material: Path, out: Path, *, report: Report, **options: object) -> InstructSet:
        calls.append({"material": material, "out": out, **options})
        report("instruct", 1, 2, "articles")
        return INSTRUCT

    made.module.make_instruct = make_instruct  # type: ignore[attr-defined]
    return calls


INSTRUCT = InstructSet(
    path=Path("o.jsonl"),
    card=Path("o.md"),
    pairs=9,
    kinds=(("section", 5), ("claim", 4)),
    languages=(("en", 9),),
    licences=(("", 9),),
    left_out=(("again", 1),),
    excluded=(),
    without_claims=("Wiki\x1b[2J",),
)


def test_questions_are_made_as_was_said(taught: list[dict[str, object]], edition: str) -> None:
    words = "--kind claim --kind section --exclude a.json --exclude-words 8 --most 20"
    said = call("train", "instruct", edition, "o.jsonl", *words.split())
    assert said.code == 0
    assert taught == [
        {
            "material": Path(edition),
            "out": Path("o.jsonl"),
            "editions": (),
            "kinds": ("claim", "section"),
            "exclude": (Path("a.json"),),
            "exclude_words": 8,
            "most": 20,
        }
    ]
    assert "9 questions with cited answers (5 section, 4 claim)" in said.out
    assert "galactica join" in said.err
    assert "\x1b" not in said.out + said.err


def test_questions_told_in_json_are_one_document_of_its_schema(taught: list[dict[str, object]], edition: str) -> None:
    said = call("train", "instruct", edition, "o.jsonl", "--json")
    check("instruct", said.json)
    assert taught[0]["kinds"] == ("definition", "section", "claim")
