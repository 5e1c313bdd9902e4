"""The home folder of a person: all that is in it is found by a word of its body, at its page, slide, row or second.

What is made here is one folder as it lies on a disk: notes, letters, talks, accounts, books, papers, films with their
subtitles, saved pages, mail, and things that cannot be read.
"""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.library import Library

from ..sources import books, warcs
from ..sources.office import made
from ..sources.pdf.made import lines, pdf
from ..sources.samples import FICTION, PNG, RSS

PROSE = (
    "The ferry left the harbour at dawn.",
    "Nobody on the quay knew the captain.",
    "It rained for most of the day.",
)


def pages_of(word: str) -> bytes:
    """A PDF of three pages, the word on the last."""
    return pdf(
        [lines(PROSE), lines([*PROSE, "The second page says more."]), lines([*PROSE, f"They met a {word} there."])]
    )


def slides_of(word: str) -> bytes:
    return made.pptx([made.shape("Boats", kind="title"), made.shape("Sails"), made.shape(f"A {word} on deck")])


def recording(word: str) -> str:
    return f"WEBVTT\n\n00:01.000 --> 00:03.000\nThe Moon is round.\n\n01:02.500 --> 01:05.000\nA {word} flew by.\n"


def packed(name: str, content: bytes) -> bytes:
    into = io.BytesIO()
    with zipfile.ZipFile(into, "w") as file:
        file.writestr(name, content)
    return into.getvalue()


FILES: dict[str, bytes | str] = {
    "notes/garden.md": "# Garden\n\nA quince grows. See [the report](../papers/report.pdf).\n\n![Photo](photo.png)\n",
    "notes/photo.png": PNG,
    "notes/todo.txt": "To do\n\nBuy marzipan for the feast in June, and ask whether the boat is ready.\n",
    "notes/日记.txt": "日记\n\n今天我们在湖边看见了一只鹈鹕,它站在石头上晒太阳,一动也不动。\n",
    "letters/uncle.docx": made.docx(made.para("Dear uncle,") + made.para("the gramophone arrived whole.")),
    "letters/aunt.odt": made.odf("text", "<text:p>Dear aunt, the tambourine is yours.</text:p>"),
    "letters/old.rtf": made.rtf(r"The accordion was sold.\par"),
    "talks/boats.pptx": slides_of("cormorant"),
    "talks/sea.odp": made.odf(
        "presentation",
        "<draw:page><draw:rect><text:p>Waves</text:p></draw:rect></draw:page>"
        "<draw:page><draw:rect><text:p>A puffin dives</text:p></draw:rect></draw:page>",
    ),
    "accounts/birds.xlsx": made.xlsx(
        {"Birds": made.row(1, "Bird", "Seen") + made.row(2, "Gull", 12) + made.row(3, "Kestrel", 3)}
    ),
    "accounts/numbers.xlsx": made.xlsx({"Kilowatts": made.row(1, 2021, 310) + made.row(2, 2022, 295)}),
    "accounts/tools.csv": "Tool,Price\nSpirit level,12\nTrowel,7\n",
    "books/tides.epub": books.packed(
        books.files_of({"one.xhtml": books.page("<h1>Ebb</h1><p>The estuary emptied under a halyard.</p>")})
    ),
    "books/fable.fb2": FICTION.replace("It goes.", "The hedgehog goes."),
    "papers/report.pdf": pages_of("walrus"),
    "film/talk.vtt": recording("lapwing"),
    "web/page.html": "<html><head><title>Stars</title></head><body><p>Betelgeuse is red.</p></body></html>",
    "web/saved.mht": warcs.MHTML.replace("Round", "Gibbous"),
    "web/site.warc": warcs.INFO + warcs.response("http://example.com/moon", warcs.page("Moon", "A meteorite fell.")),
    "web/news.rss": RSS,
    "mail/letter.eml": "From: ada@example.org\nTo: bo@example.org\nSubject: Supper\n\nBring the samovar.\n",
    "data/rows.json": json.dumps([{"title": "Oak", "text": "An oak bears acorns."}, {"title": "Elm", "text": "Tall."}]),
    "archive/older.zip": packed("attic.txt", b"Attic\n\nThe astrolabe lies in the attic, wrapped in a blue cloth.\n"),
    "broken/cut.pdf": pages_of("narwhal")[:300],
    "broken/empty.docx": b"",
    "broken/old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "broken/noise.bin": bytes(range(256)) * 4,
}

WORDS = {
    "quince": ("notes/garden.md", ()),
    "marzipan": ("notes/todo.txt", ()),
    "鹈鹕": ("notes/日记.txt", ()),
    "gramophone": ("letters/uncle.docx", ()),
    "tambourine": ("letters/aunt.odt", ()),
    "accordion": ("letters/old.rtf", ()),
    "cormorant": ("talks/boats.pptx", ("slide", "3")),
    "puffin": ("talks/sea.odp", ("slide", "2")),
    "kestrel": ("accounts/birds.xlsx", ("row", "3")),
    "kilowatts": ("accounts/numbers.xlsx", ()),
    "trowel": ("", ()),
    "halyard": ("OPS/one.xhtml", ()),
    "hedgehog": ("", ()),
    "walrus": ("papers/report.pdf", ("page", "3")),
    "lapwing": ("film/talk.vtt", ("time", "62.5")),
    "betelgeuse": ("web/page.html", ()),
    "meteorite": ("example.com/moon", ()),
    "samovar": ("mail/letter.eml", ()),
    "acorns": ("", ()),
    "astrolabe": ("", ()),
}
"""A word of each file's body → path of its article ("" where that says nothing of the file), and the place."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The edition of the folder."""
    folder = tmp_path_factory.mktemp("home")
    for name, content in FILES.items():
        path = folder / "ada" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    out = folder / "home.edition"
    library.build(out, [folder / "ada"], workers=1)
    return out


@pytest.fixture(scope="module")
def opened(home: Path) -> Iterator[Library]:
    with library.open_library([home]) as found:
        yield found


@pytest.mark.parametrize("word", WORDS)
def test_everything_is_found_by_a_word_of_its_body_at_its_place(word: str, opened: Library) -> None:
    path, place = WORDS[word]
    hits = opened.search(word, limit=3).hits
    assert hits, word
    if word.isascii():
        assert word in f"{hits[0].title} {hits[0].snippet}".lower()
    assert path in hits[0].path
    if place:
        assert place in hits[0].place


def test_what_cannot_be_read_is_told_with_its_reason_and_every_file_is_accounted_for(home: Path) -> None:
    with Edition.open(home) as edition:
        told = library.edition_report(edition)
    samples = {each.where: reason.reason for kind in told.kinds for reason in kind.left_out for each in reason.samples}
    for name in ("broken/empty.docx", "broken/old.doc", "broken/noise.bin", "broken/cut.pdf"):
        assert name in samples, samples
    assert told.total.files == len(FILES) + 1  # and what lies in the archive
