"""The reading room beside kiwix-serve: the same articles, the same visitors, in one run.

    python -m benchmarks.web_against_kiwix --edition NAME.edition --zim NAME.zim [--seconds 10] [--connections 8]

Starts `galactica serve` and `kiwix-serve` one after the other on free loopback ports and visits both with one load:
a number of keep-alive connections, each asking for the next page as soon as it has read the last. Article pages are
the same random articles on both sides (met by title); result pages are for the same random queries: half of them a
title, half two words out of one article. Prints requests a second, p50 and p99, the memory of the server's processes
(PSS, /proc/PID/smaps_rollup), the time from start to the first page, and the ratios. Nothing is built here; the ZIM of
the same articles comes from `benchmarks.against_zim --keep`.

The visitors run in a process of their own and share the machine's cores with the server, for both sides alike.
"""

from __future__ import annotations

import argparse
import asyncio
import html
import json
import multiprocessing
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, quote_plus

from benchmarks import results
from galactica.library import open_library
from galactica.model.projection import project

PAGES = 4000
"""How many distinct article pages and queries are drawn; a run that needs more begins again."""

PATIENCE = 60.0
"""Seconds to wait for a server's first page, or for one answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one side is asked for: addresses of article pages and of result pages, path and query only."""

    articles: tuple[str, ...]
    results: tuple[str, ...]


@dataclass(slots=True, kw_only=True)
class Measured:
    """What one kind of page took.

    Attributes:
        seconds: each answer's time, unordered.
        bytes: of all bodies together.
        bad: answers whose status was not 200.
        length: the whole run in seconds.
    """

    seconds: list[float] = field(default_factory=list)
    bytes: int = 0
    bad: int = 0
    length: float = 0.0

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.seconds) / self.length

    def quantile(self, share: float) -> float:
        """Milliseconds within which this share of the answers came."""
        ordered = sorted(self.seconds)
        return 1000 * ordered[min(len(ordered) - 1, int(share * len(ordered)))]


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One server's figures; memory in bytes."""

    name: str
    ready: float
    idle: int
    articles: Measured
    results: Measured
    mixed: int
    peak: int


async def _ask(streams: list[asyncio.StreamReader | asyncio.StreamWriter], port: int, path: str) -> tuple[int, int]:
    """One GET over a connection that is kept where the server keeps it: (status, bytes of the body)."""
    if not streams:
        streams[:] = await asyncio.open_connection("127.0.0.1", port)
    reader, writer = streams
    assert isinstance(reader, asyncio.StreamReader)
    assert isinstance(writer, asyncio.StreamWriter)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: text/html\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    status = int(head[9:12])
    length = 0
    found = re.search(rb"\r\ncontent-length: *(\d+)", head)
    if found:
        length = len(await reader.readexactly(int(found[1])))
    elif b"transfer-encoding: chunked" in head:
        while size := int(await reader.readline(), 16):
            length += len(await reader.readexactly(size + 2)) - 2
        await reader.readline()
    elif status not in (204, 304):
        length = len(await reader.read())
    if b"connection: close" in head or not (found or b"chunked" in head):
        writer.close()
        streams.clear()
    return status, length


async def _visitor(port: int, paths: Iterator[str], until: float, most: int, measured: Measured) -> None:
    streams: list[asyncio.StreamReader | asyncio.StreamWriter] = []
    for path in paths:
        begun = time.perf_counter()
        if begun >= until or len(measured.seconds) >= most:
            break
        try:
            status, length = await asyncio.wait_for(_ask(streams, port, path), PATIENCE)
        except (ConnectionError, asyncio.IncompleteReadError):
            streams.clear()  # closed between two requests: ask again on a new connection
            status, length = await asyncio.wait_for(_ask(streams, port, path), PATIENCE)
        measured.seconds.append(time.perf_counter() - begun)
        measured.bytes += length
        measured.bad += status != 200


def _endless(paths: Sequence[str]) -> Iterator[str]:
    while True:
        yield from paths


async def _visit(port: int, paths: Sequence[str], connections: int, seconds: float, most: int) -> Measured:
    measured = Measured()
    shared = _endless(paths)
    begun = time.perf_counter()
    await asyncio.gather(*(_visitor(port, shared, begun + seconds, most, measured) for _ in range(connections)))
    measured.length = time.perf_counter() - begun
    return measured


def _visit_apart(  # the child's whole job
    port: int, paths: Sequence[str], connections: int, seconds: float, most: int, out: Path
) -> None:
    measured = asyncio.run(_visit(port, paths, connections, seconds, most))
    out.write_text(json.dumps([measured.seconds, measured.bytes, measured.bad, measured.length]), encoding="ascii")


