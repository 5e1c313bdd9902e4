"""What a reader makes of the quotations that are to prove a sentence, when it is given these and nothing else.

1. Run backwards (`read_backwards`): given the question, does it find what the sentence says?
2. As a judge (`judged_by`): do they support the answer that is quoted, or the sentence? Which words do they not?

Where people talk, a quotation is read behind the turn that asks for it: "By twenty minutes" says nothing without.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from galactica.ask.contract import Asserted, Given, Reader, Support
from galactica.ask.evidence import asked_above
from galactica.ask.holdings import Page
from galactica.ask.pieces import cut_pieces
from galactica.model import Citation
from galactica.model.said import said

OTHERWISE = said("says-otherwise", "Read by itself, the quotation says something else.")
SILENT = said("says-nothing", "Read by itself, it answers nothing.")

UNFOUND = 8.0
"""What a reader's margin for something else counts as: about the least that it gives to what it marks."""

DOUBTED = 1e-5
"""Likelihood below which a quotation is said not to support an answer. Together with the reader run backwards, which
alone speaks against 6 of 100 right answers and 89 of 100 wrong ones, it refuses 1 to 2 and 56 to 69 (336 claims in
thirteen languages that the reader had not learned from, 2026-11-29). To be read off `python -m
benchmarks.check_claims`, as the highest at which no more than one right answer in fifty is refused."""

DOUBTED_SENTENCE = 0.5
"""The same for a sentence, which the reader judges otherwise (`claiming`): of 143 supported sentences of WiCE 3 lie
below, of 275 supported in part 32, of 41 not supported 18 (2026-11-30). To be read off `python -m
benchmarks.check_wice`, as the highest that no more than one supported sentence in fifty lies below."""

LONGEST_NAMED = 40
"""Characters of a word or stretch that a person is told."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadAlone:
    """A quotation as a reader is given it.

    Attributes:
        given: the quotation, behind what it answers.
        first: where it begins there.
        mark: (start, end) of what answers there; (0, 0) where nothing is marked.
    """

    given: Given
    first: int
    mark: tuple[int, int]


def shown_alone(quoted: Sequence[tuple[Citation, Page]]) -> tuple[ReadAlone, ...]:
    """Quotations, each with where it stands, as they are read by themselves."""
    return tuple(_shown(citation, asked_above(page, citation.start)) for citation, page in quoted)


def _shown(citation: Citation, asked: str) -> ReadAlone:
    before = f"{asked}\n" if asked else ""
    (start, end), first = citation.mark, len(before)
    given = Given(text=before + citation.quote, title=citation.title, language=citation.language)
    return ReadAlone(given=given, first=first, mark=(start + first, end + first) if end > start else (0, 0))


def read_backwards(
    keys: Collection[str], shown: Sequence[ReadAlone], reader: Reader, question: str
) -> tuple[float, str]:
    """(`check.Checked.margin`, what speaks against a sentence when its quotations alone are read; "" where nothing
    does).

    Args:
        keys: of the sentence's words.
    """
    given = [each.given for each in shown]
    most = 3 if any(each.first for each in shown) else 2
    spans = [span for span in reader.read(question, given, most=most) if span.end > shown[span.passage].first]
    for span in spans:
        first, last = shown[span.passage].mark
        if last > first:
            if span.start < last and first < span.end:
                return span.margin - reader.threshold, ""
            continue
        found = {key for key, common in _keys(span.text, given[span.passage].language) if not common}
        if found and len(found.intersection(keys)) * 2 >= len(found):
            return span.margin - reader.threshold, ""
    if spans:
        return -UNFOUND, OTHERWISE
    return -UNFOUND, SILENT


def judged_by(reader: Reader, text: str, shown: Sequence[ReadAlone], question: str) -> tuple[float | None, str]:
    """(how likely the quotations support what is said, what speaks against it; "" where nothing does); None where there
    is nothing to judge, or the reader cannot.

    Args:
        text: a sentence; "": what is marked in the first quotation, as an answer to the question.
    """
    claim = Asserted(text=text)
    if not text:
        start, end = shown[0].mark
        claim = Asserted(text=shown[0].given.text[start:end], question=question)
        if not question or end <= start:
            return None, ""
    found = reader.judge(claim, [each.given for each in shown])
    if found is None:
        return None, ""
    least = DOUBTED if claim.question else DOUBTED_SENTENCE
    return found.likely, _unsupported(claim.text, found) if found.likely < least else ""


def _unsupported(text: str, found: Support) -> str:
    words = [text[start:end] for start, end in found.unsupported] or [text]
    named = [f"“{' '.join(each.split())[:LONGEST_NAMED]}”" for each in words[:3]]
    return said("does-not-support", "Read by itself, the quotation does not support {words}.", words=named)


def _keys(text: str, language: str) -> list[tuple[str, bool]]:
    pieces = cut_pieces(text, language)
    return list(zip(pieces.keys, pieces.common, strict=True))
