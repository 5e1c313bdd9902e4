"""A static edition behind a file server that counts: what a cold question costs, a second one, an article.

    python -m benchmarks.spread_static EDITION [--static FOLDER] [--questions N] [--browser]

EDITION is laid out in a folder of its own (or lies in --static already) and served over HTTP by a server that counts
bytes, headers with them, and requests. Questions are those of SQuAD 1.1. Each cold one is asked by a reader that has
seen nothing; then a second one by the same reader; then an article is read by its title. Time is computed, not
measured: from the rounds of requests that depend on each other, at 20 Mbit/s and 150 ms there and back, with TCP and
TLS 1.3 to begin with (two rounds), once over one connection that carries all requests together and starts slowly
(HTTP/2; RFC 6928: ten segments, doubled each round), once over six that carry one at a time (HTTP/1.1).

Beside it: downloading all of the edition at that speed, and what local search by words finds for the same questions:
how often the first result is the same, how many of the first ten.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import statistics
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import ClassVar

from benchmarks import results
from benchmarks.data import real
from galactica import library
from galactica.library import StaticReader
from galactica.spread.static.ranges import RequestRound

RATE = 20e6
"""Bits a second."""

TRIP = 0.150
"""Seconds there and back."""

SEGMENTS = 10 * 1460
"""Bytes that a new connection sends before it hears of any (RFC 6928)."""

CONNECTIONS = 6

BAR_SHARE, BAR_SECONDS = 0.003, 2.0


class Counted(BaseHTTPRequestHandler):
    """A file server that knows ranges and counts what it sends and is sent, headers with it."""

    protocol_version = "HTTP/1.1"
    folder: ClassVar[Path]
    sent: ClassVar[Counter[str]]
    types: ClassVar[dict[str, str]] = {"html": "text/html", "js": "text/javascript", "css": "text/css"}

    def do_GET(self) -> None:
        """Answer a request."""
        name = self.path.partition("?")[0].lstrip("/") or "index.html"
        try:
            with (self.folder / name).open("rb") as file:
                size = file.seek(0, 2)
                given = self.headers.get("range", "").removeprefix("bytes=")
                first, _, last = given.partition("-")
                start, stop = (int(first), min(size, int(last) + 1)) if given else (0, size)
                file.seek(start)
                raw = file.read(stop - start)
        except OSError:
            self.send_response(404)
            self.send_header("content-length", "0")
            self.end_headers()
            return
        self.send_response(206 if given else 200)
        self.send_header("content-length", str(len(raw)))
        kind = self.types.get(name.rpartition(".")[2], "image/svg+xml" if name.endswith("svg") else "application/x")
        self.send_header("content-type", kind)
        if given:
            self.send_header("content-range", f"bytes {start}-{stop - 1}/{size}")
        buffered: list[bytes] = vars(self)["_headers_buffer"]
        head = sum(map(len, buffered)) + 2
        self.end_headers()
        self.wfile.write(raw)
        asked = len(self.requestline) + len(bytes(self.headers)) + 4
        self.sent.update({"bytes": len(raw) + head + asked, "requests": 1, f"of {name.rpartition('/')[2]}": len(raw)})

    def log_message(self, *args: object) -> None:
        """Nothing."""


@contextmanager
def served(folder: Path) -> Iterator[tuple[str, Counter[str]]]:
    """The address of a folder, and what was sent of it so far."""
    sent: Counter[str] = Counter()
    kind = type("Own", (Counted,), {"folder": folder, "sent": sent})
    with ThreadingHTTPServer(("127.0.0.1", 0), kind) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}/", sent
        server.shutdown()


class Taken:
    """What a step took: rounds of requests that depend on each other, requests, bytes, virtual seconds."""

    def __init__(self, sent: Counter[str], *, cold: bool) -> None:
        self._sent, self._before, self._cold = sent, Counter(sent), cold
        self.rounds: list[RequestRound] = []
        self.by_file: Counter[str] = Counter()

    def stop(self) -> None:
        """It was done."""
        found = Counter({name: count - self._before[name] for name, count in self._sent.items()})
        self.bytes, self.requests = found["bytes"], found["requests"]
        self.by_file = Counter(
            {name.removeprefix("of "): n for name, n in found.items() if name.startswith("of ") and n}
        )

    @property
    def seconds(self) -> tuple[float, float]:
        """Over one connection with HTTP/2, over six with HTTP/1.1, which are opened together; the manifest and
        `start` are a round before the others."""
        rounds = [len(each.requests) for each in self.rounds]
        rounds = [2, *rounds] if self._cold else rounds
        begin = 2 * TRIP if self._cold else 0.0
        transfer = self.bytes * 8 / RATE
        window, waits = (SEGMENTS if self._cold else 8 * SEGMENTS), 0
        left = self.bytes / max(1, len(rounds))
        for _ in rounds:
            need, waited = left, 1
            while need > window:
                need -= window
                window = min(2 * window, int(RATE * TRIP / 8))
                waited += 1 if window < RATE * TRIP / 8 else 0
            waits += waited
        one = begin + waits * TRIP + transfer
        six = begin + sum(math.ceil(n / CONNECTIONS) for n in rounds) * TRIP + transfer
        return one, six


def questions(most: int) -> list[str]:
    """Questions of SQuAD, from all over it."""
    raw = json.loads(real("squad/train-v1.1.partial.json").read_text(encoding="utf-8"))
    every = [qa["question"].strip() for topic in raw["data"] for each in topic["paragraphs"] for qa in each["qas"]]
    step = max(1, len(every) // most)
    return every[::step][:most]


def asked(address: str, sent: Counter[str], first: str, second: str, article: str) -> tuple[list[Taken], list[bytes]]:
    """A cold question, a second one, an article by its title; and the ids that the first found."""
    steps = [Taken(sent, cold=True)]
    with library.open_static(address, watch=lambda each: steps[-1].rounds.append(each)) as reader:
        found = ids_of(reader, first)
        steps[-1].stop()
        for step in (lambda: ids_of(reader, second), lambda: reader.find(article)):
            steps.append(Taken(sent, cold=False))
            step()
            steps[-1].stop()
    return steps, found


def ids_of(reader: StaticReader, query: str) -> list[bytes]:
    """Ids of the first ten results."""
    return [hit.id for hit in reader.search(query, limit=10).hits]


def spread(values: Sequence[float], digits: int = 3) -> dict[str, float]:
    """Median, nine in ten, the worst."""
    ordered = sorted(values)
    return {
        "median": round(statistics.median(ordered), digits),
        "p90": round(ordered[min(len(ordered) - 1, int(0.9 * len(ordered)))], digits),
        "worst": round(ordered[-1], digits),
    }


def told(steps: Sequence[Taken], whole: int) -> dict[str, object]:
    """What several steps of one kind took."""
    return {
        "kilobytes": spread([each.bytes / 1e3 for each in steps], 1),
        "share_percent": spread([100 * each.bytes / whole for each in steps], 4),
        "requests": spread([each.requests for each in steps], 0),
        "rounds": spread([len(each.rounds) for each in steps], 0),
        "seconds_http2": spread([each.seconds[0] for each in steps]),
        "seconds_http1": spread([each.seconds[1] for each in steps]),
    }


def browser(address: str, sent: Counter[str], query: str) -> dict[str, object] | None:
    """What the page itself and a question in it cost in chromium; None where there is none."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    program = shutil.which("chromium")
    if program is None:
        return None
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=program, args=["--no-sandbox", "--disable-gpu"])
        before = Counter(sent)
        page = started.new_page(service_workers="block")
        page.goto(f"{address}#/search/{query}")
        page.wait_for_selector(".results")
        found = sent - before
        started.close()
    return {"kilobytes": round(found["bytes"] / 1e3, 1), "requests": found["requests"]}


