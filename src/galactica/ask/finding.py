"""Which passages are read for a question: those that search finds and that speak of it, and of the articles it names.

1. Passages are searched for by words and meaning; where it asks what X is, the beginning of the article X before them.
2. Where the reader can tell which are worth reading, they are put in that order (`ranking`).
3. Of these, the ones that speak of enough of what is asked, by their words (`bearing`) or as the reader says: the
   others are no rivals of what these answer.
4. The best `READ`. The article that a question names is always among them; where a reader ranks, it ranks how that
   begins too.
5. Where fewer speak of it: of each source of which nothing is read the best that the reader likes well enough, because
   one that is not heard cannot differ; of texts in which people talk (`codes.turns`) also those that the reader does
   not find beside the question, because who talks says "I" and "she", in other words than whoever asks; of other texts
   only where nothing that was read can be an answer (`PassagesToRead.more`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, field, replace
from itertools import zip_longest

from galactica.ask.asked import Asked
from galactica.ask.bearing import speaks_of
from galactica.ask.contract import Given
from galactica.ask.holdings import Page, place_of
from galactica.ask.named import best_passages, passage_of
from galactica.ask.ranking import RANKED, RELEVANT, Place, RankedPassages, rank_passages
from galactica.codes.letters import folded, title_key
from galactica.codes.turns import is_talk
from galactica.languages import primary, scripts_in
from galactica.model import PassageHit

SEARCHED = 16
"""Passages that are searched for where nobody ranks them; else `RANKED`."""

READ = 8
"""Passages that are read: what is read costs 10 to 20 ms each with the trained reader."""

SHORTEST_NAMED = 2
"""Characters of a name that tells what a passage speaks of."""

CALLED = 12
"""Passages that are searched for by what the library calls the things that a question in another language names."""

LIKELY = 0.0
"""Logit of the reader from which a passage is read as what its source says, though its words say little of it."""

MOST_NAMED = 2
"""Articles that a question names of which a passage is read however search likes them."""

NOT_SEARCHED = 2
"""Passages of such an article that are looked at, where search found none of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagesToRead:
    """What is read for a question.

    Attributes:
        hits: best first.
        begun: as in `ranking.RankedPassages`.
        named: the articles that the question names.
        more: what is read besides where nothing in `hits` can be an answer, best first.
    """

    hits: tuple[PassageHit, ...]
    begun: Mapping[Place, Given] = field(default_factory=dict, repr=False)
    named: tuple[Page, ...] = field(default=(), repr=False)
    more: tuple[PassageHit, ...] = ()


def searched_for(asked: Asked) -> list[PassageHit]:
    """Passages for a question, best first; where it asks what X is, the beginning of the article X before them."""
    if not asked.question.text:
        return []
    first = _beginning(asked)
    most = RANKED if asked.ranks else SEARCHED
    hits = list(asked.passages(limit=most))
    if asked.worded:
        called = asked.passages(asked.worded, limit=CALLED, by="meaning") or asked.passages(asked.worded, limit=CALLED)
        hits = _in_turn(called, hits)[:most]
    if first is None:
        return hits
    first = replace(first, score=max((hit.score for hit in hits), default=0.0))
    return [first, *(hit for hit in hits if place_of(hit) != place_of(first))]


def speaks_of_named(asked: Asked, hit: PassageHit) -> bool:
    """Whether a passage has the title of one of the things that a question in another language names, or the last word
    of it, or is of that; where it names none, any does."""
    told = folded(f"{hit.title}\n{hit.text}")
    names = (form for each in asked.here for form in (each, each.rpartition(" ")[2]))
    return not asked.here or any(folded(name) in told for name in names if len(name) >= SHORTEST_NAMED)


