"""Options that several verbs share, so that each means the same and is described in the same words everywhere."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Editions = Annotated[
    list[str] | None,
    typer.Option(
        "--edition",
        "-e",
        metavar="EDITION",
        help="An edition: a path, or a name on the shelf. Repeatable.",
    ),
]
NamedEditions = Annotated[
    list[str] | None,
    typer.Argument(metavar="[EDITION]...", help="Paths, or names on the shelf; without any, the whole shelf."),
]
OfView = Annotated[
    Path | None,
    typer.Option("--view", metavar="VIEW", help="Learn from what a view has, and nothing else (galactica dataset)."),
]
ShelfFolder = Annotated[
    Path | None,
    typer.Option("--shelf", metavar="FOLDER", envvar="GALACTICA_SHELF", help="The folder that is your shelf."),
]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON document on standard output.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress.")]
Language = Annotated[str, typer.Option("--lang", metavar="TAG", help="Only articles in this language (BCP 47).")]
OfSource = Annotated[str, typer.Option("--source", metavar="KEY", help="Only articles of this source.")]
ConfigFolder = Annotated[
    Path | None,
    typer.Option("--config", metavar="FOLDER", envvar="GALACTICA_CONFIG", help="The folder of your settings."),
]
EncoderName = Annotated[
    str,
    typer.Option(
        "--encoder",
        metavar="NAME",
        help="For this time: static, minilm or a trained file. Else what galactica encoder use has set.",
    ),
]
ClusterName = Annotated[
    str,
    typer.Option("--cluster", metavar="ENGINE", help="Where the work is done: ray://HOST:PORT, ray:auto or ray:local."),
]
StoreAddress = Annotated[
    str,
    typer.Option("--store", metavar="URL", help="A folder that all its machines reach: file:///… or s3://…"),
]
