"""How values are written for a reader, in English and in Simplified Chinese.

Figures come as plain digits with "." (see `tables`); here they get thousands separators, a true minus sign (U+2212),
units and words of size. Chinese counts in 万 (10⁴), 亿 (10⁸) and 万亿 (10¹²). Source: GB/T 15835-2011 for figures in
Chinese text, ISO 80000-1 for signs and units.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Literal

from galactica.sources.starter.atlas.tables import EDITION, BilingualName

Language = Literal["en", "zh"]
LANGUAGES: tuple[Language, Language] = ("en", "zh")
TAGS: dict[Language, str] = {"en": "en", "zh": "zh-Hans"}
"""BCP 47 tags of the two languages that articles are written in."""

_MONTHS = "January February March April May June July August September October November December".split()
_EN_SIZES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"))
_ZH_SIZES = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """What a fact is called and counted in; `size` True where large numbers are said in words (3.7 trillion)."""

    name: BilingualName
    unit: BilingualName
    size: bool = False


def _label(en: str, zh: str, unit: str = "", zh_unit: str = "", *, size: bool = False) -> Label:
    return Label(name=BilingualName(en=en, zh=zh), unit=BilingualName(en=unit, zh=zh_unit), size=size)


FACTS: dict[str, Label] = {
    "area_total": _label("Total area", "总面积", " km²", "平方千米"),
    "area_land": _label("Land", "陆地面积", " km²", "平方千米"),
    "area_water": _label("Water", "水域面积", " km²", "平方千米"),
    "coastline": _label("Coastline", "海岸线长度", " km", "千米"),
    "land_boundaries": _label("Land boundaries", "陆地边界总长", " km", "千米"),
    "elevation_mean": _label("Mean elevation", "平均海拔", " m", "米"),
    "highest": _label("Highest point", "最高点", " m", "米"),
    "lowest": _label("Lowest point", "最低点", " m", "米"),
    "coordinates": _label("Coordinates", "地理坐标"),
    "capital_coordinates": _label("Coordinates of the capital", "首都坐标"),
    "population": _label("Population", "人口", "", "人"),
    "population_growth": _label("Population growth", "人口年增长率", "%", "%"),
    "median_age": _label("Median age", "年龄中位数", " years", "岁"),
    "urban": _label("Urban population", "城市人口比例", "%", "%"),
    "life_expectancy": _label("Life expectancy at birth", "出生时预期寿命", " years", "岁"),
    "fertility": _label("Total fertility rate", "总和生育率", " children per woman", "个孩子／每名妇女"),
    "infant_mortality": _label("Infant mortality", "婴儿死亡率", " per 1,000 live births", "‰"),
    "gdp_ppp": _label("GDP (purchasing power parity)", "国内生产总值（购买力平价）", "", "美元", size=True),
    "gdp_official": _label("GDP (official exchange rate)", "国内生产总值（官方汇率）", "", "美元", size=True),
    "gdp_per_capita": _label("GDP per person (purchasing power parity)", "人均国内生产总值（购买力平价）", "", "美元"),
    "unemployment": _label("Unemployment", "失业率", "%", "%"),
    "co2": _label("Carbon dioxide emissions", "二氧化碳排放量", " tonnes", "吨", size=True),
    "electricity": _label("Access to electricity", "通电率", "%", "%"),
    "internet_users": _label("Internet users", "互联网用户比例", "%", "%"),
    "airports": _label("Airports", "机场数量", "", "座"),
    "independence": _label("Independence", "独立日期"),
    "tld": _label("Internet country code", "互联网国家顶级域"),
    "height": _label("Height above sea level", "海拔", " m", "米"),
    "length": _label("Length", "长度", " km", "千米"),
    "depth": _label("Depth", "深度", " m", "米"),
    "moons": _label("Known moons", "已知卫星数", "", "颗"),
}
_DOLLARS = frozenset({"gdp_ppp", "gdp_official", "gdp_per_capita"})


def number(value: str) -> str:
    """ "-1234.5" → "−1,234.5": separators for thousands, a true minus sign."""
    return f"{Decimal(value):,f}".replace("-", "−")


def sized(value: str, language: Language, digits: int = 6) -> str:
    """A large number in words of size, to at most `digits` figures: "3.732 trillion", "3.732万亿"."""
    amount = Decimal(value)
    for scale, word in _ZH_SIZES if language == "zh" else _EN_SIZES:
        if abs(amount) >= scale:
            scaled = amount / scale
            places = max(digits - len(str(int(abs(scaled)))), 0)
            short = scaled.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)
            text = f"{short:,f}".rstrip("0").rstrip(".") if places else f"{short:,f}"
            return f"{text}{word}" if language == "zh" else f"{text} {word}"
    if len(amount.as_tuple().digits) > digits and amount == amount.to_integral_value():
        amount = amount.quantize(Decimal(1).scaleb(amount.adjusted() + 1 - digits), rounding=ROUND_HALF_UP)
    return number(f"{amount:f}")


def value_of(fact: str, value: str, language: Language) -> str:
    """A fact's value with its unit, as it stands in a table."""
    if fact in ("coordinates", "capital_coordinates"):
        return place_coordinates(value, language)
    if fact == "independence":
        return day(value, language)
    if fact == "tld":
        return value
    label = FACTS[fact]
    text = sized(value, language) if label.size else number(value)
    if fact in _DOLLARS and language == "en":
        return f"${text}"
    return text + label.unit.of(language)


def place_coordinates(value: str, language: Language) -> str:
    """ "52 00 N, 20 00 E" → "52°00′ N, 20°00′ E"; in Chinese 北纬52°00′，东经20°00′."""
    latitude, longitude = (part.split() for part in value.split(", "))
    if language == "en":
        return ", ".join(f"{degrees}°{minutes}′ {side}" for degrees, minutes, side in (latitude, longitude))
    sides = {"N": "北纬", "S": "南纬", "E": "东经", "W": "西经"}
    return "，".join(f"{sides[side]}{degrees}°{minutes}′" for degrees, minutes, side in (latitude, longitude))


def day(iso: str, language: Language) -> str:
    """An ISO 8601 date, or the year or month of one: "1918-11-11" → "11 November 1918", "1918年11月11日"."""
    parts = [int(part) for part in iso.split("-")]
    if language == "zh":
        return "".join(f"{part}{word}" for part, word in zip(parts, "年月日", strict=False))
    words = [str(parts[0]), *(_MONTHS[month - 1] for month in parts[1:2]), *(str(part) for part in parts[2:])]
    return " ".join(reversed(words))


def year(text: str, language: Language) -> str:
    """The year of a figure; the factbook's edition where it has none of its own."""
    if not text:
        return f"{EDITION}年版" if language == "zh" else f"{EDITION} edition"
    if len(text) == 7 and text[4] == "-" and int(text[5:]) <= 12 and int(text[5:]) != (int(text[2:4]) + 1):
        return day(text, language)
    return f"{text.replace('-', '–')}年" if language == "zh" else text.replace("-", "–")


def enumerated(items: list[str], language: Language) -> str:
    """ "a, b and c"; "a、b和c"."""
    if len(items) < 2:
        return "".join(items)
    joint, last = ("、", "和") if language == "zh" else (", ", " and ")
    return joint.join(items[:-1]) + last + items[-1]


def power(text: str) -> str:
    """ "5.97e24" → "5.97 × 10²⁴" (plain text: superscript digits)."""
    mantissa, _, exponent = text.partition("e")
    return f"{mantissa} × 10{raised(exponent)}" if exponent else number(text)


def raised(exponent: str) -> str:
    """An integer in superscript digits."""
    return exponent.translate(str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"))
