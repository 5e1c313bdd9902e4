"""XML of office files as trees whose names are short and the same in every edition of the standards.

No entity is ever resolved: a document that declares one is refused. Size, number of tags and depth are bounded, so that
memory is, and so that whoever walks a tree may call itself. Names are `w:p`, `table:table-cell`: by the namespace and
not by the prefix that the file chose; ISO/IEC 29500 Strict and Transitional are the same.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from xml.etree.ElementTree import Element
from xml.parsers import expat

MAX_TAGS = 3_000_000
"""Start and end tags of one XML file. A tree takes some 300 bytes a tag; a book of 1,000 pages has 600,000."""

MAX_NESTED_TAGS = 160
"""Tags open at once. Real files stay below 60, tables in tables in text boxes among them."""

_URIS = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships": "r",
    "http://purl.oclc.org/ooxml/officeDocument/relationships": "r",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing": "xdr",
    "http://purl.oclc.org/ooxml/drawingml/spreadsheetDrawing": "xdr",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/presentationml/2006/main": "p",
    "http://purl.oclc.org/ooxml/presentationml/main": "p",
    "http://schemas.microsoft.com/office/powerpoint/2018/8/main": "p188",
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main": "x",
    "http://purl.oclc.org/ooxml/spreadsheetml/main": "x",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "http://schemas.microsoft.com/office/drawing/2010/main": "a14",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rel",
    "http://schemas.openxmlformats.org/package/2006/content-types": "ct",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties": "ep",
    "http://purl.oclc.org/ooxml/officeDocument/extendedProperties": "ep",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://purl.org/dc/terms/": "dcterms",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "urn:oasis:names:tc:opendocument:xmlns:office:1.0": "office",
    "urn:oasis:names:tc:opendocument:xmlns:text:1.0": "text",
    "urn:oasis:names:tc:opendocument:xmlns:table:1.0": "table",
    "urn:oasis:names:tc:opendocument:xmlns:style:1.0": "style",
    "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0": "draw",
    "urn:oasis:names:tc:opendocument:xmlns:presentation:1.0": "presentation",
    "urn:oasis:names:tc:opendocument:xmlns:meta:1.0": "meta",
    "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0": "manifest",
    "urn:oasis:names:tc:opendocument:xmlns:datastyle:1.0": "number",
    "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0": "fo",
    "urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0": "svg",
    "http://www.w3.org/1999/xlink": "xlink",
    "http://www.w3.org/1998/Math/MathML": "math",
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://openoffice.org/2000/office": "office",
    "http://openoffice.org/2000/text": "text",
    "http://openoffice.org/2000/table": "table",
    "http://openoffice.org/2000/style": "style",
    "http://openoffice.org/2000/drawing": "draw",
    "http://openoffice.org/2000/presentation": "presentation",
    "http://openoffice.org/2000/meta": "meta",
    "http://www.w3.org/1999/XSL/Format": "fo",
    "http://www.w3.org/2000/svg": "svg",
}
"""Namespace → what it is called here: ECMA-376, ISO/IEC 29500 Strict, OpenDocument, and OpenOffice.org 1."""

_TAG = re.compile(
    rb"<(?:!--.*?-->|!\[CDATA\[.*?\]\]>|[?!][^>]*>|(/?)([^\s/>]+)(?:[^>\"']|\"[^\"]*\"|'[^']*')*>)", re.DOTALL
)

_DECLARATION = re.compile(rb"^\s*<\?xml[^>]{0,4000}\?>")


class XmlError(Exception):
    """A tree that cannot be made.

    Attributes:
        reason: word for `Rejected.reason`.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason


class _Names(dict[str, str]):
    """The short name of each name that occurs: "{urn:…}p" → "text:p"; of an unknown namespace "?:p"."""

    def __missing__(self, name: str) -> str:
        uri, brace, local = name.rpartition("}")
        short = f"{_URIS.get(uri[1:], '?')}:{local}" if brace else name
        if len(self) < 10_000:  # a hostile file may have as many names as it likes
            self[name] = short
        return short


_NAMES = _Names()


