"""Teaching search how to weigh what it finds: from questions, editions, and an encoder, `ranker.json`.

Questions that name their paragraph (SQuAD) are asked of all paragraphs of their file, as articles without a title, of
three in an article, and of the same hidden among the editions. Those that do not are asked of the editions, and what
has an answer in it is right. In other languages than these, questions are made from the editions' own sentences
(`train.making`). Those that name their paragraph, and the made ones, are asked once more with an encoder that learned
no word: so the ranker learns how far vectors can be trusted where a language is unknown (`features`: "known").

The encoder must not have been trained on these questions: it would find their passages better than those of any other,
and be trusted too much.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from galactica.edition import Edition
from galactica.encode import open_encoder, tensors
from galactica.encode.static import StaticEncoder
from galactica.errors import MissingError, UsageError
from galactica.evaluate.forms import read_questions
from galactica.evaluate.judge import Rule, judge
from galactica.evaluate.question import Question
from galactica.library.building import build
from galactica.library.workers import pool
from galactica.model.projection import project
from galactica.progress import Report, silent
from galactica.search import Searcher, TextIndex
from galactica.search.features import NAMES
from galactica.search.meaning import EncoderFacts, MeaningIndex
from galactica.search.meaning.build import build as make
from galactica.search.meant import MeaningRetriever
from galactica.search.ranker import FUSED

if TYPE_CHECKING:
    from galactica.train.ranker import List

POOL = 20
"""Passages asked for: how deep the pool is that is weighed."""

PARAGRAPHS = "paragraphs"
"""The key of the source that paragraphs are."""

LONG = 3
"""Paragraphs of an article in which what a question asks may stand in several passages."""

NO_TITLE = "¶"
"""The title of a paragraph that has none; it has no word in it."""

WEIGHT_OF_FOUND = 0.3
"""What a question counts whose right passages are only those that have an answer in them: some have it by chance."""


WORDED = ("words", "words_best", "share", "share_best")
"""Features that come from words alone."""

STEADY = 0.5
"""How much words alone say beside the ranker. On questions it did not learn from, 0 to 0.5 give the same first places
within half a point on each collection (2026-11-26); what it has not seen is the safer the more they say."""

MADE = 1_000
"""Questions that are made from an edition where nobody says how many."""

WEIGHT_OF_MADE = 0.5
"""What a made question counts: it is nearer to its passage than one that a person asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TaughtRanker:
    """A ranker that was learned: its file, the questions it learned from, right passages first before and after, of
    questions it did not learn from."""

    path: Path
    questions: int
    words: float
    fusion: float
    ranker: float


def train_ranker(
    out: Path,
    questions: Sequence[Path],
    editions: Sequence[Path],
    *,
    encoder: str,
    most: int = 0,
    report: Report = silent,
) -> TaughtRanker:
    """Learn the weights of `search.ranker` and write them.

    Args:
        out: the JSON file to write.
        questions: files with answers; see the module.
        editions: with indexes; their indexes of meaning are made with `encoder` where they are of another.
        encoder: as for `encode.open_encoder`; one that has not seen the questions.
        most: questions that are asked of each collection; 0: all.

    Raises:
        UsageError: no questions, or an encoder that has no table of words.
        MissingError: the extra `train` is not installed.
    """
    try:
        from galactica.train.ranker import learn, steadied
    except ImportError as error:
        raise MissingError("Training needs PyTorch.", "pip install 'galactica[train]'") from error
    asked = [question for path in questions for question in read_questions(path).questions]
    if not asked:
        raise UsageError("No questions were named.", "Name files of questions with answers.")
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory(prefix="galactica-") as folder:
        opened = [stack.enter_context(Edition.open(path)) for path in editions]
        lists = list(_lists(asked, opened, _Place(Path(folder), encoder, report), most))
    words = learn(lists, NAMES, WORDED, hidden=0)
    fusion = learn(lists, NAMES, FUSED, hidden=0)
    ranker = learn(lists, NAMES, NAMES)
    out.parent.mkdir(parents=True, exist_ok=True)
    kept = {"fusion": fusion.weights, "ranker": steadied(ranker.weights, words.weights, STEADY)}
    out.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8", newline="\n")
    return TaughtRanker(
        path=out, questions=ranker.questions, words=words.first, fusion=fusion.first, ranker=ranker.first
    )


@dataclass(frozen=True, slots=True)
class _Place:
    """Where indexes for learning are made, with which encoder, and who is told."""

    folder: Path
    encoder: str
    report: Report


