"""The elements of a page: what is in each, and what each is in.

All sums are of whole numbers, so that they are the same on every machine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from galactica.refine.main_content.outline import NUMBER, PageOutline

ABOVE = "article main aside nav header footer form figure table ul ol blockquote pre dl section".split()
"""Elements that it is known of a block that it stands in them, however deep."""

MOST_ARTICLES = 20
"""Elements called `article` that are counted."""

_BITS = {NUMBER[name]: 1 << bit for bit, name in enumerate(ABOVE)}

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]


class PageBoxes:
    """Of each element, in the page's order.

    Attributes:
        chars, linked, blocks: characters, those in links, and blocks that it holds.
        paragraphs, paragraph_chars: of these, blocks that are paragraphs, and their characters.
        headings, linked_headings: of these, headings, and those that are links.
        children: elements that stand in it directly.
        alike: elements with the same parent that a template writes alike, with itself.
        depth: elements that it stands in.
        own_hints, all_hints: hints of its names and its parent's; of all elements that it stands in too.
        inside: bit n: it is, or stands in, `ABOVE[n]`.
        article: which `article` of the page it stands in, from 1; 0: none.
        articles: how many of them the page has.
    """

    def __init__(
        self,
        page: PageOutline,
        chars: Floats,
        linked: Floats,
        paragraph: NDArray[np.bool_],
        heading: NDArray[np.bool_],
    ) -> None:
        self._page = page
        owner = np.array(page.owner, np.int64)
        of_blocks = (
            chars,
            linked,
            np.ones(len(chars)),
            paragraph.astype(np.float64),
            chars * paragraph,
            heading.astype(np.float64),
            (heading & (linked > 0.8 * chars)).astype(np.float64),
        )
        direct = [np.bincount(owner, values, len(page.spelling)) for values in of_blocks]
        self._direct_paragraphs = direct[4]
        whole = _summed_up(np.stack(direct, axis=1), page.parent)
        self.chars, self.linked, self.blocks, self.paragraphs, self.paragraph_chars = whole[:, :5].T
        self.headings, self.linked_headings = whole[:, 5:].T
        self.children = np.bincount(np.maximum(page.parent, 0), minlength=len(page.spelling))
        self.alike = _alike(page)
        self.article, self.articles = _articles(page)
        self._see_above(page)

    def _see_above(self, page: PageOutline) -> None:
        depth: list[int] = []
        own: list[int] = []
        every: list[int] = []
        inside: list[int] = []
        for above, one in zip(page.parent, page.spelling, strict=True):
            if above < 0:
                depth.append(0)
                own.append(one.hints)
                every.append(0)  # what the whole page is called says nothing of its parts
                inside.append(0)
            else:
                depth.append(depth[above] + 1)
                own.append(one.hints | page.spelling[above].hints)
                every.append(one.hints | every[above])
                inside.append(inside[above] | _BITS.get(one.number, 0))
        self.depth, self.own_hints = np.array(depth, np.int64), np.array(own, np.int64)
        self.all_hints, self.inside = np.array(every, np.int64), np.array(inside, np.int64)

    def best(self) -> int:
        """The element that paragraphs stand in most directly: each speaks for its parent, half for the next above."""
        scores = self._direct_paragraphs.copy()
        parents = self._page.parent
        for at in np.flatnonzero(self._direct_paragraphs).tolist():
            value = float(self._direct_paragraphs[at])
            above = parents[at]
            for share in (1.0, 0.5, 0.25):
                if above < 0:
                    break
                scores[above] += share * value
                above = parents[above]
        scores *= 1 - self.linked / np.maximum(self.chars, 1)
        return int(scores.argmax())

    def steps_to(self, best: int) -> Integers:
        """Of each element, how many steps it goes up to one that holds the element `best`, or is it."""
        parents = self._page.parent
        holds = set()
        at = best
        while at >= 0:
            holds.add(at)
            at = parents[at]
        steps: list[int] = []
        for at, above in enumerate(parents):
            steps.append(0 if at in holds or above < 0 else steps[above] + 1)
        return np.array(steps, np.int64)


def _summed_up(direct: Floats, parents: list[int]) -> Floats:
    """What elements hold directly → what they hold with all that stands in them."""
    rows = direct.tolist()
    for at in range(len(parents) - 1, -1, -1):
        if parents[at] >= 0 and rows[at][2]:
            rows[parents[at]] = [one + other for one, other in zip(rows[parents[at]], rows[at], strict=True)]
    return np.array(rows, np.float64)


def _alike(page: PageOutline) -> Integers:
    named = [(above, one.key) for above, one in zip(page.parent, page.spelling, strict=True)]
    times: dict[tuple[int, str], int] = {}
    for pair in named:
        times[pair] = times.get(pair, 0) + 1
    return np.array([times[pair] for pair in named], np.int64)


def _articles(page: PageOutline) -> tuple[Integers, int]:
    numbers: list[int] = []
    count = 0
    for above, one in zip(page.parent, page.spelling, strict=True):
        if one.name == "article":
            count += 1
            numbers.append(min(count, MOST_ARTICLES))
        else:
            numbers.append(numbers[above] if above >= 0 else 0)
    return np.array(numbers, np.int64), count
