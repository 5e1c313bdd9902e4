"""Files of Office Open XML (ECMA-376): which part is the main one, and which reader reads it."""

from __future__ import annotations

from collections.abc import Iterator

from galactica.sources.contract import Item
from galactica.sources.office import docx, parts, pptx, xlsx
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.package import OfficePackage
from galactica.sources.zipped import Zipped

_MAIN = {
    "document": ("word/document.xml",),
    "presentation": ("ppt/presentation.xml",),
    "workbook": ("xl/workbook.xml",),
}


def read(archive: Zipped, path: str, key: str) -> Iterator[Item]:
    """Yield what a file holds.

    Raises:
        PartError: nothing of it can be read.
    """
    package = OfficePackage(archive)
    main = main_part(package)
    flow = TextFlow(path=path, key=key, dropped=package.dropped)
    if main.lower().endswith(".bin"):
        raise PartError("unsupported", "it is a workbook in binary form (.xlsb), which is not read")
    root = main.partition("/")[0].lower()
    kind = root if root in ("word", "ppt", "xl") else _root_kind(package, main)
    if kind == "word":
        yield from parts.documents(flow, docx.read_docx(package, main, flow), "document")
    elif kind == "ppt":
        yield from parts.documents(flow, pptx.read_pptx(package, main, flow), "presentation")
    elif kind == "xl":
        yield from xlsx.read_xlsx(package, main, flow)
    else:
        raise PartError("unsupported", "a package of another kind than a document, a presentation or a workbook")


def _root_kind(package: OfficePackage, main: str) -> str:
    """The kind of a main part that lies in a folder of its own name."""
    tag = package.xml(main).tag
    return {"w:document": "word", "p:presentation": "ppt", "x:workbook": "xl"}.get(tag, "")


def main_part(package: OfficePackage) -> str:
    """The name of the main part.

    Raises:
        PartError: there is none.
    """
    for relation in package.relations("").values():
        if relation.kind == "officeDocument" and package.find(relation.target):
            return package.find(relation.target)
    for names in _MAIN.values():
        for name in names:
            if package.find(name):
                return package.find(name)
    raise PartError("truncated", "its main part is missing")
