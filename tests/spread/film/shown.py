"""What tests show to a camera: frames as pictures, a camera made of numpy, and files of them."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.spread.film.symbols import Modules


def packets_of(count: int, size: int = 60, seed: int = 0) -> list[bytes]:
    """Packets of nothing in particular, the same every time."""
    rng = np.random.default_rng(seed)
    return [rng.bytes(size) for _ in range(count)]


def picture_of(modules: Modules, scale: int = 4) -> NDArray[np.uint8]:
    """A frame as a grey picture."""
    return np.asarray(255 - 255 * np.kron(modules, np.ones((scale, scale), np.uint8)), np.uint8)


def photographed(picture: NDArray[np.uint8], *, seed: int = 0, noise: float = 10.0) -> NDArray[np.uint8]:
    """The same, slanted, a little blurred, unevenly lit and noisy."""
    height, width = picture.shape
    rng = np.random.default_rng(seed)
    y, x = np.mgrid[0 : height + 60, 0 : width + 60].astype(np.float64)
    depth = 1 + 0.08 * x / width + 0.05 * y / height
    u, v = (x - 25 + 0.04 * y) * depth * 0.98, (y - 20 - 0.03 * x) * depth
    inside = (u >= 0) & (u < width - 1) & (v >= 0) & (v < height - 1)
    u, v = np.clip(u, 0, width - 2), np.clip(v, 0, height - 2)
    left, top = u.astype(int), v.astype(int)
    a, b = u - left, v - top
    plain = picture.astype(np.float64)
    seen = (plain[top, left] * (1 - a) + plain[top, left + 1] * a) * (1 - b)
    seen += (plain[top + 1, left] * (1 - a) + plain[top + 1, left + 1] * a) * b
    seen = np.where(inside, seen * 0.75 + 30, 50)
    for axis in (0, 1):
        seen = (np.roll(seen, 1, axis) + 2 * seen + np.roll(seen, -1, axis)) / 4
    seen *= 1 - 0.3 * x / width
    return np.asarray(np.clip(seen + rng.normal(0, noise, seen.shape), 0, 255), np.uint8)


def write_y4m(path: Path, pictures: Iterable[NDArray[np.uint8]], *, colour: str = "mono") -> None:
    """Pictures as an uncompressed video."""
    with path.open("wb") as file:
        for number, picture in enumerate(pictures):
            height, width = picture.shape
            if number == 0:
                file.write(f"YUV4MPEG2 W{width} H{height} F10:1 Ip A1:1 C{colour}\n".encode())
            grey = b"" if colour == "mono" else b"\x80" * (2 * -(-width // 2) * -(-height // 2))
            file.write(b"FRAME\n" + picture.tobytes() + grey)
