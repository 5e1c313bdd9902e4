"""A film is received by a real browser's camera: the camera is a video that Chromium plays as one.

Needs Debian's `chromium` (or any on the PATH) and the packages `playwright`, `segno` and `zxing-cpp`; skipped with its
reason otherwise.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from galactica.spread.film.camera import CameraSession
from galactica.spread.film.frames import FrameGrid, film_of
from galactica.spread.film.page import film_page
from galactica.web import words
from galactica.web.receiving import PAGE, create_receiving_app
from tests.browser import launched, served_app
from tests.spread.film.shown import photographed, picture_of, write_y4m
from tests.web.shelf import FakeLibrary
from tests.web.test_receiving import PACKETS, TITLE, Closing, Collector

pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
pytest.importorskip("segno", reason="segno is not installed")

WIDTH, HEIGHT = 640, 480


def filmed(number: int, frame) -> np.ndarray:
    """What a camera sees of a frame, in the middle of its picture."""
    seen = photographed(picture_of(frame, 4), seed=number)[:HEIGHT, :WIDTH]
    picture = np.full((HEIGHT, WIDTH), 60, np.uint8)
    top, left = (HEIGHT - seen.shape[0]) // 2, (WIDTH - seen.shape[1]) // 2
    picture[top : top + seen.shape[0], left : left + seen.shape[1]] = seen
    return picture


@pytest.fixture(scope="module")
def camera(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The film as a video, each frame twice."""
    path = tmp_path_factory.mktemp("camera") / "film.y4m"
    frames = [filmed(number, frame) for number, frame in enumerate(film_of(PACKETS, FrameGrid(columns=1)).frames())]
    write_y4m(path, [each for each in frames for _ in range(2)], colour="420jpeg")
    return path


@pytest.fixture(scope="module")
def chromium(camera: Path):
    fake = [
        "--use-fake-device-for-media-stream",
        "--use-fake-ui-for-media-stream",
        f"--use-file-for-fake-video-capture={camera}",
    ]
    with launched(*fake) as browser:
        yield browser


@pytest.fixture
def room():
    collector = Collector()
    session = CameraSession(collector)
    session.start()
    app = create_receiving_app(session, FakeLibrary(()), Closing)
    with served_app(app) as base:
        yield base, collector
        collector.gate.set()
        session.close()


class Tab:
    def __init__(self, browser, **options) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(30_000)
        self.posts, self.told = [], []
        self.page.on("request", lambda sent: self.posts.append(sent) if sent.method == "POST" else None)
        self.page.on("console", lambda message: self.told.append(message.text))
        self.page.on("pageerror", lambda error: self.told.append(str(error)))


@pytest.fixture
def tab(chromium):
    opened = []

    def start(**options) -> Tab:
        opened.append(Tab(chromium, **options))
        return opened[-1]

    yield start
    for each in opened:
        each.context.close()


DETECTOR = """
window.BarcodeDetector = class {
  static async getSupportedFormats() { return ["aztec", "qr_code"]; }
  async detect(video) { window.looked = (window.looked || 0) + 1; return window.shown(video); }
};
const texts = %s;
window.shown = () => [{ rawValue: "https://example.org/" }, { rawValue: texts[window.looked %% texts.length] }];
"""


def test_a_film_before_the_camera_becomes_an_edition_that_opens(room, tab) -> None:
    base, collector = room
    seen = tab()
    seen.page.goto(base)
    assert seen.page.url == base + PAGE
    seen.page.get_by_role("button", name=words.CATALOGUES["en"]("receive_start")).click()
    seen.page.wait_for_url(base + "/")
    assert seen.page.get_by_text(words.CATALOGUES["en"]("tagline")).is_visible()
    assert collector.here == set(PACKETS)
    assert {sent.headers["content-type"] for sent in seen.posts} == {"application/octet-stream"}
    assert seen.told == []


