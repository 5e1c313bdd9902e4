"""A folder becomes an edition: what its pages link to, what a link can mean, what was left out."""

from __future__ import annotations

import gzip
import signal
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.building.accounting import sum_up
from galactica.building.bycatch import is_bycatch
from galactica.edition import Edition, EditionInfo
from galactica.edition.verify import verify_edition
from galactica.model import Rejected
from galactica.sources.kinds import file_kind

from .conftest import extract, wiki

Make = Callable[..., tuple[Path, EditionInfo]]
PS = b"%!PS made up"
PNG = b"\x89PNG\r\n\x1a\nmade up"
PROSE = "<p>Rivers run to the sea, and the sea is never full; that is what this page is about, said at length.</p>"


def page(*links: str, title: str = "Page") -> bytes:
    anchors = " ".join(link if link.startswith("<") else f'<a href="{link}">there</a>' for link in links)
    return f"<html><head><title>{title}</title></head><body>{PROSE}<p>{anchors} and more</p></body></html>".encode()


def site(root: Path, files: dict[str, bytes]) -> Path:
    for name, content in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def kept(out: Path) -> dict[str, str]:
    with Edition.open(out) as edition:
        return {path: item.mime for item, _ in edition.media.items() for _, path in item.names}


def left(out: Path) -> dict[str, str]:
    with Edition.open(out) as edition:
        return {each.where: each.reason for each in edition.rejected()}


def names(out: Path) -> dict[str, list[tuple[str, str]]]:
    with Edition.open(out) as edition:
        return {a.path: [(each.title, each.path) for each in a.aliases] for _, a in edition.scan()}


FILES = {
    "books/one.ps": PS,
    "books/Two (2nd).ps": PS + b"2",
    "books/three.ps": PS + b"3",
    "sound.mp3": b"ID3 made up",
    "notes.docx": b"PK\x03\x04" + bytes(26) + b"[Content_Types].xml",
    "talk.srt": b"1\n00:00:01,000 --> 00:00:02,000\nHello\n",
    "shown.png": PNG,
    "linked.png": PNG + b"2",
    "unseen.png": PNG + b"3",
    "strange.qqq": b"\0\1\2",
}


def test_every_file_that_a_page_links_to_is_kept_and_no_other(tmp_path: Path, made: Make) -> None:
    links = ("../books/one.ps#page=3", "/books/Two%20(2nd).ps?x=1", "../sound.mp3", "../notes.docx", "../talk.srt")
    first = page(*links, '<img src="../shown.png" alt="x">', "../linked.png", "../strange.qqq", "https://x.org/a.ps")
    out, info = made("a", site(tmp_path / "s", {**FILES, "pages/p.html": first}))
    assert kept(out) == {
        "books/one.ps": "application/postscript",
        "books/Two (2nd).ps": "application/postscript",
        "sound.mp3": "audio/mpeg",
        "notes.docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "talk.srt": "application/x-subrip",
        "shown.png": "image/png",
        "linked.png": "image/png",
        "strange.qqq": "application/octet-stream",
    }
    assert left(out) == {"books/three.ps": "unsupported", "notes.docx": "truncated", "unseen.png": "not-linked"}
    assert info.media == 8
    assert verify_edition(out).ok


def test_a_page_in_markdown_links_as_well(tmp_path: Path, made: Make) -> None:
    text = b"# Rivers\n\nThey run. See [the book](books/one.ps) and ![a picture](shown.png).\n"
    out, _ = made("a", site(tmp_path / "s", {**FILES, "page.md": text}))
    assert set(kept(out)) == {"books/one.ps", "shown.png"}


def test_a_table_and_an_archive_are_read_and_kept_where_a_page_links_to_them(tmp_path: Path, made: Make) -> None:
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        archive.writestr("in.txt", "Hill\n\nA hill is high.\n")
        archive.writestr("in.ps", PS)
    files = {
        "t.csv": b"title,text\nSea,The sea is deep.\n",
        "all.zip": (tmp_path / "all.zip").read_bytes(),
        "p.html": page("t.csv", "all.zip", "all/in.ps"),
    }
    out, info = made("a", site(tmp_path / "s", files))
    assert set(kept(out)) == {"t.csv", "all.zip", "all/in.ps"}
    assert (info.articles, {s.key for s in info.sources}) == (3, {"s", "t"})


