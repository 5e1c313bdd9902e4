"""From the pages of a file to what a source yields: a document, or a work and its parts, and what was left out."""

from __future__ import annotations

import html
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from galactica.model import Document, Rejected, Work
from galactica.model.anchors import anchor_id
from galactica.sources import leaf
from galactica.sources.contract import MAX_DOCUMENT, Item, SourceOptions
from galactica.sources.paths import stem
from galactica.sources.pdf.blocks import Block, Blocks
from galactica.sources.pdf.facts import Facts, facts_of, good_title
from galactica.sources.pdf.headings import Headings, Looks, says, with_lines
from galactica.sources.pdf.hyphens import Spellings
from galactica.sources.pdf.page import PdfFacts, PdfLine, PdfPage, PdfTable
from galactica.sources.pdf.parts import PdfPart, parts_of
from galactica.sources.pdf.running import EdgeLine, commonest, edge_lines, running_lines, sizes_of
from galactica.sources.trees import TreeFile, rejected

BOOK = 100
"""Pages from which a file is called a book and not a report."""

_CONTENTS = re.compile(
    r"(?:table of )?contents|inhalt(?:sverzeichnis)?|table des matières|sommaire|índice(?: general)?|sumário|indice|"
    r"spis treści|оглавление|содержание|目\s*录|目\s*次|目\s*錄|innehåll|inhoud(?:sopgave)?|"
    r"abstract|zusammenfassung|résumé|preface|vorwort",
    re.I,
)
"""Headings that are no title of a file."""

REPEATED = 0.25
"""Share of pages whose label another page has too, above which pages are numbered and their labels left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPages:
    """A file that was read: what it says of itself, how many pages it has, and those that could be read."""

    facts: PdfFacts
    count: int
    pages: Callable[[], Iterator[tuple[int, PdfPage]]]


def documents_of(read: ReadPages, entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the work, its documents, and what of the file was not taken in."""
    labels = page_labels(read)
    facts = facts_of(read.facts)
    dropped: Counter[str] = Counter()
    survey = _Survey(read, labels, dropped)
    blocks = list(_blocks(read, labels, survey, dropped))
    problems = list(survey.problems(entry, key, bool(blocks)))
    if blocks:
        yield from _articles(blocks, read, facts, labels, dropped, entry, key)
    yield from problems
    for name in read.facts.attached:
        where = f"{entry.path}: attached {name or 'file'}"
        yield rejected(key, where, "unsupported", "a file that is attached to a PDF is not read")


def page_labels(read: ReadPages) -> tuple[str, ...]:
    """What each page is called: its label, else its number; numbers where labels say little."""
    numbers = tuple(str(number + 1) for number in range(read.count))
    labels = tuple(" ".join(label.split())[:60] for label in read.facts.labels)
    if len(labels) != read.count or len(labels) - len(set(labels) - {""}) > REPEATED * read.count:
        return numbers
    return tuple(label or number for label, number in zip(labels, numbers, strict=True))


