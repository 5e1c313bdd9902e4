"""What is the same in an edition is said in rows: exact, versions, near, contained, and paragraphs."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.joining.duplicates import Duplicates, make_duplicates
from galactica.joining.duplicates import making as made_by

from ..making import built, made_text, paragraphs

LONG = made_text(240, 1)
TOLD = made_text(60, 9)


def told(edition: Edition) -> dict[str, tuple[str, str]]:
    """Path → (kind, path of the kept one), both with their sources."""
    make_duplicates(edition)
    found = Duplicates.of(edition)
    assert found is not None

    def name(row: int) -> str:
        head = edition.head(row)
        return f"{head.source}:{head.path}"

    return {name(copy.article): (copy.kind, name(copy.kept)) for cluster in found.clusters() for copy in cluster.copies}


def without(text: str, first: int, last: int) -> str:
    words = text.split()
    return " ".join(words[:first] + words[last:])


def test_each_kind_of_copy_is_told(tmp_path: Path) -> None:
    edition = built(
        tmp_path / "made",
        old=[
            ("a", "Alpha", paragraphs(LONG)),
            ("b", "Beta", paragraphs(made_text(240, 2), TOLD)),
            ("v", "Vau", paragraphs(made_text(100, 5) + " In 1999 there were 400.")),
            ("x", "Other", paragraphs(made_text(200, 7))),
        ],
        new=[
            ("a", "Alpha", paragraphs(LONG)),
            ("c", "Alpha again", paragraphs(without(LONG, 100, 108))),
            ("d", "From beta", paragraphs(TOLD)),
            ("v", "Vau", paragraphs(made_text(100, 5) + " In 2005 there were 500.")),
        ],
    )
    assert told(edition) == {
        "new:a": ("exact", "old:a"),
        "new:c": ("near", "old:a"),
        "new:d": ("contained", "old:b"),
        "new:v": ("version", "old:v"),
    }


def test_a_page_that_was_called_anew_or_has_grown_is_the_same_at_another_date(tmp_path: Path) -> None:
    told_anew, grown = made_text(120, 13), made_text(90, 14)
    edition = built(
        tmp_path / "made",
        old=[("a", "a-tool", paragraphs(told_anew)), ("b/guide", "Guide", paragraphs(grown))],
        new=[
            ("a", "A Tool", paragraphs(told_anew + " and more")),
            ("c/guide", "Guide", paragraphs(grown, made_text(50, 15))),
        ],
    )
    assert {kind for kind, _ in told(edition).values()} == {"version"}


def test_a_stub_is_a_stretch_of_the_long_article_of_its_name(tmp_path: Path) -> None:
    lead = made_text(70, 16)
    edition = built(
        tmp_path / "made",
        short=[("a", "Town", paragraphs(lead))],
        long=[("b", "Town", paragraphs(lead, made_text(200, 17)))],
    )
    assert told(edition) == {"short:a": ("contained", "long:b")}


def test_manuals_that_tell_by_their_addresses_alone_of_what_they_are_stay_apart(tmp_path: Path) -> None:
    words = made_text(90, 18)
    hosts = ("man.one.example", "two.example", "www.man.one.example")
    rows = [(f"h{n}", "tool", paragraphs(f"{words} More: https://{host}/tool.")) for n, host in enumerate(hosts)]
    assert told(built(tmp_path / "made", manuals=rows)) == {"manuals:h0": ("near", "manuals:h2")}


def test_two_species_that_share_a_description_in_a_script_without_spaces_are_no_copies(tmp_path: Path) -> None:
    chance = random.Random(5)
    shared = "".join(chance.choice("กขคงจฉชซญดตถทนบปพฟมยรลวสหอ") for _ in range(600))
    rows = [
        (f"f{n}", "ปลา", paragraphs(f"ปลา (Pictus {name}) {shared}")) for n, name in enumerate(("longus", "brevis"))
    ]
    assert told(built(tmp_path / "made", fish=rows)) == {}


def test_the_newest_is_kept_and_says_how_much_of_the_older_is_in_it(tmp_path: Path) -> None:
    body = paragraphs(LONG + " In 1999 there were 400.")
    newer = paragraphs(LONG + " In 2005 there were 500. " + made_text(40, 3))
    row = {"path": "a", "title": "Alpha", "language": "en"}
    edition = built(
        tmp_path / "made",
        first=[{**row, "body": body, "modified": "2020-01-01T00:00:00Z"}],
        second=[{**row, "body": newer, "modified": "2023-01-01T00:00:00Z"}],
    )
    assert told(edition) == {"first:a": ("version", "second:a")}
    copy = Duplicates.of(edition).copy(0)
    assert 0.7 < copy.jaccard < copy.contained < 1
    assert copy.containing < copy.contained


def test_stubs_with_other_facts_are_counted_and_not_joined(tmp_path: Path) -> None:
    words = made_text(60, 4)
    rows = [(f"s{n}", f"Village{n}", paragraphs(f"Village{n} has {n} houses. {words}")) for n in range(30)]
    edition = built(tmp_path / "made", stubs=rows)
    assert told(edition) == {}
    summary = Duplicates.of(edition).summary()
    assert summary["apart"]["title"] > 20


def test_short_and_empty_texts_are_the_same_only_under_one_title(tmp_path: Path) -> None:
    edition = built(
        tmp_path / "made",
        one=[("a", "Hollin", "<p>A village.</p>"), ("b", "Tarsk", "<p>A village.</p>")],
        two=[("c", "Hollin", "<p>A village.</p>")],
    )
    assert told(edition) == {"two:c": ("exact", "one:a")}


def test_an_article_that_begins_with_another_name_is_no_stretch(tmp_path: Path) -> None:
    shared, more = made_text(90, 11), made_text(120, 12)
    rows = [
        ("e", "Ensemble", paragraphs(f"Ensemble Mork, with the tower and the gate, {shared}", more)),
        ("t", "Tower", paragraphs(f"The tower with the gate is old. {shared}")),
    ]
    assert told(built(tmp_path / "made", one=rows)) == {}


def test_a_paragraph_of_several_articles_is_told_with_their_number(tmp_path: Path) -> None:
    notice = made_text(20, 6)
    rows = [(f"p{n}", f"P{n}", paragraphs(made_text(50, 20 + n), notice)) for n in range(4)]
    edition = built(tmp_path / "made", one=[*rows, ("q", "Q", paragraphs(notice, made_text(50, 40)))])
    make_duplicates(edition)
    (only,) = Duplicates.of(edition).paragraphs()
    assert (only.article, only.articles, only.leads) == (0, 5, 1)
    found = library.duplicates(edition.path, paragraphs=True)
    assert found.paragraphs[0].text == notice


def test_a_chain_is_no_cluster(tmp_path: Path) -> None:
    chain = [without(LONG + " " + made_text(240, 8), 20 * n, 20 * n + 260) for n in range(12)]
    edition = built(tmp_path / "made", one=[(f"c{n}", "Chain", paragraphs(text)) for n, text in enumerate(chain)])
    make_duplicates(edition)
    for cluster in Duplicates.of(edition).clusters():
        assert all(copy.jaccard >= 0.7 for copy in cluster.copies if copy.kind == "near")


def test_a_stopped_job_goes_on_and_makes_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [(f"a{n}", f"A{n}", paragraphs(without(LONG, 5 * n, 5 * n + 4))) for n in range(6)]
    edition = built(tmp_path / "made", one=rows)
    make_duplicates(edition)
    folder = edition.path / "joined" / "duplicates"
    whole = {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(made_by, "sort_paragraphs", stop)
        with pytest.raises(KeyboardInterrupt):
            make_duplicates(edition)
    assert list((folder.parent / "duplicates.making" / "scratch").glob("*.compared.npy"))
    make_duplicates(edition)
    assert {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} == whole


def test_an_edition_without_copies_has_no_rows(tmp_path: Path) -> None:
    edition = built(tmp_path / "made", one=[("a", "A", paragraphs(LONG))])
    assert told(edition) == {}
    assert Duplicates.of(edition).paragraphs() == []


def test_joined_tables_are_asked_in_sql(tmp_path: Path) -> None:
    pytest.importorskip("duckdb", reason="asking in SQL needs DuckDB")
    edition = built(tmp_path / "made", one=[("a", "A", paragraphs(LONG))], two=[("b", "B", paragraphs(LONG))])
    make_duplicates(edition)
    asked = "select a.path, k.path, d.kind from duplicates d join articles a on a.row = d.article"
    found = library.sql(f"{asked} join articles k on k.row = d.kept", [edition.path])
    assert found.rows == (("b", "a", "exact"),)
