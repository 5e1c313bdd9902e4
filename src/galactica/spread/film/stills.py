"""Pictures of files, opened by Pillow: photographs, single frames, animations; all hostile until shown otherwise.

What a file is follows from its first bytes, never from its name. Its size is known before anything of it is unpacked,
and one above the bound is not unpacked at all. Of one that is cut off, what is there is looked at.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from galactica.errors import MissingError
from galactica.spread.film.looking import MAX_PIXELS, Picture

FORMATS = ("PNG", "JPEG", "GIF", "WEBP", "BMP")
"""Formats that are opened, as Pillow calls them."""

MAX_FRAMES = 500_000
"""Frames of one file: four and a half hours at thirty a second."""


class NoPictureError(Exception):
    """A file that holds no picture that can be read; its text says why."""


def still_pictures(path: Path) -> Iterator[Picture]:
    """The picture of a file, or all frames of an animation.

    Raises:
        MissingError: Pillow is not installed.
        NoPictureError: it is none, is too large or damaged.
    """
    load_pillow()
    from PIL import Image, ImageFile, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = True
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of sizes, which are looked at here
        try:
            with Image.open(path, formats=FORMATS) as image:
                width, height = image.size
                if not 0 < width * height <= MAX_PIXELS:
                    raise NoPictureError(f"{width} by {height} pixels; at most {MAX_PIXELS:,} are read")
                for number in range(MAX_FRAMES):
                    if number:
                        try:
                            image.seek(number)
                        except EOFError:
                            return
                    yield np.asarray(image.convert("L"), np.uint8)
                    if not getattr(image, "is_animated", False):
                        return
        except (MissingError, NoPictureError, MemoryError):
            raise
        except UnidentifiedImageError as error:
            raise NoPictureError("no picture or video that is read") from error
        except Exception as error:  # Pillow raises whatever it meets: OSError, SyntaxError, ValueError, struct.error …
            raise NoPictureError(f"{type(error).__name__}: {error}"[:200]) from error


def load_pillow() -> None:
    """Load Pillow.

    Raises:
        MissingError: it is not installed.
    """
    try:
        import PIL.Image
    except ImportError as error:
        raise MissingError(
            "Pictures are opened by Pillow, which is not installed.", "Install it: pip install 'galactica[spread]'"
        ) from error
    assert PIL.Image
