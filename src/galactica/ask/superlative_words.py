"""What says that something is the most of its kind, in a question or of a sentence's subject: "the largest country".

The words stand in `superlatives.toml`; of a language that is not there nothing is told. Nothing that can be written
raises.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from galactica.ask.kinds import asked_languages
from galactica.ask.pieces import cut_pieces
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary

LONGEST_SUBJECT = 60
"""Characters before the verb."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Most:
    """What is the most of what.

    Attributes:
        of: what is compared, the name of a line of `superlatives.toml`.
        narrowed: what narrows it, as compared: stems in no order, or letters.
    """

    of: str
    narrowed: frozenset[str] | str


@dataclass(frozen=True, slots=True, kw_only=True)
class SuperlativeWords:
    """The words of one language."""

    phrases: tuple[tuple[str, str], ...]
    pattern: re.Pattern[str]
    quiet: frozenset[str]
    copula: re.Pattern[str]


def most_in(text: str, language: str) -> Most | None:
    """What a question, or what a sentence says of its subject, compares; None where it does not, or in several ways."""
    words = superlative_words().get(primary(language))
    if words is None:
        return None
    plain = WHATS.sub(" ", folded(fold_han(text)))
    for turned in _TURNED:
        plain = turned.sub(r"\1 \3 \2", plain)
    match = words.pattern.search(plain)
    if match is None:
        return None
    rest = plain[: match.start()] + " " + plain[match.end() :]
    if words.pattern.search(rest) is not None:
        return None
    of = dict(words.phrases)[" ".join(match[0].split())]
    return Most(of=of, narrowed=_narrowed(rest, language, words))


def most_said(told: str, language: str, words: SuperlativeWords) -> tuple[Most, int] | None:
    """(what a sentence says its subject is the most of, where the subject ends); None where it says no such thing."""
    plain = folded(fold_han(told))
    if len(plain) != len(told):
        return None
    verb = words.copula.search(plain, 1, LONGEST_SUBJECT + 8)
    if verb is None or verb.start() > LONGEST_SUBJECT:
        return None
    most = words.pattern.search(plain, verb.end())
    if most is None:
        return None
    stop = _CORE.search(plain, most.end())
    core = plain[verb.end() : stop.start() if stop else len(plain)]
    subject = told[: verb.start()].rstrip()
    if not subject or not _name(subject, language) or _ONE_OF.search(core) or "," in core[: most.start() - verb.end()]:
        return None
    told_of = most_in(core, language)
    return None if told_of is None else (told_of, len(subject))


def most_apposed(told: str, language: str) -> Iterator[tuple[Most, int, int]]:
    """(what a sentence says beside a name that its thing is the most of, where the name begins and ends): "Orcas, the
    largest species of dolphin, …", "Almaty, Kazakhstan's largest city"; only in languages whose articles are known."""
    words, known = superlative_words().get(primary(language)), asked_languages().get(primary(language))
    if words is None or known is None or not known.articles:
        return
    article = "|".join(map(re.escape, sorted(known.articles)))
    for match in re.finditer(rf"({_NAMED}), (?=(?:{article}) |{_NAMED}['’]s )", told):
        stop = _CORE.search(told, match.end())
        core = folded(told[match.end() : stop.start() if stop else len(told)])
        most = words.pattern.search(core)
        if most is None or _ONE_OF.search(core):
            continue
        right_before = re.findall(r"\w+", re.split(r"['’]s\s", core[: most.start()])[-1])
        if not known.articles.issuperset(right_before):
            continue  # "the fourth largest", "the capital and largest"
        told_of = most_in(core, language)
        if told_of is not None:
            yield told_of, match.start(1), match.end(1)


def ranks_lower(told: str, language: str) -> bool:
    """Whether a text says of something that it is the second or one of the most: "the second largest city"."""
    words = superlative_words().get(primary(language))
    plain = folded(fold_han(told))
    found = _ONE_OF.finditer(plain) if words is not None else ()
    return any(words is not None and words.pattern.match(plain, one.end() + 1) is not None for one in found)


_NAMED = r"[A-Z][\w.-]*(?: (?:(?:of|the|de|del|and) )?[A-Z][\w.-]*){0,4}"
"""A name in a script with capitals."""


def _narrowed(rest: str, language: str, words: SuperlativeWords) -> frozenset[str] | str:
    if unspaced(rest):
        letters = "".join(letter for letter in rest if letter.isalnum())
        quiet = sorted(words.quiet, key=lambda word: (-len(word), word))
        return re.sub("|".join(map(re.escape, quiet)), "", letters)
    pieces = cut_pieces(rest, language)
    rows = zip(pieces.keys, pieces.words, pieces.common, strict=True)
    return frozenset(key for key, word, common in rows if not common and word not in words.quiet)


WHATS = re.compile(r"\b(?:what|which|who)['’]s\b")

_TURNED = (
    re.compile(r"\b((?:larg|bigg|small|high|great)est)\s+([^\W\d_]+)\s+((?:by|in)\s+(?:area|size|population))\b"),
    re.compile(r"\b(closest|nearest|farthest|furthest|most distant)\s+([^\W\d_]+)\s+((?:away )?(?:to|from) the sun)\b"),
)
"""English may put the thing between: "the largest country by area"."""

_CORE = re.compile(
    r"[,;:(（。，；：!?]|\.(?:\s|\Z)|\s(?:with|at|having|covering|which|that|mit|con|который|которая)\s|\n"
)

_ONE_OF = re.compile(
    r"(?<!\w)(?:one of|among|eine[rs]? der|un[oa] de|один из|одна из|second|third)(?!\w)|之一|第二|第三"
)


def _name(subject: str, language: str) -> bool:
    """Whether what stands before the verb is a name: it says something, and its words begin with capitals where the
    script has them."""
    pieces = cut_pieces(subject, language)
    if not len(pieces) or len(pieces) > 16 or all(pieces.common) or re.search(r"[,;:，；：\n\t]", subject):
        return False
    words = [
        word
        for word, common in zip(re.findall(r"[^\W\d_][\w'’-]*", subject), pieces.common, strict=False)
        if not common
    ]
    return unspaced(subject) or any(word[0].isupper() or word[0].lower() == word[0].upper() for word in words)


@cache
def superlative_words() -> dict[str, SuperlativeWords]:
    """Language → its words."""
    table = tomllib.loads(files(__package__).joinpath("superlatives.toml").read_text("utf-8"))
    return {tag: _read(entry) for tag, entry in table.items()}


def _read(entry: dict[str, str]) -> SuperlativeWords:
    def phrases(text: str) -> list[str]:
        return [" ".join(folded(fold_han(each)).split()) for each in text.split("|") if each.strip()]

    pairs = [(each, name) for name, text in entry.items() if name not in ("quiet", "copula") for each in phrases(text)]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return SuperlativeWords(
        phrases=tuple(pairs),
        pattern=_any([phrase for phrase, _ in pairs]),
        quiet=frozenset(folded(fold_han(word)) for word in entry["quiet"].split()),
        copula=_any(phrases(entry["copula"])),
    )


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda each: (-len(each), each))
    body = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in ordered)
    return re.compile(body if unspaced("".join(phrases)) else rf"(?<![^\W_])(?:{body})(?![^\W_])")
