"""A query as it was probably meant: what was typed, put right by what the editions have, with the weights of its words.

1. Words of another language than the library's are translated (`translating`).
2. Names that are mistyped are put right (`named`).
3. Words that no article has are corrected (`spelling`); of a rare word, the likelier spelling is looked for besides.
   The query with all of that put right is offered.
4. Words that only ask count less; other names and other ways to write a number are looked for too (`wording`).

What was done, and which words are in no article, is told to the person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from galactica.codes.han import unspaced
from galactica.languages import name_of
from galactica.model.said import said
from galactica.search import rank, spelling
from galactica.search.asking import asking
from galactica.search.named import NameMeant, named
from galactica.search.query import WORD, ParsedQuery, Word, lowered, plainly, understand
from galactica.search.rank import Weighted
from galactica.search.store import TextIndex
from galactica.search.translating import Translation, in_own_words, translations
from galactica.search.wording import worded


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A query as it was understood.

    Attributes:
        typed: as it was typed.
        meant: with its names put right and corrected where a word of it is nowhere: what is looked for.
        weights: of its words, the typed ones first.
        corrected: the query as it was probably meant, "" where nothing looks mistyped.
        notes: for the person.
    """

    typed: ParsedQuery
    meant: ParsedQuery
    weights: tuple[Weighted, ...]
    corrected: str
    notes: tuple[str, ...]


def understood(
    query: str, indexes: Sequence[TextIndex], *, language: str = "", source: str = "", interface: str = ""
) -> Understood:
    """A query as editions with these indexes take it; nothing that can be typed raises.

    Args:
        query: see `query` for what may be said in it.
        indexes: of words, of all the editions that are searched.
        language, source: restrict to a language tag, a source's key.
        interface: the language in which the person uses the library, a tag; "" where it is not known.
    """
    question = understand(query, language=language, source=source)
    weights = rank.weigh(question.words, indexes)
    foreign = translations(question, weights, indexes, interface)
    if foreign:
        return _translated(question, foreign, indexes)
    names = named(question, weights, asking(question) | _held(question, indexes, spelled=False), indexes)
    text = _with_names(question.text, names)
    typed = question
    if names:
        question = understand(text, language=language, source=source)
        weights = rank.weigh(question.words, indexes)
    meant, held = question, _held(question, indexes)
    corrections = spelling.correct(question, weights, indexes, held)
    corrected = spelling.put_right(text, corrections) if corrections else text if names else ""
    unknown = {w.word.text for w in weights if not w.known} - asking(question) - held
    # A word that no article has finds nothing, one that was probably meant does no harm; others stay as they are.
    nowhere = {typed: better for typed, better in corrections.items() if unknown.intersection(typed.split(" "))}
    if nowhere:
        meant = understand(spelling.put_right(question.text, nowhere), language=language, source=source)
        weights = rank.weigh(meant.words, indexes)
    rare = {typed: better for typed, better in corrections.items() if typed not in nowhere}
    wording = worded(meant, weights, indexes, rare)
    read = (
        said("read-as", "“{typed}” was read as “{meant}”.", typed=each.typed[:60], meant=each.meant[:60])
        for each in names
    )
    notes = (
        *question.notes,
        *read,
        *_remarks(question, nowhere, unknown, weights),
        *wording.notes,
    )
    return Understood(typed=typed, meant=meant, weights=wording.weights, corrected=corrected, notes=notes)


def _translated(question: ParsedQuery, nouns: Sequence[Translation], indexes: Sequence[TextIndex]) -> Understood:
    """A query with its nouns of another language as the library has them, without small words of that language."""
    own = understand(plainly(in_own_words(question.plain_text, nouns)))
    meant = replace(own, text=question.text, languages=question.languages, sources=question.sources)
    wording = worded(meant, rank.weigh(own.words, indexes), indexes, translated=[each.instead for each in nouns])
    notes = (*question.notes, *map(_translation, nouns), *wording.notes)
    if nouns[0].alone:
        return Understood(typed=meant, meant=meant, weights=wording.weights, corrected="", notes=notes)
    # The vectors of both languages lie near each other, so that meaning needs no other words.
    meant = replace(meant, plain_text=question.plain_text)
    return Understood(typed=question, meant=meant, weights=wording.weights, corrected="", notes=notes)


def _translation(noun: Translation) -> str:
    return said(
        "translated",
        "“{run}” ({language}): “{said}” was looked for.",
        run=noun.run[:60],
        language=name_of(noun.language),
        said=noun.said[0],
    )


def _held(question: ParsedQuery, indexes: Sequence[TextIndex], *, spelled: bool = True) -> frozenset[str]:
    """The words of a question that some article has as one, or `spelled` out, if not as they are."""
    joined = [each for each in question.joined if spelled or len(each.typed) > 1]
    several = rank.weigh([Word(text=each.said[0]) for each in joined], indexes)
    found = (each.typed for each, weighted in zip(joined, several, strict=True) if weighted.known)
    return frozenset(part for typed in found for part in typed)


def _with_names(text: str, names: Iterable[NameMeant]) -> str:
    """A query with the names in it as they were meant, without what would say something else in a query."""
    for each in names:
        text = text.replace(each.typed, plainly(each.meant), 1)
    return text


def _remarks(
    question: ParsedQuery, corrections: dict[str, str], unknown: set[str], weights: Sequence[Weighted]
) -> Iterator[str]:
    """What the person should know about the words of the question."""
    written = {lowered(word): word.lower() for word in WORD.findall(question.plain_text)}
    for typed, better in corrections.items():
        word = written.get(typed, typed)[:60]
        yield said(
            "looked-for-instead", "No article has “{typed}”; “{better}” was looked for.", typed=word, better=better
        )
    lost = sorted(unknown.difference(*(typed.split(" ") for typed in corrections)))
    lost = [word for word in lost if not unspaced(word)]  # n-grams are no words
    negative = {word.text for word in question.words if word.negative}
    if lost and (shown := [word for word in lost if word not in negative][:5]):
        named = [f"“{written.get(word, word)[:60]}”" for word in shown]
        yield said("no-article-has", "No article has {words}.", words=named)
    if question.words and all(word.negative for word in question.words) and not question.phrases:
        yield said("only-left-out", "Only words to leave out were named: name one to look for.")
    positive = [w for w in weights if not w.word.negative]
    if positive and all(w.stop for w in positive):
        yield said("everywhere", "These words are in nearly every article and were looked for in titles only.")
