"""Who says what in a text in which people talk: its turns, told by their form alone, in any language.

A turn begins with a line that says who speaks: "Q: …", "问：…", "Anna Holm: …", "[12.03.24, 14:05] Anna: …",
"<anna> …", "Q. …"; or the name stands on a line of its own, with a colon or the time ("Anna Holm  00:12"). Where nobody
is named a dash begins what is said ("— …"), or a line that asks is followed by one that does not, as in lists of
questions with their answers.

Rules:
1. A text is talk where such turns make up half of its lines, and who speaks speaks again: what a row of a table is
   called stands there once. Where there are no names, enough of the lines ask.
2. Of an interview two thirds of the lines may go on with what somebody says, where a fourth of the turns ask.
3. Who asks is told by how often: half of the turns of somebody end with a question mark, and not everybody's.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

LOOKED_AT = 20_000
"""Characters of a text that are looked at for whether people talk in it, and who asks."""

LEAST_TURNS = 4
"""Turns from which a text may be talk."""

LEAST_ASKED = 3
"""The same of lines that ask, where nobody is named."""

REPEATED = 0.8
"""Share of them whose speaker speaks again."""

ASKING = 0.25
"""Share of the turns that ask, where nobody is named or people speak at length."""

LONGEST_NAME = 40
"""Characters of who speaks: "Dr. Maria Fernanda González Ruiz"."""

LONGEST_LABEL = 90
"""The same with the day and time."""

LONGEST_ASKED = 300
"""Characters of a line that asks where nobody is named; a longer one is a paragraph that happens to end so."""

_ASKED = ("?", "？", "؟", "\u037e", "՞", "፧")

MOST_ABOVE = 4_000
"""Characters above a line in which the turn is looked for that it answers: a long answer has several paragraphs."""

MOST_BETWEEN = 1
"""Others who speak in between: what comes later answers something else."""

_DASHES = ("—", "–", "―")

_CLOSING = " \t\"'”’»)」』）*_"

_CLOCK = r"\d{1,2}[:.]\d{2}(?:[:.,]\d{2,3}){0,2}(?:\s?[APap]\.?[Mm]\.?)?"

_DAY = r"\d{1,4}[-./年]\s?\d{1,2}[-./月]\s?(?:\d{1,4})?日?"

_WHEN = rf"\u200e?[\[(]?(?:{_DAY},?\s)?{_CLOCK}[\])]?\s?(?:[-–—]\s)?"

_NAME = r"[^\W\d_][^\n:：,;!?。，、；！？<>\t]"

_MAY = re.compile("[:：>)]|[0-9]|^[^\\W\\d_]\\.", re.MULTILINE)
"""What one of the characters is of that say so who speaks: looked for first, because it is quick."""

_TURN = re.compile(
    rf"^[^\S\n]{{0,8}}(?:{_WHEN})?"
    rf"(?:(?P<name>{_NAME}{{0,{LONGEST_NAME}}}?)(?:\s?[(\[]{_CLOCK}[)\]])?\s?[:：](?!(?<=\d:)\d)(?=[^\n]{{0,4}}\w)"
    r"|<[@+ ]?(?P<nick>[^\s<>]{1,24})>\s|(?P<letter>[^\W\d_])\d{0,3}[.)]\s(?=[^\n]{0,4}\w))",
    re.MULTILINE,
)

_ALONE = re.compile(
    rf"^[^\S\n]{{0,8}}(?:(?P<name>{_NAME}{{0,{LONGEST_NAME}}}?)"
    rf"(?:[:：]|\s{{1,4}}[\[(]?(?:{_DAY},?\s)?{_CLOCK}[\])]?)|(?:{_DAY},?\s)?{_CLOCK}\s(?P<later>{_NAME}{{0,{LONGEST_NAME}}}?)"
    r"[:：]?)[^\S\n]*$",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TurnOfTalk:
    """What somebody says at once.

    Attributes:
        start, end: of its first line, in code points of the text, and of the line behind it where only the name stands
            on that.
        speaker: as written, without a number behind a letter ("Q1"); "" where nobody is named.
        asks: whether it ends with a question mark.
    """

    start: int
    end: int
    speaker: str
    asks: bool


def is_talk(text: str) -> bool:
    """Whether people talk in a text; see the module."""
    return bool(_turns_of_talk(text[:LOOKED_AT]))


def is_asked(sentence: str) -> bool:
    """Whether a sentence is a question."""
    return sentence.rstrip(_CLOSING).endswith(_ASKED)


def in_turn(text: str, place: int) -> bool:
    """Whether the line that holds `text[place]` begins with who speaks, or stands below who does."""
    begin = text.rfind("\n", 0, place) + 1
    above = text.rfind("\n", 0, max(0, begin - 1)) + 1
    return _TURN.match(text, begin) is not None or (begin > 0 and name_alone(text, above, begin - 1) is not None)


def asking_lines(text: str) -> frozenset[int]:
    """Where the lines begin that ask for what the next ones tell, in a text in which people talk: those of whoever
    asks, with a question mark or without ("Tell us about the boat."), and names that stand alone. None in another."""
    asks = who_asks(text)
    if asks is None:
        return frozenset()
    return frozenset(
        s for s, e in said_lines(text) if speaker_at(text, s, e) in asks or name_alone(text, s, e) is not None
    )


def question_above(text: str, place: int) -> tuple[int, int] | None:
    """(start, end) of the turn that asks for what the line of `text[place]` tells, in a text in which people talk; None
    in another, and where that line asks itself or none stands near above it."""
    low = text.rfind("\n", 0, place) + 1
    first = text.rfind("\n", 0, max(0, low - MOST_ABOVE)) + 1
    asks = who_asks(text)
    speaker = speaker_at(text, low)
    if asks is None or speaker in asks:
        return None
    others = 0
    for start, end in reversed([(first + start, first + end) for start, end in said_lines(text[first:low])]):
        own = speaker_at(text, start, end)
        if own in asks or (end - start <= LONGEST_ASKED and is_asked(text[start:end])):
            return start, end
        others += bool(own) and own != speaker
        speaker = own or speaker
        if others > MOST_BETWEEN:
            return None
    return None


def who_asks(text: str) -> frozenset[str] | None:
    """Those who ask in a text in which people talk; None in another."""
    looked = _turns_of_talk(text[:LOOKED_AT])
    turns = Counter(turn.speaker for turn in looked if turn.speaker)
    asked = Counter(turn.speaker for turn in looked if turn.speaker and turn.asks)
    asks = frozenset(name for name, count in turns.items() if count > 1 and 2 * asked[name] >= count)
    return None if not looked else asks if len(asks) < len(turns) else frozenset()


def speaker_at(text: str, start: int, end: int | None = None) -> str:
    """Who is named at the beginning of a line; "" where nobody is."""
    match = _TURN.match(text, start, len(text) if end is None else end)
    return "" if match is None else _without_number(match["name"] or match["nick"] or match["letter"])


def behind_speaker(text: str, start: int, end: int) -> int:
    """Where what is said begins in `text[start:end]`, behind who is named; `start` where nobody is."""
    match = _TURN.match(text, start, end)
    begin = start if match is None else match.end()
    return begin + len(text[begin:end]) - len(text[begin:end].lstrip())


def _without_number(speaker: str) -> str:
    """ "Q" of "Q1"."""
    short = speaker.rstrip("0123456789 ")
    return short if len(short) <= 2 else speaker


def _turns_of_talk(text: str) -> Sequence[TurnOfTalk]:
    """The turns of a text in which people talk; none of another."""
    lines = list(said_lines(text))
    named = list(_named(text, lines))
    speakers = Counter(turn.speaker for turn in named)
    again = sum(count for count in speakers.values() if count > 1)
    asks = sum(turn.asks for turn in named)
    said = sum(1 + ("\n" in text[turn.start : turn.end]) for turn in named)
    enough = 2 * said >= len(lines) or (3 * said >= len(lines) and asks >= ASKING * len(named))
    if len(named) >= LEAST_TURNS and again >= REPEATED * len(named) and enough:
        return named
    for nameless in (_dashes(text, lines), _answered(text, lines)):
        asks = sum(turn.asks for turn in nameless)
        if 2 * len(nameless) >= len(lines) and asks >= max(LEAST_ASKED, ASKING * len(nameless)):
            return nameless
    return ()


def said_lines(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of the lines that are not empty."""
    start = 0
    for line in text.split("\n"):
        if line and not line.isspace():
            yield start, start + len(line)
        start += len(line) + 1


