"""Questions over HTTP: one document or a stream of events, for those who may ask, within bounds."""

from __future__ import annotations

import http.client
import json
import socket
import threading
import time
from importlib.resources import files

import pytest
import uvicorn
from jsonschema import Draft202012Validator

from galactica.web import asking, create_app, openapi
from galactica.web.counter import Counter
from tests.web.visitor import Visitor

ASK = "/api/v1/ask"
EVENTS = {"accept": "text/event-stream"}


def fits(document, name: str) -> None:
    Draft202012Validator(
        {"$ref": f"#/components/schemas/{name}", "components": openapi.DOCUMENT["components"]}
    ).validate(document)


def events(text: str) -> list[tuple[str, object]]:
    """(name, document) of each event of a stream; comments are passed over."""
    found = []
    for block in text.split("\n\n"):
        lines = [line for line in block.split("\n") if line and not line.startswith(":")]
        if lines:
            name, data = lines
            assert name.startswith("event: ")
            assert data.startswith("data: ")
            found.append((name[7:], json.loads(data[6:])))
    return found


@pytest.mark.parametrize(
    "question", ["Where is ice?", "Where perhaps is ice?", "Is it disputed ice", "Where is a zebra?"]
)
def test_an_answer_is_one_document_that_fits_its_schema(room, question):
    posted = room.post(ASK, {"question": question})
    assert (posted.status_code, posted.headers["content-type"]) == (200, "application/json")
    assert posted.headers["cache-control"] == "no-store"
    fits(posted.json(), "Answer")
    assert room.get(ASK, params={"q": question}).json() == posted.json()


def test_the_schema_of_an_answer_is_that_of_the_command_line():
    written = json.loads((files("galactica") / "schemas" / "ask.json").read_text(encoding="utf-8"))
    served = json.loads(json.dumps(openapi.SCHEMAS).replace("#/components/schemas/", "#/$defs/"))
    assert {key: value for key, value in written.items() if key not in ("$schema", "title", "$defs")} == served[
        "Answer"
    ]
    assert written["$defs"].keys() >= {"Statement", "Position", "Step", "Citation"}
    assert written["$defs"].items() <= served.items()


def test_a_citation_says_where_its_words_stand(room):
    citation = room.post(ASK, {"question": "What is beyond Neptune?"}).json()["statements"][0]["citations"][0]
    text = room.get(f"/api/v1/article?id={citation['id']}&format=text").json()["body"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    start, end = citation["mark"]
    assert citation["quote"][start:end] == "Neptune"


def test_who_accepts_events_is_told_each_step_and_then_the_answer(room):
    for reply in (
        room.post(ASK, {"question": "Where is ice?"}, headers=EVENTS),
        room.get(f"{ASK}?q=Where+is+ice?", headers=EVENTS),
    ):
        assert reply.headers["content-type"].startswith("text/event-stream")
        assert reply.headers["x-content-type-options"] == "nosniff"
        told = events(reply.text)
        assert [name for name, _ in told] == ["step", "step", "answer"]
        fits(told[0][1], "Step")
        fits(told[-1][1], "Answer")
        assert told[-1][1]["work"] == [document for name, document in told if name == "step"]


def test_what_is_said_of_language_sources_group_and_haste_reaches_the_library(room, library):
    room.post(ASK, {"question": " Where\u2028is\tice ", "language": "en", "sources": ["testwiki"], "group": True})
    room.get(f"{ASK}?q=ice&lang=en&source=testwiki&group=1")
    room.post(ASK, {"question": "Where is ice?", "fast": True})
    room.get(f"{ASK}?q=ice&fast=1")
    assert library.asked == [
        ("Where is ice", "en", ("testwiki",), True, False),
        ("ice", "en", ("testwiki",), True, False),
        ("Where is ice?", "", (), False, True),
        ("ice", "", (), False, True),
    ]


BAD = [
    b"",
    b"{",
    b"\xff\xfe{}",
    b"[" * 60_000,
    b"1" * 60_000,
    b"null",
    b'"Where?"',
    b"[]",
    b"{}",
    b'{"question": ""}',
    b'{"question": " \\n\\t "}',
    b'{"question": 5}',
    b'{"question": ["a"]}',
    b'{"question": NaN}',
    b'{"question": "a", "language": null}',
    b'{"question": "a", "language": 7}',
    b'{"question": "a", "sources": "testwiki"}',
    b'{"question": "a", "sources": [1]}',
    b'{"question": "a", "group": 1}',
    b'{"question": "a", "group": "yes"}',
    b'{"question": "a", "fast": 1}',
    b'{"question": "a", "model": "gpt"}',
    b'{"question": "a", "__proto__": {}}',
    json.dumps({"question": "a" * 2001}).encode(),
    json.dumps({"question": "a", "language": "x" * 65}).encode(),
    json.dumps({"question": "a", "sources": ["x"] * 21}).encode(),
    json.dumps({"question": "a", "sources": ["x" * 201]}).encode(),
]


@pytest.mark.parametrize("body", BAD, ids=lambda body: repr(body[:30]))
def test_what_is_asked_wrongly_is_said_kindly(room, library, body):
    reply = room.post(ASK, body)
    assert reply.status_code == 400
    fits(reply.json(), "Problem")
    assert library.asked == []


@pytest.mark.parametrize(
    "place", ["", "?q=", "?q=" + "a" * 2001, "?q=a&group=2", "?q=a&fast=2", "?q=a&lang=" + "x" * 65]
)
def test_addresses_that_ask_wrongly_are_told_so(room, place):
    assert room.get(ASK + place).status_code == 400


def test_a_body_is_read_up_to_a_bound(room, library):
    assert room.post(ASK, b" " * 65_537).status_code == 413
    assert room.post(ASK, b" " * 200_000, pieces=9).status_code == 413
    whole = json.dumps({"question": "Where is ice"}).encode()
    assert room.post(ASK, whole, pieces=5).status_code == 200
    assert len(library.asked) == 1


def test_a_body_that_does_not_come_is_not_waited_for(room, monkeypatch):
    monkeypatch.setattr(asking, "BODY_SECONDS", 0.05)
    assert room.post(ASK, b'{"question":', stalls=True).status_code == 408


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", "text/json"]
)
def test_what_a_form_can_send_is_not_taken(room, library, kind):
    reply = room.post(ASK, {"question": "Where is ice"}, headers={"content-type": kind})
    assert reply.status_code == 415
    assert library.asked == []


