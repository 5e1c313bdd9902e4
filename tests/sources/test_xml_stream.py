"""XML is told as a stream: nothing that lies outside of it is read, and nothing is left out without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.sources.xml_stream import read_xml

from . import books


class Heard:
    """Keeps what it is told."""

    def __init__(self) -> None:
        self.said: list[str] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.said.append(f"<{name}>")

    def end(self, name: str) -> None:
        self.said.append(f"</{name}>")

    def text(self, text: str) -> None:
        self.said.append(text)


@pytest.mark.parametrize("where", ['SYSTEM "file:///etc/passwd"', 'PUBLIC "-//X//E//EN" "http://example.org/e"'])
def test_an_entity_that_leads_outside_is_shown_by_its_name(where: str) -> None:
    heard = Heard()
    read_xml(
        f'<!DOCTYPE p [<!ENTITY e {where}><!ENTITY i "in">]><p xmlns:epub="http://x.example/ops">a &e; b &i;</p>', heard
    )
    assert "".join(heard.said) == "<p>a &e; b in</p>"


def test_a_book_shows_it_too(tmp_path: Path) -> None:
    page = books.page("<p>Before &e; after.</p>").replace(
        "<html", '<!DOCTYPE html [<!ENTITY e SYSTEM "secret.txt">]><html', 1
    )
    (document,) = books.parts(books.book(tmp_path, {"one.xhtml": page}))
    assert "Before &amp;e; after." in document.content
