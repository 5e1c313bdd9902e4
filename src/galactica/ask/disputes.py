"""Do two answers to one question contradict each other? Asked of answers of different sources, languages or editions.

Rules, all of them in favour of agreement, because a dispute that is none costs trust:
1. Only what can be compared is: times, amounts, names of persons and places and of what was asked for by a noun.
   Reasons, ways and definitions are told in other words by everybody.
2. Answers in words of different scripts are not compared by their letters; times and amounts are.
3. A coarser value agrees with a finer one, a rounded one with an exact one, a part with the whole (`values`).
4. Both have to speak of the same thing and say what is asked: the names of the question, and most of its other words,
   stand in the quotation or the titles of both articles.
"""

from __future__ import annotations

from galactica.ask.comparing import made_ready, share
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.pieces import cut_pieces
from galactica.ask.question import ReadQuestion
from galactica.codes.han import unspaced
from galactica.codes.letters import folded, title_key
from galactica.languages import primary
from galactica.model import Citation
from galactica.values.amounts import Amount, amounts
from galactica.values.dates import dates
from galactica.values.differing import amounts_differ, dates_differ, may_name, names_differ

NAMED = frozenset((Kind.PERSON, Kind.PLACE))
"""Kinds that are compared by name."""

COUNTED = frozenset((Kind.NUMBER, Kind.MEASURE))

LEAST_TOLD = 0.65
"""Share of the weight of a question's words that has to stand in a quotation for it to dispute another."""

DRIFT = 0.03
"""How much an amount may change in a year, as a share: no country's people grow faster for long. Values of different
years that lie nearer are both right."""

MOST_TITLES = 200
"""Titles of one article that are looked at."""


def disputed(one: str, other: str, kind: Kind, *, languages: tuple[str, str] = ("en", "en")) -> bool:
    """Whether two answers to a question that asks for `kind` cannot both be right.

    Args:
        one, other: as they stand in the articles.
        languages: of the two.
    """
    if kind is Kind.DATE:
        return dates_differ(one, other)
    if kind in COUNTED:
        return amounts_differ(one, other)
    if not (may_name(one) and may_name(other)):
        return False
    if kind not in NAMED or primary(languages[0]) != primary(languages[1]) or unspaced(one) != unspaced(other):
        return False
    return names_differ(one, other)


def agrees_in_words(one: str, other: str) -> bool:
    """Whether two answers, of whatever kind, say the same or one a part of the other, as far as their words tell."""
    left, right = amounts(one), amounts(other)
    if left and right:
        return not amounts_differ(one, other)
    return not names_differ(folded(one), folded(other))


def may_be_the_same(one: str, other: str, kind: Kind) -> bool:
    """Whether two answers to a question that asks for `kind` may say the same, one perhaps less of it than the other:
    "1930" and "in July 1930", "4810 m" and "4,810 metres", "I. M. Pei" and "the architect I. M. Pei"."""
    if kind is Kind.DATE:
        return bool(dates(one)) and bool(dates(other)) and not dates_differ(one, other)
    return agrees_in_words(one, other)


def same_thing(question: ReadQuestion, one: tuple[Page, Citation], other: tuple[Page, Citation]) -> bool:
    """Whether two quotations speak of the thing that a question asks about, and say of it what is asked.

    In the question's own language most of the question (`LEAST_TOLD`) has to stand in each quotation and the titles of
    its article, the names all; articles in other languages have to share a title with each other.
    """
    sides = (one, other)
    foreign = [side for side in sides if primary(side[0].article.language) != primary(question.language)]
    if foreign and not _titles(one[0]) & _titles(other[0]):
        return False
    names = _names(question)
    for page, citation in sides:
        if primary(page.article.language) != primary(question.language):
            continue
        keys = _keys(page, citation)
        asked = made_ready(question.text, question.sought, page.article.language)
        if not names <= keys or share(asked, keys) < LEAST_TOLD:
            return False
    return True


def of_different_sides(one: Citation, other: Citation) -> bool:
    """Whether two citations are of different sides: another source, language or edition."""
    return (one.source, primary(one.language), one.edition) != (other.source, primary(other.language), other.edition)


def drifted(one: Citation, other: Citation) -> bool:
    """Whether two amounts are of different years and near enough for the thing itself to have changed in between."""
    left, right = _year(one), _year(other)
    if not left or not right or left == right:
        return False
    allowed = DRIFT * abs(left - right)
    pairs = [(a, b) for a in amounts(_marked(one)) for b in amounts(_marked(other))]
    return bool(pairs) and all(_near(a, b, allowed) for a, b in pairs)


def _near(one: Amount, other: Amount, allowed: float) -> bool:
    middles = [(each.low + each.high) / 2 for each in (one, other)]
    return abs(middles[0] - middles[1]) <= allowed * max(map(abs, middles))


def _year(citation: Citation) -> int:
    """The one year that a quotation names besides what answers; 0 where there is none, or several."""
    start, end = citation.mark
    rest = f"{citation.quote[:start]} {citation.quote[end:]}"
    years = {date.year for date in dates(rest) if date.year and date.span == 1}
    return years.pop() if len(years) == 1 else 0


def _marked(citation: Citation) -> str:
    return citation.quote[slice(*citation.mark)]


def _titles(page: Page) -> set[str]:
    names = [page.article.title, *(alias.title for alias in page.article.aliases[:MOST_TITLES])]
    return {key for name in names if len(key := title_key(name)) > 1}


def _names(question: ReadQuestion) -> set[str]:
    """The keys of the question's capitalised words."""
    pieces = question.pieces
    rows = list(zip(pieces.keys, pieces.common, pieces.starts, pieces.ends, strict=True))
    content = [(key, question.text[a:b]) for key, common, a, b in rows if not common]
    return {key for key, word in content if word[:1].isupper() and folded(word) not in question.quiet}


def _keys(page: Page, citation: Citation) -> set[str]:
    language = page.article.language
    texts = [citation.quote, page.article.title, *(alias.title for alias in page.article.aliases[:MOST_TITLES])]
    return {key for text in texts for key in cut_pieces(text[:2_000], language).keys}
