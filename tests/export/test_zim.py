"""Editions written as ZIM files and read back with libzim's own reader."""

from __future__ import annotations

import html
import os
import posixpath
import re
import struct
import sys
import zlib
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote

import pytest
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher

from galactica.errors import MissingError, UsageError
from galactica.export import export_zim, zim_writer
from galactica.export.places import ExportPlaces, IdSet, sound
from galactica.export.zim import metadata
from galactica.export.zim_frame import illustration
from galactica.model import Alias, Source, article_id
from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.sources.contract import SourceOptions
from galactica.sources.zim import FORMAT

from .sample import PNG, SKY, Attached, Sample, article, media, sky


@pytest.fixture(scope="module")
def exported(tmp_path_factory):
    out = tmp_path_factory.mktemp("export") / "sky.zim"
    said = []
    summary = export_zim(sky(), out, report=lambda *step: said.append(step), workers=1)
    return Archive(out), summary, said, out


def page(archive: Archive, path: str) -> str:
    return bytes(archive.get_entry_by_path(path).get_item().content).decode()


def broken_links(archive: Archive) -> list[tuple[str, str]]:
    """Every internal address of every page that leads to nothing, resolved as a browser does."""
    broken = []
    for number in range(archive.entry_count):
        entry = archive._get_entry_by_id(number)
        if entry.is_redirect or not entry.get_item().mimetype.startswith("text/html"):
            continue
        for address in re.findall(r'(?:href|src)="([^"]*)"', page(archive, entry.path)):
            address = html.unescape(address).partition("#")[0]
            if address and "://" not in address:
                target = posixpath.normpath(posixpath.join(posixpath.dirname(entry.path), unquote(address)))
                if not archive.has_entry_by_path(target):
                    broken.append((entry.path, address))
    return broken


def test_libzim_finds_nothing_wrong_with_the_file(exported):
    archive, summary, _, out = exported
    assert archive.check()
    assert summary.bytes == out.stat().st_size
    assert (summary.articles, summary.media) == (3, 1)
    assert archive.main_entry.get_item().path == "_galactica/index.html"
    assert not list(out.parent.glob(".*"))


def test_every_internal_link_leads_somewhere(exported):
    assert broken_links(exported[0]) == []
    moon = page(exported[0], "near/Moon?")
    assert 'href="../far/Sun%20%231"' in moon
    assert 'href="#top"' in moon
    assert 'href="../it%27s%26moon"' in moon
    assert 'href="https://example.org/?a=1&amp;b=2"' in moon
    assert 'href="../near/Moon%3F#face"' in page(exported[0], "far/Sun #1")
    assert 'href="./near/Moon%3F"' in page(exported[0], "A: b")


def test_links_that_lead_nowhere_keep_their_words_and_are_counted(exported):
    moon = page(exported[0], "near/Moon?")
    assert "no <b>one</b>, <a" in moon
    assert "a lost picture</figure>" in moon
    assert exported[1].dropped_links == 2


def test_aliases_become_redirects_except_where_an_article_lies(exported):
    archive, summary, _, _ = exported
    assert archive.get_entry_by_path("Luna").get_redirect_entry().path == "near/Moon?"
    assert archive.get_entry_by_path("Moon_of_Earth").get_redirect_entry().path == "near/Moon?"
    assert not archive.get_entry_by_path("far/Sun #1").is_redirect
    assert (summary.redirects, summary.dropped_aliases) == (4, 1)


def test_media_lie_once_and_under_all_their_names(exported):
    archive = exported[0]
    assert bytes(archive.get_entry_by_path("img/moon.png").get_item().content) == PNG
    assert archive.get_entry_by_path("img/again.png").get_redirect_entry().path == "img/moon.png"


def test_words_and_titles_are_found(exported):
    archive = exported[0]
    found = Searcher(archive).search(Query().set_query("zodiacal"))
    assert list(found.getResults(0, 5)) == ["A: b"]
    suggested = SuggestionSearcher(archive).suggest("Lun")
    assert list(suggested.getResults(0, 5)) == ["Luna"]
    suggested = SuggestionSearcher(archive).suggest("the moon more")
    assert list(suggested.getResults(0, 5)) == ["near/Moon?"]


def test_the_metadata_is_complete_and_from_the_sources(exported):
    archive = exported[0]
    said = {name: archive.get_metadata(name).decode() for name in archive.metadata_keys if "Illustration" not in name}
    assert (said["Name"], said["Title"], said["Language"]) == ("sky", "The sky at night", "eng")
    assert (said["Date"], said["Creator"], said["License"]) == ("2024-03-01", "Stargazers", "CC-BY-SA-4.0")
    assert said["Description"]
    assert said["Publisher"]
    assert archive.has_illustration(48)


