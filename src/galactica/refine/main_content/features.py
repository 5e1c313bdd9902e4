"""What is known of a block by itself, by its elements, by its neighbours and by its page: numbers to be weighed.

`described_blocks` gives `float32 [blocks, features]`, columns in the order of `NAMES`. Lengths are in characters, so
that languages without spaces are described alike. Every number is a count or one division of two, so that it is the
same on every machine.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from galactica.refine.main_content.boxes import ABOVE, MOST_ARTICLES, PageBoxes
from galactica.refine.main_content.hints import KINDS
from galactica.refine.main_content.outline import PageOutline
from galactica.refine.main_content.wording import description_share, like_title, shared_words, sign_counts, stated_share

LONG = 80
"""Characters from which a block with few links counts as a paragraph."""

FEW_LINKS = 0.3
"""Share of a paragraph's characters that may stand in links."""

WINDOW = 4
"""Blocks before and after that count as around a block."""

_END = re.compile(r"[.!?。!?…:][\"'”’»)\]]?$")

_OWN = (
    "chars words word_length linked_share links strong_share media breaks stops commas digits_share capitals_share "
    "marks ends_sentence tag level depth siblings repeated"
).split()
_NEAR = "chars linked_share tag ends_sentence media same_owner same_parent same_key".split()
_BOX = "chars linked_share blocks paragraphs paragraph_share whole_share headings linked_headings alike".split()
_SIDES = (("before", -1), ("before2", -2), ("after", 1), ("after2", 2))

NAMES: tuple[str, ...] = (
    *_OWN,
    *(f"own_{name}" for name in KINDS),
    *(f"above_{name}" for name in KINDS),
    *(f"in_{name}" for name in ABOVE),
    *(f"{side}_{name}" for side, _ in _SIDES for name in _NEAR),
    *(f"{box}_{name}" for box in ("owner", "parent", "grand") for name in _BOX),
    *("great_alike", "article_number", "articles"),
    *("key_chars", "key_blocks", "key_linked_share", "key_paragraph_share"),
    *("place", "place_text", "to_end", "best_inside", "best_steps", "best_share", "best_place"),
    *("window_chars", "window_linked_share", "window_paragraphs"),
    *("before_heading", "title_like", "since_title", "described", "describes", "stated", "states", "shared_words"),
    *("page_chars", "page_blocks", "page_linked_share", "page_paragraph_share"),
)

_COLUMN = {name: number for number, name in enumerate(NAMES)}

Numbers = NDArray[np.float64]


def described_blocks(page: PageOutline, title: str, description: str = "", stated: str = "") -> NDArray[np.float32]:
    """Describe the blocks of a page, of which there is at least one.

    Args:
        title: of the page.
        description: as the page's data give it; "" where they do not.
        stated: its text, likewise.
    """
    filled = _Description(page)
    filled.by_themselves()
    filled.by_elements()
    filled.by_neighbours()
    filled.by_place()
    filled.by_words(title, description, stated)
    return filled.table


