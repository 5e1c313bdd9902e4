"""Pages that people saved from the web: alone, with a folder beside them, in one file, as MHTML."""

from __future__ import annotations

import base64
import plistlib
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Attachment, Document, MediaFile, Rejected, SourceStatement
from galactica.sources import mhtml, saved_page
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source, recognised
from tests.sources.promised import check
from tests.sources.warcs import MHTML, PNG, WEBARCHIVE, page

SAVED = "<!-- saved from url=(0026)https://example.com/moon -->\n"
INSIDE = base64.b64encode(PNG).decode()


def read(path: Path, **options: bool) -> list[Item]:
    with open_source(path, SourceOptions(**options)) as source:  # type: ignore[arg-type]  # only bools are given
        items = list(source.read())
    check(items)
    return items


def written(tmp_path: Path, name: str, content: str | bytes) -> Path:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


@pytest.mark.parametrize(
    ("comment", "origin", "when"),
    [
        (SAVED, "https://example.com/moon", ""),
        (
            "<!--\n Page saved with SingleFile \n url: https://example.com/a \n"
            " saved date: Thu Jan 14 2021 10:20:30 GMT+0100 (CET)\n-->",
            "https://example.com/a",
            "20210114092030",
        ),
        (
            "<!-- Mirrored from example.com/x.html by HTTrack Website Copier/3.x [XR&CO'2014],"
            " Thu, 14 Jan 2021 10:20:30 GMT -->",
            "http://example.com/x.html",
            "20210114102030",
        ),
        ("<!-- saved from url=(0014)about:internet -->", "", ""),
        ("<!-- a comment -->", "", ""),
    ],
)
def test_a_page_says_where_and_when_it_was_saved(comment: str, origin: str, when: str):
    whole = page("Moon").replace("<html>", f"{comment}<html>")
    assert (saved_page.origin_of(whole), saved_page.saved_at(whole)) == (origin, when)


def test_a_saved_page_is_a_page_of_the_web_with_its_address(tmp_path: Path):
    path = written(tmp_path, "Moon.html", SAVED + page("Moon"))
    (item,) = read(path)
    assert isinstance(item, Document)
    assert (item.markup, item.title, item.url) == ("webpage", "", "https://example.com/moon")
    (whole,) = read(path, whole_pages=True)
    assert isinstance(whole, Document)
    assert (whole.markup, whole.title) == ("html", "Moon")


def test_a_page_that_somebody_made_stays_as_it_is(tmp_path: Path):
    (item,) = read(written(tmp_path, "Moon.html", page("Moon")))
    assert isinstance(item, Document)
    assert (item.markup, item.title, item.url, item.content) == ("html", "Moon", "", page("Moon"))


def test_frames_in_the_folder_beside_a_saved_page_are_none_and_pictures_are_kept_where_shown(tmp_path: Path):
    written(tmp_path, "s/Moon.html", SAVED + page("Moon", "<img src='Moon_files/a.png'>"))
    written(tmp_path, "s/Moon_files/a.png", PNG)
    written(tmp_path, "s/Moon_files/saved_resource.html", page("Advertisement"))
    written(tmp_path, "s/Notes_files/own.html", page("Own"))
    items = read(tmp_path / "s")
    assert [item.path for item in items if isinstance(item, Document)] == ["Moon.html", "Notes_files/own.html"]
    assert [item.where for item in items if isinstance(item, Rejected)] == ["Moon_files/saved_resource.html"]
    assert [item.path for item in items if isinstance(item, Attachment)] == ["Moon_files/a.png"]


