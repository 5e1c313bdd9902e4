"""PDF of pictures with one bit a pixel, written page by page: nothing is held but where each object begins.

PDF 1.4 (ISO 32000-1 describes it): a picture is an image of 1 bit, packed by Flate, drawn over the whole page, whose
size is exactly its pixels by the dpi. What stands on it in letters is there as text too, which is not drawn, to be
searched. There is no date in it, and its identifier is what the caller says: the same pictures give the same file.
Pillow writes such files too, but holds every page at 1 byte a pixel, 35 MB for A4 at 600 dpi, or reads the whole file
again for each page that is added.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from typing import IO, Final

import numpy as np
import numpy.typing as npt

from galactica.errors import LimitError

POINTS: Final = 72
"""Of an inch: the unit of PDF."""

MAX_BYTES: Final = 9_999_999_999
"""Of a file: offsets in it have ten digits (ISO 32000-1, 7.5.4)."""

_CATALOG, _PAGES, _INFO, _FONT = 1, 2, 3, 4
_FIRST: Final = 5
_A_PAGE: Final = 3
"""Objects of a page: the page, how it is drawn, its picture."""


class PdfWriter:
    """Writes a PDF into a file that is open for writing; `close` ends it.

    Args:
        file: empty.
        dpi: of all pictures.
        title: of the document.
        identity: 16 bytes that no other document has.
    """

    def __init__(self, file: IO[bytes], *, dpi: int, title: str, identity: bytes) -> None:
        self._file, self._dpi, self._title, self._identity = file, dpi, title, identity
        self._at = 0
        self._offsets: dict[int, int] = {}
        self._pages = 0
        self._write(b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n")

    def add(self, picture: npt.NDArray[np.bool_], text: Sequence[str] = ()) -> None:
        """Add a page.

        Args:
            picture: bool [height, width], True is ink.
            text: lines that stand on it, to be searched; letters that are not of Latin-1 are left out.

        Raises:
            LimitError: the file becomes too large for a PDF.
        """
        height, width = picture.shape
        packed = zlib.compress(np.packbits(picture, axis=1).tobytes(), 6)
        page = _FIRST + _A_PAGE * self._pages
        across, down = (f"{POINTS * size / self._dpi:.4f}" for size in (width, height))
        drawn = f"q {across} 0 0 {down} 0 0 cm /I Do Q{_unseen(text, POINTS * height / self._dpi)}".encode("latin-1")
        self._object(
            page,
            f"<</Type/Page/Parent {_PAGES} 0 R/MediaBox[0 0 {across} {down}]/Contents {page + 1} 0 R"
            f"/Resources<</XObject<</I {page + 2} 0 R>>/Font<</F {_FONT} 0 R>>>>>>",
        )
        self._object(page + 1, f"<</Length {len(drawn)}>>", drawn)
        self._object(
            page + 2,
            f"<</Type/XObject/Subtype/Image/Width {width}/Height {height}/BitsPerComponent 1/ColorSpace/DeviceGray"
            f"/Decode[1 0]/Interpolate false/Filter/FlateDecode/Length {len(packed)}>>",
            packed,
        )
        self._pages += 1
        if self._at > MAX_BYTES:
            raise LimitError("The PDF would be larger than a PDF can be.", "Choose fewer pages (--budget), or masters.")

    def close(self) -> None:
        """Write what stands at the end."""
        kids = " ".join(f"{_FIRST + _A_PAGE * page} 0 R" for page in range(self._pages))
        self._object(_CATALOG, f"<</Type/Catalog/Pages {_PAGES} 0 R>>")
        self._object(_PAGES, f"<</Type/Pages/Count {self._pages}/Kids[{kids}]>>")
        self._object(_INFO, f"<</Title<FEFF{self._title.encode('utf-16-be').hex()}>/Producer(galactica)>>")
        self._object(_FONT, "<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>")
        start, count = self._at, len(self._offsets) + 1
        lines = [f"{self._offsets[number]:010d} 00000 n \n" for number in range(1, count)]
        self._write(f"xref\n0 {count}\n0000000000 65535 f \n{''.join(lines)}".encode("ascii"))
        identity = self._identity.hex()
        self._write(
            f"trailer\n<</Size {count}/Root {_CATALOG} 0 R/Info {_INFO} 0 R/ID[<{identity}><{identity}>]>>\n"
            f"startxref\n{start}\n%%EOF\n".encode("ascii")
        )

    def _object(self, number: int, dictionary: str, stream: bytes | None = None) -> None:
        self._offsets[number] = self._at
        self._write(f"{number} 0 obj\n{dictionary}\n".encode("ascii"))
        if stream is not None:
            self._write(b"stream\n" + stream + b"\nendstream\n")
        self._write(b"endobj\n")

    def _write(self, raw: bytes) -> None:
        self._file.write(raw)
        self._at += len(raw)


def _unseen(text: Sequence[str], height: float) -> str:
    """Operators that put lines of text on a page without drawing them (rendering mode 3)."""
    if not text:
        return ""
    shown = []
    for line in text:
        plain = line.encode("latin-1", "ignore").decode("latin-1").replace("\\", "\\\\")
        shown.append(f"({plain.replace('(', chr(92) + '(').replace(')', chr(92) + ')')}) Tj T*")
    return f" BT 3 Tr /F 4 Tf 5 TL 6 {height - 10:.4f} Td {' '.join(shown)} ET"
