"""Verbs about who may sign for a publication: keys root, keys rotate, keys show."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ConfigFolder
from galactica.cli.terminal import one_line, tell, write, write_json
from galactica.errors import UsageError
from galactica.hints import word

if TYPE_CHECKING:
    from galactica.library.keys import RootState

Keys = Annotated[
    list[str],
    typer.Argument(
        metavar="KEY...",
        help="Public keys: a name of yours, a .pub file, or the line in it. NAME=KEY says whose it is.",
    ),
]
ServerKeys = Annotated[
    list[str] | None,
    typer.Option(
        "--server",
        metavar="KEY",
        help="A key that says on line what is newest; else each of the others does. Repeatable.",
    ),
]


@verb
def root(
    signers: Keys,
    threshold: Annotated[
        int, typer.Option("--threshold", "-t", metavar="N", min=1, help="How many of them must sign.")
    ],
    out: Annotated[
        Path, typer.Option("--out", "-o", metavar="PLACE", help="The folder of the publication, or a file N.root.json.")
    ],
    title: Annotated[str, typer.Option("--title", metavar="TEXT", help="What the publication is called.")] = "",
    server: ServerKeys = None,
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Begin a publication that several people vouch for: who may sign, and how many of them must.

    The root document waits until enough have signed it: galactica keys sign PLACE --key KEY, each on their own machine.
    """
    from galactica.library import keys

    made = keys.new_root(
        signers, threshold, out, settings=open_settings(config), now=today(), title=title, server=server or ()
    )
    _say_roots([made], as_json)
    tell(f"Now each of them signs it: galactica keys sign {word(out)} --key KEY")


@verb
def rotate(
    place: Annotated[Path, typer.Argument(metavar="PLACE", help="A publication, or the file of its newest root.")],
    add: Annotated[
        list[str] | None,
        typer.Option("--add", metavar="KEY", help="A public key that may sign from now on. Repeatable."),
    ] = None,
    remove: Annotated[
        list[str] | None,
        typer.Option("--remove", metavar="KEY", help="One that may sign no more, by name or number. Repeatable."),
    ] = None,
    threshold: Annotated[
        int | None, typer.Option("--threshold", "-t", metavar="N", min=1, help="How many must sign from now on.")
    ] = None,
    server: ServerKeys = None,
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="Where it is put. Default: in the publication.")
    ] = None,
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Change who may sign: make the next root document, which the old keys and the new ones must sign.

    Releases that are to stay must be signed again by the new keys: galactica keys sign PLACE --all.
    """
    from galactica.library import keys

    if not any((add, remove, threshold, server)):
        raise UsageError("Nothing is changed.", "Say --add, --remove, --server or --threshold.")
    made = keys.next_root_of(
        place,
        settings=open_settings(config),
        now=today(),
        add=add or (),
        remove=remove or (),
        server=server or (),
        threshold=threshold or 0,
        out=out,
    )
    _say_roots([made], as_json)
    tell(f"Now the old and the new sign it: galactica keys sign {word(out or place)} --key KEY")


@verb
def show(
    place: Annotated[Path, typer.Argument(metavar="PLACE", help="A publication, or the file of a root document.")],
    as_json: AsJson = False,
) -> None:
    """Show who may sign for a publication, how many must, who has, and what became of the keys."""
    from galactica.library import keys

    _say_roots(keys.root_states(place), as_json)


def described_roots(states: list[RootState] | tuple[RootState, ...]) -> str:
    """Root documents, for a person."""
    from galactica.library import keys

    lines = []
    for each in states:
        lines.append(one_line(f"{'WAITS: ' if each.waiting else ''}{keys.described_root(each.document)}"))
        signed = ", ".join(key.told for key in each.signatures.signed) or "nobody yet"
        lines.append(one_line(f"  signed by {signed}; holds on line until {each.document.expires:%Y-%m-%d}"))
        lines += [one_line(f"  needed: {missing.told}") for missing in each.signatures.missing]
    lines.append(f"Publication {states[-1].document.publication}")
    return "\n".join(lines)


def today() -> datetime:
    """The time that documents are made at, UTC, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


def _say_roots(states: list[RootState] | tuple[RootState, ...], as_json: bool) -> None:
    if as_json:
        from galactica.wire.trusted import roots_document

        write_json(roots_document(states))
        return
    write(described_roots(states))
