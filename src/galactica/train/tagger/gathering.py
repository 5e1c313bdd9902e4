"""Articles read through the network once: what it makes of each candidate, and what that is taught as, in files of a
work folder, so that learning is a matter of minutes and a stopped gathering goes on.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from galactica.claims.property_table import known_properties
from galactica.claims.reading import article_claims, laid_of
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.topics import topic_of
from galactica.claims.tagging.candidates import KINDS, properties_of
from galactica.claims.tagging.features import features_of
from galactica.claims.tagging.windows import LaidArticle, laid_article, windows_of
from galactica.codes.files import whole
from galactica.codes.han import unspaced
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.encode.cross import CrossEncoder, open_cross_encoder
from galactica.model import Article
from galactica.model.claim import Claim
from galactica.progress import Report
from galactica.train.tagger.asked import AskedPassage
from galactica.train.tagger.facts import KnownOf, known_of
from galactica.train.tagger.labelling import NOT, SAID, UNTOLD, labels_of

CHUNK = 100
"""Articles of one file."""

PARAGRAPHS = 4
"""Of one article that are read: its first, those in which something is known, others."""

ASIDE = 10
"""One article in so many is put aside, told by its hash: nothing is learned from it, and its proposals are judged."""

OTHERS_OF = 2
"""Claims of one article about something else that are learned from."""

UNTOLD_OF = 16
"""Candidates of one article of which nothing is known that are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtTask:
    """A file to make.

    Attributes:
        out: the file.
        edition, rows: of the articles; without rows it is passages that are read.
        passages: of questions.
        network: file of the network.
        names: of the properties.
        known: facts of tables by key of title.
        held: keys of titles that nothing is learned from.
    """

    out: Path
    edition: Path
    rows: tuple[int, ...]
    passages: tuple[AskedPassage, ...]
    network: Path
    names: tuple[str, ...]
    known: Mapping[str, KnownOf]
    held: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtCandidates:
    """What was gathered.

    Attributes:
        features: `float16 [candidates, features]`.
        labels: `int8 [candidates, properties]`.
        article: `uint32 [candidates]`, the article's hash, for putting whole articles aside.
        chinese: `bool [candidates]`, whether it is of a script without spaces.
        kind: `uint8 [candidates]`, number of the candidate's kind in `KINDS`.
    """

    features: NDArray[np.float16]
    labels: NDArray[np.int8]
    article: NDArray[np.uint32]
    chinese: NDArray[np.bool_]
    kind: NDArray[np.uint8]


def article_hash(article: bytes) -> int:
    """What an article of an edition is known by among candidates, by its id."""
    return int.from_bytes(article[:4], "big")


def taught_candidates(tasks: Sequence[TaughtTask], *, workers: int, report: Report) -> TaughtCandidates:
    """Makes the files that are not there, and reads all of them."""
    missing = [task for task in tasks if not task.out.is_file()]
    done = len(tasks) - len(missing)
    report("features", done, len(tasks), "files")
    if workers > 1 and len(missing) > 1:
        with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
            for _ in pool.map(gather_taught, missing):
                done += 1
                report("features", done, len(tasks), "files")
    else:
        for task in missing:
            gather_taught(task)
            done += 1
            report("features", done, len(tasks), "files")
    return read_taught([task.out for task in tasks])


def read_taught(paths: Sequence[Path]) -> TaughtCandidates:
    """The files as one."""
    parts: defaultdict[str, list[NDArray[np.generic]]] = defaultdict(list)
    for path in paths:
        with np.load(path) as file:
            for name in file.files:
                parts[name].append(file[name])
    joined = {name: np.concatenate(arrays) for name, arrays in parts.items()}
    return TaughtCandidates(**joined)


def gather_taught(task: TaughtTask) -> None:
    """Makes a file."""
    network = _network(task.network)
    features, labels, article, chinese, kinds = [], [], [], [], []
    for number, taught in _taught(task, network):
        feature, label, kind, chinese_too = taught
        features.append(feature.astype(np.float16))
        labels.append(label)
        article.append(number)
        chinese.append(chinese_too)
        kinds.append(KINDS.index(kind))
    width = len(features[0]) if features else 0
    with whole(task.out) as part, part.open("wb") as file:
        np.savez(
            file,
            features=np.array(features, np.float16).reshape(-1, width) if width else np.zeros((0, 0), np.float16),
            labels=np.array(labels, np.int8).reshape(-1, len(task.names)),
            article=np.array(article, np.uint32),
            chinese=np.array(chinese, np.bool_),
            kind=np.array(kinds, np.uint8),
        )


_NETWORKS: dict[Path, CrossEncoder] = {}


def _network(path: Path) -> CrossEncoder:
    if path not in _NETWORKS:
        _NETWORKS[path] = open_cross_encoder(path, threads=1, remedy="Name the reader's file.")
    return _NETWORKS[path]


Taught = tuple[NDArray[np.float32], NDArray[np.int8], str, bool]


