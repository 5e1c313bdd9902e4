"""References: the fields of {{cite book}}, {{Literatur}}, {{lien web}} … become one readable line.

"Author (year). Title. Work 12 (3): 45–67. Publisher. ISBN …", the title linked to where it can be read. Which names
a field has in which language is data in `citation.toml`; nothing else differs between the languages.
"""

from __future__ import annotations

import re
import tomllib
from functools import lru_cache
from importlib.resources import files
from typing import TYPE_CHECKING

from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

Given = dict[str, str]

MAX_AUTHORS = 12
"""Authors written out; more are "et al."."""


def _read() -> dict[str, list[str]]:
    return tomllib.loads(files(__package__).joinpath("citation.toml").read_text("utf-8"))


_DATA = _read()
_KEYS = {
    name: field for field, names in reversed(_DATA.items()) if field not in ("settings", "numbered") for name in names
}
"""Name of an argument, in any language → field."""

_NUMBERED = frozenset(_DATA["numbered"])
SETTINGS = re.compile("|".join(_DATA["settings"]), re.IGNORECASE)
"""Names of arguments that a reader of a reference does not see."""

_ORDINAL = re.compile(
    r"(author|last|first|autor|nom|prénom|apellido|nombre|cognome|nome|họ|tên|surname|given|auteur)[ -]?(\d{1,2})\Z"
)
_EDITOR = re.compile(r"editor-?(\d?)-?(last|first|surname|given)-?(\d?)")
_SURNAMES = frozenset(("last", "nom", "apellido", "cognome", "họ", "surname"))
_GIVEN = frozenset(("first", "prénom", "nombre", "nome", "tên", "given"))
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\[\]<>\"|]+\Z")
_DIGITS = re.compile(r"\d+\Z")


def citation(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """One line of wikitext; "" where no field says anything a reader could use."""
    fields: Given = {}
    people: dict[int, list[str]] = {}
    editors: dict[str, list[str]] = {}
    extra: list[str] = []
    for key, value in given.items():
        if not value:
            continue
        lowered = key.lower()
        named = _EDITOR.fullmatch(lowered) if lowered.startswith("editor") else None
        if named:
            editors.setdefault(named[1] or named[3] or "1", ["", ""])[named[2] in ("first", "given")] = value
            continue
        field = _KEYS.get(lowered)
        match = _ORDINAL.match(lowered) if field is None else None
        if field is not None and fields.setdefault(field, value) != value:
            extra.append(value)
        elif field is not None:
            continue
        elif match and len(people) < 60:
            names = people.setdefault(int(match[2]), ["", ""])
            names[1 if match[1] in _GIVEN else 0] = value
        elif lowered in _NUMBERED:
            extra.append(f"{lowered.upper()} {value}")
        elif not _setting(lowered) and value.strip() and not _ADDRESS.match(value.strip()):
            extra.append(value.strip())
    if editors:
        written = "; ".join(
            ", ".join(part for part in names if part) for _, names in sorted(editors.items())[:MAX_AUTHORS]
        )
        fields["editor"] = "; ".join(part for part in (fields.get("editor", ""), written) if part)
    if fields.get("url") and not _ADDRESS.match(fields["url"].strip()):
        extra.append(fields["url"].strip())
    line = _line(page, fields, _authors(fields, people), _distinct(extra)) or fields.get("text", "")
    return line if not fields.get("text") or fields["text"] in line else f"{line} {fields['text']}"


@lru_cache(maxsize=8192)
def _setting(key: str) -> bool:
    return bool(SETTINGS.fullmatch(key))


def _distinct(values: list[str]) -> list[str]:
    """Further values, each once; those of one or two letters and yes or no say nothing alone."""
    return [value for value in dict.fromkeys(values) if len(value) > 2 and value.lower() not in ("yes", "true", "none")]


def _authors(fields: Given, people: dict[int, list[str]]) -> str:
    names = []
    first = ", ".join(part for part in (fields.get("last", ""), fields.get("first", "")) if part)
    if first or fields.get("author"):
        names.append(first or fields["author"])
    for number in sorted(people):
        one = ", ".join(part for part in people[number] if part)
        if one and number > 1:
            names.append(one)
    if len(names) > MAX_AUTHORS:
        names = [*names[:MAX_AUTHORS], "et al."]
    return "; ".join(names)


def _line(page: WikiPage, fields: Given, authors: str, extra: list[str]) -> str:
    title = " ".join(fields.get("title", "").split())
    chapter = " ".join(fields.get("chapter", "").split())
    address = fields.get("url", "").strip()
    shown = chapter or title
    linked = shown
    if shown and _ADDRESS.match(address) and "[[" not in shown:
        safe = shown.replace("[", "&#91;").replace("]", "&#93;").replace("\n", " ")
        linked = f"[{address} {safe}]"
    elif not shown and _ADDRESS.match(address):
        linked = address
    date = fields.get("date", "")
    parts = []
    editor = f"{fields['editor']} (ed.)" if fields.get("editor") else ""
    who = authors or editor
    if who:
        parts.append(f"{who} ({date})" if date else who)
    if linked:
        parts.append(f"<i>{linked}</i>" if not chapter and not fields.get("work") else linked)
    if chapter and title:
        parts.append(f"<i>{title}</i>")
    work = _work(fields)
    if work:
        parts.append(work)
    publisher = ": ".join(part for part in (fields.get("place", ""), fields.get("publisher", "")) if part)
    if publisher and publisher != fields.get("work"):
        parts.append(publisher)
    if date and not who:
        parts.append(date)
    if editor and authors:
        parts.append(editor)
    parts += extra
    if fields.get("isbn"):
        parts.append(f"ISBN {fields['isbn']}")
    if fields.get("doi"):
        doi = fields["doi"].strip()
        parts.append(
            f"[https://doi.org/{doi} doi:{doi}]" if re.fullmatch(r"10\.\d+/[^\s\[\]<>\"|]+", doi) else f"doi:{doi}"
        )
    if fields.get("quote"):
        parts.append(f"“{fields['quote']}”")
    return " ".join(part if part.rstrip("</i>]").endswith((".", "?", "!", "…", "。")) else part + "." for part in parts)


def _work(fields: Given) -> str:
    work = f"<i>{fields['work']}</i>" if fields.get("work") else ""
    volume, issue, pages = (fields.get(name, "") for name in ("volume", "issue", "pages"))
    numbers = f"{volume} ({issue})" if volume and issue else volume or issue
    out = f"{work} {numbers}".strip()
    if not pages:
        return out
    if numbers:
        return f"{out}: {pages}"
    page_mark = f"p. {pages}" if _DIGITS.match(pages) else pages if not pages[0].isdigit() else f"pp. {pages}"
    return f"{out}, {page_mark}" if out else page_mark
