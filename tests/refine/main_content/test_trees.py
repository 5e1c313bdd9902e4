"""The trees that judge blocks: what they ask, and that they are refused where they make no sense."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from galactica.refine.main_content.features import NAMES, described_blocks
from galactica.refine.main_content.hints import KINDS, hinted
from galactica.refine.main_content.seen import seen_page
from galactica.refine.main_content.trees import CERTAIN, FIRST, BlockTrees, block_trees
from tests.refine.main_content.pages import page

ONE: dict[str, Any] = {
    "features": ["chars", "linked_share"],
    "depth": 2,
    "start": 10,
    "asks": [[0, 1, 1]],
    "above": [[100, 0.5, 0.2]],
    "gives": [[-1, -2, 300, 40]],
}


def rows(*pairs: tuple[float, float]) -> np.ndarray[Any, np.dtype[np.float32]]:
    table = np.zeros((len(pairs), len(NAMES)), np.float32)
    table[:, NAMES.index("chars")] = [chars for chars, _ in pairs]
    table[:, NAMES.index("linked_share")] = [share for _, share in pairs]
    return table


def test_a_tree_asks_its_way_down_to_a_leaf() -> None:
    odds = BlockTrees.of(ONE).odds(rows((100, 0.5), (100, 0.6), (101, 0.2), (101, 0.3)))
    assert odds.tolist() == [9, 8, 310, 50]


def test_trees_that_make_no_sense_are_refused() -> None:
    for wrong in ({"depth": 3}, {"features": ["chars", "colour"]}, {"features": "chars"}, {"gives": [[1, 2]]}):
        with pytest.raises((ValueError, TypeError)):
            BlockTrees.of({**ONE, **wrong})


def test_the_shipped_trees_look_at_known_features_and_turn_nothing_that_is_certain() -> None:
    trees = block_trees()
    assert len(trees.leaves) > FIRST
    seen = seen_page(page())
    table = described_blocks(seen.outline, "A bridge is closed")
    all_asked = trees.start + trees._sums(table, 0, len(trees.leaves))
    first = trees.start + trees._sums(table, 0, FIRST)
    sure = np.abs(first) >= CERTAIN
    assert ((all_asked > 0) == (first > 0))[sure].all()


def test_every_block_is_described_by_every_feature() -> None:
    seen = seen_page(page())
    table = described_blocks(seen.outline, "A bridge is closed", "The bridge over the Ostrel was closed on Monday", "")
    assert table.shape == (len(seen.outline.texts), len(NAMES))
    assert np.isfinite(table).all()
    at = next(n for n, text in enumerate(seen.outline.texts) if text.startswith("The bridge over"))
    assert table[at, NAMES.index("described")] > 0.2
    assert table[at, NAMES.index("own_article")] == 1


def test_hints_are_read_out_of_joined_words() -> None:
    def kinds(names: str) -> set[str]:
        return {kind for bit, kind in enumerate(KINDS) if hinted(names) >> bit & 1}

    assert "related" in kinds("relatedPosts")
    assert {"article", "body"} <= kinds("article-body")
    assert "comments" in kinds("disqus_thread")
    assert kinds("x1 zq") == set()