def _in_turn(called: Sequence[PassageHit], others: Sequence[PassageHit]) -> list[PassageHit]:
    """Passages of two searches, one of each in turn, each once; the first are as good as those that they stand beside,
    because two ways of searching give no scores that can be compared."""
    turns: dict[Place, PassageHit] = {}
    lowest = min((hit.score for hit in others), default=1.0)
    for hit, other in zip_longest(called, others):
        if hit is not None:
            turns.setdefault(place_of(hit), replace(hit, score=other.score if other is not None else lowest))
        if other is not None:
            turns.setdefault(place_of(other), other)
    return list(turns.values())


def worth_reading(asked: Asked, hits: Sequence[PassageHit]) -> PassagesToRead:
    """Those of the passages found that are read, best first; see the module."""
    first, named = _beginning(asked), named_pages(asked)
    speaking, missing, more = _speaking(asked, hits, named)
    lowest = min((hit.score for hit in speaking.hits[:READ]), default=0.0)
    every = [*speaking.hits, *(replace(hit, score=lowest) for hit in missing)]
    must: dict[Place, PassageHit] = {}
    for page in named:
        must |= {place_of(hit): hit for hit in [hit for hit in every if _is_of(page, hit)][:1]}
    must |= {place_of(hit): hit for hit in speaking.hits if first is not None and place_of(hit) == place_of(first)}
    left, chosen = READ - len(must), []
    for hit in speaking.hits:
        if must.pop(place_of(hit), None) is not None:
            chosen.append(hit)
        elif left > 0:
            chosen.append(hit)
            left -= 1
    chosen += must.values()
    unheard = _unheard(speaking, more, {hit.source for hit in chosen}) if chosen else []
    more = [*unheard, *(hit for hit in more if hit not in unheard)][: READ - len(chosen)]
    also = [hit for hit in more if hit in unheard or _talks(asked, hit)]
    return PassagesToRead(
        hits=(*chosen, *also),
        begun=speaking.begun,
        named=tuple(named),
        more=tuple(hit for hit in more if hit not in also),
    )


def _unheard(found: RankedPassages, more: Sequence[PassageHit], heard: Set[str]) -> list[PassageHit]:
    """The best passage of each source of which nothing is read yet, where the reader finds it likelier so than not that
    it speaks of what is asked."""
    best: dict[str, PassageHit] = {}
    for hit in more:
        if hit.source not in heard and found.bears(hit, LIKELY):
            best.setdefault(hit.source, hit)
    return list(best.values())


def _talks(asked: Asked, hit: PassageHit) -> bool:
    """Whether people talk in its article."""
    page = asked.holdings.page(hit.edition, hit.id)
    return page is not None and is_talk(page.text)


def speaking_passages(asked: Asked, hits: Sequence[PassageHit]) -> RankedPassages:
    """Those of the passages found that speak of what is asked, best first: as the reader ranks them, else as found."""
    return _speaking(asked, hits, named_pages(asked))[0]


def _speaking(
    asked: Asked, hits: Sequence[PassageHit], named: Sequence[Page]
) -> tuple[RankedPassages, list[PassageHit], list[PassageHit]]:
    """(`speaking_passages`, passages of articles that the question names of which search found nothing: where a reader
    ranks, they are among the others; what else it does not find beside the question, best first)."""
    worded = {place_of(hit) for hit in hits if bears(asked, hit)}
    able = [hit for hit in hits if asked.ranks or place_of(hit) in worded]
    wanting = [page for page in named if not any(_is_of(page, hit) for hit in able)]
    missing = [hit for page in wanting for hit in _not_searched(asked, page)]
    if not asked.ranks:
        return RankedPassages(hits=tuple(able)), missing, []
    lowest = min((hit.score for hit in able), default=0.0)
    # Before those that are read only if they turn out better.
    missing = [*(replace(hit, score=lowest) for hit in missing), *_begun(asked, named, able, missing)]
    order = [*able[:READ], *missing, *able[READ:]]
    question = asked.question
    found = rank_passages(asked.reader, question.text, order, seconds=asked.ranking, language=question.language)
    told = worded | {place_of(hit) for hit in missing}

    def strange(hit: PassageHit) -> bool:
        return _other(asked, hit.language) and not speaks_of_named(asked, hit)

    def speaks(hit: PassageHit) -> bool:
        if place_of(hit) in told:
            return True
        if not _other(asked, hit.language):
            return found.bears(hit, RELEVANT)
        return any(_is_of(page, hit) for page in named) or (found.bears(hit) and not strange(hit))

    speaking = tuple(filter(speaks, found.hits))
    chosen = {place_of(hit) for hit in speaking}
    more = [hit for hit in found.hits if place_of(hit) not in chosen and found.bears(hit) and not strange(hit)]
    return replace(found, hits=speaking), [], more


