"""The index of meaning is added to what is finished, and never in the way of it."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import numpy as np
import pytest

from galactica.building import gathering, meaning
from galactica.codes.lock import locked
from galactica.edition import Edition, EditionInfo
from galactica.edition.verify import verify_edition
from galactica.errors import LimitError, MissingError, UsageError
from galactica.library import index, info, open_library
from tests.search.meaning.encoders import HashedWords, files

from .conftest import extract

Make = Callable[..., tuple[Path, EditionInfo]]


@pytest.fixture(autouse=True)
def pretended(monkeypatch: pytest.MonkeyPatch) -> list[HashedWords]:
    """The encoders that were opened, none of them the real one."""
    opened: list[HashedWords] = []

    def open_encoder(name: str) -> HashedWords:
        opened.append(HashedWords(name))
        return opened[-1]

    monkeypatch.setattr(meaning, "encoder_for", open_encoder)
    monkeypatch.setattr(gathering, "BATCH_BYTES", 6000)
    return opened


def encoding(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do something whenever passages are to be encoded."""

    class Acting(HashedWords):
        def passages(self, texts: Sequence[str]) -> np.ndarray:
            act()
            return super().passages(texts)

    monkeypatch.setattr(meaning, "encoder_for", Acting)


def test_a_built_edition_has_both_indexes(tmp_path: Path, made: Make) -> None:
    out, built = made("a", extract(tmp_path / "wiki_00", 20))
    assert verify_edition(out).ok
    assert built == info(out)
    assert built.meaning is not None
    assert (built.meaning.encoder, built.meaning.done, built.meaning.complete) == ("static", built.passages, True)
    assert sorted(f.name for f in out.iterdir()) == [
        "bag-info.txt", "bagit.txt", "data", "index", "manifest-sha256.txt", "tagmanifest-sha256.txt",
    ]  # fmt: skip
    with open_library([out]) as library:
        found = library._searchers.meanings[built.root]
        assert found is not None
        numbers, _ = found.find(HashedWords("static").question("Article 7 speaks of the number 7"), 3)
        assert 6 in [found.place(int(number))[0] for number in numbers]


def test_words_are_found_while_passages_are_encoded(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[tuple[int, bool]] = []

    def look() -> None:
        out = tmp_path / "a.edition"
        with open_library([out]) as library:
            (found,) = library._searchers.meanings.values()
            seen.append((library.search("square").total, found is not None and found.complete))
        assert verify_edition(out).ok

    encoding(monkeypatch, look)
    made("a", extract(tmp_path / "wiki_00", 20))
    assert len(seen) > 2
    assert set(seen) == {(20, False)}


def test_without_meaning_there_is_none(tmp_path: Path, made: Make, pretended: list[HashedWords]) -> None:
    out, built = made("a", extract(tmp_path / "wiki_00", 3), meaning=False)
    index(out, threads=0, meaning=False)
    assert (built.meaning, info(out).meaning, pretended) == (None, None, [])
    with open_library([out]) as library:
        assert library._searchers.meanings == {built.root: None}


def test_that_there_is_no_encoder_is_said_and_is_no_error(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    def missing(name: str) -> HashedWords:
        raise MissingError("The encoder is not there.", "Fetch it.")

    said: list[str] = []
    monkeypatch.setattr(meaning, "encoder_for", missing)
    out, built = made("a", extract(tmp_path / "wiki_00", 3), note=said.append)
    assert built.meaning is None
    index(out, threads=0, note=said.append)
    assert len(said) == 2
    assert all("words alone. The encoder is not there. Fetch it." in each for each in said)
    assert not (out / "index" / "meaning").exists()
    assert verify_edition(out).ok


def test_stopped_while_it_encodes_the_edition_is_whole_and_index_goes_on(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = extract(tmp_path / "wiki_00", 20)
    whole, _ = made("whole", source)
    calls: list[int] = []

    def stop() -> None:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt

    said: list[str] = []
    with monkeypatch.context() as patch:
        encoding(patch, stop)
        with pytest.raises(KeyboardInterrupt) as stopped:
            made("a", source, note=said.append)
    out = tmp_path / "a.edition"
    (hint,) = stopped.value.__notes__
    assert f"galactica index {out} --only meaning" in hint
    assert said == []
    assert verify_edition(out).ok
    found = info(out).meaning
    assert found is not None
    assert (found.complete, 0 < found.done < found.total) == (False, True)
    assert not (out / "index.lock").exists()
    assert not (tmp_path / "a.edition.building").exists()
    words = (out / "index" / "manifest.json").stat().st_mtime_ns
    index(out, threads=0, words=False)
    assert (out / "index" / "manifest.json").stat().st_mtime_ns == words
    assert files(out / "index" / "meaning") == files(whole / "index" / "meaning")


@pytest.mark.parametrize(
    ("fault", "kind"), [(LimitError("A worker died.", "Again."), LimitError), (OSError(28, "No space"), MissingError)]
)
def test_an_error_while_it_encodes_says_that_the_edition_is_whole(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch, fault: Exception, kind: type[Exception]
) -> None:
    def fail() -> None:
        raise fault

    encoding(monkeypatch, fail)
    with pytest.raises(kind) as caught:
        made("a", extract(tmp_path / "wiki_00", 3))
    assert "whole" in caught.value.remedy  # type: ignore[attr-defined]
    assert verify_edition(tmp_path / "a.edition").ok


def test_a_new_index_of_words_leaves_that_of_meaning_in_its_place(
    tmp_path: Path, made: Make, pretended: list[HashedWords]
) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 20))
    before = files(out / "index" / "meaning")
    (out / "index" / "ids").write_bytes(b"damaged")
    index(out, threads=0)
    assert files(out / "index" / "meaning") == before
    assert verify_edition(out).ok
    assert not any(encoder.seen for encoder in pretended[1:])


def test_an_exchange_of_indexes_that_was_cut_short_loses_nothing(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 20))
    before = files(out / "index" / "meaning")

    def stop(path: Path | str, **_: object) -> None:
        remove(path, ignore_errors=True)
        if Path(path).name == "index":
            raise KeyboardInterrupt

    remove = shutil.rmtree
    with monkeypatch.context() as patch:
        patch.setattr(shutil, "rmtree", stop)
        with pytest.raises(KeyboardInterrupt):
            index(out, threads=0)
    assert not (out / "index").exists()
    index(out, threads=0, meaning=False)
    assert files(out / "index" / "meaning") == before
    assert verify_edition(out).ok


