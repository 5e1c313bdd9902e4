"""What `sources/contract.py` promises of whatever a source yields."""

from __future__ import annotations

from galactica.model import (
    Attachment,
    Document,
    MediaFile,
    Redirect,
    Rejected,
    Source,
    SourceStatement,
    Work,
)
from galactica.sources.contract import Item
from galactica.sources.paths import clean_path


def check(items: list[Item]) -> None:
    for item in items:
        assert isinstance(
            item, Document | Redirect | MediaFile | Attachment | Work | SourceStatement | Rejected | Source
        )
        if isinstance(item, Source):
            continue
        if isinstance(item, Rejected):
            assert item.reason
            assert item.reason == item.reason.lower()
            assert len(item.detail) <= 500
            item.where.encode()
        else:
            assert clean_path(item.path) == item.path
        if isinstance(item, Document):
            assert item.title or item.markup == "webpage"  # such a page says its title itself
            item.content.encode()
            item.title.encode()


def check_built_in(word: str, about: Source, items: list[Item]) -> None:
    """The same of a source that comes with the program."""
    check(items)
    assert about.format == word.rstrip(":")
    assert sum(isinstance(item, Document) for item in items) > 100
    assert {item.source for item in items if not isinstance(item, Source)} == {about.key}
