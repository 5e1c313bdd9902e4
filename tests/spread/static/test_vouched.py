"""A static edition within a publication: signed by itself, believed as a release is, asked."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from galactica import library
from galactica.errors import ProofError
from galactica.library.spreading import publish
from galactica.spread.release.publication import published_releases
from galactica.spread.static.making import read_trust_file, trust_file
from galactica.spread.static.opened import open_static
from galactica.spread.trust.store import TrustStore
from tests.browser import launched
from tests.spread.static.made import MemoryFiles, build_edition
from tests.spread.static.server import PageHandler, served
from tests.spread.trust.made import ALICE, EVE

NOW = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(scope="module")
def publication(waters: Path) -> Path:
    """The edition of waters, published and signed by Alice."""
    folder = waters.parent / "publication"
    publish(waters, folder, keys=[(ALICE.secret, "Alice")], static=True, now=NOW, workers=0)
    return folder


@pytest.fixture
def store(tmp_path: Path) -> TrustStore:
    return TrustStore(tmp_path / "trust")


def test_the_release_names_the_manifest(publication: Path) -> None:
    _, raw = next(iter(published_releases(publication)))
    objects = [each for each in json.loads(raw)["objects"] if each["kind"] == "static"]
    manifest = (publication / "static" / "manifest.json").read_bytes()
    assert len(objects) == 1
    assert (publication / "objects" / objects[0]["hash"][:2] / objects[0]["hash"]).read_bytes() == manifest


def test_who_vouches_is_said_at_first_use_and_remembered(publication: Path, store: TrustStore) -> None:
    with open_static(str(publication), store=store) as reader:
        assert any("FIRST USE" in note and "Alice" in note for note in reader.notes)
    with open_static(str(publication), store=store) as reader:
        assert not any("FIRST USE" in note for note in reader.notes)
        assert reader.search("springs").hits


def spoiled(publication: Path, folder: Path, **changes: Any) -> Path:
    shutil.copytree(publication / "static", folder)
    place = next(folder.glob("*/trust.json"))
    signatures, roots = read_trust_file(place.read_bytes())
    named = {f"release.json.{keyid}.minisig": raw for keyid, raw in signatures.items()}
    place.write_bytes(trust_file(changes.get("signatures", named), changes.get("roots", roots)))
    return folder


def test_a_signature_of_another_edition_is_refused(publication: Path, store: TrustStore, tmp_path: Path) -> None:
    rows = ({"path": "x", "title": "X", "language": "en", "body": "<p>Other.</p>"},)
    other = tmp_path / "other"
    publish(build_edition(tmp_path, rows), other, keys=[(ALICE.secret, "Alice")], static=True, now=NOW, workers=0)
    signatures, _ = read_trust_file(next((other / "static").glob("*/trust.json")).read_bytes())
    named = {f"release.json.{keyid}.minisig": raw for keyid, raw in signatures.items()}
    folder = spoiled(publication, tmp_path / "spoiled", signatures=named)
    with pytest.raises(ProofError, match="signatures"), open_static(str(folder), store=store):
        pass


def test_a_publication_that_is_trusted_cannot_lose_its_signatures(
    publication: Path, store: TrustStore, tmp_path: Path
) -> None:
    with open_static(str(publication), store=store):
        pass
    folder = spoiled(publication, tmp_path / "spoiled", signatures={})
    with pytest.raises(ProofError, match="signatures"), open_static(str(folder), store=store):
        pass


def test_an_edition_of_a_stranger_in_its_place_is_refused(store: TrustStore, publication: Path, tmp_path: Path) -> None:
    files = MemoryFiles.of(publication / "static")
    rows = ({"path": "x", "title": "X", "language": "en", "body": "<p>Other.</p>"},)
    other = tmp_path / "other"
    publish(build_edition(tmp_path, rows), other, keys=[(EVE.secret, "Eve")], static=True, now=NOW, workers=0)
    with served(files) as address:
        with open_static(address, store=store):
            pass
        files.files.clear()
        files.files.update(MemoryFiles.of(other / "static").files)
        with pytest.raises(ProofError, match="KEYS WERE CHANGED"), open_static(address, store=store):
            pass


def test_a_root_that_the_person_names_needs_no_signature(publication: Path, store: TrustStore, tmp_path: Path) -> None:
    with open_static(str(publication), store=store) as reader:
        root = reader.root
    folder = spoiled(publication, tmp_path / "spoiled", signatures={}, roots={})
    with open_static(f"{folder}#{root}", store=store) as reader:
        assert "root you named" in reader.notes[0]


def test_published_again_without_keys_it_keeps_what_vouched_for_it(publication: Path, waters: Path) -> None:
    before = (publication / "static" / "manifest.json").read_bytes()
    publish(waters, publication, keys=[(ALICE.secret, "Alice")], static=True, now=NOW, workers=0)
    assert (publication / "static" / "manifest.json").read_bytes() == before


def test_asking_fetches_a_few_articles_and_proves_its_answer(publication: Path) -> None:
    with open_static(str(publication)) as reader:
        answer = library.ask_static(reader, "Where does a river begin?", by="rules")
        quotations = [each.quote for statement in answer.statements for each in statement.citations]
        near = [each.quote for each in answer.near]
        assert any("spring" in quote.lower() for quote in [*quotations, *near])
        assert reader.root in answer.notes[0]
        nothing = library.ask_static(reader, "zzqq xxyy", by="rules")
        assert nothing.verdict == "not_found"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Any]:
    with launched() as browser:
        yield browser


def told(chromium: Any, address: str) -> str:
    page = chromium.new_context().new_page()
    page.goto(address)
    page.wait_for_selector(".note")
    return str(page.inner_text("main"))


def test_the_page_checks_signatures_and_says_whose_they_are(chromium: Any, publication: Path) -> None:
    files = MemoryFiles.of(publication / "static")
    whole = files.files["trust.json"]
    with served(files, kind=PageHandler) as address:
        assert "Signed by 1 of 1 keys of its publication (Alice)" in told(chromium, address)
        signatures, roots = read_trust_file(whole)
        ((keyid, good),) = signatures.items()
        lines = good.decode().split("\n")
        for place, letter in ((1, 20), (1, 60), (2, 40), (3, 5)):
            line = lines[place]
            flipped = line[:letter] + ("A" if line[letter] != "A" else "B") + line[letter + 1 :]
            bad = "\n".join([*lines[:place], flipped, *lines[place + 1 :]]).encode()
            files.files["trust.json"] = trust_file({f"x.{keyid}.minisig": bad}, roots)
            assert "does not hold" in told(chromium, address), f"line {place}, letter {letter}"
        files.files["trust.json"] = trust_file({f"x.{keyid}.minisig": good}, {1: roots[1].replace(b"Alice", b"Mallo")})
        assert "does not hold" in told(chromium, address)
        files.files["trust.json"] = whole


def test_the_page_says_that_keys_were_changed(chromium: Any, publication: Path, waters: Path, tmp_path: Path) -> None:
    files = MemoryFiles.of(publication / "static")
    other = tmp_path / "other"
    publish(waters, other, keys=[(EVE.secret, "Eve")], static=True, now=NOW, workers=0)
    with served(files, kind=PageHandler) as address:
        page = chromium.new_context().new_page()
        page.goto(address)
        page.wait_for_selector(".good")
        files.files.update(MemoryFiles.of(other / "static").files)
        page.reload()
        page.wait_for_selector(".bad")
        assert "not those that were seen here first" in page.inner_text("main")
