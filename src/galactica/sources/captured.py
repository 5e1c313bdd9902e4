"""When something of the web was captured, as a statement of its source."""

from __future__ import annotations

import hashlib
from urllib.parse import quote

from galactica.model import SourceStatement
from galactica.sources.paths import MAX_PATH

CAPTURED = "captured"
"""The property of the statements that say when a page was captured."""

_PATH_SAFE = "/:@!$()*+,;=~'"


def captured_at(key: str, path: str, when: str) -> SourceStatement:
    """That a page was captured at a moment of up to fourteen digits: a second, else a day, a month or a year."""
    own = f"{path}@{when}"
    if len(own.encode("utf-8", "replace")) > MAX_PATH:
        own = f"captured:{hashlib.sha256(path.encode('utf-8', 'replace')).hexdigest()}@{when}"
    return SourceStatement(
        source=key,
        path=own,
        subject=f"path:{quote(path, safe=_PATH_SAFE)}",
        property=CAPTURED,
        kind="time",
        value=_edtf(when),
    )


def _edtf(when: str) -> str:
    if len(when) == 14:
        return f"{when[:4]}-{when[4:6]}-{when[6:8]}T{when[8:10]}:{when[10:12]}:{when[12:]}Z"
    return "-".join(part for part in (when[:4], when[4:6], when[6:8]) if part)
