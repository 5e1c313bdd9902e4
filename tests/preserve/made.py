"""A small edition of several files of articles, and what is done to it."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Sequence
from pathlib import Path

from galactica import library
from galactica.library.preserving import protect
from galactica.preserve.protecting import Protection

WORDS = (
    "peat bog turf moss heath loom spade lantern kiln drover ferry weir mill croft byre fold glen firth tarn".split()
)
ARTICLES = 240


def text(seed: int, words: int = 1200) -> str:
    drawn = random.Random(seed)
    return " ".join(f"{drawn.choice(WORDS)}{drawn.randrange(10**6)}" for _ in range(words))


def build_edition(folder: Path, articles: int = ARTICLES, words: int = 1200) -> Path:
    """An edition whose articles fill three files and some row groups."""
    folder.mkdir(parents=True, exist_ok=True)
    rows = (
        {"path": f"a/{n}", "title": f"Tarn {n}\tof\\n {n}", "language": "en", "body": f"<p>{text(n, words)}</p>"}
        for n in range(articles)
    )
    source = folder / "tarns.jsonl"
    source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    out = folder / "tarns.edition"
    library.build(out, [source], workers=0, meaning=False, title="Tarns and firths")
    return out


def copied(edition: Path, folder: Path) -> Path:
    """A copy to be damaged."""
    place = folder / "copy.edition"
    shutil.copytree(edition, place)
    return place


def volumes_of(edition: Path, folder: Path, volumes: int = 7, survive: int = 2) -> Protection:
    return protect(edition, volumes=volumes, survive=survive, out=[folder], day="2026-01-02")


def flip(path: Path, places: Sequence[int]) -> None:
    raw = bytearray(path.read_bytes())
    for place in places:
        raw[place % len(raw)] ^= 0x40
    path.write_bytes(raw)


def files_of(folder: Path, *, index: bool = False) -> dict[str, bytes]:
    """Every file of an edition but its indexes."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and (index or path.relative_to(folder).parts[0] != "index")
    }
