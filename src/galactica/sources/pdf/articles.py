"""The articles of a file: one, or a work and its parts, as HTML whose pages are anchors."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from urllib.parse import quote

from galactica.model import Document, Rejected, Work
from galactica.model.anchors import anchor_id
from galactica.sources import leaf
from galactica.sources.contract import MAX_DOCUMENT, Item
from galactica.sources.paths import stem
from galactica.sources.pdf.blocks import Block
from galactica.sources.pdf.facts import Facts, good_title
from galactica.sources.pdf.headings import says
from galactica.sources.pdf.parts import PdfPart, parts_of
from galactica.sources.trees import rejected

BOOK = 100
"""Pages from which a file is called a book and not a report."""

_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice(?: general)?|sumário|indice|"
    r"spis treści|оглавление|содержание|目\s*录|目\s*次|目\s*錄|innehåll|inhoud(?:sopgave)?|"
    r"abstract|zusammenfassung|résumé|preface|vorwort",
    re.I,
)
"""Headings that are no title of a file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PdfAbout:
    """What is known of a file besides its text.

    Attributes:
        source, path: key of the source, path there.
        facts: what it says of itself.
        labels: of its pages.
        dropped: (rule, how often) of what was left out or put right.
        linked: whether its articles link to the file itself, kept at `kept_path`.
    """

    source: str
    path: str
    facts: Facts
    labels: tuple[str, ...]
    dropped: tuple[tuple[str, int], ...]
    linked: bool


def kept_path(path: str) -> str:
    """Where a file that is kept lies: below the article of its path, so that links to the file lead to its text."""
    return f"{path}/{path.rpartition('/')[2]}"


def articles_of(blocks: Sequence[Block], about: PdfAbout) -> Iterator[Item]:
    """Yield the document, or the work and its parts."""
    facts = about.facts
    title = facts.title or _first_heading(blocks) or stem(about.path)
    parts = parts_of(blocks, len(about.labels))
    if len(parts) == 1:
        content = _link(about, about.path, parts[0].page) + _content(parts[0].blocks, title)
        yield _document(about.path, title, content, about.dropped, facts, about.source)
        return
    book = len(about.labels) >= BOOK or any(each.startswith("isbn:") for each in facts.identifiers)
    yield Work(
        source=about.source,
        path=about.path,
        title=title,
        kind="book" if book else "report",
        language=facts.language or "und",
        creators=facts.creators,
        publisher=facts.publisher,
        published=facts.published,
        identifiers=facts.identifiers,
        licence=facts.licence,
        description=facts.description,
    )
    for number, part in enumerate(parts, 1):
        path = about.path if number == 1 else f"{about.path}/{number}"
        own = part.title or (title if number == 1 else _pages_title(title, part, about.labels))
        content = _content(part.blocks, own, part.opened, about.labels[part.page])
        dropped = about.dropped if number == 1 else ()
        made = _link(about, path, part.page) + content
        item = _document(path, own, made, dropped, Facts(language=facts.language), about.source)
        if isinstance(item, Document):
            item = replace(item, work=about.path, part=number, headings=part.above)
        yield item


def _link(about: PdfAbout, path: str, page: int) -> str:
    """A line that leads to a page of the file itself, where that is kept."""
    if not about.linked:
        return ""
    name = about.path.rpartition("/")[2]
    up = f"{name}/{name}" if path == about.path else name
    told = html.escape(f"{name}, p. {about.labels[page]}", quote=False)
    return f'<p><a href="{html.escape(quote(up))}#page={page + 1}">{told}</a></p>\n'


def _document(
    path: str, title: str, content: str, dropped: tuple[tuple[str, int], ...], facts: Facts, key: str
) -> Document | Rejected:
    if len(content) > MAX_DOCUMENT // 4 and len(content.encode()) > MAX_DOCUMENT:
        return rejected(key, path, "too-large", f"more than {MAX_DOCUMENT:,} bytes of text")
    return Document(
        source=key,
        path=path,
        title=title,
        markup="html",
        content=content,
        language=facts.language,
        licence=facts.licence,
        dropped=dropped,
        creators=facts.creators,
        published=facts.published,
        identifiers=facts.identifiers,
    )


def _first_heading(blocks: Sequence[Block]) -> str:
    """The heading that is highest among those of the first page with one."""
    first = next((block.page for block in blocks if block.kind == "heading"), -1)
    found = [
        block for block in blocks
        if block.kind == "heading" and block.page == first <= 2 and not _CONTENTS.fullmatch(block.text.strip())
    ]  # fmt: skip
    return good_title(min(found, key=lambda block: block.level).text) if found else ""


def _pages_title(title: str, part: PdfPart, labels: tuple[str, ...]) -> str:
    first, last = labels[part.page], labels[part.blocks[-1].page] if part.blocks else labels[part.page]
    return leaf.title_line(f"{title[:400]}, {first}–{last}" if first != last else f"{title[:400]}, {first}")


def _content(blocks: Sequence[Block], title: str, opened: Block | None = None, label: str = "") -> str:
    """Blocks as HTML; the heading that the title repeats leaves its anchors alone.

    Args:
        label: of the page on which a part begins, perhaps in its middle.
    """
    base = min((block.level for block in blocks if block.kind == "heading"), default=0)
    found: list[str] = []
    if opened is not None:
        found.append(_anchors_of(opened.html))
    first = found[0] if found else blocks[0].html if blocks else ""
    if label and not first.startswith("<span id="):
        found.insert(0, f'<span id="{html.escape(anchor_id("page", label))}"></span>')
    listed = False
    for number, block in enumerate(blocks):
        if (block.kind == "li") != listed:
            found.append("</ul>" if listed else "<ul>")
            listed = not listed
        if block.kind == "heading":
            if number == 0 and opened is None and says(block.text, title):
                found.append(_anchors_of(block.html))
                base = min((each.level for each in blocks[1:] if each.kind == "heading"), default=base)
                continue
            depth = min(6, 2 + max(0, block.level - base))
            found.append(f"<h{depth}>{block.html}</h{depth}>")
        elif block.kind == "note":
            found.append(f'<aside role="doc-footnote"><p>{block.html}</p></aside>')
        else:
            found.append(block.html if block.kind == "table" else f"<{block.kind}>{block.html}</{block.kind}>")
    if listed:
        found.append("</ul>")
    return "\n".join(each for each in found if each)


def _anchors_of(made: str) -> str:
    return "".join(re.findall(r'<span id="[^"<>]*"></span>', made))
