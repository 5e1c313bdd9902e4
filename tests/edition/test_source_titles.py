"""Sources of one title are told apart."""

from __future__ import annotations

from galactica.edition.source_titles import source_titles
from galactica.model import Source


def source(key: str, title: str, date: str = "") -> Source:
    return Source(key=key, title=title, date=date, format="epub")


def test_two_sources_of_one_title_are_told_apart_by_date_or_key() -> None:
    several = [
        source("a", "Wiki", "2015"),
        source("b", "Wiki", "2020"),
        source("c", "Wiki", "2020"),
        source("d", "Sky"),
    ]
    assert source_titles(several) == {"a": "Wiki (2015)", "b": "Wiki (b)", "c": "Wiki (c)", "d": "Sky"}


def test_two_copies_of_a_book_are_told_apart_by_their_keys() -> None:
    several = [source("river", "The River"), source("river copy", "The River"), source("bare", "")]
    told = {"river": "The River (river)", "river copy": "The River (river copy)", "bare": "bare"}
    assert source_titles(several) == told