def test_one_process_at_a_time_makes_indexes(tmp_path: Path, made: Make) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 3), meaning=False)
    with locked(out / "index.lock", ""), pytest.raises(UsageError, match="another process"):
        index(out, threads=0)


def test_codes_of_unchanged_articles_come_from_the_parent(
    tmp_path: Path, made: Make, pretended: list[HashedWords]
) -> None:
    old, _ = made("old", extract(tmp_path / "wiki_00", 12))
    newer = extract(tmp_path / "wiki_00", 13, changed=frozenset({3}))
    alone, _ = made("alone", newer)
    pretended.clear()
    new, _ = made("new", newer, parent=old)
    assert {text.partition("\n")[0] for encoder in pretended for text in encoder.seen} == {"Number 3", "Number 13"}
    with Edition.open(new) as one, Edition.open(alone) as other:
        assert one.root != other.root  # it names its parent
    names = [name for name in files(new / "index" / "meaning") if name.startswith("codes/")]
    for name in names:
        assert (new / "index" / "meaning" / name).read_bytes() == (alone / "index" / "meaning" / name).read_bytes()
    shutil.rmtree(new / "index" / "meaning")
    pretended.clear()
    said: list[str] = []
    index(new, threads=0, words=False, parent=old, note=said.append)
    assert said == []
    assert sum(len(encoder.seen) for encoder in pretended) < 12


def test_a_parent_without_an_index_of_meaning_is_said(tmp_path: Path, made: Make) -> None:
    old, _ = made("old", extract(tmp_path / "wiki_00", 3), meaning=False)
    said: list[str] = []
    _, built = made("new", extract(tmp_path / "wiki_00", 4), parent=old, note=said.append)
    assert built.meaning is not None
    assert "All passages were encoded" in said[0]


def test_an_index_of_meaning_of_another_edition_is_passed_over(tmp_path: Path, made: Make) -> None:
    one, built = made("one", extract(tmp_path / "wiki_00", 3))
    other, _ = made("other", extract(tmp_path / "wiki_01", 4))
    shutil.rmtree(one / "index" / "meaning")
    shutil.copytree(other / "index" / "meaning", one / "index" / "meaning")
    assert [p.where for p in verify_edition(one).problems] == ["index/meaning/manifest.json"]
    with open_library([one]) as library:
        assert library._searchers.meanings == {built.root: None}
        assert library.search("square").total == 3
    index(one, threads=0)
    assert verify_edition(one).ok
    assert info(one).meaning is not None
