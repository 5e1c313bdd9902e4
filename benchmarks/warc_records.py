"""Web archives beside warcio and fastwarc: records found, lost and told, whole and damaged; speed and memory.

    python -m benchmarks.warc_records [--damaged N] [--megabytes N] [--seed N] [--against FILE]

First every archive of the real data: records that each of the three readers finds, and what ours become; records in
must be documents, redirects, files and rejected out. Then `--damaged` copies of them with bytes flipped, taken out, put
in or cut off: records found by each reader, tracebacks of ours. Then a made archive of so many megabytes, plain and
packed by record, with pages of html-scrapinghub, pictures, and a film of a fifth of it: seconds of CPU time to read
all records with their blocks, and of our reading (two passes, everything settled); memory, each in its own process. The
archives lie in the system's place for temporary files while they are read. Needs warcio and fastwarc.

Source: 2026-11-29, two busy cores, Python 3.11: 374 records of 39 archives (warcio 313, fastwarc 333), all balanced; of
2,000 damaged copies 8,600 records (6,019, 4,202), no traceback; 1 GB in 18 s of CPU time (packed 25), 223 MB of memory.
"""

from __future__ import annotations

import argparse
import gzip
import logging
import multiprocessing
import random
import re
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from galactica.errors import InputError
from galactica.model import Attachment, Document, Redirect, Rejected
from galactica.sources.contract import SourceOptions
from galactica.sources.warc import WarcSource
from galactica.sources.warc_flow import Flow
from galactica.sources.warc_payload import HELD
from galactica.sources.warc_records import Records

FOLDERS = ("warc-warcio", "warc-more")
ENDINGS = (".warc", ".arc", ".gz", ".bad", ".wet", ".wat", ".lz4")
SMALL = 60_000
"""Bytes of the largest archive that is damaged."""


def ours(path: Path) -> int:
    """Records that our reader finds, with their blocks; gaps do not count."""
    flow = Flow(path)
    count = sum(record.form != "gap" for record in Records(flow, lambda number, fields: HELD).read())
    flow.close()
    return count


def warcio(path: Path) -> int:
    """Records that warcio finds before it gives up."""
    from warcio.archiveiterator import ArchiveIterator

    count = 0
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream):
                record.content_stream().read()
                count += 1
    except Exception:  # whatever it raises, it stops there
        return count
    return count


def fastwarc(path: Path) -> int:
    """Records that fastwarc finds before it gives up, at its most lenient."""
    from fastwarc.warc import ArchiveIterator

    count = 0
    try:
        with path.open("rb") as stream:
            for record in ArchiveIterator(stream, parse_http=False, strict_mode=False):
                record.reader.read()
                count += 1
    except Exception:  # whatever it raises, it stops there
        return count
    return count


READERS: dict[str, Callable[[Path], int]] = {"ours": ours, "warcio": warcio, "fastwarc": fastwarc}


def whole(path: Path) -> Counter[str]:
    """What our reading makes of an archive; "" is what went in, gaps among it."""
    found: Counter[str] = Counter()
    flow = Flow(path)
    found[""] = sum(1 for _ in Records(flow, lambda number, fields: 0).read())
    flow.close()
    with WarcSource(path, SourceOptions()) as source:
        for item in source.read():
            if isinstance(item, Document | Redirect | Attachment | Rejected):
                found[item.reason if isinstance(item, Rejected) else type(item).__name__] += 1
    return found


def balanced(found: Counter[str]) -> bool:
    """Whether as much came out as went in."""
    return found[""] == sum(found.values()) - found[""]


def files() -> Iterator[Path]:
    """The archives of the real data."""
    for folder in FOLDERS:
        for path in sorted(real(folder).rglob("*")):
            if path.is_file() and path.name.endswith(ENDINGS):
                yield path


def damaged(raw: bytes, rnd: random.Random) -> bytes:
    """Bytes with some damage."""
    found = bytearray(raw)
    for _ in range(rnd.choice((1, 1, 2, 5))):
        at, what = rnd.randrange(len(found) + 1), rnd.random()
        if what < 0.5 and at < len(found):
            found[at] = rnd.randrange(256)
        elif what < 0.7:
            del found[at : at + rnd.choice((1, 4, 100, 3000))]
        elif what < 0.9:
            found[at:at] = rnd.randbytes(rnd.choice((1, 4, 50)))
        else:
            del found[at:]
    return bytes(found)


