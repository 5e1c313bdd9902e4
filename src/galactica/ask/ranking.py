"""Passages in the order in which they are worth reading: what a reader says at a glance, and what search says.

A reader that can tell (`contract.Reader.ranks`) reads the first passages halfway, in search's order, as long as there
is time; those are put in order by `promise`. Halfway it knows little of what is in another language than the question:
such passages it reads to their end, for as much time again, and what it says is weighed with how much of the question's
words stands there, each by the word that is most like it (`promise_across`). What there was no time for follows in its
own order. What
was begun of a passage is handed on (`Given.begun`), so that whoever reads it does nothing twice.

The numbers here are measured by `python -m benchmarks.rank_weights`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from galactica.ask.contract import Given, Reader
from galactica.ask.holdings import place_of
from galactica.ask.shared_words import SharedWords
from galactica.ask.weighing import behind, chance
from galactica.languages import primary
from galactica.model import PassageHit

RANKED = 24
"""Passages that are ranked: three times as many as are read. They cost the half of a reading each."""

SECONDS = 0.25
"""Of work for ranking the passages of a question: what a person does not notice beside searching and reading. Two cores
rank `RANKED` of 150 pieces in it, 19 ms of a core each, and some 18 as long as SQuAD's, of 216 pieces. A slow machine
ranks fewer; a busy one the same, and takes longer, up to `encode.allowance.PATIENCE` times."""

SEARCHED_COUNTS = 1.5
"""What each logit counts less that a passage is behind the best one in search, beside one logit of the reader. Of 250
questions of five sets that nothing was learned from, the right passage is first for 89.6, 91.2, 91.6 and 91.6 with 0,
0.8, 1.5 and 2, and for 92.4 by search alone; among the first five for 98.8, 98.4, 98.4, 99.2 and 98.8 (2026-11-29)."""

ACROSS_RELEVANT, ACROSS_ANSWERS, ACROSS_WORDS, ACROSS_BASE = 0.18, 0.70, 9.1, -4.2
"""What the reader says at a glance, what it says at the end and the share of the question's words count of a passage in
another language, and what is added, in logits. Fitted to the order of 24 passages each of 440 questions in eleven
languages to English paragraphs (XQuAD A), then to whether each is the right one (`benchmarks.rank_across`, 2026-11-30):
by weights of the other articles' questions the right passage is first for 76.8 of 100; without the words 73.4, without
the reader 56.8. Of 220 drawn by another seed it is first for as many as before (docs/decisions/0019-one-network.md)."""

LEAST_ACROSS = -14.0
"""Logits of the reader that are not told apart any more."""

ALIKE = 1e-12
"""Chances nearer to 0 and 1 than this are alike to search; the best of a page are often all above 0.999."""

IRRELEVANT = -3.0
"""Logit of the reader below which a passage in another language than the question does not speak of what is asked. Of
right passages 98 of 100 are not below it, of others that search found 66. In the question's own language its words
say that."""

RELEVANT = 2.0
"""Logit from which a passage speaks of what is asked though it has few of the words: 77 of 100 right passages are
above it, and 8 of the others."""

MANY_ALIKE = 3
"""Articles of one title, among some passages, from which on the title tells a reader nothing."""

Place = tuple[str, bytes, int]
"""(edition, id of the article, number of the passage)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RankedPassages:
    """Passages for a question.

    Attributes:
        hits: best first; a score is the probability that `promise` says, of those that were not ranked less.
        begun: place of each that was ranked → as the reader knows it.
    """

    hits: tuple[PassageHit, ...]
    begun: Mapping[Place, Given] = field(default_factory=dict, repr=False)

    def relevant(self, hit: PassageHit) -> float | None:
        """What the reader says of a passage, in logits; None where there was no time for it."""
        given = self.begun.get(place_of(hit))
        return None if given is None or given.begun is None else given.begun.relevant

    def bears(self, hit: PassageHit, least: float = IRRELEVANT) -> bool:
        """Whether the reader says so surely that a passage speaks of what is asked."""
        relevant = self.relevant(hit)
        return relevant is not None and relevant >= least


def promise(relevant: float, less: float, counts: float = SEARCHED_COUNTS) -> float:
    """How likely a passage is one for the question, in logits.

    Args:
        relevant: what the reader says (`Begun.relevant`).
        less: how far it is behind the best one in search (`behind_best`).
        counts: what search counts.
    """
    return relevant - counts * less


def promise_across(relevant: float, answers: float, words: float) -> float:
    """The same of a passage in another language than the question, in logits.

    Args:
        relevant: what the reader says at a glance (`Begun.relevant`).
        answers: what it says at the end (`Begun.answers`).
        words: how much of the question's words stands there, 0 to 1 (`SharedWords.share`).
    """
    said = ACROSS_RELEVANT * max(LEAST_ACROSS, relevant) + ACROSS_ANSWERS * max(LEAST_ACROSS, answers)
    return said + ACROSS_WORDS * words + ACROSS_BASE


def rank_passages(
    reader: Reader, question: str, hits: Sequence[PassageHit], *, seconds: float, language: str = ""
) -> RankedPassages:
    """Passages in the order in which they are worth reading; see the module.

    See `docs/decisions/0019-one-network.md` for what it is worth across languages.

    Args:
        hits: in search's order.
        seconds: for the reader.
        language: of the question, a tag; "" where every passage is taken to be in it.
    """
    titles = told_titles(hits)
    given = [Given(text=hit.text, title=titles[hit.title], language=hit.language) for hit in hits]
    foreign = [number for number, hit in enumerate(hits) if _foreign(hit, language)]
    read = reader.rank(question, given, seconds=seconds, through=foreign)
    less = behind_best(hits)
    words = SharedWords(question)
    promised: dict[int, float] = {}
    for number, begun in enumerate(one.begun for one in read):
        if begun is not None and number not in foreign:
            promised[number] = promise(begun.relevant, less[number])
        elif begun is not None and begun.answers is not None:
            promised[number] = promise_across(begun.relevant, begun.answers, words.share(hits[number].text))
    ranked = [replace(hits[number], score=chance(promises)) for number, promises in promised.items()]
    lowest = min((hit.score for hit in ranked), default=1.0)
    rest = [number for number in range(len(hits)) if number not in promised]
    later = [replace(hits[n], score=lowest * chance(-less[n])) for n in rest] if ranked else list(hits)
    return RankedPassages(
        hits=(*sorted(ranked, key=lambda hit: -hit.score), *later),
        begun={place_of(hit): one for hit, one in zip(hits, read, strict=False)},
    )


def _foreign(hit: PassageHit, language: str) -> bool:
    """Whether a passage is known to be in another language."""
    tags = {primary(language), primary(hit.language)}
    return len(tags - {"", "und"}) == 2


def behind_best(hits: Sequence[PassageHit]) -> list[float]:
    """How far each passage is behind the best one in search (`weighing.behind`)."""
    best = max((hit.score for hit in hits), default=0.0)
    return [behind(best, hit.score, ALIKE) for hit in hits]


def told_titles(hits: Sequence[PassageHit]) -> dict[str, str]:
    """Title → what a reader is told of it: nothing, where so many articles have it that it says nothing ("Index")."""
    articles: dict[str, set[bytes]] = {}
    for hit in hits:
        articles.setdefault(hit.title, set()).add(hit.id)
    return {title: title if len(ids) < MANY_ALIKE else "" for title, ids in articles.items()}
