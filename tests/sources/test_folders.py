"""Folders and archives: each file by its kind, nothing followed outside, nothing silent."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest

from galactica.errors import InputError
from galactica.model import Attachment, Document, Redirect, Rejected, Source
from galactica.sources import packed, trees
from galactica.sources.contract import Item, SourceOptions
from galactica.sources.formats import open_source
from tests.sources.samples import FILES, PAGE, PNG, tar_of, zip_of


def read(path: Path) -> list[Item]:
    with open_source(path, SourceOptions()) as source:
        return list(source.read())


def folder(tmp_path: Path, files: dict[str, bytes]) -> Path:
    root = tmp_path / "shelf"
    for name, content in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return root


def archive(tmp_path: Path, name: str, content: bytes) -> Path:
    path = tmp_path / name
    path.write_bytes(content)
    return path


def told(items: list[Item]) -> dict[str, str]:
    return {i.where: i.reason for i in items if isinstance(i, Rejected)}


def attached(items: list[Item]) -> dict[str, str]:
    return {i.path: i.detail for i in items if isinstance(i, Attachment)}


def sources(items: list[Item]) -> list[str]:
    return [i.key for i in items if isinstance(i, Source)]


def documents(items: list[Item]) -> list[str]:
    return [i.path for i in items if isinstance(i, Document)]


TEXT = b"A day\n\nIt rained.\n"


def test_each_file_is_read_by_its_kind_in_sorted_order(tmp_path: Path):
    items = read(folder(tmp_path, FILES))
    assert documents(items) == ["index.html", "notes/moon.md", "notes/sun.md", "plain.txt"]
    assert [(i.path, i.mime, i.size, i.reason) for i in items if isinstance(i, Attachment)] == [
        ("picture.png", "image/png", len(PNG), "not-linked"),
        ("style.css", "application/octet-stream", len(FILES["style.css"]), "unsupported"),
    ]
    assert told(items) == {}


def test_a_folder_is_named_after_itself_and_an_archive_without_its_endings(tmp_path: Path):
    with open_source(folder(tmp_path, FILES)) as source:
        assert (source.source.key, source.source.format) == ("shelf", "folder")
    with open_source(archive(tmp_path, "old books.tar.gz", tar_of(FILES, "w:gz"))) as source:
        assert source.source.key == "old books"


def test_hidden_files_and_folders_are_counted_and_not_read(tmp_path: Path):
    items = read(folder(tmp_path, {"a.txt": TEXT, ".secret.txt": TEXT, ".git/config.txt": TEXT}))
    assert told(items) == {".secret.txt": "hidden", ".git": "hidden"}


def test_links_inside_are_other_names_and_links_outside_are_refused(tmp_path: Path):
    (tmp_path / "secret.txt").write_bytes(TEXT)
    root = folder(tmp_path, {"a.txt": TEXT, "sub/b.txt": TEXT})
    (root / "inside.txt").symlink_to("sub/b.txt")
    (root / "outside.txt").symlink_to(tmp_path / "secret.txt")
    (root / "up").symlink_to("..")
    (root / "loop").symlink_to("loop")
    (root / "round").symlink_to(".")
    (root / "gone").symlink_to("nowhere")
    items = read(root)
    assert documents(items) == ["a.txt", "sub/b.txt"]
    assert [(i.path, i.target) for i in items if isinstance(i, Redirect)] == [("inside.txt", "sub/b.txt")]
    assert set(told(items)) == {"outside.txt", "up", "loop", "round", "gone"}
    assert told(items)["outside.txt"] == told(items)["up"] == "outside"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes on this system")
def test_a_pipe_is_never_opened(tmp_path: Path):
    root = folder(tmp_path, {"a.txt": TEXT})
    os.mkfifo(root / "pipe.txt")
    assert told(read(root)) == {"pipe.txt": "no-file"}
    with pytest.raises(InputError, match="neither a file nor a folder"):
        open_source(root / "pipe.txt")


def test_names_that_are_no_text_are_refused(tmp_path: Path):
    root = folder(tmp_path, {"a.txt": TEXT, "tab\there.txt": TEXT})
    (Path(os.fsdecode(os.fsencode(root) + b"/bad\xff.txt"))).write_bytes(TEXT)
    assert sorted(told(read(root)).values()) == ["bad-path", "bad-path"]


def test_depth_and_number_of_files_are_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(trees, "MAX_DEPTH", 2)
    root = folder(tmp_path, {"a.txt": TEXT, "1/b.txt": TEXT, "1/2/3/c.txt": TEXT})
    assert told(read(root)) == {"1/2/3": "too-deep"}
    monkeypatch.setattr(trees, "MAX_FILES", 2)
    assert "too-many" in told(read(root)).values()


def test_an_edition_in_a_folder_is_not_taken_apart(tmp_path: Path):
    items = read(folder(tmp_path, {"a.txt": TEXT, "x.edition/data/edition.json": b"{}", "x.edition/b.txt": TEXT}))
    assert documents(items) == ["a.txt"]
    assert told(items) == {"x.edition": "unsupported"}


def test_empty_and_unreadable_kinds_are_told_with_their_kind(tmp_path: Path):
    files = {
        "a.txt": TEXT,
        "b.txt": b"",
        "c.ps": b"%!PS\xff\xff",
        "d.bin": b"\0\1\2\3" * 50,
        "e.png": b"not a picture \0",
    }
    items = read(folder(tmp_path, files))
    assert documents(items) == ["a.txt"]
    assert told(items) == {"b.txt": "empty"}
    assert attached(items) == {
        "c.ps": "a PostScript document is not read",
        "d.bin": "a .bin file is not read",
        "e.png": "a PNG picture is not read",
    }


def test_a_table_without_a_text_column_in_a_folder_is_an_article_or_told_and_the_others_stay(tmp_path: Path):
    items = read(folder(tmp_path, {"a.txt": TEXT, "figures.csv": b"year,rain\n2020,5\n"}))
    assert documents(items) == ["a.txt", "figures.csv"]
    items = read(folder(tmp_path / "other", {"a.txt": TEXT, "figures.jsonl": b'{"year":2020,"rain":5}\n'}))
    assert documents(items) == ["a.txt"]
    assert told(items) == {"figures.jsonl": "unsupported"}
    assert "--column" in next(i.detail for i in items if isinstance(i, Rejected))
    assert str(tmp_path) not in repr(items)


def test_rows_of_tables_in_a_folder_do_not_meet(tmp_path: Path):
    row = b'{"text":"Moon"}\n'
    items = read(folder(tmp_path, {"x/a.jsonl": row, "x/b.jsonl": row, "y/a.jsonl": row}))
    assert [(i.source, i.path) for i in items if isinstance(i, Document)] == [("a", "1"), ("b", "1"), ("y/a", "1")]
    assert sources(items) == ["a", "b", "y/a"]


def test_packed_files_in_a_folder_are_read(tmp_path: Path):
    items = read(folder(tmp_path, {"page.html.gz": gzip.compress(PAGE.encode()), "cut.html.gz": b"\x1f\x8b\x08\0\0"}))
    assert documents(items) == ["page.html"]
    assert set(told(items)) == {"cut.html.gz"}


def test_an_archive_in_a_folder_is_read_as_the_folder_it_holds(tmp_path: Path):
    root = folder(tmp_path, {"one.zip": zip_of({"a.txt": TEXT}), "two.tar": tar_of({"a.txt": TEXT})})
    assert documents(read(root)) == ["one/a.txt", "two/a.txt"]


def test_an_archive_in_an_archive_is_read_four_deep(tmp_path: Path):
    inner = zip_of({"b.txt": TEXT})
    for number in range(5):
        pack = tar_of if number % 2 else zip_of
        inner = pack({f"n{number}.txt": TEXT, f"in{number}.{'zip' if number % 2 else 'tar'}": inner})
    items = read(archive(tmp_path, "out.zip", inner))
    assert documents(items) == ["n4.txt", "in4/n3.txt", "in4/in3/n2.txt", "in4/in3/in2/n1.txt"]
    assert list(told(items).values()) == ["too-deep"]


def test_a_zip_is_read_however_often_it_was_looked_at(tmp_path: Path):
    path = archive(tmp_path, "plain.zip", zip_of({"a.txt": TEXT}))
    for _ in range(2):
        assert documents(read(path)) == ["a.txt"]


def test_what_archives_unpack_to_is_bounded_over_all_levels(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "FREE_UNPACKED", 2**20)
    monkeypatch.setattr(packed, "MAX_RATIO", 1)
    inner = zip_of({f"{number}.txt": b"word " * 100_000 for number in range(8)})
    items = read(archive(tmp_path, "out.zip", zip_of({"in.zip": inner})))
    assert 1 <= len(documents(items)) < 8
    assert "too-large" in told(items).values()


def test_a_zip_under_a_password_is_told_once(tmp_path: Path):
    raw = bytearray(zip_of({"a.txt": TEXT, "b.txt": TEXT}))
    at = -1
    while (at := raw.find(b"PK\x01\x02", at + 1)) >= 0:
        raw[at + 8] |= 1
    items = read(folder(tmp_path, {"a.txt": TEXT, "secret.zip": bytes(raw)}))
    assert told(items) == {"secret.zip": "encrypted"}


def test_names_in_a_zip_are_utf_8_also_where_it_does_not_say_so(tmp_path: Path):
    raw = zip_of({"Größe.txt": TEXT})
    raw = raw.replace(b"\x14\x00\x00\x08", b"\x14\x00\x00\x00")  # the flag of UTF-8 names, in both headers
    assert documents(read(archive(tmp_path, "a.zip", raw))) == ["Größe.txt"]


def test_a_folder_of_nothing_readable_is_one_clear_error(tmp_path: Path):
    with pytest.raises(InputError, match="PostScript") as error:
        read(folder(tmp_path, {"a.ps": b"%!PS", "b.ps": b"%!PS"}))
    assert "markdown" in error.value.remedy
    (tmp_path / "empty").mkdir()
    with pytest.raises(InputError, match="nothing"):
        read(tmp_path / "empty")


EVIL = ("../evil.txt", "/etc/evil.txt", "a/../../evil.txt", "./../evil.txt")


@pytest.mark.parametrize("name", EVIL)
def test_names_that_lead_out_of_an_archive_are_refused(tmp_path: Path, name: str):
    files = {name: TEXT, "good.txt": TEXT}
    for path in (archive(tmp_path, "a.tar", tar_of(files)), archive(tmp_path, "a.zip", zip_of(files))):
        items = read(path)
        assert documents(items) == ["good.txt"]
        assert list(told(items).values()) == ["bad-path"]


def test_links_and_devices_in_a_tar_are_refused(tmp_path: Path):
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as tar:
        for name, kind in (("l", tarfile.SYMTYPE), ("h", tarfile.LNKTYPE), ("d", tarfile.CHRTYPE)):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "../secret"
            tar.addfile(info)
        info = tarfile.TarInfo("./a.txt")
        info.size = len(TEXT)
        tar.addfile(info, io.BytesIO(TEXT))
    items = read(archive(tmp_path, "a.tar", out.getvalue()))
    assert documents(items) == ["a.txt"]
    assert set(told(items)) == {"l", "h", "d"}


def test_a_tar_that_breaks_off_keeps_what_came_before(tmp_path: Path):
    whole = tar_of({"a.txt": TEXT, "b.txt": TEXT * 100})
    items = read(archive(tmp_path, "a.tar", whole[:1600]))
    assert documents(items) == ["a.txt"]
    assert "truncated" in told(items).values()


def test_a_damaged_header_in_the_middle_of_a_tar_is_not_taken_for_its_end(tmp_path: Path):
    whole = bytearray(tar_of({"a.txt": TEXT, "b.txt": TEXT, "c.txt": TEXT}))
    whole[1024 + 150] ^= 1
    items = read(archive(tmp_path, "a.tar", bytes(whole)))
    assert documents(items) == ["a.txt"]
    assert list(told(items).values()) == ["truncated"]


def test_a_tar_header_that_claims_an_endless_name_is_refused(tmp_path: Path):
    header = tarfile.TarInfo("././@LongLink")
    header.type, header.size = tarfile.GNUTYPE_LONGNAME, 2**33
    raw = tar_of({"a.txt": TEXT})[:1024] + header.tobuf(tarfile.GNU_FORMAT) + b"\0" * 4096
    assert list(told(read(archive(tmp_path, "a.tar", raw))).values()) == ["truncated"]


def test_encrypted_and_oddly_packed_zip_members_are_told(tmp_path: Path):
    raw = bytearray(zip_of({"a.txt": TEXT, "b.txt": TEXT}))
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 8] |= 1
    assert told(read(archive(tmp_path, "a.zip", bytes(raw)))) == {"b.txt": "encrypted"}
    raw[second + 8] = 0
    raw[second + 10] = 6
    assert told(read(archive(tmp_path, "b.zip", bytes(raw)))) == {"b.txt": "unsupported"}


def test_a_zip_member_with_a_wrong_checksum_is_told(tmp_path: Path):
    raw = bytearray(zip_of({"a.txt": TEXT, "b.txt": TEXT}))
    second = raw.rindex(b"PK\x01\x02")
    raw[second + 16] ^= 1
    assert told(read(archive(tmp_path, "a.zip", bytes(raw)))) == {"b.txt": "checksum"}


def test_a_bomb_is_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(packed, "FREE_BYTES", 2**20)
    bomb = tar_of({"a.txt": TEXT, "zeros.txt": b"0" * 2**23}, "w:gz")
    items = read(archive(tmp_path, "bomb.tar.gz", bomb))
    assert documents(items) == ["a.txt"]
    assert "too-large" in told(items).values()
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        made.writestr("a.txt", TEXT)
        made.writestr("zeros.txt", b"0" * 2**23)
    assert told(read(archive(tmp_path, "bomb.zip", out.getvalue()))) == {"zeros.txt": "too-large"}


@pytest.mark.parametrize("kind", ["vnd.oasis.opendocument.formula"])
def test_other_formats_that_are_zips_are_not_taken_for_folders(tmp_path: Path, kind: str):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("mimetype", f"application/{kind}")
        made.writestr("page.html", PAGE)
    with pytest.raises(InputError, match="not read"):
        read(archive(tmp_path, "book.zip", out.getvalue()))


def test_a_folder_that_is_closed_is_told_and_the_rest_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    root = folder(tmp_path, {"a.txt": TEXT, "closed/b.txt": TEXT, "z.txt": TEXT})
    looked, listed = Path.is_file, os.scandir

    def is_file(path: Path) -> bool:
        if "closed" in path.parts:
            raise PermissionError(13, "Permission denied")
        return looked(path)

    def scandir(path: Path):
        if isinstance(path, Path) and path.name == "closed":  # numbers are what a folder is removed by
            raise PermissionError(13, "Permission denied")
        return listed(path)

    monkeypatch.setattr(Path, "is_file", is_file)
    monkeypatch.setattr(os, "scandir", scandir)
    items = read(root)
    assert documents(items) == ["a.txt", "z.txt"]
    assert told(items) == {"closed/": "unreadable"}


def test_a_broken_archive_is_told_by_its_own_name(tmp_path: Path):
    items = read(
        folder(tmp_path, {"page.html": PAGE.encode(), "old.zip": b"PK\x03\x04 no zip", "sub/b.zip": b"PK\x03\x04"})
    )
    assert told(items) == {"old.zip": "truncated", "sub/b.zip": "truncated"}


def test_a_zip_that_is_cut_off_gives_the_files_that_are_whole_and_says_what_to_do(tmp_path: Path):
    whole = zip_of({"a.txt": TEXT, ".hidden": TEXT, "b.txt": TEXT * 3, "c.txt": bytes(range(33, 127)) * 200})
    cut = whole[: whole.rindex(b"PK\x03\x04") + 60]
    for name, content in (("a.zip", cut), ("a.tar", tar_of({"in.zip": cut}))):
        items = read(archive(tmp_path, name, content))
        assert [each.rpartition("/")[2] for each in documents(items)] == ["a.txt", "b.txt"]
        lost = {each.where.rpartition("/")[2]: each for each in items if isinstance(each, Rejected)}
        assert {lost[name].reason for name in ("c.txt", ".hidden")} == {"truncated", "hidden"}
        assert any("copy it whole" in each.detail for each in lost.values())


def test_a_broken_archive_that_is_named_is_no_archive_without_files(tmp_path: Path):
    with pytest.raises(InputError, match="cannot be unpacked: the zip archive is damaged"):
        read(archive(tmp_path, "old.zip", b"PK\x03\x04 no zip"))
