"""What a book says of itself is found in the forms of EPUB 2 and of EPUB 3, and what is not used is counted."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from tests.sources.books import book, files_of, packed, page, parts, work

ONE = {"a.xhtml": page("<p>1</p>")}
REFINED = """
<dc:title id="t2">and Ebbs</dc:title><dc:title id="t">Tides</dc:title><dc:title id="c">The Sea Shelf</dc:title>
<meta refines="#t" property="title-type">main</meta><meta refines="#t2" property="title-type">subtitle</meta>
<meta refines="#c" property="title-type">collection</meta>
<dc:creator id="b">Otto Berg</dc:creator><meta refines="#b" property="display-seq">2</meta>
<dc:creator id="a">Ada Lind</dc:creator><meta refines="#a" property="display-seq">1</meta>
<dc:contributor id="i">Ina Draw</dc:contributor><meta refines="#i" property="role">ill</meta>
<dc:publisher>Shore &amp; Co</dc:publisher><dc:date>2011-09-01T00:00:00Z</dc:date>
<meta property="dcterms:modified">2020-05-06T07:08:09Z</meta>
<dc:identifier id="id">urn:uuid:E9F75ADF-f0a2-4a30-b113-b146871f16e5</dc:identifier>
<dc:identifier id="n">978-0-14-143976-1</dc:identifier><meta refines="#n" property="identifier-type">15</meta>
<dc:identifier>https://doi.org/10.1000/182</dc:identifier><dc:language>eng</dc:language><dc:subject>Sea</dc:subject>
<dc:rights>Some rights</dc:rights><link rel="cc:license" href="http://creativecommons.org/licenses/by/4.0/"/>
<dc:description>&lt;p&gt;Of the &lt;b&gt;sea&lt;/b&gt;.&lt;/p&gt;</dc:description>
"""
OLDER = """
<dc:title>Tides</dc:title><dc:creator opf:role="aut" opf:file-as="Lind, Ada">Ada Lind</dc:creator>
<dc:date opf:event="creation">2019</dc:date><dc:date opf:event="publication">1899</dc:date>
<dc:identifier opf:scheme="ISBN">0-14-143976-9</dc:identifier><dc:identifier id="id">tides-7</dc:identifier>
<dc:identifier opf:scheme="URI">http://books.example/7</dc:identifier>
<dc:language>de</dc:language><dc:language>fr</dc:language><dc:rights>Public domain</dc:rights>
"""


def test_refinements_say_what_each_thing_is(tmp_path: Path) -> None:
    found = work(book(tmp_path, ONE, about=REFINED))
    assert found.title == "Tides: and Ebbs"
    assert found.creators == ("Ada Lind", "Otto Berg")
    assert found.publisher == "Shore & Co"
    assert found.published == "2011-09-01"
    assert found.identifiers == (
        "doi:10.1000/182",
        "isbn:9780141439761",
        "uuid:e9f75adf-f0a2-4a30-b113-b146871f16e5",
    )
    assert found.language == "en"
    assert found.licence == "CC-BY-4.0"
    assert found.description == "Of the sea."


def test_attributes_of_older_books_say_it_too(tmp_path: Path) -> None:
    found = work(book(tmp_path, ONE, about=OLDER))
    assert (found.creators, found.published, found.language) == (("Ada Lind",), "1899", "mul")
    assert found.identifiers == ("epub:tides-7", "isbn:9780141439761")
    assert (found.url, found.licence) == ("http://books.example/7", "Public domain")


def test_the_source_is_called_like_the_book_and_dated_by_its_last_change(tmp_path: Path) -> None:
    path = tmp_path / "t.epub"
    path.write_bytes(packed(files_of(ONE, about=REFINED)))
    with open_source(path) as source:
        about = source.source
    assert (about.key, about.title, about.date, about.publisher) == ("t", "Tides: and Ebbs", "2020-05-06", "Shore & Co")
    assert (about.language, about.licence, about.creators) == ("en", "CC-BY-4.0", ("Ada Lind", "Otto Berg"))


def test_what_the_person_says_of_the_book_wins(tmp_path: Path) -> None:
    path = tmp_path / "t.epub"
    path.write_bytes(packed(files_of(ONE, about=REFINED)))
    said = SourceOptions(language="fr", licence="CC0-1.0")
    with open_source(path, said) as source:
        items = list(source.read())
        assert (source.source.language, source.source.licence) == ("fr", "CC0-1.0")
    assert (work(items).language, work(items).licence) == ("fr", "")
    assert parts(items)[0].language == "fr"


def test_what_has_no_place_is_counted(tmp_path: Path) -> None:
    assert ("epub:about", 2) in parts(book(tmp_path, ONE, about=REFINED))[0].dropped


@pytest.mark.parametrize(
    "about", ["", "<dc:title> </dc:title><dc:date>0101-01-01</dc:date><dc:language>?</dc:language>"]
)
def test_a_book_that_says_nothing_is_called_like_its_file(about: str, tmp_path: Path) -> None:
    found = work(book(tmp_path, ONE, about=about))
    assert (found.title, found.creators, found.published, found.language) == ("tides", (), "", "und")
