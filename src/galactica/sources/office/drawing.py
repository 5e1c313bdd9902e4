"""What is drawn in a document of Office: pictures, text boxes, charts, diagrams, embedded files (DrawingML and VML).

Pictures that a browser shows become media; of others the description is kept, and counted that they are missing. A
chart is a table of what it shows, a diagram (SmartArt) a list of its words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import quote
from xml.etree.ElementTree import Element

from galactica.model import MediaFile
from galactica.sources import signatures
from galactica.sources.office import charts
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line, attribute_text, text_html
from galactica.sources.office.package import OfficePackage, Relation
from galactica.sources.office.xmltree import alternatives, first
from galactica.sources.paths import clean_path

Relations = dict[str, Relation]

MAX_PICTURES = 5_000
"""Pictures of one file that are kept."""


def picture_part(package: OfficePackage, flow: TextFlow, name: str, alternative: str) -> str:
    """A picture as HTML, its file taken into the flow; its description where it cannot be shown."""
    found = package.find(name)
    if found and found not in flow.media and len(flow.media) >= MAX_PICTURES:
        flow.dropped["office:too-many-pictures"] += 1
        return text_html(alternative)
    if found and found not in flow.media:
        try:
            content = package.read(found)
        except PartError:
            flow.dropped["office:damaged-picture"] += 1
            return text_html(alternative)
        media = kept_picture(flow, found, content)
        if media is None:
            flow.dropped["office:picture-no-browser-shows"] += 1
            return text_html(alternative)
        flow.media[found] = media
    if not found:
        flow.dropped["office:missing-picture"] += 1
        return text_html(alternative)
    return picture_html(flow.media[found].path, alternative)


def kept_picture(flow: TextFlow, name: str, content: bytes) -> MediaFile | None:
    """A picture as a media file; None where no browser shows it."""
    mime = signatures.media_type(name, content[: signatures.LOOKED_AT])
    path = clean_path(f"{flow.path}/{name}")
    return MediaFile(source=flow.key, path=path, mime=mime, content=content) if mime and path else None


def picture_html(path: str, alternative: str) -> str:
    """A picture as HTML."""
    return f'<img src="/{quote(path)}" alt="{attribute_text(alternative)}">'


class Drawings:
    """Reads what is drawn in the parts of one file.

    Args:
        boxed: reads a text box of the format (`w:txbxContent`): (its element, relations of the part) → HTML.
    """

    def __init__(self, package: OfficePackage, boxed: Callable[[Element, Relations], str]) -> None:
        self._package = package
        self._boxed = boxed

    def read(self, root: Element, relations: Relations, flow: TextFlow, line: Line, told: str = "") -> Iterator[str]:
        """Put pictures into the line; yield what stands as a block of its own.

        Args:
            told: what is said of a picture that says nothing of itself.
        """
        yield from self._walk(root, relations, flow, line, told)

    def _walk(self, root: Element, relations: Relations, flow: TextFlow, line: Line, alternative: str) -> Iterator[str]:
        for each in alternatives(root):
            match each.tag:
                case "wp:docPr" | "p:cNvPr" | "pic:cNvPr":
                    told = each.get("descr", "") or each.get("title", "")
                    alternative = " ".join(told.split()) or alternative
                case "a:blip":
                    self._picture(each.get("r:embed", ""), each.get("r:link", ""), relations, flow, line, alternative)
                case "v:imagedata":
                    told = each.get("o:title", "") or alternative
                    self._picture(each.get("r:id", ""), each.get("r:href", ""), relations, flow, line, told)
                case "v:shape" | "v:rect" | "v:group" | "v:roundrect" | "v:oval":
                    yield from self._walk(each, relations, flow, line, each.get("alt", "") or alternative)
                case "v:textpath":
                    line.text(each.get("string", ""))
                case "w:txbxContent":
                    yield self._boxed(each, relations)
                case "a:t":
                    line.text((each.text or "") + " ")
                case "c:chart":
                    yield self._chart(relations.get(each.get("r:id", "")), flow)
                case "dgm:relIds":
                    yield self._diagram(relations.get(each.get("r:dm", "")), flow)
                case "o:OLEObject" | "w:control":
                    flow.dropped["office:embedded-file"] += 1
                case _:
                    yield from self._walk(each, relations, flow, line, alternative)

    def _picture(
        self, inside: str, outside: str, relations: Relations, flow: TextFlow, line: Line, alternative: str
    ) -> None:
        relation = relations.get(inside) or relations.get(outside)
        if relation is None or relation.outside:
            flow.dropped["office:picture-elsewhere" if relation else "office:missing-picture"] += 1
            line.text(alternative)
        else:
            line.markup(picture_part(self._package, flow, relation.target, alternative), seen=True)

    def _chart(self, relation: Relation | None, flow: TextFlow) -> str:
        return self.part(relation, flow, charts.chart_table)

    def _diagram(self, relation: Relation | None, flow: TextFlow) -> str:
        return self.part(relation, flow, charts.diagram)

    def part(self, relation: Relation | None, flow: TextFlow, read: Callable[[Element], str]) -> str:
        """What a part that is drawn here says."""
        if relation is None or relation.outside:
            flow.dropped["office:missing-drawing"] += 1
            return ""
        try:
            return read(self._package.xml(relation.target))
        except PartError:
            flow.dropped["office:damaged-drawing"] += 1
            return ""


def described_as(shape: Element) -> str:
    """What a shape says of itself for those who cannot see it."""
    for path in (("p:nvPicPr", "p:cNvPr"), ("p:nvSpPr", "p:cNvPr"), ("p:nvGraphicFramePr", "p:cNvPr")):
        found = first(shape, *path)
        if found is not None:
            return found.get("descr", "") or found.get("title", "")
    return ""
