"""Damaged dumps: one odd byte costs one page at most, and what was given up is told."""

from __future__ import annotations

import bz2
import gzip
import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.model import Document, Rejected
from galactica.sources import mediawiki, mediawiki_repair, mediawiki_salvage
from galactica.sources.contract import Item
from galactica.sources.mediawiki_events import DumpPage
from galactica.sources.mediawiki_repair import repaired
from galactica.sources.mediawiki_xml import ExportParser
from tests.properties import examples
from tests.sources.test_mediawiki import SITE, dump, page, read


def texts(items: list[Item]) -> dict[str, str]:
    return {item.path: item.content for item in items if isinstance(item, Document)}


def given_up(items: list[Item]) -> list[tuple[str, str]]:
    return [(item.where, item.reason) for item in items if isinstance(item, Rejected)]


def three(middle: str) -> bytes:
    """A dump whose second page is `middle`."""
    return dump(page("Erde", "Die Erde kreist."), middle, page("Mond", "Der Mond scheint.")).encode()


HARBOUR = page("Hafen", "Der HIER Hafen.")
CONTROLS = [*range(9), 11, 12, *range(14, 32)]


@pytest.mark.parametrize("code", CONTROLS)
def test_a_control_character_costs_itself_alone(tmp_path: Path, code: int) -> None:
    items = read(tmp_path, three(HARBOUR.replace("HIER", chr(code))))
    assert texts(items) == {"Erde": "Die Erde kreist.", "Hafen": "Der  Hafen.", "Mond": "Der Mond scheint."}
    assert given_up(items) == []
    assert [dict(item.dropped) for item in items if isinstance(item, Document)] == [{}, {"damaged-xml": 1}, {}]


@pytest.mark.parametrize(
    ("odd", "read_as"),
    [
        (b"\xff", "\ufffd"),
        (b"\xe4", "\ufffd"),  # a letter of latin-1
        (b"\xed\xa0\x80", "\ufffd\ufffd\ufffd"),  # half of a surrogate pair
        (b"a & b", "a & b"),
        (b"AT&T;", "AT&T;"),
        (b"&nbsp;", "&nbsp;"),
        (b"&unheard;", "&unheard;"),
        (b"&", "&"),
        (b"&#0;", ""),
        (b"&#xFFFE;", ""),
        (b"&#99999999;", ""),
        (b"&#xD800;", ""),
        (b"1 < 2", "1 < 2"),
        (b"<", "<"),
        (b"<ref>Note</ref>", "<ref>Note</ref>"),
        (b"<br/>", "<br/>"),
        (b"<id>", "<id>"),
        (b"</revision>", "</revision>"),
        (b"<!-- a remark", "<!-- a remark"),
        (b"<![CDATA[ x", "<![CDATA[ x"),
        (b"<?php", "<?php"),
        (b"]]>", "]]>"),
        (b"\xef\xbf\xbf", ""),
    ],
)
def test_what_xml_forbids_in_a_text_is_read_as_it_was_meant(tmp_path: Path, odd: bytes, read_as: str) -> None:
    items = read(tmp_path, three(HARBOUR).replace(b"HIER", odd))
    assert texts(items) == {"Erde": "Die Erde kreist.", "Hafen": f"Der {read_as} Hafen.", "Mond": "Der Mond scheint."}
    assert given_up(items) == []


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("</title>", ""),
        ("</id>", ""),
        ("</timestamp>", ""),
        ("</username>", ""),
        ("</contributor>", ""),
        ("</revision>", ""),
        ("</page>", ""),
        ("</contributor>", "</contributor></contributor>"),
        ("<contributor>", "<contributor><contributor>"),
        ('xml:space="preserve"', 'xml:space="preserve" xml:space="preserve"'),
        ('xml:space="preserve"', 'xml:space="preserve'),
        ('xml:space="preserve"', "xml:space=preserve"),
    ],
)
def test_a_tag_that_is_missing_or_doubled_does_not_cost_the_page(tmp_path: Path, good: str, bad: str) -> None:
    items = read(tmp_path, three(HARBOUR.replace(good, bad)))
    assert list(texts(items)) == ["Erde", "Hafen", "Mond"]
    assert texts(items)["Hafen"] == "Der HIER Hafen."


@pytest.mark.parametrize(
    "bad",
    [
        HARBOUR.replace("</text>", ""),
        HARBOUR.replace("</text>", "").replace("</revision>", ""),
        HARBOUR.partition("HIER")[0],
        HARBOUR.replace("<title>", "<title").replace("</title>", ""),
    ],
)
def test_a_page_that_cannot_be_put_right_is_given_up_alone(tmp_path: Path, bad: str) -> None:
    items = read(tmp_path, three(bad))
    assert list(texts(items)) == ["Erde", "Mond"]
    assert [reason for _, reason in given_up(items)] == ["malformed"]


