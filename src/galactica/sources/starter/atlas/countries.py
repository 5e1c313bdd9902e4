"""Articles on countries, territories and oceans, from the factbook's figures; and what others say of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galactica.model import Document
from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.leads import figure_of, is_definite, lead, neighbour, seat_of
from galactica.sources.starter.atlas.page import CLAIM_HEAD, VALUE_HEAD, AtlasPage, escape
from galactica.sources.starter.atlas.tables import AtlasPlace, BilingualName, Figure
from galactica.sources.starter.atlas.tables import SpokenLanguage as Spoken
from galactica.sources.starter.atlas.wording import FACTS, LANGUAGES, Language, day, enumerated, number, sized, value_of

_SECTIONS: tuple[tuple[BilingualName, tuple[str, ...]], ...] = (
    (
        BilingualName(en="Geography", zh="地理"),
        (
            *("area_total", "area_land", "area_water", "coordinates", "capital_coordinates", "coastline"),
            *("land_boundaries", "highest", "lowest", "elevation_mean"),
        ),
    ),
    (
        BilingualName(en="Population", zh="人口"),
        (
            *("population", "population_growth", "urban", "median_age", "life_expectancy", "fertility"),
            "infant_mortality",
        ),
    ),
    (BilingualName(en="Economy", zh="经济"), ("gdp_ppp", "gdp_official", "gdp_per_capita", "unemployment", "co2")),
    (
        BilingualName(en="Communications and energy", zh="通信与能源"),
        ("internet_users", "tld", "electricity", "airports"),
    ),
)


def articles(source: str) -> Iterator[Document]:
    """One article a place and language, in the order of the table of places."""
    for place in tables.places().values():
        for language in LANGUAGES:
            yield _article(source, place, language)


def _article(source: str, place: AtlasPlace, language: Language) -> Document:
    page = AtlasPage(source, place.path, place.name.of(language), language)
    page.cite("factbook")
    page.paragraph(lead(place, page))
    _glance(place, page)
    _names(place, page)
    for title, facts in _SECTIONS:
        lines = [line for fact in facts if (line := _line(place, fact, page))]
        if lines:
            page.heading(title.en, title.zh)
            page.table(VALUE_HEAD.of(language), lines)
        if title.en == "Geography":
            _borders(place, page)
        if title.en == "Population":
            _languages(place, page)
    _disagreement(place, page)
    _codes(place, page)
    other = place.name.en if language == "zh" else place.name.zh
    see = [
        page.link("list/population", page.say("List of countries by population", "各国人口列表")),
        page.link("list/area", page.say("List of countries by area", "各国面积列表")),
    ]
    aliases = _aliases_zh(place) if language == "zh" else _aliases_en(place)
    return page.document(other=other, aliases=aliases, categories=_categories(place, language), see=see)


def _line(place: AtlasPlace, fact: str, page: AtlasPage) -> tuple[str, str, str] | None:
    figure = figure_of(place, fact)
    if figure is None:
        return None
    return escape(FACTS[fact].name.of(page.language)), _said(fact, figure, page), page.year(figure.year)


def _said(fact: str, figure: Figure, page: AtlasPage) -> str:
    """A figure as it stands in a cell, with its note."""
    text = value_of(fact, figure.value, page.language)
    note = figure.note.of(page.language)
    if fact == "gdp_ppp" and note:
        text += page.say(f" (in {note} dollars)", f"（按{note}年美元计）")
    elif note and fact in ("highest", "lowest"):
        text = page.say(f"{note}, {text}", f"{note}（{text}）")
    elif note:
        text += page.say(f" ({note})", f"（{note}）")
    if fact == "population" and page.language == "zh" and len(figure.value) > 5:
        text += f"（约{sized(figure.value, 'zh', 4)}）"
    return escape(text)


def _glance(place: AtlasPlace, page: AtlasPage) -> None:
    """What is asked most: the capital, the languages, the neighbours and how many there are."""
    seat = seat_of(place)
    spoken = tables.spoken().get(place.gec, ())
    official = [one.name.of(page.language) for one in spoken if one.official]
    lines = [
        (page.say(seat.en.capitalize(), seat.zh), escape(_capital(place, page))),
        (page.say("Official languages", "官方语言"), escape(enumerated(official, page.language))),
        (page.say("Languages", "语言"), escape(_spoken(spoken, page))),
    ]
    if neighbours := tables.borders().get(place.gec):
        links = [neighbour(key, page) for key, _ in neighbours]
        lines.append((page.say("Neighbours", "邻国（地区）"), enumerated(links, page.language)))
        lines.append((page.say("Number of neighbouring countries", "邻国数量"), _neighbour_count(place, page)))
    if any(text for _, text in lines):
        page.heading("At a glance", "概况")
        page.table(page.say("What|Value", "项目|内容"), [line for line in lines if line[1]])


def _capital(place: AtlasPlace, page: AtlasPage) -> str:
    return page.say("; ", "；").join(place.capital.of(page.language).split("; "))


def _spoken(spoken: Sequence[Spoken], page: AtlasPage) -> str:
    """Languages in the factbook's order, the official ones marked."""
    mark = page.say(" (official)", "（官方）")
    return enumerated([one.name.of(page.language) + (mark if one.official else "") for one in spoken], page.language)


