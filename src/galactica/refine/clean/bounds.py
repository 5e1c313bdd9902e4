"""What a page may cost: bounds that stop hostile HTML before a parser that obeys it.

The HTML Standard makes a parser do work that grows with the square of its input in three cases: tags nested without
end, formatting tags that are never closed (each later paragraph opens all of them again), and one tag with thousands
of attributes. Measured with lexbor (2025-11, one core): 20,000 nested div 0.7 s, 200,000 110 s; 1,000 unclosed <b>
before 1,000 paragraphs 400 MB; 40,000 attributes 4.9 s. A page that goes over a bound is refused, not repaired.
"""

from __future__ import annotations

import re
from collections import Counter

MAX_CHARACTERS = 64 * 2**20
"""Characters of a page; the sources' own bound on a document is as many bytes."""

MAX_DEPTH = 20_000
"""Tags open at once."""

MAX_WORK = 60_000_000
"""Open elements that a parser looks through, all tags together: each block and each end tag is a search, 1 to 13 ns a
step."""

MAX_REOPENED = 200_000
"""Elements that a parser makes by opening formatting tags again."""

MAX_ATTRIBUTES = 5_000
"""Attributes of one tag."""

MAX_REFERENCES = 50_000
"""Escaped characters in one stretch of text: html5ever's time grows with their square (0.1 s here)."""


class Unclean(ValueError):  # noqa: N818 - named like the value it becomes
    """A page that cannot be cleaned; the caller makes a `Rejected` of it.

    Attributes:
        reason: "too-large", "too-deep" or "unstable".
        detail: what is wrong, for a person.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail

    def __reduce__(self) -> tuple[type[Unclean], tuple[str, str]]:
        # Crosses process borders: without this, pickle would call __init__ with `detail` alone.
        return (type(self), (self.reason, self.detail))


_TAG_NAMES = re.compile(
    r"<!--(?>(?:(?!-->)[\s\S])*)(?:-->)?|<(?:script|style)\b(?>(?:(?!</(?:script|style))[\s\S])*)|<(/?[a-z][a-z0-9:-]*)",
    re.IGNORECASE,
)
_FORMATTING = frozenset({"b", "big", "code", "em", "font", "i", "s", "small", "strike", "strong", "tt", "u"})
_FORMATTING_TAG = re.compile(
    # Both cases spelled out: ignoring case would cost the search for "<". Only tags with attributes count, because a
    # parser keeps at most three that are alike (HTML Standard 13.2.4.3).
    "<(?:" + "|".join("".join(f"[{c}{c.upper()}]" for c in name) for name in sorted(_FORMATTING)) + r")[\s/]"
)
_VOID = frozenset(
    {"area", "base", "basefont", "bgsound", "br", "col", "embed", "frame", "hr", "image", "img", "input"}
    | {"keygen", "link", "meta", "param", "source", "track", "wbr"}
)
_SELF_CLOSING = frozenset({"p", "li", "dt", "dd", "tr", "td", "th", "thead", "tbody", "tfoot", "option", "a"})
_ITEMS = {"li": "li", "dt": "dl", "dd": "dl"}
_SCOPES = frozenset({"applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "math", "svg"})
_LONG_TAG = re.compile(rf"<[a-zA-Z](?:[^\s<>]*+[\s/]++){{{MAX_ATTRIBUTES}}}")


def check_cost(html: str) -> None:
    """Raise `Unclean` where parsing `html` would cost out of proportion.

    Costs nothing for pages of a few thousand tags: they cannot reach a bound.
    """
    if len(html) > MAX_CHARACTERS:
        raise Unclean("too-large", f"{len(html)} characters; at most {MAX_CHARACTERS} are read")
    if _has_long_stretch(html) and _LONG_TAG.search(html):
        raise Unclean("too-deep", f"a tag with more than {MAX_ATTRIBUTES} attributes")
    tags = html.count("<")
    if tags < 1000:
        return
    if tags * tags > MAX_WORK or len(_FORMATTING_TAG.findall(html)) * tags > 2 * MAX_REOPENED:
        _simulate(html)


def is_crowded(body: str) -> bool:
    """Whether one stretch of text in canonical HTML holds more than `MAX_REFERENCES` escaped characters."""
    if body.count("&") <= MAX_REFERENCES:
        return False
    return any(piece.count("&") > MAX_REFERENCES for piece in body.split("<"))


def _has_long_stretch(html: str) -> bool:
    """Whether "<" is missing for so long that a tag with too many attributes could stand there."""
    place = 0
    while len(html) - place > 2 * MAX_ATTRIBUTES:
        found = html.rfind("<", place + 1, place + 2 * MAX_ATTRIBUTES)
        if found < 0:
            return True
        place = found
    return False


def _simulate(html: str) -> None:
    """Follow the parser's stack of open elements by name alone (HTML Standard 13.2.4.2 and .3)."""
    stack = _Stack()
    lost = 0  # formatting tags that a closing block left open: every later tag may open them again
    kept: list[int] = []  # what was lost outside the table cell that is open
    reopened = work = 0
    for name in _TAG_NAMES.findall(html):
        if not name:
            continue
        name = name.lower()
        if name not in _FORMATTING:
            work += stack.depth + lost + len(stack.items)  # to a parser a block is a search for what it closes
            if work > MAX_WORK:
                raise Unclean(
                    "too-deep", "tags stand so deep inside each other that looking through them takes too long"
                )
        if name[0] != "/":
            reopened += lost
            if name in ("td", "th", "caption"):
                kept.append(lost)
                lost = 0
            if name not in _VOID and name not in _SELF_CLOSING:
                stack.open(name)
            elif name == "p" or name == "li":
                lost += stack.formatting_on_top()
            if name in _ITEMS:
                stack.item(_ITEMS[name])
            if len(stack.names) + len(stack.items) > MAX_DEPTH:
                raise Unclean("too-deep", f"more than {MAX_DEPTH} tags are open at once")
            if reopened > MAX_REOPENED:
                raise Unclean("too-deep", f"unclosed formatting would be repeated more than {MAX_REOPENED} times")
            continue
        name = name[1:]
        if name in ("td", "th", "caption", "table", "tr") and kept:
            lost = kept.pop()
        elif name == "p" or name == "li":
            lost += stack.formatting_on_top()
        if name in _ITEMS:
            stack.end_item(_ITEMS[name])
        closed = stack.close(name)
        if closed is None:
            lost -= 1 if name in _FORMATTING and lost else 0
        elif name not in _FORMATTING:
            lost += closed


