"""Settings in YAML, TOML and INI are read as JSON is: documents, rows, or one article of fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.sources import settings_files, settings_lines
from tests.sources.retold import told, told_all


def test_scalars_of_yaml_stay_as_they_are_written_and_names_are_resolved(tmp_path: Path) -> None:
    text = """# The pump
name: Pump 3
base: &b {pressure: 1.50 bar, code: 007}
spare:
  <<: *b
  code: 008
steps: [yes, 2024-05-03]
"""
    found = told(tmp_path, "pump.yaml", text)
    assert found.document.title == "Pump 3"
    assert found.text.split("\n") == [
        "base: pressure\t1.50 bar",
        "base: code\t007",
        "spare: code\t008",
        "spare: pressure\t1.50 bar",
        "steps\tyes, 2024-05-03",
    ]
    assert found.dropped == {"settings:comment": 1}


def test_what_is_said_twice_is_kept_twice(tmp_path: Path) -> None:
    assert told(tmp_path, "a.yml", "a: b\na: c\n").text == "a\tb\na (2)\tc"


@pytest.mark.parametrize("between", ["", "---\n"])
def test_a_list_of_documents_in_yaml_gives_each(tmp_path: Path, between: str) -> None:
    text = f"- title: One\n  text: First.\n{between}- title: Two\n  text: Second.\n"
    found = told_all(tmp_path, "a.yaml", text)
    assert [(each.document.title, each.text) for each in found] == [("One", "First."), ("Two", "Second.")]


def test_several_documents_in_yaml_without_a_text_are_one_article(tmp_path: Path) -> None:
    assert told(tmp_path, "a.yaml", "kind: A\nport: 1\n---\nkind: B\nport: 2\n").text.count("port") == 2


def test_toml_and_ini_are_read(tmp_path: Path) -> None:
    toml = 'title = "Pump"\n[a]\nday = 2024-05-03\nx = 1.10\n[[step]]\ndo = "open"\n'
    found = told(tmp_path, "a.toml", toml)
    assert (found.document.title, found.text) == ("Pump", "a: day\t2024-05-03\na: x\t1.10\nstep 1: do\topen")
    found = told(tmp_path, "a.ini", "; remark\ntop = 1\n[pump]\npressure = 1.5 bar\ncode: 007\nlong = a\n  b\n")
    assert found.text == "top\t1\npump: pressure\t1.5 bar\npump: code\t007\npump: long\ta b"
    assert found.dropped == {"settings:comment": 1}


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.yaml", "a: b: c\n  - d\n"),
        ("a.toml", "a = \n"),
        ("a.conf", "server {\n listen 80;\n}\n"),
        ("b.yaml", "- " * 5_000),
        ("c.yaml", "[" * 5_000),
    ],
)
def test_what_is_none_of_them_is_plain_text(tmp_path: Path, name: str, text: str) -> None:
    found = told(tmp_path, name, text)
    assert found.document.markup == "text"
    assert found.text.split()[0] == text.split()[0]


def test_names_that_stand_for_names_do_not_expand_without_measure(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 12)]
    assert told(tmp_path, "a.yaml", "\n".join(lines)).document.markup == "text"
    long = f"a: &a {'x' * 1_000_000}\nb: [{', '.join(['*a'] * 1_000)}]\n"
    assert told(tmp_path, "b.yaml", long).document.markup == "text"


def test_depth_has_a_bound(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(settings_files, "MAX_NESTED_VALUES", 3)
    assert told(tmp_path, "a.yaml", "a: {b: {c: d}}\n").document.markup == "html"
    assert told(tmp_path, "b.yaml", "a: {b: {c: {d: {e: f}}}}\n").document.markup == "text"


def test_lines_that_are_all_indented_do_not_go_on_with_each_other(tmp_path: Path) -> None:
    text = "[global]\n   workgroup = HOME\n   server string = Files\n\n[homes]\n\tcomment = a\n\t\tb\n\tguest = no\n"
    assert told(tmp_path, "smb.conf", text).text.split("\n") == [
        "global: workgroup\tHOME",
        "global: server string\tFiles",
        "homes: comment\ta b",
        "homes: guest\tno",
    ]


def test_a_backslash_at_the_end_is_of_the_value_unless_the_line_goes_on(tmp_path: Path) -> None:
    text = "[a]\r\ndir=C:\\data\\\r\nnext=D:\\\r\n[b] ; last\r\nrun=\r\nrun=x \\\r\n  --y\r\n"
    assert told(tmp_path, "a.ini", text).text == "a: dir\tC:\\data\\\na: next\tD:\\\nb: run\tx --y"


def test_properties_are_read_as_java_reads_them(tmp_path: Path) -> None:
    text = "# c\n! d\n"
    text += "greeting=\\u4f60\\u597d \\ud83d\\ude00 \\ud83d.\nlist=a,\\\n    b,\\\nc\n"
    text += "my\\ key : C:\\data\\\\x\nu http\\://x\n"
    found = told(tmp_path, "a.properties", text)
    assert found.text == "greeting\t你好 😀 \ufffd.\nlist\ta,b,c\nmy key\tC:\\data\\x\nu\thttp://x"
    assert found.dropped == {"settings:comment": 2}
    assert told(tmp_path, "b.properties", "[s]\na=1\n").text == "s: a\t1"
    assert told(tmp_path, "c.properties", "only words\n").document.markup == "text"


@pytest.mark.parametrize("text", ["https://example.org/a\n", "!include b\na = 1\n", "a = 1\n[a]\nb = 1\n", "[a]\n"])
def test_lines_that_are_no_settings_are_plain_text(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, "a.cfg", text).document.markup == "text"


def test_of_sections_of_which_some_are_described_none_is_lost(tmp_path: Path) -> None:
    text = '[build]\nneeds = "a"\n[project]\nname = "p"\ndescription = "Does it."\n[tool.x]\nline = 9\n'
    assert told(tmp_path, "p.toml", text).text.split("\n") == [
        "build: needs\ta",
        "project: name\tp",
        "project: description\tDoes it.",
        "tool: x: line\t9",
    ]
    assert told(tmp_path, "a.service", "[Unit]\nDescription=A\n[Service]\nExec=/b\n").text.endswith("Exec\t/b")


def test_what_stands_beside_a_list_is_told_or_counted(tmp_path: Path) -> None:
    beside = "openapi: 3\ntags:\n- name: pets\n  description: All pets\npaths:\n  /a: {get: x}\n"
    assert told(tmp_path, "a.yaml", beside).text.split("\n") == [
        "openapi\t3",
        "tags 1: name\tpets",
        "tags 1: description\tAll pets",
        "paths: /a: get\tx",
    ]
    found = told_all(tmp_path, "b.yaml", "site: X\nposts:\n- {title: A, text: One.}\n- {title: B, text: Two.}\n")
    assert [each.text for each in found] == ["One.", "Two."]
    assert [each.dropped for each in found] == [{"json:beside-list": 1}, {}]


def test_keys_of_endlessly_many_parts_are_plain_text(tmp_path: Path) -> None:
    assert told(tmp_path, "a.toml", f"{'a.' * 50_000}a = 1\n").document.markup == "text"


def test_a_mapping_is_merged_with_several_and_what_is_said_first_holds(tmp_path: Path) -> None:
    text = "a: &a {x: 1, y: 2}\nb: &b {y: 3, z: 4}\nc:\n  <<: [*a, *b]\n  x: 0\nd:\n  <<: text\n  <<: [*a, 5]\n"
    found = told(tmp_path, "m.yaml", text).text.split("\n")
    assert [row for row in found if row.startswith("c")] == ["c: x\t0", "c: y\t2", "c: z\t4"]
    assert [row for row in found if row.startswith("d")] == [
        *("d: <<\ttext", "d: << (2) 1: x\t1", "d: << (2) 1: y\t2", "d: << (2) 2\t5")
    ]


def test_a_name_that_stands_for_nothing_is_told_as_it_is_written(tmp_path: Path) -> None:
    assert told(tmp_path, "n.yaml", "a: &a [1, *a]\nb: *nobody\n").text == "a\t1, *a\nb\t*nobody"


def test_a_key_that_comes_again_and_again_without_a_value_takes_no_more_than_its_lines() -> None:
    assert settings_lines.properties_values("x\n" * 200_000 + "a = b\nx = 1\nx = 2\n") == {"x": "1, 2", "a": "b"}


def test_kinds_that_values_say_they_are_are_counted(tmp_path: Path) -> None:
    found = told(tmp_path, "a.yaml", "a: !Ref pump\nb: !!str 7\nc: ! d\ne: 1 # x\n# y\n")
    assert found.text == "a\tpump\nb\t7\nc\td\ne\t1"
    assert found.dropped == {"settings:kind-of-value": 2, "settings:comment": 1}
