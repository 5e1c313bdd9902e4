"""What is drawn in OpenDocument files: pictures, boxes, formulas, charts, embedded files (part 3 §10)."""

from __future__ import annotations

import base64
import binascii
import posixpath
from collections.abc import Callable
from urllib.parse import unquote
from xml.etree.ElementTree import Element

from galactica.sources.contract import MAX_DOCUMENT
from galactica.sources.office import drawing
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow, as_block
from galactica.sources.office.inline import Line, text_html
from galactica.sources.office.omml import mathml
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.xmltree import first, text_of

MAX_OBJECTS = 2_000
"""Embedded objects that are opened: formulas and charts."""


class OdfDrawn:
    """Reads what is drawn.

    Args:
        package: None for a file in one piece, which holds its pictures itself.

    Attributes:
        inner: reads the text in a box: (its element, flow) → HTML; set by whoever reads text.
        table: reads a table; likewise.
    """

    def __init__(self, package: OfficePackage | None) -> None:
        self._package = package
        self._objects = 0
        self.inner: Callable[[Element, TextFlow], str] = lambda element, flow: ""
        self.table: Callable[[Element, TextFlow], str] = lambda element, flow: ""

    def read(self, element: Element, flow: TextFlow, line: Line) -> list[str]:
        """Put pictures and formulas into the line; what stands as a block of its own comes back."""
        if element.tag == "draw:frame":
            return self._frame(element, flow, line)
        if element.tag in ("draw:g", "draw:a"):
            if element.tag == "draw:a":
                line.link(element.get("xlink:href", ""))
            found = [block for each in element if each.tag.startswith("draw:") for block in self.read(each, flow, line)]
            line.link("")
            return found
        html = self.inner(element, flow)
        return [html] if html else []

    def _frame(self, frame: Element, flow: TextFlow, line: Line) -> list[str]:
        told = text_of(first(frame, "svg:desc")) or text_of(first(frame, "svg:title"))
        blocks: list[str] = []
        pictured = False
        for each in frame:
            match each.tag:
                case "draw:object":
                    pictured, block = self._object(each, flow, line)
                    blocks.extend([block] if block else [])
                case "draw:text-box":
                    html = self.inner(each, flow)
                    blocks.extend([html] if html else [])
                case "table:table":
                    blocks.append(self.table(each, flow))
                    pictured = True
                case "draw:image":
                    if not pictured:
                        pictured = True
                        line.markup(self._picture(each, flow, told), seen=True)
                case "draw:object-ole" | "draw:plugin" | "draw:applet" | "draw:floating-frame":
                    flow.dropped["office:embedded-file"] += 1
                case _:
                    pass
        return blocks

    def _picture(self, image: Element, flow: TextFlow, told: str) -> str:
        address = image.get("xlink:href", "")
        data = first(image, "office:binary-data")
        if data is not None:
            return _in_one_piece(text_of(data), flow, told)
        if self._package is None or "://" in address or not address:
            flow.dropped["office:picture-elsewhere"] += 1
            return text_html(told)
        return drawing.picture_part(self._package, flow, unquote(address).removeprefix("./"), told)

    def _object(self, element: Element, flow: TextFlow, line: Line) -> tuple[bool, str]:
        """An embedded object: whether it was read, and what stands as a block."""
        root = self._opened(element, flow)
        if root is None:
            return False, ""
        formula = root if root.tag == "math:math" else next(root.iter("math:math"), None)
        if formula is not None:
            html = mathml(formula)
            line.markup(html, seen=True)
            return True, ""
        chart = next(root.iter("office:chart"), None)
        if chart is not None:
            title = next((text_of(each) for each in chart.iter("chart:title")), "")
            tables = [self.table(each, flow) for each in chart.iter("table:table")]
            return True, as_block(text_html(title)) + "".join(tables)
        flow.dropped["office:embedded-file"] += 1
        return False, ""

    def _opened(self, element: Element, flow: TextFlow) -> Element | None:
        inside = next(iter(element), None)
        if inside is not None:
            return inside
        folder = posixpath.normpath(unquote(element.get("xlink:href", "")))
        if self._package is None or not self._package.find(f"{folder}/content.xml"):
            flow.dropped["office:embedded-file"] += 1
            return None
        self._objects += 1
        if self._objects > MAX_OBJECTS:
            flow.dropped["office:embedded-file"] += 1
            return None
        try:
            return self._package.xml(f"{folder}/content.xml")
        except PartError:
            flow.dropped["office:damaged-drawing"] += 1
            return None


def _in_one_piece(text: str, flow: TextFlow, told: str) -> str:
    """A picture that stands in the XML itself."""
    name = f"picture{len(flow.media) + 1}"
    try:
        content = base64.b64decode("".join(text[: 2 * MAX_DOCUMENT].split()), validate=True)
    except binascii.Error:
        flow.dropped["office:damaged-picture"] += 1
        return text_html(told)
    media = drawing.kept_picture(flow, name, content)
    if media is None:
        flow.dropped["office:picture-no-browser-shows"] += 1
        return text_html(told)
    flow.media[name] = media
    return drawing.picture_html(media.path, told)
