"""What one sentence denies and another says: "X is not bred in the hills", "it is bred in the hills, too".

1. A clause with "not" or "never" denies the first word that says something behind it.
2. A clause of the other text says it where it has that word and at least half of what the denying clause says besides
   the topic, two words at the least, and denies nothing itself.
3. Nothing is denied by "not only", of what "which" restricts, by who reports or supposes, or of another year.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from galactica.joining.disagreements.prose.sentences import Sentence, stem_of_word

LEAST_ALIKE = 2
"""What both clauses must say alike, the denied word among it."""

HALF = 0.5
"""Share of what the denying clause says that the other one must say. Of 900 pairs of paragraphs of one article, and
paragraphs by themselves, one was called so falsely, of 98 paraphrases none (2026-11-30)."""

MOST_CLAUSES = 40
"""Clauses of a sentence that are looked at."""

_NOT = re.compile(
    r"\b(?:not|never|cannot|(?:is|was|were|are|do|does|did|has|had|have|could|would|can|wo)n['’]t)\b"
    r"(?! (?:only|until|just|merely|all|every|always|yet|necessarily|both|even|exactly|entirely)\b)"
)
_DENIES = re.compile(r"\b(?:not?|nor|never|neither|none|without|cannot|few|hardly|rarely)\b|n['’]t\b", re.IGNORECASE)
_BREAK = re.compile(r"[,;:()–—]\s|\s(?:but|while|although|because|so|though|that|which|who|whom|where|when|if)\s")
_RESTRICTS = re.compile(r"\s(?:that|which|who|whom|where|when|if)\s\Z")
_RESTRICTING = re.compile(r"\s*(?:that|which|who|whom|where|when|if)\b")


def may_deny(sentence: Sentence) -> bool:
    """Whether a sentence may deny anything: cheaply, before it is compared with others."""
    return not sentence.hedged and _NOT.search(sentence.text) is not None


def denials(sentence: Sentence, other: Sentence, topic: frozenset[str]) -> Iterator[tuple[int, int, int, int]]:
    """(start, end, start, end) of what a sentence denies and of what another one says, each in its text."""
    if sentence.hedged or other.hedged or (sentence.years and other.years and not sentence.years & other.years):
        return
    for start, end, plain in _clauses(sentence.text):
        clause = sentence.text[start:end]
        no = _NOT.search(clause)
        if no is None or not plain or len(_NOT.findall(clause)) > 1:
            continue
        behind = re.findall(r"[^\W\d_]+", clause[no.end() :])
        word = next((each for each in behind if stem_of_word(each)), "")
        said = _stems(clause) - topic
        if not word or word[0].isupper() or len(said) < LEAST_ALIKE:
            continue
        denied = stem_of_word(word)
        for first, last, _ in _clauses(other.text):
            there = other.text[first:last]
            alike = said & _stems(there)
            if denied in alike and len(alike) >= max(LEAST_ALIKE, HALF * len(said)) and not _DENIES.search(there):
                yield sentence.start + start, sentence.start + end, other.start + first, other.start + last


def _clauses(text: str) -> Iterator[tuple[int, int, bool]]:
    """(start, end, whether it stands by itself) of the clauses of a sentence."""
    start, plain = 0, True
    for match in list(_BREAK.finditer(text))[: MOST_CLAUSES - 1]:
        if text[start : match.start()].strip():
            yield start, match.start(), plain and _RESTRICTING.match(text, start) is None
        start, plain = match.end(), _RESTRICTS.search(match[0]) is None
    if text[start:].strip():
        yield start, len(text), plain and _RESTRICTING.match(text, start) is None


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem_of_word(word) for word in re.findall(r"[^\W\d_]+", text)) - {""}
