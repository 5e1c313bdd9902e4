"""Codes of meaning stay with the passages that stay; only passages of articles that are others are encoded."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from galactica import encode, library
from galactica.building import meaning
from galactica.edition import Edition
from galactica.edition.verify import verify_edition
from galactica.search.meaning.store import MeaningIndex
from tests.search.meaning.encoders import HashedWords


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[HashedWords]:
    """The encoders that were opened, none of them the real one."""
    found: list[HashedWords] = []

    def open_encoder(name: str) -> HashedWords:
        found.append(HashedWords(name))
        return found[-1]

    monkeypatch.setattr(meaning, "encoder_for", open_encoder)
    monkeypatch.setattr(encode, "identity", lambda name: (64, HashedWords(name).digest))
    return found


def with_meaning(line: Path, place: Path) -> Path:
    shutil.copytree(line / "a.edition", place)
    meaning.add_meaning(place, encoder="static", workers=0)
    return place


def test_only_what_is_new_is_encoded_and_all_codes_are_those_of_an_index_made_anew(
    line: Path, tmp_path: Path, opened: list[HashedWords]
) -> None:
    edition = with_meaning(line, tmp_path / "a.edition")
    opened.clear()
    library.update(edition, [str(line / "ab.delta"), str(line / "bc.delta")], workers=0)
    encoded = {text.split("\n")[0] for each in opened for text in each.seen}
    assert encoded == {"Number 5", "Another title", "Number 101", "Number 102"}
    assert verify_edition(edition).problems == ()
    shutil.copytree(edition, tmp_path / "anew.edition")
    shutil.rmtree(tmp_path / "anew.edition" / "index" / "meaning")
    meaning.add_meaning(tmp_path / "anew.edition", encoder="static", workers=0)
    with Edition.open(edition) as one, Edition.open(tmp_path / "anew.edition") as other:
        codes = []
        for each in (one, other):
            with MeaningIndex.open(each, each.meaning_dir()) as index:
                assert index.complete
                codes.append(index.codes(np.arange(index.total)))
        assert np.array_equal(codes[0], codes[1])


def test_where_the_encoder_is_not_here_that_is_said_and_words_are_searched(
    line: Path, tmp_path: Path, opened: list[HashedWords], monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = with_meaning(line, tmp_path / "a.edition")
    monkeypatch.setattr(encode, "identity", lambda name: (64, "0" * 64))
    said: list[str] = []
    library.update(edition, [str(line / "ab.delta")], workers=0, note=said.append)
    assert any("not here" in each for each in said)
    assert not (edition / "index" / "meaning").exists()
    assert verify_edition(edition).problems == ()
