"""A reader that follows rules: it answers in any language, needs nothing but the program itself, and is what a trained
one must beat.

The way of a passage: its sentences with most of the question's words (`MOST_SENTENCES`); in each the stretches that
may answer (`candidates`); what speaks for a stretch, weighed by the kind of thing that is asked for (`kinds`), is its
margin. "What is X?" is answered by what stands after "X is", in Chinese "What is A's B?" by what stands after "B is" in
the article A. The weights lie in `data/rules.json`.

Source: the weights are those of `benchmarks/ask_rules.py --fit` on the questions of squad/train-v1.1.partial.json, with
their own paragraph and paragraphs of the same article that do not answer; 2026-11-26.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from galactica.ask.candidates import Stretches, stretches
from galactica.ask.comparing import Readings, Wanted, keys_of, known_words, sentences_of, share
from galactica.ask.contract import AnswerSpan, Asserted, Given, Support
from galactica.ask.describing import NAMES
from galactica.ask.evidence import sentence_spans
from galactica.ask.kinds import Kind, asked_languages
from galactica.ask.pieces import cut_pieces
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import primary

MOST_SENTENCES = 4
"""Of a passage, that are looked at closely."""

LONGEST_PASSAGE = 6_000
"""Code points of a passage that are read."""

MOST_SPANS = 20
"""Of one passage, whatever is asked for."""

DEFINED = 4.0
"""Margin of what stands after "X is" where "What is X?" was asked, above the threshold."""

OWNED = 8.0
"""Margin of what stands after "B is" in the article A where "What is A's B?" was asked, above the threshold: hardly
anything else can be meant."""

FOREMOST = 8
"""Characters before X in a sentence that says what X is; more, where they end with a comma ("In biology, X is")."""

LONGEST_DEFINITION = 300

LEAST = -20.0
"""Margin of what the rules do not look at."""

FAR = 2.0
"""What a stretch that the rules do not have loses for each halving of what it shares with one that they have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWeights:
    """What each thing that speaks for a stretch counts, for each kind of question.

    Attributes:
        rows: kind → `float32 [len(NAMES)]`.
        threshold: see `contract.Reader`.
    """

    rows: Mapping[Kind, NDArray[np.float32]]
    threshold: float


class RuleReader:
    """Reads by rules; see the module and `contract.Reader`.

    Args:
        weights: others than those that come with the program.
    """

    def __init__(self, weights: RuleWeights | None = None) -> None:
        self._weights = weights or shipped_rules()

    @property
    def name(self) -> str:
        """ "rules"."""
        return "rules"

    @property
    def threshold(self) -> float:
        """See `contract.Reader`."""
        return self._weights.threshold

    @property
    def ranks(self) -> bool:
        """No: rules know nothing before they have read."""
        return False

    def rank(
        self, question: str, passages: Sequence[Given], *, seconds: float, through: Collection[int] = ()
    ) -> list[Given]:
        """None."""
        return []

    def judge(self, claim: Asserted, evidence: Sequence[Given]) -> Support | None:
        """None: what rules know of it, the checker (`check`) knows too."""
        return None

    def read(self, question: str, passages: Sequence[Given], *, most: int = 3) -> list[AnswerSpan]:
        """See `contract.Reader`."""
        asked = Readings(question)
        found: list[AnswerSpan] = []
        most = max(0, min(most, MOST_SPANS))
        for number, given in enumerate(passages):
            found += self._of_passage(asked, number, given)[:most]
        return sorted(found, key=lambda span: (-span.score, span.passage, span.start, span.end))

    def margins(self, question: Readings, given: Given, spans: Sequence[tuple[int, int]]) -> list[float]:
        """What the rules think of stretches of a passage: the margin of the one that is most like each.

        Args:
            spans: (start, end) of each.
        """
        scored = self._scored(question, given, spans)
        if not spans or not scored:
            return [LEAST] * len(spans)
        margins, starts, ends = (np.concatenate([each[at] for each in scored]) for at in range(3))
        found = []
        for start, end in spans:
            both = np.minimum(ends, end) - np.maximum(starts, start)
            shared = np.maximum(both, 0) / (np.maximum(ends, end) - np.minimum(starts, start))
            fits = shared > 0
            values = margins[fits] + FAR * np.log2(shared[fits])
            found.append(max(LEAST, float(values.max())) if fits.any() else LEAST)
        return found

    def _of_passage(self, question: Readings, number: int, given: Given) -> list[AnswerSpan]:
        """The stretches of one passage, best first, none over another."""
        asked = question.beside(given.language).sought
        scored = [
            each
            for margins, starts, ends in self._scored(question, given)
            for each in zip(margins.tolist(), starts.tolist(), ends.tolist(), strict=True)
        ]
        if asked.kind is Kind.DEFINITION:
            defined = definitions(given.text, asked.name, asked.language)
            scored += [(self.threshold + above, start, end) for above, start, end in defined]
        if asked.focus and given.title and folded(fold_han(given.title)) in folded(fold_han(question.text)):
            told = properties(given.text, asked.focus, asked.language)
            scored += [(self.threshold + OWNED, start, end) for start, end in told]
        scored.sort(key=lambda each: (-each[0], each[1], each[2]))
        chosen: list[AnswerSpan] = []
        for margin, start, end in scored:
            if len(chosen) >= MOST_SPANS:
                break
            if any(start < other.end and other.start < end for other in chosen):
                continue
            text = given.text[start:end]
            score = 1 / (1 + math.exp(-max(-30.0, min(30.0, margin))))
            chosen.append(AnswerSpan(passage=number, start=start, end=end, text=text, score=score, margin=margin))
        return chosen

    def _scored(
        self, question: Readings, given: Given, spans: Sequence[tuple[int, int]] = ()
    ) -> list[tuple[NDArray[np.float32], NDArray[np.int32], NDArray[np.int32]]]:
        """(margins, starts, ends) of the stretches of each sentence that is looked at."""
        out = []
        for asked, found in described_sentences(question, given, spans):
            rows = self._weights.rows
            weights = rows.get(asked.sought.kind, rows[Kind.OTHER])
            out.append((found.features @ weights, found.starts, found.ends))
        return out


