"""Bad queries: empty, huge, binary, in every script, full of operators. Never an exception, never over a second.

    python -m benchmarks.bad_queries [--edition NAME.edition] [--trials 500] [--seed N] [--articles N]

Without --edition one is built of English Wikipedia (AA and AB, 13,000 articles) and Chinese (26,000). Every query of a
fixed list, and then of a fuzzer, which puts pieces of queries, titles of the edition and characters of all planes
together and spoils them, goes through `Library.search`, `.passages` (words, meaning, hybrid), `.suggest`, the same with
hostile `language` and `source`, and, as raw bytes, to the HTTP API (`search`, `suggest`) and the page of results, whose
status must be below 500. What raises, answers 500 or takes over a second is a fault, and makes this program's own
status 1. A slow query is asked twice more and counts with its best time, because a busy machine is nobody's fault;
what takes 20 seconds is stopped. Real data: GALACTICA_DATA.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import logging
import os
import random
import signal
import sys
import tarfile
import tempfile
import time
import traceback
import unicodedata
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes

from benchmarks import results
from benchmarks.data import real, wikipedia
from benchmarks.question_sets import said, use
from galactica import library
from galactica.building import meaning
from galactica.library import Library, open_library
from galactica.search.ranker import load
from galactica.web.app import create_app
from galactica.web.security import MAX_TARGET

MOST_SECONDS = 1.0
STOPPED = 20.0
"""Seconds after which a query is stopped."""

SLOWEST = 15
"""Queries that are shown at the end."""

SYNTAX = (
    '"', "'", "“", "„", "«", "-", "--", "+", "(", ")", "[", "]", "{", "}", "*", "?", "~", "^", ":", "\\", "/", "|",
    "title:", "lang:", "language:", "source:", "-title:", '-"', 'title:"', "lang:zh ", "source:enwiki ", " AND ",
    " OR ", " NOT ", " TO ", "^2", "~1", "/.*/", "\x00", "\t", "\n", "\u200b", "\u202e", "\ufeff", "\ud800", "\udfff",
)  # fmt: skip
"""Pieces that mean something to some search engine, or to ours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What one way of asking made of one query.

    Attributes:
        query: what it is, in words.
        way: how it was asked.
        seconds: the best of three where the first was slow.
        fault: what is wrong; "" where nothing is.
    """

    query: str
    way: str
    seconds: float
    fault: str = ""


def queries() -> Iterator[tuple[str, str]]:
    """(name, query) of the fixed list."""
    yield from {
        "empty": "",
        "a space": " ",
        "white space": " \t\r\n\v\f\u00a0\u2003\u3000" * 50,
        "one letter": "a",
        "one Han character": "中",
        "control characters": "".join(map(chr, range(32))) + "\x7f" + "".join(map(chr, range(128, 160))),
        "a null byte": "radium\x00discovered",
        "binary": random.Random(1).randbytes(5_000).decode("latin-1"),
        "binary, 100 kB": random.Random(2).randbytes(100_000).decode("latin-1"),
        "lone surrogates": "\ud800\udfff radium \udc80",
        "only surrogates": "\ud800" * 1_000,
        "non-characters": "\ufffe\uffff\U0001fffe\U0010ffff",
        "private use": "\ue000\uf8ff\U000f0000" * 100,
        "right to left": "من اكتشف الراديوم؟ מי גילה את הרדיום?",
        "bidirectional overrides": "\u202e\u2066radium\u2069\u202c" * 500,
        "emoji": "👩‍🔬🧪☢️ 👨‍👩‍👧‍👦 🇫🇷🇵🇱",
        "emoji, 10,000": "👩‍🔬" * 10_000,
        "an unbalanced quote": '"marie curie',
        "unbalanced quotes": '""" “ « „ " radium',
        "quotes, 100,000": '"' * 100_000,
        "quoted letters, 20,000": '"a b" ' * 20_000,
        "phrases, 2,000 different": " ".join(f'"word{n} of{n}"' for n in range(2_000)),
        "phrases of stop words": '"the of" "of the" "in the" "to the" "and the" "of a" "is the" "was the"',
        "one phrase of 5,000 words": '"' + "the of and in " * 1_250 + '"',
        "minus signs, 100,000": "-" * 100_000,
        "words left out, 5,000": " ".join(f"-word{n}" for n in range(5_000)),
        "common words left out": "-the -of -and -in -to -a",
        "all left out": "-the",
        "phrases left out": 'history -"of the" -"in the" -"and the" -"to the" -"on the" -"by the" -"at the"',
        "filters, 5,000": "lang:en source:x title:y " * 5_000,
        "filters alone": "lang:en",
        "a filter without a value": "lang: source: title:",
        "a thousand languages": " ".join(f"lang:{a}{b}" for a in "abcdefghijklmnopqrstuvwxyz" for b in "abcdefghijkl"),
        "titles wanted": "title:the title:of title:history",
        "title phrases": 'title:"history of" title:"list of" title:"the"',
        "10,000 words": " ".join(f"word{n}" for n in range(10_000)),
        "10,000 real words": " ".join(
            ("science history water city king war music language river star".split()) * 1_000
        ),
        "400 common words": " ".join(COMMON.split() * 8),
        "stop words": "the of and a to in is you that it he was for on are as with his they I at be this",
        "one word, 100 kB": "a" * 100_000,
        "one word of digits": "9" * 50_000,
        "a word of every length": " ".join("x" * n for n in range(1, 400)),
        "Han, 100 kB": "中华人民共和国历史" * 12_000,
        "Han, no repetition": "".join(map(chr, range(0x4E00, 0x9FFF))),
        "Thai without a space": "ประเทศไทยมีเมืองหลวงชื่ออะไร" * 300,
        "Hangul": "라듐을 발견한 사람은 누구입니까 " * 300,
        "kana": "ラジウムを発見したのは誰ですか" * 300,
        "Khmer and Burmese": "តើអ្នកណា ရေဒီယမ်ကို ဘယ်သူ" * 300,
        "combining marks on one letter": "a" + "\u0301" * 50_000,
        "combining marks on each": "".join(c + "\u0300\u0323\u0489" * 20 for c in "radium discovery") * 20,
        "only combining marks": "\u0301\u0489\u20dd" * 10_000,
        "Indic marks": "क" + "\u094d\u093f" * 10_000,
        "jamo": "\u1100\u1161\u11a8" * 10_000,
        "variation selectors": "a\ufe0f\U000e0100" * 10_000,
        "ligatures that grow": "\ufdfa" * 8_000,
        "letters that grow": "ßİŉǰΐ" * 5_000,
        "every script, one character": "".join(one_of_each()),
        "every script, apart": " ".join(one_of_each()),
        "a regular expression": r"^(a+)+$ (.*)*\1 [^x]{1,9999} (?=x)(?!y) \d{99}",
        "a wildcard": "* ?* ra*um *:*",
        "Lucene": 'radium~2 AND (curie^4 OR "x y"~10) NOT title:[a TO z] +must -not {1 TO *}',
        "SQL": "'; DROP TABLE articles; -- \" OR 1=1",
        "HTML": "<script>alert(1)</script><img src=x onerror=alert(1)>&lt;&#0;",
        "a path": "../../../../etc/passwd\x00.html",
        "a format string": "%s%n%x{0}{__class__}${jndi:ldap://x}",
        "brackets, 10,000 deep": "(" * 10_000 + ")" * 10_000,
        "punctuation": "!@#$%^&*()_+-=[]{}|;':,./<>?`~¡¿…" * 200,
        "underscores": "_" * 10_000,
        "a soft hyphen in each word": "ra\u00addium dis\u00adcovered " * 500,
        "zero width": "r\u200ba\u200cd\u200di\u2060u\ufeffm",
        "numbers": " ".join(map(str, range(5_000))),
        "a large number": "1" + ",000" * 5_000,
        "a decimal": "3." + "14159" * 5_000,
        "mistyped words": "radiun discoverd sciense histroy languag rivr mountian " * 10,
        "long mistyped words": " ".join("internationalisatoin"[:k] + "q" for k in range(3, 20)) * 20,
        "letters in mixed case": "".join(c.upper() if n % 2 else c for n, c in enumerate("whodiscoveredradium" * 200)),
    }.items()


