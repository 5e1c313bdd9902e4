"""Wikidata's entities: what comes of every file of the real data, and how fast beside qwikidata and a plain walk.

    python -m benchmarks.wikidata_entities [--times N] [--runs N] [--against FILE]

First every JSON, XML and RDF file of `wikidata`, `wikidata-more` and the Wikidata dump of `mwdump-dbpedia-mini`: the
entities (pages) that a plain reading counts, and what ours become: articles, redirects, rejections; claims that a plain
walk counts beside our statements of them; tracebacks. Then all these entities as one dump, so many times over: entities
and MB a second of processor time for (a) ours, statements and articles made, (b) `json.loads` of each line and a walk
that looks at each claim's value, (c) qwikidata's `WikidataJsonDump` with its items and their claims, where it is
installed; medians of so many runs in turn. Last the memory of ours, in a process of its own, on the dump and on four
times as much.
"""

from __future__ import annotations

import argparse
import bz2
import gzip
import html
import importlib.util
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.data import real
from galactica.errors import InputError
from galactica.model import Document, Redirect, Rejected, SourceStatement
from galactica.sources.formats import open_source

Entity = dict[str, Any]
_PAGE = re.compile(r"<page>(.*?)</page>", re.S)
_TEXT = re.compile(r"<model>wikibase-[^<]*</model>.*?<text[^>]*>(.*?)</text>", re.S)


def files() -> Iterator[Path]:
    """The files that hold entities, or say that they do."""
    for folder, ending in (("wikidata", "*"), ("wikidata-more", "*.json"), ("mwdump-dbpedia-mini/minidumps", "*.bz2")):
        for path in sorted(real(folder).rglob(ending)):
            known = path.is_file() and path.name.partition(".")[2] in ("json", "json.gz", "xml", "rdf", "xml.bz2")
            if known and ("minidumps" not in path.parts or "wikidata" in path.parts):
                yield path


def unpacked(path: Path) -> bytes:
    """The bytes of a file, packed or not."""
    raw = path.read_bytes()
    return gzip.decompress(raw) if path.suffix == ".gz" else bz2.decompress(raw) if path.suffix == ".bz2" else raw


def entities(path: Path) -> list[Entity] | None:
    """The entities of a JSON file by a plain reading; None where it is no file of entities."""
    raw = unpacked(path)
    try:
        whole = json.loads(raw)
    except ValueError:
        return None
    if isinstance(whole, list):
        return [each for each in whole if isinstance(each, dict) and "type" in each] or None
    if "entities" in whole:
        return list(whole["entities"].values())
    return [whole] if whole.get("type") in ("item", "property", "lexeme", "mediainfo") else None


def claims_of(entity: Entity) -> list[Any]:
    """All claims of an entity, those of its forms and senses among them."""
    found: list[Any] = []
    for part in (entity, *(entity.get("forms") or ()), *(entity.get("senses") or ())):
        held = part.get("claims") or part.get("statements") or {}
        if isinstance(held, dict):
            found += [claim for several in held.values() for claim in several]
    return found


def taken(path: Path) -> Counter[str] | None:
    """What comes of a file, by type and reason; None where it is refused as a whole."""
    found: Counter[str] = Counter()
    try:
        with open_source(path) as source:
            found["format: " + source.source.format] += 1
            for item in source.read():
                if isinstance(item, Document):
                    found["articles"] += 1
                    found["dropped"] += sum(count for _, count in item.dropped)
                elif isinstance(item, Redirect):
                    found["redirects"] += 1
                elif isinstance(item, Rejected):
                    found["rejected"] += 1
                elif isinstance(item, SourceStatement):
                    found["claims" if item.property.startswith(("wikidata:P", "commons:P")) else "facts"] += 1
    except InputError:
        return None
    except Exception:
        traceback.print_exc()
        found["traceback"] += 1
    return found


def accounted() -> dict[str, object]:
    """In = out + rejected, file by file."""
    total: Counter[str] = Counter()
    for path in files():
        got = taken(path)
        total["files"] += 1
        if got is None:
            total["files refused, no entities"] += 1
            held = entities(path) if ".json" in path.name else None
            if held:
                print("REFUSED WITH ENTITIES", path.name)
                total["refused with entities"] += 1
            continue
        total.update({name: count for name, count in got.items() if not name.startswith("format")})
        out = got["articles"] + got["redirects"] + got["rejected"]
        if ".json" in path.name and got["format: wikidata"]:
            held = entities(path) or []
            claims = sum(len(claims_of(each)) for each in held)
            merged = got["redirects"]
            total["entities in"] += len(held)
            total["claims in"] += claims
            if len(held) + merged != out or claims != got["claims"]:
                print("NOT EQUAL", path.name, len(held), out, claims, got["claims"])
                total["files not equal"] += 1
        elif ".xml" in path.name:
            text = unpacked(path).decode()
            pages = len(_PAGE.findall(text))
            total["pages in"] += pages
            if abs(pages - out) > (not text.rstrip().endswith("</mediawiki>")):
                print("NOT EQUAL", path.name, pages, out)
                total["files not equal"] += 1
    return dict(sorted(total.items()))


