"""Target of the fuzzer: any bytes as references (BibTeX, RIS) and as a page of a manual (man, mdoc)."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import manual_pages, references

SEEDS = (
    b'@string{a = "b"}\n@article{c, author = {M{\\"u}ller, J and d}, title = a # { e}, year = 1912}\n@comment{f}\n',
    b"TY  - JOUR\r\nAU  - Lind, Ada\r\nTI  - a\r\n b\r\nPY  - 1912//\r\nER  - \r\n",
    b'.TH A 1\n.SH NAME\na \\- b\n.TP\n.BR \\-p , " c"\nd \\fIe\\fR \\(em\n.TS\nl n.\nf\t1\n.TE\n.de Zz\n..\n.ie n a\n.el b\n',
    b".Dd May 3, 2024\n.Dt A 8\n.Sh NAME\n.Nm a\n.Nd b\n.Bl -tag -width x\n.It Fl p Ar c\nd\n.El\n",
)
PIECES = (
    "@", "@a{", "{", "}", "(", ")", '"', ",", "=", "#", "\\", "\n", " and ", "a", "TY  - JOUR\n", "ER  - \n", "AU  - a\n", " ",
    ".", ".TP\n", ".SH A\n", ".RS\n", ".RE\n", ".nf\n", ".fi\n", ".TS\n", ".TE\n", ".de a\n", "..\n", ".if n ", ".ie n \\{", ".\\}\n",
    "\\f", "\\fB", "\\(", "\\[", "\\*", "\\n", "\\s+", "\\h'", "\\w'", ".Bl -column a\n", ".It ", ".El\n", ".Op Fl ", ".Xo\n", ".Sh A\n",
    ".Nm", ".so a\n", ".EQ\n",
)  # fmt: skip

READINGS = 5


def one(data: bytes) -> None:
    """Read `data` as each of them."""
    for name in ("t.bib", "t.ris"):
        reading.read(references.LEAF, data, name)
    for start in (b"", b".TH A 1\n.SH B\n", b".Dd a\n.Dt A 1\n.Sh B\n"):
        reading.read(manual_pages.LEAF, start + data, "t.1")
