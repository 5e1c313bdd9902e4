"""Pages that a browser or a tool has saved from the web: where and when, and the pictures that lie inside them.

"Save page as" writes `page.html` and a folder of what it shows beside it; SingleFile and the like put everything into
the page, pictures as "data:" addresses. All of them say in a comment where the page is from; by that they are told from
pages that somebody made. The folder beside holds frames of the page, too, which are none by themselves.
Source: the comments of Internet Explorer and Chromium, Firefox, SingleFile, HTTrack; RFC 2397 (data).
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from urllib.parse import unquote_to_bytes

from galactica.model import MediaFile
from galactica.sources import signatures
from galactica.sources.paths import is_file
from galactica.sources.trees import TreeFile
from galactica.sources.web_links import with_pictures_inside

LOOKED_AT = 16_384
"""Characters of a page in which the comment stands; SingleFile writes it first, browsers behind the doctype."""

MAX_PICTURES = 2000
"""Pictures that are taken out of one page."""

_FROM = (
    re.compile(r"<!--\s*saved from url=\(\d{1,6}\)\s*(https?://[^\s<>]{3,2000})\s*-->", re.IGNORECASE),
    re.compile(r"<!--[^<>]{0,200}?\bSingleFile\b[^<>]{0,200}?\burl:\s*(https?://[^\s<>]{3,2000})", re.IGNORECASE),
    re.compile(r"<!--\s*Mirrored from ([\w.-]{3,200}/[^\s<>]{0,2000}) by HTTrack", re.IGNORECASE),
    re.compile(r"<html\b[^<>]{0,2000}\bdata-scrapbook-source=[\"'](https?://[^\"'\s<>]{3,2000})", re.IGNORECASE),
)
_SAVED = re.compile(
    r"\bsaved date:\s*\w{3} (\w{3}) (\d{1,2}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT([+-])(\d\d)(\d\d)|"
    r"by HTTrack[^<>]{0,100}?\w{3}, (\d{1,2}) (\w{3}) (\d{4}) (\d\d):(\d\d):(\d\d) GMT",
)
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_BESIDE = tuple(
    "_files .files -Dateien _fichiers _archivos _arquivos _file _bestanden _pliki _soubory _elemei _filer _tiedostot"
    " _datoteke _dosyalar -filer _ficheiros .fld".split()
)
"""What the folder beside a saved page is called besides its name, by language of the browser."""

_PAGES = (".html", ".htm", ".xhtml")
_DATA = re.compile(r"data:([\w.+-]{1,40}/[\w.+-]{1,80})?((?:;[\w=.+\"-]{1,80}){0,8}),", re.IGNORECASE)
_VARIABLE = re.compile(r"(--sf-img-\d{1,6})\s*:\s*url\(\s*[\"']?(data:[^\"')\s]+)")
_ENDINGS = {
    **{"image/png": "png", "image/jpeg": "jpg", "image/gif": "gif", "image/webp": "webp", "image/avif": "avif"},
    **{"image/svg+xml": "svg", "audio/mpeg": "mp3", "audio/ogg": "ogg", "video/mp4": "mp4", "video/webm": "webm"},
}


def origin_of(page: str) -> str:
    """The address that a page was saved from, "" where it does not say that it was."""
    start = page[:LOOKED_AT]
    for sign in _FROM:
        if found := sign.search(start):
            return found[1] if found[1].lower().startswith("http") else f"http://{found[1]}"
    return ""


def saved_at(page: str) -> str:
    """When a page was saved: fourteen digits in UTC; "" where it does not say so."""
    found = _SAVED.search(page[:LOOKED_AT])
    if found is None:
        return ""
    month, day, year, hour, minute, second, sign, hours, minutes = found.groups()[:9]
    if year is None:
        day, month, year, hour, minute, second = found.groups()[9:]
        sign = ""
    return in_utc(year, month, day, (hour, minute, second), (sign, hours or "0", minutes or "0"))


def in_utc(year: str, month: str, day: str, time: tuple[str, ...], zone: tuple[str, str, str]) -> str:
    """A moment with a zone ("+", hours, minutes) as fourteen digits in UTC; "" for none that there is."""
    try:
        number = _MONTHS.index(month.lower()[:3]) + 1
        away = timedelta(hours=int(zone[1]), minutes=int(zone[2])) * (-1 if zone[0] == "-" else 1)
        hour, minute, second = (int(part) for part in time)
        there = datetime(int(year), number, int(day), hour, minute, second, tzinfo=timezone(away))
        return there.astimezone(UTC).strftime("%Y%m%d%H%M%S")
    except (ValueError, OverflowError):
        return ""


def frame_of(entry: TreeFile) -> str:
    """The saved page that a file is only a frame of, "" where it is none; known where it lies on disk."""
    folder, _, _ = entry.path.rpartition("/")
    if entry.local is None or not folder:
        return ""
    name = folder.rpartition("/")[2]
    for ending in _BESIDE:
        if name.endswith(ending) and len(name) > len(ending):
            page = name.removesuffix(ending)
            found = next((p for p in _PAGES if is_file(entry.local.parent.parent / f"{page}{p}")), "")
            if found:
                return f"{page}{found}"
    return ""


class PicturesInside:
    """The pictures that lie in a page as "data:" addresses, given paths below the page's own.

    Args:
        key: of the source.
        path: of the page.
    """

    def __init__(self, key: str, path: str, page: str) -> None:
        self._key = key
        self._path = path
        self._variables = dict(_VARIABLE.findall(page)) if "--sf-img-" in page else {}
        self._places: dict[str, str] = {}
        self._found: list[MediaFile] = []
        self.lost = 0

    def files(self) -> Iterator[MediaFile]:
        """Those that the page shows."""
        yield from self._found

    def placed(self, page: str) -> str:
        """The page, showing them at their paths."""
        if "data:" not in page:
            return page
        return with_pictures_inside(page, self._place, self._variables)

    def _place(self, address: str) -> str:
        if address not in self._places:
            content, told = data_of(address)
            ending = _ENDINGS.get(told, "bin")
            mime = signatures.media_type(f"x.{ending}", content[: signatures.LOOKED_AT])
            path = f"{self._path}/{len(self._found) + 1}.{ending}" if mime and len(self._found) < MAX_PICTURES else ""
            self._places[address] = path
            if path:
                self._found.append(MediaFile(source=self._key, path=path, mime=mime, content=content))
            elif content:
                self.lost += 1
        return self._places[address]


def data_of(address: str) -> tuple[bytes, str]:
    """(content, media type) of a "data:" address; (b"", "") for what is none."""
    found = _DATA.match(address)
    if found is None:
        return b"", ""
    raw = unquote_to_bytes(address[found.end() :])
    told = (found[1] or "").lower()
    if "base64" not in found[2].lower():
        return raw, told
    raw = b"".join(raw.split()).rstrip(b"=")
    try:
        return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4)), told
    except binascii.Error:
        return b"", ""
