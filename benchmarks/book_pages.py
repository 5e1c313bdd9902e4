"""Whether citations out of books name the right printed page, against a reading of the same files that is not ours.

    python -m benchmarks.book_pages FILE|FOLDER… [--samples N] [--seed N]

Of each book in EPUB that tells printed pages, html5lib reads the pages of the spine as a browser does and notes, word
by word, which printed page is in force (elements marked as page breaks, ids that the list of pages names). From our
articles eight words in a row are drawn at random; where they stand once in the other reading, the page that an anchor
gives for the first of them is compared. A draw whose words stand there more than once, or not at all, is not judged.
"""

from __future__ import annotations

import argparse
import posixpath
import random
import re
import sys
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import html5lib

from benchmarks import results
from benchmarks.document_words import words_of
from galactica.errors import GalacticaError
from galactica.model import Document, Rejected
from galactica.model.anchors import Anchors
from galactica.model.projection import outline
from galactica.refine.article import refine
from galactica.sources.formats import open_source

IN_A_ROW = 8
_HTML = "{http://www.w3.org/1999/xhtml}"
_WORD = re.compile(r"\w+")


def reference(path: Path) -> list[tuple[str, str]]:
    """(word, label of the printed page in force) of a book, in reading order; () where it tells no pages."""
    with zipfile.ZipFile(path) as archive:
        container = ET.fromstring(archive.read("META-INF/container.xml"))  # books known here
        opf = next(each.get("full-path", "") for each in container.iter() if each.tag.endswith("}rootfile"))
        package = ET.fromstring(archive.read(opf))
        items = {each.get("id"): each for each in package.iter() if each.tag.endswith("}item")}
        base = posixpath.dirname(opf)
        spine = [items[each.get("idref")] for each in package.iter() if each.tag.endswith("}itemref")]
        names = [posixpath.normpath(posixpath.join(base, unquote(item.get("href", "")))) for item in spine]
        trees = {name: html5lib.parse(archive.read(name)) for name in names if name.endswith("html")}
        lists = [item for item in items.values() if "nav" in item.get("properties", "").split()]
        pages: dict[tuple[str, str], str] = {}
        for item in lists:
            name = posixpath.normpath(posixpath.join(base, unquote(item.get("href", ""))))
            pages |= _listed(html5lib.parse(archive.read(name)), name)
    found: list[tuple[str, str]] = []
    for name, tree in trees.items():
        found.extend(_words(tree, name, pages))
    return found if any(page for _, page in found) else []


def _listed(tree: ET.Element, name: str) -> dict[tuple[str, str], str]:
    """(file, id) → label of a navigation document's list of pages."""
    found = {}
    for nav in tree.iter(f"{_HTML}nav"):
        if "page-list" in nav.get("epub:type", ""):
            for link in nav.iter(f"{_HTML}a"):
                path, _, mark = link.get("href", "").partition("#")
                target = posixpath.normpath(posixpath.join(posixpath.dirname(name), unquote(path)))
                found[target, unquote(mark)] = "".join(link.itertext()).strip()
    return found


def _words(tree: ET.Element, name: str, pages: dict[tuple[str, str], str]) -> Iterator[tuple[str, str]]:
    page = ""
    waiting: list[ET.Element | str] = [tree]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            yield from ((word, page) for word in words_of(each))
            continue
        if not isinstance(each.tag, str) or each.tag in (f"{_HTML}head", f"{_HTML}script", f"{_HTML}style"):
            waiting.append(each.tail or "")
            continue
        broken = "pagebreak" in each.get("epub:type", "") or each.get("role", "") == "doc-pagebreak"
        label = pages.get((name, each.get("id", "")), "")
        if broken:
            label = label or each.get("title", "") or "".join(each.itertext()).strip()
        page = label or page
        waiting.append(each.tail or "")
        if not broken:
            for child in reversed(each):
                waiting.append(child)
            waiting.append(each.text or "")


def ours(path: Path) -> Iterator[tuple[list[str], str]]:
    """(words in a row, the page that our anchor gives for the first) of every place of a book's articles."""
    with open_source(path) as source:
        for item in source.read():
            article = refine(item, language="en") if isinstance(item, Document) else None
            if article is None or isinstance(article, Rejected):
                continue
            seen = outline(article.body)
            anchors = Anchors(seen.anchors)
            hits = [(hit.start(), words_of(hit[0])) for hit in _WORD.finditer(seen.text)]
            for number in range(len(hits) - IN_A_ROW):
                words = [word for _, found in hits[number : number + IN_A_ROW] for word in found]
                yield words, dict(anchors.at(hits[number][0])).get("page", "")


def main() -> int:
    """Run; the exit code is 1 where a page is wrong."""
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("files", nargs="+", type=Path)
    options.add_argument("--samples", type=int, default=200, help="of each book")
    options.add_argument("--seed", type=int, default=1)
    given = results.arguments(options).parse_args()
    figures: dict[str, dict[str, int]] = {}
    for root in given.files:
        for path in sorted(root.rglob("*.epub")) if root.is_dir() else [root]:
            try:
                words = reference(path)
                if not words:
                    continue
                drawn = list(ours(path))
            except (GalacticaError, zipfile.BadZipFile, KeyError, ET.ParseError, StopIteration):
                continue
            figures[path.name] = _judged(words, drawn, given)
            print(path.name, figures[path.name], flush=True)
    wrong = sum(found["wrong"] for found in figures.values())
    print(f"right {sum(found['right'] for found in figures.values())}, wrong {wrong}")
    results.keep(__file__, given, figures)
    return 1 if wrong else 0


def _judged(
    words: list[tuple[str, str]], drawn: list[tuple[list[str], str]], given: argparse.Namespace
) -> dict[str, int]:
    places = defaultdict(list)
    for number, (word, _) in enumerate(words):
        places[word].append(number)
    found = {"right": 0, "wrong": 0, "not judged": 0}
    for row, page in random.Random(given.seed).sample(drawn, min(given.samples, len(drawn))):
        at = [number for number in places[row[0]] if [word for word, _ in words[number : number + len(row)]] == row]
        if len(at) != 1:
            found["not judged"] += 1
        elif words[at[0]][1] == page:
            found["right"] += 1
        else:
            found["wrong"] += 1
            print(f"    {' '.join(row)}: ours {page!r}, there {words[at[0]][1]!r}")
    return found


if __name__ == "__main__":
    sys.exit(main())
