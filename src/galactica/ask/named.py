"""Which articles does a question name, and which of their passages share most with it?

A name is a run of the question's words that is a title or an alias, the longest first; after these, one that is with
another ending (`base_forms`). A country may have its name in the language of the question, where the library has it by
its name in another (`languages.territories`). In scripts without spaces it is a run of letters."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain, islice

from galactica.ask.base_forms import as_titled, base_forms, forms_of_name, words_that_ask
from galactica.ask.holdings import Page
from galactica.ask.kinds import asked_languages
from galactica.ask.pieces import cut_pieces
from galactica.ask.properties import as_compared, properties
from galactica.ask.question import ReadQuestion
from galactica.ask.sought import WORD
from galactica.codes.han import PAIRS, TRIPLES, unspaced
from galactica.codes.letters import folded
from galactica.languages import facts, primary
from galactica.languages.known_names import called_elsewhere
from galactica.model import PassageHit

MOST_NAMES = 4
MOST_WORDS = 30
LONGEST = 6
"""Words of a name; letters of a usual one where words are not separated, but for two."""

LONGEST_RUN = 14
"""Letters of a long name where words are not separated ("アルベルト・アインシュタイン")."""

MOST_TRIED = 150
MOST_LETTERS = 500
"""Runs of words, and of letters, that are looked up; one takes 0.03 ms, where it is a name a fifth of a millisecond."""

MOST_INFLECTED = 150
"""Names with another ending that are looked up."""

SHORTEST_LOWER = 4
"""Letters of a single word in lower case that may be a name behind a common word; of another, five."""

MOST_LOOKED_AT = 80
"""Passages of one article that are compared with a question: 15 ms."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Named:
    """A name in a question.

    Attributes:
        name: as it stands there, or without its ending, or as the library calls the same country.
        place: (edition, id) of the article.
        stands: as it stands there.
    """

    name: str
    place: tuple[str, bytes]
    stands: str = ""


def named_in(
    asked: ReadQuestion,
    titled: Callable[[str], tuple[str, bytes] | None],
    usual: Callable[[str], str] = lambda name: name,
) -> tuple[Named, ...]:
    """The articles that a question names, at most `MOST_NAMES`, no name inside another.

    Args:
        titled: (edition, id) of the article with a title or alias.
        usual: what the library calls the country of a name; the name itself for anything else.
    """
    question = asked.text
    without = _UNSPACED.sub(" ", question)
    words = [match.span() for match in WORD.finditer(without)][:MOST_WORDS]
    worded = _runs_of_words(question, words, asked.quiet, asked.language)[:MOST_TRIED]
    letters = _runs_of_letters(question, without)[:MOST_LETTERS] if unspaced(question) else []
    found: list[Named] = []
    taken: list[tuple[int, int]] = []
    tries = ((start, end, question[start:end]) for start, end in [*worded, *letters])
    for start, end, name in chain(tries, _inflected(question, worded, asked.language)):
        if len(found) >= MOST_NAMES:
            break
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        called = usual(name)
        place = titled(called)
        if place is not None:
            taken.append((start, end))
            found.append(Named(name=called, place=place, stands=question[start:end]))
    return tuple(found)


def _inflected(question: str, spans: Sequence[tuple[int, int]], language: str) -> Iterator[tuple[int, int, str]]:
    """What runs of words may be without their endings, or as titles have what is typed in lower case, at most
    `MOST_INFLECTED` of both."""
    several = (
        (start, end, form)
        for start, end in spans
        for form, titled in forms_of_name(question[start:end], language)
        if titled or question[start].isupper() or question[start].isdigit() or called_elsewhere(form, language, ("en",))
    )
    yield from islice(several, MOST_INFLECTED)


def called_besides(name: str, language: str, languages: Sequence[str]) -> Iterator[str]:
    """What a library may call what a question names: the name without its ending, or without the word for what it is,
    the country of that name.

    Args:
        language: of the question.
        languages: of the library.
    """
    forms = base_forms(name, language)
    if name[:1].isupper() or name[:1].isdigit() or "'" in name or "’" in name:
        yield from forms
    yield from as_titled(name, language)
    yield from _without_sort(name, language)
    yield from (each for form in (name, *forms) for each in called_elsewhere(form, language, languages))


def _without_sort(name: str, language: str) -> Iterator[str]:
    """A name without the noun before it that says what it is: "emperor elagabalus", "the planet mars"; not without one
    for what belongs to it, in languages that say so by order alone ("عاصمة بولندا", Poland's capital)."""
    known = asked_languages().get(primary(language))
    first, _, rest = name.partition(" ")
    if known is not None and known.spaced and first == first.lower() and rest and folded(first) in known.nouns:
        owned = facts(primary(language))["questions"].get("genitive", False)
        if not (owned and as_compared(first, language) in _property_names(primary(language))):
            yield rest


