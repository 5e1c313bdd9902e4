"""The first pass: templates, parser functions, comments and extension tags, resolved in one walk over the text.

One walk, one stack, no look back: each character is scanned once, each closed template is evaluated at once (its
arguments are already expanded) and its result joins the text around it. What never closes comes out as it was
written. Bounds: `MAX_DEPTH` open templates, `MAX_PARTS` arguments of one.

Order that must hold: what is raw (nowiki, pre, maths) is taken out before anything inside it is read; braces pair
from the inside out, three before two (MediaWiki's preprocessor, "Preprocessor ABNF").
"""

from __future__ import annotations

import re

from galactica.refine.wikitext.calls import Part, argument, call
from galactica.refine.wikitext.extensions import EXTENSIONS, extension
from galactica.refine.wikitext.page import GONE, WikiPage

MAX_DEPTH = 60
"""Open templates inside each other; MediaWiki's own limit is 40."""

MAX_PARTS = 3000
"""Arguments of one template."""

_TAG = rf"<(?:{'|'.join(EXTENSIONS)}|/?noinclude|/?onlyinclude|includeonly)(?=[\s/>])[^<>]*>"
_OUTSIDE = re.compile(rf"\{{\{{+|<!--|{_TAG}", re.IGNORECASE)
_INSIDE = re.compile(rf"\{{\{{+|\}}\}}+|\[\[|\]\]|\||=|<!--|{_TAG}", re.IGNORECASE)
_TAG_NAME = re.compile(r"</?([a-z]+)", re.IGNORECASE)
_BLANK = re.compile(r"[ \t]*")


class _Frame:
    """An open `{{`… (`braces` of them) or, with no braces, an open `[[` inside one."""

    __slots__ = ("braces", "key", "parts", "text")

    def __init__(self, braces: int) -> None:
        self.braces = braces
        self.text: list[str] = []
        self.parts: list[Part] = []
        self.key: str | None = None

    def close_part(self) -> None:
        self.parts.append((self.key, "".join(self.text)))
        self.text, self.key = [], None

    def written(self) -> list[str]:
        """What was opened and never closed, as it was written."""
        out = ["{" * self.braces if self.braces else "[["]
        for key, value in self.parts:
            out += [value, "|"] if key is None else [key, "=", value, "|"]
        if self.key is not None:
            out += [self.key, "="]
        return out + self.text


