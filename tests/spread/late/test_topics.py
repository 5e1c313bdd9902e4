"""Where topics lie in a release."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.errors import ProofError
from galactica.spread.late.topics import MOST_PACKS, TopicFinder
from galactica.spread.packets.broadcasting import travelling
from galactica.spread.release.document import LEAVES, PACK, Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.publication import published_releases
from tests.spread.packets.conftest import many, published_many

__all__ = ["many", "published_many"]


def finder(folder: Path) -> tuple[TopicFinder, Release]:
    ((_, raw),) = published_releases(folder)
    release = Release.from_bytes(raw)
    objects = [each for each in release.objects if each.kind in (PACK, LEAVES)]
    assert len(objects) == len(travelling(release))
    return TopicFinder(
        objects, lambda at: (folder / object_path(objects[at].hash)).read_bytes(), release.format
    ), release


def test_a_title_leads_to_its_pack_and_words_of_many_to_a_few(published_many: Path) -> None:
    find, _ = finder(published_many)
    (first, *_), (last, *_) = find("Thing 3"), find("thing 170")
    assert first != last
    assert find("THING   170!")[0] == last
    assert 1 < len(find("thing")) <= MOST_PACKS
    assert find("no such word") == ()
    assert find("  ") == ()
    assert find("170 thing") == (last,)
    assert find("the thing 170 on Mars") == (last,)


def test_a_damaged_pack_is_said_to_be_damaged(published_many: Path) -> None:
    ((_, raw),) = published_releases(published_many)
    release = Release.from_bytes(raw)
    with pytest.raises(ProofError):
        TopicFinder(release.objects, lambda at: b"damaged", release.format)("rain")
