"""How many words of books and documents are kept, in order, against pandoc's reading of the same file; and how fast.

    python -m benchmarks.document_words FILE|FOLDER… [--differences N] [--repeat N]

Each file is read and cleaned as a build does it; its articles' words, in the order of their parts, are laid beside
those of `pandoc --to json`, whose own reading is independent. Kept is the longest common subsequence as a share of
pandoc's words; ours beyond it are shown too (titles that stand in the contents alone, asides that pandoc drops). Words
are runs of letters and digits without case; a Chinese, Japanese or Korean sign is a word. Formulas, alternative texts
and raw markup are in neither. Seconds are of the processor, the median of the runs.
"""

from __future__ import annotations

import argparse
import html
import json
import re
import resource
import statistics
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from rapidfuzz.distance import LCSseq

from benchmarks import results
from galactica.errors import GalacticaError
from galactica.model import Document, Rejected
from galactica.model.body import BLOCK_TAGS
from galactica.refine.article import refine
from galactica.sources.formats import open_source

PANDOC = {
    ".epub": "epub-epub_html_exts",
    ".fb2": "fb2",
    ".docx": "docx",
    ".odt": "odt",
    ".rtf": "rtf",
    ".md": "markdown",
}
"""Ending → pandoc's name of the format; notes of books are left where they stand."""

MOST_SHOWN = 4_000_000_000
"""Words times words of which differences are shown: a bit each."""

SECONDS = 300
"""How long pandoc may take for a file."""

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_MATH = re.compile(r"<math\b.*?</math>", re.DOTALL)
_TAG = re.compile(r"</?([a-z0-9]+)[^<>]*>")


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What was kept of a file: pandoc's words, ours, those in common, seconds of each, and bytes of the file."""

    reference: int
    ours: int
    common: int
    seconds: float
    peer: float
    size: int

    @property
    def share(self) -> float:
        """Of the reference's words."""
        return self.common / self.reference if self.reference else 1.0


