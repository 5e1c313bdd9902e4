"""Subtitles find their recording by name, and the page plays it."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.library import build
from galactica.model import Document, MediaFile, Redirect, Work
from galactica.sources.contract import Item
from galactica.sources.formats import open_source
from galactica.sources.recordings import language_of_name, title_of_name

VTT = "WEBVTT\n\n00:01.000 --> 00:02.500\n{}\n\n00:10.000 --> 00:12.000\n{}\n"
SRT = "1\n00:00:01,000 --> 00:00:02,500\nFlüsse fließen.\n"
CHAPTERS = "WEBVTT\n\n00:00.000 --> 00:05.000\nThe hills\n\n00:05.000 --> 00:20.000\nThe sea\n"
MP4 = b"\x00\x00\x00\x20ftypisom" + bytes(40)
MP3 = b"ID3" + bytes(40)


def read(folder: Path) -> list[Item]:
    with open_source(folder) as source:
        return list(source.read())


def documents(folder: Path) -> dict[str, Document]:
    return {item.path: item for item in read(folder) if isinstance(item, Document)}


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    place = tmp_path / "shelf"
    (place / "talks").mkdir(parents=True)
    (place / "talks" / "On rivers.mp4").write_bytes(MP4)
    (place / "talks" / "On rivers.en.vtt").write_text(VTT.format("Rivers run.", "They reach the sea."))
    (place / "talks" / "On rivers.de.srt").write_text(SRT)
    (place / "talks" / "On rivers.chapters.vtt").write_text(CHAPTERS)
    return place


def test_each_language_is_a_part_of_the_recording_under_its_chapters(talk: Path) -> None:
    items = read(talk)
    (work,) = [item for item in items if isinstance(item, Work)]
    assert (work.kind, work.title, work.path) == ("recording", "On rivers", "talks/On rivers.mp4")
    found = documents(talk)
    german, english = found["talks/On rivers.de.srt"], found["talks/On rivers.en.vtt"]
    assert (german.part, german.language, german.work) == (1, "de", work.path)
    assert (english.part, english.language, english.title) == (2, "en", "On rivers")
    assert '<h2 id="time:0">The hills</h2>' in english.content
    assert '<h2 id="time:5">The sea</h2>\n<p><span id="time:10"></span>' in english.content
    assert '<track kind="chapters" src="On%20rivers.chapters.vtt">' in english.content
    assert '<track kind="subtitles" srclang="de" src="On%20rivers.de.srt.vtt">' in english.content


def test_chapters_lead_to_what_is_said_and_other_subtitles_are_made_into_webvtt(talk: Path) -> None:
    items = read(talk)
    (chapters,) = [item for item in items if isinstance(item, Redirect)]
    assert (chapters.path, chapters.target) == ("talks/On rivers.chapters.vtt", "talks/On rivers.de.srt")
    (made,) = [item for item in items if isinstance(item, MediaFile)]
    assert (made.path, made.mime) == ("talks/On rivers.de.srt.vtt", "text/vtt")
    assert made.content.decode() == "WEBVTT\n\n00:00:01.000 --> 00:00:02.500\nFlüsse fließen.\n"


def test_the_recording_and_its_subtitles_are_kept_and_the_body_plays_them(talk: Path, tmp_path: Path) -> None:
    out = tmp_path / "x.edition"
    build(out, [talk], workers=1, meaning=False)
    with Edition.open(out) as edition:
        bodies = {article.path: article.body for _, article in edition.scan()}
        assert edition.info.media == 4
    assert bodies["talks/On rivers.en.vtt"].startswith(
        '<figure><video controls="" src="./talks/On%20rivers.mp4">'
        '<track kind="chapters" src="./talks/On%20rivers.chapters.vtt">'
    )


def test_one_language_alone_is_no_work(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(MP3)
    (tmp_path / "a.srt").write_text(SRT)
    (document,) = documents(tmp_path).values()
    assert (document.work, document.part, document.language) == ("", 0, "")
    assert document.content.startswith('<figure><audio controls src="a.mp3"><track kind="subtitles" src="a.srt.vtt">')


def test_a_recording_is_found_above_and_in_the_folders_beside_and_no_further(tmp_path: Path) -> None:
    for name in ("film/Subs", "one/video", "one/text", "far/off/away"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "film" / "a.mp4").write_bytes(MP4)
    (tmp_path / "film" / "Subs" / "a.srt").write_text(SRT)
    (tmp_path / "one" / "video" / "b.mp4").write_bytes(MP4)
    (tmp_path / "one" / "text" / "b.srt").write_text(SRT)
    (tmp_path / "far" / "off" / "away" / "a.srt").write_text(SRT)
    found = documents(tmp_path)
    assert 'src="../a.mp4"' in found["film/Subs/a.srt"].content
    assert 'src="../video/b.mp4"' in found["one/text/b.srt"].content
    assert "<video" not in found["far/off/away/a.srt"].content


def test_a_name_of_a_language_alone_belongs_to_the_only_recording_near(tmp_path: Path) -> None:
    (tmp_path / "film" / "Subs").mkdir(parents=True)
    (tmp_path / "film" / "MOON.MP4").write_bytes(MP4)
    (tmp_path / "film" / "Subs" / "2_English.srt").write_text(SRT)
    (tmp_path / "film" / "Subs" / "3_German.srt").write_text(SRT)
    (tmp_path / "film" / "moon.fr.srt").write_text(SRT)
    found = documents(tmp_path)
    assert [(each.path, each.language, each.part) for each in found.values()] == [
        ("film/Subs/2_English.srt", "en", 1), ("film/Subs/3_German.srt", "de", 2), ("film/moon.fr.srt", "fr", 3),
    ]  # fmt: skip
    (tmp_path / "film" / "sun.mp4").write_bytes(MP4)
    assert "<video" not in documents(tmp_path)["film/Subs/2_English.srt"].content


def test_several_forms_of_a_film_are_all_offered_film_before_sound(tmp_path: Path) -> None:
    for name, raw in (("a.mp4", MP4), ("a.webm", b"\x1a\x45\xdf\xa3" + bytes(40)), ("a.mp3", MP3)):
        (tmp_path / name).write_bytes(raw)
    (tmp_path / "a.srt").write_text(SRT)
    (document,) = documents(tmp_path).values()
    assert '<source src="a.mp4" type="video/mp4"><source src="a.webm" type="video/webm"><track' in document.content


def test_subtitles_named_alone_do_not_look_around(tmp_path: Path) -> None:
    (tmp_path / "a.mp4").write_bytes(MP4)
    (tmp_path / "a.srt").write_text(SRT)
    with open_source(tmp_path / "a.srt") as source:
        (document,) = source.read()
    assert isinstance(document, Document)
    assert "<video" not in document.content


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("talk.pt-BR.srt", "pt-BR", "talk"),
        ("talk.eng.sdh.srt", "en", "talk.eng"),
        ("talk.English.vtt", "en", "talk"),
        ("what is new.srt", "", "what is new"),
        ("part.new.srt", "", "part.new"),
        ("1.2.srt", "", "1.2"),
    ],
)
def test_the_language_in_a_name_is_known_and_other_words_are_none(name: str, language: str, title: str) -> None:
    assert language_of_name(name) == language
    assert title_of_name(name) == title
