"""The network that reads a question and a passage together: a cross-encoder with several heads, in one file.

The file is in the safetensors format (`tensors`):

* `pieces uint8` (UTF-8, a line each) and `scores float16 [pieces]`: the vocabulary (`pieces.Tokenizer`);
* `levels uint8 [pieces, 3, width / 8]`, `values float16 [8]`, `scales float16 [pieces, blocks]`: the table of pieces,
  three bits a number. Of each row stand first the highest bits of its numbers, then the middle, then the lowest ones,
  eight a byte, the first in the highest; a number is the value of its level times the scale of its block;
* `places float16 [places, width]`: added to the rows of a window in order;
* `lower`, `upper uint8`: two ONNX models. `lower` takes `x float32 [windows, length, width]` and `lengths int32
  [windows]` and gives `middle`, of x's shape, and `relevant [windows, 1]`; `upper` takes `middle` and `lengths` and
  gives `marks [windows, length, 2]`, `answerable [windows, 1]`, `supported [windows, 1]`, `unsupported [windows,
  length, 1]` and, where the network was taught it, `near [windows, 1]`, all logits.

Each window is read by itself, so that nothing depends on what else is read; as many at once as there are threads.
"""

from __future__ import annotations

import hashlib
import math
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from galactica.encode import tensors
from galactica.encode.allowance import Allowance
from galactica.encode.pieces import Tokenizer, Window
from galactica.errors import EditionError, MissingError

KIND = "cross-encoder 1"
"""What the file says it is."""

SHIPPED_NETWORK = Path(__file__).parents[1] / "ask" / "data" / "reader.safetensors"
"""The network that ships: one for reading, ranking, judging and tagging (docs/decisions/0019-one-network.md)."""

Floats = NDArray[np.float32]

_A = TypeVar("_A")
_B = TypeVar("_B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Halfway:
    """A window that the lower layers have read.

    Attributes:
        window: what was read.
        state: `float32 [1, length, width]`.
        relevant: logit that this is a passage for the question.
    """

    window: Window
    state: Floats
    relevant: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HeadsRead:
    """What the heads say of a window, in logits.

    Attributes:
        window: what was read.
        marks: `float32 [length, 2]`, that a piece begins the answer and that it ends it; the first piece stands for
            "it is not here".
        answerable: that the passage answers.
        near: that the passage is about what is asked; 0 where the network was not taught it.
        supported: that the passage supports the claim before it.
        unsupported: `float32 [length]`, that it does not support this piece of the claim.
    """

    window: Window
    marks: Floats
    answerable: float
    supported: float
    unsupported: Floats
    near: float = 0.0


class CrossEncoder:
    """Reads windows; thread-safe. Use `open_cross_encoder`.

    Attributes:
        about: what the file says of itself.
        tokenizer: cuts texts for it.
    """

    def __init__(self, arrays: Mapping[str, NDArray[Any]], about: Mapping[str, str], threads: int) -> None:
        self.about = dict(about)
        if self.about.get("kind") != KIND:
            raise ValueError("another kind of file")
        names = arrays["pieces"].tobytes().decode("utf-8").split("\n")
        self.tokenizer = Tokenizer(names, arrays["scores"].tolist())
        self._levels, self._scales = arrays["levels"], arrays["scales"]
        self._values = arrays["values"].astype(np.float32)
        if not len(names) == len(self._levels) == len(self._scales) or len(self._values) != 1 << self._levels.shape[1]:
            raise ValueError("tables of unequal length")
        self._places = arrays["places"].astype(np.float32)
        self._lower, self._upper = _session(arrays["lower"]), _session(arrays["upper"])
        self._taught_near = "near" in {each.name for each in self._upper.get_outputs()}
        self._threads = threads
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="reader") if threads > 1 else None

    @property
    def longest(self) -> int:
        """Pieces of the longest window that it can read."""
        return len(self._places)

    def halfway(self, windows: Sequence[Window], seconds: float = math.inf) -> list[Halfway]:
        """Read windows by the lower layers, in their order; the first that could not be begun in time ends it.

        Args:
            seconds: of the work of as many processors as there are threads; see `allowance`.
        """
        return self._in_time(self._halfway, windows, seconds)

    def judge(self, windows: Sequence[Halfway], seconds: float = math.inf) -> list[HeadsRead]:
        """Read on where `halfway` ended, as long as there is time."""
        return self._in_time(self._judge, windows, seconds)

    def read(self, windows: Sequence[Window]) -> list[HeadsRead]:
        """Read windows by all layers."""
        return self._each(lambda window: self._judge(self._halfway(window)), windows)

    def _in_time(self, does: Callable[[_A], _B], some: Sequence[_A], seconds: float) -> list[_B]:
        """Of the first of some, as many as are begun in time."""
        allowance = Allowance(seconds, self._threads)

        def one(each: _A) -> _B | None:
            if not allowance.lasts:
                return None
            with allowance.work():
                return does(each)

        done = self._each(one, some)
        late = next((number for number, each in enumerate(done) if each is None), len(done))
        return [each for each in done[:late] if each is not None]

    def _each(self, does: Callable[[_A], _B], some: Sequence[_A]) -> list[_B]:
        """No more at a time than there are threads, and one that waits, so that two who read at once take turns."""
        if self._pool is None:
            return [does(each) for each in some]
        done: list[_B] = []
        going: deque[Future[_B]] = deque()
        for each in some:
            going.append(self._pool.submit(does, each))
            if len(going) > self._threads:
                done.append(going.popleft().result())
        return [*done, *(each.result() for each in going)]

    def _halfway(self, window: Window) -> Halfway:
        ids = np.array(window.ids, np.int64)
        bits = np.unpackbits(self._levels[ids], axis=2)
        levels = bits[:, 0]
        for place in range(1, bits.shape[1]):
            levels = 2 * levels + bits[:, place]
        scales = self._scales[ids].astype(np.float32)
        rows = self._values[levels].reshape(*scales.shape, -1) * scales[..., None]
        x = rows.reshape(1, len(ids), -1) + self._places[: len(ids)]
        middle, relevant = self._lower.run(["middle", "relevant"], {"x": x, "lengths": _lengths(ids)})
        return Halfway(window=window, state=middle, relevant=float(relevant[0, 0]))

    def _judge(self, halfway: Halfway) -> HeadsRead:
        marks, answerable, supported, unsupported, *near = self._upper.run(
            ["marks", "answerable", "supported", "unsupported", *(["near"] if self._taught_near else [])],
            {"middle": halfway.state, "lengths": _lengths(halfway.window.ids)},
        )
        return HeadsRead(
            window=halfway.window,
            marks=marks[0],
            answerable=float(answerable[0, 0]),
            supported=float(supported[0, 0]),
            unsupported=unsupported[0, :, 0],
            near=float(near[0][0, 0]) if near else 0.0,
        )


