"""PowerPoint presentations of 97 to 2003."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from galactica.errors import InputError
from tests.sources.office import decks
from tests.sources.office.containers import compound_of
from tests.sources.office.decks import body, box, deck, linked, record, said, styled, table, title
from tests.sources.office.made import PNG
from tests.sources.office.reading import body as content
from tests.sources.office.reading import items, media, single


def read(tmp_path: Path, raw: bytes) -> str:
    return content(single(tmp_path, "a.ppt", raw))


def test_slides_are_headings_in_the_order_of_showing_with_their_texts_by_levels(tmp_path: Path):
    raw = deck([
        [title("Tides"), body("High\rnoon\x0bor so\rlow", styled(levels=[(5, 0), (11, 1), (4, 0)]))],
        [box(said("No title, café", wide=False)), title("")],
        [title("潮汐 𝄞"), box(said("A box"))],
    ], order=[1, 3, 2], hidden=[2])  # fmt: skip
    found = single(tmp_path, "a.ppt", raw)
    assert found.title == "Tides"
    assert content(found) == (
        '<p><span id="slide:1"></span></p>\n<ul><li>High<ul><li>noon<br>or so</li></ul></li><li>low</li></ul>\n'
        '<h2><span id="slide:2"></span>潮汐 𝄞</h2>\n<p>A box</p>\n'
        '<p><span id="slide:3"></span></p>\n<p>No title, café</p>'
    )


def test_texts_of_the_outline_stand_where_their_shapes_are_and_none_is_lost(tmp_path: Path):
    outline = said("Tides", decks.TITLE) + said("From the outline", decks.BODY) + said("On no shape", decks.BODY)
    shapes = [box(record(0x0F9E, struct.pack("<I", 1)), holder=14), box(record(0x0F9E, bytes(4)), holder=13)]
    assert read(tmp_path, deck([[*shapes, box(said("Own"))]], outline={1: outline})) == (
        '<p><span id="slide:1"></span></p>\n<ul><li>From the outline</li></ul>\n<p>Own</p>\n'
        "<ul><li>On no shape</li></ul>"
    )


def test_notes_and_remarks_stand_after_their_slide(tmp_path: Path):
    notes = {2: [box(holder=11), box(said("Say this.", decks.NOTES), holder=12), box(said("7"), holder=8)]}
    raw = deck([[title("One")], [title("Two"), decks.remark("Ada", "Sure?")]], notes=notes)
    assert read(tmp_path, raw) == (
        '<p><span id="slide:1"></span></p>\n<h2><span id="slide:2"></span>Two</h2>\n<aside role="note"><p>Say this.</p>'
        '</aside>\n<aside role="note"><p><b>Ada:</b></p><p>Sure?</p></aside>'
    )


def test_tables_links_and_marks_are_kept_and_numbers_of_slides_are_not(tmp_path: Path):
    look = styled(levels=[(19, 0)], letters=[(4, 0), (8, decks.BOLD), (7, 0)])
    marked = said("See the list, now.", decks.OTHER, look, linked(3, 8, 12))
    number = said("*", decks.OTHER, record(0x0FD8, struct.pack("<I", 0)))
    paged = said("Slide * of 9", decks.OTHER, record(0x0FD8, struct.pack("<I", 6)))
    shapes = [title("T"), table(["Port", "Depth"], ["Kiel", "9 m"]), box(marked), box(number), box(paged)]
    silent = [box(said("Gone"), gone=True), box(said("3 May"), holder=7)]
    raw = deck([shapes + silent], links={3: "https://example.org/"})
    assert read(tmp_path, raw) == (
        '<p><span id="slide:1"></span></p>\n<table><tbody><tr><td>Port</td><td>Depth</td></tr>'
        "<tr><td>Kiel</td><td>9 m</td></tr></tbody></table>\n"
        '<p>See <b>the </b><a href="https://example.org/"><b>list</b></a>, now.</p>\n<p>Slide 1 of 9</p>'
    )


def test_cells_of_a_table_span_where_they_are_wide(tmp_path: Path):
    cells = [box(said(text), place=place) for text, place in
             (("Both", (0, 0, 200, 50)), ("left", (0, 50, 100, 100)), ("right", (100, 50, 200, 100)))]  # fmt: skip
    head = decks.held(0xF004, record(0xF122, struct.pack("<HI", 0x039F, 1), instance=1))
    assert '<tr><td colspan="2">Both</td></tr><tr><td>left</td><td>right</td></tr>' in read(
        tmp_path, deck([[decks.held(0xF003, head, *cells)]])
    )


def test_what_was_saved_last_counts(tmp_path: Path):
    assert read(tmp_path, deck([[title("New")], [box(said("Dose 5 mg"))]], older=[box(said("Dose 50 mg"))])) == (
        '<p><span id="slide:1"></span></p>\n<p><span id="slide:2"></span></p>\n<p>Dose 5 mg</p>'
    )


def test_pictures_that_browsers_show_are_kept_and_others_are_counted(tmp_path: Path):
    kept = record(0xF01E, bytes(17) + PNG, instance=0x6E0)
    other = record(0xF01B, b"metafile" * 9, instance=0x216)
    raw = deck([[title("T"), box(picture=1), box(picture=2, embedded=True), box(picture=3)]], pictures=kept + other,
               places=[0, len(kept)])  # fmt: skip
    found = items(tmp_path, "a.ppt", raw)
    assert [(each.path, each.content) for each in media(found)] == [("a.ppt/picture1.png", PNG)]
    document = single(tmp_path, "a.ppt", raw)
    assert content(document).endswith('<p><img src="/a.ppt/picture1.png" alt=""></p>')
    assert document.dropped == (
        ("office:damaged-picture", 1), ("office:embedded-file", 1), ("office:picture-no-browser-shows", 1)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (deck([[title("x")]], locked=True), "under a password"),
        (compound_of({"PowerPoint Document": b"\x0f\0" + bytes(4_200)}), "does not say where its parts are"),
        (deck([]), "no text in it"),
    ],
)
def test_what_cannot_be_read_is_refused_in_words(tmp_path: Path, raw: bytes, said: str):
    with pytest.raises(InputError, match=said):
        single(tmp_path, "a.ppt", raw)


def test_a_presentation_under_another_name_is_read_as_what_it_is(tmp_path: Path):
    assert single(tmp_path, "a.doc", deck([[title("T"), box(said("A day."))]])).title == "T"


def test_parts_over_each_other_are_bounded(tmp_path: Path):
    one = deck([[title("x"), box(said("y" * 3_000))]] + [[title(str(number))] for number in range(200)])
    raw = bytearray(one)
    at = one.index(struct.pack("<HH", 0, 0x1772)) + 8
    first = int.from_bytes(raw[at + 12 : at + 16], "little")
    for number in range(2, 202):
        struct.pack_into("<I", raw, at + 8 * number - 4, first)
    with pytest.raises(InputError, match="over each other"):
        single(tmp_path, "a.ppt", bytes(raw))
