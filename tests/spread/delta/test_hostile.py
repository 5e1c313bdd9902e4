"""What anybody could make of a delta is refused, and says why; nothing comes of it."""

from __future__ import annotations

import hashlib
import io
import shutil
import struct
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import cbor2
import pytest
import zstandard

from galactica.edition import Edition
from galactica.edition.record import article_record, encode
from galactica.errors import GalacticaError, ProofError, UsageError
from galactica.spread.delta import document, packing
from galactica.spread.delta.document import MAGIC, read_index
from galactica.spread.delta.gaps import gap_bytes, numbers_of
from galactica.spread.delta.making import make_delta
from galactica.spread.delta.packing import pack_with, unpack_with
from tests.spread.delta.made import Made, article, write_made
from tests.spread.delta.test_applying import applied

Index = list[object]
"""origin, root, before, after, tables, blocks, contents: as the index of a delta has them."""


@pytest.fixture(scope="module")
def small(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two editions of three articles, and the delta between them."""
    folder = tmp_path_factory.mktemp("small")
    first = Made(articles=tuple(article(number, body=f"<p>The {number}.</p>") for number in range(3)))
    second = replace(
        first, articles=(article(0, body="<p>Zero.</p>"), *first.articles[1:], article(7, body="<p>7</p>"))
    )
    write_made(folder / "a.edition", first)
    write_made(folder / "b.edition", second, indexed=False)
    with (folder / "ab.delta").open("wb") as out:
        make_delta(folder / "a.edition", folder / "b.edition", out)
    return folder


def sealed(raw: bytes) -> bytes:
    return raw + hashlib.sha256(raw).digest()


def forged(path: Path, change: Callable[[Index], object], blocks: Callable[[bytes], bytes] = lambda raw: raw) -> bytes:
    """A delta whose index, and blocks, are others, with a right sum."""
    raw = path.read_bytes()
    _, size, packed = struct.unpack_from("<8sII", raw)
    start = struct.calcsize("<8sII")
    index = cbor2.loads(unpack_with(raw[start : start + packed], size))
    change(index)
    plain = cbor2.dumps(index)
    again = pack_with(plain)
    return sealed(struct.pack("<8sII", MAGIC, len(plain), len(again)) + again + blocks(raw[start + packed : -32]))


def refused(small: Path, tmp_path: Path, raw: bytes) -> GalacticaError:
    """The error that a delta ends in; nothing that could be taken for an edition is left."""
    (tmp_path / "forged.delta").write_bytes(raw)
    out = tmp_path / "out.edition"
    with pytest.raises(GalacticaError) as caught:
        applied(small / "a.edition", out, tmp_path / "forged.delta")
    assert not (out / "bagit.txt").exists()
    shutil.rmtree(out, ignore_errors=True)
    return caught.value


def test_every_flipped_bit_is_refused(small: Path) -> None:
    raw = (small / "ab.delta").read_bytes()
    assert read_index(io.BytesIO(raw)).new == 2
    for at in range(len(raw)):
        for bit in range(8):
            with pytest.raises(ProofError):
                read_index(io.BytesIO(raw[:at] + bytes([raw[at] ^ 1 << bit]) + raw[at + 1 :]))


def test_every_flipped_byte_is_refused_though_the_sum_was_made_anew(small: Path, tmp_path: Path) -> None:
    raw = (small / "ab.delta").read_bytes()[:-32]
    before = (small / "a.edition" / "data" / "edition.json").read_bytes()
    whole = 0
    for at in range(len(raw)):
        changed = sealed(raw[:at] + bytes([raw[at] ^ 0xFF]) + raw[at + 1 :])
        (tmp_path / "d").write_bytes(changed)
        out = tmp_path / "out"
        try:
            root = applied(small / "a.edition", out, tmp_path / "d")
        except (ProofError, UsageError):
            assert not (out / "bagit.txt").exists()
        else:  # a byte that zstd does not look at: what comes of it is the same to the letter
            whole += 1
            with Edition.open(small / "b.edition") as wanted:
                assert root == wanted.root
        shutil.rmtree(out, ignore_errors=True)
    assert whole <= 4
    assert (small / "a.edition" / "data" / "edition.json").read_bytes() == before


def test_a_delta_that_was_cut_off_anywhere_is_refused(small: Path) -> None:
    raw = (small / "ab.delta").read_bytes()
    for end in range(len(raw)):
        with pytest.raises(ProofError):
            read_index(io.BytesIO(raw[:end]))
        with pytest.raises(ProofError):
            read_index(io.BytesIO(sealed(raw[: max(0, end - 32)])))
    with pytest.raises(ProofError):
        read_index(io.BytesIO(raw + b"\0"))


def test_a_delta_for_another_edition_is_not_applied(small: Path, line: Path, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is for the edition"):
        applied(small / "a.edition", tmp_path / "out", line / "ab.delta")
    with pytest.raises(UsageError, match="is for the edition"):
        applied(line / "a.edition", tmp_path / "out", line / "bc.delta")
    with pytest.raises(UsageError, match="is for the edition"):
        applied(line / "a.edition", tmp_path / "out", line / "bc.delta", line / "ab.delta")
    assert not (tmp_path / "out").exists()


def test_a_delta_whose_result_has_another_root_comes_to_nothing(small: Path, tmp_path: Path) -> None:
    def other(index: Index) -> None:
        index[1] = bytes(32)

    assert "has the root" in refused(small, tmp_path, forged(small / "ab.delta", other)).problem


def test_another_title_than_that_of_the_root_comes_to_nothing(small: Path, tmp_path: Path) -> None:
    def other(index: Index) -> None:
        index[3] = encode({"format": 2, "number": 1, "title": "Mine", "languages": ["en"], "licences": ["CC0-1.0"]})

    refused(small, tmp_path, forged(small / "ab.delta", other))


@pytest.mark.parametrize(
    ("place", "value"),
    [
        ((4, 0, 0), 2**31), ((4, 0, 0), 4), ((4, 0, 0), 2), ((4, 0, 1), gap_bytes([1])), ((4, 0, 1), gap_bytes([9])),
        ((4, 0, 2), b""), ((4, 0, 2), b"\x80"), ((4, 0, 2), b"\xff" * 9), ((4, 0, 2), gap_bytes([0, 1])),
        ((4, 0, 3), 2),
        ((4, 0, 3), 2**31), ((4, 2, 3), 1), ((5, 0, 0), 1), ((5, 0, 0), 3), ((5, 0, 0), 2**39),
        ((5, 0, 1), gap_bytes([99])),
        ((5, 0, 2), 1), ((5, 0, 2), 2**26), ((5, 0, 2), 2**26 + 1), ((5, 0, 3), 0), ((5, 0, 3), 2**39), ((5,), []),
        ((6,), [[0, 5, 5]]), ((6,), [[2, 5, 5]]), ((0,), b"x"), ((2,), b""), ((3,), b"\xa0"), ((3,), b"\xff"),
        ((4,), []),
        ((4,), "x"), ((3,), encode({"format": 3})), ((3,), encode({"format": 1, "number": 4})),
    ],
)  # fmt: skip
def test_counts_and_lengths_that_lie_are_refused(
    small: Path, tmp_path: Path, place: tuple[int, ...], value: object
) -> None:
    def other(index: Index) -> None:
        inside: list[object] = index
        for step in place[:-1]:
            inside = inside[step]  # type: ignore[assignment]
        assert inside[place[-1]] != value
        inside[place[-1]] = value

    refused(small, tmp_path, forged(small / "ab.delta", other))


def test_a_block_packed_with_a_record_that_is_not_there_is_refused(small: Path, tmp_path: Path) -> None:
    with Edition.open(small / "a.edition") as edition:
        (zero,) = (article_record(a, 2) for _, a in edition.scan() if a.path == "n0")
        content = zero.replace(b"The 0.", b"Not 0.")
    packed = pack_with(content + article_record(article(7), 2), b"It was in no edition." + zero[::-1] + content)

    def other(index: Index) -> None:
        index[5] = [[2, b"", len(content) + len(article_record(article(7), 2)), len(packed)]]

    assert isinstance(refused(small, tmp_path, forged(small / "ab.delta", other, lambda _: packed)), ProofError)


def test_a_block_that_unpacks_to_more_than_it_says_is_stopped(small: Path, tmp_path: Path) -> None:
    bomb = zstandard.ZstdCompressor(level=19).compress(bytes(200 * 2**20))

    def other(index: Index) -> None:
        index[5][0][3] = len(bomb)

    error = refused(small, tmp_path, forged(small / "ab.delta", other, lambda _: bomb))
    assert "another length" in error.problem or "unpacked" in error.problem


def test_a_frame_that_asks_for_a_giant_window_is_refused() -> None:
    parameters = zstandard.ZstdCompressionParameters.from_level(1, window_log=30, enable_ldm=True)
    frame = zstandard.ZstdCompressor(compression_params=parameters).compressobj()
    giant = frame.compress(b"x" * 1000) + frame.flush()
    with pytest.raises(ValueError, match="unpacked"):
        unpack_with(giant, 1000)


def test_an_index_that_unpacks_to_gigabytes_is_refused(small: Path) -> None:
    packed = zstandard.ZstdCompressor(level=19).compress(bytes(document.MAX_INDEX + 1))
    raw = struct.pack("<8sII", MAGIC, document.MAX_INDEX + 1, len(packed)) + packed
    with pytest.raises(ProofError, match="impossible size"):
        read_index(io.BytesIO(sealed(raw)))


def test_a_delta_that_would_fill_the_disk_is_refused_before_it_is_unpacked(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "disk_usage", lambda _: shutil._ntuple_diskusage(100, 90, 10))
    monkeypatch.setattr(packing, "unpack_with", lambda *_: pytest.fail("unpacked"))
    assert "free for temporary" in refused(small, tmp_path, (small / "ab.delta").read_bytes()).problem


def records(*given: bytes) -> bytes:
    return b"".join(given)


@pytest.mark.parametrize(
    "what", ["another article", "there already", "twice", "out of order", "wrong id", "unknown field"]
)
def test_new_records_that_cannot_be_are_refused(small: Path, tmp_path: Path, what: str) -> None:
    with Edition.open(small / "a.edition") as edition:
        known = {a.path: a for _, a in edition.scan()}
    zero, seven, eight = known["n0"], article(7), article(8)
    first, second = sorted((seven, eight), key=lambda each: each.id)
    made = {
        "another article": [seven, eight],
        "there already": [zero, known["n1"]],
        "twice": [zero, seven, seven],
        "out of order": [zero, second, first],
        "wrong id": [zero, replace(seven, path="elsewhere")],
        "unknown field": [zero],
    }[what]
    content = records(*(article_record(each, 2) for each in made))
    if what == "unknown field":
        content += cbor2.dumps({"id": seven.id, "zz": "x"})
    count = len(made) + (what == "unknown field")
    with Edition.open(small / "a.edition") as edition:
        packed = pack_with(content, article_record(zero, 2))

    def other(index: Index) -> None:
        index[4][0][3] = count - 1
        index[5] = [[count, b"", len(content), len(packed)]]

    error = refused(small, tmp_path, forged(small / "ab.delta", other, lambda _: packed))
    assert isinstance(error, ProofError)


@pytest.mark.parametrize("numbers", [[], [0], [1, 2, 3], [127, 128, 5000, 2**30], list(range(300))])
def test_ascending_numbers_come_back_as_they_were(numbers: list[int]) -> None:
    assert numbers_of(gap_bytes(numbers), 2**31) == tuple(numbers)


@pytest.mark.parametrize("raw", [b"\x80", b"\x80\x00", b"\xff\xff\xff\xff\xff\xff\x01", b"\x05"])
def test_numbers_of_no_form_are_refused(raw: bytes) -> None:
    with pytest.raises(ValueError):
        numbers_of(raw, 5)
