"""What is found of an edition fits its schema: whole or damaged, a proof that holds or does not, what changed."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from galactica.library import Change, Difference, Problem, Proven, SqlResult, Verification
from galactica.model import Source, Work
from galactica.wire.checks import difference_document, proof_document, unproven_document, verification_document
from galactica.wire.objects import JsonObject, plain
from galactica.wire.program import error_document, rows_document
from galactica.wire.published import published

ROOT = "5e" * 32


def written(name: str, document: JsonObject) -> dict[str, Any]:
    found = plain(document)
    Draft202012Validator(published()[name]).validate(found)
    return found


def verification(*problems: Problem) -> Verification:
    return Verification(ok=not problems, root=ROOT, stated=ROOT, articles=7, files=12, problems=problems)


def proven(**more: object) -> Proven:
    facts: dict[str, Any] = {
        "root": ROOT,
        "compared": True,
        "format": 2,
        "edition": "Rivers",
        "number": 3,
        "table": "articles",
        "index": 0,
        "count": 9,
        "fields": {
            "title": "Ebro",
            "body": "<p>long</p>",
            "id": b"\x00\x0f",
            "categories": ("Spain", "water"),
            "part": 4,
        },
        "article": None,
        "source": Source(key="atlas", title="Atlas", format="html"),
        "work": Work(source="atlas", path="b", title="Book of rivers", kind="book"),
        **more,
    }
    return Proven(**facts)


def test_editions_are_whole_together_only_if_each_is():
    broken = Problem(where="data/articles/00000.parquet", what="a byte differs", article="Ebro")
    found = written("verify", verification_document([(Path("a"), verification()), (Path("b"), verification(broken))]))
    assert (found["ok"], found["articles"]) == (False, 14)
    assert found["problems"] == [
        {"edition": "b", "where": "data/articles/00000.parquet", "what": "a byte differs", "article": "Ebro"}
    ]
    assert [(each["path"], each["ok"], each["problems"]) for each in found["editions"]] == [
        ("a", True, 0),
        ("b", False, 1),
    ]
    assert "proof" not in found


def test_a_proof_shows_the_record_without_its_body_and_bytes_in_digits():
    found = written("verify", proof_document("ebro.proof", proven(), None))
    assert found.keys() == {"ok", "proof"}
    assert found["proof"]["record"] == {"title": "Ebro", "id": "000f", "categories": ["Spain", "water"], "part": 4}
    assert found["proof"]["work"] == "Book of rivers"
    assert found["proof"]["edition"] == {"title": "Rivers", "number": 3}
    assert "text" not in found["proof"]


def test_the_text_is_there_where_it_was_asked_for_and_what_is_not_named_is_null():
    found = written("verify", proof_document("x", proven(source=None, work=None), "The Ebro."))
    assert (found["proof"]["text"], found["proof"]["source"], found["proof"]["work"]) == ("The Ebro.", None, None)


def test_why_a_proof_does_not_hold():
    found = written("verify", unproven_document("x", "It was changed.", "Fetch it again."))
    assert found == {"ok": False, "proof": {"file": "x", "problem": "It was changed.", "remedy": "Fetch it again."}}


@pytest.mark.parametrize(
    "wrong",
    [
        {"ok": True},
        {"ok": True, "articles": 1, "problems": [], "editions": [], "proof": {"file": "", "problem": "", "remedy": ""}},
        {"ok": True, "proof": {"file": "x"}},
    ],
)
def test_what_is_neither_of_editions_nor_of_a_proof_fits_nothing(wrong):
    assert not Draft202012Validator(published()["verify"]).is_valid(wrong)


def test_what_changed_has_ids_in_digits():
    change = Change(id=bytes(16), title="Ebro", language="en", source="atlas", path="e")
    found = written(
        "diff",
        difference_document(Difference(added=(change,), removed=(), changed=(), same=2, roots=(ROOT, "6f" * 32))),
    )
    assert found["added"][0]["id"] == "0" * 32
    assert (found["removed"], found["same"], found["roots"]) == ([], 2, [ROOT, "6f" * 32])


def test_rows_keep_numbers_of_any_size_and_what_a_cell_holds():
    rows: tuple[tuple[Any, ...], ...] = ((2**70, None, {"k": [1, "x"]}), (-1, 0.5, []))
    found = written(
        "sql", rows_document(SqlResult(columns=("a", "b", "a"), types=("x",) * 3, rows=rows, truncated=True))
    )
    assert found["rows"] == [[2**70, None, {"k": [1, "x"]}], [-1, 0.5, []]]


def test_an_error_has_problem_remedy_and_exit_code():
    assert written("error", error_document("No.", "Yes.", 2)) == {
        "error": {"problem": "No.", "remedy": "Yes.", "code": 2}
    }
