"""Target of the fuzzer: any bytes as a MediaWiki dump, plain or packed."""

from __future__ import annotations

import bz2
import gzip

from fuzz import reading
from galactica.errors import InputError
from galactica.sources import mediawiki
from galactica.sources.contract import SourceOptions

_HEAD = b'<mediawiki xml:lang="en"><siteinfo><sitename>T</sitename><dbname>tw</dbname><namespaces><namespace key="10">V'
_HEAD += b"</namespace></namespaces></siteinfo>"
_PAGE = b"<page><title>A</title><ns>0</ns><id>1</id><revision><id>2</id><timestamp>2020-01-01T00:00:00Z</timestamp>"
_PAGE += b"<contributor><username>U</username></contributor><model>wikitext</model><text xml:space='preserve'>x</text>"
_PAGE += b"</revision></page>"
_DUMP = _HEAD + _PAGE + _PAGE.replace(b"A", b"B") + b"</mediawiki>"
SEEDS = (
    _DUMP,
    _DUMP.replace(b">x<", b">\x01 & <b>x</b> \xff<"),
    _DUMP.decode().encode("utf-16"),
    bz2.compress(_HEAD + _PAGE) + bz2.compress(_PAGE) + bz2.compress(b"</mediawiki>"),
    gzip.compress(_DUMP),
    _DUMP + _DUMP,
)
PIECES = ("<page>", "</page>", "<title>", "</title>", "<revision>", "</revision>", "<text>", "</text>", "<mediawiki>",
          "</mediawiki>", "<siteinfo>", "<!--", "-->", "<![CDATA[", "]]>", "&", "&a;", "&#1;", "<", ">", "\x01", "\xff", "x", "\n",
          "<?xml ", "?>", "<a ", "<page><title>", "<contributor>", "<redirect title='a'/>", "<id>", "<!DOCTYPE ", '"')  # fmt: skip
FRAME = _HEAD + b"%b"


def one(data: bytes) -> None:
    """Read `data` as a dump."""
    path = reading.kept(data, "t.xml")
    mediawiki.recognise(path, data[:8192])
    try:
        dump = mediawiki.open_dump(path, SourceOptions())
    except InputError as error:
        assert error.remedy, error.problem
        return
    with dump:
        reading.check(dump.read())
