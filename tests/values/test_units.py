"""Units are one table: what texts and templates call them, what they measure, one in another."""

from __future__ import annotations

import pytest

from galactica.values.units import (
    MONEY,
    by_code,
    by_word,
    in_other_unit,
    known_units,
    measured_by,
    measures,
    unit_names,
)


@pytest.mark.parametrize(
    ("value", "unit", "other", "expected"),
    [
        (3.0, "mile", "kilometre", 4.828032),
        (2.0, "hectare", "metre**2", 20_000.0),
        (90.0, "minute", "hour", 1.5),
        (-40.0, "degC", "degF", -40.0),
        (0.0, "kelvin", "degC", -273.15),
        (491.67, "degR", "degC", 0.0),
        (5.0, "L/100km", "km/L", 20.0),
        (50.0, "mpgus", "L/100km", 4.70429166),
        (float("inf"), "foot", "metre", float("inf")),
    ],
)
def test_a_value_is_told_in_another_unit(value: float, unit: str, other: str, expected: float) -> None:
    assert in_other_unit(value, unit, other) == pytest.approx(expected)
    assert in_other_unit(expected, other, unit) == pytest.approx(value)


@pytest.mark.parametrize(
    ("unit", "other"), [("mile", "hectare"), ("Hz", "kHz"), ("$", "€"), ("ell", "metre"), ("degC", "metre")]
)
def test_what_does_not_measure_the_same_is_not_converted(unit: str, other: str) -> None:
    assert in_other_unit(1.0, unit, other) is None


def test_every_unit_is_larger_than_nothing_and_is_converted_to_one_that_measures_the_same() -> None:
    for unit in known_units().values():
        assert unit.size > 0, unit.name
        assert unit.codes or unit.words or unit.measures == "temperature", unit.name
        if unit.to:
            assert by_code()[unit.to].measures == unit.measures, unit.name


def test_no_two_units_have_one_code_or_one_word() -> None:
    codes = [code for unit in known_units().values() for code in unit.codes]
    words = [word for unit in known_units().values() for word in unit.words]
    assert len(codes) == len(set(codes)) == len(by_code())
    assert len(words) == len(set(words))


def test_sizes_are_those_of_an_independent_table() -> None:
    pint = pytest.importorskip("pint")
    registry = pint.UnitRegistry()
    for unit in known_units().values():
        if not unit.words or unit.measures == "share":
            continue
        base = next(each for each in known_units().values() if each.measures == unit.measures and each.words)
        theirs = registry.Quantity(7.25, unit.name).to(base.name).magnitude
        assert in_other_unit(7.25, unit.name, base.name) == pytest.approx(theirs, rel=1e-5), unit.name


def test_words_are_folded_and_have_their_blanks() -> None:
    assert by_word()["sq mi"] == "mile**2"
    assert by_word()["kilometros"] == "kilometre"
    assert {"km", "million", "公里", "米"} <= unit_names()
    assert not {"m", "s"} & unit_names()


def test_it_is_told_what_a_unit_of_texts_measures() -> None:
    assert (measured_by("acre"), measured_by("percent"), measured_by("₹")) == ("area", "share", "money")
    assert measured_by("psi") == measured_by("ell") == ""
    assert {"length", "money", "temperature"} <= measures()
    assert len(MONEY) == 5
