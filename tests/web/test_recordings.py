"""Transcripts in the reading room: times that lead to the second, with scripts and without."""

from __future__ import annotations

import re
import wave

import pytest

from galactica import library
from galactica.web import create_app
from galactica.web.recordings import timed
from tests.browser import launched, served_app
from tests.web.visitor import Visitor

VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\nRivers run downhill.\n\n00:12.500 --> 00:14.000\nThey reach the sea.\n"


@pytest.fixture(scope="module")
def opened(tmp_path_factory):
    place = tmp_path_factory.mktemp("room-recordings") / "talks"
    place.mkdir()
    with wave.open(str(place / "rivers.wav"), "wb") as sound:
        sound.setparams((1, 1, 8000, 0, "NONE", "not compressed"))
        sound.writeframes(b"\x80" * 8000 * 20)
    (place / "rivers.vtt").write_text(VTT)
    out = place.parent / "talks.edition"
    library.build(out, [place], language="en", workers=1, meaning=False)
    with library.open_library(out) as one:
        yield one


@pytest.fixture
def page(opened):
    room = Visitor(create_app(opened))
    hit = room.get("/api/v1/search?q=sea").json()["hits"][0]
    return room, hit["page"]


def test_a_result_leads_to_its_second_and_the_times_to_the_recording(page):
    room, place = page
    assert place.endswith("/rivers.vtt#time:12.5")
    text = room.get(place.partition("#")[0]).text
    times = re.findall(r'<a class="gx-time" href="([^"]+)">([^<]+)</a>', text)
    assert [shown for _, shown in times] == ["00:01", "00:12"]
    assert [address.partition("#")[2] for address, _ in times] == ["t=1", "t=12.5"]
    file = room.get(times[1][0].partition("#")[0], headers={"range": "bytes=0-3"})
    assert (file.status_code, file.text, file.headers["content-type"]) == (206, "RIFF", "audio/wav")
    assert '<figure class="gx-player"><audio controls="" src="/m/' in text


def test_a_recording_that_is_not_held_is_told_by_its_name():
    body = '<figure><video controls="" src="/m/x/s/a%20b.mp4"></video></figure>\n<p><span id="time:1"></span>Hi.</p>'
    assert timed(body, "/m/x/s/", lambda path: False) == (
        '<figure><span class="gx-missing">a b.mp4</span></figure>\n<p><span id="time:1"></span>Hi.</p>'
    )
    held = timed(body, "/m/x/s/", lambda path: path == "a b.mp4")
    assert '<p><a class="gx-time" href="/m/x/s/a%20b.mp4#t=1">00:01</a><span id="time:1">' in held


def test_text_before_a_recording_and_pages_without_one_stay_as_they_are():
    for body in (
        '<p><span id="time:1"></span>Hi.</p>',
        '<p><span id="time:1"></span>Hi.</p><video src="/m/a"></video>',
    ):
        assert "gx-time" not in timed(body, "/m/", lambda path: True)


def test_in_a_browser_the_player_goes_to_the_second(opened, page):
    with launched() as browser, served_app(create_app(opened)) as base:
        tab = browser.new_page()
        tab.goto(base + page[1])
        tab.wait_for_function("document.querySelector('audio').readyState > 0")
        assert tab.evaluate("document.querySelector('audio').currentTime") == 12.5
        tab.click("a.gx-time")
        assert 1 <= tab.evaluate("document.querySelector('audio').currentTime") < 5
        assert tab.url.endswith("#time:1")
