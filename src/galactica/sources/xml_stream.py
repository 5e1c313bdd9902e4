"""XML and XHTML of any state as a stream: tags with their attributes, text, end tags (`XmlEvents`).

Expat reads what is well formed. What is not (a bare "&", a prefix that nobody declared, a tag that is never closed) is
read again by rules of our own, which never refuse: whatever is no tag is text. Either way names are told without their
prefix where that stands for a vocabulary known here (`VOCABULARIES`) or for that of the outermost tag, "" for a tag of
any other; attributes keep "epub:", "xml:", "xlink:", "opf:". References to characters by HTML's names are resolved,
entities that a document declares itself only by Expat, and no more of them than `MAX_ENTITIES`; nothing outside of the
document is ever read: an entity that leads there is shown by its name.

Standards: XML 1.0 (fifth edition), Namespaces in XML 1.0; names of characters: HTML Standard 13.5.
"""

from __future__ import annotations

import html
import re
from functools import lru_cache
from html.entities import html5
from typing import Protocol
from xml.parsers import expat

MAX_OPEN = 2_000
"""Tags that may be open at once; documents written by people stay below 100."""

MAX_ENTITIES = 500
"""Entities that a document may declare, each of at most `MAX_ENTITY` characters without a reference in it."""

MAX_ENTITY = 1_000

XHTML, MATHML, SVG = "http://www.w3.org/1999/xhtml", "http://www.w3.org/1998/Math/MathML", "http://www.w3.org/2000/svg"

VOCABULARIES = {
    **{XHTML: "", MATHML: "", SVG: ""},
    **{"http://www.idpf.org/2007/ops": "epub", "http://www.idpf.org/2007/opf": "opf"},
    **{"http://www.w3.org/1999/xlink": "xlink", "http://www.w3.org/XML/1998/namespace": "xml"},
    **{
        "http://purl.org/dc/elements/1.1/": "",
        "http://purl.org/dc/terms/": "",
        "http://purl.org/dc/elements/1.0/": "",
        "http://www.daisy.org/z3986/2005/ncx/": "",
    },
    **{"http://www.daisy.org/z3986/2005/dtbook/": "", "urn:oasis:names:tc:opendocument:xmlns:container": ""},
    **{
        "http://www.w3.org/2001/04/xmlenc#": "",
        "http://www.w3.org/2000/09/xmldsig#": "",
        "http://www.w3.org/ns/SMIL": "",
    },
    **{"http://www.w3.org/ns/ttml": "", "http://www.w3.org/2006/10/ttaf1": "", "http://www.w3.org/2006/04/ttaf1": ""},
    **{"http://www.w3.org/ns/ttml#metadata": "ttm", "http://www.w3.org/ns/ttml#parameter": "ttp"},
    **{"http://www.gribuser.ru/xml/fictionbook/2.0": "", "http://www.gribuser.ru/xml/fictionbook/2.1": ""},
    **{"http://docs.oasis-open.org/ns/oasis-exchange/table": ""},
}
"""Namespace → the prefix by which its attributes are told; its tags are told without one."""

_PREFIXES = frozenset(
    "html xhtml h x math mathml mml m svg s epub ops opf dc dcterms ncx container enc ds xenc fb dtbook smil tt "
    "ttm".split()
)
"""Prefixes that stand for one of these in a document that does not say so."""

