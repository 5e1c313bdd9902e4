"""Articles with their text ready to be looked through; the last ones used are kept."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass

from galactica.edition import Edition
from galactica.model import Article, Passage
from galactica.model.projection import project
from galactica.search.analysis import analyser_for, folded

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
