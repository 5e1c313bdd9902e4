"""Links decide between candidates that are about as near, part what they contradict, and join nothing alone."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from galactica.joining.topics.kept import open_topics
from galactica.joining.topics.linked import AGREED, CONTRADICTED, FEW, KnownLinks
from galactica.joining.topics.making import make_topics
from galactica.joining.topics.records import ThingFile
from galactica.joining.topics.thing import Thing, link_key
from galactica.progress import silent
from tests.joining.topics.test_topics import VILLAGES, Built, built, joined

__all__ = ["built"]

KNOWN = 20
BRIDGE = """An old bridge of stone with three arches and a chapel of Saint Nepomuk; masons from Carrara built it for the
salt road, the flood of 1784 took its middle pier, and Navier measured its vaults."""


def thing(source: str, path: int, links: Sequence[int] = (), identifiers: tuple[str, ...] = ()) -> Thing:
    keys = tuple(sorted(link_key(source, str(each)) for each in links))
    return Thing(
        source=source, path=str(path), title=f"{source}{path}", language="en", links=keys, identifiers=identifiers
    )


Linked = Callable[..., KnownLinks]


@pytest.fixture
def linked(tmp_path: Path) -> Iterator[Linked]:
    """Rows 0 to 19 and 20 to 39 are the same known things of two sources; 40 and the next link to what is given."""
    files: list[ThingFile] = []

    def open_linked(*links: Sequence[int], identifiers: tuple[str, ...] = ()) -> KnownLinks:
        file = ThingFile(tmp_path / f"things{len(files)}")
        files.append(file)
        for source in ("a", "b"):
            for path in range(KNOWN):
                file.append(thing(source, path))
        file.append(thing("a", 90, links[0], identifiers))
        for number, each in enumerate(links[1:]):
            file.append(thing("b", 91 + number, each, identifiers))
        groups = np.array([0] * KNOWN + [1] * KNOWN + [0] + [1] * (len(links) - 1), np.int64)
        return KnownLinks(file, groups, [(at, KNOWN + at) for at in range(KNOWN)])

    yield open_linked
    for each in files:
        each.__exit__(None, None, None)


def test_links_to_the_same_known_things_agree(linked: Linked) -> None:
    known = linked(range(8), range(8), range(10, 18))
    same, other = known.agreed(40, 41), known.agreed(40, 42)
    assert (same.agree, same.could, same.bits) == (8, 8, AGREED)
    assert (other.agree, other.could, other.bits) == (0, 8, 0)
    assert same.rows == ((0, KNOWN), (1, KNOWN + 1), (2, KNOWN + 2))
    assert (known.against(40, 41), known.against(40, 42)) == ("", "links lead elsewhere")


def test_few_links_say_nothing(linked: Linked) -> None:
    few = linked(range(FEW - 1), range(FEW - 1), range(10, 10 + CONTRADICTED - 1))
    assert few.agreed(40, 41).bits == 0
    assert few.against(40, 42) == ""


def test_what_an_identifier_joins_no_link_parts(linked: Linked) -> None:
    known = linked(range(8), range(8), range(10, 18), identifiers=("wikidata:Q1",))
    assert known.against(40, 42) == ""


def test_links_to_what_only_one_source_has_and_to_nothing_say_nothing(linked: Linked) -> None:
    known = linked([*range(3), 77, 78], [*range(3), 79])
    assert (known.agreed(40, 41).agree, known.agreed(40, 41).could) == (3, 3)


def test_links_decide_between_two_of_one_name_and_are_told(built: Built) -> None:
    villages = [
        (
            f"Village {name}",
            f"{name} is a village at the {name}a, between {name}ford and Mount {name}or. Its mill of {1801 + at} "
            f"stands by {name}gate; the {name}ings held the place, and {name}ish was spoken in {name}shire.",
        )
        for at, name in enumerate(f"{name}{ending}" for ending in ("", "by", "um") for name in VILLAGES)
    ]

    def links(first: int) -> str:
        return " ".join(f'<a href="./{at}">this</a>' for at in range(first, first + 4))

    plain = [*villages, ("Old Bridge", BRIDGE), ("Old bridge", BRIDGE)]
    told = [*villages, ("Old Bridge", f"{BRIDGE} {links(0)}"), ("Old bridge", f"{BRIDGE} {links(4)}")]
    crossed = [*villages, ("Old Bridge", f"{BRIDGE} {links(4)}"), ("Old bridge", f"{BRIDGE} {links(0)}")]
    without, edition = built(plain, plain), built(told, crossed)
    for each in (without, edition):
        make_topics(each, None, silent)
    bridges = [
        sorted(topic for topic in joined(each) if any("ridge" in title for title in topic))
        for each in (without, edition)
    ]
    assert bridges[0] == []
    assert set(bridges[1]) == {
        frozenset({"0 Old Bridge", "1 Old bridge"}),
        frozenset({"0 Old bridge", "1 Old Bridge"}),
    }
    said = [
        field.level
        for pair in open_topics(edition).all_pairs()
        if pair.verdict == "joined"
        for field in pair.said
        if field.field == "links"
    ]
    assert "4 of 4 links lead to the same things, e.g. Village Aber – Village Aber" in " ".join(said)
