"""What the later stages of joining are made of: topics of claims, disagreements of claims and topics.

Each is made again where what it was made of has changed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from galactica.claims.kept import CLAIMS, claims_kept, every_claim
from galactica.cluster.crew import Crew
from galactica.edition import Edition
from galactica.edition.derived import derived, derived_digest, derived_from
from galactica.errors import StepMissingError
from galactica.hints import word
from galactica.joining.disagreements.kept import NAME as DISAGREEMENTS
from galactica.joining.disagreements.kept import VERSION as DISAGREEMENTS_VERSION
from galactica.joining.disagreements.making import make_disagreements
from galactica.joining.properties.kept import properties_made_of
from galactica.joining.properties.making import make_properties
from galactica.joining.topics.kept import NAME as TOPICS
from galactica.joining.topics.kept import VERSION as TOPICS_VERSION
from galactica.joining.topics.kept import open_topics
from galactica.joining.topics.stage import topics_with_rules
from galactica.model.said import said
from galactica.progress import Report, silent


def claims_folder(edition: Edition) -> Path:
    """The folder of an edition's claims.

    Raises:
        StepMissingError: they were not found yet.
    """
    found = claims_kept(edition)
    if found is None:
        raise StepMissingError(
            said("no-claims", "{edition} has no claims yet, or those of another version.", edition=edition.path),
            said("join-first", "Run: galactica join {edition}", edition=word(edition.path)),
        )
    return found


def keep_topics(edition: Edition, *, crew: Crew | None = None, report: Report = silent) -> None:
    """Joins the articles of an edition by topic; what they claim is part of that.

    Raises:
        StepMissingError: the claims were not found.
        UsageError: another process is at it.
    """
    claims_folder(edition)
    topics_with_rules(edition, None, report, crew)


def topics_kept(edition: Edition) -> Path | None:
    """The folder of topics, where it is whole and made of the claims that there are; else None. Rules by hand and the
    encoder are theirs to know."""
    folder = derived(edition, TOPICS, TOPICS_VERSION)
    same = folder is not None and derived_from(folder).get(CLAIMS) == derived_digest(edition, CLAIMS)
    return folder if same else None


def keep_disagreements(edition: Edition, *, crew: Crew | None = None, report: Report = silent) -> None:
    """Compares the claims of an edition topic by topic, in this process: claims of one topic stand in many shards.

    Raises:
        StepMissingError: the claims were not found.
        UsageError: another process is at it.
    """
    every = (claim for _, claim in every_claim(claims_folder(edition)))
    topics = _topic_rows(edition) if topics_kept(edition) is not None else None
    make_disagreements(edition, every, topics=topics, of=_compared_of(edition), report=report)


def keep_properties(edition: Edition, *, crew: Crew | None = None, report: Report = silent) -> None:
    """Lays the claims of an edition out by property, which questions are answered from.

    Raises:
        StepMissingError: the claims were not found.
        UsageError: another process is at it.
    """
    every = (claim for _, claim in every_claim(claims_folder(edition)))
    topics = _topic_rows(edition) if topics_kept(edition) is not None else None
    make_properties(edition, every, topics=topics, of=properties_made_of(edition), report=report)


def disagreements_kept(edition: Edition) -> Path | None:
    """The folder of compared claims, where it is whole and made of the claims and topics that there are; else None."""
    return derived(edition, DISAGREEMENTS, DISAGREEMENTS_VERSION, _compared_of(edition))


def _compared_of(edition: Edition) -> dict[str, str]:
    return {name: derived_digest(edition, name) for name in (CLAIMS, TOPICS)}


def _topic_rows(edition: Edition) -> Iterator[tuple[str, list[int], list[str]]]:
    for topic in open_topics(edition):
        rows = [member.row for member in topic.members if member.row >= 0]
        yield topic.id, rows, [member.subject for member in topic.members if member.subject]
