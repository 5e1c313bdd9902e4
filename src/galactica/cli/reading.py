"""Verbs that show what an edition holds: info, ls, read."""

from __future__ import annotations

import heapq
import html
import itertools
from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli import belonging, left_out
from galactica.cli.afar import info_afar, named_afar, read_afar
from galactica.cli.choice import chosen, unsure
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, Language, NamedEditions, OfSource, ShelfFolder
from galactica.cli.stating import stated_lines
from galactica.cli.terminal import one_line, size, tell, write, write_json
from galactica.codes.collation import sort_key
from galactica.errors import GalacticaError
from galactica.hints import word
from galactica.model import date_of, licence_of
from galactica.model.apart import apart
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.collection.works import InWork
    from galactica.edition import Edition, EditionInfo, Head
    from galactica.library import Library, PartialHeader, Verified


MOST_NAMESAKES = 8
"""Other articles of the name that was asked for that are told."""


class TextFormat(StrEnum):
    """How an article is written out."""

    MARKDOWN = "md"
    HTML = "html"
    TEXT = "text"
    JSON = "json"


@verb
def info_verb(
    named: NamedEditions = None, editions: Editions = None, shelf: ShelfFolder = None, as_json: AsJson = False
) -> None:
    """Show what an edition holds: articles, languages, sources with their licences, indexes, size, root."""
    from galactica import library

    if afar := named_afar([*(named or ()), *(editions or ())]):
        info_afar(afar, as_json=as_json)
        return
    paths = chosen([*(named or ()), *(editions or ())], shelf, heed=False, older=True)
    found = [(path, library.info(path), library.known(path)) for path in paths]
    if as_json:
        from galactica.wire.edition import info_document

        write_json(info_document(found))
        return
    for number, (path, value, known) in enumerate(found):
        whole = _known(word(path), known)
        write(("\n" if number else "") + "\n".join(_lines(str(path), value, whole)))


def _known(path: str, verified: Verified | None) -> str:
    """What this machine knows of an edition's being whole."""
    if verified is None:
        return f"not on this machine; do it: galactica verify {path}"
    return f"found whole on {verified.day}" if verified.ok else unsure(verified)


def _lines(path: str, value: EditionInfo, known: str) -> Iterator[str]:
    yield f"{value.title or path}"
    yield f"  path       {path}"
    yield f"  root       {value.root}"
    if value.partial is not None:
        yield f"  part of    {part_of(value.partial)}"
        from galactica.edition.partial import has_whole_leaves

        if not has_whole_leaves(Path(path), value.partial):
            yield "             cannot be proved against that root: the leaf hashes of the whole are not here"
    if value.parent:
        yield f"  parent     {value.parent}"
    yield f"  edition    number {value.number:,}, format {value.format_version}"
    yield f"  articles   {value.articles:,} (and {counted(value.aliases, 'other title')})"
    if value.works:
        yield f"  works      {value.works:,}"
    if value.statements:
        yield f"  statements {value.statements:,}"
    yield f"  passages   {value.passages:,}"
    yield f"  meaning    {_meaning(word(path), value)}"
    yield f"  media      {value.media:,}"
    yield f"  left out   {value.rejected:,}"
    for line in left_out.left_out_lines(value):
        yield f"             {line}"
    if kept := left_out.kept(value):
        yield f"  kept       {kept}"
    yield f"  verified   {known}"
    yield f"  size       {size(value.bytes)}"
    yield f"  languages  {', '.join(f'{tag} {count:,}' for tag, count in value.languages)}"
    yield f"  licences   {', '.join(value.licences) or 'not stated'}"
    for source in value.sources:
        facts = ", ".join(fact for fact in (source.format, source.date, source.licence, source.url) if fact)
        yield f"  source     {one_line(source.title or source.key)} [{source.key}] ({facts})"


def part_of(partial: PartialHeader) -> str:
    """Of which whole an edition is a part, and how much of it, in a few words."""
    here, count = partial.articles
    told = f"{partial.root}: {here:,} of {count:,} articles are here"
    if not partial.bytes:  # it did not travel: it is what volumes had left
        return f"{told} ({100 * here / max(1, count):.1f} %)"
    return f"{told}, {size(partial.arrived)} of {size(partial.bytes)} ({100 * partial.arrived / partial.bytes:.0f} %)"


def _meaning(path: str, value: EditionInfo) -> str:
    """How far the index of meaning is, in a few words."""
    found = value.meaning
    if found is None:
        return f"no index; make it: galactica index {path}"
    done = "" if found.complete else f"; {found.done:,} of {found.total:,} passages done; go on: galactica index {path}"
    return f"encoder {one_line(found.encoder)} ({found.digest[:12]}, {found.dimensions} dimensions){done}"


@verb
def ls(
    named: NamedEditions = None,
    editions: Editions = None,
    language: Language = "",
    source: OfSource = "",
    start: Annotated[str, typer.Option("--start", metavar="TEXT", help="Begin at this title.")] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, max=1_000_000, help="How many.")] = 100,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """List titles from A to Z."""
    from galactica import library

    with library.open_library(chosen([*(named or ()), *(editions or ())], shelf)) as opened:
        lists = [
            [(edition, head) for head in _heads(opened, edition, start, limit, language, source)]
            for edition in opened.editions
        ]
        # Each list is in order; together they are one from A to Z, whichever edition a title stands in.
        listed = list(itertools.islice(heapq.merge(*lists, key=_order), limit))
        if as_json:
            from galactica.wire.article import list_document

            write_json(list_document((edition.root, head) for edition, head in listed))
            return
        facts = [(head.title, _facts(edition, head)) for edition, head in listed]
        for (_, head), beside in zip(listed, apart(facts), strict=True):
            write(one_line(f"{head.title}  [{', '.join(beside)}]" if beside else head.title))


