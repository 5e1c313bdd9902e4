"""Where the links of a book's pages lead, and which of its files they show (`BookFiles`).

A link leads to the part that holds its place; to a printed page's anchor where the place is one. A file that is linked
to or shown is wanted: it comes after the page. What the book does not hold, and what is locked, is no address.
"""

from __future__ import annotations

import contextlib
from collections.abc import Mapping
from urllib.parse import quote

from galactica.model import MediaFile
from galactica.sources import encoding, epub_marks, packed
from galactica.sources.epub_package import lead
from galactica.sources.epub_plan import Sheet
from galactica.sources.paths import clean_path
from galactica.sources.zipped import Zipped

_SAFE = "/:@!$()*+,;=~'"
_OUTSIDE = ("http:", "https:", "mailto:")
MAX_DRAWINGS = 5_000
"""Pictures that may stand in one page itself: formulas drawn in SVG, a few hundred in real books."""

MAX_STYLE = 4 * 2**20
"""Bytes of a style sheet; larger ones are not read."""

_ENDINGS = {"image/svg+xml": "svg", "image/jpeg": "jpg", "image/png": "png", "image/gif": "gif", "image/webp": "webp"}


class BookFiles:
    """The files around a page.

    Args:
        sheets: path → what is known of each page that is read.
        locked: paths of what cannot be read.

    Attributes:
        here: path of the page that is read.
        part: number of its part that is being written.
        wanted: paths of files that were asked for and have not been taken yet, in order.
        drawings: pictures that stood in the page itself.
    """

    def __init__(self, archive: Zipped, key: str, sheets: Mapping[str, Sheet], locked: frozenset[str]) -> None:
        self.here = ""
        self.part = 0
        self.wanted: dict[str, None] = {}
        self.drawings: list[MediaFile] = []
        self._archive = archive
        self._key = key
        self._sheets = sheets
        self._locked = locked
        self._count = 0
        self._styles: dict[str, str] = {}

    def turn(self, path: str) -> None:
        """A page begins."""
        self.here, self.part, self._count = path, 0, 0
        self.drawings = []

    def link(self, href: str) -> str:
        """Where a link leads; "" for nowhere."""
        target = lead(self.here, href)
        if target is None:
            return href.strip() if href.strip().lower().startswith(_OUTSIDE) else ""
        path = self._archive.find(target[0]) if target[0] else self.here
        sheet = self._sheets.get(path)
        if sheet is None:
            return self.want(path) if path else ""
        return self._place(path, target[1], sheet)

    def shown(self, src: str) -> str:
        """The address of a file that is shown; "" where there is none."""
        target = lead(self.here, src)
        path = self._archive.find(target[0]) if target and target[0] else ""
        return self.want(path) if path else ""

    def drawn(self, mime: str, content: bytes) -> str:
        """The address of a picture that stood in the page itself; "" of one too many."""
        self._count += 1
        if self._count > MAX_DRAWINGS:
            return ""
        ending = _ENDINGS.get(mime, mime.rpartition("/")[2])
        path = clean_path(f"{self.here}.{self._count}.{ending}") or f"drawing-{self._count}.{ending}"
        self.drawings.append(MediaFile(source=self._key, path=path, mime=mime, content=content))
        return "/" + quote(path, safe=_SAFE)

    def style(self, href: str) -> tuple[str, bool]:
        """(the text of a style sheet of the book, whether it is asked for the first time)."""
        target = lead(self.here, href)
        path = self._archive.find(target[0]) if target and target[0] else ""
        if not path or path in self._locked:
            return "", False
        first = path not in self._styles
        if first:
            self._styles[path] = ""
            with contextlib.suppress(packed.PackedError, KeyError):
                raw = self._archive.read(path, MAX_STYLE).content
                self._styles[path] = encoding.decode(raw) or ""
        return self._styles[path], first

    def want(self, path: str) -> str:
        """Ask for a file; returns its address, "" where it is locked or a page that is not read."""
        if path in self._locked:
            return ""
        if path not in self._sheets:
            self.wanted.setdefault(path)
        return "/" + quote(path, safe=_SAFE)

    def want_shown(self, path: str) -> str:
        """Ask for a file that is itself in the reading order; returns its address."""
        self.wanted.setdefault(path)
        return "/" + quote(path, safe=_SAFE)

    def _place(self, path: str, fragment: str, sheet: Sheet) -> str:
        number = sheet.part_of.get(fragment, 0) if fragment else 0
        if fragment in sheet.pages and fragment:
            place = "#" + quote(epub_marks.page_id(sheet.pages[fragment]).replace("%", "%25"), safe=_SAFE)
        else:
            place = "#" + quote(epub_marks.kept_id(fragment), safe=_SAFE + "?") if fragment else ""
        if path == self.here and number == self.part and place:
            return place
        return "/" + quote(part_path(path, sheet, number), safe=_SAFE) + place


def part_path(path: str, sheet: Sheet, number: int) -> str:
    """The path of a part of a page."""
    return f"{path}#{sheet.cuts[number].fragment}" if number else path