def visit(port: int, paths: Sequence[str], connections: int, seconds: float, most: int = 10**9) -> Measured:
    """Ask for `paths` in turn from a process of its own, for `seconds` or until `most` answers."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "measured.json"
        child = multiprocessing.get_context("spawn").Process(
            target=_visit_apart, args=(port, paths, connections, seconds, most, out)
        )
        child.start()
        child.join(seconds + 2 * PATIENCE)
        if child.exitcode != 0:
            child.kill()
            raise SystemExit("the visitors failed")
        times, size, bad, length = json.loads(out.read_text(encoding="ascii"))
    return Measured(seconds=times, bytes=size, bad=bad, length=length)


def memory(pid: int) -> int:
    """PSS of a process and all its children, bytes."""
    total, waiting = 0, [pid]
    while waiting:
        one = waiting.pop()
        try:
            text = Path(f"/proc/{one}/smaps_rollup").read_text(encoding="ascii")
            waiting += map(int, Path(f"/proc/{one}/task/{one}/children").read_text(encoding="ascii").split())
        except OSError:
            continue
        total += sum(1024 * int(number) for number in re.findall(r"^Pss:\s+(\d+) kB", text, re.M))
    return total


def free_port() -> int:
    """A port that nothing listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@contextmanager
def running(command: Sequence[str], port: int, log: Path) -> Iterator[tuple[int, float]]:
    """A server in a process group of its own: (its id, seconds until its first page)."""
    with log.open("wb") as output:
        begun = time.perf_counter()
        server = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True)
        try:
            while True:
                try:
                    with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as answer:
                        answer.read()
                    break
                except (urllib.error.URLError, OSError):
                    if server.poll() is not None or time.perf_counter() - begun > PATIENCE:
                        raise SystemExit(f"{command[0]} did not start: {log.read_text(errors='replace')}") from None
                    time.sleep(0.02)
            yield server.pid, time.perf_counter() - begun
        finally:
            os.killpg(server.pid, signal.SIGTERM)
            try:
                server.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(server.pid, signal.SIGKILL)
                server.wait()


def measure(name: str, command: Sequence[str], port: int, load: Load, options: argparse.Namespace) -> Side:
    """Start one server, visit it, stop it."""
    with tempfile.TemporaryDirectory() as folder, running(command, port, Path(folder) / "log") as (pid, ready):
        idle = memory(pid)
        visit(port, load.articles[-50:] + load.results[-20:], options.connections, 30, 100)  # both sides warmed alike
        articles = visit(port, load.articles, options.connections, options.seconds)
        results = visit(port, load.results, options.connections, options.seconds)
        peak = memory(pid)
    with tempfile.TemporaryDirectory() as folder, running(command, port, Path(folder) / "log") as (pid, _):
        mixed = [path for pair in zip(load.articles, load.results, strict=False) for path in pair]
        visit(port, mixed, options.connections, 120, 1000)
        after = memory(pid)
    return Side(name=name, ready=ready, idle=idle, articles=articles, results=results, mixed=after, peak=peak)


def draw(edition: Path, zim: Path, seed: int) -> tuple[Load, Load]:
    """The same articles and queries for both sides: (ours, kiwix-serve's)."""
    from libzim.reader import Archive

    archive = Archive(str(zim))
    chance = random.Random(seed)
    book = zim.stem
    ours: list[str] = []
    theirs: list[str] = []
    queries: list[str] = []
    with open_library([edition]) as library:
        opened = library.editions[0]
        rows = chance.sample(range(len(opened)), min(len(opened), PAGES * 2))
        for row in rows:
            article = opened.article(row)
            if len(ours) >= PAGES:
                break
            if not archive.has_entry_by_title(article.title):
                continue
            path = archive.get_entry_by_title(article.title).get_item().path
            ours.append(f"/a/{opened.root[:12]}/{quote(article.source, safe='')}/{quote(article.path)}")
            theirs.append(f"/{quote(book)}/{quote(path)}")
            words = re.findall(r"[A-Za-z]{5,}", project(article.body))
            queries.append(article.title if len(queries) % 2 or len(words) < 2 else " ".join(chance.sample(words, 2)))
    if not ours:
        raise SystemExit("the edition and the ZIM share no title")
    return (
        Load(articles=tuple(ours), results=tuple(f"/search?q={quote_plus(query)}" for query in queries)),
        Load(
            articles=tuple(theirs),
            results=tuple(
                f"/search?content={quote_plus(book)}&pattern={quote_plus(query)}&pageLength=10" for query in queries
            ),
        ),
    )