_PROLOG = re.compile(r"\ufeff?\s*(?:<\?xml\b[^<>]{0,500}\?>\s*)?")
_ENTITY = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,40});", re.DOTALL
)  # but for XML's own
_TAG = re.compile(
    r"""<(/?)([A-Za-z_][\w:.-]{0,200})([^<>"']*(?:"[^"<]*"[^<>"']*|'[^'<]*'[^<>"']*)*)>"""
)  # no "<" inside quotes: every attempt ends before the next tag begins
_ATTRIBUTE = re.compile(r"""([^\s=<>"'/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
_SKIPPED = (("<!--", "-->"), ("<?", "?>"), ("<![CDATA[", "]]>"))


class XmlEvents(Protocol):
    """Who listens to a document. Names as above; text may come in several pieces."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""

    def end(self, name: str) -> None:
        """A tag ends; in a document that is not well formed also one that never began."""

    def text(self, text: str) -> None:
        """Text."""


class TooMuchError(Exception):
    """There are more tags than a listener takes."""


def read_xml(document: str, listener: XmlEvents, *, every: bool = False) -> None:
    """Tell `listener` of a well-formed document.

    Args:
        every: whether tags of any vocabulary are told by their names, and not only of those that are known.

    Raises:
        ValueError: it is none, or more than `MAX_OPEN` tags are open; what came before has been told.
        TooMuchError: the listener takes no more.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.UseForeignDTD(True)
    depth = declared = 0
    own: str | None = None  # the vocabulary that the outermost tag is of

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth, own
        depth += 1
        own = name.rpartition(" ")[0] if own is None else own
        if depth > MAX_OPEN:
            raise ValueError("more tags are open than are kept apart")
        listener.start(
            name.rpartition(" ")[2] if every else _name(name, own),
            {_attribute(key): value for key, value in attributes.items()} if attributes else {},
        )

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        listener.end(name.rpartition(" ")[2] if every else _name(name, own or ""))

    def entity(name: str, parameter: bool, value: str | None, *_: object) -> None:
        nonlocal declared
        declared += 1
        if declared > MAX_ENTITIES or (value is not None and (len(value) > MAX_ENTITY or "&" in value)):
            raise ValueError("entities without an end")

    def skipped(name: str, parameter: bool) -> None:
        if parameter:
            return
        if (known := html5.get(f"{name};")) is None:
            raise ValueError(f"an entity that is not declared: {name}")
        listener.text(known)  # one of HTML's, in a document that declares others

    def outside(context: str | None, *_: object) -> int:
        # What stands elsewhere is not fetched: its name is shown. The context has bindings of prefixes too.
        names = [part for part in (context or "").split("\f") if part and "=" not in part]
        if names:
            listener.text(f"&{names[-1]};")
        return 1

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = listener.text
    parser.ExternalEntityRefHandler = outside
    parser.EntityDeclHandler = entity
    parser.SkippedEntityHandler = skipped
    try:
        parser.Parse(with_characters(bare_document(document)), True)
    except expat.ExpatError as error:
        raise ValueError(str(error)) from error


def read_soup(document: str, listener: XmlEvents, *, every: bool = False) -> None:
    """Tell `listener` of a document in any state; end tags come as they stand, and as many may be open as there are.

    Args:
        every: as of `read_xml`.

    Raises:
        TooMuchError: the listener takes no more.
    """
    position = 0
    missing: set[str] = set()  # ends that do not come any more
    while (at := document.find("<", position)) >= 0:
        if at > position:
            listener.text(html.unescape(document[position:at]))
        position = _skipped(document, at, missing, listener)
        if position > at:
            continue
        found = _TAG.match(document, at)
        if found is None:
            listener.text("<")
            position = at + 1
            continue
        position = found.end()
        name, inside = found[2].rpartition(":")[2] if every else _soup_name(found[2]), found[3]
        if found[1]:
            listener.end(name)
            continue
        whole = inside.endswith("/")
        if name in RAW and not whole:
            end = -1 if name in missing else _end_of_raw(document, name, position)
            if end < 0:  # it never ends: it is passed over, and what follows is read
                missing.add(name)
                continue
            listener.start(name, _soup_attributes(inside))
            listener.text(document[position:end] if name != "title" else html.unescape(document[position:end]))
            position = end
            continue
        listener.start(name, _soup_attributes(inside))
        if whole or name in VOID:
            listener.end(name)
    if position < len(document):
        listener.text(html.unescape(document[position:]))


VOID = frozenset("area base br col embed hr image img input link meta param source track wbr".split())
"""Tags of HTML that nothing stands in (HTML Standard 13.1.2; "image" is what 13.2.6.4.7 takes for "img")."""

RAW = frozenset({"script", "style", "title"})
"""Tags of HTML inside which there are no others (HTML Standard 13.1.2)."""


def _end_of_raw(document: str, name: str, start: int) -> int:
    found = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(document, start)
    return found.start() if found else -1


def _skipped(document: str, at: int, missing: set[str], listener: XmlEvents) -> int:
    """Where a comment, an instruction, a declaration or character data ends that begins at `at`; else `at`."""
    for begin, stop in _SKIPPED:
        if document.startswith(begin, at):
            end = -1 if stop in missing else document.find(stop, at + len(begin))
            if end < 0:
                missing.add(stop)
                return at
            if begin == "<![CDATA[":
                listener.text(document[at + len(begin) : end])
            return end + len(stop)
    if document[at + 1 : at + 3] in ("!D", "!d"):
        inner, end = document.find("[", at, at + 1_000), document.find(">", at)
        if 0 <= inner < end and (close := document.find("]", inner, inner + 100_000)) >= 0:
            end = document.find(">", close)
        return end + 1 if end >= 0 else at
    return at


def bare_document(document: str) -> str:
    """A document without its declaration, and what should not stand before it."""
    found = _PROLOG.match(document)
    return document[found.end() :] if found else document


def with_characters(document: str) -> str:
    """The document with the characters that HTML's names stand for, but for the five names that XML has itself."""
    if "&" not in document or "<!ENTITY" in document:
        return document
    return _ENTITY.sub(_character, document)


def _character(found: re.Match[str]) -> str:
    return html5.get(f"{found[1]};", found[0]) if found[1] else found[0]


@lru_cache(4_096)
def _name(name: str, own: str) -> str:
    space, _, local = name.rpartition(" ")
    return local if not space or space in VOCABULARIES or space == own else ""


@lru_cache(4_096)
def _attribute(name: str) -> str:
    space, _, local = name.rpartition(" ")
    prefix = VOCABULARIES.get(space, "")
    return f"{prefix}:{local}" if prefix else local


def _soup_name(name: str) -> str:
    prefix, colon, local = name.rpartition(":")
    if not colon:
        return name.lower() if name.isupper() else name
    return local if prefix.lower() in _PREFIXES else ""


def _soup_attributes(inside: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for name, double, single, bare in _ATTRIBUTE.findall(inside):
        found.setdefault(name.lower() if name.isupper() else name, html.unescape(double or single or bare))
    return found
