"""Mails and mailboxes: subject, sender, day, what was written, what was attached."""

from __future__ import annotations

import base64
from email.message import EmailMessage
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Document, MediaFile, Rejected, Work
from galactica.sources.contract import Item
from galactica.sources.formats import open_source, recognised
from galactica.sources.mail_parts import flowed

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


def mail(**fields: str) -> EmailMessage:
    made = EmailMessage()
    said = {"From": "Ada Byron <ada@example.org>", "To": "bo@example.org", "Subject": "The Moon"}
    said["Date"] = "Tue, 5 Mar 2024 23:30:00 -0500"
    for name, text in {**said, **fields}.items():
        made[name.replace("_", "-")] = text
    return made


def read(tmp_path: Path, content: bytes, name: str = "a.eml") -> list[Item]:
    path = tmp_path / name
    path.write_bytes(content)
    with open_source(path) as source:
        return list(source.read())


def single(items: list[Item]) -> Document:
    (found,) = [item for item in items if isinstance(item, Document)]
    return found


def test_a_mail_has_a_title_a_sender_and_the_day_where_it_was_written(tmp_path: Path):
    made = mail(Subject="Grüße vom Mond")
    made.set_content("It is round.\nAnd grey.\n\n> Is it?\n> > Round?\n> Yes.\n")
    found = single(read(tmp_path, made.as_bytes()))
    assert (found.title, found.creators, found.published) == ("Grüße vom Mond", ("Ada Byron",), "2024-03-05")
    assert found.modified == "2024-03-06T04:30:00Z"
    assert "<dt>To</dt><dd>bo@example.org</dd>" in found.content
    assert (
        "<p>It is round.<br>And grey.</p>\n<blockquote><p>Is it?</p>\n<blockquote><p>Round?</p></blockquote>\n"
        "<p>Yes.</p></blockquote>"
    ) in found.content


def test_of_two_forms_the_page_is_read_and_its_pictures_are_kept(tmp_path: Path):
    made = mail()
    made.set_content("plain")
    made.add_alternative('<html><body><p>Page <img src="cid:moon@x"></p></body></html>', subtype="html")
    part = made.get_payload()[1]
    part.add_related(PNG, "image", "png", cid="<moon@x>", filename="moon.png")
    items = read(tmp_path, made.as_bytes())
    (picture,) = [item for item in items if isinstance(item, MediaFile)]
    content = single(items).content
    assert picture.content == PNG
    assert f'<p>Page <img src="/{picture.path}"></p>' in content
    assert content.count("<img") == 1
    assert "plain" not in content


def test_attachments_are_named_and_counted_and_mails_that_were_passed_on_are_read(tmp_path: Path):
    inner = mail(Subject="Before")
    inner.set_content("Passed on.")
    made = mail()
    made.set_content("See.")
    made.add_attachment(b"%PDF-1.4", maintype="application", subtype="pdf", filename="moon.pdf")
    made.add_attachment(inner)
    found = single(read(tmp_path, made.as_bytes()))
    assert found.dropped == (("mail:attachment", 1),)
    assert "<dt>Attachment</dt><dd>moon.pdf</dd>" in found.content
    assert "<dt>Subject</dt><dd>Before</dd></dl><p>Passed on.</p></blockquote>" in found.content


def test_a_mail_that_was_passed_on_packed_is_unpacked(tmp_path: Path):
    inner = base64.encodebytes(b"Subject: Before\n\nPassed on.\n").decode()
    raw = "From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=q\n\n--q\n"
    raw += f"Content-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n{inner}\n--q--\n"
    assert "<p>Passed on.</p>" in single(read(tmp_path, raw.encode())).content


def test_text_in_other_alphabets_is_read(tmp_path: Path):
    raw = b"From: =?koi8-r?B?4dLP?= <a@b>\nTo: c@d\nSubject: =?utf-8?q?M=C3=BCnchen?=\nMIME-Version: 1.0\n"
    raw += b"Content-Type: text/plain; charset=koi8-r\nContent-Transfer-Encoding: 8bit\n\n" + "Луна".encode("koi8-r")
    found = single(read(tmp_path, raw))
    assert found.title == "München"
    assert "<p>Луна</p>" in found.content


BOX = b"""From a@b Mon Jun 01 10:00:00 2009
From: a@b
Subject: One

First.
>From here on it rained.
Not parted by
From this line Mon Jun 01 10:00:00 2009

From c@d Mon Jun 01 11:00:00 2010
From: c@d
Subject: Two

Second.

From e@f Mon Jun 01 11:00:00 2010

"""


