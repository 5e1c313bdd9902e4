"""Sentences that say which is the largest, the highest, the most …: each about the first or last of a list.

A sentence is written only where the tables decide it: the extreme value belongs to one thing, or to a few that are all
named. What is compared is what the sentence names: countries are states, not territories; planets are no dwarf planets.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from functools import partial
from typing import TypeVar

from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.countries import neighbour_count
from galactica.sources.starter.atlas.leads import with_article
from galactica.sources.starter.atlas.page import AtlasPage, escape
from galactica.sources.starter.atlas.solar_system import body_path, moon_count
from galactica.sources.starter.atlas.tables import AtlasPlace, BilingualName, Row
from galactica.sources.starter.atlas.wording import enumerated, number, power, sized, value_of

MOST_TIED = 3
"""Things that share an extreme and are still named."""

CONTINENTS = {
    "AF": BilingualName(en="Africa", zh="非洲"),
    "AS": BilingualName(en="Asia", zh="亚洲"),
    "EU": BilingualName(en="Europe", zh="欧洲"),
    "NA": BilingualName(en="North America", zh="北美洲"),
    "SA": BilingualName(en="South America", zh="南美洲"),
    "OC": BilingualName(en="Oceania", zh="大洋洲"),
}


Thing = TypeVar("Thing")


def extremes(
    things: Sequence[Thing], value: Callable[[Thing], Decimal | None]
) -> tuple[tuple[Decimal, list[Thing]], tuple[Decimal, list[Thing]]] | None:
    """((greatest value, who has it), (least value, who has it)); None where nothing has a value.

    What has no value is not great, but may well be small: then nothing is called the least.
    """
    pairs = [(known, thing) for thing in things if (known := value(thing)) is not None]
    if not pairs:
        return None
    whole = len(pairs) == len(things)
    most, least = max(pair[0] for pair in pairs), min(pair[0] for pair in pairs)
    return (
        (most, [thing for known, thing in pairs if known == most]),
        (least, [thing for known, thing in pairs if known == least] if whole else []),
    )


def of_area(page: AtlasPage) -> str:
    """The largest and the smallest country, of the world and of each continent; the largest and smallest ocean."""
    said = list(_of_countries(page, "area_total", ("largest", "smallest"), ("面积最大", "面积最小"), _with_area))
    oceans = [place for place in tables.places().values() if place.kind == "ocean"]
    found = extremes(oceans, lambda place: _fact(place, "area_total"))
    for (value, places), word, zh_word in zip(found or (), ("largest", "smallest"), ("最大", "最小"), strict=False):
        if len(places) == 1:
            name = _linked(places[0], page)
            said.append(
                page.say(
                    f"{name} is the {word} ocean in the world, with an area of {number(str(value))} km².",
                    f"{name}是世界上{zh_word}的大洋，面积{number(str(value))}平方千米。",
                )
            )
    return page.say(" ", "").join(said)


def of_population(page: AtlasPage) -> str:
    """The country with the most inhabitants, of the world and of each continent; where few live, counts are too rough
    to say who has the fewest."""
    words = ("most populous", ""), ("人口最多", "")
    return page.say(" ", "").join(_of_countries(page, "population", *words, _with_people))


def of_fact(page: AtlasPage, fact: str, english: tuple[str, str], chinese: tuple[str, str]) -> str:
    """The country with the most and the least of a fact ("the longest coastline"); "" for what is not said."""
    found = extremes(_states(), lambda place: _fact(place, fact))
    said = []
    for (value, places), en, zh in zip(found or (), english, chinese, strict=False):
        if en and len(places) == 1:
            name, text = _linked(places[0], page), escape(value_of(fact, str(value), page.language))
            said.append(page.say(f"{name} is the country with the {en}, {text}.", f"{name}是{zh}的国家，为{text}。"))
    return page.say(" ", "").join(said)


def of_neighbours(page: AtlasPage) -> str:
    """The country, or countries, with the most neighbours."""
    states = [place for place in _states() if tables.borders().get(place.gec)]
    found = extremes(states, lambda place: Decimal(neighbour_count(place)[0]))
    if found is None or len(found[0][1]) > MOST_TIED:
        return ""
    value, places = found[0]
    names = enumerated([_linked(place, page) for place in places], page.language)
    one = len(places) == 1
    return page.say(
        f"{names} {'is the country' if one else 'are the countries'} with the most neighbours, {value}"
        f"{'' if one else ' each'}.",
        f"{names}是邻国最多的国家，{'' if one else '各'}有{value}个邻国。",
    )


def of_planets(page: AtlasPage) -> str:
    """What is the largest, the hottest … of the eight planets."""
    planets = [row for row in tables.rows("bodies") if row["kind"] == "planet"]
    said = []
    for column, sides in _PLANETS:
        found = extremes(planets, partial(_of_body, column=column))
        for (value, rows), words in zip(found or (), sides, strict=False):
            if words is not None and len(rows) == 1:
                said.append(_of_planet(page, rows[0], column, value, words))
    return page.say(" ", "").join(said)


_PLANETS: tuple[tuple[str, tuple[BilingualName | None, BilingualName | None]], ...] = (
    (
        "diameter_km",
        (
            BilingualName(
                en="largest planet of the Solar System, with an equatorial diameter of {} km",
                zh="最大的行星，赤道直径{}千米",
            ),
            BilingualName(
                en="smallest planet of the Solar System, with an equatorial diameter of {} km",
                zh="最小的行星，赤道直径{}千米",
            ),
        ),
    ),
    (
        "mass_kg",
        (
            BilingualName(
                en="heaviest planet of the Solar System, with a mass of {} kg", zh="质量最大的行星，质量{}千克"
            ),
            None,
        ),
    ),
    ("moons", (BilingualName(en="planet with the most moons, {}", zh="卫星最多的行星，已知{}颗"), None)),
    (
        "distance_mkm",
        (
            BilingualName(
                en="planet farthest from the Sun, at a mean distance of {} km",
                zh="离太阳最远的行星，平均距离{}千米",
            ),
            BilingualName(
                en="planet closest to the Sun, at a mean distance of {} km",
                zh="离太阳最近的行星，平均距离{}千米",
            ),
        ),
    ),
    (
        "temperature_c",
        (
            BilingualName(
                en="hottest planet of the Solar System, at {} °C on average",
                zh="最热的行星，平均温度{}摄氏度",
            ),
            BilingualName(
                en="coldest planet of the Solar System, at {} °C on average",
                zh="最冷的行星，平均温度{}摄氏度",
            ),
        ),
    ),
)


def _of_body(row: Row, column: str) -> Decimal | None:
    text = (moon_count(row["id"]) or {"count": ""})["count"] if column == "moons" else row[column]
    return Decimal(text) if text else None


def _of_planet(page: AtlasPage, row: Row, column: str, value: Decimal, words: BilingualName) -> str:
    name = page.link(body_path(row), row["zh"] if page.language == "zh" else row["name"].removesuffix(" (planet)"))
    text = power(row["mass_kg"]) if column == "mass_kg" else number(f"{value:f}")
    if column == "distance_mkm":
        text = sized(str(value * 10**6), page.language)
    return page.say(f"{name} is the {words.en}.", f"{name}是太阳系中{words.zh}。").replace("{}", text)


def _of_countries(
    page: AtlasPage,
    fact: str,
    english: tuple[str, str],
    chinese: tuple[str, str],
    with_value: Callable[[AtlasPage, Decimal], str],
) -> Iterator[str]:
    regions = {row["code"]: row["continent"] for row in tables.rows("regions")}
    scopes = [(BilingualName(en="in the world", zh="世界上"), _states())]
    for code, continent in CONTINENTS.items():
        inside = [place for place in _states() if regions.get(place.region) == code]
        scopes.append((BilingualName(en=f"in {continent.en}", zh=continent.zh), inside))
    for scope, places in scopes:
        found = extremes(places, lambda place: _fact(place, fact))
        for (value, having), word, zh_word in zip(found or (), english, chinese, strict=False):
            if len(having) == 1 and word:
                name, text = _linked(having[0], page), with_value(page, value)
                yield page.say(
                    f"{name} is the {word} country {scope.en}, with {text}.",
                    f"{name}是{scope.zh}{zh_word}的国家，{text}。",
                )


def _with_area(page: AtlasPage, value: Decimal) -> str:
    return page.say(f"an area of {number(f'{value:f}')} km²", f"面积{number(f'{value:f}')}平方千米")


def _with_people(page: AtlasPage, value: Decimal) -> str:
    return page.say(f"about {sized(str(value), 'en', 4)} inhabitants", f"人口约{sized(str(value), 'zh', 4)}")


def _states() -> list[AtlasPlace]:
    return [place for place in tables.places().values() if place.kind == "country"]


def _fact(place: AtlasPlace, fact: str) -> Decimal | None:
    figure = tables.factbook_facts().get((place.gec, fact))
    if figure is None and fact == "area_total":
        figure = tables.factbook_facts().get((place.gec, "area_land"))
    return Decimal(figure.value) if figure else None


def _linked(place: AtlasPlace, page: AtlasPage) -> str:
    return page.link(place.path, place.name.zh if page.language == "zh" else with_article(place, capital=True))
