"""Questions about a person's own tables: a cell, the most or least of a column, lists and counts; in five languages.

    python -m benchmarks.ask_tables [--part develop|held] [--alone] [--show]

The seven tables (`benchmarks/everyday/tables`: a pharmacy, towns, a bookshop, a workshop, a shop, patients, harvests)
are CSV with commas, semicolons or tabs; one is made a workbook (XLSX) here. They have empty and unreadable cells, a row
of sums, both conventions of numbers, mixed units. `benchmarks/everyday/tables.jsonl` holds 89 questions in English,
French, Spanish, German and Chinese, written with the tables before any was asked; by a hash of the question half are
`develop`, which were looked at while this was built, half `held`, which were measured by counts alone. All tables
are one edition; with `--alone` each is an edition of its own.

A question's `answers` are all that has to be said: an answer is right that says each of them and nothing else that
stands in a first column; one too few or too many is wrong. Of a question that has none (null) only "not found" is
right.
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import tempfile
import zipfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from benchmarks import results
from benchmarks.ask_cases import UNHURRIED
from galactica import library
from galactica.collection import asking
from galactica.collection.opened import Library
from galactica.model import Answer, Verdict

FOLDER = Path(__file__).parent / "everyday"

WORKBOOKS = frozenset(("patients",))
"""Tables that are made workbooks."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", choices=("develop", "held"), default="", help="only this half")
    parser.add_argument("--alone", action="store_true", help="each table as an edition of its own")
    parser.add_argument("--show", action="store_true", help="print every answer of the half that may be looked at")
    given = results.arguments(parser).parse_args()
    lines = [json.loads(line) for line in (FOLDER / "tables.jsonl").read_text("utf-8").splitlines()]
    lines = [line for line in lines if given.part in ("", line["part"])]
    vars(asking)["SECONDS"] = UNHURRIED
    rows: list[tuple[Mapping[str, Any], str]] = []
    with tempfile.TemporaryDirectory(prefix="tables-") as place, ExitStack() as stack:
        opened = editions(Path(place), stack, alone=given.alone)
        for line in lines:
            answer = opened[line["table"]].ask(line["question"])
            said = judged(answer, line["answers"], labels(line["table"]))
            rows.append((line, said))
            if given.show and line["part"] == "develop":
                print(
                    f"{said:9}{line['shape']:9}{line['question']}\n{'':18}{answer.verdict.value}: {answer.text[:120]}"
                )
    counts = figures(rows)
    for name, number in counts.items():
        print(f"{name:40}{number:>6}")
    results.keep(__file__, given, counts)


def editions(place: Path, stack: ExitStack, *, alone: bool) -> dict[str, Library]:
    """Table → the library that it is asked in."""
    names = sorted(path.stem for path in (FOLDER / "tables").glob("*.csv"))
    found: dict[str, Library] = {}
    for group in [[name] for name in names] if alone else [names]:
        sources = place / "-".join(group)
        sources.mkdir()
        for name in group:
            file = FOLDER / "tables" / f"{name}.csv"
            if name in WORKBOOKS:
                workbook(sources / f"{name}.xlsx", read(name))
            else:
                (sources / file.name).write_bytes(file.read_bytes())
        edition = place / f"{len(found)}.edition"
        library.build(edition, [sources])
        opened = stack.enter_context(library.open_library([edition]))
        found |= dict.fromkeys(group, opened)
    return found


def read(name: str) -> list[list[str]]:
    """The rows of a table."""
    text = (FOLDER / "tables" / f"{name}.csv").read_text("utf-8")
    delimiter = max(",;\t", key=text.splitlines()[0].count)
    return list(csv.reader(text.splitlines(), delimiter=delimiter))


def labels(name: str) -> list[str]:
    """What stands in the first column of a table."""
    return [row[0] for row in read(name)]


def workbook(target: Path, rows: Sequence[Sequence[str]]) -> None:
    """Write a workbook of one sheet whose cells are texts (ECMA-376, inline strings)."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    package = "http://schemas.openxmlformats.org/package/2006"
    cells = "".join(
        "<row>" + "".join(f'<c t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for cell in row) + "</row>"
        for row in rows
    )
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{package}/content-types"><Default Extension="rels" ContentType='
        '"application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{kind}.sheet.main+xml"/>'
        f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{kind}.worksheet+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        f'<sheet name="{escape(target.stem)}" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{package}/relationships"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{main}"><sheetData>{cells}</sheetData></worksheet>',
    }
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as file:
        for name, text in parts.items():
            file.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>\n{text}')


def judged(answer: Answer, answers: Sequence[str] | None, first_column: Sequence[str]) -> str:
    """ "right", "wrong" or "withheld"; a question without an answer that is withheld is right."""
    if answer.verdict is Verdict.NOT_FOUND:
        return "right" if answers is None else "withheld"
    if answers is None:
        return "wrong"
    others = [label for label in first_column if label and label not in answers]
    said = re.sub(r"\s", " ", answer.text)
    named = [each for each in others if stands(each, said) and not any(each in right for right in answers)]
    return "right" if all(stands(each, said) for each in answers) and not named else "wrong"


def stands(part: str, text: str) -> bool:
    """Whether a text has a part that is no part of a longer number or word, in scripts with spaces."""
    edge = r"(?<![\w.,]){}(?![\w]|[.,]\d)" if part.isascii() or part[0].lower() != part[0].upper() else "{}"
    return re.search(edge.format(re.escape(part)), text, re.IGNORECASE) is not None


def figures(rows: Sequence[tuple[Mapping[str, Any], str]]) -> dict[str, int]:
    """What is kept: how many of each half, and of each shape in it, were right, wrong and withheld."""
    counts: Counter[str] = Counter()
    for line, said in rows:
        for name in ("all", line["shape"], line["language"]):
            counts[f"{line['part']}, {name}, {said}"] += 1
    return {"asked": len(rows)} | dict(sorted(counts.items()))


if __name__ == "__main__":
    main()
