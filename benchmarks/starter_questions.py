"""Plain questions about the starter library, made from its tables, 100 in English and 50 in Chinese, with answers.

Every question is a wording with a thing put in; things are taken from all over the tables, a different one for each
wording. What is right is taken from the tables too, never from an article. `ask_starter` asks them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.countries import neighbour_count
from galactica.sources.starter.atlas.leads import with_article
from galactica.sources.starter.atlas.solar_system import moon_count
from galactica.sources.starter.atlas.tables import AtlasPlace, Row
from galactica.sources.starter.atlas.wording import number, sized


@dataclass(frozen=True, slots=True, kw_only=True)
class Plain:
    """A question.

    Attributes:
        question: as a person would type it.
        language: "en" or "zh".
        answers: an answer is right where it has one of these in it, upper and lower case alike.
        about: the property, by which results are counted.
    """

    question: str
    language: str
    answers: tuple[str, ...]
    about: str


def questions() -> tuple[Plain, ...]:
    """All of them, English ones first; deterministic."""
    return (*_spread(_ENGLISH, "en"), *_spread(_CHINESE, "zh"))


Answers = Callable[[object], tuple[str, ...]]

_START = {"en": 3, "zh": 11}


def _spread(wordings: tuple[tuple[str, str], ...], language: str) -> Iterator[Plain]:
    """Each wording with a thing of its own, all over the table that it is of."""
    taken: dict[str, int] = {}
    for about, wording in wordings:
        things = _things(about, language)
        step = next(step for step in (41, 37, 31, 29, 23, 19, 17, 13, 11, 7, 5, 3, 1) if len(things) % step)
        at = (_START[language] + step * taken.get(about, 0)) % len(things)
        taken[about] = taken.get(about, 0) + 1
        name, answers = things[at]
        question = wording.replace("{}", name)
        yield Plain(question=question, language=language, answers=answers, about=about)


def _things(about: str, language: str) -> list[tuple[str, tuple[str, ...]]]:
    """(name, what is right) of everything that has a property."""
    found = []
    if about in _OF_PLACES:
        for place in tables.places().values():
            answers = _OF_PLACES[about](place, language) if place.kind == "country" else ()
            if answers:
                found.append((place.name.zh if language == "zh" else with_article(place), answers))
        return found
    table, tell = _OF_ROWS[about]
    for row in tables.rows(table):
        answers = tell(row, language)
        if answers:
            found.append((_row_name(row, table, language), answers))
    return found


def _row_name(row: Row, table: str, language: str) -> str:
    if language == "zh":
        return row["zh"]
    name = row["name"].removesuffix(" (planet)")
    return name.lower() if table == "elements" else name


def _capital(place: AtlasPlace, language: str) -> tuple[str, ...]:
    text = place.capital.of(language)
    return () if not text or ";" in text or "；" in text else (text.removesuffix("."),)


def _figure(fact: str) -> Callable[[AtlasPlace, str], tuple[str, ...]]:
    def tell(place: AtlasPlace, language: str) -> tuple[str, ...]:
        figure = tables.factbook_facts().get((place.gec, fact))
        if figure is None or figure.value == "0":
            return ()
        others = tables.others().get((place.gec, fact), ())
        said = [number(figure.value), *(number(other.value) for other in others)]
        if fact == "population":
            said += [sized(one.value, "zh" if language == "zh" else "en", 4) for one in (figure, *others)]
        return tuple(said)

    return tell


def _currency(place: AtlasPlace, language: str) -> tuple[str, ...]:
    names = tables.names_by_key("currencies", "code")
    return (names[place.currency].of(language),) if place.currency else ()


def _official(place: AtlasPlace, language: str) -> tuple[str, ...]:
    names = [spoken.name.of(language) for spoken in tables.spoken().get(place.gec, ()) if spoken.official]
    return tuple(names) if len(names) == 1 else ()


def _neighbour(place: AtlasPlace, language: str) -> tuple[str, ...]:
    known = tables.places()
    keys = [key for key, _ in tables.borders().get(place.gec, ()) if key in known]
    return (known[keys[0]].name.of(language),) if keys else ()


def _neighbours(place: AtlasPlace, language: str) -> tuple[str, ...]:
    count, others = neighbour_count(place)
    return (str(count),) if count and not others else ()


_OF_PLACES: dict[str, Callable[[AtlasPlace, str], tuple[str, ...]]] = {
    "capital": _capital,
    "population": _figure("population"),
    "area": _figure("area_total"),
    "coastline": _figure("coastline"),
    "median_age": _figure("median_age"),
    "life_expectancy": _figure("life_expectancy"),
    "unemployment": _figure("unemployment"),
    "currency": _currency,
    "official": _official,
    "neighbour": _neighbour,
    "neighbours": _neighbours,
}


def _cell(column: str, *, grouped: bool = False) -> Callable[[Row, str], tuple[str, ...]]:
    def tell(row: Row, language: str) -> tuple[str, ...]:
        text = row[column]
        if not text or text == "ancient":
            return ()
        return (number(text) if grouped else text,)

    return tell


def _density(row: Row, language: str) -> tuple[str, ...]:
    return (row["density"],) if row["density"] and Decimal(row["density"]) > 1 else ()


def _moons(row: Row, language: str) -> tuple[str, ...]:
    counts = [one["count"] for one in tables.rows("moons") if one["body"] == row["id"]]
    return tuple(counts) if moon_count(row["id"]) and counts[0] != "0" else ()


def _radius(row: Row, language: str) -> tuple[str, ...]:
    return (number(f"{Decimal(row['diameter_km']) / 2:f}"),) if row["diameter_km"] else ()


def _distance(row: Row, language: str) -> tuple[str, ...]:
    if not row["distance_mkm"] or row["around"] != "sun":
        return ()
    kilometres = str(Decimal(row["distance_mkm"]) * 10**6 // 1)
    return (sized(kilometres, "zh") if language == "zh" else number(kilometres),)


def _quantity(row: Row, language: str) -> tuple[str, ...]:
    return (row["zh_quantity"] if language == "zh" else row["quantity"],)


_OF_ROWS: dict[str, tuple[str, Callable[[Row, str], tuple[str, ...]]]] = {
    "atomic_number": ("elements", _cell("number")),
    "symbol": ("elements", _cell("symbol")),
    "atomic_weight": ("elements", _cell("weight")),
    "melting": ("elements", _cell("melting_k", grouped=True)),
    "boiling": ("elements", _cell("boiling_k", grouped=True)),
    "density": ("elements", _density),
    "discovered": ("elements", _cell("discovered")),
    "moons": ("bodies", _moons),
    "diameter": ("bodies", _cell("diameter_km", grouped=True)),
    "radius": ("bodies", _radius),
    "distance": ("bodies", _distance),
    "orbit": ("bodies", _cell("period_days", grouped=True)),
    "gravity": ("bodies", _cell("gravity")),
    "unit_symbol": ("units", _cell("symbol")),
    "unit_quantity": ("units", _quantity),
}

_ENGLISH = (
    ("capital", "What is the capital of {}?"),
    ("capital", "capital of {}"),
    ("capital", "{} capital"),
    ("capital", "What's the capital city of {}?"),
    ("capital", "What city is the capital of {}?"),
    ("capital", "which city is {}'s capital"),
    ("capital", "Name the capital of {}."),
    ("capital", "Where is the capital of {}?"),
    ("capital", "Can you tell me the capital of {}?"),
    ("capital", "Tell me the capital of {}"),
    ("population", "What is the population of {}?"),
    ("population", "population {}"),
    ("population", "How many people live in {}?"),
    ("population", "How many inhabitants does {} have?"),
    ("population", "How many people are there in {}?"),
    ("population", "{} population"),
    ("population", "What's {}'s population?"),
    ("population", "How large is the population of {}?"),
    ("population", "number of inhabitants of {}"),
    ("population", "How populous is {}?"),
    ("area", "What is the area of {}?"),
    ("area", "How big is {}?"),
    ("area", "How large is {}?"),
    ("area", "{} area"),
    ("area", "What is the total area of {}?"),
    ("area", "What area does {} cover?"),
    ("area", "How many square kilometres is {}?"),
    ("area", "size of {}"),
    ("currency", "What is the currency of {}?"),
    ("currency", "What currency does {} use?"),
    ("currency", "Which currency is used in {}?"),
    ("currency", "{} currency"),
    ("currency", "What money do they use in {}?"),
    ("currency", "What is the official currency of {}?"),
    ("currency", "What do people pay with in {}?"),
    ("official", "What is the official language of {}?"),
    ("official", "What language is spoken in {}?"),
    ("official", "Which language do people speak in {}?"),
    ("official", "official language {}"),
    ("official", "What language do they speak in {}?"),
    ("official", "languages of {}"),
    ("neighbour", "Which countries border {}?"),
    ("neighbour", "What are the neighbours of {}?"),
    ("neighbour", "neighbouring countries of {}"),
    ("neighbour", "Which countries does {} border?"),
    ("neighbour", "What countries share a border with {}?"),
    ("neighbours", "How many countries does {} border?"),
    ("neighbours", "How many neighbours does {} have?"),
    ("neighbours", "How many countries border {}?"),
    ("neighbours", "number of neighbours of {}"),
    ("coastline", "How long is the coastline of {}?"),
    ("coastline", "coastline of {}"),
    ("median_age", "What is the median age in {}?"),
    ("life_expectancy", "What is the life expectancy in {}?"),
    ("life_expectancy", "life expectancy {}"),
    ("unemployment", "What is the unemployment rate of {}?"),
    ("atomic_number", "What is the atomic number of {}?"),
    ("atomic_number", "{} atomic number"),
    ("atomic_number", "How many protons does {} have?"),
    ("atomic_number", "atomic number of {}"),
    ("atomic_number", "What number is {} in the periodic table?"),
    ("atomic_number", "What's {}'s atomic number?"),
    ("symbol", "What is the symbol for {}?"),
    ("symbol", "What is the chemical symbol of {}?"),
    ("symbol", "symbol of {}"),
    ("symbol", "{} symbol"),
    ("symbol", "What is the symbol of the element {}?"),
    ("atomic_weight", "What is the atomic weight of {}?"),
    ("atomic_weight", "atomic mass of {}"),
    ("melting", "What is the melting point of {}?"),
    ("melting", "At what temperature does {} melt?"),
    ("melting", "melting point {}"),
    ("boiling", "What is the boiling point of {}?"),
    ("boiling", "{} boiling point"),
    ("density", "What is the density of {}?"),
    ("density", "How dense is {}?"),
    ("discovered", "When was {} discovered?"),
    ("discovered", "In which year was {} discovered?"),
    ("moons", "How many moons does {} have?"),
    ("moons", "How many moons orbit {}?"),
    ("moons", "number of moons of {}"),
    ("diameter", "What is the diameter of {}?"),
    ("diameter", "{} diameter"),
    ("diameter", "How wide is {}?"),
    ("radius", "What is the radius of {}?"),
    ("radius", "radius of {}"),
    ("distance", "How far is {} from the Sun?"),
    ("distance", "What is the distance of {} from the Sun?"),
    ("distance", "How far away from the Sun is {}?"),
    ("orbit", "What is the orbital period of {}?"),
    ("orbit", "How long does {} take to orbit the Sun?"),
    ("orbit", "How long is a year on {}?"),
    ("gravity", "What is the surface gravity of {}?"),
    ("gravity", "How strong is gravity on {}?"),
    ("unit_symbol", "What is the symbol of the {}?"),
    ("unit_symbol", "What is the unit symbol for the {}?"),
    ("unit_quantity", "What does the {} measure?"),
    ("unit_quantity", "What quantity is measured in {}?"),
    ("capital", "What is the name of the capital of {}?"),
    ("population", "What is the current population of {}?"),
)

_CHINESE = (
    ("capital", "{}的首都"),
    ("capital", "{}的首都是哪里？"),
    ("capital", "{}首都"),
    ("capital", "{}的首都是什么？"),
    ("capital", "哪个城市是{}的首都？"),
    ("capital", "请问{}的首都在哪里？"),
    ("population", "{}人口"),
    ("population", "{}有多少人口？"),
    ("population", "{}的人口是多少？"),
    ("population", "{}有多少人？"),
    ("population", "{}的总人口有多少"),
    ("area", "{}的面积是多少？"),
    ("area", "{}面积"),
    ("area", "{}有多大？"),
    ("area", "{}的国土面积有多大？"),
    ("currency", "{}的货币是什么？"),
    ("currency", "{}使用什么货币？"),
    ("currency", "{}用什么钱？"),
    ("currency", "{}货币"),
    ("official", "{}的官方语言是什么？"),
    ("official", "{}说什么语言？"),
    ("official", "{}人讲什么语言？"),
    ("neighbour", "{}的邻国有哪些？"),
    ("neighbour", "哪些国家与{}接壤？"),
    ("neighbour", "与{}接壤的国家有哪些？"),
    ("neighbours", "{}有几个邻国？"),
    ("neighbours", "{}与多少个国家接壤？"),
    ("coastline", "{}的海岸线有多长？"),
    ("life_expectancy", "{}的预期寿命是多少？"),
    ("atomic_number", "{}的原子序数是多少？"),
    ("atomic_number", "{}原子序数"),
    ("atomic_number", "{}元素的原子序数是几？"),
    ("symbol", "{}的化学符号是什么？"),
    ("symbol", "{}的元素符号"),
    ("symbol", "元素{}的符号是什么？"),
    ("atomic_weight", "{}的原子量是多少？"),
    ("melting", "{}的熔点是多少？"),
    ("melting", "{}熔点"),
    ("boiling", "{}的沸点是多少度？"),
    ("density", "{}的密度是多少？"),
    ("discovered", "{}是哪一年发现的？"),
    ("moons", "{}有多少颗卫星？"),
    ("moons", "{}有几颗卫星？"),
    ("diameter", "{}的直径是多少？"),
    ("radius", "{}的半径是多少？"),
    ("distance", "{}离太阳多远？"),
    ("distance", "{}到太阳的距离是多少？"),
    ("orbit", "{}的公转周期是多久？"),
    ("unit_symbol", "{}的符号是什么？"),
    ("unit_quantity", "{}是什么物理量的单位？"),
)
