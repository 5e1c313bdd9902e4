"""Calendars, cards, maps, outlines and translations: what people keep in files, an article each."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from galactica.model import Rejected
from galactica.sources import records
from tests.sources.retold import items_of_file, told, told_all

CALENDAR = """BEGIN:VCALENDAR
VERSION:2.0
X-WR-CALNAME:Ship
BEGIN:VTIMEZONE
TZID:Europe/Berlin
BEGIN:STANDARD
DTSTART:19701025T030000
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:drill@ship
SUMMARY:Drill on deck\\, all
  hands
DTSTART;TZID=Europe/Berlin:20240503T103000
DURATION:PT1H30M
RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE;UNTIL=20241231T000000Z
ATTENDEE;CN="Ole; Hansen":mailto:ole@x.example
DESCRIPTION:Line one\\nLine two\\; end
CATEGORIES:Safety,Deck
DTSTAMP:20240101T000000Z
BEGIN:VALARM
ACTION:DISPLAY
END:VALARM
END:VEVENT
BEGIN:VTODO
SUMMARY:Paint
DUE;VALUE=DATE:20240601
RRULE:FREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO
no line of a calendar
END:VTODO
END:VCALENDAR
""".replace("\n", "\r\n")


def test_each_entry_of_a_calendar_is_an_article(tmp_path: Path) -> None:
    drill, paint = told_all(tmp_path, "ship.ics", CALENDAR)
    assert (drill.document.title, drill.document.path) == ("Drill on deck, all hands", "ship.ics/drill@ship")
    assert drill.document.categories == ("Safety", "Deck")
    assert drill.text.split("\n") == [
        "Line one",
        "Line two; end",
        "Start\t2024-05-03 10:30 (Europe/Berlin)",
        "Duration\t1 h 30 min",
        "Recurrence\tevery 2 weeks, on Monday, Wednesday, until 2024-12-31 00:00 UTC",
        "Attendee\tOle; Hansen <ole@x.example>",
        "Calendar\tShip",
    ]
    assert drill.dropped == {
        "icalendar:alarm": 1,
        "icalendar:for-programs": 1,
        "icalendar:line": 1,
        "icalendar:zone": 1,
    }
    assert paint.text == "Due\t2024-06-01\nRecurrence\tFREQ=MONTHLY;BYSETPOS=-1;BYDAY=MO\nCalendar\tShip"


def test_the_only_record_of_a_file_has_the_file_s_path(tmp_path: Path) -> None:
    event = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:1\nLOCATION:Kiel\nDTSTART:20240503\nEND:VEVENT\nEND:VCALENDAR\n"
    found = told(tmp_path, "day.ics", event)
    assert (found.document.path, found.document.title) == ("day.ics", "day")
    assert found.text == "Location\tKiel\nStart\t2024-05-03"


def test_cards_of_all_versions_are_people(tmp_path: Path) -> None:
    old = (
        "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=ISO-8859-1;ENCODING=QUOTED-PRINTABLE:M=FCller;J=F6rg;;Dr.;\r\n"
        "TEL;WORK;VOICE:+49 431 0123\r\nADR;HOME:;;Hauptstr. 5;Kiel;;24103;DE\r\n"
        "NOTE;ENCODING=QUOTED-PRINTABLE:First=0D=0A=\r\nsecond=\r\n line\r\n"
        "PHOTO;ENCODING=BASE64;TYPE=JPEG:/9j/4AAQ\r\n SkZJRg\r\n\r\nEND:VCARD\r\n"
    )
    new = (
        'BEGIN:VCARD\r\nVERSION:4.0\r\nFN:Li Wei\r\nN:Li;Wei;;;\r\nitem1.EMAIL;TYPE="work,pref":li@x.example\r\n'
        "BDAY:19800412\r\nORG:Harbour;Pilots\r\nNICKNAME:Captain\r\nEND:VCARD\r\n"
    )
    first, second = told_all(tmp_path, "crew.vcf", old + new)
    assert first.document.title == "Dr. Jörg Müller"
    assert first.text.split("\n") == [
        "First",
        "second line",
        "Telephone (work)\t+49 431 0123",
        "Address (home)\tHauptstr. 5, Kiel, 24103, DE",
    ]
    assert first.dropped == {"vcard:photo": 1}
    assert (second.document.title, second.document.aliases) == ("Li Wei", ("Wei Li", "Captain"))
    assert "Email (work)\tli@x.example\nBirthday\t1980-04-12\nOrganization\tHarbour, Pilots" in second.text


@pytest.mark.parametrize(
    ("version", "note", "unit"),
    [("2.1", "C:\\new\\plan; a\\,b", "Deck, night;Two"), ("3.0", "C:\newplan; a,b", "Deck, night;Two")],
)
def test_before_version_3_a_backslash_stands_for_itself(tmp_path: Path, version: str, note: str, unit: str) -> None:
    card = f"BEGIN:VCARD\nVERSION:{version}\nFN:Ole\nNOTE:C:\\new\\plan\\; a\\,b\nORG:Deck;night\\;Two\nEND:VCARD\n"
    found = told(tmp_path, "ole.vcf", card)
    assert found.text == f"{note}\nOrganization\t{unit}"


def test_a_backslash_that_is_written_twice_hides_no_mark(tmp_path: Path) -> None:
    card = "BEGIN:VCARD\nVERSION:4.0\nFN:Ole\nADR:;;C:\\\\;Kiel\nCATEGORIES:a\\\\,b\\,c\nEND:VCARD\n"
    found = told(tmp_path, "ole.vcf", card)
    assert (found.text, found.document.categories) == ("Address\tC:\\, Kiel", ("a\\", "b,c"))


def test_old_calendars_have_no_backslash_either(tmp_path: Path) -> None:
    event = "BEGIN:VEVENT\nSUMMARY:See D:\\notes\nEND:VEVENT"
    found = told(tmp_path, "a.vcs", f"BEGIN:VCALENDAR\nVERSION:1.0\n{event}\nEND:VCALENDAR\n")
    assert found.document.title == "See D:\\notes"


GPX = """<?xml version="1.0"?><gpx version="1.1" xmlns="http://www.topografix.com/GPX/1/1"><wpt lat="8.5"
lon="-13.25"><ele>12</ele><name>Well 3</name><desc>Dry in May</desc><extensions><x>1</x></extensions></wpt><trk>
<name>Way</name><trkseg>
<trkpt lat="1" lon="2"><time>2024-05-03T10:00:00Z</time></trkpt><trkpt lat="3" lon="4"/></trkseg></trk></gpx>"""
KML = """<?xml version="1.0"?><kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Wells</name><Style id="s"/>
<Folder><name>North</name><Placemark><name>Well 3</name>
<description><![CDATA[<b>Dry</b> in May<br>Wet in June]]></description>
<styleUrl>#s</styleUrl><ExtendedData><Data name="depth"><value>42.5</value></Data></ExtendedData><Point><coordinates>
-13.25,8.5,0</coordinates></Point></Placemark><Placemark><name>Way</name><LineString><coordinates>1,2 3,4</coordinates>
</LineString></Placemark></Folder></Document></kml>"""


def test_places_and_tracks_of_gpx_are_articles(tmp_path: Path) -> None:
    well, way = told_all(tmp_path, "a.gpx", GPX)
    assert (well.document.title, well.text) == ("Well 3", "Dry in May\nCoordinates\t8.5, -13.25\nele\t12")
    assert well.dropped == {"map:for-programs": 1}
    assert way.text == "Geometry\tTrack, 2 points, from 1.0, 2.0 to 3.0, 4.0\nTime\t2024-05-03T10:00:00Z"
    assert way.dropped == {"map:points": 2}


def test_placemarks_of_kml_are_articles_also_in_an_archive(tmp_path: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("doc.kml", KML)
        archive.writestr("a.png", b"x")
    for name, content in (("a.kml", KML.encode()), ("a.kmz", packed.getvalue())):
        well, way = told_all(tmp_path, name, content)
        assert (well.document.title, well.document.categories) == ("Well 3", ("North",))
        assert well.text == "Dry in May\nWet in June\nCoordinates\t8.5, -13.25\ndepth\t42.5"
        assert way.text == "Geometry\tLineString, 2 points, from 2.0, 1.0 to 4.0, 3.0"
    left = [each for each in items_of_file(tmp_path, "b.kmz", packed.getvalue()) if isinstance(each, Rejected)]
    assert [each.reason for each in left] == ["not-linked"]


META = (
    "<metadata><name>Trip</name><author><name>Ada</name><email id='a' domain='x.example'/></author>"
    "<copyright author='Ada'><year>2024</year></copyright><link href='https://x.example/'><text>Site</text></link>"
    "<time>2024-05-03</time><keywords>sea, wells</keywords><bounds minlat='1' minlon='2' maxlat='3' maxlon='4'/>"
    "<extensions><y/></extensions></metadata>"
)
SAID = [
    *("Email\ta@x.example", "Copyright\tAda 2024", "Website\tSite https://x.example/", "Time\t2024-05-03"),
    "Bounds\tfrom 1, 2 to 3, 4",
]


def test_what_a_map_says_of_itself_stands_with_its_only_place_or_before_several(tmp_path: Path) -> None:
    place = "<wpt lat='1' lon='2'><name>Well</name></wpt>"
    well = told(tmp_path, "a.gpx", f"<gpx>{META}{place}</gpx>")
    assert (well.document.title, well.document.creators) == ("Well", ("Ada",))
    assert well.document.categories == ("sea", "wells")
    assert well.text.split("\n") == ["Coordinates\t1, 2", "Part of\tTrip", *SAID]
    assert well.dropped == {"map:for-programs": 1}
    about, one, two = told_all(tmp_path, "b.gpx", f"<gpx>{META}{place}{place}</gpx>")
    assert (about.document.title, about.text.split("\n")) == ("Trip", SAID)
    assert one.document.creators == two.document.creators == ("Ada",)


def test_when_and_where_alone_are_counted_beside_several_places(tmp_path: Path) -> None:
    about = "<time>2024</time><bounds minlat='1' minlon='2' maxlat='3' maxlon='4'/>"
    one, _ = told_all(tmp_path, "b.gpx", f"<gpx>{about}<wpt lat='1' lon='2'/><wpt lat='1' lon='3'/></gpx>")
    assert one.dropped == {"map:about": 2}


def test_stops_of_a_route_are_told_with_what_is_said_of_them(tmp_path: Path) -> None:
    stops = "<rtept lat='1' lon='2'><name>Mill</name><desc>Turn left</desc></rtept><rtept lat='1' lon='3'/>"
    found = told(tmp_path, "r.gpx", f"<gpx><rte>{stops}<rtept lat='1' lon='4'><cmt>Stop</cmt></rtept></rte></gpx>")
    assert found.text.split("\n")[1:] == ["Stops\tMill: Turn left", "Stop"]


def test_what_a_map_of_kml_says_beside_its_places_is_kept(tmp_path: Path) -> None:
    spaces = 'xmlns="http://www.opengis.net/kml/2.2" xmlns:a="http://www.w3.org/2005/Atom" xmlns:c="urn:c"'
    kml = (
        f'<kml {spaces} xmlns:gx="http://www.google.com/kml/ext/2.2"><Document><a:author><a:name>Ada</a:name></a:author>'
        '<Style/><Folder><description>All wells.</description><a:link href="https://x.example/"/><Placemark>'
        "<name>Well</name><Snippet>Dry</Snippet><TimeSpan><begin>2001</begin><end>2002</end></TimeSpan><ExtendedData>"
        '<Data name="d"><displayName>Depth</displayName><value>4</value></Data><c:camp>14</c:camp></ExtendedData>'
        "<Point><coordinates>1,2,30.5</coordinates></Point></Placemark><Placemark><gx:Track><gx:coord>1 2 0</gx:coord>"
        "<gx:coord>3 4 0</gx:coord></gx:Track></Placemark></Folder><NetworkLink><name>More</name><Link>"
        "<href>https://x.example/more.kml</href></Link></NetworkLink></Document></kml>"
    )
    folder, well, way, more = told_all(tmp_path, "a.kml", kml)
    assert folder.text == "All wells.\nWebsite\thttps://x.example/"
    assert folder.dropped == {"map:for-programs": 1}
    assert well.document.creators == ("Ada",)
    assert well.text.split("\n") == [
        *("Dry", "Coordinates\t2, 1", "Altitude\t30.5", "Depth\t4", "camp\t14", "TimeSpan\t2001 – 2002")
    ]
    assert way.text == "Geometry\tTrack, 2 points, from 2.0, 1.0 to 4.0, 3.0"
    assert (more.document.title, more.text) == ("More", "Map\thttps://x.example/more.kml")


def test_an_outline_is_a_list_of_lists(tmp_path: Path) -> None:
    text = (
        '<opml version="2.0"><head><title>Plan</title><ownerName>Ada</ownerName></head><body>'
        '<outline text="Pump &amp; hose"><outline text="1.5 bar" _note="At night"/></outline>'
        '<outline type="rss" text="Sea" xmlUrl="https://x.example/f" odd="1"/></body></opml>'
    )
    found = told(tmp_path, "plan.opml", text)
    assert (found.document.title, found.document.creators) == ("Plan", ("Ada",))
    assert found.text == "Pump & hose\n1.5 bar\nAt night\nSea (https://x.example/f)"
    assert found.dropped == {"opml:attribute": 1}
    lines = '<outline text="a">' * 1_000
    deep = told(tmp_path, "deep.opml", f"<opml><body>{lines}</body></opml>")
    assert deep.text.count("a") == 1_000
    assert deep.dropped["opml:too-deep"]


def test_translations_stand_beside_what_they_translate(tmp_path: Path) -> None:
    text = (
        'msgid ""\nmsgstr ""\n"Project-Id-Version: Pump 1\\n"\n"Language: de\\n"\n"Content-Type: text/plain; '
        'charset=iso-8859-1\\n"\n\n#. On the button\n#: a.c:3\nmsgctxt "verb"\n'
        'msgid "Open\\n"\n"it"\nmsgstr "\\"Öffnen\\""\n\n'
        '#, fuzzy\nmsgid "%d pump"\nmsgid_plural "%d pumps"\nmsgstr[0] "%d Pumpe"\nmsgstr[1] "%d Pumpen"\n\n'
        '#~ msgid "old"\n#~ msgstr "alt"\n'
    )
    found = told(tmp_path, "de.po", text.encode("latin-1"))
    assert found.document.title == "Pump 1 (de)"
    assert found.text.split("\n") == [
        "Text\tTranslation\tRemark",
        "Open",
        'it\t"Öffnen"\tverb',
        "On the button",
        "%d pump",
        "%d pumps\t%d Pumpe",
        "%d Pumpen\tnot checked",
    ]
    assert found.dropped == {"po:not-used": 1, "po:place": 1}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ics", "BEGIN:VCALENDAR\nEND:VCALENDAR\n"),
        ("a.gpx", "<gpx></gpx>"),
        ("a.opml", "<opml><body/></opml>"),
        ("a.kmz", b"PK\x03\x04broken"),
    ],
)
def test_a_file_without_records_is_refused(tmp_path: Path, name: str, content: str | bytes) -> None:
    place = tmp_path / "folder"
    place.mkdir()
    (place / "page.txt").write_text("A day\n\nIt rained.\n")
    (place / name).write_bytes(content.encode() if isinstance(content, str) else content)
    from galactica.sources.formats import open_source

    with open_source(place) as source:
        left = [each for each in source.read() if isinstance(each, Rejected)]
    assert {each.where for each in left} == {name}


def test_records_beyond_the_bounds_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(records, "MAX_RECORDS", 1)
    monkeypatch.setattr(records, "MAX_RECORD_FIELDS", 2)
    items = items_of_file(tmp_path, "ship.ics", CALENDAR)
    assert [getattr(each, "reason", "read") for each in items] == ["read", "too-large"]
    assert ("records:fields", 3) in getattr(items[0], "dropped", ())


def test_what_a_calendar_says_of_itself_and_every_paragraph_of_a_diary_is_told(tmp_path: Path) -> None:
    text = "BEGIN:VCALENDAR\nX-WR-CALNAME:Ship\nX-WR-CALDESC:All watches.\nBEGIN:VJOURNAL\nSUMMARY:Monday\n"
    text += "DESCRIPTION:Rain.\nDESCRIPTION:Wind.\nEND:VJOURNAL\nBEGIN:VFREEBUSY\nEND:VFREEBUSY\nEND:VCALENDAR\n"
    ship, diary = told_all(tmp_path, "a.ics", text)
    assert (ship.document.title, ship.text) == ("Ship", "All watches.")
    assert ship.dropped == {"icalendar:busy": 1}
    assert (diary.document.title, diary.text) == ("Monday", "Rain.\nWind.\nCalendar\tShip")


def test_days_of_the_week_in_a_month_are_not_told_as_one(tmp_path: Path) -> None:
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nSUMMARY:A\nRRULE:FREQ=MONTHLY;BYDAY=MO\nEND:VEVENT\nEND:VCALENDAR\n"
    assert told(tmp_path, "a.ics", text).text == "Recurrence\tFREQ=MONTHLY;BYDAY=MO"


def test_names_in_chinese_begin_with_the_family_s(tmp_path: Path) -> None:
    text = "BEGIN:VCARD\nVERSION:3.0\nN:张;三;;;\nTEL:1\nEND:VCARD\n"
    assert told(tmp_path, "a.vcf", text).document.title == "张三"
    text = "BEGIN:VCARD\nVERSION:4.0\nFN:Li San\nFN:李三\nN:李;三;;;\nTEL:1\nEND:VCARD\n"
    found = told(tmp_path, "b.vcf", text).document
    assert (found.title, found.aliases) == ("Li San", ("李三",))


def test_a_place_without_coordinates_has_none(tmp_path: Path) -> None:
    found = told(tmp_path, "a.gpx", '<gpx><wpt lat="1"><name>A</name><ele>3</ele></wpt></gpx>')
    assert found.text == "ele\t3"
