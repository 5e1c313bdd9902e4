"""A result, a work and an edition are the same document, whichever interface says it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica import library
from galactica.library import Library
from galactica.mcp.tools import TOOLS
from galactica.model import Step
from galactica.web import create_app
from tests.cli.conftest import call
from tests.web.visitor import Visitor


def unheard(step: Step) -> None:
    pass


PAGES = {
    "otter.html": "<h1>Otter</h1><p>The otter swims in cold rivers and eats fish.</p>",
    "heron.html": "<h1>Heron</h1><p>The heron waits in rivers for fish and frogs.</p>",
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("rivers")
    for name, text in PAGES.items():
        (place / name).write_text(text, encoding="utf-8")
    out = place.parent / "rivers.edition"
    library.build(out, [str(place)], title="Rivers", language="en", workers=1, meaning=False)
    return out


@pytest.fixture(scope="module")
def opened(folder: Path) -> Iterator[Library]:
    with library.open_library(folder) as found:
        yield found


def test_a_page_of_results(folder: Path, opened: Library) -> None:
    written = call("search", "otter", "river", "-e", str(folder), "--json").json
    served = Visitor(create_app(opened)).get("/api/v1/search?q=otter+river").json()
    told = TOOLS["search"].run(opened, {"query": "otter river"}, unheard).document
    assert written == served == told
    hit = written["hits"][0]
    assert hit["title"] == "Otter"
    assert hit["address"] == f"galactica://{hit['edition'][:12]}/{hit['id']}"
    assert Visitor(create_app(opened)).get(hit["page"]).status_code == 200


def test_a_result_further_down_says_how_many_come_before(folder: Path, opened: Library) -> None:
    written = call("search", "rivers", "-e", str(folder), "--offset", "1", "--limit", "1", "--json").json
    served = Visitor(create_app(opened)).get("/api/v1/search?q=rivers&offset=1&limit=1").json()
    assert written == served
    assert [hit["title"] for hit in served["hits"]] == [served["hits"][0]["title"]]
    assert (served["offset"], served["total"]) == (1, 2)


def test_titles_for_what_is_typed(folder: Path, opened: Library) -> None:
    written = call("suggest", "her", "-e", str(folder), "--json").json
    assert written == Visitor(create_app(opened)).get("/api/v1/suggest?q=her").json()
    assert written["suggestions"][0]["source_title"] == opened.editions[0].sources[0].title


def test_an_edition_its_index_of_meaning_and_what_was_left_out_included(folder: Path, opened: Library) -> None:
    written = call("info", str(folder), "--json").json["editions"]
    served = Visitor(create_app(opened)).get("/api/v1/edition").json()["editions"]
    assert written == served
    assert served[0]["meaning"] is None
    public = Visitor(create_app(opened, public=True)).get("/api/v1/edition").json()["editions"][0]
    assert public["path"] == "rivers.edition"
    assert {**public, "path": str(folder)} == written[0]


def test_what_is_said_of_an_article_beside_its_text(folder: Path, opened: Library) -> None:
    written = call("read", "Heron", "-e", str(folder), "--json").json
    served = Visitor(create_app(opened)).get("/api/v1/article?title=Heron").json()
    piece = TOOLS["read"].run(opened, {"article": "Heron"}, unheard).document
    beside = set(written) - {"text", "passages"}
    assert {key: written[key] for key in beside} == {key: served[key] for key in beside}
    for key in ("edition", "id", "title", "address", "url", "licence", "date", "headings", "identifiers", "work"):
        assert piece[key] == written[key]
