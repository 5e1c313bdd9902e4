"""Addresses lead to what they name, whatever stands in a key, a path or an anchor."""

from __future__ import annotations

from urllib.parse import unquote, urlsplit

import pytest

from galactica.model import Hit, Work
from galactica.wire.addresses import address_of, page_of_article, page_of_hit, page_of_media, page_of_work

ROOT = "0123456789abcdef" * 4
NAMES = ["plain", "with space", "a/b/c", "What?#%", "100%25", "Čeština/海", "a+b&c=d", 'quo"te', "..", "//x", "a;b,c"]


@pytest.mark.parametrize("path", NAMES)
@pytest.mark.parametrize("key", ["wiki", "my/books", "a?b"])
def test_key_and_path_are_read_back_from_the_address_of_a_page(key, path):
    for kind, address in (
        ("a", page_of_article(ROOT, key, path)),
        ("m", page_of_media(ROOT, key, path)),
        ("works", page_of_work(ROOT, Work(source=key, path=path, title="t", kind="book"))),
    ):
        parts = urlsplit(address)
        assert (parts.scheme, parts.netloc, parts.query, parts.fragment) == ("", "", "", "")
        empty, found, edition, source, *rest = parts.path.split("/")
        assert (empty, found, edition) == ("", kind, "0123456789ab")
        assert unquote(source) == key
        assert unquote("/".join(rest)) == path
        assert address.isascii()


def test_the_address_of_an_article_for_programs_has_its_edition_and_id():
    assert address_of(ROOT, bytes(range(16))) == "galactica://0123456789ab/000102030405060708090a0b0c0d0e0f"


@pytest.mark.parametrize(("anchor", "ending"), [("", ""), ("page:214", "#page:214"), ("a b#c", "#a%20b%23c")])
def test_a_result_leads_to_its_place_where_the_article_names_it(anchor, ending):
    hit = Hit(
        edition=ROOT,
        id=bytes(16),
        title="Rivers",
        language="en",
        source="wiki",
        path="Rivers",
        url="",
        licence="",
        date="",
        score=1.0,
        passage=0,
        start=0,
        end=1,
        snippet="",
        marks=(),
        anchor=anchor,
    )
    assert page_of_hit(hit) == f"/a/0123456789ab/wiki/Rivers{ending}"
