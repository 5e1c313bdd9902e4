"""Mails, subtitles, and other forms of text."""

from __future__ import annotations

from collections.abc import Iterator

from benchmarks.strange.case import StrangeFile, strange

_HEAD = "From: Ole <ole@example.org>\r\nTo: Li <li@example.org>\r\nSubject: {}\r\nDate: Fri, 3 May 2024 10:00:00 +0200\r\nMIME-Version: 1.0\r\n"


def mails() -> Iterator[StrangeFile]:
    """Mails."""
    quoted = (
        _HEAD.format("=?iso-8859-1?Q?Geb=FChr?=")
        + "Content-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nDie Geb=FChr ist 12,50 =A4 f=\r\n=FCr alle. 3=3D3\r\n"
    )
    yield strange("fee.eml", "quoted-printable in ISO 8859-1", quoted, "Gebühr", "für alle. 3=3", never=("=FC", "=3D"))
    both = (
        _HEAD.format("Fuel")
        + 'Content-Type: multipart/alternative; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nFuel 40 %\r\n--b\r\nContent-Type: text/html\r\n\r\n<p>Fuel <b>40 %</b>, 10<sup>3</sup> L</p>\r\n--b--\r\n'
    )
    yield strange("both.eml", "the same as text and as HTML", both, "40 %")
    attached = (
        _HEAD.format("List")
        + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nR3LDvMOfZSwgMS41IGJhcg==\r\n--b\r\nContent-Type: application/pdf; name="=?utf-8?B?UGzDpG5lLnBkZg==?="\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\nJVBERi0=\r\n--b--\r\n'
    )
    yield strange("attached.eml", "a text in base64 and a file", attached, "Grüße, 1.5 bar")
    nested = (
        _HEAD.format("Fwd")
        + 'Content-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\nContent-Type: text/plain\r\n\r\nSee below.\r\n--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: Ann <ann@example.org>\r\nSubject: Tide\r\n\r\nHigh water 06:12\r\n--b--\r\n'
    )
    yield strange("forward.eml", "a mail in a mail", nested, "See below.", "High water 06:12")
    flowed = (
        _HEAD.format("Flow")
        + "Content-Type: text/plain; format=flowed\r\n\r\nThe pump runs \r\nat 1.5 bar.\r\n> Is it\r\n> safe?\r\nYes.\r\n"
    )
    yield strange("flowed.eml", "lines that flow on", flowed, "The pump runs at 1.5 bar.", "Yes.")
    box = (
        "From ole@example.org Fri May  3 10:00:00 2024\n"
        + _HEAD.format("One").replace("\r\n", "\n")
        + "\nFirst letter\n>From here on\n\nFrom li@example.org Fri May  3 11:00:00 2024\n"
        + _HEAD.format("Two").replace("\r\n", "\n")
        + "\nSecond letter\n"
    )
    yield strange("box.mbox", "a box of mails", box, "First letter", "From here on", "Second letter")
    bare = "From: a@example.org\r\nSubject: Kurz\r\n\r\nGr\xfc\xdfe, 5 Grad\r\n".encode("latin-1")
    yield strange("bare.eml", "letters beyond ASCII without a word on how", bare, "Grüße, 5 Grad")