COMMON = (
    "time year people way day man thing woman life child world school state family student group country problem hand "
    "part place case week company system program question work government number night point home water room mother"
)


def one_of_each() -> Iterator[str]:
    """A letter of each script, as the names of the characters tell it."""
    seen: set[str] = set()
    for point in range(0x20, 0x30000):
        character = chr(point)
        if character.isalpha():
            script = unicodedata.name(character, "").partition(" ")[0]
            if script not in seen:
                seen.add(script)
                yield character


class Fuzzer:
    """Makes queries; the same seed makes the same ones."""

    def __init__(self, seed: int, titles: Sequence[str]) -> None:
        self._chance = random.Random(seed)
        self._titles = titles
        self._fixed = [query for _, query in queries() if 0 < len(query) < 2_000]

    def query(self) -> str:
        """One query: most are short, a few have 100,000 characters."""
        chance = self._chance
        pieces = [self._piece() for _ in range(int(2 ** chance.uniform(0, 7)))]
        text = chance.choice(("", " ", " ")).join(pieces)
        if chance.random() < 0.05:
            text *= chance.randrange(2, 200)
        for _ in range(chance.choice((0, 0, 1, 3))):
            text = self._spoiled(text)
        return text[:100_000]

    def _piece(self) -> str:
        chance, kind = self._chance, self._chance.random()
        if kind < 0.35:
            return chance.choice(self._titles)
        if kind < 0.6:
            return chance.choice(SYNTAX)
        if kind < 0.75:
            return chance.choice(COMMON.split())
        if kind < 0.8:
            return chance.choice(self._fixed)
        if kind < 0.9:
            start = chance.choice(
                (0, 0x80, 0x300, 0x590, 0x900, 0xE00, 0x1100, 0x2000, 0x4E00, 0xAC00, 0xFB00, 0x1F300)
            )
            return "".join(chr(start + chance.randrange(0x100)) for _ in range(chance.randrange(1, 12)))
        return "".join(chr(chance.randrange(0x110000)) for _ in range(chance.randrange(1, 6)))

    def _spoiled(self, text: str) -> str:
        chance, at = self._chance, self._chance.randrange(len(text) + 1)
        return chance.choice(
            (
                text[:at],
                text[at:],
                text[:at] + chance.choice(SYNTAX) + text[at:],
                text[::-1],
                text.swapcase(),
                text[:at] + chr(chance.randrange(0x110000)) * chance.randrange(1, 300) + text[at:],
                unicodedata.normalize("NFD", text[:5_000]),
            )
        )


