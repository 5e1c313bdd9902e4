"""The articles that questions are made of: those of an edition, or of a view, each with what must not be quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from galactica.claims.kept import KeptClaims, claims_kept
from galactica.edition import Edition
from galactica.model import Article
from galactica.model.claim import Claim
from galactica.train.views.header import HEADER
from galactica.train.views.view import View


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedArticle:
    """An article that questions are made of.

    Attributes:
        edition: that it is in; row: there.
        article: itself.
        claims: what it claims; none where the edition has none.
        cuts: code points of its text, title and all, that a view cuts out: start, end, start, end …
    """

    edition: Edition
    row: int
    article: Article
    claims: tuple[Claim, ...]
    cuts: tuple[int, ...] = ()


class AskedArticles:
    """The articles of an edition or a view.

    Args:
        path: of either.
        editions: where those of a view lie, where they are not where they were.

    Attributes:
        name: what it is called by: a root, or the hash of a view.
        without_claims: titles of its editions that have no claims (`galactica join` makes them).

    Raises:
        InputError, EditionError: it cannot be opened.
    """

    def __init__(self, path: Path, editions: Sequence[Path] = ()) -> None:
        self._stack = ExitStack()
        self._view: View | None = None
        if (path / HEADER).is_file():
            self._view = self._stack.enter_context(View.open(path, editions))
            self._editions = self._view.editions
            self.name = self._view.hash
        else:
            self._editions = (self._stack.enter_context(Edition.open(path)),)
            self.name = self._editions[0].root
        self._claims: list[KeptClaims | None] = []
        for edition in self._editions:
            folder = claims_kept(edition)
            self._claims.append(KeptClaims(folder, edition) if folder is not None else None)
        self.without_claims = tuple(
            edition.statement.title
            for edition, claims in zip(self._editions, self._claims, strict=True)
            if claims is None
        )

    def __len__(self) -> int:
        return len(self._view) if self._view is not None else len(self._editions[0])

    def __iter__(self) -> Iterator[AskedArticle]:
        if self._view is None:
            for row, article in self._editions[0].scan():
                yield self._asked(0, row, article, ())
            return
        numbers = {edition.root: number for number, edition in enumerate(self._editions)}
        for number in range(len(self._view)):
            facts = self._view.about(number)
            edition = numbers[facts.edition]
            article = self._editions[edition].article(facts.row)
            yield self._asked(edition, facts.row, article, self._view.cuts(number))

    def __enter__(self) -> AskedArticles:
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def _asked(self, number: int, row: int, article: Article, cuts: tuple[int, ...]) -> AskedArticle:
        kept = self._claims[number]
        claims = tuple(kept.of_row(row)) if kept is not None else ()
        return AskedArticle(edition=self._editions[number], row=row, article=article, claims=claims, cuts=cuts)
