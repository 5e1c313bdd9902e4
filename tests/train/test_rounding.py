"""A table as the file that ships: four bits a number, near to what was trained."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from galactica.encode import tensors
from galactica.encode.static import LENGTHS, StaticEncoder
from galactica.train import rounding
from galactica.train.rounding import turned, write_rounded
from galactica.train.table import EncoderTable


def table(words: int = 300, dimensions: int = 128, seed: int = 1) -> EncoderTable:
    chance = np.random.default_rng(seed)
    rows = chance.standard_normal((words, dimensions)) * np.linspace(0.1, 1.5, words)[:, None]
    return EncoderTable(
        names=[f"word{n}" for n in range(words)],
        rows=rows.astype(np.float32),
        asked=np.linspace(0.4, 2.5, words).astype(np.float32),
        counts=np.arange(words, 0, -1, dtype=np.int64),
    )


def test_every_number_becomes_the_nearest_of_sixteen_values(tmp_path: Path) -> None:
    made = table()
    write_rounded(made, tmp_path / "a.safetensors", rows=300, about={"name": "static"})
    arrays, about = tensors.read_tensors(tmp_path / "a.safetensors")
    assert about["name"] == "static"
    values, scales = arrays["values"].astype(np.float32), arrays["scales"].astype(np.float32)
    assert len(values) == 16
    assert (np.diff(values) > 0).all()
    levels = np.stack([arrays["levels"] >> 4, arrays["levels"] & 15], axis=2).reshape(300, 128)
    assert len(np.unique(levels)) == 16
    scaled = turned(made.rows) / scales[:, None]
    chosen = np.abs(scaled - values[levels])
    best = np.abs(scaled[:, :, None] - values).min(axis=2)
    assert (chosen <= best + 2e-3).all(), "but for the values' own rounding to 16 bits"


def test_the_error_is_that_of_the_best_sixteen_values_for_a_normal_distribution(tmp_path: Path) -> None:
    made = table()
    write_rounded(made, tmp_path / "a.safetensors", rows=300, about={})
    rows = StaticEncoder.open(tmp_path / "a.safetensors").vectors(made.names)
    wanted = turned(made.rows)
    error = ((rows - wanted) ** 2).sum() / (wanted**2).sum()
    # Max 1960 (doi:10.1109/TIT.1960.1057548), table I: 0.009497 for 16 values.
    assert 0.0085 < error < 0.0105
    cosines = (rows * wanted).sum(axis=1) / np.linalg.norm(rows, axis=1) / np.linalg.norm(wanted, axis=1)
    assert cosines.min() > 0.98


def test_two_bits_are_the_best_four_values(tmp_path: Path) -> None:
    made = table()
    write_rounded(made, tmp_path / "a.safetensors", rows=300, about={}, bits=2)
    arrays, _ = tensors.read_tensors(tmp_path / "a.safetensors")
    assert (len(arrays["values"]), arrays["levels"].shape) == (4, (300, 32))
    rows = StaticEncoder.open(tmp_path / "a.safetensors").vectors(made.names)
    wanted = turned(made.rows)
    # Max 1960, table I: 0.1175 for 4 values.
    assert 0.11 < ((rows - wanted) ** 2).sum() / (wanted**2).sum() < 0.125


def test_the_file_has_the_commonest_words_and_what_they_count_in_questions(tmp_path: Path) -> None:
    made = table()
    write_rounded(made, tmp_path / "a.safetensors", rows=20, about={})
    encoder = StaticEncoder.open(tmp_path / "a.safetensors")
    assert encoder.learned(["word0", "word19", "word20"]).tolist() == [True, True, False]
    assert np.allclose(encoder.weights(made.names[:20]), made.asked[:20], rtol=1e-3)


def test_unlearned_words_are_as_long_as_running_words_of_so_many_letters(tmp_path: Path) -> None:
    made = EncoderTable(
        names=["ab", "cd", "efghi", "x" * 40],
        rows=np.diag([1.0, 3.0, 2.0, 5.0]).astype(np.float32).repeat(16, axis=1),
        asked=np.ones(4, np.float32),
        counts=np.array([3, 1, 7, 2], np.int64),
    )
    write_rounded(made, tmp_path / "a.safetensors", rows=4, about={})
    lengths = tensors.read_tensors(tmp_path / "a.safetensors")[0]["lengths"]
    norms = np.array([1.0, 3.0, 2.0, 5.0]) * 4
    assert lengths.shape == (LENGTHS,)
    assert lengths[1] == pytest.approx((3 * norms[0] + norms[1]) / 4, rel=1e-3)
    assert lengths[4] == pytest.approx(norms[2], rel=1e-3)
    assert lengths[LENGTHS - 1] == pytest.approx(norms[3], rel=1e-3)
    assert lengths[8] == pytest.approx(norms.mean(), rel=1e-3), "no word has so many letters"


def test_rows_that_are_rounded_a_few_at_a_time_come_out_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_rounded(table(), tmp_path / "a.safetensors", rows=300, about={})
    monkeypatch.setattr(rounding, "AT_ONCE", 7)
    write_rounded(table(), tmp_path / "b.safetensors", rows=300, about={})
    assert (tmp_path / "a.safetensors").read_bytes() == (tmp_path / "b.safetensors").read_bytes()


def test_a_row_of_zeros_stays_one(tmp_path: Path) -> None:
    made = table()
    made.rows[5] = 0
    write_rounded(made, tmp_path / "a.safetensors", rows=300, about={})
    encoder = StaticEncoder.open(tmp_path / "a.safetensors")
    assert not encoder.vectors(["word5"]).any()
    assert not encoder.passages(["word5"]).any()


def test_turning_changes_no_cosine_and_evens_the_dimensions_out() -> None:
    rows = (np.random.default_rng(3).standard_normal((500, 64)) * np.linspace(0.01, 2, 64)).astype(np.float32)
    even = turned(rows)
    assert np.allclose(even @ even.T, rows @ rows.T, atol=1e-3)
    assert even.std(axis=0).max() / even.std(axis=0).min() < 2 < rows.std(axis=0).max() / rows.std(axis=0).min()