class _Walk:
    """One walk over one text."""

    def __init__(self, page: WikiPage, text: str) -> None:
        self.page = page
        self.text = text
        self.stack: list[_Frame] = []
        self.out: list[str] = []
        self.top = self.out  # where text goes now: the innermost frame's, or `out`
        self.at = 0
        heading = text.find("\n==") if page.top_level else 0
        self.lead_end = heading if heading >= 0 else len(text)  # where the first heading stands
        self.unclosed: set[str] = set()  # tags known to have no end further on: each is searched in vain once

    def run(self) -> str:
        text, position = self.text, 0
        while True:
            match = (_INSIDE if self.stack else _OUTSIDE).search(text, position)
            if match is None:
                break
            start = self.at = match.start()
            if start > position:
                self.top.append(text[position:start])
            token = match[0]
            position = match.end()
            first = token[0]
            if first == "|":
                self.pipe()
            elif first == "=":
                self.equals()
            elif first == "{":
                self.open(token)
            elif first == "}":
                self.close(len(token))
            elif first == "[":
                self.open_link()
            elif first == "]":
                self.close_link()
            elif token.startswith("<!"):
                position = self.comment(start)
            else:
                position = self.tag(token, position)
        self.top.append(text[position:])
        for frame in self.stack:
            self.out += frame.written()
        return "".join(self.out)

    def aim(self) -> None:
        self.top = self.stack[-1].text if self.stack else self.out

    def pipe(self) -> None:
        frame = self.stack[-1]
        if frame.braces and len(frame.parts) < MAX_PARTS:
            frame.close_part()
            self.top = frame.text
        else:
            self.top.append("|")

    def equals(self) -> None:
        frame = self.stack[-1]
        if frame.braces and frame.key is None and frame.parts:
            frame.key = "".join(frame.text)
            frame.text = []
            self.top = frame.text
        else:
            self.top.append("=")

    def open(self, token: str) -> None:
        if len(self.stack) >= MAX_DEPTH or len(token) > 40:
            self.top.append(token)
            return
        frame = _Frame(len(token))
        self.stack.append(frame)
        self.top = frame.text

    def open_link(self) -> None:
        if len(self.stack) >= MAX_DEPTH:
            self.top.append("[[")
            return
        frame = _Frame(0)
        self.stack.append(frame)
        self.top = frame.text

    def close_link(self) -> None:
        frame = self.stack[-1]
        if frame.braces:
            self.top.append("]]")
            return
        self.stack.pop()
        self.aim()
        self.top.append("[[")
        self.top += frame.text
        self.top.append("]]")

    def close(self, braces: int) -> None:
        while self.stack and not self.stack[-1].braces:
            # A link that the template's end cuts off: there is always a template below it.
            frame = self.stack.pop()
            self.aim()
            self.top += frame.written()
        while braces >= 2 and self.stack and self.stack[-1].braces:
            frame = self.stack[-1]
            taken = min(3, braces, frame.braces)
            frame.close_part()
            if taken == 3:
                result = argument(frame.parts)
            else:
                self.page.lead = self.at < self.lead_end
                result = self.page.spend(call(self.page, frame.parts, self.around))
                if result[:1] in ("*", "#", ":", ";") or result.startswith("{|"):
                    # Block marks made by a template stand at the start of a line (MediaWiki bug 529).
                    result = "\n" + result
            braces -= taken
            frame.braces -= taken
            frame.parts = []
            if frame.braces >= 2:
                frame.text = [result]
                self.top = frame.text
                continue
            self.stack.pop()
            self.aim()
            if not self.stack and (not result or result[-1] == "\n"):
                result += GONE  # the space that follows makes no preformatted line
            self.top.append("{" * frame.braces + result)
        if braces:
            self.top.append("}" * braces)

    def around(self) -> tuple[str, str]:
        """The ends of what stands before and behind the template that closes now; what is behind is not expanded."""
        outer = self.stack[-2].text if len(self.stack) > 1 else self.out
        return "".join(outer[-12:])[-120:], self.text[self.at + 2 : self.at + 122]

    def comment(self, start: int) -> int:
        """Leave a comment out, and those that follow it with nothing but space between; returns where to go on.

        Comments that have lines to themselves go with their line's end (MediaWiki's preprocessor).
        """
        text = self.text
        line_start = text.rfind("\n", max(0, start - 64), start) + 1
        alone = not text[line_start:start].strip(" \t") and (line_start > 0 or start < 64)
        end, spaces = start, []
        while text.startswith("<!--", end):
            end = text.find("-->", end + 4)
            end = len(text) if end < 0 else end + 3
            blank = _BLANK.match(text, end)
            assert blank is not None
            end = blank.end()
            spaces.append(blank[0])
        if alone and text.startswith("\n", end):
            if self.top and start > line_start:
                self.top[-1] = self.top[-1].rstrip(" \t")
            return end + 1
        self.top.append("".join(spaces))
        return end

    def tag(self, token: str, position: int) -> int:
        """An extension tag: find its end, hand over what is inside. Returns where to go on."""
        found = _TAG_NAME.match(token)
        assert found is not None
        name = found[1].lower()
        if name in ("noinclude", "onlyinclude"):
            return position
        attributes = token[len(name) + 1 : -1]
        if attributes.endswith("/"):
            if name != "includeonly":
                self.top.append(extension(self.page, name, attributes[:-1], None))
            return position
        close = None
        if name not in self.unclosed:
            close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(self.text, position)
        if close is None:
            self.unclosed.add(name)
            if name not in ("includeonly", "references"):
                self.top.append(token.replace("<", "&lt;"))
            elif name == "references":
                self.top.append(extension(self.page, name, attributes, None))
            return position
        if name != "includeonly":
            inside = self.text[position : close.start()]
            self.top.append(extension(self.page, name, attributes, inside))
        return close.end()


def expand(page: WikiPage, text: str) -> str:
    """`text` with templates, comments and extension tags resolved; what was set aside stands as markers."""
    return _Walk(page, text).run()
