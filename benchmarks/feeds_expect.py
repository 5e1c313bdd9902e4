"""Feeds, well and ill formed: what feedparser's tests expect of titles, links, texts and dates, beside our documents.

    python -m benchmarks.feeds_expect [--all]

Each of feedparser's test feeds says in a comment what must be found. Of these lines the parts about title, link,
summary, content and dates (of the feed, of an item) are looked at: whether feedparser itself, as installed, holds
them, and whether what `galactica build` would keep of the file says the same: a title as plain text, an address that
can be followed, a text as the cleaned article has it, a day of publication, a time of change. Beside that every file is
read as `build` reads it, and must end in values or in one `InputError`. Real data: GALACTICA_DATA.
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import tarfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urljoin

import feedparser

from benchmarks import results
from benchmarks.data import real
from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.sources import feed_xml
from galactica.sources.feed_documents import items_of
from galactica.sources.feed_items import FeedError, FeedItem, ParsedFeed, without_tags
from galactica.sources.feed_names import NamedItems
from galactica.sources.formats import open_source

SERVER = "http://127.0.0.1:8097/"
"""Where feedparser's tests say that their feeds lie."""

KINDS = {
    **dict.fromkeys(("title",), "title"),
    **dict.fromkeys(("link",), "link"),
    **dict.fromkeys(("summary", "description", "content"), "text"),
    **dict.fromkeys(("published_parsed", "issued_parsed", "created_parsed"), "published"),
    **dict.fromkeys(("updated_parsed", "modified_parsed", "date_parsed"), "modified"),
}
_EXPECT = re.compile(rb"Expect:\s*(.*?)\s*(?:-->|\r?\n\s*\r?\n|\Z)", re.S)
_HEADER = re.compile(rb"Header:\s*([\w-]+)\s*:\s*(.*?)\s*\r?\n")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Expected:
    """One comparison of a line: of the feed or of the first item, which field, and what it must be."""

    of: str
    number: int
    field: str
    value: Any
    source: str


def expected(line: str) -> Iterator[Expected]:
    """The comparisons of an Expect line that are about our fields."""
    try:
        tree = ast.parse(line.strip(), mode="eval").body
    except SyntaxError:
        return
    parts = tree.values if isinstance(tree, ast.BoolOp) and isinstance(tree.op, ast.And) else [tree]
    for part in parts:
        if not isinstance(part, ast.Compare) or len(part.ops) != 1 or not isinstance(part.ops[0], ast.Eq):
            continue
        try:
            value = ast.literal_eval(part.comparators[0])
        except ValueError:
            continue
        path = re.sub(r"\.(\w+)", r"['\1']", ast.unparse(part.left))
        found = re.fullmatch(
            r"(?:(feed|channel)|(?:entries|items)\[(\d+)\])\['(\w+?)(?:_detail)?'\](\[0\])?(\['value'\])?", path
        )
        if found and found[3] in KINDS and (not found[1] or KINDS[found[3]] in ("title", "link", "modified")):
            yield Expected(
                "feed" if found[1] else "entry", int(found[2] or 0), KINDS[found[3]], value, ast.unparse(part)
            )


def holds(want: Expected, feed: ParsedFeed, items: tuple[FeedItem, ...]) -> bool:
    """Whether what would be kept says the same."""
    if want.of == "feed":
        about = feed.about
        if want.field == "title":
            return about.title in (without_tags(str(want.value), 2000), " ".join(str(want.value).split()))
        if want.field == "link":
            return about.url == str(want.value) or (not about.url and not str(want.value).startswith("http"))
        return want.field != "modified" or about.date == "-".join(f"{n:02}" for n in tuple(want.value)[:3])
    if want.number >= len(items):
        return False
    item = items[want.number]
    if want.field == "link":
        return item.link == str(want.value) or (not item.link and not str(want.value).startswith("http"))
    if want.field in ("modified", "published"):
        return dated(item, want)
    found = list(items_of([item], "x", NamedItems()))
    document = next((each for each in found if isinstance(each, Document)), None)
    if want.field == "title":
        title = document.title if document else item.title
        return title in (without_tags(str(want.value), 2000), " ".join(str(want.value).split()))
    wanted = words(clean(str(want.value), base="x").body)
    if not wanted:
        return True
    return document is not None and wanted in words(clean(document.content, base=document.path).body)


def dated(item: FeedItem, want: Expected) -> bool:
    """Whether a date is the same; a day of publication is that of the place where it was written."""
    year, month, day, hour, minute, second = tuple(want.value)[:6]
    if want.field == "modified":
        return item.modified == f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    parts = [int(part) for part in item.published.split("-") if part]
    own = date(*[*parts, 1, 1][:3]) if parts else None
    return own is not None and abs((own - date(year, month, day)).days) <= (1 if len(parts) == 3 else 0)