def plain() -> Iterator[StrangeFile]:
    """Text in other marks."""
    srt = (
        "1\n00:00:01,000 --> 00:00:03,000\n<i>Pump</i> at 1.5 bar\n\n2\n00:00:03,500 --> 00:00:05,000\n- Stop!\n- No.\n"
    )
    yield strange("film.srt", "subtitles", srt, "Pump at 1.5 bar", "Stop!", "No.")
    yield strange(
        "old.srt",
        "subtitles in Windows-1252",
        "1\n00:00:01,000 --> 00:00:03,000\nDas Gerät läuft für 5 Minuten\n".encode("cp1252"),
        "Das Gerät läuft für 5 Minuten",
    )
    yield strange(
        "pl.srt",
        "subtitles in Windows-1250",
        "1\n00:00:01,000 --> 00:00:03,000\nDziękuję, że przyszłaś tak późno w nocy\n\n2\n00:00:04,000 --> 00:00:06,000\nNie mogę się już doczekać świąt\n".encode(
            "cp1250"
        ),
        "Dziękuję, że przyszłaś",
    )
    yield strange(
        "ru.srt",
        "subtitles in Windows-1251",
        "1\n00:00:01,000 --> 00:00:03,000\nСпасибо, что вы пришли так поздно\n\n2\n00:00:04,000 --> 00:00:06,000\nЯ уже не могу дождаться праздника\n".encode(
            "cp1251"
        ),
        "Спасибо, что вы пришли",
    )
    yield strange(
        "talk.vtt",
        "WebVTT with voices and settings",
        "WEBVTT\n\nNOTE made by hand\n\nintro\n00:01.000 --> 00:03.000 align:start\n<v Ole>Depth is &lt; 7 m</v>\n",
        "Depth is < 7 m",
        never=("made by hand",),
    )
    yield strange(
        "cp1251.txt",
        "a text in Windows-1251",
        "Насос работает при давлении 1,5 бар. Перед пуском проверьте клапан и откройте кран.\n".encode("cp1251"),
        "Насос работает при давлении 1,5 бар",
    )
    yield strange(
        "koi8.txt",
        "a text in KOI8-R",
        "Насос работает при давлении 1,5 бар. Перед пуском проверьте клапан и откройте кран.\n".encode("koi8-r"),
        "Насос работает при давлении 1,5 бар",
    )
    yield strange(
        "cp1250.txt",
        "a text in Windows-1250",
        "Czerpak pracuje przy ciśnieniu 1,5 bara. Przed uruchomieniem należy sprawdzić zawór i odkręcić kran, żeby nie pękł.\n".encode(
            "cp1250"
        ),
        "Czerpak pracuje przy ciśnieniu 1,5 bara",
        "należy sprawdzić zawór",
    )
    yield strange(
        "latin2.txt",
        "a text in ISO 8859-2",
        "Szivattyú működése közben a nyomás 1,5 bar. Indítás előtt ellenőrizze a szelepet, és nyissa ki a csapot, hogy ne törjön.\n".encode(
            "iso-8859-2"
        ),
        "Szivattyú működése közben",
        "előtt ellenőrizze",
    )
    yield strange(
        "cp1254.txt",
        "a text in Windows-1254",
        "Pompa 1,5 bar basınçta çalışır. Çalıştırmadan önce vanayı kontrol ediniz ve musluğu açınız, aksi hâlde kırılır.\n".encode(
            "cp1254"
        ),
        "basınçta çalışır",
        "musluğu açınız",
    )
    yield strange(
        "cp1257.txt",
        "a text in Windows-1257",
        "Siurblys dirba esant 1,5 baro slėgiui. Prieš įjungdami patikrinkite vožtuvą ir atsukite čiaupą, kad jis nesulūžtų.\n".encode(
            "cp1257"
        ),
        "slėgiui. Prieš įjungdami",
    )
    yield strange(
        "cp437.txt",
        "a text of DOS",
        "Die Pumpe läuft bei 1,5 bar. Vor dem Start prüfen Sie das Ventil und öffnen Sie den Hahn, damit nichts überläuft.\n".encode(
            "cp850"
        ),
        "Die Pumpe läuft bei 1,5 bar",
        "prüfen Sie",
    )
    yield strange(
        "mac.txt",
        "a text of an old Macintosh",
        "La pompe marche à 1,5 bar. Avant le démarrage, vérifiez la vanne et ouvrez le robinet, sinon ça déborde, voilà.\n".encode(
            "mac_roman"
        ),
        "La pompe marche à 1,5 bar",
        "vérifiez",
    )
    yield strange(
        "viet.txt", "a text in Windows-1258", "Bơm chạy".encode("cp1258", "replace") + b" 1,5 bar\n", "1,5 bar"
    )
    yield strange(
        "form.txt",
        "form feeds, tabs, a vertical tab",
        "Port\tm\nKiel\t1.5\n\fPage two: Oslo 12\n",
        "Kiel",
        "1.5",
        "Page two: Oslo 12",
    )
    yield strange(
        "bell.txt", "control characters in a log", "Depth \x1b[31m7.5\x1b[0m m\x07 at 10:30\n" * 3, "Depth", "7.5"
    )
    yield strange(
        "README",
        "no ending",
        "The pump runs at 1.5 bar. Open the valve before the start and close it after use.\n",
        "1.5 bar",
    )
    yield strange(
        "pump.rst",
        "reStructuredText",
        "Pump\n====\n\nRuns at **1.5 bar**, see `list <https://example.org>`_ and H\\ :sub:`2`\\ O.\n\n- one\n- two\n",
        "1.5 bar",
        "two",
    )
    yield strange(
        "pump.adoc",
        "AsciiDoc",
        "= Pump\n\nRuns at *1.5 bar* and 10^3^ L.\n\n|===\n|Port |m\n|Kiel |1.5\n|===\n",
        "1.5 bar",
        "Kiel",
    )
    yield strange(
        "pump.org",
        "Org mode",
        "* Pump\nRuns at *1.5 bar*.\n| Port | m |\n|------+---|\n| Kiel | 1.5 |\n",
        "1.5 bar",
        "Kiel",
    )
    yield strange(
        "pump.tex",
        "LaTeX",
        "\\documentclass{article}\\begin{document}\\section{Pump}Runs at $10^{3}$ Pa, 5\\,\\% more.\\end{document}\n",
        "Pump",
        "10^{3}",
    )
    yield strange("pump.typ", "Typst", "= Pump\n\nRuns at *1.5 bar*.\n", "1.5 bar")
    yield strange("refs.bib", "BibTeX", "@book{a,\n title={Tides of {K}iel},\n year=1912\n}\n", "Tides of", "1912")
    yield strange(
        "day.ics",
        "a calendar",
        "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:Drill on deck\\, all\r\n hands\r\nDTSTART:20240503T103000Z\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        "Drill on deck",
    )
    yield strange(
        "ole.vcf",
        "a card",
        "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ole Hansen\r\nTEL:+49 431 0123\r\nEND:VCARD\r\n",
        "Ole Hansen",
        "+49 431 0123",
    )
    yield strange(
        "feeds.opml",
        "an outline",
        '<?xml version="1.0"?><opml version="2.0"><head><title>Plan</title></head><body><outline text="Pump at 1.5 bar"/></body></opml>',
        "Pump at 1.5 bar",
    )
    yield strange(
        "way.gpx",
        "a track",
        '<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="8.5" lon="-13.25"><name>Well 3</name><desc>Dry in May</desc></wpt></gpx>',
        "Well 3",
        "Dry in May",
    )
    yield strange(
        "way.kml",
        "places",
        '<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><Placemark><name>Well 3</name><description>Dry in May</description></Placemark></Document></kml>',
        "Well 3",
        "Dry in May",
    )
    yield strange(
        "letter.xml",
        "TEI",
        '<?xml version="1.0"?><TEI xmlns="http://www.tei-c.org/ns/1.0"><text><body><head>Letter</head><p>The ship left in 1912.</p></body></text></TEI>',
        "The ship left in 1912.",
    )
    yield strange(
        "article.xml",
        "JATS",
        '<?xml version="1.0"?><article><front><article-meta><title-group><article-title>Zinc</article-title></title-group></article-meta></front><body><p>Dose 10<sup>3</sup> U</p></body></article>',
        "Zinc",
        "10^3 U",
    )
    yield strange(
        "book.dbk",
        "DocBook",
        '<?xml version="1.0"?><book xmlns="http://docbook.org/ns/docbook"><title>Pumps</title><chapter><title>One</title><para>At 1.5 bar</para></chapter></book>',
        "At 1.5 bar",
    )
    yield strange(
        "ls.1",
        "a page of a manual",
        ".TH PUMP 1\n.SH NAME\npump \\- move water\n.SH DESCRIPTION\nRuns at 1.5 bar.\n",
        "Runs at 1.5 bar.",
    )
    yield strange(
        "pump.po",
        "translations",
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Pump"\nmsgstr "Pumpe"\n',
        "Pumpe",
    )
    yield strange("settings.yaml", "YAML", "pump:\n  pressure: 1.5 bar\n  code: 007\n", "007")
    yield strange(
        "log.log",
        "a log",
        "2024-05-03 10:30:00 INFO pump at 1.5 bar\n2024-05-03 10:31:00 WARN pump at 2.5 bar\n",
        "1.5 bar",
        "2.5 bar",
    )
    yield strange("one.txt", "one line of two million signs", "word " * 400_000, "word word")
    yield strange(
        "crcr.txt",
        "lines that end in two carriage returns and a line feed",
        "Kiel 1.5\r\r\nOslo 12\r\r\n",
        "Kiel 1.5",
        "Oslo 12",
    )


def far() -> Iterator[StrangeFile]:
    """Letters that come late."""
    yield strange(
        "late.txt",
        "Windows-1250 behind ten thousand plain letters",
        ("Plain words here.\n" * 600 + "Łódź i Gdańsk, świnia i wąż\n").encode("cp1250"),
        "Łódź i Gdańsk",
    )
    rows = "Port,Depth\n" + "".join(f"Kiel,{n}\n" for n in range(2_000)) + "Świnoujście,7\nŁeba,3\nBełżec,0\n"
    yield strange(
        "late.csv", "Windows-1250 behind two thousand plain rows", rows.encode("cp1250"), "Świnoujście\t7", "Łeba\t3"
    )
    yield strange(
        "late.md",
        "GB 18030 behind ten thousand plain letters",
        ("Plain words here.\n" * 600 + "我们在这里学习中文和历史，他们也来了\n").encode("gb18030"),
        "我们在这里学习中文和历史",
    )


def letter_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from mails()
    yield from plain()
    yield from far()
