"""References: the fields of {{cite book}}, {{Literatur}}, {{lien web}} … become one readable line.

"Author (year). Title. Work 12 (3): 45–67. Publisher. ISBN …", the title linked to where it can be read. Which names
a field has in which language is data in `citation.toml`; nothing else differs between the languages.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import TYPE_CHECKING

from galactica.refine.wikitext.page import Page

if TYPE_CHECKING:
    from galactica.refine.wikitext.templates import Rule

Given = dict[str, str]

MAX_AUTHORS = 12
"""Authors written out; more are "et al."."""


def _read() -> dict[str, str]:
    fields = tomllib.loads(files(__package__).joinpath("citation.toml").read_text("utf-8"))
    return {name: field for field, names in reversed(fields.items()) for name in names}


_KEYS = _read()
"""Name of an argument, in any language → field."""

_ORDINAL = re.compile(
    r"(author|last|first|autor|nom|prénom|apellido|nombre|cognome|nome|họ|tên|surname|given|auteur)[ -]?(\d{1,2})\Z"
)
_SURNAMES = frozenset(("last", "nom", "apellido", "cognome", "họ", "surname"))
_GIVEN = frozenset(("first", "prénom", "nombre", "nome", "tên", "given"))
_ADDRESS = re.compile(r"(?:https?:)?//[^\s\[\]<>\"|]+\Z")
_DIGITS = re.compile(r"\d+\Z")


def citation(page: Page, given: Given, rule: Rule) -> str:
    """One line of wikitext; "" where no field says anything a reader could use."""
    fields: Given = {}
    people: dict[int, list[str]] = {}
    for key, value in given.items():
        if not value:
            continue
        lowered = key.lower()
        field = _KEYS.get(lowered)
        if field is not None:
            fields.setdefault(field, value)
        else:
            match = _ORDINAL.match(lowered)
            if match and len(people) < 60:
                names = people.setdefault(int(match[2]), ["", ""])
                names[1 if match[1] in _GIVEN else 0] = value
    return _line(page, fields, _authors(fields, people)) or fields.get("text", "")


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


def _line(page: Page, fields: Given, authors: str) -> str:
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
    who = authors or (f"{fields['editor']} (ed.)" if fields.get("editor") else "")
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