def words(body: str) -> str:
    return " ".join(_WORD.findall(project(body)))


def peers(raw: bytes, headers: dict[str, str], line: str) -> bool:
    """Whether feedparser, as it is installed, holds the line."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = feedparser.parse(io.BytesIO(raw), response_headers={k.lower(): v for k, v in headers.items()})
        try:
            return bool(
                eval(line, {"__builtins__": {}, "len": len, **found, "feedparser": feedparser})
            )  # the data's own
        except Exception:
            return False


def main() -> None:
    """Read, compare, print."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--all", action="store_true", help="print every part that does not hold")
    given = parser.parse_args()
    outcome: Counter[str] = Counter()
    held: Counter[str] = Counter()
    of: Counter[str] = Counter()
    peer_held = lines = 0
    size, spent = 0, 0.0
    with TemporaryDirectory() as place, tarfile.open(real("feeds-feedparser/tests.tar.xz")) as archive:
        archive.extractall(place, filter="data")
        for file in sorted(path for path in Path(place).rglob("*") if path.is_file()):
            raw = file.read_bytes()
            begun = time.process_time()
            outcome[ending(file)] += 1
            spent, size = spent + time.process_time() - begun, size + len(raw)
            headers = {name.decode(): value.decode("utf-8", "replace") for name, value in _HEADER.findall(raw)}
            headers = {name.title(): value for name, value in headers.items()}
            location = (
                urljoin(f"{SERVER}{file.relative_to(place)}", headers.get("Content-Location", ""))
                if file.name.startswith("http") or "Content-Location" in headers
                else ""
            )
            text = _EXPECT.search(raw.replace(b"\0", b""))
            line = text[1].decode("utf-8", "replace") if text else ""
            wanted = list(expected(line))
            if not wanted or file.suffix == ".json":
                continue
            lines += 1
            sent = {**headers, "Content-Location": location} if location else headers
            peer_held += peers(raw, sent, line)
            try:
                feed = feed_xml.parse_feed(raw, base=location, content_type=headers.get("Content-Type", ""))
            except FeedError:
                continue
            for want in wanted:
                kind = f"{want.of} {want.field}"
                of[kind] += 1
                good = holds(want, feed, feed.items)
                held[kind] += good
                if given.all and not good:
                    print(f"{file.relative_to(place)}: {want.source}")
    print(f"{sum(outcome.values()):,} files, {size / spent / 1e6:.1f} MB/s of the processor: {dict(outcome)}")
    print(f"{lines:,} lines are about these fields; feedparser itself holds {peer_held:,}")
    for kind in sorted(of):
        print(f"{kind:16} {held[kind]:4} of {of[kind]:4}")
    print(f"{'all':16} {held.total():4} of {of.total():4} ({held.total() / of.total():.1%})")
    theirs, ours = speed()
    print(f"a feed of 4,000 items: feedparser {theirs:.2f} MB/s of the processor, ours down to documents {ours:.2f}")
    share = {kind: [held[kind], of[kind]] for kind in sorted(of)}
    results.keep(
        __file__,
        given,
        {"files": dict(outcome), "lines": lines, "peer": peer_held, "parts": share, "MB/s": [theirs, ours]},
    )


def speed() -> tuple[float, float]:
    """MB/s of the processor on a feed of 4,000 items: feedparser as it ships, ours down to documents; medians of 3."""
    said = "&lt;p&gt;Some &lt;b&gt;words&lt;/b&gt; and &lt;a href='x'&gt;a link&lt;/a&gt;.&lt;/p&gt;" * 5
    items = (f"<item><guid>{n}</guid><title>T {n}</title><description>{said}</description></item>" for n in range(4000))
    raw = f"<rss version='2.0'><channel><title>T</title>{''.join(items)}</channel></rss>".encode()
    ways: tuple[Callable[[], object], ...] = (
        lambda: feedparser.parse(io.BytesIO(raw)),
        lambda: list(items_of(feed_xml.parse_feed(raw).items, "x", NamedItems())),
    )
    found = []
    for way in ways:
        spent = []
        for _ in range(3):
            begun = time.process_time()
            way()
            spent.append(time.process_time() - begun)
        found.append(len(raw) / sorted(spent)[1] / 1e6)
    return found[0], found[1]


def ending(file: Path) -> str:
    """How reading a file ends: what comes out, or that it is refused."""
    try:
        with open_source(file) as source:
            found = list(source.read())
    except InputError:
        return "refused"
    return "documents" if any(not isinstance(item, Rejected) for item in found) else "rejected"


if __name__ == "__main__":
    main()
