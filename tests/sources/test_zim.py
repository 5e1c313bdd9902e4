"""ZIM files, made here with libzim's writer and then damaged by hand."""

from __future__ import annotations

import contextlib
import struct
import sys
from pathlib import Path

import pytest
from libzim.reader import Archive
from libzim.writer import Compression, Creator, Hint, Item, StringProvider

from galactica.errors import InputError, MissingError
from galactica.model import Document, MediaFile, Redirect, Rejected
from galactica.sources import zim_guard
from galactica.sources.child_message import MAX_CONTENT
from galactica.sources.contract import MAX_DOCUMENT, SourceOptions
from galactica.sources.contract import Item as SourceItem
from galactica.sources.zim import FORMAT, describe_zim, key_of_file, sound_path
from galactica.sources.zim_kinds import zim_kind
from galactica.sources.zim_page import page_facts, page_text, resolve_inside, spdx

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40
MOON = "<html><head><title>Moon</title></head><body><h1>Moon</h1><p>It circles the Earth.</p></body></html>"
NONE = SourceOptions()


class Page(Item):
    def __init__(self, path: str, title: str, content: str | bytes, mime: str = "text/html"):
        super().__init__()
        self._path, self._title, self._content, self._mime = path, title, content, mime

    def get_path(self):
        return self._path

    def get_title(self):
        return self._title

    def get_mimetype(self):
        return self._mime

    def get_contentprovider(self):
        return StringProvider(self._content)

    def get_hints(self):
        return {Hint.FRONT_ARTICLE: self._mime == "text/html"}


METADATA = {
    "Name": "sky_en",
    "Title": "The sky",
    "Language": "eng",
    "Creator": "Stargazers",
    "Publisher": "The press",
    "Date": "2024-03-01",
    "License": "CC BY-SA 4.0",
    "Source": "sky.example.org",
}


def make(path: Path, items=None, redirects=(), metadata=METADATA, compression=Compression.zstd) -> Path:
    if items is None:
        items = [
            Page("Moon", "Moon", MOON),
            Page("Sun.html", "", "<html><head><title>The Sun</title></head><body>It shines.</body></html>"),
            Page("img/moon.png", "", PNG, "image/png"),
            Page("style.css", "", "p {color: red}", "text/css"),
            Page("empty", "Empty", "  "),
            Page("note", "A note", "plain words", "text/plain"),
            Page("gone", "Gone", '<meta http-equiv="refresh" content="0;url=Moon#top">'),
        ]
        redirects = [("Luna", "Luna", "Moon"), ("same.png", "", "img/moon.png")]
    creator = Creator(path).config_compression(compression).config_indexing(True, "eng").config_nbworkers(1)
    with creator:
        creator.set_mainpath("Moon")
        for item in items:
            creator.add_item(item)
        for name, title, target in redirects:
            creator.add_redirection(name, title, target, {})
        for name, value in metadata.items():
            creator.add_metadata(name, value)
    return path


def items_of(path: Path, options: SourceOptions = NONE) -> list[SourceItem]:
    with FORMAT.open(path, options) as source:
        return list(source.read())


def of(kind, items):
    return {item.path: item for item in items if isinstance(item, kind)}


def reasons(items):
    return {item.where: item.reason for item in items if isinstance(item, Rejected)}


@pytest.fixture(scope="module")
def sky(tmp_path_factory) -> Path:
    return make(tmp_path_factory.mktemp("zim") / "sky_2024-03.zim")


@pytest.fixture(scope="module")
def sky_items(sky) -> list[SourceItem]:
    return items_of(sky)


def test_a_zim_is_recognised_by_its_first_bytes_whatever_its_name(sky):
    assert FORMAT.recognise(Path("whatever"), sky.read_bytes()[:8192]) >= 90
    assert 0 < FORMAT.recognise(Path("a.zim"), b"<html>") <= 40
    assert FORMAT.recognise(Path("a.html"), b"<html>") == 0


def test_the_source_is_what_the_metadata_says(sky):
    with FORMAT.open(sky, NONE) as opened:
        source = opened.source
    assert (source.key, source.title, source.language, source.date) == ("sky_en", "The sky", "en", "2024-03-01")
    assert (source.licence, source.publisher, source.url) == ("CC-BY-SA-4.0", "The press", "https://sky.example.org")
    assert "Stargazers" in source.attribution


def test_what_the_person_says_goes_before_the_metadata(sky):
    with FORMAT.open(sky, SourceOptions(key="k", title="T", language="fr", licence="CC0-1.0")) as opened:
        source = opened.source
    assert (source.key, source.title, source.language, source.licence) == ("k", "T", "fr", "CC0-1.0")


