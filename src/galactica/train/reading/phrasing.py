"""A sentence and what of it answers, turned into a question: the answer becomes a word that asks, and comes first.

By rules of English alone: the clause around the answer is kept; where the answer is its subject, the word that asks
takes its place; else an auxiliary comes before the subject ("was", or "did" with the verb's plain form). Where no rule
fits, the answer's place is left to the word that asks (a cloze). The questions are often clumsy; they teach where to
look.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from galactica.train.reading.spans import STOPS, AnswerKind, CandidateSpan

_RELATIVE = frozenset("who which that where when whose and or".split())
AUXILIARIES = frozenset("was were is are has had can could will would may might must should did does do".split())
_BREAK = re.compile(
    r"[;:]\s|\s[–—-]{1,2}\s|,\s(?:and|but|while|although|though|whereas|where|which|who|when|so|with)\s|\s\(|\)\s?"
)
_ARTICLE = re.compile(r"(?:^|\s)(?:the|an?)$", re.IGNORECASE)
_BRACKETS = re.compile(r"\s?\([^()]*\)")
_PREPOSITIONS = frozenset(
    "in at on near from to into by of for with during since until after before between around as".split()
)
_PRONOUN = re.compile(r"^(He|She|It|They|This)\b(?=\s[a-z])")
_PERSONAL = re.compile(r"^(His|Her|Its|Their)\b(?=\s[a-z])")
_PAST = re.compile(r"^[a-z]{2,}ed$")
_IRREGULAR = dict(
    pair.split("=")
    for pair in (
        "became=become began=begin brought=bring built=build came=come chose=choose drew=draw fell=fall felt=feel "
        "fought=fight found=find gave=give got=get grew=grow held=hold kept=keep knew=know led=lead left=leave "
        "lost=lose made=make met=meet paid=pay ran=run rose=rise said=say saw=see sent=send sold=sell spent=spend "
        "spoke=speak stood=stand taught=teach took=take thought=think told=tell went=go won=win wore=wear "
        "wrote=write threw=throw sang=sing left=leave showed=show bought=buy drove=drive flew=fly forgave=forgive "
        "swore=swear laid=lay bore=bear broke=break sought=seek set=set put=put"
    ).split()
)
_PRESENT = re.compile(r"^[a-z]{2,}s$")
_HEADS = frozenset(
    "university college school company river city lake island mountain mountains church party army war battle "
    "treaty council museum theatre club team league award prize festival empire dynasty kingdom republic province "
    "county district street bridge station airport park building cathedral palace castle act law bank station "
    "magazine newspaper album film book".split()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A part of a sentence: what stands before the answer, the answer, and what stands behind."""

    before: str
    answer: str
    after: str


def question(
    sentence: str, answer: CandidateSpan, *, title: str, known: Callable[[str], bool], chance: random.Random
) -> str:
    """A question that the stretch of the sentence answers; "" where too little else would be left of it.

    Args:
        title: of the article; stands for the pronoun that a sentence begins with.
        known: whether a word is one (to find a verb's plain form).
        chance: which of several forms is chosen.
    """
    clause = _clause(sentence, answer, chance)
    before, after = _resolved(clause.before, title, chance), clause.after
    if len(f"{before} {after}".split()) < 3:
        return ""
    text = ""
    if chance.random() < 0.75:
        text = _fronted(before, clause.answer, after, answer.kind, known, chance)
    if not text:
        word, drops = _asking(clause.answer, answer.kind, before, after, chance)
        text = f"{_without_last(before) if drops else before} {word} {after}"
        if chance.random() < 0.3:
            text = f"{word} {_without_last(before) if drops else before} {after}"
    words = text.split()
    if chance.random() < 0.35:
        words = [w for w in words if w.lower() in STOPS or chance.random() > 0.15]
    text = " ".join(words).strip(" ,;:-–.")
    text = re.sub(r"\s+([,.])", r"\1", text)
    return text[:1].upper() + text[1:300] + ("?" if chance.random() < 0.95 else "")


def _clause(sentence: str, answer: CandidateSpan, chance: random.Random) -> Clause:
    """The clause around the answer; now and then the whole sentence."""
    start, end = 0, len(sentence)
    if chance.random() < 0.85:
        for match in _BREAK.finditer(sentence):
            if match.end() <= answer.start and answer.end - match.end() > 25:
                start = match.end()
            elif match.start() >= answer.end and match.start() - start > 30:
                end = match.start()
                break
    before, after = sentence[start : answer.start], sentence[answer.end : end]
    # An answer in quotes or brackets leaves them behind, and its article: "the what" is no question.
    before = _ARTICLE.sub("", before.rstrip().rstrip('"“(').rstrip()).rstrip()
    after = after.lstrip().lstrip(',"”)').strip() if after[:1] in ',"”)' else after.strip()
    return Clause(
        before=_BRACKETS.sub("", before),
        answer=sentence[answer.start : answer.end],
        after=_BRACKETS.sub("", after).rstrip(".!?"),
    )


