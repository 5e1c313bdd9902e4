"""Office files as small as they can be, made of what a test wants in them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
TYPE = f"{OFFICE}/relationships"
W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    f'xmlns:r="{TYPE}" xmlns:m="{OFFICE}/math" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml"'
)
P = (
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    f'xmlns:r="{TYPE}" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
)
X = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{TYPE}"'
CORE = (
    'xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/"'
)
ODF = (
    " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{uri}:1.0"'
        for name, uri in (
            *(("office", "office"), ("text", "text"), ("table", "table"), ("style", "style"), ("draw", "drawing")),
            *(
                ("presentation", "presentation"),
                ("meta", "meta"),
                ("fo", "xsl-fo-compatible"),
                ("svg", "svg-compatible"),
            ),
            ("manifest", "manifest"),
        )
    )
    + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'
)
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def zipped(parts: Mapping[str, str | bytes], *, stored: tuple[str, ...] = ()) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
            archive.writestr(
                info, content, compress_type=zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            )
    return out.getvalue()


def relations(found: Mapping[str, tuple[str, str]]) -> str:
    """Of (kind, target) by id; a target with "://" lies outside."""
    each = "".join(
        f'<Relationship Id="{name}" Type="{TYPE}/{kind}" Target="{target}"'
        f"{' TargetMode=' + chr(34) + 'External' + chr(34) if '://' in target else ''}/>"
        for name, (kind, target) in found.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{each}</Relationships>'


def package(main: str, content: str, type_: str, parts: Mapping[str, str | bytes], core: str) -> bytes:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        f'<Override PartName="/{main}" ContentType="application/vnd.openxmlformats-officedocument.{type_}.main+xml"/>'
        "</Types>"
    )
    top = {"rId1": ("officeDocument", main)}
    held: dict[str, str | bytes] = {"[Content_Types].xml": types, "_rels/.rels": relations(top), main: content}
    if core:
        held["docProps/core.xml"] = f"<cp:coreProperties {CORE}>{core}</cp:coreProperties>"
    return zipped({**held, **parts})


def docx(
    body: str,
    *,
    links: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    core: str = "",
    section: str = "<w:sectPr/>",
) -> bytes:
    held = dict(parts or {})
    if links:
        held["word/_rels/document.xml.rels"] = relations(links)
    content = f'<?xml version="1.0"?><w:document {W}><w:body>{body}{section}</w:body></w:document>'
    return package("word/document.xml", content, "wordprocessingml.document", held, core)


def val(tag: str, value: str) -> str:
    """A property of Word."""
    return f'<w:{tag} w:val="{value}"/>'


def para(text: str, *, style: str = "", extra: str = "") -> str:
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f'<w:p><w:pPr>{named}{extra}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def styles(found: Mapping[str, str]) -> str:
    """Styles of paragraphs by id; each with a name as Word writes it."""
    each = "".join(
        f'<w:style w:type="paragraph" w:styleId="{identifier}"><w:name w:val="{name}"/></w:style>'
        for identifier, name in found.items()
    )
    return f"<w:styles {W}>{each}</w:styles>"


def pptx(slides: list[str], *, links: Mapping[int, Mapping[str, tuple[str, str]]] | None = None,
         parts: Mapping[str, str | bytes] | None = None, core: str = "") -> bytes:  # fmt: skip
    held: dict[str, str | bytes] = dict(parts or {})
    order = "".join(f'<p:sldId id="{256 + n}" r:id="rId{n}"/>' for n in range(1, len(slides) + 1))
    main = {f"rId{n}": ("slide", f"slides/slide{n}.xml") for n in range(1, len(slides) + 1)}
    held["ppt/_rels/presentation.xml.rels"] = relations(main)
    for number, shapes in enumerate(slides, 1):
        held[f"ppt/slides/slide{number}.xml"] = f"<p:sld {P}><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>"
        if links and number in links:
            held[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(links[number])
    content = f"<p:presentation {P}><p:sldIdLst>{order}</p:sldIdLst></p:presentation>"
    return package("ppt/presentation.xml", content, "presentationml.presentation", held, core)


def shape(*paragraphs: str, kind: str | None = None) -> str:
    """A shape; `kind` of placeholder, None for a box of its own. A paragraph that begins with "<" is XML."""
    holder = "" if kind is None else f'<p:ph type="{kind}"/>' if kind else '<p:ph idx="1"/>'
    each = "".join(text if text.startswith("<") else f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>" for text in paragraphs)
    return f"<p:sp><p:nvSpPr><p:nvPr>{holder}</p:nvPr></p:nvSpPr><p:txBody>{each}</p:txBody></p:sp>"


def xlsx(sheets: Mapping[str, str], *, strings: list[str] | None = None, formats: Mapping[int, str] | None = None,
         hidden: tuple[str, ...] = (), parts: Mapping[str, str | bytes] | None = None, core: str = "",
         date1904: bool = False) -> bytes:  # fmt: skip
    """Of rows by the sheets' names; `formats` are codes of styles, from 1."""
    held: dict[str, str | bytes] = dict(parts or {})
    links = {"rIds": ("sharedStrings", "sharedStrings.xml"), "rIdf": ("styles", "styles.xml")}
    named = ""
    for number, (name, rows) in enumerate(sheets.items(), 1):
        links[f"rId{number}"] = ("worksheet", f"worksheets/sheet{number}.xml")
        state = ' state="hidden"' if name in hidden else ""
        named += f'<sheet name="{name}" sheetId="{number}"{state} r:id="rId{number}"/>'
        data, _, rest = rows.partition("|")
        held[f"xl/worksheets/sheet{number}.xml"] = f"<worksheet {X}><sheetData>{data}</sheetData>{rest}</worksheet>"
    held["xl/_rels/workbook.xml.rels"] = relations(links)
    held["xl/sharedStrings.xml"] = f"<sst {X}>{''.join(f'<si><t>{text}</t></si>' for text in strings or [])}</sst>"
    codes = formats or {}
    own = "".join(f'<numFmt numFmtId="{163 + n}" formatCode="{code}"/>' for n, code in codes.items())
    cells = "<xf/>" + "".join(f'<xf numFmtId="{163 + n}"/>' for n in codes)
    held["xl/styles.xml"] = f"<styleSheet {X}><numFmts>{own}</numFmts><cellXfs>{cells}</cellXfs></styleSheet>"
    about = '<workbookPr date1904="1"/>' if date1904 else ""
    content = f"<workbook {X}>{about}<sheets>{named}</sheets></workbook>"
    return package("xl/workbook.xml", content, "spreadsheetml.sheet", held, core)


