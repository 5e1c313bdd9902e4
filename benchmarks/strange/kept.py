"""What people keep in files: calendars, cards, maps, outlines, translations, settings."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from benchmarks.strange.case import StrangeFile, strange


def _lines(*lines: str) -> str:
    return "\r\n".join((*lines, ""))


def calendars() -> Iterator[StrangeFile]:
    """iCalendar."""
    event = ("BEGIN:VCALENDAR", "VERSION:2.0", "BEGIN:VEVENT")
    yield strange(
        "folded.ics",
        "folded lines, commas, a day, a zone that is named",
        _lines(*event, "SUMMARY:Drill\\, all ha", " nds", "DTSTART;TZID=Europe/Oslo:20240503T103000", "DTEND;VALUE=DATE:20240504",
               "DESCRIPTION:Take the blue\\nlife vest\\; not the red", "END:VEVENT", "END:VCALENDAR"),
        "Drill, all hands", "2024-05-03 10:30 (Europe/Oslo)", "2024-05-04", "life vest; not the red",
        never=("20240503", "\\n", "BEGIN"),
    )  # fmt: skip
    yield strange(
        "weekly.ics",
        "what comes again, with an alarm and times for programs",
        _lines(*event, "SUMMARY:Watch", "DTSTART:20240506T040000Z", "RRULE:FREQ=WEEKLY;BYDAY=MO,TH;COUNT=10", "EXDATE:20240509T040000Z",
               "DTSTAMP:19990101T000000Z", "BEGIN:VALARM", "TRIGGER:-PT15M", "END:VALARM", "END:VEVENT", "END:VCALENDAR"),
        "every week, on Monday, Thursday, 10 times", "2024-05-09 04:00 UTC",
        never=("1999", "FREQ", "PT15M"), counted=("icalendar:alarm",),
    )  # fmt: skip
    yield strange(
        "tasks.ics",
        "tasks and a diary, cut off in the middle, in lines of Unix",
        "BEGIN:VCALENDAR\nBEGIN:VTODO\nSUMMARY:Paint the hull\nDUE;VALUE=DATE:20240601\nEND:VTODO\nBEGIN:VJOURNAL\nSUMMARY:Log\nDESCRIPTION:Fog at noon\n",
        "Paint the hull", "2024-06-01", "Fog at noon",
    )  # fmt: skip


def cards() -> Iterator[StrangeFile]:
    """vCard."""
    yield strange(
        "old.vcf",
        "version 2.1 with quoted-printable in ISO 8859-1, a picture",
        _lines("BEGIN:VCARD", "VERSION:2.1", "N;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:S=F8rensen;J=F8rgen", "TEL;CELL:+45 12 34",
               "NOTE;ENCODING=QUOTED-PRINTABLE:Allergic to=", " penicillin", "PHOTO;ENCODING=BASE64;JPEG:/9j/4AAQSkZJRg==", "", "END:VCARD"),
        "Jørgen Sørensen", "+45 12 34", "Allergic to penicillin",
        never=("=F8", "/9j/"), counted=("vcard:photo",),
    )  # fmt: skip
    yield strange(
        "two.vcf",
        "two cards, groups, kinds of numbers, parts of an address",
        _lines("BEGIN:VCARD", "VERSION:4.0", "FN:Li Wei", 'item1.TEL;TYPE="cell,voice":tel:+86-10-1', "ADR:;;5 Pier Road;Kiel;;24103;Germany", "END:VCARD",
               "BEGIN:VCARD", "VERSION:3.0", "ORG:Harbour Office;Pilots", "EMAIL;TYPE=INTERNET:pilots@example.org", "END:VCARD"),
        "Li Wei", "(cell)\t+86-10-1", "5 Pier Road, Kiel, 24103, Germany", "Harbour Office, Pilots", "pilots@example.org",
        never=(";;", "item1"),
    )  # fmt: skip
    yield strange(
        "utf16.vcf",
        "UTF-16, a birthday, a name in another alphabet",
        _lines("BEGIN:VCARD", "VERSION:3.0", "FN:Анна Смирнова", "BDAY:19800412", "NOTE:Группа крови\\, II", "END:VCARD").encode("utf-16"),
        "Анна Смирнова", "1980-04-12", "Группа крови, II",
    )  # fmt: skip
    yield strange("disk.vcf", "version 2.1 with backslashes that stand for themselves", _lines("BEGIN:VCARD", "VERSION:2.1", "N:Lind;Ada\\;Eve", "NOTE:Kept in C:\\new\\notes", "END:VCARD"),
                  "Ada;Eve Lind", "Kept in C:\\new\\notes")  # fmt: skip
    yield strange("marks.vcf", "version 3.0 with marks behind backslashes that are written twice", _lines("BEGIN:VCARD", "VERSION:3.0", "FN:Ada", "ADR:;;C:\\\\;Kiel\\;Rum", "END:VCARD"),
                  "C:\\, Kiel;Rum")  # fmt: skip


def maps() -> Iterator[StrangeFile]:
    """GPX and KML."""
    kml = '<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{}</Document></kml>'
    place = (
        "<Placemark><name>Well 3</name><description><![CDATA[<p>Dry in <b>May</b></p><table><tr><td>depth</td><td>42.5</td></tr></table>]]>"
        "</description><Point><coordinates>-13.25,8.5,0</coordinates></Point></Placemark>"
    )
    yield strange("page.kml", "a description in HTML, coordinates the other way round", kml.format(place),
                  "Well 3", "Dry in May", "depth\t42.5", "8.5, -13.25", never=("<b>", "CDATA"))  # fmt: skip
    packed = io.BytesIO()
    area = "<Placemark><name>Field</name><Polygon><outerBoundaryIs><LinearRing><coordinates>1,2 3,4 5,6 1,2</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark>"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", kml.format(place + area))
        archive.writestr("files/icon.png", b"\x89PNG")
    yield strange("wells.kmz", "an archive with an icon, an area", packed.getvalue(), "Well 3", "Field", "Polygon, 4 points",
                  counted=("map:points", "not-linked"))  # fmt: skip
    yield strange(
        "way.gpx",
        "a route of named stops and a track with times",
        '<gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><rte><name>To Kiel</name><rtept lat="1" lon="2"><name>Oslo</name></rtept><rtept lat="3" lon="4"><name>Kiel</name></rtept></rte>'
        '<trk><name>Tuesday</name><trkseg><trkpt lat="1" lon="2"><time>2024-05-03T10:00:00Z</time></trkpt><trkpt lat="3" lon="4"><time>2024-05-03T11:00:00Z</time></trkpt></trkseg></trk></gpx>',
        "To Kiel", "Oslo, Kiel", "Tuesday", "Track, 2 points", "2024-05-03T11:00:00Z",
    )  # fmt: skip
    yield strange(
        "trip.gpx",
        "what a map says of itself, a stop with a remark",
        '<gpx version="1.1"><metadata><name>Trip</name><author><name>Ada</name><email id="ada" domain="example.org"/></author><copyright author="Ada Lind"><year>2024</year></copyright>'
        '<link href="https://example.org/trip"><text>Log</text></link><bounds minlat="1" minlon="2" maxlat="3" maxlon="4"/><extensions><x/></extensions></metadata>'
        '<rte><name>To Kiel</name><rtept lat="1" lon="2"><name>Mill</name><desc>Turn left</desc></rtept></rte></gpx>',
        "To Kiel", "Mill: Turn left", "ada@example.org", "Ada Lind 2024", "Log https://example.org/trip", "from 1, 2 to 3, 4",
        counted=("map:for-programs",),
    )  # fmt: skip
    yield strange(
        "folders.kml",
        "who made it, folders that say something, other vocabularies, a time from and to, a height",
        '<kml xmlns="http://www.opengis.net/kml/2.2" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:gx="http://www.google.com/kml/ext/2.2" xmlns:c="urn:c"><Document><name>Wells</name>'
        '<atom:link href="https://example.org/wells"/><Folder><description>Dug by hand</description><Placemark><name>Well 3</name><TimeSpan><begin>2001</begin><end>2002</end></TimeSpan>'
        "<ExtendedData><c:camp>14</c:camp></ExtendedData><Point><coordinates>1,2,30.5</coordinates></Point></Placemark><Placemark><name>Way</name><gx:Track><gx:coord>1 2 0</gx:coord></gx:Track></Placemark></Folder></Document></kml>",
        "https://example.org/wells", "Dug by hand", "2001 – 2002", "camp\t14", "Altitude\t30.5", "Track, 1 points",
        never=("20012002",),
    )  # fmt: skip


def lists() -> Iterator[StrangeFile]:
    """Outlines and translations."""
    yield strange(
        "deep.opml",
        "lines in lines, notes, signs, addresses",
        '<opml version="1.0"><head><title>Voyage</title></head><body><outline text="Fuel &amp;lt; 40 %"><outline text="Tank 1" _note="Leaks at night"/></outline>'
        '<outline text="Sea news" type="rss" xmlUrl="https://example.org/feed"/></body></opml>',
        "Voyage", "Fuel < 40 %\nTank 1\nLeaks at night", "https://example.org/feed",
    )  # fmt: skip
    yield strange("broken.opml", "a bare ampersand and no end", '<opml><body><outline text="Pump & hose"/><outline text="Rope">',
                  "Pump & hose\nRope", counted=("not-well-formed",))  # fmt: skip
    yield strange("order.opml", "a title that only stands in a line's title", '<opml version="2.0"><body><outline title="Close the valve"/></body></opml>',
                  "Close the valve")  # fmt: skip
    head = 'msgid ""\nmsgstr ""\n"Language: de\\n"\n"Content-Type: text/plain; charset={}\\n"\n\n'
    yield strange("latin.po", "ISO 8859-1, text on several lines, escaped signs",
                  (head.format("ISO-8859-1") + 'msgid ""\n"Open the "\n"\\"valve\\""\nmsgstr "Öffnen"\n').encode("latin-1"),
                  'Open the "valve"\tÖffnen', never=("\\", "charset"))  # fmt: skip
    yield strange("plural.po", "several forms, a context, one nobody looked at, what is not used any more",
                  head.format("UTF-8") + 'msgctxt "ship"\nmsgid "%d bow"\nmsgid_plural "%d bows"\nmsgstr[0] "%d Bug"\nmsgstr[1] "%d Buge"\n\n#, fuzzy\nmsgid "stern"\nmsgstr "Stern"\n\n#~ msgid "keel"\n#~ msgstr "Kiel"\n',
                  "%d Bug\n%d Buge\tship", "stern\tStern\tnot checked", never=("Kiel",), counted=("po:not-used",))  # fmt: skip
    yield strange("empty.pot", "a template with nothing translated", head.format("UTF-8") + '#: a.c:1\nmsgid "Anchor"\nmsgstr ""\n', "Anchor", never=("a.c",))  # fmt: skip


def settings() -> Iterator[StrangeFile]:
    """YAML, TOML, INI."""
    yield strange("typed.yaml", "what YAML takes for numbers, days and yes", "no: 007\nport: 22:22\nday: 2024-05-03\non: no\nprice: 1.10\n",
                  "no\t007", "22:22", "2024-05-03", "on\tno", "1.10")  # fmt: skip
    yield strange("names.yml", "names for values, text over lines, several documents",
                  "base: &b {bar: 1.5}\npump:\n  <<: *b\n  note: |\n    Open it.\n    Close it.\n---\nhull: steel\n",
                  "pump: bar\t1.5", "Open it. Close it.", "hull\tsteel", never=("<<",))  # fmt: skip
    yield strange("merged.yaml", "a mapping that is merged with two, a name that stands for nothing", "a: &a {bar: 1.5, port: 22}\nb: &b {port: 80, open: no}\npump:\n  <<: [*a, *b]\n  bar: 2\nlost: *c\n",
                  "pump: bar\t2\npump: port\t22\npump: open\tno", "lost\t*c", never=("<<",))  # fmt: skip
    yield strange("bomb.yaml", "names for names for names", "a: &a [x,x,x,x,x,x,x,x,x,x]\n" + "".join(f"{k}: &{k} [{','.join(['*' + j] * 10)}]\n" for j, k in zip("abcdefgh", "bcdefghi", strict=True)),
                  "a: &a [x,x")  # fmt: skip
    yield strange("pump.toml", "tables in lists, days", 'title = "Pump"\n[[step]]\ndo = "open"\n[[step]]\ndo = "close"\nat = 2024-05-03T10:30:00Z\nbar = 1.50\n',
                  "open", "close", "2024-05-03 10:30:00", "1.50")  # fmt: skip
    yield strange("pump.ini", "sections, colons, remarks, a value over two lines, Windows-1252",
                  "; Pumpe\r\n[Düse]\r\nDruck = 1,5 bar\r\ncode: 007\r\nlang = a\r\n  b\r\n".encode("cp1252"), "Düse: Druck\t1,5 bar", "007", "a b", counted=("settings:comment",))  # fmt: skip
    yield strange("nginx.conf", "settings of a form of their own", "server {\n  listen 80;\n}\n", "listen 80")


def other_xml() -> Iterator[StrangeFile]:
    """XML of no vocabulary that is known."""
    yield strange("ports.xml", "records with attributes", '<ports xmlns="urn:p"><port code="K"><name>Kiel</name><depth unit="m">11.50</depth></port><port code="O"><name>Oslo</name><depth unit="m">-3</depth></port></ports>',
                  "Kiel\ncode\tK\ndepth\t11.50\ndepth unit\tm", "Oslo", "-3", never=("urn:p",))  # fmt: skip
    yield strange("books.xml", "records with a description", '<catalog><book id="b1"><title>Tides</title><price currency="EUR">44.90</price><description>On the sea.</description></book><book id="b2"><title>Knots</title><description>On ropes.</description></book></catalog>',
                  "Tides\nOn the sea.\nprice: 44.90\nprice currency: EUR", "Knots\nOn ropes.")  # fmt: skip
    yield strange(
        "pump.xml",
        "settings, ISO 8859-1",
        '<?xml version="1.0" encoding="ISO-8859-1"?><pump><düse>1.50</düse><on>no</on></pump>'.encode("latin-1"),
        "düse\t1.50",
        "on\tno",
    )
    yield strange("paper.xml", "prose in tags of its own, raised letters, an attribute", '<paper year="1912"><title>Tides</title><s1><head>Method</head><p>We read <gauge>it</gauge> 10<sup>3</sup> times.</p></s1></paper>',
                  "Tides", "Method\nWe read it 10^3 times.", never=("103",), counted=("xml:attribute", "xml:unknown-tag"))  # fmt: skip
    yield strange("things.rdf", "RDF in XML", '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:d="urn:d#"><rdf:Description rdf:about="u:1"><d:title>Kiel</d:title><d:near rdf:resource="u:2"/></rdf:Description><rdf:Description rdf:about="u:2"><d:title>Oslo</d:title></rdf:Description></rdf:RDF>',
                  "Kiel\nabout\tu:1\nnear\tu:2", "Oslo")  # fmt: skip
    yield strange(
        "sitemap.xml",
        "a site map, which is for programs",
        '<?xml version="1.0"?><urlset><url><loc>https://example.org/</loc></url></urlset>',
        unread=True,
    )


def references() -> Iterator[StrangeFile]:
    """BibTeX and RIS, and pages of manuals."""
    yield strange("letters.bib", "letters of TeX, abbreviations, values that are put together, names turned round",
                  '@string{kj = "Kiel Journal"}\n@article{a, author = {M{\\"u}ller, J\\"org and {\\O}stby, Ane}, title = {{T}ides: 10--12~m \\& more}, journal = kj # { B}, year = 1912}\n',
                  "Tides: 10–12 m & more", "Jörg Müller, Ane Østby", "Kiel Journal B", never=("{", "kj", "\\"))  # fmt: skip
    yield strange("broken.bib", "an entry that never ends, a remark, a file's name, a bracket", "% by hand\n@book{a, title = {One}, file = {C:/x.pdf}}\n@book{b, title = {Two\n@misc(c, title = \"Three\", year = 2001)\n",
                  "One", "Two", "Three", "2001", never=("x.pdf",), counted=("for-programs",))  # fmt: skip
    yield strange("list.ris", "two references, a title over two lines, an abstract", "TY  - JOUR\r\nAU  - Lind, Ada\r\nTI  - Tides\r\n of Kiel\r\nPY  - 1912//\r\nAB  - High at 06:12.\r\nER  - \r\n\r\nTY  - BOOK\r\nTI  - Knots\r\nER  - \r\n",
                  "Tides of Kiel", "Ada Lind", "High at 06:12.", "Knots", never=("TY",))  # fmt: skip
    yield strange("fonts.1", "fonts, signs, terms, lines as they are, a remark", '.\\" secret\n.TH PUMP 1\n.SH OPTIONS\n.TP\n.BR \\-p , " \\-\\-pressure"\nAt \\fI1.5\\fR bar \\(em \\(lqnever\\(rq more.\n.nf\npump  -p 1.5\n.fi\n',
                  "-p, --pressure", "At 1.5 bar — “never” more.", "pump", never=("secret", "\\f", ".TP"))  # fmt: skip
    yield strange("mdoc.8", "the macros of BSD", ".Dd May 3, 2024\n.Dt PUMP 8\n.Sh NAME\n.Nm pump\n.Nd move water\n.Sh SYNOPSIS\n.Nm\n.Op Fl p Ar bar\n.Sh SEE ALSO\n.Xr valve 1 ,\n.Xr hose 5\n",
                  "pump — move water", "pump [-p bar]", "valve(1), hose(5)", never=("Fl", ".Nm"))  # fmt: skip
    yield strange("table.5", "a table, a macro of its own", ".de Zz\nnever said\n..\n.TH TIDES 5\n.SH TABLE\n.TS\ntab(;);\nl n.\nKiel;1.5\nOslo;-2.0\n.TE\n", "Kiel\t1.5\nOslo\t-2.0",
                  never=("never said", "tab("), counted=("roff:macro",))  # fmt: skip


def latex() -> Iterator[StrangeFile]:
    """LaTeX."""
    frame = "\\documentclass{{article}}\n\\title{{Pumps}}\n\\begin{{document}}\n{}\n\\end{{document}}\n"
    yield strange("letters.tex", "letters of TeX, dashes, quotes, remarks, escaped signs", frame.format('J\\"org paid 5\\,\\% of \\$10---``now\'\' % not me\nand {\\O}re at 100\\%.'),
                  "Pumps", "Jörg paid 5 % of $10—“now” and Øre at 100%.", never=("not me", "\\", "{"))  # fmt: skip
    yield strange("table.tex", "a table with rules and spans, a formula, a note, what is struck",
                  frame.format("\\begin{tabular}{l|r}\\hline Port & m\\\\ \\hline Kiel & $10^{-3}$\\\\ \\multicolumn{2}{c}{both}\\\\ \\end{tabular} Give \\sout{50} 5 mg\\footnote{By weight.}."),
                  "Port\tm\nKiel\t10^{-3}\nboth", "Give 5 mg.", "By weight.", never=("50", "hline", "multicolumn"), counted=("struck",))  # fmt: skip
    yield strange("own.tex", "commands of its own, a file that is put in, a drawing, code with signs",
                  frame.format("\\newcommand{\\kg}[1]{#1 kilo}\\input{other}\\section{Load}\\warn{Never above} 80.\\begin{tikzpicture}\\draw (0,0);\\end{tikzpicture}\n\\begin{verbatim}\nx & y % z\n\\end{verbatim}"),
                  "Load", "Never above 80.", "x & y % z", never=("draw", "other", "#1"), counted=("latex:command", "latex:file", "latex:macro"))  # fmt: skip


def kept_files() -> Iterator[StrangeFile]:
    """All of them."""
    yield from calendars()
    yield from cards()
    yield from maps()
    yield from lists()
    yield from settings()
    yield from other_xml()
    yield from references()
    yield from latex()
