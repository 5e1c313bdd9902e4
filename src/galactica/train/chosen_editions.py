"""Editions of which a view says what is learned from: read like any other, but for what it leaves or cuts out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from galactica.edition import Edition
from galactica.model import Article
from galactica.train.views.view import View


class ChosenEdition(Edition):
    """An edition as a view has it: articles that the view leaves out do not come, passages that it cuts out are none.

    Rows are those of the whole edition.
    """

    _cuts: Mapping[int, tuple[int, ...]]

    @classmethod
    def of(cls, edition: Edition, cuts: Mapping[int, tuple[int, ...]]) -> ChosenEdition:
        """An edition and its rows that are chosen, each with the code points of its text that are cut out of it."""
        found = cls(edition.path, edition.statement, edition.sources)
        found._cuts = cuts
        return found

    def chosen_rows(self) -> list[int]:
        """The rows that are chosen, in order."""
        return list(self._cuts)

    def outside(self) -> frozenset[tuple[str, bytes]]:
        """(root, id) of the articles that are not chosen as a whole."""
        every = super().scan(body=False)
        return frozenset((self.root, article.id) for row, article in every if self._cuts.get(row) != ())

    def scan(self, start: int = 0, stop: int | None = None, *, body: bool = True) -> Iterator[tuple[int, Article]]:
        """As `Edition.scan`, of the rows that are chosen."""
        for row, article in super().scan(start, stop, body=body):
            if row in self._cuts:
                yield row, article

    def spans(self, row: int) -> tuple[list[int], list[int]]:
        """As `Edition.spans`, of the passages of which nothing is cut out."""
        starts, ends = super().spans(row)
        cuts = self._cuts.get(row, ())
        if not cuts:
            return starts, ends
        body = len(self.head(row).title) + 2
        out = list(zip(cuts[::2], cuts[1::2], strict=True))
        kept = [
            (a, b) for a, b in zip(starts, ends, strict=True) if not any(s < body + b and e > body + a for s, e in out)
        ]
        return [a for a, _ in kept], [b for _, b in kept]


def editions_of_view(view: View) -> list[ChosenEdition]:
    """The editions of a view, open, each with what the view has of it."""
    cuts: dict[str, dict[int, tuple[int, ...]]] = {edition.root: {} for edition in view.editions}
    for number in range(len(view)):
        root, row = view.place(number)
        cuts[root][row] = view.cuts(number)
    return [ChosenEdition.of(edition, cuts[edition.root]) for edition in view.editions]


def open_material(editions: tuple[Path, ...], view: Path | None) -> list[Edition]:
    """The editions that are learned from, open; with a view, as it has them.

    Raises:
        InputError, EditionError: as `View.open` and `Edition.open`.
    """
    if view is None:
        return [Edition.open(path) for path in editions]
    with View.open(view, editions) as opened:
        return list(editions_of_view(opened))


def outside_of(editions: list[Edition]) -> frozenset[tuple[str, bytes]]:
    """(root, id) of the articles of editions that a view does not have as a whole."""
    return frozenset().union(*(each.outside() for each in editions if isinstance(each, ChosenEdition)))


def rows_learned_from(edition: Edition) -> list[int]:
    """The rows that are learned from, in order."""
    return edition.chosen_rows() if isinstance(edition, ChosenEdition) else list(range(len(edition)))
