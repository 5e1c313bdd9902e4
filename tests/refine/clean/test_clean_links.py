"""Addresses lead where a browser would go, from the source's root, and nowhere else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.refine.clean import clean
from galactica.refine.clean.links import path_of, resolve


@pytest.mark.parametrize(
    ("base", "address", "wanted"),
    [
        ("A/Ray_Charles", "Soul", "./A/Soul"),
        ("A/Ray_Charles", "./Soul", "./A/Soul"),
        ("A/Ray_Charles", "../I/m/a.jpg", "./I/m/a.jpg"),
        ("A/Ray_Charles", "/A/Soul", "./A/Soul"),
        ("Ray_Charles", "Soul#Life", "./Soul#Life"),
        ("Ray_Charles", "Ray_Charles#Life", "#Life"),
        ("Ray_Charles", "#Life", "#Life"),
        ("AC/DC", "../Angus_Young", "./Angus_Young"),
        ("AC/DC", "Back", "./AC/Back"),
        ("x", "a%20b%3Fc", "./a%20b%3Fc"),
        ("x", "a b", "./a%20b"),
        ("x", "%C3%A9", "./%C3%A9"),
        ("x", "é", "./%C3%A9"),
        ("x", "a%2Fb", "./a/b"),
        ("x", "a%2520b", "./a%2520b"),
        ("x", "Who?action=edit", "./Who"),
        ("x", "./Category:Soul", "./Category:Soul"),
        ("x", "%E9", "./%25E9"),
        ("x", "a/./b/../c", "./a/c"),
        ("x", "a/..", ""),
        ("a/b/c", "..", "./a/"),
        ("x", '"<>&', "./%22%3C%3E%26"),
        ("x", " a\n", "./a"),
        ("x", "http://a.example/b?c=d#e", "http://a.example/b?c=d#e"),
        ("x", "HTTPS://a.example/é", "HTTPS://a.example/%C3%A9"),
        ("x", "//a.example/b", "https://a.example/b"),
        ("x", "mailto:a@b.example", "mailto:a@b.example"),
    ],
)
def test_an_address_is_resolved(base, address, wanted):
    assert resolve(base, address) == wanted


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JaVa\nScript:alert(1)",
        " javascript:x",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc",
        "../x",
        "../../x",
        "/../x",
        "%2e%2e/x",
        "a/%2e%2e/../../x",
        "a%2f..%2f..%2fx",
        "a%00b",
        "",
        "?",
        "ftp://x/y",
        "x" * 10_000,
    ],
)
def test_an_address_is_refused(address):
    assert resolve("Page", address) == ""


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "../x", "a%2f..%2f..%2fx", "", "?"])
def test_a_link_whose_address_is_refused_becomes_its_text(address):
    assert clean(f'<p><a href="{address}">text</a></p>', base="Page").body == "<p>text</p>"


@given(st.text(max_size=40), st.text(alphabet="abé%./:?#&<>\"' 2eEfF", max_size=40))
def test_what_is_written_is_safe_and_settled(base, address):
    found = resolve(base, address)
    assert not set(found) & set("<>\"' \n") - {"'"}
    if found.startswith("./"):
        assert ".." not in path_of(found).split("/")
        assert not path_of(found).startswith("/")
        assert resolve("", found) == found


def test_links_and_media_are_those_of_the_body():
    cleaned = clean(
        '<p><a href="B">b</a> <a href="B#x">again</a> <a href="http://c.example">c</a> <img src="../I/d%20e.png"></p>',
        base="A/X",
    )
    assert cleaned.links == ("A/B",)
    assert cleaned.media == ("I/d e.png",)


def test_a_picture_from_elsewhere_is_left_out_and_counted():
    cleaned = clean('<p>a<img src="https://t.example/p.gif"><img src="data:image/png;base64,x"></p>', base="X")
    assert cleaned.body == "<p>a</p>"
    assert dict(cleaned.dropped)["image-elsewhere"] == 2


def test_a_title_that_repeats_the_path_is_left_out():
    page = '<p><a href="Ray_Charles" title="Ray Charles">Ray</a> <a href="Soul" title="kind of music">s</a></p>'
    assert clean(page, base="X").body == (
        '<p><a href="./Ray_Charles">Ray</a> <a href="./Soul" title="kind of music">s</a></p>'
    )
