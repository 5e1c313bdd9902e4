"""The claims of an edition, compared and kept."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from hashlib import blake2b
from pathlib import Path
from typing import cast

import pytest

from galactica.edition import Edition
from galactica.edition.derived import derived_digest
from galactica.errors import StepMissingError
from galactica.joining.disagreements import things
from galactica.joining.disagreements.gathering import MOST_GATHERED, claims_by_topic
from galactica.joining.disagreements.group import GroupKind
from galactica.joining.disagreements.kept import NAME, disagreements_of, open_disagreements
from galactica.joining.disagreements.making import make_disagreements
from galactica.joining.disagreements.rows import group_of, group_row
from galactica.joining.disagreements.things import known_things
from galactica.library import build
from galactica.model import Article
from galactica.model.document import Qualifier
from tests.joining.disagreements.claims import claim, only
from tests.joining.disagreements.shelf import made_edition, read_claims


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Edition]:
    with Edition.open(made_edition(tmp_path_factory.mktemp("norrby"))) as opened:
        yield opened


def test_each_group_is_kept_with_what_it_is(edition: Edition) -> None:
    kinds = {group.property: group.kind for group in open_disagreements(edition)}
    assert kinds == {"area": GroupKind.DIFFER, "founded": GroupKind.DIFFER, "population": GroupKind.TIME}


def test_articles_of_one_title_are_of_one_topic_and_lead_to_its_groups(edition: Edition) -> None:
    found = open_disagreements(edition)
    topics = {tuple(found.topics_of(article.source, article.path)) for _, article in edition.scan(body=False)}
    assert len(topics) == 1
    ((topic,),) = topics
    assert sorted(group.property for group in found.groups(topic=topic)) == ["area", "founded", "population"]
    assert list(found.groups(topic="another")) == []
    assert [group.property for group in found.groups(property="area")] == ["area"]
    assert sorted(found.kinds(topic)) == ["differ", "differ", "time"]


def test_the_same_claims_in_another_order_give_the_same_bytes(edition: Edition) -> None:
    before = derived_digest(edition, NAME)
    claims = read_claims(edition)
    random.Random(3).shuffle(claims)
    assert make_disagreements(edition, claims)[GroupKind.DIFFER] == 2
    assert derived_digest(edition, NAME) == before


def test_topics_that_were_made_elsewhere_are_taken(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "1", "title": "One", "text": "It has 5."}))
    (tmp_path / "b.jsonl").write_text(json.dumps({"id": "2", "title": "Other", "text": "It has 6."}))
    build(tmp_path / "e", [str(tmp_path / "a.jsonl"), str(tmp_path / "b.jsonl")], workers=1, meaning=False)
    with Edition.open(tmp_path / "e") as edition:
        assert disagreements_of(edition) is None
        with pytest.raises(StepMissingError):
            open_disagreements(edition)
        claims = [claim("5", "a", path="1", property="area"), claim("6", "b", path="2", property="area")]
        assert make_disagreements(edition, claims)[GroupKind.DIFFER] == 0
        counts = make_disagreements(edition, claims, topics=[("both", (0, 1), ("wikidata:Q5",))])
        assert counts[GroupKind.DIFFER] == 1
        stated = claim("5", "w", path="s", property="area", origin="statement", subject="wikidata:Q5")
        make_disagreements(edition, [*claims, stated], topics=[("both", (0, 1), ("wikidata:Q5",))])
        (group,) = open_disagreements(edition).groups(topic="both")
        assert [len(side.claims) for side in group.sides] == [2, 1]


def test_a_name_that_two_topics_have_is_nobodys(tmp_path: Path) -> None:
    rows = [{"id": str(n), "title": "Mercury", "text": "x.", "identifiers": [f"wikidata:Q{n}"]} for n in (1, 2)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, rows)))
    build(tmp_path / "e", [str(tmp_path / "a.jsonl")], workers=1, meaning=False)
    with Edition.open(tmp_path / "e") as edition, known_things(edition, None, tmp_path / "t.sqlite") as things:
        assert things.known("Mercury") == frozenset()
        assert things.known("wikidata:Q1") == frozenset(("mercury", "wikidata:Q1"))
        assert things.of_subject("a", "wikidata:Q1") != things.of_subject("a", "wikidata:Q2")


def test_claims_come_by_topic_and_property_and_too_many_are_counted(tmp_path: Path) -> None:
    rows = [claim(str(n), f"s{n:05}") for n in range(MOST_GATHERED + 7)] + [claim("5", property="a"), claim("nobody")]
    place_of = lambda each: ("" if each.value == "nobody" else "t", "")  # noqa: E731
    found = list(claims_by_topic(rows, place_of, tmp_path / "c.sqlite"))
    assert [(each.property, len(each.claims), each.left_out) for each in found] == [
        ("a", 1, 0),
        ("p", MOST_GATHERED, 7),
    ]
    assert not (tmp_path / "c.sqlite").exists()


def test_a_group_comes_back_as_it_was() -> None:
    more = (Qualifier(property="x", kind="text", value="y"),)
    group = only([claim("5", bounds=("4", "6"), qualifiers=more), claim("7", "b", qualifiers=more, confidence=0.5)])
    assert group_of(group_row(group)) == group


class ManyArticles:
    """What is looked at of an edition, of many articles whose titles come in no order."""

    sources = ()

    def __init__(self, count: int) -> None:
        self._count = count

    def __len__(self) -> int:
        return self._count

    def scan(self, *, body: bool) -> Iterator[tuple[int, Article]]:
        for number in range(self._count):
            title = blake2b(str(number).encode(), digest_size=8).hexdigest()
            yield (
                number,
                Article(
                    id=title.encode(),
                    source="s",
                    path=title,
                    title=title,
                    language="en",
                    body="",
                    aliases=(),
                    categories=(),
                ),
            )


def test_articles_are_read_in_their_order_where_their_names_are_gathered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = Path("/proc/self/io")
    if not told.exists():
        pytest.skip("this system does not count what a process reads")
    monkeypatch.setattr(things, "CACHE", 64 * 2**10)
    many = cast("Edition", ManyArticles(4_000))
    before = int(told.read_text().split()[1])
    known_things(many, (("t", (0, 1), ()),), tmp_path / "things.sqlite").close()
    assert int(told.read_text().split()[1]) - before < 4_000_000  # one by one by their names: 40 MB
