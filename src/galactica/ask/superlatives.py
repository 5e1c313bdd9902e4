"""The most of its kind: "Which country has the most neighbours?", answered by a sentence that says so of one thing.

Question and sentence are compared as what is compared ("largest", "biggest" and "largest by area" are one) and what
narrows it (a country, in Africa). A sentence answers where both are the same and nothing else stands between the verb
and the first comma: "the second largest", "one of the largest", "the largest landlocked country" are other things. The
answer is the sentence's subject, which has to be a name; nothing is computed. Of a language that is not in
`superlatives.toml` nothing is told.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

from galactica.ask.asked import Asked
from galactica.ask.evidence import sentences
from galactica.ask.kinds import Kind, common_words, sought
from galactica.ask.pieces import cut
from galactica.ask.place import Page
from galactica.ask.stated import Stated, made
from galactica.ask.wishes import plainly
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.languages import primary
from galactica.model import PassageHit

LONGEST_QUESTION = 120
"""Characters of a question that may ask for the most of a kind."""

LONGEST_SENTENCE = 400
"""Characters of a sentence that may say so."""

LONGEST_SUBJECT = 60
"""Characters before the verb."""

MOST_PAGES = 12
"""Articles whose beginning is looked at."""

LEAD = 4_000
"""Characters of the beginning of an article."""

MOST_LOOKED_UP = 120
"""Titles that are made of a phrase and a word of the question ("largest country") and looked up."""


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
class Tongue:
    """The words of one language."""

    phrases: tuple[tuple[str, str], ...]
    pattern: re.Pattern[str]
    quiet: frozenset[str]
    copula: re.Pattern[str]


def superlative(asked: Asked, hits: Sequence[PassageHit]) -> list[Stated]:
    """Sentences that say which is the most of what a question asks for, best first; mostly none."""
    question = plainly(asked.question)
    kind = sought(question, asked.tongue).kind
    if len(question) > LONGEST_QUESTION or kind in _OTHER:
        return []
    wish = most_in(question, asked.tongue)
    if wish is None or not wish.narrowed:
        return []
    found: dict[tuple[str, str], Stated] = {}
    for page in _pages(asked, hits, wish):
        for one in _in_page(page, wish):
            found.setdefault(
                (page.article.source, one.hit.text[one.start - one.hit.start : one.end - one.hit.start]), one
            )
    return list(found.values())


_OTHER = frozenset((Kind.YES_NO, Kind.REASON, Kind.MANNER, Kind.DATE, Kind.NUMBER, Kind.MEASURE))
"""Kinds of question in which the most of a kind is only part of what is asked."""


@lru_cache(maxsize=2_048)
def most_in(text: str, language: str) -> Most | None:
    """What a question, or what a sentence says of its subject, compares; None where it does not, or in several ways."""
    tongue = _tongues().get(primary(language))
    if tongue is None:
        return None
    plain = _WHATS.sub(" ", folded(fold_han(text)))
    for turned in _TURNED:
        plain = turned.sub(r"\1 \3 \2", plain)
    match = tongue.pattern.search(plain)
    if match is None:
        return None
    rest = plain[: match.start()] + " " + plain[match.end() :]
    if tongue.pattern.search(rest) is not None:
        return None
    of = dict(tongue.phrases)[" ".join(match[0].split())]
    return Most(of=of, narrowed=_narrowed(rest, language, tongue))


def says_most(question: str, tongue: str, said: str, language: str) -> bool:
    """Whether a sentence says of anything that it is the most of what a question compares; True where that cannot be
    told, because the question compares nothing or a language is not known."""
    wish, parsed = most_in(question, tongue), _tongues().get(primary(language))
    if wish is not None and parsed is not None and primary(tongue) == primary(language):
        told_of = [found[0] for start, end in sentences(said) if (found := _said(said[start:end], language, parsed))]
        if told_of and wish not in told_of:
            return False
    own, other = _tongues().get(primary(tongue)), _tongues().get(primary(language))
    if own is None or other is None:
        return True
    if primary(tongue) == "en":  # its reader says by itself when a sentence speaks of something else
        return True
    plain = _WHATS.sub(" ", folded(fold_han(question)))
    asked = {dict(own.phrases)[" ".join(match[0].split())] for match in own.pattern.finditer(plain)}
    told = {dict(other.phrases)[" ".join(match[0].split())] for match in other.pattern.finditer(folded(fold_han(said)))}
    return not asked or bool(asked & told)


def _narrowed(rest: str, language: str, tongue: Tongue) -> frozenset[str] | str:
    if unspaced(rest):
        letters = "".join(letter for letter in rest if letter.isalnum())
        quiet = sorted(tongue.quiet, key=lambda word: (-len(word), word))
        return re.sub("|".join(map(re.escape, quiet)), "", letters)
    pieces = cut(rest, language)
    rows = zip(pieces.keys, pieces.words, pieces.common, strict=True)
    return frozenset(key for key, word, common in rows if not common and word not in tongue.quiet)


def _pages(asked: Asked, hits: Sequence[PassageHit], wish: Most) -> Iterator[Page]:
    """Articles that are called as what is asked for ("Largest country"), and those among the hits."""
    places: dict[tuple[str, bytes], None] = {}
    tongue = _tongues()[primary(asked.tongue)]
    words = (
        cut(plainly(asked.question), asked.tongue).words if isinstance(wish.narrowed, frozenset) else [wish.narrowed]
    )
    joint = " " if isinstance(wish.narrowed, frozenset) else "的"
    names = [name for word in words if word not in common_words(asked.tongue) for name in (word, f"{word}s")]
    names += [phrase for phrase, of in tongue.phrases if of == wish.of]
    names += [
        f"{phrase}{joint}{word}"
        for word in words
        if word not in common_words(asked.tongue)
        for phrase, of in tongue.phrases
        if of == wish.of
    ]
    for name in names[:MOST_LOOKED_UP]:
        place = asked.room.titled(name)
        if place is not None:
            places[place] = None
    places |= dict.fromkeys((hit.edition, hit.id) for hit in hits)
    for edition, identity in list(places)[:MOST_PAGES]:
        page = asked.room.page(edition, identity)
        if page is not None and page.starts and asked.allows(page.article):
            yield page


def _in_page(page: Page, wish: Most) -> Iterator[Stated]:
    language = page.article.language
    tongue = _tongues().get(primary(language))
    if tongue is None:
        return
    for start, end in sentences(page.text, 0, min(len(page.text), LEAD)):
        told = page.text[start:end]
        if len(told) > LONGEST_SENTENCE or "\t" in told:
            continue
        found = _said(told, language, tongue)
        if found is not None and found[0] == wish:
            yield made(page, start, start + found[1], start, end, 1.0)


def _said(told: str, language: str, tongue: Tongue) -> tuple[Most, int] | None:
    """(what a sentence says its subject is the most of, where the subject ends); None where it says no such thing."""
    plain = folded(fold_han(told))
    if len(plain) != len(told):
        return None
    verb = tongue.copula.search(plain, 1, LONGEST_SUBJECT + 8)
    if verb is None or verb.start() > LONGEST_SUBJECT:
        return None
    most = tongue.pattern.search(plain, verb.end())
    if most is None:
        return None
    stop = _CORE.search(plain, most.end())
    core = plain[verb.end() : stop.start() if stop else len(plain)]
    subject = told[: verb.start()].rstrip()
    if not subject or not _name(subject, language) or _ONE_OF.search(core) or "," in core[: most.start() - verb.end()]:
        return None
    told_of = most_in(core, language)
    return None if told_of is None else (told_of, len(subject))


_WHATS = re.compile(r"\b(?:what|which|who)['’]s\b")

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
    pieces = cut(subject, language)
    if not len(pieces) or len(pieces) > 16 or all(pieces.common) or re.search(r"[,;:，；：\n\t]", subject):
        return False
    words = [
        word
        for word, common in zip(re.findall(r"[^\W\d_][\w'’-]*", subject), pieces.common, strict=False)
        if not common
    ]
    return unspaced(subject) or any(word[0].isupper() or word[0].lower() == word[0].upper() for word in words)


@cache
def _tongues() -> dict[str, Tongue]:
    table = tomllib.loads(files(__package__).joinpath("superlatives.toml").read_text("utf-8"))
    return {tag: _read(entry) for tag, entry in table.items()}


def _read(entry: dict[str, str]) -> Tongue:
    def phrases(text: str) -> list[str]:
        return [" ".join(folded(fold_han(each)).split()) for each in text.split("|") if each.strip()]

    pairs = [(each, name) for name, text in entry.items() if name not in ("quiet", "copula") for each in phrases(text)]
    pairs.sort(key=lambda pair: (-len(pair[0]), pair[0]))
    return Tongue(
        phrases=tuple(pairs),
        pattern=_any([phrase for phrase, _ in pairs]),
        quiet=frozenset(folded(fold_han(word)) for word in entry["quiet"].split()),
        copula=_any(phrases(entry["copula"])),
    )


def _any(phrases: Sequence[str]) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda each: (-len(each), each))
    body = "|".join(re.escape(each).replace(r"\ ", r"\s+") for each in ordered)
    return re.compile(body if unspaced("".join(phrases)) else rf"(?<![^\W_])(?:{body})(?![^\W_])")
