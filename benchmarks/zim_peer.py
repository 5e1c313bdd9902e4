"""The peer: the same articles into a ZIM with a full-text index, through libzim's own Creator.

    python -m benchmarks.zim_peer FOLDER OUT.zim [--workers 2]

Reads WikiExtractor files the plainest way, makes one HTML page an article with the same paragraphs, and lets libzim
compress (zstd, its own level) and index (Xapian, English). Prints the number of articles.
"""

from __future__ import annotations

import argparse
import html
import re
from collections.abc import Iterator
from pathlib import Path

from libzim.writer import Creator, Hint, Item, StringProvider

DOC = re.compile(r'<doc id="(\d+)" url="[^"]*" title="([^"]*)">\n(.*?)\n</doc>', re.S)


class Page(Item):
    """One article as libzim takes it."""

    def __init__(self, path: str, title: str, content: str) -> None:
        super().__init__()
        self.path, self.title, self.content = path, title, content

    def get_path(self) -> str:
        return self.path

    def get_title(self) -> str:
        return self.title

    def get_mimetype(self) -> str:
        return "text/html"

    def get_contentprovider(self) -> StringProvider:
        return StringProvider(self.content)

    def get_hints(self) -> dict[Hint, bool]:
        return {Hint.FRONT_ARTICLE: True}


def articles(folder: Path) -> Iterator[tuple[str, str, str]]:
    """(id, title, text) of every article with a text under `folder`, by file name."""
    for file in sorted(p for p in folder.rglob("*") if p.is_file()):
        for number, title, text in DOC.findall(file.read_text(encoding="utf-8")):
            body = text.partition("\n")[2].strip()
            if body:
                yield number, html.unescape(title), body


def page(title: str, text: str) -> str:
    """The page of an article."""
    paragraphs = "".join(f"<p>{html.escape(line, quote=False)}</p>" for line in text.split("\n") if line)
    name = html.escape(title)
    return f"<html><head><title>{name}</title></head><body><h1>{name}</h1>{paragraphs}</body></html>"


def write(folder: Path, out: Path, workers: int) -> int:
    """Write the ZIM; returns how many articles it has."""
    count = 0
    with Creator(out).config_indexing(True, "eng").config_nbworkers(workers) as creator:
        creator.set_mainpath("0")
        for number, title, text in articles(folder):
            creator.add_item(Page(number, title, page(title, text)))
            count += 1
        about = {"Title": "Peer", "Description": "Peer", "Language": "eng", "Creator": "-", "Publisher": "-"}
        for name, value in {**about, "Date": "2026-01-01", "Name": "peer"}.items():
            creator.add_metadata(name, value)
    return count


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    print(write(options.folder, options.out, options.workers))
