"""Masters: each page as a picture of one bit a pixel, for whoever prints or films: TIFF (CCITT group 4) or PNG."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from galactica.codes.files import whole
from galactica.errors import MissingError, UsageError

FORMS: Final = {"tiff": "TIFF", "png": "PNG"}


def check_form(form: str) -> None:
    """See that masters can be of that form.

    Raises:
        UsageError: they cannot.
        MissingError: Pillow is not installed.
    """
    if form not in FORMS:
        raise UsageError(f"Masters cannot be {form!r}.", f"Choose among {', '.join(FORMS)}.")
    try:
        import PIL.Image  # noqa: F401
    except ImportError as error:
        raise MissingError(
            "Masters are written by the package Pillow, which is not installed.",
            "Install the extra: pip install 'galactica[engrave]'",
        ) from error


def write_master(picture: npt.NDArray[np.bool_], path: Path, *, form: str, dpi: int) -> None:
    """Write a page.

    Args:
        picture: bool [height, width], True is ink.
        path: the file; it has its name when it is whole.
        form: of `FORMS`.
    """
    from PIL import Image

    height, width = picture.shape
    image = Image.frombytes("1", (width, height), np.packbits(~picture, axis=1).tobytes())
    options = {"compression": "group4"} if form == "tiff" else {}
    with whole(path) as part:
        image.save(part, FORMS[form], dpi=(dpi, dpi), **options)
