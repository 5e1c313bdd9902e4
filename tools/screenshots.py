"""Pictures of the reading room for the documents: docs/images/*.png, made by a real browser from the starter library.

    python tools/screenshots.py [--edition NAME.edition]… [--out docs/images]

Without --edition the starter library (Python documentation, atlas, almanac) is built in a temporary folder first.
Needs `chromium` on the PATH and the package `playwright`. Each picture is at most 200 kB (checked).
"""

from __future__ import annotations

import argparse
import shutil
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode

import uvicorn
from playwright.sync_api import Browser, sync_playwright

from galactica import library
from galactica.web import create_app

MAX_BYTES = 200_000
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shot:
    """One picture: its file name, the address it shows, and how."""

    name: str
    place: str
    scheme: str = "light"
    width: int = 1280
    height: int = 860
    type: str = ""


def shots(question: str, article: str, about: str) -> tuple[Shot, ...]:
    """The pictures that the documents show."""
    return (
        Shot(name="home", place="/", height=760),
        Shot(name="suggestions", place="/", height=560, type="fran"),
        Shot(name="results", place=f"/search?{urlencode({'q': question})}"),
        Shot(name="article", place=article),
        Shot(name="article-dark", place=article, scheme="dark"),
        Shot(name="article-phone", place=article, width=390, height=800),
        Shot(name="about", place=about),
    )


@contextmanager
def room(opened: library.Library) -> Iterator[str]:
    """The room on a free port, for as long as the block lasts."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        server = uvicorn.Server(uvicorn.Config(create_app(opened), ws="none", log_level="error"))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listener.getsockname()[1]}"
        server.should_exit = True
        thread.join()


def take(browser: Browser, base: str, shot: Shot, out: Path) -> Path:
    """Take one picture."""
    context = browser.new_context(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.scheme == "dark" else "light",
        device_scale_factor=2 if shot.width < 500 else 1,
        locale="en-GB",
    )
    try:
        page = context.new_page()
        page.goto(base + shot.place, wait_until="load")
        if shot.type:
            page.locator(".gx-search input").press_sequentially(shot.type, delay=30)
            page.get_by_role("option").first.wait_for()
        file = out / f"{shot.name}.png"
        page.screenshot(path=file, animations="disabled")
        return file
    finally:
        context.close()


def main() -> int:
    """Take all pictures; 1 where one came out too large."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--edition", type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path, default=Path(__file__).parents[1] / "docs" / "images")
    parser.add_argument("--question", default="How many moons does Saturn have?")
    parser.add_argument("--article", default="France", help="title of the article to show")
    arguments = parser.parse_args()
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        parser.error("there is no chromium on the PATH")
    arguments.out.mkdir(parents=True, exist_ok=True)
    large = []
    with tempfile.TemporaryDirectory() as folder:
        editions = arguments.edition
        if not editions:
            editions = [Path(folder) / "starter.edition"]
            library.build(editions[0], ["pydoc:", "atlas:", "almanac:"], title="The starter library")
        with library.open_library(editions) as opened, room(opened) as base, sync_playwright() as playwright:
            found = opened.find(arguments.article)
            if found is None:
                parser.error(f"there is no article {arguments.article}")
            edition, row = found
            head = edition.head(row)
            article = f"/a/{edition.root[:12]}/{head.source}/{head.path}"
            browser = playwright.chromium.launch(executable_path=program, args=FLAGS)
            for shot in shots(arguments.question, article, f"/about/{edition.root[:12]}"):
                file = take(browser, base, shot, arguments.out)
                size = file.stat().st_size
                sys.stdout.write(f"{file.name}: {size:,} bytes\n")
                if size > MAX_BYTES:
                    large.append(file.name)
            browser.close()
    if large:
        sys.stderr.write(f"larger than {MAX_BYTES:,} bytes: {', '.join(large)}\n")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
