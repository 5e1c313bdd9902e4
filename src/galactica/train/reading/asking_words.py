"""How languages ask, from their files (`languages/data`, `questions`): phrases by what they ask for, small words.

`ask.kinds` reads the same for understanding: as expressions, without accents. Here phrases are said, so that they stay
as they are written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from galactica.codes.han import fold_han, unspaced
from galactica.languages import by_language

KINDS = ("date", "number", "measure", "place", "person", "reason", "manner")
"""Kinds of asking words that one language's stand for another's; what measures asks for is asked by "number"."""

PLAINEST = 2
"""Phrases of a kind that are said, the first: the others ask for something narrower ("in which century")."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QuestionPhrases:
    """How a language asks.

    Attributes:
        phrases: (phrase, kind), folded, the longest first; a kind is one of `KINDS`, or "which".
        by_kind: kind → what is said for it.
        small: words that say nothing by themselves.
        spaced: whether words stand apart.
    """

    phrases: tuple[tuple[str, str], ...]
    by_kind: Mapping[str, Sequence[str]]
    small: frozenset[str]
    spaced: bool

    def asks(self, plain: str) -> tuple[int, int, str] | None:
        """(start, end, kind) of the longest phrase that asks in a question, folded; the first of them."""
        for phrase, kind in self.phrases:
            at = plain.find(phrase)
            while at >= 0:
                end = at + len(phrase)
                apart = not (plain[at - 1 : at].isalnum() or plain[end : end + 1].isalnum())
                if apart or not self.spaced:
                    return at, end, kind
                at = plain.find(phrase, at + 1)
        return None


@cache
def asking_words() -> Mapping[str, QuestionPhrases]:
    """Language → how it asks, of those whose file says so."""
    return {language: _read(entry) for language, entry in by_language("questions").items()}


def _read(entry: Mapping[str, object]) -> QuestionPhrases:
    asks = entry.get("ask", {})
    assert isinstance(asks, Mapping)
    by_kind: dict[str, list[str]] = {kind: _phrases(str(asks.get(kind, ""))) for kind in KINDS}
    by_kind["which"] = _phrases(str(entry.get("which", "")))
    phrases = [(fold_han(phrase).lower(), kind) for kind, several in by_kind.items() for phrase in several]
    by_kind = {kind: several[:PLAINEST] for kind, several in (by_kind | {"measure": by_kind["number"]}).items()}
    common = str(entry["common"])
    return QuestionPhrases(
        phrases=tuple(sorted(phrases, key=lambda each: -len(each[0]))),
        by_kind=by_kind,
        small=frozenset(fold_han(common).lower().split()),
        spaced=not unspaced(common),
    )


def _phrases(text: str) -> list[str]:
    return [" ".join(phrase.split()) for phrase in text.split("|") if phrase.strip()]
