"""Words of another language than the library's: "волк" finds the wolf of an English library.

What common things are called stands in `languages.lexicon`. The language that has the most words of a query, as nouns
or as small words ("la guerra civil"), is the query's where it has all of them, or where the query is in no language of
the library by its small words. A word that is a common noun of the library's own language is none of another's.

1. Where one noun is all that is asked, and the library has no article of that title,
   the query is read in the library's own words, so that titles, words and meaning find as if those had been typed.
2. Else what the library calls the things is looked for besides.
3. A noun that stands beside the library's own word for the thing ("волк wolf") says nothing more than that word.
4. A word in plain letters that many articles have is the library's own ("safari" is a journey in Swahili), as is
   what is a title ("los angeles"); only small words of a language around it say something else.

Words are compared as they are written, without accents, as forms of a noun (`languages.inflected`), and by their stems
in languages that have a stemmer. Nothing that can be typed raises.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from galactica.codes.han import unspaced
from galactica.codes.letters import title_key, unaccented
from galactica.languages import guess, primary, script_of, scripts_in, shared_script, small_words
from galactica.languages.inflected import words_beside
from galactica.languages.lexicon import LEXICON_LANGUAGES
from galactica.search.nouns import ReadAs, Span, read_as
from galactica.search.query import WORD, Instead, ParsedQuery, terms
from galactica.search.rank import Weighted
from galactica.search.store import TextIndex, common_from
from galactica.search.words_here import languages_held, may_be_name, words_here

MOST_TOKENS = 24
"""Words of a query that is looked at."""

MOST_TRANSLATED = 6
"""Nouns of one query that are translated."""

SMALL_WORDS = 2
"""Small words of a language that tell that a query is in it, of whose other words not all are known; one of them is
enough where a word is in no article ("los" of "los angeles" tells nothing)."""

SEVERAL = 3
"""Articles from which a word that is typed alone is no form of a noun."""

MOST_TITLES = 20
"""Titles of one key that are looked at."""

_WORD = re.compile(rf"{WORD.pattern}(?:[\u0640\u064b-\u065f\u0670]+(?:{WORD.pattern})?)*")
"""A word with the vowel signs that Arabic may be written with."""

LATIN = "Latin"
"""As `script_of` says it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Translation:
    """A noun of a query that is of another language.

    Attributes:
        run: it, as it was typed.
        language: it is of, a primary tag.
        said: what the library may call it, the word first that is looked for.
        alone: whether the query is read as nothing but these words.
    """

    run: str
    language: str
    said: tuple[str, ...]
    alone: bool

    @property
    def instead(self) -> Instead:
        """What may stand in a text instead of the library's first word: its others, and what was typed."""
        words = dict.fromkeys(word for each in (*self.said[1:], self.run) for word in terms(each))
        return Instead(typed=tuple(terms(self.said[0])), said=tuple(words))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Typed:
    """What was typed, as a library sees it.

    Attributes:
        tokens: its words.
        here: the library's languages.
        guessed: the language that its small words tell.
        own: that of the reader's pages, where it is known, else the guessed one.
        at_home: whether the former is known.
        common: words that many articles have.
        taken: words that are no form of a noun of another language.
        unknown: whether a word is in no article.
        titled: whether an article is called so.
        strange: whether it is in letters in which nothing of the library is written; Latin ones are written everywhere.
    """

    text: str
    tokens: tuple[Span, ...]
    here: tuple[str, ...]
    guessed: str
    own: str
    at_home: bool
    common: frozenset[str]
    taken: frozenset[str]
    unknown: bool
    titled: bool
    strange: bool


def translations(
    question: ParsedQuery, weights: Sequence[Weighted], indexes: Sequence[TextIndex], interface: str = ""
) -> tuple[Translation, ...]:
    """The nouns of a query that are of another language, in their order; none where phrases or words to leave out are
    asked for.

    Args:
        weights: of its words, from `rank.weigh`.
        indexes: of the library.
        interface: the language in which the person uses the library, a tag; "" where it is not known.
    """
    text = question.plain_text
    tokens = tuple(match.span() for match in _WORD.finditer(text))
    if question.phrases or not 0 < len(tokens) <= MOST_TOKENS or text.isnumeric():
        return ()
    if any(word.negative or word.title_only for word in question.words) or _is_name(text, tokens):
        return ()
    typed = _typed(question, tokens, weights, indexes, interface)
    if typed.guessed in typed.here or (typed.titled and not typed.strange):
        return ()
    read = _read(typed)
    return _twice(typed, read, indexes) or _nouns(typed, _best(typed, read), indexes)


