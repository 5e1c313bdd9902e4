"""Makes books in EPUB for the tests: a container, a package, contents, pages; each piece can be another one."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from pathlib import Path

from galactica.model import Document, MediaFile, Rejected, Work
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source

CONTAINER = (
    '<container xmlns="urn:oasis:names:tc:opendocument:xmlns:container" version="1.0"><rootfiles>'
    '<rootfile full-path="OPS/book.opf" media-type="application/oebps-package+xml"/></rootfiles></container>'
)
ABOUT = "<dc:title>Tides</dc:title><dc:creator>Ada Lind</dc:creator><dc:language>en</dc:language>"
TYPES = {
    "xhtml": "application/xhtml+xml",
    "ncx": "application/x-dtbncx+xml",
    "svg": "image/svg+xml",
    "png": "image/png",
}


def page(body: str, *, title: str = "", head: str = "", of: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<!DOCTYPE html>\n'
        f'<html xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops"{of}>'
        f"<head><title>{title}</title>{head}</head><body>{body}</body></html>"
    )


def nav(listed: str, more: str = "") -> str:
    return page(f'<nav epub:type="toc"><ol>{listed}</ol></nav>{more}')


def package(names: list[str], *, about: str = ABOUT, spine: list[str] | None = None, more: str = "") -> str:
    properties = {"nav.xhtml": ' properties="nav"'}
    items = "".join(
        f'<item id="i{number}" href="{name}" media-type="{TYPES.get(name.rpartition(".")[2], "text/plain")}"'
        + f"{properties.get(name, '')}/>"
        for number, name in enumerate(names)
    )
    order = spine if spine is not None else [name for name in names if name.endswith("xhtml") and name != "nav.xhtml"]
    ids = (f"i{names.index(name)}" if name in names else name for name in order)
    refs = "".join(f'<itemref idref="{each}"/>' for each in ids)
    return (
        '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id"><metadata '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:opf="http://www.idpf.org/2007/opf">'
        f"{about}</metadata><manifest>{items}</manifest><spine>{refs}</spine>{more}</package>"
    )


def files_of(
    pages: Mapping[str, str | bytes],
    *,
    about: str = ABOUT,
    spine: list[str] | None = None,
    more: str = "",
    extra: Mapping[str, str | bytes] | None = None,
) -> dict[str, bytes]:
    """The files of a book; `pages` lie beside the package, `extra` at the paths that they name."""
    files: dict[str, str | bytes] = {
        "mimetype": "application/epub+zip",
        "META-INF/container.xml": CONTAINER,
        "OPS/book.opf": package(list(pages), about=about, spine=spine, more=more),
    }
    files |= {f"OPS/{name}": content for name, content in pages.items()}
    files |= extra or {}
    return {name: content.encode() if isinstance(content, str) else content for name, content in files.items()}


def packed(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in files.items():
            method = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content, method)
    return out.getvalue()


def read(path: Path, options: SourceOptions | None = None) -> list[Item]:
    with open_source(path, options) as source:
        return list(source.read())


def book(folder: Path, pages: Mapping[str, str | bytes], **said: object) -> list[Item]:
    """What is read of a book with these pages."""
    path = folder / "tides.epub"
    path.write_bytes(packed(files_of(pages, **said)))  # type: ignore[arg-type]
    return read(path)


def parts(items: list[Item]) -> list[Document]:
    return [item for item in items if isinstance(item, Document)]


def work(items: list[Item]) -> Work:
    (found,) = (item for item in items if isinstance(item, Work))
    return found


def media(items: list[Item]) -> list[str]:
    return [item.path for item in items if isinstance(item, MediaFile)]


def left_out(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.where, item.reason) for item in items if isinstance(item, Rejected)]
