"""Editions of sources that each name a thing once."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.joining.topics import gathering

Page = Mapping[str, object]
BuiltOf = Callable[..., Edition]


@pytest.fixture
def built_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[BuiltOf]:
    """Builds an edition of the pages of some sources: files of JSON lines, taken for what names each thing once."""
    monkeypatch.setattr(gathering, "ONCE", gathering.ONCE | {"jsonl"})
    opened: list[Edition] = []

    def build(*sources: Sequence[Page]) -> Edition:
        files = [tmp_path / f"source{number}.jsonl" for number in range(len(sources))]
        for file, pages in zip(files, sources, strict=True):
            file.write_text("".join(json.dumps(page) + "\n" for page in pages), encoding="utf-8")
        out = tmp_path / f"{len(opened)}.edition"
        library.build(out, files, workers=0, meaning=False)
        opened.append(Edition.open(out))
        return opened[-1]

    yield build
    for each in opened:
        each.close()
