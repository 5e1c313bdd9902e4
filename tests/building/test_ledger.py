"""The ledger keeps what came first, in whatever order ids lie in its table."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from unittest.mock import patch

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from galactica.building import ids_seen
from galactica.building.gathered import Gathered
from galactica.building.ledger import Ledger
from galactica.building.links import Bounds
from galactica.model import Redirect
from galactica.model.identity import ID_BYTES


def gathered(*ids: bytes) -> Gathered:
    """A batch of articles whose ids begin so; each is called by its row."""
    articles = tuple((identity.ljust(ID_BYTES), "en", "", "s", f"row {row}", "") for row, identity in enumerate(ids))
    leaves = tuple(bytes([row]) for row in range(len(ids)))
    return Gathered(articles=articles, leaves=leaves, media=(), files=(), redirects=(), rejected=(), dropped=())


def told(ledger: Ledger) -> list[tuple[bytes, bytes]]:
    return [(identity.strip(), leaf) for identity, leaf in ledger.leaves()]


def test_of_articles_with_one_id_the_first_is_kept_and_the_others_are_told_in_order(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.enter(0, gathered(b"c", b"a", b"c", b"b", b"a"))
    ledger.enter(1, gathered(b"d", b"b"))
    assert told(ledger) == [(b"a", b"\1"), (b"b", b"\3"), (b"c", b"\0"), (b"d", b"\0")]
    assert [each.where for each in ledger.rejected()] == ["row 2", "row 4", "row 1"]
    ledger.close()


def test_what_came_before_is_known_by_a_ledger_that_is_opened_again(tmp_path: Path) -> None:
    for number, ids in enumerate(((b"c", b"a"), (b"b", b"a"), (b"a", b"c", b"d"))):
        ledger = Ledger(tmp_path / "ledger.sqlite")
        ledger.enter(number, gathered(*ids))
        ledger.close()
    ledger = Ledger(tmp_path / "ledger.sqlite")
    assert [ledger.kept_rows(number) for number in range(3)] == [[0, 1], [0], [2]]
    assert ledger.count("article") == 4
    ledger.close()


@pytest.mark.parametrize("sorted_before", [0, 1, 2])
def test_ids_are_known_whether_or_not_the_ledger_has_sorted_them(tmp_path: Path, sorted_before: int) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    bounds = Bounds(each=1, total=1)
    for number in range(3):
        if number == sorted_before:
            ledger.settle_links(number, "s", {}, bounds)
        moved = Redirect(source="s", path=f"from {number % 2}", title="", target="to")
        ledger.enter(number, replace(gathered(b"a", bytes([98 + number]), b"a"), redirects=(moved, moved)))
    assert [each.where for each in ledger.rejected()] == [
        *("row 2", "from 0"),
        *("row 0", "row 2", "from 1"),
        *("row 0", "row 2", "from 0", "from 0"),
    ]
    ledger.close()


def test_leaf_hashes_are_entered_with_the_articles_that_are_kept(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.enter(0, replace(gathered(b"b", b"b", b"a"), leaves=()))
    kept = [b"b", b"a"]
    ledger.mark_written(0, [(each.ljust(ID_BYTES), each * 2) for each in kept], 3, 0)
    assert told(ledger) == [(b"a", b"aa"), (b"b", b"bb")]
    assert ledger.written() == {0: 3}
    ledger.close()


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(0, 40), max_size=12), max_size=12), st.integers(1, 9), st.integers(0, 99))
def test_of_many_ids_each_is_new_once(batches: list[list[int]], stretch: int, before: int) -> None:
    # halves that are alike, so that neither alone tells two ids apart
    ids = [[divmod(each, 6) for each in batch] for batch in batches]
    known = {divmod(each, 6) for each in range(before % 7)}
    with TemporaryDirectory() as folder, patch.object(ids_seen, "STRETCH", stretch):
        seen = ids_seen.IdsSeen(Path(folder) / "runs" / "ids", sorted(map(whole_id, known)))
        for batch in ids:
            found = seen.take([whole_id(each) for each in batch]).tolist()
            assert found == [each not in known and each not in batch[:at] for at, each in enumerate(batch)]
            known.update(batch)


def whole_id(halves: tuple[int, int]) -> bytes:
    return b"".join(half.to_bytes(8, "big") for half in halves)
