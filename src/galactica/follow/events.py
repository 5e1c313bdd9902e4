"""Server-sent events: a stream of lines becomes events. Bytes in, events out; no network, no clock.

Standard: HTML Living Standard §9.2.6 ("Interpreting an event stream").
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

MAX_EVENT = 2**20
"""Bytes of one event; those of Wikimedia's streams have some two thousand."""

_END = re.compile(rb"\r\n|\n|\r")


@dataclass(frozen=True, slots=True, kw_only=True)
class StreamEvent:
    """An event: its type ("message" where it says none), its data, and the id of the last event up to it."""

    type: str
    data: str
    id: str


class EventReader:
    """Takes the bytes of a stream as they come.

    Attributes:
        id: of the last event that was whole: what a stream is asked to go on from.
        retry: milliseconds after which the server wants to be asked again, 0 where it does not say.
        over: events that were longer than `MAX_EVENT`, and are lost.
    """

    def __init__(self, last: str = "") -> None:
        self.id, self.retry, self.over = last, 0, 0
        self._line = b""
        self._data: list[str] = []
        self._type = ""
        self._next_id = last
        self._size = 0
        self._begun = False

    def take(self, piece: bytes) -> Iterator[StreamEvent]:
        """Yield the events that are whole with these bytes."""
        text = self._line + piece
        if not self._begun and text:
            self._begun = True
            text = text.removeprefix(b"\xef\xbb\xbf")
        at = 0
        for end in _END.finditer(text):
            if end.end() == len(text) and end[0] == b"\r":
                break  # a line feed may follow
            line, at = text[at : end.start()], end.end()
            if event := self._take(line.decode("utf-8", "replace")):
                yield event
        text = text[at:]
        if len(text) > MAX_EVENT:
            self._size += len(text)
            text = b""
        self._line = text

    def _take(self, line: str) -> StreamEvent | None:
        if not line:
            return self._ended()
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        self._size += len(line)
        if field == "data" and self._size <= MAX_EVENT:
            self._data.append(value)
        elif field == "event":
            self._type = value[:100]
        elif field == "id" and "\0" not in value and len(value) <= 4000:
            self._next_id = value
        elif field == "retry" and value.isascii() and value.isdigit():
            self.retry = int(value[:9])
        return None

    def _ended(self) -> StreamEvent | None:
        data, kind, size = "\n".join(self._data), self._type or "message", self._size
        self._data, self._type, self._size = [], "", 0
        self.id = self._next_id
        if size > MAX_EVENT:
            self.over += 1
            return None
        return StreamEvent(type=kind, data=data, id=self.id) if data else None
