"""Building: the same input gives the same edition, whatever happens on the way."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from galactica.building import gathering, running
from galactica.edition import Edition, EditionInfo
from galactica.edition.verify import verify_edition
from galactica.errors import EditionError, InputError, UsageError
from galactica.library import diff
from tests.edition import independent

from .conftest import extract, sentence, wiki

Make = Callable[..., tuple[Path, EditionInfo]]


@pytest.fixture
def small_batches(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gathering, "BATCH_BYTES", 3000)


def test_an_edition_holds_every_article_and_verifies(tmp_path: Path, made: Make) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 40), title="Numbers")
    assert (info.articles, info.rejected, info.title) == (40, 0, "Numbers")
    assert dict(info.languages) == {"en": 40}
    found = verify_edition(out)
    assert found.ok
    assert found.root == info.root
    with Edition.open(out) as edition:
        assert [a.title for _, a in edition.scan()] == [f"Number {n}" for n in range(1, 41)]
        assert sentence(7).strip() in edition.article(6).body


def test_the_root_is_the_one_an_independent_reader_computes(tmp_path: Path, made: Make) -> None:
    out, info = made("a", wiki(tmp_path / "d.xml", [("One", "First. [[Category:C]]"), ("Uno", "→One")]), title="T")
    rows = pq.read_table(out / "data" / "articles").to_pylist()
    for row in rows:
        row["aliases"] = [[a["title"], a["path"]] if a["path"] else [a["title"]] for a in row["aliases"] or []]
        row["id"] = independent.identity(row["source"], row["path"])
    clean = [{k: v for k, v in row.items() if v is not None} for row in rows]
    sources = [{k: v for k, v in r.items() if v} for r in pq.read_table(out / "data" / "sources").to_pylist()]
    about = {
        "format": 2,
        "number": 1,
        "title": "T",
        "languages": ["en"],
        "licences": [s["licence"] for s in sources if "licence" in s],
    }
    assert independent.root(version=2, edition=about, articles=clean, sources=sources, media=[], files=[]) == info.root


@pytest.mark.usefixtures("small_batches")
def test_the_number_of_workers_and_the_folder_change_nothing(tmp_path: Path, made: Make) -> None:
    source = extract(tmp_path / "wiki_00", 30)
    roots = {made(f"w{n}", source, workers=n)[1].root for n in (0, 3)}
    (tmp_path / "elsewhere").mkdir()
    moved = extract(tmp_path / "elsewhere" / "wiki_00", 30)
    roots.add(made("moved", moved, workers=1)[1].root)
    assert len(roots) == 1


def test_another_parquet_writer_changes_nothing(tmp_path: Path, made: Make) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 10))
    for file in (out / "data" / "articles").glob("*.parquet"):
        pq.write_table(pq.read_table(file), file, compression="gzip", use_dictionary=True, version="1.0")
    with Edition.open(out) as edition:
        assert edition.article(3).title == "Number 4"
        assert "Article 4 speaks" in edition.article(3).body
    found = verify_edition(out)
    assert found.root == info.root
    assert {p.where for p in found.problems} == {"data/articles/00000.parquet"}  # the bag's manifest, and nothing else


@pytest.mark.usefixtures("small_batches")
def test_redirects_become_aliases_also_through_chains_and_from_later_batches(tmp_path: Path, made: Make) -> None:
    pages = [(f"P{n}", sentence(n) * 9) for n in range(1, 9)]
    pages += [("A", "→P1"), ("B", "→A"), ("Loop 1", "→Loop 2"), ("Loop 2", "→Loop 1"), ("Lost", "→Nowhere")]
    out, info = made("a", wiki(tmp_path / "d.xml", pages))
    assert info.articles + info.aliases + info.rejected == len(pages)
    with Edition.open(out) as edition:
        assert [a.title for a in edition.article(0).aliases] == ["A", "B"]
        assert {r.where: r.reason for r in edition.rejected()} == {
            "Loop_1": "broken-redirect",
            "Loop_2": "broken-redirect",
            "Lost": "broken-redirect",
        }
        from galactica.model import article_id

        assert edition.row_of(article_id("testwiki", "B")) == 0
        assert edition.row_of(article_id("testwiki", "P3")) == 2
        assert edition.row_of(article_id("testwiki", "Lost")) is None


@pytest.mark.usefixtures("small_batches")
@pytest.mark.parametrize("workers", [0, 1])
def test_every_alias_is_counted_whether_a_redirect_gave_it_or_the_article_states_it(
    tmp_path: Path, made: Make, workers: int
) -> None:
    stated = tmp_path / "rivers.jsonl"
    lines = [
        {"title": f"River {n}", "text": sentence(n) * 9, "aliases": [f"Rio {n}", f"Stream {n}"][: n % 3]}
        for n in range(1, 9)
    ]
    stated.write_text("\n".join(json.dumps(line) for line in lines), encoding="utf-8")
    redirected = wiki(tmp_path / "d.xml", [("One", sentence(1)), ("Uno", "→One"), ("Eins", "→Uno")])
    out, info = made("a", stated, redirected, workers=workers)
    with Edition.open(out) as edition:
        counted = [len(article.aliases) for _, article in edition.scan()]
    assert sorted(counted) == [0, 0, 1, 1, 1, 2, 2, 2, 2]
    assert info.aliases == sum(counted)


@pytest.mark.usefixtures("small_batches")
def test_of_two_articles_at_one_path_the_first_is_kept(tmp_path: Path, made: Make) -> None:
    first, second = extract(tmp_path / "wiki_00", 10), extract(tmp_path / "wiki_01", 10, start=6)
    out, info = made("a", first, second)
    assert (info.articles, info.rejected) == (15, 5)
    assert verify_edition(out).ok
    with Edition.open(out) as edition:
        assert {r.reason for r in edition.rejected()} == {"duplicate"}


def test_unchanged_articles_are_taken_from_the_parent(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    old, info = made("old", extract(tmp_path / "wiki_00", 12))
    newer = extract(tmp_path / "wiki_00", 13, changed=frozenset({3}))
    from galactica.refine import article

    cleaned: list[str] = []
    make = article._make
    monkeypatch.setattr(article, "_make", lambda page, language: cleaned.append(page.path) or make(page, language))
    new, made_new = made("new", newer, parent=old)
    assert sorted(cleaned) == ["13", "3"]
    assert made_new.parent == info.root
    alone, _ = made("alone", newer)
    assert [c.title for c in diff(alone, new).changed] == []
    found = diff(old, new)
    assert ([c.title for c in found.added], [c.title for c in found.changed], found.same) == (
        ["Number 13"],
        ["Number 3"],
        11,
    )


def with_body(edition: Path, row: int, body: str) -> None:
    """Put another body into an edition, as an accident or an adversary would: the rest stays as it was."""
    file = edition / "data" / "articles" / "00000.parquet"
    table = pq.read_table(file)
    bodies = table["body"].to_pylist()
    bodies[row] = body
    pq.write_table(table.set_column(table.schema.get_field_index("body"), "body", pa.array(bodies, pa.string())), file)


def with_leaf(edition: Path, row: int) -> None:
    """Make the signals of an edition agree with what its article now is."""
    from galactica.codes.merkle import leaf_hash
    from galactica.edition.record import article_record
    from galactica.edition.table import article_of

    fields = pq.read_table(edition / "data" / "articles" / "00000.parquet").to_pylist()[row]
    leaf = leaf_hash(article_record(article_of(fields, fields["body"]), 2))[:3]
    file = edition / "data" / "signals" / "00000.parquet"
    table = pq.read_table(file)
    leaves = table["leaf"].to_pylist()
    leaves[row] = leaf
    pq.write_table(table.set_column(0, "leaf", pa.array(leaves, pa.binary(3))), file)


def test_a_damaged_article_of_the_parent_is_made_anew(tmp_path: Path, made: Make) -> None:
    source = extract(tmp_path / "wiki_00", 3)
    old, _ = made("old", source)
    with Edition.open(old) as edition:
        body = edition.article(1).body
    with_body(old, 1, body.replace("square", "sqvare"))
    new, _ = made("new", source, parent=old)
    with Edition.open(new) as edition:
        assert edition.article(1).body == body


def test_a_parent_cannot_bring_in_what_cleaning_would_not_let_through(tmp_path: Path, made: Make) -> None:
    source = extract(tmp_path / "wiki_00", 3)
    old, _ = made("old", source)
    with_body(old, 1, "<p>Article <script>alert(1)</script><img src=x onerror=alert(2)></p>")
    with_leaf(old, 1)
    new, _ = made("new", source, parent=old)
    with Edition.open(new) as edition:
        assert "alert" not in edition.article(1).body
        assert "Article 2 speaks" in edition.article(1).body


def test_another_language_for_the_source_is_another_input(tmp_path: Path, made: Make) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p lang='de'>Ein Satz auf Deutsch.</p><p>More words</p></body></html>")
    old, _ = made("old", page, language="en")
    new, _ = made("new", page, language="de", parent=old)
    alone, _ = made("alone", page, language="de")
    assert diff(new, alone).same == 1


def test_nothing_is_overwritten_and_mistakes_are_said(tmp_path: Path, made: Make) -> None:
    source = extract(tmp_path / "wiki_00", 2)
    made("a", source)
    with pytest.raises(UsageError, match="exists already"):
        made("a", source)
    with pytest.raises(UsageError, match="No source"):
        made("b")
    with pytest.raises(InputError):
        made("c", tmp_path / "missing.zim")
    with pytest.raises(EditionError):
        made("d", source, parent=tmp_path / "missing.edition")
    assert not list(tmp_path.glob("*.building"))


def test_a_source_without_an_article_is_an_error_that_says_why(tmp_path: Path, made: Make) -> None:
    (tmp_path / "wiki_00").write_text(
        '<doc id="1" url="http://en.wikipedia.org/wiki?curid=1" title="T">\nT\n\n</doc>\n'
    )
    with pytest.raises(InputError, match="empty: 1"):
        made("a", tmp_path / "wiki_00")
    assert not (tmp_path / "a.edition").exists()


def test_a_source_of_nothing_but_redirects_says_so(tmp_path: Path, made: Make) -> None:
    with pytest.raises(InputError, match="broken-redirect: 1"):
        made("a", wiki(tmp_path / "d.xml", [("Lost", "→Nowhere")]))


_KILLED = """
import os, signal, sys
from pathlib import Path
from galactica.building import build as building, gathering
gathering.BATCH_BYTES = 3000
last, left = sys.argv[3], int(sys.argv[4])
def report(stage, *step):
    global left
    left -= stage == last
    if not left:
        os.killpg(0, signal.SIGKILL)
