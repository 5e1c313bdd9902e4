"""Every byte of an edition is vouched for: whichever is flipped, `verify_edition` finds it, and reading gives no other
text."""

from __future__ import annotations

import contextlib
import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica.edition import Edition, bag
from galactica.edition.info import read_statement
from galactica.edition.verify import Verification, verify_edition
from galactica.errors import EditionError
from galactica.library import build
from galactica.progress import silent

PLACES = {
    "river.txt": "A river is water that runs downhill to the sea.",
    "lake.txt": "A lake lies still between hills.",
    "spring.txt": "A spring is where a river begins.",
}


@pytest.fixture(scope="module")
def waters(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of three texts, with indexes of words and meaning and a picture."""
    folder = tmp_path_factory.mktemp("waters")
    (folder / "texts").mkdir()
    for name, text in PLACES.items():
        (folder / "texts" / name).write_text(text)
    out = folder / "waters.edition"
    build(out, [folder / "texts"], title="Waters", workers=0)
    return out


@pytest.fixture
def copy(waters: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(waters, tmp_path / "copy.edition"))


def found(edition: Path) -> Verification | EditionError:
    try:
        return verify_edition(edition)
    except EditionError as error:
        return error


def is_noticed(edition: Path) -> bool:
    seen = found(edition)
    return isinstance(seen, EditionError) or not seen.ok


def doubted(edition: Path, name: str, root: str) -> bag.Damage | None:
    """What the part of `verify_edition` finds first that vouches for a file; that it is asked, the next test shows."""
    if name.startswith("index/"):
        folder = (edition / name).parent
        return next(bag.check_index(folder, root, called=folder.relative_to(edition).as_posix()), None)
    return next(bag.check_bag(edition, silent), None)


@contextlib.contextmanager
def flipped(file: Path, place: int, mask: int) -> Iterator[None]:
    """One byte is another while the block runs; written in its place, because a file that is cut and written anew waits
    for the disk."""
    with file.open("r+b", buffering=0) as opened:
        opened.seek(place)
        (byte,) = opened.read(1)

        def write(value: int) -> None:
            opened.seek(place)
            opened.write(bytes([value]))

        write(byte ^ mask)
        try:
            yield
        finally:
            write(byte)


def names(edition: Path, *endings: str) -> list[Path]:
    return [file for file in sorted(edition.rglob("*")) if file.is_file() and file.name.endswith(endings)]


def test_it_is_whole_before_anything_is_flipped(copy: Path) -> None:
    assert verify_edition(copy).problems == ()


@pytest.mark.parametrize("mask", [0x20, 0x01], ids=["the case of a letter", "the last bit"])
@pytest.mark.parametrize(
    "name",
    ["tagmanifest-sha256.txt", "bagit.txt", "bag-info.txt", "index/manifest.json", "index/meaning/manifest.json"],
)
def test_every_flip_in_what_vouches_for_the_rest_is_found(copy: Path, name: str, mask: int) -> None:
    file = copy / name
    if not file.exists():
        pytest.skip("there is no encoder here")
    whole = file.read_bytes()
    missed = []
    root = read_statement(copy).root
    assert doubted(copy, name, root) is None
    for place in range(len(whole)):
        with flipped(file, place, mask):
            if doubted(copy, name, root) is None:
                missed.append((place, whole[max(0, place - 10) : place + 10]))
    assert missed == []


def test_a_flip_in_every_other_file_is_found(copy: Path) -> None:
    for file in names(copy, ""):
        size = file.stat().st_size
        for place in {0, size // 2, size - 1}:
            with flipped(file, place, 0x10):
                assert is_noticed(copy), (file, place)
    assert verify_edition(copy).ok


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("tagmanifest-sha256.txt", b"  bag-info.txt\n", b" \tbag-info.txt\n"),
        ("tagmanifest-sha256.txt", b"  bag-info.txt\n", b"  bag-info.txt\x0b"),
        ("tagmanifest-sha256.txt", b"  bagit.txt\n", b"  bagi%74.txt\n"),
        ("index/manifest.json", b'"program": "galactica ', b'"program": "Galactica '),
        ("index/manifest.json", b'"root"', b'"ROOT"'),
        ("index/manifest.json", b'{\n "files"', b'{ \n"files"'),
    ],
)
def test_what_says_the_same_in_other_letters_is_found_too(copy: Path, name: str, old: bytes, new: bytes) -> None:
    file = copy / name
    assert old in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(old, new))
    assert is_noticed(copy)


@pytest.mark.parametrize("gone", ["bagit.txt", "bag-info.txt", "manifest-sha256.txt"])
def test_a_tag_file_that_is_not_named_any_more_is_found(copy: Path, gone: str) -> None:
    file = copy / "tagmanifest-sha256.txt"
    lines = file.read_text().splitlines(keepends=True)
    file.write_text("".join(line for line in lines if gone not in line))
    seen = found(copy)
    assert isinstance(seen, Verification)
    assert any(f"does not name {gone}" in problem.what for problem in seen.problems)


def test_a_flip_in_a_table_never_gives_another_text(copy: Path) -> None:
    file = copy / "data" / "articles" / "00000.parquet"
    with Edition.open(copy) as edition:
        right = [edition.article(row) for row in range(len(edition))]
    for place in range(0, file.stat().st_size, 5):
        with flipped(file, place, 0x04), Edition.open(copy) as edition:
            for row, article in enumerate(right):
                with contextlib.suppress(EditionError):
                    assert edition.article(row) == article, place


def test_a_damaged_shard_names_the_articles_that_are_lost(waters: Path, copy: Path) -> None:
    file = copy / "data" / "articles" / "00000.parquet"
    whole = file.read_bytes()
    place = whole.index(b"\x28\xb5\x2f\xfd", whole.index(b"\x28\xb5\x2f\xfd") + 1)
    with Edition.open(waters) as edition:
        titles = {edition.head(row).title for row in range(len(edition))}
    named = set()
    for at in range(place, len(whole) // 2, 7):
        with flipped(file, at, 0xFF):
            seen = found(copy)
        assert isinstance(seen, Verification)
        named |= {title for problem in seen.problems for title in problem.article.split(", ")} & titles
    assert named


def forged(waters: Path, folder: Path) -> Path:
    """An edition whose texts are others under the same names."""
    (folder / "texts").mkdir()
    for name, text in PLACES.items():
        (folder / "texts" / name).write_text(text.replace("water", "wine").replace("still", "dry").replace("is", "was"))
    out = folder / "forged.edition"
    build(out, [folder / "texts"], title="Waters", workers=0, meaning=False)
    return out


def test_a_table_of_another_edition_is_not_read(waters: Path, copy: Path, tmp_path: Path) -> None:
    other = forged(waters, tmp_path)
    shutil.copy(other / "data" / "articles" / "00000.parquet", copy / "data" / "articles" / "00000.parquet")
    with Edition.open(copy) as edition:
        for row in range(3):
            with pytest.raises(EditionError, match="is not what it was when the edition was made"):
                edition.article(row)
            with pytest.raises(EditionError, match="is not what it was"):
                edition.body(row)
        with pytest.raises(EditionError, match="is not what it was"):
            list(edition.scan())


@pytest.mark.parametrize(
    ("name", "value"), [("title", "Wines"), ("languages", {"fr": 3}), ("licences", ["MIT"]), ("parent", "ab" * 32)]
)
def test_an_edition_that_says_something_else_of_itself_is_not_opened(copy: Path, name: str, value: object) -> None:
    file = copy / "data" / "edition.json"
    stated = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps({**stated, name: value}), encoding="utf-8")
    with pytest.raises(EditionError, match="'edition' is not what it was"):
        Edition.open(copy).close()


def test_sources_of_another_edition_are_not_read(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "a.txt").write_text("Words of another.")
    other = tmp_path / "other.edition"
    build(other, [tmp_path / "one"], licence="CC0-1.0", key="another", workers=0, meaning=False)
    shutil.copy(other / "data" / "sources" / "00000.parquet", copy / "data" / "sources" / "00000.parquet")
    with pytest.raises(EditionError, match="'sources' is not what it was"):
        Edition.open(copy).close()
