"""What lies in an index of a view: its files, its manifest, and what is checked before a file is believed.

NAME.trace/   trace.json and the files of `FILES`; docs/formats/trace.md is normative
"""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from galactica.errors import InputError
from galactica.train.tracing.gaps import BLOCK, GROUPS, TAIL
from galactica.train.tracing.ordering import MOST_PIECES

VERSION = 1
MANIFEST = "trace.json"
ENDING = ".trace"

FILES = {
    "words.bin": 8,
    "rows.bin": 4,
    "firsts.bin": 4,
    "widths.bin": 1,
    "gaps.bin": 1,
    "marks.bin": 4,
    "places.bin": 4,
    "documents.bin": 4,
}
"""Files of an index and bytes of one number in each, little-endian and unsigned."""

MARKED = 64
"""Every piece of a part whose number is a multiple of this has its place written down (`marks`, `places`)."""

PART_BYTES = 64 * 2**20
"""Bytes of text after which a part is closed: what one worker sorts at a time, in some 800 MB of memory; of programs,
1.5 GB."""

LARGEST_PART = 2**31
"""Bytes of a part, as far as one document can stretch it: places have 32 bits."""

MOST_PARTS = 100_000
"""Parts of an index: 6.4 TB of text."""

LARGEST_MANIFEST = 64 * 2**20
"""Bytes of `trace.json`; of the most parts it has some 20 MB."""

_HEX = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True, kw_only=True)
class PartCounts:
    """How much a part of an index has.

    Attributes:
        documents, bytes: of text; every document has one byte more, which ends it.
        pieces: of the text, ends of documents among them; a row each.
        words: different pieces.
        gaps: bytes of packed gaps.
        alike: of one, two, three pieces in a row, the sum over all different ones of the square of how often they stand
            there; a place whose pieces are those up to `part.RUN` places before is one of a run and counts not at all,
            but that everything counts once.
    """

    documents: int
    bytes: int
    pieces: int
    words: int
    gaps: int
    alike: tuple[int, int, int]

    @property
    def blocks(self) -> int:
        """Blocks of links."""
        return -(-self.pieces // BLOCK)

    @property
    def marks(self) -> int:
        """Pieces whose places are written down."""
        return -(-self.pieces // MARKED)

    def lengths(self) -> dict[str, int]:
        """How many numbers each file has for this part."""
        return {
            "words.bin": self.words,
            "rows.bin": self.words + 1,
            "firsts.bin": self.blocks,
            "widths.bin": self.blocks * GROUPS,
            "gaps.bin": self.gaps,
            "marks.bin": self.marks,
            "places.bin": self.marks,
            "documents.bin": self.documents + 1,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceManifest:
    """What `trace.json` says.

    Attributes:
        view: hash of the view, 64 hex digits.
        parts: in the order of the view's documents.
        files: SHA-256 of each file, in hexadecimal.
    """

    view: str
    parts: tuple[PartCounts, ...]
    files: dict[str, str]

    @property
    def documents(self) -> int:
        """Documents of the view."""
        return sum(part.documents for part in self.parts)

    @property
    def text_bytes(self) -> int:
        """Bytes of the documents, without what ends them."""
        return sum(part.bytes - part.documents for part in self.parts)

    def sizes(self) -> dict[str, int]:
        """Bytes that each file must have."""
        found = dict.fromkeys(FILES, 0)
        for part in self.parts:
            for name, length in part.lengths().items():
                found[name] += length * FILES[name]
        found["gaps.bin"] += TAIL
        return found

    def text(self) -> bytes:
        """The file: canonical JSON with `sum`, the SHA-256 of the same without it."""
        told: dict[str, Any] = {
            "version": VERSION,
            "view": self.view,
            "parts": [asdict(part) for part in self.parts],
            "files": self.files,
        }
        return _canonical({**told, "sum": hashlib.sha256(_canonical(told)).hexdigest()})


def _canonical(told: object) -> bytes:
    return (json.dumps(told, sort_keys=True, indent=1) + "\n").encode("ascii")


def unusable_index(folder: Path, what: str) -> InputError:
    """An index that must not be used."""
    return InputError(
        f"{folder} is no index that can be used: {what}.", "Remove the folder; galactica trace makes it again."
    )


def read_trace_manifest(folder: Path) -> TraceManifest:
    """Read `trace.json`, and see that every file is there with the bytes that follow from it.

    Raises:
        InputError: there is none, it is damaged, of another version, or a file is missing or of another size.
    """
    try:
        with (folder / MANIFEST).open("rb") as file:
            text = file.read(LARGEST_MANIFEST + 1)
    except OSError as error:
        raise unusable_index(folder, f"{MANIFEST} cannot be read ({error.strerror})") from error
    try:
        found = _manifest(text)
    except (ValueError, TypeError, KeyError, RecursionError) as error:
        raise unusable_index(folder, f"{MANIFEST} is not what it must be ({error})") from error
    for name, size in found.sizes().items():
        try:
            real = (folder / name).stat().st_size
        except OSError as error:
            raise unusable_index(folder, f"{name} cannot be read ({error.strerror})") from error
        if real != size:
            raise unusable_index(folder, f"{name} has {real:,} bytes and not {size:,}")
    return found


def _manifest(text: bytes) -> TraceManifest:
    """Raises ValueError, TypeError, KeyError or RecursionError for what is none."""
    if len(text) > LARGEST_MANIFEST:
        raise ValueError("too large")
    told = json.loads(text)
    if not isinstance(told, dict) or told.get("version") != VERSION:
        raise ValueError("of another version")
    if _canonical(told) != text or hashlib.sha256(_canonical(_without_sum(told))).hexdigest() != told.get("sum"):
        raise ValueError("changed")
    parts, files, view = told["parts"], told["files"], told["view"]
    if not (isinstance(parts, list) and 0 < len(parts) <= MOST_PARTS):
        raise ValueError("no parts")
    if not (isinstance(files, dict) and set(files) == set(FILES)):
        raise ValueError("other files")
    if not all(isinstance(each, str) and _HEX.fullmatch(each) for each in (view, *files.values())):
        raise ValueError("no hash")
    return TraceManifest(view=view, parts=tuple(map(_part, parts)), files=files)


def _without_sum(told: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in told.items() if key != "sum"}


def _part(told: dict[str, Any]) -> PartCounts:
    part = PartCounts(**{**told, "alike": tuple(told["alike"])})
    numbers = (part.documents, part.bytes, part.pieces, part.words, part.gaps, *part.alike)
    if len(part.alike) != 3 or not all(type(each) is int for each in numbers):
        raise ValueError("no numbers")
    fits = (
        1 <= part.words <= part.pieces <= min(part.bytes, MOST_PIECES)
        and 1 <= part.documents <= part.pieces
        and part.bytes <= LARGEST_PART
        and 0 <= part.gaps <= part.blocks * BLOCK * 4
        and all(part.words <= each <= part.pieces**2 for each in part.alike)
    )
    if not fits:
        raise ValueError("counts that cannot be")
    return part
