"""How an encoder is called, and found again."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from galactica import encode
from galactica.encode import identity, minilm, open_encoder, settled
from galactica.errors import EditionError, MissingError, UsageError

from .samples import written


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encoder that comes with the program, for the length of a test."""
    path = written(tmp_path / "program.safetensors")
    monkeypatch.setattr(encode, "shipped", lambda: path)
    return path


def test_the_one_that_comes_with_the_program_is_called_static(shipped: Path) -> None:
    encoder = open_encoder()
    assert encoder.name == "static"
    assert encoder is open_encoder("static")
    assert settled("static") == "static"


def test_a_file_is_opened_once_and_again_when_it_changed(tmp_path: Path) -> None:
    path = written(tmp_path / "a.safetensors")
    first = open_encoder(str(path))
    assert open_encoder(str(path)) is first
    written(path, seed=2)
    second = open_encoder(str(path))
    assert second.digest != first.digest
    assert identity(str(path)) == (second.dimensions, second.digest)
    os.utime(path, ns=(1, 1))
    assert open_encoder(str(path)).digest == second.digest


def test_an_index_remembers_the_absolute_path_of_a_file(
    shipped: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = written(tmp_path / "other.safetensors", seed=2)
    monkeypatch.chdir(tmp_path)
    assert settled("other.safetensors") == str(path)
    assert settled(str(path)) == str(path)


def test_a_copy_of_the_one_that_comes_with_the_program_is_called_static(shipped: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy.safetensors"
    copy.write_bytes(shipped.read_bytes())
    assert settled(str(copy)) == "static"


def test_what_is_not_there_cannot_be_chosen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encode, "shipped", lambda: tmp_path / "none.safetensors")
    monkeypatch.setattr(minilm, "_PACKAGE", "no_such_package")
    encode._minilm.cache_clear()
    with pytest.raises(MissingError, match="not there"):
        settled("static")
    with pytest.raises(MissingError) as missing:
        settled("minilm")
    assert "galactica[minilm]" in missing.value.remedy
    with pytest.raises(MissingError):
        open_encoder("minilm")
    with pytest.raises(UsageError):
        settled("word2vec")
    (tmp_path / "a.safetensors").write_bytes(b"damaged")
    with pytest.raises(EditionError):
        settled(str(tmp_path / "a.safetensors"))


def test_minilm_is_described_without_loading_what_runs_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "model").mkdir()
    (tmp_path / "model" / "model.safetensors").write_bytes(b"weights")
    monkeypatch.setattr(minilm, "_folder", lambda: tmp_path / "model")
    before = "torch" in sys.modules
    # As sha256sum gives it for "weights".
    assert identity("minilm") == (384, "9a129038d9a00aed0cf6a7ea059ca50a813449061ab87848cf1a13eafdf33b2c")
    assert ("torch" in sys.modules) == before
    assert settled("minilm") == "minilm"
