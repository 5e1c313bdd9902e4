"""Which words of a question only ask: "who", "cuándo", "γιατί", "什么".

They are told from `asking.toml`, facts about some languages. The query's own language need not be known: a word that
asks in any of them counts as asking; one that is a name or a common word elsewhere only does beside a second word of
its language. In scripts without spaces what asks stands inside a run of characters, and every n-gram that touches it
goes with it: "兰的" and "是谁" are rarer than any word near them.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded, prepare
from galactica.search.query import Question, split

ASKING = 0.2
"""What a word that only asks counts, as a share of what its rarity says. Right paragraph first of 678, by words, on
1,500 training questions (2026-11-26): for 1, 0.5, 0.3, 0.2, 0.1, 0.02 it is 73.2, 74.9, 75.7, 75.7, 75.6, 75.5 %."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """The words of one language that ask; see `asking.toml`."""

    sure: frozenset[str]
    beside: frozenset[str]
    inside: tuple[str, ...]


def asking(question: Question) -> frozenset[str]:
    """The texts of those words of a question that only ask, all of them perhaps."""
    words = {word.text for word in question.words if not (word.negative or word.title_only or word.required)}
    found: set[str] = set()
    own: dict[str, list[str]] = {}
    for word in words:
        for name, sure in _asks().get(word, ()):
            own.setdefault(name, []).append(word)
            if sure:
                found.add(word)
    found.update(word for several in own.values() if len(several) > 1 for word in several)
    if unspaced(question.plain_text):
        kept = {part for piece in pieces(question.plain_text) for part in split(prepare(piece).lower())}
        found |= {word for word in words - kept if unspaced(word)}
    return frozenset(found)


def pieces(text: str) -> list[str]:
    """What is left of a text in scripts without spaces when what asks is cut out of it, in simplified Han, in order."""
    return [piece for piece in _inside().split(fold_han(text)) if piece.strip()]


def looks_asked(text: str) -> bool:
    """Whether a query looks like a question, in any language whose words that ask are known, so that asking is offered.

    It ends in a question mark; or a word that asks stands where its language puts it, among three words at least; or a
    string that asks stands in a run of a script without spaces. A title that looks so ("What Is Life?") is taken for
    one.
    """
    text = text[:_MOST_LOOKED_AT].strip()
    if _MARK.search(text):
        return True
    if unspaced(text):
        return bool(_RUN_ASKS.search(fold_han(text)))
    words = split(prepare(text).lower())
    if len(words) < _FEWEST:
        return False
    opening = words[: 2 if words[0] in _PREPOSITIONS else 1]
    for name, language in languages().items():
        at = words if name in _ANYWHERE else opening
        beside = language.beside.difference(_ARTICLES)
        company = (beside | language.sure | _COMPANY.get(name, frozenset())).intersection(words)
        if language.sure.intersection(at) or (beside.intersection(at) and len(company) > 1):
            return True
        if name == "en" and words[0] in _BEGIN:
            return True
    return False


_MOST_LOOKED_AT = 500
"""Characters of a query that are looked at."""
_FEWEST = 3
"""Words: shorter queries are names ("The Who", "WHO Geneva")."""
_MARK = re.compile("[?？؟;՞⁇]$")
_ANYWHERE = frozenset({"hi", "tr", "vi"})
"""Languages whose words that ask stand where the answer would."""
_PREPOSITIONS = frozenset(
    "à a al au aux by con da de di en for from im in mit na pe to um von w with z в на о по с".split()
)
"""Words that may stand before the one that asks: "in which year", "por qué", "в каком году"."""
_ARTICLES = frozenset("das de del der des die du el en la las le les los".split())
_COMPANY = {"ro": frozenset({"a", "au"})}
"""Words that tell that another one asks: "cine a scris"."""
_BEGIN = frozenset("is are was were can did does do has have will".split())
_RUN_ASKS = re.compile(
    "谁|什么|甚么|哪|何时|何处|何年|何地|为何|为什么|怎么|怎样|如何|多少|多[长高大远重久深宽快]|几[个年月日人次岁种座条]|是否|有没有|[吗呢]$"
    "|何[がをのでに人年月日時個]|誰|どこ|いつ|なぜ|どうして|どの|どれ|どんな|いくつ|いくら|(?:ですか|ますか|でしたか|ましたか)$"
    "|อะไร|ใคร|ที่ไหน|เมื่อไร|เมื่อไหร่|เมื่อใด|ทำไม|อย่างไร|กี่|เท่าไร|เท่าไหร่|เท่าใด|หรือไม่"
    "|누가|누구|무엇|언제|어디|어느|어떤|어떻게|왜|얼마|몇|(?:인가|나요|까)$"
)


@cache
def languages() -> dict[str, Asking]:
    """Language → its words that ask; those of `sure` that have accents are in `beside` without them too."""
    table = tomllib.loads(files(__package__).joinpath("asking.toml").read_text("utf-8"))
    return {name: _read(entry) for name, entry in table.items()}


def _read(entry: dict[str, str]) -> Asking:
    lists = {name: [prepare(word).lower() for word in entry.get(name, "").split()] for name in ("sure", "beside")}
    sure = frozenset(lists["sure"])
    beside = frozenset([*lists["beside"], *map(folded, [*sure, *lists["beside"]])])
    return Asking(sure=sure, beside=beside - sure, inside=tuple(fold_han(entry.get("inside", "")).split()))


@cache
def _asks() -> dict[str, tuple[tuple[str, bool], ...]]:
    """Word → (language in which it asks, whether it does so by itself)."""
    found: dict[str, tuple[tuple[str, bool], ...]] = {}
    for name, language in languages().items():
        for word in language.sure | language.beside:
            found[word] = (*found.get(word, ()), (name, word in language.sure))
    return found


@cache
def _inside() -> re.Pattern[str]:
    """Any string that asks in a script without spaces, the longest of those that begin alike."""
    every = {word for language in languages().values() for word in language.inside}
    return re.compile("|".join(sorted(map(re.escape, every), key=lambda word: (-len(word), word))))
