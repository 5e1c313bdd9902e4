"""Zip archives asked part by part: what can be told is told, and nothing unpacks without an end."""

from __future__ import annotations

import contextlib
import io
import struct
import zipfile
import zlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.sources import packed, zipped
from galactica.sources.zipped import Zipped
from tests.sources.samples import zip_of

FILES = {"mimetype": b"application/x", "OPS/a b.xml": b"<a>" + b"moon " * 400 + b"</a>", "OPS/\u00e9.png": b"\x89PNG"}


def written(folder: Path, raw: bytes) -> Path:
    path = folder / "some.zip"
    path.write_bytes(raw)
    return path


def held(path: Path) -> dict[str, bytes]:
    with Zipped(path) as archive:
        return {name: archive.read(name).content for name in archive.names}


class _Unseekable(io.BytesIO):
    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError

    def seek(self, *_: object) -> int:
        raise OSError


def deflated(files: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def streamed(files: dict[str, bytes], method: int) -> bytes:
    """As programs write it that cannot go back: sizes stand behind the data."""
    out = _Unseekable()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


def test_parts_come_out_by_their_names(tmp_path: Path) -> None:
    path = written(tmp_path, zip_of(FILES))
    assert held(path) == FILES
    with Zipped(path) as archive:
        assert archive.faults == ()
        assert archive.sizes["mimetype"] == 13
        assert archive.start("OPS/a b.xml", 8) == b"<a>moon "


@pytest.mark.parametrize("before", [b"", b"#!/bin/sh\n" * 9])
@pytest.mark.parametrize("after", [b"", b"\n" * 70_000])
@pytest.mark.parametrize("make", [deflated, zip_of, lambda f: streamed(f, 8), lambda f: streamed(f, 0)])
def test_bytes_around_it_and_sizes_behind_the_data_change_nothing(make, before: bytes, after: bytes, tmp_path: Path):
    assert held(written(tmp_path, before + make(FILES) + after)) == FILES


@pytest.mark.parametrize("make", [deflated, zip_of, lambda f: streamed(f, 8), lambda f: streamed(f, 0)])
def test_without_its_directory_the_parts_are_still_found_and_it_is_said(make, tmp_path: Path) -> None:
    raw = make(FILES)
    path = written(tmp_path, raw[: raw.index(b"PK\x01\x02")])
    assert held(path) == FILES
    with Zipped(path) as archive:
        assert [fault.reason for fault in archive.faults] == ["truncated"]


def test_a_directory_with_wrong_places_is_mended_by_the_parts_headers(tmp_path: Path) -> None:
    raw = bytearray(zip_of(FILES))
    at = raw.index(b"PK\x01\x02")
    struct.pack_into("<I", raw, at + 42, 7)
    assert held(written(tmp_path, bytes(raw))) == FILES


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("OPS/a b.xml", "OPS/a b.xml"),
        ("OPS/a%20b.xml", "OPS/a b.xml"),
        ("ops/A%20B.XML", "OPS/a b.xml"),
        ("/OPS/a b.xml", "OPS/a b.xml"),
        ("OPS\\a b.xml", "OPS/a b.xml"),
        ("OPS/e\u0301.png", "OPS/\u00e9.png"),
        ("OPS/missing", ""),
        ("../OPS/a b.xml", ""),
    ],
)
def test_a_name_is_found_as_the_makers_system_would_find_it(asked: str, found: str, tmp_path: Path) -> None:
    with Zipped(written(tmp_path, zip_of(FILES))) as archive:
        assert archive.find(asked) == found


def test_a_wrong_checksum_is_told_with_what_was_read(tmp_path: Path) -> None:
    raw = zip_of(FILES)
    crc = struct.pack("<I", zlib.crc32(FILES["OPS/a b.xml"]))
    with Zipped(written(tmp_path, raw.replace(crc, b"\1\2\3\4"))) as archive:
        part = archive.read("OPS/a b.xml")
        assert part.content == FILES["OPS/a b.xml"]
        assert part.fault is not None
        assert part.fault.reason == "checksum"


