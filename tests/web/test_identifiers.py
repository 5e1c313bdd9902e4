"""Identifiers lead to where they are explained, where that is certain, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.web.identifiers import identifier


@pytest.mark.parametrize(
    ("text", "address"),
    [
        ("wikidata:Q64", "https://www.wikidata.org/wiki/Q64"),
        ("wikidata:P36", "https://www.wikidata.org/wiki/Property:P36"),
        ("wikidata:L99", "https://www.wikidata.org/wiki/Lexeme:L99"),
        ("wikidata:Q0", ""),
        ("wikidata:Q64/../evil", ""),
        ("doi:10.5555/12345678", "https://doi.org/10.5555/12345678"),
        ("doi:10.1002/(SICI)1096-8644<1>3.0.CO;2-Y", "https://doi.org/10.1002/(SICI)1096-8644%3C1%3E3.0.CO;2-Y"),
        ("doi:11.5555/1", ""),
        ("doi:10.5555/ünicode", ""),
        ("isbn:9780306406157", "https://openlibrary.org/isbn/9780306406157"),
        ("isbn:978-0-306-40615-7", "https://openlibrary.org/isbn/9780306406157"),
        ("isbn:0306406152", "https://openlibrary.org/isbn/0306406152"),
        ("isbn:080442957X", "https://openlibrary.org/isbn/080442957X"),
        ("isbn:9780306406158", ""),
        ("isbn:0306406153", ""),
        ("issn:0378-5955", "https://portal.issn.org/resource/ISSN/0378-5955"),
        ("issn:0378-5954", ""),
        ("ark:/12148/x", ""),
        ("javascript:alert(1)", ""),
        ("https://evil.example/", ""),
        ("plain", ""),
    ],
)
def test_only_what_is_known_and_right_leads_somewhere(text, address):
    assert identifier(text)[2] == address


def test_schemes_are_called_by_their_names():
    assert identifier("doi:10.5555/1")[:2] == ("DOI", "10.5555/1")
    assert identifier("gutenberg:42")[:2] == ("gutenberg", "42")


@given(st.sampled_from(["wikidata", "doi", "isbn", "issn", "urn"]), st.text())
def test_whatever_the_value_an_address_is_one_of_these_sites(scheme, value):
    address = identifier(f"{scheme}:{value}")[2]
    sites = (
        "https://www.wikidata.org/wiki/",
        "https://doi.org/10.",
        "https://openlibrary.org/isbn/",
        "https://portal.issn",
    )
    assert address == "" or (address.startswith(sites) and address.isascii() and not set(" \"'<>\\") & set(address))
