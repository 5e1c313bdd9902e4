"""The head: what is known of a candidate (`features`) becomes how surely it is a value of each property.

The file is in the safetensors format (`encode.tensors`): `mean`, `scale float16 [features]`, which bring features to
one size; two layers `first int8 [features, hidden]`, `second int8 [hidden, properties]`, each with the size of a step
of each column (`steps float32`) and `offsets float32`; `thresholds float32 [2, properties]`, logits from which a value
is claimed (one that nothing reaches: never), in scripts with spaces and without them; `knots`, `sure float32 [knots]`:
how far above its threshold the logit of a claim is, and how often such claims were right where they were judged,
between knots by straight lines. What it says of itself: `kind`, `properties` in
their order, `network`, the digest of the lower half of the network that it is for, over which it was settled
(`encode.cross.lower_half_digest`), `languages` that were judged.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.encode import tensors
from galactica.errors import EditionError

KIND = "tagger 1"
"""What the file says it is."""

SHIPPED_HEAD = Path(__file__).parent / "data" / "tagger.safetensors"

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaggerHead:
    """A head; use `open_head`.

    Attributes:
        names: of the properties, in the order of the columns.
        network: digest of the network's lower half (`encode.cross.lower_half_digest`).
        languages: whose sentences are read.
        digest: SHA-256 of the head's own file.
    """

    names: tuple[str, ...]
    network: str
    languages: frozenset[str]
    digest: str
    mean: Floats
    scale: Floats
    first: Floats
    first_offsets: Floats
    second: Floats
    second_offsets: Floats
    thresholds: Floats
    knots: Floats
    sure: Floats

    def logits(self, features: Floats) -> Floats:
        """`float32 [candidates, properties]` of `float32 [candidates, features]`."""
        plain = (features - self.mean) / self.scale
        hidden = np.maximum(plain @ self.first + self.first_offsets, 0)
        found: Floats = hidden @ self.second + self.second_offsets
        return found

    def confidence(self, above: float) -> float:
        """How often a claim is right whose logit is so far above its threshold."""
        return round(float(np.interp(above, self.knots, self.sure)), 3)


def open_head(path: Path) -> TaggerHead:
    """Open a head's file.

    Raises:
        EditionError: it is missing, or no such file.
    """
    arrays, about = tensors.read_tensors(path)
    try:
        return _head(arrays, about, path)
    except (KeyError, ValueError) as error:
        raise EditionError(
            f"{path} cannot be read as a head of the tagger ({error}).", "Fetch the file again."
        ) from error


def _head(arrays: Mapping[str, NDArray[Any]], about: Mapping[str, str], path: Path) -> TaggerHead:
    if about.get("kind") != KIND:
        raise ValueError("another kind of file")
    floats = {name: array.astype(np.float32) for name, array in arrays.items()}
    names = tuple(about["properties"].split())
    first = floats["first"] * floats["first_steps"]
    second = floats["second"] * floats["second_steps"]
    if second.shape[1] != len(names) or first.shape[1] != len(second) or len(floats["mean"]) != len(first):
        raise ValueError("arrays that do not fit together")
    if floats["thresholds"].shape != (2, len(names)) or len(floats["knots"]) != len(floats["sure"]):
        raise ValueError("arrays that do not fit together")
    return TaggerHead(
        names=names,
        network=about["network"],
        languages=frozenset(about["languages"].split()),
        digest=hashlib.sha256(path.read_bytes()).hexdigest(),
        mean=floats["mean"],
        scale=floats["scale"],
        first=first,
        first_offsets=floats["first_offsets"],
        second=second,
        second_offsets=floats["second_offsets"],
        thresholds=floats["thresholds"],
        knots=floats["knots"],
        sure=floats["sure"],
    )
