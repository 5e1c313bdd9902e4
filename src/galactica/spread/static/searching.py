"""Searching a static edition by words: dictionary, lists, catalogue, articles; four rounds of requests.

1. What was typed is understood as on disk (`search.query`), its words become forms, and the dictionary says where their
   lists are (one round). Words that only ask weigh a fifth (`search.asking`). A form that the edition does not have
   gives way to the nearest that begins alike.
2. Lists are read, at most `MOST_LISTS` bytes, those first for which an article can score most (one round). What was
   left out is the tail of long lists, where a word counts least.
3. Of the best articles the catalogue says where they lie (one round, none where it is known), and they are read
   (one round). Their passages put them in order, as local search by words does (`search.ordering`).

Articles that are called as was typed come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from galactica.codes.letters import folded
from galactica.languages import ranges as ranges_of
from galactica.model.projection import project
from galactica.search.asking import ASKING, asking
from galactica.search.hybrid import PASSAGE
from galactica.search.ordering import DEPTH
from galactica.search.passages import pattern
from galactica.search.query import ParsedQuery, understand
from galactica.search.rank import LEAST_IDF, MOST_TERMS, idf
from galactica.spread.static.coding import decode_list, values_of_levels
from galactica.spread.static.folding import forms
from galactica.spread.static.lookup import FoundTitle, ListPart, TermLeaf, TermRef, titles_of
from galactica.spread.static.passages import SoughtWord, StaticPassage, best_passage
from galactica.spread.static.ranges import not_as_stated
from galactica.spread.static.reading import ProvedArticle, StaticEdition

MOST_LISTS = 256 * 1024
"""Bytes of lists that one query reads: all of them in an edition of 50,000 articles, but for questions of a dozen
common words."""

POOL = 200
"""Articles that are kept in order by words; those behind the first ten are shown as they come."""

MOST_LIMIT = 50
"""Results of one page: each is an article that is read."""

ENOUGH = 2
"""Words of a question with which those that only ask are left out."""

TITLES = 3
"""Articles that are called as was typed, at most, that are put first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticHit:
    """A result: an article that was proved, its best passage, how much it scores, whether it is called as was typed."""

    found: ProvedArticle
    passage: StaticPassage
    score: float
    exact: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaticPage:
    """Results, best first; how many articles match, at least; words that the edition does not have, with what was
    looked for instead ("" for nothing)."""

    query: str
    hits: tuple[StaticHit, ...]
    total: int
    instead: tuple[tuple[str, str], ...]
    partial: bool


@dataclass(slots=True)
class _Term:
    """A word of the query: its forms that the edition has, its lists, what it weighs."""

    text: str
    alike: frozenset[str]
    refs: tuple[TermRef, ...]
    weight: float
    stop: bool
    negative: bool


def search_static(
    edition: StaticEdition, typed: str, *, limit: int = 10, offset: int = 0, language: str = "", source: str = ""
) -> StaticPage:
    """The results `offset` … `offset + limit` for a query.

    Args:
        typed: words, "phrases", -excluded; lang: and source: as on disk.
        limit: 0 to `MOST_LIMIT`.
        language, source: restrict to a language tag, a source's key.

    Raises:
        InputError: something cannot be had now.
        EditionError: something is damaged.
    """
    limit = max(0, min(limit, MOST_LIMIT))
    question = understand(typed, language=language, source=source)
    terms, instead, titles = _looked_up(edition, question)
    scores, partial = _scored(edition, terms)
    order = np.lexsort((scores[0], -scores[1]))[: max(POOL, offset + limit)]
    ranked = [(int(scores[0][at]), float(scores[1][at])) for at in order]
    if question.languages or question.sources:
        ranked = _filtered(edition, question, ranked)
        titles = [t for t in titles if _filtered(edition, question, [(t.number, 0.0)])]
    named = [title.number for title in titles]
    others = [(number, score) for number, score in ranked if number not in named]
    top = max((score for _, score in ranked), default=1.0)
    several = [*((number, 3 * top) for number in named), *others]
    depth = max(DEPTH, offset + limit) if question.phrases else max(len(named) + DEPTH, offset + limit)
    if question.phrases:
        depth = max(depth, 3 * DEPTH)
    hits = _read(edition, question, terms, several[:depth], frozenset(named))
    return StaticPage(
        query=question.text,
        hits=tuple(hits[offset : offset + limit]),
        total=max(len(scores[0]), len(hits)) if not question.phrases else len(hits),
        instead=instead,
        partial=partial,
    )


