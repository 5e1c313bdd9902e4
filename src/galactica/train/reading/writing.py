"""A trained network as the file that ships: two ONNX graphs, eight bits a weight, a table of pieces, its vocabulary.

The graphs are written by hand, in the operators that onnxruntime has for transformers on a processor: products of eight
bits whose left side is rounded as it comes (`DynamicQuantizeMatMul`, one scale a column), attention in one piece
(`MultiHeadAttention`), sum and levelling in one (`SkipLayerNormalization`). The first holds the layers up to the
head that puts passages in order, the second the others. The table of pieces is that which training begins with, rounded
from four bits a number to three; rows of it are looked up outside of the graphs (`encode.cross`).

A few columns of what comes into a product are much larger than the others, and would leave few of the 256 steps to
those. So each column is divided by its own number first, and the weights multiplied by it (Xiao et al. 2023,
arXiv:2211.10438): margins then differ from the unrounded ones by 0.2 instead of 0.45 (2026-11-26). The numbers come
from passages that were learned from.

What stands in the file is told in `encode.cross`, which reads it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.encode import tensors
from galactica.encode.cross import KIND
from galactica.errors import MissingError
from galactica.train.reading.beginning import unpacked
from galactica.train.reading.network import EPSILON, HEADS, Network
from galactica.train.reading.piece_table import rounded_table

OPSET, CONTRIB = 17, "com.microsoft"
IR = 9
EVENED = 0.7
"""How much of the unevenness of columns goes from what comes in to the weights."""

Array = NDArray[Any]


def write_network(
    network: Network,
    path: Path,
    *,
    pieces: Sequence[str],
    scores: Sequence[float],
    about: Mapping[str, str],
    largest: Mapping[str, NDArray[np.float32]],
    lower: NDArray[np.uint8] | None = None,
) -> None:
    """Write the file; the same network gives the same bytes.

    Args:
        pieces, scores: its vocabulary.
        largest: of what comes into each product, by its name: `network.largest`; none: columns stay as they are.
        about: facts that its reader needs, and those that a person may want to know.
        lower: the graph of the lower half where it is that of another file, `uint8 [bytes]`; None: it is made.

    Raises:
        MissingError: the package onnx is not installed.
    """
    weights = {name: value.detach().cpu().numpy() for name, value in network.state_dict().items()}
    arrays = {
        "pieces": np.frombuffer("\n".join(pieces).encode(), np.uint8),
        "scores": np.array(scores, np.float16),
        **rounded_table(unpacked(weights["halves"], weights["scales"])),
        "places": weights["places"].astype(np.float16),
        "lower": _lower(_graph(largest), weights, network.halfway) if lower is None else lower,
        "upper": _upper(_graph(largest), weights, network.halfway, len(network.layers)),
    }
    tensors.write_tensors(path, arrays, {**about, "kind": KIND, "layers": str(len(network.layers))})


def _graph(largest: Mapping[str, NDArray[np.float32]]) -> _Graph:
    try:
        return _Graph(largest)
    except ImportError:
        raise MissingError("The package onnx is not installed.", "pip install 'galactica[train]'") from None


def _lower(graph: _Graph, weights: Mapping[str, Array], halfway: int) -> Array:
    x = graph.node(
        "LayerNormalization",
        ["x", graph.constant("norm.weight", weights["norm.weight"]), graph.constant("norm.bias", weights["norm.bias"])],
        "level",
        epsilon=EPSILON,
    )
    for number in range(halfway):
        x = _layer(graph, x, f"layers.{number}.", weights)
    # The last state goes out under a name of its own.
    middle = graph.node("Identity", [x], "middle")
    relevant = _judge(graph, middle, "relevant", weights)
    return graph.model({"x": _STATE}, {middle: _STATE, relevant: _ONE})


def _upper(graph: _Graph, weights: Mapping[str, Array], halfway: int, layers: int) -> Array:
    x = "middle"
    for number in range(halfway, layers):
        x = _layer(graph, x, f"layers.{number}.", weights)
    outputs: dict[str, Sequence[str | int]] = {
        graph.plain(x, "marks", weights["mark.weight"], weights["mark.bias"]): ["windows", "length", 2],
        _judge(graph, x, "answerable", weights): _ONE,
        _judge(graph, x, "near", weights): _ONE,
        _judge(graph, x, "supported", weights): _ONE,
        graph.plain(x, "unsupported", weights["unsupported.weight"], weights["unsupported.bias"]): [
            "windows",
            "length",
            1,
        ],
    }
    return graph.model({"middle": _STATE}, outputs)


_STATE: list[str | int] = ["windows", "length", "width"]
_ONE: list[str | int] = ["windows", 1]


def _judge(graph: _Graph, x: str, name: str, weights: Mapping[str, Array]) -> str:
    """One logit of each window, from its first piece."""
    zero = graph.constant(f"{name}.zero", np.array(0, np.int64))
    first = graph.node("Gather", [x, zero], f"{name}.first", axis=1)
    turned = graph.product(first, f"{name}.turn", weights[f"{name}.turn.weight"], weights[f"{name}.turn.bias"])
    bent = graph.node("Tanh", [turned], f"{name}.bent")
    return graph.plain(bent, name, weights[f"{name}.weigh.weight"], weights[f"{name}.weigh.bias"])


class _Graph:
    """Nodes and constants as they are added."""

    def __init__(self, largest: Mapping[str, NDArray[np.float32]]) -> None:
        import onnx

        self._onnx = onnx
        self._largest = largest
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(self._onnx.numpy_helper.from_array(np.asarray(value, order="C"), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, *, domain: str = "", **how: Any) -> str:  # noqa: ANN401 - as onnx takes it
        self.nodes.append(self._onnx.helper.make_node(kind, list(inputs), [output], output, domain=domain, **how))
        return output

    def plain(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """x · weightᵀ + bias with unrounded numbers: so few columns are not worth rounding."""
        product = self.node("MatMul", [x, self.constant(f"{name}.weight", weight.T)], f"{name}.product")
        return self.node("Add", [product, self.constant(f"{name}.bias", bias)], name)

    def model(self, inputs: Mapping[str, Sequence[str | int]], outputs: Mapping[str, Sequence[str | int]]) -> Array:
        """The bytes of a model: `uint8 [bytes]`; besides the inputs it takes `lengths`, `int32 [windows]`."""
        make, tensor = self._onnx.helper, self._onnx.TensorProto
        told = [make.make_tensor_value_info(name, tensor.FLOAT, list(shape)) for name, shape in inputs.items()]
        told.append(make.make_tensor_value_info("lengths", tensor.INT32, ["windows"]))
        given = [make.make_tensor_value_info(name, tensor.FLOAT, list(shape)) for name, shape in outputs.items()]
        model = make.make_model(
            make.make_graph(self.nodes, "reader", told, given, self.constants),
            opset_imports=[make.make_opsetid("", OPSET), make.make_opsetid(CONTRIB, 1)],
            ir_version=IR,
            producer_name="galactica",
        )
        return np.frombuffer(model.SerializeToString(deterministic=True), np.uint8)

    def product(self, x: str, name: str, weight: Array, bias: Array) -> str:
        """x · weightᵀ + bias."""
        if name in self._largest:
            even = _evened(self._largest[name], weight)
            x = self.node("Mul", [x, self.constant(f"{name}.even", 1 / even)], f"{name}.evened")
            weight = weight * even
        rounded, scales = _rounded(weight)
        inputs = [
            x,
            self.constant(f"{name}.weight", rounded.T),
            self.constant(f"{name}.scales", scales),
            self.constant(f"{name}.zeros", np.zeros(len(scales), np.int8)),
            self.constant(f"{name}.bias", bias),
        ]
        return self.node("DynamicQuantizeMatMul", inputs, name, domain=CONTRIB)

    def levelled(self, x: str, more: str, name: str, weight: Array, bias: Array) -> str:
        """x + more, levelled."""
        inputs = [x, more, self.constant(f"{name}.weight", weight), self.constant(f"{name}.bias", bias)]
        return self.node("SkipLayerNormalization", inputs, name, domain=CONTRIB, epsilon=EPSILON)


def _layer(graph: _Graph, x: str, of: str, weights: Mapping[str, Array]) -> str:
    qkv = graph.product(x, f"{of}qkv", weights[f"{of}qkv.weight"], weights[f"{of}qkv.bias"])
    parts = [f"{of}q", f"{of}k", f"{of}v"]
    width = len(weights[f"{of}out.bias"])
    sizes = graph.constant(f"{of}sizes", np.array([width] * 3, np.int64))
    graph.nodes.append(graph._onnx.helper.make_node("Split", [qkv, sizes], parts, f"{of}split", axis=-1))
    seen = graph.node("MultiHeadAttention", [*parts, "", "lengths"], f"{of}seen", domain=CONTRIB, num_heads=HEADS)
    out = graph.product(seen, f"{of}out", weights[f"{of}out.weight"], weights[f"{of}out.bias"])
    x = graph.levelled(x, out, f"{of}norm", weights[f"{of}norm.weight"], weights[f"{of}norm.bias"])
    up = graph.product(x, f"{of}up", weights[f"{of}up.weight"], weights[f"{of}up.bias"])
    grown = graph.node("Gelu", [up], f"{of}gelu", domain=CONTRIB)
    down = graph.product(grown, f"{of}down", weights[f"{of}down.weight"], weights[f"{of}down.bias"])
    return graph.levelled(x, down, f"{of}last", weights[f"{of}last.weight"], weights[f"{of}last.bias"])


def _evened(largest: NDArray[np.float32], weight: Array) -> NDArray[np.float32]:
    """What each column is divided by."""
    shares = np.maximum(largest, 1e-4) ** EVENED / np.maximum(np.abs(weight).max(axis=0), 1e-5) ** (1 - EVENED)
    evened: NDArray[np.float32] = (shares / np.exp(np.log(shares).mean())).astype(np.float32)
    return evened


def _rounded(rows: Array) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Rows as eight bits each and a scale a row."""
    scales = np.maximum(np.abs(rows).max(axis=1), 1e-8).astype(np.float32) / 127
    return np.clip(np.rint(rows / scales[:, None]), -127, 127).astype(np.int8), scales
