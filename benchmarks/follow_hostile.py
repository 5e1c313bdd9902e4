"""A hostile server and a program that is killed: is each of 1,000 items in the edition, once?

    python -m benchmarks.follow_hostile [--kills N] [--seed N]

A server on this machine gives 300 items of an RSS feed of which only 100 are shown at a time, 150 of a JSON Feed, 300
pages of a site in two lists, 100 pages of a wiki by its recent changes and 150 events of a stream. It breaks replies
off, stalls, sends what is no feed, says "busy" (with and without a time), lies about lengths and marks, repeats items
under new dates, and sends bombs. `galactica follow` is ended by SIGKILL at random moments, every other time while it
builds an edition; after that it is run until nothing is waited for. Each item must be in the last edition once, each
edition the child of the one before, and the last one whole.

Source: 2026-11-29, two busy cores, seeds 1 and 2: 1,000 of 1,000, none twice; 7 to 14 editions, at most 225 MB.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

from tests.follow.server import Asked, HostileServer, Script, Wait, packed, reply, rss, serving

from benchmarks import results
from galactica.edition import Edition
from galactica.edition.info import read_statement
from galactica.library import verify

FEED, JSON, PAGES, WIKI, EVENTS = 300, 150, 300, 100, 150
SHOWN = 100
LONGEST = 8.0
"""Seconds of life that a run has at most before it is killed."""

BOMB = packed(b"\0" * (64 * 2**20))


class Hostile:
    """What the server answers; `calm` ends what only costs time."""

    def __init__(self, server: HostileServer, seed: int) -> None:
        self.server, self.chance, self.lock = server, random.Random(seed), threading.Lock()
        self.calm = False
        self.shown = 0
        self.tried: Counter[str] = Counter()
        server.pages |= {
            "/feed": self.feed,
            "/feed.json": self.json_feed,
            "/sitemap.xml": self.index,
            "/1.xml.gz": lambda asked: self.pages(asked, 0),
            "/2.xml": lambda asked: self.pages(asked, 1),
            "/w/api.php": self.wiki,
            "/stream": self.stream,
            "/robots.txt": reply("user-agent: *\ndisallow: /private"),
        }
        server.pages |= {f"/p/{n}": self.page for n in range(PAGES)}

    def urls(self) -> list[str]:
        return [self.server.url(path) for path in ("/feed", "/feed.json", "/sitemap.xml", "/w/api.php", "/stream")]

    def spoiled(self, good: bytes) -> Script:
        """A reply as it is, or as it should not be."""
        with self.lock:
            way = self.chance.random()
        if way < 0.05:
            return [good[: len(good) // 2]]
        if way < 0.08:
            return [reply("", "503 Busy", Retry_After="1")]
        if way < 0.11:
            return [reply("", "500 Broken")]
        if way < 0.13:
            return [reply("<html>Welcome to the hotel's network</html>", "502 Bad Gateway")]
        if way < 0.15:
            return [reply(BOMB, Content_Encoding="gzip")]
        if way < 0.16 and not self.calm:
            return [good[:20], Wait()]
        if way < 0.18:
            return [b"\x16\x03\x01 this is no HTTP"]
        return [good[at : at + 4096] for at in range(0, len(good), 4096)]

    def feed(self, asked: Asked) -> Script:
        with self.lock:
            first = self.shown
            self.shown = min(FEED - SHOWN, first + 10)
            now = self.chance.randrange(10, 28)
        items = (
            f'<guid isPermaLink="false">feed-{n}</guid><title>feed-{n}</title><description>Item {n}.</description>'
            f"<pubDate>{now} Feb 2026 10:00:00 GMT</pubDate>"
            for n in range(first + SHOWN - 1, first - 1, -1)
        )
        script = self.spoiled(reply(rss(*items), kind="application/rss+xml", ETag=f'"{first}"'))
        if len(script) < 3:
            with self.lock:
                self.shown = first  # nobody saw it
        return script

    def json_feed(self, asked: Asked) -> Script:
        if asked.headers.get("if-none-match") == '"1"':
            return [reply("", "304 Not Modified", Content_Length="-")]
        items = [{"id": f"json-{n}", "title": f"json-{n}", "content_text": f"Item {n}."} for n in range(JSON)]
        feed = {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": [*items, *items[:9]]}
        return self.spoiled(reply(json.dumps(feed), kind="application/feed+json", ETag='"1"'))

    def index(self, asked: Asked) -> Script:
        lists = "".join(f"<sitemap><loc>{self.server.url(path)}</loc></sitemap>" for path in ("/1.xml.gz", "/2.xml"))
        return self.spoiled(reply(f"<sitemapindex>{lists}</sitemapindex>", kind="application/xml"))

    def pages(self, asked: Asked, part: int) -> Script:
        half = range(part * PAGES // 2, (part + 1) * PAGES // 2)
        listed = "".join(f"<url><loc>{self.server.url(f'/p/{n}')}</loc><lastmod>2026</lastmod></url>" for n in half)
        text = f"<urlset>{listed}</urlset>"
        return self.spoiled(reply(text if part else packed(text), kind="application/xml", ETag='"1"'))

    def page(self, asked: Asked) -> Script:
        name = f"page-{asked.path.rpartition('/')[2]}"
        with self.lock:
            self.tried[name] += 1
            often = self.tried[name] > 3
        text = f"This is what {name} says of itself. " * 9
        good = reply(f"<html><title>{name}</title><body><main><h1>{name}</h1><p>{text}</p></main></body></html>")
        return [good] if often else self.spoiled(good)

    def wiki(self, asked: Asked) -> Script:
        said = {name: values[0] for name, values in parse_qs(urlsplit(asked.path).query).items()}
        answer: dict[str, Any]
        if said.get("meta") == "siteinfo":
            general = {"sitename": "W", "wikiid": "wwiki", "lang": "en", "base": "https://w.example/wiki/M"}
            answer = {"query": {"general": general}}
        elif said.get("list") == "recentchanges":
            since = said.get("rcstart", "")
            rows = [row for n in range(3 * WIKI) if (row := change(n))["timestamp"] >= since]
            answer = {"query": {"recentchanges": rows if since else rows[::-1]}}
        else:
            number = int(said["page"].partition("-")[2])
            answer = {"parse": {"revid": 2 * WIKI + number + 1, "text": f"<p>Page {number} of a wiki.</p>"}}
        return self.spoiled(reply(json.dumps(answer), kind="application/json"))

    def stream(self, asked: Asked) -> Script:
        first = int(asked.headers.get("last-event-id", "0") or 0)
        events = b"".join(event(n) for n in range(first + 1, min(first + 25, EVENTS) + 1))
        head = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n\r\n"
        cut = b'id: 999999\ndata: {"id": "never'
        return [reply("", "503 Busy")] if self.chance.random() < 0.2 else [head, events, cut]


def change(n: int) -> dict[str, Any]:
    """A row of a wiki's recent changes."""
    moment = f"2026-03-01T10:{n // 10:02}:00Z"
    return {"title": f"wiki-{n % WIKI}", "rcid": n + 1, "revid": n + 1, "type": "edit", "timestamp": moment}


