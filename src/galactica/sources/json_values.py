"""JSON of any length, one value at a time: arrays and objects are walked member by member, never held whole.

Rules: at most `MAX_VALUE` characters of one value are held. A value that is broken costs itself: reading goes on behind
it, found by its brackets, else at the next thing that looks like the start of an object. Control characters in strings
are let through, commas before a closing bracket forgiven; of equal keys of one object both values are kept. Standard:
RFC 8259.
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import BinaryIO

from galactica.sources.contract import MAX_DOCUMENT

MAX_VALUE = MAX_DOCUMENT
"""Characters of one value above which it is too large."""

MAX_BROKEN = 2**22
"""Characters of a broken value in which its end is looked for by its brackets."""

NESTED = 500
"""Levels that a value has at least which is nested too deeply, each of one character at least."""

VAIN = 4
"""Times what was read that brackets may be looked for in vain: beyond it they are not, so that time stays linear."""

PIECE = 2**18
"""Bytes read at a time."""

_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_MARK = re.compile(r'\\.|["{}\[\]]', re.DOTALL)
_SCALAR = re.compile(r"[^,\]}\s]*")
_BEHIND = re.compile(r"\s*(?:[,\]}]|\Z)")
_NEXT = re.compile(r"[\]}]\s*,\s*(?=\{\s*\"|\[)")
_NEAR_THE_END = 12
"""Characters before the end of what was read at which an error may only mean that more has to be read: the longest
escape is six, the longest word five."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BrokenValue:
    """A value that cannot be read: `reason` as in `model.Rejected`, `detail` for a person."""

    reason: str
    detail: str


class WrittenNumber(float):
    """A number with a point or a power, and how it is written: 1.10 is more than 1.1, and a float holds 17 digits."""

    __slots__ = ("written",)
    written: str

    def __new__(cls, written: str) -> WrittenNumber:
        """The number that is written so."""
        made = super().__new__(cls, written)
        made.written = written
        return made


def with_both(pairs: list[tuple[str, object]]) -> dict[str, object]:
    """An object of its (key, value) pairs; of what is said twice both are kept, the second one as "key (2)"."""
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    made, times = {}, dict[str, int]()
    for name, value in pairs:
        made[name if made.get(name, value) == value else another_key(name, made, times)] = value
    return made


def another_key(name: str, made: Mapping[str, object], times: dict[str, int]) -> str:
    """What a key is called that an object has already.

    Args:
        times: how often each has been said in this object; kept here.
    """
    number = times.get(name, 1) + 1
    while f"{name} ({number})" in made:
        number += 1
    times[name] = number
    return f"{name} ({number})"


READ_AS_WRITTEN = json.JSONDecoder(
    strict=False, object_pairs_hook=with_both, parse_float=WrittenNumber, parse_constant=WrittenNumber
)
"""What reads a value of which nothing is lost."""


