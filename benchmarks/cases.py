"""Cases that people met, each built or searched by the program's own commands: which come out right?

    python -m benchmarks.cases [--only TEXT] [--all]

Reads the folder `cases` (GALACTICA_CASES, by default ../shared/cases), one folder a case with its input and an
expect.md in words; `cases.toml` beside this file says the same in patterns. A case is right where every pattern of
`has` is seen and none of `lacks`, or where its query finds the named article first. `--all` prints what was seen of
every case, not of the wrong ones only. Questions are asked by `benchmarks.ask_cases`.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import re
import sys
import tempfile
import threading
import tomllib
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from subprocess import CompletedProcess, run
from typing import Any

from benchmarks import results

GALACTICA = (sys.executable, "-m", "galactica")
SECONDS = 120
"""What one command may take; a command that takes longer is wrong."""
EVERYTHING = "select title, url_encode(path), cast(aliases as varchar), body from articles order by title"
KEPT = re.compile(r'\s(?!(?:href|src|alt|id)=)[a-z-]+="[^"]*"')
SPACES = str.maketrans({"\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u2060": ""})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default="", help="cases whose folder's name has this")
    parser.add_argument("--all", action="store_true", help="print what is seen of those that are right too")
    given = results.arguments(parser).parse_args()
    folder = Path(os.environ.get("GALACTICA_CASES", "../shared/cases"))
    if not folder.is_dir():
        print(f"skipped: {folder} is not there; set GALACTICA_CASES to the folder of cases")
        return
    rights = tomllib.loads(Path(__file__).with_name("cases.toml").read_text(encoding="utf-8"))
    right, tried = Counter[str](), Counter[str]()
    for case in sorted(folder.iterdir()):
        number, _, rest = case.name.partition("-")
        if not number.isdigit() or given.only not in case.name:
            continue
        kind = rest[0]
        tried[kind] += 1
        with tempfile.TemporaryDirectory() as made:
            good, seen = (
                WRITING[number](case, Path(made)) if number in WRITING else judged(case, rights.get(number), Path(made))
            )
        right[kind] += good
        print(f"{'right' if good else 'WRONG'}  {case.name}", flush=True)
        if given.all or not good:
            print("       " + seen.strip().replace("\n", "\n       "))
    print(f"{sum(right.values())} of {sum(tried.values())} right: ", end="")
    print(", ".join(f"{kind} {right[kind]}/{tried[kind]}" for kind in tried))
    results.keep(__file__, given, {kind: {"right": right[kind], "tried": tried[kind]} for kind in tried})


def judged(case: Path, rule: Mapping[str, Any] | None, made: Path) -> tuple[bool, str]:
    """Whether a case that is built comes out right, and what was seen."""
    if rule is None:
        return False, "cases.toml does not know it"
    edition = made / "x.edition"
    built = galactica("build", edition, source(case), "--no-meaning", "-q")
    if built.returncode not in (0, *PARTLY):
        seen = f"exit code {built.returncode}\n{built.stderr}"
    elif "query" in rule:
        found = json.loads(galactica("search", "-e", edition, rule["query"], "--json").stdout or "{}")
        titles = [hit["title"] for hit in found.get("hits", ())]
        return titles[:1] == [rule["title"]], f"finds {titles[:3]}"
    else:
        rows = json.loads(galactica("sql", "-e", edition, EVERYTHING, "--json").stdout)["rows"]
        seen = "\n".join(visible(row) for row in rows)
    good = all(re.search(each, seen) for each in rule.get("has", ()))
    return good and not any(re.search(each, seen) for each in rule.get("lacks", ())), seen


PARTLY = (9,)
"""Exit codes of a build that made an edition and says loudly that something was given up."""


def visible(row: list[str]) -> str:
    """An article as one line, for patterns to look at."""
    return html.unescape(KEPT.sub("", " | ".join(map(str, row))).replace("\n", " ")).translate(SPACES)


def source(case: Path) -> Path:
    """What is built of a case."""
    for name in ("input.xml", "dump.xml", "t.csv", "a.json", "site"):
        if (case / name).exists():
            return case / name
    raise FileNotFoundError(case)


def galactica(*words: object, cwd: Path | None = None) -> CompletedProcess[str]:
    """One command of the program, run to its end."""
    done = [*GALACTICA, *map(str, words)]
    return run(done, text=True, check=False, timeout=SECONDS, capture_output=True, cwd=cwd)


def pipes(case: Path, made: Path) -> tuple[bool, str]:
    """Whether a pipe at OUT stays a pipe, and its reader gets the lines or the person an error."""
    edition, pipe = made / "x.edition", made / "pipe"
    galactica("build", edition, case / "dump.xml", "--no-meaning", "-q")
    os.mkfifo(pipe)
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    done = galactica("export", edition, pipe, "--format", "jsonl")
    still = pipe.is_fifo()
    reader.join(5)
    lines = got[0].count(b"\n") if got else 0
    seen = f"exit code {done.returncode}, a pipe still: {still}, lines read: {lines}\n{done.stderr}"
    return still and (done.returncode != 0 or lines > 0), seen


def overwriting(case: Path, made: Path) -> tuple[bool, str]:
    """Whether a file that exists is left alone, and "-" is standard output."""
    edition, kept = made / "x.edition", made / "keep.zim"
    galactica("build", edition, case.parent / "87-X-export-replaces-special-file" / "dump.xml", "--no-meaning", "-q")
    kept.write_text("mine")
    over = galactica("export", edition, kept)
    out = galactica("export", edition, "-", "--format", "jsonl", cwd=made)
    stray = (made / "-").exists()
    seen = f"over a file: exit code {over.returncode}; -: exit code {out.returncode}, {len(out.stdout)} characters, "
    good = over.returncode != 0 and kept.read_text() == "mine" and not stray and out.stdout.count("\n") > 0
    return good, seen + f"a file called -: {stray}\n{over.stderr}{out.stderr}"


WRITING = {"87": pipes, "89": overwriting}

if __name__ == "__main__":
    main()
