"""Infoboxes: the named values of a template become a table of labels and values with a caption.

A template is an infobox by its name (`rules/boxes.toml`), or by its looks: many named values on lines of their own.
Which names are settings and not facts, and which belong together ("leader_title" labels "leader_name"), is data in
`infobox.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from importlib.resources import files

from galactica.refine.wikitext.page import MARKER, WikiPage
from galactica.values.units import by_code

MIN_VALUES = 4
"""Named values that an unknown template must have to look like an infobox."""

MAX_ROWS = 400
"""Rows of one infobox."""

_NUMBERED = re.compile(r"(label|header|data|rótulo|dados|ticher|etichetta|valore|título|sección|datos)(\d+)\Z")
_UNITS = frozenset(("km2", "mi2", "ha", "km", "m", "ft", "kg"))
"""What the name of a value may end in that is its unit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InfoboxRules:
    """How infoboxes are read; see the comments in `infobox.toml`."""

    captions: tuple[str, ...]
    setting: re.Pattern[str]
    plain: re.Pattern[str]
    under_picture: re.Pattern[str]
    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    coordinate_sets: tuple[tuple[str, ...], ...]
    coordinates: frozenset[str]


@lru_cache(maxsize=1)
def infobox_rules() -> InfoboxRules:
    """How infoboxes are read, from `infobox.toml`."""
    row: dict[str, list[str]] = tomllib.loads(files(__package__).joinpath("infobox.toml").read_text("utf-8"))
    sets = tuple(tuple(line.split()) for line in row["coordinate_sets"])
    return InfoboxRules(
        captions=tuple(row["captions"]),
        setting=re.compile("|".join(row["settings"]), re.IGNORECASE),
        plain=re.compile("|".join(row["plain_values"]), re.IGNORECASE),
        under_picture=re.compile("|".join(row["under_picture"]), re.IGNORECASE),
        pairs=tuple((line.split()[0], tuple(line.split()[1:])) for line in row["pairs"]),
        coordinate_sets=sets,
        coordinates=frozenset(name for names in sets for name in names),
    )


def looks_like_one(page: WikiPage, parts: list[tuple[str | None, str]]) -> bool:
    """True for a template of at least `MIN_VALUES` named values, on lines of their own, above the first heading."""
    if not page.lead or len(parts) <= MIN_VALUES:
        return False
    named = sum(1 for key, value in parts[1:] if key is not None and value.strip())
    lines = sum("\n" in (key or "") + value for key, value in parts)
    return named >= MIN_VALUES and lines >= MIN_VALUES and 2 * named > len([v for _, v in parts[1:] if v.strip()])


def is_fact(key: str, value: str) -> bool:
    """True for a named value that a reader can use: no setting, picture or colour."""
    rules = infobox_rules()
    return bool(value.strip()) and not rules.setting.search(key) and not rules.plain.fullmatch(value.strip())


def infobox_table(page: WikiPage, name: str, given: dict[str, str], *, titled: bool = True) -> str:
    """A marker for the table; nothing where no value is a fact. Its caption is a value, or the page's title."""
    rules = infobox_rules()
    names = {key.lower(): key for key in reversed(given)}
    titles = [names[key] for key in rules.captions if given.get(names.get(key, ""))]
    caption = given[titles[0]] if titles else page.title if titled else ""
    rows: list[str] = []
    for label, value in _rows(given, rules, set(titles[:1])):
        html = page.render(value).strip()
        if not _visible(html):
            continue
        if label is None:
            rows.append(f'<tr><th colspan="2">{html}</th></tr>')
        elif label:
            rows.append(f'<tr><th scope="row">{label}</th><td>{html}</td></tr>')
        else:
            rows.append(f'<tr><td colspan="2">{html}</td></tr>')
        if len(rows) >= MAX_ROWS:
            break
    while rows and rows[-1].startswith("<tr><th colspan"):
        rows.pop()
    if not rows:
        return ""
    heading = re.sub(r"<br[^<>]*>", " ", page.render(caption))
    first = f"<caption>{heading}</caption>" if heading else ""
    return page.set_aside(f"<table>{first}{''.join(rows)}</table>", block=True)


