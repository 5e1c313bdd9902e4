"""A camera that looks at a screen, made up: perspective, blur, noise, uneven light, lost and torn frames.

A screen shows the frames of a film one after the other; a camera takes pictures of it at a rate of its own. Each row of
a picture is exposed a little later than the row above (rolling shutter), so that a picture taken while the screen
changes shows two frames: one above, the other below, mixed where a row was exposed to both.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

Picture = NDArray[np.uint8]


@dataclass(frozen=True, slots=True, kw_only=True)
class Camera:
    """What a camera sees of a screen.

    Attributes:
        width, height: pixels of a picture.
        fill: share of the picture's height or width, whichever is less, that the screen fills.
        tilt: degrees by which the screen is turned away, to the side and half as much backwards.
        roll: degrees by which the camera is turned.
        blur: standard deviation of the lens's blur, pixels of the picture.
        shake: pixels over which a picture is smeared, in a direction of its own.
        noise: standard deviation of a pixel's noise, of 255.
        uneven: by how much of the light the darkest corner has less; a bright spot lies opposite.
        glare: brightness added at the middle of a reflection that covers a tenth of the picture, of 255.
        black, white: grey values of the screen's black and white.
        rate: pictures a second.
        exposure: seconds that a row is exposed.
        readout: seconds from the first row to the last.
        lost: share of pictures that never arrive.
        hidden: share of the film's frames of which no picture arrives: somebody walks by, or the player drops them.
    """

    width: int = 1280
    height: int = 720
    fill: float = 0.92
    tilt: float = 0.0
    roll: float = 0.0
    blur: float = 0.0
    shake: float = 0.0
    noise: float = 0.0
    uneven: float = 0.0
    glare: float = 0.0
    black: float = 12.0
    white: float = 235.0
    rate: float = 30.0
    exposure: float = 0.012
    readout: float = 0.018
    lost: float = 0.0
    hidden: float = 0.0


def taken(camera: Camera, shown: Picture, rng: np.random.Generator) -> Picture:
    """One picture of what the screen shows, grey `uint8 [height, width]`.

    Args:
        shown: `uint8 [h, w]`, 0 black and 255 white.
    """
    height, width = shown.shape
    scale = camera.fill * min(camera.height / height, camera.width / width)
    corners = np.array([(-width, -height), (width, -height), (width, height), (-width, height)], np.float64) * scale / 2
    turned = _turned(corners, camera) + np.array((camera.width / 2, camera.height / 2)) + rng.uniform(-4, 4, 2)
    source = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    matrix = cv2.getPerspectiveTransform(source, turned.astype(np.float32))
    lit = cv2.warpPerspective(
        shown.astype(np.float32) / 255.0 * (camera.white - camera.black) + camera.black,
        matrix,
        (camera.width, camera.height),
        flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
        borderValue=40.0,
    )
    seen = np.asarray(lit, np.float32)
    if camera.blur:
        seen = np.asarray(cv2.GaussianBlur(seen, (0, 0), camera.blur), np.float32)
    if camera.shake >= 1:
        seen = np.asarray(cv2.filter2D(seen, -1, _smear(camera.shake, rng)), np.float32)
    seen = seen * _light(camera) + _reflection(camera, rng)
    seen = seen + rng.standard_normal(seen.shape, np.float32) * camera.noise
    picture: Picture = np.clip(seen, 0, 255).astype(np.uint8)
    return picture


def pictures(
    camera: Camera, frame: Callable[[int], Picture], film_rate: float, seconds: float, rng: np.random.Generator
) -> Iterator[Picture | None]:
    """What the camera takes of a film, in the order of time; None for a picture that is lost.

    Args:
        frame: the frame of a number, from 0 on.
        film_rate: frames a second.
    """
    start = rng.uniform(0, 1 / film_rate)
    for number in range(int(seconds * camera.rate)):
        begins = start + number / camera.rate
        first = int(begins * film_rate)
        hidden = np.random.default_rng([first, 2]).random() < camera.hidden
        if rng.random() < camera.lost or hidden:
            yield None
            continue
        last = int((begins + camera.readout + camera.exposure) * film_rate)
        picture = taken(camera, frame(first), np.random.default_rng([number, 1]))
        if last > first:
            # The same place and noise for both: only what the screen shows differs.
            after = taken(camera, frame(first + 1), np.random.default_rng([number, 1]))
            rows = begins + camera.readout * np.arange(camera.height) / camera.height
            share = np.clip((rows + camera.exposure - (first + 1) / film_rate) / camera.exposure, 0, 1)[:, None]
            picture = np.round(picture * (1 - share) + after * share).astype(np.uint8)
        yield picture


def _turned(corners: NDArray[np.float64], camera: Camera) -> NDArray[np.float64]:
    side, back, roll = np.radians((camera.tilt, camera.tilt / 2, camera.roll))
    x, y = corners[:, 0], corners[:, 1]
    z = x * np.sin(side) + y * np.sin(back)
    x, y = x * np.cos(side), y * np.cos(back)
    near = 1 / (1 + z / (1.5 * camera.width))
    x, y = x * near, y * near
    return np.stack([x * np.cos(roll) - y * np.sin(roll), x * np.sin(roll) + y * np.cos(roll)], axis=1)


def _smear(length: float, rng: np.random.Generator) -> NDArray[np.float32]:
    size = int(np.ceil(length)) | 1
    kernel = np.zeros((size, size), np.float32)
    angle = rng.uniform(0, np.pi)
    for at in np.linspace(-length / 2, length / 2, 8 * size):
        kernel[round(size // 2 + at * np.sin(angle) * 0.99), round(size // 2 + at * np.cos(angle) * 0.99)] += 1
    return np.asarray(kernel / kernel.sum(), np.float32)


@lru_cache(maxsize=4)
def _light(camera: Camera) -> NDArray[np.float32]:
    y, x = _places(camera.width, camera.height)
    away = (x / camera.width + y / camera.height) / 2
    return np.asarray(1.0 - camera.uneven * away, np.float32)


def _reflection(camera: Camera, rng: np.random.Generator) -> NDArray[np.float32]:
    across, down = rng.uniform(0.25, 0.75, 2)
    if not camera.glare:
        return np.zeros((1, 1), np.float32)
    y, x = _places(camera.width, camera.height)
    distance = ((x - across * camera.width) ** 2 + (y - down * camera.height) ** 2) / (0.1 * camera.height) ** 2
    return np.asarray(camera.glare * np.exp(-distance), np.float32)


@lru_cache(maxsize=4)
def _places(width: int, height: int) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Row and column of each pixel: `float32 [height, 1]` and `[1, width]`."""
    return np.arange(height, dtype=np.float32)[:, None], np.arange(width, dtype=np.float32)[None, :]