def dump(times: int, target: Path) -> tuple[int, int]:
    """All entities as one dump; (how many, bytes)."""
    found: list[Entity] = []
    for path in files():
        if ".json" in path.name:
            found += [each for each in entities(path) or () if "missing" not in each]
        elif path.name.endswith(".xml.bz2"):
            text = unpacked(path).decode()
            found += [json.loads(html.unescape(each)) for each in _TEXT.findall(text)]
    lines = [json.dumps(each, separators=(",", ":")) for each in found] * times
    target.write_text("[\n" + ",\n".join(lines) + "\n]\n", encoding="utf-8")
    return len(lines), target.stat().st_size


def ours(path: Path) -> int:
    """Read a dump into statements and articles."""
    with open_source(path) as source:
        return sum(isinstance(item, Document) for item in source.read())


def plain(path: Path) -> int:
    """`json.loads` and a walk over the claims."""
    count = 0
    with path.open("rb") as stream:
        for line in stream:
            line = line.strip(b"[], \n")
            if line:
                entity = json.loads(line)
                count += 1
                for claim in claims_of(entity):
                    claim["mainsnak"].get("datavalue", {}).get("value")
    return count


def qwikidata(path: Path) -> int:
    """qwikidata's dump, items and claims; it knows items, properties and lexemes of today's form alone."""
    module, dumps = (importlib.import_module(f"qwikidata.{name}") for name in ("entity", "json_dump"))
    kinds = {"item": module.WikidataItem, "property": module.WikidataProperty, "lexeme": module.WikidataLexeme}
    count = 0
    for entity in dumps.WikidataJsonDump(str(path)):
        count += 1
        kind = kinds.get(entity["type"])
        try:
            for group in kind(entity).get_claim_groups().values() if kind else ():
                for claim in group:
                    _ = claim.mainsnak.datavalue
        except (KeyError, AttributeError, TypeError, ValueError):
            continue  # old values without an id, lists for objects
    return count


def memory(path: Path) -> float:
    """Greatest memory in MB of reading a dump, in a process of its own."""
    program = (
        "import sys; from pathlib import Path; from benchmarks.wikidata_entities import ours;"
        "ours(Path(sys.argv[1])); print(Path('/proc/self/status').read_text())"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    found = re.search(r"VmHWM:\s+(\d+) kB", done.stdout)  # ru_maxrss would be that of the process it comes of
    return int(found[1]) / 1024 if found else float("nan")


def seconds(work: Callable[[Path], int], path: Path) -> float:
    """Seconds of the processor."""
    before = time.process_time()
    work(path)
    return time.process_time() - before


def main() -> None:
    """Account, then measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=20, help="how often the entities stand in the dump")
    parser.add_argument("--runs", type=int, default=3)
    given = results.arguments(parser).parse_args()
    figures: dict[str, object] = {"accounted": accounted()}
    print(json.dumps(figures["accounted"], indent=1))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "dump.json"
        count, size = dump(given.times, path)
        print(f"{count:,} entities, {size / 1e6:.1f} MB, {size // count:,} bytes each")
        lanes: dict[str, Callable[[Path], int]] = {"ours": ours, "json.loads and a walk": plain}
        if importlib.util.find_spec("qwikidata"):
            lanes["qwikidata"] = qwikidata
        else:
            print("qwikidata is not installed")
        took: dict[str, list[float]] = {name: [] for name in lanes}
        for _run in range(given.runs):
            for name, work in lanes.items():
                took[name].append(seconds(work, path))
        for name, several in took.items():
            middle = statistics.median(several)
            figures[name] = {"entities a second": count / middle, "MB a second": size / 1e6 / middle}
            print(f"{name:24} {count / middle:10,.0f} entities/s  {size / 1e6 / middle:7.1f} MB/s of processor time")
        once = memory(path)
        dump(4 * given.times, path)
        more = memory(path)
        figures["memory MB"] = {"the dump": once, "four times as much": more}
        print(f"memory {once:.0f} MB, four times as much {more:.0f} MB")
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
