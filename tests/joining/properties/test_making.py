"""The claims of an edition by property: of each thing what is said, and what the things are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.edition.derived import derived_digest
from galactica.joining.disagreements.group import GroupKind
from galactica.joining.properties.kept import NAME, property_claims
from galactica.joining.properties.making import make_properties, said_sort
from galactica.model.claim import Claim
from galactica.model.document import Qualifier
from tests.joining.disagreements.shelf import made_edition, read_claims

COUNTED = Qualifier(property="determination method", kind="text", value="census")


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    with Edition.open(made_edition(tmp_path_factory.mktemp("norrby"))) as opened:
        make_properties(opened, read_claims(opened))
        yield opened


def test_each_property_is_found_with_its_sides(edition: Edition) -> None:
    found = property_claims(edition)
    assert found is not None
    ((area,), (people,)) = (list(found.of(name)) for name in ("area", "population"))
    assert (area.kind, len(area.sides), len(area.beside)) == (GroupKind.DIFFER, 2, 1)
    assert people.kind is GroupKind.TIME
    assert list(found.of("capital")) == []
    assert list(found.of("area", "another")) == []
    assert [group.property for group in found.of("area", area.topic)] == ["area"]


def test_a_topic_is_found_by_its_articles_and_has_their_titles(edition: Edition) -> None:
    found = property_claims(edition)
    assert found is not None
    topics = {found.topic_of(row) for row in range(len(edition))}
    assert len(topics) == 1
    (entry,) = found.topics(topics.pop())
    assert [member.title for member in entry.members] == ["Norrby", "Norrby", "Norrby"]
    assert entry.has == {"area", "population", "founded"}
    assert found.topic_of(len(edition)) == ""


def test_the_same_claims_in_another_order_give_the_same_bytes(edition: Edition) -> None:
    before = derived_digest(edition, NAME)
    claims = read_claims(edition)
    random.Random(5).shuffle(claims)
    make_properties(edition, claims)
    assert derived_digest(edition, NAME) == before


def test_an_edition_that_is_not_joined_has_none(tmp_path: Path) -> None:
    with Edition.open(made_edition(tmp_path)) as opened:
        assert property_claims(opened) is None


def _claim(edition: Edition, name: str, value: str, *qualifiers: Qualifier, **more: str) -> Claim:
    (_, article), *_ = edition.scan()
    fields = {"kind": "quantity", **more}
    return Claim(
        source=article.source,
        path=article.path,
        property=name,
        value=value,
        origin="infobox",
        qualifiers=qualifiers,
        **fields,  # type: ignore[arg-type] # fields are named by tests
    )


def test_how_a_number_was_found_out_narrows_nothing(tmp_path: Path) -> None:
    with Edition.open(made_edition(tmp_path)) as opened:
        plain, counted = (
            _claim(opened, "population", "5", time="2020"),
            _claim(opened, "population", "7", COUNTED, time="2021"),
        )
        make_properties(opened, [plain, counted])
        found = property_claims(opened)
        assert found is not None
        (group,) = found.of("population")
        assert [side.claims[0].claim for side in group.sides] == [plain, counted]


def test_a_claim_alone_is_kept_and_one_that_does_not_count_stands_beside(tmp_path: Path) -> None:
    with Edition.open(made_edition(tmp_path)) as opened:
        planned = _claim(opened, "population", "9", Qualifier(property="planned", kind="text"))
        make_properties(opened, [_claim(opened, "area", "5"), planned, _claim(opened, "a field", "5")])
        found = property_claims(opened)
        assert found is not None
        (area,), (people,) = found.of("area"), found.of("population")
        assert [side.value for side in area.sides] == ["5"]
        assert (people.sides, [each.claim for each in people.beside]) == ((), [planned])
        assert list(found.of("a field")) == []


def test_what_a_thing_is_said_to_be_is_kept_without_what_it_is_of(tmp_path: Path) -> None:
    with Edition.open(made_edition(tmp_path)) as opened:
        said = _claim(opened, "instance_of", "a small town in the north", kind="text")
        reported = _claim(opened, "instance_of", "a city", Qualifier(property="reported", kind="text"), kind="text")
        make_properties(opened, [said, reported])
        found = property_claims(opened)
        assert found is not None
        assert [each.sorts for each in found.topics() if each.sorts] == [("a small town",)]


@pytest.mark.parametrize(
    ("text", "sort"),
    [("a large city in eastern France", "a large city"), ("Countries of Europe", "Countries"), ("国家，位于", "国家")],
)
def test_what_it_is_of_is_left_out(text: str, sort: str) -> None:
    assert said_sort(text) == sort
