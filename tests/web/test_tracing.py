"""A text is traced in the reading room: what of it stands in a view, marked, with its sources beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator

from galactica import library
from galactica.train.views.view import View
from galactica.web import create_app, openapi
from galactica.web.tracing import MAX_TEXT, TextRun, text_runs
from tests.train.views.conftest import article, edition, view_of
from tests.web.visitor import Reply, Visitor

TEXT = "He said that the lighthouse of Port 7 was lit in the year 1707 by 10 keepers. Then he left."
FORM = {"content-type": "application/x-www-form-urlencoded"}
CHINESE = {"accept-language": "zh-CN"}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("tracing")
    rows = [article(number) for number in range(12)]
    rows[7]["title"] = "Port <7> & more"
    one = edition(folder, rows, licence="CC-BY-SA-4.0")
    view_of(folder / "mine.view", one)
    return one, folder / "mine.view"


@pytest.fixture(scope="module")
def room(made: tuple[Path, Path]) -> Iterator[Visitor]:
    with library.open_library([made[0]]) as opened:
        yield Visitor(create_app(opened, tracer=library.open_tracer(made[1])))


def send(room: Visitor, text: str, **headers: str) -> Reply:
    """Send a text by the page's form."""
    return room.post("/trace", urlencode({"q": text}).encode(), headers={**FORM, **headers})


def test_what_stands_in_the_view_is_marked_and_leads_to_its_source(room: Visitor, made: tuple[Path, Path]) -> None:
    with View.open(made[1]) as view:
        body = view.read([7])[0].decode().split("\n\n")[1]
    page = send(room, f"Somebody wrote: {body} And no more.").text
    assert 'href="#gx-span-1"' in page
    assert "Port &lt;7&gt; &amp; more" in page
    assert "CC" in page
    address = page.split('<li><span dir="auto" lang="en"><a href="')[1].split('"')[0].replace("&amp;", "&")
    assert "?span=" in address
    assert "The lighthouse" in room.get(address.split("#")[0]).text


def test_a_short_text_may_stand_in_the_address(room: Visitor) -> None:
    assert "gx-traced-text" in room.get("/trace", params={"q": TEXT}).text
    assert "gx-traced-text" not in room.get("/trace").text


def test_it_is_said_in_the_language_of_the_room(room: Visitor) -> None:
    assert "追溯文本" in room.get("/trace", headers=CHINESE).text
    assert "逐字" in send(room, TEXT, **CHINESE).text


def test_the_first_page_leads_there_where_texts_are_traced(room: Visitor, made: tuple[Path, Path]) -> None:
    assert 'href="/trace"' in room.get("/").text
    with library.open_library([made[0]]) as opened:
        other = Visitor(create_app(opened))
        assert 'href="/trace"' not in other.get("/").text
        assert other.get("/trace").status_code == 404
        assert other.get("/api/v1/trace?q=x").status_code == 404


def test_a_text_is_never_markup(room: Visitor) -> None:
    page = send(room, f"<script>alert(1)</script>{TEXT}</textarea><script>").text
    assert "<script>alert" not in page
    assert "</textarea><script>" not in page


def test_a_program_gets_the_document_of_its_schema(room: Visitor) -> None:
    by_address = room.get("/api/v1/trace", params={"q": TEXT, "least": 30}).json()
    by_body = room.post("/api/v1/trace", {"text": TEXT, "least": 30}).json()
    schema = {"$ref": "#/components/schemas/TracedText", "components": openapi.DOCUMENT["components"]}
    for document in (by_address, by_body):
        Draft202012Validator(schema).validate(document)
        assert [TEXT[slice(*span["span"])] for span in document["spans"]] == [
            "he lighthouse of Port 7 was lit in the year 1707 by 10 keepers. "
        ]


@pytest.mark.parametrize(
    "body", [b"", b"[]", b"null", b"{}", b'{"text": 5}', b'{"text": "a", "least": true}', b"\xff", b"[" * 9999]
)
def test_a_body_that_is_none_is_refused(room: Visitor, body: bytes) -> None:
    answer = room.post("/api/v1/trace", body)
    assert answer.status_code == 400


def test_what_is_too_long_or_of_another_site_is_refused(room: Visitor) -> None:
    assert send(room, "a" * (MAX_TEXT + 1)).status_code == 400
    assert send(room, "a" * (20 * MAX_TEXT)).status_code == 413
    assert room.get("/trace", params={"q": "a" * 3000}).status_code == 400
    assert send(room, "a", origin="https://elsewhere.example").status_code == 403
    assert room.get("/trace?q=a", headers={"sec-fetch-site": "cross-site"}).status_code == 403
    assert room.post("/trace", b"q=a", headers={"content-type": "text/plain"}).status_code == 415


def test_a_refusal_is_said_in_the_language_of_the_room(room: Visitor) -> None:
    german = {"accept-language": "de"}
    foreign = send(room, "a", **german, origin="https://elsewhere.example").text
    assert "Eine Seite einer anderen Website kann hier nicht fragen." in foreign
    large = send(room, "a" * (20 * MAX_TEXT), **german).text
    assert "Bytes. Weniger auf einmal senden." in large


def test_runs_are_the_text_each_with_the_longest_span_that_holds_it(made: tuple[Path, Path]) -> None:
    traced = library.open_tracer(made[1]).trace(TEXT, least=12)
    spans = sorted(traced.spans, key=lambda span: -span.bytes)
    runs = text_runs(TEXT, spans)
    assert "".join(run.text for run in runs) == TEXT
    assert max(runs, key=lambda run: len(run.text)).number == 1
    assert text_runs("", []) == []
    assert text_runs("a", []) == [TextRun(text="a", number=0, long=0)]
