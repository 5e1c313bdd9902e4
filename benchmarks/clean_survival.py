"""What survives cleaning: words, numbers and table cells of every article in real ZIM files, and how fast it goes.

`python -m benchmarks.clean_survival [--data FOLDER] [--show N]` reads every ZIM below GALACTICA_DATA (default
../shared/data) through libzim, cleans each HTML entry, and compares the body with a ground truth taken from the same
entry by other means: html5lib parses it, a walk over its tree collects the visible text, and only what `NOT_ARTICLE`
names by hand is left out. Words and numbers must come back in order; cells with their text and spans.

Wants: numbers >= 99.9 %, words >= 99.5 %, all cells of tables with spans. Ends with 1 where one is missed, with 0 where
the data is not there (it says so).
"""

from __future__ import annotations

import argparse
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib

from benchmarks import results
from galactica.refine.clean import Unclean, clean

NOT_ARTICLE_CLASSES = frozenset(
    # links to edit, lists of contents, boxes that lead elsewhere, notices among editors
    "mw-editsection toc navbox vertical-navbox sidebar navbar portal portalbox portal-bar ambox metadata stub "
    "sistersitebox side-box authority-control dmbox ombox "
    # what a browser hides, the frame of the site, marks back from notes, the sign to enlarge
    "mw-empty-elt printfooter catlinks mw-jump-link mw-cite-backlink mw-indicators magnify sortkey "
    "cite-accessibility-label mwe-math-fallback-image-inline mw-linkback-text".split()
)
NOT_ARTICLE_IDS = frozenset(
    "toc catlinks siteSub contentSub contentSub2 jump-to-nav mw-navigation footer siteNotice mw-page-base "
    "mw-head-base".split()
)
NOT_ARTICLE_TAGS = frozenset(
    "script style noscript template head nav svg iframe object select button textarea input canvas audio video".split()
)
BLOCKS = frozenset(
    "p div h1 h2 h3 h4 h5 h6 ul ol li dl dt dd table caption tr td th thead tbody tfoot br hr blockquote pre figure "
    "figcaption section article main header footer aside center form fieldset address details summary body".split()
)
WORD = re.compile(r"\w+")
NUMBER = re.compile(r"\d+")
MAX_EDITS = 1500
"""Differences in one page after which only the missing words are counted."""


@dataclass
class Tally:
    """Counts for one ZIM."""

    pages: int = 0
    refused: int = 0
    input_bytes: int = 0
    seconds: float = 0.0
    words: int = 0
    words_kept: int = 0
    numbers: int = 0
    numbers_kept: int = 0
    cells: int = 0
    cells_kept: int = 0
    lost: Counter[str] = field(default_factory=Counter)

    def add(self, other: Tally) -> None:
        for name in self.__dataclass_fields__:
            if name == "lost":
                self.lost.update(other.lost)
            else:
                setattr(self, name, getattr(self, name) + getattr(other, name))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path(os.environ.get("GALACTICA_DATA", "../shared/data")))
    parser.add_argument("--show", type=int, default=0, help="print this many lost words of each ZIM")
    parser.add_argument("--built", type=int, default=150, help="pages of the ZIMs made of plain text")
    options = results.arguments(parser).parse_args()
    zims = list(_zims(options.data))
    if not zims:
        print(f"skipped: no ZIM below {options.data} (set GALACTICA_DATA)")
        return 0
    whole = Tally()
    seen: set[bytes] = set()
    for path in zims:
        tally = _measure(path, seen, options.built if "zim-built" in path.parts else None)
        if tally.pages:
            _print(path.name, tally, options.show)
        whole.add(tally)
    _print("all", whole, 0)
    results.keep(
        __file__, options, {name: getattr(whole, name) for name in Tally.__dataclass_fields__ if name != "lost"}
    )
    good = (
        whole.numbers_kept >= 0.999 * whole.numbers
        and whole.words_kept >= 0.995 * whole.words
        and whole.cells_kept == whole.cells
    )
    print("as wanted" if good else "MISSED")
    return 0 if good else 1


def _zims(data: Path) -> Iterator[Path]:
    for folder in ("zim", "zim-built"):
        for path in sorted((data / folder).rglob("*.zim")):
            if not path.name.startswith("invalid"):
                yield path


def _measure(path: Path, seen: set[bytes], at_most: int | None) -> Tally:
    from libzim.reader import Archive

    tally = Tally()
    try:
        archive = Archive(path)
    except RuntimeError as error:
        print(f"{path.name}: not a readable ZIM ({error})")
        return tally
    for number in range(archive.all_entry_count):
        entry = archive._get_entry_by_id(number)
        if entry.is_redirect or not entry.get_item().mimetype.startswith("text/html"):
            continue
        content = bytes(entry.get_item().content)
        if content in seen or not content:
            continue
        seen.add(content)
        if at_most is not None and tally.pages >= at_most:
            break
        _compare(content.decode("utf-8", "replace"), entry.path, tally)
    return tally