def neighbour_count(place: AtlasPlace) -> tuple[int, tuple[str, ...]]:
    """How many countries a place borders, and the keys of neighbours that are none."""
    keys = [key for key, _ in tables.borders().get(place.gec, ())]
    known = tables.places()
    others = tuple(key for key in keys if key not in known or known[key].kind != "country")
    return len(keys) - len(others), others


def _neighbour_count(place: AtlasPlace, page: AtlasPage) -> str:
    count, others = neighbour_count(place)
    links = enumerated([neighbour(key, page) for key in others], page.language)
    return str(count) + (page.say(f", and {links}", f"个，另与{links}接壤") if others else "")


def _names(place: AtlasPlace, page: AtlasPage) -> None:
    known = tables.local_names()
    lines = [
        (page.say("Official name", "正式名称（英语）"), known.get((place.gec, "official"), "")),
        (page.say("Local name", "当地名称"), known.get((place.gec, "local"), "")),
        (page.say("Official local name", "当地正式名称"), known.get((place.gec, "local_official"), "")),
        (page.say("Adjective", "形容词（英语）"), known.get((place.gec, "adjective"), "")),
        (page.say("Chinese name", "中文正式名称"), page.say(place.name.zh, place.zh_official)),
        (page.say("Other Chinese names", "其他中文名称"), page.say("、", "、").join(place.zh_also)),
    ]
    if independence := figure_of(place, "independence"):
        lines.append((FACTS["independence"].name.of(page.language), day(independence.value, page.language)))
    page.heading("Names", "名称")
    page.table(page.say("What|Name", "项目|内容"), [(escape(label), escape(text)) for label, text in lines if text])


def _borders(place: AtlasPlace, page: AtlasPage) -> None:
    lines = [
        (neighbour(key, page), number(km) + page.say(" km", "千米")) for key, km in tables.borders().get(place.gec, ())
    ]
    if lines:
        page.heading("Borders", "陆地邻国（地区）")
        page.table(page.say("Neighbour|Length of the border", "邻国（地区）|边界长度"), lines)


def _languages(place: AtlasPlace, page: AtlasPage) -> None:
    lines = []
    for language in tables.spoken().get(place.gec, ()):
        status = page.say("official", "官方语言") if language.official else ""
        share = f"{language.share}%" if language.share else ""
        year = page.year(language.year) if language.share or language.year else page.year("")
        lines.append((escape(language.name.of(page.language)), status, share, year))
    if lines:
        page.heading("Languages", "语言")
        page.table(page.say("Language|Status|Share|Year", "语言|地位|使用比例|年份"), lines)


def _disagreement(place: AtlasPlace, page: AtlasPage) -> None:
    """Facts for which another publisher, or the same one in another year, gives another value."""
    for fact in ("population", "area_total", "coastline"):
        mine, rivals = figure_of(place, fact), tables.others().get((place.gec, fact), ())
        claims = sorted([*rivals, *([mine] if mine else [])], key=lambda one: one.year or tables.EDITION)
        if len({claim.value for claim in claims}) < 2:
            continue
        label = FACTS[fact].name
        page.heading(f"Sources disagree: {label.en.lower()}", f"各来源说法不一：{label.zh}")
        page.table(
            CLAIM_HEAD.of(page.language),
            [(_said(fact, one, page), page.year(one.year), page.publisher(one.publisher)) for one in claims],
            row_heads=False,
        )


def _codes(place: AtlasPlace, page: AtlasPage) -> None:
    lines = []
    if place.alpha3:
        lines.append((page.say("ISO 3166-1 codes", "ISO 3166-1 代码"), f"{place.alpha2}, {place.alpha3}"))
        page.cite("iso3166")
    lines.append((page.say("Factbook (GEC) code", "《世界概况》（GEC）代码"), place.gec.upper()))
    if place.currency:
        name = tables.names_by_key("currencies", "code")[place.currency].of(page.language)
        lines.append(
            (page.say("Currency", "货币"), page.say(f"{name} ({place.currency})", f"{name}（{place.currency}）"))
        )
        page.cite("iso4217")
    page.heading("Codes and currency", "代码与货币")
    page.table(page.say("What|Value", "项目|内容"), [(escape(label), escape(text)) for label, text in lines])


def _aliases_en(place: AtlasPlace) -> list[str]:
    known = tables.local_names()
    adjective = known.get((place.gec, "adjective"), "").split(" or ")[0].split(",")[0]
    bare = place.name.en.removeprefix("The ")
    names = [place.alpha2, place.alpha3, *place.also, adjective, bare, f"the {bare}" if is_definite(place) else ""]
    names += [known.get((place.gec, kind), "") for kind in ("official", "local", "local_official")]
    return names + list(tables.exonyms().get(place.alpha2, ()))


def _aliases_zh(place: AtlasPlace) -> list[str]:
    return [place.zh_official, *place.zh_also]


def _categories(place: AtlasPlace, language: Language) -> list[str]:
    region = tables.names_by_key("regions", "code").get(place.region)
    kind = {
        "country": BilingualName(en="Countries", zh="国家"),
        "ocean": BilingualName(en="Oceans", zh="大洋"),
    }.get(place.kind, BilingualName(en="Territories and regions", zh="领地与地区"))
    found = [kind.of(language)]
    if region:
        found.append(region.zh if language == "zh" else region.en.removeprefix("the "))
    return found
