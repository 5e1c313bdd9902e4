"""Jupyter notebooks (nbformat 3 and 4): what was written, the code, and what the code said, in their order.

Text is Markdown; code and what it printed are blocks of code; of a result that comes in several forms the table of HTML
is taken before Markdown, plain text and other HTML. Pictures, errors' traces and results in no form of text are
counted. The title is the first heading, else the file's name.
Format: https://nbformat.readthedocs.io/en/latest/format_description.html
"""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import cast

from galactica.model import Document, Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.markdown import first_heading
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected

MAX_CELLS = 100_000
"""Cells of a notebook; real ones have hundreds."""

MAX_OUTPUT = 100_000
"""Characters of one output; a longer one is cut, and counted: logs of trainings have millions."""

_TICKS = re.compile("`+")
_OBJECT = re.compile(r"<[\w.]+ object(?: at 0x[0-9a-f]+)?>")
"""What a value that has no text of its own says of itself."""

_EMPTY_LINES = re.compile(r"\n[ \t\r]*(?=\n)")
"""One of them would end a table of HTML inside of Markdown."""


def recognise(name: str, head: bytes) -> int:
    """92 for the name and an object of JSON: surer than JSON itself."""
    return 92 if leaf.suffix_of(name) == ".ipynb" and leaf.text_head(head).startswith("{") else 0


def read_notebook(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the document."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError):
        yield rejected(key, entry.path, "malformed", "it is named like a notebook and is not JSON")
        return
    dropped: Counter[str] = Counter()
    body = "\n\n".join(piece for cell in _cells(notebook) for piece in _pieces(cell, _language(notebook), dropped))
    title, body = first_heading(body)
    if not body.strip():
        yield rejected(key, entry.path, "empty", title)
        return
    yield Document(
        source=key,
        path=entry.path,
        title=title or stem(entry.path),
        markup="markdown",
        content=body,
        dropped=tuple(sorted(dropped.items())),
    )


def _cells(notebook: object) -> list[Mapping[str, object]]:
    """The cells; those of nbformat 3 stand in worksheets."""
    if not isinstance(notebook, dict):
        return []
    sheets = notebook.get("worksheets")
    holders = [notebook, *(sheets if isinstance(sheets, list) else [])]
    found = [cell for each in holders if isinstance(each, dict) for cell in _list(each.get("cells"))]
    return [cast(Mapping[str, object], cell) for cell in found[:MAX_CELLS] if isinstance(cell, dict)]


def _language(notebook: object) -> str:
    about = notebook.get("metadata") if isinstance(notebook, dict) else None
    told = about.get("language_info") if isinstance(about, dict) else None
    name = told.get("name") if isinstance(told, dict) else ""
    return name if isinstance(name, str) and name.isalnum() else ""


def _pieces(cell: Mapping[str, object], language: str, dropped: Counter[str]) -> Iterator[str]:
    """What a cell holds, as Markdown."""
    text = _text(cell.get("source", cell.get("input")))
    match cell.get("cell_type"):
        case "markdown":
            yield text
        case "heading":
            level = cell.get("level")
            yield f"{'#' * (level if isinstance(level, int) and 0 < level < 7 else 2)} {text}"
        case "code":
            yield _block(text, language)
            for output in _list(cell.get("outputs")):
                yield _output(output, dropped) if isinstance(output, dict) else ""
        case _:
            yield _block(text, "")


def _output(output: Mapping[str, object], dropped: Counter[str]) -> str:
    if output.get("output_type") in ("error", "pyerr"):
        dropped["notebook:error"] += 1
        return ""
    data = output.get("data")
    forms = cast(Mapping[str, object], data) if isinstance(data, dict) else output
    html, plain = _text(forms.get("text/html", forms.get("html"))), _text(forms.get("text/plain", forms.get("text")))
    if any(name.startswith(("image/", "png", "jpeg", "svg")) for name in forms):
        dropped["notebook:picture"] += 1
        return ""
    marked = _text(forms.get("text/markdown"))
    if not plain.strip() or _OBJECT.fullmatch(plain.strip()):
        plain = ""
    if len(html) <= MAX_OUTPUT and ("<table" in html or (html and not marked and not plain)):
        return _EMPTY_LINES.sub("", html)
    if marked and len(marked) <= MAX_OUTPUT:
        return marked
    if not plain and output.get("output_type") != "stream":
        dropped["notebook:output"] += 1
    if len(plain) > MAX_OUTPUT:
        dropped["notebook:long-output"] += 1
    return _block(plain[:MAX_OUTPUT], "")


def _block(text: str, language: str) -> str:
    """A block of code; its fence is longer than any in it."""
    if not text.strip():
        return ""
    fence = "`" * max(3, 1 + max(map(len, _TICKS.findall(text)), default=0))
    return f"{fence}{language}\n{text.rstrip()}\n{fence}"


def _text(value: object) -> str:
    if isinstance(value, list):
        value = "".join(line for line in value if isinstance(line, str))
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []


LEAF = Leaf(name="notebook", suffixes=(".ipynb",), recognise=recognise, read=read_notebook, whole=True)
FORMAT = file_format(LEAF)
