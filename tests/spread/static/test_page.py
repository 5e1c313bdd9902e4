"""The page of a static edition in a real browser: it finds what the program finds, shows nothing that was changed, runs
nothing that a body holds, and goes on without a network.

Needs Debian's `chromium` (or any on the PATH) and the package `playwright`; skipped with its reason otherwise.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from galactica.model.projection import project
from galactica.spread.static.making import trust_file
from galactica.spread.static.pages import page_files
from galactica.spread.static.searching import search_static
from galactica.spread.static.suggesting import suggest_static
from tests.browser import launched
from tests.spread.static.made import MemoryFiles, build_edition, lay_out, opened
from tests.spread.static.server import (
    Answer,
    PageHandler,
    another_range,
    elsewhere,
    endless,
    everything_with_200,
    served,
    too_little,
    too_much,
)

QUERIES = (
    *("river", "rivers springs", "where do rivers begin", "The Who", "C++", "u.s.a.", "begining", "river -downhill"),
    *(
        '"river begins"',
        "Fluss",
        "fluesse",
        "Städte",
        "流動的水",
        "河流",
        "水是什么",
        "नदी",
        "पहाड़ों",
        "النهر",
        "lang:de Meer",
    ),
    *(
        "source:waters peat",
        "Stream",
        "zzqq",
        "",
        "e = mc²",
        "ﬁsh",
        "title:river",
        "a b c d e f",
        "river -the",
        "the",
        "of the who",
        "👩‍🚀 river",
    ),
)
FIND = """async (query) => {
  const { search, suggest } = await import("./search.js");
  const { Edition, readManifest } = await import("./edition.js");
  const { fresh } = await import("./ranges.js");
  window.own ??= await Edition.open(await readManifest(await fresh("./manifest.json", 262144)));
  const page = await search(window.own, query);
  const titles = await suggest(window.own, query.slice(0, 3));
  return {
    hits: page.hits.map((hit) => [
      hit.number, Math.round(hit.score * 1e6), hit.passage.pieces.map(([text]) => text).join(""),
    ]),
    total: page.total, instead: page.instead, titles: titles.map((title) => title.name),
  };
}"""


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with launched() as browser:
        yield browser


@pytest.fixture
def site(files: MemoryFiles) -> MemoryFiles:
    """The server's files with the page."""
    files.files |= page_files()
    return files


def opened_page(chromium: Any, address: str, **options: Any) -> Any:
    page = chromium.new_context(**options).new_page()
    page.goto(address)
    page.wait_for_selector("h1")
    return page


def test_the_page_finds_what_the_program_finds(chromium: Any, site: MemoryFiles) -> None:
    edition = opened(site)
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        for query in QUERIES:
            found = search_static(edition, query)
            told = page.evaluate(FIND, query)
            expected = [[hit.found.number, round(hit.score * 1e6), hit.passage.snippet] for hit in found.hits]
            assert told["hits"] == expected, query
            assert told["total"] == found.total, query
            assert [tuple(each) for each in told["instead"]] == list(found.instead), query
            titles = [title.name for title in suggest_static(edition, query[:3], limit=8)]
            assert told["titles"] == titles, query


BODIES = (
    "<p>One <b>two</b>  three.</p>\n<ul><li>a</li><li>b</li></ul>",
    '<p>10<sup>6</sup> x<sup>2</sup><sup role="doc-noteref">1</sup> end</p>',
    "<table><tr><th>a</th><td>b &lt; c &amp;amp;</td></tr></table><pre>  kept\n  so </pre><p>after</p>",
    "<p><math><mi>x</mi><annotation>TeX</annotation></math> and</p><hr><p></p><h2>  H </h2>",
)


def test_the_page_projects_bodies_as_the_program_does(chromium: Any, site: MemoryFiles) -> None:
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        for body in BODIES:
            script = "async (body) => (await import('./project.js')).project(body)"
            assert page.evaluate(script, body) == project(body)


def test_hashes_are_those_of_the_standards(chromium: Any, site: MemoryFiles) -> None:
    import hashlib

    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        for size in (0, 1, 55, 56, 63, 64, 65, 127, 128, 129, 300):
            raw = bytes(each % 251 for each in range(size))
            script = """async (raw) => {
              const { sha256, hex } = await import("./coding.js");
              const { blake2b } = await import("./trust.js");
              return [hex(sha256(Uint8Array.from(raw))), hex(blake2b(Uint8Array.from(raw)))];
            }"""
            expected = [hashlib.sha256(raw).hexdigest(), hashlib.blake2b(raw).hexdigest()]
            assert page.evaluate(script, list(raw)) == expected


