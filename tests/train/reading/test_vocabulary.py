"""Which pieces a network keeps, and reading the file that it begins with."""

from __future__ import annotations

import struct
from collections import Counter
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("tokenizers")

from galactica.encode.pieces import SPECIAL
from galactica.errors import InputError
from galactica.train.reading import beginning, vocabulary
from galactica.train.reading.beginning import BLOCK, unpacked
from galactica.train.reading.vocabulary import pieces_kept, script

PIECES = (*SPECIAL, "▁the", "▁rare", "e", "▁дом", "ом", "中", "中国", "▁", "7", "<mask>")


def test_single_letters_what_is_met_and_the_commonest_of_each_script_are_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "COMMONEST", {"LATIN": 2, "": 0})
    monkeypatch.setattr(vocabulary, "OF_OTHERS", 1)
    scores = [0, 0, 0, 0, -1.0, -9.0, -3.0, -2.0, -8.0, -5.0, -6.0, -4.0, -7.0, 0]
    names = {PIECES[number] for number in pieces_kept(PIECES, scores, [])}
    assert names == {*SPECIAL, "▁the", "e", "▁дом", "中", "▁", "7"}
    rare, china = PIECES.index("▁rare"), PIECES.index("中国")
    met = pieces_kept(PIECES, scores, [Counter({rare: 3}), Counter({china: 1})])
    assert {rare, china} <= set(met)
    assert met == sorted(met)


def test_what_is_hardly_met_in_a_file_is_not_kept_for_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(vocabulary, "COMMONEST", {})
    monkeypatch.setattr(vocabulary, "OF_OTHERS", 0)
    rare, often = PIECES.index("▁rare"), PIECES.index("▁the")
    found = pieces_kept(PIECES, [0.0] * len(PIECES), [Counter({often: 10_000, rare: 1})])
    assert often in found
    assert rare not in found


@pytest.mark.parametrize(
    ("text", "name"), [("▁the", "LATIN"), ("▁дом", "CYRILLIC"), ("中国", "CJK"), ("7", ""), ("", "")]
)
def test_a_piece_is_of_the_script_of_its_first_letter(text: str, name: str) -> None:
    assert script(text) == name


WIDTH, INNER, COUNT, ROWS = 32, 64, len(PIECES), len(PIECES) + 3


def file(pieces: tuple[str, ...] = PIECES) -> tuple[bytes, dict[str, np.ndarray]]:
    """A small file in the form of the package's, and the numbers in it."""
    chance = np.random.default_rng(3)
    shapes = {"emb.pos.w": (8, WIDTH), "emb.type.w": (1, WIDTH), "emb.ln.w": (WIDTH,), "emb.ln.b": (WIDTH,)}
    for part in ("q", "k", "v", "ao"):
        shapes |= {f"l0.{part}.w": (WIDTH, WIDTH), f"l0.{part}.b": (WIDTH,)}
    shapes |= {"l0.fi.w": (INNER, WIDTH), "l0.fi.b": (INNER,), "l0.fo.w": (WIDTH, INNER), "l0.fo.b": (WIDTH,)}
    shapes |= {f"l0.{norm}.{part}": (WIDTH,) for norm in ("aln", "oln") for part in "wb"}
    shapes = {name.removesuffix(".w") if name in ("emb.pos.w", "emb.type.w") else name: s for name, s in shapes.items()}
    numbers = {name: chance.normal(size=shape).astype("<f4") for name, shape in shapes.items()}
    halves = chance.integers(0, 256, (ROWS * WIDTH // BLOCK, 16), np.uint8)
    scales = np.full((len(halves), 1), 0.5, "<f2")
    blocks = np.concatenate([scales.view(np.uint8), halves], axis=1).tobytes()
    text = [piece.encode() for piece in pieces]
    offsets = np.cumsum([0, *map(len, text)]).astype("<u4")
    head = b"E5S1" + struct.pack("<I7i", 1, WIDTH, 1, 2, INNER, ROWS, 8, 1) + struct.pack("<fi", 1e-12, 32)
    head += struct.pack("<5i", COUNT, 0, 2, 1, 3) + struct.pack("<Q", sum(map(len, text)))
    head += offsets.tobytes() + np.arange(COUNT, dtype="<f4").tobytes() + b"".join(text) + struct.pack("<iI", 0, 0)
    stored = {"emb.word": (ROWS * WIDTH, blocks)} | {name: (n.size, n.tobytes()) for name, n in numbers.items()}
    size = len(head) + 4 + sum(2 + len(name) + 1 + 4 + 16 for name in stored)
    directory = struct.pack("<i", len(stored))
    data = b""
    for name, (count, raw) in stored.items():
        directory += (
            struct.pack("<H", len(name)) + name.encode() + struct.pack("<BIQQ", 0, count, size + len(data), len(raw))
        )
        data += raw
    return head + directory + data, numbers | {"halves": halves}


def test_the_file_is_read_as_it_is_laid_out() -> None:
    data, numbers = file()
    read = beginning._read(data)
    assert read.pieces == PIECES
    assert read.scores == tuple(map(float, range(COUNT)))
    assert read.halves.shape == (COUNT, WIDTH // BLOCK, 16)
    assert np.array_equal(read.halves.reshape(-1, 16), numbers["halves"][: COUNT * WIDTH // BLOCK])
    assert np.allclose(read.weights["places"], numbers["emb.pos"] + numbers["emb.type"][0])
    assert np.array_equal(read.weights["layers.0.qkv.weight"][WIDTH : 2 * WIDTH], numbers["l0.k.w"])
    assert np.array_equal(read.weights["layers.0.down.weight"], numbers["l0.fo.w"])
    assert np.array_equal(read.weights["layers.0.last.bias"], numbers["l0.oln.b"])


def test_four_bits_are_unpacked_low_halves_first() -> None:
    halves = np.array([[0x1F] + [0x88] * 15], np.uint8)
    found = unpacked(halves, np.array([0.5], np.float16))
    assert found.shape == (1, 32)
    assert (found[0, 0], found[0, 16]) == (3.5, -3.5)
    assert not found[0, 1:16].any()


@pytest.mark.parametrize("data", [b"", b"E5S1", b"XXXX" + bytes(99), file((*PIECES[:3], "other", *PIECES[4:]))[0]])
def test_a_file_of_another_form_is_told(data: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "weights.bin"
    path.write_bytes(data)
    monkeypatch.setattr(beginning, "_path", lambda: path)
    beginning.load_beginning.cache_clear()
    with pytest.raises(InputError, match="another form"):
        beginning.load_beginning()
    beginning.load_beginning.cache_clear()
