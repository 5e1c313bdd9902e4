"""What is known of a language for reading its sentences: the file `rules/TAG.toml`, read once.

A rule says how a claim is worded (`say`, a regular expression with slots), which words must occur for it to be tried,
who the claim is about, and examples: sentences that it must read, and sentences that it must not.

    [[rule]]
    name = "born"
    triggers = "born"
    say = '(?:was|is) born (?:on |in ){date:date_of_birth}'
    about = "before"
    of = "person"
    must = ["Ada Lovelace | Ada Lovelace was born in 1815. | date_of_birth=1815"]
    must_not = ["Ada Lovelace | Nobody knows who was born in 1815."]

`about` says where the subject is: "before" the match; "named", in the slot `{S}`; "own", the match begins the sentence
and speaks of what the article is about; "along", the subject of the sentence's verb before it ("…, with a population
of"); "defined", the same right behind a plain definition ("X is a film directed by"); "bracket", the name before the
bracket that the match stands in; "life", the name right before the match that begins the article; "its", the match
says "its", "his" or "the city's" of the subject of the sentence before it; "couple", it speaks of "them", whom the
article's person is one of; "here", the article is about a state or the
like (`words.states`), and the match says what is so there: "the capital, Oslo,". `of`: kinds of things (`kinds`) that
the article must be about for the claim to be its own. `first`: only the article's first sentence is read with it.
`present`: no sentence that tells of the past is. `whole`: whoever else it is said of has a name of two words or more.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from galactica.claims.judged import share_right
from galactica.claims.sentences.slots import MEASURED, Slot, filled
from galactica.codes.on_demand import OnDemand
from galactica.languages import primary

_RULES = Path(__file__).parent / "rules"


_LETTER = "[A-Za-zÀ-ɏЀ-ӿ\u0600-\u06ff]"
_NOT_INSIDE = f"(?:(?<!{_LETTER})|(?!{_LETTER}))"
"""A match begins in no middle of a word: "Coriolis published" is none of "is published"."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceRule:
    """A way to say something.

    Attributes:
        name: of the rule, with its language: "en.born".
        source: regular expression over a sentence, in a script without spaces folded (`codes.han.fold_han`).
        slots: by the name of their group.
        triggers: one of them must occur in the sentence.
        about: where the subject is; see the module's rule.
        of: kinds of things that it is said of; empty for all.
        first: only of an article's first sentence.
        present: only of sentences that tell nothing of the past.
        whole: whether it is said of another than the article's own only by a name of two words or more.
        bounded: whether its slot for the subject says itself where a name ends: `{S:name}`.
        sure: how often it was right where it was judged.
        must, must_not: its examples.
    """

    name: str
    source: str
    slots: Mapping[str, Slot]
    triggers: tuple[str, ...]
    about: str
    of: frozenset[str]
    first: bool
    present: bool
    bounded: bool
    whole: bool
    sure: float
    must: tuple[str, ...]
    must_not: tuple[str, ...]

    @property
    def pattern(self) -> re.Pattern[str]:
        """The expression, compiled when it is first needed: all of a language's take seconds."""
        return _compiled(self.source)

    def matches(self, sentence: str) -> Iterator[re.Match[str]]:
        """Where a sentence says it, in order; what stands at the beginning alone is looked for there alone."""
        if not self.source.startswith("^"):
            return self.pattern.finditer(sentence)
        first = self.pattern.match(sentence)
        return iter(() if first is None else (first,))


@dataclass(frozen=True, slots=True, kw_only=True)
class Lexicon:
    """A language's file.

    Attributes:
        language: its tag.
        spaced: whether its words are set apart by spaces.
        rules: in the order of the file.
        by_trigger: trigger → numbers of rules.
        words: lists of words by name.
        patterns: expressions by name, each compiled when it is first looked up.
        kinds: noun → kind of thing ("person", "place" …).
        scales: word for a large number → the number, the longest words first.
        units: unit of `values/units.toml` → words of the file's own for it, set apart by "|".
        shapes: kind of slot → expression of anything that may stand in it, of those of `SHAPES` that the file knows.
    """

    language: str
    spaced: bool
    rules: tuple[SentenceRule, ...]
    by_trigger: Mapping[str, tuple[int, ...]]
    words: Mapping[str, frozenset[str]]
    patterns: Mapping[str, re.Pattern[str]]
    kinds: Mapping[str, str]
    scales: Mapping[str, int]
    units: tuple[tuple[str, str], ...]
    shapes: Mapping[str, str]

    def any(self, name: str) -> frozenset[str]:
        """A list of words; empty where the file has none."""
        return self.words.get(name, frozenset())


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(f"{_NOT_INSIDE}(?:{source})")


