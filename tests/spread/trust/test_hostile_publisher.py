"""A publisher who means ill signs whatever document: it is taken or refused in a sentence, and leads nowhere else."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from securesystemslib.formats import encode_canonical

from galactica.errors import GalacticaError
from galactica.spread.trust.chain import first_root
from galactica.spread.trust.folder import write_root
from galactica.spread.trust.online import read_online
from galactica.spread.trust.signing import PublicationSigner

from .made import EVE, publish, release, signed, unsigned_root
from .mirror import NOW, Mirror

ROOT = first_root(signed(unsigned_root((EVE,), 1, online=(EVE,)), EVE))
ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    10**30,
    "",
    "../../x",
    [],
    {},
    [[]],
    {"a": {}},
    "9999-12-31T23:59:59Z",
    "0001-01-01T00:00:00Z",
    "\ud800",
    {"shake_128": "00"},
    {"blake2b-256": "zz"},
    {"sha256": 5},
    {"length": -1, "hashes": {"sha256": "0" * 64}},
    {"keys": {}, "succinct_roles": {"bit_length": 32, "name_prefix": "x", "keyids": [], "threshold": 1}},
    {"version": 2, "length": 2**70, "hashes": {"sha256": "0" * 64}},
)


def files_of(folder: Path) -> dict[str, bytes]:
    write_root(folder / "metadata", 1, ROOT.document.raw)
    publish(folder, release(1), PublicationSigner(folder, [(EVE.secret, "Eve")], NOW))
    return {each.relative_to(folder).as_posix(): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def resigned(document: dict[str, Any]) -> bytes:
    payload = encode_canonical(document["signed"])
    assert payload is not None
    try:
        raw = payload.encode()
    except UnicodeEncodeError:  # what cannot be signed
        raw = b""
    document["signatures"] = [{"keyid": EVE.named.keyid, "sig": EVE.secret.sign(raw).hex()}]
    return json.dumps(document, indent=1, separators=(",", ": "), sort_keys=True).encode()


def places(value: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    for key in value if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ():
        yield (*path, key)
        yield from places(value[key], (*path, key))


def edited(document: dict[str, Any], path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    found = copy.deepcopy(document)
    inner = found
    for key in path[:-1]:
        inner = inner[key]
    inner[path[-1]] = copy.deepcopy(value)
    return found


@pytest.mark.parametrize("name", ["timestamp.json", "1.snapshot.json", "1.targets.json", "2.root.json"])
def test_whatever_a_publisher_signs_is_taken_or_refused_in_a_sentence(tmp_path: Path, name: str) -> None:
    files = files_of(tmp_path)
    document = json.loads(files.get(f"metadata/{name}", ROOT.document.raw))
    if name == "2.root.json":
        document["signed"] |= {"version": 2, "x-galactica-publication": ROOT.publication}
    taken = refused = 0
    for number, path in enumerate(places(document["signed"])):
        for value in ODD[number % 3 :: 3]:
            mine = files | {f"metadata/{name}": resigned(edited(document, ("signed", *path), value))}
            if name == "1.snapshot.json":
                timestamp = json.loads(files["metadata/timestamp.json"])
                raw = mine[f"metadata/{name}"]
                meta = {"version": 1, "length": len(raw), "hashes": {"sha256": hashlib.sha256(raw).hexdigest()}}
                mine["metadata/timestamp.json"] = resigned(edited(timestamp, ("signed", "meta", "snapshot.json"), meta))
            mirror = Mirror(mine)
            try:
                found = read_online(ROOT, {}, mirror, NOW)
            except GalacticaError:
                refused += 1
                continue
            taken += 1
            assert found is not None
            assert all(each.path == release_path(files) for each in found.releases)
            assert all(asked.startswith("metadata/") and ".." not in asked for asked in mirror.asked)
    assert refused > taken


def release_path(files: dict[str, bytes]) -> str:
    return next(path for path in files if path.endswith("release.json"))
