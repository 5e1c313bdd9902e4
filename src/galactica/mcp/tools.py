"""The tools: what each is called and takes, and the library's answer to it as a document and in words.

A tool is a function (library, arguments, report) → `Told`; the arguments fit its schema when it is called. It knows
nothing of the protocol, of threads or of sockets.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from galactica.errors import UsageError
from galactica.mcp import schemas, wording
from galactica.mcp.articles import open_article, section_of
from galactica.mcp.comparing import compare
from galactica.mcp.result import Report, ToolResult
from galactica.mcp.schemas import PieceDocument, SectionDocument
from galactica.model.json import Json
from galactica.wire.answer import answer_document
from galactica.wire.hits import results_document
from galactica.wire.objects import copied, plain
from galactica.wire.schema import Schema
from galactica.wire.work import standing_document

if TYPE_CHECKING:
    from galactica.library import Library

Arguments = Mapping[str, Json]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedTool:
    """A tool as it is offered.

    Attributes:
        takes, gives: JSON Schemas.
        asks: whether it reads many passages, so that few may run at once.
    """

    name: str
    title: str
    description: str
    takes: Schema
    gives: Schema
    run: Callable[[Library, Arguments, Report], ToolResult]
    asks: bool = False


def search_tool(library: Library, given: Arguments, report: Report) -> ToolResult:
    """Words → articles."""
    offset = whole_given(given, "offset", 0)
    page = library.search(
        text_given(given, "query"),
        limit=whole_given(given, "limit", 10),
        offset=offset,
        language=text_given(given, "language"),
        source=text_given(given, "source"),
    )
    said = wording.hits(page.hits, page.total, offset)
    if page.corrected:
        said += f"\nDid you mean: {wording.safe_line(page.corrected)}"
    return ToolResult(document=plain(results_document(page, offset)), words=said)


def read_tool(library: Library, given: Arguments, report: Report) -> ToolResult:
    """An article or a section of it, piece by piece."""
    page = open_article(library, text_given(given, "article"))
    first, last = 0, len(page.text)
    if text_given(given, "section"):
        section = section_of(page, text_given(given, "section"))
        first, last = section.start, section.end
    start = whole_given(given, "offset", first)
    if not first <= start <= last:
        raise UsageError(f"There is nothing at {start}.", f"Offsets here are {first} to {last}.")
    end = min(last, start + whole_given(given, "length", schemas.DEFAULT_PIECE))
    after = end if end < last else None
    sections = [
        SectionDocument(number=number, title=each.title, start=each.start, end=each.end)
        for number, each in enumerate(page.sections)
    ]
    document = copied(
        PieceDocument,
        page.article,
        address=page.address,
        edition=page.root,
        source_title=page.source.title,
        licence=page.licence,
        date=page.date,
        work=standing_document(page.root, page.standing) if page.standing is not None else None,
        sections=sections,
        start=start,
        end=end,
        total=len(page.text),
        next=after,
        text=page.text[start:end],
    )
    return ToolResult(document=plain(document), words=wording.piece(page, start, end, after))


def ask_tool(library: Library, given: Arguments, report: Report) -> ToolResult:
    """A question → an answer with its proofs."""
    found = library.ask(
        text_given(given, "question"),
        language=text_given(given, "language"),
        sources=texts_given(given, "sources"),
        group=given.get("group") is True,
        fast=given.get("fast") is True,
        report=report,
    )
    return ToolResult(document=plain(answer_document(found)), words=wording.answer_words(found))


def compare_sides(library: Library, given: Arguments, report: Report) -> ToolResult:
    """One question, or one subject, to several languages or sources."""
    return compare(
        library,
        question=text_given(given, "question"),
        title=text_given(given, "title"),
        languages=texts_given(given, "languages"),
        sources=texts_given(given, "sources"),
        report=report,
    )


def text_given(given: Arguments, key: str) -> str:
    """An argument that is a string; "" where it was not given."""
    return cast("str", given.get(key, ""))


def texts_given(given: Arguments, key: str) -> tuple[str, ...]:
    """An argument that is a list of strings."""
    return tuple(cast("list[str]", given.get(key, [])))


def whole_given(given: Arguments, key: str, default: int) -> int:
    """An argument that is a whole number; 5.0 is one for JSON Schema."""
    return int(cast("int", given.get(key, default)))


TOOLS = {
    tool.name: tool
    for tool in (
        OfferedTool(
            name="search",
            title="Search the library",
            description="Find articles by words, by title or by a whole question. Gives each article's address, the "
            "passage that fits best, its source, date and licence.",
            takes=schemas.SEARCH_TAKES,
            gives=schemas.SEARCH_GIVES,
            run=search_tool,
        ),
        OfferedTool(
            name="read",
            title="Read an article",
            description="Read an article, or one section of it, piece by piece. What it gives in `text` are the "
            "article's own words.",
            takes=schemas.READ_TAKES,
            gives=schemas.READ_GIVES,
            run=read_tool,
        ),
        OfferedTool(
            name="ask",
            title="Ask the library",
            description="Ask a question. The answer comes with the exact quotations that prove it, each with article, "
            "source, date and licence; its verdict says whether it is sure or only probable; where sources disagree, "
            "every side is given; where nothing is likely enough, it says so and shows what came nearest.",
            takes=schemas.ASK_TAKES,
            gives=schemas.ASK_GIVES,
            run=ask_tool,
            asks=True,
        ),
        OfferedTool(
            name="compare",
            title="Compare what languages and sources say",
            description="Ask the same question of several languages or sources, each alone, or see how each side's "
            "article on one subject begins. Gives each side's words with where they stand.",
            takes=schemas.COMPARE_TAKES,
            gives=schemas.COMPARE_GIVES,
            run=compare_sides,
            asks=True,
        ),
    )
}
"""Tools by name, in the order in which they are listed."""