@pytest.mark.parametrize("make", [deflated, lambda f: streamed(f, 8)])
def test_a_part_that_breaks_off_is_told_with_what_was_read(make, tmp_path: Path) -> None:
    raw = make({"a": bytes(zlib.crc32(str(i).encode()) % 251 for i in range(9000))})
    with Zipped(written(tmp_path, raw[:4000])) as archive:
        part = archive.read("a")
        assert 3000 < len(part.content) < 9000
        assert part.fault is not None
        assert part.fault.reason == "truncated"


def test_a_name_without_a_letter_in_the_directory_breaks_nothing(tmp_path: Path) -> None:
    raw = zip_of({"a": b"first", "b": b"second"})
    at = raw.index(b"PK\x01\x02")
    nameless = raw[: at + 28] + b"\0\0" + b"\1\0" + raw[at + 32 :]  # the letter of its name is one of what follows it
    with Zipped(written(tmp_path, nameless)) as archive:
        assert archive.read("b").content == b"second"


def test_names_that_lead_outside_are_faults_and_absolute_ones_are_relative(tmp_path: Path) -> None:
    with Zipped(written(tmp_path, zip_of({"../up": b"a", "/top": b"b", "a\\b": b"c"}))) as archive:
        assert archive.names == ("top", "a/b")
        assert [(fault.where, fault.reason) for fault in archive.faults] == [("../up", "bad-path")]


def test_what_is_under_a_password_or_packed_strangely_is_said_by_part(tmp_path: Path) -> None:
    raw = bytearray(zip_of({"a": b"1", "b": b"2", "c": b"3"}))
    first = raw.index(b"PK\x01\x02")
    second = raw.index(b"PK\x01\x02", first + 4)
    raw[first + 8] |= 1
    raw[second + 10] = 99
    with Zipped(written(tmp_path, bytes(raw))) as archive:
        assert archive.names == ("c",)
        assert [(fault.where, fault.reason) for fault in archive.faults] == [("a", "encrypted"), ("b", "unsupported")]
        assert archive.fault_of("A") is not None
        assert [item.reason for item in archive.rejections("key")] == ["encrypted", "unsupported"]


def test_a_bomb_is_cut_off_at_the_limit_and_by_what_all_parts_unpack_to(tmp_path: Path, monkeypatch) -> None:
    path = written(tmp_path, deflated({str(i): bytes(2**20) for i in range(6)}))
    with Zipped(path) as archive, pytest.raises(packed.PackedError, match="more than 1,000 bytes"):
        archive.read("0", limit=1000)
    monkeypatch.setattr(packed, "FREE_UNPACKED", 2**21)
    with Zipped(path) as archive, pytest.raises(packed.PackedError, match="times its size"):
        _ = [archive.read(name) for name in archive.names]


def test_of_too_many_parts_the_rest_is_told(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(zipped, "MAX_PARTS", 2)
    with Zipped(written(tmp_path, zip_of(FILES))) as archive:
        assert archive.names == ("mimetype", "OPS/a b.xml")
        assert [fault.reason for fault in archive.faults] == ["too-many"]
    monkeypatch.setattr(zipped, "MAX_DIRECTORY", 10)
    with pytest.raises(InputError, match="too many files"):
        Zipped(tmp_path / "some.zip")


@pytest.mark.parametrize("raw", [b"", b"PK\x03\x04", b"PK\x05\x06" + bytes(18), b"nothing" * 99])
def test_what_holds_no_part_is_refused(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError):
        Zipped(written(tmp_path, raw))


@given(st.data())
def test_flipped_and_cut_bytes_give_parts_faults_or_one_clear_error(tmp_path_factory, data: st.DataObject) -> None:
    raw = bytearray(
        data.draw(st.sampled_from([deflated(FILES), zip_of(FILES), streamed(FILES, 8), streamed(FILES, 0)]))
    )
    for _ in range(data.draw(st.integers(0, 4))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    path = written(tmp_path_factory.mktemp("zip"), bytes(raw[: data.draw(st.integers(0, len(raw)))]))
    with contextlib.suppress(InputError), Zipped(path) as archive:
        for name in archive.names:
            with contextlib.suppress(packed.PackedError):
                archive.read(name)
