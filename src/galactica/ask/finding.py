"""Which passages are read for a question: those that search finds and that speak of it, and of the articles it names.

1. `SEARCHED` passages by words and meaning; where it asks what X is, the beginning of the article X before them.
2. Of these, the ones that speak of enough of what is asked (`bearing`): no quotation out of the others could stand the
   check, so that they are neither read nor rivals of what does.
3. The best `READ`. The article that a question names is always among them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.bearing import speaks_of
from galactica.ask.holdings import Page
from galactica.ask.named import best_passages, passage_of
from galactica.languages import primary
from galactica.model import PassageHit

SEARCHED = 16

READ = 8
"""Passages that are searched for, and read: what is read costs 10 to 20 ms each with the trained reader."""

MOST_NAMED = 2
"""Articles that a question names of which a passage is read however search likes them."""


def searched_for(asked: Asked) -> list[PassageHit]:
    """Passages for a question, best first; where it asks what X is, the beginning of the article X before them."""
    if not asked.question.text:
        return []
    hits = list(asked.passages(limit=SEARCHED))
    name = asked.question.sought.name
    place = asked.holdings.titled(name) if name else None
    page = None if place is None else asked.holdings.page(*place)
    if page is None or not page.starts or not asked.allows(page.article):
        return hits
    rest = [hit for hit in hits if (hit.edition, hit.id, hit.passage) != (page.edition, page.article.id, 0)]
    first = replace(passage_of(page, 0), score=max((hit.score for hit in hits), default=0.0))
    return [first, *rest]


def worth_reading(asked: Asked, hits: Sequence[PassageHit]) -> list[PassageHit]:
    """Those of the passages found that are read, best first; see the module."""
    speaking = [hit for hit in hits if bears(asked, hit)]
    chosen = speaking[:READ]
    lowest = min((hit.score for hit in chosen), default=0.0)
    for page in _named(asked):
        if any((hit.edition, hit.id) == (page.edition, page.article.id) for hit in chosen):
            continue
        for hit in _of_article(asked, page, speaking):
            chosen = [*chosen[: READ - 1], replace(hit, score=min(lowest, hit.score) if hit.score else lowest)]
    return chosen


def bears(asked: Asked, hit: PassageHit) -> bool:
    """Whether a quotation out of a passage could speak of what is asked."""
    page = None
    if primary(hit.language) != primary(asked.question.language):
        page = asked.holdings.page(hit.edition, hit.id)
    names = () if page is None else tuple(alias.title for alias in page.article.aliases)
    return speaks_of(asked.question, hit.text, (hit.title, *names), hit.language)


def _named(asked: Asked) -> list[Page]:
    """The articles that a question names, the longest name first."""
    if not asked.question.text:
        return []
    places = dict.fromkeys(named.place for named in asked.names)
    pages = (asked.holdings.page(*place) for place in list(places)[:MOST_NAMED])
    return [page for page in pages if page is not None and page.starts and asked.allows(page.article)]


def _of_article(asked: Asked, page: Page, found: Sequence[PassageHit]) -> list[PassageHit]:
    """The passage of an article that is worth most: what search found, else what shares most with the question."""
    own = [hit for hit in found if (hit.edition, hit.id) == (page.edition, page.article.id)]
    if own:
        return own[:1]
    return [hit for hit in best_passages(page, asked.question.keys, most=2) if bears(asked, hit)][:1]
