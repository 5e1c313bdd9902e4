"""An edition is brought up to date from a publication by the way of the fewest bytes, and never made an older one."""

from __future__ import annotations

import hashlib
import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.edition.verify import verify_edition
from galactica.errors import InputError, ProofError
from galactica.library.settings import Settings
from galactica.spread.release.document import DELTA, PACK, Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.publication import published_releases
from galactica.spread.trust import SecretKey
from tests.spread.delta.made import Made, article, first_edition, second_edition, third_edition, write_made

pytest.importorskip("zstandard", reason="deltas need the package zstandard")


@pytest.fixture(scope="module")
def line(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three editions, one made of the other, and a publication of each with a delta from the one before."""
    folder = tmp_path_factory.mktemp("line")
    a = write_made(folder / "a.edition", first_edition())
    b = write_made(folder / "b.edition", second_edition(a))
    write_made(folder / "c.edition", third_edition(b))
    before: list[Path] = []
    for name in "abc":
        path = folder / f"{name}.edition"
        library.publish(path, folder / "pub", parents=before[-1:], workers=0)
        before.append(path)
    return folder


@pytest.fixture
def edition(line: Path, tmp_path: Path) -> Path:
    shutil.copytree(line / "a.edition", tmp_path / "a.edition")
    return tmp_path / "a.edition"


def root_of(path: Path) -> str:
    with Edition.open(path) as opened:
        return opened.root


def releases(folder: Path) -> dict[int, Release]:
    return {r.number: r for r in (Release.from_bytes(raw) for _, raw in published_releases(folder))}


def test_deltas_of_several_releases_lead_from_an_old_edition_to_the_newest(line: Path, edition: Path) -> None:
    said: list[str] = []
    found = library.update(edition, [str(line / "pub")], workers=0, note=said.append)
    known = releases(line / "pub")
    deltas = [each.size for number in (2, 3) for each in known[number].objects if each.kind == DELTA]
    assert (found.way, found.number, found.fetched) == ("delta", 3, sum(deltas))
    assert root_of(edition) == root_of(line / "c.edition")
    assert verify_edition(edition).problems == ()
    assert json.loads((edition / "release" / "release.json").read_bytes())["number"] == 3
    assert any("NOTHING VOUCHES" in each for each in said)
    assert [each.name for each in edition.parent.iterdir()] == ["a.edition"]
    again = library.update(edition, [str(line / "pub")], workers=0)
    assert (again.way, again.fetched) == ("none", 0)


def test_a_release_of_its_own_number_can_be_asked_for(line: Path, edition: Path) -> None:
    assert library.update(edition, [str(line / "pub")], number=2, workers=0).number == 2
    assert root_of(edition) == root_of(line / "b.edition")


def test_where_no_delta_leads_here_the_packs_are_fetched(line: Path, edition: Path, tmp_path: Path) -> None:
    library.publish(line / "c.edition", tmp_path / "pub", workers=0)
    said: list[str] = []
    found = library.update(edition, [str(tmp_path / "pub")], workers=0, note=said.append)
    assert (found.way, found.root) == ("whole", root_of(line / "c.edition"))
    assert verify_edition(edition).problems == ()
    assert any("No delta leads here" in each for each in said)


def many(number: int, changed: frozenset[int] = frozenset(), parent: str = "") -> Made:
    """An edition of several packs."""
    words = [hashlib.sha256(str(n).encode()).hexdigest() for n in range(30_000)]
    bodies = {n: " ".join(words[300 * n : 300 * n + 300]) for n in range(100)}
    articles = tuple(
        article(n, body=f"<p>{body}{' It changed.' if n in changed else ''}</p>") for n, body in bodies.items()
    )
    return Made(articles=articles[number - 1 :], number=number, parent=parent)


@pytest.mark.parametrize("damaged", [False, True])
def test_packs_whose_articles_are_here_are_not_fetched_again(tmp_path: Path, damaged: bool) -> None:
    root = write_made(tmp_path / "a.edition", many(1))
    write_made(tmp_path / "b.edition", many(2, frozenset({50}), root), indexed=False)
    library.publish(tmp_path / "a.edition", tmp_path / "pub", workers=0)
    library.fetch([str(tmp_path / "pub")], tmp_path / "here.edition", meaning=False, workers=0)
    library.publish(tmp_path / "b.edition", tmp_path / "pub", workers=0)
    if damaged:  # what stands in `release/` is no promise of what is here
        shutil.copytree(tmp_path / "here.edition" / "release", tmp_path / "release")
        shutil.rmtree(tmp_path / "here.edition")
        write_made(tmp_path / "here.edition", many(1, frozenset({3})))
        shutil.copytree(tmp_path / "release", tmp_path / "here.edition" / "release")
    found = library.update(tmp_path / "here.edition", [str(tmp_path / "pub")], meaning=False, workers=0)
    (new,) = (each for number, each in releases(tmp_path / "pub").items() if number == 2)
    packs = sum(each.size for each in new.objects if each.kind == PACK)
    assert (found.way, found.root) == ("whole", root_of(tmp_path / "b.edition"))
    assert (found.fetched < 0.8 * packs) is not damaged
    assert verify_edition(tmp_path / "here.edition").problems == ()


def test_a_delta_that_does_not_hold_what_it_should_costs_bytes_and_nothing_else(
    line: Path, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from galactica.spread.delta import publishing

    def other(raw: bytes, *given: object) -> object:
        return kept(bytes(len(raw)), *given)  # type: ignore[arg-type]

    kept = publishing._kept
    monkeypatch.setattr(publishing, "_kept", other)
    path = line / "b.edition"
    library.publish(line / "a.edition", tmp_path / "pub", workers=0)
    library.publish(path, tmp_path / "pub", parents=[1], workers=0)
    said: list[str] = []
    found = library.update(edition, [str(tmp_path / "pub")], workers=0, note=said.append)
    assert (found.way, found.root) == ("whole", root_of(path))
    assert any("packs of the release are fetched instead" in each for each in said)


def test_a_delta_whose_bytes_were_changed_is_not_taken(line: Path, edition: Path, tmp_path: Path) -> None:
    shutil.copytree(line / "pub", tmp_path / "pub")
    (stated,) = (each for each in releases(tmp_path / "pub")[2].objects if each.kind == DELTA)
    place = tmp_path / "pub" / object_path(stated.hash)
    place.write_bytes(place.read_bytes()[:-1] + b"x")
    with pytest.raises(InputError, match="cannot be had"):
        library.update(edition, [str(tmp_path / "pub")], number=2, workers=0)
    assert root_of(edition) == root_of(line / "a.edition")
    library.update(edition, [str(tmp_path / "pub"), str(line / "pub")], number=2, workers=0)
    assert root_of(edition) == root_of(line / "b.edition")


def test_an_old_publication_played_again_is_refused(line: Path, tmp_path: Path) -> None:
    shutil.copytree(line / "c.edition", tmp_path / "c.edition")
    library.publish(line / "b.edition", tmp_path / "old", workers=0)
    with pytest.raises(ProofError, match="number 2"):
        library.update(tmp_path / "c.edition", [str(tmp_path / "old")], workers=0)
    assert root_of(tmp_path / "c.edition") == root_of(line / "c.edition")
    library.update(tmp_path / "c.edition", [str(tmp_path / "old")], workers=0, older=True)
    assert root_of(tmp_path / "c.edition") == root_of(line / "b.edition")


def test_another_edition_of_the_same_number_is_refused(line: Path, edition: Path, tmp_path: Path) -> None:
    write_made(tmp_path / "other.edition", second_edition("ab" * 32))
    library.update(edition, [str(line / "pub")], number=2, workers=0)
    library.publish(tmp_path / "other.edition", tmp_path / "pub", workers=0)
    with pytest.raises(ProofError, match="same number"):
        library.update(edition, [str(tmp_path / "pub")], workers=0)


def test_a_delta_is_made_of_an_earlier_release_whose_edition_is_gone(line: Path, tmp_path: Path) -> None:
    library.publish(line / "a.edition", tmp_path / "pub", workers=0)
    path = line / "b.edition"
    library.publish(path, tmp_path / "pub", parents=[1], workers=0)
    (made,) = (each for each in releases(tmp_path / "pub")[2].objects if each.kind == DELTA)
    (wanted,) = (each for each in releases(line / "pub")[2].objects if each.kind == DELTA)
    assert made == wanted  # to the letter what is made of the edition itself


def test_the_edition_that_is_read_meanwhile_is_the_old_one_until_the_end(
    line: Path, edition: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from galactica.spread.assembly.assembling import place_edition as place
    from galactica.spread.delta import updating

    seen: list[str] = []

    def look(made: Path, out: Path, *given: object) -> None:
        seen.append(root_of(out))
        place(made, out, *given)  # type: ignore[arg-type]
        seen.append(root_of(out))

    monkeypatch.setattr(updating, "place_edition", look)
    library.update(edition, [str(line / "pub")], number=2, workers=0)
    assert seen == [root_of(line / "a.edition"), root_of(line / "b.edition")]


def test_an_edition_of_a_signed_publication_is_updated_from_what_its_keys_signed_alone(
    line: Path, tmp_path: Path
) -> None:
    now = datetime(2026, 11, 29, tzinfo=UTC)
    seed = hashlib.sha256(b"a key of this test alone").digest()
    keys = [(SecretKey(seed, seed[:8]), "somebody")]
    settings = Settings(tmp_path / "config")
    out = tmp_path / "out.edition"
    library.publish(line / "a.edition", tmp_path / "pub", keys=keys, workers=0, now=now)
    library.fetch([str(tmp_path / "pub")], out, settings=settings, meaning=False, workers=0, now=now)
    with pytest.raises(ProofError):  # nobody has signed it
        library.update(out, [str(line / "pub")], settings=settings, workers=0, now=now)
    assert root_of(out) == root_of(line / "a.edition")
    library.publish(line / "b.edition", tmp_path / "pub", keys=keys, parents=[1], workers=0, now=now)
    said: list[str] = []
    found = library.update(out, [str(tmp_path / "pub")], settings=settings, workers=0, now=now, note=said.append)
    assert (found.way, found.root) == ("delta", root_of(line / "b.edition"))
    assert not any("NOTHING VOUCHES" in each for each in said)
    assert [each.name for each in (out / "release").glob("*.minisig")]
