"""Stretches of a Word document that lie in it in another form (`w:altChunk`, §17.17.2): pages and plain text are read.

Word takes them in when it opens the document; whoever made it with a program never had it opened. Other forms are
counted.
"""

from __future__ import annotations

import re

from galactica.sources import encoding, html
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.inline import text_html
from galactica.sources.office.package import OfficePackage, Relation
from galactica.sources.page_inside import page_inside

MAX_CHUNK = 8 * 2**20
"""Bytes of one stretch."""

_PAGE = re.compile(r"\s*(?:<!doctype\s+html|<html|<\?xml|<head|<body|<p\b|<div\b|<h[1-6]\b|<table)", re.IGNORECASE)


def chunk_html(package: OfficePackage, relation: Relation | None, flow: TextFlow) -> str:
    """A stretch as HTML; "" where it is of a form that is not read, which is counted."""
    if relation is None or relation.outside:
        flow.dropped["office:embedded-file"] += 1
        return ""
    try:
        raw = package.read(relation.target, MAX_CHUNK)
    except PartError:
        flow.dropped["office:damaged-part"] += 1
        return ""
    ending = relation.target.rpartition(".")[2].lower()
    text = encoding.decode(raw, html.declared(raw)) if ending in ("htm", "html", "xhtml", "txt") else None
    if text is None:
        flow.dropped["office:embedded-file"] += 1
        return ""
    if not _PAGE.match(text):
        lines = (line.strip() for line in text.splitlines())
        return "".join(f"<p>{text_html(line)}</p>" for line in lines if line)
    return page_inside(text)
