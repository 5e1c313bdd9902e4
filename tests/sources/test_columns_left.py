"""What a row says beside its text is told below it, and what only programs read is counted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.model import Document, Rejected
from galactica.model.projection import project
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source


def read(folder: Path, name: str, text: str, **options: str) -> list[Document]:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    with open_source(path, SourceOptions(**options)) as source:  # type: ignore[arg-type]
        return [item for item in source.read() if isinstance(item, Document)]


def test_columns_beside_the_text_stand_below_it(tmp_path: Path):
    one, two = read(
        tmp_path, "ports.csv", "name,description,depth,fee\nKiel,On the Baltic.,11.5,-20\nOslo,A capital.,,30\n"
    )
    assert one.content == "On the Baltic.\n\ndepth: 11.5\n\nfee: -20"
    assert two.content == "A capital.\n\nfee: 30"


def test_members_of_an_object_beside_its_text_stand_below_it_too(tmp_path: Path):
    row = {"title": "Kiel", "text": "A port.", "depth": 11.5, "open": False, "crew": ["Ole", "Li"], "at": {"lat": 54}}
    (page,) = read(tmp_path, "ports.jsonl", json.dumps(row) + "\n")
    assert page.content == "A port.\n\ndepth: 11.5\n\nopen: no\n\ncrew: Ole, Li\n\nat: lat: 54"


@pytest.mark.parametrize(
    ("markup", "below"),
    [
        ("html", '<table><tbody><tr><th scope="row">a*b</th><td>1 &lt; 2</td></tr></tbody></table>'),
        ("markdown", "\n\na\\*b: 1 \\< 2"),
        ("wikitext", "\n\n<nowiki>a*b: 1 &lt; 2</nowiki>"),
        ("text", "\n\na*b: 1 < 2"),
    ],
)
def test_they_are_written_as_the_text_is(tmp_path: Path, markup: str, below: str):
    (page,) = read(tmp_path, "rows.csv", "text,a*b\nMoon,1 < 2\n", markup=markup)
    assert page.content == f"Moon{below}"


def test_a_date_stays_in_the_text_and_one_that_is_none_of_ours_too(tmp_path: Path):
    one, two = read(tmp_path, "visits.csv", "text,date\nFever.,2024-05-03\nCough.,3/5/24\n")
    assert (one.modified, one.content) == ("2024-05-03", "Fever.\n\ndate: 2024-05-03")
    assert (two.modified, two.content) == ("", "Cough.\n\ndate: 3/5/24")


def test_what_only_programs_read_is_counted(tmp_path: Path):
    row: dict[str, object] = {"path": "kiel", "title": "Kiel", "text": "A port.", "sha1": "ab12", "id": "7"}
    row |= {"embedding": [0.5] * 30, "rows": [{"n": 1}] * 40}
    (page,) = read(tmp_path, "ports.jsonl", json.dumps(row) + "\n")
    assert (page.content, page.dropped) == ("A port.", (("table:columns", 4),))


def test_the_same_text_in_another_form_is_not_said_twice(tmp_path: Path):
    text = "Kiel is a port on the Baltic Sea. It has a canal that ships take to the North Sea."
    row = {"title": "Kiel", "text": text, "html": f"<p>{text}</p>", "summary": text[:50], "extract": "Of old."}
    (page,) = read(tmp_path, "ports.jsonl", json.dumps(row) + "\n")
    assert (page.content, page.dropped) == (f"{text}\n\nextract: Of old.", (("table:columns", 1),))


PORTS = [
    {"name": "Kiel", "text": "A port.", "depth": 11.5},
    {"name": "Oslo", "text": None, "depth": 12, "at": {"lat": 59.9}},
    {"name": "Rum", "text": ""},
    {"name": "Lund", "content": "Far from the sea.", "depth": 0},
    {"name": "Bergen", "text": 7, "depth": 30},
]


@pytest.mark.parametrize("name", ["ports.json", "ports.jsonl"])
def test_a_row_without_the_text_that_others_have_is_an_article_of_its_fields(tmp_path: Path, name: str):
    text = json.dumps(PORTS) if name.endswith(".json") else "\n".join(map(json.dumps, PORTS))
    (tmp_path / name).write_text(text)
    with open_source(tmp_path / name, SourceOptions()) as source:
        items = list(source.read())
    pages = {item.title: item for item in items if isinstance(item, Document)}
    assert project(pages["Oslo"].content) == "depth\t12\nat: lat\t59.9"
    assert pages["Lund"].content == "Far from the sea.\n\ndepth: 0"
    assert project(pages["Bergen"].content) == "text\t7\ndepth\t30"
    assert [(item.where, item.reason, item.detail) for item in items if isinstance(item, Rejected)] == [
        (f"{name}:3", "empty", "Rum")
    ]


def test_so_is_a_row_of_a_table(tmp_path: Path):
    kiel, oslo = read(tmp_path, "ports.csv", "name,description,depth,fee\nKiel,A port.,11.5,1\nOslo,,12.0,-30\n,,,\n")
    assert (oslo.title, project(oslo.content)) == ("Oslo", "depth\t12.0\nfee\t-30")
    assert kiel.content.startswith("A port.")


def test_of_equal_keys_both_values_are_told(tmp_path: Path):
    rows = (
        '{"title": "Kiel", "text": "A port.", "fee": 1, "fee": 2, "fee": 2}',
        '{"title": "A", "text": "B", "title": "C"}',
    )
    kiel, other = read(tmp_path, "ports.json", f"[{', '.join(rows)}]")
    assert kiel.content == "A port.\n\nfee: 1\n\nfee (2): 2\n\nfee (3): 2"
    assert (other.title, other.content) == ("A", "B\n\ntitle (2): C")
    lines = read(tmp_path, "ports.jsonl", '{"text": "Kiel", "fee": 1, "fee": 2}\n{"text": "Oslo"}\n')
    assert lines[0].content == "Kiel\n\nfee: 1\n\nfee (2): 2"


def test_numbers_of_rows_stay_as_they_are_written(tmp_path: Path):
    row = '{"text": "Pi", "value": 3.14159265358979323846, "price": 1.10, "big": 1E400, "all": [0.50, 2]}'
    (page,) = read(tmp_path, "n.jsonl", row + "\n")
    assert page.content == "Pi\n\nvalue: 3.14159265358979323846\n\nprice: 1.10\n\nbig: 1E400\n\nall: 0.50, 2"
