"""Records of tables matched without labels: ours beside Splink, on pyJedAI's tables, in one run.

    python -m benchmarks.entity_resolution [SET …] [--only ours|splink]

D2 (Abt and Buy), D4 (DBLP and ACM), D10 (IMDb and DBpedia), cora (one table with duplicates). Each runs in a process of
its own, so that its processor seconds and its peak of memory are its own. Told are precision, recall and F1 of pairs at
probability 0.5, of all things and of the odd half of them; and, of the odd half, at the best of a grid of thresholds,
which nobody knows who has no labels. Things (clusters of the gold) are halved by turns; only the even half may be
looked at while anything is changed. A found pair counts for the half of its first record.
"""

from __future__ import annotations

import argparse
import csv
import importlib.util
import io
import json
import math
import resource
import subprocess
import sys
import tarfile
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from benchmarks import results
from benchmarks.data import real
from benchmarks.entity_tables import TableRecord, match, record_of

SYSTEMS = ("ours", "splink")
THRESHOLDS = (0.0001, 0.001, 0.01, 0.1, 0.3, 0.7, 0.9, 0.97, 0.99, 0.997, 0.999, 0.9999, 0.99999)
"""Beside 0.5, for the best of a grid."""


@dataclass(frozen=True, slots=True)
class TableSet:
    """Where a set of tables lies, and which columns say what a record is called."""

    tables: tuple[str, ...]
    gold: str
    separator: str
    first: tuple[str, ...]
    id: str = "id"
    headed: bool = True


SETS = {
    "D2": TableSet(("abt", "buy"), "gt", "|", ("name",)),
    "D4": TableSet(("dblp", "acm"), "gt", "%", ("title",)),
    "D10": TableSet(("imdb", "dbpedia"), "gt", "|", ("title",)),
    "cora": TableSet(("cora",), "cora_gt", "|", ("title",), id="Entity Id", headed=False),
}


@dataclass(slots=True)
class Read:
    """A set: its records with their columns, its gold pairs, and for each record whether its thing is odd."""

    records: list[TableRecord] = field(default_factory=list)
    columns: list[dict[str, str]] = field(default_factory=list)
    gold: set[tuple[int, int]] = field(default_factory=set)
    odd: list[bool] = field(default_factory=list)


def read(name: str) -> Read:
    """A set from its archive."""
    about, found = SETS[name], Read()
    places: list[dict[str, int]] = []
    with tarfile.open(real(f"pyjedai/{name}.tar.xz")) as archive:
        texts = {m.name.rpartition("/")[2]: file.read().decode() for m in archive if (file := archive.extractfile(m))}
    for side, table in enumerate(about.tables):
        places.append({})
        for row in csv.DictReader(io.StringIO(texts[f"{table}.csv"]), delimiter=about.separator):
            said = {key: value or "" for key, value in row.items() if key}
            identity = said.pop(about.id)
            places[side][identity] = len(found.records)
            found.records.append(record_of(identity, side, said, about.first))
            found.columns.append(said)
    rows = list(csv.reader(io.StringIO(texts[f"{about.gold}.csv"]), delimiter=about.separator))
    for one, other in rows[about.headed :]:
        pair = places[0][one], places[-1][other]
        found.gold.add((min(pair), max(pair)))
    found.odd = _odd(len(found.records), found.gold)
    return found


def _odd(records: int, gold: set[tuple[int, int]]) -> list[bool]:
    """For each record whether its thing is an odd one, things standing in the order of their first records."""
    first = list(range(records))

    def root(at: int) -> int:
        while first[at] != at:
            first[at] = first[first[at]]
            at = first[at]
        return at

    for one, other in sorted(gold):
        low, high = sorted((root(one), root(other)))
        first[high] = low
    turns: dict[int, int] = {}
    return [turns.setdefault(root(at), len(turns)) % 2 == 1 for at in range(records)]


def scored(pairs: set[tuple[int, int]], data: Read, *, half: bool | None = None) -> dict[str, float]:
    """Precision, recall and F1 of pairs; of one half, or of all."""
    found = {pair for pair in pairs if half is None or data.odd[pair[0]] == half}
    gold = {pair for pair in data.gold if half is None or data.odd[pair[0]] == half}
    right = len(found & gold)
    precision, recall = right / len(found) if found else 0.0, right / len(gold)
    return {"P": precision, "R": recall, "F1": 2 * right / (len(found) + len(gold))}