def test_progress_ends_at_the_number_of_articles(exported):
    assert exported[2][-1] == ("export", 3, 3, "articles")


def test_an_exported_edition_read_again_has_the_same_article_ids(exported):
    with FORMAT.open(exported[3], SourceOptions()) as source:
        items = list(source.read())
        assert source.source.key == "sky"
    paths = {item.path for item in items if type(item).__name__ == "Document"}
    assert {one.path for one in sky().articles} == paths


@pytest.mark.parametrize(
    "body",
    [
        '<aside role="note"><p>A remark alone.</p></aside>',
        '<p>Text.</p>\n<aside role="note"><p>A remark.</p></aside>\n<h2>Later</h2>\n<p>More.</p>',
        '<h2 id="b">First</h2>\n<p>Text.</p>',
    ],
)
def test_an_article_read_again_is_whole_whatever_tags_it_is_in(tmp_path, body):
    one = article("sky", "Moon", "Moon", body)
    export_zim(Sample([one], sources=(SKY,)), tmp_path / "a.zim", workers=1)
    with FORMAT.open(tmp_path / "a.zim", SourceOptions()) as source:
        (found,) = [item for item in source.read() if type(item).__name__ == "Document"]
    cleaned = clean(str(found.content), base=found.path, language="en")
    assert project(cleaned.body) == project(body)
    assert (cleaned.title, cleaned.dropped) == ("Moon", ())


def test_several_sources_lie_in_folders_of_their_own(tmp_path):
    other = Source(key="sky/é 2", title="Other", format="html")
    one = article("sky", "Moon", "Moon", '<p><a href="./Sun">Sun</a> <img src="./p.png" alt=""></p>')
    two = article("sky/é 2", "Moon", "Mond", '<p><a href="./Sun">Sonne</a></p>', language="de")
    three = article("sky", "Sun", "Sun", "<p>x</p>", aliases=(Alias(title="Sol", path="Sol"),))
    out = tmp_path / "two.zim"
    summary = export_zim(Sample([one, two, three], Attached([media("sky", "p.png")]), (SKY, other)), out, workers=1)
    archive = Archive(out)
    assert broken_links(archive) == []
    assert archive.has_entry_by_path("sky/Moon")
    assert archive.has_entry_by_path("sky_é_2/Moon")
    assert archive.get_entry_by_path("sky/Sol").is_redirect
    assert archive.get_metadata("Language").decode() == "eng,deu"
    assert summary.dropped_links == 1


def test_paths_that_libzim_refuses_are_counted_and_do_not_stop_the_export(tmp_path):
    moon = article("sky", "Moon", "Moon", "<p>x</p>")
    twice = article("sky", "Moon", "Moon again", "<p>y</p>")
    up = article("sky", "../up", "Up", "<p>z</p>")
    long = article("sky", "long", "x" * 70_000, "<p>z</p>")
    summary = export_zim(Sample([moon, twice, up, long], sources=(SKY,)), tmp_path / "a.zim", workers=1)
    assert (summary.articles, summary.dropped_articles) == (1, 3)
    assert Archive(tmp_path / "a.zim").check()


def test_own_pages_give_way_to_articles(tmp_path):
    squatter = article("sky", "_galactica/index.html", "Squatter", "<p>x</p>")
    export_zim(Sample([squatter], sources=(SKY,)), tmp_path / "a.zim", workers=1)
    archive = Archive(tmp_path / "a.zim")
    assert archive.main_entry.get_item().path == "_galactica_/index.html"
    assert "Squatter" in page(archive, "_galactica/index.html")


def test_titles_and_bodies_cannot_break_out_of_the_page(tmp_path):
    bad = article("sky", 'a"><script>', "<script>alert(1)</script>", "<p>x</p>", language='en"><script>')
    cleaned = []
    export_zim(
        Sample([bad], sources=(SKY,)), tmp_path / "a.zim", clean=lambda body: cleaned.append(body) or body, workers=1
    )
    archive = Archive(tmp_path / "a.zim")
    for path in ('a"><script>', "_galactica/index.html"):
        assert "<script" not in page(archive, path)
    assert cleaned == ["<p>x</p>"]


