"""Which addresses are fetched: none that leads to one's own machine behind one's back."""

from __future__ import annotations

import pytest

from galactica.network.addresses import AddressError, checked_address, is_named_local, is_public, redirected, source_key


@pytest.mark.parametrize(
    ("written", "checked"),
    [
        ("https://Example.org", "https://example.org/"),
        ("http://example.org:80/b", "http://example.org/b"),
        ("https://example.org:8443/é?q=ü#part", "https://example.org:8443/%C3%A9?q=%C3%BC"),
        ("https://bücher.example/", "https://xn--bcher-kva.example/"),
        ("http://[::1]/x", "http://[::1]/x"),
        (" https://example.org/%41 ", "https://example.org/%41"),
    ],
)
def test_an_address_has_one_form(written: str, checked: str) -> None:
    assert checked_address(written) == checked


@pytest.mark.parametrize(
    "written",
    [
        "file:///etc/passwd",
        "ftp://example.org/",
        "javascript:alert(1)",
        "example.org/feed",
        "https://",
        "https://user:secret@example.org/",
        "https://example.org:99999/",
        "https://exa mple.org/",
        "https://example.org/\r\nHost: other",
        "https://example.org/" + "x" * 2000,
        "",
    ],
)
def test_what_is_no_address_of_the_web_is_refused_in_words(written: str) -> None:
    with pytest.raises(AddressError, match=r".+"):
        checked_address(written)


@pytest.mark.parametrize(
    "number",
    [
        "127.0.0.1",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::1",
        "::",
        "fe80::1%eth0",
        "fd00::1",
        "fec0::1",
        "192.0.0.192",
        "::ffff:192.0.0.192",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "ff02::1",
        "no number",
    ],
)
def test_numbers_of_ones_own_are_not_public_however_they_are_written(number: str) -> None:
    assert not is_public(number)


@pytest.mark.parametrize("number", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808", "::ffff:8.8.8.8"])
def test_numbers_that_anybody_reaches_are_public(number: str) -> None:
    assert is_public(number)


@pytest.mark.parametrize(
    "written",
    [
        "127.0.0.1:8000",
        "[::1]",
        "192.168.1.5",
        "10.0.0.7:80",
        "[fd00::1]",
        "localhost.",
        "a.localhost:1",
        "school.LOCAL",
    ],
)
def test_who_names_an_address_that_says_itself_to_be_ones_own_means_it(written: str) -> None:
    assert is_named_local(checked_address(f"http://{written}/pub"))


@pytest.mark.parametrize(
    "written",
    ["example.org", "8.8.8.8", "local.example.org", "notlocal", "2130706433", "0x7f.1", "127.0.0.1.example.org"],
)
def test_a_name_that_may_lead_anywhere_is_not_taken_for_ones_own(written: str) -> None:
    assert not is_named_local(checked_address(f"http://{written}/127.0.0.1/localhost"))


def test_a_redirect_is_relative_to_its_page_and_never_leads_to_less_safety() -> None:
    assert redirected("https://example.org/a/b", "../c") == "https://example.org/c"
    assert redirected("http://example.org/", "https://example.org/") == "https://example.org/"
    with pytest.raises(AddressError):
        redirected("https://example.org/", "http://example.org/")
    with pytest.raises(AddressError):
        redirected("https://example.org/", "file:///etc/passwd")


def test_a_source_is_named_by_its_address() -> None:
    assert source_key("https://www.example.org/news/feed.xml") == "example.org-news-feed"
    assert source_key("https://example.org/") == "example.org"
    assert source_key("https://example.org/?feed=rss2&x=1") == "example.org-feed-rss2-x-1"
