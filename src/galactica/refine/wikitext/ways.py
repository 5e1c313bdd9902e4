"""The ways of doing that rules name, and which arguments each of them understands.

`reads` is a pattern of the names of arguments that a way of doing changes, orders or steers by: what it makes of them
need not hold them letter by letter. Every other argument must stand in what comes out, or is counted.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from galactica.refine.wikitext import (
    asides,
    biography,
    convert,
    eras,
    infobox,
    lists,
    makers,
    measures,
    moments,
    money,
    places,
    rows,
    words,
)
from galactica.refine.wikitext.citation import citation
from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

Given = dict[str, str]
Maker = Callable[[WikiPage, Given, "TemplateRule"], str]


_ALL = ".*"


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing: what makes the text, and the names of the arguments that it understands."""

    make: Maker
    reads: re.Pattern[str]
    takes_all: bool = False


def _way(make: Maker, reads: str = "") -> Way:
    return Way(make, re.compile(reads or "(?!)", re.IGNORECASE), reads == _ALL)


def _as_infobox(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    return infobox.infobox_table(page, rule.names[0], given)


_NUMBERS = r"\d+"
_DATES = r"\d+|df|mf|lc|since|bare|url|format"
_NOTES = r"\d+|texte?|content|name|nom|group|groupe|gruppe|g|p{1,2}\d*|pages?\d*"
_SHORT = (
    rf"\d+|\d?(?:a\d|y|loc|{'|'.join(re.escape(name) for name in sorted(asides.PAGE | asides.PAGES))})|ps|ps1"
    r"|postscript|ref"
)

WAYS: dict[str, Way] = {
    "drop": _way(makers.nothing, _ALL),
    "nothing": _way(makers.nothing),
    "infobox": _way(_as_infobox, _ALL),
    "citation": _way(citation, _ALL),
    "biography": _way(biography.sentence, r"\D.*"),
    "convert": _way(
        convert.convert, r"\d+|abbr|disp|adj|sp|lk|order|sigfig|round|spell|sortable|frac|comma|sing|near|debug"
    ),
    "convert-named": _way(convert.convert_named, r"\d+|abbr|precision|spell|wiki|adj"),
    "convert-pairs": _way(convert.pairs, r"\d+|abbr|disp|adj|sp|lk|order|sigfig|round"),
    "coordinates": _way(
        measures.coordinates, r"\d+|NS|EW|article|text|display|format|name|notes|scale|region|type|dim|date"
    ),
    "value": _way(measures.value, r"\d+|e|u|ul|upl?|p|s|end|errend|fmt|err|long scale"),
    "quantity": _way(measures.quantity, _NUMBERS + "|e|u|ul|unit"),
    "number": _way(measures.number_list, _NUMBERS),
    "gaps": _way(measures.gaps, "e|u|base|lhs"),
    "fraction": _way(measures.fraction, "sing"),
    "chemistry": _way(measures.chemistry, _NUMBERS),
    "percentage": _way(measures.percentage, _NUMBERS),
    "sum": _way(measures.total, _NUMBERS),
    "ordinal": _way(measures.ordinal, "1|sup"),
    "roman": _way(measures.roman_number, "1"),
    "height": _way(measures.height, r"\d+|m|cm|ft|in|abbr|wiki|precision|frac|ri"),
    "duration": _way(measures.duration, r"[1-3]|h|m|s"),
    "money": _way(money.money, r"\d+|link|long|year|lk|to|about|round|fmt|nolink|first"),
    "date": _way(moments.date, _DATES),
    "date-span": _way(moments.death, _DATES),
    "life": _way(moments.life),
    "age": _way(moments.age, _DATES),
    "as-of": _way(moments.as_of, _DATES),
    "old-style": _way(moments.old_style),
    "marriage": _way(moments.marriage, r"\d+|end|reason"),
    "list": _way(lists.bullets),
    "inline-list": _way(lists.inline_list, "1"),
    "block": _way(lists.block, r"colwidth|rules|gap|small"),
    "columns": _way(lists.columns_of_blocks),
    "quotation": _way(lists.quotation, r"quoted|qalign|salign|multiline"),
    "picture-words": _way(lists.picture_words, rf"\d+|{lists.CAPTIONS}|{'|'.join(lists.FRAME)}"),
    "term": _way(lists.term, r"[12]|content|term|defn|text|no|multi|id"),
    "place": _way(places.place, places.READ),
    "regions": _way(places.regions),
    "table-row": _way(rows.table_row, _ALL),
    "songs": _way(rows.songs, _ALL),
    "tree": _way(rows.tree, _ALL),
    "match": _way(rows.match, _ALL),
    "climate": _way(rows.climate, _ALL),
    "note": _way(asides.note, _NOTES),
    "note-list": _way(asides.note_list, r"\d+|group|groupe|gruppe|refs|notes|colwidth|liststyle|responsive"),
    "named-note": _way(asides.named_note, _NOTES),
    "short-note": _way(asides.short_note, _SHORT),
    "short-citation": _way(asides.short_citation, _SHORT),
    "language": _way(words.language, r"\d+|lang|code|i|italic|italics|script|nolink|paren|cat|size"),
    "language-by-name": _way(words.language_by_name, r"\d+|label|link|i|links|italic|script|sc"),
    "readings": _way(words.readings, r"labels|links|first|scase|hp|out"),
    "gloss": _way(words.first_then_rest, "lead|post"),
    "join": _way(words.joined_arguments),
    "music": _way(words.music, _NUMBERS),
    "ship": _way(words.ship, r"[1-4]|up|disp|sort"),
    "ship-class": _way(words.ship_class, r"[1-3]"),
    "keys": _way(words.keys, r"\d+|chain\d*"),
    "sic": _way(words.sic, r"hide|nolink|expected"),
    "aside": _way(words.aside, "2"),
    "elsewhere": _way(words.elsewhere, words.TARGETS),
    "character": _way(words.character, "1"),
    "counted": _way(words.counted_word, _NUMBERS),
    "title-before": _way(words.title_before),
    "ordinal-name": _way(words.ordinal_name),
    "centuries": _way(eras.centuries, _NUMBERS),
    "siglo": _way(eras.siglo, "[23]"),
    "sortname": _way(words.sortname, r"3|dab|nolink|sort"),
    "hatnote": _way(makers.hatnote, r"\d+|l\d+|label ?\d+|titre\d+|selfref|cat|category|printworthy|unrelated"),
    "phonetic": _way(makers.phonetic, _NUMBERS + "|audio|link|cat|generic|lang"),
    "respelling": _way(makers.respelling, _NUMBERS),
    "last": _way(makers.last, _NUMBERS + "|1|color|colour|fontcolor|bgcolor"),
    "table-cell": _way(makers.table_cell),
    "address": _way(makers.address, r"\d+|url|mobile|format|dead"),
    "own-name": _way(makers.own_name),
    "country": _way(makers.country, r"\d+"),
    "flag": _way(makers.flag, r"1|name"),
    "chart": _way(makers.chart, _NUMBERS),
    "chess": _way(makers.chess, _NUMBERS),
}
"""Ways of doing, by the name that rules give."""

BY_NAME = frozenset(
    (
        "language-by-name",
        "own-name",
        "country",
        "ship",
        "money",
        "age",
        "convert",
        "convert-named",
        "title-before",
        "ordinal-name",
    )
)
"""Those that read the template's own name, from the argument "_name"."""