def test_bounds_hold_each_file_and_all_together_and_what_is_shown_comes_first(tmp_path: Path, made: Make) -> None:
    files = {
        "a.ps": PS + bytes(1000),
        "b.ps": PS + bytes(9000),
        "z.png": PNG + bytes(1500),
        "p.html": page("a.ps", "b.ps", '<img src="z.png">'),
    }
    root = site(tmp_path / "s", files)
    out, _ = made("a", root, max_file=5000)
    assert (set(kept(out)), left(out)) == ({"a.ps", "z.png"}, {"b.ps": "too-large"})
    out, _ = made("b", root, max_file=5000, max_files=2000)
    assert (set(kept(out)), left(out)) == ({"z.png"}, {"a.ps": "too-large", "b.ps": "too-large"})
    out, _ = made("c", root, max_file=0)
    assert kept(out) == {}


NFD, NFC = unicodedata.normalize("NFD", "Éclair"), unicodedata.normalize("NFC", "Éclair")


@pytest.mark.parametrize(("lies", "said"), [(NFD, "%C3%89clair"), (NFC, "E%CC%81clair"), (NFD, "\u00c9clair")])
def test_a_link_in_another_form_of_unicode_leads_to_the_page_and_the_file(
    tmp_path: Path, made: Make, lies: str, said: str
) -> None:
    notes: list[str] = []
    files = {f"{lies}.html": page(title="Cake"), f"{lies}.ps": PS, "p.html": page(f"{said}.html", f"{said}.ps")}
    out, _ = made("a", site(tmp_path / "s", files), note=notes.append)
    with Edition.open(out) as edition:
        (body,) = [a.body for _, a in edition.scan() if a.path == "p.html"]
        other = NFC if lies == NFD else NFD
        assert edition.media.read("s", f"{other}.ps") is not None
        assert edition.media.read("s", f"{lies}.ps") is not None
    assert names(out)[f"{lies}.html"] == [("Cake", f"{other}.html")]
    assert "there" in body
    assert any("Unicode" in note for note in notes)
    assert verify_edition(out).ok


def test_a_link_that_differs_in_case_leads_to_the_only_one_that_it_can_mean_and_that_is_said(
    tmp_path: Path, made: Make
) -> None:
    notes: list[str] = []
    files = {"Sea.HTML": page(title="Sea"), "x.ps": PS, "X.PS": PS + b"2", "p.html": page("sea.html", "x.Ps")}
    out, _ = made("a", site(tmp_path / "s", files), note=notes.append)
    assert names(out)["Sea.HTML"] == [("Sea", "sea.html")]
    assert kept(out) == {}, "two files could be meant"
    assert any("case" in note for note in notes)


def test_a_path_from_the_root_of_a_site_in_a_folder_means_the_sites_own(tmp_path: Path, made: Make) -> None:
    files = {
        "one/p.html": page("/img/a.png", "/b.html"),
        "one/img/a.png": PNG,
        "one/b.html": page(title="One's"),
        "two/deep/p.html": page("/c.ps", "/b.html"),
        "two/c.ps": PS,
        "two/b.html": page(title="Two's"),
    }
    out, _ = made("a", site(tmp_path / "s", files))
    assert {"one/img/a.png", "img/a.png", "two/c.ps", "c.ps"} == set(kept(out))
    assert names(out)["one/b.html"] == names(out)["two/b.html"] == [], "two pages could be meant"


def test_a_link_to_a_folder_means_its_index_page(tmp_path: Path, made: Make) -> None:
    files = {"p.html": page("sub/"), "sub/index.html": page(title="Below")}
    out, _ = made("a", site(tmp_path / "s", files))
    assert names(out)["sub/index.html"] == [("Below", "sub/")]


def test_a_tables_rows_may_show_files_that_lie_beside_it(tmp_path: Path, made: Make) -> None:
    rows = b'title,html\nSea,"<p>Deep. <img src=""img/a.png""> <a href=""b.ps"">more</a></p>"\n'
    files = {"t/rows.csv": rows, "t/img/a.png": PNG, "t/b.ps": PS, "t/c.ps": PS}
    out, info = made("a", site(tmp_path / "s", files))
    with Edition.open(out) as edition:
        assert edition.media.read("rows", "img/a.png") is not None
        assert edition.media.read("rows", "b.ps") is not None
    assert left(out) == {"t/c.ps": "unsupported"}
    assert info.articles == 1