def _looked_up(
    edition: StaticEdition, question: ParsedQuery
) -> tuple[list[_Term], tuple[tuple[str, str], ...], list[FoundTitle]]:
    """What the dictionary and the titles say: one round of requests."""
    words = {word.text: (forms(word.text), word.negative) for word in question.words[: 2 * MOST_TERMS]}
    spelled = {each.typed[0]: form for each in question.joined if len(each.typed) == 1 for form in forms(each.said[0])}
    words |= {each.said[0]: (forms(each.said[0]), False) for each in question.joined if len(each.typed) > 1}
    content = {text: each for text, each in words.items() if not edition.stops.issuperset(each[0])}
    quiet = asking(question)
    loud = {text: each for text, each in content.items() if text not in quiet}
    # What no body is indexed by, and what only asks, is looked up only where there is little else: lists of such words
    # are the longest, and put hardly an article above another.
    words = (loud if len(loud) >= ENOUGH else content) or words
    keys = list(dict.fromkeys(form.encode() for several, _ in words.values() for form in several))
    keys += [form.encode() for form in spelled.values()]
    named = [] if any(word.negative for word in question.words) else [question.key]
    at_once = edition.ranges.together
    leaves, titles = at_once(
        lambda: edition.terms.leaves(keys), lambda: edition.titles.leaves([key.encode() for key in named if key])
    )
    joined = {each.said[0] for each in question.joined}
    total = max(1, len(edition))
    lanes = [lane.articles for lane in edition.manifest.lanes]
    terms, instead = [], []
    parsed: dict[bytes, TermLeaf] = {}
    try:
        for text, (several, negative) in words.items():
            known: list[tuple[TermLeaf, str]] = []
            for form in several:
                raw = leaves.get(form.encode())
                leaf = parsed.setdefault(raw, TermLeaf(raw, len(lanes))) if raw else None
                if leaf is not None and form in leaf.forms:
                    known.append((leaf, form))
                    continue
                other = spelled.get(text, "")
                raw = leaves.get(other.encode()) if other else None
                leaf_of_other = parsed.setdefault(raw, TermLeaf(raw, len(lanes))) if raw else None
                if leaf_of_other is not None and other in leaf_of_other.forms:
                    known.append((leaf_of_other, other))
                elif leaf is not None and len(several) == 1 and text not in joined:
                    near = leaf.nearest(form)
                    known += [(leaf, near)] if near else []
                    instead.append((text, near))
            refs = tuple(dict.fromkeys(ref for leaf, form in known for ref in leaf.forms[form]))
            if not refs:
                continue
            having = sum(lanes[ref.lane] if ref.stop else ref.listed for ref in refs)
            weight = max(LEAST_IDF, idf(total, min(total, having))) * (ASKING if text in quiet else 1.0)
            alike = frozenset().union(*(leaf.alike(form) for leaf, form in known))
            stop = all(ref.stop for ref in refs)
            terms.append(_Term(text=text, alike=alike, refs=refs, weight=weight, stop=stop, negative=negative))
        found = _exact(titles.get(question.key.encode(), b""), question.key) if named and question.key else []
    except ValueError as error:
        raise not_as_stated(edition.ranges.files.where, "terms") from error
    telling = [term for term in terms if not term.stop and not term.negative]
    wanted = sorted(telling or [t for t in terms if not t.negative], key=lambda term: -term.weight)[:MOST_TERMS]
    return [*wanted, *(term for term in terms if term.negative)], tuple(instead), found


def _exact(leaf: bytes, key: str) -> list[FoundTitle]:
    found = [title for other, titles in titles_of(leaf) if other == key for title in titles] if leaf else []
    several = {title.number: title for title in sorted(found, key=lambda title: title.rank)}
    return sorted(several.values(), key=lambda title: (-title.rank, title.number))[:TITLES]