def try_damaged(count: int, seed: int) -> dict[str, int]:
    """Records found in damaged copies by each reader, and what went wrong with ours."""
    rnd = random.Random(seed)
    samples = [path for path in files() if path.stat().st_size < SMALL]
    sums: Counter[str] = Counter({"more by a peer": 0, "tracebacks": 0, "not balanced": 0})
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "x.warc"
        for _ in range(count):
            raw = damaged(rnd.choice(samples).read_bytes(), rnd)
            place.write_bytes(raw or b"\n")
            found = {name: reader(place) for name, reader in READERS.items()}
            sums.update(found)
            sums["more by a peer"] += max(found["warcio"], found["fastwarc"]) > found["ours"]
            try:
                sums["not balanced"] += not balanced(whole(place))
            except InputError:
                sums["refused"] += 1
            except Exception:
                traceback.print_exc()
                sums["tracebacks"] += 1
    return dict(sums)


def made(path: Path, megabytes: int, pack: Callable[[bytes], bytes]) -> None:
    """Write an archive: a fifth of it one film, the rest pages with a picture each."""
    pages = [gzip.decompress(each.read_bytes()) for each in sorted(real("html-scrapinghub/html").glob("*.gz"))]
    rnd = random.Random(1)
    with path.open("wb") as out:
        film = _head(0, "http://example.com/film.mp4", "video/mp4", megabytes * 200_000)
        out.write(pack(film + rnd.randbytes(megabytes * 200_000) + b"\r\n\r\n"))
        size, number = megabytes * 200_000, 1
        while size < megabytes * 1_000_000:
            page, picture = pages[number % len(pages)], b"\xff\xd8\xff" + rnd.randbytes(rnd.randrange(1000, 40_000))
            at = f"http://h{number // 500}.example.com/{number}"
            for name, kind, body in ((at, "text/html; charset=utf-8", page), (f"{at}.jpg", "image/jpeg", picture)):
                record = _head(number, name, kind, len(body)) + body + b"\r\n\r\n"
                size += len(record)
                out.write(pack(record))
            number += 1


def _head(number: int, address: str, kind: str, size: int) -> bytes:
    http = f"HTTP/1.1 200 OK\r\nContent-Type: {kind}\r\nContent-Length: {size}\r\n\r\n"
    warc = f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2020-01-02T03:{number % 60:02}:05Z\r\n"
    warc += f"WARC-Record-ID: <urn:uuid:{number}-{kind[:5]}>\r\nWARC-Target-URI: {address}\r\n"
    warc += f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) + size}\r\n\r\n"
    return (warc + http).encode()


def timed(name: str, path: Path) -> tuple[float, int, int]:
    """(seconds of CPU time, records, megabytes of memory) of one reader, in this process."""
    began = time.process_time()
    count = whole(path)[""] if name == "read" else READERS[name](path)
    seconds = time.process_time() - began
    peak = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())
    return seconds, count, int(peak[1]) // 1024 if peak else 0


def speed(megabytes: int) -> dict[str, dict[str, float]]:
    """Megabytes (unpacked) a second of CPU time, and memory, of each reader."""
    found: dict[str, dict[str, float]] = {}
    context = multiprocessing.get_context("spawn")
    with tempfile.TemporaryDirectory() as folder:
        for form, pack in (("plain", bytes), ("gzip", lambda raw: gzip.compress(raw, 6))):
            path = Path(folder) / ("x.warc" if form == "plain" else "x.warc.gz")
            made(path, megabytes, pack)
            for name in (*READERS, "read"):
                with context.Pool(1) as pool:
                    seconds, count, memory = pool.apply(timed, (name, path))
                found[f"{form} {name}"] = {
                    "MB/s": round(megabytes / max(seconds, 1e-3), 1),
                    "records": count,
                    "memory MB": memory,
                }
            path.unlink()
    return found


def main() -> None:
    """Run it."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--damaged", type=int, default=2000, metavar="N")
    parser.add_argument("--megabytes", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    logging.disable()
    found: dict[str, dict[str, int]] = {}
    for path in files():
        read = whole(path)
        name = f"{path.parent.name}/{path.name}"
        found[name] = {reader: count(path) for reader, count in READERS.items()} | {"in": read.pop("")} | dict(read)
        odd = "" if sum(read.values()) == found[name]["in"] else "  NOT BALANCED"
        print(name, *(f"{key} {value}" for key, value in found[name].items()), odd, flush=True)
    totals = {name: sum(each[name] for each in found.values()) for name in READERS}
    print("records in all:", totals)
    broken = try_damaged(given.damaged, given.seed)
    print(f"{given.damaged} damaged copies:", broken, flush=True)
    speeds = speed(given.megabytes)
    for name, figures in speeds.items():
        print(name, *(f"{key} {value:,}" for key, value in figures.items()))
    results.keep(__file__, given, {"totals": totals, "files": found, "damaged": broken, "speed": speeds})


if __name__ == "__main__":
    main()
