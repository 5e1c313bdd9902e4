"""Awkward files as people have them, made here: is what stands in each read as it is meant?

    python -m benchmarks.strange_files [--only WORD] [--show]

Each file lies in a folder of its own, which is read and cleaned as a build does it. It is right when all that must be
said is said, nothing is said that must not be, and what is left out on purpose is counted. Where nothing can be read,
that is right only where nothing could be.
"""

from __future__ import annotations

import argparse
import re
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results
from benchmarks.strange import every
from benchmarks.strange.case import StrangeFile
from galactica.errors import InputError
from galactica.model import Attachment, Document, Rejected
from galactica.model.projection import project
from galactica.refine.article import refine
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source

_SPACES = re.compile("[ \u00a0\u202f\u2009]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadOf:
    """What came of a file: its text (titles and articles), what was counted, and what ended the reading."""

    text: str
    bodies: str
    counted: str
    articles: int
    fault: str = ""


def read_of(folder: Path) -> ReadOf:
    """Read a folder as a build does."""
    texts: list[str] = []
    bodies: list[str] = []
    counted: Counter[str] = Counter()
    try:
        with open_source(folder, SourceOptions()) as source:
            for item in source.read():
                if isinstance(item, Document):
                    article = refine(item, language=source.source.language)
                    if isinstance(article, Rejected):
                        counted[f"{article.reason} {article.detail}"] += 1
                        continue
                    counted.update(dict(article.dropped))
                    texts += [article.title, project(article.body)]
                    bodies.append(article.body)
                elif isinstance(item, Rejected | Attachment):
                    counted[str(item)] += 1
    except InputError as error:
        counted[str(error)] += 1
    except Exception:  # whatever leaves a reader is what is looked for here
        return ReadOf(text="", bodies="", counted="", articles=0, fault=traceback.format_exc())
    said = _SPACES.sub(" ", "\n".join(texts))
    return ReadOf(text=said, bodies="\n".join(bodies), counted="; ".join(counted), articles=len(bodies))


def wrong_of(case: StrangeFile, found: ReadOf) -> Iterator[str]:
    """What is wrong with what was read."""
    if found.fault:
        yield f"ended with {found.fault}"
        return
    if case.unread:
        if found.articles or not found.counted:
            yield "read although nothing could be" if found.articles else "left out in silence"
        return
    if not found.articles:
        yield "not read"
        return
    yield from (f"lost: {each!r}" for each in case.says if each not in found.text)
    yield from (f"said: {each!r}" for each in case.never if each in found.text)
    yield from (f"not counted: {each!r}" for each in case.counted if each not in found.counted)


def judged(case: StrangeFile) -> tuple[ReadOf, list[str]]:
    """What came of a file, and what is wrong with it."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "folder"
        for path, content in {case.name: case.content, **case.beside}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(content)
        found = read_of(folder)
    return found, list(wrong_of(case, found))


def main() -> None:
    """Print what is wrong, and keep how many files are right."""
    parser = results.arguments(argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0]))
    parser.add_argument("--only", default="", help="files whose name or description has this in it")
    parser.add_argument("--show", action="store_true", help="print what was read of each, and keep nothing")
    given = parser.parse_args()
    tried: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for case in every():
        if given.only not in f"{case.name} {case.about}":
            continue
        found, wrong = judged(case)
        kind = case.name.rpartition(".")[2]
        tried[kind] += 1
        right[kind] += not wrong
        if wrong or given.show:
            print(f"{'WRONG' if wrong else 'right'}  {case.name}: {case.about}")
            print("".join(f"    {each}\n" for each in wrong), end="")
            print(f"    text: {found.text[:600]!r}\n    counted: {found.counted[:300]}")
            if given.show:
                print(f"    body: {found.bodies[:1500]}")
    print(f"{sum(right.values())} of {sum(tried.values())} right")
    if not given.only and not given.show:
        kinds = {kind: f"{right[kind]} of {count}" for kind, count in sorted(tried.items())}
        results.keep(__file__, given, {"files": sum(tried.values()), "right": sum(right.values()), "by ending": kinds})


if __name__ == "__main__":
    main()
