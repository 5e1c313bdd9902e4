"""The World Factbook as JSON, a file a country: sections of fields, each with its text ({"Geography": {"Area": …}}).

Rule 1, nothing lost: every text of a file is on its page and is a statement: its property is the field ("Area: total"),
its path the way to it, its value what is understood of it (`factbook_values`), its text the wording.
Rule 2: a country is an article under its short name; its short fields are rows of tables, as in an infobox, long
ones paragraphs below a heading. Other names that the file gives are other titles.

Form: factbook/factbook.json on GitHub, the files that this work is known by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from typing import Any
from urllib.parse import quote

import msgspec

from galactica.model import Document, Rejected, Source, SourceStatement
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.factbook_values import field_value, wording
from galactica.sources.leaf import Leaf, file_format
from galactica.sources.paths import stem
from galactica.sources.trees import TreeFile, rejected

NAME = "factbook"

LONG = 300
"""Characters of a text above which it is a paragraph and no row."""

MAX_DEPTH = 12
"""Fields inside each other; the Factbook has four."""

_SECTIONS = (
    "Introduction|Geography|People and Society|Environment|Government|Economy|Energy|Communications|Transportation"
    "|Military and Security|Military|Space|Terrorism|Transnational Issues"
)
_START = re.compile(
    rf'\{{\s*"(?:{_SECTIONS})"\s*:\s*\{{\s*"[^"\\]{{1,80}}"\s*:\s*\{{\s*(?:"[^"\\]{{1,120}}"\s*:\s*\{{\s*)?"(?:text|note)"\s*:\s*"'
)
_UNNAMED = {
    "ee": "European Union", "oo": "Southern Ocean", "xo": "Indian Ocean", "xq": "Arctic Ocean", "zh": "Atlantic Ocean",
    "zn": "Pacific Ocean", "xx": "World",
}  # fmt: skip
"""Files without a country's name, by the code that they are called by."""

_NO_NAME = frozenset(("none", "na", "n/a", ""))
_NAMES = (
    "conventional short form",
    "conventional long form",
    "local short form",
    "local long form",
    "former",
    "abbreviation",
)
_WHOLE = frozenset(("total", "total population", "name"))
"""Fields inside a field that say what the field itself asks for: "Population" is its "total"."""

_BY_THEMSELVES = frozenset(
    ("country name", "executive branch", "elevation", "land boundaries", "urbanization", "citizenship", "budget")
)
"""Fields whose parts say without them what they are: "highest point"."""

_REMARK = re.compile(r"\s*\([^()]{30,}\)")
_YEAR = re.compile(r" (?:19|20)\d\d\Z")


def recognise(name: str, head: bytes) -> int:
    """96 where a section of the Factbook begins, with a field that has a text."""
    return 96 if _START.match(leaf.text_head(head)) else 0


def describe(head: bytes, source: Source) -> Source:
    """The Factbook."""
    return Source(
        key="world-factbook",
        title="The World Factbook",
        format=NAME,
        language="en",
        licence="Public domain",
        publisher="Central Intelligence Agency",
        url="https://www.cia.gov/the-world-factbook/",
    )


