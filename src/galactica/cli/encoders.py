"""Verbs about the encoder (the group encoder): use, list."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import open_settings
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ConfigFolder
from galactica.cli.terminal import tell, write_json, write_table

if TYPE_CHECKING:
    from galactica.library import EncoderInfo

SHOWN = 12
"""Digits of a digest that are shown to a person; --json gives all."""


@verb
def use(
    name: Annotated[str, typer.Argument(metavar="NAME", help="static, minilm, or the path of a trained file.")],
    config: ConfigFolder = None,
    as_json: AsJson = False,
) -> None:
    """Choose the encoder that indexes of meaning are made with from now on; those that are there stay as they are."""
    from galactica import library

    kept = open_settings(config).use_encoder(name)
    if as_json:
        from galactica.wire.learned import encoders_document

        write_json(encoders_document(library.list_encoders(kept)))
        return
    tell(f"Indexes of meaning will be made with {kept}; `galactica index` makes one anew.")


@verb
def list_(config: ConfigFolder = None, as_json: AsJson = False) -> None:
    """Show which encoders there are, which are installed, and which is in use."""
    from galactica import library

    found = library.list_encoders(open_settings(config).encoder)
    if as_json:
        from galactica.wire.learned import encoders_document

        write_json(encoders_document(found))
        return
    columns = ("encoder", "in use", "installed", "dimensions", "digest", "what it is")
    write_table(columns, [_row(each) for each in found])
    for each in found:
        if each.problem:
            tell(each.problem)


def _row(each: EncoderInfo) -> list[str]:
    known = (f"{each.dimensions}", each.digest[:SHOWN]) if each.installed else ("", "")
    return [each.name, "yes" if each.in_use else "", "yes" if each.installed else "no", *known, each.about]
