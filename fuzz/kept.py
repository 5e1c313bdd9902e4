"""Target of the fuzzer: any bytes as what people keep in files: calendars, cards, maps, outlines, translations."""

from __future__ import annotations

from fuzz import reading
from galactica.sources import icalendar, maps, outlines, translations, vcard

SEEDS = (
    b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nBEGIN:VEVENT\r\nSUMMARY:a\\,\r\n b\r\nDTSTART;TZID=c:20240503T103000\r\nRRULE:FREQ=WEEKLY;BYDAY=MO"
    b'\r\nATTENDEE;CN="d":mailto:e@f\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n',
    b"BEGIN:VCARD\nVERSION:2.1\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J\nADR;HOME:;;a;b\nNOTE:C:\\n\nEND:VCARD\n",
    b"<gpx><metadata><name>a</name><bounds minlat='1' minlon='2' maxlat='3' maxlon='4'/></metadata><wpt lat='1' lon='2'>"
    b"<name>b</name></wpt><rte><rtept lat='1' lon='2'><desc>c</desc></rtept></rte></gpx>",
    b"<kml><Document><Folder><name>a</name><Placemark><ExtendedData><Data name='b'><value>c</value></Data></ExtendedData>"
    b"<Point><coordinates>1,2,3</coordinates></Point></Placemark></Folder></Document></kml>",
    b"<opml><head><title>a</title></head><body><outline text='b'><outline text='c' _note='d'/></outline></body></opml>",
    b'msgid ""\nmsgstr "Language: de\\n"\n\n#, fuzzy\nmsgctxt "a"\nmsgid "b"\nmsgid_plural "c"\nmsgstr[0] "d"\n#~ msgid "e"\n',
)
PIECES = (
    "BEGIN:VEVENT\n", "END:VEVENT\n", "BEGIN:VCARD\n", "END:VCARD\n", "N:a;b\n", "NOTE;ENCODING=QUOTED-PRINTABLE:a=\n", " a\n", "A;B=\"", ":",
    ";", ",", "\\", "\n", "=", "RRULE:FREQ=DAILY;", "CATEGORIES:a,", "ADR:;", "<Folder>", "</Folder>", "<Placemark>", "<name>a", "</name>",
    "<coordinates>1,2 ", "<Data name='a'>", "<wpt lat='1' lon='2'>", "<rtept>", "<trkseg>", "<desc>", "<outline text='a'>", "</outline>",
    "<outline text='&lt;b&gt;'/>", 'msgid "a"\n', 'msgstr "b"\n', 'msgstr[0] "\n', '"c"\n', "#~ ", "#, fuzzy\n", '"', "x ", "&", "<", "<![CDATA[",
)  # fmt: skip

READINGS = 7


def one(data: bytes) -> None:
    """Read `data` as each of them."""
    for each, name in ((icalendar, "t.ics"), (vcard, "t.vcf"), (outlines, "t.opml"), (translations, "t.po")):
        reading.read(each.LEAF, data, name)
    for start in (b"", b"<gpx>", b"<kml>"):
        reading.read(maps.LEAF, start + data, "t.kml")
