"""Which words of PDF pages are read, and in which order, beside pdftotext (poppler) and pypdf; and how fast.

    python -m benchmarks.pdf_words FILE|FOLDER… [--least WORDS] [--pages N] [--worst N] [--text FILE]

Each file is read and cleaned as a build does it and its text cut at the anchors of its pages; the others give theirs by
page. Words are runs of letters and digits without case, a Chinese, Japanese or Korean sign is a word. F1 is of the
words of a page as a bag, against pdftotext's; *order* is their longest common subsequence as a share of pdftotext's.
Headers, footers and page numbers are left out by us and kept by the others, so they count against us. Pages are told
apart by whether our reading found columns beside each other. Pages with fewer words than `--least` are not compared.
Seconds are of the processor, children with them; pypdf is read in this process.
"""

from __future__ import annotations

import argparse
import html
import re
import resource
import statistics
import subprocess
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from rapidfuzz.distance import LCSseq

from benchmarks import results
from galactica.errors import GalacticaError
from galactica.model import Document, Rejected
from galactica.model.body import BLOCK_TAGS
from galactica.refine.article import refine
from galactica.sources.formats import open_source
from galactica.sources.pdf.laying import laid_out
from galactica.sources.pdf.native import NativeDocument, UnreadableError
from galactica.sources.pdf.native_page import NativePage
from galactica.sources.pdf.page import PdfPage

_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_TAG = re.compile(r"</?([a-z0-9]+)[^<>]*>")
Read = TypeVar("Read")
_ANCHOR = re.compile(r'<[^<>]* id="page:([^"]*)"[^<>]*>')


@dataclass(frozen=True, slots=True, kw_only=True)
class PageKept:
    """A page: its words as pdftotext reads them, F1 and order of ours and of pypdf's, and whether it has columns."""

    file: str
    number: int
    words: int
    ours: float
    order: float
    pypdf: float
    pypdf_order: float
    columns: bool


