"""What a model wrote, taken apart: sentences, each with the numbers of the quotations that it names.

Nothing is trusted: a sentence without a number, with a number that was not given, or with an address or markup in it is
not taken, and counted. Whether its quotations support it is not decided here.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from galactica.ask.evidence import sentence_spans
from galactica.ask.models.prompt import NONE

MOST_SENTENCES = 6
LONGEST = 500
MOST_READ = 20_000
"""Code points of a reply that are looked at."""

_NUMBERS = re.compile(r"\[\s*(\d{1,3}(?:\s*[,;]\s*\d{1,3})*)\s*\]")
_BEFORE_STOP = re.compile(r"([.!?。！？।۔]+[\"'”’»)]*)\s*((?:\[\s*\d[\d\s,;]*\]\s*)+)")
_NUMBERS_AT_END = re.compile(r"((?:\s*\[\s*\d[\d\s,;]*\])+)\s*([.!?。！？।۔]+[\"'”’»)]*)")
_ADDRESS = re.compile(
    r"://|\bwww\.|\bmailto:|\b(?:javascript|data|file|ftp):|\]\(|[\w-]+@[\w-]+\.\w|"
    r"\b(?:[\w-]+\.)+(?:com|org|net|io|dev|info|edu|gov|example|test|invalid|onion|ru|cn|de|uk|xyz)\b|"
    r"\b\d{1,3}(?:\.\d{1,3}){3}\b",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"</?[a-z!][^>]*>|```|[{}]|\$\(|^\s*\|", re.IGNORECASE)
_LIST = re.compile(r"^\s*(?:[-*•–]|#{1,6}|\d{1,2}[.)])\s+")
_EMPHASIS = re.compile(r"\*\*|__|(?<!`)`(?!`)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """A draft.

    Attributes:
        sentences: (text without numbers, numbers of its quotations from 1) pairs, in order, each sentence once.
        refused: sentences that were not taken.
        none: whether the model says that the quotations do not answer.
    """

    sentences: tuple[tuple[str, tuple[int, ...]], ...]
    refused: int
    none: bool = False


def drafted(reply: str, given: int) -> Drafted:
    """The sentences of a reply.

    Args:
        reply: what the model wrote, whatever it is.
        given: how many quotations it was given, numbered from 1.
    """
    taken: dict[str, tuple[int, ...]] = {}
    refused = 0
    text = _plain(reply[:MOST_READ])
    if text.strip(" .[]") == NONE:
        return Drafted(sentences=(), refused=0, none=True)
    for line in text.split("\n"):
        for sentence, numbers in _cut(_LIST.sub("", line)):
            if len(taken) < MOST_SENTENCES and sentence not in taken and _acceptable(sentence, numbers, given):
                taken[sentence] = numbers
            else:
                refused += 1
    return Drafted(sentences=tuple(taken.items()), refused=refused)


def _plain(reply: str) -> str:
    """A reply without control and invisible characters (they could turn the direction of what stands after them)."""
    kept = (" " if each == "\t" else each for each in reply.replace("\r\n", "\n").replace("\r", "\n"))
    return "".join(each for each in kept if each == "\n" or unicodedata.category(each)[0] != "C")


def _cut(line: str) -> list[tuple[str, tuple[int, ...]]]:
    """The sentences of a line, each with the numbers that stand in it or right behind it."""
    # "…river. [1] It …" and "…river [1]. It …" are the same: the numbers go before the stop, where no cut is made.
    line = _BEFORE_STOP.sub(lambda m: f" {m[2].strip()}{m[1]} ", _NUMBERS_AT_END.sub(r"\1\2", line))
    found = []
    for start, end in sentence_spans(line):
        sentence = line[start:end]
        numbers = [int(number) for match in _NUMBERS.finditer(sentence) for number in re.findall(r"\d+", match[1])]
        text = _EMPHASIS.sub("", _NUMBERS.sub("", sentence))
        text = re.sub(r"\s+(?=[.,;!?。])", "", re.sub(r"\s+", " ", text)).strip()
        if text:
            found.append((text, tuple(dict.fromkeys(numbers))))
    return found


def _acceptable(sentence: str, numbers: tuple[int, ...], given: int) -> bool:
    return (
        bool(numbers)
        and all(1 <= number <= given for number in numbers)
        and len(sentence) <= LONGEST
        and any(each.isalnum() for each in sentence)
        and not _ADDRESS.search(sentence)
        and not _MARKUP.search(sentence)
    )
