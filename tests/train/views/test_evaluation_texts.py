"""Evaluation sets of whatever form give their texts, each with what it is called there."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.train.views.evaluation_texts import read_evaluation


def texts_of(path: Path, content: str | bytes) -> list[tuple[str, str]]:
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return [(each.id, each.text) for each in read_evaluation(path).texts]


def test_squad_gives_paragraphs_and_questions_but_no_answers(tmp_path: Path) -> None:
    qas = [{"id": "a1", "question": "What?", "answers": [{"text": "That.", "answer_start": 0}]}]
    content = {"version": "v2", "data": [{"title": "T", "paragraphs": [{"context": "That is so.", "qas": qas}]}]}
    found = texts_of(tmp_path / "dev.json", json.dumps(content))
    assert ("T", "That is so.") in found
    assert ("a1", "What?") in found
    assert not any(text == "That." for _, text in found)


def test_json_lines_give_their_texts_by_the_id_of_each_line(tmp_path: Path) -> None:
    lines = '{"_id": "d1", "title": "T", "text": "One."}\n\n{"_id": 7, "text": "Two.", "metadata": {}}\n'
    assert texts_of(tmp_path / "corpus.jsonl", lines) == [("d1", "T"), ("d1", "One."), ("7", "Two.")]


def test_a_table_gives_its_cells_by_its_first_or_the_number_of_the_line(tmp_path: Path) -> None:
    found = texts_of(tmp_path / "t.tsv", "q1\tWhat is it?\tA thing.\nWho was it then?\tNobody.\n")
    assert ("q1", "What is it?") in found
    assert ("2", "Who was it then?") in found


def test_plain_text_gives_lines_and_runs_of_lines(tmp_path: Path) -> None:
    found = texts_of(tmp_path / "t.txt", "One.\r\nTwo.\n\nThree.")
    assert found == [("1", "One."), ("2", "Two."), ("1", "One.\nTwo."), ("4", "Three.")]


@pytest.mark.parametrize(
    "content",
    [b"", b"  \n", b"[]", b"{}", b'{"a": ', b"[" * 200_000, b'{"a": "x"}\n{"b": ', b"\x00\xff\xfe\x81", b'{"a": 1}'],
)
def test_what_holds_no_text_or_is_broken_is_a_clear_error(tmp_path: Path, content: bytes) -> None:
    with pytest.raises(InputError):
        texts_of(tmp_path / "x", content)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read_evaluation(tmp_path / "none.json")
