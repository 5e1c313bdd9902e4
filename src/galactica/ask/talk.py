"""Where people talk: lines that begin with who speaks, as interviews, minutes and plays are written.

What such a text says is said in the first person, in other words than whoever asks would use, and half of it asks: the
reader was taught with articles and takes most of it for "not here". Told by its form alone, in any language.
"""

from __future__ import annotations

import re
from collections import Counter

LOOKED_AT = 20_000
"""Characters of a text that are looked at."""

LEAST_TURNS = 4
"""Lines with a speaker from which a text may be talk."""

REPEATED = 0.8
"""Share of them whose speaker speaks again: what a row of a table is called stands there once."""

_SPEAKER = re.compile(r"^[^\S\n]{0,8}([^\W\d_][^\n:：.,;!?。，、；！？]{0,24})[:：](?=[^\n]{0,4}\w)", re.MULTILINE)

_ASKED = ("?", "？", "؟", "\u037e")

_CLOSING = " \"'”’»)」』）"


def is_talk(text: str) -> bool:
    """Whether people talk in a text: at least half of its lines begin with one of a few who speak."""
    looked = text[:LOOKED_AT]
    speakers = Counter(match[1] for match in _SPEAKER.finditer(looked))
    turns = sum(speakers.values())
    again = sum(count for count in speakers.values() if count > 1)
    lines = sum(1 for line in looked.split("\n") if line.strip())
    return turns >= LEAST_TURNS and again >= REPEATED * turns and 2 * turns >= lines


def is_asked(sentence: str) -> bool:
    """Whether a sentence is a question."""
    return sentence.rstrip(_CLOSING).endswith(_ASKED)


def in_turn(text: str, place: int) -> bool:
    """Whether the line that holds `text[place]` begins with who speaks."""
    begin = text.rfind("\n", 0, place) + 1
    return _SPEAKER.match(text, begin) is not None
