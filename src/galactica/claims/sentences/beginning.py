"""Whether a date fits what an article begins with: the years of a life, of a work, of a foundation.

"She died of tuberculosis in May 1878" in an article that begins "(7 November 1867 – 4 July 1934)" tells of somebody
else, and "was established in Canada in 1909" behind "founded in 1888" of a branch. What is near is taken: two dates
that differ a little are a disagreement, which a reader should see.
"""

from __future__ import annotations

import re

from galactica.claims.sentences.subjects import Spoken

BEGINNING = 300
"""Code points of an article in which it says the year of a work, and the years of a life."""

A_GENERATION = 15
"""Years by which a birth or a death may be told apart and be one person's; what is further off is another's."""

LATER = 2
"""Years by which a work or a body may be told to be younger than the beginning says; later is another edition, or a
branch."""

_LIVED = re.compile(
    r"[(（](?P<before>[^()（）]{0,160}?)(?<!\d)(?P<born>\d{3,4})(?!\d)[^()（）–—－-]{0,20}[–—－-]"
    r"[^()（）]{0,40}?(?<!\d)(?P<died>\d{3,4})(?!\d)[^()（）]{0,60}[)）]"
)
_YEAR = re.compile(r"\d{4}(?!\d)")
_LIFE = {"date_of_birth": "born", "date_of_death": "died"}
_FIRST = {"published": "released_first", "founded": "founded_first"}


def does_not_fit(name: str, value: str, spoken: Spoken) -> bool:
    """Whether a date of what an article is about cannot be its, by what the article begins with.

    Args:
        name: of the property; value: in EDTF.
    """
    year = _YEAR.match(value)
    if year is None:
        return False
    if name in _LIFE and spoken.topic.kind == "person":
        told = _years_of_life(spoken)
        return told is not None and abs(int(year[0]) - int(told[_LIFE[name]])) > A_GENERATION
    if name in _FIRST:
        first = spoken.words.patterns[_FIRST[name]].search(spoken.article, 0, BEGINNING)
        return first is not None and int(year[0]) > int(first["year"]) + LATER
    return False


def _years_of_life(spoken: Spoken) -> re.Match[str] | None:
    """The bracket before the first sentence's verb with two years, the earlier first, of a life and of our era."""
    patterns = spoken.words.patterns
    verb = patterns["defines"].search(spoken.article, 0, BEGINNING)
    told = _LIVED.search(spoken.article, 0, verb.start() if verb is not None else 0)
    if told is None or int(told["born"]) > int(told["died"]):
        return None
    other = patterns["era"].search(told[0]) or patterns["no_life"].search(told["before"])
    return None if other is not None else told
