"""What speaks for a sentence of a talk that it tells what is asked: a row of numbers for each."""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.ask.form_words import words_of
from galactica.ask.kinds import Kind
from galactica.ask.shared_words import SharedWords
from galactica.ask.spoken.hearing import HeardSentence
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.encode import Encoder, open_encoder
from galactica.errors import GalacticaError
from galactica.languages import primary
from galactica.values.amounts import numbers
from galactica.values.dates import dates

SIGNS = (
    "passage",  # how surely an answer lies in it where the library's passage is read, in logits, at least `LEAST`
    "exchange",  # the same where the exchange is read
    "alone",  # the same where it is read by itself
    "relevant",  # logit that the exchange is one for the question
    "answerable",  # that it answers
    "near",  # that it is about what is asked
    "asked_alike",  # cosine of the question and the turn that asks; 0 where none does
    "alike",  # of the question and the sentence
    "words_asked",  # how much of the question's words the turn that asks has, or words like them: 0 to 1
    "words",  # the same of the exchange
    "words_here",  # of the sentence
    "numbered",  # where an amount or a time is asked for: 1 where it has one, -1 where not; else 0
    "opening",  # 1 where it is the first that is told
    "length",  # logarithm of its characters
    "share",  # which part of what the reader gives to it lies on one stretch
)
"""What is told of a sentence."""

LEAST = -14.0
"""Logits below which nothing is told apart."""

NUMBERED = frozenset((Kind.NUMBER, Kind.MEASURE, Kind.DATE))
"""Kinds of things that have a number, or a word for one or for a time."""


def signs_of_sentences(question: str, kind: Kind, heard: Sequence[HeardSentence]) -> NDArray[np.float32]:
    """What speaks for each of some sentences: `float32 [sentences, len(SIGNS)]`.

    Args:
        kind: of thing that is asked for.
    """
    turns = [each.unit.page.text[slice(*each.unit.asked)] if each.unit.asked else "" for each in heard]
    sentences = [each.text for each in heard]
    asked_alike, alike = _alike(question, turns), _alike(question, sentences)
    words = SharedWords(question)
    rows = [
        (
            max(LEAST, each.passage),
            max(LEAST, each.exchange),
            max(LEAST, each.alone),
            each.read.relevant,
            each.read.answerable,
            each.read.near,
            asked_alike[number],
            alike[number],
            words.share(turns[number]),
            words.share(each.unit.text),
            words.share(sentences[number]),
            _number(kind, each),
            float(each.span == next(iter(each.unit.sentences))),
            math.log1p(len(sentences[number])),
            each.share,
        )
        for number, each in enumerate(heard)
    ]
    return np.array(rows, np.float32).reshape(len(rows), len(SIGNS))


def _number(kind: Kind, heard: HeardSentence) -> float:
    """Whether a sentence has a number where one is asked for."""
    if kind not in NUMBERED:
        return 0.0
    own = words_of(primary(heard.unit.page.article.language))
    text = heard.text
    lower = folded(fold_han(text))
    worded = own is not None and (own.number.search(lower) or own.when.search(lower)) is not None
    return 1.0 if worded or numbers(text) or dates(text) else -1.0


def _alike(question: str, texts: Sequence[str]) -> NDArray[np.float32]:
    """Cosines of a question and some texts; 0 of one that is empty, and where there is no encoder."""
    encoder = _encoder()
    if encoder is None or not texts:
        return np.zeros(len(texts), np.float32)
    several = list(dict.fromkeys(texts))
    known = encoder.passages(several).astype(np.float32) @ encoder.questions([question])[0].astype(np.float32)
    found = dict(zip(several, known.tolist(), strict=True))
    return np.array([found[text] if text else 0.0 for text in texts], np.float32)


def _encoder() -> Encoder | None:
    """The one that ships; None where it is not there."""
    try:
        return open_encoder("static")
    except GalacticaError:
        return None
