"""The article that a name in another language means where no title, no alias and no table has it: "Анатолий Карпов",
阿纳托利·卡尔波夫 and "Anatolij Karpow" are Anatoly Karpov.

Of the articles whose titles sound like the name (`Holdings.sounding`) the likeliest is taken where it is likely by
itself and clearly ahead of the next; what the reader says of how the article begins, beside the whole question,
counts as well. Who was born or died is a person. A name that may be of two things is of neither: a wrong one would
be answered of surely. The numbers here are measured by `python -m benchmarks.names_across`.
"""

from __future__ import annotations

from galactica.ask.asked import Asked
from galactica.ask.base_forms import base_forms
from galactica.ask.contract import Given
from galactica.ask.holdings import Page
from galactica.ask.lives import told_life
from galactica.ask.wishes import OF_PEOPLE, Wish
from galactica.languages import scripts_in
from galactica.languages.known_names import called_elsewhere

MOST_FORMS = 3
"""What a name may be without its ending that is listened for, besides itself; each takes 21 ms among 13,000 titles."""

MOST_READ = 4
"""Articles whose beginnings the reader looks at."""

BEGINNING = 300
"""Characters of each."""

LEAST = 0.0
"""What the odds and the reader have to come to, in natural logarithms. Chosen on the half `develop`: of 380 names in
six other scripts 177 found their article, one another; of 470 whose article is not there two found one."""

LEAST_LATIN = 3.0
"""The same of a name in Latin letters, in which words of any language look like each other ("Rosemère", Rosemary)."""

LEAST_UNREAD = 0.5
"""What the odds have to come to where no reader says anything, beside the same."""

AHEAD = 2.0
"""How far the next has to be behind."""

PERSON = 1.5
"""What it is likelier where a person is asked about: of the articles of a Wikipedia a quarter are about people."""

RELEVANT_COUNTS, MOST_RELEVANT = 0.5, 3.0
"""What a logit of the reader counts; above this, and below its opposite, it says no more."""


def meant_by_sound(asked: Asked, wish: Wish) -> tuple[str, bytes] | None:
    """(edition, id) of the article that the thing of a question sounds like; None where that is not sure.

    Args:
        wish: what is asked of it; `thing` is its name as it stands in the question.
    """
    if called_elsewhere(wish.thing, asked.question.language, asked.holdings.languages):
        return None  # it is known what has that name, and the library lacks it: "África" is no South Africa
    odds = asked.once(f"sounding {wish.thing}", lambda: _sounding(asked, wish.thing))
    several = sorted(odds, key=lambda place: -odds[place])[:MOST_READ]
    pages = [
        page for place in several if (page := asked.holdings.page(*place)) is not None and _able(asked, wish, page)
    ]
    more = PERSON if _of_people(wish) else 0.0
    sure = _scored(asked, [(page, odds[page.edition, page.article.id] + more) for page in pages])
    least = LEAST_LATIN if scripts_in(wish.thing) <= {"Latin"} else LEAST
    if not sure or sure[0][0] < least or (len(sure) > 1 and sure[0][0] - sure[1][0] < AHEAD):
        return None
    return sure[0][1]


def _sounding(asked: Asked, name: str) -> dict[tuple[str, bytes], float]:
    """Place of each article that sounds like a name, with an ending or without → its odds."""
    language = asked.question.language
    odds: dict[tuple[str, bytes], float] = {}
    sort, _, own = name.partition(" ")  # "papa Inocêncio XII"
    forms = (name, *([own] if own[:1].isupper() and sort.islower() else []), *base_forms(name, language)[:MOST_FORMS])
    for form in forms:
        for each in asked.holdings.sounding(form, language):
            odds[each.place] = max(each.odds, odds.get(each.place, each.odds))
    return odds


def _able(asked: Asked, wish: Wish, page: Page) -> bool:
    """Whether an article may be the one that is asked about."""
    return asked.allows(page.article) and (not _of_people(wish) or told_life(page.text))


def _of_people(wish: Wish) -> bool:
    return wish.property is not None and not OF_PEOPLE.isdisjoint(wish.property.claims)


def _scored(asked: Asked, pages: list[tuple[Page, float]]) -> list[tuple[float, tuple[str, bytes]]]:
    """(how likely it is meant, place) of each article, the likeliest first."""
    places = [(page.edition, page.article.id) for page, _ in pages]
    given = [
        Given(text=page.text[:BEGINNING], title=page.article.title, language=page.article.language) for page, _ in pages
    ]
    read = asked.reader.rank(asked.question.text, given, seconds=asked.ranking) if asked.ranks and given else []
    if len(read) < len(given):  # what was not read may be the right one
        scores = [odds - LEAST_UNREAD for _, odds in pages]
    else:
        relevant = [each.begun.relevant if each.begun is not None else 0.0 for each in read]
        scores = [
            odds + RELEVANT_COUNTS * max(-MOST_RELEVANT, min(MOST_RELEVANT, says))
            for (_, odds), says in zip(pages, relevant, strict=True)
        ]
    return sorted(zip(scores, places, strict=True), key=lambda pair: -pair[0])
