"""Topics of an edition: what is joined, what is kept apart, what is said of it, and what a person decides."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica.edition import Edition
from galactica.edition.derived import derived_dir
from galactica.errors import StepMissingError, UsageError
from galactica.joining.topics import kept
from galactica.joining.topics.kept import open_topics
from galactica.joining.topics.making import TopicsMade, make_topics
from galactica.joining.topics.rules import parsed_rules
from galactica.model import article_id
from galactica.progress import silent
from tests.cli.conftest import call
from tests.joining.topics.conftest import BuiltOf

Doc = tuple[str, str]

PLANET = """Mercury is the first planet from the Sun. It was observed by Mariner 10 and by MESSENGER, and BepiColombo is
on its way. The Caloris basin is its largest crater, 1,550 kilometres wide. Its day lasts 176 days; it has no moon."""
PLANET_TOO = """Mercury, the planet nearest to the Sun, was mapped by MESSENGER after Mariner 10 had flown past it. Its
Caloris basin measures 1,550 kilometres. BepiColombo will follow. Its day is 176 of ours; Mercury has no moon."""
METAL = """Mercury is a metal that is liquid at room temperature, with the number 80. Cinnabar is its ore, mined at
Almadén and Idrija. Thermometers held it until the Minamata convention; Torricelli made the barometer with it."""
METAL_TOO = """Mercury is the element of number 80, a liquid metal won from cinnabar at Idrija and Almadén. Torricelli
filled his barometer with it. The Minamata convention bans most thermometers that hold it."""
GOD = """Mercury is a god of the Romans, of trade and of travellers, who carries the caduceus. His temple stood at the
Circus Maximus from 495 before Christ. The Greeks called him Hermes; Maia was his mother, the Mercuralia his feast."""
GOD_TOO = """Mercury, whom the Greeks called Hermes, was the son of Maia and carried the caduceus. The Romans kept the
Mercuralia for their god of trade, whose temple at the Circus Maximus was old in 495 already."""
VILLAGES = ("Aber", "Bran", "Cull", "Dorn", "Esk", "Fenn", "Garr", "Holm")
MANY = tuple(
    (f"Village {name}", f"{name} is a village at the river {name}a. Its mill of {1801 + at} still stands.")
    for at, name in enumerate(VILLAGES)
)
FIRST = (("Mercury (planet)", PLANET), ("Mercury (element)", METAL), ("Mercury (mythology)", GOD),
         ("Mercury (disambiguation)", "Mercury may refer to: a planet, a metal, a god."), *MANY)  # fmt: skip
SECOND = (("Mercury (planet)", PLANET_TOO), ("Mercury (metal)", METAL_TOO), ("Mercury (god)", GOD_TOO),
          ("Mercury", "Mercury may refer to several things."), *MANY)  # fmt: skip

Built = Callable[..., Edition]


@pytest.fixture
def built(built_of: BuiltOf) -> Built:
    """An edition of sources, each of titles and texts."""
    return lambda *sources: built_of(
        *(
            [
                {"path": f"{at}", "title": title, "language": "en", "body": f"<p>{body}</p>"}
                for at, (title, body) in enumerate(docs)
            ]
            for docs in sources
        )
    )


def made(edition: Edition, rules: Path | None = None) -> TopicsMade:
    return make_topics(edition, rules, silent)


def joined(edition: Edition) -> set[frozenset[str]]:
    """The topics, by titles with the number of their source."""
    numbers = {source.key: str(at) for at, source in enumerate(edition.sources)}
    found = set()
    for topic in open_topics(edition):
        heads = [edition.head(member.row) for member in topic.members if member.row >= 0]
        found.add(frozenset(f"{numbers[head.source]} {head.title}" for head in heads))
    return found


def test_namesakes_stay_apart_and_each_finds_its_own(built: Built) -> None:
    edition = built(FIRST, SECOND)
    made(edition)
    found = joined(edition)
    assert frozenset({"0 Mercury (planet)", "1 Mercury (planet)"}) in found
    for topic in found:
        kinds = {
            word for title in topic for word in ("planet", "element", "metal", "mythology", "god") if word in title
        }
        assert kinds in ({"planet"}, {"element", "metal"}, {"mythology", "god"}, set())


def test_the_same_edition_gives_the_same_rows(built: Built) -> None:
    edition = built(FIRST, SECOND)
    made(edition)
    before = [list(open_topics(edition)), list(open_topics(edition).all_pairs())]
    made(edition)
    assert [list(open_topics(edition)), list(open_topics(edition).all_pairs())] == before


def test_a_topic_is_called_after_its_first_member(built: Built) -> None:
    edition = built(FIRST, SECOND)
    made(edition)
    for topic in open_topics(edition):
        heads = [edition.head(member.row) for member in topic.members]
        first = min(heads, key=lambda head: (head.source, head.path))
        assert topic.id == article_id(first.source, first.path).hex()


def test_a_thousand_articles_of_one_title_are_compared_in_few_pairs(built: Built) -> None:
    edition = built([("Same", f"A thing of number {at}, unlike all.") for at in range(500)], [("Same", "Another.")] * 1)
    found = made(edition)
    assert found.pairs < 20_000
    assert found.joined == 0


def test_empty_texts_and_hostile_titles_are_joined_with_nothing(built: Built) -> None:
    strange = [("\u202eyrucreM", "x"), ("Ꮇercury", "x y"), ("A" * 5_000, "x y z"), ("٣٣٣", "1"), ("🜍", "🜍 🜍")]
    edition = built(strange, [("Mercury", "A word."), ("A" * 4_999 + "B", "x"), ("333", "2")])
    assert made(edition).topics == 0


def test_a_name_in_mixed_letters_is_not_joined_with_what_it_looks_like(built: Built) -> None:
    edition = built((("Меrсury (planet)", PLANET), *FIRST[1:]), SECOND)
    made(edition)
    assert not any("rсury" in title for topic in joined(edition) for title in topic)
    assert "letters of several scripts" in [pair.why for pair in open_topics(edition).all_pairs()]


def test_topics_are_not_there_before_they_are_made(built: Built) -> None:
    edition = built(FIRST)
    with pytest.raises(StepMissingError, match="no topics yet"):
        open_topics(edition)
    made(edition)
    assert list(open_topics(edition)) == []


def places(edition: Edition, *named: tuple[int, str]) -> str:
    """Articles as a rule names them."""
    keys = [source.key for source in edition.sources]
    found = {(edition.head(row).source, edition.head(row).title): edition.head(row).path for row in range(len(edition))}
    return json.dumps([[keys[number], found[keys[number], title]] for number, title in named])


def test_a_person_parts_and_joins_and_is_heeded_when_topics_are_made_again(built: Built, tmp_path: Path) -> None:
    edition = built(FIRST, SECOND)
    rules = tmp_path / "rules.toml"
    planets = places(edition, (0, "Mercury (planet)"), (1, "Mercury (planet)"))
    odd = places(edition, (0, "Village Aber"), (1, "Village Holm"))
    rules.write_text(f"[[part]]\narticles = {planets}\n[[join]]\narticles = {odd}\nwhy = 'a test'\n")
    assert made(edition, rules).rules == 2
    for _ in range(2):
        found = joined(edition)
        assert not any({"0 Mercury (planet)", "1 Mercury (planet)"} <= topic for topic in found)
        assert any({"0 Village Aber", "1 Village Holm"} <= topic for topic in found)
        made(edition)
    assert (derived_dir(edition, kept.NAME) / kept.RULES).read_text() == rules.read_text()


def test_a_rule_on_an_article_that_is_not_there_is_told_and_kept(built: Built, tmp_path: Path) -> None:
    edition = built(FIRST)
    rules = tmp_path / "rules.toml"
    rules.write_text('[[join]]\narticles = [["x", "y"], ["x", "z"]]\n')
    assert made(edition, rules).unknown == (("x", "y"), ("x", "z"))


@pytest.mark.parametrize(
    "text",
    [
        "[[join]]",
        "join = 3",
        "[[joins]]",
        "x = 1",
        "[[join]]\narticles = [['a', 'b']]",
        "[[part]]\narticles = [1, 2]",
        "[[join]]\narticles = [['a', 'b'], ['c', 'd']]\nwhy = 3",
        "[[join]]\narticles = [['a', 'b'], ['c', 'd']]\nand = 1",
        "= =",
    ],
)
def test_rules_that_are_not_understood_are_refused_whole(text: str) -> None:
    with pytest.raises(UsageError):
        parsed_rules(text, "rules.toml")


def test_a_terminal_says_why(built: Built) -> None:
    edition = built(FIRST, SECOND)
    path = str(edition.path)
    said = call("topics", path, "--make")
    assert said.code == 0
    assert "Mercury (planet)" in said.out
    keys = [source.key for source in edition.sources]
    heads = [edition.head(row) for row in range(len(edition))]
    here = [{head.title: head for head in heads if head.source == key} for key in keys]
    one, other, metal = here[0]["Mercury (planet)"], here[1]["Mercury (planet)"], here[1]["Mercury (metal)"]
    said = call("why", path, f"{one.source}/{one.path}", other.id.hex())
    assert "are one topic" in said.out
    assert "name: same title" in said.out
    said = call("why", path, one.id.hex(), metal.id.hex())
    assert "are not one topic" in said.out
    assert "brackets" in said.out
    document = call("why", path, "Mercury (planet)", "Mercury (planet)", "--json").json
    assert document["same"] is True
    listed = call("topics", path, "Mercury (planet)", "--json").json["topics"]
    assert isinstance(listed, list)
    assert len(listed) == 1
    assert call("topics", path, "Nowhere").code != 0
