"""The loader's batches as tensors; the one module here that loads PyTorch (the extra `train`)."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from galactica.errors import MissingError
from galactica.train.loading.loader import Loader


def torch_batches(loader: Loader, *, device: str = "cpu") -> Iterator[dict[str, Any]]:
    """Batches as tensors, one after the other, as long as the loader gives any.

    Args:
        loader: its `state()` after a batch was taken says what comes next, for nothing is drawn ahead.
        device: where the tensors are put.

    Yields:
        `tokens`, `documents`, `positions` and `stretches`, each `int64 [rows, seq_len]`, as `Batch` has them
        (`stretches` are its `stretch_numbers`); and `batch`, the batch itself.

    Raises:
        MissingError: PyTorch is not installed.
    """
    try:
        import torch
    except ImportError as error:
        raise MissingError("Tensors need PyTorch.", 'Install it: pip install "galactica[train]"') from error
    for batch in loader:
        arrays = {
            "tokens": batch.tokens,
            "documents": batch.documents,
            "positions": batch.positions,
            "stretches": batch.stretch_numbers,
        }
        tensors = {name: torch.from_numpy(array).to(device, torch.int64) for name, array in arrays.items()}
        yield {**tensors, "batch": batch}
