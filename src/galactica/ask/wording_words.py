"""What a sentence may say between the words of a question, by language: what makes it a report, what joins a clause.

See `worded`; the words stand in `worded.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.pieces import cut_pieces
from galactica.languages import facts


@dataclass(frozen=True, slots=True, kw_only=True)
class WordingWords:
    """The words of one language; what they are says `worded.toml`.

    Attributes:
        alike: word or stem → what all that say the same are compared by.
        asking: matches the beginning of a question; its first group is what asks.
    """

    alike: dict[str, str]
    reporting: frozenset[str]
    joining: frozenset[str]
    crediting: frozenset[str]
    before: frozenset[str]
    for_reason: re.Pattern[str]
    pronouns: frozenset[str]
    general: frozenset[str]
    vague: frozenset[str]
    plain: frozenset[str]
    being: frozenset[str]
    present: frozenset[str]
    articles: frozenset[str]
    definite: str
    subjects: frozenset[str]
    limiting: frozenset[str]
    helping: frozenset[str]
    participles: frozenset[str]
    asking: re.Pattern[str]
    counting: str
    causing: str
    asking_alone: frozenset[str]
    denying: frozenset[str]


def is_participle(word: str, words: WordingWords) -> bool:
    """Whether a word may say what is done to a thing."""
    return (len(word) > 3 and word.endswith("ed")) or word in words.participles


@cache
def wording_words(language: str) -> WordingWords | None:
    """The words of a language; None where it has none."""
    entry = _table().get(language)
    if entry is None:
        return None
    alike: dict[str, str] = {}
    for line in entry["alike"].split("|"):
        several = line.split()
        for word in several:
            alike.setdefault(word, several[0])
            for key in cut_pieces(word, language).keys:
                alike.setdefault(key, several[0])
    reasons = sorted((" ".join(each.split()) for each in entry["for_reason"].split("|")), key=lambda each: -len(each))
    return WordingWords(
        alike=alike,
        reporting=frozenset(entry["reporting"].split()),
        joining=frozenset(entry["joining"].split()),
        crediting=frozenset(entry["crediting"].split()),
        before=frozenset(entry["before"].split()),
        for_reason=re.compile(rf"(?:{'|'.join(map(re.escape, reasons))})\b"),
        pronouns=frozenset(entry["pronouns"].split()),
        general=frozenset(entry["general"].split()),
        vague=frozenset(alike.get(word, word) for word in entry["vague"].split()),
        plain=frozenset(entry["plain"].split()),
        being=frozenset(entry["being"].split()),
        present=frozenset(entry["present"].split()),
        articles=frozenset(entry["articles"].split()),
        definite=entry["definite"],
        subjects=frozenset(entry["subjects"].split()),
        limiting=frozenset(entry["limiting"].split()),
        helping=frozenset(entry["helping"].split()),
        participles=frozenset(entry["participles"].split()),
        asking=re.compile(rf"\W*{entry['asking']}"),
        counting=entry["counting"],
        causing=entry["causing"],
        asking_alone=frozenset(entry["asking_alone"].split()),
        denying=frozenset(facts(language).get("denying", {}).get("words", "").split()),
    )


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("worded.toml").read_text("utf-8"))
