"""Editions written as JSON Lines."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pyarrow as pa
import pytest

from galactica.errors import MissingError
from galactica.export import export_jsonl
from galactica.model.projection import project

from .sample import sky

FIELDS = "id title language aliases body text categories source path url revision modified licence".split()


def test_each_article_is_one_object_with_all_its_members(tmp_path):
    out = tmp_path / "sky.jsonl"
    summary = export_jsonl(sky(), out)
    lines = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert summary.articles == len(lines) == 3
    assert summary.bytes == out.stat().st_size
    for line, article in zip(lines, sky().articles, strict=True):
        assert list(line) == FIELDS
        assert (line["id"], line["body"], line["text"]) == (article.id.hex(), article.body, project(article.body))
    assert lines[0]["aliases"] == ["Luna", "Moon of Earth", "Sun", "THE MOON — more"]


@pytest.mark.parametrize("suffix", [".gz", ".zst"])
def test_a_packed_export_holds_the_same_lines_and_is_the_same_each_time(tmp_path, suffix):
    plain, packed, again = tmp_path / "a.jsonl", tmp_path / f"b.jsonl{suffix}", tmp_path / f"c.jsonl{suffix}"
    for out in (plain, packed, again):
        export_jsonl(sky(), out)
    if suffix == ".gz":
        content = gzip.decompress(packed.read_bytes())
    else:
        with pa.input_stream(str(packed), compression="zstd") as file:
            content = file.read()
    assert content == plain.read_bytes()
    assert packed.read_bytes() == again.read_bytes()


def test_an_interrupted_export_leaves_nothing(tmp_path):
    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_jsonl(sky(), tmp_path / "a.jsonl", report=interrupted)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_cannot_be_written_is_one_clear_error():
    with pytest.raises(MissingError) as caught:
        export_jsonl(sky(), Path("/nonexistent-folder/a.jsonl"))
    assert caught.value.remedy
