"""Joining with the learned tagger of claims, or without it: the stage of claims as it is asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from galactica.claims.keeping import keep_claims
from galactica.claims.kept import CLAIMS, claims_kept
from galactica.claims.tagging.reading import shipped_tagger_digest
from galactica.cluster.crew import Crew
from galactica.edition import Edition
from galactica.library.joining import STAGES, JoiningStage
from galactica.progress import Report, silent


def stages_tagged(tagger: bool | None, stages: Sequence[JoiningStage] = STAGES) -> tuple[JoiningStage, ...]:
    """The stages of joining.

    Args:
        tagger: whether claims are read with the tagger too; None: as they are there, and without it where they are not.
    """
    if tagger is None:
        return tuple(stages)
    name = "tagged" if tagger else "ruled"
    own = (f"galactica.library.tagging:keep_{name}_claims", f"galactica.library.tagging:{name}_claims_kept")
    return tuple(replace(each, keep=own[0], kept=own[1]) if each.name == CLAIMS else each for each in stages)


def keep_tagged_claims(edition: Edition, *, crew: Crew | None = None, report: Report = silent) -> None:
    """Finds claims by rules and with the tagger."""
    keep_claims(edition, crew=crew, tagger=shipped_tagger_digest(), report=report)


def tagged_claims_kept(edition: Edition) -> Path | None:
    """Their folder, where they were read with the tagger that ships."""
    return claims_kept(edition, shipped_tagger_digest())


def keep_ruled_claims(edition: Edition, *, crew: Crew | None = None, report: Report = silent) -> None:
    """Finds claims by rules alone."""
    keep_claims(edition, crew=crew, report=report)


def ruled_claims_kept(edition: Edition) -> Path | None:
    """Their folder, where they were read by rules alone."""
    return claims_kept(edition, "")
