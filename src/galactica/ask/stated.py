"""What an article says of its own thing in so many words: a row of a table, a line "name: value", a count, a life.

Where a question asks for a property of a thing (`wishes`), the article about the thing is looked at for

1. a row whose first cell is called as the property is, or as what is left of the question; its second cell is the
   value, in the form that the property has (`form`), and the whole row is quoted;
2. a line "name: value" that stands by itself;
3. a number beside what is counted, in the first sentences ("It had 274 known moons");
4. the dates behind the name at the very beginning, for when somebody was born and died.

Nothing is concluded: what does not stand there in one of these ways is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.ask.amounts import numbers
from galactica.ask.asked import Asked
from galactica.ask.evidence import passage_at, sentences
from galactica.ask.place import Page
from galactica.ask.properties import Property, compared, properties
from galactica.ask.tabled import Row, rows_of
from galactica.ask.times import dates, month_names
from galactica.ask.wishes import Wish, wishes
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded, title_key
from galactica.languages import primary
from galactica.model import PassageHit

MOST_HITS = 8
"""Articles among the passages found whose other names are compared with a thing's."""

MOST_ALIASES = 200
"""Names of one article that are compared."""

LEAD = 1_500
"""Characters at the beginning of an article in which numbers beside what is counted are looked for."""

NAMED_WITHIN = 400
"""Characters at the beginning of an article in which the dates of a life stand."""

