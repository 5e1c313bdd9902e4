"""What to expect of a link before anything is sent over it: numbers as people write them in, a plan out."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from pathlib import Path

from galactica.codes.curves import PlottedLine
from galactica.errors import InputError
from galactica.progress import Report, silent
from galactica.spread.plan import Aim, LinkPlan, LinkProfile, Load, loss_of_bits, plan, profile_named
from galactica.spread.plan.picture import curves_png
from galactica.spread.plan.planning import SURE
from galactica.spread.plan.written import (
    read_count,
    read_duration,
    read_rate,
    read_share,
    read_size,
    read_stretch,
    read_windows,
)
from galactica.spread.release.document import Release
from galactica.spread.release.publication import published_releases

AUTOMATIC = "best"
"""The redundancy that is looked for."""

MOST_FILES = 1_000_000
"""Files of an edition that are added up."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class LinkWords:
    """A link and what is sent over it, as a person writes them; "" is what the link's name says, or the usual.

    Attributes:
        named: name of a profile to begin from, or "".
        rate, loss, burst, light_time: bits a second, share, packets, time.
        bit_errors: share of bits that are wrong, in place of `loss`.
        window: how long it is open in how long.
        silences, outages: when the sender sends nothing, or in vain.
        packet, object: bytes of a packet, and of what can be read only whole.
        redundancy, rounds: shares, as `galactica broadcast` has them; `AUTOMATIC` looks for the best.
    """

    named: str = ""
    rate: str = ""
    loss: str = ""
    burst: str = ""
    light_time: str = ""
    bit_errors: str = ""
    window: str = ""
    silences: Sequence[str] = ()
    outages: Sequence[str] = ()
    packet: str = ""
    object: str = ""
    redundancy: str = AUTOMATIC
    rounds: str = ""


def plan_link(
    what: str, words: LinkWords, *, aim: Aim = Aim.EARLY, chance: str = "", report: Report = silent
) -> LinkPlan:
    """Plan for a link.

    Args:
        what: a size, an edition's folder, or a publication's, of which the newest release is taken.
        words: the link.
        aim: what the redundancy is to be best for.
        chance: with which it is to be there; "": 90 %.
        report: as for any long work.

    Raises:
        UsageError: a number is none, or none that a link has.
        InputError: `what` is neither a size nor such a folder.
        LimitError: it would take more than a hundred years, or hundreds of cycles.
    """
    load = Load(size=what_size(what))
    packet = read_size(words.packet) if words.packet else load.packet
    load = dataclasses.replace(
        load,
        packet=packet,
        object=read_size(words.object) if words.object else load.object,
        redundancy=load.redundancy if words.redundancy == AUTOMATIC else read_share(words.redundancy),
        rounds=read_share(words.rounds) if words.rounds else load.rounds,
    )
    chosen = aim if words.redundancy == AUTOMATIC else None
    sure = read_share(chance) if chance else SURE
    return plan(link_profile(words, load.wire), load, aim=chosen, chance=sure, report=report)


def link_profile(words: LinkWords, packet: int) -> LinkProfile:
    """The link that is described, for packets of so many bytes.

    Raises:
        UsageError: a number is none, or none that a link has.
    """
    link = profile_named(words.named) if words.named else LinkProfile(rate=1e6)
    loss = read_share(words.loss) if words.loss else link.loss
    if words.bit_errors:
        loss = 1 - (1 - loss) * (1 - loss_of_bits(read_share(words.bit_errors), packet))
    return dataclasses.replace(
        link,
        rate=read_rate(words.rate) if words.rate else link.rate,
        loss=loss,
        burst=read_count(words.burst) if words.burst else link.burst,
        delay=read_duration(words.light_time) if words.light_time else link.delay,
        windows=read_windows(words.window) if words.window else link.windows,
        silences=tuple(map(read_stretch, words.silences)) if words.silences else link.silences,
        outages=tuple(map(read_stretch, words.outages)) if words.outages else link.outages,
    )


def what_size(what: str) -> int:
    """Bytes of what is named: a size, an edition, a publication.

    Raises:
        UsageError: it looks like a size and is none.
        InputError: it is a path, and nothing of that kind is there.
    """
    path = Path(what)
    if not path.exists():
        if what[:1].isdigit() and not any(sign in what for sign in "/\\"):
            return read_size(what)
        raise InputError(f"There is no {what}.", "Name a size (300MB), an edition or a publication.")
    if path.is_file():
        return path.stat().st_size
    releases = list(published_releases(path)) if (path / "releases").is_dir() else []
    if releases:
        return max((Release.from_bytes(raw) for _, raw in releases), key=lambda each: each.number).bytes
    if (path / "data" / "edition.json").is_file():
        sizes = [file.stat().st_size for file, _ in zip((path / "data").rglob("*"), range(MOST_FILES), strict=False)]
        return max(1, sum(sizes))
    raise InputError(
        f"{what} is neither an edition nor a publication.", "Name a size (300MB), an edition or a publication."
    )


def plan_picture(found: LinkPlan) -> bytes:
    """The completion curve as a PNG: the mean, and where nine of ten receivers are."""
    mean = PlottedLine(
        name="mean, and nine of ten receivers",
        points=[(each.time, each.mean) for each in found.curve],
        band=[(each.time, each.low, each.high) for each in found.curve],
    )
    sure = PlottedLine(name="chance of all", points=[(each.time, each.all) for each in found.curve])
    power, unit = next(each for each in ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"), (1, "B")) if found.load.size >= each[0])
    title = f"{found.load.size / power:,.4g} {unit} at {found.link.rate / 1e6:g} Mbit/s, {found.link.loss:.1%} lost"
    return curves_png(title, [mean, sure], until=found.curve[-1].time)
