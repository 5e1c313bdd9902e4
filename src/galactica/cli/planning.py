"""The verb that says what to expect of a link: plan."""

from __future__ import annotations

from collections.abc import Iterator
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.ending import verb
from galactica.cli.options import AsJson, Quiet
from galactica.cli.progress import reporting
from galactica.cli.terminal import size, write, write_json
from galactica.faults import not_written
from galactica.placing import check_place, placed

if TYPE_CHECKING:
    from galactica.library import LinkPlan

LINKS = "moon, mars, datacast or sneakernet"


class PlanAim(StrEnum):
    """What the redundancy is to be best for."""

    early = "early"
    all = "all"


@verb
def plan_verb(
    what: Annotated[
        str, typer.Argument(metavar="SIZE|EDITION|PUBLICATION", help="What is to be sent: 300MB, or a folder.")
    ],
    link: Annotated[str, typer.Option("--link", metavar="NAME", help=f"Begin from a link with a name: {LINKS}.")] = "",
    rate: Annotated[
        str, typer.Option("--rate", metavar="BITS", help="Bits a second while it is open: 20k, 2M. Without a link: 1M.")
    ] = "",
    loss: Annotated[str, typer.Option("--loss", metavar="SHARE", help="Share of packets that are lost: 5%.")] = "",
    burst: Annotated[
        str, typer.Option("--burst", metavar="PACKETS", help="Mean packets in a run of lost ones: 20. Else by chance.")
    ] = "",
    bit_errors: Annotated[
        str, typer.Option("--bit-errors", metavar="SHARE", help="Share of bits that are wrong: 0.000001.")
    ] = "",
    light_time: Annotated[
        str, typer.Option("--light-time", metavar="TIME", help="From sender to receiver: 1.28s, 20min, 7d.")
    ] = "",
    window: Annotated[
        str, typer.Option("--window", metavar="OPEN/EVERY[+FIRST]", help="When it is open: 8h/24h, 10min/90min+5min.")
    ] = "",
    silence: Annotated[
        list[str] | None,
        typer.Option("--silence", metavar="BEGIN+LENGTH", help="When nothing is sent: 10d+14d. Repeatable."),
    ] = None,
    outage: Annotated[
        list[str] | None,
        typer.Option("--outage", metavar="BEGIN+LENGTH", help="When what is sent is lost: 2h+30min. Repeatable."),
    ] = None,
    redundancy: Annotated[
        str,
        typer.Option("--redundancy", metavar="SHARE", help="As broadcast has it: 12%; best looks for it."),
    ] = "best",
    rounds: Annotated[
        str, typer.Option("--rounds", metavar="SHARE", help="What rounds behind a pass send. Usual: 25%.")
    ] = "",
    best_for: Annotated[
        PlanAim,
        typer.Option(
            "--best-for",
            help="For what it looks: early, the mean article is waited for least; all, the last.",
        ),
    ] = PlanAim.early,
    chance: Annotated[
        str, typer.Option("--chance", metavar="SHARE", help="With which all is to be there. Usual: 90%.")
    ] = "",
    packet: Annotated[str, typer.Option("--packet", metavar="BYTES", help="Of a packet. Usual: 1400.")] = "",
    object_bytes: Annotated[
        str, typer.Option("--object", metavar="BYTES", help="Of what can be read only whole. Usual: 256KiB, a pack.")
    ] = "",
    png: Annotated[Path | None, typer.Option("--png", metavar="FILE", help="Draw the completion curve.")] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace FILE if it is one.")] = False,
    quiet: Quiet = False,
    as_json: AsJson = False,
) -> None:
    """Say when an edition that is sent over a link can be read: something, a part, all; and with which redundancy.

    Nothing is sent. It is reckoned for galactica broadcast, for a receiver that listens from the beginning: how losses
    fall, alone or in bursts, what windows and outages cost, and how long light takes. docs/links.md tells how to plan.
    """
    from galactica import library

    if png is not None:
        check_place(png, force="--force", replace=force)
    words = library.LinkWords(
        named=link,
        rate=rate,
        loss=loss,
        burst=burst,
        bit_errors=bit_errors,
        light_time=light_time,
        window=window,
        silences=silence or (),
        outages=outage or (),
        packet=packet,
        object=object_bytes,
        redundancy=redundancy,
        rounds=rounds,
    )
    with reporting(quiet) as report:
        found = library.plan_link(what, words, aim=library.Aim(best_for.value), chance=chance, report=report)
    if png is not None:
        _draw(png, library.plan_picture(found), force)
    if as_json:
        from galactica.wire.planned import plan_document

        write_json(plan_document(found))
        return
    write("\n".join(_lines(found)))


def _lines(found: LinkPlan) -> Iterator[str]:
    """What to expect, for a person."""
    link, load = found.link, found.load
    bursts = f" in runs of {link.run:.3g}" if link.loss and link.together else ""
    yield (
        f"{size(load.size)} at {rate_text(link.rate)}, {100 * link.loss:.3g}% of packets lost{bursts}, "
        f"{time_text(link.delay)} one way"
    )
    chosen = {"early": ", with which an article is waited for least", "all": ", with which all are there earliest"}
    yield f"  redundancy     {load.redundancy:.2%}{chosen.get(str(found.aim or ''), '')}; rounds {load.rounds:.0%}"
    yield f"  something      after {time_text(found.first)} ({found.chance:.0%} sure)"
    for share, time in found.shares:
        yield f"  {f'{share:.0%}':<14} after {time_text(time)}, on average"
    yield f"  all            after {time_text(found.all)} ({found.chance:.0%} sure), in {found.cycles:.2f} cycles"
    over = f" ({(found.all - link.delay) / max(1e-9, found.least - link.delay) - 1:+.1%})"
    yield f"  at the least   {time_text(found.least)}: no way of sending is faster{over}"
    plain = "takes hundreds of cycles" if found.plain is None else f"after {time_text(found.plain)}"
    yield f"  without a code {plain}, packets sent over and over"


def time_text(seconds: float) -> str:
    """A time for a person: 1.28 s, 20 min, 5.3 h, 14.2 days."""
    for unit, name in ((86_400 * 365.25, "years"), (86_400, "days"), (3600, "h"), (60, "min")):
        if seconds >= 2 * unit or (unit <= 3600 and seconds >= unit):
            return f"{seconds / unit:.3g} {name}"
    return f"{seconds:.3g} s"


def rate_text(bits: float) -> str:
    """A rate for a person: 20 kbit/s, 2 Mbit/s."""
    for unit, name in ((1e9, "Gbit/s"), (1e6, "Mbit/s"), (1e3, "kbit/s")):
        if bits >= unit:
            return f"{bits / unit:.4g} {name}"
    return f"{bits:.4g} bit/s"


def _draw(out: Path, picture: bytes, force: bool) -> None:
    try:
        with placed(out, force="--force", replace=force) as file:
            file.write(picture)
    except OSError as error:
        raise not_written(out, error) from error
