"""When a head is believed."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import InputError
from galactica.train.tagger.settling import LEAST_JUDGED, MOST_LINES, NEVER, ScoredProposal, read_judged, settled_head


def judged(rights: int, wrongs: int, *, unspaced: bool = False, name: str = "capital") -> list[ScoredProposal]:
    """Proposals whose logits above 1 are right and below 1 wrong."""
    right = [(1.0 + n / max(1, rights), True) for n in range(1, rights + 1)]
    wrong = [(1.0 - n / max(1, wrongs), False) for n in range(1, wrongs + 1)]
    return [
        ScoredProposal(property=name, unspaced=unspaced, logit=logit, right=is_right)
        for logit, is_right in right + wrong
    ]


def test_the_threshold_parts_right_from_wrong() -> None:
    settled = settled_head(judged(60, 60), ("capital", "founder"))
    assert 0.9 < settled.thresholds[0, 0] < 1.1
    assert settled.claimed_right >= 60


def test_the_lowest_that_is_claimed_stays_so_on_a_machine_that_rounds_in_another_way() -> None:
    scored = [
        ScoredProposal(property="capital", unspaced=False, logit=0.70001 + n, right=True) for n in range(LEAST_JUDGED)
    ]
    assert settled_head(scored, ("capital",)).thresholds[0, 0] == pytest.approx(0.7)


def test_a_property_that_few_judged_is_never_claimed_and_scripts_stand_apart() -> None:
    few = judged(LEAST_JUDGED - 1, 0, name="founder")
    settled = settled_head([*judged(60, 60, unspaced=True), *few], ("capital", "founder"))
    assert settled.thresholds[0, 0] == settled.thresholds[0, 1] == np.float32(NEVER)
    assert settled.thresholds[1, 0] < 2


def test_right_ones_at_the_very_top_of_many_are_not_enough() -> None:
    assert settled_head(judged(10, 40), ("capital",)).claimed == 0


def test_where_nothing_is_sure_nothing_is_claimed() -> None:
    wavering = [ScoredProposal(property="capital", unspaced=False, logit=n / 50, right=n % 2 == 0) for n in range(50)]
    settled = settled_head(wavering, ("capital",))
    assert settled.claimed == 0


def test_surer_never_means_less_often_right() -> None:
    mixed = [ScoredProposal(property="capital", unspaced=False, logit=n / 40, right=n % 29 > 0) for n in range(400)]
    settled = settled_head(mixed, ("capital",))
    assert settled.claimed > 100
    assert list(settled.sure) == sorted(settled.sure)


def test_judgements_are_read_from_lines(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    line = {"root": "a", "id": "00ff", "property": "capital", "start": 3, "end": 7, "right": True, "says": "…"}
    file.write_text(json.dumps(line) + "\n", "utf-8")
    (found,) = read_judged(file)
    assert (found.property, found.right) == ("capital", True)
    file.write_text("{}\n", "utf-8")
    with pytest.raises(InputError):
        read_judged(file)


def test_no_judgement_is_left_out_in_silence(tmp_path: Path) -> None:
    file = tmp_path / "judged.jsonl"
    file.write_text("\n" * (MOST_LINES + 1), "utf-8")
    with pytest.raises(InputError):
        read_judged(file)


def test_a_head_that_nobody_judged_claims_nothing() -> None:
    settled = settled_head((), ("capital", "founder"))
    assert (settled.thresholds == np.float32(NEVER)).all()
    assert (settled.judged, settled.claimed, len(settled.knots), len(settled.sure)) == (0, 0, 1, 1)
