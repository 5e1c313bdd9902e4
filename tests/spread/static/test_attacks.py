"""Servers, discs and strangers that lie about a static edition: what they send is refused, or is what the edition
has."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica.errors import EditionError
from galactica.spread.static.manifest import FILES, Manifest
from galactica.spread.static.ranges import Ranges
from galactica.spread.static.reading import StaticEdition, read_manifest
from galactica.spread.static.searching import search_static
from galactica.spread.static.suggesting import suggest_static
from tests.spread.static.made import MemoryFiles, build_edition, lay_out, opened

QUERIES = ("river", "Meer", "河流")
NOT_READ = {"han", "letters", "postings"}
"""Files that only a page in a browser reads, which checks their hashes; and one that so small an edition does not
fill."""


def everything(files: MemoryFiles) -> object:
    """All that a person could be shown of a static edition."""
    edition = opened(files)
    shown: list[object] = [edition.root, edition.manifest.title, sorted(edition.sources), sorted(edition.works)]
    for query in QUERIES:
        page = search_static(edition, query)
        shown += [(hit.found.article, hit.passage, round(hit.score, 6)) for hit in page.hits]
    shown += [suggest_static(edition, "r"), edition.find("waters", "river")]
    shown += [each.article for each in edition.articles(range(len(edition)))]
    return shown


@pytest.mark.parametrize("name", sorted({*FILES, "manifest.json"} - NOT_READ))
def test_whichever_byte_is_flipped_it_is_refused_and_never_shown(files: MemoryFiles, name: str) -> None:
    honest = everything(files)
    whole = files.files[name]
    refused = 0
    for at in range(len(whole)):
        files.files[name] = whole[:at] + bytes((whole[at] ^ (1 << at % 8),)) + whole[at + 1 :]
        try:
            assert everything(files) == honest, f"byte {at} of {name}"
        except EditionError:
            refused += 1
    assert refused >= 0.5 * len(whole), "most bytes are read by these queries"


def found(files: MemoryFiles) -> object:
    edition = opened(files)
    pages = [search_static(edition, query, limit=3) for query in ("many things", "stones", "trees number", "7")]
    return [[(hit.found.article, round(hit.score, 6)) for hit in page.hits] for page in pages]


@pytest.mark.parametrize("name", ["postings", "terms", "titles"])
def test_whichever_byte_of_an_index_of_many_blocks_is_flipped_it_is_refused(things: Path, name: str) -> None:
    files = MemoryFiles.of(things)
    honest, whole = found(files), files.files[name]
    refused = 0
    for at in range(0, len(whole), 3):
        files.files[name] = whole[:at] + bytes((whole[at] ^ (1 << at % 8),)) + whole[at + 1 :]
        try:
            assert found(files) == honest, f"byte {at} of {name}"
        except EditionError:
            refused += 1
    assert refused


@pytest.mark.parametrize("name", sorted({*FILES, "manifest.json"} - NOT_READ))
def test_a_file_that_is_cut_off_is_refused(files: MemoryFiles, name: str) -> None:
    whole = files.files[name]
    for size in (0, 1, len(whole) // 2, len(whole) - 1):
        files.files[name] = whole[:size]
        with pytest.raises(EditionError):
            everything(files)


def test_blocks_that_are_exchanged_are_refused(tmp_path: Path) -> None:
    rows = tuple(
        {"path": f"p{n}", "title": f"Thing {n}", "language": "en", "body": f"<p>{'word ' * 2000}{n:04}</p>"}
        for n in range(4)
    )
    files = MemoryFiles.of(lay_out(build_edition(tmp_path, rows), tmp_path / "static"))
    edition = opened(files)
    (first, size, _), (second, other, _) = edition.places([0, 1])
    whole = files.files["articles"]
    cells = whole[first : first + size], whole[second : second + other]
    files.files["articles"] = cells[1][:size].ljust(size) + cells[0][:other].ljust(other) + whole[second + other :]
    for number in (0, 1):
        with pytest.raises(EditionError, match="not what the edition has"):
            edition.article(number)


def test_an_article_of_another_edition_is_refused_though_the_whole_index_says_so(
    waters: Path, laid_out: Path, tmp_path: Path
) -> None:
    other = ({"path": "river", "title": "River", "language": "en", "body": "<p>A river is a road of tar.</p>"},)
    forged = MemoryFiles.of(lay_out(build_edition(tmp_path, other), tmp_path / "static"))
    honest = Manifest.from_bytes((laid_out / "manifest.json").read_bytes())
    with pytest.raises(EditionError, match="lies the edition"):
        read_manifest(Ranges(forged), root=honest.root)
    stated = json.loads(forged.files["manifest.json"])
    stated["root"] = honest.root
    forged.files["manifest.json"] = (json.dumps(stated, sort_keys=True, indent=1) + "\n").encode()
    with pytest.raises(EditionError, match="not in the form"):
        read_manifest(Ranges(forged), root=honest.root)
    # It may claim the honest tables, so that the root is right: then its articles are not those of the root.
    stated["tables"] = json.loads((laid_out / "manifest.json").read_bytes())["tables"]
    stated["lanes"], stated["languages"] = {"en": honest.articles}, {"en": honest.articles}
    forged.files["manifest.json"] = (json.dumps(stated, sort_keys=True, indent=1) + "\n").encode()
    ranges = Ranges(forged)
    manifest = read_manifest(ranges, root=honest.root)
    with pytest.raises(EditionError, match="not what the edition has"):
        StaticEdition.open(ranges, manifest)


def test_a_manifest_that_the_signed_release_does_not_name_is_refused(files: MemoryFiles) -> None:
    with pytest.raises(EditionError, match="signed release"):
        read_manifest(Ranges(files), digest="0" * 64)


def test_an_old_manifest_in_the_place_of_a_newer_one_is_refused(files: MemoryFiles) -> None:
    assert read_manifest(Ranges(files), least=1).number == 1
    with pytest.raises(EditionError, match="number 2 was seen"):
        read_manifest(Ranges(files), least=2)


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"{}",
        b"[]",
        b"\xff",
        b"[" * 200_000,
        b" " * 300_000,
        b'{"static": 1}',
        b'{"static": 99, "format": 2}',
        b"null",
    ],
)
def test_no_bytes_are_taken_for_a_manifest(files: MemoryFiles, raw: bytes) -> None:
    files.files["manifest.json"] = raw
    with pytest.raises(EditionError):
        read_manifest(Ranges(files))


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("cell_bits", 7),
        ("cell_bits", -1),
        ("number", "1"),
        ("title", 3),
        ("lanes", {"en": 5}),
        ("languages", [1]),
        ("languages", {"en": 3}),
        ("lanes", {"../x": 9}),
        ("files", {}),
        ("tables", {}),
        ("parent", "xyz"),
        ("cell_bits", True),
    ],
)
def test_a_manifest_with_numbers_out_of_range_is_refused(files: MemoryFiles, member: str, value: object) -> None:
    stated = json.loads(files.files["manifest.json"])
    stated[member] = value
    files.files["manifest.json"] = (json.dumps(stated, sort_keys=True, indent=1) + "\n").encode()
    with pytest.raises(EditionError):
        everything(files)


def test_a_title_that_the_root_does_not_have_is_refused(files: MemoryFiles) -> None:
    stated = json.loads(files.files["manifest.json"])
    stated["title"] = "Better waters"
    files.files["manifest.json"] = (json.dumps(stated, sort_keys=True, indent=1) + "\n").encode()
    with pytest.raises(EditionError):
        opened(files)
