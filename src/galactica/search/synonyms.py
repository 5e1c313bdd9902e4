"""Other names of what a question names: "USA" for United States, "JFK" for John F. Kennedy, "华沙" for Warsaw.

The names are the library's own: titles and aliases (redirects), in every language that it holds. A run of up to
`LONGEST_RUN` words that is one of them is what an article is called; the way from there:

1. Of the articles that are called so, the most prominent one of each language, those whose own title it is before
   those whose alias it is.
2. Where it is an alias, the article's own title is said instead, and up to `MOST_ALIASES` short other names.
3. The article's other names are looked up once more: articles in further languages that are called one of these are
   the same thing ("华沙", alias "Warszawa" → "Warsaw", alias "Warszawa"), and their titles are said instead. Names in
   another script than the run are said too.

Long runs go before short ones, and a word belongs to one run. Common words are no names: a run is only looked up where
one of its words has a digit or a capital that does not begin the sentence, or is rare, in a query without capitals.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from galactica.codes.han import unspaced
from galactica.codes.letters import title_key
from galactica.search.asking import pieces_left
from galactica.search.query import Instead, split_words, terms
from galactica.search.store import TextIndex

LONGEST_RUN = 4
"""Words of a name, at most."""

LONGEST_UNSPACED = 8
"""Characters of a name in a script without spaces, at most."""

MOST_LOOKED_UP = 40
"""Runs of one question that are looked up: 4 µs each in every edition."""

MOST_RUNS = 6
"""Runs of one question that other names are found for."""

MOST_ALIASES = 2
MOST_NAMES = 6
"""Short other names of an article that are said instead, and those that are looked up in other languages."""

LONGEST_NAME = 6
"""Words of a name that is said instead, at most: longer ones are sentences."""

POOL = 12
"""Articles of one name that are looked at, of each edition."""

RARE = 3.0
"""Weight from which a word in a query without capitals may be a name: in a twentieth of the articles."""

_TOKEN = re.compile(r"[^\W_]+(?:[.&'’-][^\W_]+)*\.?")
_DISAMBIGUATED = re.compile(r"\s*[(（][^()（）]*[)）]\s*\Z")
_SCRIPTS = re.compile(r"[^\W\d_a-zA-Z\u00c0-\u024f\u1e00-\u1eff]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Called:
    """An article by a name: number of its edition, row, title, language, whether the name is its own title."""

    edition: int
    row: int
    title: str
    language: str
    own: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Renamed:
    """A run of the question that names something, and its other names.

    Attributes:
        title: the best of the other names.
        own: whether an article has the run as its own title.
    """

    run: str
    title: str
    own: bool
    instead: Instead


def other_names(text: str, weights: Mapping[str, float], indexes: Sequence[TextIndex]) -> list[Renamed]:
    """The names in a question for which there are others, at most `MOST_RUNS`.

    Args:
        text: the question without filters.
        weights: of its words that may be part of a name; the others (common ones, those that only ask) are absent.
        indexes: of the library.
    """
    found: list[Renamed] = []
    taken: list[tuple[int, int]] = []
    for looked, (start, end, run) in enumerate(_runs(text, weights)):
        if looked >= MOST_LOOKED_UP or len(found) >= MOST_RUNS:
            break
        if any(start < stop and begin < end for begin, stop in taken):
            continue
        called = _called(title_key(run), indexes)
        if called:
            taken.append((start, end))
            said = _said(title_key(run), called, indexes)
            if said:
                typed = tuple(dict.fromkeys(terms(run)))
                own = any(each.own for each in called.values())
                instead = Instead(typed=typed, said=_words(said, typed))
                found.append(Renamed(run=run, title=said[0], own=own, instead=instead))
    return [each for each in found if each.instead.said]


def _runs(text: str, weights: Mapping[str, float]) -> Iterator[tuple[int, int, str]]:
    """What may be a name: (start, end, run), long ones first; in scripts without spaces from left to right."""
    tokens = [m for m in _TOKEN.finditer(text) if not unspaced(m[0])]
    content = [any(part in weights for part in terms(token[0])) for token in tokens]
    names = _names(tokens, text, weights)
    for size in range(min(LONGEST_RUN, len(tokens)), 0, -1):
        for first in range(len(tokens) - size + 1):
            last = first + size - 1
            if content[first] and content[last] and any(names[first : last + 1]):
                start, end = tokens[first].start(), tokens[last].end()
                yield start, end, text[start:end]
    if unspaced(text):
        yield from _unspaced_runs(text)


def _names(tokens: Sequence[re.Match[str]], text: str, weights: Mapping[str, float]) -> list[bool]:
    """Which words look like a name, or a part of one."""
    mixed = text not in (text.lower(), text.upper())
    found = []
    for number, token in enumerate(tokens):
        word = token[0]
        weight = max((weights.get(part, 0.0) for part in terms(word)), default=0.0)
        first = number == 0 and word == word.capitalize()  # every sentence begins with a capital
        if any(map(str.isdigit, word)) or (mixed and word != word.lower() and not first):
            found.append(weight > 0)
        else:
            found.append(weight >= RARE and len(word) > 2 and not (mixed and not first))
    return found


def _unspaced_runs(text: str) -> Iterator[tuple[int, int, str]]:
    at = 0
    for piece in pieces_left(text):
        for run in re.findall(r"[^\W\d_a-zA-Z]+", piece):
            where = text.find(run, at) if run in text[at:] else at
            for first in range(len(run)):
                for size in range(min(LONGEST_UNSPACED, len(run) - first), 0, -1):
                    if size > 1 or len(run) == 1:
                        yield where + first, where + first + size, run[first : first + size]
            at = where + len(run)


def _called(key: str, indexes: Sequence[TextIndex]) -> dict[str, Called]:
    """Language → the article that is called `key`, in the order of their prominence."""
    found: list[tuple[bool, int, Called]] = []
    for number, index in enumerate(indexes):
        for row, rank in index.ranked(key, POOL):
            head = index.edition.head(row)
            own = title_key(head.title) == key
            found.append(
                (own, rank, Called(edition=number, row=row, title=head.title, language=head.language, own=own))
            )
    found.sort(key=lambda f: (not f[0], -f[1]))
    best: dict[str, Called] = {}
    for _, _, called in found:
        best.setdefault(called.language, called)
    return best


def _said(key: str, called: Mapping[str, Called], indexes: Sequence[TextIndex]) -> list[str]:
    """What may be said instead of the name `key`, the best first."""
    several = len({shard.analyser.name for index in indexes for shard in index.shards}) > 1
    titles: list[str] = []
    short: list[str] = []
    foreign: list[str] = []
    languages = set(called)
    for article in called.values():
        if not article.own and not _within(key, article.title):
            titles.append(article.title)
        elif not several:
            continue
        names = sorted(indexes[article.edition].edition.names(article.row)[1:], key=lambda name: (len(name), name))
        if article.title in titles and not _other_script(article.title, key):
            short += [name for name in names if _is_word(name) and not _other_script(name, key)][:MOST_ALIASES]
        for name in names[:MOST_NAMES] if several else ():
            for language, other in _called(title_key(name), indexes).items():
                if language not in languages:
                    languages.add(language)
                    titles.append(other.title)
        if several:
            foreign += [name for name in names if _other_script(name, key)][:1]
    if any(_other_script(title, key) for title in titles):
        foreign = []
    return [*titles, *foreign, *short]


def _within(key: str, title: str) -> bool:
    """Whether a title has all words of a name: "Chopin" needs no "Frédéric"."""
    return set(split_words(key)) <= set(split_words(title_key(title)))


def _is_word(name: str) -> bool:
    """Whether a name is more than a code or an abbreviation."""
    return len(name) > 3 and name != name.upper()


def _other_script(name: str, key: str) -> bool:
    """Whether one of them is in Latin letters and the other is not."""
    return (_SCRIPTS.search(name) is None) != (_SCRIPTS.search(key) is None)


def _words(names: Sequence[str], typed: Sequence[str]) -> tuple[str, ...]:
    """The words of names that are not typed, each once."""
    plain = [_DISAMBIGUATED.sub("", name) for name in names]
    several = [terms(name) for name in plain]
    words = dict.fromkeys(word for words in several if len(words) <= LONGEST_NAME for word in words)
    return tuple(word for word in words if word not in typed and (len(word) > 1 or not word.isascii()))
