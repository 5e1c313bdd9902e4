"""Target of the fuzzer: any bytes as a Word document, a presentation, or a mail in a compound file."""

from __future__ import annotations

from tests.sources.office import decks, mails, words
from tests.sources.office.containers import compound_of
from tests.sources.office.words import MARK, para, row

from fuzz import reading
from galactica.sources.office import leaves

_LEAF = next(each.leaf for each in leaves.FORMATS if each.name == "doc")
_DOC = words.doc(
    [para("a ", ("b", words.BOLD), ("\x02", MARK)), *row("c", "d"), para(words.link("http://a.org/", "e"))],
    notes=[("footnote", [para("f")])], pieces=[(2, 1), (60, 2)],
)  # fmt: skip
_PPT = decks.deck([[decks.title("a"), decks.body("b\rc"), decks.table(["d"])]], notes={1: [decks.box(decks.said("e"))]})
_MSG = mails.msg(mails.Mail({mails.SUBJECT: "a", mails.PAGE: b"<p>b"}, to=[mails.receiver("c", "d@e")]))
SEEDS = (_DOC, _PPT, _MSG, compound_of({"WordDocument": b"", "A/B": b"c"}))
PIECES = (_DOC[:512], _DOC[512:1024], _PPT[:2048], _MSG[1024:2048], b"\xff" * 4, b"\0" * 4, b"\xec\xa5\xc1\0",
          b"\x0f\0\xe8\x03", b"W\0o\0r\0d\0", b"\x13", b"\x14", b"\x15", b"\x07", b"\r", b"\x01")  # fmt: skip
FRAME = _DOC[:512] + b"%b"


def one(data: bytes) -> None:
    """Read `data` as whatever it is."""
    assert _LEAF is not None
    reading.read(_LEAF, data, "t.doc")
