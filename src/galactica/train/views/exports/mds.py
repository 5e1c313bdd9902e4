"""A view as shards of MosaicML Streaming (MDS, version 2), written without that library.

A shard is: number of samples; where each begins, and where the last ends; the shard's settings as JSON; the samples
(`uint32`, little-endian). A sample is the length of each of its columns, then the columns, in the order of their names;
all are text. `index.json` names the shards.

Source: `streaming/base/format/mds/writer.py` and `encodings.py` of mosaicml-streaming 0.13 as it is installed, whose
reader the tests read this with.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from galactica.train.views.exports.document import COLUMNS, exported_documents
from galactica.train.views.view import View

NAMES = tuple(sorted(COLUMNS))

MDS_VERSION = 2


class MdsForm:
    """`shard.00000.mds` and so on, with `index.json`."""

    def __init__(self, view: View) -> None:
        self._view = view

    @property
    def settings(self) -> Mapping[str, object]:
        """What the files depend on besides the view."""
        return {"form": "mds"}

    def name(self, shard: int) -> str:
        """Of a file."""
        return f"shard.{shard:05}.mds"

    def write(self, path: Path, start: int, stop: int) -> None:
        """Write one shard."""
        samples = []
        for _, document in exported_documents(self._view, start, stop):
            members = asdict(document)
            columns = [members[name].encode() for name in NAMES]
            samples.append(_numbers(list(map(len, columns))) + b"".join(columns))
        settings = json.dumps(_settings(), sort_keys=True).encode()
        first = 4 + 4 * (len(samples) + 1) + len(settings)
        ends = np.cumsum([first, *map(len, samples)])
        path.write_bytes(_numbers([len(samples)]) + _numbers(ends.tolist()) + settings + b"".join(samples))

    def finish(self, folder: Path, borders: Sequence[tuple[int, int]]) -> None:
        """Write `index.json`."""
        shards = [
            {
                **_settings(),
                "raw_data": {
                    "basename": self.name(number),
                    "bytes": (folder / self.name(number)).stat().st_size,
                    "hashes": {},
                },
                "samples": stop - start,
                "version": MDS_VERSION,
                "zip_data": None,
            }
            for number, (start, stop) in enumerate(borders)
        ]
        (folder / "index.json").write_text(json.dumps({"shards": shards, "version": MDS_VERSION}, sort_keys=True))


def _settings() -> Mapping[str, object]:
    """What each shard says of itself."""
    return {
        "column_encodings": ["str"] * len(NAMES),
        "column_names": list(NAMES),
        "column_sizes": [None] * len(NAMES),
        "compression": None,
        "format": "mds",
        "hashes": [],
        "size_limit": None,
        "version": MDS_VERSION,
    }


def _numbers(values: Sequence[int]) -> bytes:
    return np.array(values, "<u4").tobytes()