def _visible(html: str) -> bool:
    return bool(re.sub(r"<[^<>]*>|\s|&#160;|\xa0", "", html)) or bool(MARKER.search(html))


def _rows(given: dict[str, str], rules: InfoboxRules, used: set[str]) -> list[tuple[str | None, str]]:
    """(label, value) pairs in the order given; a label of None is a heading, of "" a value without one."""
    rows: list[tuple[str | None, str]] = []
    coordinates = _coordinates(given, rules)
    for key, value in given.items():
        if key in used or not value or key.isdecimal():
            continue
        numbered = _NUMBERED.match(key)
        if numbered:
            rows += _numbered_row(given, numbered[1], numbered[2], value)
            continue
        if coordinates and key in rules.coordinates:
            rows.append((_label("coordinates"), coordinates))
            coordinates = ""
        if key in rules.coordinates or rules.setting.search(key) or rules.plain.fullmatch(value):
            continue
        partner = _partner(given, key, rules)
        if partner is not None:
            if partner and not rules.plain.fullmatch(given[partner]):
                rows.append((escape(MARKER.sub("", _plain(value)), quote=False), given[partner]))
            used.add(partner)
            continue
        rows.append(("" if rules.under_picture.search(key) else _label(key), value))
    return rows


def _numbered_row(given: dict[str, str], kind: str, number: str, value: str) -> list[tuple[str | None, str]]:
    if kind in ("header", "sección"):
        return [(None, value)]
    for label, data in (("label", "data"), ("rótulo", "dados"), ("etichetta", "valore"), ("título", "datos")):
        if kind == data:
            name = given.get(label + number, "")
            return [(escape(MARKER.sub("", _plain(name)), quote=False) if name else "", value)]
    return []


def _partner(given: dict[str, str], key: str, rules: InfoboxRules) -> str | None:
    """The key whose value this key's value is the label of; "" where that value is missing; None where none is."""
    for ending, endings in rules.pairs:
        match = re.fullmatch(rf"(.*?){ending}(\d*)", key, re.IGNORECASE)
        if match is None:
            continue
        for other in endings:
            other = "" if other == "-" else other
            for candidate in (f"{match[1]}{other}{match[2]}", f"{match[1]}{match[2]}{other}"):
                if candidate != key and candidate in given:
                    return candidate if given[candidate] else ""
    return None


def _plain(wikitext: str) -> str:
    """A label's words without links and emphasis."""
    text = re.sub(r"\[\[(?:[^\[\]|]*\|)?([^\[\]]*)\]\]", r"\1", wikitext)
    return " ".join(re.sub(r"'{2,}|<[^<>]*>", "", text).split())


def _label(key: str) -> str:
    base, _, unit = key.rpartition("_")
    if base and unit in _UNITS:
        key = f"{base} ({by_code()[unit].sign})"
    words = " ".join(key.replace("_", " ").split())
    return escape(words[:1].upper() + words[1:120], quote=False)


def _coordinates(given: dict[str, str], rules: InfoboxRules) -> str:
    """Degrees, minutes and seconds that are spread over values of their own."""
    for names in rules.coordinate_sets:
        values = [given.get(name, "").strip() for name in names]
        if len(values) == 8 and values[0] and values[4]:
            north = _angle(values[0:3], values[3] or "N", "NS")
            east = _angle(values[4:7], values[7] or "E", "EW")
            if north and east:
                return f"{north} {east}"
    return ""


def _angle(parts: list[str], letter: str, letters: str) -> str:
    if not all(re.fullmatch(r"-?\d{1,3}(\.\d+)?|", part) for part in parts):
        return ""
    if parts[0].startswith("-"):
        parts, letter = [parts[0][1:], *parts[1:]], letters[1]
    letter = letter.upper() if letter.upper() in ("N", "S", "E", "W", "O") else letters[0]
    return "".join(value + sign for value, sign in zip(parts, "°′″", strict=True) if value) + letter