LONGEST_VALUE = 300
"""Characters of a value; a longer cell is a text, and read as one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """A value as an article states it.

    Attributes:
        hit: the passage in which it begins.
        start, end: of the value, in code points of the article's text.
        first, last: of what says it, the row or sentence.
        exact: how much it is called as was asked, the most for what the table of properties names first.
    """

    hit: PassageHit
    start: int
    end: int
    first: int
    last: int
    exact: float


def stated(asked: Asked, hits: Sequence[PassageHit]) -> list[Stated]:
    """What articles about the thing of a question state of the property that it asks for, best first; mostly nothing.

    Args:
        hits: passages that were found for the question, whose articles may be about the thing too.
    """
    room = asked.room
    found: list[Stated] = []
    for wish in wishes(asked.question, asked.tongue, lambda name: room.titled(name) is not None):
        for page in _pages(asked, wish.thing, hits):
            one = _of(page, wish)
            if one is not None:
                found.append(one)
        if found:
            break
    own = [each for each in found if primary(each.hit.language) == primary(asked.tongue)]
    return sorted(own or found, key=lambda each: -each.exact)


def _pages(asked: Asked, thing: str, hits: Sequence[PassageHit]) -> list[Page]:
    """The articles that a thing may be the title of: the one that is found by it, and others among the hits."""
    spellings = dict.fromkeys((thing, thing[:1].upper() + thing[1:], thing.title()))
    named = [place for each in spellings if (place := asked.room.titled(each)) is not None]
    places = dict.fromkeys(named)
    own = len(places)
    places |= dict.fromkeys((hit.edition, hit.id) for hit in hits)
    key = title_key(thing)
    pages = []
    for number, (edition, identity) in enumerate(list(places)[: MOST_HITS + own]):
        page = asked.room.page(edition, identity)
        if page is not None and page.starts and allowed(asked, page) and (number < own or _called(page, key)):
            pages.append(page)
    return pages


def allowed(asked: Asked, page: Page) -> bool:
    """Whether a person allows an article: its language and source are among those that are asked."""
    language = page.article.language
    return asked.language in ("", language, primary(language)) and (
        not asked.sources or page.article.source in asked.sources
    )


def _called(page: Page, key: str) -> bool:
    names = [page.article.title, *(alias.title for alias in page.article.aliases[:MOST_ALIASES])]
    return any(title_key(name) == key for name in names)


def _of(page: Page, wish: Wish) -> Stated | None:
    """What one article states; the best of its rows, else of its lines, else of its first sentences."""
    rows = rows_of(page)
    each: Property | None = wish.property
    while True:
        found = [*_in_rows(page, rows, wish, each), *_in_lines(page, wish, each)]
        found = found or [*_counted(page, wish, each), *_lived(page, wish, each)]
        found = found or list(_claimed(page, rows, wish, each))
        if found:
            return max(found, key=lambda one: one.exact)
        if each is None or not each.instead:
            return None
        each = next((other for other in properties() if other.name == each.instead), None)


def _in_rows(page: Page, rows: Sequence[Row], wish: Wish, each: Property | None) -> Iterator[Stated]:
    language = primary(page.article.language)
    for row in rows:
        label = compared(row.label[:80], language)
        exact = _exact(label, wish, each, language, row.heading)
        if exact and row.ends > row.starts and row.ends - row.starts <= LONGEST_VALUE:
            told = page.text[row.first : row.last]
            if wish.year and wish.year.rstrip("年") not in told:
                continue
            if _plain(page.text[row.starts : row.ends]) == _plain(wish.thing):
                continue  # says what was asked with
            value = _value(page.text, row.starts, row.ends, each.form if each else wish.form)
            if value is not None:
                yield made(page, *value, row.first, row.last, exact)


def _claimed(page: Page, rows: Sequence[Row], wish: Wish, each: Property | None) -> Iterator[Stated]:
    """A table of nothing but values, below a heading that names the property; the last row is the newest."""
    language = primary(page.article.language)
    for number, row in enumerate(rows):
        label = re.split(r"[:：]", row.heading)[-1][:80]
        if not row.heads or compared(row.heads[0], language) not in _VALUES:
            continue
        exact = _exact(compared(label, language), wish, each, language)
        told = page.text[row.first : row.last]
        if exact and row.cells[0][1] > row.cells[0][0] and wish.year.rstrip("年") in told:
            value = _value(page.text, *row.cells[0], each.form if each else wish.form)
            if value is not None:
                yield made(page, *value, row.first, row.last, 0.2 * exact / 2 + number * 1e-5)


_VALUES = (frozenset(("valu",)), frozenset(("value",)), "数值")


def _below(label: frozenset[str] | str, heads: str, left: frozenset[str] | str, language: str) -> bool:
    """Whether what is left is what a row is called together with what its table is called: "Poland" below "Borders"."""
    over = compared(heads[:80], language) if heads else ""
    if isinstance(label, frozenset) and isinstance(left, frozenset) and isinstance(over, frozenset):
        return label < left <= label | over | _LONG
    if isinstance(label, str) and isinstance(left, str) and isinstance(over, str):
        rest = left.replace(label, "", 1).removesuffix("长度").removesuffix("长")
        return label in left and len(rest) > 1 and rest in over
    return False


_LONG = frozenset(("length", "long"))


def _exact(label: frozenset[str] | str, wish: Wish, each: Property | None, language: str, heads: str = "") -> float:
    """How much what is called `label` is what is asked for; 0 for not at all."""
    if not label:
        return 0.0
    if each is None:
        if language != primary(wish.tongue):
            return 0.0
        return 1.0 if label == wish.left or _below(label, heads, wish.left, language) else 0.0
    ways = each.phrases.get(language, ())
    return 2.0 - ways.index(label) / len(ways) if label in ways else 0.0


def _in_lines(page: Page, wish: Wish, each: Property | None) -> Iterator[Stated]:
    """Lines "name: value"."""
    language = primary(page.article.language)
    for match in _LINE.finditer(page.text, 0, 20_000):
        exact = _exact(compared(match["label"], language), wish, each, language)
        if exact and not wish.year:
            value = _value(page.text, *match.span("value"), each.form if each else wish.form)
            if value is not None:
                yield made(page, *value, match.start(), match.end("value"), exact - 0.5)


_LINE = re.compile(r"(?m)^(?P<label>[^\n\t:：.。]{1,60})[:：][ \t]*(?P<value>[^\n\t.。]{1,200})[.。]?$")


def _counted(page: Page, wish: Wish, each: Property | None) -> Iterator[Stated]:
    """A number beside what is counted, in the first sentences."""
    language = primary(page.article.language)
    nouns = each.counted.get(language, ()) if each is not None else ()
    if not nouns:
        return
    words = "|".join(map(re.escape, nouns))
    for start, end in sentences(page.text, 0, min(len(page.text), LEAD)):
        plain = folded(fold_han(page.text[start:end]))
        if len(plain) != end - start or wish.year.rstrip("年") not in plain:
            continue
        if unspaced(nouns[0]):
            match = re.search(
                rf"(?:{words})(?:约|有|为|是|共|大约)?(?P<value>{_AMOUNT})|(?P<before>{_AMOUNT})(?:{words})", plain
            )
        else:
            match = re.search(rf"(?<![\w.,])(?P<value>{_AMOUNT})\s+(?:{words})(?!\w)", plain)
        if match is not None:
            name = "value" if match["value"] else "before"
            low, high = match.span(name)
            yield made(page, start + low, start + high, start, end, 0.4)
            return


_AMOUNT = r"\d[\d.,]*(?<=\d)(?:\s?(?:万亿|万|亿|thousand|million|billion))?[颗人个]?"


def _lived(page: Page, wish: Wish, each: Property | None) -> Iterator[Stated]:
    """When somebody was born or died, from the brackets behind the name."""
    if each is None or each.name not in ("born", "died") or wish.year:
        return
    for begin, parts in _brackets(page.text):
        if len(parts) != 2:
            continue
        born = each.name == "born"
        offset = begin + (0 if born else page.text[begin:].index(parts[1], len(parts[0])))
        found = _days(parts[0] if born else parts[1])
        if not found or not _days(parts[1] if born else parts[0]):
            continue
        match = found[-1] if born else found[0]
        if born and _before_christ(parts[1]) and not _before_christ(match[0]):
            return
        start, end = next(iter(sentences(page.text[:NAMED_WITHIN])), (0, NAMED_WITHIN))
        low, high = offset + match.start(), offset + match.end()
        yield made(page, low, high, start, max(end, high), 1.0)
        return


def told_life(text: str) -> bool:
    """Whether an article begins with somebody's life: two days or years in brackets behind the name, or one "born"."""
    for _, parts in _brackets(text):
        if len(parts) == 2 and all(map(_days, parts)):
            return True
        if _BORN.search(folded(parts[0])) and _days(parts[0]):
            return True
    return False


