"""How well do vectors alone find paragraphs, in each language and from one language in another, and how quickly are
they made? Encoders side by side, without words, ranker or network.

    python -m benchmarks.search_vectors [--encoders static FILE …] [--teacher] [--among EDITION] [--seconds 5] [--json]

Alone: SQuAD dev A's questions among its 1,065 paragraphs; CMRC 2018's (trial) among its 256. Same: XQuAD A's in each of
twelve languages among the 120 paragraphs of that language. Across: those of eleven languages among the English ones.
Right is the question's own paragraph, whole. Each figure stands twice: by the vectors themselves ("exact"), and by
codes of one bit a dimension for the paragraphs, as an index of meaning keeps them ("codes"). `--teacher` adds
multilingual-e5-small itself. `--among` hides SQuAD's paragraphs among all passages of an edition, without the articles
that share text with them. Speed: passages a second of one process, of SQuAD's paragraphs and of each language's.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.question_sets import SQUAD, questions_of
from benchmarks.search_languages import CMRC, LANGUAGES, XQUAD
from galactica.edition import Edition
from galactica.encode import open_encoder
from galactica.evaluate.question import Question
from galactica.model.projection import project
from galactica.search.meaning import passage_text
from galactica.search.meaning.codes import codes, signs
from galactica.train.cutting import cut_texts
from galactica.train.held_out import HeldOut, Numbers

Vectors = NDArray[np.float32]
PLACES = (1, 5, 20)
AT_ONCE = 4_096
"""Passages that are compared together."""


class Vectoriser(Protocol):
    """What is measured: texts → unit vectors."""

    def passages(self, texts: Sequence[str]) -> Vectors: ...

    def questions(self, texts: Sequence[str]) -> Vectors: ...


class E5:
    """The teacher as an encoder."""

    def __init__(self) -> None:
        from galactica.train.student.teacher import ANSWERING, ASKED, Teacher

        self._teacher, self._before = Teacher(longest=512), (ASKED, ANSWERING)

    def passages(self, texts: Sequence[str]) -> Vectors:
        return self._teacher.vectors([self._before[1] + text for text in texts]).astype(np.float32)

    def questions(self, texts: Sequence[str]) -> Vectors:
        return self._teacher.vectors([self._before[0] + text for text in texts]).astype(np.float32)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--encoders", nargs="*", default=["static"], help="names or files of encoders")
    parser.add_argument("--teacher", action="store_true", help="multilingual-e5-small beside them")
    parser.add_argument("--among", type=Path, help="an edition whose passages SQuAD's paragraphs are hidden among")
    parser.add_argument("--seconds", type=float, default=5.0, help="that each speed is measured for; 0: none")
    parser.add_argument("--json", action="store_true", help="also print all figures as JSON, last")
    given = results.arguments(parser).parse_args()
    asked = {tag: questions_of(XQUAD.format(tag)) for tag in LANGUAGES}
    sets = {"SQuAD dev A": questions_of(SQUAD), "CMRC": questions_of(CMRC)}
    figures: dict[str, object] = {}
    others = [] if given.among is None else strangers(given.among, _paragraphs(sets["SQuAD dev A"]))
    named: dict[str, Vectoriser] = {name: open_encoder(name) for name in given.encoders}
    if given.teacher:
        named["multilingual-e5-small"] = E5()
    for name, encoder in named.items():
        found = measured(encoder, sets, asked)
        if others and not isinstance(encoder, E5):
            places = _found(encoder, sets["SQuAD dev A"], sets["SQuAD dev A"], others)
            found[f"SQuAD among {len(others):,}"] = _figures(*places)
        print(f"\n{name}{'':20}{'exact: @1   @5  @20   MRR':>40}{'codes: @1   @5  @20   MRR':>40}")
        for row, each in found.items():
            print(f"{row:28}" + "".join(f"{100 * value:8.1f}" for value in each), flush=True)
        figures[name] = {row: dict(zip(NAMES, each, strict=True)) for row, each in found.items()}
        if given.seconds and not isinstance(encoder, E5):
            texts = {"SQuAD": _paragraphs(sets["SQuAD dev A"])}
            texts |= {tag: _paragraphs(questions) for tag, questions in asked.items()}
            rates = {row: speed(encoder, several, given.seconds) for row, several in texts.items()}
            print("passages a second: " + ", ".join(f"{row} {rate:,.0f}" for row, rate in rates.items()), flush=True)
            figures[f"{name}, passages a second"] = rates
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


NAMES = tuple(f"{by} {name}" for by in ("exact", "codes") for name in (*(f"@{place}" for place in PLACES), "MRR"))


def measured(
    encoder: Vectoriser, sets: Mapping[str, Sequence[Question]], asked: Mapping[str, Sequence[Question]]
) -> dict[str, list[float]]:
    """What is measured → `NAMES`."""
    found: dict[str, list[float]] = {}
    for name, questions in sets.items():
        found[name] = _figures(*_found(encoder, questions, questions))
    same, across = [], []
    english = {question.id: question for question in asked["en"]}
    for tag, questions in asked.items():
        same.append(_figures(*_found(encoder, questions, questions)))
        found[f"same, {tag}"] = same[-1]
        if tag != "en":
            aimed = [english[question.id] for question in questions]
            across.append(_figures(*_found(encoder, questions, aimed)))
            found[f"{tag} -> en"] = across[-1]
    found[f"same, mean of {len(same)}"] = np.mean(same, axis=0).tolist()
    found[f"across, mean of {len(across)}"] = np.mean(across, axis=0).tolist()
    return found


def _found(
    encoder: Vectoriser, questions: Sequence[Question], aimed: Sequence[Question], others: Sequence[str] = ()
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The places of the right paragraphs, from 0: by vectors, and by codes."""
    paragraphs = _paragraphs(aimed)
    number = {text: at for at, text in enumerate(paragraphs)}
    right = np.array([number[question.context] for question in aimed])
    asked = encoder.questions([question.text for question in questions])
    ahead = np.zeros((2, len(questions)), np.int64)
    own = np.zeros((2, len(questions)), np.float32)
    parts = [paragraphs, *(others[low : low + AT_ONCE] for low in range(0, len(others), AT_ONCE))]
    for part, texts in enumerate(parts):
        theirs = encoder.passages(texts)
        for by, vectors in enumerate((theirs, signs(codes(theirs)))):
            scores = asked @ vectors.T
            if part == 0:
                own[by] = scores[np.arange(len(right)), right]
            ahead[by] += (scores > own[by][:, None]).sum(axis=1)
    return ahead[0], ahead[1]


