"""Articles with their text ready to be looked through, the last ones used kept; and the results that come of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from galactica.codes.cache import Cache
from galactica.codes.letters import folded
from galactica.edition import Edition, Head
from galactica.errors import EditionError
from galactica.model import Hit, PassageHit, date_of, licence_of
from galactica.model.anchors import NO_ANCHORS, Anchors
from galactica.model.projection import outline
from galactica.search.analysis import analyser_for
from galactica.search.passages import Best, Finder
from galactica.search.rank import Candidate
from galactica.search.snippet import prose, snippet

MOST_CHARACTERS = 1_000_000
"""Characters of text that are kept for the next page of the same results: 2 to 8 MB with what belongs to them. More
would not help other queries: of the articles that 400 of them read, 5 % were among the 6 million characters before."""

LONGEST = 400_000
"""Characters of one article that are looked through for words; what follows is neither scored nor shown."""


AS_GOOD = 0.5
"""Score of a passage in prose that is shown instead of the best one, as a share of that one's."""

MOST_BEGINNINGS = 4
"""Passages from an article's beginning among which one in prose is looked for, where no word matched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """An article without its body, the projection of that, the same folded, its passages, its analyser's name, the
    places in its source that its body names.

    `starts` and `ends` are the passages', in order.
    """

    head: Head
    plain: str
    lower: str
    starts: list[int]
    ends: list[int]
    analyser: str
    anchors: Anchors


class Texts:
    """Fetches and keeps texts; thread-safe."""

    def __init__(self) -> None:
        self._kept = Cache(MOST_CHARACTERS)

    def get(self, edition: Edition, row: int) -> Text:
        """The text of the article in `row`; raises as `Edition.article` does."""
        return self._kept.get((edition.root, row), lambda: _read(edition, row), lambda text: len(text.plain))


def _read(edition: Edition, row: int) -> Text:
    head = edition.head(row)
    outlined = outline(edition.body(row))
    plain = outlined.text
    starts, ends = edition.spans(row)
    return Text(
        head=head,
        plain=plain,
        lower=folded(plain[:LONGEST]),
        starts=starts,
        ends=ends,
        analyser=analyser_for(head.language, plain),
        anchors=edition.anchors(outlined),
    )


_UNREAD = Text(
    head=Head(row=0, id=b"", title="", language="", source="", path="", url="", modified="", licence=""),
    plain="",
    lower="",
    starts=[],
    ends=[],
    analyser="",
    anchors=NO_ANCHORS,
)
"""In the place of an article that cannot be read."""


class Reading:
    """The articles that one query reads, and their best passages, each found once.

    An article that cannot be read, because its edition is damaged there, is one without a word and without a passage:
    the others are found as if it were not there.

    Attributes:
        damaged: (edition, row) of those articles → why.
    """

    def __init__(self, editions: Sequence[Edition], texts: Texts, finder: Finder) -> None:
        self.finder = finder
        self._editions = editions
        self._texts = texts
        self._best: dict[tuple[int, int], Best | None] = {}
        self._chosen: dict[tuple[int, int], int] = {}
        self._read: dict[tuple[int, int], Text] = {}
        self.damaged: dict[tuple[int, int], EditionError] = {}

    def share(self, candidate: Candidate) -> float:
        """How much of the question the best passage has: 0 to about 1.5."""
        best = self.best(candidate)
        return best.score / self.finder.weight if best and self.finder.weight else 0.0

    def best(self, candidate: Candidate) -> Best | None:
        """The best passage of an article; None where it has none at all."""
        place = (candidate.edition, candidate.row)
        if place not in self._best and place in self._chosen:
            self._best[place] = self.within(place, self._chosen[place])
        if place not in self._best:
            text = self._text(candidate)
            self._best[place] = self.finder.best(text.lower, text.analyser, text.starts, text.ends)
        return self._best[place]

    def choose(self, article: tuple[int, int], number: int) -> None:
        """Say which passage is an article's best; it is only read when it is asked for."""
        self._chosen.setdefault(article, number)

    def several(self, article: tuple[int, int]) -> list[Best]:
        """The passages of an article (edition, row) that have any of the words, best first."""
        text = self._at(article)
        return self.finder.several(text.lower, text.analyser, text.starts, text.ends)

    def within(self, article: tuple[int, int], number: int) -> Best:
        """How well one passage of an article fits."""
        text = self._at(article)
        if text is _UNREAD:
            return Best(number=number, start=0, end=0, places=(), score=0.0)
        return self.finder.within(text.lower, text.analyser, number, text.starts[number], text.ends[number])

    def passage(self, article: tuple[int, int], number: int) -> tuple[str, str]:
        """(title, text) of a passage."""
        text = self._at(article)
        if text is _UNREAD:
            return "", ""
        return text.head.title, text.plain[text.starts[number] : text.ends[number]]

    def language(self, article: tuple[int, int]) -> str:
        """The language of an article (edition, row), a tag; "" where it is not known."""
        return self._at(article).head.language

    def found(self, article: tuple[int, int], number: int, score: float) -> PassageHit:
        """A passage as it is handed out."""
        text = self._at(article)
        edition = self._editions[article[0]]
        work, _ = edition.belonging(article[1])
        return PassageHit(
            edition=edition.root,
            id=text.head.id,
            title=text.head.title,
            language=text.head.language,
            source=text.head.source,
            path=text.head.path,
            passage=number,
            start=text.starts[number],
            end=text.ends[number],
            text=text.plain[text.starts[number] : text.ends[number]],
            score=round(score, 4),
            work=work.title if work is not None else "",
            place=text.anchors.at(text.starts[number]),
        )

    def folded(self, candidate: Candidate) -> tuple[str, str]:
        """The text and the title with the aliases, folded."""
        if not self.readable((candidate.edition, candidate.row)):
            return "", ""
        names = self._editions[candidate.edition].names(candidate.row)
        return self._text(candidate).lower, folded("\n".join(names))

    def _text(self, candidate: Candidate) -> Text:
        return self._at((candidate.edition, candidate.row))

    def _at(self, place: tuple[int, int]) -> Text:
        if place not in self._read:
            try:
                self._read[place] = self._texts.get(self._editions[place[0]], place[1])
            except EditionError as error:
                self.damaged[place] = error
                self._read[place] = _UNREAD
        return self._read[place]

    def readable(self, place: tuple[int, int]) -> bool:
        """Whether an article (edition, row) can be read; it is read for that."""
        self._at(place)
        return place not in self.damaged

    def _readable(self, candidate: Candidate) -> Best | None:
        """The best passage of an article for a person to read: one about as good in prose, where the best is none."""
        best = self.best(candidate)
        text = self._text(candidate)
        if best is None or prose(text.plain, best.start, best.end, best.places, self.finder.weights):
            return best
        article = (candidate.edition, candidate.row)
        others = (
            [other for other in self.several(article) if other.score >= AS_GOOD * best.score] if best.places else []
        )
        if not best.places:
            others = [self.within(article, number) for number in range(min(MOST_BEGINNINGS, len(text.starts)))]
        fit = (o for o in others if prose(text.plain, o.start, o.end, o.places, self.finder.weights))
        return next(fit, best)

    def hit(self, candidate: Candidate, *, exact: bool) -> Hit:
        """The result that is shown for a candidate."""
        edition = self._editions[candidate.edition]
        text = self._text(candidate)
        head = text.head
        best = self._readable(candidate)
        start, end = (best.start, best.end) if best else (0, 0)
        source = edition.source(head.source)
        work, published = edition.belonging(candidate.row)
        cut = snippet(text.plain, start, end, best.places if best else (), self.finder.weights)
        return Hit(
            edition=edition.root,
            id=head.id,
            title=head.title,
            language=head.language,
            source=head.source,
            path=head.path,
            url=head.url,
            licence=licence_of(head.licence, work, source),
            date=date_of(head.modified, published, work, source),
            score=round(candidate.score, 4),
            passage=best.number if best else 0,
            start=start,
            end=end,
            snippet=cut.text,
            marks=cut.marks,
            exact=exact,
            work=work.title if work is not None else "",
            place=text.anchors.at(cut.at),
            anchor=text.anchors.lead(cut.at),
        )
