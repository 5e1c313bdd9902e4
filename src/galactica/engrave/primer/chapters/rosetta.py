"""Chapter: the same text in several languages, with numbers of letters, so that a lost script can be found again."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from galactica.engrave.primer.document import Piece, PrimerParagraph, h1, h2, listing, p

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
    """The text in every language that it was written in, those of the set first.

    Args:
        languages: tags of the set's languages, the most frequent first.
        drawn: whether the fonts at hand can draw a language.
    """
    own = [tag.split("-")[0] for tag in languages]
    texts = sorted(rosetta_texts(), key=lambda each: own.index(each.tag) if each.tag in own else len(own))
    shown = [each for each in texts if drawn(each)]
    yield h1(f"{number}. The same words in several languages")
    yield p(
        """Here the same few sentences stand in several languages, first in those of the articles. If you can read one
        language, you can begin to read the others; if you can read none, compare: the numbers from one to ten are in
        each. Before the text stands the name of the language in the language itself. Under it stand the numbers of the
        text's first letters (code points, hexadecimal), as the chapter on letters says."""
    )
    for each in shown:
        yield h2(f"{each.english} ({each.tag})")
        yield PrimerParagraph(text=f"{each.name}: {each.text}", language=each.tag)
        yield listing(*_points(each.text))
    known = {each.tag: each.english for each in texts}
    for told, tags in (
        ("The articles are in these languages", [known.get(tag, tag) for tag in dict.fromkeys(own)]),
        (
            "Not shown here, because no letters for it were at hand when this was printed",
            [each.english for each in texts if each not in shown],
        ),
        ("Languages of the articles that this text was not written in", sorted(set(own) - known.keys())),
    ):
        if tags:
            yield p(f"{told}: {', '.join(tags)}.")


def _points(text: str) -> Iterator[str]:
    """Numbers of the first letters, in order: they stand under the text, whose letters a reader counts."""
    letters = [letter for letter in text if not letter.isspace()][:_SHOWN]
    numbers = [f"{ord(letter):x}" for letter in letters]
    for at in range(0, len(numbers), 12):
        yield f"letters {at + 1:2d} to {min(at + 12, len(numbers)):2d}:  {' '.join(numbers[at : at + 12])}"
