"""Spans of an article's plain text, shown in its page: `<mark>` around the very characters that were quoted.

A span counts code points of the projection (`model.projection`); the page is markup. The two are brought together by
what they share, the characters that are no white space, in the same order. Between them stand only white space, the
text of elements that the projection leaves out, and the "^" that it writes before an exponent. Where the two do not
fit each other nothing is marked: better no mark than one in the wrong place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.model.projection import unescape

_TAG = re.compile(r"(<[^>]*>)")
_SPACE = re.compile(r"[ \t\n\r\f]+")
_SIGN = re.compile(r"&(?:lt|gt|quot|amp);|[^ \t\n\r\f]")
_SILENT = frozenset(("annotation", "annotation-xml"))
_PLACE = re.compile(r"(\d{1,9})-(\d{1,9})")

ANCHOR = "gx-mark"
"""Id of the first mark of a page: where its address leads."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MarkedSpan:
    """A stretch to be marked.

    Attributes:
        start, end: code points of the projection, half-open.
        kind: class of its marks, "gx-said" or "gx-answers".
    """

    start: int
    end: int
    kind: str


def read_spans(said: str, answers: str) -> tuple[MarkedSpan, ...]:
    """Spans from the two parameters of an address ("120-260", "140-146"), in order; what is no span is passed over."""
    whole, part = _read(said), _read(answers)
    if whole is None:
        return ()
    start, end = whole
    if part is None or not start <= part[0] < part[1] <= end:
        return (MarkedSpan(start=start, end=end, kind="gx-said"),)
    spans = (
        MarkedSpan(start=start, end=part[0], kind="gx-said"),
        MarkedSpan(start=part[0], end=part[1], kind="gx-answers"),
        MarkedSpan(start=part[1], end=end, kind="gx-said"),
    )
    return tuple(span for span in spans if span.start < span.end)


def mark(body: str, text: str, spans: Sequence[MarkedSpan]) -> str:
    """A body with its spans in `<mark>`.

    Args:
        body: in canonical form, or dressed: `<` and `>` stand for tags alone.
        text: the projection of that body.
        spans: in order, none over another.

    Returns:
        The body itself where there is nothing to mark or `text` is not its projection.
    """
    spans = [span for span in spans if 0 <= span.start < span.end <= len(text)]
    if not spans:
        return body
    signs = _SPACE.sub("", text)
    marks = [_Signs(_count(text, span.start), _count(text, span.end), span.kind) for span in spans]
    marks = [one for one in marks if one.start < one.end]
    if not marks:
        return body
    pieces = _TAG.split(body)
    at = 0
    silent = ""
    maths = depth = 0
    first = True
    for number, piece in enumerate(pieces):
        if number % 2:
            name = _name(piece)
            maths += (name == "math") - (name == "/math")
            if silent:
                depth += (name == silent) - (name == "/" + silent)
                silent = silent if depth else ""
            elif name in _SILENT or (name == "sup" and 'role="doc-noteref"' in piece):
                silent, depth = name, 1
            continue
        plain = _SPACE.sub("", unescape(piece)) if piece and not silent else ""
        if not plain:
            continue
        if not signs.startswith(plain, at):
            at += 1  # the "^" before an exponent
            if not (signs.startswith("^", at - 1) and signs.startswith(plain, at)):
                return body
        end = at + len(plain)
        inside = [one for one in marks if one.start < end and at < one.end]
        if inside and not maths:
            pieces[number] = _within(piece, at, inside, first=first)
            first = False
        at = end
        if at >= marks[-1].end:
            break
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class _Signs:
    """A span in characters that are no white space."""

    start: int
    end: int
    kind: str


def _count(text: str, end: int) -> int:
    return len(_SPACE.sub("", text[:end]))


def _name(tag: str) -> str:
    return tag[1:-1].partition(" ")[0]


def _within(piece: str, at: int, marks: Sequence[_Signs], *, first: bool) -> str:
    """A text node whose first sign is number `at`, with the parts of it in `marks` marked."""
    places = [(match.start(), match.end()) for match in _SIGN.finditer(piece)]
    out: list[str] = []
    done = 0
    for one in marks:
        start = places[max(0, one.start - at)][0]
        end = places[min(len(places), one.end - at) - 1][1]
        anchor = f' id="{ANCHOR}"' if first else ""
        first = False
        out += (piece[done:start], f'<mark class="{one.kind}"{anchor}>', piece[start:end], "</mark>")
        done = end
    out.append(piece[done:])
    return "".join(out)


def _read(text: str) -> tuple[int, int] | None:
    match = _PLACE.fullmatch(text)
    if match is None or not match[0].isascii():
        return None
    start, end = int(match[1]), int(match[2])
    return (start, end) if start < end else None
