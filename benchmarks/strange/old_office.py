"""Word documents, presentations and mails in the binary forms of 97 to 2003, as old folders are full of them."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from tests.sources.office import decks, made, mails, old, words
from tests.sources.office.containers import compound_of
from tests.sources.office.decks import body, box, deck, said, title
from tests.sources.office.mails import Mail, msg, packed_rtf
from tests.sources.office.words import DELETED, HIDDEN, INSERTED, MARK, SUP, Style, doc, link, para, row

from benchmarks.strange.case import StrangeFile, strange


def _field(instruction: str, shown: str = "") -> list[words.Run]:
    result = [(words.PARTED, MARK), (shown, b"")] if shown else []
    return [(words.BEGIN, MARK), (instruction, b""), *result, (words.END, MARK)]


def letters() -> Iterator[StrangeFile]:
    """Letters of one and two bytes, pieces, tracked changes, signs."""
    yield strange(
        "chinese.doc", "Chinese in letters of two bytes between pieces of one",
        doc([para("Level at Wuhan: ", "武汉关水位 28.30 米。", "Café “Yangtze” says so.")],
            pieces=[(16, 1), (15, 2), (24, 1)]),
        "Level at Wuhan: 武汉关水位 28.30 米。Café “Yangtze” says so.",
    )  # fmt: skip
    yield strange(
        "quick.doc", "a document that was saved quickly, its pieces from the last to the first",
        doc([para("The first valve, "), para("the second valve, "), para("the third valve.")],
            pieces=[(10, 1), (20, 2), (11, 1), (12, 2)], backwards=True, flags=0x0004),
        "The first valve,\nthe second valve,\nthe third valve.",
    )  # fmt: skip
    yield strange(
        "dose.doc", "a tracked change of a number",
        doc([para("The dose is ", ("50", DELETED), ("5", INSERTED), " mg a day.")]),
        "The dose is 5 mg a day.", never=("50",), counted=("deleted-text",),
    )  # fmt: skip
    yield strange(
        "merged.doc", "two paragraphs made one as a tracked change",
        doc([para("Open the ", end_about=DELETED), para("main valve.")]), "Open the main valve.",
    )  # fmt: skip
    yield strange(
        "hidden.doc", "hidden text, by its letters and by a style",
        doc([para("Seen.", (" Not seen.", HIDDEN)), para("Nor this.", style=1)],
            styles=[Style("Normal", 0), Style("Secret", letters=HIDDEN)]),
        "Seen.", never=("Not seen", "Nor this"), counted=("hidden-text",),
    )  # fmt: skip
    yield strange(
        "power.doc", "a power and a sign of the font Symbol",
        doc([para("CFU 2 × 10", ("3", SUP), " per mL at ", words.symbol(1, 0xF0B3), " 38 °C, 5 ", ("m", words.fonted(1)),
                  "g")], fonts=["Times New Roman", "Symbol"]),
        "10^3 per mL", "at ≥ 38 °C", "5 μg", never=("103 per", "5 mg"),
    )  # fmt: skip
    yield strange(
        "emoji.doc", "letters beyond the first plane, at the border of two runs",
        doc([para("River ", ("𠮷", words.BOLD), "野 🛶 upstream")]), "River 𠮷野 🛶 upstream",
    )  # fmt: skip


def parts() -> Iterator[StrangeFile]:
    """Tables, notes, links, heads of pages."""
    yield strange(
        "table.doc", "a table with merged cells and a row that was deleted as a tracked change",
        doc([*row("Drug", "Dose", merged=(0x60, 0)), *row("", "child", merged=(0x20, 0)), *row("Ward 9", "99", deleted=True),
             *row("Amoxicillin", "250 mg"), para("End.")]),
        "Drug\tDose", "Amoxicillin\t250 mg", "End.", never=("Ward 9", "99"), counted=("deleted-row",),
    )  # fmt: skip
    yield strange(
        "note.doc", "a footnote, an endnote and a comment",
        doc([para("In 1912", ("\x02", MARK), " she sank", ("\x02", MARK), ".", ("\x05", MARK))],
            notes=[("footnote", [para(("\x02", MARK), " Board of Trade.")]), ("endnote", [para(("\x02", MARK), " In April.")])],
            comments=[("Ada", [para("Source?")])]),
        "she sank", "Board of Trade.", "In April.", "Ada: Source?", never=("1912 Board",),
    )  # fmt: skip
    yield strange(
        "link.doc", "a link, a page number, a field of a field",
        doc([para("See ", link("https://example.org/a", "the list"), ", page ", _field(" PAGE ", "7"), ". ",
                  [(words.BEGIN, MARK), (" IF ", b""), *_field(" MERGEFIELD sex ", "f"), (' = "f" "Mrs" "Mr" ', b""),
                   (words.PARTED, MARK), ("Mrs", b""), (words.END, MARK)], " Osei")]),
        "See the list, page 7. Mrs Osei", never=("HYPERLINK", "MERGEFIELD", "fMrs"),
    )  # fmt: skip
    yield strange(
        "head.doc", "a head of pages, twice, and numbers of pages",
        doc([para("The text.")], heads=[[para("Form 12-B")], [para(_field(" PAGE ", "3"))], [para("Form 12-B")]]),
        "The text.", "Form 12-B", never=("Form 12-B\nForm 12-B",),
    )  # fmt: skip
    yield strange(
        "boxed.doc", "a text box",
        doc([para("Before use", ("\x08", MARK), "."), para("Then pour.")], boxes=[[para("Shake well.")]]),
        "Before use.\nShake well.\nThen pour.",
    )  # fmt: skip
    yield strange(
        "headings.doc", "headings by styles whose names are German",
        doc([para("Sicherheit", style=3), para("Feuer", style=1), para("Übung", style=2), para("Wöchentlich.")],
            styles=[Style("Standard", 0), Style("Überschrift 1", 1), Style("Überschrift 2", 2), Style("Titel", 62)]),
        "Sicherheit", "Feuer\nÜbung\nWöchentlich.",
    )  # fmt: skip


def names() -> Iterator[StrangeFile]:
    """Wrong names, locks, damage."""
    whole = doc([para(f"Line {number} of the log of the pump.") for number in range(400)])
    yield strange("inside.docx", "an old Word document that is called .docx", doc([para("Soup of the day.")]),
                  "Soup of the day.")  # fmt: skip
    yield strange("letter.txt", "an old Word document that is called .txt", doc([para("Dear Ada,")]), "Dear Ada,")
    yield strange("prices.doc", "an old workbook that is called .doc",
                  old.xls({"A": old.cell(0, 0, "Soup") + old.cell(0, 1, 3.5)}), "Soup\t3.5")  # fmt: skip
    yield strange("plain.doc", "plain text that is called .doc", "Menu\n\nSoup at 12.30, bread at 13.00.\n",
                  "Soup at 12.30", counted=("not-what-its-name-says",))  # fmt: skip
    mhtml = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"; type="text/html"\r\n\r\n--x\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Location: file:///a.htm\r\n\r\n"
        "<html><head><title>Menu</title></head><body><p>Soup at 12.30 in the hall.</p></body></html>\r\n--x--\r\n"
    )
    yield strange("saved.doc", "a page in MIME that is called .doc, as web programs write it", mhtml,
                  "Soup at 12.30 in the hall.")  # fmt: skip
    yield strange("locked.doc", "a document under a password", doc([para("x")], flags=0x0100), counted=("password",),
                  unread=True)  # fmt: skip
    yield strange("word6.doc", "a document of Word 6",
                  compound_of({"WordDocument": struct.pack("<HH", 0xA5DC, 0x65).ljust(5000, b"\0"), "1Table": b""}),
                  unread=True)  # fmt: skip
    at = whole.index("Line 300 ".encode("utf-16-le"))
    yield strange("cut.doc", "a document that is cut off in its text", whole[:at], "Line 299 of the log of the pump.",
                  counted=("cut-off",))  # fmt: skip
    yield strange("zipped.dot", "a .docx that is called .dot", made.docx(made.para("Soup of the day.")),
                  "Soup of the day.")  # fmt: skip


def slides() -> Iterator[StrangeFile]:
    """Presentations."""
    yield strange(
        "tides.ppt", "slides in another order than they lie in the file, one of them hidden",
        deck([[title("Tides"), body("High at noon\rLow at six")], [title("Hidden"), box(said("Seen too."))], [title("潮汐"),
              box(said("满潮"))]], order=[1, 3, 2], hidden=[2]),
        "Tides", "High at noon\nLow at six", "潮汐\n满潮\nHidden\nSeen too.",
    )  # fmt: skip
    yield strange(
        "saved.ppt", "a presentation that was saved twice, with a dose that was changed",
        deck([[title("Dose"), box(said("5 mg a day"))]], older=[title("Dose"), box(said("50 mg a day"))]),
        "5 mg a day", never=("50 mg",),
    )  # fmt: skip
    yield strange(
        "outline.ppt", "texts that stand in the outline and not on their slide",
        deck([[box(decks.record(0x0F9E, bytes(4)), holder=13), box(decks.record(0x0F9E, b"\1\0\0\0"), holder=14)]],
             outline={1: said("Pumps", decks.TITLE) + said("Open the valve\rStart the pump", decks.BODY)}),
        "Pumps", "Open the valve\nStart the pump",
    )  # fmt: skip
    yield strange(
        "notes.ppt", "notes of the speaker, a remark, the number and the date of the slide",
        deck([[title("One")], [title("Two"), box(said("*", decks.OTHER, decks.record(0x0FD8, bytes(4)))),
              box(said("3 May 2003"), holder=7), decks.remark("Ada", "Is this so?")]],
             notes={2: [box(holder=11), box(said("Say it slowly.", decks.NOTES), holder=12)]}),
        "Two\nSay it slowly.", "Is this so?", never=("3 May 2003", "*"),
    )  # fmt: skip
    yield strange(
        "table.ppt", "a table, which is a group of boxes, and a shape that was deleted",
        deck([[title("Ports"), decks.table(["Port", "Depth"], ["Kiel", "−1,5"]), box(said("Old port"), gone=True)]]),
        "Port\tDepth\nKiel\t−1,5", never=("Old port",),
    )  # fmt: skip
    yield strange("locked.ppt", "a presentation under a password", deck([[title("x")]], locked=True),
                  counted=("password",), unread=True)  # fmt: skip
    whole = deck([[title(f"Slide {number}"), body("Some text. " * 40)] for number in range(30)])
    yield strange("cut.ppt", "a presentation that is cut off", whole[: len(whole) // 2], unread=True)
    yield strange("talk.doc", "a presentation that is called .doc", deck([[title("Talk"), box(said("Of boats."))]]),
                  "Of boats.")  # fmt: skip
    yield strange("talk.ppt", "a .pptx that is called .ppt", made.pptx([made.shape("Of boats.")]), "Of boats.")


def letters_of_outlook() -> Iterator[StrangeFile]:
    """Mails of Outlook."""
    who = {mails.SENDER: "Ada", mails.SENDER_MAIL: "ada@example.org"}
    yield strange(
        "tide.msg", "a mail in letters of one byte, in Chinese, whose sender's name has a comma",
        msg(Mail({mails.SUBJECT: "潮汐表", mails.SENDER: "Müller, Ada".replace("ü", "u"), mails.BODY: "满潮六点。\r\n> 几点？"},
                 numbers={mails.CODE_PAGE: 936}, narrow="gb18030")),
        "潮汐表", "满潮六点。", "几点？", "Muller, Ada",
    )  # fmt: skip
    yield strange(
        "page.msg", "a page that lies in packed RTF",
        msg(Mail({**who, mails.SUBJECT: "Ebb", mails.BODY: "Low at six", mails.RTF: packed_rtf(
            rb"{\rtf1\ansi\ansicpg1252\fromhtml1 {\fonttbl{\f0\fcharset0 Arial;}}{\*\htmltag64 <p>}\htmlrtf {\b\htmlrtf0 "
            rb"Low at six \u8212? caf\'e9{\*\htmltag72 </p>}\htmlrtf \par}\htmlrtf0 }")})),
        "Low at six — café", never=("htmlrtf", "<p>"),
    )  # fmt: skip
    yield strange(
        "forward.msg", "a mail in a mail, and a workbook that is attached",
        msg(Mail({**who, mails.SUBJECT: "Second", mails.BODY: "See below."}, attached=[
            Mail({mails.CONTENT: b"x", mails.FILE_NAME: "prices.xlsx"}),
            Mail(numbers={mails.HOW: 5}, inside=Mail({mails.SUBJECT: "First", mails.BODY: "Soup at 12.30."}))])),
        "See below.", "Soup at 12.30.", "prices.xlsx", counted=("attachment",),
    )  # fmt: skip
    yield strange(
        "meeting.msg", "a meeting, whose time and place stand in properties without numbers of their own",
        msg(Mail({**who, mails.SUBJECT: "Dredging", mails.CLASS: "IPM.Appointment", 0x8000: "Pier 5"},
                 times={0x8001: 129_000_000_000_000_000}, named=[(mails.MEETING, 0x8208), (mails.MEETING, 0x820D)])),
        "Dredging", "Pier 5", "2009-10-14",
    )  # fmt: skip
    locked = Mail({**who, mails.CLASS: "IPM.Note.SMIME"}, attached=[Mail({mails.CONTENT: b"\x30\x80"})])
    yield strange("locked.msg", "an encrypted mail", msg(locked), counted=("encrypted",), unread=True)
    whole = msg(Mail({**who, mails.BODY: "Low at six. " * 2_000}))
    yield strange("cut.msg", "a mail that is cut off", whole[: len(whole) // 2], "Low at six.", counted=("damaged",))
    yield strange("mail.doc", "a mail that is called .doc", msg(Mail({**who, mails.BODY: "Soup at 12.30."})),
                  "Soup at 12.30.")  # fmt: skip


def old_office_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from letters()
    yield from parts()
    yield from names()
    yield from slides()
    yield from letters_of_outlook()
