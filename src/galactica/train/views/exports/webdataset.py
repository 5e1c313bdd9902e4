"""A view as WebDataset: tar files with a text and a JSON member for each document, in order.

POSIX ustar (IEEE 1003.1-1988), without times and owners, so that the same view gives the same bytes. A document's key
is its number in the view, nine digits: `000000012.txt` is its text, `000000012.json` where it is from.
"""

from __future__ import annotations

import io
import json
import tarfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from galactica.train.views.exports.document import exported_documents
from galactica.train.views.view import View


class WebDatasetForm:
    """`00000.tar` and so on."""

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def settings(self) -> Mapping[str, object]:
        """What the files depend on besides the view."""
        return {"form": "webdataset"}

    def name(self, shard: int) -> str:
        """Of a file."""
        return f"{shard:05}.tar"

    def write(self, path: Path, start: int, stop: int) -> None:
        """Write one tar file."""
        with tarfile.open(path, "w", format=tarfile.USTAR_FORMAT) as archive:
            for number, document in exported_documents(self._view, start, stop):
                facts = json.dumps(document.facts, ensure_ascii=False, sort_keys=True)
                for ending, raw in (("json", facts.encode()), ("txt", document.text.encode())):
                    member = tarfile.TarInfo(f"{number:09}.{ending}")
                    member.size, member.mode = len(raw), 0o644
                    archive.addfile(member, io.BytesIO(raw))

    def finish(self, folder: Path, borders: Sequence[tuple[int, int]]) -> None:
        """Nothing speaks of all files."""