def test_an_interrupted_export_leaves_the_old_file_and_nothing_else(tmp_path):
    out = tmp_path / "a.zim"
    out.write_bytes(b"old")

    def interrupted(*_):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        export_zim(sky(), out, report=interrupted, workers=1, replace=True)
    assert [file.name for file in tmp_path.iterdir()] == ["a.zim"]
    assert out.read_bytes() == b"old"


def test_a_writer_that_fails_is_one_clear_error(tmp_path, monkeypatch):
    child = tmp_path / "child.py"
    child.write_text('import sys\nsys.stdin.buffer.read(10)\nprint(\'{"error": "disk full"}\')\n')
    monkeypatch.setattr(zim_writer, "COMMAND", (sys.executable, "-P", str(child)))
    with pytest.raises(MissingError, match="disk full"):
        export_zim(sky(), tmp_path / "a.zim", workers=1)
    child.write_text("import os\nos.abort()\n")
    with pytest.raises(MissingError, match="crashed"):
        export_zim(sky(), tmp_path / "a.zim", workers=1)
    monkeypatch.setattr(zim_writer, "LEAST_FREE", 2**100)
    with pytest.raises(MissingError, match=r"a\.zim could not be written: the disk is full\."):
        export_zim(sky(), tmp_path / "a.zim", workers=1)
    assert [file.name for file in tmp_path.iterdir()] == ["child.py"]


def test_a_folder_that_is_not_there_is_one_clear_error(tmp_path):
    with pytest.raises(MissingError) as caught:
        export_zim(sky(), tmp_path / "none" / "a.zim", workers=1)
    assert caught.value.remedy


def test_without_libzim_the_error_names_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "libzim", None)
    with pytest.raises(MissingError) as caught:
        export_zim(sky(), tmp_path / "a.zim")
    assert "galactica[build]" in caught.value.remedy


def test_metadata_keeps_to_the_lengths_of_the_standard():
    info = replace(sky().info, title="A very long title of an edition that nobody can read")
    said = metadata(info)
    assert len(said["Title"]) <= 30
    assert len(said["Description"]) <= 80


def test_the_date_comes_from_the_sources_or_the_articles_never_from_the_clock():
    undated = replace(sky().info, sources=(replace(SKY, date=""),))
    assert metadata(undated, "2023-05-06")["Date"] == "2023-05-06"
    assert metadata(undated)["Date"] == "1970-01-01"
    assert metadata(replace(undated, sources=(replace(SKY, date="2019"), SKY)))["Date"] == "2024-03-01"


def test_the_picture_is_a_png_of_the_right_size():
    png = illustration(48)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", png[16:24]) == (48, 48)
    start = png.index(b"IDAT")
    length = struct.unpack(">I", png[start - 4 : start])[0]
    assert len(zlib.decompress(png[start + 4 : start + 4 + length])) == 48 * (1 + 3 * 48)


def test_known_ids_are_found_and_others_are_not():
    known = IdSet()
    ids = [article_id("s", str(number)) for number in range(100)]
    for identity in ids[:50]:
        known.add(identity)
    assert ids[3] in known
    known.add(ids[60])
    assert ids[60] in known
    assert not any(identity in known for identity in ids[70:])
    assert ids[0] not in IdSet()


def test_links_inside_hostile_markup_do_not_confuse_the_page():
    places = ExportPlaces((SKY,), IdSet())
    body = '<a href="./x">one <a href="./y">two</a> three</a> <aside>four</aside> <img src="./z">'
    done, dropped = places.relink(body, "sky", "p")
    assert dropped == 3
    assert "./" not in done
    assert "<aside>four</aside>" in done
    assert not any(map(sound, ("", "/a", "a/../b", "a\0", "x" * 40_000)))
    assert sound("a/..b")


def test_a_file_that_is_there_is_kept_unless_it_may_be_replaced(tmp_path):
    out = tmp_path / "keep.zim"
    out.write_bytes(b"my own words")
    with pytest.raises(UsageError, match="exists already"):
        export_zim(sky(), out, workers=1)
    assert out.read_bytes() == b"my own words"
    export_zim(sky(), out, workers=1, replace=True)
    assert out.read_bytes().startswith(b"ZIM\x04")


@pytest.mark.skipif(os.name == "nt", reason="the null device has another name on Windows")
@pytest.mark.parametrize("replace", [False, True])
def test_no_device_is_taken_for_a_zim(replace):
    with pytest.raises(UsageError, match="is a device"):
        export_zim(sky(), Path(os.devnull), workers=1, replace=replace)
    assert Path(os.devnull).is_char_device()
