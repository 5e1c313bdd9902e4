"""Making the index of meaning: the same bytes whatever happens on the way, and no work done twice."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from galactica.edition import Edition, bag
from galactica.edition.verify import verify_edition
from galactica.errors import EditionError, LimitError
from galactica.search.meaning import MeaningIndex, passage_text
from galactica.search.meaning.codes import codes
from galactica.search.meaning.layout import MeaningIndexRecord
from tests.search.meaning.encoders import (
    HashedWords,
    edition_of,
    files,
    meaning_of,
    open_blind,
    open_hashed,
    open_mortal,
)


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of several shards with a finished index."""
    path = edition_of(tmp_path_factory.mktemp("whole"), "whole", range(1, 41))
    meaning_of(path)
    return path


def texts(path: Path) -> list[str]:
    """What an encoder is given, passage after passage."""
    from galactica.model.projection import project

    with Edition.open(path) as edition:
        return [
            passage_text(article.title, project(article.body)[start:end])
            for row, article in edition.scan()
            for start, end in zip(*edition.spans(row), strict=True)
        ]


def test_every_passage_has_the_code_of_its_title_and_text(whole: Path) -> None:
    expected = texts(whole)
    with Edition.open(whole) as edition, MeaningIndex.open(edition, edition.meaning_dir()) as meaning:
        assert len(edition.statement.shards) > 3
        assert meaning.total == meaning.done == len(expected)
        assert meaning.complete
        found = meaning.codes(np.arange(meaning.total))
    assert (found == codes(HashedWords().passages(expected))).all()
    assert expected[0].startswith("Number 1\n")


def test_an_edition_with_an_index_of_meaning_is_whole(whole: Path) -> None:
    found = verify_edition(whole)
    assert found.ok, found.problems
    names = set(files(whole / "index" / "meaning"))
    assert {"meaning.json", "manifest.json", "codes/00000.bin"} <= names
    assert not any("meaning" in name for name in bag._index_manifest(whole / "index")[1])
    assert len(bag._index_manifest(whole / "index" / "meaning")[1]) == len(names) - 1


@pytest.mark.parametrize("workers", [1, 2])
def test_the_number_of_workers_changes_no_byte(whole: Path, tmp_path: Path, workers: int) -> None:
    meaning_of(whole, workers=workers, into=tmp_path / "meaning")
    assert files(tmp_path / "meaning") == files(whole / "index" / "meaning")


def test_a_finished_index_is_not_made_again(whole: Path, tmp_path: Path) -> None:
    before = files(whole / "index" / "meaning")
    built = meaning_of(whole, opener=_refusing)
    assert (built.kept, built.taken) == (built.passages, 0)
    assert files(whole / "index" / "meaning") == before


def _refusing(name: str) -> HashedWords:
    class Refusing(HashedWords):
        def passages(self, texts: object) -> np.ndarray:
            raise AssertionError("nothing was to be encoded")

    return Refusing(name)


class _Stopping:
    """A `Report` that presses Ctrl-C after so many calls."""

    def __init__(self, calls: int) -> None:
        self.left = calls

    def __call__(self, stage: str, done: int, total: int | None, unit: str) -> None:
        assert (stage, unit) == ("meaning", "passages")
        self.left -= 1
        if self.left < 0:
            raise KeyboardInterrupt


def test_stopped_at_any_shard_it_goes_on_to_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    folder, expected = tmp_path / "meaning", files(whole / "index" / "meaning")
    stops = 0
    for limit in range(1, 100):
        try:
            meaning_of(whole, into=folder, report=_Stopping(limit))
            break
        except KeyboardInterrupt:
            stops += 1
            assert not (folder / "manifest.json").exists()
            assert not list(folder.rglob("*.part"))
    assert stops > 2
    assert files(folder) == expected


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_killed_worker_is_an_error_and_the_next_run_goes_on(whole: Path, tmp_path: Path) -> None:
    mortal, folder = tmp_path / "mortal", tmp_path / "meaning"
    mortal.touch()
    with pytest.raises(LimitError):
        meaning_of(whole, opener=open_mortal, name=str(mortal), workers=1, into=folder)
    assert list((folder / "codes").glob("*.bin"))
    mortal.unlink()
    built = meaning_of(whole, opener=open_mortal, name=str(mortal), workers=1, into=folder)
    assert 0 < built.kept < built.passages
    meaning_of(whole, opener=open_mortal, name=str(mortal), into=tmp_path / "alone")
    assert files(folder) == files(tmp_path / "alone")


