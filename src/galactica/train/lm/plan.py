"""How a language model is trained: sizes with a name, and every setting that its numbers depend on.

Sizes, with a vocabulary of their own where no tokenizer is given:

| size | parameters | width | layers | heads / asked | inner | vocabulary | context | for |
| --- | --- | --- | --- | --- | --- | --- | --- | --- |
| nano | 1.3 M | 128 | 4 | 4 / 2 | 384 | 4,096 | 256 | minutes on two cores |
| micro | 13 M | 320 | 8 | 5 / 5 | 896 | 8,192 | 512 | hours on a desktop |
| small | 113 M | 768 | 14 | 12 / 4 | 2,048 | 32,768 | 1,024 | hours on a GPU |

A matrix learns at `rate × BASE_WIDTH / width`, the table and the norms at `rate` (Yang et al. 2022, table 8): one rate,
found for the narrowest, serves all.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace

from galactica import __version__
from galactica.errors import UsageError
from galactica.train.lm.shape import MOST_CONTEXT, DecoderShape

BASE_WIDTH = 128
"""Of the size at which the rate was found."""

RATE = 4e-3
"""Highest rate of the table and, at `BASE_WIDTH`, of matrices; see docs/decisions/0050."""

MOST_BATCH = 65_536
"""Sequences of a batch."""

USED = 0.8
"""Share of a GPU's memory that is planned with; the rest is for what lies between, and for who else uses it."""

LEARNED = 20
"""Bytes for each number that is learned: itself, gradient, two moments, and its rounded copy."""

FULL = 2**16
"""Tokens at once with which products fill the largest GPU: more makes nothing faster."""

MOST_COUNTED = 2**31 - 1
"""Logits at once: above it kernels count in 64 bits, and are slower."""

MOST_STEPS = 100_000_000
MOST_MINUTES = 60 * 24 * 365
MOST_SEED = 2**31 - 1


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSize:
    """A size that has a name.

    Attributes:
        shape: with the vocabulary that a tokenizer made for it has.
        batch: sequences of a step.
        steps: of a training for which neither steps nor minutes are given: some twenty tokens for each number that is
            learned (Hoffmann et al. 2022).
        sample: megabytes of text that its tokenizer is trained on.
        warm: steps in which the rate rises.
    """

    shape: DecoderShape
    batch: int
    steps: int
    sample: int
    warm: int


SIZES: Mapping[str, NamedSize] = {
    "nano": NamedSize(
        shape=DecoderShape(vocabulary=4_096, width=128, layers=4, heads=4, groups=2, inner=384, context=256),
        batch=8,
        steps=12_800,
        sample=8,
        warm=40,
    ),
    "micro": NamedSize(
        shape=DecoderShape(vocabulary=8_192, width=320, layers=8, heads=5, groups=5, inner=896, context=512),
        batch=32,
        steps=16_000,
        sample=32,
        warm=100,
    ),
    "small": NamedSize(
        shape=DecoderShape(vocabulary=32_768, width=768, layers=14, heads=12, groups=4, inner=2_048, context=1_024),
        batch=256,
        steps=9_500,
        sample=200,
        warm=200,
    ),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class LanguagePlan:
    """Every setting that a trained model's numbers depend on, but for the text and how many steps there are.

    Attributes:
        size: name of a size.
        shape: how large it is, with the vocabulary that is used.
        batch: sequences of a step, over all ranks.
        at_once: sequences that are in memory at once; what is summed before a step.
        rate: highest learning rate.
        decay: of weights, of matrices and the table.
        clip: longest gradient; a longer one is shortened.
        warm: steps in which the rate rises.
        cool: share of the steps in which it falls, the last ones.
        seed: of the first numbers and of the order of documents.
        held: share of the documents that is held back.
        exact: "float32", or "bfloat16" where products are rounded to it.
    """

    size: str
    shape: DecoderShape
    batch: int
    at_once: int
    rate: float = RATE
    decay: float = 0.1
    clip: float = 1.0
    warm: int = 40
    cool: float = 0.5
    seed: int = 0
    held: float = 0.01
    exact: str = "float32"

    @property
    def tokens(self) -> int:
        """Of a step."""
        return self.batch * self.shape.context

    def mark(self, *material: str) -> str:
        """What a state is known by: all of this, the program's version, and hashes of what is learned from.

        How many sequences are in memory at once is not of it: a GPU with more memory goes on with the same training.
        """
        return hashlib.sha256(repr((__version__, replace(self, at_once=1), *material)).encode()).hexdigest()

    def written(self) -> dict[str, object]:
        """As JSON has it."""
        return asdict(self)


def language_plan(
    size: str,
    *,
    vocabulary: int,
    batch: int | None = None,
    context: int | None = None,
    rate: float | None = None,
    seed: int = 0,
    held: float = 0.01,
    at_once: int | None = None,
    exact: str = "float32",
    memory: int | None = None,
) -> LanguagePlan:
    """The plan of a size that has a name, with whatever a person wants otherwise.

    Args:
        memory: bytes of the GPU that learns; None: the processor does.

    Raises:
        UsageError: there is no such size, or a number is out of range.
    """
    if size not in SIZES:
        raise UsageError(f"There is no size {size[:100]!r}.", f"Choose one of {', '.join(SIZES)}.")
    named = SIZES[size]
    seen = _within("context", named.shape.context if context is None else context, 8, MOST_CONTEXT, "tokens")
    whole = _within("batch", named.batch if batch is None else batch, 1, MOST_BATCH, "sequences")
    if rate is not None and not (math.isfinite(rate) and 0 < rate <= 1):
        raise UsageError(
            f"A rate of {rate:g} is none that a model learns at.", "Give one above 0, to 1; 0.004 is usual."
        )
    _within("seed", seed, 0, MOST_SEED, "")
    shape = DecoderShape(**(asdict(named.shape) | {"vocabulary": vocabulary, "context": seen}))
    return LanguagePlan(
        size=size,
        shape=shape,
        batch=whole,
        at_once=at_once or usual_at_once(shape, whole, memory),
        rate=RATE if rate is None else rate,
        warm=named.warm,
        seed=seed,
        held=held,
        exact=exact,
    )


def usual_at_once(shape: DecoderShape, batch: int, memory: int | None = None) -> int:
    """Sequences in memory at once: the largest divisor of a batch that has room.

    On a processor so many that all their logits were 2^27 at the most, which bounds what lies between layers. On a GPU
    they fill `USED` of its memory at the most, and are no more than `FULL` tokens.

    Args:
        memory: bytes of the GPU; None: a processor.
    """
    most = 2**27 // (shape.context * shape.vocabulary)
    if memory is not None:
        left = USED * memory - LEARNED * shape.parameters
        most = int(min(left / kept_bytes(shape), FULL, MOST_COUNTED // shape.vocabulary)) // shape.context
    return next(each for each in range(min(batch, max(1, most)), 0, -1) if batch % each == 0)


def kept_bytes(shape: DecoderShape) -> int:
    """Bytes that a GPU keeps for a token from the way forwards to the way back, at the most.

    Counted in the code of `decoder` without compiling: in a layer eight numbers of 4 bytes and eight of 2 of the
    width, six of 2 of the inner width; for each token of the vocabulary a logit of 2, and of 4 it, its logarithm and
    their gradients.
    """
    return shape.layers * (48 * shape.width + 12 * shape.inner) + 20 * shape.vocabulary


def _within(name: str, value: int, least: int, most: int, unit: str) -> int:
    if not least <= value <= most:
        raise UsageError(f"A {name} of {value:,} {unit}".rstrip() + " cannot be had.", f"Give {least:,} to {most:,}.")
    return value
