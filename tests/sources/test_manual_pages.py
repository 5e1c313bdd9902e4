"""Pages of manuals in man(7) and mdoc(7) become articles: headings, terms, code, tables; signs and fonts."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.sources.roff import plain_text, request_words
from tests.sources.retold import told

MAN = r""".\" remark
.TH PUMP 1 2024-05-03 "Ship 1.0" "Ship's manual"
.de Xx
.B never
..
.SH NAME
pump \- move water \(em \fBfast\fR
.SH DESCRIPTION
Runs at
.BR pump (1),
.IR "1.5 bar" .
.if n .sp
.PP
Options:
.TP
.BR \-a ", " \-\-all
All \(lqof it\(rq, \[u00E9] \e.
.IP \(bu 2
A mark.
.nf
x = 1
  y
.fi
.TS
tab(;);
l l.
Kiel;1.5
.TE
.Odd said
"""
MDOC = r""".Dd May 3, 2024
.Dt PUMP 8
.Os
.Sh NAME
.Nm pump
.Nd move water
.Sh SYNOPSIS
.Nm
.Op Fl a
.Op Fl f Ar file
.Sh DESCRIPTION
See
.Xr ls 1 ,
.Pa /etc/pump .
.Bl -tag
.It Fl a
All.
.El
.Bl -bullet
.It
One
.It
Two
.El
"""


def test_a_page_of_man_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, "pump.1", MAN)
    assert found.document.title == "PUMP(1)"
    assert found.text.split("\n") == [
        "NAME",
        "pump - move water — fast",
        "DESCRIPTION",
        "Runs at pump(1), 1.5 bar.",
        "Options:",
        "-a, --all",
        "All “of it”, é \\.",
        "•",
        "A mark.",
        "x = 1",
        "  y",
        "",
        "Kiel\t1.5",
        "said",
        "2024-05-03, Ship 1.0, Ship's manual",
    ]
    assert "<dt><b>-a</b>, <b>--all</b></dt>" in found.body
    assert found.dropped == {"roff:condition": 1, "roff:macro": 1, "roff:request": 1}


def test_a_page_of_mdoc_is_told(tmp_path: Path) -> None:
    found = told(tmp_path, "pump.8", MDOC)
    assert found.document.title == "PUMP(8)"
    assert "pump — move water" in found.text
    assert "pump [-a] [-f file]" in found.text
    assert "See ls(1), /etc/pump." in found.text
    assert "<dt><b>-a</b></dt><dd>All.</dd>" in found.body
    assert "<ul><li>One</li><li>Two</li></ul>" in found.body


def test_words_of_a_request_and_signs(tmp_path: Path) -> None:
    assert request_words('a "b c" d\\ e "f""g"') == ["a", "b c", "d\\ e", 'f"g']
    assert plain_text(r"\fBa\fP \s-1B\s+1 \(+- \*(lqc\*(rq \h'3'd \& < \[uFFFFFF]") == "a B ± “c” d  < "


@pytest.mark.parametrize(
    "line", ["\\", "\\f", ".RS", ".Bl -tag", ".nf", ".TS", ".de x", ".if x \\{", ".Op Op Op", ".TP", '.B "']
)
def test_no_page_takes_long_or_ends_the_reading(tmp_path: Path, line: str) -> None:
    found = told(tmp_path, "a.1", ".TH A 1\n.SH B\ntext\n" + f"{line}\n" * 3_000)
    assert "text" in found.text