def event(n: int) -> bytes:
    """An event of a stream."""
    said = {"id": f"event-{n}", "title": f"event-{n}", "content_text": "So it is."}
    return f"id: {n}\ndata: {json.dumps(said)}\n\n".encode()


def end(process: subprocess.Popen[bytes], folder: Path, chance: random.Random, in_build: bool) -> str:
    """Kill a run at some moment; what it was doing, "" where it had ended."""
    begun = time.time()
    limit = time.monotonic() + (120 if in_build else chance.uniform(0.8, LONGEST))
    while process.poll() is None and time.monotonic() < limit:
        if in_build and builds(folder, begun):
            time.sleep(chance.uniform(0, 2.5))
            break
        time.sleep(0.02)
    if process.poll() is not None:
        return ""
    building = builds(folder, begun)
    process.send_signal(signal.SIGKILL)
    process.wait()
    return "building" if building else "fetching"


def builds(folder: Path, since: float) -> bool:
    """Whether a build has worked since a moment; one that was killed leaves its folder."""
    return any(file.stat().st_mtime > since for file in folder.glob("*.building/ledger*") if file.exists())


def wanted() -> list[str]:
    """The titles of all items."""
    ranges = {"feed": range(FEED), "json": range(JSON), "page": range(PAGES), "wiki": range(WIKI)}
    names = [f"{kind}-{n}" for kind, numbers in ranges.items() for n in numbers]
    return names + [f"event-{n}" for n in range(1, EVENTS + 1)]


def main() -> None:
    """Kill, go on, count."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    chance = random.Random(given.seed)
    killed = ended = rounds = 0
    where: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as place, serving() as server:
        hostile = Hostile(server, given.seed)
        folder = Path(place) / "news"
        command = [sys.executable, "-m", "galactica", "follow", str(folder), "--allow-local", "--no-meaning", "-q"]
        command += ["--workers", "1", "--limit", "60", *hostile.urls()]
        begun = time.monotonic()
        while killed < given.kills and ended < 10 * given.kills:
            process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
            doing = end(process, folder, chance, killed % 2 == 1)
            if doing:
                where[doing] += 1
            killed, ended = killed + bool(doing), ended + (not doing)
        hostile.calm = True
        while rounds < 80:
            done = subprocess.run([*command, "--json"], capture_output=True, text=True, check=False)
            rounds += 1
            said = json.loads(done.stdout) if done.stdout else {"sources": [{"waiting": 1}]}
            if "error" in said:
                print(said)
                continue
            busy = any(each["waiting"] or each["new"] or each["problem"] for each in said["sources"])
            if not busy and hostile.shown == FEED - SHOWN:
                break
        spent = time.monotonic() - begun
        last = (folder / "latest.edition").resolve()
        with Edition.open(last) as edition:
            titles = Counter(edition.head(row).title for row in range(len(edition)))
        missing, twice = set(wanted()) - set(titles), [name for name, count in titles.items() if count > 1]
        strange = set(titles) - set(wanted())
        editions = [read_statement(path) for path in sorted(folder.glob("news-*.edition"))]
        chained = all(new.parent == old.root and new.number == old.number + 1 for old, new in pairwise(editions))
        whole = verify(last).ok
        requests = len(server.asked)
    memory = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"{killed} runs killed ({dict(where)}), {ended} that ended before, {rounds} rounds to the end")
    print(f"{spent:.0f} s, {requests:,} requests, at most {memory:.0f} MB")
    print(f"{titles.total():,} articles of {len(wanted()):,}: {len(missing)} missing, {len(twice)} twice")
    print(
        f"{len(strange)} strange; {len(editions)} editions, each a child of the one before: {chained}; whole: {whole}"
    )
    for names in (missing, twice, strange):
        if names:
            print("  ", *sorted(names)[:20])
    figures = {"killed": killed, "where": dict(where), "articles": sum(titles.values()), "missing": len(missing)}
    more = {"twice": len(twice), "editions": len(editions), "chained": chained, "whole": whole, "memory MB": memory}
    results.keep(__file__, given, {**figures, **more, "requests": requests, "seconds": spent})
    sys.exit(1 if missing or twice or strange or not chained or not whole else 0)


if __name__ == "__main__":
    main()
