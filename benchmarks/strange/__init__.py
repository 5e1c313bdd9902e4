"""Awkward files as people have them, made here, and what must be read of each."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.strange.case import StrangeFile
from benchmarks.strange.kept import kept_files
from benchmarks.strange.letters import letter_files
from benchmarks.strange.old_office import old_office_files
from benchmarks.strange.packs import pack_files
from benchmarks.strange.pages import page_files
from benchmarks.strange.printed import printed_files
from benchmarks.strange.scholarly import scholarly_files
from benchmarks.strange.sheets import sheet_files
from benchmarks.strange.tables import table_files
from benchmarks.strange.web import web_files
from benchmarks.strange.word import word_files


def every() -> Iterator[StrangeFile]:
    """All of them."""
    yield from word_files()
    yield from old_office_files()
    yield from sheet_files()
    yield from page_files()
    yield from table_files()
    yield from web_files()
    yield from letter_files()
    yield from pack_files()
    yield from printed_files()
    yield from scholarly_files()
    yield from kept_files()
