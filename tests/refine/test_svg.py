"""Pictures in SVG can only be looked at: nothing runs, loads or leads anywhere, and what is harmless stays."""

from __future__ import annotations

import gzip
import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.refine import svg
from galactica.refine.passive import passive
from galactica.refine.svg import sanitise_svg
from tests.properties import examples

NS = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'


def clean(inside: str, attributes: str = "") -> str:
    found = sanitise_svg(f"<svg {NS} {attributes}>{inside}</svg>".encode())
    assert found is not None
    assert sanitise_svg(found) == found
    return found.decode().removeprefix(f"<svg {NS}").removeprefix(">").removesuffix("</svg>")


KEPT = [
    '<rect width="3" height="4" fill="#f00" stroke="rgb(1, 2, 3)"></rect>',
    '<g transform="translate(1,2) rotate(45)"><path d="M0 0L3 4z" class="st0"></path></g>',
    '<defs><linearGradient id="a"><stop offset="0" stop-color="red"></stop></linearGradient></defs>'
    '<circle cx="1" cy="1" r="1" fill="url(#a)"></circle>',
    '<text x="1" y="2" font-family="DejaVu Sans">a &amp; b<tspan dx="1">c</tspan></text>',
    '<use xlink:href="#b"></use><use href="#b"></use>',
    '<image width="1" height="1" xlink:href="data:image/png;base64,iVBORw0KGgo="></image>',
    "<style>.st0{fill:#123456;stroke:none}</style>",
    '<rect style="fill:url(#a);opacity:0.5"></rect>',
    '<title xml:lang="de">Ein Bild</title>',
    '<filter id="f"><feGaussianBlur stdDeviation="2"></feGaussianBlur></filter>',
]


@pytest.mark.parametrize("inside", KEPT)
def test_what_only_draws_is_kept_as_it_is(inside: str) -> None:
    assert clean(inside) == inside


@pytest.mark.parametrize(
    ("inside", "left"),
    [
        ("<script>alert(1)</script>", ""),
        ('<script href="https://x.example/a.js"/>', ""),
        ('<rect width="1" onclick="alert(1)" onload="x()"/>', '<rect width="1"></rect>'),
        ('<a xlink:href="javascript:alert(1)"><rect width="1"/></a>', '<rect width="1"></rect>'),
        ('<foreignObject><body xmlns="http://www.w3.org/1999/xhtml"><iframe src="x"/></body></foreignObject>', ""),
        ('<image xlink:href="https://x.example/a.png"/>', "<image></image>"),
        ('<image href="data:image/svg+xml;base64,PHN2Zz4="/>', "<image></image>"),
        ('<image href="data:text/html,&lt;script>"/>', "<image></image>"),
        ('<use href="other.svg#a"/>', "<use></use>"),
        ('<use href="data:image/svg+xml,&lt;svg/>#a"/>', "<use></use>"),
        ('<set attributeName="href" to="javascript:alert(1)"/>', ""),
        ('<g><animate attributeName="href" values="javascript:x"/></g>', "<g></g>"),
        ('<rect fill="url(https://x.example/a)"/>', "<rect></rect>"),
        ('<rect fill="url(#a) url(//x.example)"/>', "<rect></rect>"),
        ('<rect style="fill:u\\72l(https://x.example);stroke:red"/>', '<rect style="stroke:red"></rect>'),
        ('<rect style="background:url(x);behavior:url(y);-moz-binding:url(z)"/>', "<rect></rect>"),
        ("<style>@import url(https://x.example/a.css); .a{fill:red}</style>", "<style>.a{fill:red}</style>"),
        ("<style>@import 'x.css';</style>", ""),
        (
            "<style>@font-face{font-family:a;src:url(https://x.example)} .a{fill:red}</style>",
            "<style>.a{fill:red}</style>",
        ),
        ("<style>@media print{.a{fill:red}} .b{fill:red}</style>", "<style>.b{fill:red}</style>"),
        ("<style>.a{fill:url(https://x.example)} .b{fill:red /* url( */}</style>", "<style>.b{fill:red}</style>"),
        ("<style><![CDATA[.a{fill:red}</style><script>x</script>]]></style>", "<style>.a{fill:red}</style>"),
        ('<metadata><rdf:RDF xmlns:rdf="http://r"/></metadata>', ""),
        ('<i:pgf xmlns:i="http://ns.adobe.com/x">AAAA</i:pgf>', ""),
        ('<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>', ""),
        ("<!-- <script> --><?xml-stylesheet href='x'?>", ""),
        ('<feImage href="https://x.example/"/>', ""),
        ('<rect xml:base="https://x.example/"/>', "<rect></rect>"),
        ("words outside of text", ""),
    ],
)
def test_what_could_do_more_than_be_looked_at_goes(inside: str, left: str) -> None:
    assert clean(inside) == left


