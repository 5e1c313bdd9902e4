"""Word documents of 97 to 2003."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from galactica.errors import InputError
from tests.sources.office import words
from tests.sources.office.containers import compound_of
from tests.sources.office.decks import held, record
from tests.sources.office.made import PNG
from tests.sources.office.reading import body, items, media, single
from tests.sources.office.words import MARK, Style, doc, link, listed, para, row

HEADINGS = (Style("Normal", 0), Style("heading 1", 1), Style("Überschrift 2", 2, based=0), Style("Title", 62))


def read(tmp_path: Path, raw: bytes) -> str:
    return body(single(tmp_path, "a.doc", raw))


def test_letters_are_marked_by_themselves_their_styles_and_their_places(tmp_path: Path):
    styles = (Style("Normal", 0), Style("Strong", letters=words.BOLD, of_letters=True))
    strong = struct.pack("<HH", 0x4A30, 1)
    not_so = strong + struct.pack("<HB", 0x0835, 129)
    higher = struct.pack("<Hh", 0x4845, 12)
    text = para(
        "H", ("2", words.SUB), "O, ", ("new", strong), ("er", not_so), (" old", words.STRUCK), ", 10", ("4", higher)
    )
    assert read(tmp_path, doc([text], styles=styles)) == (
        "<p>H<sub>2</sub>O, <b>new</b>er<s> old</s>, 10<sup>4</sup></p>"
    )


def test_headings_are_told_by_their_numbers_names_and_levels_and_a_title_is_the_title(tmp_path: Path):
    styles = (*HEADINGS, Style("Part", based=1), Style("Deep", paragraph=struct.pack("<HB", 0x2640, 2)))
    raw = doc([para("Tides", style=3), para("One", style=1), para("Two", style=2), para("Three", style=4),
               para("Four", style=5), para("Five", about=struct.pack("<HB", 0x2640, 0))], styles=styles)  # fmt: skip
    found = single(tmp_path, "a.doc", raw)
    assert found.title == "Tides"
    assert body(found) == "<h2>One</h2>\n<h3>Two</h3>\n<h2>Three</h2>\n<h4>Four</h4>\n<h2>Five</h2>"


def level(text: str, form: int, start: int = 1) -> bytes:
    found = struct.pack("<iBB", start, form, 0) + bytes(22) + struct.pack("<H", len(text))
    return found + text.encode("utf-16-le")


def test_lists_are_numbered_as_the_document_says(tmp_path: Path):
    levels = level("\0.", 0, 4) + level("\1)", 4) + level("§ \0.\2", 0) + level("\uf0b7", 23) * 6
    lists = struct.pack("<HIi18xBB", 1, 77, 0, 0, 0) + levels
    overrides = struct.pack("<IIIIBBBB", 1, 77, 0, 0, 0, 0, 0, 0) + b"\xff" * 4
    paras = [
        para("Close", about=listed(1)), para("left", about=listed(1, 1)), para("right", about=listed(1, 1)),
        para("Scope", about=listed(1, 2)), para("Pump", about=listed(1)), para("dot", about=listed(1, 3)),
        para("Out", about=listed(0)),
    ]  # fmt: skip
    assert read(tmp_path, doc(paras, lists=lists, overrides=overrides)) == (
        '<ol start="4"><li>Close<ol type="a"><li>left</li><li>right</li></ol></li></ol>\n<p>§ 4.1 Scope</p>\n'
        '<ol start="5"><li>Pump<ul><li>dot</li></ul></li></ol>\n<p>Out</p>'
    )


def test_tables_have_merged_cells_heads_and_tables_in_them(tmp_path: Path):
    rows = [*row("Drug", "Dose", merged=(0x60, 0), head=True), *row("", "child", merged=(0x20, 0)),
            *row("Both", edges=(0, 2000))]  # fmt: skip
    assert read(tmp_path, doc([*rows, para("After.")])) == (
        '<table><thead><tr><th scope="col" rowspan="2">Drug</th><th scope="col">Dose</th></tr></thead>'
        '<tbody><tr><td>child</td></tr><tr><td colspan="2">Both</td></tr></tbody></table>\n<p>After.</p>'
    )
    inner = words.IN_TABLE + struct.pack("<Hi", 0x6649, 2)
    nested = [
        para("in", about=inner + struct.pack("<HB", 0x244B, 1)),
        para(about=inner + struct.pack("<HB", 0x244C, 1)),
    ]
    first, end = row("out")
    assert read(tmp_path, doc([*nested, first, end])) == (
        "<table><tbody><tr><td><table><tbody><tr><td>in</td></tr></tbody></table>\n<p>out</p></td></tr></tbody></table>"
    )


def test_what_was_deleted_or_is_hidden_is_counted_and_paragraphs_are_joined(tmp_path: Path):
    rows = [*row("Ward 1", "12"), *row("Ward 9", "99", deleted=True)]
    raw = doc([para("Give ", ("50", words.DELETED), ("5", words.INSERTED), (" aside", words.HIDDEN), " mg",
                    end_about=words.DELETED), para(" a day."), *rows])  # fmt: skip
    found = single(tmp_path, "a.doc", raw)
    assert body(found) == "<p>Give 5 mg a day.</p>\n<table><tbody><tr><td>Ward 1</td><td>12</td></tr></tbody></table>"
    assert found.dropped == (("office:deleted-row", 1), ("office:deleted-text", 1), ("office:hidden-text", 1))


def test_fields_show_what_they_showed_and_links_lead(tmp_path: Path):
    inner = [(words.BEGIN, MARK), (" PAGE ", b""), (words.PARTED, MARK), ("7", b""), (words.END, MARK)]
    raw = doc([
        para("See ", link("https://example.org/a", "the list"), " on ", inner, "."),
        para([(words.BEGIN, MARK), (' REF Here \\h ', b""), (words.PARTED, MARK), ("there", b""), (words.END, MARK)]),
        para([(words.BEGIN, MARK), (" EQ \\f(1;2) ", b""), (words.END, MARK)], "half"),
    ], bookmarks=[("Here", 0)])  # fmt: skip
    found = single(tmp_path, "a.doc", raw)
    assert body(found) == (
        '<p><span id="at-Here"></span>See <a href="https://example.org/a">the list</a> on 7.</p>\n'
        '<p><a href="#at-Here">there</a></p>\n<p>half</p>'
    )
    assert found.dropped == (("office:field-text", 1),)


def test_notes_and_comments_stand_where_their_marks_are(tmp_path: Path):
    raw = doc(
        [para("Sank", ("\x02", MARK), " in 1912", ("\x02", MARK), "*", ("\x05", MARK), ".")],
        notes=[("footnote", [para(("\x02", MARK), " In April.")]), ("endnote", [para(("\x02", MARK), " Board.")])],
        comments=[("Ada", [para(("\x05", MARK), "Sure?")])],
    )
    assert read(tmp_path, raw) == (
        '<p>Sank<sup role="doc-noteref"><a href="#footnote-1">1</a></sup> in 1912'
        '<sup role="doc-noteref"><a href="#endnote-1">i</a></sup>*'
        '<sup role="doc-noteref"><a href="#comment-1">c1</a></sup>.</p>\n<ul role="doc-endnotes">'
        '<li id="footnote-1">1  In April.</li><li id="endnote-1">i  Board.</li>'
        '<li id="comment-1">c1 <b>Ada:</b> Sure?</li></ul>'
    )


def test_boxes_stand_after_their_paragraph_and_heads_of_pages_once_at_the_end(tmp_path: Path):
    raw = doc([para("Before use", ("\x08", MARK), "."), para("Then.")], boxes=[[para("Shake well.")]],
              heads=[[para("Form 12")], [para("7")], [para("Form 12")]])  # fmt: skip
    assert read(tmp_path, raw) == (
        '<p>Before use.</p>\n<p>Shake well.</p>\n<p>Then.</p>\n<aside role="note"><p>Form 12</p></aside>'
    )


def picture(kind: int, content: bytes) -> bytes:
    blip = struct.pack("<HHI", 0x6E00, kind, 17 + len(content)) + bytes(17) + content
    entry = struct.pack("<HHI", 2, 0xF007, 36 + len(blip)) + bytes(36) + blip
    shape = struct.pack("<HHI", 15, 0xF004, 4) + bytes(4)
    return struct.pack("<IHH", 0x44 + len(shape + entry), 0x44, 0x64) + bytes(0x3C) + shape + entry


def test_a_picture_that_browsers_show_is_kept_and_others_are_counted(tmp_path: Path):
    first, second = picture(0xF01E, PNG), picture(0xF01B, b"metafile")
    raw = doc([para("A ", ("\x01", words.drawn_at(0)), ("\x01", words.drawn_at(len(first))), ("\x08", MARK))],
              data=first + second)  # fmt: skip
    found = items(tmp_path, "a.doc", raw)
    (kept,) = media(found)
    assert (kept.path, kept.content) == ("a.doc/picture1.png", PNG)
    document = single(tmp_path, "a.doc", raw)
    assert body(document) == '<p>A <img src="/a.doc/picture1.png" alt=""></p>'
    assert document.dropped == (("office:drawing", 1), ("office:picture-no-browser-shows", 1))


def test_pictures_that_float_stand_after_their_paragraph(tmp_path: Path):
    def drawn(shape: int, *pictures: int) -> bytes:
        said = [held(0xF004, record(0xF00A, struct.pack("<II", shape, 0)))] if len(pictures) > 1 else []
        said += [
            held(0xF004, record(0xF00A, struct.pack("<II", shape + number, 0)),
                 record(0xF00B, struct.pack("<HI", 0x4104, picture), instance=1))
            for number, picture in enumerate(pictures)
        ]  # fmt: skip
        return held(0xF003, *said) if len(pictures) > 1 else b"".join(said)

    blip = record(0xF01E, bytes(17) + PNG, instance=0x6E0)
    place = 1024 + 2 * len("A \x08 and \x08 and \x08.\r")  # behind the text

    def made(at: int) -> bytes:
        entries = [record(0xF007, bytes(28) + struct.pack("<II", each, 0), instance=6) for each in (at, 2**30)]
        listed = held(0xF000, held(0xF001, *entries))
        drawings = listed + b"\0" + held(0xF002, held(0xF003, drawn(100, 1), drawn(101, 1, 2)))
        text = para("A ", ("\x08", MARK), " and ", ("\x08", MARK), " and ", ("\x08", MARK), ".")
        return doc([text], drawings=drawings, behind=blip)

    found = single(tmp_path, "a.doc", made(place))
    image = '<img src="/a.doc/picture1.png" alt="">'
    assert body(found) == f"<p>A  and  and .</p>\n<p>{image}</p>\n<p>{image}</p>"
    assert found.dropped == (("office:damaged-picture", 1), ("office:drawing", 1))


def test_a_box_of_a_form_is_ticked_or_not(tmp_path: Path):
    def box(bits: int, default: int) -> bytes:
        about = struct.pack("<iHHH", -1, bits, 0, 0) + struct.pack("<HH", 0, 0) + struct.pack("<H", default)
        return struct.pack("<IH", 0x44 + len(about), 0x44).ljust(0x44, b"\0") + about

    data = box(1 | 1 << 2, 0) + box(1 | 25 << 2, 0)
    second = len(box(0, 0))
    boxes = [
        [(words.BEGIN, MARK), (" FORMCHECKBOX ", b""), ("\x01", words.drawn_at(at, data=True)), (words.END, MARK)]
        for at in (0, second)
    ]
    assert read(tmp_path, doc([para(boxes[0], " Fever ", boxes[1], " Cough")], data=data)) == "<p>☑ Fever ☐ Cough</p>"


def test_of_a_list_of_a_form_what_is_chosen_is_read(tmp_path: Path):
    names = [each.encode("utf-16-le") for each in ("none", "mild", "severe")]
    listed = struct.pack("<HHH", 0xFFFF, len(names), 0)
    listed += b"".join(struct.pack("<H", len(each) // 2) + each for each in names)
    about = struct.pack("<iHHH", -1, 2 | 2 << 2, 0, 0) + struct.pack("<H2sHH", 1, b"x\0", 0, 0) + bytes(20) + listed
    data = struct.pack("<IH", 0x44 + len(about), 0x44).ljust(0x44, b"\0") + about
    field = [(words.BEGIN, MARK), (" FORMDROPDOWN ", b""), ("\x01", words.drawn_at(0, data=True)), (words.END, MARK)]
    found = single(tmp_path, "a.doc", doc([para("Pain: ", field, ".")], data=data))
    assert body(found) == "<p>Pain: severe.</p>"
    assert found.dropped == ()


@pytest.mark.parametrize(
    ("instruction", "shown"),
    [(' SYMBOL 179 \\f "Symbol" \\s 10 ', "≥"), (" SYMBOL 65 \\f Arial ", "A"), (" SYMBOL 150 \\f Arial ", "–")],
)
def test_a_field_that_names_a_sign_shows_it(tmp_path: Path, instruction: str, shown: str):
    field = [(words.BEGIN, MARK), (instruction, b""), (words.END, MARK)]
    assert read(tmp_path, doc([para("at ", field, " 38")])) == f"<p>at {shown} 38</p>"


def test_signs_of_fonts_and_breaks_are_what_they_look_like(tmp_path: Path):
    raw = doc([para("at ", words.symbol(1, 0xF0B3), " 38 °C, ", ("m", words.fonted(1)), "g (20\x1e30, para\x1fceta)"),
               para("Pier 5\x0b24103 Kiel")], fonts=["Times", "Symbol"])  # fmt: skip
    assert read(tmp_path, raw) == "<p>at ≥ 38 °C, μg (20‑30, paraceta)</p>\n<p>Pier 5<br>24103 Kiel</p>"


@pytest.mark.parametrize("backwards", [False, True])
def test_pieces_of_one_and_two_bytes_are_put_in_order(tmp_path: Path, backwards: bool):
    first, second, third = "Café “A” ", "水位 𝄞 正常 ", "so."
    sizes = [len(each.encode("utf-16-le")) // 2 for each in (first, second, third)]
    pieces = [(sizes[0], 1), (sizes[1], 2), (sizes[2] + 1, 1)]
    raw = doc([para(first, (second, words.BOLD), third)], pieces=pieces, backwards=backwards)
    assert read(tmp_path, raw) == "<p>Café “A” <b>水位 𝄞 正常 </b>so.</p>"


def test_what_a_piece_says_holds_for_its_letters(tmp_path: Path):
    assert single(tmp_path, "a.doc", doc([para("Kept.")], said=0)).dropped == ()
    with pytest.raises(InputError, match="no text in it"):
        single(tmp_path, "a.doc", doc([para("Gone.")], said=0x41 << 1 | 1 << 8))


def test_what_a_file_says_of_itself_is_kept(tmp_path: Path):
    def text(words: str) -> bytes:
        raw = words.encode("gb18030") + b"\0"
        return struct.pack("<II", 0x1E, len(raw)) + raw + bytes(-len(raw) % 4)

    values = [(1, struct.pack("<IhH", 2, 936, 0)), (2, text("潮汐表")), (4, text("王;Ada")),
              (12, struct.pack("<IQ", 0x40, 125_911_584_000_000_000))]  # fmt: skip
    at, places, content = 8 + 8 * len(values), b"", b""
    for number, value in values:
        places += struct.pack("<II", number, at + len(content))
        content += value
    section = struct.pack("<II", at + len(content), len(values)) + places + content
    summary = struct.pack("<HHI16xI16sI", 0xFFFE, 0, 0, 1, bytes(16), 48) + section
    found = single(tmp_path, "a.doc", doc([para("x")], streams={"\x05SummaryInformation": summary}))
    assert (found.title, found.creators, found.published) == ("潮汐表", ("王", "Ada"), "2000-01-01")


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (doc([para("x")], flags=0x0100), "under a password"),
        (doc([para("x")], version=0x65), "Word 95 or older"),
        (compound_of({"WordDocument": b"\xec\xa5"}), "first bytes"),
        (compound_of({"WordDocument": doc([para("x")])[512:4096].ljust(4096)}), "missing|broken|read|older"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, raw: bytes, said: str):
    with pytest.raises(InputError, match=said):
        single(tmp_path, "a.doc", raw)


@pytest.mark.parametrize("name", ["a.txt", "a.docx", "a.xls", "a"])
def test_a_document_under_another_name_is_read_as_what_it_is(tmp_path: Path, name: str):
    assert body(single(tmp_path, name, doc([para("A day.")]))) == "<p>A day.</p>"


def test_plain_text_that_is_called_a_document_is_text(tmp_path: Path):
    found = single(tmp_path, "a.doc", "Grüße\n\nbis bald\n".encode())
    assert (found.content, found.markup) == ("Grüße\n\nbis bald\n", "text")
    assert found.dropped == (("office:not-what-its-name-says", 1),)


@pytest.mark.parametrize(
    ("start", "called"),
    [(b"\xdb\xa5\x2d\0", "Word 2"), (b"\x31\xbe\0\0\0\xab", "Word 2"), (b"\xffWPC\x10", "WordPerfect")],
)
def test_what_is_older_than_compound_files_is_refused_with_what_to_do(tmp_path: Path, start: bytes, called: str):
    with pytest.raises(InputError, match=f"it is of {called}.*save it as .docx"):
        items(tmp_path, "a.doc", start + b"text and more text " * 40)