def line(label: str, ours: float, theirs: float, unit: str, *, more_is_better: bool) -> str:
    """A row of the table, with how many times better ours is."""
    ratio = (ours / theirs if more_is_better else theirs / ours) if ours and theirs else 0.0
    return f"{label:<34}{ours:>12,.1f}{theirs:>14,.1f}  {unit:<5}{ratio:>8.2f}×"


def table(ours: Side, theirs: Side) -> str:
    """All figures side by side."""
    rows = [f"{'':<34}{ours.name:>12}{theirs.name:>14}  {'':<5}{'better by':>9}"]
    for kind, one, other in (
        ("article pages", ours.articles, theirs.articles),
        ("result pages", ours.results, theirs.results),
    ):
        rows.append(line(f"{kind}, requests", one.rate, other.rate, "/s", more_is_better=True))
        rows += [
            line(f"{kind}, p{share * 100:.0f}", one.quantile(share), other.quantile(share), "ms", more_is_better=False)
            for share in (0.5, 0.99)
        ]
        size = (one.bytes / len(one.seconds) / 1000, other.bytes / len(other.seconds) / 1000)
        rows.append(f"{f'{kind}, mean size':<34}{size[0]:>12,.1f}{size[1]:>14,.1f}  kB")
        rows.append(f"{f'{kind}, not 200':<34}{one.bad:>12,}{other.bad:>14,}")
    for label, mine, its in (
        ("memory at start (PSS)", ours.idle, theirs.idle),
        ("memory after 1,000 mixed requests", ours.mixed, theirs.mixed),
        ("memory after the whole load", ours.peak, theirs.peak),
    ):
        rows.append(line(label, mine / 1e6, its / 1e6, "MB", more_is_better=False))
    rows.append(line("start to first page", 1000 * ours.ready, 1000 * theirs.ready, "ms", more_is_better=False))
    return "\n".join(rows)


def figures_of(side: Side) -> dict[str, object]:
    """What is kept of one server."""
    pages = {"article pages": side.articles, "result pages": side.results}
    found: dict[str, object] = {
        name: {"a second": of.rate, "p50, ms": of.quantile(0.5), "p99, ms": of.quantile(0.99), "bad": of.bad}
        for name, of in pages.items()
    }
    memory = {"idle, MB": side.idle / 1e6, "mixed, MB": side.mixed / 1e6, "peak, MB": side.peak / 1e6}
    return {**found, **memory, "ready, s": side.ready}


def main() -> int:
    """Run both sides and print the table; 0 where the bars of issue 2 are met."""
    parser = argparse.ArgumentParser(description=html.unescape((__doc__ or "").splitlines()[0]))
    parser.add_argument("--edition", type=Path, required=True)
    parser.add_argument("--zim", type=Path, required=True)
    parser.add_argument("--seconds", type=float, default=10.0, help="for each kind of page on each side")
    parser.add_argument("--connections", type=int, default=8)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("galactica",), help="leave kiwix-serve out")
    options = results.arguments(parser).parse_args()
    kiwix = shutil.which("kiwix-serve")
    if kiwix is None and not options.only:
        print("skipped: kiwix-serve is not installed (Debian: kiwix-tools)", file=sys.stderr)
        return 0
    ours, theirs = draw(options.edition, options.zim, options.seed)
    port = free_port()
    command = [sys.executable, "-m", "galactica", "serve", "-e", str(options.edition), "--port", str(port)]
    mine = measure("galactica", command, port, ours, options)
    if options.only or kiwix is None:
        print(table(mine, mine))
        return 0
    port = free_port()
    other = measure(
        "kiwix-serve", [kiwix, "--address", "127.0.0.1", "--port", str(port), str(options.zim)], port, theirs, options
    )
    print(f"{len(ours.articles):,} articles and queries, {options.connections} connections, {os.cpu_count()} cores")
    print(table(mine, other))
    results.keep(__file__, options, {side.name: figures_of(side) for side in (mine, other)})
    bars = (
        ("article pages at least kiwix-serve's", mine.articles.rate >= other.articles.rate),
        ("result pages at least 5 times kiwix-serve's", mine.results.rate >= 5 * other.results.rate),
        ("memory after 1,000 requests under 300 MB", mine.mixed < 300e6),
        ("ready in under 2 s", mine.ready < 2),
        ("every answer was 200", mine.articles.bad == mine.results.bad == 0),
    )
    for bar, met in bars:
        print(f"{'met   ' if met else 'MISSED'} {bar}")
    return 0 if all(met for _, met in bars) else 1


if __name__ == "__main__":
    sys.exit(main())