class Values:
    """The text of a JSON file.

    Args:
        stream: its bytes; read as they are needed.
        encoding: of them.

    Attributes:
        replaced: characters that could not be read and stand as U+FFFD.
    """

    def __init__(self, stream: BinaryIO, encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._text = ""
        self._at = 0
        self._over = False
        self._read = self._vain = 0  # characters: that were read; in which brackets were looked for in vain
        self.replaced = 0

    def peek(self) -> str:
        """The next character that is no space, "" at the end."""
        while True:
            found = _SPACE.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return self._text[self._at : self._at + 1]

    def looking_at(self, pattern: re.Pattern[str]) -> bool:
        """Whether what comes next, as far as has been read, is like this."""
        self.peek()
        return pattern.match(self._text, self._at) is not None

    def take(self, mark: str) -> bool:
        """Whether the next character is this one; it is passed over then."""
        if self.peek() != mark:
            return False
        self._at += 1
        return True

    def value(self) -> object:
        """The next value, whole; a `BrokenValue` for one that cannot be read, which has been passed over."""
        self.peek()
        while True:
            try:
                value, end = READ_AS_WRITTEN.raw_decode(self._text, self._at)
            except RecursionError:
                return self._passed(BrokenValue(reason="bad-row", detail="nested too deeply"), NESTED)
            except ValueError as error:
                more = isinstance(error, json.JSONDecodeError) and self._incomplete(error)
                if not more:
                    return self._passed(
                        BrokenValue(reason="bad-row", detail=f"no JSON: {getattr(error, 'msg', error)}"[:200])
                    )
                if len(self._text) - self._at > MAX_VALUE:
                    return self._passed(BrokenValue(reason="too-large", detail=f"more than {MAX_VALUE:,} characters"))
                if not self._more(len(self._text) - self._at):
                    self._at = len(self._text)
                    return BrokenValue(reason="truncated", detail="the file breaks off inside a value")
                continue
            if isinstance(value, int | float) and end > len(self._text) - _NEAR_THE_END and not self._over:
                self._more()  # a number may go on
                continue
            self._at = end
            return value

    def members(self) -> Iterator[str]:
        """Yield the keys of the object that comes next; each one's value must be taken before the next is asked for."""
        self.take("{")
        while self.peek() == '"':
            key = self.value()
            if not isinstance(key, str) or not self.take(":"):
                return
            yield key
            if not self.take(","):
                break
        self.take("}")

    def elements(self) -> Iterator[object]:
        """Yield the values of the array that comes next, `BrokenValue` ones among them."""
        self.take("[")
        while (mark := self.peek()) != "]":
            if not mark:
                yield BrokenValue(reason="truncated", detail="the file breaks off inside a list")
                return
            value = self.value()
            yield value
            if isinstance(value, BrokenValue) and value.reason == "truncated":
                return
            if not self.take(",") and self.peek() not in ("]", "", "{"):
                self._at += 1  # something that stands between values: looked at as a value of its own
        self.take("]")

    def skip(self) -> bool:
        """Pass over the next value without holding it; whether it ended."""
        if self.peek() not in ("{", "[", '"'):
            return self._skip_scalar()
        depth, quoted = 0, False
        while True:
            for mark in _MARK.finditer(self._text, self._at):
                sign = mark[0]
                if sign == '"':
                    quoted = not quoted
                elif not quoted and sign in "{[":
                    depth += 1
                elif not quoted and sign in "}]":
                    depth -= 1
                if depth <= 0 and not quoted and sign in '"]}':
                    self._at = mark.end()
                    return True
            loose = (len(self._text) - len(self._text.rstrip("\\"))) % 2  # a backslash whose other half is to come
            self._at = len(self._text) - loose
            if not self._more():
                self._at = len(self._text)
                return False

    def _skip_scalar(self) -> bool:
        while True:
            found = _SCALAR.match(self._text, self._at)
            self._at = found.end() if found else self._at
            if self._at < len(self._text) or not self._more():
                return True

    def _incomplete(self, error: json.JSONDecodeError) -> bool:
        """Whether an error may only mean that more has to be read."""
        near = error.pos >= len(self._text) - _NEAR_THE_END
        return near or error.msg.startswith("Unterminated string")

    def _passed(self, broken: BrokenValue, inside: int = 1) -> BrokenValue:
        """Go behind a value that cannot be read: to where its brackets close, else to what looks like the next one.

        Args:
            inside: characters that certainly belong to it.
        """
        if 4 * self._at > len(self._text):  # each error costs the more, the more stands before it
            self._text, self._at = self._text[self._at :], 0
        end = self._closing()
        while end < 0 and len(self._text) - self._at < MAX_BROKEN and self._more(len(self._text) - self._at):
            end = self._closing()
        if end >= 0 and _BEHIND.match(self._text, end):
            self._at = end
            return broken
        self._vain += (len(self._text) if end < 0 else end) - self._at
        self._at = min(self._at + inside, len(self._text))
        while not (found := _NEXT.search(self._text, self._at)):
            self._at = max(self._at, len(self._text) - 2 * _NEAR_THE_END)
            if not self._more():
                self._at = len(self._text)
                return broken
        self._at = found.end()
        return broken

    def _closing(self) -> int:
        """Where the brackets of the next value close, in what has been read; -1 where they do not."""
        depth, quoted = 0, False
        if self._vain > VAIN * self._read:
            return -1
        if self._text[self._at : self._at + 1] not in ("{", "["):
            found = _SCALAR.match(self._text, self._at)
            return found.end() if found and found.end() > self._at else -1
        for mark in _MARK.finditer(self._text, self._at):
            sign = mark[0]
            if sign == '"':
                quoted = not quoted
            elif not quoted:
                depth += (sign in "{[") - (sign in "}]")
                if depth <= 0:
                    return mark.end()
        return -1

    def _more(self, least: int = 0) -> bool:
        """Read on, at least so many characters where there are as many; whether there was anything."""
        if self._over:
            return False
        pieces, got = [self._text[self._at :]], 0
        while not self._over and got <= least:
            raw = self._stream.read(PIECE)
            self._over = not raw
            piece = self._decoder.decode(raw, final=self._over)
            self.replaced += piece.count("\ufffd")
            self._read += len(piece)
            pieces.append(piece)
            got += len(piece)
        self._text, self._at = "".join(pieces), 0
        return got > 0