def described_sentences(
    question: Readings, given: Given, spans: Sequence[tuple[int, int]] = ()
) -> Iterator[tuple[Wanted, Stretches]]:
    """Yield (question, stretches) of each sentence of a passage that is looked at, best sentence first.

    Args:
        spans: only the sentences that any of these is in; none: those with most of the question's words.
    """
    text = given.text[:LONGEST_PASSAGE]
    asked = question.beside(given.language)
    language = given.language or asked.sought.language
    cuts = sentences_of(text, language)
    if not cuts:
        return
    title = keys_of([cut_pieces(given.title, language)]) if given.title else set()
    passage = share(asked, keys_of(cuts) | title)
    of_title = share(asked, title)
    shares = [share(asked, set(each.keys)) for each in cuts]
    told = known_words(asked, cuts)
    order = sorted(range(len(cuts)), key=lambda at: (-shares[at], at))
    if spans:
        order = [at for at in order if any(cuts[at].starts[0] < b and a < cuts[at].ends[-1] for a, b in spans)]
    else:
        order = order[:MOST_SENTENCES]
    for at in order:
        yield asked, stretches(text, cuts[at], asked, told, passage, of_title, shares[at])


def definitions(text: str, name: str, language: str, *, titled: bool = False) -> list[tuple[float, int, int]]:
    """(margin above the threshold, start, end) of what stands after "X is" in a text: the first such, or none.

    Args:
        name: X.
        language: the language of the question.
        titled: whether the text begins the article X; then its first sentence says what X is, however it calls X.
    """
    known = asked_languages().get(primary(language))
    if known is None:
        return []
    words = [re.escape(word) for word in known.lower(name).split()]
    named = re.compile(r"(?:\s+\S+){0,3}?\s+".join(words))
    for number, (start, end) in enumerate(sentence_spans(text[:LONGEST_PASSAGE])):
        lower = _BRACKETED.sub(lambda inside: " " * len(inside[0]), known.lower(text[start:end]))
        found = named.search(lower, 0, 120)
        begins = titled and number == 0
        behind = found.end() if found is not None and (begins or _foremost(lower[: found.start()])) else -1
        if behind < 0 and not begins:
            continue
        match = known.copula.search(lower, max(behind, 0), max(behind, 0) + 400)
        if match is None or (behind >= 0 and not _beside(lower[behind : match.start()], spaced=known.spaced)):
            continue
        first = start + match.end()
        while first < end and text[first].isspace():
            first += 1
        last = min(end, first + LONGEST_DEFINITION)
        while last > first and not text[last - 1].isalnum() and text[last - 1] not in ')）"”':
            last -= 1
        if last - first >= 3:
            return [(DEFINED, first, last)]
    return []


def properties(text: str, focus: str, language: str) -> list[tuple[int, int]]:
    """(start, end) of what stands after "B is" in a text about A, where B of A was asked for; only in languages that do
    not separate words, where nothing else shows what a noun belongs to."""
    known = asked_languages().get(primary(language))
    plain = folded(fold_han(text[:LONGEST_PASSAGE]))
    if known is None or known.spaced or len(plain) != len(text[:LONGEST_PASSAGE]):
        return []
    pattern = re.compile(
        rf"{re.escape(folded(fold_han(focus)))}\s?(?:{known.copula.pattern}|[:：\t])\s?(?P<value>{_VALUE})"
    )
    return [match.span("value") for match in pattern.finditer(plain)]


_VALUE = r"(?:[^\s，。；：、！？,;:()（）]|(?<=\d),(?=\d)){1,30}"


def _foremost(before: str) -> bool:
    """Whether X may stand behind this at the beginning of a sentence."""
    return len(before) <= FOREMOST or (len(before) <= 40 and before.rstrip().endswith((",", "，")))


def _beside(between: str, *, spaced: bool) -> bool:
    """Whether what stands between X and "is" may: little, but for what is between commas."""
    bare = " ".join(between.split())
    if bare[:1] in (",", "，") and bare[-1:] in (",", "，"):
        return True
    return len(bare) <= (12 if spaced else 4) and not bare.startswith("'")


_BRACKETED = re.compile(r"\([^()]*\)|（[^（）]*）|\[[^\[\]]*\]")


@cache
def shipped_rules() -> RuleWeights:
    """The weights that come with the program."""
    table = json.loads(files(__package__).joinpath("data", "rules.json").read_text("utf-8"))
    rows = {Kind(kind): np.array([row[name] for name in NAMES], np.float32) for kind, row in table["weights"].items()}
    return RuleWeights(rows=rows, threshold=float(table["threshold"]))
