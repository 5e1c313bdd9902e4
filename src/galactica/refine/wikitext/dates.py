"""Dates in words, in the page's language: 1950, 3, 12 → "March 12, 1950", "12 марта 1950", "1950年3月12日".

Rules: no clock (an age "today" is never written, an age at death is); a language whose months are not known here
gets the ISO form; years before 1 and impossible days come back as they were given. The proleptic Gregorian calendar.
"""

from __future__ import annotations

import re
from datetime import date

# Month names as they stand inside a date. Source: Unicode CLDR, "format wide".
_MONTHS = {
    "en": "January February March April May June July August September October November December",
    "de": "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
    "it": "gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre",
    "pt": "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro",
    "nl": "januari februari maart april mei juni juli augustus september oktober november december",
    "sv": "januari februari mars april maj juni juli augusti september oktober november december",
    "da": "januar februar marts april maj juni juli august september oktober november december",
    "nb": "januar februar mars april mai juni juli august september oktober november desember",
    "pl": "stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia",
    "cs": "ledna února března dubna května června července srpna září října listopadu prosince",
    "ru": "января февраля марта апреля мая июня июля августа сентября октября ноября декабря",
    "uk": "січня лютого березня квітня травня червня липня серпня вересня жовтня листопада грудня",
    "fi": "tammikuuta helmikuuta maaliskuuta huhtikuuta toukokuuta kesäkuuta heinäkuuta elokuuta syyskuuta lokakuuta "
    "marraskuuta joulukuuta",
    "tr": "Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık",
    "id": "Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember",
    "ro": "ianuarie februarie martie aprilie mai iunie iulie august septembrie octombrie noiembrie decembrie",
    "ca": "gener febrer març abril maig juny juliol agost setembre octubre novembre desembre",
}
_NAMES = {language: tuple(names.split()) for language, names in _MONTHS.items()}
_NAMES["nn"] = _NAMES["no"] = _NAMES["nb"]
_ENGLISH = {name[:3].lower(): number for number, name in enumerate(_NAMES["en"], 1)}
_ISO = re.compile(r"\s*(\d{3,4})-(\d{1,2})(?:-(\d{1,2}))?")
_WORDS = re.compile(r"\s*(?:(\d{1,2})\s+)?([A-Za-z]{3,9})\.?\s+(?:(\d{1,2}),?\s+)?(\d{3,4})\b")
_NUMBER = re.compile(r"\s*(\d{1,4})\D*\Z")


def number(text: str) -> int:
    """A positive number of at most four digits, or a month's English name; 0 where there is none."""
    match = _NUMBER.match(text)
    return int(match[1]) if match else _ENGLISH.get(text.strip()[:3].lower(), 0)


def in_words(year: int, month: int, day: int, language: str, *, day_first: bool = False) -> str:
    """A date in words; `month` and `day` may be 0 for "not known"."""
    if not 1 <= month <= 12:
        return str(year)
    code = language.partition("-")[0]
    if code in ("ja", "zh", "yue", "wuu", "lzh"):
        return f"{year}年{month}月" + (f"{day}日" if day else "")
    if code == "ko":
        return f"{year}년 {month}월" + (f" {day}일" if day else "")
    if code == "vi":
        return (f"{day} tháng {month} năm {year}") if day else f"tháng {month} năm {year}"
    names = _NAMES.get(code)
    if names is None:
        return f"{year:04}-{month:02}" + (f"-{day:02}" if day else "")
    name = names[month - 1]
    if not day:
        return f"{name} de {year}" if code in ("es", "pt") else f"{name} {year}"
    if code == "en":
        return f"{day} {name} {year}" if day_first else f"{name} {day}, {year}"
    if code in ("es", "pt"):
        return f"{day} de {name} de {year}"
    dot = "." if code in ("de", "da", "nb", "nn", "no", "fi", "cs") else ""
    return f"{day}{dot} {name} {year}"


def parsed(text: str) -> tuple[int, int, int] | None:
    """(year, month, day) of an ISO or an English date, 0 for what it does not say; None where it is neither."""
    match = _ISO.match(text)
    if match:
        return int(match[1]), int(match[2]), int(match[3] or 0)
    match = _WORDS.match(text)
    if match and match[2][:3].lower() in _ENGLISH:
        return int(match[4]), _ENGLISH[match[2][:3].lower()], int(match[1] or match[3] or 0)
    return None


def years_between(first: tuple[int, int, int], second: tuple[int, int, int]) -> int | None:
    """Whole years from one date to another; None where they are no dates or in the wrong order."""
    try:
        one, two = date(*first), date(*second)
    except ValueError:
        return None
    years = two.year - one.year - ((two.month, two.day) < (one.month, one.day))
    return years if 0 <= years < 1000 else None


def formatted_time(pattern: str, moment: str, language: str) -> str:
    """`{{#time:pattern|moment}}` for a stated moment; "" for "now", and for patterns that need a time of day."""
    when = parsed(moment)
    if when is None or not when[2] or re.search(r"[hHgGisaAeTPOcrU]", re.sub(r'"[^"]*"|xg|xn', "", pattern)):
        return ""
    year, month, day = when
    names = _NAMES.get(language.partition("-")[0], _NAMES["en"])
    if not 1 <= month <= 12:
        return ""
    values = {
        "Y": str(year), "y": f"{year % 100:02}", "F": names[month - 1], "M": names[month - 1][:3], "n": str(month),
        "m": f"{month:02}", "j": str(day), "d": f"{day:02}",
    }  # fmt: skip
    out = re.sub(
        r'"([^"]*)"|xg|xn|[YyFMnmjd]', lambda m: m[1] if m[1] is not None else values.get(m[0], values["F"]), pattern
    )
    return out[:200]