def parse(raw: bytes) -> Element:
    """The root of a document.

    Raises:
        XmlError: it is not well-formed, declares entities, or is larger or deeper than the bounds.
    """
    if raw.count(b"<") > MAX_TAGS:
        raise XmlError("too-large", f"XML of more than {MAX_TAGS:,} tags")
    if declares_entities(raw):
        raise XmlError("unsupported", "XML that declares entities")
    try:
        root = ElementTree.fromstring(raw)  # noqa: S314  # no entity can be declared, as was just seen
    except (ElementTree.ParseError, ValueError, LookupError) as error:
        raise XmlError("truncated", f"XML that is not well-formed: {error}") from error
    level, depth = list(root), 1
    while level:
        depth += 1
        if depth > MAX_NESTED_TAGS:
            raise XmlError("too-deep", f"XML of more than {MAX_NESTED_TAGS} tags in each other")
        level = [child for each in level for child in each]
    shorten(root)
    return root


def closed(raw: bytes) -> bytes:
    """XML that breaks off or breaks down, up to there, with the tags closed that were open; b"" where nothing is
    left. Where it names an encoding that there is not, it is taken for UTF-8."""
    parser = expat.ParserCreate()
    try:
        parser.Parse(raw, True)
    except expat.ExpatError:
        raw = raw[: max(parser.ErrorByteIndex, 0)]
    except (LookupError, ValueError):
        return _DECLARATION.sub(b"", raw, count=1)
    raw = raw[: raw.rfind(b">") + 1]
    open_: list[bytes] = []
    for match in _TAG.finditer(raw):
        if match[1]:
            while open_ and open_.pop() != match[2]:
                pass
        elif match[2] and not match[0].endswith(b"/>"):
            open_.append(match[2])
            if len(open_) > MAX_NESTED_TAGS:
                return b""
    return raw + b"".join(b"</" + name + b">" for name in reversed(open_))


def shorten(root: Element) -> None:
    """Give a tree its short names."""
    names = _NAMES
    for each in root.iter():
        each.tag = names[each.tag]
        attributes = each.attrib
        if attributes:
            found = [(names[name], value) for name, value in attributes.items()]
            attributes.clear()
            attributes.update(found)


def short_name(name: str) -> str:
    """The short name of a name as Expat gives it, "{uri}local"."""
    return _NAMES[name]


def declares_entities(raw: bytes) -> bool:
    """Whether there is an entity declaration anywhere. Every encoding that Expat takes has ASCII's letters where ASCII
    has them, but for UTF-16, where a NUL stands beside each."""
    wide = raw[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\0" in raw[:4]
    return b"<!ENTITY" in (raw.replace(b"\0", b"") if wide else raw)


def first(parent: Element | None, *path: str) -> Element | None:
    """The first child of a name, then its first child of the next name, and so on; None where one is missing."""
    for name in path:
        if parent is None:
            return None
        parent = next((child for child in parent if child.tag == name), None)
    return parent


def child_value(parent: Element | None, name: str, attribute: str = "w:val") -> str | None:
    """An attribute of the first child of a name; None where there is no such child, "" where it has no such
    attribute."""
    child = first(parent, name)
    return None if child is None else child.get(attribute, "")


def switched(parent: Element | None, name: str) -> bool | None:
    """Whether a property that is either on or off is on; None where nothing is said."""
    found = child_value(parent, name)
    return None if found is None else found.lower() not in ("0", "false", "off", "none")


def number(text: str | None, default: int = 0) -> int:
    """A whole number as files write it; `default` for what is none or has more than nine digits."""
    text = (text or "").strip()
    return int(text) if re.fullmatch(r"-?[0-9]{1,9}", text) else default


def text_of(parent: Element | None) -> str:
    """All text below a tag."""
    return "" if parent is None else "".join(parent.itertext())


def alternatives(children: Element) -> Iterator[Element]:
    """The children of a tag, of alternatives (ECMA-376-3, `mc:AlternateContent`) the one that is read here."""
    for child in children:
        if child.tag == "mc:AlternateContent":
            options = [each for each in child if each.tag in ("mc:Choice", "mc:Fallback")]
            for option in options[:1]:
                yield from alternatives(option)
        else:
            yield child
