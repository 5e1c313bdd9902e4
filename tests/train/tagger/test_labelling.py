"""What candidates are taught as."""

from __future__ import annotations

from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.subjects import Spoken
from galactica.claims.sentences.topics import Topic
from galactica.claims.tagging.candidates import candidates_of
from galactica.claims.tagging.windows import PlacedCandidate
from galactica.model.claim import Claim
from galactica.train.tagger.labelling import NOT, SAID, STANDS, UNTOLD, labels_of

NAMES = ("date_of_birth", "date_of_death", "place_of_birth", "award")
SENTENCE = "She was born in Wesel in 1896 and died in 1978."


def placed(stretch: str) -> PlacedCandidate:
    words = lexicon("en")
    assert words is not None
    topic = Topic(names=frozenset(), kind="person", nouns=frozenset(), pronouns=frozenset())
    each = next(c for c in candidates_of(SENTENCE, topic, words) if SENTENCE[c.start : c.end] == stretch)
    spoken = Spoken(sentence=SENTENCE, before=(), topic=topic, words=words)
    return PlacedCandidate(candidate=each, spoken=spoken, start=0, end=len(SENTENCE), first=0, last=0, leading=False)


def claim(name: str, stretch: str, subject: str = "") -> Claim:
    start = SENTENCE.index(stretch)
    return Claim(
        source="s",
        path="p",
        property=name,
        kind="time",
        value=stretch,
        origin="sentence",
        subject=subject,
        end=len(SENTENCE),
        value_start=start,
        value_end=start + len(stretch),
    )


def test_what_a_rule_reads_is_that_and_nothing_else() -> None:
    found = labels_of(placed("1896"), NAMES, [claim("date_of_birth", "1896")], {})
    assert list(found) == [SAID, NOT, UNTOLD, UNTOLD]


def test_what_a_rule_reads_of_somebody_else_is_none() -> None:
    found = labels_of(placed("1896"), NAMES, [claim("date_of_birth", "1896", "Ulf Borg")], {})
    assert found[0] == NOT


def test_a_value_of_a_table_stands_there_and_another_one_cannot_be() -> None:
    known = {"date_of_birth": frozenset((("1896", ""),)), "date_of_death": frozenset((("1978", ""),))}
    assert labels_of(placed("1896"), NAMES, [], known)[0] == STANDS
    assert labels_of(placed("1978"), NAMES, [], known)[0] == NOT


def test_a_value_of_two_properties_says_nothing() -> None:
    known = {"date_of_birth": frozenset((("1896", ""),)), "date_of_death": frozenset((("1896", ""),))}
    assert list(labels_of(placed("1896"), NAMES, [], known)) == [UNTOLD] * 4


def test_what_may_have_many_values_is_never_denied_by_another() -> None:
    assert labels_of(placed("Wesel"), NAMES, [], {"award": frozenset((("medal", ""),))})[3] == UNTOLD
