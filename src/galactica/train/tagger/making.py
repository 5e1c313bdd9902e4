"""Making a head of the tagger: articles are read through the network once, the head is learned from what it made of
them, rounded, and settled by judged proposals; the file gets its name together with its model card.

Stopped at any moment, the same call goes on from the articles that were read, which lie in `OUT.training/`, in a folder
called by what they depend on: where anything of that is another one, they are read again.
"""

from __future__ import annotations

import dataclasses
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from galactica.claims.property_table import known_properties
from galactica.claims.reading import article_claims, laid_of
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.tagging.features import features_of
from galactica.claims.tagging.head import KIND, TaggerHead, open_head
from galactica.claims.tagging.windows import windows_of
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.encode.cross import SHIPPED_NETWORK, lower_half_digest, open_cross_encoder
from galactica.encode.tensors import write_tensors
from galactica.errors import InputError
from galactica.progress import Report, silent
from galactica.train.card import Card
from galactica.train.material import Material, read_material
from galactica.train.tagger.asked import asked_passages
from galactica.train.tagger.facts import table_facts
from galactica.train.tagger.gathering import CHUNK, TaughtTask, taught_candidates
from galactica.train.tagger.labelling import SAID
from galactica.train.tagger.learning import LearnedHead, TaggerPlan, learned_head
from galactica.train.tagger.settling import (
    JudgedProposal,
    ScoredProposal,
    SettledHead,
    read_judged,
    settled_head,
)
from galactica.train.tagger.tagger_card import TaggerCard, tagger_card
from galactica.train.trained_file import (
    TrainedFile,
    card_of,
    check_places,
    put_trained,
    size_and_digest,
    training_folder,
)

LEAST = 12
"""Candidates that rules or people say a property of, for it to be learned."""

KINDS_LEARNED = ("item", "time", "quantity")

MARK = 32
"""Characters of the name of the folder in which candidates lie."""

