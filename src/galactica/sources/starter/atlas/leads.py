"""How an article on a country begins: what kind of place it is, where it lies, its capital, size and neighbours.

A sentence is written by itself in each language.
"""

from __future__ import annotations

from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.page import AtlasPage, escape
from galactica.sources.starter.atlas.tables import AtlasPlace, BilingualName, Figure
from galactica.sources.starter.atlas.wording import enumerated, number, sized

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


def lead(place: AtlasPlace, page: AtlasPage) -> str:
    """The first sentences, in the page's language."""
    return _lead_zh(place, page) if page.language == "zh" else _lead_en(place, page)


def is_definite(place: AtlasPlace) -> bool:
    """Whether English puts "the" before the name."""
    return place.gec in _DEFINITE


def seat_of(place: AtlasPlace) -> BilingualName:
    """What the place's capital is called."""
    return _SEATS.get(place.kind, _CAPITAL)


def figure_of(place: AtlasPlace, fact: str) -> Figure | None:
    """The factbook's figure; None where it has none."""
    return tables.factbook_facts().get((place.gec, fact))


def with_article(place: AtlasPlace, *, capital: bool = False) -> str:
    """The English name as it stands in a sentence: "the Netherlands", at its start "The Netherlands"."""
    name = place.name.en
    if place.gec == "xx":
        return "The world" if capital else "the world"
    if is_definite(place):
        return f"{'The' if capital else 'the'} {name}"
    return name if capital or not name.startswith("The ") else "the " + name.removeprefix("The ")


def neighbour(key: str, page: AtlasPage) -> str:
    """A neighbour's name, with a link where it has an article; `key` as in `tables.borders`."""
    place = tables.places().get(key)
    if place is None:
        return escape(_UNRESOLVED.get(key, BilingualName(en=key, zh=key)).of(page.language))
    return page.link(place.path, place.name.zh if page.language == "zh" else with_article(place))


def _lead_en(place: AtlasPlace, page: AtlasPage) -> str:
    name = escape(with_article(place, capital=True))
    sentences = [f"<strong>{name}</strong> {_kind_en(place, page)}."]
    it = ("They", "cover") if place.kind == "islands" else ("It", "covers")
    capitals = place.capital.en.split("; ") if place.capital.en else []
    if len(capitals) > 1:
        sentences.append(f"Its capitals and seats of government are {escape(enumerated(capitals, 'en'))}.")
    elif capitals:
        sentences.append(f"Its {seat_of(place).en} is {escape(capitals[0].removesuffix('.'))}.")
    if area := figure_of(place, "area_total") or figure_of(place, "area_land"):
        sentences.append(f"{it[0]} {it[1]} {number(area.value)} km².")
    if people := figure_of(place, "population"):
        when = f"in {people.year}" if people.year else "at the last count"
        sentences.append(f"{it[0]} had about {sized(people.value, 'en', 3)} inhabitants {when}.")
    if neighbours := tables.borders().get(place.gec):
        links = [neighbour(key, page) for key, _ in neighbours]
        sentences.append(f"It borders {enumerated(links, 'en')}.")
    return " ".join(sentences)


def _kind_en(place: AtlasPlace, page: AtlasPage) -> str:
    region = tables.names_by_key("regions", "code").get(place.region, BilingualName(en="", zh="")).en
    owner = tables.by_alpha2().get(place.sovereign)
    of = page.link(owner.path, with_article(owner)) if owner else ""
    coast = figure_of(place, "coastline")
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
        sentences.append(f"，首都及政府所在地为{escape(enumerated(capitals, 'zh'))}")
    elif capitals:
        sentences.append(f"，{seat_of(place).zh}为{escape(capitals[0])}")
    sentences.append("。")
    more = []
    if area := figure_of(place, "area_total") or figure_of(place, "area_land"):
        more.append(f"面积{number(area.value)}平方千米")
    if people := figure_of(place, "population"):
        when = f"（{people.year}年）" if people.year else ""
        more.append(f"人口约{sized(people.value, 'zh', 4)}{when}")
    sentences.append("，".join(more) + "。" if more else "")
    if neighbours := tables.borders().get(place.gec):
        sentences.append(f"与{enumerated([neighbour(key, page) for key, _ in neighbours], 'zh')}接壤。")
    return "".join(sentences)


def _kind_zh(place: AtlasPlace, page: AtlasPage) -> str:
    region = tables.names_by_key("regions", "code").get(place.region, BilingualName(en="", zh="")).zh
    owner = tables.by_alpha2().get(place.sovereign)
    of = page.link(owner.path, owner.name.zh) if owner else ""
    coast = figure_of(place, "coastline")
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