def test_a_zim_without_metadata_is_called_after_its_file_without_date_and_flavour(tmp_path):
    path = make(tmp_path / "wiki_xx_all_maxi_2024-01.zim", [Page("a", "A", MOON)], metadata={"Title": "N/A"})
    with FORMAT.open(path, NONE) as opened:
        assert (opened.source.key, opened.source.language) == ("wiki_xx_all", "und")
    assert key_of_file("a.b.zimaa") == "a.b"
    assert describe_zim({}, "2020-01.zim", NONE).key == "2020-01"


def test_pages_texts_redirects_and_pictures_come_out_as_what_they_are(sky_items):
    documents = of(Document, sky_items)
    assert set(documents) == {"Moon", "Sun.html", "note"}
    assert (documents["Moon"].title, documents["Moon"].content, documents["Moon"].markup) == ("Moon", MOON, "html")
    assert documents["note"].markup == "text"
    redirects = of(Redirect, sky_items)
    assert redirects["Luna"].target == "Moon"
    assert set(of(MediaFile, sky_items)) == {"img/moon.png", "same.png"}
    assert of(MediaFile, sky_items)["same.png"].content == PNG


def test_a_title_that_is_only_a_file_name_is_replaced_by_the_pages_own(sky_items):
    assert of(Document, sky_items)["Sun.html"].title == "The Sun"


def test_a_page_that_only_sends_its_reader_on_is_a_redirect(sky_items):
    assert of(Redirect, sky_items)["gone"].target == "Moon"


def test_a_redirect_to_itself_comes_out_as_it_is_and_does_not_hang(sky, tmp_path):
    content = bytearray(sky.read_bytes())
    place = content.index(b"Luna\0") - 4  # the writer refuses to make one: turn the arrow round by hand
    content[place : place + 4] = struct.pack("<I", Archive(sky).get_entry_by_path("Luna")._index)
    path = tmp_path / "loop.zim"
    path.write_bytes(content)
    assert of(Redirect, items_of(path))["Luna"].target == "Luna"


def test_nothing_is_left_out_in_silence(sky_items):
    assert reasons(sky_items)["style.css"] == "not-an-article"
    assert reasons(sky_items)["empty"] == "empty"
    assert reasons(sky_items)["fulltext/xapian"] == "not-an-article"


def test_the_same_file_gives_the_same_items_in_the_same_order(sky, sky_items):
    assert items_of(sky) == sky_items


def test_the_position_ends_at_the_size(sky):
    with FORMAT.open(sky, NONE) as opened:
        assert opened.size == sky.stat().st_size
        assert opened.position == 0
        list(opened.read())
        assert opened.position == opened.size


def test_a_split_zim_is_read_by_its_first_part_its_base_name_or_its_folder(sky, sky_items, tmp_path):
    folder = tmp_path / "parts"
    folder.mkdir()
    content = sky.read_bytes()
    cuts = [0, 900, 2000, len(content)]
    for number in range(3):
        (folder / f"sky.zima{'abc'[number]}").write_bytes(content[cuts[number] : cuts[number + 1]])
    for given in (folder / "sky.zimaa", folder / "sky.zim", folder):
        head = given.read_bytes()[:8192] if given.is_file() else b""
        assert FORMAT.recognise(given, head) >= 90
        assert items_of(given) == sky_items
    with pytest.raises(InputError) as caught:
        FORMAT.open(folder / "sky.zimab", NONE)
    assert "sky.zimaa" in caught.value.remedy
    (folder / "sky.zimac").unlink()
    with pytest.raises(InputError):
        FORMAT.open(folder / "sky.zimaa", NONE)


def test_a_file_that_is_not_there_is_an_input_error(tmp_path):
    with pytest.raises(InputError):
        FORMAT.open(tmp_path / "none.zim", NONE)


def test_a_flipped_byte_is_found_by_the_checksum_and_the_rest_is_read(tmp_path):
    path = make(tmp_path / "a.zim", [Page("Moon", "Moon", MOON)], compression=Compression.none)
    content = bytearray(path.read_bytes())
    content[content.index(b"circles")] ^= 1
    path.write_bytes(content)
    items = items_of(path)
    assert reasons(items)["the whole file"] == "checksum"
    assert "bircles" in of(Document, items)["Moon"].content