class Rooms:
    """All ways of asking an open library."""

    def __init__(self, opened: Library) -> None:
        self._library = opened
        self._app = create_app(opened)
        self._loop = asyncio.new_event_loop()
        self._ways: dict[str, Callable[[str], object]] = {
            "search": lambda q: opened.search(q),
            "search, page 100": lambda q: opened.search(q, limit=100, offset=900),
            "search, lang and source": lambda q: opened.search("radium", language=q, source=q),
            "passages by words": lambda q: opened.passages(q, by="words"),
            "passages by meaning": lambda q: opened.passages(q, by="meaning"),
            "passages by both": lambda q: opened.passages(q, by="hybrid"),
            "100 passages by both": lambda q: opened.passages(q, by="hybrid", limit=100),
            "passages, lang and source": lambda q: opened.passages("radium", language=q, source=q),
            "suggest": lambda q: opened.suggest(q),
            "find": lambda q: opened.find(q),
            "api search": lambda q: self._get("/api/v1/search", q),
            "api suggest": lambda q: self._get("/api/v1/suggest", q),
            "page of results": lambda q: self._get("/search", q),
        }

    def ask(self, name: str, query: str) -> Iterator[Trial]:
        """One query in every way."""
        for way, ask in self._ways.items():
            yield tried(name, way, ask, query)

    def raw(self, query: bytes) -> Trial:
        """Bytes that are no UTF-8, as they stand in an address."""
        return tried(f"raw {query[:40]!r}", "api search", lambda _: self._send("/api/v1/search", query), "")

    def _get(self, path: str, query: str) -> None:
        asked = b"q=" + quote_from_bytes(query.encode("utf-8", "surrogatepass")).encode()
        self._send(path, asked[: MAX_TARGET + 100])

    def _send(self, path: str, query: bytes) -> None:
        """Answer one request without a socket; raises where the status is 500 or above."""
        scope = {
            "type": "http",
            "http_version": "1.1",
            "method": "GET",
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "root_path": "",
            "query_string": query,
            "headers": [(b"host", b"127.0.0.1")],
            "client": ("127.0.0.1", 1),
            "server": ("127.0.0.1", 80),
        }
        status: list[int] = []

        async def receive() -> dict[str, object]:
            return {"type": "http.request", "body": b"", "more_body": False}

        async def send(message: MutableMapping[str, Any]) -> None:
            if message["type"] == "http.response.start":
                status.append(int(str(message["status"])))

        self._loop.run_until_complete(self._app(scope, receive, send))
        if status[0] >= 500:
            raise RuntimeError(f"status {status[0]}")