def test_a_page_without_a_revision_is_empty_and_the_next_is_read(tmp_path: Path) -> None:
    items = read(tmp_path, three("<page><title>Hafen</title><ns>0</ns><id>3</id></page>"))
    assert given_up(items) == [("Hafen", "empty")]
    assert list(texts(items)) == ["Erde", "Mond"]


def test_names_of_html_in_a_title_are_the_characters_they_name(tmp_path: Path) -> None:
    items = read(tmp_path, three(HARBOUR.replace("<title>Hafen", "<title>Caf&eacute; &amp; H&uuml;tte")))
    assert "Café_&_Hütte" in texts(items)


def test_every_page_may_be_damaged(tmp_path: Path) -> None:
    pages = [page(f"P{n}", f"text {n} \x02 & so on").replace("&amp;", "&") for n in range(300)]
    items = read(tmp_path, dump(*pages).encode())
    assert len(texts(items)) == 300
    assert texts(items)["P7"] == "text 7  & so on"


@pytest.mark.parametrize(
    "between",
    [
        "\x00",
        "</page>",
        "words that belong nowhere",
        "<!-- a remark without an end ",
        "<page",
        '<?xml version="1.0"?>',
        f'</mediawiki>\n<?xml version="1.0"?>\n<mediawiki xml:lang="de">{SITE}',
        f"<mediawiki>{SITE}",
    ],
)
def test_what_stands_between_pages_does_not_cost_one(tmp_path: Path, between: str) -> None:
    assert list(texts(read(tmp_path, three(between)))) == ["Erde", "Mond"]


def test_pages_that_hold_nothing_that_ends_are_told_without_being_parsed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed = []
    repaired_once = mediawiki_repair.repaired
    monkeypatch.setattr(
        mediawiki_repair,
        "repaired",
        lambda raw, *more: parsed.append(raw) or repaired_once(raw, *more),
    )
    items = read(tmp_path, three("<page>" * 500 + "<page><title>" * 500))
    assert list(texts(items)) == ["Erde", "Mond"]
    assert len(given_up(items)) == 1000
    assert not parsed


def test_two_dumps_of_a_wiki_joined_are_one(tmp_path: Path) -> None:
    items = read(tmp_path, dump(page("Erde", "x")).encode() * 2 + dump(page("Mond", "y")).encode())
    assert [type(item).__name__ for item in items] == ["Document"] * 3
    assert given_up(items) == []


def test_the_dump_of_another_wiki_behind_the_first_is_told_and_not_mixed_in(tmp_path: Path) -> None:
    other = dump(page("Lune", "x"), site=SITE.replace("testwiki", "otherwiki"))
    items = read(tmp_path, dump(page("Erde", "x")).encode() + other.encode())
    assert list(texts(items)) == ["Erde"]
    assert [reason for _, reason in given_up(items)] == ["unsupported"]


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ("Testpedia", "Test & Pedia"),
        ("Testpedia", "Test\x01pedia"),
        ("</namespace>", ""),
        ("</siteinfo>", ""),
        ("</sitename>", ""),
        ("<mediawiki ", "\n<mediawiki "),
        ("<mediawiki ", '<?xml version="1.0"?>\n<?xml version="1.0"?><mediawiki '),
        ("<mediawiki ", '\n\n<?xml version="1.0"?><mediawiki '),
    ],
)
def test_a_damaged_head_costs_no_page(tmp_path: Path, good: str, bad: str) -> None:
    text = dump(page("Erde", "x"), page("Kategorie:Y", "z", ns=14)).replace(good, bad)
    items = read(tmp_path, text.encode())
    assert list(texts(items)) == ["Erde"]
    assert given_up(items) == [("Kategorie:Y", "not-an-article")]
    assert [item.source for item in items] == ["testwiki", "testwiki"]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "iso-8859-1", "windows-1252", "gb18030", "koi8-r"])
def test_damage_in_other_encodings_is_survived(tmp_path: Path, encoding: str) -> None:
    declaration = f'<?xml version="1.0" encoding="{encoding[:6] if encoding.startswith("utf-16") else encoding}"?>'
    name = {"koi8-r": "Земля", "gb18030": "地球"}.get(encoding, "Größe")
    text = declaration + dump(page(name, f"{name} \x03 & <x").replace("&amp;", "&"), page("Mond", "y"))
    items = read(tmp_path, text.encode(encoding))
    assert texts(items) == {name: f"{name}  & <x", "Mond": "y"}


