"""The verb that leads a text back to its sources: trace."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, size, tell, write, write_json
from galactica.errors import InputError, UsageError
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import ModelSamples, TracedPlace, TracedText

SHOWN = 160
"""Letters of a span that are shown."""


@verb
def trace_verb(
    what: Annotated[
        Path, typer.Argument(metavar="MODEL|VIEW", help="A view, NAME.view, or a model of galactica train lm.")
    ],
    text: Annotated[
        str | None,
        typer.Argument(metavar="[TEXT]", help="The text; without it --file, a model's samples, or stdin."),
    ] = None,
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="A file with the text, in UTF-8.")
    ] = None,
    view: Annotated[
        Path | None, typer.Option("--view", metavar="VIEW", help="Of a model: its view, if it lies not beside it.")
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
    Of a model, a text is traced in the view that it learned from; without a text, the samples that it wrote are.
    The index of the view is made when it is first needed (64 MB of text in some 10 seconds, 0.4 to 0.6 times its size)
    and kept beside it; stopped at any moment, the same command goes on.
    """
    from galactica import library

    place, texts = _asked(what, view, text, file)
    with reporting(quiet) as report:
        tracer = library.open_tracer(
            place, editions=chosen(editions, shelf) if editions else (), index=index, workers=workers, report=report
        )
    if isinstance(texts, library.ModelSamples):
        if texts.view != tracer.view.hash:
            raise UsageError(f"{what} did not learn from {place}.", "Name the view that it learned from: --view.")
        texts = texts.texts
    traced = []
    for each in texts:
        begun = time.perf_counter()
        found = tracer.trace(each, least=least, places=places)
        traced.append((found, (time.perf_counter() - begun) * 1000))
    memorised = library.memorised_of(found for found, _ in traced)
    if as_json:
        from galactica.wire.traced import traced_texts_document

        write_json(traced_texts_document(tracer.view.hash, traced, memorised))
        return
    for number, (found, _) in enumerate(traced):
        if len(traced) > 1:
            write(f"{chr(10) if number else ''}{number + 1}. “{_short(found.text)}”")
        for line in _lines(found, limit):
            write(line)
    if len(traced) > 1:
        told = ", ".join(f"{share:.1%} in {length:,} bytes or more" for length, share in memorised.shares[1:] if share)
        write(f"\nOf all {len(traced):,} texts {memorised.shares[0][1]:.1%} stand there{told and f'; {told}'}")
    if not quiet:
        took = sum(took for _, took in traced)
        tell(f"{took:.0f} ms, in {counted(len(tracer.view), 'document')} of {size(tracer.index.manifest.text_bytes)}")


def _asked(
    what: Path, view: Path | None, text: str | None, file: Path | None
) -> tuple[Path, Sequence[bytes | str] | ModelSamples]:
    """(the view, the texts) that are meant: of a model whose samples are meant, these."""
    from galactica import library

    if text == "":
        raise UsageError("There is no text to trace.", "Write it, or name a file with --file.")
    given = None if text is None else text.encode("utf-8", "surrogateescape")
    if not (what / library.TRAINING).is_file():
        return what, [_read(file) if given is None else given]
    samples = library.model_samples(what)
    place = view or what.absolute().parent / Path(samples.name).name
    if given is not None or file is not None:
        return place, [_read(file) if given is None else given]
    return place, samples


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
        yield f"Nothing of {traced.least:,} bytes or more stands in the view word for word; --least looks for less."
        return
    yield (
        f"{traced.share:.0%} of {traced.bytes:,} bytes stand in the view word for word, in "
        f"{counted(len(spans), 'span')} of {traced.least:,} bytes or more"
    )
    for span in spans[:limit]:
        yield ""
        yield f"{span.bytes:,} bytes at {span.start:,}: “{_short(traced.text[span.start : span.end])}”"
        yield from (f"  {_told(place)}" for place in span.places)
        if span.count > len(span.places):
            yield f"  in {counted(span.count, 'place')}"
    if len(spans) > limit:
        yield f"\n… and {len(spans) - limit:,} more; --limit shows them."
    if traced.untold:
        yield f"\n{traced.untold:,} more are too short and too many to be compared; --least leaves them out."


def _short(text: str) -> str:
    words = one_line(text)
    return f"{words[: SHOWN // 2]} … {words[-SHOWN // 2 :]}" if len(words) > SHOWN else words


def _told(place: TracedPlace) -> str:
    facts = place.facts
    told = ", ".join(filter(None, (facts.source, facts.date[:10], facts.licence or "licence unknown", facts.address)))
    return one_line(f"{facts.title}  [{told}]")
