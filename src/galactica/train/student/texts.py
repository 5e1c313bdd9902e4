"""What a student is taught: stretches of editions' text in every language, questions and passages that answer them.

Articles that share text with what is held out are left out (`train.held_out`). Each passage gives one stretch, whose
place is drawn by a hash; of languages that have more than their share, stretches are drawn by the same.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from galactica.codes.han import unspaced
from galactica.edition import Edition
from galactica.languages import primary
from galactica.languages.guessing import UNKNOWN, guess, script_of
from galactica.model.projection import project
from galactica.progress import Report
from galactica.train.cutting import cut_texts
from galactica.train.held_out import HeldOut, Numbers
from galactica.train.pairs import QuestionPair
from galactica.train.student.plan import Taught

LONGEST, LONGEST_UNSPACED = 360, 130
"""Characters of a stretch, about 60 words; of one in a script without spaces."""

SHORTEST = 60
"""Characters of a passage that gives a stretch; a third of that where it is written without spaces."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextStretches:
    """Stretches of editions.

    Attributes:
        taught: in an order drawn by a hash.
        passages: that there were.
        held_out, held_ids: as in `train.corpus.Corpus`.
    """

    taught: tuple[Taught, ...]
    passages: int
    held_out: tuple[str, ...]
    held_ids: frozenset[tuple[str, bytes]]


def text_stretches(editions: Sequence[Edition], held: Sequence[str], most: int, report: Report) -> TextStretches:
    """Stretches of editions' passages, at most so many.

    Args:
        held: paragraphs that are held out.
        report: stage "corpus", in articles.
    """
    known: dict[str, int] = {}

    def number(words: Sequence[str]) -> Numbers:
        return np.array([known.setdefault(word, len(known)) for word in words], np.int32)

    filter_ = HeldOut(held, number)
    by_language: dict[str, list[tuple[int, str]]] = defaultdict(list)
    left_out: list[tuple[str, str, bytes]] = []
    done, passages, total = 0, 0, sum(map(len, editions))
    for edition in editions:
        for row, article in edition.scan():
            if done % 500 == 0:
                report("corpus", done, total, "articles")
            done += 1
            text = project(article.body)
            texts = [text[a:b] for a, b in zip(*edition.spans(row), strict=True)]
            if filter_.in_article(number(cut_texts(texts).words)):
                left_out.append((article.title, edition.root, article.id))
                continue
            passages += len(texts)
            language = primary(article.language)
            for each in texts:
                if len(each) >= (SHORTEST // 3 if unspaced(each) else SHORTEST):
                    chance = _chance(article.title, each)
                    by_language[language].append((chance, stretch(each, chance)))
    report("corpus", total, total, "articles")
    return TextStretches(
        taught=tuple(
            Taught(text=text, asked=False, language=taught_language(text, language))
            for text, language in _chosen(by_language, most)
        ),
        passages=passages,
        held_out=tuple(title for title, _, _ in left_out),
        held_ids=frozenset((root, identity) for _, root, identity in left_out),
    )


def _chosen(by_language: Mapping[str, list[tuple[int, str]]], most: int) -> list[tuple[str, str]]:
    """(stretch, language): the same number of each language, where it has so many."""
    found: list[tuple[int, str, str]] = []
    left, languages = most, len(by_language)
    for language, several in sorted(by_language.items(), key=lambda pair: (len(pair[1]), pair[0])):
        own = sorted(set(several))[: left // languages]
        found += [(chance, text, language) for chance, text in own]
        left -= len(own)
        languages -= 1
    return [(text, language) for _, text, language in sorted(found)]


def of_pairs(asked: Sequence[QuestionPair], most: int) -> tuple[Taught, ...]:
    """Questions, and a stretch of each passage; at most so many, as many of each language as go."""
    questions: dict[str, list[tuple[int, str]]] = defaultdict(list)
    passages: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for question in dict.fromkeys(pair.question for pair in asked):
        questions[taught_language(question)].append((_chance(question), question))
    for passage in dict.fromkeys(pair.passage for pair in asked):
        chance = _chance(passage)
        passages[taught_language(passage)].append((chance, stretch(passage, chance)))
    count = sum(map(len, passages.values()))
    of_passages = max(most // 2, most - sum(map(len, questions.values()))) if count > most // 2 else count
    found = [
        *(Taught(text=text, asked=False, language=tag) for text, tag in _chosen(passages, of_passages)),
        *(Taught(text=text, asked=True, language=tag) for text, tag in _chosen(questions, most - of_passages)),
    ]
    return tuple(sorted(found, key=lambda each: _chance(each.text)))


def stretch(text: str, chance: int) -> str:
    """A stretch of a text that is longer than one: from the beginning of a word on, to the end of one."""
    room = LONGEST_UNSPACED if unspaced(text) and " " not in text[:LONGEST_UNSPACED] else LONGEST
    if len(text) <= room:
        return text
    at = chance % (len(text) - room + 1)
    if at:
        space = text.find(" ", at, at + 40)
        at = space + 1 if space >= 0 else at
    if at + room >= len(text):
        return text[at:]
    end = text.rfind(" ", at + room - 40, at + room)
    return text[at : end if end > 0 else at + room]


def taught_language(text: str, told: str = "") -> str:
    """The language of a text: what its source says, or a guess; its script where that does not tell either."""
    if told and told != UNKNOWN:
        return told
    found = guess(text)
    return script_of(text) if found in ("", UNKNOWN) else found


def _chance(*texts: str) -> int:
    return int.from_bytes(hashlib.blake2b("\n".join(texts).encode("utf-8", "replace"), digest_size=4).digest(), "big")
