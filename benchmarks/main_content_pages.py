"""The pages that main content is learned from and measured on: three public sets, each page in one half of them.

* `article`: html-scrapinghub, pages of news and blogs with the text of the article as people cut it out.
* `strings`: html-trafilatura, pages of many kinds with strings that the text must hold, and such as it must not.
* `readable`: html-readability, pages with what Mozilla's Readability made of them (no human gold).

A page belongs to the half that is measured where SHA-256 of its id is odd, else to the half that is learned from. The
id is the name of its file or folder, or its address.
"""

from __future__ import annotations

import functools
import gzip
import hashlib
import json
import re
import tarfile
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from selectolax.lexbor import LexborHTMLParser

from galactica.sources import encoding
from galactica.sources.html import declared

SHINGLE = 4
"""Words that are compared together, as in scrapinghub's evaluation."""

_WORD = re.compile(r"\w+")
_SPACE = re.compile(r"\s+")


@dataclass(frozen=True, slots=True, kw_only=True)
class GoldPage:
    """A page and what is known of its main content.

    Attributes:
        kind: "article", "strings" or "readable".
        raw: its bytes.
        text: the content; "" for "strings".
        wanted, unwanted: strings, white space collapsed.
        said: what else is known of it: title, author, date, licence.
    """

    kind: str
    name: str
    raw: bytes = field(repr=False)
    text: str = field(default="", repr=False)
    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    said: dict[str, str] = field(default_factory=dict)

    @property
    def measured(self) -> bool:
        """Whether it is in the half that nothing is learned from."""
        return hashlib.sha256(self.name.encode()).digest()[-1] % 2 == 1

    @property
    def html(self) -> str:
        """The page as text."""
        return encoding.decode(self.raw, declared(self.raw)) or ""


def gold_pages(folder: Path) -> list[GoldPage]:
    """All pages below the folder of the real data; those of a set that is not there are left out."""
    return [*_articles(folder / "html-scrapinghub"), *_strings(folder / "html-trafilatura"), *_readable(folder)]


def _articles(folder: Path) -> Iterator[GoldPage]:
    if not (folder / "ground-truth.json").is_file():
        return
    gold = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    for name in sorted(gold):
        packed = folder / "html" / f"{name}.html.gz"
        plain = packed.with_suffix("")
        raw = gzip.decompress(packed.read_bytes()) if packed.is_file() else plain.read_bytes()
        yield GoldPage(kind="article", name=name, raw=raw, text=gold[name]["articleBody"])


def _strings(folder: Path) -> Iterator[GoldPage]:
    if not (folder / "evaldata.json").is_file():
        return
    gold = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
    with tarfile.open(folder / "pages.tar.xz") as archive:
        files = {Path(one.name).name: archive.extractfile(one) for one in archive if one.isfile()}
        held = {name: stream.read() for name, stream in files.items() if stream is not None}
    for address, entry in gold.items():
        yield GoldPage(
            kind="strings",
            name=address,
            raw=held[entry["file"]],
            wanted=tuple(map(one_line, entry["with"])),
            unwanted=tuple(map(one_line, entry["without"])),
            said={name: entry[name] for name in ("title", "author", "date", "license") if entry.get(name)},
        )


def _readable(folder: Path) -> Iterator[GoldPage]:
    path = folder / "html-readability" / "test-pages.tar.xz"
    if not path.is_file():
        return
    held: dict[str, dict[str, bytes]] = {}
    with tarfile.open(path) as archive:
        for one in archive:
            stream = archive.extractfile(one) if one.isfile() else None
            if stream is not None:
                held.setdefault(Path(one.name).parent.name, {})[Path(one.name).name] = stream.read()
    for name, files in sorted(held.items()):
        if "source.html" in files and "expected.html" in files:
            body = LexborHTMLParser(files["expected.html"]).body
            said = json.loads(files.get("expected-metadata.json", b"{}"))
            yield GoldPage(
                kind="readable",
                name=name,
                raw=files["source.html"],
                text="" if body is None else body.text(separator=" "),
                said={key: value for key, value in said.items() if isinstance(value, str) and value},
            )


def one_line(text: str) -> str:
    """White space collapsed."""
    return _SPACE.sub(" ", text).strip()


def shingles(text: str, size: int = SHINGLE) -> Counter[tuple[str, ...]]:
    """Words of a text, so many together; a text of fewer words is one shingle."""
    words = _WORD.findall(text)
    return Counter(tuple(words[at : at + size]) for at in range(max(1, len(words) - size + 1)) if words)


@functools.lru_cache(maxsize=2000)
def _gold_shingles(text: str, size: int) -> Counter[tuple[str, ...]]:
    return shingles(text, size)


def by_shingles(pairs: Iterable[tuple[str, str]], size: int = SHINGLE) -> dict[str, float]:
    """Mean precision and recall over pages (gold, found), and the F1 of these means, as scrapinghub's evaluation."""
    precisions, recalls = [], []
    for gold, found in pairs:
        true, shown = _gold_shingles(gold, size), shingles(found, size)
        both = sum((true & shown).values())
        if shown:
            precisions.append(both / sum(shown.values()))
        if true:
            recalls.append(both / sum(true.values()))
    return _scores(sum(precisions) / max(len(precisions), 1), sum(recalls) / max(len(recalls), 1))


def by_strings(pairs: Iterable[tuple[GoldPage, str]]) -> dict[str, float]:
    """Precision, recall, F1 and accuracy over all strings of pages, as trafilatura's evaluation."""
    right = wrong = missed = left = 0
    for page, found in pairs:
        text = one_line(found)
        there = sum(each in text for each in page.wanted)
        shown = sum(each in text for each in page.unwanted)
        right, missed = right + there, missed + len(page.wanted) - there
        wrong, left = wrong + shown, left + len(page.unwanted) - shown
    scores = _scores(right / max(right + wrong, 1), right / max(right + missed, 1))
    return {**scores, "accuracy": (right + left) / max(right + wrong + missed + left, 1)}


def _scores(precision: float, recall: float) -> dict[str, float]:
    both = precision + recall
    return {"f1": 2 * precision * recall / both if both else 0.0, "precision": precision, "recall": recall}
