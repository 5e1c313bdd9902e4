"""A primer of a made-up printing, and sheets as plain pictures."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.engrave.primer.facts import PrimerFacts
from galactica.engrave.primer.practice import practice_sheet
from galactica.engrave.sheet.layout import SheetLayout

LANGUAGES = ("en", "zh", "es", "fr", "de", "ru", "ar", "hi", "ja", "pt", "ltg")


def facts(*, width_px: int = 1240, height_px: int = 1754, languages: Sequence[str] = LANGUAGES) -> PrimerFacts:
    """A printing whose first sheet says what the practice sheet says."""
    practice = practice_sheet()
    return PrimerFacts(
        title="Tarns and moors",
        root=practice.root,
        articles=3,
        sheets=9,
        data_sheets=7,
        groups=1,
        parity=2,
        header=practice.header,
        payload=practice.payload,
        grid=SheetLayout(1100, 1600, 3).grid,
        record=practice.records[1],
        languages=languages,
        width_px=width_px,
        height_px=height_px,
        cell_px=3,
    )


def listed(text: str, caption: str) -> list[str]:
    """The lines under a caption of the primer's text, up to an empty line."""
    _, found, rest = text.partition(f"[{caption}]\n")
    assert found, caption
    return rest.split("\n\n", 1)[0].split("\n")


def said(text: str, pattern: str) -> str:
    """What a sentence says: white space counts as one space."""
    found = re.search(pattern, " ".join(text.split()))
    assert found, pattern
    return found[1]


def chapter(text: str, title: str) -> str:
    """One chapter of the primer's text."""
    parts = re.split(r"\n=+\n(\d+\. [^\n]+)\n=+\n", "\n" + text)
    return next(parts[at + 1] for at in range(1, len(parts), 2) if parts[at].endswith(title))


def hexes(line: str) -> bytes:
    """The bytes of a row: behind its number, where it has one."""
    return bytes.fromhex(line.partition(": ")[2] or line)


def write_pgm(path: Path, ink: npt.NDArray[np.bool_], margin: int = 40) -> None:
    """A picture of a sheet: ink is dark grey, paper light grey."""
    grey = np.full((ink.shape[0] + 2 * margin, ink.shape[1] + 2 * margin), 240, dtype=np.uint8)
    grey[margin:-margin, margin:-margin][ink] = 30
    path.write_bytes(b"P5 %d %d 255\n" % (grey.shape[1], grey.shape[0]) + grey.tobytes())