def _lengths(ids: Sequence[int] | NDArray[np.int64]) -> NDArray[np.int32]:
    return np.array([len(ids)], np.int32)


def _session(model: NDArray[np.uint8]) -> Any:  # noqa: ANN401 - onnxruntime ships no types
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(model.tobytes(), options, providers=["CPUExecutionProvider"])


def lower_half_digest(path: Path) -> str:
    """SHA-256, in hexadecimal, of what a network's lower half is made of: the names and bytes of all the arrays of its
    file but `upper`, in the order of the names. What reads its states alone is for this, not for the whole file.

    Raises:
        EditionError: it is missing, or damaged.
    """
    arrays, _ = tensors.read_tensors(path)
    found = hashlib.sha256()
    for name in sorted(arrays.keys() - {"upper"}):
        found.update(name.encode())
        found.update(np.ascontiguousarray(arrays[name]).data)
    return found.hexdigest()


def open_cross_encoder(path: Path, *, threads: int, remedy: str) -> CrossEncoder:
    """Open a network's file.

    Args:
        threads: windows that are read at once.
        remedy: what to do where it is not there or damaged.

    Raises:
        MissingError: onnxruntime or tokenizers is not installed, or there is no such file.
        EditionError: the file is none, or damaged.
    """
    try:
        import onnxruntime  # noqa: F401 - only whether it is there
    except ImportError:
        raise MissingError("The package onnxruntime is not installed.", "pip install 'galactica[ask]'") from None
    if not path.is_file():
        raise MissingError(f"There is no reader at {path}.", remedy)
    try:
        return CrossEncoder(*tensors.read_tensors(path), max(1, threads))
    except MissingError:
        raise
    except Exception as error:  # onnxruntime raises what it likes for a broken file
        raise EditionError(f"{path} cannot be read as a reader ({type(error).__name__}).", remedy) from error
