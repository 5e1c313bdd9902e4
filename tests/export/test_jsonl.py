"""Editions written as JSON Lines."""

from __future__ import annotations

import gzip
import io
import json
import os
import threading
from pathlib import Path

import pyarrow as pa
import pytest

from galactica.errors import MissingError, UsageError
from galactica.export import export_jsonl
from galactica.model.projection import project

from .sample import sky

FIELDS = (
    "id title language aliases body text categories source path url revision modified licence work part "
    "headings creators published identifiers"
).split()


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


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(tmp_path):
    out = tmp_path / "keep.jsonl"
    out.write_text("my own words")
    with pytest.raises(UsageError, match="exists already"):
        export_jsonl(sky(), out)
    assert out.read_text() == "my own words"
    assert [each.name for each in tmp_path.iterdir()] == ["keep.jsonl"]
    export_jsonl(sky(), out, replace=True)
    assert len(out.read_text("utf-8").splitlines()) == 3


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="a system without named pipes")
@pytest.mark.parametrize("name", ["pipe", "pipe.gz"])
def test_what_reads_a_pipe_gets_the_lines_and_the_pipe_stays(tmp_path, name):
    pipe = tmp_path / name
    os.mkfifo(pipe)
    got = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()))
    reader.start()
    export_jsonl(sky(), pipe)
    reader.join()
    lines = gzip.decompress(got[0]) if name.endswith(".gz") else got[0]
    assert [json.loads(line)["title"] for line in lines.splitlines()] == [one.title for one in sky().articles]
    assert pipe.is_fifo()
    assert [each.name for each in tmp_path.iterdir()] == [name]


@pytest.mark.skipif(os.name == "nt", reason="the null device has another name on Windows")
def test_a_device_is_written_to_and_stays_a_device():
    assert export_jsonl(sky(), Path(os.devnull)).articles == 3
    assert Path(os.devnull).is_char_device()


def test_an_open_stream_gets_the_lines_and_stays_open():
    stream = io.BytesIO()
    summary = export_jsonl(sky(), stream)
    assert not stream.closed
    assert summary.bytes == len(stream.getvalue())
    assert stream.getvalue().count(b"\n") == 3


def test_a_link_in_the_place_of_the_unfinished_file_is_not_written_through(tmp_path):
    (tmp_path / "mine").write_text("dear")
    (tmp_path / ".a.jsonl.partial").symlink_to("mine")
    export_jsonl(sky(), tmp_path / "a.jsonl")
    assert (tmp_path / "mine").read_text() == "dear"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a.jsonl", "mine"]


def test_a_reader_that_leaves_is_told_from_a_disk_that_is_full():
    class Gone(io.BytesIO):
        def write(self, data):
            raise BrokenPipeError

    with pytest.raises(BrokenPipeError):
        export_jsonl(sky(), Gone())
