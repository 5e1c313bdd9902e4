"""Sentences that know what they say."""

from __future__ import annotations

import ast
import copy
import pickle
import re
from collections.abc import Iterator
from pathlib import Path

import galactica
from galactica.model.said import Listed, Said, Translated, said
from galactica.web.words import CATALOGUES

SOURCE = Path(galactica.__file__).parent
_VALUES = re.compile(r"\{(\w+)(?::[^{}]+)?\}")


def sentences() -> Iterator[tuple[str, str, str]]:
    """(place, code, English) of every call of `said` in the program."""
    for file in sorted(SOURCE.rglob("*.py")):
        text = file.read_text(encoding="utf-8")
        if not re.search(r"from galactica\.model\.said import .*\bsaid\b", text):
            continue
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "said":
                code, english = (ast.literal_eval(each) for each in node.args)
                yield f"{file.name}:{node.lineno}", code, english


def test_a_code_has_the_same_values_wherever_it_is_said() -> None:
    found: dict[str, set[str]] = {}  # that every language has a sentence for it: tests/web/test_words.py
    for place, code, english in sentences():
        values = set(_VALUES.findall(english))
        assert found.setdefault(code, values) == values, place
    assert len(found) > 100


def test_a_sentence_is_a_text_and_crosses_processes() -> None:
    made = said("so-many", "There are {number} of “{name}”.", number=12345, name="x")
    assert made == "There are 12,345 of “x”."
    for again in (pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        assert (again, again.code, again.values) == (made, "so-many", {"number": "12,345", "name": "x"})
        assert isinstance(again, Said)


def test_a_list_is_a_text_and_crosses_processes_as_a_list() -> None:
    made = said("some-of", "There are {names}.", names=["“x”", "“y”"])
    assert made == "There are “x”, “y”."
    for again in (made, pickle.loads(pickle.dumps(made)), copy.deepcopy(made)):
        names = again.values["names"]
        assert isinstance(names, Listed)
        assert names.items == ("“x”", "“y”")


def test_a_noun_behind_a_number_has_the_form_that_goes_with_it() -> None:
    told = [said("read-so-many", "Read {number:passage} of {of:child|children}.", number=n, of=n) for n in (0, 1, 1200)]
    assert told == [
        "Read 0 passages of 0 children.",
        "Read 1 passage of 1 child.",
        "Read 1,200 passages of 1,200 children.",
    ]
    assert [each.values["number"] for each in told] == ["0", "1", "1,200"]
    assert pickle.loads(pickle.dumps(told[1])) == told[1]


def test_a_noun_stands_behind_a_number_in_the_form_that_goes_with_it() -> None:
    many = {"first-characters", "first-phrases", "too-many-characters", "text-too-long"}  # never of one
    counted = re.compile(r"\{(?:number|passages|articles|values|findings|seconds|years)\} [a-z]+s\b")
    assert {code for _, code, english in sentences() if counted.search(english)} == many


def test_a_name_is_said_in_the_language_of_the_sentence() -> None:
    made = said("compared-by", "Compared by “{property}”.", property=Translated("area", {"zh": "面积"}))
    assert made == "Compared by “area”."
    assert CATALOGUES["zh-Hans"].said(made) == "按“面积”比较。"
    assert CATALOGUES["en"].said(made) == made
    again = pickle.loads(pickle.dumps(made))
    assert CATALOGUES["zh-Hans"].said(again) == "按“面积”比较。"
