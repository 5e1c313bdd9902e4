"""Pictures of files, opened by Pillow: photographs and scans, of one page or many; all hostile until shown otherwise.

What a file is follows from its first bytes, never from its name. The size of a picture is known before anything of it
is unpacked, and one above the bound is not unpacked at all. Of one that is cut off, what is there is looked at.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import numpy as np

from galactica.engrave.scans.pixels import Grey
from galactica.engrave.scans.reading import MOST_PIXELS
from galactica.errors import MissingError

if TYPE_CHECKING:
    from PIL import Image

FORMATS: Final = ("PNG", "JPEG", "TIFF", "PPM", "WEBP", "BMP")
"""Formats that are opened, as Pillow calls them: PPM is PGM and PBM too."""

MOST_PAGES: Final = 10_000
"""Pages of one file: a TIFF of a page each a minute fills a week."""

_COLOURED_PIXELS: Final = MOST_PIXELS // 2
"""Pixels of a picture in colour, which takes three bytes for each: A4 at 1200 dpi has 139 million."""


class NoPagesError(Exception):
    """A file that holds no page that can be read, or not in this form; its text says why."""


def picture_pages(path: Path, first: int) -> Iterator[Grey | NoPagesError]:
    """The pages of a file from number `first` (from 0) on, in grey; in place of one that cannot be read, why.

    Raises:
        MissingError: Pillow is not installed.
        NoPagesError: it is no picture, or damaged.
    """
    _load_pillow()
    from PIL import Image, ImageFile, UnidentifiedImageError

    ImageFile.LOAD_TRUNCATED_IMAGES = True
    Image.MAX_IMAGE_PIXELS = None  # sizes are looked at here, before anything is unpacked
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(path, formats=FORMATS) as image:
                for number in range(first, MOST_PAGES):
                    if number:
                        try:
                            image.seek(number)
                        except EOFError:
                            return
                    yield _page(image)
                    if not getattr(image, "is_animated", False):
                        return
        except (MissingError, NoPagesError, MemoryError):
            raise
        except UnidentifiedImageError as error:
            raise NoPagesError("no picture that is read (PNG, JPEG, TIFF, PGM, PBM, WebP, BMP, PDF)") from error
        except Exception as error:  # Pillow raises whatever it meets: OSError, SyntaxError, ValueError, struct.error …
            raise NoPagesError(f"{type(error).__name__}: {error}"[:200]) from error


def _page(image: Image.Image) -> Grey | NoPagesError:
    from PIL import Image

    width, height = image.size
    most = MOST_PIXELS if image.mode in ("1", "L") else _COLOURED_PIXELS
    if not 0 < width * height <= most:
        return NoPagesError(f"{width} by {height} pixels; at most {most:,} are read")
    if image.mode.startswith(("I", "F")):
        wide = np.asarray(image).astype(np.float32)
        top = float(wide.max(initial=0)) or 1.0
        return (np.clip(wide, 0, None) * (255 / top)).astype(np.uint8)
    if image.has_transparency_data:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper
    return np.asarray(image.convert("L"), np.uint8)


def _load_pillow() -> None:
    try:
        import PIL.Image
    except ImportError as error:
        raise MissingError(
            "Scans are opened by Pillow, which is not installed.", "Install it: pip install 'galactica[engrave]'"
        ) from error
    assert PIL.Image
