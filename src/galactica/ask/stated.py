"""What an article says of its own thing in so many words: a row of a table, a line "name: value", a count, a life.

Where a question asks for a property of a thing (`wishes`), the article about the thing is looked at for

1. a row whose first cell is called as the property is, or as what is left of the question; its second cell is the
   value, in the form that the property has (`form`), and the whole row is quoted;
2. a line "name: value" that stands by itself;
3. a number beside what is counted, in the first sentences ("It had 274 known moons");
4. the dates behind the name at the very beginning, for when somebody was born and died;
5. the words whose first letters spell the name, for what it stands for (`expansions`).

What an article states otherwise in another row is stated too (`sides`), and what several articles of one name state.
Nothing is concluded: what does not stand there in one of these ways is not stated.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.evidence import sentence_spans
from galactica.ask.expansions import expansion
from galactica.ask.holdings import Page
from galactica.ask.lives import NAMED_WITHIN, before_christ, brackets, days
from galactica.ask.measures import measures_of
from galactica.ask.properties import AskedProperty, as_compared, properties
from galactica.ask.sides import ToldValue, named_by, says_differ, sides, told_in_row, value_column
from galactica.ask.stated_value import Stated, made, value_in
from galactica.ask.tabled import Row, table_rows
from galactica.ask.wishes import Wish
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

LONGEST_VALUE = 300
"""Characters of a value; a longer cell is a text, and read as one."""


def stated(asked: Asked, hits: Sequence[PassageHit]) -> list[Stated]:
    """What articles about the thing of a question state of the property that it asks for, best first; mostly nothing.

    Args:
        hits: passages that were found for the question, whose articles may be about the thing too.
    """
    found: list[Stated] = []
    for wish in asked.wishes:
        own, nearly = _pages(asked, wish.thing, hits)
        found += [one for page in own for one in _of(page, wish)]
        if found and not any(title_key(each.hit.title) == title_key(wish.thing) for each in found):
            found += [one for page in nearly for one in _of(page, wish)]
        if found:
            break
    same = [each for each in found if primary(each.hit.language) == primary(asked.question.language)]
    return sorted(same or found, key=lambda each: -each.exact)


def _pages(asked: Asked, thing: str, hits: Sequence[PassageHit]) -> tuple[list[Page], list[Page]]:
    """The articles that a thing may be the title of: those that have the name, found by it or among the hits; and those
    that have it with something in brackets, which counts where none has it for its title ("Congo (Kinshasa)")."""
    spellings = dict.fromkeys((thing, thing[:1].upper() + thing[1:], thing.title()))
    places = dict.fromkeys(place for each in spellings for place in asked.holdings.namesakes(each))
    named = len(places)
    places |= dict.fromkeys((hit.edition, hit.id) for hit in hits)
    key = title_key(thing)
    own: list[Page] = []
    nearly: list[Page] = []
    for number, (edition, identity) in enumerate(list(places)[: MOST_HITS + named]):
        page = asked.holdings.page(edition, identity)
        if page is None or not page.starts or not asked.allows(page.article):
            continue
        if number < named or _called(page, key):
            own.append(page)
        elif _called(page, key, bracket=True):
            nearly.append(page)
    return own, nearly


def _called(page: Page, key: str, *, bracket: bool = False) -> bool:
    names = [page.article.title, *(alias.title for alias in page.article.aliases[:MOST_ALIASES])]
    return any(title_key(_BRACKETED.sub("", name) if bracket else name) == key for name in names)


_BRACKETED = re.compile(r"\s*[(（][^()（）]{1,60}[)）]\Z")


def _of(page: Page, wish: Wish) -> list[Stated]:
    """What one article states: the best of its rows, else of its lines, else of its first sentences; and what else it
    states of the same, where that cannot be right beside it."""
    rows = table_rows(page)
    each: AskedProperty | None = wish.property
    while True:
        claimed = list(_claimed(page, rows, wish, each))
        found = [*_in_rows(page, rows, wish, each), *_in_lines(page, wish, each)]
        found = found or [ToldValue(value=one) for one in (*_counted(page, wish, each), *_lived(page, wish, each))]
        if each is not None and each.name == "expansion":
            found = [ToldValue(value=one) for one in expansion(page)]
        if each is not None:
            fits = measures_of(each).fit
            found = [one for one in found if fits(page.text[one.value.start : one.value.end])]
            claimed = [one for one in claimed if fits(page.text[one.value.start : one.value.end])]
        if found or claimed:
            form = each.form if each else wish.form
            told = sides(page, found or claimed, claimed, form)
            return [replace(one, form=form, thing=title_key(wish.thing)) for one in told]
        if each is None or not each.instead:
            return []
        each = next((other for other in properties() if other.name == each.instead), None)


def _in_rows(page: Page, rows: Sequence[Row], wish: Wish, each: AskedProperty | None) -> Iterator[ToldValue]:
    language = primary(page.article.language)
    for row in rows:
        label = as_compared(row.label[:80], language)
        exact = _exact(label, wish, each, language, row.heading)
        if exact and row.ends > row.starts and row.ends - row.starts <= LONGEST_VALUE:
            told = page.text[row.first : row.last]
            if wish.year and wish.year.rstrip("年") not in told:
                continue
            if _plain(page.text[row.starts : row.ends]) == _plain(wish.thing):
                continue  # says what was asked with
            value = value_in(page.text, row.starts, row.ends, each.form if each else wish.form)
            if value is not None:
                yield told_in_row(page, row, made(page, *value, row.first, row.last, exact), label=label)


def _claimed(page: Page, rows: Sequence[Row], wish: Wish, each: AskedProperty | None) -> Iterator[ToldValue]:
    """A table of nothing but values, below a heading that names the property; the last row is the newest."""
    language = primary(page.article.language)
    for number, row in enumerate(rows):
        at = value_column(row, language, lambda label: _exact(label, wish, each, language) > 0)
        if at is None:
            continue
        exact = max((_exact(label, wish, each, language) for label in named_by(row, language)), default=0.0)
        start, end = row.cells[at]
        told = page.text[row.first : row.last]
        if exact and end > start and wish.year.rstrip("年") in told:
            value = value_in(page.text, start, end, each.form if each else wish.form)
            if value is not None:
                one = made(page, *value, row.first, row.last, 0.2 * exact / 2 + number * 1e-5)
                yield told_in_row(page, row, one, at=at)


def _below(label: frozenset[str] | str, heads: str, left: frozenset[str] | str, language: str) -> bool:
    """Whether what is left is what a row is called together with what its table is called: "Poland" below "Borders"."""
    over = as_compared(heads[:80], language) if heads else ""
    if isinstance(label, frozenset) and isinstance(left, frozenset) and isinstance(over, frozenset):
        return label < left <= label | over | _LONG
    if isinstance(label, str) and isinstance(left, str) and isinstance(over, str):
        rest = left.replace(label, "", 1).removesuffix("长度").removesuffix("长")
        return label in left and len(rest) > 1 and rest in over
    return False


_LONG = frozenset(("length", "long"))


def _exact(
    label: frozenset[str] | str, wish: Wish, each: AskedProperty | None, language: str, heads: str = ""
) -> float:
    """How much what is called `label` is what is asked for; 0 for not at all."""
    if not label:
        return 0.0
    if each is None:
        if language != primary(wish.language):
            return 0.0
        return 1.0 if label == wish.left or _below(label, heads, wish.left, language) else 0.0
    ways = each.phrases.get(language, ())
    return 2.0 - ways.index(label) / len(ways) if label in ways else 0.0


def _in_lines(page: Page, wish: Wish, each: AskedProperty | None) -> Iterator[ToldValue]:
    """Lines "name: value"."""
    language = primary(page.article.language)
    for match in _LINE.finditer(page.text, 0, 20_000):
        label = as_compared(match["label"], language)
        exact = _exact(label, wish, each, language)
        if exact and not wish.year and not says_differ(match["value"], language):
            value = value_in(page.text, *match.span("value"), each.form if each else wish.form)
            if value is not None:
                yield ToldValue(value=made(page, *value, match.start(), match.end("value"), exact - 0.5), label=label)


_LINE = re.compile(r"(?m)^(?P<label>[^\n\t:：.。]{1,60})[:：][ \t]*(?P<value>[^\n\t.。]{1,200})[.。]?$")


def _counted(page: Page, wish: Wish, each: AskedProperty | None) -> Iterator[Stated]:
    """A number beside what is counted, in the first sentences."""
    language = primary(page.article.language)
    nouns = each.counted.get(language, ()) if each is not None else ()
    if not nouns:
        return
    words = "|".join(map(re.escape, nouns))
    for start, end in sentence_spans(page.text, 0, min(len(page.text), LEAD)):
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


def _lived(page: Page, wish: Wish, each: AskedProperty | None) -> Iterator[Stated]:
    """When somebody was born or died, from the brackets behind the name."""
    if each is None or each.name not in ("born", "died") or wish.year:
        return
    for begin, parts in brackets(page.text):
        if len(parts) != 2:
            continue
        born = each.name == "born"
        offset = begin + (0 if born else page.text[begin:].index(parts[1], len(parts[0])))
        found = days(parts[0] if born else parts[1])
        if not found or not days(parts[1] if born else parts[0]):
            continue
        match = found[-1] if born else found[0]
        if born and before_christ(parts[1]) and not before_christ(match[0]):
            return
        start, end = next(iter(sentence_spans(page.text[:NAMED_WITHIN])), (0, NAMED_WITHIN))
        low, high = offset + match.start(), offset + match.end()
        yield made(page, low, high, start, max(end, high), 1.0)
        return


def _plain(text: str) -> str:
    return folded(fold_han(text)).strip()
