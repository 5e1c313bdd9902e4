"""Documents that are nearly the same are found across editions, and left out where that is asked for."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from galactica.train.views.filtering import ViewFilter
from galactica.train.views.making import MadeView, make_view
from galactica.train.views.view import View
from tests.train.views.conftest import edition

NEAR = ViewFilter(near=True)


def told(number: int, more: str = "") -> str:
    """A text of some hundred words that is like that of no other number."""
    words = " ".join(f"word{number}x{n} of the {n * number}th" for n in range(30))
    return f"The harbour {number} was built by masons. {words}. It stands there still.{more}"


def entry(number: int, text: str, **more: object) -> dict[str, object]:
    """An article as JSON lines have it."""
    told = {"id": f"{number:032x}", "title": f"Harbour {number}", "path": f"harbour-{number}", "language": "en"}
    return {**told, "body": f"<p>{text}</p>", **more}


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two editions: 0 to 9, and 5 to 14 with words added to them, under other titles and paths."""
    folder = tmp_path_factory.mktemp("near")
    ours = [entry(number, told(number)) for number in range(10)]
    theirs = [
        entry(100 + number, told(number, " It was painted white."), title=f"The port of {'abcdefghijklmno'[number]}")
        for number in range(5, 15)
    ]
    return edition(folder, ours, name="ours"), edition(folder, theirs, name="theirs")


def made(out: Path, two: tuple[Path, ...], asked: ViewFilter = NEAR) -> MadeView:
    return make_view(out, two, asked)


def test_what_is_nearly_the_same_in_another_edition_is_left_out_and_said(
    tmp_path: Path, two: tuple[Path, Path]
) -> None:
    found = made(tmp_path / "mine.view", two)
    assert dict(found.left_out) == {"near": 5}
    assert found.near is not None
    assert (dict(found.near.kinds), found.near.across) == ({"near": 5}, 5)
    excluded = pq.read_table(tmp_path / "mine.view" / "excluded.parquet").to_pylist()
    assert [(row["edition"], row["title"]) for row in excluded] == [(0, f"Harbour {n}") for n in range(5, 10)]
    for row in excluded:
        assert row["detail"].startswith("near of 1:")
        assert 0.7 <= float(row["detail"].split(", ")[1].split()[0]) < 1
    with View.open(tmp_path / "mine.view") as view:
        assert len(view) == 15
        titles = {view.about(number).title for number in range(15)}
    assert "Harbour 4" in titles
    assert "Harbour 5" not in titles


def test_without_the_wish_they_stay(tmp_path: Path, two: tuple[Path, Path]) -> None:
    found = made(tmp_path / "mine.view", two, ViewFilter())
    assert found.near is None
    assert found.left_out == ()
    assert json.loads((tmp_path / "mine.view" / "card.json").read_bytes())["near"] is None


def test_the_card_tells_how_many_and_how_it_is_made_again(tmp_path: Path, two: tuple[Path, Path]) -> None:
    made(tmp_path / "mine.view", two)
    card = (tmp_path / "mine.view" / "card.md").read_text()
    assert "5 with parts left out, added or spelled anew; 5 of them for a document of another edition." in card
    assert "--near" in card
    assert "not looked for" not in card.split("## Left out")[1].split("##")[0]
    figures = json.loads((tmp_path / "mine.view" / "card.json").read_bytes())
    assert figures["near"]["kinds"] == {"near": 5}
    assert figures["left_out"] == {"near": 5}


def test_the_same_wish_gives_the_same_view_and_leaves_nothing_beside(tmp_path: Path, two: tuple[Path, Path]) -> None:
    one, other = made(tmp_path / "one.view", two), made(tmp_path / "other.view", two)
    assert one.hash == other.hash
    assert one.hash != made(tmp_path / "plain.view", two, ViewFilter()).hash
    names = {each.name for each in (tmp_path / "one.view").iterdir()}
    assert names == {"view.json", "rows.parquet", "excluded.parquet", "places.json", "card.md", "card.json"}
    assert {each.suffix for each in tmp_path.iterdir()} == {".view"}


def test_articles_of_one_template_that_say_different_things_stay(tmp_path: Path) -> None:
    text = (
        "{} is a village of {} people in the district of {} in the north of the country. " + "It lies by a river. " * 3
    )
    rows = [
        entry(n, text.format(name, 900 + 7 * n, name[::-1].title()) + "Its church was built of red brick by the sea.")
        for n, name in enumerate(("Aldera", "Borinas", "Calmit", "Dorvel"))
    ]
    one, other = (edition(tmp_path, rows[at : at + 2], name=name) for at, name in ((0, "a"), (2, "b")))
    found = made(tmp_path / "mine.view", (one, other))
    assert found.left_out == ()


def test_one_article_at_two_dates_is_one(tmp_path: Path) -> None:
    grown = " ".join(f"In {1900 + n} the {n}th storm came over it." for n in range(12))
    old = edition(tmp_path, [entry(1, told(1), modified="2015-01-01")], name="old")
    new = edition(tmp_path, [entry(1, f"{told(1)} {grown}", modified="2024-01-01")], name="new")
    found = made(tmp_path / "mine.view", (old, new))
    assert found.near is not None
    assert (dict(found.near.kinds), found.near.across) == ({"version": 1}, 1)
    with View.open(tmp_path / "mine.view") as view:
        assert [view.about(0).date[:4]] == ["2024"]


def test_what_is_left_out_by_its_terms_is_no_reason_to_leave_out_another(
    tmp_path: Path, two: tuple[Path, Path]
) -> None:
    found = made(tmp_path / "mine.view", two, ViewFilter(near=True, sources=("ours",)))
    assert dict(found.left_out) == {"source": 10}
    assert found.header.counts.documents == 10


def test_near_documents_within_one_edition_that_nobody_joined_are_found_too(tmp_path: Path) -> None:
    rows = [entry(1, told(1)), entry(2, told(1, " It was painted white."), title="The port of a"), entry(3, told(3))]
    found = made(tmp_path / "mine.view", (edition(tmp_path, rows),))
    assert found.near is not None
    assert (dict(found.near.kinds), found.near.across) == ({"near": 1}, 0)


def test_texts_too_short_to_be_compared_stay(tmp_path: Path) -> None:
    one, other = (edition(tmp_path, [entry(n, f"A short one{'.' * n}")], name=f"s{n}") for n in (1, 2))
    assert made(tmp_path / "mine.view", (one, other)).left_out == ()


def test_what_a_killed_run_left_beside_the_name_is_in_nobodys_way(tmp_path: Path, two: tuple[Path, Path]) -> None:
    left = tmp_path / "mine.view.making" / "near"
    left.mkdir(parents=True)
    (left / "000000.pairs").write_bytes(b"what was begun")
    (left / "000000.compared.npy").write_bytes(b"what was begun")
    assert dict(made(tmp_path / "mine.view", two).left_out) == {"near": 5}


def test_a_thousand_copies_of_one_text_are_one_document(tmp_path: Path) -> None:
    words = told(3)
    rows = [
        entry(n, f"{words} It was painted {'white' if n % 2 else 'grey'}{' again' * (n % 5)}.", title=f"Port {n}")
        for n in range(300)
    ]
    found = made(
        tmp_path / "mine.view", (edition(tmp_path, rows[:150], name="a"), edition(tmp_path, rows[150:], name="b"))
    )
    assert found.near is not None
    assert found.header.counts.documents + sum(count for _, count in found.left_out) == 300
    assert found.near.compared < 20_000
