"""What the tagger claims of an article, where rules said nothing.

Only of what the article is about, and only what is new: of a value that a rule reads nothing else is claimed, a
property's value that is claimed already is not claimed again, and where a thing has one value of a property that the
article already says, no other is proposed; of several proposals for such a property the surest is taken. Limits
(reported speech, denial, plans …) are those of the rules, around the value.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from galactica.claims.property_table import Property, known_properties
from galactica.claims.sentences.lexicon import Lexicon, lexicon
from galactica.claims.sentences.limits import limits_of, time_of
from galactica.claims.sentences.values_read import ReadValue
from galactica.claims.tagging.candidates import dates_in, people_end, place_end, properties_of, value_key
from galactica.claims.tagging.features import features_of
from galactica.claims.tagging.head import SHIPPED_HEAD, Floats, TaggerHead, open_head
from galactica.claims.tagging.windows import LaidArticle, PlacedCandidate, windows_of
from galactica.encode.cross import SHIPPED_NETWORK, CrossEncoder, lower_half_digest, open_cross_encoder
from galactica.errors import EditionError
from galactica.languages import primary
from galactica.model.claim import Claim

PLACES = frozenset(
    "place_of_birth place_of_death located_in headquarters place_of_formation country capital river_mouth".split()
)
"""Properties whose value may go on behind a comma."""

PEOPLES = frozenset(("nationality", "country_of_origin"))
"""Properties whose value is a people, without what follows: "American DJ"."""

PERSONS = frozenset("spouse father mother parent child author director composer founder architect discoverer".split())
"""Properties whose value is mostly a person, in whose name "of" begins where from."""

LIFE = frozenset(("date_of_birth", "date_of_death"))
"""Properties whose value in brackets is of the name before them: the article's thing in its first sentence alone."""

_OF_A_PART = {"population": "part_counted", "area": "part_measured"}
"""Property → expression for what stands before an amount of something else: employees, a river's basin, floors."""

CLAUSES = (",", ";", "，", "；", "。", "、")
"""Marks between clauses."""

_GOES_ON = re.compile(r"\s?[\"“]|\s(?:of|&)\s[A-Z]")
_BRANCH = re.compile(r", [A-Z]")

MAKE = "Name the reader's file that the tagger was made with, or make another tagger: galactica train tagger."


class Tagger:
    """Reads articles; use `open_tagger`.

    Attributes:
        digest: SHA-256 of its head.
    """

    def __init__(self, head: TaggerHead, network: CrossEncoder) -> None:
        self._head, self._network = head, network
        self._at = {name: number for number, name in enumerate(head.names)}

    @property
    def digest(self) -> str:
        """SHA-256 of the head's file, which names the network too."""
        return self._head.digest

    def reads(self, language: str) -> Lexicon | None:
        """The words of a language that it reads; None for others."""
        return lexicon(language) if primary(language) in self._head.languages else None

    def claims(self, laid: LaidArticle, text: str, said: Sequence[Claim], source: str, path: str) -> list[Claim]:
        """What it claims of an article, in the order of the text.

        Args:
            laid: the article as it is laid out.
            text: its projection.
            said: what is claimed already.
        """
        taken = sorted({(claim.value_start, claim.value_end) for claim in said})
        found: list[tuple[float, Claim]] = []
        for tagged in windows_of(laid, self._network.tokenizer):
            state = self._network.halfway([tagged.window])[0].state[0]
            logits = self._head.logits(features_of(tagged, state))
            for placed, row in zip(tagged.placed, logits, strict=True):
                start, end = placed.start + placed.candidate.start, placed.start + placed.candidate.end
                if any(low < end and start < high for low, high in taken):
                    continue
                best = self._best(placed, row)
                if best is not None:
                    claim = _claim(placed, best[0], self._head.confidence(best[1]), laid, text, (source, path))
                    found += [(best[1], claim)] if claim is not None else []
        return _new(found, said)

    def _best(self, placed: PlacedCandidate, logits: Floats) -> tuple[Property, float] | None:
        """The property that a candidate is surest a value of, and how far that is above its threshold."""
        thresholds = self._head.thresholds[int(not placed.spoken.words.spaced)]
        fitting = [each for each in properties_of(placed.candidate.kind) if each.id in self._at]
        scored = [(float(logits[self._at[each.id]] - thresholds[self._at[each.id]]), each) for each in fitting]
        above, best = max(scored, key=lambda pair: pair[0], default=(-1.0, None))
        return (best, above) if best is not None and above >= 0 else None


