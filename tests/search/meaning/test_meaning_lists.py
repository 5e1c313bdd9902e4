"""Lists of like passages: nothing is lost in them, and what is near is found in a few."""

from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from galactica.edition import Edition
from galactica.edition.verify import verify_edition
from galactica.errors import EditionError
from galactica.progress import silent
from galactica.search.meaning import MeaningIndex, clusters, lists
from galactica.search.meaning.codes import CodeBlock, codes, columns, nearest
from galactica.search.meaning.lists import Lists, ShardFiles
from tests.search.meaning.encoders import edition_of, files, meaning_of, open_hashed

WORDS, SIZES = 2, (700, 0, 900, 400)


def clustered(count: int, groups: int, seed: int) -> np.ndarray:
    """Vectors of length 1 around `groups` directions."""
    random = np.random.default_rng(seed)
    centres = random.standard_normal((groups, 64 * WORDS))
    found = centres[random.integers(0, groups, count)] + 0.7 * random.standard_normal((count, 64 * WORDS))
    return (found / np.linalg.norm(found, axis=1, keepdims=True)).astype(np.float32)


def made(folder: Path, rows: np.ndarray) -> Lists:
    (folder / "codes").mkdir(parents=True)
    paths = [folder / "codes" / f"{shard}" for shard in range(len(SIZES))]
    first = 0
    for path, size in zip(paths, SIZES, strict=True):
        columns(rows[first : first + size]).tofile(path)
        first += size
    lists.make(folder, ShardFiles(paths=paths, passages=SIZES, words=WORDS), silent)
    return Lists(folder, WORDS, sum(SIZES))


@pytest.fixture(scope="module")
def vectors() -> np.ndarray:
    found = clustered(sum(SIZES), 40, 1)
    found[[3, 800, 1999]] = 0
    return found


@pytest.fixture(scope="module")
def some(tmp_path_factory: pytest.TempPathFactory, vectors: np.ndarray) -> Lists:
    return made(tmp_path_factory.mktemp("lists"), codes(vectors))


def test_every_passage_is_in_one_list_with_its_code(some: Lists, vectors: np.ndarray) -> None:
    everything = np.arange(len(vectors))
    numbers = some.numbers(everything)
    assert sorted(numbers.tolist()) == everything.tolist()
    assert (some.at(everything) == codes(vectors)[numbers]).all()
    shuffled = np.random.default_rng(0).permutation(len(vectors))
    assert (some.rows(shuffled) == codes(vectors)[shuffled]).all()


def found(some: Lists, query: np.ndarray, k: int, allowed: np.ndarray | None = None) -> set[int]:
    positions, _ = nearest(some.parts(query, k, allowed), codes(query[None])[0], k)
    return set(some.numbers(positions).tolist())


def exact(vectors: np.ndarray, query: np.ndarray, k: int, allowed: np.ndarray | None = None) -> set[int]:
    part = CodeBlock(first=0, columns=columns(codes(vectors)), allowed=allowed)
    return set(nearest([part], codes(query[None])[0], k)[0].tolist())


@pytest.mark.parametrize("filtered", [False, True])
def test_a_tenth_of_the_passages_holds_nearly_all_that_are_near(
    some: Lists, vectors: np.ndarray, monkeypatch: pytest.MonkeyPatch, filtered: bool
) -> None:
    monkeypatch.setattr(lists, "LEAST", 0)
    questions = clustered(2000, 40, 1)[::50]
    allowed = np.random.default_rng(2).random(len(vectors)) < 0.5 if filtered else None
    shares = []
    for query in questions:
        looked = sum(
            part.columns.shape[1] if part.allowed is None else int(part.allowed.sum())
            for part in some.parts(query, 10, allowed)
        )
        assert looked < 0.25 * (len(vectors) if allowed is None else allowed.sum())
        wanted = exact(vectors, query, 10, allowed)
        shares.append(len(wanted & found(some, query, 10, allowed)) / 10)
        assert allowed is None or all(allowed[list(found(some, query, 10, allowed))])
    assert np.mean(shares) > 0.9


def test_all_lists_together_are_as_near_as_all_codes(some: Lists, vectors: np.ndarray) -> None:
    whole = [CodeBlock(first=0, columns=columns(codes(vectors)))]
    for query in clustered(200, 40, 3)[::20]:
        bits = codes(query[None])[0]
        _, away = nearest(some.parts(query, 50, None), bits, 50)  # LEAST is more than there are
        assert away.tolist() == nearest(whole, bits, 50)[1].tolist()


def test_lists_are_the_same_however_the_matrix_is_multiplied(tmp_path: Path, vectors: np.ndarray) -> None:
    made(tmp_path / "a", codes(vectors))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clusters, "BLOCK", 100)
        made(tmp_path / "b", codes(vectors))
    assert files(tmp_path / "a" / "lists") == files(tmp_path / "b" / "lists")


