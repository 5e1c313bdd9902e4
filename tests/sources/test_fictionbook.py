"""A FictionBook becomes a work: its sections are parts, its notes are notes, its pictures are kept."""

from __future__ import annotations

import base64
import gzip
import zipfile
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import MediaFile, Rejected
from galactica.refine.article import Refined, refine
from galactica.sources.formats import open_source, recognised
from tests.sources.books import left_out, media, parts, read, work
from tests.sources.samples import PNG

ABOUT = """<title-info><genre>sea</genre><author><first-name>Ada</first-name><last-name>Lind</last-name></author>
<author><nickname>otto</nickname></author><book-title>Приливы</book-title><annotation><p>Of the sea.</p></annotation>
<date value="1899-05-01">May</date><coverpage><image l:href="#c.png"/></coverpage><lang>ru</lang></title-info>
<document-info><id>E9F75ADF-f0a2-4a30-b113-b146871f16e5</id></document-info>
<publish-info><publisher>Берег</publisher><isbn>0-14-143976-9</isbn></publish-info>"""
BODY = """<body><title><p>Ada Lind</p><p>Приливы</p></title>
<section><title><p>Часть</p><p>первая</p></title>
<section id="a"><title><p>Отлив</p></title><epigraph><p>Sea.</p><text-author>Otto</text-author></epigraph>
<p>Он <emphasis>ушёл</emphasis><a l:href="#n1" type="note">1</a>. <a l:href="#b">Дальше</a></p>
<poem><stanza><v>One line</v><v>another</v></stanza></poem><image l:href="#p.png"/></section>
<section id="b"><title><p>Прилив</p></title><subtitle>* * *</subtitle><p>Он пришёл.</p></section></section></body>
<body name="notes"><title><p>Сноски</p></title>
<section id="n1"><title><p>1</p></title><p>A note.</p></section></body>"""
PICTURE = base64.b64encode(PNG).decode()
FILES = "".join(
    f'<binary id="{name}" content-type="image/png">{PICTURE}</binary>' for name in ("c.png", "p.png", "x.png")
)


def fiction(*, about: str = ABOUT, body: str = BODY, files: str = FILES, encoding: str = "utf-8") -> bytes:
    return (
        f'<?xml version="1.0" encoding="{encoding}"?>\n<FictionBook xmlns="http://www.gribuser.ru/xml/fictionbook/2.0" '
        f'xmlns:l="http://www.w3.org/1999/xlink"><description>{about}</description>{body}{files}</FictionBook>'
    ).encode(encoding)


def written(folder: Path, raw: bytes, name: str = "tides.fb2") -> Path:
    path = folder / name
    path.write_bytes(raw)
    return path


def articles(path: Path) -> list[Refined]:
    found = [refine(each, language="ru") for each in parts(read(path))]
    return [each for each in found if not isinstance(each, Rejected)]


def test_sections_with_titles_are_parts_below_those_around_them(tmp_path: Path) -> None:
    items = read(written(tmp_path, fiction()))
    assert [(each.part, each.path, each.title, each.headings) for each in parts(items)] == [
        (1, "tides.fb2", "Ada Lind Приливы", ()),
        (2, "tides.fb2#section-2", "Часть первая", ()),
        (3, "tides.fb2#a", "Отлив", ("Часть первая",)),
        (4, "tides.fb2#b", "Прилив", ("Часть первая",)),
        (5, "tides.fb2#section-5", "Сноски", ()),
    ]


def test_the_description_says_what_the_work_is(tmp_path: Path) -> None:
    found = work(read(written(tmp_path, fiction())))
    assert (found.title, found.creators, found.publisher) == ("Приливы", ("Ada Lind", "otto"), "Берег")
    assert (found.published, found.language, found.description) == ("1899-05-01", "ru", "Of the sea.")
    assert found.identifiers == ("isbn:9780141439761", "uuid:e9f75adf-f0a2-4a30-b113-b146871f16e5")
    with open_source(tmp_path / "tides.fb2") as source:
        assert (source.source.title, source.source.creators) == ("Приливы", ("Ada Lind", "otto"))


def test_text_notes_and_verses_come_into_the_articles(tmp_path: Path) -> None:
    ebb, notes = articles(written(tmp_path, fiction()))[2::2]
    assert ebb.body == (
        "<blockquote><p>Sea.</p><p>Otto</p></blockquote>"
        '\n<p>Он <em>ушёл</em><sup role="doc-noteref"><a href="./tides.fb2%23section-5#n1">1</a></sup>. '
        '<a href="./tides.fb2%23b#b">Дальше</a></p>\n<blockquote><p>One line<br>another</p></blockquote>\n'
        '<p><img alt="" src="./p.png"></p>'
    )
    assert notes.body == '<aside id="n1" role="doc-footnote"><p>1</p><p>A note.</p></aside>'


def test_pictures_that_are_shown_and_the_cover_are_kept(tmp_path: Path) -> None:
    items = read(written(tmp_path, fiction()))
    assert media(items) == ["c.png", "p.png"]
    assert next(item for item in items if isinstance(item, MediaFile)).content == PNG
    assert left_out(items) == [("x.png", "not-linked")]


@pytest.mark.parametrize("name", ["tides.fb2", "tides.xml", "tides"])
def test_it_is_known_by_its_root_and_read_in_other_encodings_packed_or_not(name: str, tmp_path: Path) -> None:
    path = written(tmp_path, fiction(encoding="windows-1251"), name)
    assert recognised(path).name == "fictionbook"
    assert len(parts(read(path))) == 5
    packed = written(tmp_path, gzip.compress(fiction(), mtime=0), f"{name}.gz")
    assert len(parts(read(packed))) == 5


def test_in_a_zip_it_is_a_source_of_its_own(tmp_path: Path) -> None:
    path = tmp_path / "tides.fb2.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(zipfile.ZipInfo("tides.fb2", (2020, 1, 1, 0, 0, 0)), fiction())
    assert {each.source for each in parts(read(path))} == {"tides"}


def test_a_book_that_breaks_off_gives_what_came_before_and_says_so(tmp_path: Path) -> None:
    raw = fiction()
    items = read(written(tmp_path, raw[: raw.index(b"another")]))
    assert ("fictionbook:not-well-formed", 1) in parts(items)[0].dropped
    assert "ушёл" in "".join(each.content for each in parts(items))


def test_pictures_that_are_none_are_told(tmp_path: Path) -> None:
    files = '<binary id="p.png">????</binary><binary id="../x">aaaa</binary>'
    items = read(written(tmp_path, fiction(files=files)))
    assert left_out(items) == [("p.png", "empty"), ("../x", "bad-path"), ("c.png", "broken-link")]


@pytest.mark.parametrize(
    "raw", [b"<FictionBook>", b"<FictionBook><body/></FictionBook>", b"<FictionBook>" + b"<a>" * 9_000]
)
def test_a_book_without_text_is_refused_in_words(raw: bytes, tmp_path: Path) -> None:
    with pytest.raises(InputError, match="cannot be read as fictionbook"):
        read(written(tmp_path, raw))
