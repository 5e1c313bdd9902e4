"""What a question compares, and what of it: "Is A bigger than B?". The words stand in `words.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from galactica.ask.pieces import cut_pieces
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary

MOST, LEAST = "most", "least"


@dataclass(frozen=True, slots=True, kw_only=True)
class ComparedBy:
    """What is compared.

    Attributes:
        of: its name in `words.toml`.
        most: whether more of it is wanted.
        properties: ids that it may mean, in order.
        counted: whether the values are counted.
    """

    of: str
    most: bool
    properties: tuple[str, ...]
    counted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ReckoningWords:
    """The words of one language.

    Attributes:
        pattern: of phrases that compare; `phrases`: they → what they compare, and whether more of it.
        quiet: words that a comparison may have besides.
        yes, no: answers.
        aged: what asks how old somebody became, "~" for the name.
    """

    pattern: re.Pattern[str]
    phrases: dict[str, tuple[str, bool]]
    quiet: frozenset[str]
    yes: str
    no: str
    aged: tuple[str, ...] = ()


def compared_by(of: str) -> ComparedBy | None:
    """What a line of `superlatives.toml` compares ("size_most"); None where no claims tell."""
    name, _, way = of.rpartition("_")
    if of in ("oldest", "youngest"):
        name, way = "age", LEAST if of == "oldest" else MOST
    properties = _table()["by"].get(name, "").split()
    if not properties or way not in (MOST, LEAST):
        return None
    counted = properties[0].startswith("#")
    plain = tuple(each.removeprefix("#") for each in properties)
    return ComparedBy(of=name, most=way == MOST, properties=plain, counted=counted)


def told_by_zero(name: str) -> str:
    """The property whose zero says that a thing has nothing of another; "" for none."""
    return str(_table()["none"].get(name, ""))


def compared_in(question: str, things: Sequence[str], language: str) -> ComparedBy | None:
    """What a question compares of two things that it names; None where it asks anything more.

    Args:
        things: their names as they stand in the question.
    """
    words = reckoning_words(language)
    if words is None:
        return None
    plain = folded(fold_han(question))
    for name in sorted(things, key=len, reverse=True):
        plain = plain.replace(folded(fold_han(name)), " \0 ", 1)
    if plain.count("\0") != len(things):
        return None
    match = words.pattern.search(plain)
    if match is None:
        return None
    rest = (plain[: match.start()] + " " + plain[match.end() :]).replace("\0", " ")
    if not _is_quiet(rest, words, language):
        return None
    of, more = words.phrases[" ".join(match[0].split())]
    return compared_by(f"{of}_{MOST if more else LEAST}")


def _is_quiet(rest: str, words: ReckoningWords, language: str) -> bool:
    if unspaced(rest):
        letters = "".join(letter for letter in rest if letter.isalnum())
        for word in sorted(words.quiet, key=lambda word: (-len(word), word)):
            letters = letters.replace(word, "")
        return not letters
    pieces = cut_pieces(rest, language)
    return all(folded(word) in words.quiet for word in pieces.words)


@cache
def reckoning_words(language: str) -> ReckoningWords | None:
    """The words of a language; None where it has none."""
    entry = _table().get(primary(language))
    if entry is None:
        return None
    phrases = {
        phrase: (of, way == "more")
        for way in ("more", "less")
        for of, text in entry[way].items()
        for phrase in _phrases(text)
    }
    return ReckoningWords(
        pattern=_any(list(phrases)),
        phrases=phrases,
        quiet=frozenset(_phrases(entry["quiet"].replace(" ", "|"))),
        yes=entry["yes"],
        no=entry["no"],
        aged=tuple(_phrases(entry.get("aged", ""))),
    )


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("words.toml").read_text("utf-8"))


def _phrases(text: str) -> list[str]:
    return [" ".join(folded(fold_han(each)).split()) for each in text.split("|") if each.strip()]


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda each: (-len(each), each))
    body = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in ordered)
    return re.compile(body if unspaced("".join(phrases)) else rf"(?<![^\W_])(?:{body})(?![^\W_])")