def test_json_may_name_its_charset(room):
    reply = room.post(ASK, {"question": "ice"}, headers={"content-type": "Application/JSON; charset=utf-8"})
    assert reply.status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"origin": "http://["},
        {"origin": "http://127.0.0.1:8080.evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_page_of_another_origin_cannot_ask(room, library, headers):
    assert room.post(ASK, {"question": "ice"}, headers=headers).status_code == 403
    assert room.get(f"{ASK}?q=ice", headers=headers).status_code == 403
    assert library.asked == []


def test_the_rooms_own_pages_can_ask(room):
    own = {"origin": "http://127.0.0.1:8080", "sec-fetch-site": "same-origin"}
    assert room.post(ASK, {"question": "ice"}, headers=own).status_code == 200


def test_an_origin_that_was_let_in_can_ask(library):
    room = Visitor(create_app(library, cors=("https://friend.example",)), "localhost")
    friend, foe = {"origin": "https://friend.example"}, {"origin": "https://foe.example"}
    first = room.request("OPTIONS", ASK, headers={**friend, "access-control-request-method": "POST"})
    assert first.status_code == 204
    assert first.headers["access-control-allow-origin"] == "https://friend.example"
    assert first.headers["access-control-allow-headers"] == "content-type"
    reply = room.post(ASK, {"question": "ice"}, headers={**friend, "sec-fetch-site": "cross-site"})
    assert (reply.status_code, reply.headers["access-control-allow-origin"]) == (200, "https://friend.example")
    refused = room.request("OPTIONS", ASK, headers=foe)
    assert refused.status_code == 405
    assert "access-control-allow-origin" not in refused.headers
    assert room.post(ASK, {"question": "ice"}, headers=foe).status_code == 403


def test_only_the_question_may_be_posted_and_nothing_else_done_to_it(room):
    for method in ("PUT", "DELETE", "PATCH", "OPTIONS"):
        reply = room.request(method, ASK)
        assert (reply.status_code, reply.headers["allow"]) == (405, "GET, HEAD, POST")
    assert room.request("POST", "/ask?q=ice").status_code == 405
    assert room.head(f"{ASK}?q=ice").content == b""


def test_only_loopback_names_may_ask_on_loopback(room, library):
    assert room.post(ASK, {"question": "ice"}, headers={"host": "evil.example"}).status_code == 421
    assert library.asked == []


def test_a_fault_inside_shows_no_trace_and_is_logged(room, library, caplog):
    library.broken = True
    whole = room.post(ASK, {"question": "ice"})
    assert whole.status_code == 500
    fits(whole.json(), "Problem")
    stream = room.post(ASK, {"question": "ice"}, headers=EVENTS)
    page = room.get("/ask?q=ice")
    assert [name for name, _ in events(stream.text)] == ["problem"]
    assert page.status_code == 200
    for reply in (whole, stream, page):
        assert "secret" not in reply.text
        assert "Traceback" not in reply.text
    assert "a secret of this machine" in caplog.text


def test_who_leaves_ends_the_work(library):
    library.gate = threading.Event()
    room = Visitor(create_app(library))
    for leave in (
        lambda: room.post(ASK, {"question": "ice"}, headers=EVENTS, leaves=True),
        lambda: room.get("/ask?q=ice", leaves=True),
    ):
        reply = leave()
        assert "Looked for" in reply.text or "gx-live" in reply.text
        assert '"answer"' not in reply.text
        assert library.ended.wait(20)
        library.ended.clear()


def test_too_many_questions_at_once_are_sent_away_and_pages_still_open(library, monkeypatch):
    monkeypatch.setattr("galactica.web.app.Counter", lambda library: Counter(library, at_once=1, waiting=0))
    library.gate = threading.Event()
    room = Visitor(create_app(library))
    replies = []
    first = threading.Thread(target=lambda: replies.append(room.post(ASK, {"question": "ice"})))
    first.start()
    while not library.asked:
        time.sleep(0.01)
    late = room.post(ASK, {"question": "ice"}, headers=EVENTS)
    assert (late.status_code, late.headers["retry-after"]) == (503, "5")
    fits(late.json(), "Problem")
    assert room.get("/ask?q=ice").status_code == 503
    assert room.get("/search?q=ice").status_code == 200
    library.gate.set()
    first.join()
    assert replies[0].status_code == 200


def test_an_answer_that_takes_too_long_is_given_up(library, monkeypatch):
    library.gate = threading.Event()
    monkeypatch.setattr("galactica.web.app.Counter", lambda library: Counter(library, seconds=0.1))
    room = Visitor(create_app(library))
    assert room.post(ASK, {"question": "ice"}).status_code == 503
    told = events(room.post(ASK, {"question": "ice"}, headers=EVENTS).text)
    library.gate.set()
    assert told[-1][0] == "problem"
    assert "seconds" in told[-1][1]["problem"]


def test_who_waits_long_hears_that_it_goes_on(library, monkeypatch):
    monkeypatch.setattr(asking, "ALIVE_SECONDS", 0.02)
    library.gate = threading.Event()

    def heard(part):
        if part == b": still looking\n\n":
            library.gate.set()

    reply = Visitor(create_app(library)).post(ASK, {"question": "ice"}, headers=EVENTS, heard=heard)
    assert events(reply.text)[-1][0] == "answer"


@pytest.fixture
def address(library):
    """The room over real sockets; its host and port."""
    library.gate = threading.Event()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(library), ws="none", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.01)
        yield listener.getsockname()
        library.gate.set()
        server.should_exit = True
        thread.join()


@pytest.mark.parametrize("accept", ["text/event-stream", "application/json", "text/html"])
def test_a_connection_that_breaks_ends_the_work_and_pages_open_meanwhile(library, address, accept):
    place = "/ask?q=ice" if accept == "text/html" else f"{ASK}?q=ice"
    asker = http.client.HTTPConnection(address[0], address[1], timeout=20)
    asker.request("GET", place, headers={"accept": accept})
    while not library.asked:
        time.sleep(0.01)
    reader = http.client.HTTPConnection(address[0], address[1], timeout=20)
    reader.request("GET", "/search?q=ice")
    assert reader.getresponse().status == 200
    reader.close()
    asker.sock.shutdown(socket.SHUT_RDWR)
    asker.close()
    assert library.ended.wait(20)


def test_events_come_as_they_are_made(library, address):
    asker = http.client.HTTPConnection(address[0], address[1], timeout=20)
    asker.request("POST", ASK, body=b'{"question": "ice"}', headers={**EVENTS, "content-type": "application/json"})
    reply = asker.getresponse()
    assert reply.readline() == b"event: step\n"
    assert not library.gate.is_set()
    library.gate.set()
    assert reply.read().count(b"event: answer") == 1
    asker.close()
