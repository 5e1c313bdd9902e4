"""Who holds an office now? Nobody who is dead, and nobody of whom a sentence says that it was so.

"Who is the king of Spain?" is not answered by Alfonso XII, who "was King of Spain, reigning from 1874 to 1885", nor
"who is the mayor of London" by the Mayor of London. What is refused:

1. what says nothing but words of the question;
2. the thing of an article that begins with a life that ended;
3. a sentence that says in no word that it is so now, in languages that say it by their verbs. A row of a table or of
   an infobox says of its thing what is so.

The words stand in `holders.toml`; of languages that it lacks nothing is refused.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.holdings import Page
from galactica.ask.lives import NAMED_WITHIN, brackets, days
from galactica.ask.named import keys_of
from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import Citation


@dataclass(frozen=True, slots=True, kw_only=True)
class HolderWords:
    """How one language asks for who holds an office now, and says that somebody does; None: it has no tenses."""

    now: re.Pattern[str]
    holds: re.Pattern[str] | None


def may_hold_now(question: ReadQuestion, text: str, citation: Citation, page: Page) -> bool:
    """Whether an answer may be who holds an office now, where that is asked; True of other questions.

    Args:
        text: of the answer.
        citation: its quotation.
        page: the article that it is from.
    """
    asked = holder_words(primary(question.language))
    plain = folded(fold_han(question.text))
    if asked is None or not asked.now.search(plain) or any(map(str.isdigit, plain)):
        return True  # in 1880 is not now
    own = keys_of(text, citation.language)
    if own <= question.keys:
        return False
    if own & keys_of(page.article.title, citation.language) and _ended(page.text[:NAMED_WITHIN]):
        return False
    told = holder_words(primary(citation.language))
    if told is None or told.holds is None or "\t" in citation.quote or not citation.quote.rstrip().endswith("."):
        return True
    return told.holds.search(folded(citation.quote)) is not None


def _ended(beginning: str) -> bool:
    """Whether an article begins with the two days of a life."""
    return any(len(parts) == 2 and all(map(days, parts)) for _, parts in brackets(beginning))


@cache
def holder_words(language: str) -> HolderWords | None:
    """The words of a language; None of one that the table lacks."""
    entry = _table().get(language)
    if entry is None:
        return None
    holds = rf"\b(?:{entry['holds']})\b" if entry["holds"] else ""
    return HolderWords(now=re.compile(entry["now"]), holds=re.compile(holds) if holds else None)


@cache
def _table() -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = tomllib.loads(files(__package__).joinpath("holders.toml").read_text("utf-8"))
    return found
