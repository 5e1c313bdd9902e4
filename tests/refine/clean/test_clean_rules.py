"""Every rule carries its reason and its examples, and every example holds."""

import pytest

from galactica.refine.clean import clean
from galactica.refine.clean.rules import rule_book
from galactica.refine.clean.selector import compile_selector

RULES = rule_book().rules
EXAMPLES = [(rule, example) for rule in RULES for example in rule.examples]


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_has_an_example_and_a_reason(rule):
    assert rule.examples
    assert len(rule.why) > 10
    assert any(example.before != example.after for example in rule.examples)


@pytest.mark.parametrize(("rule", "example"), EXAMPLES, ids=[f"{r.name}-{n}" for n, (r, _) in enumerate(EXAMPLES)])
def test_an_example_holds(rule, example):
    assert clean(example.before, base="X").body == example.after.strip("\n")


@pytest.mark.parametrize("rule", [r for r in RULES if r.action == "drop"], ids=lambda rule: rule.name)
def test_what_a_rule_drops_is_counted_under_its_name(rule):
    dropped = [dict(clean(example.before, base="X").dropped) for example in rule.examples]
    assert any(rule.name in counts for counts in dropped)


def test_names_are_unique():
    assert len({rule.name for rule in RULES}) == len(RULES)


@pytest.mark.parametrize("text", ["", "a b", "a > b", ":hover", "a:not(.x)", "[a|=b]", "*"])
def test_a_selector_that_one_tag_cannot_answer_is_refused(text):
    with pytest.raises(ValueError, match="select"):
        compile_selector(text)


def test_selectors_match_as_in_css():
    selector = compile_selector('a.new[href^="#x"][title]')
    assert selector.matches("a", {"class": "b new", "href": "#xy", "title": ""})
    assert not selector.matches("a", {"class": "newer", "href": "#xy", "title": ""})
    assert not selector.matches("b", {"class": "new", "href": "#xy", "title": ""})
    assert not selector.matches("a", {"class": "new", "href": "xy", "title": ""})
