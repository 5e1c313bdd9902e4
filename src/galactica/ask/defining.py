"""What is X? What stands behind "X is" in the first sentence of the article X, where claims do not give it.

Taken only where it begins as a definition does, with an article ("a branch of …"), and X itself stands before "is": of
83 English articles that claims say nothing of 80 so said what their thing is (2026-11-30). So only languages whose
files name articles have it.
"""

from __future__ import annotations

import re
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.evidence import sentence_spans
from galactica.ask.kinds import asked_languages
from galactica.ask.rules import definitions
from galactica.ask.stated_value import OfClaims, Stated, made
from galactica.languages import primary

RIGHT = 81 / 85
"""How often it was right, as claims count it (`claims.judged`)."""

LONGEST_DEFINITION = 180
"""Characters of a definition; a longer one is cut where it may be."""

FEWEST_WORDS = 3
"""Words of a definition; what is shorter was cut short by a stop."""


_BRACKETED = re.compile(r"\s*\([^()]*\)\Z")


def defined(asked: Asked) -> list[Stated]:
    """What an article says that its thing is, where a question asks for that; mostly nothing."""
    name = asked.question.plain.sought.name
    called = asked.called(name) if name else ""  # "what are hadiths" is answered by the article Hadith
    place = asked.holdings.titled(called) if called else None
    page = asked.holdings.page(*place) if place is not None else None
    if page is None or not page.starts or not asked.allows(page.article):
        return []
    language = primary(page.article.language)
    known = asked_languages().get(language)
    if known is None or not known.articles or language != primary(asked.question.language):
        return []
    first, last = next(iter(sentence_spans(page.text, 0, page.ends[0])), (0, 0))
    title = _BRACKETED.sub("", page.article.title)
    for _, start, end in definitions(page.text[first:last], title, language):
        words = re.findall(r"\w+", known.lower(page.text[first + start : first + end]))
        if len(words) >= FEWEST_WORDS and words[0] in known.articles:
            one = made(page, first + start, first + end, first, last, 0.5)
            side = f"{page.article.id.hex()} definition"
            return [replace(one, claimed=OfClaims(side=side, confidence=RIGHT))]
    return []