def _resolved(before: str, title: str, chance: random.Random) -> str:
    """The same with the article's title for the pronoun it begins with."""
    name = re.sub(r"\s*\(.*\)$", "", title)
    if not name or chance.random() < 0.2:
        return before
    before = _PRONOUN.sub(lambda _: name, before)
    return _PERSONAL.sub(lambda _: f"{name}'s", before)


def _fronted(
    before: str, answer: str, after: str, kind: AnswerKind, known: Callable[[str], bool], chance: random.Random
) -> str:
    """The question in the order of questions; "" where no rule fits."""
    follow = after.split(" ", 1)
    if not before.strip() or before.strip().lower() in ("the", "a", "an"):
        first = follow[0].lower()
        if first in AUXILIARIES or _PAST.match(first) or first in _IRREGULAR or _PRESENT.match(first):
            word, _ = _asking(answer, kind, before, after, chance, subject=True)
            return f"{word} {after}"
        return ""
    words = before.split()
    # What stands before a comma opens the sentence: it goes to the end.
    opener = ""
    if "," in before[:60]:
        head, _, behind = before.partition(", ")
        opening = head.split()
        if behind.strip() and 0 < len(opening) <= 7 and opening[0].lower() in _PREPOSITIONS:
            opener, words = head[:1].lower() + head[1:], behind.split()
    word, drops = _asking(answer, kind, " ".join(words), after, chance)
    place = _verb(words)
    if not place or (drops and place == len(words) - 1):
        return ""
    subject, each, rest = _lowered(" ".join(words[:place])), words[place], words[place + 1 :]
    verb = f"{each} {subject}" if each in AUXILIARIES else f"did {subject} {_plain(each, known)}"
    return " ".join(part for part in (word, verb, *(rest[:-1] if drops else rest), after, opener) if part)


def _verb(words: Sequence[str]) -> int:
    """The place of the clause's verb, an auxiliary where there is one; 0 where none is found."""
    for auxiliary in (True, False):
        for place, each in enumerate(words[:12]):
            if (
                place
                and words[place - 1].lower() not in _RELATIVE
                and (each in AUXILIARIES if auxiliary else each in _IRREGULAR or _PAST.match(each))
            ):
                return place
    return 0


def _lowered(subject: str) -> str:
    first = subject.split(" ", 1)[0]
    return subject[:1].lower() + subject[1:] if first.lower() in STOPS else subject


def _without_last(text: str) -> str:
    return text.rstrip().rpartition(" ")[0]


def _plain(verb: str, known: Callable[[str], bool]) -> str:
    """The plain form of a verb in the past."""
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    stem = verb[:-2]
    for form in (
        verb[:-1] if stem[-1:] in "cgsuvz" else "",
        stem,
        stem[:-1] if stem[-2:-1] == stem[-1:] else "",
        verb[:-1],
        verb[:-3] + "y" if verb.endswith("ied") else "",
    ):
        if len(form) > 1 and known(form):
            return form
    return stem


def _asking(
    answer: str, kind: AnswerKind, before: str, after: str, chance: random.Random, *, subject: bool = False
) -> tuple[str, bool]:
    """The word that asks, and whether the preposition before the answer goes with it."""
    last = before.split()[-1].lower() if before.split() else ""
    placed = last in _PREPOSITIONS
    if kind is AnswerKind.YEAR:
        return (
            (chance.choice(("when", "in what year", "in which year", "what year")), True)
            if placed
            else ("what year", False)
        )
    if kind is AnswerKind.DATE:
        if not placed:
            return "what date", False
        return chance.choice(("when", "when", "on what date", "during what time")), True
    if kind is AnswerKind.NUMBER:
        if answer.endswith(("%", "percent")):
            return "what percentage", False
        if answer[:1] in "$£€U" or after.startswith(("million", "billion", "dollars")):
            return "how much", False
        return ("how many" if after[:1].isalpha() else chance.choice(("how many", "what number", "how much"))), False
    if kind is AnswerKind.REASON:
        return chance.choice(("why", "for what reason")), last in ("to", "because", "of")
    if kind is AnswerKind.TITLE:
        return chance.choice(("what", "which", "what was the name of the one")), False
    if kind is AnswerKind.NAME:
        return _who(answer, last, placed, chance, subject=subject)
    return _what(answer, last, chance)


def _who(answer: str, last: str, placed: bool, chance: random.Random, *, subject: bool) -> tuple[str, bool]:
    head = answer.split()[-1].lower()
    if head in _HEADS:
        return chance.choice((f"what {head}", f"which {head}", "what")), False
    if placed and last in ("in", "at", "near", "from", "to", "into"):
        if last in ("in", "at", "near") and chance.random() < 0.5:
            return "where", True
        return chance.choice(
            (f"{last} what place", f"{last} what city", f"{last} which country", "where", "what")
        ), True
    if last in ("by", "with", "for", "of") or subject or last not in ("the", "a", "an"):
        return chance.choice(("who", "who", "what", "whom" if placed else "who", "which")), False
    return chance.choice(("what", "which")), False


def _what(answer: str, last: str, chance: random.Random) -> tuple[str, bool]:
    words = answer.split()
    if len(words) > 1 and chance.random() < 0.15:
        return f"what {words[-1]}", False
    return chance.choice(("what", "what", "what", "which", "what kind of thing")), False
