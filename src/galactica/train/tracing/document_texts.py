"""Texts of a view's documents, read when they are asked for; of those that were asked for last, some are kept."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from galactica.train.views.view import View

Octets = npt.NDArray[np.uint8]

_KEPT_TEXTS = 32_000_000
"""Bytes of documents' texts that are kept while a text is traced."""


class DocumentTexts:
    """The texts of a view: first `want`, then `[]`."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._texts: OrderedDict[int, Octets] = OrderedDict()
        self._held = 0

    def want(self, documents: Iterable[int]) -> None:
        """Have the texts of these documents, and of others no more than `_KEPT_TEXTS` bytes.

        Raises:
            EditionError: a record is damaged.
        """
        wanted = dict.fromkeys(documents)
        missing = [document for document in wanted if document not in self._texts]
        for document, text in zip(missing, self._view.read(missing), strict=True):
            self._texts[document] = np.frombuffer(text, np.uint8)
            self._held += len(text)
        for document in wanted:
            self._texts.move_to_end(document)
        while self._held > _KEPT_TEXTS and len(self._texts) > len(wanted):
            self._held -= len(self._texts.popitem(last=False)[1])

    def __getitem__(self, document: int) -> Octets:
        """`uint8 [bytes]`: a text that was wanted."""
        return self._texts[document]
