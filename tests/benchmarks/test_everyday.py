"""The everyday questions: each can be judged, and what was looked at is apart from what was not."""

from __future__ import annotations

import json
from collections import Counter

from benchmarks.ask_cases import EVERYDAY, contains

LINES = [json.loads(line) for line in EVERYDAY.read_text(encoding="utf-8").splitlines()]


def test_each_question_has_an_article_that_answers_it_or_no_answer() -> None:
    for line in LINES:
        assert (line["answers"] is None) == (not line["article"])
        assert line["edition"] in ("enwiki", "zhwiki")
        assert all(contains(each, [each]) for each in line["answers"] or ())


def test_both_parts_are_as_large_and_share_no_question() -> None:
    counts = Counter(line["part"] for line in LINES)
    assert counts == {"develop": 66, "held": 66}
    assert len({line["question"] for line in LINES}) == len(LINES)
