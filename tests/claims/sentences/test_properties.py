"""What rules find is of the table of properties, in the kind that it has there."""

from __future__ import annotations

import pytest

from galactica.claims.property_table import known_properties
from galactica.claims.sentences.lexicon import lexicon, read_languages
from galactica.claims.sentences.slots import MEASURED

KINDS = {
    "date": "time",
    "lifedate": "time",
    "year": "time",
    "years": "time",
    "number": "quantity",
    "formula": "text",
    "symbol": "text",
}


@pytest.mark.parametrize("language", read_languages())
def test_every_property_of_a_rule_is_in_the_table_with_its_kind(language: str) -> None:
    words = lexicon(language)
    assert words is not None
    slots = [
        (rule.name, slot) for rule in words.rules for slot in rule.slots.values() if slot.property != "instance_of"
    ]
    wrong = []
    for name, slot in slots:
        known = known_properties().get(slot.property)
        kind = "quantity" if slot.kind in MEASURED else KINDS.get(slot.kind, "item")
        if known is None or known.kind != kind or (slot.kind in MEASURED and known.measures != slot.kind):
            wrong.append((name, slot))
    assert wrong == []


def test_ten_languages_are_read() -> None:
    assert {"en", "zh", "de", "es", "fr", "it", "pt", "ru", "ja", "ar"} <= set(read_languages())


@pytest.mark.parametrize("language", read_languages())
def test_every_rule_is_tried_on_first_sentences_or_has_triggers(language: str) -> None:
    words = lexicon(language)
    assert words is not None
    assert [rule.name for rule in words.rules if not rule.triggers and not rule.first] == []
