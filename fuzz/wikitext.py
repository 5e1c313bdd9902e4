"""Target of the fuzzer: wikitext of any kind becomes a page, whatever the bytes are.

Holds: no exception, and none that the converter hid (`FAILED`); the HTML is well-formed and without a tag that no body
may have; none of the signs that markers are made of gets out; the cleaner takes it, or refuses it with a ValueError.
The first byte picks a language, the next two lay the rest out anew: repeated and nested, as marks are dangerous then.
"""

from __future__ import annotations

import re
from contextlib import suppress

from galactica.model import Site
from galactica.refine import clean
from galactica.refine.wikitext import FAILED, wikitext_to_html

LANGUAGES = ("en", "tr", "zh", "zh-Hant", "de", "fr", "ru", "ar", "ja", "ka", "sr", "vi", "he", "nap", "und")
SITE = Site(language="en", base="https://en.wikibooks.org/wiki/")
LONGEST = 20_000
"""Characters of a text after it was laid out; longer ones cost a fuzzer that watches every match too much."""

PIECES = (
    "{{", "}}", "{{{", "}}}", "[[", "]]", "[", "]", "|", "''", "'''", "\n{|\n", "\n|}\n", "\n|-\n", "\n| ",
    "\n! ", "!!", "||", "<ref>", "</ref>", '<ref name="a" />', "<nowiki>", "</nowiki>", "<nowiki/>", "<!--", "-->",
    "<b>", "</b>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</table>", "\n* ", "\n# ", "\n: ", "\n; ", "\n ",
    "\n== ", " ==\n", "http://a.example/", "[http://a.example ", "[[File:A.png|thumb|", "[[Category:", "[[:", "[[/",
    "[[../", "#", "&#", ";", "&lt;", "&nbsp;", "-{", "}-", "zh-cn:", "=>", "__NOTOC__", "__", "{{#if:", "{{#switch:",
    "{{#expr:", "{{lc:", "=", "<gallery>", "</gallery>", "<poem>", "</poem>", "<math>", "</math>", "<pre>", "</pre>",
    "<references/>", "%41", "~~~~", "{{convert|1|km}}", "{{Infobox x|a=b|", "{{cite web|title=", "{{lang|de|",
    "\ufdd0", "\ufdd1", "\ufdd20\ufdd1", "\t", "<span style='display:none'>", "</span>", "<br>", "{{!}}",
    "<includeonly>", "<onlyinclude>", "----", "İ", "ß",
)  # fmt: skip
"""What a byte above 127 stands for, so that a mutation of one byte is one mark more or less."""

SEEDS = (
    b"\x00\x00\x00'''Word''' is [[a|b]].\n== H ==\n* i\n{| class=x\n| c\n|}\n<ref>n</ref>",
    b"\x03\x00\x00{{convert|5|km}} {{#if:a|b|c}} [http://a.example t]",
)
"""What to begin from."""

_TAG = re.compile(r"<(/?)([a-z0-9]+)(?: [^<>]*)?>")
_LOOSE = re.compile("[<>]")
_MARKERS = re.compile("[\ufdd0-\ufdef]")
_VOID = frozenset(("br", "hr", "wbr", "img"))


def one(data: bytes) -> None:
    """Convert the wikitext that `data` stands for.

    Raises:
        AssertionError: a promise of the converter does not hold.
    """
    text = wikitext(data[3:])
    if len(data) > 3:
        text = _laid_out(text, data[1], data[2])
    language = LANGUAGES[data[0] % len(LANGUAGES)] if data else "en"
    site = SITE if data[:1] < b"\x80" else None
    result = wikitext_to_html(text, title="Page/Sub", site=site, language=language)
    assert FAILED not in dict(result.dropped), "an exception was hidden"
    _check(result.html)
    with suppress(ValueError):  # refused, in words
        clean.clean(result.html, base="")


def wikitext(data: bytes) -> str:
    """Bytes below 128 are themselves, the others pieces of wikitext."""
    return "".join(chr(byte) if byte < 128 else PIECES[(byte - 128) % len(PIECES)] for byte in data)


def _laid_out(text: str, how: int, often: int) -> str:
    """`text` as it is (for most of `how`), repeated, or its two halves each repeated so that the second closes."""
    times = max(1, min(often * often, LONGEST // max(1, len(text))))
    if how < 200:
        return text[:LONGEST]
    if how < 228:
        return (text * times)[:LONGEST]
    half = len(text) // 2
    return (text[:half] * times + text[half:] * times)[:LONGEST]


def _check(html: str) -> None:
    assert not _MARKERS.search(html), "a marker got out"
    assert not _LOOSE.search(_TAG.sub("", html)), "a loose sign of a tag"
    stack: list[str] = []
    for end, name in _TAG.findall(html):
        assert name not in ("script", "style", "iframe", "object"), f"a forbidden tag: {name}"
        if end:
            assert stack, f"</{name}> closes nothing"
            assert stack.pop() == name, f"</{name}> closes another"
        elif name not in _VOID:
            stack.append(name)
    assert not stack, f"<{stack[-1]}> is not closed"