def tried(name: str, way: str, ask: Callable[[str], object], query: str) -> Trial:
    """Ask in one way; up to three times where it is slow."""
    seconds, fault = timed(ask, query)
    if not fault and seconds > MOST_SECONDS:
        seconds = min(seconds, *(timed(ask, query)[0] for _ in range(2)))
        fault = f"took {seconds:.2f} s" if seconds > MOST_SECONDS else ""
    return Trial(query=name, way=way, seconds=seconds, fault=fault)


def timed(ask: Callable[[str], object], query: str) -> tuple[float, str]:
    """(seconds, what went wrong)."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"stopped after {STOPPED:.0f} s")

    signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, STOPPED)
    begun = time.perf_counter()
    try:
        ask(query)
    except Exception as error:
        where = traceback.extract_tb(error.__traceback__)[-1]
        return (
            time.perf_counter() - begun,
            f"{type(error).__name__}: {error!s:.200} ({where.name}, line {where.lineno})",
        )
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
    return time.perf_counter() - begun, ""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", type=Path, help="an edition with both indexes")
    parser.add_argument("--articles", type=int, default=0, help="build of so many English articles; 0 is all")
    parser.add_argument("--encoder", default="static", help="the static encoder: a trained file in place of ours")
    parser.add_argument("--trials", type=int, default=500, help="queries of the fuzzer")
    parser.add_argument("--seed", type=int, default=2026)
    given = results.arguments(parser).parse_args()
    use(given.encoder)
    load("ranker")  # without weights, search by both would not be tried
    logging.getLogger("galactica.web").setLevel(logging.CRITICAL)
    with tempfile.TemporaryDirectory(prefix="bad-queries-") as folder:
        edition = given.edition or built(Path(folder), given.articles)
        with open_library([edition]) as opened:
            trials = list(all_trials(opened, given.trials, given.seed))
    faults = [trial for trial in trials if trial.fault]
    print(f"{len(trials):,} trials, {len(faults):,} faults; the slowest:")
    for trial in sorted(trials, key=lambda trial: -trial.seconds)[:SLOWEST]:
        print(f"  {1000 * trial.seconds:8.0f} ms  {trial.way:26} {trial.query}")
    slowest = max((trial.seconds for trial in trials), default=0.0)
    results.keep(__file__, given, {"trials": len(trials), "faults": len(faults), "slowest, ms": 1000 * slowest})
    sys.exit(bool(faults))


def all_trials(opened: Library, count: int, seed: int) -> Iterator[Trial]:
    """Every trial; faults are printed as they come."""
    rooms = Rooms(opened)
    edition = opened.editions[0]
    titles = [
        edition.head(row).title for row in random.Random(seed).sample(range(len(edition)), min(2_000, len(edition)))
    ]
    fuzzer = Fuzzer(seed, titles)
    named = [*queries(), *((f"fuzz {number}", fuzzer.query()) for number in range(count))]
    opened.search("warm")
    for number, (name, query) in enumerate(named):
        for trial in rooms.ask(name, query):
            yield told(trial, query)
        if number % 100 == 0:
            print(f"{number:,} of {len(named):,} queries", file=sys.stderr, flush=True)
    chance = random.Random(seed)
    for raw in (b"", b"q", b"q=", b"&&&", b"q=%", b"q=%ff%fe", b"q=\xff\xfe", b"q=%u1234", b"q=a&q=b", b"=" * 500):
        yield told(rooms.raw(raw), repr(raw))
    for _ in range(count // 10):
        raw = chance.choice((b"", b"q=", b"q=x&limit=")) + chance.randbytes(chance.randrange(1, 300))
        yield told(rooms.raw(raw), repr(raw))


def told(trial: Trial, query: str) -> Trial:
    if trial.fault:
        print(f"FAULT  {trial.way}, {trial.query}: {trial.fault}\n       {query[:200]!a}", flush=True)
    return trial


def built(folder: Path, articles: int) -> Path:
    """An edition of two languages."""
    sources: list[Path | str] = [wikipedia(folder / "en", articles=articles)[0]]
    if not articles:
        with tarfile.open(real("zhwiki-wikiextractor/AA.tar.xz")) as archive:
            archive.extractall(folder / "zh", filter="data")
        sources.append(folder / "zh")
    out = folder / "bad-queries.edition"
    library.build(out, sources, meaning=False)
    meaning.add_meaning(out, workers=os.cpu_count() or 1, note=said)
    return out


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        main()
