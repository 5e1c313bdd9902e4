"""Where sources differ, in a terminal: both sides' words, in the order of time; whom the reader believes; records."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from galactica.cli.choice import chosen
from galactica.cli.ending import verb
from galactica.cli.options import AsJson, ShelfFolder
from galactica.cli.terminal import one_line, tell, write, write_json
from galactica.errors import GalacticaError, InputError
from galactica.hints import word
from galactica.model.said import counted

if TYPE_CHECKING:
    from galactica.library import Differing, ShownClaim, ShownGroup, SourceRecord, Trust

SHOWN = 20
"""Groups that are shown unless told."""

MOST_SHOWN = 100_000


class KindShown(StrEnum):
    """Which groups are shown."""

    DIFFER = "differ"
    UNDATED = "undated"
    TIME = "time"
    SEVERAL = "several"
    ROUNDING = "rounding"
    AGREE = "agree"
    ALL = "all"


_SAID = {
    "differ": "differ",
    "undated": "may be of different times: a date is missing",
    "time": "differ in time",
    "several": "more than one value",
    "rounding": "the same, written apart",
    "agree": "agree",
}
_REASONS = {
    "rounding": "rounded",
    "precision": "one is more exact",
    "calendars": "one day in two calendars",
    "part": "one name is part of the other",
}


@verb
def disagreements_verb(
    named: Annotated[str, typer.Argument(metavar="EDITION", help="A path, or a name on the shelf.")],
    article: Annotated[str, typer.Argument(metavar="[ARTICLE]", help="Title or id; without it, all of them.")] = "",
    only: Annotated[str, typer.Option("--property", metavar="P", help="Only of this one: population, area.")] = "",
    kind: Annotated[
        KindShown | None, typer.Option("--kind", help="Only of this kind; else differ, of an article all but agree.")
    ] = None,
    trust: Annotated[
        Path | None,
        typer.Option("--trust", metavar="FILE", help="Whom you believe (TOML: order, weights, or measured = true)."),
    ] = None,
    records: Annotated[bool, typer.Option("--records", help="How often others confirm each source.")] = False,
    most: Annotated[int, typer.Option("--limit", min=1, max=MOST_SHOWN, help="Groups that are shown.")] = SHOWN,
    shelf: ShelfFolder = None,
    as_json: AsJson = False,
) -> None:
    """Show where sources say different things of one topic, with the words of each.

    Claims are compared when galactica join has gathered them: they agree, are the same and
    only written apart (one is rounded, or less exact), differ in time, are several values of what may have several, or
    differ. Sides stand in the order of time, those without a date last; no source comes first. What is reported,
    denied, planned or estimated is shown beside and counts for nothing. With --trust you say whom you believe, and see
    what that decides.
    """
    from galactica import library
    from galactica.claims.property_table import property_meant

    only = property_meant(only)
    with library.open_library(chosen([named], shelf)) as opened:
        edition = opened.editions[0]
        differing = library.Differing(edition)
        told = differing.records() if records or trust is not None else []
        belief = library.read_trust(_bytes(trust), told) if trust is not None else None
        if belief is not None:
            _tell_unknown(belief, [source.key for source in edition.sources])
        if article:
            found = opened.find(article, among=(edition,))
            if found is None:
                raise GalacticaError(
                    f"There is no article called {article}.", f"Try: galactica search -e {word(named)} {word(article)}"
                )
            every = differing.about(found[1], name=only, trust=belief)
            counts = Counter(group.kind.value for group in every)
            groups = [group for group in every if _wanted(group.kind.value, kind, bool(article))][:most]
        else:
            counts, groups, against = _of_edition(differing, only, kind, belief, most)
        if as_json:
            from galactica.wire.differing import disagreements_document

            write_json(disagreements_document(edition.root, groups, dict(counts), told if records else []))
            return
        for line in _lines(groups, counts, belief):
            write(line)
        if belief is not None and not article:
            write(against)
        if records:
            for line in record_lines(told):
                write(line)


def _tell_unknown(trust: Trust, keys: Sequence[str]) -> None:
    """Say which sources are believed that the edition does not have: a name that is mistyped decides nothing."""
    named = (*trust.order, *(key for key, _ in trust.weights))
    unknown = [one_line(repr(key)) for key in dict.fromkeys(named) if key not in keys]
    if unknown:
        there = ", ".join(one_line(repr(key)) for key in keys[:20])
        tell(f"No source here is called {', '.join(unknown[:20])}, which --trust names. Sources are named by: {there}.")


def _of_edition(
    differing: Differing, only: str, kind: KindShown | None, belief: Trust | None, most: int
) -> tuple[Counter[str], list[ShownGroup], str]:
    """Groups of a whole edition: how many of each kind, the first of them, and what trust decides."""
    counts: Counter[str] = Counter()
    groups: list[ShownGroup] = []
    decided = against = 0
    for found in differing.kinds(name=only, trust=belief):
        counts[found.kind.value] += 1
        decided += found.belief.side >= 0
        against += found.belief.against_most
    for group in differing.all_groups(name=only, trust=belief, kinds=_kinds(kind)):
        groups.append(group)
        if len(groups) >= most:
            break
    open_ones = counts["differ"] + counts["undated"]
    told = f"Your trust decides {decided:,} of {open_ones:,} that are open, {against:,} of them against most sources."
    return counts, groups, told


def _kinds(kind: KindShown | None) -> tuple[str, ...]:
    if kind is KindShown.ALL:
        return ()
    return (kind.value,) if kind is not None else ("differ",)


def _wanted(found: str, kind: KindShown | None, article: bool) -> bool:
    if kind is None:
        return found != "agree" if article else found == "differ"
    return kind is KindShown.ALL or found == kind.value


def _lines(groups: list[ShownGroup], counts: Counter[str], belief: Trust | None) -> Iterator[str]:
    yield ", ".join(f"{counts[name]:,} {said}" for name, said in _SAID.items() if counts[name]) or "Nothing to compare."
    for group in groups:
        yield ""
        about = " · ".join(filter(None, (group.title or group.topic, group.subject, group.called, group.scope)))
        yield one_line(f"{about}: {_SAID[group.kind.value]}" + (", within one article" if group.within else ""))
        for number, side in enumerate(group.sides):
            chosen_by = f"  ← you believe this ({group.belief.why})" if number == group.belief.side else ""
            why = f" ({', '.join(_REASONS.get(each, each) for each in side.reasons)})" if side.reasons else ""
            yield one_line(f"  {side.value}{why}{chosen_by}")
            yield from (f"    {_saying(each)}" for each in side.claims)
            if side.more:
                yield f"    and {side.more:,} more"
        if belief is not None and group.belief.side >= 0 and group.belief.against_most:
            yield "  More sources say otherwise."
        for each in group.beside:
            yield f"  beside: {_saying(each)}"
        if group.left_out:
            yield f"  and {counted(group.left_out, 'more claim')} not shown"


def _saying(claim: ShownClaim) -> str:
    when = {"said": claim.time, "source": f"source of {claim.time}"}.get(claim.basis, "no date")
    limits = f", {', '.join(claim.limits)}" if claim.limits else ""
    return one_line(f"{claim.source} ({when}{limits}): “{claim.quote}”")


def record_lines(records: list[SourceRecord]) -> Iterator[str]:
    """How often others confirm each source, with the interval that its share lies in."""
    from galactica.claims.property_table import property_label

    yield ""
    yield "Confirmed by other sources (that others say the same is no proof: sources copy each other)"
    for record in records:
        whole = record.whole
        yield one_line(
            f"  {record.source}: {whole.confirmed:,} of {whole.of:,} ({whole.low:.0%} to {whole.high:.0%}); "
            + ", ".join(
                f"{property_label(name, 'en')} {each.confirmed:,}/{each.of:,}" for name, each in record.properties[:12]
            )
        )


def _bytes(path: Path) -> bytes:
    from galactica.library import LARGEST_TRUST

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_TRUST + 1)
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}.", "Name a file that says whom you believe."
        ) from error
