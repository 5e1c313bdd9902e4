"""An OCFL object, checked by a checker written from the specification, and by ocfl-py where it is installed."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import re
from pathlib import Path

import pytest

from galactica import library
from galactica.errors import UsageError
from tests.worked import ROWS, build_works


def faults(folder: Path) -> list[str]:
    """What is wrong with an object, by sections 3.2 to 3.7 of https://ocfl.io/1.1/spec/."""
    found = []
    if (folder / "0=ocfl_object_1.1").read_bytes() != b"ocfl_object_1.1\n":
        found.append("declaration")
    inventory = json.loads((folder / "inventory.json").read_bytes())
    numbers = list(inventory["versions"])
    if sorted(numbers, key=lambda v: int(v[1:])) != [f"v{n}" for n in range(1, len(numbers) + 1)]:
        found.append("version numbers")
    if inventory["head"] != f"v{len(numbers)}" or inventory["type"] != "https://ocfl.io/1.1/spec/#inventory":
        found.append("head or type")
    tops = {path.name for path in folder.iterdir()}
    if tops != {"0=ocfl_object_1.1", "inventory.json", "inventory.json.sha512", *numbers}:
        found.append("other files at the top")
    for place in (folder, *(folder / number for number in numbers)):
        raw = (place / "inventory.json").read_bytes()
        if (place / "inventory.json.sha512").read_text().split() != [hashlib.sha512(raw).hexdigest(), "inventory.json"]:
            found.append(f"sidecar of {place.name}")
    if (folder / inventory["head"] / "inventory.json").read_bytes() != (folder / "inventory.json").read_bytes():
        found.append("inventory of the head")
    stored = {
        p.relative_to(folder).as_posix() for n in numbers for p in (folder / n / "content").rglob("*") if p.is_file()
    }
    listed = {path: digest for digest, paths in inventory["manifest"].items() for path in paths}
    if set(listed) != stored:
        found.append("manifest names other files than there are")
    found += [p for p, d in listed.items() if hashlib.sha512((folder / p).read_bytes()).hexdigest() != d]
    for number, version in inventory["versions"].items():
        if not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", version["created"]):
            found.append(f"created of {number}")
        if not set(version["state"]) <= set(inventory["manifest"]):
            found.append(f"state of {number}")
        paths = [path for several in version["state"].values() for path in several]
        if len(set(paths)) != len(paths) or any(p.startswith("/") or ".." in p.split("/") for p in paths):
            found.append(f"logical paths of {number}")
    return found


def logical(folder: Path, number: str) -> dict[str, bytes]:
    inventory = json.loads((folder / "inventory.json").read_bytes())
    return {
        path: (folder / inventory["manifest"][digest][0]).read_bytes()
        for digest, paths in inventory["versions"][number]["state"].items()
        for path in paths
    }


def bag(edition: Path) -> dict[str, bytes]:
    return {
        path.relative_to(edition).as_posix(): path.read_bytes()
        for path in sorted(edition.rglob("*"))
        if path.is_file() and path.relative_to(edition).parts[0] != "index"
    }


def test_an_edition_is_an_object_of_one_version(tmp_path: Path) -> None:
    edition = build_works(tmp_path)
    library.export(edition, tmp_path / "object", format="ocfl")
    assert faults(tmp_path / "object") == []
    assert logical(tmp_path / "object", "v1") == bag(edition)


def test_editions_are_versions_and_what_they_share_is_stored_once(tmp_path: Path) -> None:
    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = build_works(tmp_path / "one"), build_works(tmp_path / "two", ROWS[:-1])
    library.export(two, tmp_path / "object", format="ocfl", earlier=[one])
    assert faults(tmp_path / "object") == []
    assert logical(tmp_path / "object", "v1") == bag(one)
    assert logical(tmp_path / "object", "v2") == bag(two)
    shared = [path for path, raw in bag(two).items() if bag(one).get(path) == raw]
    assert "bagit.txt" in shared
    assert all(not (tmp_path / "object" / "v2" / "content" / path).exists() for path in shared)


def test_an_independent_validator_finds_the_object_valid(tmp_path: Path) -> None:
    if importlib.util.find_spec("ocfl") is None:
        pytest.skip("needs the package ocfl-py")
    import ocfl

    (tmp_path / "one").mkdir()
    (tmp_path / "two").mkdir()
    one, two = build_works(tmp_path / "one"), build_works(tmp_path / "two", ROWS[:-1])
    library.export(two, tmp_path / "object", format="ocfl", earlier=[one])
    passed, validator = ocfl.Object().validate(objdir=str(tmp_path / "object"))
    assert passed, str(validator)


def test_the_same_edition_twice_other_formats_with_versions_and_places_that_are_taken_are_refused(
    tmp_path: Path,
) -> None:
    edition = build_works(tmp_path)
    with pytest.raises(UsageError, match="twice"):
        library.export(edition, tmp_path / "object", format="ocfl", earlier=[edition])
    with pytest.raises(UsageError, match="Only an OCFL object"):
        library.export(edition, tmp_path / "x.jsonl", format="jsonl", earlier=[edition])
    with pytest.raises(UsageError, match="is there already"):
        library.export(edition, edition, format="ocfl")
    assert not list(tmp_path.glob(".*partial"))
