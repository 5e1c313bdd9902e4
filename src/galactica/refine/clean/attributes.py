"""A start tag as text: its name, its attributes as a serialiser wrote them, and those that stay, in canonical form."""

from __future__ import annotations

import re

from galactica.model.body import ATTRIBUTES, MATH_TAGS

_ATTRIBUTE = re.compile(r'([^\s"=<>/]+)(?:="([^"]*)")?')
_PAIRS = re.compile(r' [a-z]+="[^"]*"')

SPACE = re.compile(r"[ \t\n\f\r]+")
"""White space of HTML (HTML Standard 13.1.2 "ASCII whitespace")."""

VALUES = {
    "colspan": re.compile(r"[1-9][0-9]{0,3}"),
    "rowspan": re.compile(r"[0-9]{1,5}"),
    "columnspan": re.compile(r"[1-9][0-9]{0,3}"),
    "start": re.compile(r"-?[0-9]{1,9}"),
    "value": re.compile(r"-?[0-9]{1,9}"),
    "width": re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,9})?(?:em|ex|px)?"),
    "height": re.compile(r"[0-9]{1,5}(?:\.[0-9]{1,9})?(?:em|ex|px)?"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "lang": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}"),
    "srclang": re.compile(r"[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8}){0,8}"),
    "scope": re.compile(r"row|col|rowgroup|colgroup"),
    "type": re.compile(r"[1aAiI]|[a-z]{1,20}/[\w.+-]{1,80}"),
    "kind": re.compile(r"subtitles|captions|descriptions|chapters|metadata"),
    "display": re.compile(r"block|inline"),
    "encoding": re.compile(r"application/x-tex"),
    "controls": re.compile(""),
    "reversed": re.compile(""),
    "open": re.compile(""),
}
"""Attribute → the values it may have; one that has another is left out."""

MAX_VALUE = 4096
"""Characters of an attribute above which it is left out (alternative texts and TeX are shorter)."""


def unescape_attribute(value: str) -> str:
    """The text of an attribute that a serialiser wrote (HTML Standard 13.3 "Escaping a string")."""
    if "&" not in value:
        return value
    value = value.replace("&quot;", '"').replace("&lt;", "<").replace("&gt;", ">").replace("&nbsp;", "\xa0")
    return value.replace("&amp;", "&")


def escape_attribute(value: str) -> str:
    """Text as it stands in a canonical attribute: white space collapsed, & " < > escaped."""
    value = SPACE.sub(" ", value).strip(" ")
    if "&" in value or "<" in value or ">" in value or '"' in value:
        value = value.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")
    return value


def attributes_in(text: str) -> dict[str, str]:
    """The attributes of a serialised start tag, names as written, values unescaped; the first of a name counts."""
    start = text.find(" ")
    if start < 0:
        return {}
    found: dict[str, str] = {}
    for name, value in _ATTRIBUTE.findall(text, start, len(text) - 1):
        found.setdefault(name, unescape_attribute(value))
    return found


def tag_name(text: str) -> str:
    """The name of a serialised start tag."""
    end = text.find(" ")
    return text[1:end] if end > 0 else text[1:-1]


def write_attributes(name: str, attributes: dict[str, str]) -> str:
    """The attributes of its own that the canonical tag `name` carries, in order; never href or src."""
    allowed = ATTRIBUTES.get(name)
    if not allowed:
        return ""
    parts = []
    for key in sorted(allowed & attributes.keys()):
        if key in ("href", "src"):
            continue
        value = escape_attribute(attributes[key])
        pattern = VALUES.get(key)
        if len(value) > MAX_VALUE or (pattern is not None and name not in MATH_TAGS and not pattern.fullmatch(value)):
            continue
        parts.append(f' {key}="{value}"')
    return "".join(parts)


def with_more(attributes: str, more: str) -> str:
    """Attributes with more of them, all in order of name."""
    return "".join(sorted(_PAIRS.findall(attributes) + _PAIRS.findall(more)))


def tag_with(opening: str, more: str) -> str:
    """A start tag with more attributes, all in order of name."""
    return f"<{tag_name(opening)}{with_more(opening, more)}>" if more else opening
