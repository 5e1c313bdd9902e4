"""The report of an edition in a terminal: a table by kind, and samples of what was left out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, NamedEditions, ShelfFolder
from galactica.cli.terminal import one_line, write, write_json
from galactica.wire.left_out import why_of

if TYPE_CHECKING:
    from galactica.library import EditionReport, KindReport

SHOWN = 24
"""Kinds that a build shows; `galactica report` shows all."""

_COLUMNS = (
    ("files", "files"),
    ("read", "read"),
    ("articles", "articles"),
    ("aliases", "other titles"),
    ("works", "works"),
    ("statements", "statements"),
    ("media", "media"),
    ("rejected", "left out"),
)
"""What is counted, and what it is called. A column without any is not shown."""


@verb
def report_verb(
    named: NamedEditions = None, editions: Editions = None, shelf: ShelfFolder = None, as_json: AsJson = False
) -> None:
    """Show what came of everything that an edition was made of.

    By kind of file or source: what was read, what it gave, and what was left out and why, with examples. Of folders
    every file is counted: it was read, is kept because a page shows it, or is among what was left out.
    """
    from galactica import library

    found = []
    with library.open_library(chosen([*(named or ()), *(editions or ())], shelf)) as opened:
        for edition in opened.editions:
            found.append(library.edition_report(edition))
    if as_json:
        from galactica.wire.report import reports_document

        write_json(reports_document(found))
        return
    for number, report in enumerate(found):
        if number:
            write("")
        write(one_line(report.title or report.root[:12]))
        for line in (*report_lines(report), *_reasons(report)):
            write(line)


def report_lines(report: EditionReport, *, most: int = 0) -> Iterator[str]:
    """The table by kind.

    Args:
        most: how many kinds; 0: all.
    """
    total = report.total
    sums = {name: getattr(total, name) for name, _ in _COLUMNS} | {"rejected": report.rejected}
    columns = [(name, called) for name, called in _COLUMNS if sums[name]]
    shown = report.kinds[: most or None]
    rows = [["", *(called for _, called in columns)]]
    rows += [[_called(kind), *(_number(getattr(kind, name)) for name, _ in columns)] for kind in shown]
    if len(report.kinds) > 1:
        rows.append(["together", *(_number(sums[name]) for name, _ in columns)])
    widths = [max(len(row[at]) for row in rows) for at in range(len(columns) + 1)]
    for row in rows:
        numbers = (f"{cell:>{width}}" for cell, width in zip(row[1:], widths[1:], strict=True))
        yield "  ".join((f"{row[0]:<{widths[0]}}", *numbers)).rstrip()
    if len(report.kinds) > len(shown):
        yield f"… and {len(report.kinds) - len(shown):,} more kinds: galactica report"


def _reasons(report: EditionReport) -> Iterator[str]:
    """What was left out of each kind, with examples, which are named by their source where there are several."""
    several = report.sources > 1
    for kind in report.kinds:
        for reason in kind.left_out:
            why = why_of(kind.kind, reason.reason)
            yield ""
            yield f"{reason.count:,} × {_called(kind)}: {one_line(reason.reason)}{f' ({why})' if why else ''}"
            for sample in reason.samples:
                detail = f": {one_line(sample.detail)[:160]}" if sample.detail else ""
                source = f"{one_line(sample.source)[:60]}: " if several else ""
                yield f"  {source}{one_line(sample.where)[:120]}{detail}"
            if reason.count > len(reason.samples):
                yield f"  … and {reason.count - len(reason.samples):,} more; all: galactica sql 'from rejected'"


def _called(kind: KindReport) -> str:
    return one_line(kind.kind)[:40] or "no kind"


def _number(count: int) -> str:
    return f"{count:,}" if count else "·"
