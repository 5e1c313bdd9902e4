"""Lists of translations in gettext's form (.po, .pot): one article, a table of what is translated by what.

Remarks and the context stand in cells of their own where there are any; a translation that nobody has looked at
("fuzzy") is told and marked as such. Places in programs and lines that are no longer used are counted.
Format: GNU gettext manual, "The Format of PO Files".
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import escape

from galactica.languages import tag
from galactica.model import Document, Rejected
from galactica.sources import leaf
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.leaf import Leaf, file_format, title_line
from galactica.sources.paths import stem
from galactica.sources.records import field_names
from galactica.sources.trees import TreeFile, rejected

MAX_ENTRIES_OF_LIST = 100_000
"""Translations of one file; the largest lists known here have some 20,000."""

_KEYWORD = re.compile(r'(msgctxt|msgid|msgid_plural|msgstr(?:\[\d{1,2}\])?)\s*"(.*)"\s*$')
_MORE = re.compile(r'\s*"(.*)"\s*$')
_ESCAPED = re.compile(r"\\(.)")
_STANDS_FOR = {"n": "\n", "t": "\t", "r": "\r", '"': '"', "\\": "\\"}
_CHARSET = re.compile(rb"charset=([A-Za-z0-9_.:-]{2,40})")
_ABOUT = re.compile(r"^([A-Za-z-]{2,40}):[ \t]*(.*)$", re.MULTILINE)


@dataclass(slots=True)
class _Entry:
    said: dict[str, str] = field(default_factory=dict)
    remarks: list[str] = field(default_factory=list)
    fuzzy: bool = False


def recognise(name: str, head: bytes) -> int:
    """80 for a file named .po or .pot that holds a line of one, 90 where it begins with its header."""
    start = leaf.text_head(head)
    if not re.search(r'^msg(?:id|ctxt)\s*"', start, re.MULTILINE):
        return 0
    headed = re.search(r'^msgid\s*""\s*\nmsgstr\s*""', start.replace("\r\n", "\n"), re.MULTILINE)
    return 90 if headed else 80 if leaf.suffix_of(name) in LEAF.suffixes else 0


def read_translations(entry: TreeFile, key: str, options: SourceOptions) -> Iterator[Item]:
    """Yield the table."""
    text = leaf.decoded(entry, key, lambda raw: _declared(raw))
    if isinstance(text, Rejected):
        yield text
        return
    dropped: Counter[str] = Counter()
    entries = list(_entries(text, dropped))
    about: dict[str, str] = {}
    if entries and not entries[0].said.get("msgid"):
        about = {found[1].lower(): found[2].strip() for found in _ABOUT.finditer(entries.pop(0).said.get("msgstr", ""))}
    if not entries:
        yield rejected(key, entry.path, "empty", "no translation in it")
        return
    language = tag(about.get("language", "").replace("_", "-"))
    project = about.get("project-id-version", "")
    title = title_line(project if project and "PACKAGE" not in project else stem(entry.path))
    yield Document(
        source=key,
        path=entry.path,
        title=f"{title} ({language})" if language and project else title,
        markup="html",
        content=_table(entries[:MAX_ENTRIES_OF_LIST]),
        dropped=tuple(sorted((rule, count) for rule, count in dropped.items() if count)),
    )
    if len(entries) > MAX_ENTRIES_OF_LIST:
        detail = f"{len(entries) - MAX_ENTRIES_OF_LIST:,} translations behind the first {MAX_ENTRIES_OF_LIST:,}"
        yield rejected(key, entry.path, "too-large", detail)


def _declared(raw: bytes) -> str:
    found = _CHARSET.search(raw, 0, 8_192)
    return found[1].decode("ascii") if found else ""


def _entries(text: str, dropped: Counter[str]) -> Iterator[_Entry]:
    entry, keyword = _Entry(), ""
    pieces: list[str] = []

    def settle() -> None:
        if keyword:
            entry.said[keyword] = "".join(pieces)

    for line in text.split("\n"):
        line = line.strip("\r")
        if found := _KEYWORD.match(line):
            settle()
            if (
                entry.said
                and found[1] in ("msgid", "msgctxt")
                and any(name.startswith("msgstr") for name in entry.said)
            ):
                yield entry
                entry = _Entry()
            keyword, pieces = found[1], [_plain(found[2])]
        elif keyword and (more := _MORE.match(line)):
            pieces.append(_plain(more[1]))
        elif line.startswith("#"):
            if any(name.startswith("msgstr") for name in (*entry.said, keyword)):
                settle()
                yield entry
                entry, keyword, pieces = _Entry(), "", []
            if line.startswith("#~"):
                dropped["po:not-used"] += line.startswith("#~ msgid ")
            elif line.startswith((":", "|"), 1):
                dropped["po:place"] += 1
            elif line.startswith(",", 1):
                entry.fuzzy = entry.fuzzy or "fuzzy" in line
            elif remark := line.lstrip("#.").strip():
                entry.remarks.append(remark)
        elif line.strip():
            dropped["po:line"] += 1
    settle()
    if entry.said:
        yield entry


def _plain(written: str) -> str:
    return _ESCAPED.sub(lambda found: _STANDS_FOR.get(found[1], found[1]), written)


def _table(entries: list[_Entry]) -> str:
    """Two columns, a third for remarks where there are any."""
    names = field_names("po")
    noted = any(entry.remarks or entry.fuzzy or entry.said.get("msgctxt") for entry in entries)
    heads = [names["msgid"], names["msgstr"], *([names["remark"]] if noted else [])]
    rows = [f"<tr>{''.join(f'<th>{escape(head, quote=False)}</th>' for head in heads)}</tr>"]
    for entry in entries:
        said = entry.said
        source = "\n".join(said[name] for name in ("msgid", "msgid_plural") if said.get(name))
        target = "\n".join(text for name, text in said.items() if name.startswith("msgstr") and text)
        remarks = [said.get("msgctxt", ""), names["fuzzy"] if entry.fuzzy else "", *entry.remarks]
        cells = [source, target, *(["\n".join(each for each in remarks if each)] if noted else [])]
        told = (escape(cell.strip(), quote=False).replace("\n", "<br>") for cell in cells)
        rows.append(f"<tr>{''.join(f'<td>{cell}</td>' for cell in told)}</tr>")
    return f"<table><tbody>{''.join(rows)}</tbody></table>"


LEAF = Leaf(name="translations", suffixes=(".po", ".pot"), recognise=recognise, read=read_translations, whole=True)
FORMAT = file_format(LEAF)