def words(text: str) -> list[str]:
    """The words of a text."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def our_pages(path: Path) -> dict[str, str]:
    """Label of a page → its text, as a build keeps it."""
    found: dict[str, str] = {}
    with open_source(path) as source:
        for item in source.read():
            if not isinstance(item, Document):
                continue
            article = refine(item, language="und")
            if isinstance(article, Rejected):
                continue
            parts = _ANCHOR.split(article.body)
            label = ""
            opened = f"{item.title}\n"  # the heading that the title repeats
            for at, part in enumerate(parts):
                if at % 2:
                    label = html.unescape(part)
                else:
                    plain = _TAG.sub(lambda hit: " " if hit[1] in BLOCK_TAGS or hit[1] == "br" else "", part)
                    found[label] = found.get(label, "") + (opened if at == 2 else "") + html.unescape(plain)
    return found


def poppler_pages(path: Path) -> list[str]:
    """The text of every page."""
    done = subprocess.run(["pdftotext", "-q", str(path), "-"], capture_output=True, timeout=300)
    return done.stdout.decode("utf-8", "replace").split("\f")


def pypdf_pages(path: Path) -> list[str]:
    """The text of every page; "" where pypdf cannot read it."""
    from pypdf import PdfReader

    found = []
    for page in PdfReader(path).pages:
        try:
            found.append(page.extract_text())
        except Exception:  # whatever it meets
            found.append("")
    return found


def alike(ours: Sequence[str], theirs: Sequence[str]) -> tuple[float, float]:
    """(F1 as bags, share of their words that are ours in order)."""
    common = sum((Counter(ours) & Counter(theirs)).values())
    f1 = 2 * common / (len(ours) + len(theirs)) if ours or theirs else 1.0
    return f1, LCSseq.similarity(theirs, ours) / max(1, len(theirs))


def has_columns(page: PdfPage) -> bool:
    """Whether lines of two columns stand beside each other."""
    boxes: dict[int, list[float]] = {}
    for line in page.lines:
        if line.turned == 0:
            box = boxes.setdefault(line.column, [line.left, line.top, line.right, line.bottom, 0])
            box[:4] = min(box[0], line.left), min(box[1], line.top), max(box[2], line.right), max(box[3], line.bottom)
            box[4] += 1
    large = [box for box in boxes.values() if box[4] > 4]
    return any(
        one[2] < two[0] and min(one[3], two[3]) - max(one[1], two[1]) > 40 for one in large for two in large
    )  # fmt: skip


def files_of(given: Sequence[Path]) -> Iterator[Path]:
    """The PDF files of what is given."""
    for path in given:
        yield from sorted(path.rglob("*.pdf")) if path.is_dir() else [path]


class Timed:
    """Seconds of the processor by program, children with them."""

    def __init__(self) -> None:
        self.seconds: defaultdict[str, float] = defaultdict(float)

    def run(self, name: str, do: Callable[[Path], Read], path: Path) -> Read:
        """What `do` gives, its time counted."""
        before = _used()
        try:
            return do(path)
        finally:
            self.seconds[name] += _used() - before


def _used() -> float:
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def compared(path: Path, timed: Timed, given: argparse.Namespace) -> tuple[list[PageKept], int]:
    """The pages of a file that have enough words, and how many it has.

    Raises:
        GalacticaError: it is refused.
    """
    ours = timed.run("ours", our_pages, path)
    poppler = timed.run("pdftotext", poppler_pages, path)
    try:
        pypdf = timed.run("pypdf", pypdf_pages, path)
    except Exception:  # whatever it meets
        pypdf = []
    document = NativeDocument(path)
    labels = [document.label(number) for number in range(document.pages)]
    found = []
    for number in range(min(document.pages, len(poppler), given.pages)):
        theirs = words(poppler[number])
        label = next((each for each in (labels[number], str(number + 1)) if each and each in ours), "")
        mine = words(ours.get(label, ""))
        if len(theirs) < given.least:
            continue
        try:
            page = laid_out(NativePage(document, number))
        except UnreadableError:
            continue
        f1, order = alike(mine, theirs)
        other, other_order = alike(words(pypdf[number]) if number < len(pypdf) else [], theirs)
        found.append(
            PageKept(file=path.name, number=number + 1, words=len(theirs), ours=f1, order=order, pypdf=other,
                     pypdf_order=other_order, columns=has_columns(page))
        )  # fmt: skip
    return found, document.pages


def _told(name: str, pages: Sequence[PageKept]) -> dict[str, float]:
    if not pages:
        return {}
    told = {
        "pages": len(pages),
        "F1, mean": statistics.mean(page.ours for page in pages),
        "F1, median": statistics.median(page.ours for page in pages),
        "order, mean": statistics.mean(page.order for page in pages),
        "pypdf F1, mean": statistics.mean(page.pypdf for page in pages),
        "pypdf order, mean": statistics.mean(page.pypdf_order for page in pages),
        "pages below 0.9": sum(page.ours < 0.9 for page in pages),
    }
    print(f"{name}: " + ", ".join(f"{key} {value:.4g}" for key, value in told.items()))
    return told


def main() -> int:
    """Run."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--least", type=int, default=20, help="words of a page that is compared")
    options.add_argument("--pages", type=int, default=100_000, help="pages of a file, at most")
    options.add_argument("--worst", type=int, default=0, help="show so many of the pages that differ most")
    given = results.arguments(options).parse_args()
    timed, found, total, refused = Timed(), list[PageKept](), 0, dict[str, str]()
    for path in files_of(given.files):
        try:
            pages, count = compared(path, timed, given)
        except (GalacticaError, UnreadableError, subprocess.SubprocessError) as error:
            refused[path.name] = str(error)[-120:]
            continue
        found.extend(pages)
        total += count
    one = _told("one column", [page for page in found if not page.columns])
    two = _told("columns", [page for page in found if page.columns])
    for page in sorted(found, key=lambda page: min(page.ours, page.order))[: given.worst]:
        print(f"  {page.ours:.3f} order {page.order:.3f} {page.words:5} words {'c' if page.columns else ' '} "
              f"{page.file} {page.number}")  # fmt: skip
    rates = {name: total / max(0.001, seconds) for name, seconds in timed.seconds.items()}
    print(f"{total} pages a second and core: " + ", ".join(f"{name} {rate:.1f}" for name, rate in rates.items()))
    print(f"{len(refused)} files not read")
    figures = {"one column": one, "columns": two, "pages a second": rates, "not read": refused}
    results.keep(__file__, given, figures)
    return 0


if __name__ == "__main__":
    sys.exit(main())
