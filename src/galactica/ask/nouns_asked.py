"""Does an answer fit the noun or the deed that a question asks by, in scripts without spaces? "12張" is no 版本.

1. Of how many there are no answer is a place in a row ("第12張"), and what a counter word of the question counts is
   not counted by another one, but where the noun itself stands behind it: "几个版本" may be "5種版本".
2. Where a division is asked for ("在哪个省") the answer names one, and for a country it names one that is known.
3. By whom something was done is not answered by who did something else: "由黃柏基執導" does not say who played in it.
4. Why something is called so is told by a sentence with a word that tells where a name is from.

The words stand under `answers` in `languages/data/`; of languages that lack them everything fits.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from galactica.ask.kinds import Kind
from galactica.ask.question import ReadQuestion
from galactica.codes.han import fold_han
from galactica.codes.letters import folded
from galactica.languages import facts, primary
from galactica.languages.territories import territory_called

LONGEST_COUNTRY = 10
"""Letters of the name of a country."""

FEW = 6
"""Letters behind a counter word in which its noun begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NounWords:
    """The words of one language, folded; what they are says the README of `languages/data`."""

    in_a_row: str
    counted: re.Pattern[str]
    counters: frozenset[str]
    divisions: frozenset[str]
    states: frozenset[str]
    amount: re.Pattern[str]
    by_whom: re.Pattern[str]
    before_deed: re.Pattern[str]
    deeds: tuple[frozenset[str], ...]
    why_called: re.Pattern[str]
    names_for: re.Pattern[str]


def fits_noun(question: ReadQuestion, text: str, before: str = "", behind: str = "") -> bool:
    """Whether an answer may be what the noun of a question asks for.

    Args:
        before, behind: what stands around it in its sentence.
    """
    words = _words(primary(question.language))
    if words is None:
        return True
    plain = folded(fold_han(text))
    asked, after = folded(fold_han(question.plain.text)), folded(fold_han(behind))
    if words.why_called.search(asked):
        return words.names_for.search(folded(fold_han(before)) + plain + after) is not None
    if _of_another_deed(asked, after, words):
        return False
    if question.form == "number":
        return _counts(folded(fold_han(question.text)), plain, before, folded(fold_han(behind)), words)
    noun = folded(fold_han(question.sought.focus))
    if question.kind is not Kind.PLACE or not noun:
        return True
    if noun in words.states:
        return _names_country(text, question.language)
    return noun not in words.divisions or noun in plain  # 城市 is asked of 利马, whose name ends otherwise


def _counts(asked: str, told: str, before: str, behind: str, words: NounWords) -> bool:
    match = words.counted.search(asked)
    if match is None or asked[: match.start()].endswith(words.in_a_row):
        return True
    if told.startswith(words.in_a_row) or before.endswith(words.in_a_row):
        return False
    number = words.amount.match(told)
    counter = number["counter"] if number is not None else None
    wanted, noun = match["counter"], match["noun"]
    if number is None or counter is None or counter not in words.counters or counter in (wanted, noun[:1]):
        return True
    if wanted not in words.counters:
        return True
    rest = told[number.end() :] + behind
    return bool(noun) and noun[:1] in rest[:FEW] if len(noun) < 2 else noun[:2] in rest[: FEW + 2]


def _of_another_deed(asked: str, behind: str, words: NounWords) -> bool:
    """Whether what stands right behind an answer is something else than the question asks who did."""
    by_whom = words.by_whom.search(asked)
    if by_whom is None:
        return False
    told = words.before_deed.sub("", re.split(r"[，,。；;、]", behind)[0])
    wanted = [deed for deed in words.deeds if any(asked.startswith(word, by_whom.end()) for word in deed)]
    done = {word for deed in words.deeds for word in deed if told.startswith(word)}
    same = {word for deed in wanted for word in deed}
    return bool(wanted and done) and same.isdisjoint(done) and not any(word in told for word in same)


def _names_country(text: str, language: str) -> bool:
    plain = re.sub(r"\W", "", text)
    return any(
        territory_called(plain[start:end], language)
        for start in range(len(plain))
        for end in range(start + 2, min(len(plain), start + LONGEST_COUNTRY) + 1)
    )


@cache
def _words(language: str) -> NounWords | None:
    entry = facts(language).get("answers", {})
    if "counters" not in entry:
        return None
    counting = "|".join(map(re.escape, entry["counting"].split()))
    return NounWords(
        in_a_row=entry["in_a_row"],
        counted=re.compile(rf"(?:{counting})(?P<counter>[^\W\d_]?)(?P<noun>[^\W\d_]{{0,4}})"),
        counters=frozenset(entry["counters"].split()),
        divisions=frozenset(entry["divisions"].split()),
        states=frozenset(entry["states"].split()),
        amount=re.compile(rf"[^\w]*(?:{entry['amount']})(?P<counter>[^\W\d_])?"),
        by_whom=re.compile(entry["by_whom"]),
        before_deed=re.compile(rf"\A[》」”]*(?:{entry['before_deed']})*"),
        deeds=tuple(frozenset(each.split()) for each in entry["deeds"].split("|")),
        why_called=re.compile(entry["why_called"]),
        names_for=re.compile(entry["names_for"]),
    )
