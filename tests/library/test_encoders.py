"""Which encoder makes an index of meaning, and how it is found again."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica import encode
from galactica.building.meaning import edition_described
from galactica.edition import Edition, EditionInfo
from galactica.encode import minilm
from galactica.errors import EditionError, MissingError, UsageError
from galactica.library import Settings, index, list_encoders, open_library

from ..building.conftest import extract
from ..encode.samples import written

Make = Callable[..., tuple[Path, EditionInfo]]


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An encoder that comes with the program, for the length of a test; MiniLM is not installed."""
    path = written(tmp_path / "program.safetensors")
    monkeypatch.setattr(encode, "shipped", lambda: path)
    monkeypatch.setattr(minilm, "_PACKAGE", "no_such_package")
    encode._minilm.cache_clear()
    return path


def encoder_of(path: Path) -> tuple[str, bool]:
    """(name of the encoder, whether the index is whole)."""
    with Edition.open(path) as edition:
        meaning = edition_described(edition).meaning
    assert meaning is not None
    return meaning.encoder, meaning.complete


def test_nothing_chosen_is_the_one_that_comes_with_the_program(tmp_path: Path, shipped: Path) -> None:
    assert Settings(tmp_path / "none").encoder == ""
    static, mini = list_encoders()
    assert (static.name, static.installed, static.in_use, static.dimensions) == ("static", True, True, 64)
    assert len(static.digest) == 64
    assert (mini.name, mini.installed, mini.in_use, mini.dimensions, mini.digest) == ("minilm", False, False, 0, "")
    assert "galactica[minilm]" in mini.problem


def test_a_choice_is_kept_as_a_name_that_works_in_any_folder(
    tmp_path: Path, shipped: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = Settings(tmp_path / "config")
    written(tmp_path / "mine.safetensors", seed=2)
    monkeypatch.chdir(tmp_path)
    assert settings.use_encoder("mine.safetensors") == str(tmp_path / "mine.safetensors")
    assert Settings(tmp_path / "config").encoder == str(tmp_path / "mine.safetensors")
    assert [each.name for each in list_encoders(settings.encoder) if each.in_use] == [settings.encoder]
    assert settings.use_encoder("static") == "static"
    assert settings.encoder == "static"


def test_the_folder_of_settings_is_named_by_the_environment_or_the_platform(own_folders: Path, tmp_path: Path) -> None:
    assert Settings.default({"GALACTICA_CONFIG": str(tmp_path)}).path.parent == tmp_path
    assert Settings.default({}).path.is_relative_to(own_folders)


def test_what_cannot_be_used_is_not_chosen(tmp_path: Path, shipped: Path) -> None:
    settings = Settings(tmp_path)
    (tmp_path / "bad.safetensors").write_bytes(b"damaged")
    for name, kind in (("minilm", MissingError), ("nonsense", UsageError), ("none.safetensors", MissingError)):
        with pytest.raises(kind):
            settings.use_encoder(name)
    with pytest.raises(EditionError):
        settings.use_encoder(str(tmp_path / "bad.safetensors"))
    assert settings.encoder == ""


def test_settings_of_a_later_version_are_kept(tmp_path: Path, shipped: Path) -> None:
    settings = Settings(tmp_path)
    settings.path.write_text('{"colour": "green"}')
    settings.use_encoder("static")
    assert json.loads(settings.path.read_text()) == {"colour": "green", "encoder": "static"}


@pytest.mark.parametrize("content", [b"[]", b"{", b"\xff\xfe", b'{"encoder": 7}', b" " * 70_000, b"[" * 60_000])
def test_settings_that_cannot_be_read_are_said_to_be_so(tmp_path: Path, content: bytes) -> None:
    settings = Settings(tmp_path)
    settings.path.write_bytes(content)
    with pytest.raises(UsageError, match=r"settings\.json"):
        _ = settings.encoder


def test_an_encoder_that_is_gone_is_still_listed_with_what_is_wrong(tmp_path: Path, shipped: Path) -> None:
    gone = list_encoders(str(tmp_path / "gone.safetensors"))[-1]
    assert (gone.installed, gone.in_use) == (False, True)
    assert "not there" in gone.problem


def test_an_index_is_made_with_the_encoder_that_was_named_and_keeps_it(
    tmp_path: Path, shipped: Path, made: Make
) -> None:
    mine = written(tmp_path / "mine.safetensors", seed=2)
    path, _ = made("a", extract(tmp_path / "wiki_00", 20))
    assert encoder_of(path) == ("static", True)
    index(path, threads=1, words=False, encoder=str(mine))
    assert encoder_of(path) == (str(mine), True)
    index(path, threads=1, words=False)
    assert encoder_of(path) == (str(mine), True), "an index that is whole stays as it is"
    with open_library([path]) as library:
        assert library.passages("the number 7", limit=3, by="meaning")
    mine.unlink()
    index(path, threads=1, words=False)
    assert encoder_of(path) == ("static", True)


def test_a_build_takes_the_encoder_that_was_named(tmp_path: Path, shipped: Path, made: Make) -> None:
    mine = written(tmp_path / "mine.safetensors", seed=2)
    path, info = made("a", extract(tmp_path / "wiki_00", 5), encoder=str(mine))
    assert info.meaning is not None
    assert info.meaning.encoder == str(mine)
    same, _ = made("b", extract(tmp_path / "wiki_00", 5), encoder=str(shipped))
    assert encoder_of(same) == ("static", True), "the same content as what comes with the program"
    roots = [Edition.open(each).root for each in (path, same)]
    assert roots[0] == roots[1], "an encoder is no part of what an edition is"


def test_an_encoder_that_was_named_must_be_there_before_anything_is_made(
    tmp_path: Path, shipped: Path, made: Make
) -> None:
    with pytest.raises(MissingError) as missing:
        made("a", extract(tmp_path / "wiki_00", 5), encoder="minilm")
    assert "galactica[minilm]" in missing.value.remedy
    assert not list(tmp_path.glob("a.edition*"))
    path, _ = made("b", extract(tmp_path / "wiki_00", 5))
    with pytest.raises(UsageError):
        index(path, threads=1, encoder="nonsense")


def test_the_one_that_comes_with_the_program_may_be_missing(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encode, "shipped", lambda: tmp_path / "none.safetensors")
    notes: list[str] = []
    path, info = made("a", extract(tmp_path / "wiki_00", 5), note=notes.append)
    assert info.meaning is None
    assert "words alone" in notes[0]
    index(path, threads=1, encoder="static", note=notes.append)
    assert len(notes) == 2
