"""OpenDocument presentations and drawings (.odp, .otp, .fodp, .odg): a heading and an anchor for each slide (part 3
§10).

What stands on the master slides is decoration and not read. Speakers' notes follow their slide in a block of their own.
"""

from __future__ import annotations

from dataclasses import replace
from xml.etree.ElementTree import Element

from galactica.sources.office import metadata, slides
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import Line
from galactica.sources.office.odf_styles import OdfStyles
from galactica.sources.office.odt import text_reader
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.xmltree import first, text_of

_NO_TEXT = ("page-number", "date-time", "footer", "header", "page")
"""Kinds of placeholders that say the same on every slide, or nothing."""


def read_odp(
    package: OfficePackage | None, content: Element, styled: Element | None, meta: Element | None, flow: TextFlow
) -> metadata.Described:
    """Read slides into a flow; arguments as for `read_odt`."""
    styles = OdfStyles()
    styles.take(styled)
    styles.take(content)
    reader = text_reader(package, styles)
    first_title = ""
    for count, page in enumerate(content.iter("draw:page"), 1):
        title = Line()
        rest: list[Element] = []
        notes: Element | None = None
        for each in page:
            kind = each.get("presentation:class", "")
            if each.tag == "presentation:notes":
                notes = each
            elif kind == "title" and not title.held:
                title.text(" ".join(text_of(each).split()))
            elif kind not in _NO_TEXT and each.tag != "office:forms":
                rest.append(each)
        first_title = first_title or title.plain
        slides.begin_slide(flow, count, title)
        for each in rest:
            holder = Element("draw:page")
            holder.append(each)
            reader.blocks(holder, flow)
        if notes is not None:
            slides.slide_note(flow, reader.inner(_without_placeholders(notes), flow))
    about = metadata.opendocument(meta)
    return replace(about, title=metadata.titled(about, flow.path, heading=first_title))


def _without_placeholders(notes: Element) -> Element:
    holder = Element("presentation:notes")
    holder.extend(each for each in notes if first(each, "draw:text-box") is not None or each.tag == "draw:custom-shape")
    for each in list(holder):
        if each.get("presentation:class", "") in _NO_TEXT or each.get("presentation:placeholder") == "true":
            holder.remove(each)
    return holder
