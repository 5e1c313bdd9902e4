"""Articles by address, title or id; their sections, and pieces of their text that are never longer than asked for.

An article's address is `galactica://EDITION/ID`: the first 12 hex digits of the edition's root, and the article's id in
32. All offsets are code points of the article's whole text (`model.projection`), as in every citation.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from galactica.errors import UsageError
from galactica.model import Article, Citation, Source, Work, date_of, licence_of
from galactica.model.anchors import NO_ANCHORS, Anchors
from galactica.model.projection import outline
from galactica.wire.addresses import address_of

if TYPE_CHECKING:
    from galactica.collection.works import InWork
    from galactica.edition import Edition, Head
    from galactica.library import Library

TEMPLATE = "galactica://{edition}/{id}"
MAX_PIECE = 20_000
"""Code points of one piece: about 5,000 tokens, which leaves room in the smallest contexts."""

MAX_SECTIONS = 300
"""Sections that are listed; a bound against articles made of headings."""

PER_PAGE = 100
"""Articles on one page of the list."""

OPENING = 600
"""Code points of an article's opening, at most."""

_ADDRESS = re.compile(r"galactica://([0-9a-f]{12})/([0-9a-f]{32})")
_CURSOR = re.compile(r"([0-9]{1,4})\.([0-9]{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """A stretch of an article that begins with a heading; the first may have none.

    Attributes:
        title: of the heading; "" for what stands before the first.
        start, end: code points of the article's text, half-open.
    """

    title: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenedArticle:
    """An article that is read from.

    Attributes:
        root: of its edition.
        text: the projection of its body.
        sections: they cover the text; one at least.
        standing: where it stands in the work that it is a part of; None where it is none.
        anchors: the places in its source that its body names.
    """

    root: str
    article: Article
    source: Source
    text: str
    sections: tuple[Section, ...]
    standing: InWork | None = None
    anchors: Anchors = NO_ANCHORS

    @property
    def address(self) -> str:
        """Its address."""
        return address_of(self.root, self.article.id)

    @property
    def work(self) -> Work | None:
        """The work that it is a part of; None where it is none."""
        return self.standing.work if self.standing is not None else None

    @property
    def date(self) -> str:
        """Its date, as `model.date_of` says."""
        return date_of(self.article.modified, self.article.published, self.work, self.source)

    @property
    def licence(self) -> str:
        """Its own licence, else its work's, else its source's, else ""."""
        return licence_of(self.article.licence, self.work, self.source)

    def cite(self, start: int, end: int) -> Citation:
        """A stretch of it as a citation."""
        return Citation(
            edition=self.root,
            id=self.article.id,
            title=self.article.title,
            language=self.article.language,
            source=self.article.source,
            source_title=self.source.title or self.source.key,
            path=self.article.path,
            url=self.article.url,
            licence=self.licence,
            date=self.date,
            passage=0,
            start=start,
            end=end,
            quote=self.text[start:end],
            work=self.work.title if self.work is not None else "",
            place=self.anchors.at(start),
        )

    def opening(self) -> Citation:
        """How it begins: whole paragraphs up to `OPENING` code points, or the start of the first."""
        end = self.text.find("\n")
        end = len(self.text) if end < 0 else end
        while end < len(self.text) and (after := self._line_end(end + 1)) <= OPENING // 2:
            end = after
        return self.cite(0, min(end, OPENING))

    def _line_end(self, start: int) -> int:
        end = self.text.find("\n", start)
        return len(self.text) if end < 0 else end


def find(library: Library, named: str) -> tuple[Edition, int] | None:
    """An article by address, id (32 hex digits), title or alias."""
    match = _ADDRESS.fullmatch(named.strip())
    if match is None:
        return library.find(named.strip())
    for edition in library.editions:
        if edition.root.startswith(match[1]):
            row = edition.row_of(bytes.fromhex(match[2]))
            return None if row is None else (edition, row)
    return None


def open_article(library: Library, named: str) -> OpenedArticle:
    """The article with this address, id, title or alias.

    Raises:
        UsageError: there is none.
    """
    found = find(library, named)
    if found is None:
        raise UsageError(
            f"This library has no article {named[:200]!r}.", "Search for it, and read what is found by id."
        )
    return opened(library, *found)


def opened(library: Library, edition: Edition, row: int) -> OpenedArticle:
    """The article in a row of an edition."""
    article = edition.article(row)
    outlined = outline(article.body)
    text = outlined.text
    marks = [(start, text[start:end]) for start, end in outlined.headings[:MAX_SECTIONS]]
    if not marks or marks[0][0] > 0:
        marks.insert(0, (0, ""))
    ends = [start for start, _ in marks[1:]] + [len(text)]
    return OpenedArticle(
        root=edition.root,
        article=article,
        source=edition.source(article.source),
        text=text,
        sections=tuple(
            Section(title=" ".join(title.split())[:200], start=start, end=end)
            for (start, title), end in zip(marks, ends, strict=True)
        ),
        standing=library.in_work(edition, row) if article.work else None,
        anchors=edition.anchors(outlined),
    )


def section_of(page: OpenedArticle, wanted: str) -> Section:
    """The section called so, or of this number (0 is the first).

    Raises:
        UsageError: there is none.
    """
    key = " ".join(wanted.split()).casefold()
    for section in page.sections:
        if section.title.casefold() == key:
            return section
    if key.isascii() and key.isdecimal() and len(key) < 5 and int(key) < len(page.sections):
        return page.sections[int(key)]
    titles = ", ".join(f"{number} {section.title}".strip() for number, section in enumerate(page.sections[:20]))
    raise UsageError(f"The article has no section {wanted[:100]!r}.", f"It has: {titles}.")


def listed(library: Library, cursor: str) -> tuple[list[tuple[str, Head]], str]:
    """A page of the list of all articles, in the editions' order: ((root, article)…, cursor of the next page or "").

    Raises:
        UsageError: the cursor is none of ours.
    """
    match = _CURSOR.fullmatch(cursor) if cursor else None
    number, row = (int(match[1]), int(match[2])) if match else (0, 0)
    if (cursor and match is None) or number >= max(1, len(library.editions)):
        raise UsageError("This is no cursor of this list.", "Begin without one, and use each answer's own.")
    found: list[tuple[str, Head]] = []
    for at in range(number, len(library.editions)):
        edition = library.editions[at]
        for each in range(row, len(edition)):
            if len(found) == PER_PAGE:
                return found, f"{at}.{each}"
            found.append((edition.root, edition.head(each)))
        row = 0
    return found, ""
