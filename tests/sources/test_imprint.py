"""What title pages say is understood where it is certain, and left alone where it could mean two things."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.sources.columns import EDTF
from galactica.sources.imprint import MAX_DESCRIPTION, edtf, identifier_told, isbn, licence_told, plain_description


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("2012-01-18T12:47:00Z", "2012-01-18"),
        ("2012-01", "2012-01"),
        (" 1851 ", "1851"),
        ("1843?", "1843?"),
        ("-0043-03-15", "-0043-03-15"),
        ("20120118", "2012-01-18"),
        ("2012/1/8", "2012-01-08"),
        ("c1999, by the author", "1999"),
        ("January 5, 2003", "2003"),
        ("12/01/2012", "2012"),
        ("2001-13-01", "2001"),
        ("2004-02-30", "2004-02"),
        ("1999-2001", ""),
        ("1,999 copies", ""),
        ("0101-01-01T00:00:00+00:00", ""),
        ("0000", ""),
        ("soon", ""),
        ("", ""),
    ],
)
def test_a_date_is_told_as_far_as_it_is_certain(written: str, told: str) -> None:
    assert edtf(written) == told


@given(st.one_of(st.text(max_size=60), st.from_regex(r"[-+]?\d{1,6}[-/.]\d{1,3}[-/.]\d{1,3}.{0,3}", fullmatch=True)))
def test_whatever_is_written_a_date_is_of_edtf_or_none(written: str) -> None:
    found = edtf(written)
    assert not found or EDTF.fullmatch(found)


@pytest.mark.parametrize(
    ("written", "digits"),
    [
        ("978-0-14-143976-1", "9780141439761"),
        ("0-14-143976-9", "9780141439761"),
        ("080442957X", "9780804429573"),
        ("9780141439762", ""),
        ("0141439768", ""),
        ("12", ""),
    ],
)
def test_a_books_number_has_thirteen_digits_and_a_right_check_digit(written: str, digits: str) -> None:
    assert isbn(written) == digits


@pytest.mark.parametrize(
    ("written", "scheme", "told"),
    [
        ("urn:isbn:978-0-14-143976-1", "", "isbn:9780141439761"),
        ("0141439769", "ISBN", "isbn:9780141439761"),
        ("9780141439761", "", "isbn:9780141439761"),
        ("0141439769", "", ""),
        ("9780141439762", "15", "isbn:9780141439762"),
        ("URN:UUID:E9F75ADF-f0a2-4a30-b113-b146871f16e5", "", "uuid:e9f75adf-f0a2-4a30-b113-b146871f16e5"),
        ("https://doi.org/10.1000/182", "", "doi:10.1000/182"),
        ("urn:nbn:de:101:1", "", "urn:nbn:de:101:1"),
        ("12", "calibre", "calibre:12"),
        ("http://a.example/1", "URI", ""),
        ("my own book", "", ""),
        ("book-7", "", ""),
        ("", "ISBN", ""),
    ],
)
def test_an_identifier_has_a_scheme_only_where_it_is_certain(written: str, scheme: str, told: str) -> None:
    assert identifier_told(written, scheme) == told


@given(st.text(max_size=80), st.sampled_from(["", "ISBN", "x y", "15", "doi", "É"]))
def test_identifiers_are_of_the_form_that_editions_have(written: str, scheme: str) -> None:
    found = identifier_told(written, scheme)
    if found:
        name, _, value = found.partition(":")
        assert name.isascii()
        assert name.isalnum()
        assert value
        assert not any(letter.isspace() for letter in value)


def test_a_licence_is_told_by_its_address_or_in_its_own_words() -> None:
    assert licence_told("See <a>http://creativecommons.org/licenses/by-sa/3.0/</a>") == "CC-BY-SA-3.0"
    assert licence_told(" Public domain\nin the USA. ") == "Public domain in the USA."


def test_a_description_is_plain_text() -> None:
    assert plain_description("&lt;p&gt;One &amp;amp; two.&lt;/p&gt;<p>Three < four</p>") == "One & two. Three < four"
    assert plain_description("word " * 2_000).endswith("word …")
    assert len(plain_description("word " * 2_000)) <= MAX_DESCRIPTION + 2
