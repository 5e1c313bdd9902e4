"""What is known of a candidate, as numbers: what the network's lower layers make of it, of what stands beside it and of
the article's title, and where it stands.

Order: states (`float32 [STATES × width]`): mean of the candidate's pieces, the piece before, the piece behind, mean of
the title's pieces, the first piece of the window; then `FACTS` numbers of 0 and 1. Changing any of it needs a new head.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.claims.sentences.subjects import opening_subject
from galactica.claims.tagging.candidates import KINDS
from galactica.claims.tagging.windows import PlacedCandidate, TaggedWindow

Floats = NDArray[np.float32]

STATES = 5
_OPENINGS = ("own", "pronoun", "name", "other")
TOPICS = "person place nature building org film book music software chemical species event language".split()
"""Kinds of things (`topics.Topic.kind`)."""

_DATES = (4, 7, 10)
"""Lengths of a year, a month, a day in EDTF."""

FACTS = len(KINDS) + len(_DATES) + 1 + len(_OPENINGS) + len(TOPICS) + 1 + 4


def features_of(tagged: TaggedWindow, state: Floats) -> Floats:
    """`float32 [candidates, STATES × width + FACTS]` of a window.

    Args:
        state: `float32 [length, width]`, of the window halfway.
    """
    title = state[tagged.title[0] : tagged.title[1]].mean(axis=0) if tagged.title[1] > tagged.title[0] else state[0]
    openings: dict[int, str] = {}
    rows = []
    for each in tagged.placed:
        if each.start not in openings:
            openings[each.start] = opening_subject(each.spoken.sentence, each.spoken)
        states = (
            state[each.first : each.last + 1].mean(axis=0),
            state[each.first - 1],
            state[min(each.last + 1, len(state) - 1)],
            title,
            state[0],
        )
        rows.append(np.concatenate([*states, _facts(each, openings[each.start])]))
    return np.stack(rows).astype(np.float32)


def _facts(each: PlacedCandidate, opening: str) -> Floats:
    candidate, sentence = each.candidate, each.spoken.sentence
    left = sentence[: candidate.start]
    length = len(candidate.reading.value) if candidate.reading.kind == "time" else 0
    told = [candidate.kind == kind for kind in KINDS]
    told += [length == size for size in _DATES] + ["X" in candidate.reading.value and length > 0]
    told += [opening == name for name in _OPENINGS]
    told += [each.spoken.topic.kind == kind for kind in TOPICS] + [not each.spoken.topic.kind]
    told += [
        each.leading,
        each.spoken.leading,
        left.count("(") + left.count("（") > left.count(")") + left.count("）"),
        not each.spoken.before,
    ]
    return np.array(told, np.float32)
