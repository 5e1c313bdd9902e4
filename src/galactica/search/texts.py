"""Articles with their text ready to be looked through, the last ones used kept; and the results that come of them."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

from galactica.edition import Edition
from galactica.model import Article, Hit, Passage
from galactica.model.projection import project
from galactica.search.analysis import analyser_for, folded
from galactica.search.passages import Best, Finder
from galactica.search.rank import Candidate
from galactica.search.snippet import snippet

MOST_CHARACTERS = 6_000_000
"""Characters of text that are kept: about 20 MB with what belongs to them."""

LONGEST = 400_000
"""Characters of one article that are looked through for words; what follows is neither scored nor shown."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article, the projection of its body, the same folded (as long), its passages, its analyser's name."""

    article: Article
    plain: str
    lower: str
    passages: tuple[Passage, ...]
    analyser: str


class Texts:
    """Fetches and keeps texts; thread-safe."""

    def __init__(self) -> None:
        self._kept: OrderedDict[tuple[str, int], Text] = OrderedDict()
        self._characters = 0
        self._lock = threading.Lock()

    def get(self, edition: Edition, row: int) -> Text:
        """The text of the article in `row`; raises as `Edition.article` does."""
        name = (edition.root, row)
        with self._lock:
            text = self._kept.get(name)
            if text is not None:
                self._kept.move_to_end(name)
                return text
        text = _read(edition, row)
        with self._lock:
            if name not in self._kept:
                self._kept[name] = text
                self._characters += len(text.plain)
            while self._characters > MOST_CHARACTERS and len(self._kept) > 1:
                _, dropped = self._kept.popitem(last=False)
                self._characters -= len(dropped.plain)
        return text


def _read(edition: Edition, row: int) -> Text:
    article = edition.article(row)
    plain = project(article.body)
    return Text(
        article=article,
        plain=plain,
        lower=folded(plain[:LONGEST]),
        passages=edition.passages(row),
        analyser=analyser_for(article.language, plain),
    )


class Reading:
    """The articles that one query reads, and their best passages, each found once."""

    def __init__(self, editions: Sequence[Edition], texts: Texts, finder: Finder) -> None:
        self.finder = finder
        self._editions = editions
        self._texts = texts
        self._best: dict[tuple[int, int], Best | None] = {}

    def share(self, candidate: Candidate) -> float:
        """How much of the question the best passage has: 0 to about 1.5."""
        best = self.best(candidate)
        return best.score / self.finder.weight if best and self.finder.weight else 0.0

    def best(self, candidate: Candidate) -> Best | None:
        """The best passage of an article; None where it has none at all."""
        place = (candidate.edition, candidate.row)
        if place not in self._best:
            text = self._text(candidate)
            self._best[place] = self.finder.best(text.lower, text.analyser, text.passages)
        return self._best[place]

    def folded(self, candidate: Candidate) -> tuple[str, str]:
        """The text and the title with the aliases, folded."""
        text = self._text(candidate)
        return text.lower, folded("\n".join([text.article.title, *(alias.title for alias in text.article.aliases)]))

    def _text(self, candidate: Candidate) -> Text:
        return self._texts.get(self._editions[candidate.edition], candidate.row)

    def hit(self, candidate: Candidate, *, exact: bool) -> Hit:
        """The result that is shown for a candidate."""
        edition = self._editions[candidate.edition]
        text = self._text(candidate)
        article = text.article
        best = self.best(candidate)
        start, end = (best.passage.start, best.passage.end) if best else (0, 0)
        cut = snippet(text.plain, start, end, best.places if best else (), self.finder.weights)
        return Hit(
            edition=edition.root,
            id=article.id,
            title=article.title,
            language=article.language,
            source=article.source,
            path=article.path,
            url=article.url,
            licence=article.licence or edition.source(article.source).licence,
            date=article.modified or edition.source(article.source).date,
            score=round(candidate.score, 4),
            passage=best.passage.number if best else 0,
            start=start,
            end=end,
            snippet=cut.text,
            marks=cut.marks,
            exact=exact,
        )