def test_pictures_that_lie_in_a_page_are_taken_out_of_it(tmp_path: Path):
    body = (
        f"<img src='data:image/png;base64,{INSIDE}'><img src=\"data:image/png;base64,{INSIDE}\">"
        "<img src='data:image/svg+xml;utf8,<svg xmlns=\"http://www.w3.org/2000/svg\"/>' style='x:var(--sf-img-3)'>"
        "<img src='data:image/png;base64,!!!'><img src='other.png'>"
    )
    style = (
        f"<style>:root {{ --sf-img-3: url('data:image/gif;base64,{base64.b64encode(b'GIF89a...').decode()}') }}</style>"
    )
    items = read(written(tmp_path, "Moon.html", page("Moon", body, head=style)))
    (document,) = (item for item in items if isinstance(item, Document))
    assert document.content.count('src="/Moon.html/1.png"') == 2
    assert document.content.count('src="/Moon.html/2.gif"') == 1
    assert "src='other.png'" in document.content
    assert [(item.path, item.mime) for item in items if isinstance(item, MediaFile)] == [
        ("Moon.html/1.png", "image/png"),
        ("Moon.html/2.gif", "image/gif"),
    ]


def test_a_page_in_mhtml_is_read_with_the_pictures_that_it_shows(tmp_path: Path):
    items = read(written(tmp_path, "page.mhtml", MHTML))
    (document,) = (item for item in items if isinstance(item, Document))
    assert (document.url, document.language, document.revision) == (
        "https://example.com/d/moon",
        "en",
        "20210101092030",
    )
    assert '<img src="/page.mhtml/1.png"><img src="/page.mhtml/2.png">' in document.content
    assert '<a href="https://example.com/d/sun">' in document.content
    assert "Moon – Site" in document.content
    assert dict(document.dropped) == {"saved:frame": 1, "saved:not-shown": 1}
    assert [item.content for item in items if isinstance(item, MediaFile)] == [PNG, PNG + b"2"]
    assert [item.value for item in items if isinstance(item, SourceStatement)] == ["2021-01-01T09:20:30Z"]


def test_mhtml_is_known_by_its_content_and_an_ordinary_mail_is_none(tmp_path: Path):
    assert recognised(written(tmp_path, "x.txt", MHTML)).name == "mhtml"
    mail = "From: a@example.com\nMIME-Version: 1.0\nContent-Type: text/plain\n\nHello\n"
    assert mhtml.recognise("x.eml", mail.encode()) == 0


def test_mhtml_of_one_part_is_a_page(tmp_path: Path):
    plain = (
        f"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\nContent-Location: http://x.org/\n\n{page('Moon')}"
    )
    (item,) = read(written(tmp_path, "x.mht", plain))
    assert isinstance(item, Document)
    assert item.url == "http://x.org/"


@pytest.mark.parametrize(
    "content",
    [
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="x"\n\n--x\n\n',
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"\n\n',
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary=x\n\n--x\nContent-Type: a/b',
    ],
)
def test_mhtml_without_a_page_is_an_error_that_helps(tmp_path: Path, content: str):
    with pytest.raises(InputError):
        read(written(tmp_path, "x.mht", content))


def test_a_page_that_safari_saved_is_read_with_the_pictures_that_it_shows(tmp_path: Path):
    items = read(written(tmp_path, "page.webarchive", WEBARCHIVE))
    (document,) = (item for item in items if isinstance(item, Document))
    assert (document.url, document.markup) == ("https://example.com/d/moon", "webpage")
    assert '<img src="/page.webarchive/1.png">' in document.content
    assert "Луна" in document.content
    assert dict(document.dropped) == {"saved:frame": 1, "saved:not-shown": 1}
    assert [item.content for item in items if isinstance(item, MediaFile)] == [PNG]


@pytest.mark.parametrize("held", [{}, {"WebMainResource": 3}, {"WebMainResource": {"WebResourceData": "x"}}])
def test_a_property_list_without_a_page_is_an_error_that_helps(tmp_path: Path, held: dict[str, object]):
    raw = plistlib.dumps(held, fmt=plistlib.FMT_BINARY)
    with pytest.raises(InputError):
        read(written(tmp_path, "x.webarchive", raw))