def ours(name: str, data: Read) -> tuple[Callable[[float], set[tuple[int, int]]], int]:
    """The core of `joining.topics`; asked again it matches again."""
    apart = len(SETS[name].tables) == 2
    counted = [0]

    def pairs(probability: float) -> set[tuple[int, int]]:
        bits = round(1000 * math.log2(probability / (1 - probability)))
        found, counted[0] = match(data.records, one_to_one=apart, least=bits)
        return found

    first = pairs(0.5)
    return lambda probability: first if probability == 0.5 else pairs(probability), counted[0]


def splinks(name: str, data: Read) -> tuple[Callable[[float], set[tuple[int, int]]], int]:
    """Splink, learned once."""
    from benchmarks.entity_splink import COMPARED, SplinkLinking

    linking = SplinkLinking(data.records, data.columns, COMPARED[name], apart=len(SETS[name].tables) == 2)
    return linking.pairs, linking.candidates


def measured(system: str, name: str, grid: bool) -> dict[str, object]:
    """One system on one set, in this process."""
    data = read(name)
    begun, clock = _seconds(), time.monotonic()
    ask, candidates = (ours if system == "ours" else splinks)(name, data)
    pairs = ask(0.5)
    spent, passed, memory = _seconds() - begun, time.monotonic() - clock, _peak()
    found: dict[str, object] = {
        "all": scored(pairs, data),
        "odd half": scored(pairs, data, half=True),
        "even half": scored(pairs, data, half=False),
        "candidates": candidates,
        "CPU s": round(spent, 2),
        "seconds": round(passed, 2),
        "peak MiB": memory,
    }
    if grid:
        tried = {each: ask(each) for each in (*THRESHOLDS, 0.5)}
        best = max(tried, key=lambda each: (scored(tried[each], data, half=True)["F1"], -each))
        found["best threshold"] = {"probability": best, "odd half": scored(tried[best], data, half=True)}
        best = max(tried, key=lambda each: (scored(tried[each], data)["F1"], -each))
        found["best threshold"] |= {"probability of all": best, "all": scored(tried[best], data)}  # type: ignore[operator]
    return found


def _seconds() -> float:
    return sum(
        used.ru_utime + used.ru_stime
        for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    )


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def told(name: str, system: str, found: Mapping[str, object]) -> str:
    """A line of the table."""
    parts = [f"{name:5} {system:7}"]
    for part in ("all", "odd half"):
        values = found[part]
        assert isinstance(values, dict)
        parts.append(f"{part} P {values['P']:.3f} R {values['R']:.3f} F1 {values['F1']:.3f}")
    best = found.get("best threshold")
    if isinstance(best, dict):
        parts.append(
            f"best at {best['probability of all']}: all F1 {best['all']['F1']:.3f}, odd {best['odd half']['F1']:.3f}"
        )
    parts.append(f"{found['candidates']} candidates  {found['CPU s']} CPU s  {found['peak MiB']} MiB")
    return "  ".join(parts)


def main() -> None:
    """Run what is asked for and keep the figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="*", metavar="SET", help=f"of {', '.join(SETS)}; all without")
    parser.add_argument("--only", choices=SYSTEMS, help="one of the two")
    parser.add_argument("--no-grid", action="store_true", help="do not look for the best threshold")
    parser.add_argument("--here", action="store_true", help="one system on one set in this process, told as JSON")
    given = results.arguments(parser).parse_args()
    names = given.sets or list(SETS)
    if unknown := set(names) - set(SETS):
        parser.error(f"no such set: {', '.join(sorted(unknown))}")
    if given.here:
        print(json.dumps(measured(given.only, names[0], not given.no_grid)))
        return
    real("pyjedai")
    systems = [each for each in SYSTEMS if given.only in (None, each)]
    if "splink" in systems and not all(map(importlib.util.find_spec, ("splink", "duckdb"))):
        print("Splink is not installed (pip install splink duckdb): ours alone")
        systems.remove("splink")
    figures: dict[str, dict[str, object]] = {}
    for name in names:
        for system in systems:
            command = [sys.executable, "-m", "benchmarks.entity_resolution", name, "--only", system, "--here"]
            command += ["--no-grid"] if given.no_grid else []
            done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
            found = json.loads(done.stdout.splitlines()[-1])
            figures.setdefault(name, {})[system] = found
            print(told(name, system, found), flush=True)
    del given.here
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
