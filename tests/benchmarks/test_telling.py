"""Figures of what tells what is so from what is not, worked out by hand; and what WiCE's benchmark makes of a line."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from benchmarks.check_wice import CHUNK, chunks, mean, told
from benchmarks.telling import Together, auroc, best_f1, f1_at

from galactica.ask.contract import Asserted, AssertedWord, Given, Support
from tests.ask.group.pretended import Pointing

ROW: dict[str, Any] = {
    "label": "partially_supported",
    "claim": "Mara Quill painted 12 boats in Ostrel, twice.",
    "claim_tokens": ["Mara", "Quill", "painted", "12", "boats", "in", "Ostrel", ",", "twice", "."],
    "non_supported_spans": [False] * 6 + [True, True, True, False],
    "supporting_sentences": [[1], [1, 3], [1]],
    "evidence": ["(meta data) TITLE: Boats", "Mara Quill painted 12 boats.", "x" * 700, "In autumn.", "y" * 90],
    "meta": {"id": "made-1"},
}


class Sure(Pointing):
    """Doubts the last two words of whatever is said, and keeps what it was given."""

    def judge(self, claim: Asserted, evidence: Sequence[Given]) -> Support:
        self.evidence = evidence
        words = [claim.text.index(each) for each in ("Mara", "Ostrel", "twice")]
        return Support(
            likely=0.8,
            words=tuple(
                AssertedWord(start=start, end=start + 4, doubt=float(n) - 0.5) for n, start in enumerate(words)
            ),
        )


def test_auroc_counts_pairs_and_equal_ones_half() -> None:
    assert auroc([3, 2, 2, 1], [True, True, False, False]) == pytest.approx(3.5 / 4)
    assert math.isnan(auroc([1.0], [True]))


def test_the_best_f1_is_over_all_thresholds() -> None:
    assert f1_at([3, 2, 1], [True, False, True], 2) == pytest.approx(0.5)
    best, least = best_f1([3, 2, 1], [True, False, True])
    assert best == pytest.approx(0.8)
    assert least == 1


def test_figures_together_tell_more_than_each() -> None:
    chance = np.random.default_rng(0)
    so = [bool(each) for each in chance.integers(0, 2, 400)]
    x = np.array(so)[:, None] + chance.normal(0, 1, (400, 2)) * [1, 100]
    both = Together(x[:200], so[:200])
    assert auroc(both.scores(x[200:]), so[200:]) >= auroc([float(each) for each in x[200:, 1]], so[200:]) + 0.15
    assert both.weights[0] > abs(both.weights[1])


def test_each_text_of_evidence_is_what_one_person_named_filled_up_in_order() -> None:
    found = list(chunks(ROW))
    assert len(found) == 2  # two named the same
    assert all(ROW["evidence"][1] in each for each in found)
    assert ROW["evidence"][3] in found[1]
    assert all(sum(map(len, each)) <= CHUNK for each in found)
    assert all(each == sorted(each, key=list(ROW["evidence"]).index) for each in found)
    assert found == list(chunks(ROW))


def test_where_nobody_named_evidence_it_is_drawn() -> None:
    assert len(list(chunks({**ROW, "supporting_sentences": [[]]}))) == 3


def test_a_line_is_told_with_its_words() -> None:
    reader = Sure()
    found = told(reader, ROW, "given")
    assert (found.name, found.supported) == ("made-1", False)
    assert found.head == pytest.approx(math.log(4))
    assert found.words == pytest.approx(5 / 7)  # Ostrel and twice are not there
    assert found.doubted == pytest.approx(2 / 7)
    assert [token[0] for token in found.tokens] == [False] * 6 + [True, True]
    assert [token[2] for token in found.tokens[-2:]] == [True, True]
    assert found.tokens[-1][1] == 1.5
    assert {each.title for each in reader.evidence} == {"Boats"}
    assert len(told(reader, ROW, "page").tokens) == 8
    assert len(reader.evidence) == 1


def test_what_was_not_judged_is_doubted_least() -> None:
    assert mean([(0, 4, 2.0), (4, 9, 0.0)], 2, 6) == 1.0
    assert mean([], 0, 3) == -10.0
