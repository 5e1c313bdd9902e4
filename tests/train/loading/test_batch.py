"""Every token of a batch knows its document and its place there."""

from __future__ import annotations

import numpy as np

from galactica.train.loading.batch import Batch


def batch(rows: list[int], starts: list[int], lengths: list[int], documents: list[int], offsets: list[int]) -> Batch:
    return Batch(
        number=0,
        sequence=0,
        tokens=np.zeros((2, 5), np.int32),
        rows=np.array(rows, np.int32),
        starts=np.array(starts, np.int32),
        lengths=np.array(lengths, np.int32),
        stretch_documents=np.array(documents, np.int64),
        stretch_offsets=np.array(offsets, np.int64),
    )


def test_documents_and_positions_of_full_rows() -> None:
    found = batch([0, 0, 1], [0, 2, 0], [2, 3, 5], [7, 9, 4], [10, 0, 3])
    assert found.documents.tolist() == [[7, 7, 9, 9, 9], [4, 4, 4, 4, 4]]
    assert found.positions.tolist() == [[10, 11, 0, 1, 2], [3, 4, 5, 6, 7]]
    assert found.stretch_numbers.tolist() == [[0, 0, 1, 1, 1], [0, 0, 0, 0, 0]]
    assert {found.documents.dtype, found.positions.dtype, found.stretch_numbers.dtype} == {np.dtype(np.int32)}
    assert found.held == 10


def test_padding_is_of_no_document() -> None:
    found = batch([0], [0], [3], [7], [2])
    assert found.documents.tolist() == [[7, 7, 7, -1, -1], [-1] * 5]
    assert found.positions.tolist() == [[2, 3, 4, 0, 0], [0] * 5]
    assert found.stretch_numbers.tolist() == [[0, 0, 0, -1, -1], [-1] * 5]
    assert found.held == 3


def test_two_stretches_of_one_document_side_by_side_are_two() -> None:
    found = batch([0, 0, 1], [0, 2, 0], [2, 3, 5], [7, 7, 7], [10, 0, 3])
    assert found.stretch_numbers.tolist() == [[0, 0, 1, 1, 1], [0, 0, 0, 0, 0]]
