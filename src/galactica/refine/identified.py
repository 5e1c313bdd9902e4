"""Which item of Wikidata a page says that it is about.

Where a page says it:
1. HTML of MediaWiki: `wgWikibaseItemId` among the page's settings, the link "Wikidata item" in its frame, the page
   property of Parsoid, `mainEntity` of its JSON-LD;
2. wikitext: templates whose argument is the page's own item: `{{Sister project links|d=Q1}}`, `{{Taxonbar|from=Q1}}`,
   `{{Authority control|qid=Q1}}`, and an infobox's `qid` or `wikidata`.

Only where all that is said is one number. Other templates name other items ("{{ill|…|qid=Q1}}"), and a link is no
statement of identity. Bounded and linear.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.model import Document

LONGEST_TEMPLATE = 40_000
"""Characters of a template in which its arguments are looked for: infoboxes have some thousands."""

MOST_LOOKED_AT = 10 * LONGEST_TEMPLATE
"""Characters of templates of one page in all."""

_ITEM = r"Q[1-9][0-9]{0,11}"
_HTML = re.compile(
    rf'"wgWikibaseItemId"\s*:\s*"({_ITEM})"'
    rf"|wikidata\.org/wiki/Special:EntityPage/({_ITEM})[\"'#]"
    rf'|mw:PageProp/wikibase_item"\s{{1,9}}content="({_ITEM})"'
    rf'|"mainEntity"\s*:\s*"https?:\\?/\\?/www\.wikidata\.org\\?/(?:entity|wiki)\\?/({_ITEM})"'
)
_ARGUMENTS: dict[str, tuple[str, ...]] = {
    # how the template's name begins, in lower case → the arguments that hold the page's own item
    "sister project": ("d",), "sisterlinks": ("d",), "sister links": ("d",), "subject bar": ("d",),
    "taxonbar": ("from", "from1", "from2", "from3", "from4"), "authority control": ("qid",), "normdaten": ("qid",),
    "infobox": ("qid", "wikidata"), "taxobox": ("qid", "wikidata"), "speciesbox": ("qid", "wikidata"),
}  # fmt: skip
_OPENING = re.compile(rf"\{{\{{\s{{0,9}}({'|'.join(map(re.escape, _ARGUMENTS))})", re.IGNORECASE)
_BRACKETS = re.compile(r"\{\{|\}\}|\[\[|\]\]|\||<!--")
_ARGUMENT = re.compile(rf"\s*([a-z0-9]{{1,10}})\s*=\s*({_ITEM})\s*\Z", re.IGNORECASE)


def item_of(document: Document) -> tuple[str, ...]:
    """The identifier of the item that a page is about ("wikidata:Q42"); () where it says none, or several."""
    content = document.content
    if document.markup in ("html", "webpage"):
        if "ikidata" not in content and "wikibase" not in content and "wgWikibase" not in content:
            return ()
        found = {next(filter(None, match.groups())) for match in _HTML.finditer(content)}
    elif document.markup == "wikitext":
        found = set(_of_wikitext(content))
    else:
        return ()
    return (f"wikidata:{found.pop().upper()}",) if len(found) == 1 else ()


def _of_wikitext(content: str) -> Iterator[str]:
    left = MOST_LOOKED_AT
    for match in _OPENING.finditer(content):
        names = _ARGUMENTS[match[1].lower()]
        arguments, looked_at = _own_arguments(content, match.end())
        left -= looked_at
        if left < 0:
            return
        for argument in arguments:
            given = _ARGUMENT.match(argument)
            if given is not None and given[1].lower() in names:
                yield given[2].upper()


def _own_arguments(content: str, start: int) -> tuple[list[str], int]:
    """The arguments of the template that begins before `start`, but for those that hold templates or links, and how
    many characters were looked at."""
    depth, begun, plain = 0, -1, True
    found: list[str] = []
    end = start
    for match in _BRACKETS.finditer(content, start, start + LONGEST_TEMPLATE):
        sign, end = match[0], match.end()
        if sign in ("{{", "[["):
            depth, plain = depth + 1, False
        elif sign == "]]" or (sign == "}}" and depth):
            depth -= depth > 0
        elif sign == "<!--":
            plain = False
        elif not depth:
            if begun >= 0 and plain:
                found.append(content[begun : match.start()])
            begun, plain = end, True
            if sign == "}}":
                break
    return found, end - start
