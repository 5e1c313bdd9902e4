"""Joining: what an edition's sources say, laid side by side, in stages that build on each other.

Each stage keeps what it finds in a folder `joined/NAME` of the edition (docs/formats/joined.md), goes on where it was
stopped, and does nothing where its folder is there and fits.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from galactica.building.crew import crew
from galactica.building.meaning import Note, unheard
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
from galactica.cluster.crew import Crew, no_crew
from galactica.cluster.opened import ClusterPlace, cluster_place, left_in_store
from galactica.collection.claim_words import claim_said
from galactica.collection.statements import StatementWords
from galactica.edition import Edition
from galactica.edition.derived import JOINED
from galactica.errors import UsageError
from galactica.library.joining_stages import claims_folder
from galactica.library.proofs import article_rows
from galactica.model.claim import Claim
from galactica.progress import Report, silent

AT_WORK = "cluster.making"
"""A folder beside those of the stages while they are made on a cluster."""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoiningStage:
    """A stage of joining.

    Attributes:
        name: of its folder.
        keep: "MODULE:FUNCTION"; called with the open edition, `crew` and `report`.
        kept: "MODULE:FUNCTION"; called with the open edition, gives its folder, or None where it is to be made.
    """

    name: str
    keep: str
    kept: str

    def made(self, edition: Edition) -> Path | None:
        """Its folder, where it is there and fits."""
        found: Path | None = _loaded(self.kept)(edition)
        return found

    def make(self, edition: Edition, *, crew: Crew, report: Report) -> None:
        """Makes its folder, or goes on."""
        _loaded(self.keep)(edition, crew=crew, report=report)


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
    JoiningStage(
        name="properties",
        keep="galactica.library.joining_stages:keep_properties",
        kept="galactica.joining.properties.kept:properties_kept",
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
    cluster: str = "",
    store: str = "",
    report: Report = silent,
    note: Note = unheard,
    stages: Sequence[JoiningStage] = STAGES,
) -> Joined:
    """Runs the stages of joining over an edition, in their order; those that are there are passed over.

    Args:
        only: the name of the one stage that is made; what it needs must be there.
        parent: an older edition whose claims are looked for in this one; it is joined already.
        workers: processes that read articles, a shard at a time. Does not change the result.
        cluster, store: as `build` has them: where articles are read instead. What all articles are needed for is done
            here.
        report: a stage each, by its name.
        note: told at the end what a cluster did.

    Raises:
        UsageError: there is no such stage, or another process is at it.
        StepMissingError: `parent` is not joined.
        EditionError: there is no edition at `path`, or it is damaged.
        LimitError: a worker died.
        MissingError: the cluster or its store cannot be reached.
    """
    place = cluster_place(cluster, store)
    if only and only not in (each.name for each in stages):
        names = ", ".join(each.name for each in stages)
        raise UsageError(f"There is no stage {only!r}.", f"There are: {names}.")
    with Edition.open(path) as edition:
        wanted = [each for each in stages if only in ("", each.name)]
        missing = [each for each in wanted if each.made(edition) is None]
        done = dict.fromkeys((each.name for each in wanted), False)
        with _crew(edition, place, workers, note) if missing else nullcontext(no_crew()) as hands:
            for each in wanted:
                if each.made(edition) is None:  # also where one before it was made anew
                    each.make(edition, crew=hands, report=report)
                    done[each.name] = True
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


@contextmanager
def _crew(edition: Edition, place: ClusterPlace | None, workers: int, note: Note) -> Iterator[Crew]:
    """Who reads articles; this process where one worker would, or there is one shard."""
    folder = edition.path / JOINED / AT_WORK
    if place is None and (workers <= 1 or len(edition.shard_rows()) <= 1):
        workers = 0
    if place is not None:
        folder.mkdir(parents=True, exist_ok=True)
    with crew(workers, place, folder, note) as hands:
        yield hands
    if left := left_in_store(folder):
        note(left)
    shutil.rmtree(folder, ignore_errors=True)


def fates_of_claims(old: Path | str, new: Path | str) -> Iterator[ClaimFate]:
    """What became of each claim of an older edition in a newer one, in the order of the older.

    Raises:
        StepMissingError: one of them is not joined.
    """
    with Edition.open(old) as before, Edition.open(new) as now:
        yield from claim_fates(before, claims_folder(before), now, claims_folder(now))


@dataclass(frozen=True, slots=True, kw_only=True)
class WordedClaim:
    """A claim with its wording.

    Attributes:
        said: what it says, for a person: "area = 643,801 km²".
        title: of the article that says it; "" of a statement.
        wording: what says it, as it stands in the article; "" of a statement.
    """

    claim: Claim
    said: str = ""
    title: str = ""
    wording: str = ""


def claims_of(path: Path | str, *, article: str = "", name: str = "") -> Iterator[WordedClaim]:
    """The claims of an edition in their order: of an article (and of statements about it), of a property, or all.

    Args:
        article: its id, title or path; of a title that several have, all of them.
        name: id of the property, or the source's own words for it.

    Raises:
        GalacticaError: there is no such article.
        StepMissingError: the edition is not joined.
    """
    with Edition.open(path) as edition:
        folder = claims_folder(edition)
        if article:
            rows = article_rows(edition, article)  # of each source that has one of that name
            found = [(row, claim) for row in rows for claim in claims_of_article(folder, edition, row)]
            own = [edition.article(row) for row in rows]
            named = (each for told in own for each in (*told.identifiers, f"path:{_quoted(told.path)}"))
            subjects = tuple(dict.fromkeys(named))
            if edition.statement.count("statements"):
                found += [(-1, claim) for each in subjects for claim in stated_claims(edition, each)]
            every: Iterator[tuple[int, Claim]] = iter(found)
        else:
            every = claims_of_property(folder, name) if name else every_claim(folder)
        words = StatementWords(edition, "en")
        for row, claim in every:
            if name in ("", claim.property):
                yield _shown(edition, row, claim, words)


def _shown(edition: Edition, row: int, claim: Claim, words: StatementWords) -> WordedClaim:
    from galactica.model.projection import project

    if row < 0:
        return WordedClaim(claim=claim, said=claim_said(claim, words))
    article = edition.article(row)
    wording = project(article.body)[claim.start : claim.end]
    return WordedClaim(claim=claim, said=claim_said(claim, words), title=article.title, wording=wording)


def _quoted(path: str) -> str:
    from urllib.parse import quote

    return quote(path, safe="-._~/:@!$()*+,;='")


def _loaded(home: str) -> Callable[..., Any]:
    module, _, name = home.partition(":")
    found: Callable[..., Any] = getattr(import_module(module), name)
    return found
