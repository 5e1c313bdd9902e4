"""Words of another language than the library's: "волк" finds the wolf of an English library.

What common things are called stands in `languages.lexicon`. The language that has the most words of a query, as nouns
or as small words ("la guerra civil"), is the query's where it has all of them, or where the query is in no language of
the library by its small words. A word that is a common noun of the library's own language is none of another's.

1. Where one noun is all that is asked, and the library has no article of that title,
   the query is read in the library's own words, so that titles, words and meaning find as if those had been typed.
2. Else what the library calls the things is looked for besides.
3. A word in plain letters that many articles have is the library's own ("safari" is a journey in Swahili), as is
   what is a title ("los angeles"); only small words of a language around it say something else.

Words are compared as they are written, without accents, and by their stems in languages that have a stemmer. Nothing
that can be typed raises.
"""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass

from galactica.codes.han import unspaced
from galactica.codes.letters import prepare, title_key, unaccented
from galactica.languages import guess, primary, script_of, shared_script, small_words
from galactica.languages.lexicon import LEXICON_LANGUAGES, Concept, concepts_called
from galactica.search import rank
from galactica.search.nouns import ReadAs, Span, noun_concepts, place_in, read_as
from galactica.search.query import WORD, Instead, ParsedQuery, Word, terms
from galactica.search.rank import Weighted
from galactica.search.store import TextIndex, common_from

MOST_TOKENS = 24
"""Words of a query that is looked at."""

MOST_TRANSLATED = 6
"""Nouns of one query that are translated."""

MOST_SAID = 4
"""Words of the library's that are looked for instead of one."""

SMALL_WORDS = 2
"""Small words of a language that tell that a query is in it, of whose other words not all are known; one of them is
enough where a word is in no article ("los" of "los angeles" tells nothing)."""

SEVERAL = 3
"""Articles from which a word that is typed alone is no form of a noun."""

MOST_TITLES = 20
"""Titles of one key that are looked at."""

RARER = 8
"""How many times as many articles must have the library's own word as one in plain letters that was typed alone: it
may be a name."""

_WORD = re.compile(rf"{WORD.pattern}(?:[\u0640\u064b-\u065f\u0670]+(?:{WORD.pattern})?)*")
"""A word with the vowel signs that Arabic may be written with."""

AT_HOME = 0.02
"""The share of a library's articles from which it has a language."""


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
    tokens = [match.span() for match in _WORD.finditer(text)]
    if question.phrases or not 0 < len(tokens) <= MOST_TOKENS or text.isnumeric():
        return ()
    if any(word.negative or word.title_only for word in question.words) or _is_name(text, tokens):
        return ()
    here = _languages(indexes, question.languages)
    guessed = primary(guess(text))
    if guessed in here:
        return ()
    least = common_from(indexes)
    common = {each.word.text for each in weights if each.articles >= least}
    script = script_of(text)
    other_script = not any(_written(each, script) for each in here)
    titled = _titled(text, indexes)
    if titled and not other_script:
        return ()
    languages = [each for each in LEXICON_LANGUAGES if each not in here and _written(each, script)]
    # A form of a noun is typed alone where the word says nothing else here: "ragnar" is none of "ragno" in Italian.
    taken = common if len(tokens) > 1 else {each.word.text for each in weights if each.articles >= SEVERAL}
    read = [read_as(text, tokens, each, taken=taken, stems=not titled) for each in languages]
    own = primary(interface) if interface else guessed
    best = max(read, key=lambda each: (each.whole, each.covered, each.exact, each.language == own), default=None)
    if best is not None and not best.whole:
        unknown = any(not each.known for each in weights)
        best = next((each for each in read if each.language == guessed and _tells(each, other_script, unknown)), None)
    if best is None or not best.nouns:
        return ()
    sure = best.small >= SMALL_WORDS or (best.whole and len(tokens) > 1 and guessed == best.language)
    sure = sure or (bool(interface) and best.language == own and best.exact > 0)
    alone = best.whole and len(best.nouns) == 1 and not titled
    found = []
    for start, end in best.nouns[:MOST_TRANSLATED]:
        said = _own_words(text[start:end], best.language, here, indexes)
        if said and (sure or not _may_be_name(text[start:end], said[0], common, indexes)):
            found.append(Translation(run=text[start:end], language=best.language, said=said, alone=alone))
    return tuple(found)


