"""Articles on countries, territories and oceans, from the factbook's figures; and what others say of the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from galactica.model import Document
from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.page import CLAIM_HEAD, VALUE_HEAD, AtlasPage, escape
from galactica.sources.starter.atlas.tables import AtlasPlace, BilingualName, Figure
from galactica.sources.starter.atlas.tables import SpokenLanguage as Spoken
from galactica.sources.starter.atlas.wording import FACTS, LANGUAGES, Language, day, listed, number, sized, value_of

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

_DEFINITE = frozenset(
    "ae at bp cf cg cj ck cq cr ct cw dr ee fk fo fs gz im io mv nl oo pc pf pg rm rp sx tk uk um us vi vq vt we xo "
    "xq xx zh zn".split()
)
"""Places that English puts "the" before."""

_CAPITAL = BilingualName(en="capital", zh="首都")
_SEATS = {
    "territory": BilingualName(en="administrative centre", zh="行政中心"),
    "crown": BilingualName(en="administrative centre", zh="行政中心"),
    "union": BilingualName(en="main seat", zh="主要机构所在地"),
}

_UNRESOLVED = {
    "French Guiana": BilingualName(en="French Guiana", zh="法属圭亚那"),
    "US Naval Base at Guantanamo Bay": BilingualName(en="US Naval Base at Guantanamo Bay", zh="美国关塔那摩湾海军基地"),
}


def articles(source: str) -> Iterator[Document]:
    """One article a place and language, in the order of the table of places."""
    for place in tables.places().values():
        for language in LANGUAGES:
            yield _article(source, place, language)


def with_article(place: AtlasPlace, *, capital: bool = False) -> str:
    """The English name as it stands in a sentence: "the Netherlands", at its start "The Netherlands"."""
    name = place.name.en
    if place.gec == "xx":
        return "The world" if capital else "the world"
    if place.gec in _DEFINITE:
        return f"{'The' if capital else 'the'} {name}"
    return name if capital or not name.startswith("The ") else "the " + name.removeprefix("The ")


def _article(source: str, place: AtlasPlace, language: Language) -> Document:
    page = AtlasPage(source, place.path, place.name.of(language), language)
    page.cite("factbook")
    page.paragraph(_lead_zh(place, page) if language == "zh" else _lead_en(place, page))
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


def _figure(place: AtlasPlace, fact: str) -> Figure | None:
    return tables.facts().get((place.gec, fact))


def _lead_en(place: AtlasPlace, page: AtlasPage) -> str:
    name = escape(with_article(place, capital=True))
    sentences = [f"<strong>{name}</strong> {_kind_en(place, page)}."]
    it = ("They", "cover") if place.kind == "islands" else ("It", "covers")
    capitals = place.capital.en.split("; ") if place.capital.en else []
    if len(capitals) > 1:
        sentences.append(f"Its capitals and seats of government are {escape(listed(capitals, 'en'))}.")
    elif capitals:
        sentences.append(f"Its {_SEATS.get(place.kind, _CAPITAL).en} is {escape(capitals[0].removesuffix('.'))}.")
    if area := _figure(place, "area_total") or _figure(place, "area_land"):
        sentences.append(f"{it[0]} {it[1]} {number(area.value)} km².")
    if people := _figure(place, "population"):
        when = f"in {people.year}" if people.year else "at the last count"
        sentences.append(f"{it[0]} had about {sized(people.value, 'en', 3)} inhabitants {when}.")
    if neighbours := tables.borders().get(place.gec):
        links = [_neighbour(key, page) for key, _ in neighbours]
        sentences.append(f"It borders {listed(links, 'en')}.")
    return " ".join(sentences)


def _kind_en(place: AtlasPlace, page: AtlasPage) -> str:
    region = tables.names_of("regions", "code").get(place.region, BilingualName(en="", zh="")).en
    owner = tables.by_alpha2().get(place.sovereign)
    of = page.link(owner.path, with_article(owner)) if owner else ""
    coast = _figure(place, "coastline")
    landlocked = "landlocked " if coast and coast.value == "0" else ""
    return {
        "country": f"is a {landlocked}country in {region}",
        "territory": f"is a territory of {of} in {region}",
        "associated": f"is a self-governing country in free association with {of}, in {region}",
        "constituent": f"is a constituent country of the Kingdom of {of}, in {region}",
        "crown": f"is a self-governing dependency of the Crown of {of} in {region}",
        "sar": f"is a special administrative region of {of} in {region}",
        "disputed": f"lies in {region}; its political status is disputed",
        "palestinian": f"is one of the Palestinian territories in {region}",
        "islands": f"are a group of islands in {region} that several states claim",
        "ocean": "is one of the five oceans",
        "continent": "is the southernmost continent",
        "union": "is a political and economic union of states in Europe",
        "world": "is the Earth with all its countries",
    }[place.kind]


def _lead_zh(place: AtlasPlace, page: AtlasPage) -> str:
    official = place.zh_official
    full = f"，全称{escape(official)}，" if official and official != place.name.zh else ""
    sentences = [
        f"<strong>{escape(place.name.zh)}</strong>（英语：{escape(place.name.en)}）{full}{_kind_zh(place, page)}"
    ]
    capitals = place.capital.zh.split("；") if place.capital.zh else []
    if len(capitals) > 1:
        sentences.append(f"，首都及政府所在地为{escape(listed(capitals, 'zh'))}")
    elif capitals:
        sentences.append(f"，{_SEATS.get(place.kind, _CAPITAL).zh}为{escape(capitals[0])}")
    sentences.append("。")
    more = []
    if area := _figure(place, "area_total") or _figure(place, "area_land"):
        more.append(f"面积{number(area.value)}平方千米")
    if people := _figure(place, "population"):
        when = f"（{people.year}年）" if people.year else ""
        more.append(f"人口约{sized(people.value, 'zh', 4)}{when}")
    sentences.append("，".join(more) + "。" if more else "")
    if neighbours := tables.borders().get(place.gec):
        sentences.append(f"与{listed([_neighbour(key, page) for key, _ in neighbours], 'zh')}接壤。")
    return "".join(sentences)


def _kind_zh(place: AtlasPlace, page: AtlasPage) -> str:
    region = tables.names_of("regions", "code").get(place.region, BilingualName(en="", zh="")).zh
    owner = tables.by_alpha2().get(place.sovereign)
    of = page.link(owner.path, owner.name.zh) if owner else ""
    coast = _figure(place, "coastline")
    landlocked = "内陆" if coast and coast.value == "0" else ""
    return {
        "country": f"是位于{region}的{landlocked}国家",
        "territory": f"是{of}的领地，位于{region}",
        "associated": f"是与{of}自由联合的自治国，位于{region}",
        "constituent": f"是{of}王国的构成国，位于{region}",
        "crown": f"是{of}皇家属地，位于{region}",
        "sar": f"是{of}的特别行政区，位于{region}",
        "disputed": f"位于{region}，其政治地位存在争议",
        "palestinian": f"是巴勒斯坦领土之一，位于{region}",
        "islands": f"是{region}的一组岛屿，多方主张主权",
        "ocean": "是世界五大洋之一",
        "continent": "是地球最南端的大洲",
        "union": "是欧洲国家组成的政治和经济联盟",
        "world": "指地球及其所有国家和地区",
    }[place.kind]


def _line(place: AtlasPlace, fact: str, page: AtlasPage) -> tuple[str, str, str] | None:
    figure = _figure(place, fact)
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
    seat = _SEATS.get(place.kind, _CAPITAL)
    spoken = tables.spoken().get(place.gec, ())
    official = [one.name.of(page.language) for one in spoken if one.official]
    lines = [
        (page.say(seat.en.capitalize(), seat.zh), escape(_capital(place, page))),
        (page.say("Official languages", "官方语言"), escape(listed(official, page.language))),
        (page.say("Languages", "语言"), escape(_spoken(spoken, page))),
    ]
    if neighbours := tables.borders().get(place.gec):
        links = [_neighbour(key, page) for key, _ in neighbours]
        lines.append((page.say("Neighbours", "邻国（地区）"), listed(links, page.language)))
        lines.append((page.say("Number of neighbouring countries", "邻国数量"), _neighbour_count(place, page)))
    if any(text for _, text in lines):
        page.heading("At a glance", "概况")
        page.table(page.say("What|Value", "项目|内容"), [line for line in lines if line[1]])


def _capital(place: AtlasPlace, page: AtlasPage) -> str:
    return page.say("; ", "；").join(place.capital.of(page.language).split("; "))


def _spoken(spoken: Sequence[Spoken], page: AtlasPage) -> str:
    """Languages in the factbook's order, the official ones marked."""
    mark = page.say(" (official)", "（官方）")
    return listed([one.name.of(page.language) + (mark if one.official else "") for one in spoken], page.language)


