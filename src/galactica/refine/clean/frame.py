"""A tag of a body while it is open, and which blocks may stand in which (docs/formats/body.md)."""

from __future__ import annotations

from galactica.model.body import HEADINGS

PHRASE = frozenset({*HEADINGS, "p", "pre", "summary"})
"""Blocks that hold text only; a block inside one becomes a line break."""

PARENTS = {
    "li": frozenset({"ul", "ol"}),
    "dt": frozenset({"dl"}),
    "dd": frozenset({"dl"}),
    **dict.fromkeys(("caption", "thead", "tbody", "tfoot"), frozenset({"table"})),
    "tr": frozenset({"thead", "tbody", "tfoot"}),
    "th": frozenset({"tr"}),
    "td": frozenset({"tr"}),
    "figcaption": frozenset({"figure"}),
    "summary": frozenset({"details"}),
}
"""Blocks that stand only inside certain others; anywhere else they are unwrapped."""

NEEDED = {
    **dict.fromkeys(("", "blockquote", "section", "aside", "details"), ("p",)),
    **dict.fromkeys(("ul", "ol"), ("li",)),
    "dl": ("dd",),
    "table": ("tbody", "tr", "td"),
    **dict.fromkeys(("thead", "tbody", "tfoot"), ("tr", "td")),
    "tr": ("td",),
}
"""Block → what has to be opened in it before text can stand there."""

STRUCTURE = frozenset({"ul", "ol", "dl", "table", "thead", "tbody", "tfoot", "tr"})
"""Blocks that hold certain blocks and nothing else."""


class Frame:
    """An open tag.

    `parents` are the blocks that it may stand in, None for all that hold blocks (`holds`). `kept` says that it is
    written even if empty. `needed` is what text in it needs around it. `mark` is where the output stood when a table
    or list was begun, to take it back if it is empty.
    """

    __slots__ = (
        "again",
        "close",
        "dir",
        "holds",
        "implied",
        "kept",
        "lang",
        "mark",
        "name",
        "needed",
        "open",
        "parents",
    )

    def __init__(self, name: str, attributes: str = "", identifier: str = "", *, implied: bool = False) -> None:
        self.name = name
        self.again = f"<{name}{attributes}>"
        self.open = f"<{name}{_with_id(attributes, identifier)}>" if identifier else self.again
        self.close = f"</{name}>"
        self.needed = NEEDED.get(name, ())
        self.parents = PARENTS.get(name)
        self.holds = name not in PHRASE and name not in STRUCTURE
        self.kept = name in ("td", "th")
        self.implied = implied
        self.lang = ""
        self.dir = ""
        self.mark: tuple[int, int, int, bool, int] | None = None


def _with_id(attributes: str, identifier: str) -> str:
    """`attributes` with an id among them, in order of name."""
    place = len(attributes)
    for name in (" lang=", " reversed=", " role=", " rowspan=", " scope=", " start=", " title=", " type=", " value="):
        found = attributes.find(name)
        if 0 <= found < place:
            place = found
    return f'{attributes[:place]} id="{identifier}"{attributes[place:]}'
