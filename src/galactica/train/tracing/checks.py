"""Whether the numbers of a part can be: what is mapped is looked at before it is believed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from galactica.train.tracing.layout import PartCounts

Stored = npt.NDArray[np.unsignedinteger[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class PartNumbers:
    """What a part has in each file but the gaps: one number after the other, `widths` as `uint8 [blocks, GROUPS]`."""

    words: Stored
    rows: Stored
    firsts: Stored
    widths: Stored
    marks: Stored
    places: Stored
    documents: Stored


def wrong_files(part: PartNumbers, counts: PartCounts) -> list[str]:
    """Names of the files whose numbers cannot be those of a part that counts so much."""
    good = {
        "words.bin": _ascends(part.words),
        "rows.bin": part.rows[0] == 0 and part.rows[-1] == counts.pieces and _ascends(part.rows),
        "firsts.bin": part.firsts.max() < counts.pieces,
        "widths.bin": int(part.widths.sum(dtype=np.int64)) == counts.gaps,
        "marks.bin": part.marks.max() < counts.pieces and _ascends(part.marks),
        "places.bin": part.places.max() < counts.bytes,
        "documents.bin": part.documents[0] == 0 and part.documents[-1] == counts.bytes and _ascends(part.documents),
    }
    return [name for name, fits in good.items() if not fits]


def _ascends(numbers: Stored) -> bool:
    return bool((numbers[1:] > numbers[:-1]).all())