def _taught(task: TaughtTask, network: CrossEncoder) -> Iterator[tuple[int, Taught]]:
    """(hash of the article, what is taught) of a task."""
    if task.rows:
        with Edition.open(task.edition) as edition:
            for row in task.rows:
                read = edition.article(row)
                if title_key(read.title) not in task.held:
                    number = article_hash(read.id)
                    chance = random.Random(number)  # noqa: S311 - no secret
                    yield from ((number, each) for each in _of_article(read, network, task, chance))
    for passage in task.passages:
        if not {title_key(passage.title), title_key(passage.about)} & task.held:
            number = crc32(title_key(passage.title or passage.about).encode())
            yield from ((number, each) for each in _of_passage(passage, network, task))


def _of_passage(passage: AskedPassage, network: CrossEncoder, task: TaughtTask) -> Iterator[Taught]:
    """The answer of a question as what was asked for, and what is no answer to it."""
    words = lexicon("zh" if unspaced(passage.text) else "en")
    known = known_properties()[passage.property]
    if words is None:
        return
    laid = laid_article(passage.text, passage.about, words)
    at = task.names.index(passage.property)
    for tagged in windows_of(laid, network.tokenizer):
        state = network.halfway([tagged.window])[0].state[0]
        for placed, row in zip(tagged.placed, features_of(tagged, state), strict=True):
            start, end = placed.start + placed.candidate.start, placed.start + placed.candidate.end
            label = np.zeros(len(task.names), np.int8)
            fits = known in properties_of(placed.candidate.kind)
            if fits and start < passage.end and passage.start < end:
                label[at] = SAID if start >= passage.start and end <= passage.end else UNTOLD
            elif fits and not known.many:
                label[at] = NOT
            if label.any():
                yield row, label, placed.candidate.kind, not words.spaced


def _of_article(article: Article, network: CrossEncoder, task: TaughtTask, chance: random.Random) -> Iterator[Taught]:
    """(features, labels, kind, whether without spaces) of the candidates of an article that are kept."""
    words = lexicon(article.language)
    if words is None:
        return
    claims = article_claims(article).claims
    laid = laid_of(article, claims, words)
    known = {**known_of(claims), **task.known.get(title_key(article.title), {})}
    untold: list[Taught] = []
    for tagged in windows_of(laid, network.tokenizer, _paragraphs(laid, claims, known, chance)):
        state = network.halfway([tagged.window])[0].state[0]
        for placed, row in zip(tagged.placed, features_of(tagged, state), strict=True):
            inside = [claim for claim in claims if placed.start <= claim.value_start < placed.end]
            label = labels_of(placed, task.names, inside, known)
            taught = row, label, placed.candidate.kind, not words.spaced
            if (label != UNTOLD).any():
                yield taught
            else:
                untold.append(taught)
    yield from chance.sample(untold, min(UNTOLD_OF, len(untold)))
    yield from _of_others(laid, claims, network, task, chance)


def _of_others(
    laid: LaidArticle, claims: Sequence[Claim], network: CrossEncoder, task: TaughtTask, chance: random.Random
) -> Iterator[Taught]:
    """What rules read of somebody else, as if the article were about that: so it is learned whose a value is."""
    told = [claim for claim in claims if claim.origin == "sentence" and claim.subject and claim.property in task.names]
    for claim in chance.sample(told, min(OTHERS_OF, len(told))):
        about = replace(
            laid, title=claim.subject, first="", at=-1, topic=topic_of("", "", claim.subject, (), laid.words)
        )
        line = next((n for n, (a, b) in enumerate(laid.lines) if a <= claim.start < b), -1)
        here = [replace(each, subject="" if each.subject == claim.subject else "-") for each in claims]
        for tagged in windows_of(about, network.tokenizer, frozenset((line,))):
            if not any(each.start == claim.start for each in tagged.placed):
                continue
            state = network.halfway([tagged.window])[0].state[0]
            for placed, row in zip(tagged.placed, features_of(tagged, state), strict=True):
                if placed.start == claim.start:
                    inside = [each for each in here if placed.start <= each.value_start < placed.end]
                    yield row, labels_of(placed, task.names, inside, {}), placed.candidate.kind, not laid.words.spaced


def _paragraphs(laid: LaidArticle, claims: Sequence[Claim], known: KnownOf, chance: random.Random) -> frozenset[int]:
    """Numbers of the paragraphs of an article that are read."""
    values = {value for values in known.values() for value, _ in values if len(value) > 3}
    told: list[int] = []
    others: list[int] = []
    for number, (start, end) in enumerate(laid.lines):
        says = number == laid.at or any(start <= claim.value_start < end for claim in claims if not claim.subject)
        text = laid.text[start:end].lower()
        (told if says or any(value in text for value in values) else others).append(number)
    told = told[:1] + chance.sample(told[1:], min(PARAGRAPHS - 2, len(told) - 1)) if told else []
    return frozenset((*told, *chance.sample(others, min(1, len(others)))))
