"""The reader of MediaWiki dumps: one value a page, whatever the packing, the schema or the damage."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from galactica.errors import InputError
from galactica.model import Document, Redirect, Rejected
from galactica.sources import mediawiki, mediawiki_streams, mediawiki_xml
from galactica.sources.contract import HEAD_BYTES, Item, SourceOptions
from galactica.sources.mediawiki_redirects import redirect_target

SITE = """<siteinfo><sitename>Testpedia</sitename><dbname>testwiki</dbname>
<base>https://xx.wikipedia.org/wiki/Main_Page</base><case>first-letter</case>
<namespaces><namespace key="0" case="first-letter" /><namespace key="10">Vorlage</namespace>
<namespace key="14">Kategorie</namespace></namespaces></siteinfo>"""


def page(
    title: str,
    text: str,
    *,
    ns: int | None = 0,
    model: str = "wikitext",
    extra: str = "",
    stamp: str = "2020-01-02T03:04:05Z",
) -> str:
    number = "" if ns is None else f"<ns>{ns}</ns>"
    return (
        f"<page><title>{escape(title)}</title>{number}<id>1</id>{extra}<revision><id>7</id>"
        f"<timestamp>{stamp}</timestamp><contributor><username>A</username><id>99</id></contributor>"
        f"<model>{model}</model><format>text/x-wiki</format>"
        f'<text xml:space="preserve">{escape(text)}</text></revision></page>'
    )


def dump(*pages: str, site: str = SITE, version: str = "0.10", language: str = "de") -> str:
    return (
        f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-{version}/" version="{version}" '
        f'xml:lang="{language}">{site}{"".join(pages)}</mediawiki>\n'
    )


def read(tmp_path: Path, data: bytes, options: SourceOptions | None = None, name: str = "d.xml") -> list[Item]:
    path = tmp_path / name
    path.write_bytes(data)
    with mediawiki.open_dump(path, options or SourceOptions()) as source:
        return list(source.read())


def reasons(items: list[Item]) -> list[str]:
    return [item.reason if isinstance(item, Rejected) else type(item).__name__ for item in items]


def test_an_article_carries_its_path_address_revision_and_site(tmp_path: Path) -> None:
    [item] = read(tmp_path, dump(page("Große Stadt", "'''Text''' & mehr")).encode())
    assert isinstance(item, Document)
    assert (item.source, item.path, item.title, item.markup) == ("testwiki", "Große_Stadt", "Große Stadt", "wikitext")
    assert item.content == "'''Text''' & mehr"
    assert item.url == "https://xx.wikipedia.org/wiki/Gro%C3%9Fe_Stadt"
    assert (item.revision, item.modified) == ("7", "2020-01-02T03:04:05Z")
    assert item.site is not None
    assert ("kategorie", 14) in item.site.namespaces
    assert item.site.language == "de"


PACKINGS = {
    "plain": lambda data: data,
    "bzip2": bz2.compress,
    "gzip": gzip.compress,
    "xz": lzma.compress,
    "multistream bzip2": lambda data: bz2.compress(data[:300]) + bz2.compress(data[300:]),
    "gzip members": lambda data: gzip.compress(data[:300]) + gzip.compress(data[300:]) + b"\0" * 512,
    "xz streams": lambda data: lzma.compress(data[:300]) + lzma.compress(data[300:]),
}


@pytest.mark.parametrize("packing", PACKINGS)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_every_packing_and_encoding_reads_the_same(tmp_path: Path, packing: str, encoding: str) -> None:
    pages = [page("Größe", "ä" * 50), page("Vorlage:X", "y", ns=10), page("B", "#REDIRECT [[größe]]")]
    data = PACKINGS[packing](dump(*pages).encode(encoding))
    items = read(tmp_path, data)
    assert reasons(items) == ["Document", "not-an-article", "Redirect"]
    assert mediawiki.recognise(tmp_path / "d.xml", data[:HEAD_BYTES]) >= 90


@pytest.mark.parametrize("version", ["0.3", "0.4", "0.5", "0.6", "0.8", "0.10", "0.11"])
def test_every_schema_is_read(tmp_path: Path, version: str) -> None:
    numbered = version not in ("0.3", "0.4", "0.5")
    pages = [page("A", "x", ns=0 if numbered else None), page("Vorlage:A", "x", ns=10 if numbered else None)]
    assert reasons(read(tmp_path, dump(*pages, version=version).encode())) == ["Document", "not-an-article"]


def test_other_slots_of_a_revision_do_not_replace_its_text(tmp_path: Path) -> None:
    slot = "<content><role>mediainfo</role><model>wikibase-mediainfo</model><text>{}</text></content>"
    text = page("A", "the text").replace("</revision>", slot + "</revision>")
    [item] = read(tmp_path, dump(text, version="0.11").encode())
    assert isinstance(item, Document)
    assert item.content == "the text"


def test_the_redirect_mark_wins_and_the_target_gets_a_capital(tmp_path: Path) -> None:
    marked = page("A", "#WEITERLEITUNG [[b c#Teil]]", extra='<redirect title="b c" />')
    [item] = read(tmp_path, dump(marked).encode())
    assert item == Redirect(source="testwiki", path="A", title="A", target="B_c")


@pytest.mark.parametrize(
    "text",
    [
        "#REDIRECT [[Ziel]]",
        "#redirect: [[:Ziel#x|y]]",
        " #WEITERLEITUNG[[Ziel]]",
        "#перенаправление [[Ziel]]",
        "#重定向 [[Ziel]]",
        "#ĐỔI [[Ziel]]",
    ],
)
def test_redirects_are_known_in_many_languages(text: str) -> None:
    assert (redirect_target(text) or "").partition("#")[0] == "Ziel"


def test_a_numbered_list_is_no_redirect() -> None:
    assert redirect_target("#Foo [[bar]]") is None


@pytest.mark.parametrize(
    ("one", "reason"),
    [
        (page("A", "  \n"), "empty"),
        (page("A", "x").replace("</page>", "").split("<revision>")[0] + "</page>", "empty"),
        (page("A", "{}", model="json"), "unsupported-model"),
        (page("A", "x", model="css"), "unsupported-model"),
        (page("Q1", "{}", model="wikibase-item"), "bad-row"),
        (page("Lexeme:L1", "no JSON", ns=146, model="wikibase-lexeme"), "bad-row"),
        (page("Talk:A", "x", ns=1), "not-an-article"),
        (page("A/../B", "x"), "bad-path"),
        (page("/dev", "x"), "bad-path"),
        (page("", "x"), "bad-path"),
        (page("A\tB", "x"), "bad-path"),
        (page("A\nB", "x"), "bad-path"),
        (page("é" * 1100, "x"), "bad-path"),
        (page("A", "#REDIRECT [[#here]]"), "broken-redirect"),
        ("<logitem><id>1</id><logtitle>X</logtitle></logitem>", "not-an-article"),
    ],
)
def test_what_is_no_article_is_rejected_with_its_reason(tmp_path: Path, one: str, reason: str) -> None:
    assert reasons(read(tmp_path, dump(one).encode())) == [reason]


def test_the_latest_of_several_revisions_is_taken_once(tmp_path: Path) -> None:
    def revision(stamp: str, text: str) -> str:
        return page("A", text, stamp=stamp).split("</id>", 1)[1].removesuffix("</page>")

    both = (
        "<page><title>A</title><ns>0</ns><id>1</id>"
        + revision("2021-01-01T00:00:00Z", "new")
        + revision("2020-01-01T00:00:00Z", "old")
        + "</page>"
    )
    [item] = read(tmp_path, dump(both).encode())
    assert isinstance(item, Document)
    assert item.content == "new"


@pytest.mark.parametrize("pack", [bytes, bz2.compress, gzip.compress, lzma.compress])
def test_a_dump_cut_anywhere_ends_as_truncated_after_its_whole_pages(tmp_path: Path, pack: object) -> None:
    text = dump(*(page(f"P{i}", f"text {i * 7919} " * 40) for i in range(30)))
    data = pack(text.encode())  # type: ignore[operator]
    whole = read(tmp_path, data)
    assert len(whole) == 30
    for cut in range(len(data) // 2, len(data) - 20, max(1, len(data) // 40)):
        try:
            items = read(tmp_path, data[:cut])
        except InputError:
            continue  # not even the head of the dump could be unpacked
        assert reasons(items)[-1] == "truncated"
        assert items[:-1] == whole[: len(items) - 1]


def test_pages_of_a_truncated_dump_are_all_counted(tmp_path: Path) -> None:
    text = dump(page("A", "x"), page("B", "y" * 100))
    items = read(tmp_path, text[: text.index("y" * 50)].encode())
    assert reasons(items) == ["Document", "truncated"]
    assert isinstance(items[-1], Rejected)
    assert items[-1].where == "B"


BOMB = '<!DOCTYPE mediawiki [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE mediawiki [<!ENTITY x SYSTEM "file:///etc/hostname">]>'


@pytest.mark.parametrize("declaration", [BOMB, OUTSIDE])
def test_declared_entities_stop_the_reading(tmp_path: Path, declaration: str) -> None:
    with pytest.raises(InputError):
        read(tmp_path, (declaration + dump(page("A", "x").replace("x", "&b;"))).encode())


def test_elements_nested_without_end_cost_their_page_alone(tmp_path: Path) -> None:
    text = dump(page("A", "x"), "<page>" + "<a>" * 1000, page("B", "x"))
    assert reasons(read(tmp_path, text.encode())) == ["Document", "malformed", "Document"]


def test_a_tag_without_end_is_not_held_in_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mediawiki_xml, "MAX_TOKEN", 10_000)
    monkeypatch.setattr(mediawiki_xml, "FEED", 4096)
    text = dump(page("A", "x")).removesuffix("</mediawiki>\n") + "<!--" + "x" * 100_000
    assert reasons(read(tmp_path, text.encode())) == ["Document", "malformed", "truncated"]


def test_a_page_over_the_limit_is_rejected_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mediawiki, "MAX_DOCUMENT", 1000)
    items = read(tmp_path, dump(page("A", "ü" * 501), page("B", "ü" * 500)).encode())
    assert reasons(items) == ["too-large", "Document"]


def test_a_packed_bomb_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mediawiki_streams, "BOMB_BYTES", 100_000)
    monkeypatch.setattr(mediawiki_streams, "BOMB_RATIO", 100)
    text = dump(page("A", "x")).removesuffix("</mediawiki>\n")
    data = bz2.compress(text.encode()) + bz2.compress(b" " * 3_000_000)
    assert reasons(read(tmp_path, data)) == ["Document", "too-large"]


@pytest.mark.parametrize("flip", range(40, 2000, 97))
def test_damaged_bytes_never_raise(tmp_path: Path, flip: int) -> None:
    data = bytearray(gzip.compress(dump(*(page(f"P{i}", f"{i * 7919}") for i in range(200))).encode()))
    data[flip % len(data)] ^= 0x55
    try:
        items = read(tmp_path, bytes(data))
    except InputError:
        return
    assert items


@pytest.mark.parametrize("data", [b"", b"<html></html>", b"BZh91AY&SY", b"\x1f\x8b\x08", b"<mediawiki", b"\xff\xfe"])
def test_what_is_no_dump_is_one_clear_error(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(InputError) as caught:
        read(tmp_path, data)
    assert caught.value.remedy


@pytest.mark.parametrize(
    "data", [b"", b"<html><mediawiki></html>", b"BZh", gzip.compress(b"plain words", mtime=0), b"text"]
)
def test_other_files_are_not_recognised(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "x.xml.bz2"
    path.write_bytes(data)
    assert mediawiki.recognise(path, data) == 0


def test_a_large_bzip2_block_is_recognised_although_its_head_unpacks_to_nothing(tmp_path: Path) -> None:
    noise = "".join(f"{i * 2654435761 % 2**32:08x}" for i in range(20_000))
    path = tmp_path / "x.bz2"
    path.write_bytes(bz2.compress(dump(page("A", noise)).encode()))
    assert mediawiki.recognise(path, path.read_bytes()[:HEAD_BYTES]) >= 90


def test_the_source_is_described_by_the_dump_and_the_person(tmp_path: Path) -> None:
    path = tmp_path / "testwiki-20230405-pages-articles.xml"
    path.write_text(dump(page("A", "x"), language="zh-classical"))
    with mediawiki.open_dump(path, SourceOptions()) as opened:
        source = opened.source
    assert (source.key, source.language, source.date) == ("testwiki", "lzh", "2023-04-05")
    assert (source.licence, source.url) == ("CC-BY-SA-4.0", "https://xx.wikipedia.org/")
    with mediawiki.open_dump(path, SourceOptions(key="k", title="T", language="fr", licence="CC0-1.0")) as opened:
        source = opened.source
    assert (source.key, source.title, source.language, source.licence) == ("k", "T", "fr", "CC0-1.0")


def test_without_a_database_name_the_key_comes_from_the_host_then_from_the_file(tmp_path: Path) -> None:
    path = tmp_path / "mywiki-20230405-pages-articles.xml"
    path.write_text(dump(page("A", "x"), site=SITE.replace("<dbname>testwiki</dbname>", "")))
    with mediawiki.open_dump(path, SourceOptions()) as opened:
        assert opened.source.key == "xxwiki"
    path.write_text(dump(page("A", "x"), site=""))
    with mediawiki.open_dump(path, SourceOptions()) as opened:
        assert opened.source.key == "mywiki"
        assert opened.source.licence == ""
        assert reasons(list(opened.read())) == ["Document"]


def test_reading_twice_gives_the_same(tmp_path: Path) -> None:
    data = dump(*(page(f"P{i}", "x" * i) for i in range(20))).encode()
    assert read(tmp_path, data) == read(tmp_path, data)


def test_the_position_reaches_the_size(tmp_path: Path) -> None:
    path = tmp_path / "d.xml"
    path.write_text(dump(page("A", "x")))
    with mediawiki.open_dump(path, SourceOptions()) as opened:
        list(opened.read())
        assert opened.position == opened.size == path.stat().st_size
