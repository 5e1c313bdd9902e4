"""Verbs that ask: search, suggest, sql."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from galactica.cli.afar import named_afar, opened_afar
from galactica.cli.blobs import shown
from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, Language, OfSource, ShelfFolder
from galactica.cli.terminal import console, one_line, tell, write_json, write_table
from galactica.model.anchors import told
from galactica.model.said import counted

if TYPE_CHECKING:
    from rich.text import Text

    from galactica.library import Library, StaticReader
    from galactica.model import Hit
    from galactica.search import SearchPage


@verb
def search_verb(
    query: Annotated[list[str], typer.Argument(metavar="QUERY...", help='Words, a "phrase", title: lang: source:')],
    editions: Editions = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, max=1000, help="How many results.")] = 10,
    offset: Annotated[
        int, typer.Option("--offset", metavar="N", min=0, max=10_000, help="How many to leave out first.")
    ] = 0,
    language: Language = "",
    source: OfSource = "",
    by: Annotated[
        Literal["hybrid", "words"], typer.Option("--by", help="Words and meaning together, or words alone.")
    ] = "hybrid",
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Search by words or by a whole question. Nothing found is said, and is not an error (exit code 0)."""
    from galactica import library

    if afar := named_afar(editions):
        with opened_afar(afar) as far:
            page = far.search(" ".join(query), limit=limit, offset=offset, language=language, source=source)
            if as_json:
                from galactica.wire.hits import results_document

                write_json(results_document(page, offset))
            else:
                show(page, far, offset)
        return
    with library.open_library(chosen(editions, shelf)) as opened:
        page = opened.search(" ".join(query), limit=limit, offset=offset, language=language, source=source, by=by)
        if as_json:
            from galactica.wire.hits import results_document

            write_json(results_document(page, offset))
        else:
            show(page, opened, offset)


def show(page: SearchPage, opened: Library | StaticReader, offset: int = 0) -> None:
    """A page of results for a person."""
    for note in page.notes:
        tell(note)
    if page.corrected:
        tell(f"Did you mean: {one_line(page.corrected)}")
    if not page.hits:
        tell("Nothing found.")
        return
    from rich.text import Text

    out = console()
    for number, hit in enumerate(page.hits, start=offset + 1):
        heading = Text(f"{number:>2}. ").append(one_line(hit.title), style="bold")
        out.print(heading.append(f"  {_origin(hit, opened)}", style="dim"))
        out.print(Text("    ").append_text(marked_snippet(hit)))
    if page.total > offset + len(page.hits):
        tell(f"{counted(page.total, 'article matches|articles match')}; --offset {offset + len(page.hits)} shows more.")


def marked_snippet(hit: Hit) -> Text:
    """The snippet with its matching words bold. Cleaning keeps lengths, so the spans still fit."""
    from rich.text import Text

    text = Text(one_line(hit.snippet))
    for start, end in hit.marks:
        text.stylize("bold yellow", start, end)
    return text


def _origin(hit: Hit, opened: Library | StaticReader) -> str:
    """Work and place there, language, source, date and passage of a result; what is called alike, once."""
    facts = [
        hit.work,
        told(hit.place),
        hit.language,
        opened.source_title(hit.edition, hit.source),
        hit.date,
        f"passage {hit.passage}",
        f"score {hit.score:.2f}",
    ]
    return one_line(" · ".join(dict.fromkeys(fact for fact in facts if fact)))


@verb
def suggest_verb(
    typed: Annotated[list[str], typer.Argument(metavar="TYPED...", help="The beginning of a title; typos forgiven.")],
    editions: Editions = None,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, max=100, help="How many.")] = 10,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Suggest titles for what was typed so far."""
    from galactica import library

    afar = named_afar(editions)
    with opened_afar(afar) if afar else library.open_library(chosen(editions, shelf)) as opened:
        found = opened.suggest(" ".join(typed), limit=limit)
        if as_json:
            from galactica.wire.hits import suggestions_document

            write_json(suggestions_document(" ".join(typed), found, opened.source_title))
            return
    out = console()
    for each in found:
        out.print(one_line(each.title if each.matched == each.title else f"{each.matched} → {each.title}"))
    if not found:
        tell("Nothing found.")


@verb
def sql_verb(
    query: Annotated[str, typer.Argument(metavar="SELECT", help="One SELECT in DuckDB's dialect, or - for stdin.")],
    editions: Editions = None,
    rows: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, max=1_000_000, help="Rows at most.")] = 1000,
    seconds: Annotated[float, typer.Option("--seconds", metavar="S", min=0.1, max=3600, help="Time at most.")] = 30.0,
    memory: Annotated[
        int, typer.Option("--memory", metavar="MIB", min=64, max=65_536, help="Memory at most, in MiB.")
    ] = 1024,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Ask one SELECT over the tables of editions: articles, passages, sources, media, rejected, edition.

    An edition without media or without anything left out has no such table; each table has a column edition.
    It is answered in a sandbox: no file but the tables can be read, none written, within the limits. Bytes are
    shown by what they are and how many; hex(COLUMN) and --json give their digits.
    """
    from galactica import library
    from galactica.query import SqlLimits

    limits = SqlLimits(seconds=seconds, memory=memory * 2**20, rows=rows)
    paths: tuple[Path, ...] = chosen(editions, shelf)
    found = library.sql(_question(query), paths, limits=limits)
    if as_json:
        from galactica.wire.program import rows_document

        write_json(rows_document(found))
        return
    write_table(found.columns, [list(map(shown, row, found.types)) for row in found.rows])
    if found.truncated:
        tell(f"Cut off after {counted(len(found.rows), 'row')}; --limit allows more.")


def _question(query: str) -> str:
    """The query itself, or standard input for "-" (a little more than is allowed, so that too much is noticed)."""
    if query != "-":
        return query
    import sys

    from galactica.query.sql import MAX_QUERY

    return sys.stdin.read(MAX_QUERY + 1)
