"""A trained network as the file that ships: ONNX, eight bits a weight, its vocabulary and threshold inside.

The graph is written by hand, in the operators that onnxruntime has for transformers on a processor: products of eight
bits whose left side is rounded as it comes (`DynamicQuantizeMatMul`, one scale a column), attention in one piece
(`MultiHeadAttention`), sum and levelling in one (`SkipLayerNormalization`). The table of words has one scale a row.

A few columns of what comes into a product are much larger than the others, and would leave few of the 256 steps to
those. So each column is divided by its own number first, and the weights multiplied by it (Xiao et al. 2023,
arXiv:2211.10438): margins then differ from the unrounded ones by 0.2 instead of 0.45 (2026-11-26). The numbers come
from passages that were learned from.

Inputs: `ids int64 [windows, length]`, `kinds int64 [windows, length]`, `lengths int32 [windows]`.
Output: `logits float32 [windows, length, 2]`, that a piece begins the answer and that it ends it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.codes.files import whole
from galactica.errors import MissingError
from galactica.train.reading.network import EPSILON, HEADS, Network

OPSET, CONTRIB = 17, "com.microsoft"
IR = 9
EVENED = 0.7
"""How much of the unevenness of columns goes from what comes in to the weights."""

Array = NDArray[Any]


def write_network(
    network: Network,
    path: Path,
    *,
    vocabulary: Sequence[str],
    about: Mapping[str, str],
    largest: Mapping[str, NDArray[np.float32]],
) -> None:
    """Write the file; the same network gives the same bytes.

    Args:
        largest: of what comes into each product, by its name: `network.largest`; none: columns stay as they are.
        about: facts that its reader needs, and those that a person may want to know.

    Raises:
        MissingError: the package onnx is not installed.
    """
    try:
        import onnx
    except ImportError:
        raise MissingError("The package onnx is not installed.", "pip install 'galactica[train]'") from None
    graph = _Graph(largest)
    logits = _network(graph, {k: v.detach().cpu().numpy() for k, v in network.state_dict().items()}, network.places)
    make, tensor = onnx.helper, onnx.TensorProto
    model = make.make_model(
        make.make_graph(
            graph.nodes,
            "reader",
            [
                make.make_tensor_value_info("ids", tensor.INT64, ["windows", "length"]),
                make.make_tensor_value_info("kinds", tensor.INT64, ["windows", "length"]),
                make.make_tensor_value_info("lengths", tensor.INT32, ["windows"]),
            ],
            [make.make_tensor_value_info(logits, tensor.FLOAT, ["windows", "length", 2])],
            graph.constants,
        ),
        opset_imports=[make.make_opsetid("", OPSET), make.make_opsetid(CONTRIB, 1)],
        ir_version=IR,
        producer_name="galactica",
    )
    make.set_model_props(model, {**dict(sorted(about.items())), "vocabulary": "\n".join(vocabulary)})
    with whole(path) as part:
        part.write_bytes(model.SerializeToString(deterministic=True))


class _Graph:
    """Nodes and constants as they are added."""

    def __init__(self, largest: Mapping[str, NDArray[np.float32]]) -> None:
        import onnx

        self._onnx = onnx
        self._largest = largest
        self.nodes: list[Any] = []
        self.constants: list[Any] = []

    def constant(self, name: str, value: Array) -> str:
        self.constants.append(self._onnx.numpy_helper.from_array(np.ascontiguousarray(value), name))
        return name

    def node(self, kind: str, inputs: Sequence[str], output: str, *, domain: str = "", **how: Any) -> str:  # noqa: ANN401 - as onnx takes it
        self.nodes.append(self._onnx.helper.make_node(kind, list(inputs), [output], output, domain=domain, **how))
        return output

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


def _network(graph: _Graph, weights: Mapping[str, Array], places: Any) -> str:  # noqa: ANN401 - a module of PyTorch
    rounded, scales = _rounded(weights["words.weight"])
    width = rounded.shape[1]
    table = graph.constant("words", rounded)
    looked = graph.node("Gather", [table, "ids"], "words.of")
    as_float = graph.node("Cast", [looked], "words.float", to=1)
    of_row = graph.node("Gather", [graph.constant("words.scales", scales[:, None]), "ids"], "scales.of")
    words = graph.node("Mul", [as_float, of_row], "words.scaled")
    kinds = graph.node("Gather", [graph.constant("kinds.table", weights["kinds.weight"]), "kinds"], "kinds.of")
    shape = graph.node("Shape", ["ids"], "length", start=1, end=2)
    zero, one = graph.constant("zero", np.array([0], np.int64)), graph.constant("one", np.array([1], np.int64))
    table = graph.constant("places.table", weights["places.weight"])
    at = graph.node("Slice", [table, zero, shape, zero, one], "places.of")
    both = graph.node("Add", [kinds, at], "kinds.places")
    x = graph.levelled(words, both, "level", weights["norm.weight"], weights["norm.bias"])
    number = 0
    while f"layers.{number}.qkv.weight" in weights:
        x = _layer(graph, x, f"layers.{number}.", weights, width)
        number += 1
    # Two columns: too few to be worth rounding.
    mark = graph.node("MatMul", [x, graph.constant("mark.weight", weights["mark.weight"].T)], "mark")
    return graph.node("Add", [mark, graph.constant("mark.bias", weights["mark.bias"])], "logits")


def _layer(graph: _Graph, x: str, of: str, weights: Mapping[str, Array], width: int) -> str:
    qkv = graph.product(x, f"{of}qkv", weights[f"{of}qkv.weight"], weights[f"{of}qkv.bias"])
    parts = [f"{of}q", f"{of}k", f"{of}v"]
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