def _begun(
    asked: Asked, named: Sequence[Page], able: Sequence[PassageHit], missing: Sequence[PassageHit]
) -> list[PassageHit]:
    """The first passages of articles that the question names, as good as the best that search found of them: they say
    what is most asked for, in few of the question's words."""
    known = {place_of(hit) for hit in (*able, *missing)}
    found = []
    for page in named:
        first = passage_of(page, 0)
        scores = [hit.score for hit in able if _is_of(page, hit)]
        if scores and place_of(first) not in known and not _other(asked, page.article.language):
            found.append(replace(first, score=max(scores)))
    return found


def bears(asked: Asked, hit: PassageHit) -> bool:
    """Whether a quotation out of a passage could speak of what is asked, by its words."""
    page = asked.holdings.page(hit.edition, hit.id) if _other(asked, hit.language) else None
    names = () if page is None else tuple(alias.title for alias in page.article.aliases)
    scripts = scripts_in(asked.question.text)  # those that it could name come first, because not all are looked at
    names = tuple(sorted(names, key=lambda name: scripts.isdisjoint(scripts_in(name))))
    return speaks_of(asked.question, hit.text, (hit.title, *names), hit.language)


def named_pages(asked: Asked) -> list[Page]:
    """The articles that a question names, the longest name first; behind them others that have the same other name,
    because nothing tells which of them is meant."""
    if not asked.question.text:
        return []
    places = dict.fromkeys(named.place for named in asked.names)
    if len(places) < MOST_NAMED:
        places |= dict.fromkeys(place for named in asked.names for place in _alike(asked, named.name))
    pages = (asked.holdings.page(*place) for place in list(places)[:MOST_NAMED])
    return [page for page in pages if page is not None and page.starts and asked.allows(page.article)]


def _beginning(asked: Asked) -> PassageHit | None:
    """The beginning of the article X, where it is asked what X is."""
    name = asked.question.sought.name
    place = asked.holdings.titled(name) if name else None
    page = None if place is None or len(_alike(asked, name)) > 1 else asked.holdings.page(*place)
    return None if page is None or not page.starts or not asked.allows(page.article) else passage_of(page, 0)


def _alike(asked: Asked, name: str) -> Sequence[tuple[str, bytes]]:
    """The articles whose other name this is; none where it is the title of one."""
    key, places = title_key(name), asked.holdings.namesakes(name)
    if len(places) < 2:
        return places
    pages = (asked.holdings.page(*place) for place in places[: MOST_NAMED + 1])
    return () if any(page is not None and title_key(page.article.title) == key for page in pages) else places


def _not_searched(asked: Asked, page: Page) -> list[PassageHit]:
    """Passages of an article of which search found none: those that share most with the question and speak of it; where
    a reader reads what is in another language, else the first ones."""
    found = [hit for hit in best_passages(page, asked.question.keys, most=NOT_SEARCHED) if bears(asked, hit)]
    if found or not asked.reader.ranks or not _other(asked, page.article.language):
        return found
    return [passage_of(page, number) for number in range(min(NOT_SEARCHED, len(page.starts)))]


def _is_of(page: Page, hit: PassageHit) -> bool:
    return (hit.edition, hit.id) == (page.edition, page.article.id)


def _other(asked: Asked, language: str) -> bool:
    return primary(language) != primary(asked.question.language)
