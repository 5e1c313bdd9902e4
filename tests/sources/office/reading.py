"""What comes out of an office file that a test made."""

from __future__ import annotations

from pathlib import Path

from galactica.model import Document, MediaFile, Work
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source


def items(folder: Path, name: str, content: bytes) -> list[Item]:
    path = folder / name
    path.write_bytes(content)
    with open_source(path, SourceOptions()) as source:
        return list(source.read())


def documents(found: list[Item]) -> list[Document]:
    return [item for item in found if isinstance(item, Document)]


def work(found: list[Item]) -> Work:
    return next(item for item in found if isinstance(item, Work))


def media(found: list[Item]) -> list[MediaFile]:
    return [item for item in found if isinstance(item, MediaFile)]


def single(folder: Path, name: str, content: bytes) -> Document:
    (found,) = documents(items(folder, name, content))
    return found


def body(document: Document) -> str:
    """What stands in a document, without the tag around all of it."""
    return document.content.removeprefix("<main>\n").removesuffix("\n</main>")
