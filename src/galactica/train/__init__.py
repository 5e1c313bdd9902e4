"""An edition → models: encoders, readers, rankers and language models, made by one command each, and made again by
anyone.

`Loader` and `torch_batches` are loaded when they are first asked for; the first needs no PyTorch.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from galactica.train.loading.batch import Batch
    from galactica.train.loading.loader import Loader
    from galactica.train.loading.torch_batches import torch_batches
    from galactica.train.loading.vocabulary import Vocabulary
    from galactica.train.views.view import View

__all__ = ["Batch", "Loader", "View", "Vocabulary", "torch_batches"]

_HOMES = {
    "Batch": "galactica.train.loading.batch",
    "Loader": "galactica.train.loading.loader",
    "View": "galactica.train.views.view",
    "Vocabulary": "galactica.train.loading.vocabulary",
    "torch_batches": "galactica.train.loading.torch_batches",
}


def __getattr__(name: str) -> object:
    """One of the names above, out of its module."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
