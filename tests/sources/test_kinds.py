"""What files are called, and the count of those that a folder holds."""

from __future__ import annotations

import pytest

from galactica.sources.kinds import MAX_KINDS, FileTally, file_kind, files_together, kind_of_format, kind_of_path


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("a/b.html", "HTML page"),
        ("books/a.epub/text/ch1.xhtml", "EPUB book"),
        ("old.zip/a.txt", "text"),
        ("report.pdf#page=3", "PDF document"),
        ("v1.2/readme", "file of no known kind"),
        ("x.qqq", ".qqq file"),
        ("", "file of no known kind"),
    ],
)
def test_a_path_is_of_the_kind_of_the_file_that_it_names_or_lies_in(path: str, kind: str) -> None:
    assert kind_of_path(path) == kind


def test_a_file_that_was_left_out_is_called_as_its_detail_says() -> None:
    assert file_kind("x.bin", "a PDF document is not read") == "PDF document"
    assert file_kind("x.docx:3", "breaks off") == "Office document"


def test_kinds_beyond_the_bound_are_counted_together() -> None:
    tally = FileTally()
    for number in range(MAX_KINDS + 5):
        tally.add(f".{number} file", number % 2 == 0)
    found = tally.found()
    assert sum(each.count for each in found) == MAX_KINDS + 5
    assert len(found) == MAX_KINDS + 1
    assert files_together((found, found))[0].count == 2 * found[0].count


@pytest.mark.parametrize(
    ("format", "kind"), [("epub", "EPUB book"), ("mediawiki", "wiki dump"), ("pydoc", "pydoc"), ("text", "text")]
)
def test_a_source_is_of_the_kind_of_its_format(format: str, kind: str) -> None:
    assert kind_of_format(format) == kind
