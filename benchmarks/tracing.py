"""Texts traced to where they stand in a view: what is found, how long it takes, how large the index is.

    python -m benchmarks.tracing VIEW [--foreign VIEW] [--curve VIEW …] [--peer]

Needs `tokenizers`; `--peer` measures infini-gram beside it. Tokens are those of a BPE tokenizer (32,000 of them) that
is trained on the view.

* planted: stretches of ten to two hundred tokens of known articles among words that are nobody's; each must be found
  whole, with its article; and as many of exactly ten tokens;
* chance: words in nobody's order, and running text of another view: what is told beyond chance is counted and shown;
* every span that is told is compared with the document once more here;
* size, time and peak memory of making the index; the same for each `--curve` view; p50 and p99 of a text of 2,000
  bytes.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from benchmarks import results, tracing_peer
from benchmarks.tracing_texts import Planted, Words, percentiles, plain_texts, planted_texts
from galactica.train.tracing.chance import chance_bytes
from galactica.train.tracing.index import TraceIndex
from galactica.train.tracing.told import TracedText
from galactica.train.tracing.tracing import MOST_PLACES, Tracer
from galactica.train.views.view import View

VOCABULARY = 32_000
LEARNED = 30_000_000
"""Bytes that the tokenizer is trained on."""

_MAKE = """
import sys
from pathlib import Path
from galactica.train.tracing.building import build_trace_index
from galactica.train.views.view import View
build_trace_index(View.open(sys.argv[1]), Path(sys.argv[2]), workers=0)
"""


class Bpe:
    """A byte-level BPE tokenizer."""

    def __init__(self, view: View) -> None:
        from tokenizers import ByteLevelBPETokenizer

        self._model: Any = ByteLevelBPETokenizer()
        chosen = random.Random(1)
        texts: list[str] = []
        size = 0
        while size < LEARNED and len(texts) < 4 * len(view):
            texts.append(view.read([chosen.randrange(len(view))])[0].decode())
            size += len(texts[-1])
        self._model.train_from_iterator(texts, vocab_size=VOCABULARY, show_progress=False)

    def cut(self, text: str) -> list[tuple[int, int]]:
        """Code points of each token."""
        return list(self._model.encode(text).offsets)

    def ids(self, text: str) -> list[int]:
        """Numbers of the tokens."""
        return list(self._model.encode(text).ids)


def made(view: Path, out: Path) -> dict[str, float]:
    """Make the index in a process of its own; returns what it took."""
    begun = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-c", _MAKE, str(view), str(out)])
    _, status, used = os.wait4(process.pid, 0)
    if status:
        raise RuntimeError(f"the index of {view.name} was not made")
    index = TraceIndex.open(out)
    size, text = sum(each.stat().st_size for each in out.iterdir()), index.manifest.text_bytes
    cpu = used.ru_utime + used.ru_stime
    opening = time.perf_counter()
    TraceIndex.open(out)
    return {
        "text_mb": round(text / 1e6, 1),
        "parts": len(index.manifest.parts),
        "index_by_text": round(size / text, 4),
        "seconds": round(opening - begun, 1),
        "cpu_seconds": round(cpu, 1),
        "mb_per_cpu_second": round(text / 1e6 / cpu, 2),
        "peak_mb": round(used.ru_maxrss / 1000, 1),
        "open_seconds": round(time.perf_counter() - opening, 3),
    }


class Timed:
    """A tracer that keeps what each text took, and sees that every place is as it says."""

    def __init__(self, tracer: Tracer) -> None:
        self._tracer = tracer
        self.walls: list[float] = []
        self.cpus: list[float] = []
        self.false = 0

    def trace(self, text: str, *, least: int | None = None, places: int = 3) -> TracedText:
        """Trace a text."""
        begun, cpu = time.perf_counter(), time.process_time()
        found = self._tracer.trace(text, least=least, places=places)
        self.walls.append((time.perf_counter() - begun) * 1000)
        self.cpus.append((time.process_time() - cpu) * 1000)
        for span in found.spans:
            for place in span.places:
                document = self._tracer.view.read([place.document])[0].decode()
                self.false += document[place.start : place.end] != text[span.start : span.end]
        return found

    def took(self) -> dict[str, object]:
        """Milliseconds of all texts so far."""
        return {"wall_ms": percentiles(self.walls), "cpu_ms": percentiles(self.cpus)}


def found_of(tracer: Tracer, texts: Sequence[Planted]) -> dict[str, object]:
    """How many of the planted stretches are found, whole, with their article, when spans as long are asked for."""
    timed = Timed(tracer)
    whole = right = often = beyond = 0
    for each in texts:
        size = len(each.text[each.start : each.end].encode())
        traced = timed.trace(each.text, least=size, places=MOST_PLACES)
        beyond += size >= chance_bytes(tracer.index.manifest, len(each.text) // 4)
        spans = [span for span in traced.spans if span.start <= each.start and each.end <= span.end]
        whole += bool(spans)
        own = any(place.document == each.document for span in spans for place in span.places)
        right += own
        often += bool(spans) and not own and any(span.count > MOST_PLACES for span in spans)
        if not spans or not (own or any(span.count > MOST_PLACES for span in spans)):
            print(f"  {'other article' if spans else 'missed'}: {each.text[each.start : each.end]!r}")
    return {
        "planted": len(texts),
        "beyond_chance": beyond,
        "found_whole": whole,
        "right_article": right,
        "in_more_places_than_told": often,
        "false_places": timed.false,
    }


def by_chance(tracer: Tracer, texts: Sequence[str], shown: int = 8) -> dict[str, object]:
    """What is told of texts that are not from the view."""
    timed = Timed(tracer)
    spans = [
        (span.bytes, text[span.start : span.end], span.places[0].facts.title)
        for text in texts
        for span in timed.trace(text).spans
    ]
    spans.sort(reverse=True)
    for size, words, title in spans[:shown]:
        print(f"  {size} bytes: {words!r} ({title})")
    having = sum(bool(tracer.trace(text).spans) for text in texts)
    return {
        "texts": len(texts),
        "with_spans": having,
        "spans": len(spans),
        "longest_bytes": spans[0][0] if spans else 0,
        "least_bytes": tracer.trace(texts[0]).least,
        "false_places": timed.false,
    }


def beside(view: View, bpe: Bpe, texts: Sequence[str], most: int, work: Path) -> dict[str, object]:
    """infini-gram over the first documents of the view, with as many bytes as are asked for."""
    ends = view.sizes.cumsum()
    stop = min(len(view), int(ends.searchsorted(most)) + 1)
    size = int(ends[stop - 1])
    in_bytes = tracing_peer.built_in_bytes((text for _, text in view.scan(0, stop)), work / "bytes")
    in_tokens = tracing_peer.built_in_tokens((text for _, text in view.scan(0, stop)), bpe.ids, work / "tokens")
    for each in (in_bytes, in_tokens):
        each["index_by_text"] = round(each["bytes"] / size, 3)
    return {
        "text_mb": round(size / 1e6, 1),
        "bytes": {
            **in_bytes,
            **tracing_peer.attributed(work / "bytes" / "index", "u8", [list(text.encode()) for text in texts], 40),
        },
        "tokens": {
            **in_tokens,
            **tracing_peer.attributed(work / "tokens" / "index", "u16", [bpe.ids(text) for text in texts], 10),
        },
    }


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("view", type=Path, metavar="VIEW")
    parser.add_argument("--foreign", type=Path, metavar="VIEW", help="another corpus in the same language")
    parser.add_argument("--curve", type=Path, nargs="*", default=[], metavar="VIEW")
    parser.add_argument("--planted", type=int, default=1000)
    parser.add_argument("--texts", type=int, default=500, help="texts that are timed")
    parser.add_argument("--peer", action="store_true")
    parser.add_argument("--peer-bytes", type=int, default=100_000_000)
    parser.add_argument("--peer-texts", type=int, default=50, help="of the timed ones, how many it is given")
    given = results.arguments(parser).parse_args()
    figures: dict[str, object] = {}
    work = Path(tempfile.mkdtemp(prefix="tracing"))
    try:
        figures["index"] = made(given.view, work / "one.trace")
        print(figures["index"])
        figures["curve"] = {each.stem: made(each, work / f"{each.stem}.trace") for each in given.curve}
        print(figures["curve"])
        view = View.open(given.view)
        tracer = Tracer(view, TraceIndex.open(work / "one.trace"))
        bpe = Bpe(view)
        words = Words(view)
        chosen = random.Random(2)
        lengths = [chosen.choice((10, 12, 15, 20, 30, 50, 100, 200)) for _ in range(given.planted)]
        figures["planted"] = found_of(tracer, planted_texts(view, words, bpe, lengths, 3))
        print("planted", figures["planted"])
        figures["ten_tokens"] = found_of(tracer, planted_texts(view, words, bpe, [10] * given.planted, 4))
        print("ten tokens", figures["ten_tokens"])
        mixed = [words.mixed(10_000 + number) for number in range(given.texts)]
        figures["mixed_words"] = by_chance(tracer, mixed)
        print("mixed words", figures["mixed_words"])
        if given.foreign:
            with View.open(given.foreign) as other:
                figures["foreign"] = by_chance(tracer, plain_texts(other, given.texts, 5), 40)
            print("foreign", figures["foreign"])
        timed = Timed(tracer)
        asked = [each.text for each in planted_texts(view, words, bpe, lengths[: given.texts], 6)]
        for text in asked:
            timed.trace(text)
        figures["latency"] = timed.took()
        print("latency", figures["latency"])
        copied = Timed(tracer)
        for text in plain_texts(view, given.texts, 7):
            copied.trace(text)
        figures["latency_all_copied"] = copied.took()
        print("latency of copied texts", figures["latency_all_copied"])
        if given.peer:
            figures["infini_gram"] = beside(view, bpe, asked[: given.peer_texts], given.peer_bytes, work)
            print("infini-gram", figures["infini_gram"])
        results.keep(__file__, given, figures)
    finally:
        shutil.rmtree(work, ignore_errors=True)


if __name__ == "__main__":
    main()
