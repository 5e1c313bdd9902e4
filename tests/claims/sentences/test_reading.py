"""Whose claims sentences make, what limits them, and that hostile text does no harm."""

from __future__ import annotations

import pytest

from galactica.claims.sentences.reading import LONGEST, MOST, sentence_claims
from galactica.model.claim import DISPUTED, ESTIMATED, NEGATED, PLANNED, REPORTED, Claim, said_outright

LYON = "Lyon is a city in France. "
ADA = "Ada Mill (born 3 May 1900) was an English chemist. "


def read(text: str, title: str = "Lyon", language: str = "en") -> list[Claim]:
    return sentence_claims(text, source="s", path="p", title=title, language=language)


def values(claims: list[Claim], name: str) -> list[tuple[str, str]]:
    return [(each.subject, each.value) for each in claims if each.property == name]


def test_each_claim_says_where_it_stands() -> None:
    text = "Ada Mill\nNote\n" + ADA + "She died in Paris on 4 June 1980."
    claims = read(text, "Ada Mill")
    assert {each.property for each in claims} >= {"date_of_birth", "date_of_death", "place_of_death", "occupation"}
    for each in claims:
        assert text[each.start : each.end].endswith(".")
        assert each.start <= each.value_start < each.value_end <= each.end
        assert each.origin == "sentence"
        assert each.rule.startswith("en.")
        if each.kind in ("item", "text"):
            assert each.value == text[each.value_start : each.value_end]


def test_a_pronoun_is_the_articles_own_where_nothing_else_is_spoken_of() -> None:
    assert values(read(ADA + "She died in 1980.", "Ada Mill"), "date_of_death") == [("", "1980")]


@pytest.mark.parametrize(
    "text",
    [
        "Peter Smith taught her. He died in 1980.",
        "Her brother Tom moved away. He died in 1980.",
        "Her mother died in 1980.",
        "Mill and Tom Mill died in 1980.",
        "She loved a man who died in 1980.",
        "If she died in 1980, nobody knows.",
        "In the film, she died in 1980.",
        "“She died in 1980,” he wrote.",
        "She would have died in 1980.",
        "Did she die, or had she died in 1980?",
    ],
)
def test_what_is_anothers_or_not_said_is_not_claimed_of_it(text: str) -> None:
    assert values(read(ADA + text, "Ada Mill"), "date_of_death") == []


def test_a_title_that_speaks_of_a_part_is_not_its_things_name() -> None:
    claims = read("France is a country in Europe. France has a population of 1,234.", "Geography of France")
    assert values(claims, "population") == [("France", "1234")]


def test_two_units_are_one_claim() -> None:
    claims = read(LYON + "The city has a total area of 18.5 square miles (48 km2).")
    assert [(each.value, each.unit) for each in claims if each.property == "area"] == [("18.5", "mile**2")]


def test_a_range_gives_no_value() -> None:
    assert values(read(LYON + "It has a population of 1,000–1,200."), "population") == []
    assert values(read(ADA + "She died in 1980 or 1981.", "Ada Mill"), "date_of_death") == []


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        ("It has a population of about 1,200.", ESTIMATED),
        ("According to Tom Mill, it has a population of 1,200.", REPORTED),
        ("Tom Mill claimed that Lyon had a population of 1,200.", REPORTED),
        ("It is planned that it has a population of 1,200.", PLANNED),
    ],
)
def test_what_is_not_said_outright_is_no_plain_claim(text: str, limit: str) -> None:
    claims = [each for each in read(LYON + text) if each.property == "population"]
    assert not any(said_outright(each) for each in claims)
    assert all(limit in {one.property for one in each.qualifiers} for each in claims)


def test_a_census_is_a_time_and_no_report() -> None:
    claims = read(LYON + "According to the 2010 census, the city had a population of 1,234.")
    assert [(each.value, each.time, each.qualifiers) for each in claims if each.property == "population"] == [
        ("1234", "2010", ())
    ]


def test_what_held_until_a_year_has_that_time() -> None:
    iceland = "Iceland is a country. Until 1945, its capital was Oslo. Since 1945, its capital is Bergen."
    claims = [each for each in read(iceland, "Iceland") if each.property == "capital"]
    assert [(each.value, each.time) for each in claims] == [("Oslo", "../1945"), ("Bergen", "1945/..")]


def test_a_large_number_has_bounds_as_wide_as_it_is_exact() -> None:
    claims = [each for each in read(LYON + "It has a population of 1.7 million.") if each.property == "population"]
    assert [(each.value, each.bounds) for each in claims] == [("1700000", ("1650000", "1750000"))]


def test_a_plot_is_not_read() -> None:
    text = "Red Dawn is a film.\nPlot.\nAda Mill was born in Paris in 1900.\nRelease.\nThe film was released in 1990."
    assert [each.property for each in read(text, "Red Dawn")] == ["instance_of", "published"]


def test_rows_and_passed_over_stretches_are_not_read() -> None:
    text = "Lyon is a city.\nLyon\tThe city has a population of 1,234."
    assert values(read(text), "population") == []
    text = LYON + "\nIt has a population of 1,234."
    given = sentence_claims(
        text, source="s", path="p", title="Lyon", language="en", passed_over=[(len(LYON) + 1, len(text))]
    )
    assert values(given, "population") == []