def row(number: int, *cells: str | float) -> str:
    """A row of cells from column A on; text stands in the cell itself, "" is no cell, "<…>" is XML."""
    found = ""
    for column, cell in enumerate(cells):
        place = f"{chr(65 + column)}{number}"
        if isinstance(cell, str) and cell.startswith("<"):
            found += cell.replace("<c", f'<c r="{place}"', 1)
        elif isinstance(cell, str) and cell:
            found += f'<c r="{place}" t="inlineStr"><is><t>{cell}</t></is></c>'
        elif not isinstance(cell, str):
            found += f'<c r="{place}"><v>{cell}</v></c>'
    return f'<row r="{number}">{found}</row>'


def odf(kind: str, body: str, *, styled: str = "", automatic: str = "", meta: str = "",
        parts: Mapping[str, str | bytes] | None = None) -> bytes:  # fmt: skip
    """A file of "text", "presentation" or "spreadsheet"."""
    automatic = f"<office:automatic-styles>{automatic}</office:automatic-styles>"
    content = f"<office:document-content {ODF}>{automatic}<office:body><office:{kind}>{body}</office:{kind}>"
    content += "</office:body></office:document-content>"
    held: dict[str, str | bytes] = {"mimetype": f"application/vnd.oasis.opendocument.{kind}", "content.xml": content}
    if styled:
        held["styles.xml"] = f"<office:document-styles {ODF}>{styled}</office:document-styles>"
    if meta:
        held["meta.xml"] = f"<office:document-meta {ODF}><office:meta>{meta}</office:meta></office:document-meta>"
    return zipped({**held, **(parts or {})}, stored=("mimetype",))


def rtf(body: str, *, head: str = "") -> bytes:
    fonts = (
        r"{\fonttbl{\f0\fcharset0 Times;}{\f1\fcharset204 Times Cyr;}{\f2\fcharset2 Symbol;}{\f3\fcharset128 Mincho;}}"
    )
    named = r"{\stylesheet{\s0 Normal;}{\s1 heading 1;}{\s2 heading 2;}{\s9 Title;}}"
    return (r"{\rtf1\ansi\ansicpg1252\deff0" + fonts + named + head + body + "}").encode("cp1252")
