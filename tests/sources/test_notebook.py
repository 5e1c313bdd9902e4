"""Jupyter notebooks: text, code and what the code said, in their order."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Document
from galactica.refine.article import refine
from galactica.sources import notebook
from galactica.sources.formats import open_source


def read(folder: Path, *cells: dict[str, object], **more: object) -> Document:
    path = folder / "tides.ipynb"
    about = {"nbformat": 4, "metadata": {"language_info": {"name": "python"}}, "cells": list(cells), **more}
    path.write_text(json.dumps(about), encoding="utf-8")
    with open_source(path) as source:
        (found,) = [item for item in source.read() if isinstance(item, Document)]
    return found


def said(**output: object) -> dict[str, object]:
    return {"cell_type": "code", "source": ["h = 1.5\n", "h"], "outputs": [output]}


def test_cells_are_read_in_their_order_and_the_first_heading_is_the_title(tmp_path: Path):
    page = read(
        tmp_path,
        {"cell_type": "markdown", "source": ["# Tides\n", "High at **6**."]},
        said(output_type="stream", text=["1.5\n"]),
        {"cell_type": "raw", "source": "as it is"},
    )
    assert page.title == "Tides"
    assert page.content == "High at **6**.\n\n```python\nh = 1.5\nh\n```\n\n```\n1.5\n```\n\n```\nas it is\n```"


def test_a_table_is_taken_before_its_plain_text(tmp_path: Path):
    data = {"text/plain": "x 1", "text/html": "<table>\n\n \n\n    <tr><td>Kiel</td><td>1</td></tr></table>"}
    article = refine(read(tmp_path, said(output_type="execute_result", data=data)), language="en")
    assert "<td>Kiel</td><td>1</td>" in getattr(article, "body", "")


def test_pictures_errors_and_long_outputs_are_counted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(notebook, "MAX_OUTPUT", 5)
    page = read(
        tmp_path,
        said(output_type="display_data", data={"image/png": "AAAA", "text/plain": "<Figure>"}),
        said(output_type="error", ename="E", traceback=["x"]),
        said(output_type="stream", text="123456789"),
    )
    assert page.dropped == (("notebook:error", 1), ("notebook:long-output", 1), ("notebook:picture", 1))
    assert "12345\n" in page.content
    assert "123456" not in page.content


def test_the_older_form_is_read_and_fences_in_code_are_kept(tmp_path: Path):
    cells = [{"cell_type": "heading", "level": 2, "source": "Old"}, {"cell_type": "code", "input": "a = '```'"}]
    page = read(tmp_path, worksheets=[{"cells": cells}])
    assert page.content == "## Old\n\n````python\na = '```'\n````"


@pytest.mark.parametrize("text", ['{"cells": [', '{"cells": 5}', '{"cells": [1, {"cell_type": "code"}]}'])
def test_what_holds_nothing_is_refused_in_words(tmp_path: Path, text: str):
    path = tmp_path / "a.ipynb"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError), open_source(path) as source:
        list(source.read())


def test_a_result_in_one_form_alone_is_read_and_one_without_text_is_counted(tmp_path: Path):
    shown = [
        {"text/markdown": "High at **6**.", "text/plain": "<IPython.core.display.Markdown object>"},
        {"text/html": "<p>Low at 12.</p>", "text/plain": "<IPython.core.display.HTML object>"},
        {"application/x-widget": {}, "text/plain": "<Widget object at 0x7f>"},
    ]
    page = read(tmp_path, *(said(output_type="display_data", data=data) for data in shown))
    assert "High at **6**." in page.content
    assert "<p>Low at 12.</p>" in page.content
    assert " object" not in page.content
    assert page.dropped == (("notebook:output", 1),)
