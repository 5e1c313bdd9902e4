"""XML of any state as a small tree: package documents, lists of contents, what tells of the rest (`xml_tree`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from galactica.sources.xml_stream import TooMuchError, read_soup, read_xml

MAX_NODES = 500_000
"""Tags of a tree; the largest lists of contents known here make 160,000. A few hundred bytes of memory each."""


@dataclass(slots=True)
class XmlNode:
    """A tag with what is in it; text stands in `content` among the tags."""

    name: str
    attributes: dict[str, str]
    content: list[XmlNode | str] = field(default_factory=list)

    def children(self, *names: str) -> list[XmlNode]:
        """The tags right inside of these names, all of them for none."""
        return [each for each in self.content if isinstance(each, XmlNode) and (not names or each.name in names)]

    def walk(self, *names: str) -> Iterator[XmlNode]:
        """All tags inside of these names, in the order of the document."""
        waiting = [self]
        while waiting:
            node = waiting.pop()
            if node is not self and node.name in names:
                yield node
            waiting.extend(reversed(node.children()))

    def first(self, *names: str) -> XmlNode | None:
        """The first tag inside of these names."""
        return next(self.walk(*names), None)

    def text(self) -> str:
        """All text inside, white space collapsed."""
        out: list[str] = []
        waiting: list[XmlNode | str] = [self]
        while waiting:
            node = waiting.pop()
            if isinstance(node, str):
                out.append(node)
            else:
                waiting.extend(reversed(node.content))
        return " ".join("".join(out).split())


class XmlTree:
    """Makes a tree; an end tag closes what is open inside it, and one that nothing opened is passed over."""

    def __init__(self) -> None:
        self.root = XmlNode("", {})
        self._open = [self.root]
        self._names: Counter[str] = Counter()  # of what is open: what ends and never began is not looked for
        self._left = MAX_NODES

    def start(self, name: str, attributes: dict[str, str]) -> None:
        """A tag begins."""
        self._left -= 1
        if self._left < 0:
            raise TooMuchError
        node = XmlNode(name, attributes)
        self._open[-1].content.append(node)
        self._open.append(node)
        self._names[name] += 1

    def end(self, name: str) -> None:
        """A tag ends."""
        if not self._names[name]:
            return
        while len(self._open) > 1:
            closed = self._open.pop().name
            self._names[closed] -= 1
            if closed == name:
                return

    def text(self, text: str) -> None:
        """Text."""
        self._open[-1].content.append(text)


@dataclass(frozen=True, slots=True, kw_only=True)
class GrownTree:
    """A document as a tree.

    Attributes:
        root: has no name; the document's outermost tag stands in it.
        sound: whether the document is well formed.
        whole: whether all of it is in the tree; else it is what comes before the bound.
    """

    root: XmlNode
    sound: bool = True
    whole: bool = True


def grown_tree(document: str, *, every: bool = False) -> GrownTree:
    """A document in any state as a tree, and what had to be passed over for that.

    Args:
        every: whether tags of vocabularies that are not known have names too.
    """
    tree, sound = XmlTree(), True
    try:
        try:
            read_xml(document, tree, every=every)
        except ValueError:
            tree, sound = XmlTree(), False
            read_soup(document, tree, every=every)
    except TooMuchError:
        return GrownTree(root=tree.root, sound=sound, whole=False)
    return GrownTree(root=tree.root, sound=sound)


def xml_tree(document: str) -> XmlNode:
    """A document in any state as a tree, under a root without a name; of one without end what came before."""
    return grown_tree(document).root
