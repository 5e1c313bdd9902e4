"""The rules of the house, held where they stand: numbers may only go down. `python -m tools.house --all` lists them."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable
from pathlib import Path

import pytest
from tools import house

CLASSES_TWICE = 0
"""Public classes whose name two modules use."""

FUNCTIONS_TWICE = 0
"""Public functions whose name two packages use."""

TOO_LONG = 0
"""Modules of more than `house.LONGEST` lines."""


@functools.cache
def found() -> dict[str, house.Module]:
    """Every module of the source, read once, and only where this file's tests run."""
    return house.modules()


def written(folder: Path, files: dict[str, str]) -> dict[str, house.Module]:
    for name, text in {"__init__.py": "", **files}.items():
        path = folder / "src" / "house" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return house.modules(folder / "src" / "house")


def test_no_modules_import_each_other_in_a_ring() -> None:
    assert house.module_cycles(found()) == []


def test_no_packages_import_each_other_in_a_ring() -> None:
    assert house.package_cycles(found()) == []


def test_no_name_of_a_public_class_is_used_by_two_modules() -> None:
    twice = house.classes(house.names_used_twice(found()))
    assert len(twice) <= CLASSES_TWICE, told(f"{name}: {', '.join(places)}" for name, places in twice.items())


def test_no_name_of_a_public_function_is_used_by_two_packages() -> None:
    every = house.names_used_twice(found())
    twice = {name: places for name, places in every.items() if name not in house.classes(every)}
    assert len(twice) <= FUNCTIONS_TWICE, told(f"{name}: {', '.join(places)}" for name, places in twice.items())


def test_no_module_is_above_the_limit() -> None:
    long = house.too_long(found())
    assert len(long) <= TOO_LONG, told(f"{path}: {lines} lines" for path, lines in long.items())


@pytest.mark.parametrize("document", house.DOCUMENTS)
def test_every_package_is_named_in_what_tells_of_the_house(document: str) -> None:
    assert house.not_named(found(), document) == ()


def test_each_module_is_seen_once_with_its_lines() -> None:
    assert len(found()) == len(list(house.SOURCE.rglob("*.py")))
    module = found()["galactica.model.body"]
    assert module.path == "src/galactica/model/body.py"
    assert module.lines == len((house.PROJECT / module.path).read_text(encoding="utf-8").splitlines())
    assert sum(lines for _, lines in house.sizes(found()).values()) == sum(each.lines for each in found().values())


def test_a_ring_is_found_where_its_imports_stand_inside_functions(tmp_path: Path) -> None:
    files = {
        "one/__init__.py": "",
        "one/a.py": "def f():\n    from house.two import b\n",
        "two/__init__.py": "",
        "two/b.py": "from ..three.c import X\n",
        "three/__init__.py": "",
        "three/c.py": "import house.one.a\nX = 1\n",
    }
    found = written(tmp_path, files)
    assert house.module_cycles(found) == [("house.one.a", "house.three.c", "house.two.b")]
    assert house.package_cycles(found) == [("one", "three", "two")]
    assert found["house.one.a"].late == {"house.two.b"}
    assert found["house.three.c"].late == frozenset()


def test_what_only_a_type_checker_imports_makes_no_ring(tmp_path: Path) -> None:
    guarded = (
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from house import b\nelse:\n    from house import c\n"
    )
    found = written(tmp_path, {"a.py": guarded, "b.py": "from house import a\n", "c.py": ""})
    assert found["house.a"].imports == {"house.c"}
    assert house.module_cycles(found) == []


def test_two_rings_are_two_the_larger_first(tmp_path: Path) -> None:
    edges = {"a": "b", "b": "a", "c": "d", "d": "e", "e": "c"}
    found = written(tmp_path, {f"{name}.py": f"from . import {to}\n" for name, to in edges.items()})
    assert [len(ring) for ring in house.module_cycles(found)] == [3, 2]


def test_a_name_counts_where_two_packages_define_it_and_not_where_one_does_or_one_only_imports_it(
    tmp_path: Path,
) -> None:
    files = {
        "one/a.py": "class Page: ...\nclass Own: ...\nclass _Hidden: ...\ndef told(): ...\ndef shown(): ...\n",
        "one/b.py": "class Own: ...\ndef shown(): ...\n",
        "two/c.py": "class Page: ...\nclass _Hidden: ...\nfrom house.one.a import Own\nasync def told(): ...\n",
    }
    twice = house.names_used_twice(written(tmp_path, files))
    assert twice == {
        "Own": ("house.one.a", "house.one.b"),
        "Page": ("house.one.a", "house.two.c"),
        "told": ("house.one.a", "house.two.c"),
    }
    assert list(house.classes(twice)) == ["Own", "Page"]


def test_a_module_at_the_limit_is_not_above_it(tmp_path: Path) -> None:
    found = written(tmp_path, {"a.py": "\n" * house.LONGEST, "b.py": "\n" * (house.LONGEST + 1)})
    assert house.too_long(found) == {"src/house/b.py": house.LONGEST + 1}


def test_a_package_without_a_row_in_a_table_is_missed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = written(tmp_path, {"one/a.py": "", "two/b.py": "", "three/c.py": ""})
    (tmp_path / "DOC.md").write_text("| `one/` | x |\n| `two`, `four` | `three` |\n`three` is named beside it\n")
    monkeypatch.setattr(house, "PROJECT", tmp_path)
    assert house.not_named(found, "DOC.md") == ("three",)


def test_it_is_printed_with_the_first_rows_of_each_list(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    every = found()
    monkeypatch.setattr(house, "modules", lambda: every)
    house.main([])
    said = capsys.readouterr().out
    assert f"Classes that two modules define: {len(house.classes(house.names_used_twice(every)))}\n" in said
    assert "Cycles of modules: 0\n" in said
    house.main(["--all"])
    assert "more (--all)" not in capsys.readouterr().out


def told(rows: Iterable[str]) -> str:
    """A list for whoever must make it shorter."""
    return "\n".join(["this number may only go down:", *rows])


def test_no_group_is_repeated_possessively() -> None:
    """Python before 3.11.5 finds nothing where such a group has alternatives (CPython issue 106052), and 3.11.2 is what
    Debian 12 has: `(?>(?:a|b)*)` does the same everywhere."""
    possessive = re.compile(r"\)[*+?]\+(?!,)")  # with a comma behind it is a list of signs
    lines = [
        f"{file.relative_to(house.PROJECT)}:{number}: {line.strip()}"
        for file in sorted(house.SOURCE.rglob("*.py"))
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        if possessive.search(line)
    ]
    assert not lines, told(lines)
