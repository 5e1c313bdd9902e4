"""SBV, SubStation Alpha and TTML: times, speakers and plain text, whatever else stands in the files."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.sources.captions import Cue, Parsed, as_webvtt
from galactica.sources.subtitles import cues, parse

ASS = r"""[Script Info]
; made by hand
Title: A talk on rivers

[V4+ Styles]
Format: Name, Fontname
Style: Default,Arial

[Events]
Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text
Comment: 0,0:00:00.00,0:00:01.00,Default,,0,0,0,,not said
Dialogue: 0,0:00:05.00,0:00:06.25,Default,Otto,0,0,0,,Where, then?
Dialogue: 0,0:00:01.50,0:00:04.00,Default,Ada Lind,0,0,0,,{\an8\i1}Rivers{\i0} run\Ndownhill.
Dialogue: 1,0:00:01.50,0:00:04.00,Default,Ada Lind,0,0,0,,Rivers run\hdownhill.
Dialogue: 0,0:00:07.00,0:00:08.00,Default,,0,0,0,,{\p1}m 0 0 l 100 0 100 100{\p0}
Dialogue: 0,soon,0:00:08.00,Default,,0,0,0,,never
"""

TTML = """<?xml version="1.0"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"
 xmlns:ttp="http://www.w3.org/ns/ttml#parameter" ttp:frameRate="25" xml:lang="de">
<head><metadata><ttm:title>Flüsse</ttm:title>
<ttm:agent xml:id="a1"><ttm:name type="full">Ada Lind</ttm:name></ttm:agent></metadata></head>
<body begin="10s"><div begin="00:00:05">
<p begin="1s" end="2s" ttm:agent="a1">Flüsse <span>fließen</span><br/>bergab.</p>
<p begin="00:00:03:05" dur="500ms">Und &amp; dann?</p><p>Ohne Zeit.</p></div></body></tt>
"""

SONG = """<tt xmlns="http://www.w3.org/ns/ttml" xml:lang="en"><body dur="3:58.640"><div begin="19.764"><p begin="1:19.5"
end="1:21"><span begin="1:19.5" end="1:20">La</span> <span begin="1:20" end="1:21">la</span></p></div></body></tt>"""


def told(parsed: Parsed) -> list[tuple[float, float, str, str]]:
    return [(cue.start, cue.end, cue.speaker, cue.text) for cue in parsed.cues]


def test_substation_alpha_is_read_in_the_order_of_its_times_and_layers_once() -> None:
    parsed = parse(ASS)
    assert parsed.title == "A talk on rivers"
    assert told(parsed) == [
        (1.5, 4.0, "Ada Lind", "Rivers run downhill."),
        (5.0, 6.25, "Otto", "Where, then?"),
    ]
    assert dict(parsed.dropped) == {"subtitles:no-cue": 1, "subtitles:drawing": 1}


def test_timed_text_has_offsets_frames_agents_and_its_language() -> None:
    parsed = parse(TTML)
    assert (parsed.title, parsed.language) == ("Flüsse", "de")
    assert told(parsed) == [
        (16.0, 17.0, "Ada Lind", "Flüsse fließen bergab."),
        (18.2, 18.7, "", "Und & dann?"),
    ]
    assert dict(parsed.dropped)["subtitles:no-cue"] == 1


def test_times_of_songs_count_from_the_beginning() -> None:
    assert told(parse(SONG)) == [(79.5, 81.0, "", "La la")]


def test_timed_text_that_is_not_well_formed_is_read_and_counted() -> None:
    parsed = parse(TTML.replace("</div></body></tt>", ""))
    assert len(parsed.cues) == 2
    assert dict(parsed.dropped)["subtitles:not-well-formed"] == 1


def test_entities_without_an_end_give_nothing() -> None:
    bomb = '<!DOCTYPE tt [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    assert len("".join(cue.text for cue in parse(f"{bomb}{TTML[21:]}").cues)) < 1_000
    assert parse('<tt xmlns="http://www.w3.org/ns/ttml">' + "<div>" * 100_000).cues == ()


def test_sbv_is_read_and_what_has_no_time_is_counted() -> None:
    parsed = parse("0:00:00.378,0:00:11.378\r\nOne\r\ntwo\r\n\r\n0:00:13.f89,0:00:15.489\r\nThree\r\n")
    assert told(parsed) == [(0.378, 11.378, "", "One two")]
    assert dict(parsed.dropped) == {"subtitles:no-cue": 1}


def test_cues_without_a_blank_line_between_them_are_cues() -> None:
    _, found, unread = cues("1\n00:00:01,000 --> 00:00:02,000\nOne\n2\n00:00:03,000 --> 00:00:04,000\nTwo\n")
    assert [(cue.start, cue.text) for cue in found] == [(1.0, "One"), (3.0, "Two")]
    assert unread == 0


@pytest.mark.parametrize("text", [ASS, TTML, SONG])
def test_what_is_made_for_browsers_says_the_same(text: str) -> None:
    parsed = parse(text)
    again = parse(as_webvtt(parsed.cues))
    assert told(again) == told(parsed)


@given(
    st.lists(st.builds(Cue, start=st.floats(0, 1e5), end=st.just(0.0), speaker=st.text(), text=st.text()), max_size=5)
)
def test_any_cue_can_be_written(found: list[Cue]) -> None:
    assert as_webvtt(found).startswith("WEBVTT\n")


@given(
    st.text(max_size=300), st.sampled_from(["[Script Info]\n[Events]\n", '<tt xmlns="ttml">', "0:00:00.1,0:00:01.1\n"])
)
def test_any_text_is_read_without_harm(text: str, start: str) -> None:
    assert isinstance(parse(start + text), Parsed)