def main() -> None:
    """Measure."""
    parser = results.arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    )
    parser.add_argument("edition", type=Path)
    parser.add_argument("--static", type=Path, help="where it was laid out before")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--browser", action="store_true")
    given = parser.parse_args()
    wanted = questions(2 * given.questions)
    with tempfile.TemporaryDirectory(prefix="static-") as folder:
        place, began = given.static or Path(folder) / "static", time.process_time()
        written = library.lay_out_static(given.edition, place)
        laid_out = time.process_time() - began
        whole = sum(path.stat().st_size for path in given.edition.rglob("*") if path.is_file())
        figures: dict[str, object] = {
            "edition_megabytes": round(whole / 1e6, 1),
            "static_megabytes": round(written.size / 1e6, 1),
            "files_megabytes": {each.name: round(each.size / 1e6, 2) for each in written.manifest.files},
            "laying_out_cpu_seconds": round(laid_out, 1) if written.new else "it lay there",
            "download_seconds": round(whole * 8 / RATE, 1),
        }
        runs: list[list[Taken]] = []
        same, first_same, ten = 0, 0, 0
        with served(place) as (address, sent), library.open_library([given.edition]) as local:
            names = [local.editions[0].head(row * 37 % len(local.editions[0])).title for row in range(given.questions)]
            for number, (one, two) in enumerate(zip(wanted[::2], wanted[1::2], strict=False)):
                steps, found = asked(address, sent, one, two, names[number])
                runs.append(steps)
                expected = [hit.id for hit in local.search(one, by="words", limit=10).hits]
                first_same += found[:1] == expected[:1]
                same += len(set(found) & set(expected))
                ten += len(expected)
                if sys.stderr.isatty():
                    print(f"\r{number + 1}", end="", file=sys.stderr)
            if given.browser:
                figures["page_and_question"] = browser(address, sent, wanted[0])
    for name, place_ in (("cold_question", 0), ("second_question", 1), ("article", 2)):
        figures[name] = told([run[place_] for run in runs], whole)
    figures["cold_kilobytes_by_file"] = {
        name: round(statistics.mean(run[0].by_file[name] for run in runs) / 1e3, 1)
        for name in (
            "manifest.json",
            "start",
            "terms",
            "titles",
            "postings",
            "catalogue",
            "heads",
            "articles",
            "sources",
        )
    }
    figures["quality"] = {
        "questions": len(runs),
        "first_as_local_percent": round(100 * first_same / len(runs), 1),
        "of_first_ten_percent": round(100 * same / max(1, ten), 1),
    }
    worst = max(run[0].bytes for run in runs) / whole
    slowest, over_six = (max(run[0].seconds[way] for run in runs) for way in (0, 1))
    figures["bar"] = {
        "share": f"{100 * worst:.3f} % worst, {100 * BAR_SHARE} % allowed",
        "seconds": f"{slowest:.2f} s worst over HTTP/2, {BAR_SECONDS} s allowed; {over_six:.2f} s over HTTP/1.1",
        "met": worst <= BAR_SHARE and slowest <= BAR_SECONDS,
    }
    print(json.dumps(figures, indent=1))
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