def test_what_can_do_something_is_counted_when_it_goes() -> None:
    dropped: Counter[str] = Counter()
    sanitise_svg(f"<svg {NS}><script>a<b/></script><script/><set/><metadata/></svg>".encode(), dropped)
    assert dropped == {"script": 2, "set": 1}


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"<html><svg/></html>",
        b"<svg",
        b"<svg><g></svg>",
        b"\x89PNG\r\n",
        b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>',
        b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]><svg><text>&a;</text></svg>',
        b'<!DOCTYPE svg [<!ENTITY % a "x"> %a;]><svg/>',
        b'<!DOCTYPE svg [<!ENTITY a "' + b"x" * 1000 + b'">]><svg/>',
        b"<svg>" + b"<g>" * 1000 + b"</g>" * 1000 + b"</svg>",
        b"<svg><script>" + b"<g>" * 9000 + b"</g>" * 9000 + b"</script></svg>",
    ],
)
def test_what_is_no_picture_or_over_a_bound_is_none(content: bytes) -> None:
    assert sanitise_svg(content) is None


def test_entities_of_old_illustrator_are_read() -> None:
    raw = b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/x.dtd" [<!ENTITY n "http://www.w3.org/2000/svg">'
    raw += b']><svg xmlns="&n;"><rect width="1"/></svg>'
    assert b'<rect width="1">' in (sanitise_svg(raw) or b"")


def test_copies_of_copies_are_bounded_and_rings_refused() -> None:
    bomb = "".join(f'<g id="a{n + 1}">' + f'<use href="#a{n}"/>' * 10 + "</g>" for n in range(9))
    assert sanitise_svg(f'<svg {NS}><rect id="a0"/>{bomb}</svg>'.encode()) is None
    assert (
        sanitise_svg(f'<svg {NS}><g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g></svg>'.encode()) is None
    )
    assert sanitise_svg(f'<svg {NS}><g id="a"><g><use href="#a"/></g></g></svg>'.encode()) is None
    chain = "".join(f'<g id="a{n + 1}"><use href="#a{n}"/></g>' for n in range(300))
    assert sanitise_svg(f'<svg {NS}><rect id="a0"/>{chain}</svg>'.encode()) is not None


def test_packed_pictures_are_unpacked_and_bombs_refused() -> None:
    raw = f'<svg {NS}><rect width="1"></rect></svg>'.encode()
    assert sanitise_svg(gzip.compress(raw)) == raw
    assert sanitise_svg(gzip.compress(b"<svg>" + b" " * 2 * svg.MAX_BYTES)) is None
    assert sanitise_svg(b"\x1f\x8b\x08broken") is None


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "iso-8859-1"])
def test_encodings_that_xml_knows_are_read(encoding: str) -> None:
    raw = f'<?xml version="1.0" encoding="{encoding}"?><svg {NS}><text>Größe</text></svg>'.encode(encoding)
    assert "Größe" in (sanitise_svg(raw) or b"").decode()


@given(st.lists(st.sampled_from([*"<>/\"'&;:{}()#@\\* \n", "svg", "g", "style", "script", "url(", "href=", "id=", "/*",
                                 "*/", "<![CDATA[", "]]>", "<!--", "x", "&#13;", "&lt;", "use", " ", "on=", "="]),
                max_size=60))  # fmt: skip
@examples(300)
def test_whatever_comes_in_what_comes_out_settles(pieces: list[str]) -> None:
    for raw in ("".join(pieces), f"<svg {NS}><style>{''.join(pieces)}</style><text>{''.join(pieces)}</text></svg>"):
        found = sanitise_svg(raw.encode())
        if found is not None:
            assert sanitise_svg(found) == found
            assert not re.search(rb"<script|<[^>]* on\w*=|javascript:|@import", found)


@pytest.mark.parametrize(
    "piece", ["/*", "url(", "a(", "a", "{", "}", "@", "a{b:c}", "a{fill:red}", '"', "((", "url(#a"]
)
def test_long_styles_take_linear_time(piece: str) -> None:
    text = piece * 100_000
    sanitise_svg(f"<svg {NS}><style>{text}</style></svg>".encode())
    sanitise_svg(f"<svg {NS}><g style='{text}(' fill='{text}('/></svg>".encode())


def test_other_files_are_served_as_they_are_and_what_runs_as_bytes() -> None:
    assert passive("image/png", b"x") == ("image/png", b"x")
    assert passive("text/html; charset=utf-8", b"<script>") == ("application/octet-stream", b"<script>")
    assert passive("image/svg+xml", b"<html/>") is None
