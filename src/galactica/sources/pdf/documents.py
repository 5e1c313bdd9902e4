"""From the pages of a file to what a source yields: a document, or a work and its parts, and what was left out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.model import MediaFile, Rejected
from galactica.sources.contract import MAX_DOCUMENT, Item, SourceOptions
from galactica.sources.pdf.articles import PdfAbout, articles_of, kept_path
from galactica.sources.pdf.blocks import Block, Blocks
from galactica.sources.pdf.facts import facts_of
from galactica.sources.pdf.headings import Headings, Looks, with_lines
from galactica.sources.pdf.hyphens import Spellings
from galactica.sources.pdf.page import PdfFacts, PdfLine, PdfPage, PdfTable
from galactica.sources.pdf.paragraphs import footnotes
from galactica.sources.pdf.running import EdgeLine, commonest, edge_lines, running_lines, sizes_of
from galactica.sources.trees import TreeFile, rejected

REPEATED = 0.25
"""Share of pages whose label another page has too, above which pages are numbered and their labels left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadPages:
    """A file that was read: what it says of itself, how many pages it has, and those that could be read."""

    facts: PdfFacts
    count: int
    pages: Callable[[], Iterator[tuple[int, PdfPage]]]


def documents_of(read: ReadPages, place: Path, entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the work, its documents, the file itself where that is asked for, and what of it was not taken in.

    Args:
        place: where the file lies on disk.
    """
    labels = page_labels(read)
    dropped: Counter[str] = Counter()
    survey = _Survey(read, labels, dropped)
    blocks = list(_blocks(read, labels, survey, dropped))
    problems = list(survey.problems(entry, key, bool(blocks)))
    if blocks:
        about = PdfAbout(
            source=key,
            path=entry.path,
            facts=facts_of(read.facts),
            labels=labels,
            dropped=tuple(sorted(dropped.items())),
            linked=options.keep_files and place.stat().st_size <= MAX_DOCUMENT,
        )
        yield from articles_of(blocks, about)
        if options.keep_files:
            yield _kept(about, place)
    yield from problems
    for name in read.facts.attached:
        where = f"{entry.path}: attached {name or 'file'}"
        yield rejected(key, where, "unsupported", "a file that is attached to a PDF is not read")


def _kept(about: PdfAbout, place: Path) -> MediaFile | Rejected:
    """The file itself."""
    path = kept_path(about.path)
    if not about.linked:
        return rejected(about.source, path, "too-large", f"the file itself has more than {MAX_DOCUMENT:,} bytes")
    return MediaFile(source=about.source, path=path, mime="application/pdf", content=place.read_bytes())


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
        feet = {id(lines[at]) for at in footnotes(lines, survey.looks.body)}
        own = [each for each in content if id(each) not in feet]
        notes = [line for line in lines if id(line) in feet]
        kept = [line for line in lines if id(line) not in feet]
        yield from blocks.page(number, labels[number], own, headings.of_page(number, kept), notes)
    yield from blocks.finish()