def test_a_cluster_that_cannot_be_unpacked_loses_only_its_entries(tmp_path):
    pages = [Page(f"p{number:03}", f"P{number}", MOON * 3000) for number in range(12)]  # several clusters
    path = make(tmp_path / "a.zim", pages)
    content = bytearray(path.read_bytes())
    table = struct.unpack_from("<Q", content, 48)[0]
    first = struct.unpack_from("<Q", content, table)[0]
    content[first + 1 : first + 40] = b"\xff" * 39
    path.write_bytes(content)
    items = items_of(path)
    bad = {where for where, reason in reasons(items).items() if reason == "unreadable"}
    assert bad
    assert len(of(Document, items)) == 12 - len(bad & {page.get_path() for page in pages})
    assert of(Document, items)


@pytest.mark.parametrize("share", [0.0, 0.02, 0.5, 0.99])
def test_a_file_cut_short_is_one_clear_error(sky, tmp_path, share):
    path = tmp_path / "cut.zim"
    path.write_bytes(sky.read_bytes()[: int(sky.stat().st_size * share)])
    with pytest.raises(InputError) as caught:
        items_of(path)
    assert "cut.zim" in caught.value.problem
    assert str(tmp_path) not in caught.value.problem


@pytest.mark.parametrize("seed", range(12))
def test_hostile_headers_end_in_items_or_in_an_input_error(sky, tmp_path, seed):
    content = bytearray(sky.read_bytes())
    offset = (24, 28, 32, 40, 48, 56, 64, 72)[seed % 8]
    content[offset : offset + 4] = struct.pack("<I", (0xFFFFFFFF, 81, len(content) - 1)[seed % 3])
    path = tmp_path / "bad.zim"
    path.write_bytes(content)
    with contextlib.suppress(InputError):
        assert items_of(path)


def child_that(tmp_path: Path, monkeypatch, body: str) -> Path:
    """A stand-in for the child process: `tell(ChildMessage(…))`, `start`, and whatever it does to itself."""
    script = tmp_path / "child.py"
    script.write_text(
        "import os, sys, time\n"
        "from galactica.sources.child_message import ChildMessage, Teller\n"
        "tell, start = Teller(sys.stdout.buffer).tell, int(sys.argv[2])\n" + body
    )
    monkeypatch.setattr(zim_guard, "COMMAND", (sys.executable, "-P", str(script)))
    path = tmp_path / "x.zim"
    path.write_bytes(b"ZIM\x04")
    return path


PAGE = "tell(ChildMessage(kind='page', number=n, path=f'p{n}', title=f'P{n}', mime='text/html', content=b'words'))\n"


def test_an_entry_that_kills_the_zim_library_is_rejected_and_the_rest_is_read(tmp_path, monkeypatch):
    body = (
        "tell(ChildMessage(kind='ready', number=6, size=10))\n"
        "for n in range(start, 6):\n    if n in (2, 4): os.abort()\n    " + PAGE + "tell(ChildMessage(kind='end'))"
    )
    items = items_of(child_that(tmp_path, monkeypatch, body))
    assert sorted(of(Document, items)) == ["p0", "p1", "p3", "p5"]
    assert list(reasons(items).values()) == ["unreadable", "unreadable"]


def test_a_file_that_kills_the_zim_library_again_and_again_is_given_up(tmp_path, monkeypatch):
    body = "tell(ChildMessage(kind='ready', number=100, size=10))\nos.abort()"
    items = items_of(child_that(tmp_path, monkeypatch, body))
    assert len(items) == zim_guard.MAX_CRASHES + 1
    assert items[-1].reason == "truncated"


def test_a_zim_library_that_never_answers_is_stopped(tmp_path, monkeypatch):
    monkeypatch.setattr(zim_guard, "SILENCE_SECONDS", 0.5)
    body = (
        "tell(ChildMessage(kind='ready', number=2, size=10))\n"
        "for n in range(start, 2):\n    if n == 0: time.sleep(60)\n    " + PAGE + "tell(ChildMessage(kind='end'))"
    )
    items = items_of(child_that(tmp_path, monkeypatch, body))
    assert list(of(Document, items)) == ["p1"]
    assert "did not answer" in items[0].detail


def test_a_child_that_says_what_is_no_message_is_stopped_and_the_rest_is_read(tmp_path, monkeypatch):
    body = (
        "tell(ChildMessage(kind='ready', number=2, size=10))\n"
        "if start == 0:\n"
        "    sys.stdout.buffer.write(b'\\x02\\0\\0\\0\\0\\0\\0\\0{]')\n"
        "    sys.stdout.buffer.flush()\n"
        "    time.sleep(60)\n"
        "for n in range(start, 2):\n    " + PAGE + "tell(ChildMessage(kind='end'))"
    )
    items = items_of(child_that(tmp_path, monkeypatch, body))
    assert list(of(Document, items)) == ["p1"]
    assert list(reasons(items).values()) == ["unreadable"]


