"""How likely is an answer right? The probability, of one whose quotation stood the check, and what it is then called.

The best of what was marked is always worth showing; how it is shown follows from how likely it is right. What a value
(`weighing`) does not say is added here: whether another answer comes close, how much of what is asked the quotation
speaks of, how many passages agree, whether the article is the one that is asked about, what the rules say, what kind of
thing is asked for, and what makes a quotation suspicious: that it denies what is asked, or an answer that only says the
question again, or a reader who finds something else in the quotation alone.

Nothing of it depends on what stands in other editions: each is searched and weighed by itself.

`data/confidence.json` holds the weights, for each reader, and the probabilities from which an answer is called one
("answered") or a probable one ("probably"); `python -m benchmarks.ask_confidence` makes it, from thousands of questions
whose answers are known and which the shipped reader never saw.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from galactica.ask.alike import Same
from galactica.ask.asked import Asked
from galactica.ask.bearing import bearing
from galactica.ask.contract import Given
from galactica.ask.denying import denies
from galactica.ask.evidence import asked_above
from galactica.ask.kinds import Kind
from galactica.ask.owned import gives_reason, speaks_of_all
from galactica.ask.pieces import CAPITAL, NUMBER, cut_pieces
from galactica.ask.proving import Proved
from galactica.ask.question import ReadQuestion
from galactica.ask.shipped_weights import shipped_weights
from galactica.ask.standing import standing
from galactica.ask.superlative_words import ranks_lower
from galactica.ask.weighing import LEAST_RULES, chance, logit, rule_reader
from galactica.codes.turns import is_talk
from galactica.languages import primary
from galactica.model import Citation, Verdict
from galactica.search.ranker import Ranker

NAMES = (
    "value",  # over the threshold of `weighing`
    "margin",  # of the reader for the best stretch, over its threshold
    "ahead",  # of the best answer that is another one, as the same sides say it
    "bearing",  # share of what is asked that the best quotation speaks of, with the turn that it answers in talk
    "spoken",  # the same of the whole passage
    "searched",  # logit of the passage's score in search; not a number where that is no probability
    "relevant",  # logit of the reader that the best passage is one for the question; not a number where it did not say
    "agreeing",  # passages beyond the first that give it, at most `MOST_AGREEING`
    "titled",  # 1 where the title it stands under is named in the question
    "rules",  # margin that the rules give the stretch, over their threshold, at least `LEAST_RULES`
    "denied",  # 1 where the clause that answers denies and the question does not, or the other way round
    "repeated",  # share of the answer's words that the question has
    "again",  # margin of the reader, over its threshold, where it reads the quotation alone
    "supported",  # logit of how likely its quotation supports it, as the reader judges; not a number where it did not
    "names",  # share of the question's names and numbers that stand in the quotation and its title; 1 where it has none
    "quoted",  # logarithm of the quotation's length in characters
    "foreign",  # 1 where the passage is in another language than the question
    "asked",  # logarithm of the number of the question's words, without common ones
    "length",  # logarithm of the number of the answer's words
    "person",  # 1 where that kind of thing is asked for
    "place",
    "date",
    "number",
    "reason",
    "definition",
    "yes_no",
    "talk",  # 1 where the answer stands in a text in which people talk
)
"""What speaks for an answer, and what is asked for; which of it is looked at says the file of weights."""

UNLIKELY = 1e-7
"""Likelihoods of being supported nearer to 0 and 1 are alike: less is not told apart by what was measured."""

MOST_AHEAD = 6.0
MOST_AGREEING = 3

KINDS = {
    "person": (Kind.PERSON,),
    "place": (Kind.PLACE,),
    "date": (Kind.DATE,),
    "number": (Kind.NUMBER, Kind.MEASURE),
    "reason": (Kind.REASON, Kind.MANNER),
    "definition": (Kind.DEFINITION,),
    "yes_no": (Kind.YES_NO,),
}

STATED = 0.97
"""The probability where an article states what is asked of its own thing in so many words."""

WORDED = 0.75
"""The probability, at least, where a sentence says just what is asked, in the words of the question (`worded`)."""

LEAST_WORDED = 0.2
"""From which probability by all signals on that counts: what the reader hardly finds it may have misread."""

OWNED = 0.62
"""The probability, at least, where a sentence of the article on the thing speaks of all that is asked (`owned`)."""

LEAST_OWNED = 0.4
"""From which probability by all signals on that counts."""

LEAST_REASONED = 0.3
"""The same of a reason that a word says to be one: it is longer, and the reader is seldom sure of it."""

RANKED_LOWER = 0.5
"""The probability, at the most, where the most of a kind is asked for and the quotation speaks of the second: readers
take one for the other."""

FILE = "confidence.json"

_CLAUSE = re.compile("[,;:()–—。，；：、！？.!?]\\s|[。，；：、！？–—()]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What makes a probability of signals, and a verdict of a probability.

    Attributes:
        readers: by the name of the reader; the weights give a logit.
        answered, probably: the least probability of each verdict.
    """

    readers: dict[str, Ranker]
    answered: float
    probably: float

    def verdict(self, confidence: float) -> Verdict:
        """What an answer of this confidence is called."""
        if confidence >= self.answered:
            return Verdict.ANSWERED
        return Verdict.PROBABLY if confidence >= self.probably else Verdict.NOT_FOUND


