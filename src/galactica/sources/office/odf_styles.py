"""What the styles of an OpenDocument file mean: bold, hidden, a title, a list, a break before a page (part 3 §16,
§17)."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from galactica.sources.office.docx_numbers import number_written
from galactica.sources.office.xmltree import first, number

MAX_PARENTS = 20
"""Styles that have each other as parents, at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OdfStyle:
    """A style with what it has from its parents.

    Attributes:
        marks: of its text.
        hidden: whether its text is not shown.
        names: its own name and those of its parents, as people see them, in lower case.
        list_style: the list that its paragraphs are in.
        breaks: whether a page begins before a paragraph of it.
        restarts: whether pages are numbered anew from there.
        display: False where a sheet of it is hidden.
    """

    marks: tuple[str, ...] = ()
    hidden: bool = False
    names: tuple[str, ...] = ()
    list_style: str = ""
    breaks: bool = False
    restarts: bool = False
    display: bool = True

    def named(self, *names: str) -> bool:
        """Whether it or a parent is called so."""
        return any(name in names for name in self.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class ListLevel:
    """How a level of a list is numbered; `form` "" for bullets."""

    form: str = ""
    prefix: str = ""
    suffix: str = ""
    start: int = 1
    shown: int = 1


@dataclass(slots=True, kw_only=True)
class OdfStyles:
    """The styles of one file: of `styles.xml` and those that the text made itself.

    Attributes:
        elements: (family, name) → element.
        lists: name → level → how it is numbered.
        outline: level → how headings are numbered.
    """

    elements: dict[tuple[str, str], Element] = field(default_factory=dict)
    lists: dict[str, dict[int, ListLevel]] = field(default_factory=dict)
    outline: dict[int, ListLevel] = field(default_factory=dict)
    made: dict[tuple[str, str], OdfStyle] = field(default_factory=dict)

    def take(self, root: Element | None) -> None:
        """Take in the styles of a part; what comes later counts."""
        for each in root.iter() if root is not None else ():
            match each.tag:
                case "style:style":
                    self.elements[each.get("style:family", ""), each.get("style:name", "")] = each
                case "text:list-style":
                    self.lists[each.get("style:name", "")] = _levels(each)
                case "text:outline-style":
                    self.outline = _levels(each)
                case _:
                    pass

    def get(self, family: str, name: str) -> OdfStyle:
        """A style; one that says nothing where there is none of that name."""
        key = family, name
        if key not in self.made:
            self.made[key] = self._make(family, name)
        return self.made[key]

    def _make(self, family: str, name: str) -> OdfStyle:
        chain: list[Element] = []
        seen: set[str] = set()
        while (family, name) in self.elements and name not in seen and len(chain) < MAX_PARENTS:
            seen.add(name)
            element = self.elements[family, name]
            chain.append(element)
            name = element.get("style:parent-style-name", "")
        found: dict[str, str] = {}
        names: list[str] = [name.lower().replace("_20_", " ")] if name and name not in seen else []
        for element in reversed(chain):
            names[:0] = [
                (element.get("style:display-name") or element.get("style:name") or "").lower().replace("_20_", " ")
            ]
            for tag in ("style:text-properties", "style:paragraph-properties", "style:table-properties"):
                properties = first(element, tag)
                found.update(properties.attrib if properties is not None else {})
            found["list"] = element.get("style:list-style-name", found.get("list", ""))
        own = chain[0].attrib if chain else {}
        nearest = first(chain[0], "style:paragraph-properties") if chain else None
        breaks = nearest.get("fo:break-before", "") if nearest is not None else ""
        page = nearest.get("style:page-number", "auto") if nearest is not None else "auto"
        return OdfStyle(
            marks=_marks(found),
            hidden=found.get("text:display") == "none",
            names=tuple(names),
            list_style=found["list"] if chain else "",
            breaks=breaks == "page" or bool(own.get("style:master-page-name")),
            restarts=page not in ("auto", "0"),
            display=found.get("table:display", "true") != "false",
        )


def _marks(properties: dict[str, str]) -> tuple[str, ...]:
    marks = []
    if properties.get("fo:font-weight", "") in ("bold", "600", "700", "800", "900"):
        marks.append("b")
    if properties.get("fo:font-style", "") in ("italic", "oblique"):
        marks.append("i")
    if properties.get("style:text-line-through-style", "none") != "none":
        marks.append("s")
    position = properties.get("style:text-position", "").split(" ")[0]
    if position == "super" or (position.endswith("%") and number(position.rstrip("%")) > 0 and position != "100%"):
        marks.append("sup")
    elif position == "sub" or (position.endswith("%") and number(position.rstrip("%")) < 0):
        marks.append("sub")
    return tuple(marks)


def _levels(style: Element) -> dict[int, ListLevel]:
    found: dict[int, ListLevel] = {}
    for each in style:
        level = number(each.get("text:level"), 1)
        if each.tag in ("text:list-level-style-number", "text:outline-level-style"):
            found[level] = ListLevel(
                form=each.get("style:num-format", ""),
                prefix=each.get("style:num-prefix", ""),
                suffix=each.get("style:num-suffix", ""),
                start=number(each.get("text:start-value"), 1),
                shown=number(each.get("text:display-levels"), 1),
            )
        elif each.tag.startswith("text:list-level-style"):
            found[level] = ListLevel()
    return found


def list_label(levels: dict[int, ListLevel], counts: list[int], level: int) -> str:
    """The number of an item or heading as it is written; "" for none.

    Args:
        counts: of each level from the first.
        level: from 1.
    """
    how = levels.get(level, ListLevel())
    if not how.form:
        return ""
    numbers = [
        number_written(counts[each - 1] or 1, levels.get(each, ListLevel()).form or "1")
        for each in range(max(1, level - how.shown + 1), level + 1)
        if levels.get(each, ListLevel()).form
    ]
    return f"{how.prefix}{'.'.join(numbers)}{how.suffix}".strip()
