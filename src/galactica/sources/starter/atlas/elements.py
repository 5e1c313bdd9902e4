"""Articles on the chemical elements."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from galactica.model import Document
from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.page import VALUE_HEAD, AtlasPage, Line, escape
from galactica.sources.starter.atlas.tables import BilingualName, Row, split_cell
from galactica.sources.starter.atlas.wording import LANGUAGES, Language, number

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

_HOMONYMS = frozenset({"Mercury"})
"""Elements that share their English name with another article."""


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
        aliases=split_cell(row["zh_also"])
        if language == "zh"
        else (row["name"], *split_cell(row["also"]), row["symbol"]),
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