def test_a_crash_while_opening_is_an_input_error(tmp_path, monkeypatch):
    path = child_that(tmp_path, monkeypatch, "os.abort()")
    with pytest.raises(InputError, match="crashed"):
        FORMAT.open(path, NONE)


def test_a_source_can_be_left_before_its_end(sky):
    with FORMAT.open(sky, NONE) as opened:
        assert next(iter(opened.read()))


def test_paths_that_lead_elsewhere_are_rejected(tmp_path):
    items = items_of(make(tmp_path / "a.zim", [Page("../up", "Up", MOON), Page("/root", "Root", MOON)]))
    assert set(reasons(items).values()) >= {"bad-path"}
    assert not of(Document, items)
    assert sound_path("a/b..c/d")
    assert not any(map(sound_path, ("", "/a", "a/../b", "./a", "a\0")))


def test_without_libzim_the_error_names_the_extra(sky, monkeypatch):
    monkeypatch.setitem(sys.modules, "libzim", None)
    with pytest.raises(MissingError) as caught:
        FORMAT.open(sky, NONE)
    assert "galactica[build]" in caught.value.remedy


def test_the_child_keeps_the_bound_of_the_contract():
    assert MAX_CONTENT == MAX_DOCUMENT


def test_an_entry_is_sorted_by_its_media_type_and_where_that_is_missing_by_its_name():
    assert zim_kind("text/html; charset=utf-8", "a")[0] == "page"
    assert zim_kind("undefined", "mw/logo.SVG") == ("media", "image/svg+xml")
    assert zim_kind("application/javascript", "a.js")[0] == "other"
    assert zim_kind("application/vnd.ms-fontobject", "a.eot")[0] == "other"
    assert zim_kind("application/json", "a.json")[0] == "other"
    for mime, name in (("application/zip", "a"), ("text/csv", "a"), ("application/vnd.ms-excel", "a"), ("", "a.docx")):
        assert zim_kind(mime, name)[0] == "media"
    assert zim_kind("text/plain", "load.php")[0] == "other"


@pytest.mark.parametrize(
    ("written", "licence"),
    [("CC BY-SA", "CC BY-SA"), ("cc-by-sa-3.0", "CC-BY-SA-3.0"), ("CC BY 4.0", "CC-BY-4.0"), ("CC0", "CC0-1.0"),
     ("https://creativecommons.org/licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"), ("Public  domain", "Public domain")],
)  # fmt: skip
def test_usual_licences_become_spdx_identifiers(written, licence):
    assert spdx(written) == licence


FOOT = """<div>This article is issued from <a class="external text" title="Last edited on 2022-09-29"
href="https://en.wiki.example/wiki/?title=Moon&amp;oldid=1112981529">Wiki</a>. The text is licensed under
<a href="https://creativecommons.org/licenses/by-sa/4.0/">terms</a>.</div>"""


def test_the_foot_of_a_page_tells_revision_date_and_licence():
    facts = page_facts(f'<link rel="canonical" href="https://en.wiki.example/wiki/Moon"><p>x</p>{FOOT}')
    assert (facts.url, facts.revision) == ("https://en.wiki.example/wiki/Moon", "1112981529")
    assert (facts.modified, facts.licence) == ("2022-09-29", "CC-BY-SA-4.0")


def test_a_licence_that_the_text_only_mentions_is_not_the_pages():
    assert page_facts('<a href="https://creativecommons.org/licenses/by/4.0/">x</a>').licence == ""


def test_categories_are_read_from_links_and_from_the_category_box():
    page = (
        '<link rel="mw:PageProp/Category" href="./Category:Natural_satellites#Moon">'
        '<div id="catlinks"><a href="/wiki/C" title="Category:Night sky">Night sky</a></div>'
    )
    assert page_facts(page).categories == ("Natural satellites", "Night sky")


def test_addresses_resolve_against_the_path_of_the_page():
    assert resolve_inside("A/b/Moon", "../Sun%20(star)#x") == "A/Sun (star)"
    assert resolve_inside("Moon", "../out") == ""
    assert resolve_inside("Moon", "https://example.org/") == ""


def test_a_page_is_read_in_the_charset_it_names_and_what_cannot_be_read_is_counted(tmp_path):
    assert page_text('<meta charset="windows-1251">Луна'.encode("cp1251"))[0].endswith("Луна")
    assert page_text("Луна".encode("koi8-r"), "koi8-r") == ("Луна", 0)
    assert page_text(b"a\xffb", "unicode_escape") == ("a�b", 1)
    items = items_of(make(tmp_path / "a.zim", [Page("Moon", "Moon", b"<p>a\xffb</p>")]))
    assert reasons(items)["Moon"] == "bad-encoding"
    assert "Moon" in of(Document, items)
