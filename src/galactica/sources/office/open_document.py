"""Files of OpenDocument (ISO/IEC 26300): which reader reads which; what is encrypted is refused (part 2 §3.4).

The same content comes as parts of a zip archive, or as one XML file (`.fodt` and the like).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from galactica.sources.contract import Item
from galactica.sources.office import odp, ods, odt, parts, xmltree
from galactica.sources.office.faults import PartError
from galactica.sources.office.flow import TextFlow
from galactica.sources.office.package import OfficePackage
from galactica.sources.office.xmltree import first
from galactica.sources.zipped import Zipped


def read(archive: Zipped, path: str, key: str) -> Iterator[Item]:
    """Yield what a file holds.

    Raises:
        PartError: nothing of it can be read.
    """
    package = OfficePackage(archive)
    if _encrypted(package):
        raise PartError("encrypted", "it is under a password")
    content = package.xml("content.xml")
    yield from _read(package, content, _part(package, "styles.xml"), _part(package, "meta.xml"), path, key)


def read_flat(raw: bytes, path: str, key: str) -> Iterator[Item]:
    """Yield what a file in one piece holds; raises as `read`."""
    try:
        root = xmltree.parse(raw)
    except xmltree.XmlError as error:
        raise PartError(error.reason, str(error)) from error
    yield from _read(None, root, root, first(root, "office:meta"), path, key)


def _read(
    package: OfficePackage | None, content: Element, styled: Element | None, meta: Element | None, path: str, key: str
) -> Iterator[Item]:
    flow = TextFlow(path=path, key=key)
    if package:
        flow.dropped = package.dropped
    body = first(content, "office:body")
    body = content if body is None else body
    if first(body, "office:presentation") is not None or first(body, "office:drawing") is not None:
        about = odp.read_odp(package, content, styled, meta, flow)
        yield from parts.documents(flow, about, "presentation")
    elif first(body, "office:spreadsheet") is not None:
        yield from ods.read_ods(package, content, styled, meta, flow)
    else:
        about = odt.read_odt(package, content, styled, meta, flow)
        yield from parts.documents(flow, about, "document")


def _part(package: OfficePackage, name: str) -> Element | None:
    if not package.find(name):
        return None
    try:
        return package.xml(name)
    except PartError:
        package.dropped["office:damaged-part"] += 1
        return None


def _encrypted(package: OfficePackage) -> bool:
    manifest = _part(package, "META-INF/manifest.xml")
    return manifest is not None and any(
        each.get("manifest:full-path") in ("content.xml", "encrypted-package")
        and first(each, "manifest:encryption-data") is not None
        for each in manifest.iter("manifest:file-entry")
    )