def test_where_the_browser_reads_codes_itself_only_what_they_say_is_sent_each_once(room, tab) -> None:
    from galactica.spread.film.envelope import wrapped

    base, collector = room
    seen = tab()
    seen.page.add_init_script(DETECTOR % [wrapped(packet) for packet in PACKETS])
    seen.page.goto(base)
    seen.page.locator(".gx-start").click()
    seen.page.wait_for_url(base + "/")
    assert collector.here == set(PACKETS)
    assert {sent.headers["content-type"] for sent in seen.posts} == {"application/json"}
    sent = [text for post in seen.posts for text in post.post_data_json["codes"]]
    assert sorted(sent) == sorted(set(sent))


def test_a_browser_whose_own_reader_fails_sends_pictures(room, tab) -> None:
    base, collector = room
    seen = tab()
    seen.page.add_init_script(DETECTOR % [] + "window.shown = () => { throw new Error('not in this build'); };")
    seen.page.goto(base)
    seen.page.locator(".gx-start").click()
    seen.page.wait_for_url(base + "/")
    assert collector.here == set(PACKETS)


def test_how_far_it_is_can_be_seen_while_it_goes_on(room, tab) -> None:
    base, collector = room
    collector.gate.clear()
    seen = tab()
    seen.page.goto(base)
    seen.page.locator(".gx-start").click()
    told = seen.page.locator(".gx-stage")
    told.get_by_text("being put together").wait_for()
    assert TITLE in told.inner_text()  # as text, with its brackets
    assert seen.page.locator("progress").evaluate("one => one.value") == 1
    assert not seen.page.locator("video").is_visible()
    collector.gate.set()
    seen.page.wait_for_url(base + "/")


def test_without_a_camera_it_says_so(room, tab) -> None:
    base, _ = room
    seen = tab()
    seen.page.add_init_script(
        "navigator.mediaDevices.getUserMedia = async () => { throw new DOMException('no', 'NotAllowedError'); };"
    )
    seen.page.goto(base)
    seen.page.locator(".gx-start").click()
    seen.page.get_by_text("was not allowed to use the camera").wait_for()


@pytest.mark.parametrize("width", [1280, 390, 320])
def test_the_page_is_not_wider_than_its_window(room, tab, width) -> None:
    base, collector = room
    collector.gate.clear()
    seen = tab(viewport={"width": width, "height": 800})
    seen.page.goto(base)
    assert seen.page.evaluate("document.documentElement.scrollWidth") <= width
    collector.gate.set()


def test_the_film_plays_slows_down_and_stops(tmp_path: Path, chromium) -> None:
    film = film_of(PACKETS)
    page = tmp_path / "film.html"
    page.write_bytes(b"".join(film_page(film, title="A film <i>", rate=10)))
    context = chromium.new_context(viewport={"width": 1000, "height": 800}, device_scale_factor=1.5)
    seen = context.new_page()
    told = []
    seen.on("console", lambda message: told.append(message.text))
    seen.on("pageerror", lambda error: told.append(str(error)))
    seen.goto(page.as_uri())
    place = seen.locator("#place")
    for number in (1, 2, 3):
        place.filter(has_text=f"{number} / 3").wait_for()
    seen.locator("#play").click()
    stood = place.inner_text()
    seen.wait_for_timeout(400)
    assert place.inner_text() == stood
    pixels = seen.evaluate(
        "() => { const c = document.querySelector('canvas');"
        " return [...c.getContext('2d').getImageData(0, 0, c.width, c.height).data].filter((_, i) => i % 4 === 0); }"
    )
    frame = film.frame(int(stood.split()[0]) - 1)
    assert (np.array(pixels, np.uint8).reshape(film.shape) == 255 - 255 * frame).all()
    width = seen.locator("canvas").evaluate("one => parseFloat(one.style.width)") * 1.5 / film.shape[1]
    assert width == pytest.approx(round(width), abs=0.01)
    seen.keyboard.press("+")
    assert seen.locator("#speed").input_value() == "11"
    assert seen.locator("strong").inner_text() == "A film <i>"
    assert told == []
    context.close()
