"""Plain text files in any of the encodings of `encoding`.

The title is the first line where it looks like one (short, and a blank line or nothing but text after it); it is then
dropped from the text. Else it is the file's name.
"""

from __future__ import annotations

from collections.abc import Iterator

from galactica.model import Document, Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile

TITLE_CHARS = 100
"""Longest first line that is taken for a title."""

_PROGRAM_STARTS = ("<", "{", "#!", "%!", "%PDF")
"""What files that are no prose begin with: markup, JSON, scripts, PostScript."""


def recognise(name: str, head: bytes) -> int:
    """30 for text called .txt, 15 for text with no ending that does not begin as programs and markup do."""
    start = leaf.text_head(head)
    if not start:
        return 0
    suffix = leaf.suffix_of(name)
    if suffix in LEAF.suffixes:
        return 30
    return 15 if not suffix and not start.startswith(_PROGRAM_STARTS) else 0


def read_plain_text(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the document."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    title, body = split_title(text)
    yield Document(source=key, path=entry.path, title=title or stem(entry.path), markup="text", content=body)


def split_title(text: str) -> tuple[str, str]:
    """The title that a text begins with and the rest; ("", text) where it begins with no title."""
    start = text.lstrip("\ufeff \t\n\f")
    first, _, rest = start.partition("\n")
    title = leaf.title_line(first)
    blank_follows = not rest.partition("\n")[0].strip()
    if not title or len(first) > TITLE_CHARS or not blank_follows or not rest.strip() or title[-1] in ",;":
        return "", text
    if title[-1] in ".。" and len(title) > 40:  # a sentence of its own
        return "", text
    return title, rest.lstrip("\n")


LEAF = Leaf(
    name="text",
    suffixes=(".txt", ".text", ".rst", ".asc", ".adoc", ".asciidoc", ".org", ".log", ".typ", ".nfo"),
    recognise=recognise,
    read=read_plain_text,
    whole=True,
)
FORMAT = file_format(LEAF)
