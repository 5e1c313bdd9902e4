"""From a text as it runs to documents: one, or where it is long the parts of a work, cut at its headings.

The first part has the path of the file, so that whoever links to the file comes to its beginning; the others are
numbered. A long text is cut at the highest level that has several headings; a part that is still long at the next one.
Without headings it is cut between blocks. Notes stand in the part that has their mark; a link to a place in another
part leads there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from galactica.model import Document, Rejected, Work
from galactica.sources.contract import MAX_DOCUMENT, Item
from galactica.sources.office.flow import FlowBlock, TextFlow, blocks_html, endnotes
from galactica.sources.office.metadata import Described
from galactica.sources.trees import rejected

LONG = 60_000
"""Bytes of HTML above which a text is cut at its headings: about twenty printed pages."""

SHORTEST = 1_500
"""Bytes that the parts of a text have on the average, at least: a heading over every sentence cuts nothing."""

LONGEST_PART = 400_000
"""Bytes above which a part without headings is cut between blocks."""

_LINK = re.compile(r'<a href="#([^"<>]*)">')
_ID = re.compile(r'<[a-z0-9]+ [^<>]*?\bid="([^"<>]*)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class TextPart:
    """A stretch of a text that is an article: its title, the headings above it, its blocks."""

    title: str
    headings: tuple[str, ...]
    blocks: Sequence[FlowBlock]


def documents(flow: TextFlow, about: Described, kind: str) -> Iterator[Item]:
    """Yield what a file holds: its work where it has parts, its documents, its pictures, or why there is nothing."""
    flow.finish()
    if not flow.blocks and not flow.media:
        yield rejected(flow.key, flow.path, "empty", "no text in it")
        return
    parts = split(flow.blocks, about.title)
    several = len(parts) > 1
    yield from assembled(flow, about, kind, parts, several=several, places=_places(parts, flow.path) if several else {})


def assembled(
    flow: TextFlow, about: Described, kind: str, parts: Iterable[TextPart], *, several: bool, places: Mapping[str, str]
) -> Iterator[Item]:
    """Yield the work of several parts, and every part as a document; then the pictures.

    Args:
        places: id → path of the part that it stands in, where links lead from part to part.
    """
    if several:
        yield work_of(flow.key, flow.path, about, kind)
    held: Document | Rejected | None = None
    for number, part in enumerate(parts, 1):
        if held is not None:
            yield held
        held = _document(flow, about, part, number if several else 0, places)
    if isinstance(held, Document):  # what was left out of the file is known when all of it was read
        held = replace(held, dropped=tuple(sorted(flow.dropped.items())))
    if held is not None:
        yield held
    yield from flow.media.values()


def _document(
    flow: TextFlow, about: Described, part: TextPart, number: int, places: Mapping[str, str]
) -> Document | Rejected:
    path = part_path(flow.path, number)
    content = f"<main>\n{blocks_html(part.blocks)}\n"
    if notes := endnotes((note for block in part.blocks for note in block.notes), flow.notes):
        content += f"{notes}\n"
    content = _led(content + "</main>", path, places)
    if len(content) > MAX_DOCUMENT // 2 and len(content.encode()) > MAX_DOCUMENT:
        return rejected(flow.key, path, "too-large", f"more than {MAX_DOCUMENT:,} bytes")
    return Document(
        source=flow.key,
        path=path,
        title=part.title if number else about.title,
        markup="html",
        content=content,
        language=about.language,
        categories=about.keywords,
        modified=about.modified,
        work=flow.path if number else "",
        part=number,
        headings=part.headings,
        creators=about.creators,
        published=about.published,
    )


def work_of(key: str, path: str, about: Described, kind: str) -> Work:
    """The work that a file is."""
    return Work(
        source=key,
        path=path,
        title=about.title,
        kind=kind,
        language=about.language or "und",
        creators=about.creators,
        publisher=about.publisher,
        published=about.published,
        description=about.description,
    )


def part_path(path: str, number: int) -> str:
    """Where a part lies; 0 is a text of one part."""
    return path if number <= 1 else f"{path}/{number}"


def split(blocks: Sequence[FlowBlock], title: str) -> list[TextPart]:
    """A text as parts; one where it is short or cannot be cut."""
    whole = TextPart(title=title, headings=(), blocks=raised(blocks))
    return list(_numbered(_cut(whole, 1)))


def _cut(part: TextPart, level: int) -> Iterator[TextPart]:
    """A part, cut where it is long: at the highest level from `level` on that has several headings."""
    size = _size(part.blocks)
    if size <= LONG:
        yield part
        return
    body = part.blocks[1:] if level > 1 else part.blocks
    levels = sorted({block.level for block in body if block.kind == "heading" and block.level >= level})
    for each in levels:
        borders = [i for i, block in enumerate(body) if block.kind == "heading" and block.level <= each]
        if len(borders) > 1 and size / len(borders) >= SHORTEST:
            yield from _at(part, body, borders, each)
            return
    if size > LONGEST_PART:
        yield from _between(part)
    else:
        yield part


def _at(part: TextPart, body: Sequence[FlowBlock], borders: list[int], level: int) -> Iterator[TextPart]:
    """A part cut at headings; what stands before the first of them stays with the part's own title."""
    before = len(part.blocks) - len(body)
    start = part.blocks[: before + borders[0]]
    if _size(start):
        yield replace(part, blocks=start)
    above = (*part.headings, part.title) if before else part.headings
    higher: list[FlowBlock] = []
    for border, after in zip(borders, [*borders[1:], len(body)], strict=True):
        heading = body[border]
        higher = [each for each in higher if each.level < heading.level]
        headings = (*above, *(each.words for each in higher))
        higher.append(heading)
        yield from _cut(TextPart(title=heading.words, headings=headings, blocks=body[border:after]), level + 1)


