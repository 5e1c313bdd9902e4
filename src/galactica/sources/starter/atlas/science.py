"""Articles on the chemical elements, the bodies of the solar system, and the units of the SI."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from galactica.model import Document
from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.page import CLAIM_HEAD, VALUE_HEAD, AtlasPage, escape
from galactica.sources.starter.atlas.tables import BilingualName, Row, split
from galactica.sources.starter.atlas.wording import LANGUAGES, Language, number, power, raised, sized

CATEGORIES = {
    "nonmetal": BilingualName(en="reactive nonmetal", zh="非金属"),
    "noble gas": BilingualName(en="noble gas", zh="稀有气体"),
    "alkali metal": BilingualName(en="alkali metal", zh="碱金属"),
    "alkaline earth metal": BilingualName(en="alkaline earth metal", zh="碱土金属"),
    "metalloid": BilingualName(en="metalloid", zh="类金属"),
    "halogen": BilingualName(en="halogen", zh="卤素"),
    "post-transition metal": BilingualName(en="post-transition metal", zh="后过渡金属"),
    "transition metal": BilingualName(en="transition metal", zh="过渡金属"),
    "lanthanide": BilingualName(en="lanthanide", zh="镧系元素"),
    "actinide": BilingualName(en="actinide", zh="锕系元素"),
}
BODY_KINDS = {
    "planet": BilingualName(en="planet", zh="行星"),
    "dwarf planet": BilingualName(en="dwarf planet", zh="矮行星"),
    "moon": BilingualName(en="natural satellite", zh="天然卫星"),
}
_HOMONYMS = frozenset({"Mercury"})
"""Elements that share their English name with another article."""

Line = tuple[str, str, str]


def element_path(row: Row) -> str:
    """Where the article on an element lies: "element/Fe"."""
    return f"element/{row['symbol']}"


def element_title(row: Row, language: Language) -> str:
    """The element's name; its English homonyms say that they are elements."""
    if language == "zh":
        return row["zh"]
    return f"{row['name']} (element)" if row["name"] in _HOMONYMS else row["name"]


def elements(source: str) -> Iterator[Document]:
    """The elements 1 to 118."""
    every = tables.rows("elements")
    for at, row in enumerate(every):
        around = [every[near] for near in (at - 1, at + 1) if 0 <= near < len(every)]
        for language in LANGUAGES:
            yield _element(source, row, around, language)


def _element(source: str, row: Row, around: list[Row], language: Language) -> Document:
    page = AtlasPage(source, element_path(row), element_title(row, language), language)
    kind = CATEGORIES[row["category"]]
    article = "an" if kind.en[0] in "aeiou" else "a"
    where = f"group {row['group']}, " if row["group"] else ""
    zh_where = f"第{row['group']}族、" if row["group"] else ""
    page.paragraph(
        page.say(
            f"<strong>{escape(row['name'])}</strong> is the chemical element with the symbol {row['symbol']} and the "
            f"atomic number {row['number']}. It is {article} {kind.en} in {where}period {row['period']} of the "
            f"periodic table.",
            f"<strong>{row['zh']}</strong>（英语：{escape(row['name'])}）是一种化学元素，符号为{row['symbol']}，"
            f"原子序数为{row['number']}，位于元素周期表{zh_where}第{row['period']}周期，属于{kind.zh}。",
        )
    )
    page.heading("Properties", "性质")
    page.table(VALUE_HEAD.of(language), _properties(row, page))
    page.heading("Neighbours in the periodic table", "周期表中的相邻元素")
    page.items([page.link(element_path(near), f"{near['number']} {element_title(near, language)}") for near in around])
    return page.document(
        other=element_title(row, "en" if language == "zh" else "zh"),
        aliases=split(row["zh_also"]) if language == "zh" else (row["name"], *split(row["also"]), row["symbol"]),
        categories=(page.say("Chemical elements", "化学元素"), page.say(kind.en.capitalize() + "s", kind.zh)),
        see=[page.link("list/elements", page.say("List of chemical elements", "化学元素列表"))],
    )


def _properties(row: Row, page: AtlasPage) -> list[Line]:
    lines = [
        (page.say("Symbol", "元素符号"), row["symbol"], ""),
        (page.say("Atomic number", "原子序数"), row["number"], ""),
    ]
    page.cite("iupac")
    if row["weight"].startswith("["):
        mass = page.say(
            f"{row['weight']} (mass number of the longest-lived isotope)", f"{row['weight']}（最稳定同位素的质量数）"
        )
        lines.append((page.say("Atomic weight", "相对原子质量"), mass, page.year("2022")))
    else:
        lines.append((page.say("Standard atomic weight", "标准原子量"), row["weight"], page.year("2021")))
    if row["group"]:
        lines.append((page.say("Group", "族"), row["group"], ""))
    lines.append((page.say("Period", "周期"), row["period"], ""))
    lines.append((page.say("Block", "区"), page.say(f"{row['block']}-block", f"{row['block']}区"), ""))
    if row["configuration"]:
        lines.append((page.say("Electron configuration", "电子排布"), _configuration(row["configuration"]), ""))
    measured = [
        (page.say("Melting point", "熔点"), _temperature(row["melting_k"])),
        (page.say("Boiling point", "沸点"), _temperature(row["boiling_k"])),
        (page.say("Density", "密度"), _density(row, page)),
    ]
    if any(value for _, value in measured):
        page.cite("pubchem")
    lines += [(label, value, page.year("2023")) for label, value in measured if value]
    if row["discovered"]:
        lines.append((page.say("Discovered", "发现年份"), _discovered(row["discovered"], page), ""))
    return lines


