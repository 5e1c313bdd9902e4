"""Rows of a sheet in XML, taken out while the XML is read piece by piece: memory holds a few of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TypeVar
from xml.parsers import expat

from galactica.sources.office.flow import TextFlow

T = TypeVar("T")

CHUNK = 2**18
"""Bytes that are given to the parser at a time."""


def fed(
    parser: expat.XMLParserType,
    raw: bytes,
    ready: list[T],
    left: Callable[[], int],
    breaks: Callable[[], None],
    flow: TextFlow,
) -> Iterator[T]:
    """What the handlers of a parser make ready, while XML is given to it; what breaks off or is too much is counted.

    Args:
        ready: what handlers put there, taken out of it.
        left: cells that may still be read.
        breaks: called where the XML breaks off.
    """
    try:
        for start in range(0, len(raw), CHUNK):
            parser.Parse(raw[start : start + CHUNK], False)
            yield from ready
            ready.clear()
            if left() <= 0:
                flow.dropped["office:too-many-cells"] += 1
                return
        parser.Parse(b"", True)
    except (expat.ExpatError, LookupError, ValueError):
        flow.dropped["office:broken-xml"] += 1
        breaks()
    yield from ready
    ready.clear()
