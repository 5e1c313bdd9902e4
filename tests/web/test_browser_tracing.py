"""The page of traced texts in a real browser: what is marked, the sources beside it, in two languages and two widths.

Needs Debian's `chromium` (or any on the PATH) and the package `playwright`; skipped with its reason otherwise.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from galactica import library
from galactica.web import create_app
from tests.browser import launched, served_app
from tests.train.views.conftest import article, edition, view_of

WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
CHINESE = "灯塔建于十九世纪，由十二位守塔人看守，每天两次被海水环绕。"
MORE = "船只经过这里前往各个岛屿，港口的人们在夜里看见它的光。"
QUOTED = "he lighthouse of Port 7 was lit in the year 1707 by 10 keepers. It stands on a rock that"
TEXT = (
    f"Nobody knows who said that t{QUOTED} fell dark.\n"
    "Twice a day. Ships from 8 harbours pass it on their way to Port 5.\n"
    f"They saw that the sea covers twice a day. Ships from 8 harbours pass it on their way; and {CHINESE}就是这样。"
)


@pytest.fixture(scope="module")
def room(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a room with a view of twelve English articles and a Chinese one."""
    folder = tmp_path_factory.mktemp("tracing")
    rows = [article(number) for number in range(12)]
    long = "Port <7>, the lighthouse at the end of the northern breakwater, as it was before the war and after it"
    rows[7]["title"] = long
    rows.append(article(90, "zh-Hans", title="灯塔 (历史)", body=f"<p>{CHINESE}{MORE}</p>"))
    view_of(folder / "mine.view", edition(folder, rows))
    with (
        library.open_library([folder / "made.edition"]) as opened,
        served_app(create_app(opened, tracer=library.open_tracer(folder / "mine.view"))) as address,
    ):
        yield address


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with launched() as browser:
        yield browser


@pytest.fixture
def traced(chromium: Any, room: str) -> Iterator[Callable[..., Any]]:
    """Opens the page, sends a text by its form, and gives the page that comes; what it complains of ends the test."""
    contexts: list[Any] = []
    said: list[str] = []

    def send(text: str = TEXT, **options: Any) -> Any:
        contexts.append(chromium.new_context(**{"viewport": WIDE, "locale": "en-GB", **options}))
        page = contexts[-1].new_page()
        page.set_default_timeout(10_000)
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.goto(f"{room}/trace")
        page.fill("textarea", text)
        page.click(".gx-trace-form button")
        page.wait_for_selector(".gx-note")
        return page

    yield send
    for each in contexts:
        each.close()
    assert said == []


def box(page: Any, selector: str) -> dict[str, float]:
    found: dict[str, float] = page.locator(selector).first.bounding_box()
    return found


def test_what_stands_there_is_marked_in_the_text_and_told_beside_it(traced: Callable[..., Any]) -> None:
    page = traced()
    runs = page.locator(".gx-run").all_text_contents()
    assert any(QUOTED in run for run in runs)
    assert not any("Nobody knows" in run or "fell dark" in run for run in runs)
    assert page.locator(".gx-traced-text").text_content() == TEXT
    cards = page.locator(".gx-traced-card")
    assert cards.count() >= 3
    for number in page.locator(".gx-run").evaluate_all("all => all.map(a => a.dataset.gxSpan)"):
        assert page.locator(f"#gx-span-{number}").count() == 1
    assert "Port <7>" in page.locator(".gx-traced-cards").text_content()
    text, beside = box(page, ".gx-traced-text"), box(page, ".gx-traced-cards")
    assert beside["x"] >= text["x"] + text["width"]


def test_a_stretch_and_its_card_light_up_together_by_mouse_and_by_keyboard(traced: Callable[..., Any]) -> None:
    page = traced()
    run = page.locator(".gx-run").first
    number = run.get_attribute("data-gx-span")
    run.hover()
    assert page.locator(f"#gx-span-{number}.gx-lit").count() == 1
    page.mouse.move(0, 0)
    assert page.locator(".gx-lit").count() == 0
    run.focus()
    assert page.locator(f"#gx-span-{number}.gx-lit").count() == 1


def test_a_card_leads_to_the_very_words_in_the_article(traced: Callable[..., Any]) -> None:
    page = traced()
    page.locator(".gx-traced-card", has_text="1707").locator("li a").first.click()
    page.wait_for_selector(".gx-body")
    assert "1707" in page.locator(".gx-body mark").first.text_content()


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_nothing_is_wider_than_the_window_and_everything_can_be_read(
    traced: Callable[..., Any], locale: str, scheme: str, viewport: dict[str, int]
) -> None:
    page = traced(locale=locale, color_scheme=scheme, viewport=viewport, has_touch=viewport is PHONE)
    assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"]
    assert page.locator("html").get_attribute("lang").startswith(locale[:2])
    text, beside = box(page, ".gx-traced-text"), box(page, ".gx-traced-cards")
    assert (beside["y"] >= text["y"] + text["height"]) == (viewport is PHONE)
    for selector in (".gx-traced-text", ".gx-run", ".gx-traced-words", ".gx-traced-card li a", ".gx-figures"):
        assert contrast(page, selector) >= 4.5, selector
    if viewport is PHONE:
        assert box(page, ".gx-trace-form button")["height"] >= 38


def test_words_in_a_script_without_italics_stand_upright(traced: Callable[..., Any]) -> None:
    page = traced()
    styles = page.locator(".gx-traced-words").evaluate_all(
        "all => all.map(p => [p.lang, getComputedStyle(p).fontStyle])"
    )
    assert {tuple(each) for each in styles} == {("en", "italic"), ("zh-Hans", "normal")}


def test_the_form_works_without_scripts(traced: Callable[..., Any]) -> None:
    page = traced(java_script_enabled=False)
    assert page.locator(".gx-run").count() >= 2
    page.locator(".gx-run").first.click()
    assert "#gx-span-" in page.url


def test_of_a_text_that_stands_nowhere_that_is_said_and_the_text_is_shown(traced: Callable[..., Any]) -> None:
    page = traced("Ничего общего здесь нет совсем, и это было написано сегодня.")
    assert page.locator(".gx-run").count() == 0
    assert page.locator(".gx-traced-card").count() == 0
    assert box(page, ".gx-traced-text")["width"] > 600


CONTRAST = """selector => {
  const of = colour => { const c = document.createElement("canvas").getContext("2d", {willReadFrequently: true});
    c.fillStyle = colour; c.fillRect(0, 0, 1, 1); return [...c.getImageData(0, 0, 1, 1).data]; };
  const over = (top, under) => top.slice(0, 3).map((v, i) => v * top[3] / 255 + under[i] * (1 - top[3] / 255));
  const light = c => { const [r, g, b] = c.map(v => (v /= 255) <= .03928 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b; };
  const first = document.querySelector(selector); const layers = [];
  for (let e = first; e; e = e.parentElement) layers.push(of(getComputedStyle(e).backgroundColor));
  let under = [255, 255, 255]; for (const layer of layers.reverse()) under = over(layer, under);
  const a = light(over(of(getComputedStyle(first).color), under)), b = light(under);
  return (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
}"""


def contrast(page: Any, selector: str) -> float:
    """How much the letters of the first such element stand out from what is behind them (WCAG 2.2, 1.4.3)."""
    found: float = page.evaluate(CONTRAST, selector)
    return found
