"""Pairs of a question and a passage of another article, and how near they are as multilingual-e5-small's vectors say:
what a reader learns from to put passages in order across languages, where nobody has asked questions.

Of some questions one passage in another script and one in the same are taken, among those whose vectors are nearest to
the question's; neither holds its answer. Vectors are compared around the mean of their script, because e5 sets those of
one language a little apart. A pair is as near as its likeness says beside that of the question and its own passage.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

import numpy as np
from numpy.typing import NDArray

from galactica.train.reading.lesson import Graded, Real
from galactica.train.reading.vocabulary import script

AMONG = 8
"""Nearest passages of which one is taken: the first few are often about the very thing, the others about its like."""

OWN = 3.0
"""Logit of a pair as alike as a question and its own passage: near in 95 of 100."""

STEEP = 14.0
"""Logits that a likeness more by one is worth. Around the mean of their scripts a question and its passage have 0.5 to
0.7, and passages about something else 0.1 and less."""

FEW = 8 * AMONG
"""Passages that are put in order at first: hardly ever are more of these the question's own article's."""

AT_ONCE = 512
"""Questions that are compared with all passages together."""

Vectors = NDArray[np.float32]

Centre = Callable[[Sequence[str], str, Sequence[str]], Vectors]
"""(texts, "question" or "passage", the script of each) → unit vectors around the mean of their scripts, `float32
[texts, width]`."""


def graded_pairs(asked: Sequence[Real], share: float, centre: Centre, seed: str) -> list[Graded]:
    """Pairs for `share` of the questions with an answer; the same for the same seed."""
    chance = random.Random(f"{seed} graded")  # noqa: S311 - no secret
    some = [each for each in asked if each.answers and chance.random() < share]
    passages = list(dict.fromkeys((each.passage, each.title) for each in asked))
    if not some or len(passages) <= AMONG:
        return []
    scripts = [script(text) for text, _ in passages]
    rows = centre([text for text, _ in passages], "passage", scripts)
    asking = centre([each.question for each in some], "question", [script(each.question) for each in some])
    place = {passage: number for number, passage in enumerate(passages)}
    own = np.array([place[each.passage, each.title] for each in some])
    nearest = _nearest_of_all(asking, rows, [scripts[at] for at in own], scripts)
    found = []
    for number, (each, both) in enumerate(zip(some, nearest, strict=True)):
        likeness = float(asking[number] @ rows[own[number]])
        for candidates, alike in both:
            able = [at for at, c in enumerate(candidates.tolist()) if _able(each, *passages[c])][:AMONG]
            if able:
                at = chance.choice(able)
                near = 1 / (1 + math.exp(-OWN - STEEP * (float(alike[at]) - likeness)))
                text, title = passages[candidates[at]]
                found.append(Graded(question=each.question, passage=text, title=title, near=near))
    return found


def _able(each: Real, text: str, title: str) -> bool:
    """Whether a passage is of another article and does not hold the answer."""
    other = text != each.passage and (not title or title != each.title)
    return other and not any(each.passage[a:b].lower() in text.lower() for a, b in each.answers)


Nearest = tuple[NDArray[np.int64], Vectors]
"""(numbers of passages, the nearest first, how alike each is)."""


def _nearest_of_all(
    asking: Vectors, rows: Vectors, own: Sequence[str], scripts: Sequence[str]
) -> list[tuple[Nearest, Nearest]]:
    """For each question the nearest passages, some of other scripts than its own and some of that."""
    found: list[tuple[Nearest, Nearest] | None] = [None] * len(asking)
    named, those = np.array(scripts), np.array(own)
    jobs = []
    for name in sorted(set(own)):
        at = np.flatnonzero(those == name)
        jobs += [(name, at[start : start + AT_ONCE]) for start in range(0, len(at), AT_ONCE)]

    def look(job: tuple[str, NDArray[np.int64]]) -> None:
        name, block = job
        both = [_few(asking[block], rows, np.flatnonzero(same)) for same in (named != name, named == name)]
        for row, number in enumerate(block.tolist()):
            one, other = ((places[row], alike[row]) for places, alike in both)
            found[number] = (one, other)

    with ThreadPoolExecutor() as pool:
        list(pool.map(look, jobs))
    return [each for each in found if each is not None]


def _few(asking: Vectors, rows: Vectors, among: NDArray[np.int64]) -> tuple[NDArray[np.int64], Vectors]:
    """(passages among some that are nearest to each question, how alike), `[questions, at most FEW]`."""
    alike = asking @ rows[among].T
    if alike.shape[1] > FEW:
        few = np.argpartition(-alike, FEW, axis=1)[:, :FEW]
    else:
        few = np.broadcast_to(np.arange(alike.shape[1]), alike.shape)
    few = np.sort(few, axis=1)
    order = np.argsort(-np.take_along_axis(alike, few, 1), axis=1, kind="stable")
    few = np.take_along_axis(few, order, 1)
    return among[few], np.take_along_axis(alike, few, 1)
