"""What a library calls the things of another language's nouns, and which nouns are its own."""

from __future__ import annotations

from collections.abc import Container, Sequence

from galactica.codes.letters import prepare
from galactica.languages import primary
from galactica.languages.lexicon import Concept, concepts_called
from galactica.search import rank
from galactica.search.nouns import noun_concepts, place_in
from galactica.search.query import Word, terms
from galactica.search.store import TextIndex

MOST_SAID = 4
"""Words of the library's that are looked for instead of one."""

RARER = 8
"""How many times as many articles must have the library's own word as one in plain letters that was typed alone: it
may be a name."""

AT_HOME = 0.02
"""The share of a library's articles from which it has a language."""


def words_here(run: str, language: str, here: Sequence[str], indexes: Sequence[TextIndex]) -> tuple[str, ...]:
    """What the library calls the thing of a noun; nothing where the noun is the library's own, for the same or another
    thing."""
    meant = noun_concepts(run, language)
    if any(concepts_called(run, each) for each in here):
        return ()
    said = _said(run, language, meant, here, indexes)
    return () if run.lower() in map(str.lower, said) else said


def _said(
    run: str, language: str, concepts: Sequence[Concept], here: Sequence[str], indexes: Sequence[TextIndex]
) -> tuple[str, ...]:
    """What the library calls some things, the word first that is looked for: in the language of which it has most, for
    what the noun usually means; then a word by itself rather than a phrase, and what most articles tell of. The first
    word of each other language of the library comes next."""
    several: list[tuple[tuple[int, int, int], list[str]]] = []
    for concept in concepts:
        known = [[word for word in concept.get(each, ()) if _articles(word, indexes)] for each in here]
        # "cotton" of "cotton plant": a second word only makes a title precise.
        heads = [min(words, key=lambda word: len(terms(word))) for words in known if words]
        if heads:
            words = list(dict.fromkeys([*heads, *(word for words in known for word in words)]))
            key = (place_in(concept, run, language), len(terms(words[0])), -_articles(words[0], indexes))
            several.append((key, words))
    several.sort(key=lambda pair: pair[0])
    heads = [words[0] for _, words in several]
    rest = [word for _, words in several for word in words[1:]]
    others = max(1, len(here) - 1)
    return tuple(dict.fromkeys([*heads[:1], *rest[:others], *heads[1:], *rest[others:]]))[: MOST_SAID + others - 1]


def may_be_name(run: str, said: str, common: Container[str], indexes: Sequence[TextIndex]) -> bool:
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


def languages_held(indexes: Sequence[TextIndex], wanted: Sequence[str]) -> tuple[str, ...]:
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


def _articles(run: str, indexes: Sequence[TextIndex]) -> int:
    """In how many articles the rarest word of a run is."""
    several = rank.weigh([Word(text=text) for text in terms(run)], indexes)
    return min((each.articles + each.titles for each in several if not each.stop), default=0)