def _facts(edition: Edition, head: Head) -> tuple[str, ...]:
    """What may tell an article from others of its title."""
    return head.language, edition.source(head.source).title or head.source, edition.path.name, head.path


def _order(each: tuple[Edition, Head]) -> bytes:
    """Where a title stands from A to Z."""
    return sort_key(each[1].title, each[1].language)


def _heads(opened: Library, edition: Edition, start: str, limit: int, language: str, source: str) -> list[Head]:
    """The first `limit` heads from `start` on that pass the filters, asking for more until there are enough."""
    asked = limit
    while True:
        entries = opened.titles(edition, start=start, limit=asked)
        heads = (edition.head(entry.row) for entry in entries)
        fit = [head for head in heads if language in ("", head.language) and source in ("", head.source)]
        if len(fit) >= limit or len(entries) < asked:
            return fit[:limit]
        asked *= 4


def _tell_others(opened: Library, name: str, taken: Head) -> None:
    """Say which other articles have the name by which one was asked for."""
    heads = [edition.head(row) for edition, row in opened.namesakes(name)[:MOST_NAMESAKES]]
    others = {head.id: head for head in heads if head.id != taken.id}
    if others:
        told = ", ".join(
            f"{one_line(each.title)} of {one_line(each.source)} ({each.id.hex()})" for each in others.values()
        )
        tell(f"This is the one of {one_line(taken.source)}. By its id another of that name is read: {told}.")


@verb
def read_verb(
    wanted: Annotated[list[str], typer.Argument(metavar="TITLE|ID", help="A title, another title of it, or an id.")],
    editions: Editions = None,
    format: Annotated[
        TextFormat, typer.Option("--format", "-f", metavar="md|html|text|json", help="How to write it out.")
    ] = TextFormat.TEXT,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Read an article. Exit code 1 when there is none of that name."""
    from galactica import library
    from galactica.model.projection import project

    name = " ".join(wanted)
    if afar := named_afar(editions):
        read_afar(afar, name, form="json" if as_json else format.value)
        return
    with library.open_library(chosen(editions, shelf)) as opened:
        found = opened.find(name)
        if found is None and (named := opened.work_named(name)) is not None:
            raise GalacticaError(
                f"There is no article called {name}, but a work ({one_line(named[0].kind)}) whose parts are articles.",
                belonging.begin(named[1], _editions(editions)),
            )
        if found is None:
            near = ", ".join(dict.fromkeys(each.title for each in opened.suggest(name, limit=5)))
            raise GalacticaError(
                f"There is no article called {name}.",
                f"Did you mean: {near}?" if near else f"Try: galactica search {_editions(editions)}{word(name)}",
            )
        edition, row = found
        _tell_others(opened, name, edition.head(row))
        article = edition.article(row)
        standing = opened.in_work(edition, row) if article.work else None
        above = list(belonging.above(article, standing))
        stated = opened.stated(edition, row)
        told = "".join(f"{line}\n" for line in stated_lines(stated))
        below = (f"{told}\n" if told else "") + "\n".join(
            [_origin(edition, row, standing), *belonging.below(standing, _editions(editions))]
        )
        if as_json or format is TextFormat.JSON:
            from galactica.wire.article import article_text_document

            source, passages = edition.source(article.source), edition.passages(row)
            text = project(article.body)
            made = article_text_document(
                edition.root, article, source, standing, stated=stated, text=text, passages=passages
            )
            write_json(made)
        elif format is TextFormat.HTML:
            title = html.escape(article.title)
            about = f"<p>{'<br>'.join(map(html.escape, above))}</p>\n" if above else ""
            write(
                f'<!DOCTYPE html>\n<html lang="{html.escape(article.language)}">\n<meta charset="utf-8">\n'
                f"<title>{title}</title>\n<h1>{title}</h1>\n{about}{article.body}\n</html>"
            )
        elif format is TextFormat.MARKDOWN:
            from galactica.model.markdown import to_markdown

            about = "".join(f"{line}\n\n" for line in above)
            write(f"# {one_line(article.title)}\n\n{about}{to_markdown(article.body)}\n\n{below}")
        else:
            about = "".join(f"{line}\n" for line in above)
            write(f"{one_line(article.title)}\n{about}\n{_with_times(edition, article.body)}\n\n{below}")


def _with_times(edition: Edition, body: str) -> str:
    """The text of a body, with the time before each line of a transcript at which it begins."""
    from galactica.model.anchors import clock
    from galactica.model.projection import outline

    outlined = outline(body)
    if not any(identifier.startswith("time:") for _, identifier in outlined.anchors):
        return outlined.text
    anchors = edition.anchors(outlined)
    lines, at, before = [], 0, ""
    for line in outlined.text.split("\n"):
        seconds = dict(anchors.at(at)).get("time", "")
        lines.append(f"[{clock(seconds)}] {line}" if seconds and seconds != before else line)
        before, at = seconds, at + len(line) + 1
    return "\n".join(lines)


def _editions(named: list[str] | None) -> str:
    """The editions that were named, as options of the next command."""
    return "".join(f"-e {word(name)} " for name in named or ())


def _origin(edition: Edition, row: int, standing: InWork | None) -> str:
    """Where an article comes from, in one line."""
    article = edition.article(row)
    source = edition.source(article.source)
    work = standing.work if standing is not None else None
    facts = (
        source.title or source.key,
        date_of(article.modified, article.published, work, source),
        licence_of(article.licence, work, source),
        article.url,
    )
    return "— " + ", ".join(one_line(fact) for fact in facts if fact)
