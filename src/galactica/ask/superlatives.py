"""The most of its kind: "Which country has the most neighbours?", answered by a sentence that says so of one thing.

Question and sentence are compared as what is compared ("largest", "biggest" and "largest by area" are one) and what
narrows it (a country, in Africa). A sentence answers where both are the same and nothing else stands between the verb
and the first comma: "the second largest", "one of the largest", "the largest landlocked country" are other things. The
answer is the sentence's subject, which has to be a name; nothing is computed. Of a language that is not in
`superlatives.toml` nothing is told.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from galactica.ask.asked import Asked
from galactica.ask.evidence import sentence_spans
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.question import ReadQuestion
from galactica.ask.stated_value import OfClaims, Stated, made
from galactica.ask.superlative_words import WHATS, Most, most_apposed, most_said, superlative_words
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import PassageHit

LONGEST_QUESTION = 120
"""Characters of a question that may ask for the most of a kind."""

LONGEST_SENTENCE = 400
"""Characters of a sentence that may say so."""

MOST_PAGES = 12
"""Articles whose beginning is looked at."""

LEAD = 4_000
"""Characters of the beginning of an article."""

APPOSED = 0.75
"""How likely it is right where it is said beside a name: a guess from the questions that were looked at."""

MOST_LOOKED_UP = 120
"""Titles that are made of a phrase and a word of the question ("largest country") and looked up."""


def superlative(asked: Asked, hits: Sequence[PassageHit]) -> list[Stated]:
    """Sentences that say which is the most of what a question asks for, best first; mostly none."""
    question = asked.question.plain
    wish = question.most
    if len(question.text) > LONGEST_QUESTION or question.kind in _OTHER:
        return []
    if wish is None or not wish.narrowed:
        return []
    found: dict[tuple[str, str], Stated] = {}
    for page in _pages(asked, hits, wish):
        for one in (*_in_page(page, wish), *_beside_names(page, wish, hits)):
            found.setdefault(
                (page.article.source, one.hit.text[one.start - one.hit.start : one.end - one.hit.start]), one
            )
    return list(found.values())


_OTHER = frozenset((Kind.YES_NO, Kind.REASON, Kind.MANNER, Kind.DATE, Kind.NUMBER, Kind.MEASURE))
"""Kinds of question in which the most of a kind is only part of what is asked."""


def says_most(question: ReadQuestion, said: str, language: str) -> bool:
    """Whether a sentence says of anything that it is the most of what a question compares; True where that cannot be
    told, because the question compares nothing or a language is not known."""
    wish, parsed = question.most, superlative_words().get(primary(language))
    own = superlative_words().get(primary(question.language))
    if wish is not None and parsed is not None and primary(question.language) == primary(language):
        several = (most_said(said[start:end], language, parsed) for start, end in sentence_spans(said))
        told_of = [found[0] for found in several if found is not None]
        if told_of and wish not in told_of:
            return False
    if own is None or parsed is None:
        return True
    if primary(question.language) == "en":  # its reader says by itself when a sentence speaks of something else
        return True
    plain = WHATS.sub(" ", folded(fold_han(question.text)))
    asked = {dict(own.phrases)[" ".join(match[0].split())] for match in own.pattern.finditer(plain)}
    plain = folded(fold_han(said))
    told = {dict(parsed.phrases)[" ".join(match[0].split())] for match in parsed.pattern.finditer(plain)}
    return not asked or bool(asked & told)


def _pages(asked: Asked, hits: Sequence[PassageHit], wish: Most) -> Iterator[Page]:
    """Articles that are called as what is asked for ("Largest country"), and those among the hits."""
    places: dict[tuple[str, bytes], None] = {}
    question = asked.question.plain
    known = superlative_words()[primary(question.language)]
    words = question.pieces.words if isinstance(wish.narrowed, frozenset) else [wish.narrowed]
    joint = " " if isinstance(wish.narrowed, frozenset) else "的"
    names = [name for word in words if word not in question.quiet for name in (word, f"{word}s")]
    names += [phrase for phrase, of in known.phrases if of == wish.of]
    names += [
        f"{phrase}{joint}{word}"
        for word in words
        if word not in question.quiet
        for phrase, of in known.phrases
        if of == wish.of
    ]
    for name in names[:MOST_LOOKED_UP]:
        place = asked.holdings.titled(name)
        if place is not None:
            places[place] = None
    places |= dict.fromkeys((hit.edition, hit.id) for hit in hits)
    for edition, identity in list(places)[:MOST_PAGES]:
        page = asked.holdings.page(edition, identity)
        if page is not None and page.starts and asked.allows(page.article):
            yield page


def _in_page(page: Page, wish: Most) -> Iterator[Stated]:
    language = page.article.language
    words = superlative_words().get(primary(language))
    if words is None:
        return
    for start, end in sentence_spans(page.text, 0, min(len(page.text), LEAD)):
        told = page.text[start:end]
        if len(told) > LONGEST_SENTENCE or "\t" in told:
            continue
        found = most_said(told, language, words)
        if found is not None and found[0] == wish:
            yield made(page, start, start + found[1], start, end, 1.0)


def _beside_names(page: Page, wish: Most, hits: Sequence[PassageHit]) -> Iterator[Stated]:
    """What is said beside a name, at the beginning of an article and in its passages that were found."""
    own = [(hit.start, hit.end) for hit in hits if (hit.edition, hit.id) == (page.edition, page.article.id)]
    for first, last in ((0, min(len(page.text), LEAD)), *own):
        for start, end in sentence_spans(page.text, first, last):
            told = page.text[start:end]
            if len(told) > LONGEST_SENTENCE or "\t" in told:
                continue
            for most, low, high in most_apposed(told, page.article.language):
                if most == wish:
                    one = made(page, start + low, start + high, start, end, 0.5)
                    side = f"{page.article.id.hex()} {told[low:high]}"
                    yield replace(one, claimed=OfClaims(side=side, confidence=APPOSED))
