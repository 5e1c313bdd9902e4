"""An edition is received by the browser's camera: the page, what it sends, and what others may not."""

from __future__ import annotations

import json
import threading
import time

import numpy as np
import pytest

from galactica.errors import LimitError
from galactica.spread.film.camera import MAX_SENT_PIXELS, CameraSession
from galactica.spread.film.envelope import wrapped
from galactica.spread.film.frames import film_of
from galactica.web import receiving, words
from galactica.web.receiving import AT_ONCE, MAX_JSON, MAX_TEXTS, PAGE, SEEN, create_receiving_app
from tests.spread.film.shown import packets_of, photographed, picture_of
from tests.web.shelf import FakeLibrary
from tests.web.visitor import Visitor

pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
pytest.importorskip("segno", reason="segno is not installed")

PACKETS = packets_of(6)
OCTETS = {"content-type": "application/octet-stream"}


TITLE = "A <b>pocket</b> edition"


class Collector:
    """Receives: wants all of `PACKETS`, and takes nothing else into account."""

    def __init__(self) -> None:
        self.here: set[bytes] = set()
        self.finished = 0
        self.trouble: Exception | None = None
        self.gate = threading.Event()
        self.gate.set()

    def __call__(self, session: CameraSession) -> None:
        session.called(TITLE)
        for packet in session.packets():
            if self.trouble:
                raise self.trouble
            if packet in PACKETS:
                self.here.add(packet)
                session.report("receive", len(self.here), len(PACKETS), "B")
            if len(self.here) == len(PACKETS):
                break
        else:
            return
        session.report("write", 0, 1, "articles")
        self.gate.wait()
        self.finished += 1
        if self.trouble:
            raise self.trouble


class Desked:
    """The page and what is behind it."""

    def __init__(self) -> None:
        self.collector = Collector()
        self.session = CameraSession(self.collector)
        self.session.start()
        self.opened = 0
        self.visitor = Visitor(create_receiving_app(self.session, FakeLibrary(()), self.open))

    def open(self):
        self.opened += 1
        return Closing()

    def state(self) -> dict[str, object]:
        return self.visitor.get(SEEN).json()

    def until(self, **wanted: object) -> dict[str, object]:
        """Ask until it is as far as that."""
        while True:
            found = self.state()
            if all(found[name] == value for name, value in wanted.items()):
                return found
            time.sleep(0.01)


class Closing(FakeLibrary):
    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None


@pytest.fixture
def desk():
    made = Desked()
    yield made
    made.collector.gate.set()
    made.session.close()


def body_of(picture) -> bytes:
    height, width = picture.shape
    return width.to_bytes(4, "big") + height.to_bytes(4, "big") + picture.tobytes()


def texts(packets) -> dict[str, object]:
    return {"codes": [wrapped(packet) for packet in packets]}


def test_the_page_alone_may_use_the_camera(desk: Desked) -> None:
    page = desk.visitor.get(PAGE)
    assert page.status_code == 200
    assert "camera=(self)" in page.headers["permissions-policy"]
    assert "microphone=()" in page.headers["permissions-policy"]
    assert "script-src 'self'" in page.headers["content-security-policy"]
    assert page.headers["cache-control"] == "no-store"
    for place in ("/nowhere", SEEN, "/look/dark"):
        assert "camera=()" in desk.visitor.get(place).headers["permissions-policy"], place


def test_once_it_is_received_no_page_of_the_edition_may_use_the_camera(desk: Desked) -> None:
    desk.visitor.post(SEEN, texts(PACKETS))
    desk.session.wait()
    assert "camera=()" in desk.visitor.get("/").headers["permissions-policy"]


def test_before_anything_came_every_way_leads_to_the_page(desk: Desked) -> None:
    assert desk.visitor.get("/").headers["location"] == PAGE
    assert desk.state() == {
        "stage": "waiting", "share": 0.0, "title": TITLE, "codes": 0, "foreign": 0, "packets": 0,
        "problem": "", "remedy": "",
    }  # fmt: skip