def _configuration(text: str) -> str:
    """ "[Ar] 3d6 4s2" with the numbers of electrons raised."""
    parts = [part if part[0] == "[" else f"{part[:2]}<sup>{part[2:]}</sup>" for part in text.split()]
    return " ".join(parts)


def _temperature(kelvin: str) -> str:
    if not kelvin:
        return ""
    celsius = (Decimal(kelvin) - Decimal("273.15")).quantize(Decimal("0.1"))
    return f"{number(kelvin)} K ({number(str(celsius))} °C)"


def _density(row: Row, page: AtlasPage) -> str:
    if not row["density"]:
        return ""
    if Decimal(row["density"]) < Decimal("0.02"):
        per_litre = (Decimal(row["density"]) * 1000).normalize()
        return page.say(f"{per_litre:f} g/L (gas, 0 °C)", f"{per_litre:f} g/L（气体，0 °C）")
    return f"{row['density']} g/cm³"


def _discovered(text: str, page: AtlasPage) -> str:
    return page.say("in ancient times", "古代已知") if text == "ancient" else text


def body_path(row: Row) -> str:
    """Where the article on a body of the solar system lies: "space/saturn"."""
    return f"space/{row['id']}"


def bodies(source: str) -> Iterator[Document]:
    """Planets, dwarf planets, the Moon."""
    for row in tables.rows("bodies"):
        for language in LANGUAGES:
            yield _body(source, row, language)


def _body(source: str, row: Row, language: Language) -> Document:
    name = row["name"].removesuffix(" (planet)")
    page = AtlasPage(source, body_path(row), row["zh"] if language == "zh" else row["name"], language)
    page.cite(row["source"])
    kind = BODY_KINDS[row["kind"]]
    subject = "The Moon" if row["id"] == "moon" else name
    around_en, around_zh = ("the Earth", "地球") if row["around"] == "earth" else ("the Sun", "太阳")
    page.paragraph(
        page.say(
            f"<strong>{subject}</strong> is a {kind.en} that moves around {around_en}.",
            f"<strong>{row['zh']}</strong>（英语：{escape(name)}）是围绕{around_zh}运行的{kind.zh}。",
        )
        + _moons_sentence(row, page, name)
    )
    lines = _measures(row, page)
    if lines:
        page.heading("Figures", "数据")
        page.table(VALUE_HEAD.of(language), lines)
    _moon_claims(row, page)
    return page.document(
        other=row["name"] if language == "zh" else row["zh"],
        aliases=split(row["zh_also"]) if language == "zh" else (name, *split(row["also"])),
        categories=(page.say("Solar System", "太阳系"), page.say(kind.en.capitalize() + "s", kind.zh)),
        see=[page.link("list/planets", page.say("Planets and dwarf planets", "行星与矮行星"))],
    )


def moon_count(body: str) -> Row | None:
    """The atlas's own count of a body's moons."""
    return next((row for row in tables.rows("moons") if row["body"] == body and row["book"] == "atlas"), None)


def _moons_sentence(row: Row, page: AtlasPage, name: str) -> str:
    count = moon_count(row["id"])
    if count is None:
        return ""
    when, many = page.year(count["date"]), int(count["count"])
    english = f"{many} known moon{'' if many == 1 else 's'}" if many else "no known moons"
    return page.say(
        f" It had {english} as of {when}.", f"截至{when}，已知卫星{many}颗。" if many else "没有已知的卫星。"
    )