class _Stack:
    """Names of the open elements, and how many of each are open within the nearest scope: every question is answered in
    a step, and a name is taken off once. Items of lists, which end where the next one begins, are kept apart: kind
    and how many elements were open around them."""

    def __init__(self) -> None:
        self.items: list[tuple[str, int]] = []
        self.names: list[str] = []
        self._within: list[Counter[str]] = [Counter()]
        self._starts = [0]
        self._html_starts = [0]

    @property
    def depth(self) -> int:
        """How many elements a parser may have to look through: those within the nearest scope of HTML."""
        return len(self.names) - self._html_starts[-1]

    def open(self, name: str) -> None:
        """Put a name on top; one that is a scope begins it."""
        if name in _SCOPES:
            self._within.append(Counter())
            self._starts.append(len(self.names))
            self._html_starts.append(self._html_starts[-1] if name in ("math", "svg") else len(self.names))
        self._within[-1][name] += 1
        self.names.append(name)

    def item(self, kind: str) -> None:
        """Open an item: in the place of one of its kind, else inside the one that is open."""
        self._end_items()
        here = (kind, len(self.names))
        if not self.items or self.items[-1] != here:
            self.items.append(here)

    def end_item(self, kind: str) -> None:
        """Close the innermost item if it is of this kind."""
        self._end_items()
        if self.items and self.items[-1][0] == kind:
            self.items.pop()

    def _end_items(self) -> None:
        while self.items and self.items[-1][1] > len(self.names):
            self.items.pop()

    def formatting_on_top(self) -> int:
        """How many formatting tags are open inside the innermost block: a closing paragraph would lose them."""
        count = 0
        while self.names and self.names[-1] in _FORMATTING:
            self._pop()
            count += 1
        return count

    def close(self, name: str) -> int | None:
        """Close `name` where it is open within the nearest scope; how many formatting tags were open in it, None if it
        is not open."""
        if not self._within[-1][name]:
            return None
        count = 0
        while (top := self._pop()) != name:
            count += top in _FORMATTING
        return count

    def _pop(self) -> str:
        name = self.names.pop()
        self._within[-1][name] -= 1
        if len(self.names) == self._starts[-1] and len(self._starts) > 1:
            self._within.pop()
            self._starts.pop()
            self._html_starts.pop()
        return name