def test_a_symbolic_link_to_a_file_is_another_name_of_it(tmp_path: Path, made: Make) -> None:
    root = site(tmp_path / "s", {"p.html": page("alias.ps", "late.ps"), "m.ps": PS})
    (root / "alias.ps").symlink_to("m.ps")
    (root / "late.ps").symlink_to("m.ps")
    out, _ = made("a", root)
    assert set(kept(out)) == {"m.ps", "alias.ps", "late.ps"}
    assert left(out) == {}


def test_packed_svg_is_kept_as_a_picture(tmp_path: Path, made: Make) -> None:
    packed = gzip.compress(b'<svg xmlns="http://www.w3.org/2000/svg"><rect width="1"></rect></svg>')
    out, _ = made("a", site(tmp_path / "s", {"p.html": page('<img src="x.svgz">'), "x.svgz": packed}))
    assert kept(out) == {"x.svgz": "image/svg+xml"}
    with Edition.open(out) as edition:
        assert b"<rect" in edition.media.read("s", "x.svgz")[1]


def test_percent_encoded_nonsense_harms_nothing(tmp_path: Path, made: Make) -> None:
    out, _ = made("a", site(tmp_path / "s", {"p.html": page("%ff%fe.ps", "%00.ps", "a%2f..%2f..%2fb.ps", "%zz")}))
    assert verify_edition(out).ok


MIXED = {
    "README.md": b"# About\n\nA mixture of things.\n",
    "t.csv": b"title,text\nSea,The sea is deep.\n",
    "p.html": page("b.ps", "Q.html", '<img src="a.png">'),
    "q.html": page(title="Q"),
    "b.ps": PS,
    "a.png": PNG,
    "c.epub": b"PK\x03\x04" + bytes(26) + b"mimetypeapplication/epub+zip",
}


def mixed(root: Path) -> Path:
    site(root, MIXED)
    wiki(root / "dump.xml", [("Moon", "The Moon is round. " * 40), ("Luna", "→Moon"), ("Sun", "It shines. " * 40)])
    extract(root / "wiki_00", 40)
    return root


def test_the_place_the_name_and_the_number_of_workers_change_nothing(tmp_path: Path, made: Make) -> None:
    said = {"key": "shelf", "title": "Shelf"}
    roots = {made("a", mixed(tmp_path / "one"), **said)[1].root, made("b", mixed(tmp_path / "x/two"), **said)[1].root}
    roots.add(made("c", tmp_path / "one", workers=2, **said)[1].root)
    assert len(roots) == 1


def test_an_archive_of_a_folder_holds_the_same_articles(tmp_path: Path, made: Make) -> None:
    root = mixed(tmp_path / "s")
    with zipfile.ZipFile(tmp_path / "s.zip", "w") as archive:
        for file in sorted(root.rglob("*")):
            archive.write(file, file.relative_to(root).as_posix())
    assert made("a", root)[1].root == made("b", tmp_path / "s.zip")[1].root


def test_work_on_a_mixed_folder_is_used_again_by_the_next_edition(tmp_path: Path, made: Make) -> None:
    first, old = made("a", mixed(tmp_path / "s"))
    _, new = made("b", tmp_path / "s", parent=first)
    assert (new.articles, new.media, new.parent) == (old.articles, old.media, old.root)


def test_an_edition_is_called_after_the_folder_where_it_has_several_sources(tmp_path: Path, made: Make) -> None:
    assert made("a", mixed(tmp_path / "My shelf"))[1].title == "My shelf"
    (tmp_path / "only").mkdir()
    wiki(tmp_path / "only" / "x.xml", [("Moon", "The Moon is round.")])
    _, info = made("b", tmp_path / "only")
    assert (info.title, [s.key for s in info.sources]) == ("Test", ["testwiki"])
    assert info.root == made("c", tmp_path / "only" / "x.xml")[1].root, "the folder adds nothing of its own"


