"""Verbs about what an edition's sources claim: join, claims."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import islice
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import one_chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ClusterName, Quiet, ShelfFolder, StoreAddress
from galactica.cli.progress import reporting
from galactica.cli.terminal import notes, one_line, tell, write, write_json
from galactica.errors import UsageError
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import ClaimFate, WordedClaim

SHOWN = 100
"""Claims that are shown to a person unless told; --json gives all."""

LEFT_SHOWN = 10
"""Kinds of what was not understood that are shown; --json gives all."""

OneEdition = Annotated[str, typer.Argument(metavar="EDITION", help="A path, or a name on the shelf.")]


@verb
def join_verb(
    edition: OneEdition,
    only: Annotated[str, typer.Option("--only", metavar="STAGE", help="Make this stage alone: claims …")] = "",
    parent: Annotated[
        str, typer.Option("--parent", metavar="OLD", help="An older edition, joined: does this one still say so?")
    ] = "",
    jobs: Annotated[int, typer.Option("--jobs", "-j", metavar="N", min=0, help="Processes; 0: one for each core.")] = 0,
    cluster: ClusterName = "",
    store: StoreAddress = "",
    tagger: Annotated[
        bool | None,
        typer.Option(
            "--tagger/--no-tagger",
            help="Read sentences that no rule understands with the learned tagger too (English, Chinese); slow. "
            "Otherwise as the claims are there, and without it where they are not.",
        ),
    ] = None,
    shelf: ShelfFolder = None,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Lay what an edition's sources say side by side: claims, and what is made of them.

    It is kept in the edition's folder `joined`, beside the truth, and may be thrown away at any time. A stopped job
    goes on where it was; what is there already is passed over.
    """
    from galactica import library

    path = one_chosen(edition, shelf)
    older = one_chosen(parent, shelf) if parent else None
    with notes() as note, reporting(quiet or as_json) as report:
        found = library.join(
            path,
            only=only,
            parent=older,
            workers=jobs or os.cpu_count() or 1,
            cluster=cluster,
            store=store,
            report=report,
            note=note,
            stages=library.stages_tagged(tagger),
        )
    if as_json:
        from galactica.wire.claims import join_document

        write_json(join_document(found))
        return
    from galactica.claims.property_table import property_label

    for name, made in found.stages.items():
        write(f"{name}: {'made' if made else 'there already'}")
    write(f"{counted(found.claims, 'claim')}.")
    left = sorted(found.not_understood.items(), key=lambda pair: (-pair[1], pair[0]))
    if left:
        write(f"Not understood, {counted(sum(found.not_understood.values()), 'time')}:")
    for (origin, name, reason), count in left[:LEFT_SHOWN]:
        called = property_label(name, "en") if name else "(any)"
        write(f"  {count:,} × {origin} {called}: {reason}")
    if len(left) > LEFT_SHOWN:
        write(f"  … and {len(left) - LEFT_SHOWN:,} more kinds; --json lists all.")
    if found.fates:
        write("Of the older edition's claims: " + ", ".join(f"{n:,} {state}" for state, n in found.fates.items()) + ".")


@verb
def claims_verb(
    edition: OneEdition,
    article: Annotated[str, typer.Argument(metavar="[ARTICLE]", help="A title, a path or an id; without it all.")] = "",
    name: Annotated[str, typer.Option("--property", metavar="P", help="Only claims of this property.")] = "",
    against: Annotated[
        str,
        typer.Option("--against", metavar="OLD", help="An older edition: which of its claims moved, changed, went."),
    ] = "",
    limit: Annotated[int, typer.Option("--limit", "-n", metavar="N", min=0, help="At most so many; 0: all.")] = SHOWN,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show what an edition claims, each claim with the words that say it. `galactica join` finds them."""
    from galactica import library
    from galactica.claims.property_table import property_meant

    path = one_chosen(edition, shelf)
    if against:
        if article or name:
            raise UsageError("--against lists claims of the whole edition.", "Leave ARTICLE and --property out.")
        fates = (each for each in library.fates_of_claims(one_chosen(against, shelf), path) if each.state != "kept")
        _show_fates(fates, limit, as_json)
        return
    found = library.claims_of(path, article=article, name=property_meant(name))
    if as_json:
        from galactica.wire.claims import claims_document

        write_json(claims_document(list(found) if not limit or limit == SHOWN else list(islice(found, limit))))
        return
    shown = 0
    for each in islice(found, limit or None):
        shown += 1
        for line in _lines(each):
            write(line)
    if not shown:
        tell("No claims.")
    elif limit and shown == limit and next(found, None) is not None:
        tell(f"There are more than {limit:,}: -n 0 shows all.")


def _show_fates(fates: Iterator[ClaimFate], limit: int, as_json: bool) -> None:
    from galactica.collection.claim_words import claim_said, value_said

    if as_json:
        from galactica.wire.claims import claims_document

        write_json(claims_document((), list(fates)))
        return
    for each in islice(fates, limit or None):
        became = f" → {value_said(each.new)}" if each.new is not None and each.state == "changed" else ""
        write(one_line(f"{each.state}: {each.old.path}: {claim_said(each.old)}{became}"))
    if limit and next(fates, None) is not None:
        tell(f"There are more than {limit:,}: -n 0 shows all.")


def _lines(each: WordedClaim) -> Iterator[str]:
    yield one_line(f"{each.title or each.claim.path}: {each.said}")
    if each.wording:
        yield f"    “{one_line(each.wording)[:300]}”"
