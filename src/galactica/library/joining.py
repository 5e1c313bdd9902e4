"""Joining: what an edition's sources say, laid side by side, in stages that build on each other.

Each stage keeps what it finds in a folder `joined/NAME` of the edition (docs/formats/joined.md), goes on where it was
stopped, and does nothing where its folder is there and fits.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from galactica.claims.anchored import STATES, ClaimFate, claim_fates
from galactica.claims.kept import (
    claims_counted,
    claims_kept,
    claims_of_article,
    claims_of_property,
    every_claim,
    stated_claims,
)
from galactica.claims.kept import not_understood as not_understood_in
from galactica.edition import Edition
from galactica.errors import UsageError
from galactica.library.joining_stages import claims_folder
from galactica.library.proofs import article_row
from galactica.model.claim import Claim
from galactica.progress import Report, silent


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningStage:
    """A stage of joining.

    Attributes:
        name: of its folder.
        keep: "MODULE:FUNCTION"; called with the open edition, `workers` and `report`.
        kept: "MODULE:FUNCTION"; called with the open edition, gives its folder, or None where it is to be made.
    """

    name: str
    keep: str
    kept: str

    def made(self, edition: Edition) -> Path | None:
        """Its folder, where it is there and fits."""
        found: Path | None = _loaded(self.kept)(edition)
        return found

    def make(self, edition: Edition, *, workers: int, report: Report) -> None:
        """Makes its folder, or goes on."""
        _loaded(self.keep)(edition, workers=workers, report=report)


STAGES: tuple[JoiningStage, ...] = (
    JoiningStage(name="claims", keep="galactica.claims.keeping:keep_claims", kept="galactica.claims.kept:claims_kept"),
    JoiningStage(
        name="duplicates",
        keep="galactica.joining.duplicates:make_duplicates",
        kept="galactica.joining.duplicates:duplicates_kept",
    ),
    JoiningStage(
        name="quality",
        keep="galactica.joining.quality:make_quality",
        kept="galactica.joining.quality:quality_kept",
    ),
    JoiningStage(
        name="topics",
        keep="galactica.library.joining_stages:keep_topics",
        kept="galactica.library.joining_stages:topics_kept",
    ),
    JoiningStage(
        name="disagreements",
        keep="galactica.library.joining_stages:keep_disagreements",
        kept="galactica.library.joining_stages:disagreements_kept",
    ),
)
"""In the order in which they are made: each may read those before it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Joined:
    """What came of joining an edition.

    Attributes:
        path, root: of the edition.
        stages: name → whether it was made now (True) or was there (False), in order.
        claims: how many there are.
        not_understood: (origin, property, reason) → how often something looked like a claim and gave no value.
        fates: state → how many of an older edition's claims; empty where none was named.
    """

    path: Path
    root: str
    stages: Mapping[str, bool]
    claims: int = 0
    not_understood: Mapping[tuple[str, str, str], int] = field(default_factory=dict)
    fates: Mapping[str, int] = field(default_factory=dict)


def join(
    path: Path | str,
    *,
    only: str = "",
    parent: Path | str | None = None,
    workers: int = 1,
    report: Report = silent,
    stages: Sequence[JoiningStage] = STAGES,
) -> Joined:
    """Runs the stages of joining over an edition, in their order; those that are there are passed over.

    Args:
        only: the name of the one stage that is made; what it needs must be there.
        parent: an older edition whose claims are looked for in this one; it is joined already.
        workers: processes, where a stage uses several.
        report: a stage each, by its name.

    Raises:
        UsageError: there is no such stage, or `parent` is not joined, or another process is at it.
        EditionError: there is no edition at `path`, or it is damaged.
    """
    if only and only not in (each.name for each in stages):
        names = ", ".join(each.name for each in stages)
        raise UsageError(f"There is no stage {only!r}.", f"There are: {names}.")
    done: dict[str, bool] = {}
    with Edition.open(path) as edition:
        for each in stages:
            if only in ("", each.name):
                there = each.made(edition) is not None
                if not there:
                    each.make(edition, workers=workers, report=report)
                done[each.name] = not there
        folder = claims_kept(edition)
        fates: Counter[str] = Counter()
        if parent is not None:
            for number, fate in enumerate(fates_of_claims(parent, path)):
                fates[fate.state] += 1
                if number % 1_000 == 0:
                    report("compare", number, None, "claims")
        return Joined(
            path=Path(path),
            root=edition.root,
            stages=done,
            claims=claims_counted(folder) if folder else 0,
            not_understood=not_understood_in(folder) if folder else {},
            fates={state: fates[state] for state in STATES} if parent is not None else {},
        )


def fates_of_claims(old: Path | str, new: Path | str) -> Iterator[ClaimFate]:
    """What became of each claim of an older edition in a newer one, in the order of the older.

    Raises:
        UsageError: one of them is not joined.
    """
    with Edition.open(old) as before, Edition.open(new) as now:
        yield from claim_fates(before, claims_folder(before), now, claims_folder(now))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedClaim:
    """A claim with its wording.

    Attributes:
        title: of the article that says it; "" of a statement.
        wording: what says it, as it stands in the article; "" of a statement.
    """

    claim: Claim
    title: str = ""
    wording: str = ""


def claims_of(path: Path | str, *, article: str = "", name: str = "") -> Iterator[WordedClaim]:
    """The claims of an edition in their order: of an article (and of statements about it), of a property, or all.

    Args:
        article: its id, title or path.
        name: id of the property, or the source's own words for it.

    Raises:
        GalacticaError: there is no such article.
        UsageError: the edition is not joined.
    """
    with Edition.open(path) as edition:
        folder = claims_folder(edition)
        if article:
            row = article_row(edition, article)
            found = [(row, claim) for claim in claims_of_article(folder, edition, row)]
            told = edition.article(row)
            subjects = (*told.identifiers, f"path:{_quoted(told.path)}")
            if edition.statement.count("statements"):
                found += [(-1, claim) for each in subjects for claim in stated_claims(edition, each)]
            every: Iterator[tuple[int, Claim]] = iter(found)
        else:
            every = claims_of_property(folder, name) if name else every_claim(folder)
        for row, claim in every:
            if name in ("", claim.property):
                yield _shown(edition, row, claim)


def _shown(edition: Edition, row: int, claim: Claim) -> WordedClaim:
    from galactica.model.projection import project

    if row < 0:
        return WordedClaim(claim=claim)
    article = edition.article(row)
    return WordedClaim(claim=claim, title=article.title, wording=project(article.body)[claim.start : claim.end])


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="-._~/:@!$()*+,;='")


def _loaded(home: str) -> Callable[..., Any]:
    module, _, name = home.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
