"""Pairs of a question and a passage of another article, and how near they are as multilingual-e5-small's vectors say:
what a reader learns from to put passages in order across languages, where nobody has asked questions.

Of some questions one passage in another script and one in the same are taken, among those whose vectors are nearest to
the question's; neither holds its answer. Vectors are compared around the mean of their script, because e5 sets those of
one language a little apart. A pair is as near as its likeness says beside that of the question and its own passage.
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Iterator, Sequence

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
    found = []
    for number, alike in enumerate(_alike(asking, rows)):
        each = some[number]
        for same in (False, True):
            other = _nearest(each, alike, passages, scripts, scripts[own[number]], same, chance)
            if other is not None:
                near = 1 / (1 + math.exp(-OWN - STEEP * float(alike[other] - alike[own[number]])))
                text, title = passages[other]
                found.append(Graded(question=each.question, passage=text, title=title, near=near))
    return found


def _alike(asking: Vectors, rows: Vectors) -> Iterator[Vectors]:
    """For each question how alike all passages are, `float32 [passages]`."""
    for start in range(0, len(asking), AT_ONCE):
        yield from asking[start : start + AT_ONCE] @ rows.T


def _nearest(
    each: Real,
    alike: Vectors,
    passages: Sequence[tuple[str, str]],
    scripts: Sequence[str],
    own: str,
    same: bool,
    chance: random.Random,
) -> int | None:
    """One of the passages of other articles that are most alike and do not hold the answer: in the question's own
    script, or in another."""
    said = {each.passage[a:b].lower() for a, b in each.answers}
    able: list[int] = []
    for number in np.argsort(-alike, kind="stable").tolist():
        text, title = passages[number]
        other = text != each.passage and (not title or title != each.title)
        if (scripts[number] == own) is same and other and not any(answer in text.lower() for answer in said):
            able.append(number)
        if len(able) == AMONG:
            break
    return chance.choice(able) if able else None
