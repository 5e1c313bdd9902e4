"""Whether an item of a source can be kept: names that are no Unicode text, or hold a NUL, are not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import astuple
from itertools import chain

import msgspec

from galactica.building.batches import Item
from galactica.model import Attachment, Document, MediaFile, Redirect, Rejected, SourceStatement, Work


def is_writable(item: Item) -> bool:
    """Whether every name in an item can be written as UTF-8, without NUL; contents are the cleaner's care."""
    match item:
        case Document():
            about = (item.url, item.revision, item.modified, item.language, item.licence, item.work, item.published)
            several = (item.aliases, item.categories, item.headings, item.creators, item.identifiers)
            names = (item.path, item.title, *about, *chain.from_iterable(several))
        case Redirect():
            names = (item.path, item.title, item.target)
        case MediaFile():
            names = (item.path, item.mime)
        case Attachment():
            names = (item.path, item.mime, item.detail)
        case Work() | SourceStatement():
            return _is_unicode(item)
        case Rejected():
            names = (item.where, item.detail)
    try:
        return "\0" not in "".join(names).encode().decode()
    except UnicodeEncodeError:
        return False


def _is_unicode(item: Work | SourceStatement) -> bool:
    """Whether all text in an item can be written as UTF-8, without NUL. Encoded as JSON, because there are many."""
    try:
        if b"\\u0000" not in msgspec.json.encode(item):
            return True
    except UnicodeEncodeError:
        return False
    return not any("\0" in text for text in _texts(astuple(item)))


def _texts(value: object) -> Iterator[str]:
    """All text in a value and in what it holds."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from _texts(each)
