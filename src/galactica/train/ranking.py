"""Teaching search how to weigh what it finds: from questions, editions, and an encoder, `ranker.json`.

First, which articles are worth reading (`search.choosing`); then, with these read, which passages are put first. What
both learn from is made by `ranking_lists`.

The encoder must not have been trained on these questions: it would find their passages better than those of any other,
and be trusted too much.
"""

from __future__ import annotations

import contextlib
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from galactica.edition import Edition
from galactica.errors import MissingError, UsageError
from galactica.evaluate.forms import read_questions
from galactica.placing import check_place, placed
from galactica.progress import Report, silent
from galactica.search.choosing import NAMES as ARTICLES
from galactica.search.features import NAMES
from galactica.search.ranker import FUSED, Ranker
from galactica.train.ranking_lists import IndexPlace, article_lists, collections, passage_lists

WORDED = ("words", "words_best", "share", "share_best")
"""Features that come from words alone."""

STEADY = 0.5
"""How much words alone say beside the ranker. On questions it did not learn from, 0 to 0.5 give the same first places
within half a point on each collection (2026-11-26); what it has not seen is the safer the more they say."""


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
        out: the JSON file to make.
        questions: files with answers; see the module.
        editions: with indexes; indexes of meaning are made with `encoder` in a folder of their own.
        encoder: as for `encode.open_encoder`; one that has not seen the questions.
        most: questions that are asked of each collection; 0: all.

    Raises:
        UsageError: no questions, something stands at `out`, or an encoder that has no table of words.
        MissingError: the extra `train` is not installed.
    """
    try:
        from galactica.train.ranker import learn, steadied
    except ImportError as error:
        raise MissingError("Training needs PyTorch.", "pip install 'galactica[train]'") from error
    out.parent.mkdir(parents=True, exist_ok=True)
    check_place(out)
    asked = [question for path in questions for question in read_questions(path).questions]
    if not asked:
        raise UsageError("No questions were named.", "Name files of questions with answers.")
    with contextlib.ExitStack() as stack, tempfile.TemporaryDirectory(prefix="galactica-") as folder:
        opened = [stack.enter_context(Edition.open(path)) for path in editions]
        learned_from = list(collections(asked, opened, IndexPlace(Path(folder), encoder, report), most, stack))
        choosing = [each for one in learned_from if not one.blind for each in article_lists(one, report)]
        chosen = learn(choosing, ARTICLES, ARTICLES, hidden=0)
        chooser = Ranker.of(chosen.weights, ARTICLES)
        lists = [each for one in learned_from for each in passage_lists(one, chooser, report)]
    words = learn(lists, NAMES, WORDED, hidden=0)
    fusion = learn(lists, NAMES, FUSED, hidden=0)
    ranker = learn(lists, NAMES, NAMES)
    kept = {
        "articles": chosen.weights,
        "fusion": fusion.weights,
        "ranker": steadied(ranker.weights, words.weights, STEADY),
    }
    with placed(out) as file:
        file.write((json.dumps(kept, indent=1) + "\n").encode())
    return TaughtRanker(
        path=out, questions=ranker.questions, words=words.first, fusion=fusion.first, ranker=ranker.first
    )