def _own_words(run: str, language: str, here: Sequence[str], indexes: Sequence[TextIndex]) -> tuple[str, ...]:
    """What the library calls the thing of a noun; nothing where the noun is the library's own, for the same or another
    thing."""
    meant = noun_concepts(run, language)
    if any(concepts_called(run, each) for each in here):
        return ()
    said = _said(run, language, meant, here, indexes)
    return () if run.lower() in map(str.lower, said) else said


def _tells(read: ReadAs, other_script: bool, unknown: bool) -> bool:
    """Whether a query is in a language of which not all of its words are known.

    Args:
        other_script: than the library's.
        unknown: whether a word of the query is in no article.
    """
    return other_script or read.small >= SMALL_WORDS or (read.small > 0 and unknown)


def _is_name(text: str, tokens: Sequence[Span]) -> bool:
    """Whether a query looks like a name: several words, all with capitals ("La Paz")."""
    return len(tokens) > 1 and all(text[start].isupper() for start, _ in tokens)


def in_own_words(text: str, nouns: Sequence[Translation]) -> str:
    """A text with some of its nouns as the library has them, without the small words of their language; of what is
    nothing else, that noun."""
    if nouns[0].alone:
        return nouns[0].said[0]
    small = small_words(nouns[0].language)
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


def _may_be_name(run: str, said: str, common: Container[str], indexes: Sequence[TextIndex]) -> bool:
    """Whether a noun in plain letters is in too many articles to be one of another language; a word that the library's
    own analysers take for the translation ("pyramide") is it."""
    if not run.isascii():
        return False
    typed = terms(run)
    if len(typed) == 1 and typed[0] in common:
        return True
    same = any(
        shard.analyser.terms(prepare(run)) == shard.analyser.terms(prepare(said))
        for index in indexes
        for shard in index.shards
    )
    return not same and _articles(said, indexes) < RARER * _articles(run, indexes)


def _languages(indexes: Sequence[TextIndex], wanted: Sequence[str]) -> tuple[str, ...]:
    """The languages of a library, primary tags, that with most articles first; of those asked for, where some are."""
    counts: dict[str, int] = {}
    for index in indexes:
        for tag, articles in index.edition.statement.languages:
            counts[primary(tag)] = counts.get(primary(tag), 0) + articles
    least = AT_HOME * sum(counts.values())
    asked = {primary(each) for each in wanted}
    return tuple(
        sorted(
            (each for each in counts if counts[each] >= least and each in (asked or counts)),
            key=lambda each: (-counts[each], each),
        )
    )


def _written(language: str, script: str) -> bool:
    """Whether a language is written in a script (`script_of`)."""
    return (shared_script(language) or language) == script or (language == "ja" and script == "zh")


def _said(
    run: str, language: str, concepts: Sequence[Concept], here: Sequence[str], indexes: Sequence[TextIndex]
) -> tuple[str, ...]:
    """What the library calls some things, the word first that is looked for: in the language of which it has most, for
    what the noun usually means; then a word by itself rather than a phrase, and what most articles tell of."""
    several: list[tuple[tuple[int, int, int], list[str]]] = []
    for concept in concepts:
        words = [word for each in here for word in concept.get(each, ()) if _articles(word, indexes)]
        own = [word for word in words if word in concept.get(here[0], ())] or words
        if words:
            # "cotton" of "cotton plant": a second word only makes a title precise.
            words = list(dict.fromkeys([min(own, key=lambda word: len(terms(word))), *words]))
            key = (place_in(concept, run, language), len(terms(words[0])), -_articles(words[0], indexes))
            several.append((key, words))
    several.sort(key=lambda pair: pair[0])
    heads = [words[0] for _, words in several]
    rest = [word for _, words in several for word in words[1:]]
    return tuple(dict.fromkeys([*heads[:1], *rest[:1], *heads[1:], *rest[1:]]))[:MOST_SAID]


def _articles(run: str, indexes: Sequence[TextIndex]) -> int:
    """In how many articles the rarest word of a run is."""
    several = rank.weigh([Word(text=text) for text in terms(run)], indexes)
    return min((each.articles + each.titles for each in several if not each.stop), default=0)
