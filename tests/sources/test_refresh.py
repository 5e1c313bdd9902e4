"""Pages that only send their reader on are other names of the page they lead to."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.model import Document, Redirect
from galactica.sources.contract import SourceOptions
from galactica.sources.formats import open_source
from galactica.sources.html_refresh import page_name, target_of


def moved(content: str, *, head: str = "", words: str = "It moved.", title: str = "Alter Hafen") -> str:
    return f"<html><head><title>{title}</title>{head}<meta http-equiv='refresh' content=\"{content}\"></head><p>{words}"


@pytest.mark.parametrize(
    ("content", "target"),
    [
        ("0;url=Hafen.html", "stadt/Hafen.html"),
        ("0; URL=Hafen.html", "stadt/Hafen.html"),
        ("3 ; url = Hafen.html", "stadt/Hafen.html"),
        ("0;url='Hafen.html'", "stadt/Hafen.html"),
        ("0,url=Hafen.html", "stadt/Hafen.html"),
        ("0;Hafen.html", "stadt/Hafen.html"),
        ("0.5; url=./Hafen.html", "stadt/Hafen.html"),
        ("0;url=../See.html", "See.html"),
        ("0;url=/See.html", "See.html"),
        ("0;url=neu/", "stadt/neu/index.html"),
        ("0;url=../", "index.html"),
        ("0;url=H%C3%A4fen.html#kai", "stadt/Häfen.html"),
        ("0;url=Hafen.html?x=1&amp;y=2", "stadt/Hafen.html"),
        ("0;url=https://example.org/Hafen.html", ""),
        ("0;url=//example.org/Hafen.html", ""),
        ("0;url=javascript:x", ""),
        ("0;url=../../See.html", ""),
        ("0;url=Alt.html", ""),
        ("0;url=#kai", ""),
        ("300;url=Hafen.html", ""),
        ("30", ""),
        ("0", ""),
        ("", ""),
        ("0;url=http://[", ""),
    ],
)
def test_where_a_page_sends_its_reader(content: str, target: str) -> None:
    assert target_of(moved(content), "stadt/Alt.html") == target


def test_what_says_something_itself_is_an_article() -> None:
    assert target_of(moved("0;url=Hafen.html", words="Der Hafen ist alt. " * 30), "Alt.html") == ""
    assert target_of(moved("0;url=Hafen.html", words="港は町の北にある。" * 30), "Alt.html") == ""


def test_remarks_scripts_and_the_base_are_understood() -> None:
    assert target_of(f"<!-- {moved('0;url=Hafen.html')} --><p>x", "Alt.html") == ""
    assert target_of(moved("0;url=Hafen.html", head='<base href="../neu/">'), "stadt/Alt.html") == "neu/Hafen.html"
    assert target_of(moved("0;url=Hafen.html", head="<script>a b c</script>" * 100), "Alt.html") == "Hafen.html"
    assert target_of('<META CONTENT=0;URL=Hafen.html HTTP-EQUIV="Refresh">', "Alt.html") == "Hafen.html"


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Alter Hafen", "Alter Hafen"),
        ("Redirecting…", "Alt"),
        ("https://example.org/", "Alt"),
        ("", "Alt"),
        ("Neu.html", "Alt"),
    ],
)
def test_a_title_that_only_says_that_the_page_moved_is_no_name(title: str, name: str) -> None:
    assert page_name(title, "stadt/Alt.html") == name


def test_a_folder_with_pages_that_moved(tmp_path: Path) -> None:
    (tmp_path / "Alt.html").write_text(moved("0;url=Hafen.html"))
    (tmp_path / "Hafen.html").write_text("<html><head><title>Hafen</title></head><p>Der Hafen ist alt.")
    with open_source(tmp_path, SourceOptions()) as source:
        items = list(source.read())
    assert [(type(i), i.path) for i in items if isinstance(i, Document | Redirect)] == [
        (Redirect, "Alt.html"),
        (Document, "Hafen.html"),
    ]
    assert [(i.title, i.target) for i in items if isinstance(i, Redirect)] == [("Alter Hafen", "Hafen.html")]


@given(st.text(max_size=60))
def test_any_address_is_a_path_or_nothing(content: str) -> None:
    target_of(moved(content), "a/b.html")
