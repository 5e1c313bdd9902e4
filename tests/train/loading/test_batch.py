"""Every token of a batch knows its document and its place there."""

from __future__ import annotations

import numpy as np

from galactica.train.loading.batch import Batch


def batch(*rows: list[tuple[int, int, int]]) -> Batch:
    """Two rows of five tokens, out of (document, offset, length)."""
    stretches = [tuple((*each, 0) for each in row) for row in rows]
    return Batch(number=0, sequence=0, tokens=np.zeros((2, 5), np.int32), stretches=stretches)


def test_documents_and_positions_of_full_rows() -> None:
    found = batch([(7, 10, 2), (9, 0, 3)], [(4, 3, 5)])
    assert found.documents.tolist() == [[7, 7, 9, 9, 9], [4, 4, 4, 4, 4]]
    assert found.positions.tolist() == [[10, 11, 0, 1, 2], [3, 4, 5, 6, 7]]
    assert found.stretch_numbers.tolist() == [[0, 0, 1, 1, 1], [0, 0, 0, 0, 0]]
    assert {found.documents.dtype, found.positions.dtype, found.stretch_numbers.dtype} == {np.dtype(np.int32)}
    assert found.held == 10
    assert (found.rows.tolist(), found.starts.tolist(), found.lengths.tolist()) == ([0, 0, 1], [0, 2, 0], [2, 3, 5])
    assert (found.stretch_documents.tolist(), found.stretch_offsets.tolist()) == ([7, 9, 4], [10, 0, 3])


def test_padding_is_of_no_document() -> None:
    found = batch([(7, 2, 3)])
    assert found.documents.tolist() == [[7, 7, 7, -1, -1], [-1] * 5]
    assert found.positions.tolist() == [[2, 3, 4, 0, 0], [0] * 5]
    assert found.stretch_numbers.tolist() == [[0, 0, 0, -1, -1], [-1] * 5]
    assert found.held == 3


def test_two_stretches_of_one_document_side_by_side_are_two() -> None:
    found = batch([(7, 10, 2), (7, 0, 3)], [(7, 3, 5)])
    assert found.stretch_numbers.tolist() == [[0, 0, 1, 1, 1], [0, 0, 0, 0, 0]]
