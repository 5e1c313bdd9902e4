"""What was left out of a folder is told as what it is, and each file is counted where it is told."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest

from galactica import library
from galactica.library import EditionReport, KindReport
from tests.cli.conftest import call

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> EditionReport:
    folder = tmp_path_factory.mktemp("told") / "shelf"
    folder.mkdir()
    (folder / "page.md").write_text("# A page\n\nWith words.\n")
    (folder / "blank.md").write_text(" \n\n\t\n")
    (folder / "mail.msg").write_bytes(OLE)
    (folder / "old.doc").write_bytes(OLE)
    cells = [{"cell_type": "code", "metadata": {}, "source": ["x"]}]
    (folder / "notes.ipynb").write_text(json.dumps({"cells": cells}))
    with zipfile.ZipFile(folder / "book.epub", "w") as book:
        book.writestr("mimetype", "application/epub+zip")
    whole = (folder / "book.epub").read_bytes()
    (folder / "book.epub").write_bytes(whole[:60])
    out = folder.parent / "shelf.edition"
    library.build(out, [folder], workers=1, meaning=False)
    with library.open_library([out]) as opened:
        return library.edition_report(opened.editions[0])


def of(report: EditionReport, kind: str) -> KindReport:
    (found,) = [each for each in report.kinds if each.kind == kind]
    return found


def test_a_book_that_is_broken_is_damaged(report: EditionReport) -> None:
    assert [each.reason for each in of(report, "EPUB book").left_out] == ["malformed"]


def test_a_page_of_white_space_is_empty(report: EditionReport) -> None:
    assert [each.reason for each in of(report, "Markdown page").left_out] == ["empty"]


def test_a_mail_is_no_office_document(report: EditionReport) -> None:
    assert of(report, "mail").files == 1
    assert of(report, "old Office document").files == 1


def test_every_file_that_was_not_read_is_counted_where_it_is_told(report: EditionReport) -> None:
    for kind in report.kinds:
        assert kind.files - kind.read == kind.rejected, kind


def test_a_folder_that_was_renamed_is_said_to_be_another_source(tmp_path: Path) -> None:
    for name in ("shelf", "shelf2"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "page.md").write_text("# A page\n\nWith words.\n")
    old, notes = tmp_path / "old.edition", list[str]()
    library.build(old, [tmp_path / "shelf"], workers=1, meaning=False)
    for out, key in (("new", ""), ("keyed", "shelf")):
        library.build(
            tmp_path / out, [tmp_path / "shelf2"], parent=old, key=key, workers=1, meaning=False, note=notes.append
        )
    (said,) = notes
    assert "'shelf'" in said
    assert "--key shelf" in said
    assert library.diff(old, tmp_path / "keyed").same == 1


def test_a_build_without_a_title_says_what_it_is_called(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "page.md").write_text("# A page\n\nWith words.\n")
    command = ("build", str(tmp_path / "one.edition"), str(tmp_path / "b"), "--no-meaning", "--workers", "1")
    said = call(*command)
    assert said.code == 0
    assert "It is called “b”" in said.err
    assert "--title" in said.err
    titled = call("build", str(tmp_path / "two.edition"), *command[2:], "--title", "Town")
    assert "It is called" not in titled.err


def test_of_several_articles_with_a_name_the_others_are_told(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "moon.md").write_text(f"# Moon\n\nThe moon of {name}.\n")
    out = tmp_path / "moons.edition"
    library.build(out, [tmp_path / "one", tmp_path / "two"], workers=1, meaning=False)
    said = call("read", "Moon", "-e", str(out))
    other = "two" if "of one." in said.out else "one"
    assert f"Moon of {other} (" in said.err
    identity = said.err.rpartition("(")[2].partition(")")[0]
    again = call("read", identity, "-e", str(out))
    assert f"The moon of {other}." in again.out
    assert "of that name" not in again.err