def _claim(
    placed: PlacedCandidate, each: Property, sure: float, laid: LaidArticle, text: str, home: tuple[str, str]
) -> Claim | None:
    """A claim of a candidate; None where its sentence says that it is none."""
    candidate, sentence = placed.candidate, placed.spoken.sentence
    low, high = candidate.start, candidate.end
    if each.id in PLACES:
        high = place_end(sentence, low, high, laid.words)
    elif each.id in PEOPLES:
        high = people_end(sentence, low, laid.words)
    part = _OF_A_PART.get(each.id)
    if part is not None and laid.words.patterns[part].search(sentence[:low]):
        return None
    if each.id in LIFE and not placed.leading and sentence.rfind("(", 0, low) > sentence.rfind(")", 0, low):
        return None
    if high <= low or _cut_short(each, sentence, low, high):
        return None
    reading = candidate.reading
    if reading.kind == "item":
        reading = ReadValue(kind="item", value=sentence[low:high])
    limits = limits_of(sentence, (low, high), (low, high), reading, laid.words)
    time = _when(sentence, (low, high), laid.words) if each.changes else ""
    if limits is None or time is None:
        return None
    start, end = placed.start + low, placed.start + high
    return Claim(
        source=home[0],
        path=home[1],
        property=each.id,
        kind=reading.kind,
        value=text[start:end] if reading.kind == "item" else reading.value,
        unit=reading.unit,
        bounds=reading.bounds,
        time=time,
        qualifiers=limits,
        start=placed.start,
        end=placed.end,
        value_start=start,
        value_end=end,
        origin="tagger",
        rule="tagger",
        confidence=sure,
    )


def _when(sentence: str, span: tuple[int, int], words: Lexicon) -> str | None:
    """When something holds that is of its time: as rules find it, else the date that its clause or its sentence has;
    None where there are several."""
    told = time_of(sentence, span, words)
    if told is None or told:
        return told
    before = max(sentence.rfind(mark, 0, span[0]) for mark in CLAUSES) + 1
    for part in (sentence[before : span[0]], sentence):
        found = dates_in(part, words)
        if found:
            return found[0] if len(set(found)) == 1 else None
    return ""


def _cut_short(each: Property, sentence: str, low: int, high: int) -> bool:
    """Whether a name seems to go on, or to hold more than the name."""
    if each.kind != "item":
        return False
    if _GOES_ON.match(sentence, high) or (each.id in PERSONS and " of " in sentence[low:high]):
        return True
    return each.id == "educated_at" and " of " in sentence[low:high] and _BRANCH.match(sentence, high) is not None


def _new(found: Sequence[tuple[float, Claim]], said: Sequence[Claim]) -> list[Claim]:
    """Of proposals those that say something new and fit what is said."""
    table = known_properties()
    known: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
    for claim in said:
        if not claim.subject:
            known[claim.property].add(value_key(claim))
    taken: list[Claim] = []
    for _, claim in sorted(found, key=lambda pair: (-pair[0], pair[1].value_start, pair[1].property)):
        own = known[claim.property]
        one = not table[claim.property].many and not table[claim.property].changes
        if value_key(claim) in own or (one and own):
            continue
        own.add(value_key(claim))
        taken.append(claim)
    return sorted(taken, key=lambda claim: (claim.value_start, claim.property))


def open_tagger(network: Path, head: Path = SHIPPED_HEAD) -> Tagger:
    """Open the tagger.

    Args:
        network: the file of the network that its head is for.

    Raises:
        MissingError: onnxruntime or tokenizers is not installed, or there is no such network.
        EditionError: a file is damaged, or the head is for another network.
    """
    opened = open_head(head)
    read = open_cross_encoder(network, threads=1, remedy=MAKE)
    if lower_half_digest(network) != opened.network:
        raise EditionError(f"{head.name} is for another network than {network.name}.", MAKE)
    return Tagger(opened, read)


def shipped_tagger_digest() -> str:
    """SHA-256 of the head that ships.

    Raises:
        EditionError: it is missing or damaged.
    """
    return open_head(SHIPPED_HEAD).digest


@cache
def shipped_tagger(digest: str) -> Tagger:
    """The tagger that ships, opened once in a process.

    Args:
        digest: that its head must have.

    Raises:
        MissingError: onnxruntime or tokenizers is not installed.
        EditionError: a file is damaged, or it is another head.
    """
    opened = open_tagger(SHIPPED_NETWORK)
    if opened.digest != digest:
        raise EditionError("This machine has another tagger.", "Install the same version on every machine.")
    return opened
