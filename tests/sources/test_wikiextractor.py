"""WikiExtractor's blocks: borders, titles, escapes, and what is told of the wiki."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from galactica.model import Document, Rejected
from galactica.sources import wikiextractor
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.wikiextractor import FORMAT
from tests.sources.samples import WIKI_BLOCKS, tar_of


def block(number: int, title: str, text: str, host: str = "en.wikipedia.org", extra: str = "") -> str:
    header = f'<doc id="{number}"{extra} url="https://{host}/wiki?curid={number}" title="{title}">'
    return f"{header}\n{title}\n\n{text}\n\n</doc>\n"


def read(tmp_path: Path, content: str | bytes) -> list[Item]:
    path = tmp_path / "wiki_00"
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    with FORMAT.open(path, SourceOptions()) as source:
        return list(source.read())


def test_the_repeated_title_is_dropped_and_the_text_kept_as_it_is(tmp_path: Path):
    moon = read(tmp_path, WIKI_BLOCKS)[0]
    assert isinstance(moon, Document)
    assert (moon.path, moon.title, moon.markup) == ("7", "Moon", "wikiextractor")
    assert moon.content == "The Moon circles the Earth.\nPhases.\nIt waxes and wanes."
    assert moon.url == "https://en.wikipedia.org/wiki?curid=7"


def test_escaped_titles_and_texts_are_resolved(tmp_path: Path):
    items = read(tmp_path, block(1, "Heckler &amp; Koch &quot;G3&quot;", "AT&amp;T &lt; 5 &gt; 3"))
    assert isinstance(items[0], Document)
    assert items[0].title == 'Heckler & Koch "G3"'
    assert items[0].content == "AT&T < 5 > 3"


def test_a_text_that_was_not_escaped_is_left_alone(tmp_path: Path):
    items = read(tmp_path, block(1, "R&D", "AT&T wrote &lt; for less-than."))
    assert isinstance(items[0], Document)
    assert items[0].content == "AT&T wrote &lt; for less-than."


def test_an_empty_document_is_told_by_its_id_and_title(tmp_path: Path):
    assert [(i.where, i.reason, i.detail) for i in read(tmp_path, WIKI_BLOCKS) if isinstance(i, Rejected)] == [
        ("9", "empty", "Nothing")
    ]


def test_a_revision_is_kept(tmp_path: Path):
    items = read(tmp_path, block(1, "Moon", "Round.", extra=' revid="55"'))
    assert isinstance(items[0], Document)
    assert items[0].revision == "55"


@pytest.mark.parametrize(
    ("host", "key", "language"),
    [
        ("en.wikipedia.org", "enwiki", "en"),
        ("zh.wikipedia.org", "zhwiki", "zh"),
        ("zh-min-nan.wikipedia.org", "zh_min_nanwiki", "nan"),
        ("simple.wiktionary.org", "simplewiktionary", "en"),
    ],
)
def test_the_wiki_is_known_from_the_address(tmp_path: Path, host: str, key: str, language: str):
    path = tmp_path / "wiki_00"
    path.write_text(block(1, "Moon", "Round.", host))
    with FORMAT.open(path, SourceOptions()) as source:
        about = source.source
    assert (about.key, about.language, about.licence) == (key, language, "CC-BY-SA-3.0")
    assert host in about.attribution


def test_an_address_of_no_known_wiki_leaves_the_name_of_the_file(tmp_path: Path):
    path = tmp_path / "wiki_00"
    path.write_text(block(1, "Moon", "Round.", "wiki.example.com"))
    with FORMAT.open(path, SourceOptions()) as source:
        assert (source.source.key, source.source.licence) == ("wiki_00", "")


def test_a_document_without_an_end_is_rejected_and_the_next_one_stays(tmp_path: Path):
    broken = block(1, "Moon", "Round.").replace("</doc>\n", "") + block(2, "Sun", "Shines.")
    items = read(tmp_path, broken)
    assert [getattr(i, "reason", "") or i.path for i in items] == ["truncated", "2"]


def test_a_file_that_breaks_off_keeps_what_came_before(tmp_path: Path):
    items = read(tmp_path, block(1, "Moon", "Round.") + block(2, "Sun", "Shines.")[:60])
    assert [getattr(i, "reason", "") or i.path for i in items] == ["1", "truncated"]


def test_bytes_between_documents_are_told_with_their_place(tmp_path: Path):
    first = block(1, "Moon", "Round.")
    items = read(tmp_path, first + "stray\n" + block(2, "Sun", "Shines."))
    assert [i.where for i in items if isinstance(i, Rejected)] == [f"wiki_00:{len(first) - 1}"]
    assert [i.reason for i in items if isinstance(i, Rejected)] == ["not-an-article"]


def test_a_tag_in_mid_line_ends_nothing(tmp_path: Path):
    items = read(tmp_path, block(1, "XML", 'Write </doc> and <doc id="5"> in a line.'))
    assert isinstance(items[0], Document)
    assert items[0].content == 'Write </doc> and <doc id="5"> in a line.'


def test_a_text_that_is_not_utf8_is_rejected_alone(tmp_path: Path):
    items = read(tmp_path, block(1, "Moon", "Round.").encode() + block(2, "Sun", "Sh\xefnes").encode("latin-1"))
    assert [getattr(i, "reason", "") or i.path for i in items] == ["1", "bad-encoding"]


def test_control_characters_are_dropped(tmp_path: Path):
    items = read(tmp_path, block(1, "Moon", "Ro\x00und\x1f."))
    assert isinstance(items[0], Document)
    assert items[0].content == "Round."


def test_documents_larger_than_a_chunk_come_out_whole_and_too_large_ones_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(wikiextractor, "CHUNK", 100)
    monkeypatch.setattr(wikiextractor, "MAX_DOCUMENT", 5000)
    text = block(1, "Moon", "x" * 1000) + block(2, "Sun", "y" * 20000) + block(3, "Sky", "z" * 300)
    items = read(tmp_path, text)
    assert [i.path for i in items if isinstance(i, Document)] == ["1", "3"]
    assert "too-large" in [i.reason for i in items if isinstance(i, Rejected)]


@pytest.mark.parametrize("chunk", range(1, 60, 7))
def test_the_size_of_the_pieces_changes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, chunk: int):
    text = block(1, "Moon", "Round.") + "stray\n" + block(2, "Sun", "Shines.") + WIKI_BLOCKS
    whole = read(tmp_path, text)
    monkeypatch.setattr(wikiextractor, "CHUNK", chunk)
    pieces = read(tmp_path, text)
    assert [i for i in pieces if isinstance(i, Document)] == [i for i in whole if isinstance(i, Document)]


def test_a_packed_archive_of_many_files_is_one_wiki(tmp_path: Path):
    path = tmp_path / "AA.tar.xz"
    files = {f"AA/wiki_0{n}": block(n, f"Page {n}", "Text.").encode() for n in range(3)}
    path.write_bytes(lzma.compress(tar_of(files)))
    with open_source(path) as source:
        assert (source.source.key, source.source.format) == ("enwiki", "wikiextractor")
        assert [i.path for i in source.read() if isinstance(i, Document)] == ["0", "1", "2"]
        assert source.position == source.size


def test_a_folder_that_holds_packed_archives_is_one_wiki(tmp_path: Path):
    for n, name in enumerate(("AA", "AB")):
        files = {f"{name}/wiki_00": block(n, f"Page {n}", "Text.").encode()}
        (tmp_path / f"{name}.tar.xz").write_bytes(lzma.compress(tar_of(files)))
    with open_source(tmp_path) as source:
        assert source.source.key == "enwiki"
        assert [i.path for i in source.read() if isinstance(i, Document)] == ["0", "1"]
