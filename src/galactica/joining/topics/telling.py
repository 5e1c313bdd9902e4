"""Why two articles are one topic, or are not, in words; and what a topic is."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from galactica.edition import Edition
from galactica.encode.contract import Encoder
from galactica.joining.topics.gathering import SLOTS, GatheredThings, ThingReader, linked_pages, with_marks
from galactica.joining.topics.kept import JoinedTopic, TopicPair, Topics
from galactica.joining.topics.making import weighed_pair
from galactica.joining.topics.records import ThingFile
from galactica.model import Claim

REASONS = {
    "lists namesakes": "one of them lists things of one name, the other is about one thing",
    "letters of several scripts": "a word of one title mixes letters of several scripts, as a look-alike does",
    "other identifiers": "they are identified by different numbers of one catalogue",
    "other numbers": "their titles have different numbers",
    "other brackets": "the brackets of their titles say different things",
    "other years of life": "they are about persons of different years of life",
    "other claims": "what they claim of one value differs",
    "one of a source": "a source that names each thing once would have two articles in one topic",
    "undecided": "one of them is about as near to another article of the same source",
    "another is nearer": "one of them is nearer to another article of the same source",
    "one has a bracket": "a bracket tells one of them from others of its name, and the texts have little in common",
    "titles say other things": "each title has words that no other joined pair translates by the other's",
    "one title says more": "one title has words that the other has not, and that joined pairs do not leave out",
    "links lead elsewhere": "of the things that both could link to, they have none in common",
    "parted by hand": "a rule parts them",
    "too little to go by": "there is too little to compare",
    "too little": "too little speaks for it",
    "not compared": "they share nothing by which they would be compared",
}
"""What keeps two apart, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyTopic:
    """Why two articles are, or are not, one topic.

    Attributes:
        same: whether they are.
        through: whether only other members lead from one to the other.
        pair: what they have in common, and the verdict on the pair.
        topic: of the first, where it has other members.
    """

    same: bool
    through: bool
    pair: TopicPair
    topic: JoinedTopic | None


def why(
    edition: Edition,
    topics: Topics,
    one: int,
    other: int,
    *,
    encoder: Encoder | None = None,
    claims: Callable[[int], Sequence[Claim]] | None = None,
) -> WhyTopic:
    """Why two articles, by row, are or are not one topic; what was not kept is compared anew.

    Args:
        encoder, claims: what the topics were made with.
    """
    low, high = min(one, other), max(one, other)
    topic = topics.of_row(one)
    same = topic is not None and any(member.row == other for member in topic.members)
    pair = next((each for each in topics.pairs((low,)) if (each.low, each.high) == (low, high)), None)
    if pair is None:
        pair = _anew(edition, topics, low, high, ThingReader(edition, encoder, claims))
    return WhyTopic(same=same, through=same and pair.verdict not in ("joined", "by hand"), pair=pair, topic=topic)


def _anew(edition: Edition, topics: Topics, low: int, high: int, reader: ThingReader) -> TopicPair:
    words, names = topics.words(SLOTS)
    things = []
    for row in (low, high):
        thing, counted, text = reader.read(row, edition.article(row))
        found = np.array(list(counted.items()), np.uint32).reshape(-1, 2)
        vector = reader.vectors([text])[0].tobytes()
        thing = linked_pages(edition, thing)
        things.append(with_marks(thing, found, words, max(len(edition), 2), vector))
    with tempfile.TemporaryDirectory() as folder, ThingFile(Path(folder) / "things") as file:
        found_anew = GatheredThings(things=file, words=words, names=names, vectors=np.zeros((0, 0), np.int8))
        pair = weighed_pair(things[0], things[1], found_anew, topics.weights(), (low, high), len(edition))
    shared = TopicPair(
        low=low, high=high, verdict="near", bits=pair.bits, why=pair.why or "not compared", said=pair.said
    )
    return shared


def reason_in_words(why: str) -> str:
    """What keeps two apart, in words."""
    return REASONS.get(why, why)
