"""Which things of an edition are of a sort: all countries, all planets. `sorts.toml` has what is said of them.

A thing is of a sort where a source says so, in a definition or a category, by the end of what it says ("a landlocked
country"); or where it has what only things of that sort have. Of a former thing it is not said.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.pieces import cut_pieces
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.joining.properties.kept import TopicEntry
from galactica.languages import primary

FORMER = re.compile(
    r"(?<!\w)(?:former|defunct|extinct|historical|ancient|fictional|proposed|lists?|ehemalige\w*|бывш\w+)(?!\w)|前|历史|虚构|列表"
)
"""What says that a thing is none any more, or never was."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sort:
    """A sort of things.

    Attributes:
        called: in the question's words.
        said: ends of what sources say a thing is, folded.
        has, lacks: ids of properties.
    """

    called: str
    said: tuple[str, ...]
    has: frozenset[str] = frozenset()
    lacks: frozenset[str] = frozenset()


def sort_called(words: str, language: str) -> Sort:
    """The sort that a question calls so; of one that is not known, what is called by the same words."""
    plain = _plain(words)
    for names, sort in _known(primary(language)):
        if plain in names:
            return Sort(called=words, said=sort.said, has=sort.has, lacks=sort.lacks)
    ends = {plain}
    if not unspaced(plain) and primary(language) == "en":
        ends |= {plain.removesuffix("s"), f"{plain}s"}
    return Sort(called=words, said=tuple(sorted(each for each in ends if each)))


def sort_words(text: str, language: str) -> str:
    """The longest name of a known sort in a question, as it is written folded; "" where it has none."""
    plain = _plain(text)
    every = sorted(
        {name for names, _ in _known(primary(language)) for name in names}, key=lambda name: (-len(name), name)
    )
    for name in every:
        if unspaced(name) and name in plain:
            return name
        if not unspaced(name) and re.search(rf"(?<!\w){re.escape(name)}(?!\w)", plain):
            return name
    return ""


def of_sort(topics: Sequence[TopicEntry], sort: Sort) -> list[TopicEntry]:
    """The topics that are of a sort, in order."""
    told: dict[str, bool] = {}
    found = []
    for each in topics:
        if not each.members or sort.lacks & each.has:
            continue
        said = any(told.setdefault(text, _says(text, sort.said)) for text in each.sorts)
        if said or (sort.has and sort.has <= each.has):
            found.append(each)
    return found


def _says(text: str, ends: Sequence[str]) -> bool:
    plain = _plain(text)
    if FORMER.search(plain):
        return False
    return any(
        plain.endswith(end) if unspaced(end) else plain == end or plain.endswith(f" {end}") or plain.endswith(f"-{end}")
        for end in ends
    )


def _plain(text: str) -> str:
    return " ".join(folded(fold_han(text)).split())


@cache
def _known(language: str) -> tuple[tuple[frozenset[str], Sort], ...]:
    table = tomllib.loads(files(__package__).joinpath("sorts.toml").read_text("utf-8"))
    found = []
    for name, entry in table.items():
        names = frozenset(_plain(each) for each in str(entry.get(language, "")).split("|") if each.strip())
        said = [_plain(each) for each in str(entry["said"]).split("|")]
        plural = [f"{each[:-1]}ies" if each.endswith("y") else f"{each}s" for each in said if each.isascii()]
        sort = Sort(
            called=name,
            said=tuple(dict.fromkeys((*said, *plural))),
            has=frozenset(str(entry.get("has", "")).split()),
            lacks=frozenset(each.strip() for each in str(entry.get("lacks", "")).split("|") if each.strip()),
        )
        found.append((names, sort))
    return tuple(found)


def stems(text: str, language: str) -> frozenset[str]:
    """The stems of a name, as superlatives are narrowed by."""
    return frozenset(cut_pieces(text, language).keys)
