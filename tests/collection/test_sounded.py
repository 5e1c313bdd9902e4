"""Titles of an edition are found by how they sound, the prominent ones first."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest

from galactica import library
from galactica.collection.sounded import SHORTEST_SOUND
from galactica.library import Library

TEXTS = {
    "Anatoly Karpov": "Anatoly Karpov (born 23 May 1951) is a Russian chess player.",
    "Alfonso XIII of Spain": "Alfonso XIII (17 May 1886 – 28 February 1941) was King of Spain.",
    "Alfonso XII of Spain": "Alfonso XII (28 November 1857 – 25 November 1885) was King of Spain.",
    "Java (language)": "Java is a language of programs.",
    **{f"Brook {letter * 3}": f"A brook is a small river, {letter}." for letter in "abcdefghklm"},
}


@pytest.fixture(scope="module")
def opened(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    folder = tmp_path_factory.mktemp("sounded")
    rows = [{"path": title, "title": title, "text": text, "language": "en"} for title, text in TEXTS.items()]
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (folder / "articles.jsonl").write_text(lines, encoding="utf-8")
    library.build(folder / "english.edition", [folder / "articles.jsonl"], language="en", meaning=False)
    with library.open_library([folder / "english.edition"]) as found:
        yield found


def titles(opened: Library, name: str, language: str) -> list[str]:
    found = opened.holdings.sounding(name, language)
    assert [each.odds for each in found] == sorted((each.odds for each in found), reverse=True)
    pages = [opened.holdings.page(*each.place) for each in found]
    return [page.article.title for page in pages if page is not None]


@pytest.mark.parametrize(
    ("name", "language", "title"),
    [
        ("Анатолий Карпов", "ru", "Anatoly Karpov"),
        ("Карпов", "ru", "Anatoly Karpov"),  # by the last word
        ("Альфонсо XIII", "ru", "Alfonso XIII of Spain"),  # by name and number
        ("アルフォンソ12世", "ja", "Alfonso XII of Spain"),
        ("جافا", "ar", "Java (language)"),  # without what stands in brackets
    ],
)
def test_what_a_title_may_be_called_by_finds_it(opened: Library, name: str, language: str, title: str) -> None:
    assert titles(opened, name, language)[:1] == [title]


@pytest.mark.parametrize("name", ["", "?", "ы" * SHORTEST_SOUND, "Владивосток", "x" * 2_000])
def test_what_sounds_like_nothing_finds_nothing(opened: Library, name: str) -> None:
    assert titles(opened, name, "ru") == []