def words_of(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def body_text(body: str) -> str:
    """All text of a body, the marks of footnotes too."""
    plain = _TAG.sub(lambda hit: " " if hit[1] in BLOCK_TAGS or hit[1] == "br" else "", _MATH.sub(" ", body))
    return html.unescape(plain)


def our_words(path: Path) -> list[str]:
    """Of all articles of a file, in the order of their parts."""
    found: list[str] = []
    with open_source(path) as source:
        language = source.source.language
        for item in source.read():
            if isinstance(item, Document):
                article = refine(item, language=language)
                text = "" if isinstance(article, Rejected) else body_text(article.body)
                found.extend(words_of(f"{item.title}\n{text}"))
    return found


def pandoc_words(path: Path) -> list[str]:
    """Pandoc's reading of a file.

    Raises:
        subprocess.SubprocessError: it cannot read it.
    """
    command = ["pandoc", "--from", PANDOC[path.suffix.lower()], "--to", "json", str(path)]
    done = subprocess.run(command, capture_output=True, check=True, timeout=SECONDS)
    return words_of("".join(_text(json.loads(done.stdout)["blocks"])))


class _Said(str):
    """Text among names, classes and addresses, which are mere strings."""


def _text(node: object) -> Iterator[str]:
    """The text of pandoc's tree."""
    waiting: list[object] = [node]
    while waiting:
        each = waiting.pop()
        if isinstance(each, _Said):
            yield each
        elif isinstance(each, list):
            waiting.extend(reversed(each))
        elif isinstance(each, dict):
            waiting.extend(reversed(_inside(str(each.get("t")), each.get("c"))))


def _inside(kind: str, content: object) -> list[object]:
    """What is text of a node, with what parts it from its neighbours."""
    match kind, content:
        case "Str", str():
            return [_Said(content)]
        case (("Space" | "SoftBreak" | "LineBreak"), _):
            return [_SPACE]
        case (("Code" | "CodeBlock"), [_, str() as code]):
            return [_SPACE, _Said(code), _SPACE] if kind == "CodeBlock" else [_Said(code)]
        case "Image", [_, list() as alternative, [_, title]]:
            return [_SPACE, alternative, _SPACE] if str(title).startswith("fig:") else []
        case (("Math" | "RawInline" | "RawBlock"), _):
            return []
        case kind, _ if kind in _INLINE:
            return [content]
        case _, _:
            return [_SPACE, content, _SPACE]


_SPACE = _Said(" ")
_INLINE = frozenset("Emph Strong Strikeout Superscript Subscript SmallCaps Underline Span Quoted Cite Link".split())


def compared(path: Path, repeat: int) -> tuple[Kept, list[str], list[str]]:
    """A file in both readings, with the words of each."""
    ours: list[str] = []
    reference: list[str] = []
    mine, peers = [], []
    for _ in range(repeat):
        began = time.process_time()
        ours = our_words(path)
        mine.append(time.process_time() - began)
        before = _children()
        reference = pandoc_words(path)
        peers.append(_children() - before)
    kept = Kept(
        reference=len(reference),
        ours=len(ours),
        common=LCSseq.similarity(reference, ours),
        seconds=statistics.median(mine),
        peer=statistics.median(peers),
        size=path.stat().st_size,
    )
    return kept, ours, reference


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def differences(ours: Sequence[str], reference: Sequence[str]) -> Iterator[str]:
    """Stretches of the reference that are not ours, longest first, with what stands before."""
    found: list[tuple[int, str]] = []
    if len(ours) * len(reference) > MOST_SHOWN:
        return
    for step in LCSseq.opcodes(reference, ours):
        start, end, low, high = step.src_start, step.src_end, step.dest_start, step.dest_end
        if step.tag in ("delete", "replace"):
            before, here = " ".join(reference[max(0, start - 6) : start]), " ".join(reference[start:end])
            found.append((end - start, f"…{before} [{here[:300]}] ours: {' '.join(ours[low:high])[:100]}"))
    for count, said in sorted(found, key=lambda each: -each[0]):
        yield f"    {count} words: {said}"


def files_of(given: Sequence[Path]) -> Iterator[Path]:
    """The files that pandoc may read, of folders all that are in them."""
    for path in given:
        for each in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if each.is_file() and each.suffix.lower() in PANDOC:
                yield each


def main() -> int:
    """Run; the exit code is 1 where less than 99.5 % of all words are kept."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--differences", type=int, default=0, help="show so many of the stretches that differ")
    options.add_argument("--repeat", type=int, default=1, help="runs, of which the median time counts")
    given = results.arguments(options).parse_args()
    found: dict[str, Kept] = {}
    refused: dict[str, str] = {}
    for path in files_of(given.files):
        try:
            kept, ours, reference = compared(path, given.repeat)
        except (subprocess.SubprocessError, GalacticaError) as error:
            refused[path.name] = type(error).__name__
            print(f"{'not compared':>12}  {path.name}: {type(error).__name__}", flush=True)
            continue
        found[path.name] = kept
        print(f"{100 * kept.share:10.3f} %  {kept.reference:8,} words, ours {kept.ours:8,}  {path.name}", flush=True)
        for line, _ in zip(differences(ours, reference), range(given.differences), strict=False):
            print(line)
    if not found:
        return 1
    reference_words = sum(kept.reference for kept in found.values())
    share = sum(kept.common for kept in found.values()) / max(1, reference_words)
    size = sum(kept.size for kept in found.values()) / 1e6
    seconds, peer = sum(kept.seconds for kept in found.values()), sum(kept.peer for kept in found.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{len(found)} files, {reference_words:,} words: {100 * share:.3f} % kept in order; {size / seconds:.2f} MB/s "
        f"beside pandoc's {size / peer:.2f} (its reading alone); {memory} MB of memory; {len(refused)} not compared"
    )
    figures = {
        "share": share,
        "words": reference_words,
        "files": {name: kept.share for name, kept in found.items()},
        "MB a second": size / seconds,
        "pandoc, MB a second": size / peer,
        "memory, MB": memory,
        "not compared": refused,
    }
    results.keep(__file__, given, figures)
    return 0 if share >= 0.995 else 1


if __name__ == "__main__":
    sys.exit(main())
