"""Documents for the benchmarks of scale: real text, as whole articles or a paragraph each, in two sources.

`articles`: English and Chinese Wikipedia in plain text (37,500 of them; beyond that they come again under new ids and
titles). `paragraphs`: every paragraph of these of `LEAST` letters and more is a document, called like its article with
a number behind it: some 430,000 short texts; beyond that they come again, as a copy of which something finds that it
is one. Both are shuffled by a fixed seed, and dealt out to two sources, so that there is something to join.
"""

from __future__ import annotations

import random
import tarfile
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path

from benchmarks.data import DOC, real
from benchmarks.memory_curve import HEAD

FILE = 8 * 2**20
"""Bytes of a file of documents."""

LEAST = 100
"""Letters of a paragraph that is a document; of Chinese a third of that."""

SOURCES = ("one", "other")


def english() -> Iterator[str]:
    """Documents of the English Wikipedia, as its extract has them."""
    for name in ("AA", "AB"):
        yield from _of_archive(f"enwiki-2015-core-wikiextractor/{name}.tar.xz")


def chinese() -> Iterator[str]:
    """Documents of the Chinese Wikipedia that have a text: many are redirects without one."""
    for doc in _of_archive("zhwiki-wikiextractor/AA.tar.xz"):
        if doc.count("\n") > 4:
            # Numbers of pages of two wikis meet; those of the second begin where those of the first have ended.
            yield HEAD.sub(r'<doc id="9\1" url="\g<2>9\3" title="\4">', doc, count=1)


def documents(kind: str) -> list[str]:
    """Every real document, "articles" or "paragraphs", shuffled."""
    found = [*english(), *chinese()]
    if kind == "paragraphs":
        found = [part for doc in found for part in paragraphs(doc)]
    random.Random(14).shuffle(found)
    return found


class Texts:
    """Documents in folders, each of so many; those that are there are used.

    Args:
        folder: where they are.
        kind: "articles" or "paragraphs".
    """

    def __init__(self, folder: Path, kind: str) -> None:
        self._folder, self._kind = folder / kind, kind
        self._found: list[str] = []

    def of(self, count: int) -> tuple[Path, int, float]:
        """(the folder of so many, their bytes, how often each was used)."""
        folder, distinct = self._folder / f"{count}", self._folder / "distinct"
        if not folder.exists():
            self._found = self._found or documents(self._kind)
            write(self._found, count, folder)
            distinct.write_text(f"{len(self._found)}\n", encoding="ascii")
        size = sum(file.stat().st_size for file in folder.rglob("wiki_*"))
        return folder, size, count / int(distinct.read_text(encoding="ascii"))


def paragraphs(doc: str) -> Iterator[str]:
    """The paragraphs of a document as documents."""
    head, *lines = doc.split("\n")
    number = 0
    for line in lines[1:-2]:
        if len(line) >= (LEAST if line[:LEAST].isascii() else LEAST // 3):
            number += 1
            mark = rf'<doc id="\g<1>{number:04}" url="\g<2>\g<3>{number:04}" title="\4, {number}">'
            yield f"{HEAD.sub(mark, head, count=1)}\n{line}\n</doc>\n"


def write(found: list[str], count: int, folder: Path) -> int:
    """Write so many documents into the folders `SOURCES` of a folder; returns how many bytes they are."""
    return sum(
        _write(islice(_turns(found, count), number, None, len(SOURCES)), folder / name)
        for number, name in enumerate(SOURCES)
    )


def _turns(found: list[str], count: int) -> Iterator[str]:
    for number, doc in zip(range(count), cycle(found), strict=False):
        turn = number // len(found)
        mark = rf'<doc id="{turn}0000000\1" url="\g<2>{turn}0000000\3" title="\4 ({turn})">'
        yield HEAD.sub(mark, doc, count=1) if turn else doc


def _write(docs: Iterator[str], folder: Path) -> int:
    folder.mkdir(parents=True)
    held: list[str] = []
    size = total = files = 0
    for doc in docs:
        held.append(doc)
        size += len(doc)
        if size >= FILE:
            total += (folder / f"wiki_{files:05d}").write_bytes("".join(held).encode())
            files, size, held = files + 1, 0, []
    if held:
        total += (folder / f"wiki_{files:05d}").write_bytes("".join(held).encode())
    return total


def _of_archive(name: str) -> Iterator[str]:
    """Documents of an archive's files, by their names. They are read as they lie: going back unpacks all anew."""
    found: dict[str, str] = {}
    with tarfile.open(real(name)) as archive:
        for member in archive:
            file = archive.extractfile(member)
            if file is not None:
                found[member.name] = file.read().decode()
    for _, text in sorted(found.items()):
        yield from DOC.findall(text)
