"""What claims of an origin promise."""

from __future__ import annotations

from galactica.claims.judged import JUDGED, JUDGED_RULES, UNJUDGED, share_right
from galactica.claims.sentences.lexicon import lexicon


def test_a_rule_that_was_judged_promises_its_own_share() -> None:
    right, judged = JUDGED_RULES["en.lived"]
    share = round((right + 1) / (judged + 2), 3)
    assert share_right("sentence", "en.lived") == share != share_right("sentence", "en.flows_into")


def test_a_rule_that_was_not_judged_promises_that_of_its_language() -> None:
    assert share_right("sentence", "en.flows_into") == share_right("sentence", "en.employs")
    assert share_right("sentence", "fr.born") == UNJUDGED


def test_few_judgements_promise_little() -> None:
    assert share_right("list") < share_right("table") < 1


def test_what_was_judged_is_there() -> None:
    known = {rule.name for code in ("en", "zh") if (words := lexicon(code)) is not None for rule in words.rules}
    assert set(JUDGED_RULES) <= known
    assert all(0 < right <= judged for right, judged in (*JUDGED.values(), *JUDGED_RULES.values()))
