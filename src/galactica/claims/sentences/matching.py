"""What the rules find in one sentence: subject, property, value, limits, each with its place."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.claims.property_table import known_properties
from galactica.claims.sentences.couples import of_a_couple
from galactica.claims.sentences.cutting import without_opening
from galactica.claims.sentences.lexicon import SentenceRule
from galactica.claims.sentences.limits import OF_LIFE, former_of, limits_of, since_then, time_of
from galactica.claims.sentences.refused import is_none
from galactica.claims.sentences.slots import MEASURED
from galactica.claims.sentences.sorts import LIVES, OF_ONE
from galactica.claims.sentences.sought import SOUGHT, sought_values
from galactica.claims.sentences.subjects import (
    Spoken,
    meant_by_it,
    subject_along,
    subject_before,
    subject_defined,
    subject_named,
    subject_still,
)
from galactica.claims.sentences.subjects_unspaced import subject_unspaced
from galactica.claims.sentences.topics import name_key, without_brackets
from galactica.claims.sentences.values_read import ReadValue, read_amount, read_date
from galactica.model.document import Qualifier

MOST_MATCHES = 4
"""Of one rule in one sentence."""

MOST_WORDS_BESIDE = 12
"""Words between a name and the bracket of its dates: how else it is called; with more it is told of somebody else."""

_LONG_NUMBER = re.compile(r"\d{3}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A claim in a sentence; positions are in the sentence, `subject_start` -1 where there is no place for it."""

    rule: SentenceRule
    subject: str
    subject_start: int
    property: str
    reading: ReadValue
    start: int
    end: int
    time: str
    qualifiers: tuple[Qualifier, ...]


def claims_found(spoken: Spoken, rules: Sequence[SentenceRule], is_first: bool) -> Iterator[Match]:
    """The claims that rules find in a sentence, each value of a property once, in the order of the rules."""
    seen: set[tuple[str, str, int]] = set()
    kind = spoken.topic.kind
    own = _OF_THE_TOPIC if spoken.words.spaced else _OF_THE_TOPIC | {"before"}  # another thing is hardly ever told of
    past: bool | None = None  # whether the sentence tells of the past; looked for once, where a rule asks
    for rule in rules:
        if rule.of and kind not in rule.of and rule.about in own:
            continue
        if rule.present and past is None:
            past = spoken.words.patterns["past"].search(spoken.sentence) is not None
        if rule.present and past:
            continue
        for number, match in enumerate(rule.matches(spoken.sentence)):
            if number >= (1 if rule.first else MOST_MATCHES):
                break
            subject = _subject(rule, match, spoken, is_first)
            if subject is None or (not subject and rule.of and spoken.topic.kind not in rule.of):
                continue
            if rule.whole and subject and " " not in subject:
                continue
            for each in _values(rule, match, subject, spoken):
                if not _may_have(each.property, subject, spoken):
                    continue
                key = (subject, each.property, each.start)
                if key not in seen:
                    seen.add(key)
                    yield each


def _may_have(name: str, subject: str, spoken: Spoken) -> bool:
    """Whether a property may be the subject's: a class of things has no place, a river no peak, and of what is made up
    nobody lived."""
    topic = spoken.topic
    if name in LIVES and topic.fiction:
        return False
    if not subject and name == "highest_point" and topic.nouns & spoken.words.any("waters"):
        return False
    return bool(subject) or topic.one or name not in OF_ONE


_OF_THE_TOPIC = frozenset(("own", "its", "here", "along", "defined", "bracket", "couple"))
"""Where a subject stands that can be nothing but what the article is about."""


