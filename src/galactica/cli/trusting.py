"""Verbs about whom this machine trusts: add, list, remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ConfigFolder
from galactica.cli.terminal import one_line, tell, write, write_json

if TYPE_CHECKING:
    from galactica.library.trusting import TrustedThing


@verb
def trust_add(
    what: Annotated[
        str,
        typer.Argument(metavar="WHAT", help="A publication's folder, the file of its root document, or a public key."),
    ],
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="What you call a key.")] = "",
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Trust a publication: editions that enough of its keys have signed. Or whatever a single key has signed.

    Compare the publication or the number with what the publisher says by another way.
    """
    from galactica.library import trusting

    found = trusting.add_trust(what, settings=open_settings(config), name=name)
    _say([found], as_json)


@verb
def list_(config: ConfigFolder = None, as_json: AsJson = False) -> None:
    """Show whom this machine trusts, why, and the newest edition that it has had from each."""
    from galactica.library import trusting

    found = trusting.trusted_things(open_settings(config))
    _say(found, as_json)
    if not found and not as_json:
        tell("This machine trusts nobody yet: the first use of a publication will be said. galactica trust add FILE.")


@verb
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A title, a name, or the beginning of an id or number.")],
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Trust a publication or a key no more. Which editions came from it stays known: no old one is taken for new."""
    from galactica.library import trusting

    settings = open_settings(config)
    gone = trusting.trust_store(settings).remove(name)
    if as_json:
        _say(trusting.trusted_things(settings), as_json)
        return
    tell(f"Not trusted any more: {one_line(gone)}.")


def described_trust(each: TrustedThing) -> str:
    """A publication or a key that is trusted, for a person."""
    if each.kind == "key":
        return one_line(f"key {each.name or each.id}  {each.id}  whatever it signs alone")
    keys = ", ".join(key.told for key in each.keys)
    how = "added by you" if each.added else "trusted since its first use"
    newest = f"edition {each.number}" if each.number else "no edition yet"
    title = each.name or "publication"
    return one_line(
        f"{title}  {how}  {newest}  root {each.root}: {each.threshold} of {keys} must sign  publication {each.id}"
    )


def _say(found: list[TrustedThing] | tuple[TrustedThing, ...], as_json: bool) -> None:
    if as_json:
        from galactica.wire.trusted import trust_document

        write_json(trust_document(found))
        return
    for each in found:
        write(described_trust(each))
