"""Ways of doing for footnotes and short citations: `{{efn|…}}`, `{{r|a}}`, `{{sfn|Smith|2001|p=5}}`, `{{reflist}}`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule


PAGE = frozenset("p page s с str str. стр стр. trang sid side sivu oldal pag pág strona".split())
"""Arguments that name a page, in the languages whose wikis have such templates."""

PAGES = frozenset("pp pages páginas pagine seiten страницы".split())


def _group(given: Given, rule: TemplateRule) -> str:
    """The group of a note, without the quotation marks that a tag's attribute may have and a template's value keeps."""
    named = next((given[key] for key in ("group", "groupe", "gruppe", "g") if given.get(key)), "")
    return named.strip("\"'") or rule.label


def note(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{efn|text}}`, `{{refn|text}}`: a footnote."""
    words = positional(given)
    text = (
        given.get("text", "") or given.get("texte", "") or given.get("content", "") or (words.pop(0) if words else "")
    )
    text = " ".join([text, *(word for word in words if word)]).strip()
    name = given.get("name", "") or given.get("nom", "")
    group = _group(given, rule)
    page.notes.define(name, group, text)
    if not text and not name:
        return ""
    return page.set_aside(lambda: page.notes.cite(name, group, text))


def named_note(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{r|a|b|p1=5}}`: marks of notes that are named elsewhere, each with its page."""
    group = _group(given, rule)
    marks = []
    for number, name in enumerate(positional(given)[:20], 1):
        if name:
            marks.append(page.set_aside(lambda name=name: page.notes.cite(name, group, "")))  # type: ignore[misc]
            where = next(
                (given[f"{key}{number}"] for key in ("p", "pp", "page", "pages") if given.get(f"{key}{number}")), ""
            )
            where = where or ((number == 1 and (given.get("p") or given.get("pp") or given.get("page"))) or "")
            if where:
                marks.append(f"<sup>:{where}</sup>")
    return "".join(marks)


def note_list(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{reflist}}`, `{{notelist}}`: where the notes of a group are listed; those defined inside are known by now."""
    group = _group(given, rule)
    return "\n" + page.set_aside(lambda: page.notes.listing(group), block=True) + "\n"


def _short(names: list[str], year: str, given: Given, prefix: str = "") -> str:
    authors = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} & {names[-1]}" if len(names) < 4 else ""
    authors = authors or (f"{names[0]} et al." if names else "")
    one = several = ""
    for key, value in given.items():
        if not key.startswith(prefix):
            continue
        if key[len(prefix) :] in PAGE:
            one = one or value
        elif key[len(prefix) :] in PAGES:
            several = several or value
    where = [f"p. {one}" if one else f"pp. {several}" if several else "", given.get(prefix + "loc", "")]
    return ", ".join(part for part in (f"{authors} {year}".strip(), *where) if part)


def short_citation(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{harvnb|Smith|2001|p=5}}` → "Smith 2001, p. 5"; `{{sfnm|1a1=Smith|1y=2001|2a1=…}}` gives several."""
    words = [word for word in positional(given) if word]
    found: list[str] = []
    if words:
        year = words.pop() if len(words) > 1 and re.search(r"\d", words[-1]) else ""
        if len(words) > 1 and not year and given.get("lang"):
            year = words.pop()
        found.append(_short(words, year, given))
    for number in sorted({key[0] for key in given if key[1:2] == "a" and key[0] in "123456789"}):
        names = [given[key] for key in (f"{number}a{index}" for index in "123456") if given.get(key)]
        if names:
            found.append(_short(names, given.get(f"{number}y", ""), given, number))
    text = "; ".join(one for one in found if one)
    return " ".join(
        part for part in (given.get("ps1", ""), text + given.get("ps", ""), given.get("postscript", "")) if part
    )


def short_note(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{sfn|Smith|2001|p=5}}`: a footnote that holds a short citation; the same citation is the same note."""
    text = short_citation(page, given, rule)
    return page.set_aside(lambda: page.notes.cite(text, "", text)) if text else ""
