"""The claims of an edition compared, topic by topic, into `joined/disagreements`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from galactica.edition import Edition
from galactica.edition.derived import deriving
from galactica.joining.disagreements.comparing import compare_claims
from galactica.joining.disagreements.gathering import claims_by_topic
from galactica.joining.disagreements.group import ClaimGroup, GroupKind
from galactica.joining.disagreements.kept import NAME, VERSION, made_of, write_groups, write_places
from galactica.joining.disagreements.natures import nature_of
from galactica.joining.disagreements.things import Things, known_things
from galactica.model.claim import Claim
from galactica.progress import Report, silent

TopicRows = Iterable[tuple[str, Iterable[int], Iterable[str]]]
"""Of each topic of several members its name, the rows of its articles, its subjects of statements."""

_OFTEN = 5_000
"""Groups between two reports."""


def make_disagreements(
    edition: Edition,
    claims: Iterable[Claim],
    *,
    topics: TopicRows | None = None,
    of: Mapping[str, str] | None = None,
    report: Report = silent,
) -> dict[GroupKind, int]:
    """Compare the claims of an edition and keep what was found in its `joined/disagreements`.

    Args:
        claims: all of them, in any order.
        topics: those of `joined/topics`; None: articles that share an identifier or a title.
        of: digests of what they were made of; None: of the claims and topics that the edition has.
        report: stages "things" (articles), "compare" (groups).

    Returns:
        How many groups there are of each kind.

    Raises:
        OSError: the machine's refusals.
        EditionError: the edition is damaged.
        UsageError: another process is at it.
    """
    counts = dict.fromkeys(GroupKind, 0)
    with (
        deriving(edition, NAME, VERSION, made_of(edition) if of is None else of) as folder,
        known_things(edition, topics, folder / "things.sqlite", report) as things,
    ):
        found = _groups(claims, things, folder, report)

        def counting() -> Iterator[ClaimGroup]:
            for group in found:
                counts[group.kind] += 1
                yield group

        topics_told = write_groups(folder, counting())
        write_places(folder, things.places(topics_told()))
    return counts


def _groups(claims: Iterable[Claim], things: Things, folder: Path, report: Report) -> Iterator[ClaimGroup]:
    done = 0
    for several in claims_by_topic(claims, things.place_of, folder / "claims.sqlite"):
        groups = compare_claims(
            several.claims,
            nature_of(several.property, several.claims),
            topic=several.topic,
            known=things.known,
            date_of=things.date_of,
        )
        done += 1
        if done % _OFTEN == 0:
            report("compare", done, None, "groups")
        for group in groups:
            yield replace(group, subject=several.subject, left_out=group.left_out + several.left_out)
    report("compare", done, done, "groups")