def _lists(asked: Sequence[Question], editions: Sequence[Edition], place: _Place, most: int) -> Iterator[List]:
    placed = [question for question in asked if question.context]
    found = [question for question in asked if not question.context]
    knowing = open_encoder(place.encoder)
    if not isinstance(knowing, StaticEncoder):
        raise UsageError(f"{place.encoder} has no table of words.", "Name a file that `galactica train encoder` wrote.")
    unknown = _Place(place.folder, str(_ignorant(Path(place.encoder), place.folder)), place.report)
    ignorant = StaticEncoder.open(Path(unknown.encoder))
    if placed:
        short = _paragraphs(placed, place.folder, 1)
        long = _paragraphs(placed, place.folder, LONG)
        with Edition.open(short.edition) as paragraphs, Edition.open(long.edition) as articles:
            alone = _searcher([paragraphs], place, knowing)
            yield from _asked(alone, placed, short, place, most, "paragraphs")
            yield from _asked(_searcher([articles], place, knowing), placed, long, place, most, "long paragraphs")
            if editions:
                among = _searcher([paragraphs, *editions], place, knowing)
                yield from _asked(among, placed, short, place, most, "hidden paragraphs")
            blind = _searcher([paragraphs], unknown, ignorant)
            yield from _asked(blind, placed, short, unknown, most, "unknown words")
            blind = _searcher([articles], unknown, ignorant)
            yield from _asked(blind, placed, long, unknown, most, "unknown words, long paragraphs")
    if found and editions:
        yield from _asked(_searcher(editions, place, knowing), found, None, place, most, "questions")
    asked_in = {question.language.partition("-")[0] for question in asked}
    for edition in editions:
        made = _made(edition, asked_in, most or MADE)
        if made:
            yield from _asked_back(_searcher([edition], place, knowing), made, place, "made questions")
            blind = _searcher([edition], unknown, ignorant)
            yield from _asked_back(blind, made[::2], unknown, "made questions, unknown words")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Made:
    """A question that was made from a passage: the text, and the article and passage it came from."""

    text: str
    id: bytes
    passage: int


def _made(edition: Edition, asked_in: Collection[str], most: int) -> list[_Made]:
    """Questions made from passages of an edition in languages in which nobody asked, spread over its articles."""
    from galactica.train.making import question

    chance = np.random.default_rng([2026, len(edition)])
    made: list[_Made] = []
    for row in chance.permutation(len(edition)).tolist():
        head = edition.head(row)
        if len(made) >= most:
            break
        if head.language.partition("-")[0] in asked_in:
            continue
        starts, ends = edition.spans(row)
        if not starts:
            continue
        number = int(chance.integers(len(starts)))
        text = question(project(edition.body(row))[starts[number] : ends[number]], head.language, chance)
        if text:
            made.append(_Made(text=text, id=head.id, passage=number))
    return made


def _asked_back(searcher: Searcher, made: Sequence[_Made], place: _Place, stage: str) -> Iterator[List]:
    """A list for each made question; right is the passage that it was made from."""
    from galactica.train.ranker import List

    for number, each in enumerate(made):
        hits, features = searcher.described(each.text, limit=POOL)
        right = np.array([(hit.id, hit.passage) == (each.id, each.passage) for hit in hits], np.bool_)
        yield List(features=features, right=right, weight=WEIGHT_OF_MADE)
        if number % 50 == 0:
            place.report(stage, number, len(made), "questions")
    place.report(stage, len(made), len(made), "questions")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Paragraphs:
    """An edition of the paragraphs that questions name: its folder, and which article holds each paragraph."""

    edition: Path
    article: Mapping[str, str]


def _paragraphs(asked: Sequence[Question], folder: Path, together: int) -> _Paragraphs:
    """So many paragraphs, one after the other, are an article without a title."""
    contexts = list(dict.fromkeys(question.context for question in asked))
    source = folder / f"paragraphs-{together}.jsonl"
    lines: list[str] = []
    article: dict[str, str] = {}
    for number in range(0, len(contexts), together):
        group = contexts[number : number + together]
        article |= dict.fromkeys(group, f"p{number}")
        text = "\n\n".join(group)
        lines.append(json.dumps({"path": f"p{number}", "title": NO_TITLE, "text": text, "language": asked[0].language}))
    source.write_text("\n".join(lines) + "\n", encoding="utf-8")
    out = source.with_suffix(".edition")
    build(out, [source], key=PARAGRAPHS, workers=0, meaning=False)
    return _Paragraphs(edition=out, article=article)


def _searcher(editions: Sequence[Edition], place: _Place, vectors: StaticEncoder) -> Searcher:
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
    arrays, about = tensors.read(encoder)
    for name in ("words", "levels", "scales", "asked"):
        arrays[name] = arrays[name][:0]
    path = folder / "ignorant.safetensors"
    tensors.write(path, arrays, about)
    return path


def _asked(
    searcher: Searcher,
    questions: Sequence[Question],
    paragraphs: _Paragraphs | None,
    place: _Place,
    most: int,
    stage: str,
) -> Iterator[List]:
    """A list for each question; for one that names its paragraph, passages elsewhere that have an answer are left out:
    they may be right or not."""
    from galactica.train.ranker import List

    chosen = questions[:: max(1, len(questions) // most)] if most else questions
    for number, question in enumerate(chosen):
        hits, features = searcher.described(question.text, limit=POOL)
        if paragraphs is None:
            right = np.array([bool(judge(question, Rule.ANSWER, [hit]).right) for hit in hits], np.bool_)
            yield List(features=features, right=right, weight=WEIGHT_OF_FOUND)
        else:
            name = paragraphs.article[question.context]
            right = np.array([hit.source == PARAGRAPHS and hit.path == name for hit in hits], np.bool_)
            doubtful = [
                not own and hit.source != PARAGRAPHS and bool(judge(question, Rule.ANSWER, [hit]).right)
                for own, hit in zip(right, hits, strict=True)
            ]
            kept = ~np.array(doubtful, np.bool_)
            yield List(features=features[kept], right=right[kept])
        if number % 50 == 0:
            place.report(stage, number, len(chosen), "questions")
    place.report(stage, len(chosen), len(chosen), "questions")
