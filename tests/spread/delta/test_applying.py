"""A delta applied to its edition gives the newer one, with indexes that find the same."""

from __future__ import annotations

import hashlib
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.edition.compare import diff
from galactica.edition.verify import verify_edition
from galactica.errors import EditionError
from galactica.spread.delta.applying import apply_changes
from galactica.spread.delta.making import chain, make_delta, merge_deltas
from tests.spread.delta.made import Made, article, write_made

COMPAT = Path(__file__).parents[2] / "compat"


def applied(edition: Path, out: Path, *deltas: Path) -> str:
    with chain(edition, deltas) as (records, changes):
        return apply_changes(records, changes, out)


def stamps(folder: Path) -> dict[str, str]:
    files = sorted(file for file in folder.rglob("*") if file.is_file())
    return {str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest() for file in files}


def test_what_comes_of_a_delta_is_the_newer_edition(line: Path, tmp_path: Path) -> None:
    before = stamps(line / "a.edition")
    root = applied(line / "a.edition", tmp_path / "out.edition", line / "ab.delta")
    found = verify_edition(tmp_path / "out.edition")
    with Edition.open(line / "b.edition") as wanted, Edition.open(tmp_path / "out.edition") as made:
        assert root == wanted.root == made.root
        assert found.problems == ()
        assert sorted(a.path for _, a in made.scan()) == sorted(a.path for _, a in wanted.scan())
        assert dict(made.statement.counts)["passages"] == wanted.statement.count("passages")
        assert made.statement.languages == wanted.statement.languages
        assert list(made.statements()) == list(wanted.statements())
        assert made.works() == wanted.works()
        for name in ("p0.png", "p3.png", "q"):
            assert made.media.read("k", name)[1] == wanted.media.read("k", name)[1]
    assert diff(line / "b.edition", tmp_path / "out.edition").same == 69
    assert stamps(line / "a.edition") == before


def test_articles_that_stay_keep_their_rows(line: Path, tmp_path: Path) -> None:
    applied(line / "a.edition", tmp_path / "out.edition", line / "ab.delta")
    with Edition.open(line / "a.edition") as old, Edition.open(tmp_path / "out.edition") as new:
        rows = {article.id: row for row, article in old.scan()}
        moved = [a.path for row, a in new.scan() if rows.get(a.id, row) != row]
        assert moved == []
        assert {a.path for row, a in new.scan() if a.id not in rows} == {"n100", "n101"}


def test_where_more_went_than_came_the_last_take_their_places(line: Path, tmp_path: Path) -> None:
    applied(line / "b.edition", tmp_path / "out.edition", line / "bc.delta")
    assert verify_edition(tmp_path / "out.edition").problems == ()
    with Edition.open(line / "b.edition") as old, Edition.open(tmp_path / "out.edition") as new:
        assert len(new) == len(old) - 3
        rows = {article.id: row for row, article in old.scan()}
        moved = [row for row, a in new.scan() if a.id in rows and rows[a.id] != row]
        assert all(row < len(new) for row in moved)
        assert len(moved) <= 3


def test_a_chain_gives_the_same_as_one_after_the_other(line: Path, tmp_path: Path) -> None:
    at_once = applied(line / "a.edition", tmp_path / "at once", line / "ab.delta", line / "bc.delta")
    with Edition.open(line / "c.edition") as wanted:
        assert at_once == wanted.root
    assert verify_edition(tmp_path / "at once").problems == ()


def test_a_merged_delta_leads_where_the_chain_does_without_the_edition_between(line: Path, tmp_path: Path) -> None:
    with (tmp_path / "ac.delta").open("wb") as out:
        made = merge_deltas(line / "a.edition", [line / "ab.delta", line / "bc.delta"], out)
    root = applied(line / "a.edition", tmp_path / "out", tmp_path / "ac.delta")
    with Edition.open(line / "c.edition") as wanted:
        assert root == wanted.root == made.root
    direct = io.BytesIO()
    make_delta(line / "a.edition", line / "c.edition", direct)
    assert (tmp_path / "ac.delta").read_bytes() == direct.getvalue()


def test_the_same_editions_give_the_same_bytes(line: Path) -> None:
    again = io.BytesIO()
    make_delta(line / "a.edition", line / "b.edition", again)
    assert again.getvalue() == (line / "ab.delta").read_bytes()


def test_an_edition_of_the_first_format_becomes_one_of_the_second(tmp_path: Path) -> None:
    with (tmp_path / "d").open("wb") as out:
        make_delta(COMPAT / "edition-v1", COMPAT / "edition-v2", out)
    root = applied(COMPAT / "edition-v1", tmp_path / "out.edition", tmp_path / "d")
    assert verify_edition(tmp_path / "out.edition").problems == ()
    with Edition.open(tmp_path / "out.edition") as made, Edition.open(COMPAT / "edition-v2") as wanted:
        assert root == wanted.root
        assert made.works() == wanted.works()
        assert [made.headings(row) for row in range(len(made))].count(("The voyage",)) == 2


def test_a_damaged_old_edition_is_named_and_nothing_comes_of_it(line: Path, tmp_path: Path) -> None:
    copy = tmp_path / "a.edition"
    shutil.copytree(line / "a.edition", copy)
    table = copy / "data" / "statements" / "00000.parquet"
    raw = table.read_bytes()
    table.write_bytes(raw.replace(b"height", b"weight", 1))
    with pytest.raises(EditionError, match="damaged"):
        applied(copy, tmp_path / "out", line / "ab.delta")


def test_an_article_that_moved_is_packed_with_what_it_was_called_before(tmp_path: Path) -> None:
    words = [hashlib.sha256(str(n).encode()).hexdigest()[:9] for n in range(4000)]
    bodies = [f"<p>{' '.join(words[400 * n : 400 * (n + 1)])}</p>" for n in range(10)]
    first = Made(articles=tuple(article(n, body=body) for n, body in enumerate(bodies)))
    moved = tuple(article(100 + n, body=bodies[n].replace("a", "b", 1)) for n in range(3, 7))
    kept = tuple(each for n, each in enumerate(first.articles) if n not in range(3, 7))
    write_made(tmp_path / "a", first, indexed=False)
    write_made(tmp_path / "b", replace(first, articles=(*kept, *moved)), indexed=False)
    with (tmp_path / "d").open("wb") as out:
        made = make_delta(tmp_path / "a", tmp_path / "b", out)
    assert made.changes == (("articles", 4, 0, 4),)
    assert made.bytes < 1500  # of 16,000 that no packing makes much smaller
    assert applied(tmp_path / "a", tmp_path / "out", tmp_path / "d") == made.root


def test_a_picture_that_was_put_right_is_packed_with_what_it_was(tmp_path: Path) -> None:
    noise = b"".join(hashlib.sha256(bytes([n])).digest() for n in range(200))
    first = Made(articles=(article(1),), files={"a.png": noise, "b.png": b"b" * 50})
    write_made(tmp_path / "a", first, indexed=False)
    write_made(tmp_path / "b", replace(first, files={"a.png": noise[:3000] + b"!" + noise[3000:]}), indexed=False)
    with (tmp_path / "d").open("wb") as out:
        made = make_delta(tmp_path / "a", tmp_path / "b", out)
    assert made.bytes < 1000
    assert applied(tmp_path / "a", tmp_path / "out", tmp_path / "d") == made.root
    assert verify_edition(tmp_path / "out").problems == ()