KILLED = """
import os, sys
from pathlib import Path
from galactica.building import build as building, gathering
from galactica.building.ledger import Ledger
gathering.BATCH_BYTES = 3000
steps = int(sys.argv[3])
def counted(function):
    def wrapped(*args, **kwargs):
        global steps
        steps -= 1
        if steps < 0:
            os.kill(os.getpid(), 9)
        return function(*args, **kwargs)
    return wrapped
for name in ("enter", "settle_links", "settle", "mark_written", "add_source"):
    setattr(Ledger, name, counted(getattr(Ledger, name)))
building.build(Path(sys.argv[1]), [Path(sys.argv[2])], workers=0, meaning=False)
"""


def test_a_build_of_a_folder_killed_at_any_step_goes_on_to_the_same_root(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from galactica.building import gathering

    monkeypatch.setattr(gathering, "BATCH_BYTES", 3000)
    root = mixed(tmp_path / "s")
    _, whole = made("whole", root)
    out = tmp_path / "a.edition"
    for steps in (3, 9, 13, 17):
        done = subprocess.run([sys.executable, "-c", KILLED, str(out), str(root), str(steps)], capture_output=True)
        if done.returncode == 0:
            break
        assert done.returncode == -signal.SIGKILL, done.stderr.decode()
        assert not out.exists()
    if not out.exists():
        made("a", root)
    with Edition.open(out) as edition:
        assert edition.root == whole.root
        assert edition.info.left_out == whole.left_out
    assert verify_edition(out).ok


def test_what_was_left_out_is_summed_up_by_kind(tmp_path: Path, made: Make) -> None:
    files = {f"{n}.ps": PS for n in range(3)} | {"p.html": page("0.ps"), "x.png": PNG, "y.epub": MIXED["c.epub"]}
    out, info = made("a", site(tmp_path / "s", files))
    assert [(each.count, each.kind, each.reason) for each in info.left_out] == [
        (2, "PostScript document", "unsupported"),
        (1, "EPUB book", "malformed"),
        (1, "PNG picture", "not-linked"),
        (1, "PostScript document", "kept-unread"),
    ]
    assert not info.only_bycatch
    with Edition.open(out) as edition:
        assert edition.info.left_out == info.left_out


@pytest.mark.parametrize(
    "read",
    [
        {"README.md": b"# Books\n\nA collection of fine books.\n", "LICENSE": b"Free\n\nTake them.\n"},
        {"index.html": b"<title>Index of /books</title><h1>Index of /books</h1><a href=a.ps>a.ps</a> 1M"},
        {"index.html": b"<h1>Books</h1><ul><li><a href=a.ps>A book</a><li><a href=b.ps>Another</a></ul>"},
        {"\u8bf4\u660e.txt": "书\n\n这里有书。\n".encode()},
    ],
)
def test_an_edition_of_by_catch_alone_is_called_so(tmp_path: Path, made: Make, read: dict[str, bytes]) -> None:
    _, info = made("a", site(tmp_path / "s", {**read, "a.ps": PS, "b.ps": PS}))
    assert info.only_bycatch


@pytest.mark.parametrize(
    "files",
    [
        {"README.md": b"# Project\n\nWords alone.\n", "style.css": b"p {}"},
        {"README.md": b"# Project\n\nWords.\n", "a.ps": PS, "chapter.md": b"# One\n\nIt begins.\n"},
        {"README.md": b"# Project\n\nWords.\n", "a.ps": PS, "t.csv": b"title,text\nSea,Deep.\n"},
    ],
)
def test_where_something_else_was_read_or_nothing_was_lost_there_is_nothing_to_say(
    tmp_path: Path, made: Make, files: dict[str, bytes]
) -> None:
    assert not made("a", site(tmp_path / "s", files))[1].only_bycatch


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("README", True),
        ("docs/readme.txt", True),
        ("LICENSE-MIT", True),
        ("CHANGELOG.md", True),
        ("Lisez-moi.txt", True),
        ("licensed-to-kill.html", False),
        ("newspaper.html", False),
        ("readings.md", False),
        ("HISTORY.md", True),
        ("history-of-rome.html", False),
        ("notes 2020.md", False),
        ("a/moon.html", False),
    ],
)
def test_by_catch_is_known_by_its_name(path: str, expected: bool) -> None:
    assert is_bycatch(path, "Title", PROSE * 10) == expected


