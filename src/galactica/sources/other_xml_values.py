"""XML of data as the value that JSON would hold: tags and attributes are names, what comes several times is a list.

A tag with text alone is that text; its attributes stand beside it ("price": "5", "price currency": "EUR"), or, where it
comes several times, in an object with it ("value"). Text with marks in it is one text, and so are
paragraphs. Namespaces, and where schemas lie, are for programs.
"""

from __future__ import annotations

from collections import Counter
from itertools import groupby

from galactica.sources.retelling import has_text, xml_vocabulary
from galactica.sources.xml_tree import XmlNode

MAX_DEEP = 60
"""Tags inside each other; of what is deeper the text alone is kept, and that is counted."""

SENTENCES = 4
"""Words from which on values of one name that follow each other are lines or paragraphs, and no data."""

PROSE = 0.4
"""Share of the text that stands in sentences, at most, in what is data."""

_OF_SCHEMAS = ("schemaLocation", "noNamespaceSchemaLocation")
_PARAGRAPHS = ("p", "para", "paragraph")
_BLOCKS = ("p", "ul", "ol", "pre", "blockquote")
_MARKS = ("b", "i", "em", "strong", "sub", "sup", "u", "s", "q", "code", "br")

XmlValue = str | list["XmlValue"] | dict[str, "XmlValue"]


def is_data(root: XmlNode) -> bool:
    """Whether little of a document's text is prose: text beside tags, or paragraphs that follow each other."""
    prose = every = 0
    waiting = [root]
    while waiting:
        node = waiting.pop()
        inside = node.children()
        if inside and has_text(node):
            size = len(node.text())
            prose, every = prose + size, every + size
            continue
        if not inside:
            every += len(node.text()) + sum(map(len, node.attributes.values()))
        runs = [(name, list(run)) for name, run in groupby(inside, key=lambda each: each.name)]
        times = Counter(name for name, _ in runs)
        in_order = len(runs) == len(times) or _is_one_text(node)
        for name, run in runs:
            texts = [each.text() for each in run if not each.children()]
            if times[name] > 1 and not in_order:  # where these stand among others would be lost
                prose += sum(len(text) for text in texts if text.count(" ") + 1 >= SENTENCES)
            elif len(texts) > 1 and sum(text.count(" ") + 1 for text in texts) >= SENTENCES * len(texts):
                prose += sum(map(len, texts))
        waiting.extend(inside)
    return every > 0 and prose <= PROSE * every


def _is_one_text(node: XmlNode) -> bool:
    """Whether what stands in a node is a text: marks among words, words on both sides of a tag, or paragraphs alone."""
    inside = [_becomes(each) for each in node.children()]
    if has_text(node):
        first, *_, last = (each for each in node.content if not isinstance(each, str) or each.strip())
        return (isinstance(first, str) and isinstance(last, str)) or all(out in _MARKS for out in inside)
    paragraphs = [each for each in node.children() if each.name.lower() in _PARAGRAPHS]
    plain = all(not each.children() or has_text(each) for each in paragraphs)
    return bool(paragraphs) and plain and all(out in _BLOCKS for out in inside)


def _becomes(node: XmlNode) -> str:
    return xml_vocabulary("xml").becomes.get(node.name.lower(), "?")


def _running_text(node: XmlNode) -> tuple[str, int]:
    """(the text of a node in its order, paragraphs apart; attributes in it that it does not say)."""
    out: list[str] = []
    lost = 0
    waiting: list[XmlNode | str] = list(reversed(node.content))
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            out.append(each)
            continue
        lost += len(each.attributes)
        shape = _becomes(each)
        around = {"br": " ", "sup": "^"}.get(shape, "\0" if shape in (*_BLOCKS, "li") else "")
        out.append(around)
        waiting.extend(("\0" if around == "\0" else "", *reversed(each.content)))
    parts = (" ".join(part.split()) for part in "".join(out).split("\0"))
    return "\n\n".join(filter(None, parts)), lost


class XmlValues:
    """Makes values of tags.

    Attributes:
        dropped: what was left out.
    """

    def __init__(self) -> None:
        self.dropped: Counter[str] = Counter()

    def of(self, node: XmlNode, depth: int = 0) -> XmlValue:
        """What a tag holds."""
        attributes = self._attributes(node)
        inside = node.children()
        if not inside:
            text = node.text()
            if list(attributes) == ["resource"] and not text:  # RDF: the thing that is meant
                return attributes["resource"]
            return {**attributes, **({"value": text} if text else {})} if attributes else text
        if depth >= MAX_DEEP:
            self.dropped["xml:too-deep"] += 1
            return node.text()
        if _is_one_text(node):
            text, lost = _running_text(node)
            if lost:
                self.dropped["xml:attribute"] += lost
            return {**attributes, "value": text} if attributes else text
        made: dict[str, XmlValue] = {**attributes}
        times = Counter(each.name for each in inside)
        for each in inside:
            value = self.of(each, depth + 1)
            if times[each.name] > 1:
                self._add(made, each.name, value)
            elif isinstance(value, dict) and not each.children() and "value" in value:
                self._put(made, each.name, value.pop("value"))
                for name, said in value.items():
                    self._put(made, f"{each.name} {name}", said)
            else:
                self._put(made, each.name, value)
        said = " ".join(part.strip() for part in node.content if isinstance(part, str) and part.strip())
        if said:
            self._put(made, "value", said)
        return made

    def _attributes(self, node: XmlNode) -> dict[str, XmlValue]:
        found: dict[str, XmlValue] = {}
        for name, value in node.attributes.items():
            local = name.rpartition(":")[2]
            if name.startswith("xmlns") or name == "xml:space" or local in _OF_SCHEMAS:
                self.dropped["xml:for-programs"] += 1
            elif value.strip():
                found[local] = value.strip()
        return found

    def _add(self, made: dict[str, XmlValue], name: str, value: XmlValue) -> None:
        """One of several of a name; an attribute may be called so too."""
        known = made.get(name)
        if isinstance(known, list):
            known.append(value)
        else:
            made[name] = [value] if known is None else [known, value]

    def _put(self, made: dict[str, XmlValue], name: str, value: XmlValue) -> None:
        number = 2
        told = name
        while told in made:
            told, number = f"{name} ({number})", number + 1
        made[told] = value
