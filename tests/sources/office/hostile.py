"""Office files with other parts than they were made with."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from tests.sources.office.made import zipped


def replaced(raw: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        held: dict[str, str | bytes] = {name: archive.read(name) for name in archive.namelist()}
    return zipped({**held, **parts})
