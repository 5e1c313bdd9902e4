"""Claims as they are kept: a file a shard, the same whatever the workers, going on where a job was stopped."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica import library
from galactica.claims import keeping, kept
from galactica.claims.anchored import claim_fates
from galactica.claims.keeping import keep_claims
from galactica.claims.kept import (
    CLAIMS_VERSION,
    KeptClaims,
    claims_counted,
    claims_kept,
    claims_of_article,
    claims_of_property,
    every_claim,
    not_understood,
)
from galactica.edition import Edition
from galactica.errors import StepMissingError, UsageError
from galactica.model.projection import project
from tests.worked import build_works

from .written import box, columns

ROWS: tuple[dict[str, object], ...] = (
    {"path": "a", "title": "Aland", "language": "en", "body": box(("Capital", "Ham"), ("Population", "12,000 (2011)"))},
    {"path": "b", "title": "Blank", "language": "en", "body": "<p>Nothing is claimed here.</p>"},
    {
        "path": "c",
        "title": "Towns",
        "language": "en",
        "body": columns(("Town", "Population"), ("Ham", "9"), ("Wick", "8")),
    },
    {
        "path": "d",
        "title": "Dland",
        "language": "en",
        "body": box(("Capital", "Wick"), ("Area", "big"), ("Mass", "3 kg")),
    },
)


def edition(folder: Path, rows: tuple[dict[str, object], ...] = ROWS) -> Edition:
    folder.mkdir()
    return Edition.open(build_works(folder, rows))


def changed() -> tuple[dict[str, object], ...]:
    first = {**ROWS[0], "body": box(("Motto", "Onward"), ("Capital", "Ham"), ("Population", "13,000 (2021)"))}
    return (first, *ROWS[1:3])


def test_all_are_kept_in_order_and_read_by_article_and_property(tmp_path: Path) -> None:
    with edition(tmp_path / "e") as made:
        assert claims_kept(made) is None
        keep_claims(made)
        folder = claims_kept(made)
        assert folder is not None
        every = list(every_claim(folder))
        assert [row for row, _ in every] == sorted(row for row, _ in every)
        assert claims_counted(folder) == len(every) == 6
        assert claims_of_article(folder, made, every[0][0]) == [each for row, each in every if row == every[0][0]]
        assert list(claims_of_property(folder, "capital")) == [pair for pair in every if pair[1].property == "capital"]
        assert list(claims_of_property(folder, "spouse")) == []
        assert not_understood(folder)["infobox", "area", "no-number"] == 1
        for row, claim in every:
            text = project(made.body(row))
            assert claim.value in text[claim.start : claim.end] or claim.kind == "quantity"


def test_an_article_has_its_own_claims_wherever_groups_of_rows_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept, "GROUP", 2)
    monkeypatch.setattr(keeping, "GROUP", 2)
    with edition(tmp_path / "e") as made:
        keep_claims(made)
        folder = claims_kept(made)
        assert folder is not None
        every = list(every_claim(folder))
        of_row = KeptClaims(folder, made).of_row
        assert len(every) > 5
        for row in range(len(made)):
            assert of_row(row) == [claim for at, claim in every if at == row]
        assert of_row(1) == []


def test_a_stopped_job_goes_on_and_gives_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with edition(tmp_path / "e") as made:
        keep_claims(made)
        folder = claims_kept(made)
        assert folder is not None
        whole = list(every_claim(folder))
    with edition(tmp_path / "f") as made:
        with monkeypatch.context() as stopped:
            stopped.setattr(keeping, "_write_statements", _stop)
            with pytest.raises(KeyboardInterrupt):
                keep_claims(made)
        assert claims_kept(made) is None
        with monkeypatch.context() as never:
            never.setattr(keeping, "article_claims", _stop)
            keep_claims(made)
        folder = claims_kept(made)
        assert folder is not None
        assert list(every_claim(folder)) == whole


def _stop(*_: object) -> None:
    raise KeyboardInterrupt


def test_what_became_of_each_claim_is_told(tmp_path: Path) -> None:
    with edition(tmp_path / "old") as old, edition(tmp_path / "new", changed()) as new:
        for each in (old, new):
            keep_claims(each)
        folders = claims_kept(old), claims_kept(new)
        assert folders[0] is not None
        assert folders[1] is not None
        fates = {
            (fate.old.path, fate.old.property, fate.old.subject): (fate.state, fate.new.value if fate.new else "")
            for fate in claim_fates(old, folders[0], new, folders[1])
        }
    assert fates == {
        ("a", "capital", ""): ("moved", "Ham"),
        ("a", "population", ""): ("changed", "13000"),
        ("c", "population", "Ham"): ("kept", "9"),
        ("c", "population", "Wick"): ("kept", "8"),
        ("d", "capital", ""): ("gone", ""),
        ("d", "mass", ""): ("gone", ""),
    }


def test_joining_runs_the_stages_and_passes_over_what_is_there(tmp_path: Path) -> None:
    with edition(tmp_path / "e") as made:
        path = made.path
    assert library.join(path).stages["claims"]
    again = library.join(path)
    assert not again.stages["claims"]
    assert again.claims == 6
    with pytest.raises(UsageError, match="no stage"):
        library.join(path, only="cooking")


def test_claims_are_shown_with_their_wording(tmp_path: Path) -> None:
    with edition(tmp_path / "e") as made:
        path = made.path
    with pytest.raises(StepMissingError, match="no claims yet"):
        list(library.claims_of(path))
    library.join(path, only="claims")
    shown = list(library.claims_of(path, article="Aland"))
    assert [(each.claim.property, each.wording) for each in shown] == [
        ("capital", "Capital\tHam"),
        ("population", "Population\t12,000 (2011)"),
    ]
    assert [each.title for each in library.claims_of(path, name="capital")] == ["Aland", "Dland"]


def test_the_version_of_claims_is_told_where_their_format_is() -> None:
    told = (Path(__file__).parents[2] / "docs" / "formats" / "joined.md").read_text(encoding="utf-8")
    assert f"Version {CLAIMS_VERSION} (those before read other claims)." in told
