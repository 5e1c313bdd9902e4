"""Every rule reads the sentences that it carries, and leaves alone those that it must not read."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

import galactica.claims.sentences
from galactica.claims.sentences.lexicon import SentenceRule, lexicon, read_languages
from galactica.claims.sentences.reading import sentence_claims
from galactica.model.claim import DISPUTED, ESTIMATED, FORMER, NEGATED, PLANNED, REPORTED, Claim

MARKS = {
    ESTIMATED: "?",
    REPORTED: "~reported",
    NEGATED: "~negated",
    PLANNED: "~planned",
    DISPUTED: "~disputed",
    FORMER: "~former",
}

SENTENCES = Path(galactica.claims.sentences.__file__).parent / "rules"


def told(claim: Claim) -> str:
    """A claim as examples write it: "Lyon:population=1234 unit@2010?"."""
    limits = "".join(MARKS[each.property] for each in claim.qualifiers)
    unit = f" {claim.unit}" if claim.unit else ""
    time = f"@{claim.time}" if claim.time else ""
    return f"{claim.subject + ':' if claim.subject else ''}{claim.property}={claim.value}{unit}{time}{limits}"


def read(language: str, title: str, text: str, only: str = "") -> list[Claim]:
    """The claims of an example; "Lyon=place" begins with the language's sentence that makes it one."""
    name, _, kind = title.partition("=")
    if kind:
        begins = tomllib.loads((SENTENCES / f"{language}.toml").read_text("utf-8"))["examples"]
        text = begins[kind].format(name) + text
    return sentence_claims(text, source="s", path="p", title=name, language=language, only=only)


@pytest.mark.parametrize("language", read_languages())
def test_every_expression_of_a_language_can_be_compiled(language: str) -> None:
    words = lexicon(language)
    assert words is not None
    assert all(words.patterns.values())


def test_one_property_alone_is_read_as_it_is_among_all() -> None:
    for language in ("en", "zh"):
        for rule in rules_of(language):
            title, text, _ = (*map(str.strip, rule.must[0].split(" | ")), "")[:3]
            every = read(language, title, text)
            for name in {each.property for each in every} | {"capital"}:
                alone = read(language, title, text, only=name)
                assert alone == [each for each in every if each.property == name], (rule.name, name)


def rules_of(language: str) -> tuple[SentenceRule, ...]:
    words = lexicon(language)
    assert words is not None
    return words.rules


@pytest.mark.parametrize("language", read_languages())
def test_every_rule_reads_its_examples_and_leaves_the_others_alone(language: str) -> None:
    wrong = []
    for rule in rules_of(language):
        assert rule.must, f"{rule.name} has no example"
        assert rule.must_not, f"{rule.name} has no example that it must leave alone"
        for example in rule.must:
            title, text, wanted = (*map(str.strip, example.split(" | ")), "")[:3]
            found = [told(each) for each in read(language, title, text) if each.rule == rule.name]
            if sorted(found) != sorted(each.strip() for each in wanted.split(";")):
                wrong.append((rule.name, example, found))
        for example in rule.must_not:
            title, text = map(str.strip, example.split(" | "))
            found = [told(each) for each in read(language, title, text) if each.rule == rule.name]
            if found:
                wrong.append((rule.name, example, found))
    assert wrong == []


@pytest.mark.parametrize("language", read_languages())
def test_names_of_rules_are_told_once(language: str) -> None:
    names = [rule.name for rule in rules_of(language)]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", read_languages())
def test_a_rule_of_a_sentences_beginning_has_no_second_one_that_may_stand_elsewhere(language: str) -> None:
    anchored = [rule for rule in rules_of(language) if rule.source.startswith("^")]
    assert [rule.name for rule in anchored if _alternatives(rule.source) > 1] == []


def _alternatives(source: str) -> int:
    """How many expressions stand side by side in one, those in brackets aside."""
    plain = re.sub(r"\\.|\[(?:\\.|[^\]])*\]", "", source)
    while (shorter := re.sub(r"\([^()]*\)", "", plain)) != plain:
        plain = shorter
    return plain.count("|") + 1
