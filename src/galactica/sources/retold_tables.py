"""Tables of XML documents as tables of HTML: those of the CALS model, cells with what they span, captions."""

from __future__ import annotations

from galactica.sources.retelling import Content, Retelling, html_tag, id_of, kept_attributes
from galactica.sources.xml_tree import XmlNode

_CELLS = ("colspan", "rowspan", "scope")


def retold_cell(name: str, node: XmlNode, content: Content) -> XmlNode:
    """A cell of a table with what it spans."""
    spans = {key: node.attributes[key] for key in _CELLS if key in node.attributes}
    return XmlNode(name, {**kept_attributes(node), **spans}, content)


def cals_table(group: XmlNode, telling: Retelling, depth: int) -> Content:
    """Rows of a table of the CALS model (OASIS Exchange Table Model): spans are told by the names of columns."""
    numbers: dict[str, int] = {}
    for number, column in enumerate(group.children("colspec"), 1):
        numbers[column.attributes.get("colname", str(number))] = number
    spans = {each.attributes.get("spanname", ""): each for each in group.children("spanspec")}
    out: Content = []
    for part in group.children("thead", "tbody", "tfoot"):
        rows: Content = []
        for row in part.children("row"):
            cells: Content = []
            for entry in row.children("entry", "entrytbl"):
                named = spans.get(entry.attributes.get("spanname", ""), entry).attributes
                first, last = numbers.get(named.get("namest", "")), numbers.get(named.get("nameend", ""))
                wide = str(last - first + 1) if first and last and last > first else ""
                more = entry.attributes.get("morerows", "")
                tall = str(int(more) + 1) if more.isascii() and more.isdigit() and len(more) < 5 else ""
                inside = telling.inside(entry, depth + 3)
                name = "th" if part.name == "thead" else "td"
                cells.append(html_tag(name, inside, id_=id_of(entry), colspan=wide, rowspan=tall))
            rows.append(html_tag("tr", cells))
        out.append(html_tag(part.name, rows))
    return out


def with_caption(table: XmlNode, caption: Content) -> XmlNode:
    """A table with its caption."""
    told = caption and any(not isinstance(each, str) or each.strip() for each in caption)
    return XmlNode("table", table.attributes, [html_tag("caption", caption), *table.content]) if told else table
