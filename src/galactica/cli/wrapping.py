"""The verbs that hand editions to links which speak another protocol: wrap, unwrap."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet
from galactica.cli.progress import reporting
from galactica.cli.terminal import one_line, write, write_json
from galactica.model.said import counted


class WrappedAs(StrEnum):
    """Into what."""

    bundle = "bundle"
    cfdp = "cfdp"


@verb
def wrap_verb(
    publication: Annotated[Path, typer.Argument(metavar="PUBLICATION", help="The newest release of it is wrapped.")],
    out: Annotated[Path, typer.Argument(metavar="OUT", help="A new folder.")],
    into: Annotated[
        WrappedAs,
        typer.Option("--as", help="bundle: Bundle Protocol 7 (RFC 9171); cfdp: file transfers of CCSDS."),
    ] = WrappedAs.bundle,
    to: Annotated[
        str, typer.Option("--to", metavar="EID", help="Where bundles go: dtn://mars/galactica or ipn:2.1.")
    ] = "dtn:none",
    source: Annotated[str, typer.Option("--from", metavar="EID", help="Whom bundles come from.")] = "dtn:none",
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Write a published edition as bundles or CFDP file transfers, a file each, for a link that speaks these.

    galactica unwrap makes a publication of them again, with all that vouches for the edition.
    """
    from galactica import library

    with reporting(quiet) as report:
        made = library.wrap(publication, out, library.Wrapping(into.value), to=to, source=source, report=report)
    if as_json:
        from galactica.wire.wrapped import WrapDocument

        write_json(WrapDocument(path=str(out), files=made))
        return
    write(one_line(f"{out}: {counted(made, 'file')}"))


@verb
def unwrap_verb(
    places: Annotated[list[Path], typer.Argument(metavar="FILE|FOLDER...", help="What galactica wrap made.")],
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="The publication, made if missing.")],
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Put what bundles or CFDP file transfers hold into a publication, as much of it as there is.

    Nothing is trusted by that: galactica fetch DIR OUT checks it as any publication. What is damaged is passed over.
    """
    from galactica import library

    with reporting(quiet) as report:
        found = library.unwrap(places, out, report=report)
    if as_json:
        from galactica.wire.wrapped import UnwrapDocument

        write_json(UnwrapDocument(path=str(out), objects=found.objects, releases=found.releases, refused=found.refused))
        return
    write(one_line(f"{out}: {counted(found.objects, 'object')}, {counted(found.releases, 'release')}"))
    if found.refused:
        write(f"{counted(found.refused, 'file')} held nothing whole.")
