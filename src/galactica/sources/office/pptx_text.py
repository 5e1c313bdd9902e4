"""Text and tables on slides of PowerPoint (DrawingML, ECMA-376-1 §21.1): paragraphs with their levels, links,
formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

from galactica.sources.office.docx_tables import MAX_SPAN, TableCell, laid_out
from galactica.sources.office.drawing import Relations
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line
from galactica.sources.office.omml import office_formula
from galactica.sources.office.xmltree import alternatives, first, number

_BULLETS = ("a:buChar", "a:buAutoNum", "a:buBlip")
_FORMS = {"arabic": "1", "alphaLc": "a", "alphaUc": "A", "romanLc": "i", "romanUc": "I"}

Target = Callable[[Element, Relations], str]
"""Where the link of a run leads: (`a:hlinkClick`, relations of the slide) → address."""


def paragraphs(body: Element, flow: TextFlow, relations: Relations, target: Target, *, listed: bool) -> None:
    """Read the paragraphs of a shape into a flow.

    Args:
        listed: whether they are items of a list where they do not say otherwise.
    """
    counts: dict[int, int] = {}
    for each in body:
        if each.tag != "a:p":
            continue
        line = line_of(each, relations, target)
        about = first(each, "a:pPr")
        level = min(max(number(about.get("lvl")) if about is not None else 0, 0), 8)
        automatic = first(about, "a:buAutoNum")
        marked = any(first(about, tag) is not None for tag in _BULLETS)
        item = marked or (listed and first(about, "a:buNone") is None)
        if not line.held:
            continue
        if automatic is not None:
            counts[level] = counts.get(level, number(automatic.get("startAt"), 1) - 1) + 1
            form = next((form for name, form in _FORMS.items() if automatic.get("type", "").startswith(name)), "1")
            flow.item(level, form, counts[level], line)
        elif item:
            counts.pop(level, None)
            flow.item(level, "", 0, line)
        else:
            flow.paragraph(line)
        for below in [each for each in counts if each > level]:
            del counts[below]


def line_of(paragraph: Element, relations: Relations, target: Target) -> Line:
    """What is in a paragraph."""
    line = Line()
    for each in alternatives(paragraph):
        match each.tag:
            case "a:r" | "a:fld":
                about = first(each, "a:rPr")
                link = first(about, "a:hlinkClick")
                line.link(target(link, relations) if link is not None else "")
                text = first(each, "a:t")
                line.text((text.text or "") if text is not None else "", _marks(about))
                line.link("")
            case "a:br":
                line.br()
            case "a14:m":
                for one in each.iter("m:oMath"):
                    line.words.append("".join(one.itertext()))
                    line.markup(office_formula(one), seen=True)
            case _:
                pass
    return line


def _marks(about: Element | None) -> tuple[str, ...]:
    if about is None:
        return ()
    found = [mark for mark in ("b", "i") if about.get(mark) in ("1", "true")]
    if about.get("strike", "noStrike") != "noStrike":
        found.append("s")
    raised = number(about.get("baseline", "0").removesuffix("%"))
    if raised:
        found.append("sup" if raised > 0 else "sub")
    return tuple(found)


def slide_table(root: Element, flow: TextFlow, relations: Relations, target: Target) -> str:
    """A table on a slide as HTML; what lies under merged cells is put to them."""
    heads = 1 if (about := first(root, "a:tblPr")) is not None and about.get("firstRow") in ("1", "true") else 0
    rows: list[list[TableCell]] = []
    for row in root:
        if row.tag != "a:tr":
            continue
        cells = list(_row(row, flow, relations, target, head=len(rows) < heads))
        rows.append(cells)
    return laid_out(rows, heads)


def _row(row: Element, flow: TextFlow, relations: Relations, target: Target, *, head: bool) -> Iterator[TableCell]:
    column = 0
    for each in row:
        if each.tag != "a:tc":
            continue
        merged = any(each.get(name) in ("1", "true") for name in ("hMerge", "vMerge"))
        if not merged:
            inner = flow.inner()
            body = first(each, "a:txBody")
            if body is not None:
                paragraphs(body, inner, relations, target, listed=False)
            yield TableCell(
                column=column,
                columns=min(max(1, number(each.get("gridSpan"), 1)), MAX_SPAN),
                rows=min(max(1, number(each.get("rowSpan"), 1)), MAX_SPAN),
                html=flow.close(inner),
                head=head,
            )
        column += 1