def members(pack: object, damage: int) -> bytes:
    """A dump in three packed streams, as multistream dumps are, the second of them damaged."""
    pages = [page(f"P{n}", f"text {n * 7919} " * 40) for n in range(30)]
    whole = dump(*pages)
    head, tail = whole[: whole.index(pages[0])], whole[whole.rindex("</page>") + len("</page>") :]
    parts = [head + "".join(pages[:10]), "".join(pages[10:20]), "".join(pages[20:]) + tail]
    packed = [bytearray(pack(part.encode())) for part in parts]  # type: ignore[operator]
    packed[1][damage % len(packed[1])] ^= 0x10
    return b"".join(packed)


@pytest.mark.parametrize("pack", [bz2.compress, gzip.compress, lzma.compress])
@pytest.mark.parametrize("damage", [0, 12, 100, 150, -3])
def test_a_damaged_stream_of_many_loses_only_itself(tmp_path: Path, pack: object, damage: int) -> None:
    items = read(tmp_path, members(pack, damage), name="d.xml.bz2")
    found = texts(items)
    assert {f"P{n}" for n in (*range(10), *range(20, 30))} <= set(found)
    assert all(text == f"text {int(path[1:]) * 7919} " * 40 for path, text in found.items())
    assert "checksum" in [reason for _, reason in given_up(items)]


def test_a_page_that_damage_in_a_stream_cuts_is_named(tmp_path: Path) -> None:
    whole = dump(page("Erde", "x"), page("Mond", "y" * 5000), page("Sonne", "z"))
    cut, end = whole.index("yyyy") + 50, whole.index("<page><title>Sonne")
    middle = bytearray(bz2.compress(whole[cut:end].encode()))
    middle[30] ^= 1
    items = read(tmp_path, bz2.compress(whole[:cut].encode()) + bytes(middle) + bz2.compress(whole[end:].encode()))
    assert list(texts(items)) == ["Erde", "Sonne"]
    assert given_up(items) == [("Mond", "checksum")]


def test_a_damaged_page_over_the_bound_is_given_up_without_being_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mediawiki, "MAX_DOCUMENT", 1000)
    monkeypatch.setattr(mediawiki, "PAGE_SLACK", 1000)
    monkeypatch.setattr(mediawiki_salvage, "PAGE_SLACK", 1000)
    data = dump(page("A", "\x02x"), page("B", "x" * 2_000_000), page("C", "y\x02")).encode()
    items = read(tmp_path, data)
    assert texts(items) == {"A": "x", "C": "y"}
    assert given_up(items) == [("B", "too-large")]


def test_a_damaged_dump_reads_the_same_however_it_is_cut_into_pieces(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = dump(*(page(f"P{n}", "x \x02 & < " * n) for n in range(40))).encode()
    whole = read(tmp_path, data)
    for size in (1, 7, 64, 1000):
        monkeypatch.setattr("galactica.sources.mediawiki_streams.CHUNK", size)
        assert read(tmp_path, data) == whole


def test_only_declared_encodings_that_are_known_are_taken(tmp_path: Path) -> None:
    with pytest.raises(InputError):
        read(tmp_path, b'<?xml version="1.0" encoding="punycode"?>' + dump(page("A", "x")).encode())


@examples(150)
@given(place=st.integers(0, 10**6), odd=st.binary(max_size=6), cut=st.integers(0, 5))
def test_whatever_happens_to_a_page_its_neighbours_are_read(
    tmp_path_factory: pytest.TempPathFactory, place: int, odd: bytes, cut: int
) -> None:
    middle = bytearray(HARBOUR.encode())
    place %= len(middle)
    middle[place : place + cut] = odd
    data = three("MIDDLE").replace(b"MIDDLE", bytes(middle))
    found = texts(read(tmp_path_factory.mktemp("d"), data))
    assert found["Erde"] == "Die Erde kreist."
    assert found["Mond"] == "Der Mond scheint."


@given(st.binary(max_size=400))
def test_what_was_put_right_can_be_read(inside: bytes) -> None:
    raw = b"<page><title>A</title><revision><text>" + inside + b"</text></revision></page>"
    better = repaired(raw)
    assert better is not None
    parser = ExportParser(10**6)
    found = [e for piece in (b"<mediawiki>", better[0]) for e in parser.feed(piece) if isinstance(e, DumpPage)]
    assert len(found) == 1