def test_a_person_searches_and_reads_by_keyboard_alone(chromium: Any, site: MemoryFiles) -> None:
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        assert page.title() == "Waters"
        page.evaluate("document.activeElement.blur()")
        page.keyboard.press("/")
        page.keyboard.type("riv")
        page.wait_for_selector("#titles li")
        assert page.get_attribute("#query", "aria-expanded") == "true"
        page.keyboard.press("ArrowDown")
        assert page.get_attribute("#query", "aria-activedescendant") == "title-0"
        page.keyboard.press("Enter")
        page.wait_for_selector(".body")
        assert page.inner_text("h1") == "River"
        assert "CC-BY-SA-4.0" in page.inner_text("dl")
        assert page.get_attribute("dl a[href='https://example.org/river']", "rel") is not None
        page.click(".body a")
        page.wait_for_selector("h1:text-is('Lake')")
        assert page.evaluate("document.activeElement.tagName") == "H1"
        page.keyboard.press("/")
        page.keyboard.type("springs")
        page.keyboard.press("Enter")
        page.wait_for_selector(".results mark")
        assert page.inner_text(".results h2") == "Spring (water)"
        assert page.inner_text("#news") == ""


@pytest.mark.parametrize(
    ("locale", "placeholder", "way"),
    [("zh-CN", "搜索本版本", "ltr"), ("ar-EG", "ابحث في هذه النسخة", "rtl"), ("fr", "Search this edition", "ltr")],
)
def test_the_page_speaks_the_persons_language(
    chromium: Any, site: MemoryFiles, locale: str, placeholder: str, way: str
) -> None:
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address, locale=locale, viewport={"width": 360, "height": 700})
        assert page.get_attribute("#query", "placeholder") == placeholder
        assert page.get_attribute("html", "dir") == way
        page.goto(f"{address}#/search/النهر")
        page.wait_for_selector(".results")
        assert page.get_attribute(".results li", "dir") == "rtl"
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_every_language_says_the_same_things(chromium: Any, site: MemoryFiles) -> None:
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        keys = page.evaluate(
            "async () => Object.values((await import('./words.js')).LANGUAGES)"
            ".map((words) => Object.entries(words)"
            ".map(([key, text]) => key + [...text.matchAll(/\\{\\w+\\}/g)].sort()).sort())"
        )
        assert keys[0]
        assert all(each == keys[0] for each in keys)


def test_what_was_seen_is_read_without_a_network(chromium: Any, site: MemoryFiles) -> None:
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, f"{address}#/search/springs")
        page.wait_for_selector(".results")
        page.evaluate("navigator.serviceWorker.ready.then(() => true)")
        page.context.set_offline(True)
        page.reload()
        page.wait_for_selector(".results")
        assert page.inner_text(".results h2") == "Spring (water)"
        assert "No network" in page.inner_text("main")


@pytest.mark.parametrize("name", ["start", "terms", "articles", "heads", "manifest.json", "sources"])
def test_what_was_changed_is_refused_and_not_shown(chromium: Any, site: MemoryFiles, name: str) -> None:
    whole = site.files[name]
    site.files[name] = bytes(each ^ 1 for each in whole)
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, f"{address}#/search/springs")
        page.wait_for_selector(".bad")
        assert "Nothing of it is shown" in page.inner_text("main")
        assert "Spring" not in page.inner_text("main")


def test_a_server_without_ranges_is_told_of(chromium: Any, site: MemoryFiles) -> None:
    with served(site, everything_with_200, kind=PageHandler) as address:
        page = opened_page(chromium, f"{address}#/search/springs")
        page.wait_for_selector(".bad")
        assert "does not know ranges" in page.inner_text("main")


@pytest.mark.parametrize("answer", [another_range, too_much, too_little, endless, elsewhere])
def test_a_server_that_lies_about_ranges_is_given_up(chromium: Any, site: MemoryFiles, answer: Answer) -> None:
    with served(site, answer, kind=PageHandler) as address:
        page = opened_page(chromium, f"{address}#/search/springs")
        page.wait_for_selector(".bad")
        assert "Spring" not in page.inner_text("main")


def test_an_old_edition_in_the_place_of_a_newer_one_is_not_shown(chromium: Any, site: MemoryFiles) -> None:
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        page.evaluate("localStorage.setItem(`galactica:${location.pathname}`, JSON.stringify({ number: 7 }))")
        page.reload()
        page.wait_for_selector(".bad")
        assert "number 7 was seen" in page.inner_text("main")
        page.click("button.plain")
        page.wait_for_selector("dl")


