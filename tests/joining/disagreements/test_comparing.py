"""What claims of one topic and property are to each other."""

from __future__ import annotations

import random

import pytest

from galactica.joining.disagreements.comparing import MOST_CLAIMS, MOST_VALUES, compare_claims
from galactica.joining.disagreements.group import GroupKind, within_one_article
from galactica.model.document import Qualifier
from tests.joining.disagreements.claims import CHANGING, MANY, ONE, claim, only, values


def test_one_value_in_two_units_is_the_same_as_far_as_it_is_exact() -> None:
    group = only([claim("643801", unit="kilometre**2"), claim("248573", "b", unit="mile**2")])
    assert group.kind is GroupKind.ROUNDING
    assert group.sides[0].reasons == ("rounding",)


def test_two_areas_differ_though_they_are_near() -> None:
    group = only([claim("643801", unit="kilometre**2"), claim("640679", "b", unit="kilometre**2")])
    assert group.kind is GroupKind.DIFFER
    assert values(group) == ["643801", "640679"]


def test_a_height_in_metres_with_and_without_decimals_and_in_feet_is_one() -> None:
    heights = [claim("8849", unit="metre"), claim("8848.86", "b", unit="metre"), claim("29032", "c", unit="foot")]
    assert only(heights).kind is GroupKind.ROUNDING


def test_noughts_at_the_end_are_rounding_up_to_a_tenth() -> None:
    assert only([claim("2000000"), claim("2043211", "b")]).kind is GroupKind.ROUNDING
    assert only([claim("2000000"), claim("2400000", "b")]).kind is GroupKind.DIFFER


def test_small_counts_are_exact() -> None:
    assert only([claim("20"), claim("21", "b")]).kind is GroupKind.DIFFER


def test_digits_of_another_script_are_the_same_number() -> None:
    assert only([claim("١٢٣"), claim("123", "b"), claim("১২৩", "c")]).kind is GroupKind.AGREE


def test_a_number_with_a_unit_says_nothing_against_one_without() -> None:
    assert compare_claims([claim("1000"), claim("1200", "b", unit="kilometre")], ONE) == []


def test_a_year_agrees_with_a_day_in_it() -> None:
    assert only([claim("1990", kind="time"), claim("1990-05-01", "b", "time")]).kind is GroupKind.ROUNDING


def test_a_year_that_fits_two_days_that_differ_speaks_for_neither() -> None:
    days = [claim("1990", kind="time"), claim("1990-05-01", "b", "time"), claim("1990-06-01", "c", "time")]
    group = only(days)
    assert group.kind is GroupKind.DIFFER
    assert values(group) == ["1990-05-01", "1990-06-01"]
    assert [each.claim.value for each in group.beside] == ["1990"]


def test_a_day_in_two_calendars_is_no_disagreement() -> None:
    group = only([claim("1643-01-04", kind="time"), claim("1642-12-25", "b", "time")])
    assert (group.kind, group.sides[0].reasons) == (GroupKind.ROUNDING, ("calendars",))


def test_days_of_one_month_differ() -> None:
    assert only([claim("1881-03-02", kind="time"), claim("1881-03-03", "b", "time")]).kind is GroupKind.DIFFER


def test_values_of_different_years_are_a_series_in_order() -> None:
    group = only([claim("68", time="2024"), claim("66", "b", time="2020"), claim("67", time="2022")], CHANGING)
    assert (group.kind, values(group)) == (GroupKind.TIME, ["66", "67", "68"])


def test_values_of_one_year_differ_whatever_changes() -> None:
    assert only([claim("68", time="2024"), claim("66", "b", time="2024-05")], CHANGING).kind is GroupKind.DIFFER


def test_the_date_of_the_source_stands_for_a_time_that_is_not_said_and_that_is_told() -> None:
    heads = [claim("Ann Lee", "2021", "item"), claim("Bo Ek", "2026", "item")]
    group = only(heads, CHANGING, date_of=lambda each: each.source)
    assert group.kind is GroupKind.TIME
    assert {each.basis for side in group.sides for each in side.claims} == {"source"}


def test_what_began_holds_until_the_date_of_what_says_so() -> None:
    dates = {"old": "2023", "new": "2026"}
    heads = [claim("Ann Lee", "old", "item", time="2021/.."), claim("Bo Ek", "new", "item")]
    assert only(heads, CHANGING, date_of=lambda each: dates[each.source]).kind is GroupKind.TIME


def test_an_amount_without_a_date_may_be_of_another_year() -> None:
    assert only([claim("67"), claim("68", "b", time="2024")], CHANGING).kind is GroupKind.UNDATED
    assert only([claim("67"), claim("6800", "b", time="2024")], CHANGING).kind is GroupKind.DIFFER


