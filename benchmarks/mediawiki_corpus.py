"""MediaWiki dumps of many wikis: is any page lost, how fast is the conversion, what does a reader stumble over?

    python -m benchmarks.mediawiki_corpus [--pages N] [--show TITLE] [--peer]

Counts the pages of every real dump on its own (the bytes "<page>" in the unpacked file) and compares with what the
reader yields; converts every article and prints the speed, the templates dropped most, and how often marks of
wikitext are left in the text that a reader sees. With `--peer`, mwparserfromhell (pip install mwparserfromhell) parses
the same articles in the same run, which is only a part of what converting is. Data: GALACTICA_DATA (default
../shared/data), folders `mwdump-*`.
"""

from __future__ import annotations

import argparse
import bz2
import html
import lzma
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import results
from galactica.model import Document, Rejected
from galactica.refine.wikitext import FAILED, wikitext_to_html
from galactica.sources.contract import SourceOptions
from galactica.sources.mediawiki import open_dump

FOLDERS = ("mwdump-dumpsterdive", "mwdump-gensim", "mwdump-dbpedia-mini", "mwdump-truncated-7lang")
LEFTOVERS = ("{{", "}}", "[[", "]]", "'''", "''", "{|", "|}", "|-", "<ref", "<nowiki")
_INVISIBLE = re.compile(r"<(pre|code|math)\b.*?</\1>", re.DOTALL)
_TAG = re.compile(r"<[^<>]*>")


def dumps(data: Path) -> Iterator[Path]:
    """Every dump in the folders, in order."""
    for folder in FOLDERS:
        for path in sorted((data / folder).rglob("*")):
            if path.suffix in (".xml", ".bz2", ".xz"):
                yield path


def pages_in(path: Path) -> int:
    """The number of "<page>" in the unpacked file, counted without the reader."""
    data = path.read_bytes()
    if data.startswith(b"BZh"):
        data = bz2.decompress(data)
    elif data.startswith(b"\xfd7zXZ"):
        data = lzma.LZMADecompressor().decompress(data)
    if data.startswith(b"\xff\xfe"):
        data = data.decode("utf-16").encode()
    return data.count(b"<page>")


def visible(body: str) -> str:
    """The words of a body as a reader sees them, without code and formulas."""
    return html.unescape(_TAG.sub(" ", _INVISIBLE.sub(" ", body)))


def peer() -> Callable[[str], object]:
    """What parses a text in mwparserfromhell; ends the program plainly where that is not installed."""
    try:
        from mwparserfromhell import parse
    except ImportError:
        print("mwparserfromhell is not installed: pip install mwparserfromhell")
        sys.exit(2)
    found: Callable[[str], object] = parse
    return found


def main() -> int:
    """Run; the exit code is 1 where a page was lost or an article could not be converted."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--pages", type=int, default=10**9, help="convert at most so many articles")
    options.add_argument("--show", default="", help="print the HTML of articles of this title and stop")
    options.add_argument("--leftovers", action="store_true", help="print where marks were left")
    options.add_argument("--peer", action="store_true", help="let mwparserfromhell parse the same articles")
    given = results.arguments(options).parse_args()
    parse = peer() if given.peer else None
    data = Path(os.environ.get("GALACTICA_DATA", "../shared/data"))
    if not any((data / folder).is_dir() for folder in FOLDERS):
        print(f"skipped: no dumps in {data} (set GALACTICA_DATA)")
        return 0
    kinds: Counter[str] = Counter()
    dropped: Counter[str] = Counter()
    left: Counter[str] = Counter()
    size = produced = articles = pages_with_marks = lost = failed = 0
    spent = reading = parsed = 0.0
    slowest = (0.0, "")
    for path in dumps(data):
        expected, seen = pages_in(path), 0
        began = time.process_time()
        with open_dump(path, SourceOptions()) as source:
            items = list(source.read())
        reading += time.process_time() - began
        for item in items:
            seen += 1
            kinds[item.reason if isinstance(item, Rejected) else type(item).__name__] += 1
            if not isinstance(item, Document) or articles >= given.pages:
                continue
            if given.show and item.title != given.show:
                continue
            began = time.process_time()
            result = wikitext_to_html(item.content, title=item.title, site=item.site, language=source.source.language)
            took = time.process_time() - began
            if given.show:
                print(result.html)
                continue
            spent += took
            if parse is not None:
                began = time.process_time()
                parse(item.content)
                parsed += time.process_time() - began
            slowest = max(slowest, (took, item.title))
            articles += 1
            size += len(item.content.encode())
            produced += len(result.html.encode())
            dropped.update(dict(result.dropped))
            failed += FAILED in dict(result.dropped)
            words = visible(result.html)
            found = Counter({mark: words.count(mark) for mark in LEFTOVERS if mark in words})
            left += found
            pages_with_marks += bool(found)
            if given.leftovers:
                for mark in found:
                    at = words.index(mark)
                    print(f"  {item.title}: {mark} … {words[max(0, at - 50) : at + 60]!r}")
        if seen != expected:
            lost += 1
            print(f"LOST: {path.name}: {expected} pages, {seen} values")
    if given.show:
        return 0
    total, megabytes, share = sum(kinds.values()), size / 1e6, 100 * pages_with_marks / max(1, articles)
    print(f"pages {total} = " + " + ".join(f"{count} {kind}" for kind, count in kinds.most_common()))
    print(f"dumps with a lost page: {lost}; articles that failed to convert: {failed}")
    print(
        f"converted {articles} articles, {megabytes:.1f} MB of wikitext in {spent:.2f} s: {megabytes / spent:.2f} MB/s"
    )
    if parse is not None:
        print(f"mwparserfromhell only parses them in {parsed:.2f} s, {parsed / spent:.2f} times as long")
    print(
        f"unpacking and XML: {reading:.2f} s; HTML: {produced / 1e6:.1f} MB; slowest: {slowest[1]}, {slowest[0]:.2f} s"
    )
    print(f"articles with marks left: {pages_with_marks} of {articles} ({share:.1f} %)")
    print("marks left: " + ", ".join(f"{mark} {count}" for mark, count in left.most_common()))
    print(
        f"dropped {sum(dropped.values())}: " + ", ".join(f"{name} {count}" for name, count in dropped.most_common(80))
    )
    figures: dict[str, object] = {
        "pages": total,
        "dumps with a lost page": lost,
        "failed": failed,
        "articles": articles,
    }
    figures |= {
        "MB/s": megabytes / spent,
        "articles with marks left": pages_with_marks,
        "dropped": sum(dropped.values()),
    }
    if parse is not None:
        figures["time of mwparserfromhell, as a share of ours"] = parsed / spent
    results.keep(__file__, given, figures | {"kinds": kinds, "marks left": left})
    return 1 if lost or failed else 0


if __name__ == "__main__":
    sys.exit(main())