def test_a_language_that_is_not_known_gives_no_claims() -> None:
    assert read(LYON, language="tlh") == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "(" * 5_000 + ".",
        "was born in " * 3_000 + ".",
        "Lyon " * 20_000 + "is a city.",
        "A " * 600 + "was born in 1900.",
        "In " * 400 + "1900, Lyon was founded in 1900.",
        "Lyon (born " + "1900, " * 150 + ") was a city.",
        "\ud800 was born in 1900.",
        "Lyon is a city with a population of " + "9" * 400 + ".",
        "Lyon was founded in 9999999.",
        "1" * LONGEST + ".",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh"])
def test_hostile_text_is_read_to_its_end(text: str, language: str) -> None:
    assert len(read(text, language=language)) <= MOST


def test_the_same_text_gives_the_same_claims() -> None:
    text = ADA + "She died in Paris in 1980. She was awarded the Liebig Medal."
    assert read(text, "Ada Mill") == read(text, "Ada Mill")


def test_traditional_characters_are_read_and_kept() -> None:
    text = "里昂是法國東部的一座城市，面積47平方公里。"
    claims = read(text, "里昂", "zh-Hant")
    assert ("", "法國") in values(claims, "located_in")
    assert values(claims, "area") == [("", "47")]


def test_what_never_was_is_no_plain_claim() -> None:
    claims = [each for each in read(ADA + "She never married Tom Borg.", "Ada Mill") if each.property == "spouse"]
    assert not any(said_outright(each) for each in claims)


@pytest.mark.parametrize("adverb", ["首次", "首度", "亲自", "聯合", "独自"])
def test_an_adverb_right_behind_a_chinese_name_is_no_part_of_it(adverb: str) -> None:
    text = f"红日是一部电影。该片由李明{adverb}执导。"
    assert [each for _, each in values(read(text, "红日", "zh"), "director")] in (["李明"], [])


def test_a_weight_in_another_unit_behind_it_is_no_estimate() -> None:
    for told, marks in (("(approximately 6 kg)", 0), ("(approx. 6 kg)", 0), ("(approximately)", 1), ("(approx.)", 1)):
        claims = read(f"Ada is a computer. It weighs 13 pounds {told}.", "Ada")
        assert [len(each.qualifiers) for each in claims if each.property == "mass"] == [marks], told


@pytest.mark.parametrize(
    ("text", "title", "language"),
    [
        ("Red Dawn is a film. Red Dawn was released in 1990 in Japan, and was published in 1991.", "Red Dawn", "en"),
        ("红日是一款游戏。本游戏于1990年5月在日本地区首次发行，1990年6月在北美发行。", "红日", "zh"),
    ],
)
def test_a_release_told_behind_another_is_not_the_first(text: str, title: str, language: str) -> None:
    told = [value for _, value in values(read(text, title, language), "published")]
    assert not set(told) & {"1991", "1990-06"}


@pytest.mark.parametrize(
    ("title", "language", "text", "limit"),
    [
        ("Lyon", "en", LYON + "Lyon was founded in 1043, as some say.", REPORTED),
        ("Ada Mill", "en", ADA + "Mill was elected President of Norway but never took office.", NEGATED),
        ("Ada Mill", "en", ADA + "Mill was awarded the Borg Prize, which she refused.", NEGATED),
        ("里昂", "zh", "里昂是法国的一座城市。里昂建立于1043年（一说1044年）。", DISPUTED),
        ("里昂", "zh", "里昂是法国的一座城市。里昂建立于1043年前后。", ESTIMATED),
    ],
)
def test_what_limits_a_claim_may_stand_behind_it(title: str, language: str, text: str, limit: str) -> None:
    told = [each for each in read(text, title, language) if each.property in ("founded", "office_held", "award")]
    assert told
    assert all(limit in [one.property for one in each.qualifiers] for each in told)


def test_two_years_of_which_one_is_meant_give_none() -> None:
    assert values(read(LYON + "Lyon was founded in 1043 (or perhaps 1044)."), "founded") == []


def test_what_is_no_capital_is_none_in_chinese() -> None:
    assert values(read("里昂是法国的一座城市。里昂不是法国的首都。", "里昂", "zh"), "capital") == []


def test_a_line_that_breaks_off_is_read_up_to_its_last_whole_sentence() -> None:
    text = LYON + "It has a population of 5,000. Its sister towns, in the order of their names and populations, are:"
    assert values(read(text), "population") == [("", "5000")]
    assert values(read("Lyon: It has a population of 5,000. Old"), "population") == []
    begun = "里昂是法国东部的一座城市，位于河谷之中，人口5000人，面积47平方公里。"
    begun += "里昂下辖的各区按照名称以及人口的多少排列如下，"
    assert values(read(begun + "其中最大的是第一区：", "里昂", "zh"), "population") == [("", "5000")]


def test_a_census_with_points_in_its_name_is_no_report() -> None:
    text = LYON + "The population of Lyon was 390,738 according to the 2010 U.S. Census."
    (claim,) = [each for each in read(text) if each.property == "population"]
    assert claim.qualifiers == ()


@pytest.mark.parametrize("stop", ["at 1,235 ft.", "at 629 m.", "in the U.S.", "of Louis XIV.", "with an index of 4.0."])
def test_a_unit_a_number_or_an_abbreviation_ends_a_sentence_before_a_word_that_begins_one(stop: str) -> None:
    text = f"{LYON}The old tower was built {stop} The population is 3,000."
    assert values(read(text), "population") == [("", "3000")]
