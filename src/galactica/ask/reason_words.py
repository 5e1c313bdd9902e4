"""What joins a reason and what it is the reason of, by language: `reasons.toml`, read once. See `reasons`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded

LONGEST_REASON = 180
"""Characters of a reason; a longer one ends with a clause."""

SHORTEST_REASON = 3
"""Letters of what stands beside the words that join it: "because of it" gives none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReasonWords:
    """The words of one language; what they are says `reasons.toml`."""

    behind: re.Pattern[str]
    before: re.Pattern[str]
    first: re.Pattern[str]
    refers: re.Pattern[str]
    general: frozenset[str]
    stops: re.Pattern[str]
    undone: re.Pattern[str]
    alike: dict[str, str]
    pointing: re.Pattern[str]
    naming: frozenset[str]
    named_for: re.Pattern[str]


@cache
def reason_words(language: str) -> ReasonWords | None:
    """The words of a language; None where it has none."""
    entry = tomllib.loads(files(__package__).joinpath("reasons.toml").read_text("utf-8")).get(language)
    if entry is None:
        return None

    def several(name: str) -> frozenset[str]:
        return frozenset(map(folded, entry[name].split()))

    return ReasonWords(
        behind=_any(entry["behind"]),
        before=_any(entry["before"]),
        first=_any(entry["first"]),
        refers=_any(entry["refers"]),
        general=several("general"),
        stops=re.compile(entry["stops"]),
        undone=_any(entry["undone"]),
        pointing=re.compile(rf"(?:{_any(entry['behind']).pattern})\s*{entry.get('pointing', '(?!)')}"),
        naming=frozenset(entry.get("naming", "").split()),
        named_for=_any(entry.get("named_for", "-")),
        alike={word: line.split()[0] for line in entry.get("alike", "").split("|") for word in line.split()},
    )


def cut_reason(lower: str, start: int, end: int, words: ReasonWords) -> tuple[int, int]:
    """A reason without what follows it: to where the clause ends, if it is long, and without marks at its ends."""
    stop = words.stops.search(lower, start, end)
    last = stop.start() if stop is not None and stop.start() > start + SHORTEST_REASON else end
    if last - start > LONGEST_REASON:
        comma = max(lower.rfind(mark, start + LONGEST_REASON // 4, start + LONGEST_REASON) for mark in ",，")
        last = comma if comma > start else last
    while last > start and (lower[last - 1].isspace() or lower[last - 1] in ",.;:，。；：!?！？"):
        last -= 1
    while start < last and (lower[start].isspace() or lower[start] in ",，"):
        start += 1
    return start, last


def _any(phrases: str) -> re.Pattern[str]:
    """Any of some phrases, the longest first, as whole words where words are separated; one may begin with a comma."""
    several: Sequence[str] = sorted(
        (" ".join(folded(fold_han(each)).split()) for each in phrases.split("|")), key=lambda each: (-len(each), each)
    )
    begins = "" if unspaced("".join(several)) else r"(?<![\w'’-])"
    body = "|".join((begins if each[:1].isalnum() else "") + re.escape(each).replace(r"\ ", r"\s+") for each in several)
    return re.compile(rf"(?:{body})(?![\w’-])" if begins else f"(?:{body})")