def _typed(
    question: ParsedQuery,
    tokens: tuple[Span, ...],
    weights: Sequence[Weighted],
    indexes: Sequence[TextIndex],
    interface: str,
) -> _Typed:
    text, here = question.plain_text, languages_held(indexes, question.languages)
    guessed = primary(guess(text))
    least = common_from(indexes)
    common = frozenset(each.word.text for each in weights if each.articles >= least)
    # A form of a noun is typed alone where the word says nothing else here: "ragnar" is none of "ragno" in Italian.
    fewest = least if len(tokens) > 1 else SEVERAL
    script = script_of(text)
    return _Typed(
        text=text,
        tokens=tokens,
        here=here,
        guessed=guessed,
        own=primary(interface) if interface else guessed,
        at_home=bool(interface),
        common=common,
        taken=frozenset(each.word.text for each in weights if each.articles >= fewest),
        unknown=any(not each.known for each in weights),
        titled=_titled(text, indexes),
        strange=script != LATIN and not any(_written(each, script) for each in here),
    )


def _read(typed: _Typed) -> list[ReadAs]:
    """What was typed as one of each language that is written in its letters, those of most of them first."""
    scripts = sorted(scripts_in(typed.text), key=lambda each: (each != script_of(typed.text), each))
    languages = dict.fromkeys(
        each for script in scripts for each in LEXICON_LANGUAGES if each not in typed.here and _written(each, script)
    )
    return [
        read_as(
            typed.text,
            typed.tokens,
            each,
            taken=() if typed.at_home and each == typed.own else typed.taken,
            forms=not typed.titled,
        )
        for each in languages
    ]


def _best(typed: _Typed, several: Sequence[ReadAs]) -> ReadAs | None:
    """The language that a query is in, as it was read; None where that is not known."""
    script = script_of(typed.text)
    read = [each for each in several if _written(each.language, script)]
    best = max(
        read,
        key=lambda each: (each.whole, each.covered, each.formed, each.exact, each.language == typed.own),
        default=None,
    )
    if best is not None and not best.whole:
        return next((each for each in read if each.language == typed.guessed and _tells(each, typed)), None)
    return best


def _nouns(typed: _Typed, best: ReadAs | None, indexes: Sequence[TextIndex]) -> tuple[Translation, ...]:
    """The nouns of a query in a language."""
    if best is None:
        return ()
    sure = best.small >= SMALL_WORDS or (best.whole and len(typed.tokens) > 1 and typed.guessed == best.language)
    sure = sure or (typed.at_home and best.language == typed.own and best.formed > 0)
    alone = best.whole and len(best.nouns) == 1 and not typed.titled
    found = []
    for start, end in best.nouns[:MOST_TRANSLATED]:
        run = typed.text[start:end]
        said = words_here(run, best.language, typed.here, indexes)
        if said and (sure or not may_be_name(run, said[0], typed.common, indexes)):
            found.append(Translation(run=run, language=best.language, said=said, alone=alone))
    return tuple(found)


def _twice(typed: _Typed, read: Sequence[ReadAs], indexes: Sequence[TextIndex]) -> tuple[Translation, ...]:
    """The noun of a query that says one thing in two languages, the library's and another ("волк wolf")."""
    for each in read:
        rest = [(start, end) for start, end in typed.tokens if (start, end) not in each.nouns]
        if len(each.nouns) != 1 or not rest or len(rest) == len(typed.tokens):
            continue
        start, end = each.nouns[0]
        other = " ".join(typed.text[first:last] for first, last in rest).lower()
        said = words_here(typed.text[start:end], each.language, typed.here, indexes)
        if other in map(str.lower, said):
            said = tuple(dict.fromkeys([other, *said]))
            return (Translation(run=typed.text[start:end], language=each.language, said=said, alone=True),)
    return ()


def _tells(read: ReadAs, typed: _Typed) -> bool:
    """Whether a query is in a language of which not all of its words are known."""
    return typed.strange or read.small >= SMALL_WORDS or (read.small > 0 and typed.unknown)


def _is_name(text: str, tokens: Sequence[Span]) -> bool:
    """Whether a query looks like a name: several words, all with capitals ("La Paz")."""
    return len(tokens) > 1 and all(text[start].isupper() for start, _ in tokens)


def in_own_words(text: str, nouns: Sequence[Translation]) -> str:
    """A text with some of its nouns as the library has them, without the small words of their language; of what is
    nothing else, that noun."""
    if nouns[0].alone:
        return nouns[0].said[0]
    small = small_words(nouns[0].language) | words_beside(nouns[0].language)
    parts, at = [], 0
    for noun in nouns:
        start = text.index(noun.run, at)
        parts += [*_without(text[at:start], small), noun.said[0]]
        at = start + len(noun.run)
    return " ".join([*parts, *_without(text[at:], small)])


def _without(text: str, small: Container[str]) -> list[str]:
    return [text] if unspaced(text) else [word for word in WORD.findall(text) if unaccented(word) not in small]


def _titled(text: str, indexes: Sequence[TextIndex]) -> bool:
    """Whether an article is called so, with the same accents: "Bar" is no "Bär"."""
    names = (title.name for index in indexes for title in index.titles(title_key(text), MOST_TITLES))
    return any(name.lower() == text.lower() for name in names)


def _written(language: str, script: str) -> bool:
    """Whether a language is written in a script (`script_of`)."""
    return (shared_script(language) or language) == script or (language == "ja" and script == "zh")