def neighbour_count(place: AtlasPlace) -> tuple[int, tuple[str, ...]]:
    """How many countries a place borders, and the keys of neighbours that are none."""
    keys = [key for key, _ in tables.borders().get(place.gec, ())]
    known = tables.places()
    others = tuple(key for key in keys if key not in known or known[key].kind != "country")
    return len(keys) - len(others), others


def _neighbour_count(place: AtlasPlace, page: AtlasPage) -> str:
    count, others = neighbour_count(place)
    links = listed([_neighbour(key, page) for key in others], page.language)
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
    if independence := _figure(place, "independence"):
        lines.append((FACTS["independence"].name.of(page.language), day(independence.value, page.language)))
    page.heading("Names", "名称")
    page.table(page.say("What|Name", "项目|内容"), [(escape(label), escape(text)) for label, text in lines if text])


def _neighbour(key: str, page: AtlasPage) -> str:
    place = tables.places().get(key)
    if place is None:
        return escape(_UNRESOLVED.get(key, BilingualName(en=key, zh=key)).of(page.language))
    return page.link(place.path, place.name.zh if page.language == "zh" else with_article(place))


def _borders(place: AtlasPlace, page: AtlasPage) -> None:
    lines = [
        (_neighbour(key, page), number(km) + page.say(" km", "千米")) for key, km in tables.borders().get(place.gec, ())
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
        mine, rivals = _figure(place, fact), tables.others().get((place.gec, fact), ())
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
        name = tables.names_of("currencies", "code")[place.currency].of(page.language)
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
    names = [place.alpha2, place.alpha3, *place.also, adjective, bare, f"the {bare}" if place.gec in _DEFINITE else ""]
    names += [known.get((place.gec, kind), "") for kind in ("official", "local", "local_official")]
    return names + list(tables.exonyms().get(place.alpha2, ()))


def _aliases_zh(place: AtlasPlace) -> list[str]:
    return [place.zh_official, *place.zh_also]


def _categories(place: AtlasPlace, language: Language) -> list[str]:
    region = tables.names_of("regions", "code").get(place.region)
    kind = {
        "country": BilingualName(en="Countries", zh="国家"),
        "ocean": BilingualName(en="Oceans", zh="大洋"),
    }.get(place.kind, BilingualName(en="Territories and regions", zh="领地与地区"))
    found = [kind.of(language)]
    if region:
        found.append(region.zh if language == "zh" else region.en.removeprefix("the "))
    return found
