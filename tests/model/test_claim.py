"""Claims: which are plain."""

from __future__ import annotations

import pytest

from galactica.model import Claim, Qualifier, said_outright
from galactica.model.claim import LIMITS

CLAIM = Claim(source="s", path="p", property="height", kind="quantity", value="324", origin="sentence")


def test_a_claim_with_nothing_beside_it_is_plain() -> None:
    assert said_outright(CLAIM)


@pytest.mark.parametrize("limit", LIMITS)
def test_what_is_reported_denied_planned_estimated_or_disputed_is_not(limit: str) -> None:
    said = Claim(
        source="s",
        path="p",
        property="height",
        kind="quantity",
        value="324",
        origin="sentence",
        qualifiers=(Qualifier(property=limit, kind="text", value="the architect"),),
    )
    assert not said_outright(said)