@cache
def read_languages() -> tuple[str, ...]:
    """The languages whose sentences are read."""
    return tuple(sorted(path.stem for path in _RULES.glob("*.toml") if not path.stem.startswith("_")))


@cache
def lexicon(language: str) -> Lexicon | None:
    """The file of a language (a tag, regions and scripts aside); None where its sentences are not read."""
    code = primary(language)
    if code not in read_languages():
        return None
    data = _with_base(tomllib.loads((_RULES / f"{code}.toml").read_text("utf-8")))
    spaced = bool(data.get("spaced", True))
    rules = tuple(_rule(code, row, data) for row in data["rule"])
    own: dict[str, str] = data.get("patterns", {})
    triggers: dict[str, list[int]] = {}
    for number, rule in enumerate(rules):
        for word in rule.triggers:
            triggers.setdefault(word, []).append(number)
    return Lexicon(
        language=code,
        spaced=spaced,
        rules=rules,
        by_trigger={word: tuple(numbers) for word, numbers in triggers.items()},
        words={name: _listed(text) for name, text in data.get("words", {}).items()},
        patterns=OnDemand(PATTERNS, lambda name: re.compile(filled(own.get(name, "(?!)"), code, data)[0])),
        kinds={noun: kind for kind, nouns in data.get("kinds", {}).items() for noun in _listed(nouns)},
        scales=_scales(data),
        units=tuple(data.get("units", {}).items()),
        shapes={kind: filled(f"{{{kind}:value}}", code, data)[0] for kind in SHAPES if _has(kind, data)},
    )


SHAPES = ("date", "number", "area", "length", "mass", "density", "proposed", "place", "demonym")
"""Kinds of slots that are looked for by themselves, wherever they stand (`claims.tagging`); "proposed": what may be a
name."""


def _has(kind: str, data: dict[str, Any]) -> bool:
    return kind in MEASURED or kind == "number" or kind in data.get("parts", {})


PATTERNS = (
    "a_name about_behind about_date adverbs again also_called also_known another_form apposed apposition "
    "award_joints before_own begins begins_name begins_with begun_by begun_later behind_own born born_as "
    "called_as called_so clause clause_of counted counts_others dated_tail defines definition_ends disputed "
    "doubted elsewhere era estimated fiction film_told finite first_word former former_behind founded_first genre "
    "goes_on he_is head_ends honours is_said item_head item_tail joined joints lies lies_in lifespan made_so "
    "more_names music_told negated neighbour no_claim no_end no_genre no_item no_lies no_life no_neighbour "
    "no_offspring no_person no_trade not_read of of_several office_joints offspring only_trade opening or_else "
    "other_person other_thing over own_goes_on part_counted part_measured part_of parted past perhaps person_name "
    "plain_definition planned reckoned reign relative released_before released_first reported reported_behind "
    "school_joints "
    "sentence_ends several she_is software_told somewhere subject_tail suffix this_one time_before "
    "time_behind timeless told_so trade undone wedding wedding_ends who year_told years"
).split()
"""Expressions that a file may have under `patterns`; one that it lacks matches nothing."""


def _with_base(data: dict[str, Any]) -> dict[str, Any]:
    """A file with what it takes from the one that `base` names: parts and patterns that it has none of its own for."""
    if "base" not in data:
        return data
    below = tomllib.loads((_RULES / f"_{data['base']}.toml").read_text("utf-8"))
    return {**below, **data, **{part: {**below.get(part, {}), **data.get(part, {})} for part in ("parts", "patterns")}}


def _scales(data: dict[str, Any]) -> dict[str, int]:
    found = {word: int(number) for number, words in data.get("scales", {}).items() for word in words.split()}
    return dict(sorted(found.items(), key=lambda each: (-len(each[0]), each[0])))


def _listed(text: str) -> frozenset[str]:
    """The members of a list: set apart by white space, or by "|" where some have a blank."""
    parts = text.split("|") if "|" in text else text.split()
    return frozenset(" ".join(part.split()) for part in parts if part.strip())


def _rule(code: str, row: dict[str, Any], data: dict[str, Any]) -> SentenceRule:
    source, slots = filled(row["say"], code, data)
    return SentenceRule(
        name=f"{code}.{row['name']}",
        source=source,
        slots=slots,
        triggers=tuple(sorted(_listed(row.get("triggers", "")))),
        about=row.get("about", "before"),
        of=frozenset(row.get("of", "").split()),
        first=bool(row.get("first", False)),
        present=bool(row.get("present", False)),
        bounded="{S:" in row["say"],
        whole=bool(row.get("whole", False)),
        sure=share_right("sentence", f"{code}.{row['name']}"),
        must=tuple(row["must"]),
        must_not=tuple(row["must_not"]),
    )