def _subject(rule: SentenceRule, match: re.Match[str], spoken: Spoken, is_first: bool) -> str | None:
    left = spoken.sentence[: match.start()]
    if not spoken.words.spaced and match[0].startswith((",", "，")):
        left += ","
    if rule.about == "bracket":
        return _in_bracket(left, spoken) if is_first else None
    if rule.about == "life":
        return subject_named(left, spoken) if is_first else None
    if rule.about == "named":
        named = spoken.words.patterns["subject_tail"].sub("", match["S"])
        told = subject_named(named, spoken)
        if told is None and rule.bounded and not spoken.words.spaced and "的" not in named:
            told = named or None
        opened = without_brackets(left)
        plain = without_opening(opened.lstrip(), spoken.words) if spoken.words.spaced else opened.strip()
        return told if not plain or rule.source.startswith("(?<") else None
    if rule.about in ("its", "own") and not _fits(match[0], spoken):
        return None
    if rule.about == "own":
        opened = without_opening(left.lstrip(), spoken.words)
        bare = match[0].partition(" ")[0].lower() in spoken.words.any("its")
        return "" if not opened and meant_by_it(spoken, bare=bare) else None
    if rule.about == "here":
        return "" if spoken.topic.nouns & spoken.words.any("states") else None
    if rule.about == "its":
        return subject_still(left, spoken)
    if rule.about == "couple":
        return of_a_couple(left, spoken)
    if rule.about == "along":
        return subject_along(left, spoken)
    if rule.about == "defined":
        return subject_defined(left, spoken)
    return subject_before(left, spoken) if spoken.words.spaced else subject_unspaced(left, match[0], spoken)


def _fits(said: str, spoken: Spoken) -> bool:
    """Whether "his" or "her", where a match begins with one, can be of what the article is about."""
    words = spoken.words
    first = next((word for word in said.lower().split()[:3] if word in words.any("possessives")), "")
    own = spoken.topic.pronouns & words.any("he_or_she")
    return not first or not own or any(first in words.any(f"forms_{each.lower()}") for each in own)


def _in_bracket(left: str, spoken: Spoken) -> str | None:
    """Whose dates stand in a bracket that is open behind `left`: the article's, where its first sentence's name is
    before it."""
    cut = max(left.rfind("("), left.rfind("（"))
    if cut < 0 or _INTO_BRACKET.fullmatch(left, cut) is None:
        return None
    if spoken.words.patterns["no_life"].search(left[cut:]):
        return None
    key = name_key(spoken.words.patterns["honours"].sub("", without_brackets(left[:cut])), spoken.words)
    return "" if any(key == name or _also_called(key, name, spoken) for name in spoken.topic.names) else None


def _also_called(key: str, name: str, spoken: Spoken) -> bool:
    """Whether behind a name and a comma stands how else that is called, and not what it was."""
    if not key.startswith(name + ","):
        return False
    behind = key[len(name) + 1 :].strip()
    if not spoken.words.spaced:
        return spoken.words.patterns["goes_on"].match(behind) is not None
    told = spoken.words.patterns["finite"].search(behind) or _LONG_NUMBER.search(behind)
    return told is None and behind.count(" ") < MOST_WORDS_BESIDE  # not "Ada Mill, a host born 1944 to Ulf Mill (1912–"


_INTO_BRACKET = re.compile(r"[(（]\s*(?:[^()（）]*[;；,，、]\s*)?")


def _values(rule: SentenceRule, match: re.Match[str], subject: str, spoken: Spoken) -> Iterator[Match]:
    era = _era(rule, match, spoken)
    for group, slot in rule.slots.items():
        if match[group] is None:
            continue
        start, end = match.span(group)
        for first, last in _members(spoken, slot.kind, start, end):
            low = _behind_head(spoken, slot.kind, first, last)
            high = low + len(_without_tail(spoken, slot.kind, spoken.sentence[low:last].rstrip()))
            reading = _read(spoken, slot.kind, low, high, era)
            if reading is None or is_none(slot.property, reading.value, subject, spoken, match.start(), high):
                continue
            limits = limits_of(spoken.sentence, match.span(), (low, high), reading, spoken.words)
            if limits is None:
                continue
            time: str | None = ""
            if _changes(slot.property):
                time = time_of(spoken.sentence, match.span(), spoken.words)
            if (time is None and slot.property not in OF_LIFE) or (
                reading.kind == "item" and _is_own(reading.value, subject, spoken)
            ):
                continue
            yield Match(
                rule=rule,
                subject=subject,
                subject_start=_place_of(subject, spoken.sentence, match),
                property=slot.property,
                reading=reading,
                start=low,
                end=high,
                time=since_then(time or "", spoken.sentence, match.span(), spoken.words),
                qualifiers=limits
                if time
                else limits + former_of(slot.property, spoken.sentence, match.span(), (low, high), spoken.words),
            )


