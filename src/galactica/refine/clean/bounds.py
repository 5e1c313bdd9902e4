"""What a page may cost: bounds that stop hostile HTML before a parser that obeys it.

The HTML Standard makes a parser do work that grows with the square of its input in three cases: tags nested without
end, formatting tags that are never closed (each later paragraph opens all of them again), and one tag with thousands
of attributes. Measured with lexbor (2025-11, one core): 20,000 nested div 0.7 s, 200,000 110 s; 1,000 unclosed <b>
before 1,000 paragraphs 400 MB; 40,000 attributes 4.9 s. A page that goes over a bound is refused, not repaired.
"""

from __future__ import annotations

import re

MAX_CHARACTERS = 64 * 2**20
"""Characters of a page; the sources' own bound on a document is as many bytes."""

MAX_DEPTH = 20_000
"""Tags open at once."""

MAX_REOPENED = 200_000
"""Elements that a parser makes by opening formatting tags again."""

MAX_ATTRIBUTES = 5_000
"""Attributes of one tag."""

MAX_REFERENCES = 250_000
"""Escaped characters in one stretch of text: html5ever's time grows with their square (0.7 s here, 2025-11)."""


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
    r"<!--(?:(?!-->)[\s\S])*+(?:-->)?|<(?:script|style)\b(?:(?!</(?:script|style))[\s\S])*+|<(/?[a-z][a-z0-9:-]*)",
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
_SCOPES = frozenset({"applet", "caption", "html", "table", "td", "th", "marquee", "object", "template", "math", "svg"})
_LONG_TAG = re.compile(rf"<[a-zA-Z](?:[^\s<>]*+[\s/]++){{{MAX_ATTRIBUTES}}}")


def check(html: str) -> None:
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
    if tags > MAX_DEPTH or len(_FORMATTING_TAG.findall(html)) * tags > 2 * MAX_REOPENED:
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
    stack: list[str] = []
    lost = 0  # formatting tags that a closing block left open: every later tag may open them again
    kept: list[int] = []  # what was lost outside the table cell that is open
    reopened = 0
    for name in _TAG_NAMES.findall(html):
        if not name:
            continue
        name = name.lower()
        if name[0] != "/":
            reopened += lost
            if name in ("td", "th", "caption"):
                kept.append(lost)
                lost = 0
            if name not in _VOID and name not in _SELF_CLOSING:
                stack.append(name)
            elif name == "p" or name == "li":
                lost += _formatting_on_top(stack)
            if len(stack) > MAX_DEPTH:
                raise Unclean("too-deep", f"more than {MAX_DEPTH} tags are open at once")
            if reopened > MAX_REOPENED:
                raise Unclean("too-deep", f"unclosed formatting would be repeated more than {MAX_REOPENED} times")
            continue
        name = name[1:]
        if name in ("td", "th", "caption", "table", "tr") and kept:
            lost = kept.pop()
        elif name == "p" or name == "li":
            lost += _formatting_on_top(stack)
        lost = _close(stack, name, lost)


def _formatting_on_top(stack: list[str]) -> int:
    """How many formatting tags are open inside the innermost block: a closing paragraph would lose them."""
    count = 0
    while stack and stack[-1] in _FORMATTING:
        stack.pop()
        count += 1
    return count


def _close(stack: list[str], name: str, lost: int) -> int:
    """Close `name` where it is open within the nearest scope; returns how many formatting tags are lost then."""
    for place in range(len(stack) - 1, -1, -1):
        if stack[place] == name:
            if name not in _FORMATTING:
                lost += sum(1 for inner in stack[place + 1 :] if inner in _FORMATTING)
            del stack[place:]
            return lost
        if stack[place] in _SCOPES:
            break
    return lost - 1 if name in _FORMATTING and lost else lost