MOST_TITLES = 1 << 24
"""Bytes of a file of titles."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TrainedTaggerFile(TrainedFile):
    """A tagger that was trained.

    Attributes:
        candidates, positives: that it learned from; of these, those that are values.
        judged, claimed, right: proposals that were judged, those of them that it claims, and of these the right ones.
    """

    candidates: int
    positives: int
    judged: int
    claimed: int
    right: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Given:
    material: Material
    tables: tuple[Path, ...]
    questions: tuple[Path, ...]
    held: frozenset[str]
    network: Path
    judged: tuple[JudgedProposal, ...]
    plan: TaggerPlan
    workers: int


def train_tagger(
    out: Path,
    editions: Sequence[Path],
    *,
    tables: Sequence[Path] = (),
    questions: Sequence[Path] = (),
    hold_out: Sequence[Path] = (),
    judged: Sequence[Path] = (),
    network: Path = SHIPPED_NETWORK,
    plan: TaggerPlan | None = None,
    workers: int = 1,
    report: Report = silent,
    tell: Callable[[str], None] = lambda line: None,
) -> TrainedTaggerFile:
    """Train the tagger's head on the text of editions, and write it with its model card.

    Args:
        out: the file to write, ending in .safetensors; must not exist.
        editions: whose articles are read.
        tables: editions whose infoboxes, tables and statements say what is known of things.
        questions: files of questions with their passages and answers.
        hold_out: files of titles, a line each: nothing is learned from articles that are called so.
        judged: files of judged proposals (`settling`), which say from when on a head is believed; without them nothing
            is ever claimed.
        network: that it is learned on.
        workers: processes that read articles.
        report: stage "features".
        tell: told how it goes.

    Raises:
        UsageError: a wrong ending, or `out` exists.
        MissingError: an extra is not installed.
        InputError, EditionError: a file or an edition cannot be read.
    """
    check_places(out, ".safetensors")
    began = time.monotonic()
    given = _Given(
        material=read_material(tuple(editions), (), ()),
        tables=tuple(tables),
        questions=tuple(questions),
        held=frozenset(title_key(line) for path in hold_out for line in _titles(path)),
        network=network,
        judged=tuple(each for path in judged for each in read_judged(path)),
        plan=plan or TaggerPlan(),
        workers=workers,
    )
    with training_folder(out) as work:
        trained = _train(out, work, given, report, tell)
    return dataclasses.replace(trained, seconds=time.monotonic() - began)


def _train(out: Path, work: Path, given: _Given, report: Report, tell: Callable[[str], None]) -> TrainedTaggerFile:
    every = tuple(each.id for each in known_properties().values() if each.kind in KINDS_LEARNED)
    network = lower_half_digest(given.network)
    read = work / _mark(given, every, network)
    read.mkdir(exist_ok=True)
    found = taught_candidates(list(_tasks(read, given, every)), workers=given.workers, report=report)
    kept = tuple(name for at, name in enumerate(every) if int((found.labels[:, at] == SAID).sum()) >= LEAST)
    found = dataclasses.replace(found, labels=found.labels[:, [every.index(name) for name in kept]])
    tell(f"{len(found.labels):,} candidates, {len(kept)} properties")
    learned = learned_head(found, kept, given.plan, tell)
    made = work / out.name
    about = given.material.about(
        out.stem, given.plan, kind=KIND, properties=" ".join(kept), network=network, languages="en zh"
    )
    settled = settled_head((), kept)
    write_tensors(made, head_arrays(learned, settled), about)
    scored = list(_scored(open_head(made), given)) if given.judged else []
    settled = settled_head(scored, kept) if scored else settled
    write_tensors(made, head_arrays(learned, settled), about)
    size, digest = size_and_digest(made)
    counted = {name: int((found.labels[:, at] == SAID).sum()) for at, name in enumerate(kept)}
    card = Card(
        file=out.name,
        bytes=size,
        digest=digest,
        plan=given.plan,
        material=given.material,
        questions=(),
        held_out=(),
    )
    told = TaggerCard(
        card=card,
        network=network,
        tables=tuple(path.name for path in given.tables),
        asked=tuple(path.name for path in given.questions),
        held=len(given.held),
        counted=counted,
        settled=settled,
    )
    put_trained(out, made, tagger_card(told))
    return TrainedTaggerFile(
        path=out,
        card=card_of(out),
        bytes=size,
        digest=digest,
        held_out=(),
        candidates=len(found.labels),
        positives=int((found.labels == SAID).sum()),
        judged=settled.judged,
        claimed=settled.claimed,
        right=settled.claimed_right,
    )


def _titles(path: Path) -> list[str]:
    try:
        if path.stat().st_size > MOST_TITLES:
            raise InputError(f"{path.name} is too large for a list of titles.", "Name a text with a title a line.")
        return [line for line in path.read_text("utf-8").splitlines() if line.strip()]
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{path.name} cannot be read ({error}).", "Name a text with a title a line.") from None


def _mark(given: _Given, names: tuple[str, ...], network: str) -> str:
    """What the candidates of a training depend on."""
    tables = [info.root for info in read_material(given.tables, (), ()).infos]
    asked = [size_and_digest(path)[1] for path in given.questions]
    return given.material.mark(names, network, tables, asked, sorted(given.held))[:MARK]


def _tasks(work: Path, given: _Given, names: tuple[str, ...]) -> Iterator[TaughtTask]:
    known = table_facts(given.tables)
    passages = list(asked_passages(given.questions))
    usual = TaughtTask(
        out=work, edition=Path(), rows=(), passages=(), network=given.network, names=names, known={}, held=given.held
    )
    for at in range(0, len(passages), CHUNK):
        yield dataclasses.replace(
            usual, out=work / f"asked-{at // CHUNK:04}.npz", passages=tuple(passages[at : at + CHUNK])
        )
    for number, path in enumerate(given.material.editions):
        with Edition.open(path) as edition:
            count = len(edition)
        parts = -(-count // CHUNK)
        for part in range(parts):
            yield dataclasses.replace(
                usual,
                out=work / f"edition-{number}-{part:05}.npz",
                edition=path,
                rows=tuple(range(part, count, parts)),
                known=known,
            )


def _scored(head: TaggerHead, given: _Given) -> Iterator[ScoredProposal]:
    """The judged proposals, read again with this head as it is in its file."""
    network = open_cross_encoder(given.network, threads=1, remedy="Name the reader's file.")
    wanted: defaultdict[tuple[str, str], list[JudgedProposal]] = defaultdict(list)
    for each in given.judged:
        wanted[each.root, each.article].append(each)
    for path, info in zip(given.material.editions, given.material.infos, strict=True):
        with Edition.open(path) as edition:
            for (root, article), proposals in wanted.items():
                row = edition.row_of(bytes.fromhex(article)) if root == info.root else None
                read = edition.article(row) if row is not None else None
                words = lexicon(read.language) if read is not None else None
                if read is None or words is None:
                    continue
                laid = laid_of(read, article_claims(read).claims, words)
                lines = {number for number, (a, b) in enumerate(laid.lines) if any(a <= p.start < b for p in proposals)}
                for tagged in windows_of(laid, network.tokenizer, lines):
                    state = network.halfway([tagged.window])[0].state[0]
                    logits = head.logits(features_of(tagged, state))
                    for placed, one in zip(tagged.placed, logits, strict=True):
                        start = placed.start + placed.candidate.start
                        for each in proposals:
                            if each.start == start and each.property in head.names:
                                logit = float(one[head.names.index(each.property)])
                                yield ScoredProposal(
                                    property=each.property, unspaced=not words.spaced, logit=logit, right=each.right
                                )


def head_arrays(learned: LearnedHead, settled: SettledHead) -> Mapping[str, NDArray[np.generic]]:
    """The arrays of a head's file (`claims.tagging.head`): weights in 8 bits, a step for each column."""
    arrays: dict[str, NDArray[np.generic]] = {
        "mean": learned.mean.astype(np.float16),
        "scale": learned.scale.astype(np.float16),
        "first_offsets": learned.first_offsets.astype(np.float32),
        "second_offsets": learned.second_offsets.astype(np.float32),
        "thresholds": settled.thresholds.astype(np.float32),
        "knots": settled.knots.astype(np.float32),
        "sure": settled.sure.astype(np.float32),
    }
    for name, weights in (("first", learned.first), ("second", learned.second)):
        steps = np.maximum(np.abs(weights).max(axis=0), 1e-8) / 127
        arrays[name] = np.rint(weights / steps).astype(np.int8)
        arrays[f"{name}_steps"] = steps.astype(np.float32)
    return arrays
