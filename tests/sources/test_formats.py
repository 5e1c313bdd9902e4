"""Opening a source by what lies at a path: the errors a person meets first."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.sources.formats import BUILT_IN, FORMATS, open_source
from galactica.sources.paths import clean_path, printable


def test_names_of_formats_are_unique():
    names = [entry.name for entry in FORMATS]
    assert len(set(names)) == len(names)


def test_a_missing_file_names_the_built_in_sources(tmp_path: Path):
    with pytest.raises(InputError, match="nothing at") as error:
        open_source(tmp_path / "gone.zim")
    assert all(word in error.value.remedy for word in BUILT_IN)


def test_an_empty_file_is_told(tmp_path: Path):
    (tmp_path / "a.zim").touch()
    with pytest.raises(InputError, match="empty"):
        open_source(tmp_path / "a.zim")


@pytest.mark.parametrize(
    ("head", "name"),
    [
        (b"%!PS", "PostScript"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"SQLite format 3\0", "SQLite"),
        (b"\x89PNG\r\n\x1a\n", "PNG"),
        (b"WARC/1.0\r\n", "WARC"),
        (b"\x7fELF\2\1\1", "program"),
    ],
)
def test_a_format_that_is_not_read_is_called_by_its_name_and_the_remedy_lists_those_that_are(
    tmp_path: Path, head: bytes, name: str
):
    path = tmp_path / "file"
    path.write_bytes(head + bytes(100))
    with pytest.raises(InputError, match=name) as error:
        open_source(path)
    assert all(entry.name in error.value.remedy for entry in FORMATS)


def test_text_of_no_known_kind_says_how_to_name_its_markup(tmp_path: Path):
    (tmp_path / "a.xyz").write_text("[section]\nkey = value\n")
    with pytest.raises(InputError) as error:
        open_source(tmp_path / "a.xyz")
    assert "--markup" in error.value.remedy


def test_a_name_with_a_nul_is_an_input_error():
    with pytest.raises(InputError):
        open_source("a\0b")


@pytest.mark.parametrize(
    ("name", "path"),
    [
        ("a/b.txt", "a/b.txt"),
        ("./a", "a"),
        ("a b/ü", "a b/ü"),
        ("../a", None),
        ("a/../b", None),
        ("a/./b", None),
        ("/a", None),
        ("", None),
        (".", None),
        ("a\0b", None),
        ("a\nb", None),
        ("\udcff", None),
        ("x" * 3000, None),
        ("..a", "..a"),
    ],
)
def test_paths_are_relative_and_clean_or_none(name: str, path: str | None):
    assert clean_path(name) == path


def test_what_is_shown_can_be_printed():
    assert printable("a\udcffb\n") == "a\\udcffb\\x0a"
