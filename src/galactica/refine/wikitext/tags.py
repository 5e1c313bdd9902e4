"""HTML tags inside wikitext: which may stand, what becomes of the others, and how the whole is made well-formed.

`sanitise` runs before anything else reads the text: every "<", ">" and "&" that is not part of an allowed tag or a
character reference becomes text. `balance` runs last, over the finished page: every tag it lets out is closed, in
order, so the result is well-formed whatever came in. Standard: the tag list of MediaWiki's Sanitizer; HTML Living
Standard 13.2.6 for which element closes which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from html import escape, unescape
from html.entities import html5

_TOKEN = re.compile(
    r"<(/?)([a-zA-Z][a-zA-Z0-9]*)(\s[^<>]*|/\s*)?>|[<>]"
    r"|&(?:#0{0,20}\d{1,7};|#[xX]0{0,20}[0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,31};|רלמ;|رلم;)?"
)
_ATTRIBUTE = re.compile(r"""([\w:-]{1,40})\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_HIDDEN = re.compile(
    r"<(span|div)\b[^<>]*display\s*:\s*none[^<>]*>(?:(?!</?\1\b).){0,4000}</\1\s*>", re.DOTALL | re.IGNORECASE
)

_MARKS = re.compile(r"[][{}|':]")
"""Signs in an attribute's value that a later pass would read as wikitext."""

_OWN_NAMES = {"&רלמ;": "\u200f", "&رلم;": "\u200f"}
"""Character references that MediaWiki has besides those of HTML."""

_ESCAPED = {"<": "&lt;", ">": "&gt;", "&": "&amp;"}
VOID = frozenset(("br", "hr", "wbr", "img"))
_RENAMED = {
    "tt": "code",
    "strike": "s",
    "center": "div",
    "big": "",
    "font": "",
    "nobr": "",
    "rb": "",
    "rtc": "",
    "data": "",
    "time": "",
}
_ALLOWED = frozenset(
    """
    b i em strong sub sup code var samp kbd s del ins u small cite q abbr dfn mark bdi bdo ruby rt rp span br wbr hr p
    div blockquote ul ol li dl dt dd table tr td th caption thead tbody tfoot h1 h2 h3 h4 h5 h6
    """.split()
)
_KEPT = frozenset(("lang", "dir", "id", "title", "colspan", "rowspan", "scope", "start", "value"))
_PLACES = {"title": ("abbr", "dfn", "span"), "colspan": ("td", "th"), "rowspan": ("td", "th"), "scope": ("th",),
           "start": ("ol",), "value": ("li",)}  # fmt: skip
_NUMBERS = frozenset(("colspan", "rowspan", "start", "value"))

MAX_OPEN = 250
"""Elements inside each other in the result; deeper tags are left out."""


def attributes(text: str, tag: str) -> str:
    """The attributes that may stand on `tag`, written out (" colspan=\\"2\\""), from attributes as written."""
    out = ""
    seen = set()
    for name, double, single, bare in _ATTRIBUTE.findall(text[:4000]):
        name = name.lower()
        value = unescape(double or single or bare).strip()
        if name == "xml:lang":
            name = "lang"
        if name not in _KEPT or name in seen or not value or tag not in _PLACES.get(name, (tag,)):
            continue
        if name in _NUMBERS and not (value.isascii() and value.isdigit() and 0 < int(value[:9]) <= 65534):
            continue
        seen.add(name)
        value = escape(value[:500])
        if _MARKS.search(value):
            value = _MARKS.sub(lambda match: f"&#{ord(match[0])};", value)
        out += f' {name}="{value}"'
    return out


def _token(match: re.Match[str]) -> str:
    name = match[2]
    if name is None:
        return _sign(match[0])
    name = name.lower()
    name = _RENAMED.get(name, name)
    if not name:
        return ""
    if name not in _ALLOWED:
        return match[0].replace("<", "&lt;").replace(">", "&gt;")
    rest = match[3]
    if match[1]:
        return f"<{name}>" if name in VOID else f"</{name}>"
    kept = attributes(rest, name) if rest and "=" in rest else ""
    if rest and rest.endswith("/") and name not in VOID:
        return f"<{name}{kept}></{name}>"
    return f"<{name}{kept}>"


def _sign(sign: str) -> str:
    if sign == "<":
        return "&lt;"
    if sign == ">":
        return "&gt;"
    if sign == "&":
        return "&amp;"
    character = _character(sign)
    if character is None:
        return "&amp;" + sign[1:]
    if character in _ESCAPED:
        return _ESCAPED[character]
    if character > "\x7f" or character.isalnum() or character == " ":
        return character
    return f"&#{ord(character)};" if character.isprintable() else " "


def _character(reference: str) -> str | None:
    """What a character reference stands for; None where it stands for nothing that a text may hold.

    No controls, surrogates or noncharacters (HTML 13.1.4); the noncharacters are also what markers are made of.
    """
    if reference[1] != "#":
        return html5.get(reference[1:]) or _OWN_NAMES.get(reference)
    hexadecimal = reference[2] in "xX"
    point = int(reference[3:-1], 16) if hexadecimal else int(reference[2:-1])
    if point < 32:
        return " " if point in (9, 10) else None
    if 0x7F <= point <= 0x9F or 0xD800 <= point <= 0xDFFF or 0xFDD0 <= point <= 0xFDEF:
        return None
    return None if point & 0xFFFE == 0xFFFE or point > 0x10FFFF else chr(point)


