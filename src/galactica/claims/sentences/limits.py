"""What narrows a claim: reported speech, denial, plans, estimates, disputes, what is over, and the time when it holds.

A statistics office, a census or a register that a number is taken from is its reference, not somebody's report:
"according to the 2010 census" gives a time and no limit. What is only supposed, asked, or told of in fiction is no
claim at all.
"""

from __future__ import annotations

import re

from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.values_read import ReadValue, read_date
from galactica.model.claim import DISPUTED, ESTIMATED, FORMER, NEGATED, PLANNED, REPORTED
from galactica.model.document import Qualifier

NEAR = 48
"""Code points before a value in which "about" and "estimated" speak of it."""

OF_LIFE = frozenset(("office_held", "occupation"))
"""What people are for a while: told as former, it is a claim still, of what they were."""

BEHIND = 90
"""Code points behind a claim in which its time may follow."""


def limits_of(
    sentence: str, span: tuple[int, int], value: tuple[int, int], reading: ReadValue, words: Lexicon
) -> tuple[Qualifier, ...] | None:
    """The limits of a claim; None where it is none at all.

    Args:
        span: of what the rule matched, in the sentence.
        value: of the stretch that the value was read from.
        reading: what it says; a time tells itself whether it is about then.
    """
    patterns = words.patterns
    left = sentence[: span[0]]
    clause = sentence[max(0, sentence.rfind(";", 0, span[0])) : span[1] + BEHIND]
    inside = f"{sentence[span[0] : value[0]]} {sentence[value[1] : span[1]]}"
    if _quoted(left) or patterns["no_claim"].search(sentence[: span[1]]):
        return None
    if value[1] >= span[1] and patterns["or_else"].match(sentence, value[1]):
        return None
    found: list[Qualifier] = []
    reported = patterns["reported"].search(sentence[: span[1]]) or patterns["reported_behind"].match(sentence, span[1])
    if reported is not None and patterns["counted"].search(reported[0]) is None:
        who = next((text for text in reported.groups() if text), "")
        found.append(Qualifier(property=REPORTED, kind="text", value=who.strip()))
    undone = patterns["undone"].match(sentence, span[1])
    if undone is not None or patterns["negated"].search(left.rpartition(",")[2][-12:] + inside):
        found.append(Qualifier(property=NEGATED, kind="text"))
    if patterns["planned"].search(left[-NEAR:] + inside):
        found.append(Qualifier(property=PLANNED, kind="text"))
    near = sentence[max(0, value[0] - NEAR) : value[1]]
    estimated = reading.value.endswith("~") or patterns["perhaps"].search(near) is not None
    estimated = estimated or patterns["doubted"].match(sentence, value[1]) is not None
    if reading.kind == "quantity":
        behind = patterns["about_behind"].match(sentence, value[1])
        estimated = behind is not None or patterns["estimated"].search(near) is not None
    if estimated:
        found.append(Qualifier(property=ESTIMATED, kind="text"))
    if patterns["disputed"].search(clause):
        found.append(Qualifier(property=DISPUTED, kind="text"))
    return tuple(found)


def former_of(
    name: str, sentence: str, span: tuple[int, int], value: tuple[int, int], words: Lexicon
) -> tuple[Qualifier, ...]:
    """That an office or a trade is over, where its sentence says so without a time: "a former teacher", "曾任"."""
    if name not in OF_LIFE:
        return ()
    head = min(span[0] + 1, value[0])  # a match may begin with the comma that ends the clause before
    before = _CLAUSE.split(sentence[max(0, span[0] - NEAR) : head])[-1] + sentence[head : value[0]]
    over = words.patterns["former"].search(before) or words.patterns["former_behind"].match(sentence, value[1])
    return (Qualifier(property=FORMER, kind="text"),) if over else ()


_CLAUSE = re.compile("[,;，；。]")


def _quoted(left: str) -> bool:
    """Whether a quotation is open behind a text; marks inside brackets that are closed do not count: "《X》(")是"."""
    left = _CLOSED.sub("", left)
    return left.count('"') % 2 == 1 or any(left.count(a) > left.count(b) for a, b in ("“”", "«»", "「」", "『』", "„“"))


_CLOSED = re.compile(r"[(（][^()（）]*[)）]")


def time_of(sentence: str, span: tuple[int, int], words: Lexicon) -> str | None:
    """When a claim holds, as EDTF; "" where that is not said; None where it is said to be over, but not when."""
    patterns = words.patterns
    if patterns["parted"].search(sentence[: span[0]]):
        return ""  # "In 1956 he left his wife": that year it was over
    if patterns["timeless"].match(sentence, span[0]):
        return ""  # "历任": each at a time of its own
    if patterns["begun_later"].search(sentence, span[1]):
        return ""  # "was elected in 2012, and took office in 2013"
    behind = _when(patterns["time_behind"].match(sentence, span[1]), words)
    before = _when(patterns["time_before"].match(sentence[: span[0]]), words)
    if behind.startswith("../") and before[:4].isdigit() and "/" not in before and before[:4] < behind[3:7]:
        return before + behind[2:]  # "In 2006 he was elected president until 2010"
    if behind or before:
        return behind or before
    return None if patterns["over"].search(sentence[max(0, span[0] - NEAR) : span[1]]) else ""


def _when(match: re.Match[str] | None, words: Lexicon) -> str:
    """The time that a pattern's groups tell, as EDTF; "" for none."""
    if match is None:
        return ""
    told = match.groupdict()
    one, until, since, begun = (
        read_date(next((told[each] for each in told if each.startswith(key) and told[each]), ""), words)
        for key in ("at", "until", "since", "begun")
    )
    if begun:
        return f"{begun}/{until}"  # "from 1618 until his death": over, and perhaps nobody says when
    if since or until:
        return f"{since or '..'}/{until or '..'}"
    return one


def since_then(time: str, sentence: str, span: tuple[int, int], words: Lexicon) -> str:
    """When something holds that is said of one time: from then on, where the span begins it ("In 1926, she married");
    "" where it was so by then, since nobody says when ("was married by 1453")."""
    patterns = words.patterns
    if not time or "/" in time or patterns["begins"].search(sentence[span[0] : span[1]]) is None:
        return time
    by = patterns["begun_by"].match(sentence, span[1]) or patterns["begun_by"].match(sentence)
    return "" if by else f"{time}/"