def test_another_root_than_was_asked_for_is_not_shown(chromium: Any, site: MemoryFiles) -> None:
    root = opened(site).root
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, f"{address}?root={'0' * 64}")
        assert "not the one that was asked for" in page.inner_text("main")
        page = opened_page(chromium, f"{address}?root={root}")
        assert "you named" in page.inner_text("main")


def test_roots_without_signatures_are_not_believed(chromium: Any, site: MemoryFiles) -> None:
    site.files["trust.json"] = trust_file({}, {1: b'{"signed": {"_type": "root", "version": 1}, "signatures": []}'})
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        page.wait_for_selector(".bad")
        assert "does not hold" in page.inner_text("main")


HOSTILE = (
    "<p>before</p><script>window.hit = 1</script><img src=x onerror='window.hit = 2'>"
    "<svg onload='window.hit = 3'></svg>"
    "<math><mtext><table><mglyph><style><img src=x onerror='window.hit = 4'></style></mglyph></table></mtext></math>"
    "<a href='javascript:window.hit=5'>js</a><iframe srcdoc='<script>parent.hit=6</script>'></iframe>"
    "<details open ontoggle='window.hit=7'><summary>s</summary>d</details><form action='https://evil.example'>"
    "<input name='body'></form><base href='https://evil.example/'>"
    "<p style='position:fixed' id='main' class='bad'>posing</p>"
    "<a href='data:text/html,x'>d</a><a href=' javascript:window.hit=8'>s</a><template><p>t</p></template><p>after</p>"
)


def test_nothing_that_a_body_holds_is_run_or_fetched(chromium: Any, site: MemoryFiles) -> None:
    asked: list[str] = []
    with served(site, kind=PageHandler) as address:
        page = opened_page(chromium, address)
        page.on("request", lambda request: asked.append(request.url))
        page.evaluate(
            """async (body) => {
              const { cleaned } = await import("./clean.js");
              const places = { article: (path) => `#/${path}`, picture: () => document.createElement("span") };
              const box = document.createElement("div");
              box.id = "box";
              box.append(cleaned(body, places));
              document.body.append(box);
            }""",
            HOSTILE,
        )
        page.wait_for_timeout(200)
        assert page.evaluate("window.hit") is None
        kept = page.evaluate(
            "[...document.querySelectorAll('#box *')].flatMap((each) => [...each.attributes].map((one) => one.name))"
        )
        assert not [name for name in kept if name.startswith("on") or name in ("style", "srcdoc", "action")]
        names = page.evaluate("[...new Set([...document.querySelectorAll('#box *')].map((each) => each.localName))]")
        assert not set(names) & {"script", "iframe", "form", "input", "base", "style", "svg", "img", "template"}
        assert (
            page.evaluate("[...document.querySelectorAll('#box a')].map((each) => each.getAttribute('href')).join()")
            == ",,"
        )
        assert page.evaluate("document.getElementById('main').localName") == "main"
        assert not [url for url in asked if "evil" in url]
        assert "before" in page.inner_text("#box")
        assert "after" in page.inner_text("#box")
        page.evaluate(
            "try { const made = document.createElement('script'); made.text = 'window.hit = 9';"
            " document.body.append(made); } catch {}"
        )
        assert page.evaluate("window.hit") is None, "the policy of the page is the last wall"


def test_the_page_is_smaller_than_a_hundred_kilobytes_and_lists_all_it_is() -> None:
    found = page_files()
    assert sum(map(len, found.values())) < 100_000
    worker = found["worker.js"].decode()
    assert "@" not in worker.replace("@media", "")
    assert all(f'"{name}"' in worker for name in found if name != "worker.js")
    assert page_files() == found


def test_an_article_with_a_table_and_a_picture_is_shown(chromium: Any, tmp_path: Path) -> None:
    rows = (
        {
            "path": "t",
            "title": "Table",
            "language": "en",
            "body": "<h2>One</h2><p>Text.</p><h2>Two</h2><p>More.</p><h2>Three</h2>"
            "<table><tr><th>a</th><td>b</td></tr></table>",
        },
    )
    files = MemoryFiles.of(lay_out(build_edition(tmp_path, rows), tmp_path / "static"))
    files.files |= page_files()
    with served(files, kind=PageHandler) as address:
        page = opened_page(chromium, f"{address}#/search/table")
        page.wait_for_selector(".results a")
        page.click(".results a")
        page.wait_for_selector(".scroll table")
        page.click("summary")
        page.click("nav a")
        assert page.inner_text("h1") == "Table", "a link within the article leads within it"