def _named(text: str, lines: Sequence[tuple[int, int]]) -> Iterator[TurnOfTalk]:
    """The turns of those who are named, in order."""
    letters: list[TurnOfTalk] = []
    found: list[TurnOfTalk] = []
    for number, (start, end) in enumerate(lines):
        if _MAY.search(text, start, min(end, start + LONGEST_LABEL)) is None:
            continue
        match = _TURN.match(text, start, end)
        if match is not None:
            several = letters if match["letter"] else found
            several.append(_turn(text, start, end, match["name"] or match["nick"] or match["letter"]))
        elif number + 1 < len(lines):
            alone = name_alone(text, start, end)
            below = lines[number + 1]
            if alone is not None and not _begins(text, below):
                found.append(_turn(text, start, below[1], alone["name"] or alone["later"]))
    # "A." and "B." also begin what may be chosen from: two who speak, one of whom asks.
    of = {each.speaker for each in letters}
    if len(of) == 2 and any(4 * sum(t.asks for t in letters if t.speaker == s) >= len(letters) for s in of):
        found = sorted((*found, *letters), key=lambda turn: turn.start)
    yield from found


def _begins(text: str, line: tuple[int, int]) -> bool:
    return _TURN.match(text, *line) is not None or name_alone(text, *line) is not None


def name_alone(text: str, start: int, end: int) -> re.Match[str] | None:
    """Who speaks, where nothing else stands on a line."""
    return _ALONE.match(text, start, end) if end - start <= LONGEST_LABEL else None


def _turn(text: str, start: int, end: int, speaker: str) -> TurnOfTalk:
    asks = is_asked(text[max(start, end - 80) : end])
    return TurnOfTalk(start=start, end=end, speaker=_without_number(speaker), asks=asks)


def _dashes(text: str, lines: Sequence[tuple[int, int]]) -> list[TurnOfTalk]:
    """What is said behind a dash."""
    dashed = [(start, end) for start, end in lines if text[start : start + 9].lstrip()[:1] in _DASHES]
    return [_turn(text, start, end, "") for start, end in dashed]


def _answered(text: str, lines: Sequence[tuple[int, int]]) -> list[TurnOfTalk]:
    """Lines that ask and the ones behind them that do not."""
    asks = [end - start <= LONGEST_ASKED and is_asked(text[max(start, end - 80) : end]) for start, end in lines]
    found: list[TurnOfTalk] = []
    for number, (start, end) in enumerate(lines):
        if (asks[number] and not all(asks[number : number + 2])) or (number and asks[number - 1] and not asks[number]):
            found.append(_turn(text, start, end, ""))
    return found