_BORN = re.compile(r"\b(?:born|geboren|geb\.|nacid[oa]|né|née|nascid[oa]|nat[oa])\b|生")


def _brackets(text: str) -> Iterator[tuple[int, list[str]]]:
    """What stands in brackets at the beginning of an article: where it begins, and its parts between dashes."""
    for bracket in _BRACKET.finditer(text, 0, NAMED_WITHIN):
        yield bracket.start(1), _UNTIL.split(bracket[1])


_BRACKET = re.compile(r"[(（]([^()（）]{4,200}(?:\([^()]{0,80}\)[^()（）]{0,100})?)[)）]")
_UNTIL = re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=日)-|(?<=年)-|;?\s*†\s*|\s*－\s*|\s*～\s*")


def _days(text: str) -> list[re.Match[str]]:
    return list(_day().finditer(folded(fold_han(text))))


def _before_christ(text: str) -> bool:
    return any(date.year < 0 for date in dates(text))


def _day() -> re.Pattern[str]:
    """A day of a year, or a year, in the languages whose months are known."""
    if not _PATTERNS:
        month = "|".join(sorted(map(re.escape, month_names()), key=lambda name: (-len(name), name)))
        of = r"\s*(?:of|de|del|din|\.|,)?\s*"
        era = r"(?:\s*(?:b\.?c\.?e?\.?|v\. ?chr\.|a\. ?c\.)(?!\w))?"
        _PATTERNS.append(
            re.compile(
                rf"(?:公元)?前?\d{{1,4}}年(?:\d{{1,2}}月(?:\d{{1,2}}[日号])?)?"
                rf"|\d{{1,2}}(?:/\d{{1,2}})?(?:st|nd|rd|th|\.)?{of}(?:{month}){of}\d{{3,4}}(?!\d){era}"
                rf"|(?<!\w)(?:{month})\s+\d{{1,2}},?\s+\d{{3,4}}(?!\d){era}"
                rf"|(?<![\d/])\d{{3,4}}(?![\d/]){era}"
            )
        )
    return _PATTERNS[0]


_PATTERNS: list[re.Pattern[str]] = []


def _value(text: str, start: int, end: int, form: str) -> tuple[int, int] | None:
    """The value within a cell: all of it where it has the form, without remarks behind it; None where it has not."""
    while start < end and text[start].isspace():
        start += 1
    cell = text[start:end]
    if form in ("number", "quantity") and not numbers(cell):
        return None
    if form == "date" and not (dates(cell) or any(letter.isdigit() for letter in cell) or _ancient(cell)):
        return None
    if form == "person" and (any(map(str.isdigit, cell)) or not named(cell)):
        return None
    if form in ("name", "list") and not any(letter.isalnum() for letter in cell):
        return None
    while end > start and text[end - 1].isspace():
        end -= 1
    return (start, end) if end > start else None


def named(text: str) -> bool:
    """Whether a text may be a name: it begins with a capital, or is of a script without any."""
    first = next((letter for letter in text if letter.isalpha()), "")
    return bool(first) and (first.isupper() or first.lower() == first.upper())


def _plain(text: str) -> str:
    return folded(fold_han(text)).strip()


def _ancient(cell: str) -> bool:
    return any(word in folded(cell) for word in ("ancient", "antiquity", "prehist", "古代", "史前"))


def made(page: Page, start: int, end: int, first: int, last: int, exact: float) -> Stated:
    """What an article states: its value at `start` to `end`, said by what stands at `first` to `last`."""
    number = passage_at(page, start)
    low, high = page.starts[number], page.ends[number]
    low, high = min(low, start, first), max(high, end, last)
    article = page.article
    hit = PassageHit(
        edition=page.edition,
        id=article.id,
        title=article.title,
        language=article.language,
        source=article.source,
        path=article.path,
        passage=number,
        start=low,
        end=high,
        text=page.text[low:high],
        score=1.0,
    )
    return Stated(hit=hit, start=start, end=end, first=first, last=last, exact=exact)
