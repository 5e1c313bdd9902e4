"""Which sentence of a talk tells what is asked, how likely so, and which words of it are the answer.

1. Of the texts in which people talk among what was found every exchange is read, and the passages that were found
   (`hearing`). What speaks for each sentence (`signs`) is weighed; the best is the answer.
2. How likely it is right is told by its signs and by what the others are worth beside it, by weights of its own: who
   talks says "I" and "well", so that a reader's margins are lower there for right and wrong alike.
3. Where the reader gives nearly all to one stretch of the sentence, that is the answer; else, and where a reason or a
   way is asked for, the sentence is, or the clause around the stretch where the sentence is long.

`data/spoken.json` holds the weights; `python -m benchmarks.talk_signs` makes it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from galactica.ask.alike import Marked, Same, put_together
from galactica.ask.asked import Asked
from galactica.ask.contract import AnswerSpan
from galactica.ask.ends import plain_ends
from galactica.ask.evidence import passage_at
from galactica.ask.finding import PassagesToRead
from galactica.ask.holdings import Page
from galactica.ask.kinds import Kind
from galactica.ask.named import passage_of
from galactica.ask.shipped_weights import shipped_weights
from galactica.ask.spoken.hearing import MOST_PAGES, HeardSentence, Span, hear
from galactica.ask.spoken.located import Locating
from galactica.ask.spoken.signs import NUMBERED, SIGNS, signs_of_sentences
from galactica.ask.weighing import chance, logit
from galactica.ask.widening import clause, with_unit
from galactica.codes.turns import is_talk
from galactica.languages import primary
from galactica.model import PassageHit
from galactica.search.ranker import Ranker
from galactica.values.units import behind_numbers

SURE = (*SIGNS, "among", "own")
"""What tells how likely the best is right: its signs, the logit of its share among the sentences that were weighed, and
1 where the question is in the language of the talk."""

NEARLY = 1e-3
"""Shares nearer to 0 and 1 are alike."""

SHOWN = 3
"""Sentences that are handed on: the best, which may be the answer, and what comes next, which may be shown."""

LEAST_LIKELY = 0.2
"""How likely a sentence has to be right to be quoted as an answer that may be one, however it is called then."""

ONE = 0.6
"""Share of what the reader gives to a sentence from which one stretch is the answer, not the sentence."""

CLAUSES = frozenset((Kind.REASON, Kind.MANNER))
"""Kinds of things that a noun is no answer to."""

LONGEST_SAID = 80
"""Characters of a sentence that is an answer; of a longer one the clause around the surest stretch is."""

FILE = "spoken.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenWeights:
    """What chooses among sentences, and what tells how likely the chosen one is right; both give logits."""

    choice: Ranker
    sure: Ranker


@cache
def spoken_weights() -> SpokenWeights:
    """The weights that ship with the program.

    Raises:
        MissingError: they are not there, or damaged.
    """
    return shipped_weights(
        FILE,
        lambda found: SpokenWeights(choice=Ranker.of(found["choice"], SIGNS), sure=Ranker.of(found["sure"], SURE)),
    )


def pages_of_talk(asked: Asked, hits: Sequence[PassageHit]) -> list[Page]:
    """The talks among what was found, the first found first, as many as are read."""
    places = dict.fromkeys((hit.edition, hit.id) for hit in hits)
    pages = (asked.holdings.page(*place) for place in places)
    talks = (page for page in pages if page is not None and is_talk(page.text))
    return [page for page, _ in zip(talks, range(MOST_PAGES), strict=False)]


@dataclass(frozen=True, slots=True, kw_only=True)
class ToldInTalk:
    """What talk tells of what is asked.

    Attributes:
        groups: the sentences that may tell it, best first, each with how likely it is right.
        rest: the passages worth reading that are no talk, or were not read as such.
    """

    groups: tuple[Same, ...] = ()
    rest: PassagesToRead


def told_in_talk(asked: Asked, found: Sequence[PassageHit], worth: PassagesToRead) -> ToldInTalk:
    """What the talks among what was found tell; nothing where the reader cannot say, and where it is to be quick.

    Args:
        found: all passages that search found, best first.
        worth: those that are worth reading, with what the reader has begun.
    """
    reader, question = asked.reader, asked.question
    pages = pages_of_talk(asked, found) if isinstance(reader, Locating) and asked.ranks else []
    heard = hear(question.text, reader, pages, found, worth.begun) if pages and isinstance(reader, Locating) else []
    if not heard:
        return ToldInTalk(rest=worth)
    told = signs_of_sentences(question.text, question.kind, heard)
    scores = spoken_weights().choice.scores(told)
    order = [int(number) for number in np.argsort(-scores, kind="stable")[:SHOWN]]
    own = [float(primary(heard[n].hit.language) == primary(question.language)) for n in order]
    rows = [[*told[n], among(scores, n), mine] for n, mine in zip(order, own, strict=True)]
    sure = spoken_weights().sure.scores(np.array(rows, np.float32))
    form = "clause" if question.kind in CLAUSES else "number" if question.kind in NUMBERED else ""
    marked = [_marked(heard[n], form, chance(float(s))) for n, s in zip(order, sure, strict=True)]
    return ToldInTalk(groups=tuple(put_together(marked)), rest=_without(worth, pages))


def _without(worth: PassagesToRead, pages: Sequence[Page]) -> PassagesToRead:
    """What is worth reading, without some articles."""
    places = {(page.edition, page.article.id) for page in pages}
    hits, more = ([hit for hit in some if (hit.edition, hit.id) not in places] for some in (worth.hits, worth.more))
    return replace(worth, hits=tuple(hits), more=tuple(more))


def among(scores: NDArray[np.floating[Any]], number: int) -> float:
    """The logit of the share that one of some sentences has, all of which have one together."""
    likely = np.exp(scores - scores.max())
    return logit(float(likely[number] / likely.sum()), NEARLY)


def said_in(heard: HeardSentence, form: str) -> Span:
    """(start, end) in the page of what a sentence gives as the answer; see the module, 3.

    Args:
        form: "clause" where a reason or a way is asked for, "number" where a number is, with its unit; else "".
    """
    text, whole = heard.unit.page.text, plain_ends(heard.unit.page.text, *heard.span)
    start, end = plain_ends(text, *heard.mark)
    if heard.share >= ONE and form != "clause":
        return with_unit(text, start, end, behind_numbers()) if form == "number" else (start, end)
    if whole[1] - whole[0] <= LONGEST_SAID:
        return whole
    part = clause(text, start, end, whole)
    return part if part[1] - part[0] <= LONGEST_SAID else (start, end)


def _marked(heard: HeardSentence, form: str, likely: float) -> Marked:
    """A sentence as what was marked."""
    page = heard.unit.page
    start, end = said_in(heard, form)
    hit = passage_of(page, passage_at(page, start))
    text, value = page.text[start:end], logit(likely) - logit(LEAST_LIKELY)
    span = AnswerSpan(passage=0, start=start - hit.start, end=end - hit.start, text=text, score=likely, margin=value)
    return Marked(hit=hit, span=span, value=value, relevant=heard.read.relevant, likely=likely)
