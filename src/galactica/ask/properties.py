"""Properties that things have, and what each is called and asked by in several languages: `properties.toml`; how people
ask for them in everyday words: `colloquial.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from importlib.resources import files
from itertools import product
from typing import Any

from galactica.ask.kinds import asked_languages
from galactica.ask.pieces import cut_pieces
from galactica.claims.property_table import Property, known_properties
from galactica.codes.han import fold_han, unspaced
from galactica.codes.letters import folded
from galactica.codes.on_demand import OnDemand
from galactica.languages import primary, separates_words
from galactica.values.units import measures

Ways = tuple[frozenset[str] | str, ...]
"""What something is called in a language, each as `as_compared` makes it."""

FORMS = ("number", "quantity", "date", "name", "person", "list")


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedProperty:
    """A property as `properties.toml` has it.

    Attributes:
        name: of its table.
        form: what its value must be, one of `FORMS`; "" where that is not known.
        phrases: language → what it is called and asked by, as compared; what comes first is preferred. Compared when
            the language is first looked up, like `inverse` and `counted`: a question is in one, and there are dozens.
        counted: language → nouns that stand beside a number in a sentence that says it.
        inverse: language → what asks for the thing by its value ("unit" in "the unit of force"), as compared.
        only, without: "number", "date" or "place", the kinds of question that alone, or never, ask for it.
        instead: the property that is looked for where the thing does not have this one.
        measure: what its numbers measure ("count", "length", … as `measures` names them); none where that is not told.
        claims: what claims call it (`claims.property_table`); none where nothing is claimed of it.
    """

    name: str
    form: str
    phrases: Mapping[str, Ways]
    counted: Mapping[str, tuple[str, ...]]
    inverse: Mapping[str, Ways]
    only: str = ""
    without: str = ""
    instead: str = ""
    measure: tuple[str, ...] = ()
    claims: tuple[str, ...] = ()


@cache
def _written() -> dict[str, Any]:
    """The file as it stands."""
    return tomllib.loads(files(__package__).joinpath("properties.toml").read_text("utf-8"))


@cache
def properties() -> tuple[AskedProperty, ...]:
    """All that are known: those of the table in its order, then those that claims alone know, by
    the names of rows."""
    table = _written()
    own = [_read(name, entry) for name, entry in table.items() if name not in _WORDS]
    linked = {name for each in own for name in each.claims}
    every = (*own, *(_of_claims(each) for each in known_properties().values() if each.id not in linked))
    return tuple(map(_with_everyday_words, every))


def _with_everyday_words(each: AskedProperty) -> AskedProperty:
    """A property with how people ask for it besides, behind what it is called."""
    table = _everyday_table()
    more = {language: told[each.name] for language, told in table.items() if each.name in told}
    if not more:
        return each

    def ways(language: str) -> Ways:
        several = (as_compared(way, language) for way in every_way(more.get(language, "")))
        return tuple(dict.fromkeys((*each.phrases.get(language, ()), *(way for way in several if way))))

    return replace(each, phrases=OnDemand(dict.fromkeys((*each.phrases, *more)), ways))


@cache
def whole_rests(language: str) -> Mapping[str, AskedProperty]:
    """All that may stand beside a thing, its letters alone → the property that is asked for so."""
    told = {each.name: each for each in properties()}
    table: dict[str, str] = _everyday_table().get("whole", {}).get(language, {})
    return {folded(fold_han(way)): told[name] for name, text in table.items() for way in every_way(text)}


def every_way(text: str) -> list[str]:
    """The phrases that a line of `colloquial.toml` writes: of "(a|b|)c | d" "ac", "bc", "c" and "d"."""
    found: list[str] = []
    for line in _BETWEEN_WAYS.split(text):
        parts = [part[1:-1].split("|") if part[:1] == "(" else [part] for part in _CHOICE.split(line.strip()) if part]
        found += ["".join(chosen) for chosen in product(*parts) if parts]
    return found


_CHOICE = re.compile(r"(\([^()]*\))")
_BETWEEN_WAYS = re.compile(r"\|(?![^()]*\))")


@cache
def _everyday_table() -> dict[str, dict[str, Any]]:
    return tomllib.loads(files(__package__).joinpath("colloquial.toml").read_text("utf-8"))


def _of_claims(each: Property) -> AskedProperty:
    """A property that nothing but its names asks for."""

    def ways(language: str) -> Ways:
        return tuple(dict.fromkeys(way for name in each.names[language] if (way := as_compared(name, language))))

    return AskedProperty(
        name=each.id,
        form=_form(each),
        phrases=OnDemand((language for language in each.names if language in asked_languages()), ways),
        counted={},
        inverse={},
        measure=_measure(each),
        claims=(each.id,),
    )


def _form(each: Property) -> str:
    if each.kind == "quantity":
        return "number" if each.measures == "count" else "quantity"
    return "date" if each.kind == "time" else "list" if each.many else "name"


def _measure(each: Property) -> tuple[str, ...]:
    return (each.measures,) if each.measures in measures() | {"count"} else ()


_WORDS = ("small", "class", "differ", "cites", "values", "dated", "denies")
"""Tables that are words, and no property."""


@lru_cache(maxsize=4_096)
def as_compared(text: str, language: str) -> frozenset[str] | str:
    """A phrase as phrases are compared: the stems of its words in no order, or its letters; without quiet words."""
    if unspaced(text):
        return _bare(text, language)
    pieces = cut_pieces(text, language)
    quiet = _quiet(primary(language))
    rows = [row for row in zip(pieces.keys, pieces.words, pieces.common, strict=True) if row[1] not in quiet]
    said = frozenset(key for key, _, common in rows if not common)
    return said or frozenset(key for key, _, _ in rows)  # of a little known language anything may be held for common


def lefts(rest: str, language: str) -> list[frozenset[str] | str]:
    """What is left of a question, as compared: as it stands, and without words for what sort of thing the thing is."""
    if unspaced(rest):
        asking, sorts = _asking(primary(language)), _table("class", language)
        whole, without = _bare(rest, language), _bare(rest, language, asking)
        plain, least = _bare(rest, language, sorts), _bare(rest, language, asking | sorts)
        return list(dict.fromkeys((whole, without, plain, least)))
    keys = as_compared(rest, language)
    assert isinstance(keys, frozenset)
    sorts, asking = (_stems(language, name) for name in ("class", "asking"))
    return list(dict.fromkeys((keys, keys - asking, keys - sorts, keys - sorts - asking)))


def left_letters(text: str, language: str) -> str:
    """The letters of a question of an unspaced script, without marks, quiet words and those that only ask."""
    return _bare(text, language, _asking(primary(language)))


def sorts(language: str) -> frozenset[str]:
    """Words for sorts of things, as compared; letters in scripts without spaces."""
    return _stems(language, "class") if separates_words(language) else _table("class", language)


def words_for(name: str, language: str) -> frozenset[str]:
    """The words of one of the tables that are no property ("differ", "cites"), as compared."""
    return _table(name, language) if language in ("zh", "th", "ja") else _stems(language, name)


def denying_words(language: str) -> frozenset[str]:
    """Words that deny, folded, of languages whose files do not say them."""
    return _table("denies", language)


def quiet_keys(language: str) -> frozenset[str]:
    """Keys of words that a question may have besides what it asks."""
    return _stems(language, "asking") | _stems(language, "small")


def first_name(name: str, language: str) -> str:
    """The first thing that a property is called in a language, as it is written; "" where the table names none."""
    entry = _written().get(name, {})
    own = known_properties().get(name)
    told = str(entry.get(language, "")).partition("|")[0].strip()
    return told or next(iter(own.names.get(language, ())) if own is not None else iter(()), "")


@cache
def _stems(language: str, name: str) -> frozenset[str]:
    """The keys of words for sorts of things, or of those that only ask."""
    words = _asking(primary(language)) if name == "asking" else _table(name, language)
    return frozenset(key for word in words for key in cut_pieces(word, language).keys)


def _bare(text: str, language: str, more: frozenset[str] = frozenset()) -> str:
    """The letters of a phrase of an unspaced script, without marks, quiet words, and more words."""
    letters = "".join(letter for letter in folded(fold_han(text)) if letter.isalnum() or letter in _SIGNS)
    return _stripped(letters, _table("small", language) | _common(primary(language)) | more)


_SIGNS = "\u0e31\u0e34\u0e35\u0e36\u0e37\u0e38\u0e39\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c"
"""Vowels and tones of Thai that are no letters."""


@cache
def _common(language: str) -> frozenset[str]:
    known = asked_languages()
    return known[language].common if language in known else frozenset()


@cache
def _asking(language: str) -> frozenset[str]:
    known = asked_languages()
    return known[language].asking | _ASKING if language in known else frozenset()


_ASKING = frozenset(("什么", "哪里", "哪儿", "多少", "哪个", "哪些", "几"))


def _stripped(letters: str, quiet: frozenset[str]) -> str:
    """Letters without some words, the longest first."""
    return _any_of(quiet).sub("", letters)


@lru_cache(maxsize=64)
def _any_of(quiet: frozenset[str]) -> re.Pattern[str]:
    """One of some words of scripts without spaces, the longest first; nothing where there are none."""
    words = sorted((word for word in quiet if unspaced(word)), key=lambda word: (-len(word), word))
    return re.compile("|".join(map(re.escape, words)) or r"(?!)")


@cache
def _table(name: str, language: str) -> frozenset[str]:
    table = _written()
    return frozenset(folded(fold_han(word)) for word in table[name].get(primary(language), "").split())


@cache
def property_words(language: str) -> frozenset[str]:
    """The words that properties are called and asked by in a language whose words are separated, folded."""
    table = _written()
    said = (str(entry.get(language, "")) for name, entry in table.items() if name not in _WORDS)
    return frozenset(word for each in said for word in folded(each).replace("|", " ").split() if word.isalpha())


@cache
def _quiet(language: str) -> frozenset[str]:
    return _table("small", language)


def _read(name: str, entry: dict[str, Any]) -> AskedProperty:
    counted: dict[str, str] = entry.get("counted", {})
    turned: dict[str, str] = entry.get("inverse", {})
    return AskedProperty(
        name=name,
        form=str(entry["form"]),
        phrases=OnDemand((tag for tag in entry if tag not in _SETTINGS), lambda tag: _ways(entry[tag], tag)),
        inverse=OnDemand(turned, lambda tag: _ways(turned[tag], tag)),
        counted=OnDemand(counted, lambda tag: _phrases(counted[tag])),
        only=str(entry.get("only", "")),
        without=str(entry.get("not", "")),
        instead=str(entry.get("or", "")),
        measure=tuple(str(entry.get("measure", "")).split()),
        claims=tuple(
            str(entry.get("claims", name)).split() if entry.get("claims") or name in known_properties() else ()
        ),
    )


_SETTINGS = frozenset("form only not or counted inverse measure claims".split())


def _ways(text: str, language: str) -> Ways:
    return tuple(dict.fromkeys(as_compared(" ".join(each.split()), language) for each in text.split("|")))


def _phrases(text: str) -> tuple[str, ...]:
    found = (" ".join(folded(fold_han(each)).split()) for each in text.split("|"))
    return tuple(sorted(found, key=lambda each: (-len(each), each)))
