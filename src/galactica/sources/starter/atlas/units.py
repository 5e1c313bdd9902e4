"""Articles on the units of the SI."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.model import Document
from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.page import AtlasPage, Line, escape
from galactica.sources.starter.atlas.tables import Row, split_cell
from galactica.sources.starter.atlas.wording import LANGUAGES, Language, raised


def unit_path(row: Row) -> str:
    """Where the article on a unit lies: "unit/metre"."""
    return f"unit/{row['id']}"


def unit_articles(source: str) -> Iterator[Document]:
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
        aliases=split_cell(row["zh_also"]) if language == "zh" else (row["name"], *_spellings(row["name"])),
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
