"""Pages that Safari saved as one file with what they show (.webarchive).

A file is a binary property list: the main resource is the page, subresources are what it shows, subframes are counted.
Source: WebKit, `LegacyWebArchive` (WebMainResource, WebSubresources, WebSubframeArchives).
"""

from __future__ import annotations

import plistlib
from collections.abc import Iterator

from galactica.model import Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.saved_parts import PAGE_TYPES, SavedPart, SavedTold, saved_items
from galactica.sources.trees import TreeFile, rejected

MAX_RESOURCES = 10_000
"""Resources of a page."""

_MAGIC = b"bplist00"


def recognise(name: str, head: bytes) -> int:
    """95 for a binary property list that speaks of a main resource, 90 for one that is called so."""
    if not head.startswith(_MAGIC):
        return 0
    return 95 if b"WebMainResource" in head else 90 if leaf.suffix_of(name) in LEAF.suffixes else 0


def read_webarchive(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the page and what it shows, or why there is none."""
    raw = leaf.whole_file(entry, key)
    if isinstance(raw, Rejected):
        yield raw
        return
    try:
        found = plistlib.loads(raw, fmt=plistlib.FMT_BINARY)
    except (plistlib.InvalidFileException, ValueError, OverflowError, RecursionError, MemoryError, TypeError) as error:
        yield rejected(key, entry.path, "truncated", f"the property list is damaged: {error}")
        return
    archive = found if isinstance(found, dict) else {}
    root = _part(archive.get("WebMainResource"))
    root = root if root and root.kind in PAGE_TYPES else None
    listed = archive.get("WebSubresources")
    parts = [part for each in (listed if isinstance(listed, list) else [])[:MAX_RESOURCES] if (part := _part(each))]
    frames = archive.get("WebSubframeArchives")
    for each in (frames if isinstance(frames, list) else [])[:MAX_RESOURCES]:
        frame = _part(each.get("WebMainResource")) if isinstance(each, dict) else None
        parts += [frame] if frame else []
    address = root.at if root else ""
    yield from saved_items(entry, key, options, root, [*([root] if root else []), *parts], SavedTold(address=address))


def _part(resource: object) -> SavedPart | None:
    """A resource as a part; None for what is none."""
    if not isinstance(resource, dict) or not isinstance(resource.get("WebResourceData"), bytes):
        return None
    return SavedPart(
        kind=_text(resource, "WebResourceMIMEType").lower(),
        charset=_text(resource, "WebResourceTextEncodingName"),
        at=_text(resource, "WebResourceURL"),
        identity="",
        content=resource["WebResourceData"],
    )


def _text(resource: dict[object, object], name: str) -> str:
    value = resource.get(name)
    return value if isinstance(value, str) and value.isprintable() else ""


LEAF = Leaf(name="webarchive", suffixes=(".webarchive",), recognise=recognise, read=read_webarchive, whole=True)
FORMAT = file_format(LEAF)
