"""The verb that opens the library to programs: mcp."""

from __future__ import annotations

from typing import Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Editions, ShelfFolder
from galactica.cli.terminal import tell, write_json
from galactica.errors import UsageError


@verb
def mcp(
    editions: Editions = None,
    http: Annotated[bool, typer.Option("--http", help="Over HTTP, instead of standard input and output.")] = False,
    host: Annotated[
        str, typer.Option("--host", metavar="ADDRESS", help="With --http: the address to listen on.")
    ] = "127.0.0.1",
    port: Annotated[
        int | None,
        typer.Option(
            "--port",
            "-p",
            metavar="PORT",
            min=0,
            max=65535,
            help="With --http. Default: 8765, or a free one if that is taken.",
        ),
    ] = None,
    allow_host: Annotated[
        list[str] | None,
        typer.Option(
            "--allow-host",
            metavar="NAME",
            help="With --http: a name by which other machines reach this one; others are refused. Repeatable.",
        ),
    ] = None,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Let programs search, read and ask the library, over the Model Context Protocol, until they hang up.

    Standard output carries the protocol and nothing else; with --http it stays empty, but for the address with --json.
    """
    from galactica import library, mcp

    if not http and (port is not None or allow_host or host != "127.0.0.1"):
        raise UsageError("--host, --port and --allow-host are for HTTP.", "Add --http, or leave them out.")
    with library.open_library(chosen(editions, shelf)) as opened:
        if not http:
            tell("Speaking the Model Context Protocol on standard input and output.")
            mcp.serve_stdio(opened)
            return

        def announce(address: str) -> None:
            if as_json:
                import sys

                from galactica.wire.program import ListeningDocument

                write_json(ListeningDocument(url=address))
                sys.stdout.flush()
            else:
                tell(f"Model Context Protocol: {address} (Ctrl-C closes it)")

        try:
            mcp.serve_http(opened, host=host, port=port, names=tuple(allow_host or ()), announce=announce)
        except KeyboardInterrupt:
            tell("Closed.")
