"""What is asked and what is told to it: the exchanges of a text in which people talk, by its turns alone (`turns`).

An exchange begins where whoever asks speaks, and holds what others say until he speaks again. Where nobody asks more
than others, or nobody is named, it begins with a line that ends with a question mark. What stands before the first
question is one by itself.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from galactica.codes.turns import LONGEST_ASKED, is_asked, name_alone, said_lines, speaker_at, who_asks

Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Exchange:
    """A turn that asks, and those that tell something to it.

    Attributes:
        asked: (start, end) of the turn that asks, in code points of the text; None where none stands above.
        told: the same of each turn behind it; none where nobody answers.
    """

    asked: Span | None
    told: tuple[Span, ...]

    @property
    def whole(self) -> Span:
        """From the first of it to the last."""
        spans = [*([self.asked] if self.asked else []), *self.told]
        return spans[0][0], spans[-1][1]


def exchanges(text: str) -> list[Exchange]:
    """The exchanges of a text in which people talk, in order; none of another text."""
    asks = who_asks(text)
    if asks is None:
        return []
    found: list[tuple[Span | None, list[Span]]] = []
    for start, end, speaker in _said(text):
        asking = speaker in asks if speaker and asks else end - start <= LONGEST_ASKED and is_asked(text[start:end])
        if asking:
            found.append(((start, end), []))
            continue
        if not found:
            found.append((None, []))
        found[-1][1].append((start, end))
    return [Exchange(asked=asked, told=tuple(told)) for asked, told in found]


def _said(text: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, speaker) of the turns; lines that go on with what is said belong to their turn, those of whom nobody
    names stand by themselves."""
    begun: tuple[int, int, str] | None = None
    waits = False
    for start, end in said_lines(text):
        speaker, alone = speaker_at(text, start, end), None
        if not speaker:
            alone = name_alone(text, start, end)
            speaker = (alone["name"] or alone["later"]) if alone is not None else ""
        asks = not speaker and not waits and end - start <= LONGEST_ASKED and is_asked(text[start:end])
        if begun is not None and not speaker and begun[2] and (waits or not asks):
            begun = (begun[0], end, begun[2])
        else:
            if begun is not None:
                yield begun
            begun = (start, end, speaker)
        waits = alone is not None
    if begun is not None:
        yield begun
