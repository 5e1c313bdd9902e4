"""Who wrote a page, as its data say, else as a line shows that is called an author's.

What is the name of the site, an address, or of an account that everybody has ("admin") is no author. A name that is
only shown counts where it looks like one: two to four words with capitals; and not among readers' comments.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

from galactica.refine.main_content import linked_data
from galactica.refine.main_content.hints import KINDS, hinted
from galactica.refine.main_content.page_data import PageData, letters, node_text, on_one_line

MAX_NAME = 80
"""Characters of a name; what is longer is a sentence."""

MAX_NAMES = 20
"""Authors of a page."""

MAX_ABOVE = 12
"""Elements above a name that are asked whether they hold comments."""

_METAS = tuple(
    "citation_author dc.creator dcterms.creator author parsely-author sailthru.author article:author byl rbauthors "
    "creator".split()
)
_MARKED = ('[itemprop~="author"] [itemprop~="name"]', '[itemprop~="author"]', 'a[rel~="author"]')
_CALLED = tuple(
    ".byline|.author|.author-name|.authorname|.article-author|.post-author|.entry-author|.autor|.vcard .fn|.c-byline"
    "|.article__author|.byline__name".split("|")
)

_BY = re.compile(
    r"(?:written by|posted by|geschrieben von|veröffentlicht von|by|von|par|de|di|por|door|av|af|author|autor(?:in)?"
    r"|auteur|autore|text)(?::\s*|\s+)(?=\w)",
    re.IGNORECASE,
)
_SEVERAL = re.compile(r"\s*(?:;|,?\s+(?:and|und|et|&|y|e)\s+|,)(?![^()]*\))\s*")
_LOOKS = re.compile(
    r"(?:[^\W\d_a-zß-ÿа-я][\w.'’-]{0,30})(?:\s(?:(?:von|van|de|der|den|di|da|le|la|el|al|bin)\s){0,2}\s?[^\W\d_a-zß-ÿа-я][\w.'’-]{0,30}){1,3}"
)
_NOBODY = re.compile(
    r"(?:wordpress)?admin(?:istrator)?|webmaster|redaktion|editor|staff|unknown|author|guest", re.IGNORECASE
)
_ADDRESS = re.compile(r"://|@|\bwww\.|\w\.(?:com|org|net|de|at|ch|fr|it|es|co\.uk|info|eu)\b", re.IGNORECASE)
_COMMENTS = 1 << KINDS.index("comments")


def creators_said(data: PageData) -> tuple[str, ...]:
    """Names of those who wrote a page, in its order."""
    stated = [name for thing in data.things[:4] for name in linked_data.names_in(thing, "author")]
    if names := _names(stated, data):
        return names
    for kind in _METAS:
        if names := _names(data.metas.get(kind, ()), data):
            return names
    for selector in _MARKED:
        if names := _names(_shown(data, selector), data):
            return names if len(names) < 5 else ()
    for selector in _CALLED:
        looking = (name for name in _names(_shown(data, selector)[:1], data) if _LOOKS.fullmatch(name))
        if names := tuple(looking):
            return names
    return ()


def _shown(data: PageData, selector: str) -> list[str]:
    found = []
    for node in data.tree.css(selector)[:MAX_NAMES]:
        text = node_text(node)
        if len(text) <= 4 * MAX_NAME and not _in_comments(node):
            found.append(text)
    return found


def _in_comments(node: LexborNode) -> bool:
    above: LexborNode | None = node
    for _ in range(MAX_ABOVE):
        if above is None or above.tag == "body":
            return False
        attributes = above.attributes
        if hinted(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:400]) & _COMMENTS:
            return True
        above = above.parent
    return False


def _names(written: Iterable[str], data: PageData) -> tuple[str, ...]:
    """The names in texts that each hold one or several."""
    names: dict[str, str] = {}
    for text in written:
        for part in _parted(on_one_line(text)[: MAX_NAME * MAX_NAMES]):
            name = _BY.sub("", part, count=1) if _BY.match(part) else part
            name = name.strip(" ,.;:-–|")
            if _is_name(name, data):
                names.setdefault(name.casefold(), name)
    return tuple(names.values())[:MAX_NAMES]


def _parted(text: str) -> list[str]:
    """Several names that stand in one text; a text of which a part is one word is one name ("Jobs & Hire").

    What stands in brackets is not parted.
    """
    parts = [part for part in _SEVERAL.split(text) if part]
    return parts if all(" " in _BY.sub("", part) for part in parts) else [text]


def _is_name(name: str, data: PageData) -> bool:
    if not 1 < len(name) <= MAX_NAME or name.isdigit() or _ADDRESS.search(name) or _NOBODY.fullmatch(name):
        return False
    plain = letters(name)
    is_host = len(plain) > 3 and " " not in name and plain in data.host
    return bool(plain) and plain != letters(data.site) and not is_host