def _figures(*places: NDArray[np.int64]) -> list[float]:
    return [
        float(value)
        for each in places
        for value in (*((each < place).mean() for place in PLACES), (1 / (1 + each)).mean())
    ]


def _paragraphs(questions: Sequence[Question]) -> list[str]:
    return list(dict.fromkeys(question.context for question in questions))


def strangers(edition: Path, paragraphs: Sequence[str]) -> list[str]:
    """The passages of an edition, as they are encoded, but for articles that share text with paragraphs."""
    known: dict[str, int] = {}

    def number(words: Sequence[str]) -> Numbers:
        return np.array([known.setdefault(word, len(known)) for word in words], np.int32)

    held, found = HeldOut(paragraphs, number), []
    with Edition.open(edition) as opened:
        for row, article in opened.scan():
            text = project(article.body)
            if not held.in_article(number(cut_texts([text]).words)):
                found += [passage_text(article.title, text[a:b]) for a, b in zip(*opened.spans(row), strict=True)]
    return found


def speed(encoder: Vectoriser, texts: Sequence[str], seconds: float) -> float:
    """Passages a second of this process."""
    encoder.passages(texts)
    done, begun = 0, time.perf_counter()
    while (passed := time.perf_counter() - begun) < seconds:
        done += len(encoder.passages([texts[(done + at) % len(texts)] for at in range(1024)]))
    return done / passed


if __name__ == "__main__":
    main()
