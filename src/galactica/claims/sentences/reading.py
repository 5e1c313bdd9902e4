"""Claims from the sentences of an article's projection, by the rules of its language.

Lines that are no running text (headings, rows, captions) are passed over, and sections that tell a plot or list works.
Of a sentence longer than `LONGEST` nothing is read. A claim's span is its sentence, whole, in code points of the text.
"""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable, Iterator, Sequence

from galactica.claims.sentences.cutting import sentences_in
from galactica.claims.sentences.lexicon import Lexicon, SentenceRule, lexicon
from galactica.claims.sentences.matching import Match, claims_found
from galactica.claims.sentences.names_unspaced import placed_before, transcribed_alike
from galactica.claims.sentences.subjects import Spoken
from galactica.claims.sentences.topics import name_key, opening_phrase, topic_of
from galactica.codes.han import fold_han
from galactica.model.claim import Claim

LONGEST = 1_200
"""Code points of a sentence that is read: what is longer is a list, or no sentence."""

SHORTEST_LINE = 12
"""Code points of a line that may be a sentence."""

BROKEN_OFF = 60
"""Code points of a line that may end without a full stop and be read but for its last sentence: shorter ones are
headings, captions and rows."""

FIRST_LINES = 10
"""Lines in which the article's first sentence is looked for."""

MOST = 2_000
"""Claims that are taken from one article."""

NEAR_NAME = 90
"""Code points of a first sentence in which the article's name stands, in a script without spaces."""

PRONOUNS_WITHIN = 6_000
"""Code points in which an article's pronouns are counted."""


def sentence_claims(
    text: str,
    *,
    source: str,
    path: str,
    title: str,
    language: str,
    aliases: Sequence[str] = (),
    headings: Sequence[tuple[int, int]] = (),
    passed_over: Sequence[tuple[int, int]] = (),
    only: str = "",
) -> list[Claim]:
    """The claims that an article's sentences make, in the order of the text.

    Args:
        text: the projection of its body.
        source, path: the article's.
        title: the article's.
        language: a tag; of a language whose sentences are not read there are none.
        aliases: other names of what it is about.
        headings: spans of the headings, as `model.projection.outline` gives them.
        passed_over: spans that are read in another way (tables, lists), in order.
        only: a property that alone is looked for, by the rules that tell it; "": all.

    Returns:
        Claims of origin "sentence", at most `MOST`.
    """
    words = lexicon(language)
    if words is None:
        return []
    seen = text if words.spaced else fold_han(text)
    lines = list(sentence_lines(seen, headings, passed_over, words))
    at, first = first_sentence_of(seen, lines, title, aliases, words)
    topic = topic_of(first, seen[:PRONOUNS_WITHIN], title, aliases, words)
    found: list[Claim] = []
    for number, (start, end) in enumerate(lines):
        if len(found) >= MOST:
            break
        leading = number == at
        if not words.spaced and not leading and not _may_say(seen, start, end, words):
            continue
        spans = _title_whole(sentences_in(seen, start, end, words), seen, start, title)
        for index, (a, b) in enumerate(spans):
            if b - a > LONGEST:
                continue
            is_first = leading and index == 0
            rules = [each for each in _rules(seen[a:b], words, is_first) if not only or _tells(each, only)]
            if not rules or seen[b - 1] in "?？؟":
                continue
            before = tuple(seen[c:d] for c, d in spans[:index])
            spoken = Spoken(sentence=seen[a:b], before=before, topic=topic, words=words, leading=leading, article=seen)
            for match in claims_found(spoken, rules, is_first):
                if not only or match.property == only:
                    found.append(_claim(match, text, a, b, source, path))
    return found[:MOST]


def _tells(rule: SentenceRule, name: str) -> bool:
    return any(slot.property == name for slot in rule.slots.values())


def _title_whole(spans: Iterable[tuple[int, int]], text: str, start: int, title: str) -> list[tuple[int, int]]:
    """The sentences of a line, the first with the next where it was cut inside the title at its head: "Help!"."""
    cut = list(spans)
    named = start + len(title) + 2 if text.startswith(title, start) or text.startswith(title, start + 1) else start
    while len(cut) > 1 and cut[0][1] <= named and text[cut[1][0]].islower():
        cut[:2] = [(cut[0][0], cut[1][1])]
    return cut


def _claim(match: Match, text: str, start: int, end: int, source: str, path: str) -> Claim:
    low, high = start + match.start, start + match.end
    value = text[low:high] if match.reading.kind in ("item", "text") else match.reading.value
    return Claim(
        source=source,
        path=path,
        subject=text[start + match.subject_start : start + match.subject_start + len(match.subject)]
        if match.subject_start >= 0
        else match.subject,
        property=match.property,
        kind=match.reading.kind,
        value=value,
        unit=match.reading.unit,
        bounds=match.reading.bounds,
        time=match.time,
        qualifiers=match.qualifiers,
        start=start,
        end=end,
        value_start=low,
        value_end=high,
        origin="sentence",
        rule=match.rule.name,
        confidence=match.rule.sure,
    )


