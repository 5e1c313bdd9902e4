"""What a benchmark found, kept as a file: its figures, the machine, the date, the commit and the arguments.

    python -m benchmarks.NAME … [--against FILE]

A run writes `benchmarks/results/NAME.json` over the run before; `--against` an earlier file prints what has changed.
A benchmark calls `arguments` on its parser and `keep` with its figures, a mapping of names to numbers, texts, and
mappings or lists of them.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import platform
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path

FOLDER = Path(__file__).parent / "results"

SURE = 0.005
"""A share of a figure: what differs by less is the same, for floats are not added in the same order everywhere."""


def arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """Give a parser the option `--against`; an earlier run is read at once, for this run may be written over it."""
    parser.add_argument("--against", type=_earlier, metavar="FILE", help="an earlier result: print what has changed")
    return parser


def keep(
    program: str, given: argparse.Namespace, figures: Mapping[str, object], *, folder: Path = FOLDER
) -> dict[str, object]:
    """Write what was found, and print what has changed since the run that `--against` names.

    Args:
        program: `__file__` of the benchmark.
        given: its arguments.
        figures: what it found; keys are made texts.
        folder: where results lie.

    Returns:
        What was written.
    """
    name = Path(program).stem
    said = {key: _plain(value) for key, value in vars(given).items() if key != "against"}
    found: dict[str, object] = {
        "benchmark": name,
        "date": datetime.now(UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "machine": machine(),
        "arguments": said,
        "figures": _plain(figures),
    }
    folder.mkdir(exist_ok=True)
    target = folder / f"{name}.json"
    part = target.with_suffix(".part")
    part.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(target)
    earlier = getattr(given, "against", None)
    if earlier is not None:
        print("\n" + "\n".join(changes(earlier, found)))
    return found


def machine() -> dict[str, object]:
    """What figures depend on, and nothing that names a machine or its owner."""
    return {
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
        "memory_gib": _memory(),
        "processor": _processor(),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
    }


def commit() -> str:
    """The commit of the program, with a + where files were changed since; empty outside of git."""
    here = Path(__file__).parent.parent
    try:
        head, changed = (
            subprocess.run(["git", *words], cwd=here, capture_output=True, text=True, check=True).stdout.strip()
            for words in (("rev-parse", "--short=12", "HEAD"), ("status", "--porcelain", "--untracked-files=no"))
        )
    except (OSError, subprocess.CalledProcessError):
        return ""
    return head + ("+" if changed else "")


def changes(earlier: Mapping[str, object], now: Mapping[str, object]) -> Iterator[str]:
    """Lines that say what differs between two results: where and how they were made, then figure by figure.

    A figure that is a number is shown with the ratio, now by earlier. Those that are the same are counted.
    """
    yield f"Against {earlier.get('benchmark')} of {earlier.get('date')}, commit {earlier.get('commit') or 'unknown'}:"
    for part in ("machine", "arguments"):
        for name, was, told in _pairs(earlier.get(part), now.get(part)):
            if was != told:
                yield f"  other {part}: {name} was {_text(was)}, is {_text(told)}"
    same, rows = 0, [("figure", "earlier", "now", "ratio")]
    for name, was, told in _pairs(earlier.get("figures"), now.get("figures")):
        if was == told or _close(was, told):
            same += 1
        else:
            rows.append((name, _text(was), _text(told), _ratio(was, told)))
    widths = [max(len(row[at]) for row in rows) for at in range(4)]
    for row in rows if len(rows) > 1 else ():
        yield f"  {row[0]:{widths[0]}}" + "".join(f"  {row[at]:>{widths[at]}}" for at in (1, 2, 3))
    yield f"  {same} figures are the same."


def _earlier(path: str) -> dict[str, object]:
    try:
        found = json.loads(Path(path).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise argparse.ArgumentTypeError(f"{path} is no result: {error}") from None
    if not isinstance(found, dict) or "figures" not in found:
        raise argparse.ArgumentTypeError(f"{path} is no result: it has no figures")
    return found


def _pairs(one: object, other: object) -> Iterator[tuple[str, object, object]]:
    """Every figure of two results, by its path; None where one has none."""
    was, told = dict(_flat(one)), dict(_flat(other))
    for name in [*told, *(name for name in was if name not in told)]:
        yield name, was.get(name), told.get(name)


def _flat(value: object, name: str = "") -> Iterator[tuple[str, object]]:
    if isinstance(value, Mapping):
        for key, each in value.items():
            yield from _flat(each, f"{name} / {key}" if name else str(key))
    elif isinstance(value, Sequence) and not isinstance(value, str):
        for number, each in enumerate(value):
            yield from _flat(each, f"{name} / {_title(each) or number}")
    else:
        yield name, value


def _title(value: object) -> str:
    """What a row of a list calls itself: rows are compared by that, wherever they stand."""
    named = value.get("name", value.get("system")) if isinstance(value, Mapping) else None
    return named if isinstance(named, str) else ""


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def _close(was: object, told: object) -> bool:
    """Numbers of which one is a float; whole numbers are counted, and differ by one or do not."""
    if isinstance(was, int) and isinstance(told, int):
        return False
    one, other = _number(was), _number(told)
    return one is not None and other is not None and math.isclose(one, other, rel_tol=SURE)


def _ratio(was: object, told: object) -> str:
    one, other = _number(was), _number(told)
    return f"{other / one:.3f}" if one and other is not None else "–"


def _text(value: object) -> str:
    if value is None:
        return "–"
    return (
        f"{value:,.4g}"
        if isinstance(value, float) and abs(value) < 1000
        else f"{value:,}"
        if _number(value)
        else str(value)
    )


def _plain(value: object) -> object:
    """As JSON has it. A path is its last part: the rest is of one machine."""
    if isinstance(value, Path) or (isinstance(value, str) and Path(value).is_absolute()):
        return Path(value).name
    if isinstance(value, Mapping):
        return {str(key): _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [_plain(each) for each in (sorted(value, key=str) if isinstance(value, set | frozenset) else value)]
    if hasattr(value, "item") and not isinstance(value, str):  # a number of NumPy
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return None  # JSON has no such number
    return value if value is None or isinstance(value, bool | int | float | str) else str(value)


def _memory() -> float | None:
    try:
        return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30, 1)
    except (AttributeError, OSError, ValueError):
        return None


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        lines = []
    named = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return named[0] if named else platform.processor() or "unknown"