def _compare(html: str, path: str, tally: Tally) -> None:
    tally.pages += 1
    tally.input_bytes += len(html.encode())
    start = time.process_time()
    try:
        cleaned = clean(html, base=path)
    except Unclean as error:
        print(f"  {path}: {error}")
        tally.refused += 1
        return
    tally.seconds += time.process_time() - start
    tree = html5lib.parse(html, treebuilder="etree", namespaceHTMLElements=False)
    truth = "".join(_visible(_article(tree), article=True))
    _skip_title(tree)
    truth = "".join(_visible(_article(tree), article=True))
    result = html5lib.parseFragment(cleaned.body, treebuilder="etree", namespaceHTMLElements=False)
    shown = "".join(_visible(result, article=False))
    words, kept = WORD.findall(truth), WORD.findall(shown)
    matched, lost = _in_order(words, kept)
    tally.words += len(words)
    tally.words_kept += matched
    tally.lost.update(lost)
    numbers, kept = NUMBER.findall(truth), NUMBER.findall(shown)
    tally.numbers += len(numbers)
    tally.numbers_kept += _in_order(numbers, kept)[0]
    cells, kept_cells = list(_cells(_article(tree), article=True)), list(_cells(result, article=False))
    matched, lost = _in_order(cells, kept_cells)
    tally.cells += len(cells)
    tally.cells_kept += matched
    tally.lost.update(f"cell {cell}" for cell in lost)


def _in_order(wanted: list[str], found: list[str]) -> tuple[int, list[str]]:
    """How many of `wanted` come back in order (longest common subsequence, Myers 1986); and those that are missing."""
    missing = list((Counter(wanted) - Counter(found)).elements())
    if wanted == found:
        return len(wanted), missing
    reach = {1: 0}
    for edits in range(len(wanted) + len(found) + 1):
        for line in range(-edits, edits + 1, 2):
            if line == -edits or (line != edits and reach[line - 1] < reach[line + 1]):
                place = reach[line + 1]
            else:
                place = reach[line - 1] + 1
            other = place - line
            while place < len(wanted) and other < len(found) and wanted[place] == found[other]:
                place += 1
                other += 1
            reach[line] = place
            if place >= len(wanted) and other >= len(found):
                return (len(wanted) + len(found) - edits) // 2, missing
        if edits > MAX_EDITS:
            break
    return len(wanted) - max(len(missing), MAX_EDITS // 2), missing


def _article(tree: Element) -> Element:
    """The part of a wiki page that is the article; elsewhere the body."""
    for node in tree.iter():
        if isinstance(node.tag, str) and node.get("id") == "mw-content-text":
            return node
    body = tree.find("body")
    return tree if body is None else body


def _skip_title(tree: Element) -> None:
    """Take the text out of the page's title heading: it is kept beside the body."""
    for node in tree.iter("h1"):
        for inner in node.iter():
            inner.text = ""
            if inner is not node:
                inner.tail = ""
        return


def _left_out(node: Element) -> bool:
    style = re.sub(r"\s", "", node.get("style", "")).lower()
    classes = set(node.get("class", "").split())
    if "display:none" in style and not classes & {"mwe-math-mathml-inline", "mwe-math-mathml-a11y"}:
        return True
    return (
        node.tag in NOT_ARTICLE_TAGS
        or "hidden" in node.attrib
        or "visibility:hidden" in style
        or "border-top:dashed2px#aaaaaa" in style  # the packager's "This article is issued from …"
        or bool(NOT_ARTICLE_CLASSES & classes)
        or node.get("id", "") in NOT_ARTICLE_IDS
        or (node.tag == "a" and node.get("href", "").startswith("#cite_ref"))  # back from a note to its mark
        or node.get("role", "") in ("navigation", "search", "banner")
    )


def _visible(node: Element, *, article: bool) -> Iterator[str]:
    if not isinstance(node.tag, str) or (article and _left_out(node)):
        return
    apart = node.tag in BLOCKS or node.get("role") == "doc-noteref"  # the mark of a note has lost its brackets
    if apart:
        yield "\n"
    if node.text:
        yield node.text
    for child in node:
        yield from _visible(child, article=article)
        if child.tail:
            yield child.tail
    if apart:
        yield "\n"


def _cells(node: Element, *, article: bool) -> Iterator[str]:
    """Every cell of every table that has spans: its spans and its words, as one string."""
    if not isinstance(node.tag, str) or (article and _left_out(node)):
        return
    if node.tag == "table" and node.get("role") != "presentation":
        cells = [cell for cell in node.iter() if cell.tag in ("td", "th") and not (article and _left_out(cell))]
        if any(cell.get(name) for cell in cells for name in ("colspan", "rowspan")) and (
            not article or WORD.search("".join(_visible(node, article=article))) or node.findall(".//img")
        ):
            for cell in _own_cells(node, article=article):
                words = " ".join(WORD.findall("".join(_visible(cell, article=article))))
                yield f"{cell.get('colspan', '1')}x{cell.get('rowspan', '1')} {words}"
    for child in node:
        yield from _cells(child, article=article)


def _own_cells(node: Element, *, article: bool) -> Iterator[Element]:
    for child in node:
        if not isinstance(child.tag, str) or child.tag == "table" or (article and _left_out(child)):
            continue
        if child.tag in ("td", "th"):
            yield child
        yield from _own_cells(child, article=article)


def _print(name: str, tally: Tally, show: int) -> None:
    def share(part: int, of: int) -> str:
        return f"{100 * part / of:7.3f} %" if of else "      - "

    rate = tally.input_bytes / 1e6 / tally.seconds if tally.seconds else 0.0
    print(
        f"{name:48.48} {tally.pages:5} pages {tally.input_bytes / 1e6:6.2f} MB {rate:5.1f} MB/s  "
        f"words {tally.words:8} {share(tally.words_kept, tally.words)}  "
        f"numbers {tally.numbers:7} {share(tally.numbers_kept, tally.numbers)}  "
        f"span-table cells {tally.cells:6} {share(tally.cells_kept, tally.cells)}  refused {tally.refused}"
    )
    if show:
        print("   lost:", ", ".join(f"{word}×{count}" for word, count in tally.lost.most_common(show)))


if __name__ == "__main__":
    sys.exit(main())
