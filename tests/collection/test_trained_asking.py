"""A library is read by the network in every language, which first tells what is worth reading; not in haste."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("torch")
pytest.importorskip("onnx")
pytest.importorskip("onnxruntime")
pytest.importorskip("tokenizers")

from galactica.ask.ranking import SECONDS
from galactica.ask.trained import ENVIRONMENT, TrainedReader
from galactica.collection.asking import reader_for
from galactica.edition import EditionInfo
from galactica.library import open_library
from galactica.train.reading.writing import write_network

from ..train.reading.small import PIECES, SCORES, network

PAGE = """<!DOCTYPE html><html lang="{0}"><title>{1}</title><h1>{1}</h1><p>{2}</p></html>"""
ABOUT = {"threshold": "0", "temperature": "1", "longest": "128", "question": "32", "title": "8"}


@pytest.fixture(scope="module")
def network_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reader") / "small.safetensors"
    write_network(network(), path, pieces=PIECES, scores=SCORES, about=ABOUT, largest={})
    return path


@pytest.fixture
def looked_at(network_file: Path, monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The small network reads; how many seconds it was given to rank passages, each time."""
    monkeypatch.setenv(ENVIRONMENT, str(network_file))
    seconds: list[float] = []
    rank = TrainedReader.rank

    def noted(self: TrainedReader, question: str, passages: object, **more: float) -> object:
        seconds.append(more["seconds"])
        return rank(self, question, passages, seconds=99.0)  # type: ignore[arg-type]  # as it was given

    monkeypatch.setattr(TrainedReader, "rank", noted)
    return seconds


@pytest.fixture
def edition(tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]) -> Path:
    folder = tmp_path / "bridges"
    folder.mkdir()
    (folder / "a.html").write_text(PAGE.format("en", "Green Bridge", "It was built in 1823 by Holt."), encoding="utf-8")
    (folder / "b.html").write_text(PAGE.format("zh", "绿桥", "绿桥由霍尔特建于1823年。"), encoding="utf-8")
    return made("bridges", folder, meaning=False)[0]


@pytest.mark.parametrize(
    "question", ["When was the Green Bridge built?", "绿桥建于哪一年？", "Wann wurde die Green Bridge gebaut?"]
)
def test_the_network_reads_whatever_the_language_and_ranks_first(
    edition: Path, looked_at: list[float], question: str
) -> None:
    with open_library([edition]) as library:
        found = library.ask(question)
    assert (found.reader, found.notes) == ("trained", ())
    assert looked_at == [SECONDS]


@pytest.mark.parametrize("group", [False, True])
def test_in_haste_nothing_is_ranked(edition: Path, looked_at: list[float], group: bool) -> None:
    with open_library([edition]) as library:
        found = library.ask("When was the Green Bridge built?", fast=True, group=group)
        assert (found.reader, looked_at) == ("trained", [])
        library.ask("When was the Green Bridge built?", group=group)
    assert looked_at == [SECONDS]


def test_rules_read_by_choice_in_every_language(edition: Path, looked_at: list[float]) -> None:
    with open_library([edition]) as library:
        for question in ("When was the Green Bridge built?", "绿桥建于哪一年？"):
            found = library.ask(question, reader="rules")
            assert found.reader == "rules"
            assert not any("Read by rules" in note for note in found.notes)
    assert looked_at == []


def test_the_reader_that_everybody_gets_is_the_network(looked_at: list[float]) -> None:
    assert reader_for("auto") is reader_for("trained")
    assert reader_for("rules").name == "rules"