@cache
def calibration() -> Calibration:
    """The weights that ship with the program.

    Raises:
        MissingError: they are not there, or damaged.
    """
    return shipped_weights(
        FILE,
        lambda found: Calibration(
            readers={name: Ranker.of(each, NAMES) for name, each in found["readers"].items()},
            answered=float(found["answered"]),
            probably=float(found["probably"]),
        ),
    )


def confidence(asked: Asked, proved: Proved, groups: Sequence[Same]) -> float:
    """How likely an answer is right: 0 to 1.

    Args:
        asked: as it was put to the edition that the answer stands in.
        groups: all answers that were marked there, it among them; what only other sources and languages say, agrees or
            disputes and does not make it less likely.
    """
    told = proved.group.marked[0].stated
    if told is not None:
        return told.claimed.confidence if told.claimed is not None else STATED
    likely = proved.group.marked[0].likely
    if likely is not None:
        return likely
    weights = calibration().readers.get(asked.reader.name)
    if weights is None:  # another reader: from its own threshold on an answer is probable
        return chance(proved.value + math.log(calibration().probably / (1 - calibration().probably)))
    signalled = float(weights.scores(signals(asked, proved, groups)[None])[0])
    stands = standing(asked, proved, groups, signalled)
    found = chance(signalled if stands is None else stands)
    if asked.question.most is not None and ranks_lower(proved.citations[0].quote, proved.citations[0].language):
        return min(found, RANKED_LOWER)
    if stands is not None:  # what follows is among what it weighs
        return found
    worded = found >= LEAST_WORDED and any(each.worded for each in proved.group.marked)
    if worded:
        return max(found, WORDED)
    first, why = proved.citations[0], asked.question.kind is Kind.REASON
    if found < (LEAST_REASONED if why else LEAST_OWNED) or (why and not gives_reason(first)):
        return found
    return max(found, OWNED) if speaks_of_all(asked.question, first) else found


def signals(asked: Asked, proved: Proved, groups: Sequence[Same]) -> NDArray[np.float32]:
    """What speaks for an answer: `float32 [len(NAMES)]`; see `confidence`."""
    first, best = proved.citations[0], proved.group.marked[0]
    question, hit = asked.question, best.hit
    key = proved.group.key
    own = proved.group.sides
    rival = max((group.said_by(own) for group in groups if group.key != key), default=-np.inf)
    rules, given = rule_reader(), Given(text=hit.text, title=hit.title, language=hit.language)
    (margin,) = rules.margins(question.compared, given, [(best.span.start, best.span.end)])
    passages = {(m.hit.edition, m.hit.id, m.hit.passage) for m in proved.group.marked if m.value >= 0}
    above = asked_above(proved.page, first.start)
    values = {
        "value": proved.value,
        "margin": best.span.margin - asked.reader.threshold,
        "ahead": min(MOST_AHEAD, max(-MOST_AHEAD, proved.value - rival)),
        "bearing": bearing(question, f"{above}\n{first.quote}", first.title, first.language),
        "spoken": bearing(question, hit.text, hit.title, hit.language),
        "searched": logit(hit.score) if 0 <= hit.score <= 1 else math.nan,
        "relevant": math.nan if best.relevant is None else best.relevant,
        "agreeing": min(MOST_AGREEING, max(0, len(passages) - 1)),
        "titled": float(_named(first.title, question)),
        "rules": max(LEAST_RULES, margin - rules.threshold),
        "denied": float(denies(clause(first), first.language) != question.denied),
        "repeated": repeated(proved.text, first.language, question),
        "again": proved.checked.margin,
        "supported": math.nan if proved.checked.likely is None else logit(proved.checked.likely, UNLIKELY),
        "names": names(question, first),
        "quoted": math.log1p(len(first.quote)),
        "foreign": float(primary(first.language) != primary(question.language)),
        "asked": math.log1p(sum(not common for common in question.pieces.common)),
        "length": math.log1p(len(cut_pieces(proved.text, first.language))),
        **{name: float(question.kind in several) for name, several in KINDS.items()},
        "talk": float(is_talk(proved.page.text)),
    }
    return np.array([values[name] for name in NAMES], np.float32)


def _named(title: str, question: ReadQuestion) -> bool:
    """Whether all words of a title are in the question."""
    keys = set(cut_pieces(title, question.language).keys)
    return bool(keys) and keys <= question.known


def names(question: ReadQuestion, citation: Citation) -> float:
    """The share of a question's names and numbers that stand in a quotation and its title; 1 where it has none."""
    pieces = question.pieces
    rows = list(zip(pieces.keys, pieces.common, pieces.kinds, strict=True))[1:]
    wanted = {key for key, common, kind in rows if not common and kind in (CAPITAL, NUMBER)}
    there = {*cut_pieces(citation.quote, citation.language).keys, *cut_pieces(citation.title, citation.language).keys}
    return len(wanted & there) / len(wanted) if wanted else 1.0


def clause(citation: Citation) -> str:
    """What stands between two marks of punctuation around what answers; all, where nothing is marked."""
    quote, (start, end) = citation.quote, citation.mark
    if start == end:
        return quote
    low = max((match.end() for match in _CLAUSE.finditer(quote, 0, start)), default=0)
    after = _CLAUSE.search(quote, end)
    return quote[low : after.start() if after else len(quote)]


def repeated(text: str, language: str, question: ReadQuestion) -> float:
    """The share of an answer's words, without common ones, that the question has too: 0 to 1."""
    pieces = cut_pieces(text, language)
    keys = [key for key, common in zip(pieces.keys, pieces.common, strict=True) if not common]
    return sum(key in question.known for key in keys) / max(1, len(keys))