@cache
def _property_names(language: str) -> frozenset[frozenset[str] | str]:
    """What properties are called and asked by in a language, as compared, each whole."""
    return frozenset(way for each in properties() for way in each.phrases.get(language, ()))


_UNSPACED = re.compile(f"[{PAIRS}{TRIPLES}]")


def partly_named(question: str, hits: Sequence[PassageHit]) -> tuple[Named, ...]:
    """The first article among those found whose title has a capitalised word of a question ("Chopin")."""
    words = [match[0] for match in WORD.finditer(question) if match.start() and match[0][:1].isupper()]
    names = {folded(word): word for word in words}
    for hit in hits:
        for word in WORD.findall(folded(hit.title)):
            if word in names:
                return (Named(name=names[word], place=(hit.edition, hit.id)),)
    return ()


def best_passages(page: Page, keys: frozenset[str], *, most: int) -> list[PassageHit]:
    """The passages of an article that share most with a question, best first; those that share nothing are left out."""
    scored = []
    spans = list(zip(page.starts, page.ends, strict=True))[:MOST_LOOKED_AT]
    for number, (start, end) in enumerate(spans):
        shared = len(keys & keys_of(page.text[start:end], page.article.language))
        if shared:
            scored.append((-shared, number))
    return [passage_of(page, number) for _, number in sorted(scored)[:most]]


def passage_of(page: Page, number: int) -> PassageHit:
    """A passage of an article that is open."""
    start, end = page.starts[number], page.ends[number]
    article = page.article
    return PassageHit(
        edition=page.edition,
        id=article.id,
        title=article.title,
        language=article.language,
        source=article.source,
        path=article.path,
        passage=number,
        start=start,
        end=end,
        text=page.text[start:end],
        score=0.0,
    )


def keys_of(text: str, language: str) -> set[str]:
    """What the words of a text are compared by, the common ones left out."""
    pieces = cut_pieces(text, language)
    return {key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common}


def _runs_of_words(
    question: str, spans: list[tuple[int, int]], common: frozenset[str], language: str
) -> list[tuple[int, int]]:
    """(start, end) of runs of words that may be a name, the longest first: none begins or ends with a common word (but
    for a capital at its beginning), and a single word begins with a capital, a digit or a letter that has none, or is
    long enough for a term; a shorter one stands where names do, behind a common word or first."""
    known = asked_languages().get(primary(language))
    lower = known is not None and bool(known.articles) and question[1:] == question[1:].lower()
    quiet = [folded(question[start:end]) in common for start, end in spans]
    runs = []
    for size in range(min(LONGEST, len(spans)), 0, -1):
        for first in range(len(spans) - size + 1):
            last = first + size - 1
            start, end = spans[first][0], spans[last][1]
            word = question[start:end]
            opens = first > 0 and size > 1 and word[0].isupper()  # "The Elm", a novel
            if (quiet[first] and not opens) or quiet[last]:
                continue
            if size == 1 and word[0] != word[0].title() and len(word) < 5:  # Georgian has no capitals in texts
                alone = lower and len(word) >= SHORTEST_LOWER and folded(word) not in words_that_ask(primary(language))
                if not alone or not (first == 0 or quiet[first - 1]):
                    continue
            runs.append((start, end))
    return runs


def _runs_of_letters(question: str, without: str) -> list[tuple[int, int]]:
    """The same where words are not separated: runs of up to `LONGEST_RUN` to 2 letters, with what joins the parts of a
    name between them ("レフ・トルストイ"); those of more than 8 have such a sign, or no Han letter.

    Args:
        without: the question with blanks for the letters of scripts that do not separate words.
    """
    kinds = "".join(map(_kind, question[: 2 * MOST_WORDS]))
    found = []
    for size in range(LONGEST_RUN, 1, -1):
        for start in range(len(kinds) - size + 1):
            end = start + size
            kind = kinds[start:end]
            if " " in kind or kind[0] in ".^" or kind[-1] == "." or kinds[end : end + 1] == "^":
                continue
            if size > LONGEST + 2 and "h" in kind and "." not in kind:
                continue
            if question[start:end] != without[start:end]:
                found.append((start, end))
    return found


def _kind(sign: str) -> str:
    """ "a" for a letter, "h" for a Han letter, "^" for a mark on one, "." for what joins names, " " for all else."""
    if sign.isalnum():
        return "h" if "\u3400" <= sign <= "\u9fff" else "a"
    return "^" if unicodedata.category(sign)[0] == "M" else "." if sign in "·・･" else " "