def _without_tail(spoken: Spoken, kind: str, stretch: str) -> str:
    """A name without the adverb that a script without spaces writes right behind it: "李明首次" directed."""
    tail = spoken.words.patterns["item_tail"].search(stretch) if kind in ("name", "names", "people") else None
    return stretch[: tail.start()] if tail is not None else stretch


def _behind_head(spoken: Spoken, kind: str, start: int, end: int) -> int:
    """Where a name begins behind what a script without spaces writes right before it: "英国小说家肯尼思·格拉姆"."""
    if spoken.words.spaced or kind not in _NAMES:
        return start
    head = spoken.words.patterns["item_head"].match(spoken.sentence[start:end])
    return start + head.end() if head is not None else start


_NAMES = frozenset(("name", "names", "people", "byname", "jname"))
"""Kinds of slots for names."""


def _changes(name: str) -> bool:
    """Whether a property is of its time: that is looked for then, and what is over without a date is no claim."""
    told = known_properties().get(name)
    return told is not None and told.changes


def _is_own(value: str, subject: str, spoken: Spoken) -> bool:
    """Whether a value is the very thing that it would be said of."""
    key = name_key(value, spoken.words)
    return key in spoken.topic.names if not subject else key == name_key(subject, spoken.words)


def _place_of(subject: str, sentence: str, match: re.Match[str]) -> int:
    return sentence.find(subject) if subject else -1


def _members(spoken: Spoken, kind: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """(start, end) of the values in a slot: one, or each name of a list."""
    if kind in SOUGHT:
        yield from sought_values(spoken, *SOUGHT[kind], start, end)
        return
    if kind not in ("names", "bodies", "people", "nations", "schools", "offices", "awards"):
        yield start, end
        return
    last = start
    joints = spoken.words.patterns[_JOINTS.get(kind, "joints")]
    for joint in joints.finditer(spoken.sentence, start, end):
        yield last, joint.start()
        last = joint.end()
    yield last, end


_JOINTS = {"schools": "school_joints", "awards": "award_joints", "offices": "office_joints"}
"""Kind of slot → the pattern that parts its members, where that is its own: "诺贝尔和平奖" is one."""


def _era(rule: SentenceRule, match: re.Match[str], spoken: Spoken) -> str:
    """The era that stands behind the last date of a bracket and holds for the first as well: "304–232 BC"."""
    if rule.about != "bracket":
        return ""
    told = list(spoken.words.patterns["era"].finditer(match[0]))
    return told[0][0] if len(told) == 1 and match[0].endswith(told[0][0]) else ""


def _read(spoken: Spoken, kind: str, start: int, end: int, era: str = "") -> ReadValue | None:
    stretch = spoken.sentence[start:end]
    if kind in ("date", "lifedate", "year", "years"):
        if era and not stretch.endswith(era):
            stretch += era
        value = read_date(stretch, spoken.words)
        return ReadValue(kind="time", value=value) if value else None
    if kind in MEASURED or kind == "number":
        return read_amount(stretch, kind, spoken.words)
    if kind.startswith("text") or kind in ("formula", "symbol"):
        whole = len(re.findall("[(（]", stretch)) == len(re.findall("[)）]", stretch))
        return ReadValue(kind="text", value=stretch) if stretch.strip() and whole else None
    patterns = spoken.words.patterns
    if patterns["no_item"].search(stretch) or (kind in _NAMES and patterns["only_trade"].fullmatch(stretch)):
        return None
    if not stretch.strip() or stretch.lower() in spoken.words.any("no_names"):
        return None
    first = stretch.split(" ")[0]
    return (
        None
        if first in spoken.words.any("no_names_first") and " " not in stretch
        else ReadValue(kind="item", value=stretch)
    )
