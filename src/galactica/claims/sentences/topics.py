"""What an article is about, as its sentences speak of it: its names, what kind of thing it is, which pronoun is its.

Its names are the title, with and without what a bracket or a comma adds, the aliases, of a person the family name, and
what stands at the head of the first sentence where that is the title in full or in part. Its nouns are those that the
first sentence defines it by: "the city" in an article on a city. A kind that cannot be told is "".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from galactica.claims.sentences.lexicon import Lexicon
from galactica.claims.sentences.longer import called_as_well
from galactica.claims.sentences.names_unspaced import also_named, transcribed_alike
from galactica.claims.sentences.sorts import definition_in, of_a_class, of_fiction, people_told
from galactica.claims.sentences.unspaced import defined_unspaced
from galactica.codes.han import fold_han
from galactica.codes.letters import folded

MOST_NAMES = 40
"""Aliases of an article that are taken."""

SHORTEST = 2
"""Code points of a short form that is taken for a name."""

DEFINED_WITHIN = 260
"""Code points of the first sentence in which the noun is looked for that says what kind of thing it is."""

CALLED = 3
"""How often a first name must stand alone to be how the article calls a person."""

MOSTLY = 0.7
"""The share of a pronoun among those of its kind that makes it the article's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What an article is about.

    Attributes:
        names: its names, as `name_key` has them.
        kind: "person", "place" …; "" where it is not known.
        nouns: what it is called by its kind: "city".
        pronouns: those that may mean it.
        one: whether it is one thing, and no class of things.
        fiction: whether somebody made it up.
        aside: whether the article begins with another thing than its title names: "Geography of Lyon" with Lyon. Then
            neither "it" nor "the city" is the article's own.
    """

    names: frozenset[str]
    kind: str
    nouns: frozenset[str]
    pronouns: frozenset[str]
    aside: bool = False
    one: bool = True
    fiction: bool = False


@lru_cache(maxsize=4096)
def _key(name: str) -> str:
    """Rules that match in one sentence ask for the same names."""
    return " ".join(folded(fold_han(name)).split()).strip(" ,.'\"“”‘’«»《》「」『』*")


def name_key(name: str, words: Lexicon) -> str:
    """A name as names are compared: folded, without the article before it and marks around it."""
    key = _key(name)
    if words.spaced:
        first, _, rest = key.partition(" ")
        if rest and first in words.any("articles"):
            return rest
    return key


def topic_of(first: str, text: str, title: str, aliases: Iterable[str], words: Lexicon) -> Topic:
    """What an article is about.

    Args:
        first: its first sentence; "" where none speaks of the title.
        text: how it begins, for its pronouns.
    """
    base = _BRACKET.sub("", title).strip() or title
    also = list(aliases)[:MOST_NAMES]
    names = {name_key(each, words) for each in (title, base, *also, *(_BRACKET.sub("", each) for each in also))}
    kind, nouns = defined_as(first, base, words)
    place = base.partition(",")[0].strip()
    if kind in ("place", "") and place:
        names.add(name_key(place, words))
    head = opening_phrase(first, words)
    if _of_a_part(head, base, words):
        return Topic(
            names=frozenset(n for n in names if len(n) >= SHORTEST), kind="", nouns=_NONE, pronouns=_NONE, aside=True
        )
    lived = _like_a_person(first, words) or (kind == "person" and _YEARS.search(first[:DEFINED_WITHIN]) is not None)
    if head and (_shares(head, base, words, lived) or ((lived or not words.spaced) and _known_as(base, first, words))):
        names.add(name_key(head, words))
    names |= {name_key(each, words) for each in called_as_well(first, kind == "person" or lived, words)}
    if kind not in ("", "person") and _like_a_person(first, words) and (people := people_told(first, nouns, words)):
        kind, nouns = "person", people
    if not kind and words.patterns["born"].search(first[:400]):
        kind = "person"
    pronouns = _pronouns(text, kind, words)
    if not kind and pronouns & words.any("he_or_she"):
        if _like_a_person(first, words):
            kind = "person"
        else:
            pronouns = frozenset()
    names |= {name_key(_NICKNAME.sub(" ", each), words) for each in (base, head) if name_key(each, words) in names}
    if kind == "person":
        own = [base, *([head] if name_key(head, words) in names else []), *_born_as(first, words)]
        names |= {name_key(each, words) for one in own for each in (one, *_short_forms(one, words))}
        names |= {name_key(each, words) for each in _given_name(base, text, words)}
    if not words.spaced:
        names |= {name_key(each, words) for each in also_named(first, base, kind, nouns, text, words)}
    kept = frozenset(n for n in names if len(n) >= SHORTEST or (not words.spaced and n == name_key(base, words)))
    one, fiction = not of_a_class(first, base, words), of_fiction(first, words)
    return Topic(names=kept, kind=kind, nouns=nouns, pronouns=pronouns, one=one, fiction=fiction)


_NONE: frozenset[str] = frozenset()


def _known_as(base: str, first: str, words: Lexicon) -> bool:
    """Whether a first sentence says that whom it begins with is known by the title: "Ada Lang, known as Ada Mill"."""
    places = (match.start() for match in re.finditer(re.escape(base), first))
    return any(at > 0 and words.patterns["also_known"].search(first[:at]) is not None for at in places)


def _of_a_part(head: str, base: str, words: Lexicon) -> bool:
    """Whether a title names a part, or a side, of what its first sentence speaks of: "Geography of Lyon", which begins
    "Lyon is a city"."""
    whose = words.patterns["part_of"].search(base)
    if whose is None or not head or not base[: whose.start()].strip():
        return False
    if words.spaced and base.split()[0] in words.any("forms"):
        return False  # "Republic of Chad", which begins "Chad is a country"
    key, whole = name_key(head, words), name_key(base[whose.end() :], words)
    return key == whole or (words.spaced and words.patterns["of"].search(head) is None and whole.endswith(f" of {key}"))


_YEARS = re.compile(r"\([^()]*\d{3,4}\s?[–-][^()]*\d{3,4}[^()]*\)")
"""Of a life, in a bracket."""

_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")


def opening_phrase(first: str, words: Lexicon) -> str:
    """The noun phrase that a first sentence begins with, before any bracket, comma or verb."""
    cut = words.patterns["head_ends"].search(first)
    told = first[: cut.start()].strip() if cut is not None and cut.start() < 120 else ""
    return words.patterns["honours"].sub("", told)


def defined_as(first: str, base: str, words: Lexicon) -> tuple[str, frozenset[str]]:
    """The kind of thing that a first sentence says its subject is, and the nouns it says that with."""
    plain = without_brackets(first)
    match = words.patterns["defines"].search(plain)
    if match is None and words.spaced:
        return "", frozenset()
    start = match.end() if match is not None else len(plain)
    told = fold_han(plain[start : start + DEFINED_WITHIN])
    if not words.spaced:
        return defined_unspaced(told, first, base, words)
    near, stop = definition_in(told, words)
    said = _WORD.findall(near.lower())
    if match is not None and match[0].rstrip().endswith("one of"):
        said = [_PLURAL.sub(lambda end: "y" if end[0] == "ies" else "", word) for word in said]
    nouns = [word for word in said if word in words.kinds]
    last = near.lower().split()[-1:]
    if (
        stop is not None
        and stop[0].strip() in words.any("of")
        and last == nouns[-1:]
        and last[0] in words.any("of_many")
    ):
        nouns.pop()  # "a series of home computers" is no film
    if nouns:
        return words.kinds[nouns[-1]], frozenset(nouns)
    return "", frozenset()


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_PLURAL = re.compile(r"ies$|(?<=[^s])s$")


def without_brackets(text: str) -> str:
    """A text without what stands in brackets, up to three deep, without the marks around a title, and without what
    somebody is called between two names: David "Fathead" Newman."""
    text = _NICKNAME.sub(" ", _TITLED.sub(r"\1", text))
    for _ in range(3):
        shorter = _ROUND.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


_TITLED = re.compile(r"^\s?[\"“]\s?([^\"“”]{1,80}?),?\s?[\"”]")
"""Of a song or an article, at the beginning of its sentence."""

_NICKNAME = re.compile(r"(?<=\w) [\"“][^\"“”]{1,24}[\"”] (?=[A-Z])")

_ROUND = re.compile(r"\s?(?:[(（][^()（）]*[)）]|[\[［][^\[\]［］()（）]*[\]］])")
"""Round ones with whatever square ones they hold: extracts of wikis leave "]" of a pronunciation that they left out."""


def _shares(head: str, base: str, words: Lexicon, person: bool) -> bool:
    """Whether a sentence's first words are a title in another form: its full one, a shorter one, or of a person one
    that ends in the same name. "The mayor of Lyon" is none of Lyon's, "Republic of Iceland" is one of Iceland's."""
    mine, its = name_key(head, words), name_key(base, words)
    if person and words.spaced and mine.startswith(f"{its} of "):
        return True
    if not words.spaced:
        inner = mine in its and len(mine) >= max(SHORTEST, len(its) / 2)
        return inner or transcribed_alike(mine, its) or (its in mine and len(mine) <= len(its) + 6 and "的" not in mine)
    if any(word[:1].islower() and folded(word) not in words.any("links") for word in head.split()[1:]):
        return mine == its
    plain = head.split()[head.split()[0].lower() in words.any("articles") :]
    form = plain[0] in words.any("forms") if plain else False
    if words.patterns["of"].search(head) and not form and not words.patterns["of"].search(base):
        return mine == its
    if base.split()[0] in words.any("forms") and its.endswith(f" of {mine}"):
        return True
    one, other = set(_WORD.findall(mine)), set(_WORD.findall(its))
    if not one or not other:
        return False
    if one < other and (words.patterns["of"].search(base) or mine.split()[0] != its.split()[0]):
        return its.startswith(mine + " ")
    return one <= other or other <= one or (person and len(other) > 1 and mine.split()[-1] == its.split()[-1])


def _like_a_person(first: str, words: Lexicon) -> bool:
    """Whether what no noun defines may be a person: the first sentence has dates of a life behind the name."""
    return words.patterns["lifespan"].search(first[:400]) is not None


def _born_as(first: str, words: Lexicon) -> list[str]:
    """The name that a person was born with, where the first sentence says it: "Pius II, born Enea Piccolomini"."""
    match = words.patterns["born_as"].search(first[:400])
    return [match["name"]] if match is not None else []


def _given_name(base: str, text: str, words: Lexicon) -> list[str]:
    """How an article calls a person by what the title begins with: "Chiang was", "Eleanor had"; without the office
    before it: "Innocent XII"; and without what tells it apart: "Pliny the Elder"."""
    first, _, rest = base.partition(" ")
    if not words.spaced or not rest:
        return []
    if first in words.any("before_names"):
        return [rest]
    last = rest.rpartition(" ")[2]
    whose = words.patterns["of"].search(base)
    whole = [base[: whose.start()].strip()] if whose is not None else []
    parts = base.split()
    whole += [" ".join(parts[:at]) for at, part in enumerate(parts) if at and part in words.any("articles")][:1]
    alone = [len(re.findall(rf"(?<!\b[A-Z][.] ){re.escape(name)} (?=[a-z])", text)) for name in (first, last)]
    return whole + ([first] if alone[0] >= CALLED and alone[0] > alone[1] and first[:1].isupper() else [])


def _short_forms(base: str, words: Lexicon) -> list[str]:
    """How an article on a person calls it after the first time: the family name; of "Eleanor of Aquitaine" none."""
    if "·" in base or "‧" in base:
        return [part for part in (re.split("[·‧]", base)[-1],) if len(part) >= SHORTEST]
    if not words.spaced:
        return []
    told, _, _ = base.partition(",")
    parts = [part for part in told.split() if folded(part).strip(".") not in _SUFFIXES]
    last = parts[-1] if len(parts) > 1 and not words.patterns["of"].search(told) else ""
    return (
        [last]
        if last[:1].isupper() and len(last) >= SHORTEST and not last.isdigit() and not _ROMAN.fullmatch(last)
        else []
    )


_SUFFIXES = frozenset(("jr", "sr", "junior", "senior"))
_ROMAN = re.compile("[IVX]+")


def _pronouns(text: str, kind: str, words: Lexicon) -> frozenset[str]:
    """Which pronouns may mean what the article is about."""
    if kind and kind != "person":
        return words.any("it")
    total = {}
    for each in sorted(words.any("he_or_she")):
        forms = "|".join(sorted(words.any(f"forms_{each.lower()}") or {each}))
        total[each] = len(re.findall(rf"(?i)(?<!\w)(?:{forms})(?!\w)" if words.spaced else each, text))
    every = sum(total.values())
    if every < (2 if not kind else 1):
        return frozenset() if kind else words.any("it")
    return frozenset(each for each, count in total.items() if count >= MOSTLY * every)
