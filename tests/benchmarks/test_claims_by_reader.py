"""What a reader would claim, counted: with one that marks what it is told."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from benchmarks.claims_by_reader import counted_article
from benchmarks.claims_known import EMPTY, Value

from tests.ask.group.pretended import Pointing

PROSE = (
    "<p>Ruritania is a country in Europe.</p>"
    "<p>Ruritania has a capital that all praise, Strelsau. The old province of Elm had its capital at Elmstadt.</p>"
)


def counted(margins: dict[str, float], known: dict[str, set[Value]], body: str = PROSE) -> Counter[str]:
    found: Counter[str] = Counter()
    article = replace(EMPTY, title="Ruritania", path="Ruritania", body=body)
    counted_article(article, known, Pointing(**margins), 10, found, [])
    return found


CAPITAL = {"capital": {("strelsau", "")}}


def test_a_missed_value_is_found_where_it_is_marked_surest() -> None:
    found = counted({"Strelsau": 2.2, "Elmstadt": 1.0}, CAPITAL)
    assert (found["known"], found["missed by rules"]) == (1, 1)
    assert found["missed, the best where it stands, and surer than none"] == 1
    assert found["alone, margin 2.0"] == found["alone, margin 2.0: in a table"] == 1
    assert found["alone, margin 2.0: missed by rules"] == 1
    assert found["alone, margin 2.5"] == 0


def test_what_is_surer_elsewhere_in_the_article_hides_it() -> None:
    found = counted({"Strelsau": 1.2, "Elmstadt": 2.9}, CAPITAL)
    assert found["missed, the best where it stands"] == 1  # its own sentence does not hold the other one
    assert (found["alone, margin 1.0"], found["alone, margin 1.0: in a table"]) == (1, 0)
    assert found["alone, margin 1.0: missed by rules"] == 0


def test_what_is_not_likelier_than_none_is_no_proposal() -> None:
    found = counted({"Strelsau": -0.5}, CAPITAL)
    assert found["missed, the best where it stands"] == 1
    assert found["missed, the best where it stands, and surer than none"] == 0
    assert found["proposed, margin 0.0"] == 0


def test_what_rules_claim_is_neither_missed_nor_proposed() -> None:
    body = "<p>Ruritania is a country in Europe. The capital of Ruritania is Strelsau.</p>"
    found = counted({"Strelsau": 2.2}, CAPITAL, body)
    assert (found["known"], found["missed by rules"], found["proposed, margin 0.0"]) == (1, 0, 0)


def test_a_list_gives_its_names_without_the_thing_itself_and_directions() -> None:
    body = "<p>Ruritania is a country in Europe. The frontier with Elm, Alder and Ruritania to the east is long.</p>"
    known: dict[str, set[Value]] = {"borders": {("alder", "")}}
    found = counted({"Elm, Alder and Ruritania": 2.1}, known, body)
    assert found["proposed, margin 2.0"] == 2
    assert found["proposed, margin 2.0: missed by rules"] == 1
