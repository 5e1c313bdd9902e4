"""Mails as Outlook keeps them."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.sources.office import lzfu
from galactica.sources.office.faults import PartError
from galactica.sources.office.lzfu import unpacked_rtf
from galactica.sources.office.rtf_page import page_in
from tests.sources.office import mails
from tests.sources.office.made import PNG
from tests.sources.office.mails import Mail, msg, packed_rtf, receiver
from tests.sources.office.reading import body, items, media, single

DAY = 125_911_584_000_000_000
"""2000-01-01 in 100 ns since 1601."""


def read(tmp_path: Path, mail: Mail) -> str:
    return body(single(tmp_path, "a.msg", msg(mail)))


def test_a_mail_says_who_wrote_what_to_whom_and_when(tmp_path: Path):
    said = {mails.SUBJECT: "Ebbe", mails.SENDER: "Müller, Ada", mails.SENDER_MAIL: "ada@example.org",
            mails.BODY: "Low at six.\r\n\r\n> When?\r\n"}  # fmt: skip
    to = [receiver("Bo", "bo@example.org"), receiver("王芳", "wang@example.org", 2)]
    found = single(tmp_path, "a.msg", msg(Mail(said, times={mails.SENT: DAY}, to=to)))
    assert (found.title, found.creators, found.published) == ("Ebbe", ("Müller, Ada",), "2000-01-01")
    assert body(found) == (
        '<dl><dt>From</dt><dd>"Müller, Ada" &lt;ada@example.org&gt;</dd><dt>To</dt><dd>Bo &lt;bo@example.org&gt;</dd>'
        "<dt>Cc</dt><dd>王芳 &lt;wang@example.org&gt;</dd><dt>Date</dt><dd>Sat, 01 Jan 2000 00:00:00 +0000</dd>"
        "<dt>Subject</dt><dd>Ebbe</dd></dl>\n<p>Low at six.</p>\n<blockquote><p>When?</p></blockquote>"
    )


def test_the_day_is_that_of_whoever_sent_it_and_names_of_directories_are_no_addresses(tmp_path: Path):
    said = {mails.SUBJECT: "x", mails.BODY: "x", mails.SENDER: "Paul Hill", 0x0C1F: "/O=ORG/CN=PAUL",
            mails.HEADERS: "Received: x\r\nDate: Wed, 7 Dec 2011 23:30:39 -0800\r\n\r\n"}  # fmt: skip
    found = single(tmp_path, "a.msg", msg(Mail(said, times={mails.SENT: DAY})))
    assert (found.creators, found.published) == (("Paul Hill",), "2011-12-07")
    assert "<dd>Paul Hill</dd>" in body(found)


@pytest.mark.parametrize(("encoding", "page", "text"), [
    ("gb18030", 936, "潮汐表：满潮六点"), ("cp1251", 1251, "Отлив в шесть"), ("iso2022_jp", 50220, "満潮は六時"),
    ("utf-8", 0, "潮汐 Größe"), ("koi8_r", 20866, "Отлив"),
])  # fmt: skip
def test_letters_of_one_byte_are_read_in_the_code_page_of_the_mail(tmp_path: Path, encoding: str, page: int, text: str):
    mail = Mail({mails.SUBJECT: text, mails.BODY: text}, numbers={mails.CODE_PAGE: page}, narrow=encoding)
    found = single(tmp_path, "a.msg", msg(mail))
    assert found.title == text
    assert f"<p>{text}</p>" in found.content


def test_of_text_page_and_rtf_the_richest_is_read(tmp_path: Path):
    page = '<html><meta charset="utf-8"><body><p>Low <b>tide</b> 潮</p></body></html>'.encode()
    assert "<p>Low <b>tide</b> 潮</p>" in read(tmp_path, Mail({mails.BODY: "Low tide", mails.PAGE: page}))
    made_of_page = packed_rtf(
        rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}"
        rb"{\*\htmltag64 <p>}\htmlrtf {\htmlrtf0 Caf\'e9 {\*\htmltag84 <b>}\f1\'cf\f0 \u28526?{\*\htmltag92 </b>}"
        rb"\htmlrtf\par }\htmlrtf0 {\*\htmltag72 </p>}{\*\mhtmltag <i>}}"
    )
    assert "<p>Café <b>П潮</b></p>" in read(tmp_path, Mail({mails.BODY: "Cafe", mails.RTF: made_of_page}))
    rich = packed_rtf(rb"{\rtf1\ansi Low {\b tide}.\par}")
    assert "<p>Low <b>tide</b>.</p>" in read(tmp_path, Mail({mails.BODY: "Low tide.", mails.RTF: rich}))
    plain = packed_rtf(rb"{\rtf1\ansi\fromtext Low.\par}")
    assert "<p>Low.</p>" in read(tmp_path, Mail({mails.BODY: "Low.", mails.RTF: plain}))


def test_pictures_are_kept_others_are_named_and_mails_in_it_are_read(tmp_path: Path):
    inner = Mail({mails.SUBJECT: "First", mails.SENDER: "Bo", mails.BODY: "The first mail."})
    page = b'<p>See <img src="cid:one@x"></p>'
    attached = [
        Mail({mails.CONTENT: PNG, mails.FILE_NAME: "tide.png", mails.TYPE: "image/png", mails.CONTENT_ID: "one@x"}),
        Mail({mails.CONTENT: b"x", mails.FILE_NAME: "表.xlsx"}, numbers={mails.HOW: 1}),
        Mail(numbers={mails.HOW: 5}, inside=inner),
    ]
    raw = msg(Mail({mails.SUBJECT: "Second", mails.PAGE: page}, attached=attached))
    (picture,) = media(items(tmp_path, "a.msg", raw))
    assert picture.content == PNG
    found = single(tmp_path, "a.msg", raw)
    assert f'<p>See <img src="/{picture.path}"></p>' in found.content
    assert "<dt>Attachment</dt><dd>表.xlsx</dd>" in found.content
    assert "<blockquote><dl><dt>From</dt><dd>Bo</dd><dt>Subject</dt><dd>First</dd></dl>" in found.content
    assert "<p>The first mail.</p></blockquote>" in found.content
    assert found.dropped == (("mail:attachment", 1),)


def test_a_meeting_says_when_and_where_it_is(tmp_path: Path):
    mail = Mail({mails.SUBJECT: "Dredging", mails.CLASS: "IPM.Appointment", 0x8000: "Pier 5", mails.BODY: "Be there."},
                times={0x8001: DAY, 0x8002: DAY + 36_000_000_000},
                named=[(mails.MEETING, 0x8208), (mails.MEETING, 0x820D), (mails.MEETING, 0x820E)])  # fmt: skip
    assert (
        "<dl><dt>Location</dt><dd>Pier 5</dd><dt>Begins</dt><dd>2000-01-01 00:00 UTC</dd>"
        "<dt>Ends</dt><dd>2000-01-01 01:00 UTC</dd></dl>"
    ) in read(tmp_path, mail)


def test_what_was_signed_is_read_and_what_is_encrypted_is_refused(tmp_path: Path):
    signed = (
        b'Content-Type: multipart/signed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nI agree.\r\n'
        b"--b\r\nContent-Type: application/pkcs7-signature\r\n\r\nx\r\n--b--\r\n"
    )
    smime = "IPM.Note.SMIME"
    content = [Mail({mails.CONTENT: signed, mails.FILE_NAME: "smime.p7m"})]
    kept = Mail({mails.SUBJECT: "x", mails.CLASS: f"{smime}.MultipartSigned"}, attached=content)
    assert "<p>I agree.</p>" in read(tmp_path, kept)
    locked = Mail({mails.SUBJECT: "x", mails.CLASS: smime}, attached=[Mail({mails.CONTENT: b"\x30\x80"})])
    with pytest.raises(InputError, match="encrypted"):
        read(tmp_path, locked)


def test_a_mail_under_another_name_is_read_as_what_it_is_and_one_of_nothing_is_empty(tmp_path: Path):
    assert "<p>x</p>" in single(tmp_path, "a.doc", msg(Mail({mails.BODY: "x"}))).content
    with pytest.raises(InputError, match="no text in it"):
        single(tmp_path, "b.msg", msg(Mail({mails.SUBJECT: "x"})))


def test_packed_rtf_is_unpacked_as_the_standard_shows():
    one = bytes.fromhex("2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c0900206277"
                        "05b06c647d0a800fa0")  # fmt: skip
    assert unpacked_rtf(one) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"
    two = bytes.fromhex("1a0000001c0000004c5a4675e2d44b5141000420575859 5a0d6e7d010eb0".replace(" ", ""))
    assert unpacked_rtf(two) == b"{\\rtf1 WXYZWXYZWXYZWXYZWXYZ}"
    assert unpacked_rtf(struct.pack("<II4sI", 15, 3, b"MELA", 0) + b"abc") == b"abc"


def test_packed_rtf_that_leads_nowhere_or_grows_is_refused(monkeypatch: pytest.MonkeyPatch):
    head = struct.pack("<II4sI", 2**31, 2**31, b"LZFu", 0)
    with pytest.raises(PartError, match="before its beginning"):
        unpacked_rtf(head + b"\1\xff\x00")
    monkeypatch.setattr(lzfu, "MAX_UNPACKED", 2_000)
    with pytest.raises(PartError, match="more than 2,000"):
        unpacked_rtf(head + (b"\xff" + b"\x00\x0f" * 8) * 200)
    with pytest.raises(PartError, match="not known"):
        unpacked_rtf(b"x" * 20)
    with pytest.raises(PartError, match="in each other"):
        page_in(b"{\\fromhtml1" + b"{" * 2_000)
