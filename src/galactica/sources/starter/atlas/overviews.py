"""Overviews: lists of countries, elements, planets and units, each in both languages, with links to their articles."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from galactica.model import Document
from galactica.sources.starter.atlas import superlatives, tables
from galactica.sources.starter.atlas.countries import neighbour_count
from galactica.sources.starter.atlas.elements import CATEGORIES, element_path, element_title
from galactica.sources.starter.atlas.page import AtlasPage, escape
from galactica.sources.starter.atlas.solar_system import BODY_KINDS, body_path, moon_count
from galactica.sources.starter.atlas.tables import AtlasPlace, BilingualName, Row
from galactica.sources.starter.atlas.units import unit_path
from galactica.sources.starter.atlas.wording import LANGUAGES, number, raised, value_of

_RANKED = {
    "population": BilingualName(en="List of countries by population", zh="各国人口列表"),
    "area_total": BilingualName(en="List of countries by area", zh="各国面积列表"),
    "life_expectancy": BilingualName(en="List of countries by life expectancy", zh="各国预期寿命列表"),
    "gdp_ppp": BilingualName(en="List of countries by GDP", zh="各国国内生产总值列表"),
    "highest": BilingualName(en="List of countries by highest point", zh="各国最高点列表"),
    "coastline": BilingualName(en="List of countries by coastline", zh="各国海岸线列表"),
}
_NO_COUNTRIES = frozenset({"world", "ocean", "union", "continent"})


def articles(source: str) -> Iterator[Document]:
    """Every overview, in both languages."""
    for language in LANGUAGES:
        for fact, title in _RANKED.items():
            yield _ranked(
                AtlasPage(source, f"list/{fact.removesuffix('_total')}", title.of(language), language), fact, title
            )
        yield _neighbours(_page(source, "neighbours", _NEIGHBOURS, language))
        yield _capitals(_page(source, "capitals", _CAPITALS, language))
        yield _elements(_page(source, "elements", _ELEMENTS, language))
        yield _planets(_page(source, "planets", _PLANETS, language))
        for kind, title in _UNITS.items():
            yield _units(_page(source, f"si-{kind}-units", title, language), kind, title)
        yield _prefixes(_page(source, "si-prefixes", _PREFIXES, language))
        yield _constants(_page(source, "si-constants", _CONSTANTS, language))


_NEIGHBOURS = BilingualName(en="List of countries by number of neighbours", zh="各国邻国数量列表")
_CAPITALS = BilingualName(en="List of countries and capitals", zh="各国首都列表")
_ELEMENTS = BilingualName(en="List of chemical elements", zh="化学元素列表")
_PLANETS = BilingualName(en="Planets and dwarf planets", zh="行星与矮行星")
_UNITS = {
    "base": BilingualName(en="SI base units", zh="国际单位制基本单位"),
    "derived": BilingualName(en="SI derived units", zh="国际单位制导出单位"),
}
_PREFIXES = BilingualName(en="SI prefixes", zh="国际单位制词头")
_CONSTANTS = BilingualName(en="SI defining constants", zh="国际单位制定义常数")


def _page(source: str, name: str, title: BilingualName, language: str) -> AtlasPage:
    return AtlasPage(source, f"list/{name}", title.of(language), "zh" if language == "zh" else "en")


def _finished(page: AtlasPage, title: BilingualName, *aliases: str) -> Document:
    other = title.en if page.language == "zh" else title.zh
    return page.document(other=other, aliases=aliases, categories=(page.say("Overviews", "总览"),))


def _ranked(page: AtlasPage, fact: str, title: BilingualName) -> Document:
    page.cite("factbook")
    ranked = [
        (place, figure)
        for place in tables.places().values()
        if place.kind not in _NO_COUNTRIES and (figure := tables.factbook_facts().get((place.gec, fact)))
    ]
    ranked.sort(key=lambda pair: (-Decimal(pair[1].value), pair[0].name.en))
    page.paragraph(
        page.say(
            "Countries and territories, the largest value first; each with the year of its figure.",
            "国家和地区，按数值从大到小排列，并注明各数据的年份。",
        )
    )
    if said := _extremes(page, fact):
        page.paragraph(said)
    lines = []
    for rank, (place, figure) in enumerate(ranked, 1):
        said = value_of(fact, figure.value, page.language)
        if fact == "highest" and figure.note.en:
            said = page.say(f"{figure.note.en}, {said}", f"{figure.note.zh}（{said}）")
        lines.append(
            (str(rank), page.link(place.path, place.name.of(page.language)), escape(said), page.year(figure.year))
        )
    page.table(page.say("Rank|Country or territory|Value|Year", "排名|国家或地区|数值|年份"), lines, row_heads=False)
    return _finished(page, title, *_ALSO[fact].of(page.language).split("|"))


_ALSO = {
    "population": BilingualName(en="Most populous country|Most populous countries", zh="人口最多的国家"),
    "area_total": BilingualName(
        en="Largest country|Smallest country|Largest countries", zh="面积最大的国家|面积最小的国家|最大的国家"
    ),
    "life_expectancy": BilingualName(en="Highest life expectancy", zh="预期寿命最长的国家"),
    "gdp_ppp": BilingualName(en="", zh=""),
    "highest": BilingualName(en="", zh=""),
    "coastline": BilingualName(en="Longest coastline", zh="海岸线最长的国家"),
}
"""What a ranked list is looked for by."""


def _extremes(page: AtlasPage, fact: str) -> str:
    """Which country has the most and the least of what a list is ordered by."""
    if fact == "area_total":
        return superlatives.of_area(page)
    if fact == "population":
        return superlatives.of_population(page)
    if fact == "coastline":
        return superlatives.of_fact(page, fact, ("longest coastline", ""), ("海岸线最长", ""))
    if fact == "life_expectancy":
        words = ("highest life expectancy", ""), ("预期寿命最长", "")
        return superlatives.of_fact(page, fact, *words)
    return ""


def _neighbours(page: AtlasPage) -> Document:
    page.cite("factbook")
    states = [place for place in tables.places().values() if place.kind == "country" and place.gec in tables.borders()]
    states.sort(key=lambda place: (-neighbour_count(place)[0], place.name.en))
    page.paragraph(
        page.say(
            f"{len(states)} countries with a land border, and how many countries each of them borders.",
            f"{len(states)}个有陆地边界的国家，以及各自的陆地邻国数量。",
        )
    )
    page.paragraph(superlatives.of_neighbours(page))
    lines = [
        (page.link(place.path, place.name.of(page.language)), str(neighbour_count(place)[0]), _borders(place, page))
        for place in states
    ]
    page.table(page.say("Country|Neighbouring countries|Which", "国家|邻国数量|邻国"), lines, row_heads=False)
    return _finished(page, _NEIGHBOURS, page.say("Most neighbours", "邻国最多的国家"))


def _borders(place: AtlasPlace, page: AtlasPage) -> str:
    known = tables.places()
    keys = [key for key, _ in tables.borders()[place.gec] if key in known and known[key].kind == "country"]
    return page.say(", ", "、").join(page.link(known[key].path, known[key].name.of(page.language)) for key in keys)


def _capitals(page: AtlasPage) -> Document:
    states = [place for place in tables.places().values() if place.kind == "country"]
    states.sort(key=lambda place: place.name.en)
    page.paragraph(page.say(f"{len(states)} countries and their capitals.", f"{len(states)}个国家及其首都。"))
    lines = [
        (page.link(place.path, place.name.of(page.language)), escape(place.capital.of(page.language)), place.alpha3)
        for place in states
    ]
    page.table(page.say("Country|Capital|ISO code", "国家|首都|ISO代码"), lines, row_heads=False)
    return _finished(page, _CAPITALS, page.say("List of capitals", "首都列表"))


def _elements(page: AtlasPage) -> Document:
    page.cite("iupac")
    page.paragraph(page.say("The 118 known chemical elements.", "目前已知的118种化学元素。"))
    lines = [
        (
            row["number"],
            row["symbol"],
            page.link(element_path(row), element_title(row, page.language)),
            row["weight"],
            escape(CATEGORIES[row["category"]].of(page.language)),
        )
        for row in tables.rows("elements")
    ]
    page.table(
        page.say("Number|Symbol|Name|Atomic weight (2021)|Category", "序数|符号|名称|标准原子量（2021年）|类别"),
        lines,
        row_heads=False,
    )
    return _finished(
        page, _ELEMENTS, page.say("Periodic table", "元素周期表"), page.say("Chemical elements", "化学元素")
    )


def _planets(page: AtlasPage) -> Document:
    page.cite("nasa", "jpl", "mpc")
    page.paragraph(
        page.say(
            "The eight planets and five recognised dwarf planets of the Solar System, and the Moon.",
            "太阳系的八大行星、五颗公认的矮行星以及月球。",
        )
    )
    page.paragraph(superlatives.of_planets(page))
    lines = []
    for row in tables.rows("bodies"):
        diameter = number(row["diameter_km"]) + page.say(" km", "千米") if row["diameter_km"] else ""
        period = number(row["period_days"]) + page.say(" days", "天") if row["period_days"] else ""
        lines.append(
            (
                page.link(body_path(row), row["zh"] if page.language == "zh" else row["name"]),
                escape(BODY_KINDS[row["kind"]].of(page.language)),
                diameter,
                period,
                _moons(page, row),
            )
        )
    page.table(
        page.say("Body|Kind|Diameter|Orbital period|Known moons", "天体|类别|直径|公转周期|已知卫星数"),
        lines,
        row_heads=False,
    )
    return _finished(
        page, _PLANETS, page.say("Planets", "行星"), page.say("Solar System", "太阳系"), page.say("", "八大行星")
    )


def _moons(page: AtlasPage, row: Row) -> str:
    count = moon_count(row["id"])
    return page.say("{} ({})", "{}（{}）").format(count["count"], page.year(count["date"])) if count else ""


def _units(page: AtlasPage, kind: str, title: BilingualName) -> Document:
    page.cite("si")
    chosen = [row for row in tables.rows("units") if row["kind"] == kind]
    page.paragraph(
        page.say(
            f"The {len(chosen)} {kind} units of the International System of Units that have names of their own.", ""
        )
        or f"国际单位制中具有专门名称的{len(chosen)}个{'基本' if kind == 'base' else '导出'}单位。"
    )
    lines = [
        (
            page.link(unit_path(row), row["zh"] if page.language == "zh" else row["name"]),
            escape(row["symbol"]),
            escape(row["zh_quantity"] if page.language == "zh" else row["quantity"]),
            escape(row["expression"] or row["symbol"]),
        )
        for row in chosen
    ]
    page.table(
        page.say("Unit|Symbol|Quantity|In base units", "单位|符号|物理量|用基本单位表示"), lines, row_heads=False
    )
    return _finished(page, title, page.say("SI units", "国际单位") if kind == "base" else "")


def _prefixes(page: AtlasPage) -> Document:
    page.cite("si", "cgpm")
    page.paragraph(page.say("The 24 prefixes of the SI, the largest first.", "国际单位制的24个词头，从大到小排列。"))
    lines = [
        (
            page.say(row["name"], f"{row['zh']}（{row['name']}）"),
            row["symbol"],
            f"10{raised(row['power'])}",
            page.year(row["year"]),
        )
        for row in tables.rows("prefixes")
    ]
    page.table(page.say("Prefix|Symbol|Factor|Adopted", "词头|符号|因数|采用年份"), lines, row_heads=False)
    return _finished(page, _PREFIXES, page.say("Metric prefixes", "词头"))


def _constants(page: AtlasPage) -> Document:
    page.cite("si")
    page.paragraph(
        page.say(
            "Seven constants whose exact values have defined the SI since 20 May 2019.",
            "七个常数的精确数值自2019年5月20日起定义了国际单位制。",
        )
    )
    lines = [
        (
            escape(row["zh"] if page.language == "zh" else row["name"]),
            escape(row["symbol"]),
            escape(f"{row['value']} {row['unit']}"),
            page.year("2019"),
        )
        for row in tables.rows("constants")
    ]
    page.table(page.say("Constant|Symbol|Exact value|Year", "常数|符号|精确值|年份"), lines, row_heads=False)
    return _finished(page, _CONSTANTS)
