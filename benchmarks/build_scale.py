"""What a build, a join and searches cost as an edition grows: time, CPU, memory, bytes moved per byte of input.

    python -m benchmarks.build_scale [--documents 10000 100000 1000000] [--kind paragraphs] [--steps build join search]
                                     [--on here ray:local] [--earlier RESULT.json …] [--picture FILE.png]

The documents are real (`scale_documents`); how often each was used is told with each size. How costs are measured:
`scale_costs`. Where others work on the same cores, CPU seconds and bytes count, seconds do not. A picture has the CPU
seconds of a build (blue), of a join (orange) and the peak of memory in MB (green) over the number of documents, both
axes in powers of ten. What is found is kept after each step, so that a run that is stopped has told something.
"""

from __future__ import annotations

import argparse
import json
import math
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.picture import BLUE, GREEN, ORANGE, Chart
from benchmarks.scale_costs import DISK_READ, DISK_WRITTEN, READ, WRITTEN, Cost, watched
from benchmarks.scale_documents import SOURCES, Texts
from galactica.edition import Edition
from galactica.edition.derived import derived_digest
from galactica.library.joining import STAGES

STAGE_NAMES = tuple(each.name for each in STAGES)

GALACTICA = (sys.executable, "-m", "galactica")

Figures = dict[str, object]


def told(cost: Cost, size: int) -> Figures:
    """What is kept of a step."""
    everyone = list(cost.roles.values())

    def per_byte(name: str) -> float:
        return sum(used.moved[name] for used in everyone) / size

    return {
        "s": cost.seconds,
        "CPU s": sum(used.cpu for used in everyone),
        "peak, MB": cost.peak / 1e6,
        "bytes read per byte of input": per_byte(READ),
        "bytes written per byte of input": per_byte(WRITTEN),
        "of disk read per byte of input": per_byte(DISK_READ),
        "of disk written per byte of input": per_byte(DISK_WRITTEN),
        "CPU s by role": {plays: used.cpu for plays, used in sorted(cost.roles.items())},
    }


def built(out: Path, source: Path, size: int, options: argparse.Namespace, on: str) -> Figures:
    """Build an edition, and say what it cost."""
    command = [*GALACTICA, "build", str(out), *(str(source / name) for name in SOURCES), "--quiet"]
    command += ["--workers", str(options.workers), *([] if options.meaning else ["--no-meaning"])]
    cost = watched([*command, *_elsewhere(on, options)])
    made = sum(f.stat().st_size for f in out.rglob("*") if f.is_file())
    with Edition.open(out) as edition:
        return {**told(cost, size), "input, MB": size / 1e6, "edition, MB": made / 1e6, "root": edition.root}


def joined(out: Path, size: int, options: argparse.Namespace, on: str, had: Figures) -> Iterator[tuple[str, Figures]]:
    """Join it, a stage at a time, but for what was had of an earlier run: (stage, what it cost)."""
    for stage in (each.name for each in STAGES if each.name in options.stages and each.name not in had):
        command = [*GALACTICA, "join", str(out), "--only", stage, "--quiet", "--jobs", str(options.workers)]
        cost = watched([*command, *_elsewhere(on, options)])
        made = sum(f.stat().st_size for f in (out / "joined" / stage).rglob("*") if f.is_file())
        with Edition.open(out) as edition:
            yield stage, {**told(cost, size), "made, MB": made / 1e6, "digest": derived_digest(edition, stage)}


def _steps(
    out: Path, source: Path, size: int, options: argparse.Namespace, on: str, had: Mapping[str, Figures]
) -> Iterator[dict[str, Figures]]:
    """What has been found so far, after each step; `had`: by an earlier run on the same edition."""
    steps = dict(had) if out.exists() else {}
    if "build" not in steps:
        steps = {"build": built(out, source, size, options, on)}
    yield steps
    if "search" in options.steps and "search" not in steps:
        steps["search"] = searched(out, options)
        yield steps
    if "join" in options.steps:
        for stage, figures in joined(out, size, options, on, steps.get("join", {})):
            steps["join"] = {**steps.get("join", {}), stage: figures}
            yield steps


def searched(out: Path, options: argparse.Namespace) -> Figures:
    """Search it in a process of its own, whose memory is its own."""
    script = f"from benchmarks.scale_search import show; show({str(out)!r}, {options.each})"
    command = [sys.executable, "-c", script]
    times = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    return {**times, "peak, MB": watched(command).peak / 1e6}


def _elsewhere(on: str, options: argparse.Namespace) -> list[str]:
    if on == "here":
        return []
    return ["--cluster", on, *(["--store", options.store] if options.store else [])]