def _measures(row: Row, page: AtlasPage) -> list[Line]:
    year = page.year(row["year"])
    lines = []

    def add(en: str, zh: str, text: str) -> None:
        lines.append((page.say(en, zh), escape(text), year))

    if row["mass_kg"]:
        add("Mass", "质量", f"{power(row['mass_kg'])} kg")
    if row["diameter_km"]:
        label = ("Equatorial diameter", "赤道直径") if row["kind"] == "planet" else ("Diameter", "直径")
        add(*label, number(row["diameter_km"]) + page.say(" km", "千米"))
        label = ("Equatorial radius", "赤道半径") if row["kind"] == "planet" else ("Radius", "半径")
        add(*label, number(f"{Decimal(row['diameter_km']) / 2:f}") + page.say(" km", "千米"))
    if row["gravity"]:
        add("Surface gravity", "表面重力加速度", f"{row['gravity']} m/s²")
    if row["distance_mkm"]:
        around = ("the Earth", "地球") if row["around"] == "earth" else ("the Sun", "太阳")
        kilometres = str(Decimal(row["distance_mkm"]) * 10**6 // 1)
        add(
            f"Mean distance from {around[0]}",
            f"与{around[1]}的平均距离",
            page.say(f"{number(kilometres)} km", f"{sized(kilometres, 'zh')}千米"),
        )
    if row["period_days"]:
        add("Orbital period", "公转周期", number(row["period_days"]) + page.say(" days", "天"))
    if row["rotation_hours"]:
        hours = row["rotation_hours"]
        turned = page.say(" (retrograde)", "（逆向）") if hours.startswith("-") else ""
        add("Rotation period", "自转周期", number(hours.lstrip("-")) + page.say(" hours", "小时") + turned)
    if row["temperature_c"]:
        add("Mean temperature", "平均温度", f"{number(row['temperature_c'])} °C")
    if count := moon_count(row["id"]):
        lines.append((page.say("Known moons", "已知卫星数"), count["count"], page.year(count["date"])))
    if row["discovered"]:
        lines.append((page.say("Discovered", "发现年份"), row["discovered"], ""))
    return lines


def _moon_claims(row: Row, page: AtlasPage) -> None:
    claims = [one for one in tables.rows("moons") if one["body"] == row["id"]]
    if len({one["count"] for one in claims}) < 2:
        return
    page.heading("Sources disagree: known moons", "各来源说法不一：已知卫星数")
    claims.sort(key=lambda one: one["date"])
    lines = [(one["count"], page.year(one["date"]), page.publisher(one["source"])) for one in claims]
    page.table(CLAIM_HEAD.of(page.language), lines, row_heads=False)


def unit_path(row: Row) -> str:
    """Where the article on a unit lies: "unit/metre"."""
    return f"unit/{row['id']}"


def units(source: str) -> Iterator[Document]:
    """The 7 base units and the 22 derived units with names of their own."""
    for row in tables.rows("units"):
        for language in LANGUAGES:
            yield _unit(source, row, language)


def _unit(source: str, row: Row, language: Language) -> Document:
    title = row["zh"] if language == "zh" else row["name"][0].upper() + row["name"][1:]
    page = AtlasPage(source, unit_path(row), title, language)
    page.cite("si")
    base = row["kind"] == "base"
    page.paragraph(
        page.say(
            f"The <strong>{row['name']}</strong> (symbol {row['symbol']}) is the SI {row['kind']} unit of "
            f"{row['quantity']}.",
            f"<strong>{row['zh']}</strong>（英语：{row['name']}，符号：{row['symbol']}）是国际单位制中"
            f"{row['zh_quantity']}的{'基本单位' if base else '导出单位'}。",
        )
    )
    lines = [
        (page.say("Symbol", "符号"), row["symbol"]),
        (page.say("Quantity", "物理量"), row["quantity"] if language == "en" else row["zh_quantity"]),
        (page.say("Kind", "类别"), page.say(f"{row['kind']} unit", "基本单位" if base else "导出单位")),
    ]
    if row["expression"]:
        lines.append((page.say("In SI base units", "用基本单位表示"), row["expression"]))
    for constant in tables.rows("constants"):
        if constant["id"] == row["constant"]:
            text = f"{constant['symbol']} = {constant['value']} {constant['unit']}"
            name = constant["zh"] if language == "zh" else constant["name"]
            lines.append((page.say("Fixed by (since 2019)", "定义常数（2019年起）"), f"{name}: {text}"))
    page.heading("Definition", "定义")
    page.table(page.say("What|Value", "项目|内容"), [(escape(label), escape(text)) for label, text in lines])
    if row["id"] not in ("kilogram", "degree-celsius"):
        page.heading("Multiples", "倍数单位")
        page.table(page.say("Unit|Symbol|Value", "单位|符号|数值"), _multiples(row, language))
    overview = ("list/si-base-units", "SI base units", "国际单位制基本单位")
    return page.document(
        other=row["name"] if language == "zh" else row["zh"],
        aliases=split(row["zh_also"]) if language == "zh" else (row["name"], *_spellings(row["name"])),
        categories=(page.say("Units of measurement", "计量单位"), page.say("SI", "国际单位制")),
        see=[
            page.link(overview[0], page.say(*overview[1:])),
            page.link("list/si-prefixes", page.say("SI prefixes", "国际单位制词头")),
        ],
    )


def _spellings(name: str) -> tuple[str, ...]:
    return (name.removesuffix("re") + "er",) if name == "metre" else ()


def _multiples(row: Row, language: Language) -> list[Line]:
    chosen = [prefix for prefix in tables.rows("prefixes") if abs(int(prefix["power"])) in (3, 6, 9)]
    chosen.sort(key=lambda prefix: -int(prefix["power"]))
    return [
        (
            prefix["zh"] + row["zh"] if language == "zh" else prefix["name"] + row["name"],
            prefix["symbol"] + row["symbol"],
            f"10{raised(prefix['power'])} {row['symbol']}",
        )
        for prefix in chosen
    ]
