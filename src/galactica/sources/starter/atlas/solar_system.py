"""Articles on the bodies of the solar system."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from galactica.model import Document
from galactica.sources.starter.atlas import tables
from galactica.sources.starter.atlas.page import CLAIM_HEAD, VALUE_HEAD, AtlasPage, Line, escape
from galactica.sources.starter.atlas.tables import BilingualName, Row, split_cell
from galactica.sources.starter.atlas.wording import LANGUAGES, Language, number, power, sized

BODY_KINDS = {
    "planet": BilingualName(en="planet", zh="行星"),
    "dwarf planet": BilingualName(en="dwarf planet", zh="矮行星"),
    "moon": BilingualName(en="natural satellite", zh="天然卫星"),
}


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
        aliases=split_cell(row["zh_also"]) if language == "zh" else (name, *split_cell(row["also"])),
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
