"""A small edition with works: a book of parts under headings, with pages; sheets with rows; a talk with times."""

from __future__ import annotations

import json
from pathlib import Path

from galactica import library

BOOK = {"work": "The Peat Cutters", "language": "en", "creators": ["Orla Finn", "J. Weir"], "published": "1868"}
ROWS: tuple[dict[str, object], ...] = (
    {
        **BOOK,
        "path": "peat/0",
        "title": "Foreword",
        "part": 1,
        "body": '<p><span id="page:ix"></span>This is written for those who never saw a bog.</p>',
        "identifiers": ["isbn:9780306406157", "wikidata:Q184395"],
    },
    {
        **BOOK,
        "path": "peat/1",
        "title": "First chapter",
        "part": 2,
        "headings": ["Part One: The bog"],
        "body": '<p><span id="page:1"></span>Peat is cut in May.</p>\n<p><span id="page:2"></span>The foreman '
        "was called Tarrant.</p>",
    },
    {
        **BOOK,
        "path": "peat/7",
        "title": "Second chapter",
        "part": 7,
        "headings": ["Part Two: The village", "Winter"],
        "body": '<p><span id="page:40"></span>In winter the looms were busy.</p>',
    },
    {
        "path": "stock",
        "title": "Stock list",
        "language": "en",
        "work": "Stock",
        "part": 1,
        "body": '<h2 id="sheet:Store%20A">Store A</h2>\n<table>\n<tr id="row:1"><th>thing</th><th>weight</th></tr>\n'
        '<tr id="row:2"><td>spade</td><td>two kilos</td></tr>\n<tr id="row:3"><td>sledge</td><td>nine kilos</td></tr>\n'
        '</table>\n<h2 id="sheet:Store%20B">Store B</h2>\n<table>\n<tr id="row:1"><th>thing</th><th>weight</th></tr>\n'
        '<tr id="row:2"><td>lantern</td><td>one kilo</td></tr>\n</table>',
        "identifiers": ["doi:10.5555/12345678"],
    },
    {
        "path": "talk",
        "title": "A talk about turf",
        "language": "en",
        "published": "2019-04",
        "body": '<p><span id="time:0"></span>Welcome.</p>\n<p><span id="time:725.5"></span>Turf burns slowly.</p>',
    },
    {"path": "alone", "title": "Sphagnum", "language": "en", "body": "<p>Sphagnum is a moss.</p>"},
)


def build_works(folder: Path, rows: tuple[dict[str, object], ...] = ROWS) -> Path:
    """The edition, built from a file of JSON lines in `folder`."""
    source = folder / "bog.jsonl"
    source.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), encoding="utf-8")
    out = folder / "bog.edition"
    library.build(out, [source], workers=0, meaning=False)
    return out
