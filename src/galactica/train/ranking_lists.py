"""What a ranker learns from: questions asked of collections, and lists of what was found, right and wrong.

Questions that name their paragraph (SQuAD) are asked of all paragraphs of their file, each an article without a title,
of three in an article, and of whole articles, each of them alone and among the editions. Those that do not are asked of
the editions, and what has an answer in it is right. In other languages than these, questions are made from the
editions' own sentences (`train.making`). Those that name their paragraph, and the made ones, are asked once more with
an encoder that learned no word: so the ranker learns how far vectors can be trusted where a language is unknown
(`features`: "known").
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from galactica.building.build import build
from galactica.building.workers import pool
from galactica.edition import Edition
from galactica.encode import open_encoder, tensors
from galactica.encode.static import StaticEncoder
from galactica.errors import UsageError
from galactica.evaluate.question import Question
from galactica.languages import primary
from galactica.progress import Report
from galactica.search import Searcher, TextIndex
from galactica.search.meaning import EncoderFacts, MeaningIndex
from galactica.search.meaning.build import build_meaning as make
from galactica.search.meant import MeaningRetriever
from galactica.search.ranker import Ranker
from galactica.train.ranking_questions import (
    PARAGRAPHS,
    RankingQuestion,
    answered_question,
    made_questions,
    placed_question,
)

if TYPE_CHECKING:
    from galactica.train.ranker import List

POOL = 20
"""Passages asked for: how deep the pool is that is weighed."""

WHOLE = "articles"
CUT = {"paragraphs": 1, "three paragraphs": 3, WHOLE: 0}
"""How many paragraphs are an article; 0: all that have the same title."""

NO_TITLE = "¶"
"""The title of a paragraph that has none; it has no word in it."""

MADE = 1_000
"""Questions that are made from an edition where nobody says how many."""


@dataclass(frozen=True, slots=True)
class IndexPlace:
    """Where indexes for learning are made, with which encoder, and who is told."""

    folder: Path
    encoder: str
    report: Report


@dataclass(frozen=True, slots=True, kw_only=True)
class Collection:
    """Questions and what they are asked of.

    Attributes:
        blind: True where the encoder knows no word.
    """

    stage: str
    editions: tuple[Edition, ...]
    searcher: Searcher
    asked: Sequence[RankingQuestion]
    blind: bool = False


def article_lists(collection: Collection, report: Report) -> Iterator[List]:
    """A list of articles for each question of which it is known which is right."""
    from galactica.train.ranker import List

    for number, each in enumerate(collection.asked):
        if each.article is not None:
            found = collection.searcher.considered(each.text, limit=POOL)
            heads = [collection.editions[c.edition].head(c.row) for c in found.candidates]
            right = np.array([each.article(head) for head in heads], np.bool_)
            yield List(features=found.features, right=right, weight=each.weight)
        if number % 50 == 0:
            report(f"articles for {collection.stage}", number, len(collection.asked), "questions")


def passage_lists(collection: Collection, chooser: Ranker, report: Report) -> Iterator[List]:
    """A list of passages for each question."""
    from galactica.train.ranker import List

    for number, each in enumerate(collection.asked):
        hits, features = collection.searcher.described(each.text, chooser, limit=POOL)
        judged = [each.right(hit) for hit in hits]
        kept = np.array([right is not None for right in judged], np.bool_)
        yield List(features=features[kept], right=np.array(judged)[kept].astype(np.bool_), weight=each.weight)
        if number % 50 == 0:
            report(f"passages for {collection.stage}", number, len(collection.asked), "questions")


def collections(
    asked: Sequence[Question], editions: Sequence[Edition], place: IndexPlace, most: int, stack: contextlib.ExitStack
) -> Iterator[Collection]:
    """What questions are asked of; see the module.

    Args:
        asked: with answers, with paragraphs, or both.
        most: questions that are asked of each collection; 0: all.
        stack: closes what is opened here.

    Raises:
        UsageError: the encoder has no table of words.
    """
    placed = [question for question in asked if question.context]
    found = [question for question in asked if not question.context]
    knowing = open_encoder(place.encoder)
    if not isinstance(knowing, StaticEncoder):
        raise UsageError(f"{place.encoder} has no table of words.", "Name a file that `galactica train encoder` wrote.")
    unknown = IndexPlace(place.folder, str(_ignorant(Path(place.encoder), place.folder)), place.report)
    ignorant = StaticEncoder.open(Path(unknown.encoder))
    several = {name: _paragraphs(placed, place.folder, together) for name, together in CUT.items()} if placed else {}
    for name, cut in several.items():
        own = stack.enter_context(Edition.open(cut.edition))
        known = [placed_question(question, cut.article) for question in _some(placed, most)]
        yield Collection(stage=name, editions=(own,), searcher=_searcher([own], place, knowing), asked=known)
        if editions:
            among = (own, *editions)
            yield Collection(
                stage=f"{name} among others", editions=among, searcher=_searcher(among, place, knowing), asked=known
            )
        if name != WHOLE:
            blind = _searcher([own], unknown, ignorant)
            yield Collection(stage=f"{name}, unknown words", editions=(own,), searcher=blind, asked=known, blind=True)
    if found and editions:
        answered = [answered_question(question) for question in _some(found, most)]
        searcher = _searcher(editions, place, knowing)
        yield Collection(stage="questions", editions=tuple(editions), searcher=searcher, asked=answered)
    asked_in = {primary(question.language) for question in asked}
    for edition in editions:
        made = made_questions(edition, asked_in, most or MADE)
        if made:
            searcher = _searcher([edition], place, knowing)
            yield Collection(stage="made questions", editions=(edition,), searcher=searcher, asked=made)
            blind = _searcher([edition], unknown, ignorant)
            yield Collection(
                stage="made questions, unknown words", editions=(edition,), searcher=blind, asked=made[::2], blind=True
            )


def _some(questions: Sequence[Question], most: int) -> Sequence[Question]:
    return questions[:: max(1, len(questions) // most)] if most else questions


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraphs:
    """An edition of the paragraphs that questions name: its folder, and which article holds each paragraph."""

    edition: Path
    article: Mapping[str, str]


def _paragraphs(asked: Sequence[Question], folder: Path, together: int) -> _Paragraphs:
    """So many paragraphs of one article, one after the other, are an article without a title; 0: all, and the title."""
    of_title: dict[str, dict[str, None]] = {}
    for question in asked:
        of_title.setdefault(question.title, {})[question.context] = None
    source = folder / f"paragraphs-{together}.jsonl"
    lines: list[str] = []
    article: dict[str, str] = {}
    for title, contexts in of_title.items():
        several = list(contexts)
        for number in range(0, len(several), together or len(several)):
            group = several[number : number + (together or len(several))]
            name = f"p{len(lines)}"
            article |= dict.fromkeys(group, name)
            shown = NO_TITLE if together else title.replace("_", " ")
            text = "\n\n".join(group)
            lines.append(json.dumps({"path": name, "title": shown, "text": text, "language": asked[0].language}))
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = source.with_suffix(".edition")
    build(out, [source], key=PARAGRAPHS, workers=0, meaning=False)
    return _Paragraphs(edition=out, article=article)


def _searcher(editions: Sequence[Edition], place: IndexPlace, vectors: StaticEncoder) -> Searcher:
    indexes, meanings = [], []
    for edition in editions:
        directory = place.folder / f"{edition.root[:16]}-{vectors.digest[:16]}"
        with pool(0) as here:
            make(
                edition,
                directory,
                encoder=EncoderFacts(name=place.encoder, digest=vectors.digest, dimensions=vectors.dimensions),
                opener=open_encoder,
                pool=here,
                workers=0,
                report=place.report,
            )
        indexes.append(TextIndex.open(edition, edition.index_dir() / "text"))
        meanings.append(MeaningIndex.open(edition, directory))
    return Searcher(
        list(zip(editions, indexes, strict=True)), meaning=MeaningRetriever(meanings, open_encoder), vectors=vectors
    )


def _ignorant(encoder: Path, folder: Path) -> Path:
    """The same encoder without any learned word."""
    arrays, about = tensors.read_tensors(encoder)
    for name in ("words", "levels", "scales", "asked"):
        arrays[name] = arrays[name][:0]
    path = folder / "ignorant.safetensors"
    tensors.write_tensors(path, arrays, about)
    return path