class _Description:
    """The table being filled."""

    def __init__(self, page: PageOutline) -> None:
        self.page = page
        self.count = len(page.texts)
        self.table = np.zeros((self.count, len(NAMES)), np.float32)
        self.owner = np.array(page.owner, np.int64)
        self.chars = np.array([len(text) for text in page.texts], np.float64)
        self.whole = max(float(self.chars.sum()), 1.0)
        self.linked = np.minimum(np.array(page.linked, np.float64), self.chars)
        self.linked_share = self.linked / np.maximum(self.chars, 1)
        self.paragraph = (self.chars >= LONG) & (self.linked_share < FEW_LINKS)
        self.levels = np.array([one.level for one in page.spelling], np.int64)[self.owner]
        self.tags = np.array([one.number for one in page.spelling], np.int64)[self.owner]
        self.ends = np.array([_END.search(text[-3:]) is not None for text in page.texts])
        self.media = np.minimum(np.array(page.media), 5)
        self.boxes = PageBoxes(page, self.chars, self.linked, self.paragraph, self.levels > 0)
        parent = np.array(page.parent, np.int64)
        self.parent = np.maximum(parent[self.owner], 0)
        self.grand = np.maximum(parent[self.parent], 0)
        self.great = np.maximum(parent[self.grand], 0)
        self.within = np.zeros(self.count, np.bool_)

    def put(self, name: str, values: NDArray[np.generic] | Sequence[int] | Sequence[float] | float) -> None:
        """Fill a column with an array, a list, or one number for all."""
        self.table[:, _COLUMN[name]] = np.asarray(values, np.float32)

    def by_themselves(self) -> None:
        page, chars = self.page, self.chars
        words = np.array([text.count(" ") + 1 if text else 0 for text in page.texts], np.float64)
        signs, lengths = sign_counts(page.texts)
        looked_at = np.maximum(lengths, 1)
        self.put("chars", chars)
        self.put("words", words)
        self.put("word_length", chars / np.maximum(words, 1))
        self.put("linked_share", self.linked_share)
        self.put("links", page.links)
        self.put("strong_share", np.array(page.strong) / np.maximum(chars, 1))
        self.put("media", self.media)
        self.put("breaks", page.breaks)
        for name in ("stops", "commas", "marks"):
            self.put(name, signs[name])
        self.put("digits_share", signs["digits"] / looked_at)
        self.put("capitals_share", signs["capitals"] / looked_at)
        self.put("ends_sentence", self.ends)
        self.put("tag", self.tags)
        self.put("level", self.levels)
        seen: dict[str, int] = {}
        for text in page.texts:
            seen[text] = seen.get(text, 0) + 1
        self.put("repeated", [min(seen[text], 5) if text else 0 for text in page.texts])

    def by_elements(self) -> None:
        boxes, owner = self.boxes, self.owner
        self.put("depth", boxes.depth[owner])
        self.put("siblings", boxes.children[owner])
        own, above, inside = boxes.own_hints[owner], boxes.all_hints[owner], boxes.inside[owner]
        for bit, name in enumerate(KINDS):
            self.put(f"own_{name}", own >> bit & 1)
            self.put(f"above_{name}", above >> bit & 1)
        for bit, name in enumerate(ABOVE):
            self.put(f"in_{name}", inside >> bit & 1)
        for box, which in (("owner", owner), ("parent", self.parent), ("grand", self.grand)):
            chars = boxes.chars[which]
            self.put(f"{box}_chars", chars)
            self.put(f"{box}_linked_share", boxes.linked[which] / np.maximum(chars, 1))
            self.put(f"{box}_blocks", boxes.blocks[which])
            self.put(f"{box}_paragraphs", boxes.paragraphs[which])
            self.put(f"{box}_paragraph_share", boxes.paragraph_chars[which] / np.maximum(chars, 1))
            self.put(f"{box}_whole_share", chars / self.whole)
            self.put(f"{box}_headings", boxes.headings[which])
            self.put(f"{box}_linked_headings", boxes.linked_headings[which])
            self.put(f"{box}_alike", boxes.alike[which])
        self.put("great_alike", boxes.alike[self.great])
        self.put("article_number", boxes.article[owner])
        self.put("articles", min(boxes.articles, MOST_ARTICLES))

    def by_neighbours(self) -> None:
        owner, parent = self.owner, self.parent
        keys = _numbered([one.key for one in self.page.spelling])
        values = {
            "chars": self.chars,
            "linked_share": self.linked_share,
            "tag": self.tags,
            "ends_sentence": self.ends,
            "media": self.media,
        }
        for side, step in _SIDES:
            places = np.arange(self.count) + step
            there = (places >= 0) & (places < self.count)
            places = np.clip(places, 0, self.count - 1)
            for name, each in values.items():
                self.put(f"{side}_{name}", np.where(there, each[places], -1))
            self.put(f"{side}_same_owner", there & (owner[places] == owner))
            self.put(f"{side}_same_parent", there & (parent[places] == parent))
            self.put(f"{side}_same_key", there & (keys[owner[places]] == keys[owner]))
        # What a site's template writes alike: blocks whose element, its parent and the one above are spelled the same.
        pattern = keys[owner] + len(keys) * (keys[parent] + len(keys) * keys[self.grand])
        _, alike = np.unique(pattern, return_inverse=True)
        chars = np.bincount(alike, self.chars)[alike]
        self.put("key_chars", chars)
        self.put("key_blocks", np.bincount(alike)[alike])
        self.put("key_linked_share", np.bincount(alike, self.linked)[alike] / np.maximum(chars, 1))
        long_ones = np.bincount(alike, self.chars * self.paragraph)[alike]
        self.put("key_paragraph_share", long_ones / np.maximum(chars, 1))
        around = _around(self.chars)
        self.put("window_chars", around)
        self.put("window_linked_share", _around(self.linked) / np.maximum(around, 1))
        self.put("window_paragraphs", _around(self.paragraph.astype(np.float64)))

    def by_place(self) -> None:
        count, boxes = self.count, self.boxes
        before = np.cumsum(self.chars) - self.chars
        self.put("place", np.arange(count) / count)
        self.put("place_text", before / self.whole)
        self.put("to_end", self.whole - before - self.chars)
        best = boxes.best()
        low, high = self.page.starts[best], self.page.ends[best]
        first = np.array(self.page.first)
        self.within = (first >= low) & (first < high)
        self.put("best_inside", self.within)
        self.put("best_steps", boxes.steps_to(best)[self.owner])
        self.put("best_share", boxes.chars[best] / self.whole)
        self.put("best_place", np.clip((first - low) / max(high - low, 1), -1, 2))
        heads = np.flatnonzero(self.levels == 1)
        self.put("before_heading", np.arange(count) < heads[0] if len(heads) else 0)
        self.put("page_chars", self.whole)
        self.put("page_blocks", count)
        self.put("page_linked_share", self.linked.sum() / self.whole)
        self.put("page_paragraph_share", (self.chars * self.paragraph).sum() / self.whole)

    def by_words(self, title: str, description: str, stated: str) -> None:
        texts = self.page.texts
        likes = like_title(texts, title)
        self.put("title_like", likes)
        titled = next((at for at, like in enumerate(likes) if like > 0.9), None)
        self.put("since_title", -999 if titled is None else np.arange(self.count) - titled)
        self.put("described", description_share(texts, description))
        self.put("describes", len(description))
        self.put("stated", stated_share(texts, stated))
        self.put("states", len(stated))
        self.put("shared_words", shared_words(texts, (self.paragraph & self.within).tolist()))


def _numbered(keys: list[str]) -> NDArray[np.int64]:
    numbers: dict[str, int] = {}
    return np.array([numbers.setdefault(key, len(numbers)) for key in keys], np.int64)


def _around(values: Numbers) -> Numbers:
    """Sums over the blocks before and after, with the block itself."""
    sums = np.concatenate([np.zeros(WINDOW + 1), np.cumsum(np.pad(values, (0, WINDOW)))])
    return np.asarray(sums[2 * WINDOW + 1 :] - sums[: -2 * WINDOW - 1])