def read_country(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the statements of a file, and its article."""
    text = leaf.decoded(entry, key)
    if isinstance(text, Rejected):
        yield text
        return
    try:
        found = msgspec.json.decode(text)
    except (msgspec.DecodeError, RecursionError, UnicodeEncodeError) as error:
        yield rejected(key, entry.path, "malformed", f"no JSON: {error}"[:300])
        return
    if not isinstance(found, dict):
        yield rejected(key, entry.path, "bad-row", "no JSON object")
        return
    path = entry.path.rpartition(".")[0] or entry.path
    country = Country(path, key)
    country.read(found)
    if not country.statements:
        yield rejected(key, entry.path, "empty", "no field with a text")
        return
    yield from country.statements
    yield country.document()


class Country:
    """One file that is being read: its page and its statements."""

    def __init__(self, path: str, key: str) -> None:
        self.path, self.key = path, key
        self.statements: list[SourceStatement] = []
        self._names: dict[str, str] = {}
        self._made: list[str] = []
        self._rows: list[str] = []
        self._newest: set[tuple[str, ...]] = set()
        self._paths: set[str] = set()
        self._unread = 0

    def read(self, sections: dict[str, Any]) -> None:
        """Take in all sections."""
        for section, fields in sections.items():
            self._made.append(f"<h2>{escape(section.strip())}</h2>")
            self._field((section,), fields)
            self._close()

    def document(self) -> Document:
        """The article, when all sections have been read."""
        code = stem(self.path)
        names = [self._names[name] for name in _NAMES if name in self._names]
        title = next(iter(names), "") or _UNNAMED.get(code.lower(), "") or code
        several = dict.fromkeys(names[1:])
        several.pop(title, None)
        return Document(
            source=self.key,
            path=self.path,
            title=title,
            markup="html",
            content="\n".join(self._made),
            aliases=tuple(several),
            dropped=(("factbook:no-text", self._unread),) if self._unread else (),
        )

    def _field(self, way: tuple[str, ...], held: object) -> None:
        """A field: a text, or texts and fields inside it."""
        if isinstance(held, str):
            self._text(way, held)
        elif isinstance(held, int | float) and not isinstance(held, bool):
            self._text(way, str(held))
        elif isinstance(held, dict) and len(way) <= MAX_DEPTH:
            years = [name for name in held if len(way) == 2 and _YEAR.sub("", name) == way[1] != name]
            if years:  # the newest figure is what is meant by the field's name
                self._newest.add((*way, max(years)))
            for name, inside in held.items():
                self._field((*way, name) if name != "text" else way, inside)
        elif isinstance(held, list) and len(way) <= MAX_DEPTH:
            for number, inside in enumerate(held, 1):
                self._field((*way, str(number)), inside)
        else:
            self._unread += 1

    def _text(self, way: tuple[str, ...], text: str) -> None:
        words = wording(text)
        if not words:
            self._unread += bool(text)
            return
        clean = tuple(" ".join(name.split()) for name in way)
        self._name(clean, words)
        self._state(clean, words)
        label = clean[1] if clean in self._newest else _label(clean)
        shown = _as_html(text, words)
        if len(words) > LONG or "\n" in words:
            self._close()
            heading = label.replace(": ", " – ")  # a line "name: value" would be an answer
            self._made.append(f"<h3>{escape(heading)}</h3>\n{shown}")
        else:
            self._rows.append(f'<tr><th scope="row">{escape(label)}</th><td>{shown}</td></tr>')

    def _close(self) -> None:
        """End the table that is being written."""
        if self._rows:
            self._made.append(f"<table><tbody>{''.join(self._rows)}</tbody></table>")
            self._rows = []

    def _name(self, way: tuple[str, ...], words: str) -> None:
        if len(way) == 3 and way[1] == "Country name" and way[2] in _NAMES and words.casefold() not in _NO_NAME:
            self._names[way[2]] = leaf.title_line(_REMARK.sub("", words))

    def _state(self, way: tuple[str, ...], words: str) -> None:
        found = field_value(words)
        place = "/".join(name.replace("/", "\u2215") for name in way)
        while place in self._paths:
            place += "+"
        self._paths.add(place)
        self.statements.append(
            SourceStatement(
                source=self.key,
                path=f"{self.path}/{place}",
                subject=f"path:{quote(self.path, safe='/:@!$()*,;=+~')}",
                property=": ".join(way[1:]) or way[0],
                kind=found.kind,
                value=found.value,
                unit=found.unit,
                language="en" if found.kind == "text" else "",
                qualifiers=found.qualifiers,
                text="" if found.kind == "text" else words,
            )
        )


def _label(way: tuple[str, ...]) -> str:
    """What a row or a heading is called by the way to its text."""
    field, *inside = way[1:] or way
    if not inside or (len(inside) == 1 and (inside[0].casefold() in _WHOLE or inside[0] == field)):
        return field
    part = ": ".join(inside)
    if part == "note":
        return f"{field}, note"
    if part == "Currency" or part.startswith(field) or field.casefold() in _BY_THEMSELVES:
        return part
    return f"{field}: {part}"


_KEPT = re.compile(r"</?(?:b|br|em|i|li|ol|p|small|strong|sub|sup|u|ul)\s*/?>", re.IGNORECASE)
_ANY_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,500}>|<!--[^<>]{0,500}-->")


def _as_html(text: str, words: str) -> str:
    """A text with its marks of emphasis and breaks; other tags are taken away."""
    if "<" not in text and "&" not in text:
        return escape(words, quote=False) if len(words) <= LONG else f"<p>{escape(words, quote=False)}</p>"
    shown = _ANY_TAG.sub(lambda tag: tag[0] if _KEPT.fullmatch(tag[0]) else "", text)
    return shown if "<p" in shown or (len(words) <= LONG and "\n" not in words) else f"<p>{shown}</p>"


LEAF = Leaf(name=NAME, suffixes=(".json",), recognise=recognise, read=read_country, describe=describe, own=True)
FORMAT = replace(file_format(LEAF), parts=True, across=1)