@pytest.mark.parametrize("rows", [np.zeros((2000, WORDS)), np.ones((2000, WORDS))])
def test_codes_that_are_all_alike_have_lists_too(tmp_path: Path, rows: np.ndarray) -> None:
    some = made(tmp_path, rows.astype(np.uint64))
    assert sorted(some.numbers(np.arange(2000)).tolist()) == list(range(2000))


def test_a_passage_of_56_bytes_takes_at_most_64() -> None:
    bytes_of_lists = 2 * round(2 * lists.EXACT_MOST**0.5) * (448 + 4) / 2
    assert 56 + 4 + 2 + bytes_of_lists / lists.EXACT_MOST <= 64


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition with more passages than are compared one by one."""
    path = edition_of(tmp_path_factory.mktemp("large"), "large", range(1, 61))
    meaning_of(path, exact_most=50)
    return path


def test_an_edition_with_lists_is_searched_as_one_without(large: Path, tmp_path: Path) -> None:
    meaning_of(large, into=tmp_path / "exact")
    assert verify_edition(large).ok
    names = set(files(large / "index" / "meaning"))
    assert not any(name.startswith("codes") for name in names)
    assert {f"lists/{name}.bin" for name in ("centres", "ends", "numbers", "owners", "codes")} < names
    with (
        Edition.open(large) as edition,
        MeaningIndex.open(edition, edition.meaning_dir()) as meaning,
        MeaningIndex.open(edition, tmp_path / "exact") as plain,
    ):
        assert (meaning.complete, meaning.done) == (True, meaning.total)
        everything = np.arange(meaning.total)
        assert (meaning.codes(everything) == plain.codes(everything)).all()
        odd = everything % 2 == 1
        for text in ("number 7 and its square", "in the year 1012", "history"):
            query = open_hashed("hashed").question(text)
            for allowed in (None, odd):
                for one, other in zip(
                    meaning.find(query, 9, allowed=allowed), plain.find(query, 9, allowed=allowed), strict=True
                ):
                    assert one.tolist() == other.tolist()
            assert (meaning.scores(query, everything) == plain.scores(query, everything)).all()


def test_made_again_lists_are_the_same_and_nothing_is_encoded_twice(large: Path, tmp_path: Path) -> None:
    expected = files(large / "index" / "meaning")
    built = meaning_of(large, exact_most=50)
    assert built.kept == built.passages

    def report(stage: str, done: int, total: int | None, unit: str) -> None:
        if stage == "lists":
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        meaning_of(large, into=tmp_path / "meaning", report=report, exact_most=50)
    with Edition.open(large) as edition, MeaningIndex.open(edition, tmp_path / "meaning") as meaning:
        assert not meaning.complete
        assert meaning.find(open_hashed("hashed").question("history"), 3)[0].tolist()
    built = meaning_of(large, into=tmp_path / "meaning", exact_most=50)
    assert built.kept == built.passages
    assert files(tmp_path / "meaning") == expected


def test_codes_in_lists_of_a_parent_are_taken_over(large: Path, tmp_path: Path) -> None:
    new = edition_of(tmp_path, "new", range(5, 40))
    meaning_of(new, into=tmp_path / "alone")
    built = meaning_of(new, parent=large)
    assert built.taken == built.passages
    assert files(new / "index" / "meaning") == files(tmp_path / "alone")


@pytest.mark.parametrize("name", ["centres", "ends", "numbers", "owners", "codes"])
@pytest.mark.parametrize("kind", ["missing", "empty", "short", "long", "ones", "pipe"])
def test_lists_that_are_damaged_are_left_aside_or_an_error(large: Path, tmp_path: Path, name: str, kind: str) -> None:
    import os

    folder = Path(shutil.copytree(large / "index" / "meaning", tmp_path / "meaning"))
    file = folder / "lists" / f"{name}.bin"
    raw = file.read_bytes()
    file.unlink()
    if kind == "pipe":
        os.mkfifo(file)
    elif kind != "missing":
        file.write_bytes({"empty": b"", "short": raw[:-1], "long": raw + raw, "ones": b"\xff" * len(raw)}[kind])
    query = open_hashed("hashed").question("history")
    with Edition.open(large) as edition, MeaningIndex.open(edition, folder) as meaning:
        if kind == "ones" and name in ("centres", "codes"):
            meaning.find(query, 5)  # numbers that may be: only a verification finds it
        elif kind == "ones" and name != "ends":
            with pytest.raises(EditionError):
                meaning.find(query, 5)
        else:
            assert meaning.reasons
            assert (meaning.complete, meaning.done, len(meaning.find(query, 5)[0])) == (False, 0, 0)
