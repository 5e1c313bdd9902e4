"""An edition written as a bundle of the Open Knowledge Format, and built again: the same root."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.errors import InputError, UsageError
from galactica.model import Document, Rejected, bundle
from galactica.sources.formats import open_source, recognised
from galactica.sources.front_matter import split_front
from tests.worked import build_works

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)
PAGE = """<h1>Moon</h1><p>The <b>Moon</b> (see <a href="sun.html">the Sun</a> and <a href="gone.html#x">more</a>) is
<em>round</em>: 3 * 4 < 13, a_b_c, [x](y), `code` &amp; #not &copy;.</p><img src="pics/moon%20(1).png" alt="Full_moon">
<ul><li>one<ul><li>two</li></ul></li><li>three</li></ul><ol start="3"><li>c</li><li>d</li></ol>
<table><tr><th>a|b</th><td colspan="2">c</td></tr><tr><td>1</td><td>2</td><td>3</td></tr></table>
<pre>line one

  line *three*
</pre><blockquote><p>Said.</p><p>So.</p></blockquote><dl><dt>t</dt><dd>d</dd></dl><hr>
<p><span id="page:12"></span>10<sup>6</sup> <math alttext="x^2"><msup><mi>x</mi><mn>2</mn></msup></math></p>
<p>2020. A year at the start</p><p>- no list</p><p># no heading</p><p>&gt; no quotation</p><p>a<br>b</p>
<h2 id="late">Later</h2><p lang="de">Der Mond ist aufgegangen.</p><aside role="note"><p>Note.</p></aside>"""


def shelf(place: Path) -> Path:
    """A folder with pages, a picture, a table, names that are no names of files elsewhere, and a link."""
    (place / "pics").mkdir(parents=True)
    (place / "moon.html").write_text(PAGE)
    (place / "sun.html").write_text('<title>Sun</title><p>Back to <a href="moon.html">it</a>.</p>')
    (place / "pics" / "moon (1).png").write_bytes(PNG)
    (place / "index.md").write_text("# Start\n\nSee [the Moon](moon.html).\n")
    (place / "A: what?.txt").write_text("A question\n\nIs it so?\n")
    (place / "Moon.md").write_text("---\ntags: [a, 'b: c']\naliases: [Luna]\ndate: 2020-01-02\n---\nAnother one.\n")
    (place / "moon.md").write_text("A third.\n")
    (place / "rows.csv").write_text("title,text\nPike,The pike hunts in reeds.\nCarp,The carp eats.\n")
    (place / "also.html").symlink_to("sun.html")
    return place


def root_of(path: Path) -> str:
    with Edition.open(path) as edition:
        return edition.root


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("okf") / "one.edition"
    library.build(out, [shelf(out.parent / "shelf")], language="en", licence="CC0-1.0", workers=1, meaning=False)
    return out


@pytest.fixture
def written(made: Path, tmp_path: Path) -> Path:
    out = tmp_path / "bundle"
    library.export(made, out, format="okf")
    return out


def again(place: Path) -> Path:
    out = place.with_suffix(".edition")
    library.build(out, [place], workers=1, meaning=False)
    return out


def test_what_nobody_changed_is_built_into_the_same_root(made: Path, written: Path) -> None:
    assert root_of(again(written)) == root_of(made)


def test_a_title_of_its_own_comes_back_and_a_parent_that_is_named(made: Path, tmp_path: Path) -> None:
    shelf(tmp_path / "shelf")
    (tmp_path / "feed.md").write_text("Another source.\n")
    sources, second = [tmp_path / "shelf", tmp_path / "feed.md"], tmp_path / "second.edition"
    library.build(second, sources, title="Oakfield library", parent=made, workers=1, meaning=False)
    library.export(second, tmp_path / "bundle", format="okf")
    library.build(tmp_path / "third.edition", [tmp_path / "bundle"], parent=made, workers=1, meaning=False)
    assert root_of(tmp_path / "third.edition") == root_of(second)
    with Edition.open(again(tmp_path / "bundle")) as edition:
        assert edition.statement.title == "Oakfield library"
        assert edition.statement.number == 1
    library.build(tmp_path / "own.edition", [tmp_path / "bundle"], title="Own", workers=1, meaning=False)
    with Edition.open(tmp_path / "own.edition") as edition:
        assert edition.statement.title == "Own"


def test_works_and_statements_come_back_too(tmp_path: Path) -> None:
    first = build_works(tmp_path)
    library.export(first, tmp_path / "bundle", format="okf")
    assert root_of(again(tmp_path / "bundle")) == root_of(first)
    concepts = tmp_path / "concepts"
    concepts.mkdir()
    (concepts / "a.md").write_text(
        "---\ntype: Metric\nstatus: draft\nsources:\n  - resource: https://x.example\n---\nText.\n"
    )
    second = again(concepts)
    library.export(second, tmp_path / "bundle2", format="okf")
    third = again(tmp_path / "bundle2")
    assert root_of(third) == root_of(second)
    with Edition.open(third) as edition:
        assert edition.info.statements == 3


def test_every_file_is_a_concept_and_the_index_says_the_version(written: Path) -> None:
    assert (written / "index.md").read_text().startswith('---\nokf_version: "0.2"\n---\n')
    files = [path for path in written.rglob("*.md") if path.name not in ("index.md", "log.md")]
    assert len(files) == 8
    for path in files:
        front, body = split_front(path.read_text())
        assert front.one("type") == "Article"
        assert front.one("title")
        assert isinstance(front.tree["sources"], list)
        assert body.strip()


def test_bodies_are_markdown_where_that_is_the_same(written: Path) -> None:
    text = next(written.rglob("moon.html.md")).read_text()
    assert "The <b>Moon</b> (see [the Sun](/shelf/sun.html.md) and" in text
    assert "- three" in text
    assert "> Said.\n>\n> So." in text
    assert '<table><tbody><tr><th>a|b</th><td colspan="2">' in text
    assert "<pre>line one&#10;&#10;  line *three*" in text


def test_names_are_such_as_every_file_system_takes() -> None:
    names = bundle.FileNames()
    paths = ["Moon", "moon", "a/index", "galactica/x", "files", "a: b?", "CON", "x" * 300, "日" * 100, ".hidden", "a"]
    paths += ["a.md/b", "a.md", "trail. ", "é", "e\u0301", "A/B", "Moon.md"]
    told = [names.file(path, f"{number:032x}", ending=".md") for number, path in enumerate(paths)]
    assert len({name.casefold() for name in told}) == len(told)
    for name in told:
        assert name.endswith(".md")
        assert all(0 < len(part.encode()) <= 255 for part in name.split("/"))
        assert not any(part.startswith(".") or set(part) & set('<>:"\\|?*') for part in name.split("/"))


def test_links_of_a_bundle_lead_back_whatever_form_they_have() -> None:
    paths = {"a/Moon.md": "Moon", "Sun.md": "wiki/Sun?", "files/p (1).png": "p (1).png"}
    text = '[m](/a/Moon.md#x) [m](Moon.md) [s](../Sun.md) ![p](</files/p (1).png>) <a href="/Sun.md">s</a> [o](/o.md)'
    assert bundle.inward(text.replace("p (1)", "p%20(1)"), "a/b.md", paths) == (
        '[m](/Moon#x) [m](/Moon) [s](/wiki/Sun%3F) ![p](</p%20(1).png>) <a href="/wiki/Sun%3F">s</a> [o](/o.md)'
    )


def test_what_somebody_changed_is_changed_and_what_is_new_is_read(written: Path) -> None:
    sun = next(written.rglob("sun.html.md"))
    sun.write_text(sun.read_text().replace("Back to", "Up to"))
    (written / "new.md").write_text("# New\n\nWritten by hand.\n")
    (written / "note.xyz").write_text("?")
    (carp,) = [path for path in written.rglob("*.md") if "The carp" in path.read_text()]
    carp.unlink()
    with open_source(written) as source:
        items = list(source.read())
    found = {item.path: item for item in items if isinstance(item, Document)}
    assert "Up to" in found["sun.html"].content
    assert found["new.md"].title == "New"
    left = {item.reason for item in items if isinstance(item, Rejected)}
    assert left == {"gone", "unsupported"}


def test_a_bundle_is_known_by_its_table_and_without_it_is_a_folder(written: Path) -> None:
    assert recognised(written).name == "okf"
    (written / bundle.MANIFEST).unlink()
    assert recognised(written).name == "folder"


@pytest.mark.parametrize(
    "text",
    ["", "[]", "{}", '{"bundle": 1, "sources": []}', '{"bundle": "1", "sources": [{"key": 3}]}', '{"bundle": 9}',
     '{"bundle": 1, "sources": [{"key": "a", "title": "t", "format": "f", "evil": "x"}]}', "[" * 100_000],
)  # fmt: skip
def test_a_damaged_table_of_sources_is_one_clear_error(written: Path, text: str) -> None:
    (written / bundle.MANIFEST).write_text(text)
    with pytest.raises(InputError), open_source(written) as source:
        list(source.read())


def test_damaged_rows_are_told_and_none_leads_out_of_the_bundle(written: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.md").write_text("secret")
    rows = ["{", "[]", '{"file": 3}', '{"file": "../secret.md", "source": "shelf", "path": "x"}']
    rows.append(json.dumps({"file": "/etc/passwd", "source": "shelf", "path": "y"}))
    (written / bundle.ARTICLES).write_text("\n".join(rows))
    (written / bundle.REDIRECTS).write_text(
        '{"source": "shelf", "path": "../x", "title": "t", "target": "y"}\n{"a": 1}\n'
    )
    (written / bundle.STATEMENTS).write_text('{"source": "shelf", "qualifiers": [3]}\n')
    with open_source(written) as source:
        items = list(source.read())
    assert "secret" not in "".join(item.content for item in items if isinstance(item, Document))
    assert sum(isinstance(item, Rejected) and item.reason in ("bad-row", "bad-path") for item in items) >= 8


def test_nothing_that_is_there_is_replaced(made: Path, tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError):
        library.export(made, tmp_path / "there", format="okf")
