"""The texts of an evaluation set, whatever its form: what must not be trained on.

Recognised by content, never by name:

* JSON (SQuAD, XQuAD, CMRC, lists of questions): every text in it but answers, with the `id` that stands nearest
  around it (an answer of eight words, "the Court of Justice of the European Union", is no secret);
* JSON lines (BEIR's queries and corpora and the like): the same of each line;
* a table with tabs (questions with answers, TREC topics): every cell, under the first cell or the line's number;
* anything else is plain text: every line, and every run of lines up to an empty one.

A file of judgements alone (qrels) has identifiers and no text: it is refused with words that say so.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from galactica.errors import InputError
from galactica.evaluate.reading import parse_json, read_text

IDS = ("id", "_id", "qid", "qId", "query_id", "question_id", "doc_id", "docid", "uid", "title")
"""Members of an object that name it, the first that is there."""

_ANSWERS = frozenset(("answers", "answer", "plausible_answers", "answer_aliases", "short_answers"))
_PASSED_OVER = _ANSWERS | frozenset(IDS) - {"title"} | {"version"}
"""Members of an object that are not looked for."""

MOST_ID = 200
"""Characters of an id that a report shows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationText:
    """A text of an evaluation set.

    Attributes:
        id: what it is called there, or the number of its line.
        text: itself.
    """

    id: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class EvaluationFile:
    """An evaluation set, read: its name without the folder, the SHA-256 of the file, its texts."""

    name: str
    digest: str
    texts: tuple[EvaluationText, ...]


def read_evaluation(path: Path) -> EvaluationFile:
    """Read an evaluation set.

    Raises:
        InputError: it cannot be read, is broken, or holds no text.
        LimitError: it is too large.
    """
    texts = evaluation_texts(read_text(path), path.name)
    return EvaluationFile(name=path.name, digest=hashlib.sha256(path.read_bytes()).hexdigest(), texts=texts)


def evaluation_texts(text: str, name: str) -> tuple[EvaluationText, ...]:
    """The texts in what a file holds; raises InputError as `read_evaluation`.

    Args:
        name: of the file, for errors.
    """
    start = text.lstrip("\ufeff \t\r\n")[:1]
    if start in ("{", "["):
        found = _lines(text, name) if _is_lines(text) else list(_texts(parse_json(text, name), ""))
    elif _is_table(text):
        found = list(_cells(text))
    else:
        found = list(_plain(text))
    unique = dict.fromkeys((each.id, each.text) for each in found)
    if not unique:
        raise InputError(f"{name} holds no text.", "Name questions or passages; judgements alone have none.")
    return tuple(EvaluationText(id=of, text=each) for of, each in unique)


def _is_lines(text: str) -> bool:
    """Whether a text is JSON lines: its first line is an object of its own, and another follows."""
    first, _, rest = text.strip().partition("\n")
    if not rest.lstrip().startswith("{"):
        return False
    try:
        return isinstance(json.loads(first), dict)
    except (ValueError, RecursionError):
        return False


def _lines(text: str, name: str) -> list[EvaluationText]:
    found: list[EvaluationText] = []
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            found += _texts(parse_json(line, f"{name}, line {number:,},"), str(number))
    return found


def _texts(value: object, name: str) -> Iterator[EvaluationText]:
    """Every text in a JSON value, in its order, under the id that stands nearest around it."""
    waiting: list[tuple[object, str]] = [(value, name)]
    while waiting:
        each, name = waiting.pop()
        if isinstance(each, str):
            yield EvaluationText(id=name[:MOST_ID], text=each)
        elif isinstance(each, dict):
            own = next((each[key] for key in IDS if isinstance(each.get(key), str | int) and each[key] != ""), name)
            members = [member for key, member in each.items() if key not in _PASSED_OVER]
            waiting.extend((member, str(own)) for member in reversed(members))
        elif isinstance(each, list):
            waiting.extend((member, name) for member in reversed(each))


def _is_table(text: str) -> bool:
    """Whether nine of ten lines that are not empty have a tab."""
    lines = [line for line in text.split("\n") if line.strip()]
    return bool(lines) and sum("\t" in line for line in lines) >= 0.9 * len(lines)


def _cells(text: str) -> Iterator[EvaluationText]:
    for number, line in enumerate(text.split("\n"), 1):
        cells = [cell.strip() for cell in line.rstrip("\r").split("\t")]
        name = cells[0] if 0 < len(cells[0]) <= MOST_ID and " " not in cells[0] else str(number)
        yield from (EvaluationText(id=name, text=cell) for cell in cells if cell)


def _plain(text: str) -> Iterator[EvaluationText]:
    """Every line under its number, and every run of several lines under that of its first."""
    run: list[str] = []
    for number, line in enumerate([*text.split("\n"), ""], 1):
        line = line.strip()
        if line:
            yield EvaluationText(id=str(number), text=line)
            run.append(line)
            continue
        if len(run) > 1:
            yield EvaluationText(id=str(number - len(run)), text="\n".join(run))
        run = []
