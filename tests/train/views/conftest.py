"""Two small editions to make views of: one in English, one in three languages of two sources."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from galactica.building.build import build
from galactica.train.views.filtering import ViewFilter
from galactica.train.views.making import MadeView, make_view

SENTENCES = (
    "The lighthouse of {name} was lit in the year {year} by {count} keepers. "
    "It stands on a rock that the sea covers twice a day. "
    "Ships from {count} harbours pass it on their way to {name}."
)


def article(number: int, language: str = "en", **more: object) -> dict[str, object]:
    """An article as JSON lines have it; a number gives the same one every time."""
    text = SENTENCES.format(name=f"Port {number}", year=1700 + number, count=number + 3)
    return {
        "id": f"{number:032x}",
        "title": f"Article {number}",
        "language": language,
        "body": f"<h2>Lighthouse</h2><p>{text}</p><p>Number {number} of its kind.</p>",
        "path": f"article-{number}",
        **more,
    }


def edition(
    folder: Path, articles: Sequence[Mapping[str, object]], *, name: str = "made", licence: str = "CC-BY-SA-4.0"
) -> Path:
    """An edition of these articles, of one source called `name`."""
    folder.mkdir(parents=True, exist_ok=True)
    lines = folder / f"{name}.jsonl"
    lines.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in articles), encoding="utf-8")
    build(folder / f"{name}.edition", [lines], workers=0, meaning=False, licence=licence)
    return folder / f"{name}.edition"


@pytest.fixture(scope="session")
def english(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Twenty articles in English."""
    return edition(tmp_path_factory.mktemp("english"), [article(n) for n in range(20)], name="english")


@pytest.fixture(scope="session")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Nine articles in English, German and Chinese; the German ones have a licence of their own."""
    articles = []
    for n in range(100, 109):
        language = ("en", "de", "zh-Hant")[n % 3]
        more = {"licence": "CC0-1.0"} if language == "de" else {}
        articles.append(article(n, language, **more))
    return edition(tmp_path_factory.mktemp("mixed"), articles, name="mixed")


def view_of(out: Path, *editions: Path, **asked: object) -> MadeView:
    """A view of editions by a filter."""
    return make_view(out, editions, ViewFilter(**asked))  # type: ignore[arg-type]
