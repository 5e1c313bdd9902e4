"""Lists of common words, from files made here."""

from __future__ import annotations

import gzip
from pathlib import Path

import msgspec
import pytest

from galactica.errors import InputError
from galactica.train.student.lists import listed_words


def written(path: Path, *lists: list[str]) -> Path:
    path.write_bytes(gzip.compress(msgspec.msgpack.encode([{"format": "cB", "version": 1}, *lists])))
    return path


def test_words_have_the_share_of_their_list_the_commonest_first(tmp_path: Path) -> None:
    path = written(tmp_path / "small_de.msgpack.gz", [], ["Der"], [], ["see", "zwei wörter", "北京"], ["see", "fluss"])
    assert listed_words(path, 9) == pytest.approx({"der": 10**-0.01, "see": 10**-0.03, "fluss": 10**-0.04})
    assert list(listed_words(path, 2)) == ["der", "see"]


def test_a_file_of_another_form_is_refused(tmp_path: Path) -> None:
    (tmp_path / "small_de.msgpack.gz").write_bytes(b"no list")
    with pytest.raises(InputError):
        listed_words(tmp_path / "small_de.msgpack.gz", 9)
