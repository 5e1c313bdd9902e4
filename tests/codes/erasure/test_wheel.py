"""The numpy code makes what the wheel makes: against vectors of the wheel 0.2.1, and against the wheel where there is
one."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest

from galactica.codes.erasure import MAX_SOURCES, first_repair, repair_symbols, restore_symbols
from galactica.codes.erasure.layout import Symbols
from galactica.codes.erasure.native import wheel

MADE_BY_THE_WHEEL = {
    (1, 1, 64): "c8d6a7e23282f8979537724f036de4695a733569c8561bbd21fa819f5e2fa89b",
    (2, 4, 2): "f9b9ac3d3a7ae58fd450cc6a9ec612349b931582769644cd6f0aaae309481a26",
    (3, 4, 8): "08b2897a834a799ec3320d5c0111471cc7ac947a5b6e3980940bf30691520cbb",
    (5, 8, 62): "521dfc66be15ee4e6a02a954b43c44c9dc803f3bb9522694d58190691e4e354b",
    (5, 16, 70): "3ce5b8621cc5f4f3922d169c41221a65103159e572a1b00a6e8e967d67ee9e82",
    (33, 128, 130): "f4cf00d4dc3e7e5d64234d86c0c4080052a579005581ed8d4ce27cdf51de13ae",
    (100, 256, 184): "33edd2d3fbcea29251b22ffd77e53a05e15a1f832cec6a699ead1d86ae0fe420",
    (700, 1024, 1384): "0b3a36423870e3c450a08b8f14c53db87614397bfebb9bb24c017812becacab8",
    (1000, 4096, 64): "43e6144302a2362cd3f8cae1a71e8f7270c516d29bea3ad87853025c1eff1b20",
    (4096, 4096, 66): "7fbe4c86d8b68d4c5bad1edf9860e159f790cea87ab3de3e20b8c67e333b4259",
}
"""(source symbols, repair symbols, bytes of one) → SHA-256 of the repair symbols."""

needs_wheel = pytest.mark.skipif(wheel() is None, reason="needs reed-solomon-leopard (the extra spread)")


def sources(count: int, size: int) -> Symbols:
    raw = b"".join(hashlib.shake_128(b"%d %d %d" % (count, size, i)).digest(size) for i in range(count))
    return np.frombuffer(raw, np.uint8).reshape(count, size)


@pytest.mark.parametrize("shape", MADE_BY_THE_WHEEL)
def test_repair_symbols_are_those_of_the_wheel(shape: tuple[int, int, int]) -> None:
    count, repairs, size = shape
    made = repair_symbols(sources(count, size), 0, repairs, plainly=True)
    assert hashlib.sha256(made.tobytes()).hexdigest() == MADE_BY_THE_WHEEL[shape]


def test_two_small_blocks_are_those_of_the_wheel_to_the_byte() -> None:
    assert repair_symbols(sources(2, 2), 0, 4, plainly=True).tobytes().hex() == "b4e1dacf3a6b5445"
    made = repair_symbols(sources(3, 8), 0, 4, plainly=True)
    assert [row.tobytes().hex() for row in made] == [
        "ac5f1ea0eef4b123", "7775874d4068fa08", "70220c5dcd6a66e6", "a9bc0f16c9d83634",
    ]  # fmt: skip


@needs_wheel
@pytest.mark.parametrize("count", [1, 2, 3, 7, 8, 9, 64, 100])
@pytest.mark.parametrize("size", [2, 62, 64, 70, 192])
def test_a_repair_symbol_is_the_same_whoever_makes_it_and_however_many_are_made(count: int, size: int) -> None:
    block = sources(count, size)
    every = repair_symbols(block, 0, 4 * first_repair(count), plainly=True)
    for first, many in ((0, 1), (1, count), (first_repair(count), 3), (2 * first_repair(count) - 1, 2)):
        assert np.array_equal(repair_symbols(block, first, many), every[first : first + many])


@needs_wheel
def test_what_one_made_the_other_restores() -> None:
    block = sources(300, 130)
    repairs = repair_symbols(block, 500, 300)
    points = np.concatenate([np.arange(0, 300, 3), 512 + 500 + np.arange(200)])
    symbols = np.concatenate([block[::3], repairs[:200]])
    for plainly in (False, True):
        missing, values = restore_symbols(300, points, symbols, plainly=plainly)
        assert np.array_equal(values, block[missing])
        assert len(missing) == 200


@needs_wheel
def test_the_largest_block_has_its_last_repair_symbol() -> None:
    block = sources(MAX_SOURCES, 2)
    last = repair_symbols(block, MAX_SOURCES - 1, 1)
    assert np.array_equal(last, repair_symbols(block, MAX_SOURCES - 1, 1, plainly=True))