class _Survey:
    """The first reading: what comes again, how headings look, how words are spelled, which pages have no text."""

    def __init__(self, read: ReadPages, labels: tuple[str, ...], dropped: Counter[str]) -> None:
        self.looks, self.spellings = Looks(), Spellings()
        self._labels = labels
        self._pictures: list[int] = []
        self._garbled: list[int] = []
        self._blank = self._seen = 0
        sizes: Counter[float] = Counter()
        edges: list[EdgeLine] = []
        for number, page in read.pages():
            self._seen += 1
            sizes.update(sizes_of(page.lines))
            edges.extend(edge_lines(number, page))
            self.spellings.learn(page)
            self._sort(number, page, dropped)
        self.running = running_lines(edges, labels, commonest(sizes))
        for number, page in read.pages():
            self.looks.learn(with_lines(page, self.running.get(number, {})))
        for rules in self.running.values():
            dropped.update(rules.values())

    def _sort(self, number: int, page: PdfPage, dropped: Counter[str]) -> None:
        dropped.update(dict(page.dropped))
        if page.garbled:
            self._garbled.append(number)
        elif page.lines or page.tables:
            dropped["pdf:picture"] += page.pictures
        elif page.marks:
            self._pictures.append(number)
        else:
            self._blank += 1
        if not dropped["pdf:picture"]:
            del dropped["pdf:picture"]

    def problems(self, entry: TreeFile, key: str, some: bool) -> Iterator[Rejected]:
        """The pages that have no text, by reason; where no page has any, that comes first."""
        if not some and not self._pictures and not self._garbled:
            why = "its pages are blank" if self._blank else "none of its pages could be read"
            yield rejected(key, entry.path, "empty" if self._blank or not self._seen else "unreadable", why)
            return
        if self._pictures:
            what = "are pictures and have no text; they would have to be recognised (OCR)"
            yield self._rejected(entry, key, "pictures-only", self._pictures, what, some)
        if self._garbled:
            what = "have text for which the file gives no letters; they would have to be recognised (OCR)"
            yield self._rejected(entry, key, "no-letters", self._garbled, what, some)

    def _rejected(
        self, entry: TreeFile, key: str, reason: str, pages: Sequence[int], what: str, some: bool
    ) -> Rejected:  # fmt: skip
        named = page_ranges(pages, self._labels)
        where = f"{entry.path}: page {named}" if some else entry.path
        return rejected(key, where, reason, f"{len(pages)} of {self._seen} pages ({named}) {what}")


def page_ranges(pages: Sequence[int], labels: tuple[str, ...]) -> str:
    """Numbers of pages by their labels, those that follow each other together: "3, 5–7"."""
    runs: list[list[int]] = []
    for page in pages:
        if runs and runs[-1][-1] == page - 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    told = [labels[run[0]] if len(run) == 1 else f"{labels[run[0]]}–{labels[run[-1]]}" for run in runs]
    return ", ".join(told) if len(told) <= 12 else ", ".join(told[:12]) + ", …"


def _blocks(
    read: ReadPages, labels: tuple[str, ...], survey: _Survey, dropped: Counter[str]
) -> Iterator[Block]:  # fmt: skip
    """The second reading: the blocks of all pages."""
    blocks = Blocks(survey.spellings, dropped)
    headings = Headings(survey.looks, read.facts.outline)
    for number, page in read.pages():
        left_out = survey.running.get(number, {})
        content: list[PdfLine | PdfTable] = [
            page.lines[at] if kind == "l" else page.tables[at]
            for kind, at in page.order
            if kind == "t" or at not in left_out
        ]
        lines = [each for each in content if isinstance(each, PdfLine)]
        yield from blocks.page(number, labels[number], content, headings.of_page(number, lines))
    yield from blocks.finish()


def _articles(
    blocks: Sequence[Block],
    read: ReadPages,
    facts: Facts,
    labels: tuple[str, ...],
    dropped: Counter[str],
    entry: TreeFile,
    key: str,
) -> Iterator[Item]:
    title = facts.title or _first_heading(blocks) or stem(entry.path)
    parts = parts_of(blocks, read.count)
    counts = tuple(sorted(dropped.items()))
    if len(parts) == 1:
        content = _content(parts[0].blocks, title)
        yield _document(entry.path, title, content, counts, facts, key)
        return
    book = read.count >= BOOK or any(each.startswith("isbn:") for each in facts.identifiers)
    yield Work(
        source=key,
        path=entry.path,
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
        path = entry.path if number == 1 else f"{entry.path}/{number}"
        own = part.title or (title if number == 1 else _pages_title(title, part, labels))
        content = _content(part.blocks, own, part.opened, labels[part.page])
        item = _document(path, own, content, counts if number == 1 else (), Facts(language=facts.language), key)
        if isinstance(item, Document):
            item = _as_part(item, entry.path, number, part.above)
        yield item


def _as_part(document: Document, work: str, number: int, above: tuple[str, ...]) -> Document:
    return replace(document, work=work, part=number, headings=above)


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
        else:
            found.append(block.html if block.kind == "table" else f"<{block.kind}>{block.html}</{block.kind}>")
    if listed:
        found.append("</ul>")
    return "\n".join(each for each in found if each)


def _anchors_of(made: str) -> str:
    return "".join(re.findall(r'<span id="[^"<>]*"></span>', made))