_WORD = re.compile(r"[^\W\d_]+")


def _may_say(text: str, start: int, end: int, words: Lexicon) -> bool:
    """Whether a line in a script without spaces holds any trigger: most do not, and are not cut into sentences."""
    return any(text.find(trigger, start, end) >= 0 for trigger in words.by_trigger)


def _rules(sentence: str, words: Lexicon, is_first: bool) -> tuple[SentenceRule, ...]:
    """The rules whose triggers occur in a sentence, in their order; of the first one those without triggers too."""
    if words.spaced:
        held = words.by_trigger.keys() & set(_WORD.findall(sentence.lower()))
    else:
        held = {trigger for trigger in words.by_trigger if trigger in sentence}
    if not held and not is_first:
        return ()
    numbers = {number for trigger in held for number in words.by_trigger[trigger]}
    if not is_first:
        return tuple(rule for number in sorted(numbers) if not (rule := words.rules[number]).first)
    numbers |= {number for number, rule in enumerate(words.rules) if not rule.triggers}
    return tuple(words.rules[number] for number in sorted(numbers))


def sentence_lines(
    text: str, headings: Sequence[tuple[int, int]], passed_over: Sequence[tuple[int, int]], words: Lexicon
) -> Iterator[tuple[int, int]]:
    """(start, end) of the lines of running text, but those of sections that are not read."""
    heads = {start for start, _ in headings}
    begins = [start for start, _ in passed_over]
    silent = False
    start = 0
    for line in text.split("\n"):
        end = start + len(line)
        bare = line.strip()
        runs = bool(bare) and bare.rstrip("\"'”’」』)）»")[-1:] in _ENDS and "\t" not in line
        if not runs and len(bare) >= BROKEN_OFF and "\t" not in line:
            end, runs = _whole_until(text, start, end)
        if start in heads or (bare and not heads and _is_heading(bare)):
            silent = words.patterns["not_read"].search(bare) is not None
        elif runs and not silent and len(bare) >= (SHORTEST_LINE if words.spaced else 6):
            at = bisect.bisect_right(begins, start) - 1
            if at < 0 or passed_over[at][1] <= start:
                yield start, end
        start += len(line) + 1


_ENDS = ".!。！？?।۔؛"


def _whole_until(text: str, start: int, end: int) -> tuple[int, bool]:
    """Where the last whole sentence of a line ends that breaks off, or leads to a list; and whether it has any."""
    last = max((match.end() for match in _LAST.finditer(text, start, end)), default=start)
    return last, last > start


_LAST = re.compile(r"[.!?](?=\s)|[。！？]")


def _is_heading(line: str) -> bool:
    """Whether a line is a heading of plain text: short, without a sentence's end, or with nothing but one full stop."""
    return len(line) < 60 and (line[-1] not in _ENDS or (line[-1] == "." and line.count(" ") < 4))


def first_sentence_of(
    text: str, lines: Sequence[tuple[int, int]], title: str, aliases: Sequence[str], words: Lexicon
) -> tuple[int, str]:
    """The line and the text of the article's first sentence: the first near the beginning that says its name and what
    that is; (-1, "") where there is none."""
    base = re.sub(r"\s*[(（][^()（）]*[)）]\s*$", "", title) or title
    names = [name_key(each, words) for each in (base, *aliases[:5])]
    if words.spaced:
        whose = words.patterns["of"].search(base)
        parts = (*base.split()[-1:], base[: whose.start()] if whose else "", base.partition(",")[0])
        names += [name_key(part, words) for part in parts]
    else:
        names += [name_key(part, words) for part in base.split("·")[-1:]]
    for number, (start, end) in enumerate(lines[:FIRST_LINES]):
        a, b = next(iter(_title_whole(sentences_in(text, start, end, words), text, start, title)), (start, end))
        ways = (words.patterns[each].search(text, a, b) for each in ("defines", "lifespan", "begins_with"))
        told = next(filter(None, ways), None)
        if told is None or b - a > LONGEST:
            continue
        if number == 0 and not words.spaced and text.startswith("是", a):
            return number, text[a:b]  # an extract that left the name out
        near = name_key(text[a : min(told.start(), a + 160)] if words.spaced else text[a : a + NEAR_NAME], words)
        if any(name and name in near for name in names):
            return number, text[a:b]
        if number == 0 and not words.spaced:
            head = name_key(opening_phrase(text[a:b], words), words)
            if transcribed_alike(head, base) or placed_before(base, head):
                return number, text[a:b]
    return -1, ""