def picture(found: Mapping[str, Mapping[str, object]], path: Path) -> None:
    """Draw the curve."""
    build, join, memory = [], [], []
    for count, figures in sorted((int(key.split()[0].replace(",", "")), value) for key, value in found.items()):
        step = dict(figures.get("build", {}))  # type: ignore[call-overload]
        stages = dict(figures.get("join", {}))  # type: ignore[call-overload]
        at = math.log10(count)
        if step:
            build.append((at, math.log10(step["CPU s"])))
        if stages:
            join.append((at, math.log10(sum(each["CPU s"] for each in stages.values()))))
        peaks = [each["peak, MB"] for each in (step, *stages.values()) if each]
        memory.append((at, math.log10(max(peaks))))
    every = [*build, *join, *memory]
    x = min(p[0] for p in every) - 0.1, max(p[0] for p in every) + 0.1
    y = math.floor(min(p[1] for p in every)), math.ceil(max(p[1] for p in every))
    chart = Chart(x, y, ticks=(1, 1))
    for points, colour in ((build, BLUE), (join, ORANGE), (memory, GREEN)):
        chart.line(points, colour)
    chart.write(path)


def main() -> None:
    """Print the curve; exit 1 where two ways to build or join gave two results."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--documents", type=int, nargs="*", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--kind", choices=("articles", "paragraphs"), default="paragraphs")
    parser.add_argument("--steps", nargs="+", choices=("build", "join", "search"), default=["build", "join", "search"])
    parser.add_argument("--on", nargs="+", default=["here"], help="here, or what --cluster takes")
    parser.add_argument("--store", default="", help="of a cluster that was not started here")
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--each", type=int, default=40, help="queries of a kind")
    parser.add_argument("--meaning", action="store_true", help="make the index of meaning too")
    parser.add_argument("--stages", nargs="+", choices=STAGE_NAMES, default=STAGE_NAMES, help="of a join; all")
    parser.add_argument("--into", type=Path, help="a folder to work in; what is made there is removed")
    parser.add_argument(
        "--stay", type=Path, help="a folder where editions are left; with --earlier a run goes on there"
    )
    parser.add_argument("--texts", type=Path, help="where documents lie that an earlier run left there, or are left")
    parser.add_argument(
        "--earlier", type=Path, nargs="*", default=[], help="results of earlier runs, kept with this one's"
    )
    parser.add_argument("--picture", type=Path, help="draw the curve of all that is kept")
    options = results.arguments(parser).parse_args()
    found: dict[str, dict[str, Any]] = {}
    for path in options.earlier:
        _merge(found, json.loads(path.read_text(encoding="utf-8"))["figures"])
    differ = False
    with tempfile.TemporaryDirectory(prefix="build-scale-", dir=options.into) as name:
        texts = Texts(options.texts or Path(name) / "texts", options.kind)
        for count in options.documents:
            source, size, repeated = texts.of(count)
            seen: dict[str, set[str]] = {}
            for on in options.on:
                named = f"{count:,} {options.kind}, {on}"
                out = (options.stay or Path(name)) / f"{named.replace(':', ' ')}.edition"
                had = {step: each for step, each in found.get(named, {}).items() if step != "repeated"}
                for steps in _steps(out, source, size, options, on, had):
                    found[named] = {"repeated": repeated, **steps}
                    results.keep(__file__, options, found)
                differ |= _differ(seen, steps)
                if not options.stay:
                    shutil.rmtree(out)
                _show(named, found[named])
    results.keep(__file__, options, found)
    if options.picture:
        picture({key: value for key, value in found.items() if key.endswith(", here")}, options.picture)
    sys.exit(differ)


def _merge(found: dict[str, Any], more: Mapping[str, Any]) -> None:
    """Add figures to those that are there, step by step and stage by stage."""
    for key, value in more.items():
        if isinstance(value, dict) and isinstance(found.get(key), dict):
            _merge(found[key], value)
        else:
            found[key] = value


def _differ(seen: dict[str, set[str]], steps: Mapping[str, Figures]) -> bool:
    """Whether what was made is another than before."""
    seen.setdefault("build", set()).add(str(steps["build"]["root"]))
    for stage, figures in steps.get("join", {}).items():
        seen.setdefault(stage, set()).add(str(dict(figures)["digest"]))  # type: ignore[call-overload]
    return any(len(each) > 1 for each in seen.values())


def _show(name: str, figures: Mapping[str, object], indent: str = "") -> None:
    print(f"{indent}{name}:", flush=True)
    for key, value in figures.items():
        if isinstance(value, dict):
            _show(key, value, indent + "  ")
        else:
            print(f"{indent}  {key}: {value:,.2f}" if isinstance(value, float) else f"{indent}  {key}: {value}")


if __name__ == "__main__":
    main()
