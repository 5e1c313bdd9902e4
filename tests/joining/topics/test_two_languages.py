"""Links and learned names join what names alone could not, in two languages; names come first; nothing is in doubt."""

from __future__ import annotations

import json
import random
from collections.abc import Sequence
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.joining.topics import making, two_languages
from galactica.joining.topics.kept import TopicPair, open_topics
from galactica.joining.topics.making import make_topics
from galactica.joining.topics.telling import why
from galactica.progress import silent
from tests.joining.topics.conftest import BuiltOf, Page
from tests.joining.topics.test_aligning import spelt

MANY, TOLD = 130, 80
"""Things that both sources have; of these, those of which both sources have one name."""


def page(at: int, language: str, title: str, links: Sequence[int], text: str = "", alias: str = "") -> Page:
    linked = " ".join(f'<a href="./{other}">{other}x</a>' for other in links)
    body = f"<p>{title}. {text} {linked}</p>"
    return {"path": f"{at}", "title": title, "language": language, "body": body, "aliases": [alias] if alias else []}


def things(*, links: bool = True, language: str = "zh") -> tuple[list[Page], list[Page]]:
    """Page n of one source is on what page n of the other is on, and called so in signs; the first have the other name,
    too, and years in common, the others have links alone."""
    rng = random.Random(4)
    names = [spelt(rng) for _ in range(MANY)]
    ways = [sorted(rng.sample(range(MANY), 12)) if links else [] for _ in range(MANY)]
    sides: tuple[list[Page], list[Page]] = ([], [])
    for at, (plain, signs) in enumerate(names):
        text = f"Anno {1201 + at} / {2301 + 7 * at} / {5003 + at * at}." if at < TOLD else ""
        sides[0].append(page(at, "en", plain, ways[at], text))
        sides[1].append(page(at, language, signs, ways[at], text, plain if at < TOLD else ""))
    return sides


def joined(edition: Edition) -> list[tuple[tuple[str, str], ...]]:
    """The topics, each as the source and path of its articles."""
    found = []
    for topic in open_topics(edition):
        heads = [edition.head(member.row) for member in topic.members]
        found.append(tuple((head.source, head.path) for head in heads))
    return found


def paths(edition: Edition) -> list[tuple[str, ...]]:
    return [tuple(path for _, path in topic) for topic in joined(edition)]


def by_links(edition: Edition) -> list[TopicPair]:
    return [each for each in open_topics(edition).all_pairs() if each.said[-1].field == "next"]


def everything(edition: Edition) -> tuple[object, ...]:
    topics = open_topics(edition)
    return list(topics), list(topics.all_pairs()), topics.weights(), topics.counts()


def test_what_names_do_not_join_links_do_and_why_tells(built_of: BuiltOf, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = built_of(*things())
    make_topics(edition, None, silent)
    found = paths(edition)
    assert all(one == other for one, other in found)
    assert sum(int(one) >= TOLD for one, _ in found) > (MANY - TOLD) // 2
    several = [each for each in by_links(edition) if each.verdict == "joined"]
    for pair in several:
        assert sum(each.bits for each in pair.said) == pair.bits
        assert why(edition, open_topics(edition), pair.low, pair.high).same
    assert "links lead to the same things, e.g. " in several[0].said[-3].level
    monkeypatch.setattr(making, "matched_pairs", lambda *given: iter(()))
    make_topics(edition, None, silent)
    assert all(int(one) < TOLD for one, _ in paths(edition))


def test_the_same_edition_gives_the_same_rows(built_of: BuiltOf) -> None:
    edition = built_of(*things())
    make_topics(edition, None, silent)
    before = everything(edition)
    make_topics(edition, None, silent)
    assert everything(edition) == before


@pytest.mark.parametrize("sides", [things(links=False), things(language="en")])
def test_without_links_or_in_one_language_all_is_as_before(
    built_of: BuiltOf, monkeypatch: pytest.MonkeyPatch, sides: tuple[list[Page], list[Page]]
) -> None:
    edition = built_of(*sides)
    make_topics(edition, None, silent)
    found = everything(edition)
    assert joined(edition)
    monkeypatch.setattr(making, "matched_pairs", lambda *given: iter(()))
    make_topics(edition, None, silent)
    assert everything(edition) == found


def test_what_names_join_stays_joined(built_of: BuiltOf, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = built_of(*things())
    make_topics(edition, None, silent)
    found = set(joined(edition))
    monkeypatch.setattr(making, "matched_pairs", lambda *given: iter(()))
    make_topics(edition, None, silent)
    assert set(joined(edition)) < found


def test_few_known_pairs_teach_nothing(built_of: BuiltOf, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(two_languages, "LEAST_KNOWN", TOLD + 1)
    edition = built_of(*things())
    make_topics(edition, None, silent)
    assert not by_links(edition)


def test_an_article_that_the_other_source_lacks_is_joined_with_nothing(built_of: BuiltOf) -> None:
    ours, theirs = things()
    lacking = set(range(TOLD, MANY, 2))
    edition = built_of(ours, [each for at, each in enumerate(theirs) if at not in lacking])
    make_topics(edition, None, silent)
    found = paths(edition)
    assert all(one == other for one, other in found)
    assert sum(int(one) >= TOLD for one, _ in found) > (MANY - TOLD) // 5


def test_titles_of_other_numbers_and_lists_of_namesakes_are_never_joined(built_of: BuiltOf) -> None:
    ours, theirs = things()
    for at in range(TOLD, MANY):
        number = at % 3 == 0
        ours[at] = {**ours[at], "title": f"{ours[at]['title']} {3 if number else ''}".strip()}
        theirs[at] = {**theirs[at], "title": f"{theirs[at]['title']} {4 if number else ''}".strip()}
        if at % 3 == 1:
            theirs[at] = {**theirs[at], "categories": ["Disambiguation pages"]}
    edition = built_of(ours, theirs)
    make_topics(edition, None, silent)
    found = [int(one) for one, _ in paths(edition)]
    assert not any(at >= TOLD and at % 3 < 2 for at in found)
    assert any(at >= TOLD for at in found)


def test_a_rule_by_hand_parts_what_links_join(built_of: BuiltOf, tmp_path: Path) -> None:
    edition = built_of(*things())
    make_topics(edition, None, silent)
    pair = next(each for each in by_links(edition) if each.verdict == "joined")
    places = [[head.source, head.path] for head in (edition.head(pair.low), edition.head(pair.high))]
    rules = tmp_path / "rules.toml"
    rules.write_text(f"[[part]]\narticles = {json.dumps(places)}\n", encoding="utf-8")
    make_topics(edition, rules, silent)
    assert tuple(map(tuple, places)) not in joined(edition)


def test_of_large_sources_those_are_matched_that_link_to_most(
    built_of: BuiltOf, monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = things()
    alone = [page(MANY + at, "en", f"Alone {spelt(random.Random(at))[0]}", []) for at in range(60)]
    edition = built_of([*alone, *ours], theirs)
    monkeypatch.setattr(two_languages, "MOST_RECORDS", MANY + 10)
    make_topics(edition, None, silent)
    found = paths(edition)
    assert all(one == other for one, other in found)
    assert any(int(one) >= TOLD for one, _ in found)
