"""Sentences that know what they say: every one of the program has its Chinese."""

from __future__ import annotations

import ast
import copy
import pickle
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import galactica
from galactica.model.said import Listed, Said, said

SOURCE = Path(galactica.__file__).parent
_VALUES = re.compile(r"\{(\w+)\}")


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


def test_every_sentence_has_its_chinese_with_the_same_values_in_it() -> None:
    chinese = tomllib.loads((SOURCE / "web" / "words" / "said.zh-Hans.toml").read_text(encoding="utf-8"))
    found: dict[str, set[str]] = {}
    for place, code, english in sentences():
        values = set(_VALUES.findall(english))
        assert found.setdefault(code, values) == values, place
        assert set(_VALUES.findall(chinese.get(code, "{missing}"))) == values, f"{place}: {code}"
    assert set(chinese) == set(found)


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
