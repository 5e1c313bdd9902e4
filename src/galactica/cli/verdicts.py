"""What a terminal says of an answer, in the language of its question: `verdict_words.toml`.

Only what belongs to the answer is said so; why there is none at all is said in the person's language where it has a
code (`cli.persons`), and all else that the program says on a terminal is English. What is quoted stays as its source
has it. Sentences that arise elsewhere (`model.said`) are said with the reading room's words, and in
English to a question in a language that the room does not speak.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from galactica.languages import guess

if TYPE_CHECKING:
    from galactica.web.words import Words

ENGLISH = "en"


@dataclass(frozen=True, slots=True, kw_only=True)
class VerdictWords:
    """What is said of an answer.

    Attributes:
        language: that it is said in, a primary tag.
        probably: stands before an answer that is probable.
        chance: how often such an answer is right, {n} in ten.
        nothing: nothing is likely enough.
        nearest: stands before what came nearest.
        disagree: sources do.
        read_by: who read, {reader}, and how likely the answer is right, {confidence}.
        series, besides, others: stand before values of other times, values besides, what other sources say.
    """

    language: str
    probably: str
    chance: str
    nothing: str
    nearest: str
    disagree: str
    series: str
    besides: str
    others: str
    read_by: str

    def who(self, name: str) -> str:
        """What one is called who did a step; as it is where it was added to the group."""
        words = _of_the_room(self.language)
        if words is None:
            return name
        from galactica.web.kinds import RESEARCHERS

        return words(RESEARCHERS[name]) if name in RESEARCHERS else name

    def note(self, text: str) -> str:
        """A sentence that arose elsewhere."""
        words = _of_the_room(self.language)
        return text if words is None else words.said(text)


def _of_the_room(language: str) -> Words | None:
    """The reading room's words in a language; None for English, in which sentences arise, and one it does not speak."""
    if language == ENGLISH:
        return None
    from galactica.web.words import CATALOGUES, interface_in  # here, because English questions do without

    spoken = interface_in(language)
    return CATALOGUES[spoken] if spoken else None


def verdict_words(question: str) -> VerdictWords:
    """The words for a question's answer; English where its language is not told, or is none of the table's."""
    known = _known()
    return known.get(guess(question), known[ENGLISH])


@cache
def _known() -> dict[str, VerdictWords]:
    table = tomllib.loads(files(__package__).joinpath("verdict_words.toml").read_text("utf-8"))
    return {tag: VerdictWords(language=tag, **words) for tag, words in table.items()}
