"""Archives, names and files that are not what they say."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import sqlite3
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path

from tests.sources.office.made import docx, para

from benchmarks.strange.case import StrangeFile, strange

_TEXT = b"# Pump\n\nRuns at 1.5 bar.\n"


def _zip(files: Mapping[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def _raw_name(name: bytes) -> bytes:
    """A zip archive whose only name is in an old alphabet and not marked as UTF-8."""
    stand = "x" * len(name)
    return _zip({stand: _TEXT}).replace(stand.encode(), name)


def _tar(files: Mapping[str, bytes], mode: str = "w") -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode=mode) as archive:  # type: ignore[call-overload]
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return out.getvalue()


def _database() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        with sqlite3.connect(path) as connection:
            connection.execute("create table wells (name text, depth real)")
            connection.execute("insert into wells values ('Well 3', 42.5)")
        connection.close()
        return path.read_bytes()


def packs() -> Iterator[StrangeFile]:
    """Archives in archives, odd names."""
    yield strange(
        "deep.zip",
        "a zip in a tar in a zip",
        _zip({"a.tar.gz": _tar({"b/c.zip": _zip({"pump.md": _TEXT})}, "w:gz")}),
        "Runs at 1.5 bar.",
    )
    yield strange("lzma.zip", "members packed by lzma and bzip2", _other_methods(), "Runs at 1.5 bar.", "bzip2 one")
    yield strange("cyr.zip", "a name in code page 866", _raw_name("насос.md".encode("cp866")), "Runs at 1.5 bar.")
    yield strange("gbk.zip", "a name in GBK", _raw_name("水泵.md".encode("gbk")), "Runs at 1.5 bar.")
    yield strange(
        "back.zip",
        "names with backslashes, climbing and absolute names",
        _zip(
            {
                "docs\\pump.md": _TEXT,
                "../../evil.md": b"# Evil\n\nEvil text here.\n",
                "/abs.md": b"# Abs\n\nAbsolute text.\n",
            }
        ),
        "Runs at 1.5 bar.",
    )
    yield strange(
        "mac.zip",
        "what Macintosh computers put beside",
        _zip({"pump.md": _TEXT, "__MACOSX/._pump.md": b"\0\5\x16\7" + b"\0" * 40, ".DS_Store": b"\0\0\0\1Bud1"}),
        "Runs at 1.5 bar.",
    )
    yield strange("pump.md.gz", "one file packed by gzip", gzip.compress(_TEXT), "Runs at 1.5 bar.")
    yield strange("pump.md.xz", "one file packed by xz", lzma.compress(_TEXT), "Runs at 1.5 bar.")
    yield strange("pump.md.bz2", "one file packed by bzip2", bz2.compress(_TEXT), "Runs at 1.5 bar.")
    yield strange(
        "cut.zip",
        "an archive that is cut off",
        _zip({"pump.md": _TEXT, "other.md": b"# Other\n\n" + bytes(range(32, 127)) * 50})[:-60],
        "Runs at 1.5 bar.",
    )
    yield strange("prefix.zip", "an archive behind other bytes", b"junk" * 20 + _zip({"pump.md": _TEXT}), unread=True)
    yield strange("wells.sqlite", "a database", _database(), unread=True)
    yield strange("empty.docx", "an empty file", b"", unread=True)
    yield strange("space.txt", "white space alone", b"  \n\t\n", unread=True)
    yield strange("pump.pdf", "Markdown that is called .pdf", _TEXT, unread=True)
    yield strange(
        "pump.jpg",
        "a page that is called .jpg",
        b"<!DOCTYPE html><html><body><p>Runs at 1.5 bar.</p></body></html>",
        "Runs at 1.5 bar.",
    )
    yield strange("pump.csv", "a Word document that is called .csv", docx(para("Runs at 1.5 bar.")), "Runs at 1.5 bar.")
    yield strange("pump.html", "Markdown that is called .html", _TEXT, unread=True)
    yield strange(
        "pump.xls",
        "a table of HTML that is called .xls",
        "<html><head><meta charset='utf-8'></head><body><table><tr><td>Kiel</td><td>-1,5</td></tr></table></body></html>",
        "Kiel\t-1,5",
    )
    yield strange("tab.xls", "a table with tabs that is called .xls", "Port\tDepth\nKiel\t-1,5\n", "Kiel\t-1,5")
    yield strange(
        "xml.xls",
        "a workbook of 2003 in XML",
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="A"><Table><Row><Cell><Data ss:Type="String">Kiel</Data></Cell><Cell><Data ss:Type="Number">-1.5</Data></Cell></Row></Table></Worksheet></Workbook>',
        "Kiel\t-1.5",
    )
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    yield strange(
        "stock.xml",
        "a workbook of 2003: days, percent, gaps, merged and hidden, a formula, letters that are raised, a remark",
        f'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="{space}" xmlns:ss="{space}" xmlns:x="urn:schemas-microsoft-com:office:excel"><Styles>'
        '<Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style><Style ss:ID="p"><NumberFormat ss:Format="0.0%"/></Style><Style ss:ID="x"><Font ss:StrikeThrough="1"/></Style></Styles>'
        '<Worksheet ss:Name="Stock"><Table><Row><Cell><Data ss:Type="String">Item</Data></Cell><Cell><Data ss:Type="String">Last</Data></Cell><Cell><Data ss:Type="String">Share</Data></Cell></Row>'
        '<Row ss:Index="5"><Cell><ss:Data ss:Type="String" xmlns="http://www.w3.org/TR/REC-html40">10<Sup>6</Sup> U</ss:Data><Comment ss:Author="Ole"><ss:Data xmlns="http://www.w3.org/TR/REC-html40">Cold.</ss:Data></Comment></Cell>'
        '<Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-05-03T00:00:00.000</Data></Cell><Cell ss:StyleID="p" ss:Formula="=RC[-1]"><Data ss:Type="Number">0.125</Data></Cell></Row>'
        '<Row><Cell ss:Index="2" ss:MergeAcross="1"><Data ss:Type="String">both</Data></Cell></Row><Row><Cell ss:StyleID="x"><Data ss:Type="Number">50</Data></Cell><Cell><Data ss:Type="Number">5</Data></Cell></Row></Table></Worksheet>'
        '<Worksheet ss:Name="Old"><Table><Row><Cell><Data ss:Type="String">never shown</Data></Cell></Row></Table><x:WorksheetOptions><x:Visible>SheetHidden</x:Visible></x:WorksheetOptions></Worksheet></Workbook>',
        "10^6 U", "2024-05-03\t12.5%", "both", "Ole: Cold.",
        never=("never shown", "50", "=RC", "Sup"), counted=("office:hidden-sheet", "struck"),
    )  # fmt: skip
    yield strange("a b\n'\"%20#?.md", "a name with signs of all kinds", _TEXT, unread=True)
    yield strange("日本 ‮txt.md", "a name with a mark that turns the direction", _TEXT, "Runs at 1.5 bar.")
    yield strange(("n" * 240) + ".md", "a name as long as can be", _TEXT, "Runs at 1.5 bar.")
    yield strange(
        "UPPER.TXT", "an ending in capitals", b"The pump runs at 1.5 bar today.\n", "The pump runs at 1.5 bar today."
    )
    yield strange(
        "two.md",
        "two files that differ in case alone",
        _TEXT,
        "Runs at 1.5 bar.",
        "Other text here.",
        beside={"TWO.md": b"# Two\n\nOther text here.\n"},
    )
    yield strange(
        "a.md",
        "folders many levels deep",
        _TEXT,
        "Runs at 1.5 bar.",
        "Deep text here.",
        beside={"d/" * 60 + "b.md": b"# B\n\nDeep text here.\n"},
    )
    yield strange(
        "page.mht",
        "a saved page",
        'From: <Saved>\r\nSubject: Page\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/html"; boundary="b"\r\n\r\n--b\r\nContent-Type: text/html; charset="windows-1252"\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://example.org/\r\n\r\n<html><body><h1>Page</h1><p>Geb=FChr 12,50 at 10<sup>3</sup> L =\r\nfor all</p></body></html>\r\n--b--\r\n',
        "Gebühr 12,50 at 10^3 L for all",
    )


def _other_methods() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("pump.md", _TEXT, zipfile.ZIP_LZMA)
        archive.writestr("two.md", b"# Two\n\nA bzip2 one.\n", zipfile.ZIP_BZIP2)
    return out.getvalue()


def pack_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from packs()
