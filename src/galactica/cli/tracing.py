"""The verb that leads a text back to its sources: trace."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import counted, one_line, size, tell, write, write_json
from galactica.errors import InputError

if TYPE_CHECKING:
    from galactica.library import TracedPlace, TracedText

SHOWN = 160
"""Letters of a span that are shown."""


@verb
def trace_verb(
    view: Annotated[Path, typer.Argument(metavar="VIEW", help="A view: NAME.view.")],
    text: Annotated[str, typer.Argument(metavar="[TEXT]", help="The text; without it, --file or stdin.")] = "",
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="A file with the text, in UTF-8.")
    ] = None,
    least: Annotated[
        int | None,
        typer.Option("--least", metavar="BYTES", min=1, help="The shortest stretch; else what is beyond chance."),
    ] = None,
    places: Annotated[int, typer.Option("--places", metavar="N", min=1, max=16, help="Places of each stretch.")] = 3,
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=1, help="Stretches that are shown.")] = 20,
    index: Annotated[
        Path | None, typer.Option("--index", metavar="FOLDER", help="Its index; else NAME.trace beside the view.")
    ] = None,
    workers: Annotated[
        int, typer.Option("--workers", metavar="N", min=1, max=64, help="Processes that make the index.")
    ] = 1,
    editions: Editions = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Say which stretches of a text stand word for word in a view, and where: article, source, date, licence.

    Stretches are compared byte for byte; nothing is made equal, neither case nor white space. The longest come first.
    The index of the view is made when it is first needed (64 MB of text in some 10 seconds, 0.4 to 0.6 times its size)
    and kept beside it; stopped at any moment, the same command goes on.
    """
    from galactica import library

    given = text.encode("utf-8", "surrogateescape") if text else _read(file)
    with reporting(quiet) as report:
        tracer = library.open_tracer(
            view, editions=chosen(editions, shelf) if editions else (), index=index, workers=workers, report=report
        )
    begun = time.perf_counter()
    traced = tracer.trace(given, least=least, places=places)
    took = (time.perf_counter() - begun) * 1000
    if as_json:
        from galactica.wire.traced import traced_document

        write_json(traced_document(tracer.view.hash, traced, took))
        return
    for line in _lines(traced, limit):
        write(line)
    if not quiet:
        tell(f"{took:.0f} ms, in {counted(len(tracer.view), 'document')} of {size(tracer.index.manifest.text_bytes)}")


def _read(file: Path | None) -> bytes:
    from galactica.library import LARGEST_TEXT

    if file is None or str(file) == "-":
        return sys.stdin.buffer.read(LARGEST_TEXT + 1)
    try:
        with file.open("rb") as opened:
            return opened.read(LARGEST_TEXT + 1)
    except OSError as error:
        raise InputError(f"{file} cannot be read: {error.strerror}.", "Name a file with a text.") from error


def _lines(traced: TracedText, limit: int) -> Iterator[str]:
    """What was found, for a person: the longest spans first."""
    spans = sorted(traced.spans, key=lambda span: (-span.bytes, span.start))
    if not spans:
        yield f"Nothing of {traced.least:,} bytes or more stands in the view word for word."
        return
    yield (
        f"{traced.share:.0%} of {traced.bytes:,} bytes stand in the view word for word, in "
        f"{counted(len(spans), 'stretch')} of {traced.least:,} bytes or more"
    )
    for span in spans[:limit]:
        yield ""
        words = one_line(traced.text[span.start : span.end])
        short = f"{words[: SHOWN // 2]} … {words[-SHOWN // 2 :]}" if len(words) > SHOWN else words
        yield f"{span.bytes:,} bytes at {span.start:,}: “{short}”"
        yield from (f"  {_told(place)}" for place in span.places)
        if span.count > len(span.places):
            yield f"  in {counted(span.count, 'place')}"
    if len(spans) > limit:
        yield f"\n… and {len(spans) - limit:,} more; --limit shows them."


def _told(place: TracedPlace) -> str:
    facts = place.facts
    told = ", ".join(filter(None, (facts.source, facts.date[:10], facts.licence or "licence unknown", facts.address)))
    return one_line(f"{facts.title}  [{told}]")
