"""Target of the fuzzer: any bytes as a page of the web, read and cleaned."""

from __future__ import annotations

from contextlib import suppress

from fuzz import reading
from galactica.refine.clean import clean, sanitise
from galactica.sources import encoding, html

SEEDS = (
    b"<!doctype html><html lang=en><head><title>T</title><base href='a/'></head><body><main><h1>T</h1><p>x</main>",
    b"<html><head><meta http-equiv=refresh content='0;url=b.html'></head><p>moved",
    b'<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head><title/></head><body><p/><![CDATA[x]]></body>',
    b"<p><img data-src=a.png src='data:x'><noscript><img src=b.png></noscript><picture><source srcset='c 1x'><img></picture>",
    "<meta charset=gbk><p>月".encode("gbk"),
)
PIECES = ("<!--", "-->", "<?xml ", "?>", "<html ", "<title>", "</title>", "<h1>", "</h1>", "<meta ", "<base href=a>", "=",
          '"', "'", "<link rel=canonical ", " ", "<", ">", "<noscript>", "<picture>", "<img ", "<![CDATA[", "]]>", "/>",
          "<a/>", "charset=", "http-equiv=refresh ", "&amp;", "x")  # fmt: skip


def one(data: bytes) -> None:
    """Read `data` as a page, and clean it."""
    reading.read(html.LEAF, data, "a/t.html")
    text = encoding.decode(data, html.declared(data))
    if text is not None:
        with suppress(ValueError):  # refused, in words
            body = clean(text, base="a/t.xhtml").body
            assert sanitise(body) == body, "the two parsers do not agree"
