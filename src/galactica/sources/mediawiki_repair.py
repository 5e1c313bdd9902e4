"""Puts one damaged page of a dump right where it is plain what is meant: XML in, XML out that can be read.

A page that is well-formed never comes here. What is put right, each thing counted once:
1. characters that XML forbids, and references to them, are left out; bytes that are no UTF-8 become U+FFFD;
2. "&" that begins no reference of XML, and "<" that begins no tag of the export schema, are text: in a field the only
   tag that counts is its own end tag (of fields other than the text, a tag of the schema ends them too);
3. end tags that are missing are put where the next tag says that they belong; those without a start tag are left out;
4. of an attribute given twice the first counts.

Never guessed: where a text ends. A page whose text has no end tag is given up.
Standard: XML 1.0 (fifth edition), sections 2.2, 2.4 and 4.1; MediaWiki export schema 0.11.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from html.entities import html5

MAX_NAME = 40
"""Longest name of an HTML character ("&CounterClockwiseContourIntegral;" has 32)."""

_PAGES = ("page", "logitem")
_REVISION = ("revision",)
PAGE_PARENTS: Mapping[str, tuple[str, ...]] = {
    # element of a page → the elements that it may stand in
    **dict.fromkeys(_PAGES, ("",)),
    **dict.fromkeys(("title", "ns", "redirect", "restrictions", "revision", "upload"), _PAGES),
    "id": ("page", "logitem", "revision", "contributor"),
    **dict.fromkeys(("timestamp", "contributor", "comment"), ("revision", "upload", "logitem")),
    **dict.fromkeys(("parentid", "minor", "content"), _REVISION),
    **dict.fromkeys(("model", "format", "text", "sha1", "origin"), ("revision", "content")),
    "role": ("content",),
    **dict.fromkeys(("username", "ip"), ("contributor",)),
    **dict.fromkeys(("type", "action", "logtitle", "params"), ("logitem",)),
}
HEAD_PARENTS: Mapping[str, tuple[str, ...]] = {
    # element of what stands before the first page → the elements that it may stand in
    "mediawiki": ("",),
    "siteinfo": ("mediawiki",),
    **dict.fromkeys(("sitename", "dbname", "base", "generator", "case", "namespaces"), ("siteinfo",)),
    "namespace": ("namespaces",),
}
_HOLDERS = frozenset({"page", "logitem", "revision", "contributor", "content", "upload", "mediawiki", "siteinfo"}) | {
    "namespaces"
}
"""Elements that hold elements; every other one is a field."""

_TAG = re.compile(r"<(/?)(?:[\w.-]{1,40}:)?([A-Za-z0-9]{1,40})((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,40})\s{0,9}=\s{0,9}(?:"([^"]{0,4000})"|'([^']{0,4000})')""")
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_REFERENCE = re.compile(r"&(?:(amp|lt|gt|quot|apos);|#([0-9]{1,8});|#[xX]([0-9a-fA-F]{1,7});|([A-Za-z][A-Za-z0-9]*);)?")


def repaired(raw: bytes, parents: Mapping[str, tuple[str, ...]] = PAGE_PARENTS) -> tuple[bytes, int] | None:
    """A page, from its start tag on, as XML that can be read, and how many things were put right.

    Args:
        raw: the page as the dump has it, in UTF-8 but for what is damaged.
        parents: which element may stand in which.

    Returns:
        None where it has a text without an end.
    """
    text = raw.decode("utf-8", "replace")
    repair = _Repair(parents)
    repair.count = text.count("\ufffd") - raw.count("\ufffd".encode())
    text, forbidden = _FORBIDDEN.subn("", text)
    repair.count += forbidden
    if not repair.walk(text):
        return None
    return "".join(repair.out).encode(), max(1, repair.count)


class _Repair:
    """One page being put right: the elements that are open, what was written, and how often something was changed."""

    def __init__(self, parents: Mapping[str, tuple[str, ...]]) -> None:
        self.parents = parents
        self.open: list[str] = []
        self.out: list[str] = []
        self.count = 0

    def walk(self, text: str) -> bool:
        """Write the whole page; False where its text has no end."""
        done = 0
        for tag in _TAG.finditer(text):
            closing, name, rest = tag[1] == "/", tag[2], tag[3]
            field = self.open[-1] if self.open and self.open[-1] not in _HOLDERS else ""
            own_end = closing and name == field
            if (name not in self.parents or field == "text") and not own_end:
                continue  # it is text, and is written with the text that it stands in
            self._text(text[done : tag.start()], field)
            done = tag.end()
            if closing:
                self._end(name)
            else:
                self._start(name, rest)
        self._text(text[done:], self.open[-1] if self.open else "")
        if "text" in self.open:
            return False
        self._shut(0)
        return True

    def _start(self, name: str, rest: str) -> None:
        for place in range(len(self.open), -1, -1):
            if (self.open[place - 1] if place else "") in self.parents[name]:
                self._shut(place)
                break
        else:
            self.count += 1
            return
        empty = rest.rstrip().endswith("/")
        told: dict[str, str] = {}
        for key, double, single in _ATTRIBUTE.findall(rest):
            if key in told:
                self.count += 1
            else:
                told[key] = self._escaped(double or single, "").replace('"', "&quot;")
        attributes = "".join(f' {key}="{value}"' for key, value in told.items())
        self.out.append(f"<{name}{attributes}{'/' if empty else ''}>")
        if not empty:
            self.open.append(name)

    def _end(self, name: str) -> None:
        if name not in self.open:
            self.count += 1
            return
        place = len(self.open) - 1 - self.open[::-1].index(name)
        self._shut(place + 1)
        self.out.append(f"</{name}>")
        self.open.pop()

    def _shut(self, place: int) -> None:
        """Close all elements that were opened inside the first `place`."""
        while len(self.open) > place:
            self.out.append(f"</{self.open.pop()}>")
            self.count += 1

    def _text(self, text: str, field: str) -> None:
        if text:
            self.out.append(self._escaped(text, field))

    def _escaped(self, text: str, field: str) -> str:
        """Text in which every "&" begins a reference that XML knows, and no "<" stands."""

        def settle(found: re.Match[str]) -> str:
            if found[1]:
                return found[0]
            code = int(found[2]) if found[2] else int(found[3], 16) if found[3] else -1
            if code >= 0:
                if _is_character(code):
                    return found[0]
                self.count += 1
                return ""
            self.count += 1
            character = html5.get(f"{found[4]};", "") if found[4] and len(found[4]) <= MAX_NAME else ""
            # In a page's text a name of HTML means itself: wikitext knows the same names.
            if character and field != "text":
                return "".join(f"&#{ord(each)};" for each in character)
            return f"&amp;{found[0][1:]}"

        if "&" in text:
            text = _REFERENCE.sub(settle, text)
        self.count += text.count("<") + text.count("]]>")
        return text.replace("<", "&lt;").replace("]]>", "]]&gt;")


def _is_character(code: int) -> bool:
    """Whether XML allows the character with this number (XML 1.0, production 2)."""
    return code in (9, 10, 13) or 32 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF
