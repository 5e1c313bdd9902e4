"""What a PDF says of itself is believed where a person may have written it."""

from __future__ import annotations

import zlib
from pathlib import Path

import pytest

from galactica.sources.pdf.facts import facts_of, good_title
from galactica.sources.pdf.page import PdfFacts
from galactica.sources.pdf.xmp import packet_in, values_of

PACKET = """<?xpacket begin="" id="W5M0MpCehiHzreSzNTczkc9d"?><x:xmpmeta xmlns:x="adobe:ns:meta/">
<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description rdf:about=""
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:pdf="http://ns.adobe.com/pdf/1.3/"
 xmlns:cc="http://creativecommons.org/ns#" xmlns:prism="http://prismstandard.org/namespaces/basic/2.0/"
 pdf:Producer="Weaver 3"><dc:title><rdf:Alt><rdf:li xml:lang="de">Fl\u00fcsse</rdf:li>
<rdf:li xml:lang="x-default">Rivers</rdf:li></rdf:Alt></dc:title>
<dc:creator><rdf:Seq><rdf:li>Ada Lind</rdf:li><rdf:li>Otto Berg</rdf:li></rdf:Seq></dc:creator>
<dc:language><rdf:Bag><rdf:li>en-GB</rdf:li></rdf:Bag></dc:language>
<cc:license rdf:resource="https://creativecommons.org/licenses/by-sa/4.0/"/>
<prism:doi>10.1234/abc.5</prism:doi><prism:isbn>978-0-14-143976-1</prism:isbn>
<prism:publicationDate>2021-05</prism:publicationDate></rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>"""


def said(**info: str) -> PdfFacts:
    return PdfFacts(info=tuple(info.items()))


@pytest.mark.parametrize(
    "title",
    [
        "Microsoft Word - report final.doc", "untitled", "Untitled-3", "Document1", "report.indd", "C:\\x\\y.tex", "",
        "PowerPoint Presentation", "12345", "d41d8cd98f00b204e9800998ecf8427e", "\ufffd\ufffd", "(anonymous)",
        "Slide 1",
    ],
)  # fmt: skip
def test_what_programs_write_is_no_title(title: str) -> None:
    assert good_title(title) == ""


@pytest.mark.parametrize(
    "title", ["Rivers of the north", "河流", "1984: a reading", "Title IX at fifty", "Word and world"]
)
def test_what_people_write_is_one(title: str) -> None:
    assert good_title(title) == title


def test_xmp_comes_before_the_information_dictionary() -> None:
    info = (("Title", "Old"), ("Author", "user"), ("CreationDate", "D:20230102000000Z"))
    facts = facts_of(PdfFacts(info=info, xmp=PACKET))
    assert (facts.title, facts.creators, facts.language) == ("Rivers", ("Ada Lind", "Otto Berg"), "en-GB")
    assert (facts.published, facts.licence) == ("2021-05", "CC-BY-SA-4.0")
    assert facts.identifiers == ("doi:10.1234/abc.5", "isbn:9780141439761")


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("Ada Lind and Otto Berg", ("Ada Lind", "Otto Berg")),
        ("Ada Lind, Otto Berg", ("Ada Lind", "Otto Berg")),
        ("Lind, Ada; Berg, Otto", ("Lind, Ada", "Berg, Otto")),
        ("Ada Lind <ada@example.org>", ("Ada Lind",)),
        ("Administrator", ()),
        ("Windows User", ()),
    ],
)
def test_people_are_told_from_accounts(written: str, names: tuple[str, ...]) -> None:
    assert facts_of(said(Author=written)).creators == names


@pytest.mark.parametrize(
    ("written", "date"),
    [
        ("D:20240103120000+01'00'", "2024-01-03"),
        ("D:2024", "2024"),
        ("D:20241399", "2024"),
        ("D:19700101000000Z", ""),
        ("yesterday", ""),
    ],
)
def test_dates_are_those_that_a_publication_may_have(written: str, date: str) -> None:
    assert facts_of(said(CreationDate=written)).published == date


@pytest.mark.parametrize("packed", [False, True])
def test_the_packet_of_the_file_is_told_from_those_of_its_pictures(tmp_path: Path, packed: bool) -> None:
    other = PACKET.replace("Weaver 3", "Camera 9").replace("Rivers", "Holiday")
    raw = b"%PDF-1.7\n"
    for packet in (PACKET, other):
        held = zlib.compress(packet.encode()) if packed else packet.encode()
        filtered = b"/Filter /FlateDecode" if packed else b""
        raw += (
            b"7 0 obj << /Type /Metadata /Subtype /XML " + filtered + b" >>\nstream\n" + held + b"\nendstream endobj\n"
        )
    path = tmp_path / "a.pdf"
    path.write_bytes(raw)
    assert packet_in(path, "Weaver 3", "") == PACKET
    assert packet_in(path, "Loom 1", "") == ""


@pytest.mark.parametrize(
    "packet", ["", "no xml", "<rdf:RDF", "<!DOCTYPE x [<!ENTITY a 'b'>]><rdf:RDF>&a;</rdf:RDF>", "<rdf:RDF>" * 400]
)
def test_a_packet_that_is_none_says_nothing(packet: str) -> None:
    assert values_of(packet) == {}