def _scored(edition: StaticEdition, terms: Sequence[_Term]) -> tuple[tuple[np.ndarray, np.ndarray], bool]:
    """(numbers, scores) of the articles that have any of the words: one round of requests; and whether ends of long
    lists were left out."""
    wanted: list[tuple[float, int, ListPart]] = []
    for place, term in enumerate(terms):
        for ref in term.refs:
            for part in ref.parts:
                most = float(values_of_levels(np.array([part.highest]))[0]) if part.highest < 255 else 1e9
                wanted.append((-most * term.weight, place, part))
    wanted.sort(key=lambda each: (each[0], each[1], each[2].cell.offset, each[2].offset))
    taken: list[tuple[int, ListPart]] = []
    size = 0
    cells: dict[object, None] = {}
    for _, place, part in wanted:
        size += 0 if part.cell in cells else part.cell.size
        if size > MOST_LISTS and taken:
            break
        cells[part.cell] = None
        taken.append((place, part))
    raws = dict(zip(cells, edition.ranges.checked(list(cells)), strict=True))  # type: ignore[arg-type]
    lists = [(place, ref.inline) for place, t in enumerate(terms) for ref in t.refs if ref.inline]
    lists += [(place, raws[part.cell][part.offset :][: part.size]) for place, part in taken]
    numbers, scores, without = [np.zeros(0, np.int64)], [np.zeros(0)], set()
    best: dict[int, list[tuple[np.ndarray, np.ndarray]]] = defaultdict(list)
    try:
        for place, raw in lists:
            best[place].append(decode_list(raw, len(edition)))
    except ValueError as error:
        raise not_as_stated(edition.ranges.files.where, "postings") from error
    for place, several in best.items():
        listed = np.concatenate([each for each, _ in several])
        values = values_of_levels(np.concatenate([each for _, each in several])) * terms[place].weight
        if terms[place].negative:
            without.update(listed.tolist())
            continue
        order = np.lexsort((-values, listed))
        listed, values = listed[order], values[order]
        first = np.append(True, np.diff(listed) > 0)  # of two stems of one form the one that counts more
        numbers.append(listed[first])
        scores.append(values[first])
    unique, where = np.unique(np.concatenate(numbers), return_inverse=True)
    summed = np.bincount(where, np.concatenate(scores), minlength=len(unique))
    if without:
        kept = ~np.isin(unique, list(without))
        unique, summed = unique[kept], summed[kept]
    return (unique, summed), len(taken) < len(wanted)


def _filtered(
    edition: StaticEdition, question: ParsedQuery, ranked: Sequence[tuple[int, float]]
) -> list[tuple[int, float]]:
    keys = sorted(edition.sources)
    found = []
    for (number, score), (tag, source) in zip(ranked, edition.told([n for n, _ in ranked]), strict=True):
        spoken = not question.languages or any(each in question.languages for each in ranges_of(tag))
        if spoken and (not question.sources or (source < len(keys) and keys[source] in question.sources)):
            found.append((number, score))
    return found


def _read(
    edition: StaticEdition,
    question: ParsedQuery,
    terms: Sequence[_Term],
    several: Sequence[tuple[int, float]],
    exact: frozenset[int],
) -> list[StaticHit]:
    """Read articles and put them in the order that their passages give them: one or two rounds of requests."""
    words = tuple(
        SoughtWord(text=term.text, forms=term.alike, weight=term.weight) for term in terms if not term.negative
    )
    phrases = list(question.phrases)
    found = edition.articles([number for number, _ in several])
    hits = []
    whole = sum(word.weight for word in words) or 1.0
    top = max((score for number, score in several if number not in exact), default=0.0)
    for each, (number, score) in zip(found, several, strict=True):
        text = project(each.article.body)
        passage = best_passage(text, words)
        if phrases and not _has_phrases(question, text, each):
            continue
        share = 0.0 if number in exact else PASSAGE * top * passage.score / whole
        hits.append(StaticHit(found=each, passage=passage, score=score + share, exact=number in exact))
    hits.sort(key=lambda hit: (not hit.exact, -hit.score, hit.found.number))
    return hits


def _has_phrases(question: ParsedQuery, text: str, each: ProvedArticle) -> bool:
    names = folded("\n".join([each.article.title, *(alias.title for alias in each.article.aliases)]))
    lower = folded(text)
    for phrase in question.phrases:
        there = bool(pattern(phrase).search(names) or (not phrase.title_only and pattern(phrase).search(lower)))
        if there == phrase.negative:
            return False
    return True
