"""Topics made with what there is: the claims that are kept, the shipped encoder, and rules by hand."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from galactica.claims.kept import CLAIMS, KeptClaims, claims_kept
from galactica.cluster.crew import Crew
from galactica.edition import Edition
from galactica.edition.derived import derived_digest
from galactica.encode import open_encoder
from galactica.encode.contract import Encoder
from galactica.errors import MissingError
from galactica.joining.topics.making import TopicsMade, make_topics
from galactica.model import Claim
from galactica.progress import Report


def topics_with_rules(edition: Edition, rules: Path | None, report: Report, crew: Crew | None = None) -> TopicsMade:
    """Make the topics of an edition; raises as `make_topics` does.

    Args:
        rules: a file of rules by hand; None: those of before.
        crew: as `make_topics` has it.
    """
    of = {CLAIMS: derived_digest(edition, CLAIMS)}
    claims = claims_kept(edition) is not None
    return make_topics(edition, rules, report, opener=topics_encoder, claims=claims, crew=crew, of=of)


def topics_encoder() -> Encoder | None:
    """The encoder that topics are made with; None where none is installed."""
    try:
        return open_encoder()
    except MissingError:
        return None


def claims_by_row(edition: Edition) -> Callable[[int], Sequence[Claim]] | None:
    """What the article in a row claims, where claims are kept."""
    folder = claims_kept(edition)
    return KeptClaims(folder, edition).of_row if folder is not None else None