def test_several_values_of_a_property_that_has_several_are_no_disagreement() -> None:
    assert only([claim("Ann Lee", kind="item"), claim("Bo Ek", "b", "item")], MANY).kind is GroupKind.SEVERAL


@pytest.mark.parametrize("limit", ["reported", "negated", "planned", "estimated", "disputed", "former"])
def test_what_is_not_said_outright_never_counts_and_stands_beside(limit: str) -> None:
    group = only([claim("5"), claim("5", "b"), claim("9", "c", said=limit)])
    assert group.kind is GroupKind.AGREE
    assert [each.claim.value for each in group.beside] == ["9"]
    assert compare_claims([claim("5"), claim("9", "c", said=limit)], ONE) == []


def test_what_one_says_and_the_other_does_not_is_no_disagreement() -> None:
    assert compare_claims([claim("5")], ONE) == []
    assert compare_claims([], ONE) == []


def test_claims_of_different_scope_are_not_compared() -> None:
    urban = (Qualifier(property="applies_to", kind="text", value="urban area"),)
    assert compare_claims([claim("5"), claim("9", "b", qualifiers=urban)], ONE) == []


def test_names_are_compared_by_what_is_known_of_them() -> None:
    paris = [claim("Paris", kind="item"), claim("wikidata:Q90", "b", "item")]
    assert compare_claims(paris, ONE) == []
    known = {"wikidata:Q90": frozenset(("paris", "wikidata:Q90")), "Lyon": frozenset(("lyon", "wikidata:Q456"))}
    names = lambda name: known.get(name, frozenset())  # noqa: E731
    assert only(paris, known=names).kind is GroupKind.AGREE
    assert only([*paris, claim("Lyon", "c", "item")], known=names).kind is GroupKind.DIFFER
    assert only([claim("wikidata:Q1", kind="item"), claim("wikidata:Q2", "b", "item")]).kind is GroupKind.DIFFER


def test_a_name_in_another_script_is_not_compared_by_its_letters() -> None:
    assert compare_claims([claim("Москва", kind="item"), claim("Moscow", "b", "item")], ONE) == []


def test_a_part_of_a_name_is_the_name() -> None:
    group = only([claim("Ulm, Germany", kind="item"), claim("Ulm", "b", "item")])
    assert (group.kind, group.sides[0].reasons) == (GroupKind.ROUNDING, ("part",))


def test_words_that_describe_are_not_compared() -> None:
    assert compare_claims([claim("a quiet place", kind="text"), claim("loud", "b", "text")], ONE) == []


def test_points_in_one_country_are_one_and_those_far_apart_differ() -> None:
    assert only([claim("52.23,21.01", kind="place"), claim("52,21", "b", "place")]).kind is GroupKind.ROUNDING
    assert only([claim("52.23,21.01", kind="place"), claim("-52,21", "b", "place")]).kind is GroupKind.DIFFER
    assert only([claim("0,179.9", kind="place"), claim("0,-179.9", "b", "place")]).kind is GroupKind.ROUNDING


def test_what_one_row_gives_together_is_meant_as_several() -> None:
    row = [claim("Ann Lee", kind="item", start=3, end=40), claim("Bo Ek", kind="item", start=3, end=40)]
    assert only(row).kind is GroupKind.SEVERAL
    assert only([*row, claim("Cid Dahl", "b", "item", start=3, end=40)]).kind is GroupKind.DIFFER


def test_a_successor_begins_in_the_year_in_which_the_other_ends() -> None:
    heads = [claim("Ann Lee", kind="item", time="1947/1952"), claim("Bo Ek", kind="item", start=9, time="1952/1970")]
    assert only(heads, CHANGING).kind is GroupKind.TIME
    both = [heads[0], claim("Bo Ek", kind="item", start=9, time="1949/1970")]
    assert only(both, CHANGING).kind is GroupKind.DIFFER


def test_values_that_all_say_their_times_are_a_series_whatever_changes() -> None:
    areas = [claim("17.5", time="1961"), claim("17.8", start=9, time="1963")]
    assert only(areas).kind is GroupKind.TIME


def test_an_article_may_differ_from_itself() -> None:
    group = only([claim("1990", kind="time", start=3), claim("1991", kind="time", start=90)])
    assert group.kind is GroupKind.DIFFER
    assert within_one_article(group)


def test_the_order_of_what_comes_in_says_nothing() -> None:
    rows = [claim(str(n % 7), f"s{n % 5}", time=str(2000 + n % 11)) for n in range(60)]
    expected = compare_claims(rows, CHANGING)
    for seed in range(5):
        random.Random(seed).shuffle(rows)
        assert compare_claims(rows, CHANGING) == expected