_KILLED = """
import os, signal, sys
from pathlib import Path
from tests.search.meaning import encoders
def report(stage, done, total, unit):
    if done > 20:
        os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    encoders.meaning_of(Path(sys.argv[1]), into=Path(sys.argv[2]), workers=2, report=report)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_killed_it_goes_on_to_the_same_bytes(whole: Path, tmp_path: Path) -> None:
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    environment = os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    ended = subprocess.run([sys.executable, script, whole, tmp_path / "meaning"], env=environment, check=False)
    assert ended.returncode == -9
    assert not (tmp_path / "meaning" / "manifest.json").exists()
    built = meaning_of(whole, into=tmp_path / "meaning")
    assert built.kept > 0
    assert files(tmp_path / "meaning") == files(whole / "index" / "meaning")


def test_half_files_and_files_of_another_size_are_made_again(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "meaning"
    meaning_of(whole, into=folder)
    (folder / "manifest.json").unlink()
    (folder / "codes" / "00001.bin").write_bytes(b"short")
    (folder / "codes" / "00002.bin.17.part").write_bytes(b"half")
    (folder / "codes" / "00003.bin").unlink()
    (folder / "manifest.json.part").write_bytes(b"{")
    built = meaning_of(whole, into=folder)
    assert 0 < built.kept < built.passages
    assert files(folder) == files(whole / "index" / "meaning")


def test_another_encoder_starts_anew(whole: Path, tmp_path: Path) -> None:
    folder = tmp_path / "meaning"
    meaning_of(whole, into=folder, name="other")
    assert files(folder) != files(whole / "index" / "meaning")
    built = meaning_of(whole, into=folder)
    assert built.kept == 0
    assert files(folder) == files(whole / "index" / "meaning")


def test_every_flipped_byte_is_found_and_made_right(whole: Path, tmp_path: Path) -> None:
    folder, expected = whole / "index" / "meaning", files(whole / "index" / "meaning")
    for name, raw in expected.items():
        if name == "manifest.json":
            continue
        for at in sorted({0, len(raw) // 3, len(raw) - 1}):
            (folder / name).write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            problems = verify_edition(whole).problems
            assert [p.where for p in problems] == [f"index/meaning/{name}"], (name, at)
        meaning_of(whole)
        assert files(folder) == expected
    assert verify_edition(whole).ok


def test_an_unfinished_index_is_no_damage_and_a_broken_manifest_is(whole: Path, tmp_path: Path) -> None:
    import shutil

    copy = Path(shutil.copytree(whole, tmp_path / "copy.edition"))
    manifest = copy / "index" / "meaning" / "manifest.json"
    manifest.unlink()
    (copy / "index" / "meaning" / "codes" / "00000.bin").unlink()
    assert verify_edition(copy).ok
    manifest.write_text("[")
    assert [p.where for p in verify_edition(copy).problems] == ["index/meaning/manifest.json"]
    shutil.rmtree(copy / "index" / "meaning")
    assert verify_edition(copy).ok


def test_a_manifest_that_leads_elsewhere_removes_nothing(whole: Path, tmp_path: Path) -> None:
    import json

    folder = tmp_path / "meaning"
    meaning_of(whole, into=folder)
    (tmp_path / "precious").write_text("x")
    stated = json.loads((folder / "manifest.json").read_text())
    stated["files"] |= {"codes/../../precious": "x", "../precious": "x", str(tmp_path / "precious"): "x"}
    (folder / "manifest.json").write_text(json.dumps(stated))
    meaning_of(whole, into=folder)
    assert (tmp_path / "precious").exists()
    assert files(folder) == files(whole / "index" / "meaning")


def test_codes_of_a_parent_are_those_that_encoding_gives(tmp_path: Path) -> None:
    old = edition_of(tmp_path, "old", range(1, 31))
    numbers = [*range(20, 33), 90, *range(1, 15)]
    new = edition_of(tmp_path, "new", numbers, changed=frozenset({3, 25}), batch=4000)
    meaning_of(old)
    alone = tmp_path / "alone"
    meaning_of(new, into=alone)
    built = meaning_of(new, parent=old)
    with Edition.open(new) as edition:
        made_anew = {31, 32, 90, 3, 25}
        fresh = sum(len(edition.passages(row)) for row, number in enumerate(numbers) if number in made_anew)
    assert built.taken == built.passages - fresh
    assert built.unused == ""
    assert files(new / "index" / "meaning") == files(alone)


def test_a_parent_that_is_of_no_use_is_said_and_changes_nothing(tmp_path: Path) -> None:
    old, new = edition_of(tmp_path, "old", range(1, 9)), edition_of(tmp_path, "new", range(1, 10))
    meaning_of(new, into=tmp_path / "alone")

    def unused() -> str:
        built = meaning_of(new, parent=old, into=tmp_path / "meaning")
        assert built.taken == 0
        assert files(tmp_path / "meaning") == files(tmp_path / "alone")
        for name in files(tmp_path / "meaning"):
            (tmp_path / "meaning" / name).unlink()
        return built.unused

    assert "no index of meaning" in unused()
    meaning_of(old, name="other")
    assert "another encoder" in unused()
    meaning_of(old)
    codes_file = old / "index" / "meaning" / "codes" / "00000.bin"
    codes_file.write_bytes(b"\xff" + codes_file.read_bytes()[1:])
    assert "damaged" in unused()
    (old / "index" / "meaning" / "manifest.json").unlink()
    assert "unfinished" in unused()


def test_a_text_without_words_has_a_code_of_zeros(tmp_path: Path) -> None:
    path = edition_of(tmp_path, "blind", range(1, 6))
    meaning_of(path, opener=open_blind)
    with Edition.open(path) as edition, MeaningIndex.open(edition, edition.meaning_dir()) as meaning:
        blank = list(meaning.numbers(2))
        assert not meaning.codes(np.array(blank)).any()
        for question in ("Article 3 speaks of 3", "word3", "history"):
            found, _ = meaning.find(open_hashed("hashed").question(question), 100)
            assert len(found) == meaning.total - len(blank)
            assert not set(found.tolist()) & set(blank)


def test_an_edition_that_was_replaced_meanwhile_is_an_error(whole: Path, tmp_path: Path) -> None:
    other = edition_of(tmp_path, "other", range(1, 6))
    with Edition.open(other) as edition:
        edition.path = whole
        from concurrent.futures import ThreadPoolExecutor

        from galactica.progress import silent
        from galactica.search.meaning.build import build_meaning
        from galactica.search.meaning.encoding import identify

        with ThreadPoolExecutor(1) as pool, pytest.raises(EditionError):
            build_meaning(
                edition,
                tmp_path / "meaning",
                encoder=identify(open_hashed, "hashed"),
                opener=open_hashed,
                pool=pool,
                workers=1,
                report=silent,
            )


def test_the_record_says_what_the_codes_belong_to(whole: Path) -> None:
    record = MeaningIndexRecord.read(whole / "index" / "meaning")
    with Edition.open(whole) as edition:
        assert record.root == edition.root
        counts = [int(edition.passage_counts(shard).sum()) for shard in range(len(edition.statement.shards))]
        assert list(record.passages) == counts
        assert [len(edition.passages(row)) for row in range(len(edition))] == [
            n for shard in range(len(counts)) for n in edition.passage_counts(shard).tolist()
        ]
    assert record.encoder.name == "hashed"
    assert record.encoder.digest == HashedWords().digest
