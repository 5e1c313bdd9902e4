"""The ledger keeps what came first, in whatever order ids lie in its table."""

from __future__ import annotations

from pathlib import Path

from galactica.building.gathered import Gathered
from galactica.building.ledger import Ledger


def gathered(*ids: bytes) -> Gathered:
    """A batch of articles with these ids; each is called by its row."""
    articles = tuple((identity, "en", "", "s", f"row {row}", "") for row, identity in enumerate(ids))
    leaves = tuple(bytes([row]) for row in range(len(ids)))
    return Gathered(articles=articles, leaves=leaves, media=(), files=(), redirects=(), rejected=(), dropped=())


def test_of_articles_with_one_id_the_first_is_kept_and_the_others_are_told_in_order(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "ledger.sqlite")
    ledger.enter(0, gathered(b"c", b"a", b"c", b"b", b"a"))
    ledger.enter(1, gathered(b"d", b"b"))
    assert list(ledger.leaves()) == [(b"a", b"\1"), (b"b", b"\3"), (b"c", b"\0"), (b"d", b"\0")]
    assert [each.where for each in ledger.rejected()] == ["row 2", "row 4", "row 1"]
    ledger.close()
