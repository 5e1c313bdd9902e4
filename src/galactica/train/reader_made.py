"""Lessons that the reader learns from made of the text of editions, in English alone."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

from galactica.edition import Edition
from galactica.languages import primary
from galactica.model.projection import project
from galactica.progress import Report
from galactica.train.chosen_editions import rows_learned_from
from galactica.train.reader_lessons import HeldOutFilter
from galactica.train.reading import made
from galactica.train.reading.lesson import Lesson

OF_ARTICLE = 4
"""Lessons that are made from one article, so that many articles are met."""


def made_lessons(
    editions: Sequence[Edition],
    free: HeldOutFilter,
    *,
    count: int,
    unanswered: float,
    known: Callable[[str], bool],
    seed: int,
    report: Report,
) -> tuple[list[Lesson], tuple[str, ...]]:
    """(`count` lessons made from articles in random order, titles of the articles that are held out among those met).

    Args:
        known: whether a word is one.
        report: stage "lessons".
    """
    chance = random.Random(seed)  # noqa: S311 - no secret
    found: list[Lesson] = []
    left_out = []
    share = -(-count // max(1, len(editions)))
    for number, edition in enumerate(editions):
        rows = rows_learned_from(edition)
        chance.shuffle(rows)
        for row in rows:
            report("lessons", len(found), count, "lessons")
            if len(found) >= min(count, share * (number + 1)):
                break
            article = edition.article(row)
            text = project(article.body)
            if primary(article.language) != "en" or not text:
                continue
            if not free.article(article.title, text):
                left_out.append(article.title)
                continue
            passages = [text[a:b] for a, b in zip(*edition.spans(row), strict=True)]
            found += made.lessons(
                article.title,
                passages,
                most=OF_ARTICLE,
                unanswered=unanswered,
                known=known,
                seed=f"{seed} {article.id.hex()}",
            )
    report("lessons", count, count, "lessons")
    return found[:count], tuple(left_out)