def test_pictures_that_are_sent_are_looked_at_until_the_edition_opens(desk: Desked) -> None:
    for number, frame in enumerate(film_of(PACKETS).frames()):
        sent = photographed(picture_of(frame), seed=number)
        told = desk.visitor.post(SEEN, body_of(sent), headers=OCTETS)
        assert told.status_code == 200
    assert told.json()["packets"] == 6
    desk.session.wait()
    assert desk.state()["stage"] == "done"
    assert words.CATALOGUES["en"]("tagline") in desk.visitor.get("/").text
    assert desk.visitor.get("/search?q=ice").status_code == 200
    assert (desk.collector.finished, desk.opened) == (1, 1)


def test_codes_that_the_browser_read_are_taken_as_they_are(desk: Desked) -> None:
    desk.visitor.post(SEEN, texts([*PACKETS[:2], PACKETS[0]]))
    told = desk.until(share=0.3333)
    assert (told["stage"], told["codes"], told["packets"]) == ("receiving", 3, 2)


def test_foreign_codes_are_counted_and_change_nothing(desk: Desked) -> None:
    told = desk.visitor.post(
        SEEN, {"codes": ["https://example.org/", "GX:", "Grüße", "x" * 7_000, wrapped(b"strange")]}
    )
    assert (told.json()["foreign"], told.json()["packets"], told.json()["share"]) == (4, 1, 0.0)