def sanitise(text: str) -> str:
    """`text` in which each "<" begins an allowed tag and each "&" a character reference."""
    if "<" in text:
        if "display" in text:
            text = _HIDDEN.sub("", text)
    elif "&" not in text and ">" not in text:
        return text
    return _TOKEN.sub(_token, text)


_TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>")
_ENDS_PARAGRAPH = frozenset(
    """p div blockquote ul ol li dl dt dd table tr td th caption thead tbody tfoot h1 h2 h3 h4 h5 h6 hr pre section
    figure figcaption""".split()
)
# Opening one of these closes the open ones named, up to the border named.
_CLOSES = {
    "li": (("li",), ("ul", "ol", "table", "td", "th")),
    "dt": (("dt", "dd"), ("dl", "table", "td", "th")),
    "dd": (("dt", "dd"), ("dl", "table", "td", "th")),
    "tr": (("tr", "td", "th", "caption"), ("table",)),
    "td": (("td", "th", "caption"), ("tr", "table")),
    "th": (("td", "th", "caption"), ("tr", "table")),
    "caption": (("caption",), ("table",)),
    "tbody": (("tr", "thead", "tbody", "tfoot", "caption"), ("table",)),
    "thead": (("tr", "thead", "tbody", "tfoot", "caption"), ("table",)),
    "tfoot": (("tr", "thead", "tbody", "tfoot", "caption"), ("table",)),
    "p": (("p",), ("table", "td", "th", "li", "dd", "div", "blockquote", "figcaption")),
}
_TABLE_PARTS = frozenset(("tr", "td", "th", "caption", "tbody", "thead", "tfoot"))
_CELL = frozenset(("td", "th", "caption", "table"))


_FORMATTING = frozenset("a b i em strong u s small sup sub span code q abbr cite del ins mark var samp kbd bdi".split())
MAX_REOPENED = 4
"""Elements that go on after one below them was closed: ''[[a|b'' c]] is a link of which half is in italics."""


class _Balance:
    def __init__(self) -> None:
        self.open: list[str] = []
        self.wholes: list[str] = []  # their tags as written
        self.count: defaultdict[str, int] = defaultdict(int)  # how many of a name are open

    def push(self, name: str, whole: str) -> None:
        self.open.append(name)
        self.wholes.append(whole)
        self.count[name] += 1

    def pop(self) -> str:
        self.wholes.pop()
        name = self.open.pop()
        self.count[name] -= 1
        return f"</{name}>"

    def close_to(self, index: int) -> str:
        return "".join([self.pop() for _ in range(len(self.open) - index)])

    def close_before(self, names: tuple[str, ...], borders: tuple[str, ...]) -> str:
        for name in names:
            if self.count[name]:
                break
        else:
            return ""
        for index in range(len(self.open) - 1, -1, -1):
            name = self.open[index]
            if name in borders:
                break
            if name in names:
                lowest = index
                while lowest and self.open[lowest - 1] in names:
                    lowest -= 1
                return self.close_to(lowest)
        return ""

    def start(self, name: str, whole: str) -> str:
        out = ""
        if name in _ENDS_PARAGRAPH:
            if self.count["p"]:
                out += self.close_before(*_CLOSES["p"])
            if name in _TABLE_PARTS and not self.count["table"]:
                return out
            closes = _CLOSES.get(name)
            if closes is not None and name != "p":
                out += self.close_before(*closes)
            if name in ("td", "th") and self.open[-1] != "tr":
                out += "<tr>"
                self.push("tr", "<tr>")
        if name in VOID:
            return out + whole
        if len(self.open) >= MAX_OPEN:
            return out
        self.open.append(name)
        self.wholes.append(whole)
        self.count[name] += 1
        return out + whole

    def close_one(self, index: int) -> str:
        """Close an element; those of formatting that are open inside it go on behind it."""
        above = self.open[index + 1 :]
        goes_on = len(above) <= MAX_REOPENED and _FORMATTING.issuperset(self.open[index:])
        wholes = [whole for whole in self.wholes[index + 1 :] if " id=" not in whole] if goes_on else []
        closed = self.close_to(index)
        for whole in wholes:
            self.push(whole[1:].partition(" ")[0].rstrip(">"), whole)
        return closed + "".join(wholes)

    def end(self, name: str) -> str:
        if not self.count[name]:
            return ""
        for index in range(len(self.open) - 1, -1, -1):
            if self.open[index] == name:
                return self.close_one(index)
            if self.open[index] in _CELL and name not in _TABLE_PARTS and name != "table":
                break
        return ""

    def __call__(self, match: re.Match[str]) -> str:
        name = match[2]
        if match[1]:
            if self.open and self.open[-1] == name:
                self.open.pop()
                self.wholes.pop()
                self.count[name] -= 1
                return match[0]
            return self.end(name)
        return self.start(name, match[0])


def balance(html: str) -> str:
    """`html` with every element closed in order; tags that fit nowhere are left out. One walk."""
    state = _Balance()
    return _TAG.sub(state, html) + state.close_to(0)
