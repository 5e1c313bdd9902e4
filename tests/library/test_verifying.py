"""What is remembered of a verification."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from galactica.edition import EditionInfo
from galactica.library.verifying import Verified, verified, verify

from .conftest import extract

DAY = datetime(2026, 11, 23, tzinfo=UTC)


def test_the_last_result_is_remembered_until_the_edition_changes(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    assert verified(out, info.root, state=state) is None
    assert verify(out, state=state, now=DAY).ok
    assert verified(out, info.root, state=state) == Verified(day="2026-11-23", ok=True)
    with (out / "data" / "edition.json").open("a") as file:
        file.write(" ")
    assert not verify(out, state=state, now=DAY).ok
    assert verified(out, info.root, state=state) == Verified(day="2026-11-23", ok=False)
    (out / "tagmanifest-sha256.txt").write_text("")
    assert verified(out, info.root, state=state) is None


def test_a_machine_that_cannot_remember_still_verifies(
    tmp_path: Path, made: Callable[..., tuple[Path, EditionInfo]]
) -> None:
    out, info = made("a", extract(tmp_path / "wiki_00", 3))
    state = tmp_path / "state"
    state.write_text("a file where a folder should be")
    assert verify(out, state=state, now=DAY).ok
    assert verified(out, info.root, state=state) is None
