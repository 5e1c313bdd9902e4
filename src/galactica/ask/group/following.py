"""Which links of an article are worth following for a question?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import unquote

from galactica.ask.holdings import Page
from galactica.ask.named import keys_of
from galactica.model import PassageHit
from galactica.model.projection import unescape

MOST_LINKS = 400
_LINK = re.compile(r'<a href="\./([^"#]*)[^"]*"[^>]*>(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")


def linked_titles(page: Page, near: Sequence[PassageHit], keys: frozenset[str]) -> list[str]:
    """Titles that an article links to, the most promising first: those that share words with the question, then those
    whose link stands in the passages that fit the question."""
    text = "\n".join(hit.text for hit in near)
    scored: dict[str, tuple[int, int]] = {}
    for number, match in enumerate(_LINK.finditer(page.article.body)):
        if number >= MOST_LINKS:
            break
        anchor = unescape(_TAG.sub("", match[2])).strip()[:200]
        title = unquote(unescape(match[1])).removeprefix("A/").replace("_", " ").strip()[:200]
        if not title or title in scored:
            continue
        shared = len(keys & keys_of(f"{anchor} {title}", page.article.language))
        beside = 1 if anchor and anchor in text else 0
        if shared or beside:
            scored[title] = (-2 * shared - beside, number)
    return sorted(scored, key=lambda title: scored[title])