def test_an_index_page_with_prose_is_a_page() -> None:
    links = '<ul><li><a href="./a.ps">A</a></li></ul>'
    assert is_bycatch("index.html", "Home", f"<p>Welcome.</p>{links}")
    assert not is_bycatch("index.html", "Home", PROSE * 6 + links)


def test_the_sum_has_a_bounded_number_of_lines_and_loses_none() -> None:
    many = [
        Rejected(source="s", where=f"x.a{n}", stage="read", reason="unsupported", detail="no kind") for n in range(300)
    ]
    lines = sum_up(many, [("not-an-article", 7, "Talk:X")], [])
    assert len(lines) == 101
    assert sum(line.count for line in lines) == 307


def test_files_are_called_as_their_bytes_say_else_by_their_ending() -> None:
    assert file_kind("a.bin", "a PostScript document is not read") == "PostScript document"
    assert file_kind("a.docx", "breaks off") == "Office document"
    assert file_kind("sub.d/none", "") == "file of no known kind"


def test_what_is_left_out_for_its_name_or_place_is_no_kind_of_file() -> None:
    left = [
        Rejected(source="s", where=where, stage="read", reason=reason)
        for where, reason in ((".env", "hidden"), ("b.ps", "broken-link"), ("c.ps", "no-file"), ("d.txt", "empty"))
    ]
    assert {(line.kind, line.reason) for line in sum_up(left, [], [])} == {
        ("", "hidden"),
        ("", "broken-link"),
        ("", "no-file"),
        ("text", "empty"),
    }


def test_a_dump_beside_pages_keeps_its_redirects(tmp_path: Path, made: Make) -> None:
    out, info = made("a", mixed(tmp_path / "s"))
    assert names(out)["Moon"] == [("Luna", "Luna")]
    assert {s.key: s.format for s in info.sources} == {
        "enwiki": "wikiextractor",
        "s": "folder",
        "t": "csv",
        "testwiki": "mediawiki",
    }


SVG = '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script><rect width="3" onload="x()"/></svg>'


def test_pictures_in_svg_are_kept_without_what_could_run_and_not_at_all_where_that_fails(
    tmp_path: Path, made: Make
) -> None:
    files = {
        "a.svg": SVG.encode(),
        "b.svg": b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///x">]><svg>&a;</svg>',
        "c.js": b"alert(1)",
        "p.html": page('<img src="a.svg">', '<img src="b.svg">', "c.js"),
    }
    out, _ = made("a", site(tmp_path / "s", files))
    with Edition.open(out) as edition:
        found = edition.media.read("s", "a.svg")
        assert found is not None
        assert b"script" not in found[1]
        assert b"onload" not in found[1]
        assert b"rect" in found[1]
        dropped = {rule: count for _, rule, count in edition.dropped()}
        assert dropped["svg:script"] == 1
    assert kept(out)["c.js"] == "application/octet-stream"
    assert left(out) == {"b.svg": "unsafe-picture"}
    assert verify_edition(out).ok


def test_an_edition_from_elsewhere_is_served_and_exported_without_what_could_run(
    tmp_path: Path, made: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    from galactica.building import refining
    from galactica.library import open_library
    from galactica.library.taking import export

    monkeypatch.setattr(refining, "passive", lambda mime, content, dropped: (mime, content))
    out, _ = made("a", site(tmp_path / "s", {"a.svg": SVG.encode(), "p.html": page('<img src="a.svg">')}))
    with Edition.open(out) as edition:
        assert b"script" in edition.media.read("s", "a.svg")[1]
    with open_library([out]) as opened:
        mime, content = opened.media(opened.editions[0], "s", "a.svg")  # type: ignore[misc]
        assert (mime, b"script" in content) == ("image/svg+xml", False)
        assert opened.has_file(opened.editions[0], "s", "a.svg")
        assert not opened.has_file(opened.editions[0], "s", "b.svg")
    export(out, tmp_path / "a.zim", format="zim")
    from libzim.reader import Archive

    assert b"script" not in bytes(Archive(tmp_path / "a.zim").get_entry_by_path("a.svg").get_item().content)
