"""Small sources, made here."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.edition import EditionInfo
from galactica.library import build

PAGE = """<page><title>{title}</title><ns>0</ns><id>{n}</id>{redirect}<revision><id>{n}</id>
<timestamp>2026-01-02T03:04:05Z</timestamp><model>wikitext</model><format>text/x-wiki</format>
<text xml:space="preserve">{text}</text></revision></page>"""

DUMP = """<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="en"><siteinfo>
<sitename>Test</sitename><dbname>testwiki</dbname><base>https://test.example.org/wiki/Main_Page</base>
<case>first-letter</case><namespaces><namespace key="0" case="first-letter"/>
<namespace key="14" case="first-letter">Category</namespace></namespaces></siteinfo>{pages}</mediawiki>"""


def sentence(n: int) -> str:
    return f"Article {n} speaks of the number {n} and of its square {n * n}, which no other article does. "


def wiki(path: Path, pages: list[tuple[str, str]]) -> Path:
    """A dump of (title, text) pages; a text that starts with "→" is a redirect to what follows."""
    out = []
    for n, (title, text) in enumerate(pages, 1):
        goal = text.removeprefix("→") if text.startswith("→") else ""
        redirect = f'<redirect title="{goal}"/>' if goal else ""
        out.append(PAGE.format(title=title, n=n, redirect=redirect, text=f"#REDIRECT [[{goal}]]" if goal else text))
    path.write_text(DUMP.format(pages="\n".join(out)), encoding="utf-8")
    return path


def extract(path: Path, count: int, *, start: int = 1, changed: frozenset[int] = frozenset()) -> Path:
    """WikiExtractor blocks of `count` articles; those in `changed` say something more."""
    blocks = []
    for n in range(start, start + count):
        text = sentence(n) * 6 + ("It was changed since." if n in changed else "")
        url = f"http://en.wikipedia.org/wiki?curid={n}"
        blocks.append(
            f'<doc id="{n}" url="{url}" title="Number {n}">\nNumber {n}\n\n{text}\nHistory.\n{text}\n</doc>\n'
        )
    path.write_text("".join(blocks), encoding="utf-8")
    return path


@pytest.fixture
def made(tmp_path: Path) -> Callable[..., tuple[Path, EditionInfo]]:
    """Build an edition from sources, in this process."""

    def make(name: str, *sources: Path | str, **options: object) -> tuple[Path, EditionInfo]:
        out = tmp_path / f"{name}.edition"
        return out, build(out, sources, workers=int(str(options.pop("workers", 0))), **options)  # type: ignore[arg-type]

    return make
