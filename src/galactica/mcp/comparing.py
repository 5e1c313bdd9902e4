"""Sides beside each other: one question asked of several languages or sources, or how each one's article begins."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from galactica.errors import UsageError
from galactica.mcp import wording
from galactica.mcp.articles import OpenedArticle, find, opened
from galactica.mcp.result import Report, ToolResult
from galactica.mcp.schemas import MAX_SIDES, ComparisonDocument, SideDocument
from galactica.model import Answer, Citation
from galactica.wire.answer import citation_document
from galactica.wire.objects import copied, plain

if TYPE_CHECKING:
    from galactica.library import Library

LANGUAGES = 4
"""Languages that are asked where none is named: a question to each costs as much as one to all."""

PROOFS = 3
"""Quotations of one side."""

EXACT = 30
"""Results that are looked through for other articles of the same title."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """A language or a source, and what it says."""

    language: str
    source: str
    text: str
    citations: tuple[Citation, ...]


def compare(
    library: Library, *, question: str, title: str, languages: Sequence[str], sources: Sequence[str], report: Report
) -> ToolResult:
    """Compare by a question or by a title.

    Raises:
        UsageError: both were given, or neither; or there is no such article.
    """
    if bool(question.strip()) == bool(title.strip()):
        raise UsageError("Compare by one question or by one title.", "Give question or title, not both.")
    notes: list[str] = []
    if title:
        verdict = ""
        sides = _openings(library, title, languages, sources)
        if len(sides) < 2:
            notes.append("No other article on this was found by its title or another name of it.")
    else:
        whole = library.ask(question, report=report)
        verdict = whole.verdict.value
        notes += whole.notes
        sides = [
            _asked(library, question, language, source, report)
            for language, source in _sides(library, languages, sources)
        ]
    document = ComparisonDocument(
        question=question,
        title=title,
        verdict=verdict,
        sides=[
            copied(SideDocument, side, citations=[citation_document(each) for each in side.citations]) for side in sides
        ],
        notes=notes,
    )
    return ToolResult(document=plain(document), words=_words(sides, verdict, notes))


def _words(sides: Sequence[Side], verdict: str, notes: Sequence[str]) -> str:
    lines = [f"All of them asked at once: {verdict.replace('_', ' ')}."] if verdict else []
    for side in sides:
        name = " · ".join(wording.safe_line(part) for part in (side.language, side.source) if part)
        said = wording.safe_line(side.text) or ("" if side.citations else "says nothing of it")
        lines.append(f"{name}: {said}".rstrip(": ") if said else f"{name}:")
        lines += [wording.cited(each) for each in side.citations]
    return "\n".join([*lines, *(f"Note: {wording.safe_line(note)}" for note in notes)])


def _sides(library: Library, languages: Sequence[str], sources: Sequence[str]) -> list[tuple[str, str]]:
    """(language, "") and ("", source) for each side, at most `MAX_SIDES`."""
    if not languages and not sources:
        languages = library.holdings.languages[:LANGUAGES]
        if len(languages) < 2:
            keys = dict.fromkeys(source.key for edition in library.editions for source in edition.sources)
            languages, sources = (), tuple(keys)
    wanted = [
        *((language, "") for language in dict.fromkeys(languages)),
        *(("", key) for key in dict.fromkeys(sources)),
    ]
    return wanted[:MAX_SIDES]


def _asked(library: Library, question: str, language: str, source: str, report: Report) -> Side:
    answer = library.ask(question, language=language, sources=(source,) if source else (), report=report)
    return Side(language=language, source=source, text=answer.text, citations=_proofs(answer))


def _proofs(answer: Answer) -> tuple[Citation, ...]:
    """Quotations of all statements and positions, each once."""
    found: dict[Citation, None] = {}
    for statement in answer.statements:
        found.update(dict.fromkeys(statement.citations))
    for position in answer.positions:
        found.update(dict.fromkeys(position.citations))
    return tuple(found)[:PROOFS]


def _openings(library: Library, title: str, languages: Sequence[str], sources: Sequence[str]) -> list[Side]:
    """The article and those on the same subject, by its names and in other languages; those that were asked for."""
    first = find(library, title)
    if first is None:
        raise UsageError(f"This library has no article {title[:200]!r}.", "Search for it, and compare by its id.")
    page = library.page(*first)
    places = [first, *((edition, head.row) for edition, head in page.translations)]
    for hit in library.search(page.article.title, limit=EXACT, by="words").hits:
        edition = library.edition(hit.edition)
        row = edition.row_of(hit.id)
        if hit.exact and row is not None:
            places.append((edition, row))
    found: dict[tuple[str, bytes], OpenedArticle] = {}
    for edition, row in places:
        one = opened(library, edition, row)
        wanted = (not languages or one.article.language in languages) and (not sources or one.article.source in sources)
        if wanted and len(found) < MAX_SIDES:
            found.setdefault((one.root, one.article.id), one)
    return [
        Side(language=one.article.language, source=one.article.source, text="", citations=(one.opening(),))
        for one in found.values()
    ]
