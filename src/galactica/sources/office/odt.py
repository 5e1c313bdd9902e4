"""OpenDocument texts (.odt, .ott, .fodt, .sxw): what a reader sees of them, in its order (part 3 §3, §5).

Pages are told where the file's own marks of soft page breaks and the breaks that its styles set come to the number of
pages that it states. Heads and feet of pages stand once, at the end.
"""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from galactica.sources.office import metadata
from galactica.sources.office.flow import TextFlow, as_block
from galactica.sources.office.odf_drawn import OdfDrawn
from galactica.sources.office.odf_styles import OdfStyles
from galactica.sources.office.odf_tables import text_table
from galactica.sources.office.odf_text import OdfText
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.xmltree import first, number, text_of

_MARGINS = (
    "style:header",
    "style:header-first",
    "style:header-left",
    "style:footer",
    "style:footer-first",
    "style:footer-left",
)


def text_reader(package: OfficePackage | None, styles: OdfStyles) -> OdfText:
    """What reads the text of a file."""
    drawn = OdfDrawn(package)

    def table(element: Element, flow: TextFlow) -> str:
        return text_table(element, flow, lambda cell: reader.inner(cell, flow))

    reader = OdfText(styles, drawn, table)
    drawn.inner, drawn.table = reader.inner, table
    return reader


def read_odt(
    package: OfficePackage | None, content: Element, styled: Element | None, meta: Element | None, flow: TextFlow
) -> metadata.Described:
    """Read a text into a flow; says what the file says of itself, with a title.

    Args:
        package: None for a file in one piece.
        content, styled, meta: roots that hold the text, the styles, what is said of the file.
    """
    styles = OdfStyles()
    styles.take(styled)
    styles.take(content)
    reader = text_reader(package, styles)
    body = first(content, "office:body", "office:text")
    body = first(content, "office:body") if body is None else body
    body = content if body is None else body
    if _pages_known(body, styles, meta):
        reader.page = 1
        flow.anchor("page", "1")
    reader.blocks(body, flow)
    reader.page = 0
    _margins(styled, reader, flow)
    about = metadata.opendocument(meta)
    shown = next((block.words for block in flow.blocks if block.kind == "heading"), "")
    return replace(about, title=metadata.titled(about, flow.path, flow.title, shown))


def _margins(styled: Element | None, reader: OdfText, flow: TextFlow) -> None:
    said: dict[str, None] = {}
    for page in styled.iter("style:master-page") if styled is not None else ():
        for name in _MARGINS:
            margin = first(page, name)
            if margin is not None and margin.get("style:display", "true") != "false":
                html = reader.inner(margin, flow)
                if any(letter.isalpha() for letter in text_of(margin)) or "<img" in html:
                    said.setdefault(as_block(html))
    for html in said:
        flow.block(f'<aside role="note">{html}</aside>')


def _pages_known(body: Element, styles: OdfStyles, meta: Element | None) -> bool:
    """Whether the marks and breaks come to the number of pages that the file states."""
    statistic = next(meta.iter("meta:document-statistic"), None) if meta is not None else None
    stated = number(statistic.get("meta:page-count")) if statistic is not None else 0
    if stated < 2:
        return False
    counted, begun = 1, False
    for each in body.iter():
        if each.tag == "text:soft-page-break":
            counted += 1
        elif each.tag in ("text:p", "text:h"):
            style = styles.get("paragraph", each.get("text:style-name", ""))
            if style.restarts:
                return False
            counted += style.breaks and begun
            begun = True
    return counted == stated
