"""Subtitles become text in which every piece has its second, and nothing said is lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.edition import Edition
from galactica.library import build
from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.sources.subtitles import cues, paragraphs, recognise

VTT = """WEBVTT - A talk on rivers

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start
<v Ada Lind>Rivers <i>run</i> downhill &amp; far.

00:02.500 --> 00:04.000
They reach the sea.

1:00:00.250 --> 1:00:01.000
<v.loud Otto>Where?

no cue at all
"""
SRT = """1
00:00:01,000 --> 00:00:02,500
{\\an8}<font color="red">One.</font>

2
00:00:02,500 --> 00:00:03,000
Two
three.
"""


def test_cues_have_their_times_speakers_and_plain_text() -> None:
    title, found, unread = cues(VTT)
    assert title == "A talk on rivers"
    assert [(cue.start, cue.end, cue.speaker, cue.text) for cue in found] == [
        (1.0, 2.5, "Ada Lind", "Rivers run downhill & far."),
        (2.5, 4.0, "", "They reach the sea."),
        (3600.25, 3601.0, "Otto", "Where?"),
    ]
    assert unread == 1


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_subrip_is_read_with_any_line_ends(end: str) -> None:
    _, found, unread = cues(SRT.replace("\n", end))
    assert [(cue.start, cue.text) for cue in found] == [(1.0, "One."), (2.5, "Two three.")]
    assert unread == 0


def test_what_rolls_up_stands_once() -> None:
    text = (
        "WEBVTT\n\n00:01.000 --> 00:02.000\na b\n\n00:02.000 --> 00:03.000\na b\nc d\n\n00:03.000 --> 00:04.000\nc d\n"
    )
    assert [cue.text for cue in cues(text)[1]] == ["a b", "c d"]


def test_a_new_speaker_or_a_pause_begins_a_paragraph_and_every_cue_an_anchor() -> None:
    body = clean("\n".join(paragraphs(cues(VTT)[1])), base="talk.vtt", language="en").body
    assert body == (
        '<p><span id="time:1"></span><b>Ada Lind:</b> Rivers run downhill &amp; far. '
        '<span id="time:2.5"></span>They reach the sea.</p>\n'
        '<p><span id="time:3600.25"></span><b>Otto:</b> Where?</p>'
    )


def test_only_what_is_subtitles_is_taken_for_them() -> None:
    assert recognise("a.vtt", VTT.encode()) == 95
    assert recognise("a.txt", b"\xef\xbb\xbfWEBVTT\n") == 95
    assert recognise("a.srt", SRT.encode()) == 60
    assert recognise("a.txt", SRT.encode()) == 0
    assert recognise("a.vtt", b"WEBVTTX") == 0
    assert recognise("a.srt", b"Just a text.") == 0


def test_a_page_that_plays_them_keeps_the_file_and_they_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "talk.vtt").write_text(VTT)
    (folder / "talk.mp4").write_bytes(b"\0\0\0\x18ftypmp42" + bytes(40))
    (folder / "talk.html").write_text(
        '<title>Talk</title><video src="talk.mp4" controls><track src="talk.vtt" kind="subtitles"></video><p>Hear.</p>'
    )
    build(tmp_path / "a.edition", [folder], workers=0, meaning=False)
    with Edition.open(tmp_path / "a.edition") as edition:
        assert sorted(article.title for _, article in edition.scan()) == ["A talk on rivers", "Talk"]
        assert edition.media.has("talks", "talk.vtt")
        assert edition.media.has("talks", "talk.mp4")


@given(st.text(alphabet=st.sampled_from("WEBVT\n\r -->0:1.,<>v{}\\\\&;a"), max_size=400))
def test_nothing_that_is_written_raises_or_loses_its_order(text: str) -> None:
    _, found, _ = cues(text)
    body = clean("\n".join(paragraphs(found)), base="a.vtt", language="en").body
    said = project(body)
    assert [cue.text for cue in found if cue.text] == [cue.text for cue in found]
    at = 0
    for cue in found:
        at = said.find(" ".join(cue.text.split()), at)
        assert at >= 0, cue