def test_a_mailbox_is_a_work_of_its_mails(tmp_path: Path):
    items = read(tmp_path, BOX, "box.mbox")
    about = [item for item in items if isinstance(item, Work)]
    mails = [item for item in items if isinstance(item, Document)]
    assert [(each.path, each.kind) for each in about] == [("box.mbox", "collection")]
    assert [(each.path, each.title, each.part, each.work) for each in mails] == [
        ("box.mbox", "One", 1, "box.mbox"),
        ("box.mbox/2", "Two", 2, "box.mbox"),
    ]
    assert "First.<br>From here on it rained.<br>Not parted by<br>From this line" in mails[0].content
    assert [(item.where, item.reason) for item in items if isinstance(item, Rejected)] == [("box.mbox/3", "empty")]


def test_a_mailbox_of_one_mail_is_that_mail(tmp_path: Path):
    found = single(read(tmp_path, BOX[: BOX.index(b"From c@d")], "box.mbox"))
    assert (found.path, found.work, found.part) == ("box.mbox", "", 0)


def test_encrypted_and_empty_mails_are_refused_in_words(tmp_path: Path):
    head = b"From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\n"
    with pytest.raises(InputError, match="encrypted"):
        read(tmp_path, head + b"Content-Type: application/pkcs7-mime\nContent-Transfer-Encoding: base64\n\nMIIB\n")
    with pytest.raises(InputError, match="empty"):
        read(tmp_path, head + b"\n\n")


def test_parts_in_each_other_without_end_are_refused(tmp_path: Path):
    raw = b"From: a@b\nTo: c@d\nSubject: x\nMIME-Version: 1.0\n"
    for number in range(3_000):
        raw += b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number)
    with pytest.raises(InputError, match="too-deep"):
        read(tmp_path, raw + b"Content-Type: text/plain\n\nx\n")


def test_notes_and_saved_pages_are_no_mails(tmp_path: Path):
    (tmp_path / "note.txt").write_text("From: here\n\nIt rained.\n")
    assert recognised(tmp_path / "note.txt").name == "text"
    page = "From: <Saved by Blink>\nSnapshot-Content-Location: https://a.example/\nSubject: x\nMIME-Version: 1.0\n"
    (tmp_path / "page.mhtml").write_text(page + "Content-Type: multipart/related; boundary=b\n\n--b\n")
    assert recognised(tmp_path / "page.mhtml").name == "mhtml"


def test_a_mail_hides_nothing_that_runs(tmp_path: Path):
    made = mail(Subject="<script>x</script>")
    made.set_content("<script>y</script>")
    made.add_attachment(b"x", maintype="a", subtype="b", filename="<img src=x>")
    content = single(read(tmp_path, made.as_bytes())).content
    assert "<script" not in content
    assert "<img" not in content


def test_a_page_that_never_ends_swallows_nothing_after_it(tmp_path: Path):
    made = mail()
    made.set_content("<p>Page</p><!-- never closed <script>", subtype="html")
    made.add_attachment("After it.", disposition="inline")
    content = single(read(tmp_path, made.as_bytes())).content
    assert content.index("Page") < content.index("<p>After it.</p>")
    assert "<!--" not in content


def test_fields_of_brackets_and_of_words_without_end_are_read_as_far_as_they_are_shown(tmp_path: Path):
    rest = b"To: c@d\nDate: Mon, 1 Jan 2024 00:00:00 +0000\n\nText.\n"
    found = single(read(tmp_path, b"From: " + b"(" * 50_000 + b"\nSubject: x\n" + rest))
    assert found.creators == ()
    assert "((((" in found.content
    found = single(read(tmp_path, b"From: a@b\nSubject: " + b"=?utf-8?q?a?= " * 300_000 + b"\n" + rest))
    assert found.title.startswith("aaaa")


def test_lines_that_flow_on_are_paragraphs_again(tmp_path: Path):
    text = "The pump runs \nat 1.5 bar.\n> Is it \n> safe?\nYes.\n-- \nOle\n"
    raw = mail().as_bytes().rstrip(b"\n") + b"\nContent-Type: text/plain; format=flowed\n\n" + text.encode()
    (page,) = [item for item in read(tmp_path, raw) if isinstance(item, Document)]
    assert "<p>The pump runs at 1.5 bar.</p>" in page.content
    assert "<blockquote><p>Is it safe?</p></blockquote>" in page.content
    assert "<p>Yes.<br>--<br>Ole</p>" in page.content
    assert flowed("a \nb", closed=True) == "ab"
