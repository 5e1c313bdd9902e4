"""The examples of the table of properties, read as rows of a box."""

from __future__ import annotations

import pytest

from galactica.claims.property_table import known_properties

from .written import box, claims

EXAMPLES = [(each.id, *example) for each in known_properties().values() for example in each.examples]


@pytest.mark.parametrize(("name", "language", "label", "cell", "values"), EXAMPLES)
def test_a_row_gives_the_values_of_the_example(name: str, language: str, label: str, cell: str, values: str) -> None:
    company = [] if name != "director" else [("Running time", "90 minutes")]
    found = [each for each in claims(box((label, cell), *company), language=language) if each.property == name]
    assert " | ".join(f"{each.value} {each.unit}".strip() for each in found) == values
