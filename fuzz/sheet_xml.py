"""Target of the fuzzer: any bytes as a workbook of Excel 2003 in XML."""

from __future__ import annotations

from fuzz import reading
from galactica.sources.office import leaves

_LEAF = next(each.leaf for each in leaves.FORMATS if each.name == "xls")
_SPACE = b"urn:schemas-microsoft-com:office:spreadsheet"
FRAME = b'<Workbook xmlns="' + _SPACE + b'" xmlns:ss="' + _SPACE + b'">%b</Workbook>'
SEEDS = (
    FRAME.replace(
        b"%b",
        b'<Styles><Style ss:ID="d"><NumberFormat ss:Format="Short Date"/></Style></Styles><Worksheet ss:Name="a"><Table>'
        b'<Row ss:Index="2"><Cell ss:StyleID="d"><Data ss:Type="DateTime">2024-05-03T00:00:00.000</Data></Cell><Cell ss:MergeAcross="2" '
        b'ss:MergeDown="1"><Data ss:Type="String">b<Sup>c</Sup></Data><Comment ss:Author="d"><Data>e</Data></Comment></Cell></Row>'
        b"</Table><WorksheetOptions><Visible>SheetHidden</Visible></WorksheetOptions></Worksheet>",
    ),
)
PIECES = (
    "<Worksheet>", "</Worksheet>", "<Table>", "<Row>", "</Row>", "<Cell>", "</Cell>", "<Cell ss:MergeAcross='99' ss:MergeDown='99'>", "<Data>",
    "<Data ss:Type='Number'>1", "<Data ss:Type='DateTime'>2024-01-01", "</Data>", "<B>", "</B>", "<Sup>", "<Comment>", "</Comment>",
    "<Column ss:Index='9' ss:Span='9'/>", "<Row ss:Index='9'>", "<Cell ss:Index='9'>", "<Style ss:ID='a'>", "<Style ss:ID='b' ss:Parent='a'/>",
    "<NumberFormat ss:Format='0'/>", "<Visible>SheetHidden", "<Header x:Data='a'/>", "x", "&amp;", "&", "<Row><Cell><Data ss:Type='Number'>1</Data></Cell></Row>",
)  # fmt: skip


def one(data: bytes) -> None:
    """Read `data` as a workbook."""
    assert _LEAF is not None
    reading.read(_LEAF, data, "t.xls")
