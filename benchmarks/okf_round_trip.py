"""Is an edition that is written as a bundle of Markdown, and built again, the same edition? And what does it cost?

    python -m benchmarks.okf_round_trip [SOURCE …] [--articles N] [--cut N] [--json]

Without a source: N articles of English Wikipedia (10,000), the first so many characters of each (3,000). Said are
whether the roots are equal, articles, how many of them begin as Markdown and not as HTML, and seconds of the processor,
children included, of the build, the export, and the build of the bundle; beside them pandoc, where it is installed,
which turns the same bodies from HTML into Markdown and back: how many come back as they were.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks import results
from benchmarks.data import wikipedia
from galactica import library
from galactica.edition import Edition
from galactica.refine.clean import clean
from galactica.sources.front_matter import split_front

ASKED_OF_PANDOC = 200
"""Articles that pandoc turns into Markdown and back: a process each way."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sources", nargs="*", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--cut", type=int, default=3_000)
    parser.add_argument("--json", action="store_true")
    given = results.arguments(parser).parse_args()
    with tempfile.TemporaryDirectory(prefix="okf-round-trip-") as name:
        folder = Path(name)
        sources = given.sources or [wikipedia(folder / "text", articles=given.articles, cut=given.cut)[0]]
        figures = measured(folder, sources)
    kept = results.keep(__file__, given, figures)
    print(
        json.dumps(kept, indent=1) if given.json else "\n".join(f"{key:32} {value}" for key, value in figures.items())
    )


def measured(folder: Path, sources: list[Path]) -> dict[str, object]:
    first, bundle, second = folder / "1.edition", folder / "bundle", folder / "2.edition"
    spent = {
        "build": timed(lambda: library.build(first, sources, meaning=False, workers=1)),
        "export": timed(lambda: library.export(first, bundle, format="okf")),
        "build again": timed(lambda: library.build(second, [bundle], meaning=False, workers=1)),
    }
    with Edition.open(first) as one, Edition.open(second) as two:
        plain = sum(not split_front(path.read_text())[1].lstrip().startswith("<") for path in bundle.rglob("*.md"))
        return {
            "articles": len(one),
            "roots equal": one.root == two.root,
            "begin as Markdown": plain,
            **{f"{name}, CPU s": round(seconds, 1) for name, seconds in spent.items()},
            **pandoc(one),
        }


def timed(work: Callable[[], object]) -> float:
    before = processor()
    work()
    return processor() - before


def processor() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def pandoc(edition: Edition) -> dict[str, object]:
    """How many bodies come back from pandoc's Markdown as they were, and processor seconds for a hundred."""
    program = shutil.which("pandoc")
    if program is None:
        return {"pandoc": "not installed"}
    before, same, asked = processor(), 0, 0
    for _, article in edition.scan(0, min(ASKED_OF_PANDOC, len(edition))):
        asked += 1
        text = turned(program, article.body, "html", "commonmark_x")
        html = turned(program, text, "commonmark_x", "html")
        same += clean(html, base=article.path, language=article.language).body == article.body
    return {
        "pandoc: the same": f"{same} of {asked}",
        "pandoc, CPU s a hundred": round((processor() - before) / asked * 100, 1),
    }


def turned(program: str, text: str, before: str, after: str) -> str:
    done = subprocess.run(
        [program, "-f", before, "-t", after, "--wrap=none"], input=text, capture_output=True, text=True, check=True
    )
    return done.stdout


if __name__ == "__main__":
    main()