def _between(part: TextPart) -> Iterator[TextPart]:
    """A part cut between blocks."""
    found: list[FlowBlock] = []
    size = 0
    for block in part.blocks:
        if found and size + len(block.html) > LONG:
            yield replace(part, blocks=found)
            found, size = [], 0
        found.append(block)
        size += len(block.html)
    yield replace(part, blocks=found)


def _numbered(parts: Iterator[TextPart]) -> Iterator[TextPart]:
    """Parts whose heading is dropped from their blocks, because it is their title; those of one title are numbered."""
    times: dict[tuple[tuple[str, ...], str], int] = {}
    for part in parts:
        number = times[part.headings, part.title] = times.get((part.headings, part.title), 0) + 1
        first = part.blocks[0] if part.blocks else None
        blocks = part.blocks
        if first and first.kind == "heading" and first.words == part.title:
            empty = (
                f"<p>{''.join(f'<span id={chr(34)}{each}{chr(34)}></span>' for each in _ID.findall(first.html))}</p>"
            )
            kept = FlowBlock(kind="block", html=empty if len(empty) > 7 else "", notes=first.notes)
            blocks = [kept, *part.blocks[1:]] if kept.html or kept.notes else part.blocks[1:]
            blocks = raised(blocks)
        yield replace(part, title=part.title if number == 1 else f"{part.title} ({number})", blocks=blocks)


def raised(blocks: Sequence[FlowBlock]) -> Sequence[FlowBlock]:
    """Blocks whose highest heading is of level 1."""
    least = min((block.level for block in blocks if block.kind == "heading"), default=1)
    if least == 1:
        return blocks
    return [replace(block, level=block.level - least + 1) if block.kind == "heading" else block for block in blocks]


def _size(blocks: Sequence[FlowBlock]) -> int:
    return sum(len(block.html) for block in blocks)


def _places(parts: Sequence[TextPart], path: str) -> dict[str, str]:
    """Id → path of the part that it stands in."""
    found: dict[str, str] = {}
    for number, part in enumerate(parts, 1):
        for block in part.blocks:
            for identifier in _ID.findall(block.html):
                found.setdefault(identifier, part_path(path, number))
    return found


def _led(content: str, path: str, places: Mapping[str, str]) -> str:
    """A page whose links to places in other parts lead there."""
    if not places:
        return content

    def link(match: re.Match[str]) -> str:
        place = places.get(match[1], path)
        return match[0] if place == path else f'<a href="/{quote(place)}#{match[1]}">'

    return _LINK.sub(link, content)