@pytest.mark.parametrize(
    "hostile",
    [
        claim("9" * 1_000_000),
        claim("x" * 1_000_000, kind="text"),
        claim("x " * 1_000_000, kind="item"),
        claim("Y99999", kind="time"),
        claim("9" * 100_000, kind="time"),
        claim("91,0", kind="place"),
        claim("nan", kind="place"),
        claim("1e999"),
        claim("5", unit="no such unit"),
        claim("5", bounds=("9", "x" * 1000)),
        claim("\ud800", kind="item"),
        claim("http://" + "/" * 1_000_000, kind="url"),
        claim("5", kind="colour"),
    ],
)
def test_any_value_is_compared_or_put_beside(hostile: object) -> None:
    for nature in (ONE, CHANGING, MANY):
        compare_claims([hostile, claim("5", "b"), claim("6", "c"), claim("Ann Lee", "d", "item")], nature)  # type: ignore[list-item]


def test_ten_thousand_claims_are_a_bounded_group_and_the_rest_is_counted() -> None:
    names = [claim(f"Ann{n:05} Lee{n:05}", f"s{n}", "item") for n in range(10_000)]
    group = only(names)
    assert group.left_out == 10_000 - MOST_CLAIMS
    assert len(group.sides) <= MOST_VALUES


def test_an_office_that_one_row_gives_to_two_is_shared_by_them_and_by_those_after_them() -> None:
    row = [claim("Ann Lee", kind="item", start=3, end=40), claim("Bo Ek", kind="item", start=3, end=40)]
    assert only([*row, claim("Cid Dahl", "b", "item", start=3, end=40)], CHANGING).kind is GroupKind.SEVERAL


def test_one_article_that_gives_two_amounts_speaks_of_two_times_or_places() -> None:
    both = [claim("623732", start=3, end=40), claim("61530", start=50, end=90)]
    assert only(both, CHANGING).kind is GroupKind.UNDATED
    assert only([both[0], claim("61530", "b", start=50, end=90)], CHANGING).kind is GroupKind.DIFFER
    said = [claim("623732", time="2014", start=3, end=40), claim("61530", time="2014", start=50, end=90)]
    assert only(said, CHANGING).kind is GroupKind.DIFFER


def test_a_name_that_is_spelt_otherwise_and_leaves_one_out_is_the_same() -> None:
    names = [
        claim("Prime Minister Shahbaz SHARIF", kind="item"),
        claim("Prime Minister Muhammad Shehbaz SHARIF", "b", "item"),
    ]
    assert only(names, CHANGING).kind is GroupKind.ROUNDING
    assert only([claim("Ann Brook", kind="item"), claim("Ann Brand", "b", "item")]).kind is GroupKind.DIFFER


def test_most_words_of_a_name_and_the_day_since_when_are_one_holder() -> None:
    since = {"time": "2020-01-11/.."}
    names = ("Prime Minister HAITHAM bin Tarik Al Said", "Prime Minister HAYTHAM bin Tariq Al Said")
    assert only([claim(each, each, "item", **since) for each in names], CHANGING).kind is GroupKind.AGREE
    two = [claim("Prime Minister Ann Brook", kind="item", **since), claim("Prime Minister Bo Ek", "b", "item", **since)]
    assert only(two, CHANGING).kind is GroupKind.DIFFER


def test_names_with_another_word_in_them_are_not_one() -> None:
    names = [claim("Amir NAWAF al-Ahmad al-Jabir", kind="item"), claim("Amir MISHAL al-Ahmad al-Jabir", "b", "item")]
    assert only(names).kind is GroupKind.DIFFER


def test_a_sentence_without_a_date_may_tell_of_long_ago() -> None:
    counted = claim("34589092", time="2024-07-04")
    assert only([counted, claim("6700000", "b", origin="sentence", end=9)], CHANGING).kind is GroupKind.UNDATED
    assert only([counted, claim("6700000", "b")], CHANGING).kind is GroupKind.DIFFER


def test_a_whole_number_beside_one_with_a_fraction_may_be_rounded() -> None:
    assert only([claim("41", "a"), claim("41.1", "b")]).kind is GroupKind.ROUNDING
    assert only([claim("41", "a"), claim("42", "b")]).kind is GroupKind.DIFFER
    assert only([claim("41", "a"), claim("41.6", "b")]).kind is GroupKind.DIFFER


def test_the_last_of_many_digits_is_no_difference() -> None:
    one, other = claim("343001000000", "a", unit="m3"), claim("343002000000", "b", unit="m3")
    assert only([one, other]).kind is GroupKind.ROUNDING
    assert only([claim("64589", "a", unit="m3"), claim("64559", "b", unit="m3")]).kind is GroupKind.DIFFER


def test_a_value_that_is_dated_elsewhere_does_not_differ_for_an_undated_source() -> None:
    grown = [claim("9", "a", time="2019"), claim("45", "b", time="2026"), claim("45", "c")]
    assert only(grown, CHANGING).kind is GroupKind.TIME
