"""Verbs that open the reading room: serve, and demo, which builds the starter library first."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.finding import show
from galactica.cli.options import AsJson, Editions, NamedEditions, Quiet, ShelfFolder
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, tell, write, write_json
from galactica.hints import word
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import Library, Tracer
    from galactica.web.models import ShownModel

STARTER = ("pydoc:", "atlas:", "almanac:")
"""Built-in sources of the starter library: Python's own documentation, countries, elements, planets, units."""

STARTER_TITLE = "Galactica starter library"

QUESTION = "Which country has the most neighbours?"
TOUR = ("法国 首都", "speed of light", QUESTION)
"""What the demo searches: Chinese, facts, and a question as a person types it."""

Host = Annotated[str, typer.Option("--host", metavar="ADDRESS", help="The address to listen on.")]
Port = Annotated[
    int | None,
    typer.Option(
        "--port", "-p", metavar="PORT", min=0, max=65535, help="Default: 8080, or a free one if that is taken."
    ),
]


@verb
def serve_verb(
    named: NamedEditions = None,
    editions: Editions = None,
    host: Host = "127.0.0.1",
    port: Port = None,
    public: Annotated[bool, typer.Option("--public", help="Allow an address that other machines can reach.")] = False,
    cors: Annotated[
        list[str] | None,
        typer.Option("--cors", metavar="ORIGIN", help="A web site whose pages may use the API. Repeatable."),
    ] = None,
    view: Annotated[
        Path | None,
        typer.Option("--view", metavar="VIEW", help="A view in which texts are traced (galactica trace): /trace."),
    ] = None,
    model: Annotated[
        list[Path] | None,
        typer.Option("--model", metavar="MODEL", help="A model of galactica train lm: it gets a page. Repeatable."),
    ] = None,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Open the reading room in the browser, until Ctrl-C."""
    from galactica import library

    models = _shown(model or ())

    named_editions = chosen([*(named or ()), *(editions or ())], shelf)
    tracer = None
    if view is not None:
        with reporting(False) as report:
            tracer = library.open_tracer(view, editions=named_editions, report=report)
    with library.open_library(named_editions) as opened:
        _room(opened, host, port, public, tuple(cors or ()), _announcing(as_json), tracer, models)


def _shown(paths: Sequence[Path]) -> Sequence[ShownModel]:
    """What is told of language models, read before the room opens."""
    if not paths:
        return ()
    from galactica.library.language_models import told_of_model
    from galactica.web.models import shown_models
    from galactica.wire.training import model_training

    told = [(path, *told_of_model(path)) for path in paths]
    return shown_models([(path, model_training(training, str(path)), picture) for path, training, picture in told])


def _announcing(as_json: bool) -> Callable[[str], None]:
    """What to do with the room's address once it answers."""
    import sys

    def announce(address: str) -> None:
        if as_json:
            from galactica.wire.program import ListeningDocument

            write_json(ListeningDocument(url=address))
        else:
            write(f"Reading room: {address} (Ctrl-C closes it)")
        sys.stdout.flush()

    return announce


def _room(
    opened: Library,
    host: str,
    port: int | None,
    public: bool,
    cors: tuple[str, ...],
    announce: Callable[[str], None],
    tracer: Tracer | None = None,
    models: Sequence[ShownModel] = (),
) -> None:
    from galactica import web
    from galactica.web.server import DEFAULT_PORT

    def answering(address: str) -> None:
        if port is None and not address.endswith(f":{DEFAULT_PORT}/"):
            tell(f"Port {DEFAULT_PORT} is taken; another one that is free is used.")
        announce(address)

    try:
        web.serve(
            opened, host=host, port=port, public=public, cors=cors, tracer=tracer, models=models, announce=answering
        )
    except KeyboardInterrupt:
        tell("Closed.")


@verb
def demo(
    folder: Annotated[Path, typer.Option("--dir", metavar="FOLDER", help="Where to build it.")] = Path(".demo"),
    no_serve: Annotated[bool, typer.Option("--no-serve", help="Build and search only, for scripts.")] = False,
    host: Host = "127.0.0.1",
    port: Port = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Build the starter library, show a search and its size, open the reading room."""
    from galactica import library

    out = folder / "starter.edition"
    if out.exists():
        made = library.info(out)
        tell(f"{out} is there already.")
    else:
        folder.mkdir(parents=True, exist_ok=True)
        begun = time.monotonic()
        with reporting(quiet) as report:
            made = library.build(out, list(STARTER), title=STARTER_TITLE, report=report)
        tell(f"Built in {time.monotonic() - begun:.1f} s.")
    with library.open_library([out]) as opened:
        if as_json:
            from galactica.wire.edition import TourDocument, edition_document
            from galactica.wire.hits import results_document

            searches = [results_document(opened.search(query, limit=3)) for query in TOUR]
            edition = edition_document(str(out), made, library.known(out))
            write_json(TourDocument(edition=edition, searches=searches))
        else:
            articles = counted(made.articles, "article")
            write(f"\n{made.title}: {articles}, {size(made.bytes)} on disk, root {made.root[:16]}…")
            for query in TOUR:
                write(f"\n$ galactica search -e {word(out)} {word(query)}")
                show(opened.search(query, limit=3), opened)
        if not no_serve:
            _room(opened, host, port, False, (), tell if as_json else _announcing(False))
