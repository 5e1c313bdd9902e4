"""Reads a file and gives its one article, or all of them, as they are refined."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from galactica.model import Document, Rejected
from galactica.model.projection import project
from galactica.refine.article import refine
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An article: its document, its body, its text, what was left out."""

    document: Document
    body: str
    text: str
    dropped: dict[str, int]


def items_of_file(folder: Path, name: str, content: str | bytes, options: SourceOptions | None = None) -> list[Item]:
    """What a file of this name and content holds."""
    path = folder / name
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with open_source(path, options or SourceOptions()) as source:
        return list(source.read())


def told_all(folder: Path, name: str, content: str | bytes) -> list[Told]:
    """All articles of a file."""
    found = []
    for item in items_of_file(folder, name, content):
        if isinstance(item, Document):
            article = refine(item, language="und")
            assert not isinstance(article, Rejected)
            text = project(article.body)
            found.append(Told(document=item, body=article.body, text=text, dropped=dict(article.dropped)))
    return found


def told(folder: Path, name: str, content: str | bytes) -> Told:
    """The one article of a file."""
    found = told_all(folder, name, content)
    assert len(found) == 1
    return found[0]
