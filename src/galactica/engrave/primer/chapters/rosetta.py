"""Chapter: the same text in several languages, with numbers of letters, so that a lost script can be found again."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from galactica.engrave.primer.document import Piece, PrimerParagraph, h1, h2, listing, p

_FIRST = ("en",)
"""What every page has: the primer's own language."""

_SHOWN = 24
"""Letters whose numbers are shown of each script."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RosettaText:
    """The text in one language."""

    tag: str
    english: str
    name: str
    text: str


@cache
def rosetta_texts() -> tuple[RosettaText, ...]:
    """All languages that the text was written in."""
    raw = (resources.files("galactica.engrave.primer") / "data" / "rosetta.toml").read_text("utf-8")
    return tuple(RosettaText(tag=tag, **fields) for tag, fields in tomllib.loads(raw).items())


def rosetta_chapter(
    number: int, languages: Sequence[str], drawn: Callable[[RosettaText], bool] = lambda each: True
) -> Iterator[Piece]:
    """The text in English and in the languages of the set.

    Args:
        languages: tags of the set's languages.
        drawn: whether the fonts at hand can draw a language.
    """
    wanted = {*_FIRST, *(tag.split("-")[0] for tag in languages)}
    found = [each for each in rosetta_texts() if each.tag in wanted]
    shown = [each for each in found if drawn(each)]
    yield h1(f"{number}. The same words in several languages")
    yield p(
        """The articles are in the languages below and perhaps in others. Here the same few sentences stand in each
        of them. If you can read one language, you can begin to read the others; if you can read none, compare: the
        numbers from one to ten are in each. Under each text stand its first letters with their numbers (code
        points, hexadecimal), as the chapter on letters says."""
    )
    for each in shown:
        yield h2(f"{each.name} ({each.english}, {each.tag})")
        yield PrimerParagraph(text=each.text, language=each.tag)
        yield listing(*_points(each.text))
    known = {each.tag for each in rosetta_texts()}
    for told, tags in (
        (
            "Not shown here, because no letters for it were at hand when this was printed",
            [e.english for e in found if e not in shown],
        ),
        ("Languages of these articles that this text was not written in", sorted(wanted - known)),
    ):
        if tags:
            yield p(f"{told}: {', '.join(tags)}.")


def _points(text: str) -> Iterator[str]:
    """Numbers of the first letters, in order: they stand under the text, whose letters a reader counts."""
    letters = [letter for letter in text if not letter.isspace()][:_SHOWN]
    numbers = [f"{ord(letter):x}" for letter in letters]
    for at in range(0, len(numbers), 12):
        yield f"letters {at + 1:2d} to {min(at + 12, len(numbers)):2d}:  {' '.join(numbers[at : at + 12])}"