if __name__ == "__main__":
    building.build(Path(sys.argv[1]), [Path(sys.argv[2])], workers=1, report=report)
"""


@pytest.mark.skipif(os.name != "posix", reason="SIGKILL is POSIX")
def test_a_build_killed_at_any_moment_leaves_no_half_edition_and_goes_on(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = extract(tmp_path / "wiki_00", 60)
    script = tmp_path / "killed.py"
    script.write_text(_KILLED)
    out = tmp_path / "a.edition"
    for stage, steps in (("read", 9), ("write", 10), ("index", 1)):
        command = [sys.executable, str(script), str(out), str(source), stage, str(steps)]
        ended = subprocess.run(command, start_new_session=True, capture_output=True, timeout=120, check=False)
        assert ended.returncode == -signal.SIGKILL, ended.stderr.decode()
        with pytest.raises(EditionError):
            Edition.open(out)
    monkeypatch.setattr(gathering, "BATCH_BYTES", 3000)
    made("a", source)
    assert verify_edition(out).ok
    whole, info = made("whole", source)
    with Edition.open(out) as edition:
        assert edition.root == info.root
        assert edition.statement.counts == Edition.open(whole).statement.counts


def test_changed_sources_start_a_build_anew(tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    source = extract(tmp_path / "wiki_00", 5)

    def stop(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(running, "finish", stop)
        with pytest.raises(KeyboardInterrupt):
            made("a", source)
    assert (tmp_path / "a.edition.building").exists()
    extract(source, 6)
    _, info = made("a", source)
    assert info.articles == 6
    assert not (tmp_path / "a.edition.building").exists()


def test_media_are_kept_once_and_found_by_every_name(tmp_path: Path, made: Make) -> None:
    folder = tmp_path / "site"
    folder.mkdir()
    png = bytes.fromhex("89504e470d0a1a0a") + b"picture" * 20
    (folder / "a.png").write_bytes(png)
    (folder / "b.png").write_bytes(png)
    page = (
        '<html lang="en"><head><title>Page</title></head><body><p>Text with <img src="a.png" alt="x"> '
        '<a href="b.png">b</a></p></body></html>'
    )
    (folder / "page.html").write_text(page)
    out, info = made("a", folder, key="site")
    assert info.media == 1
    assert verify_edition(out).ok
    with Edition.open(out) as edition:
        for name in ("a.png", "b.png"):
            found = edition.media.read("site", name)
            assert found is not None
            assert found[1] == png
        assert edition.media.read("site", "c.png") is None
        assert [item.names for item, _ in edition.media.items()] == [(("site", "a.png"), ("site", "b.png"))]


def test_every_flipped_byte_of_the_truth_is_found(tmp_path: Path, made: Make) -> None:
    out, _ = made("a", extract(tmp_path / "wiki_00", 6))
    files = [f for f in (out / "data").rglob("*") if f.is_file()] + [out / "bagit.txt", out / "manifest-sha256.txt"]
    for file in files:
        raw = file.read_bytes()
        for at in sorted({0, len(raw) // 3, len(raw) // 2, len(raw) - 1}):
            file.write_bytes(raw[:at] + bytes([raw[at] ^ 1]) + raw[at + 1 :])
            with contextlib.suppress(EditionError):  # edition.json itself is no longer readable, which is as clear
                assert not verify_edition(out).ok, (file, at)
            file.write_bytes(raw)
    assert verify_edition(out).ok


def test_a_forged_article_is_named_even_if_the_manifests_are_forged_too(tmp_path: Path, made: Make) -> None:
    from galactica.edition import bag

    out, info = made("a", extract(tmp_path / "wiki_00", 6))
    file = out / "data" / "articles" / "00000.parquet"
    table = pq.read_table(file)
    bodies = table["body"].to_pylist()
    bodies[2] = bodies[2].replace("Article 3", "Article 4")
    body = pa.array(bodies, pa.string())
    pq.write_table(table.set_column(table.schema.get_field_index("body"), "body", body), file)
    bag.write_bag(out, title="x", root=info.root)
    found = verify_edition(out)
    assert not found.ok
    assert found.root != info.root
    assert [p.article for p in found.problems if p.article] == ["Number 3"]
    assert any("root" in p.what for p in found.problems)


def test_archivists_own_tool_agrees(tmp_path: Path, made: Make) -> None:
    import bagit

    out, _ = made("a", extract(tmp_path / "wiki_00", 3))
    bag = bagit.Bag(str(out))
    bag.validate()
    with (out / "data" / "edition.json").open("a") as file:
        file.write(" ")
    with pytest.raises(bagit.BagValidationError):
        bagit.Bag(str(out)).validate()