def test_a_page_of_another_site_can_send_nothing(desk: Desked) -> None:
    for headers in (
        {"origin": "http://evil.example"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
    ):
        assert desk.visitor.post(SEEN, texts(PACKETS), headers=headers).status_code == 403
        assert desk.visitor.post(SEEN, body_of(np.zeros((9, 9), np.uint8)), headers=OCTETS | headers).status_code == 403
    assert desk.collector.here == set()


@pytest.mark.parametrize("kind", ["", "text/plain", "application/x-www-form-urlencoded", "multipart/form-data"])
def test_what_a_form_of_another_site_could_send_is_refused(desk: Desked, kind: str) -> None:
    sent = json.dumps(texts(PACKETS)).encode()
    assert desk.visitor.request("POST", SEEN, body=sent, headers={"content-type": kind}).status_code == 415
    assert desk.visitor.request("OPTIONS", SEEN, headers={"origin": "http://evil.example"}).status_code == 405
    assert desk.collector.here == set()


def test_a_name_that_was_pointed_at_this_machine_gets_nothing(desk: Desked) -> None:
    desk.visitor.host = "evil.example"
    for answer in (desk.visitor.get(PAGE), desk.visitor.get(SEEN), desk.visitor.post(SEEN, texts(PACKETS))):
        assert answer.status_code == 421
    assert desk.collector.here == set()


@pytest.mark.parametrize(
    "sent", [b"", b"[]", b"{}", b"\xff", b'{"codes": "GX:"}', b'{"codes": [1]}', b'{"codes": null}', b"[" * 50_000]
)
def test_a_body_that_is_no_list_of_texts_is_refused(desk: Desked, sent: bytes) -> None:
    answer = desk.visitor.post(SEEN, sent)
    assert answer.status_code == 400
    assert answer.json()["problem"]


def test_too_many_texts_and_too_large_a_body_are_refused(desk: Desked) -> None:
    assert desk.visitor.post(SEEN, {"codes": [""] * (MAX_TEXTS + 1)}).status_code == 400
    assert desk.visitor.post(SEEN, b" " * (MAX_JSON + 1)).status_code == 413


@pytest.mark.parametrize(
    ("width", "height", "size"),
    [(0, 0, 0), (5, 5, 24), (5, 5, 26), (2**31, 2**31, 4), (4_097, 1, 4_097), (1, 4_000, 0), (3_000, 3_000, 100)],
)
def test_a_picture_that_is_not_as_large_as_it_says_is_refused(desk: Desked, width, height, size) -> None:
    sent = width.to_bytes(4, "big") + height.to_bytes(4, "big") + bytes(size)
    assert desk.visitor.post(SEEN, sent, headers=OCTETS).status_code == 400


def test_a_huge_picture_is_refused_while_it_comes(desk: Desked) -> None:
    assert desk.visitor.post(SEEN, bytes(MAX_SENT_PIXELS + 9), headers=OCTETS, pieces=50).status_code == 413
    assert desk.visitor.post(SEEN, b"", headers=OCTETS).status_code == 400


def test_more_pictures_than_can_be_looked_at_are_told_to_wait(desk: Desked, monkeypatch) -> None:
    begun, gate = threading.Semaphore(0), threading.Event()

    def slow(contents) -> None:
        begun.release()
        gate.wait()

    monkeypatch.setattr(desk.session, "see_codes", slow)
    threads = [threading.Thread(target=desk.visitor.post, args=(SEEN, texts(PACKETS))) for _ in range(AT_ONCE)]
    for thread in threads:
        thread.start()
        begun.acquire()
    answer = desk.visitor.post(SEEN, texts(PACKETS))
    assert (answer.status_code, answer.headers["retry-after"]) == (429, "1")
    gate.set()
    for thread in threads:
        thread.join()
    assert desk.visitor.post(SEEN, texts(PACKETS)).status_code == 200


def test_why_it_cannot_go_on_is_said_and_nothing_more_is_taken(desk: Desked) -> None:
    desk.collector.trouble = LimitError("The disk is full.", "Make room.")
    desk.visitor.post(SEEN, texts(PACKETS))
    told = desk.until(stage="failed")
    assert (told["problem"], told["remedy"]) == ("The disk is full.", "Make room.")
    desk.collector.trouble = None
    assert desk.visitor.post(SEEN, texts(PACKETS)).json()["stage"] == "failed"
    assert desk.visitor.get("/").headers["location"] == PAGE


def test_an_edition_that_cannot_be_put_together_is_told_and_never_opened(desk: Desked) -> None:
    desk.collector.gate.clear()
    desk.visitor.post(SEEN, texts(PACKETS))
    desk.until(stage="assembling")
    assert desk.visitor.post(SEEN, body_of(np.zeros((9, 9), np.uint8)), headers=OCTETS).json()["stage"] == "assembling"
    desk.collector.trouble = ZeroDivisionError("of the program itself")
    desk.collector.gate.set()
    desk.session.wait()
    assert (desk.state()["stage"], desk.opened) == ("failed", 0)


def test_packets_that_come_faster_than_they_are_taken_are_let_go_and_taken_when_they_come_again(monkeypatch) -> None:
    monkeypatch.setattr("galactica.spread.film.camera.MAX_WAITING", 2)
    session = CameraSession(lambda session: None)
    session.see_codes(wrapped(packet).encode() for packet in PACKETS)
    assert session.state().packets == 2
    taken = session.packets()
    assert [next(taken), next(taken), next(taken)] == [PACKETS[0], None, PACKETS[1]]
    session.see_codes(wrapped(packet).encode() for packet in PACKETS[:4])
    assert [next(taken), next(taken), next(taken), next(taken)] == [None, PACKETS[2], None, PACKETS[3]]


def test_the_page_speaks_the_readers_language(desk: Desked) -> None:
    for tag, asked in (("en", "en"), ("zh-Hans", "zh-CN")):
        text = desk.visitor.get(PAGE, headers={"accept-language": asked}).text
        for key in ("receive", "receive_text", "receive_start", "receive_nothing", "receive_open"):
            assert words.CATALOGUES[tag](key) in text
    assert receiving.MAX_PICTURE == MAX_SENT_PIXELS + 8
