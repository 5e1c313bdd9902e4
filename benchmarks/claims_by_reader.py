"""What the reader would claim of an article if it were asked a question for each property, beside what rules claim.

    python -m benchmarks.claims_by_reader -e EDITION... [--tables EDITION...] [--infotabs] [--dbp15k]
        [--part figure|build] [--most 10] [--shown FILE]

Relations found by asking (Levy et al. 2017, arXiv:1706.04115), over the known pairs of `claims_recall`. First each
value that rules miss is looked for where it stands: the property is asked of the sentences that hold it (`PLACES` at
most), each with the one before it, and counted is whether the reader marks the value among its four best stretches, as
the best one, and as likelier than that nothing there answers. That is the most that asking could give.

Then the property is asked without knowing the value: of sentences with a word of its role and something of the kind of
its values, those first that name the thing or begin with a pronoun. What is marked from each margin on counts as
proposed: all of it and, more strictly, "alone": the best of each property of which rules say nothing in that article.
"in a table" are proposals that a table has too. Of the others some are right, and only who reads them can tell
(`--shown` writes what is alone, of the half that may be looked at).
"""

from __future__ import annotations

import argparse
import json
import re
import time
import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from benchmarks import results
from benchmarks.claims_known import Value
from benchmarks.claims_recall import (
    NARROWER,
    Known,
    dates_and_amounts,
    in_prose,
    is_of,
    says,
    told_by_tables,
    with_boxes,
    with_tables,
)
from benchmarks.claims_roles import ROLES, has_role
from galactica.ask.contract import AnswerSpan, Given, Reader
from galactica.ask.trained import open_reader
from galactica.claims.property_table import known_properties
from galactica.claims.reading import article_claims, laid_of
from galactica.claims.sentences.cutting import sentences_in
from galactica.claims.sentences.lexicon import Lexicon, lexicon
from galactica.claims.sentences.topics import name_key
from galactica.claims.tagging.candidates import candidates_of, properties_of, value_key
from galactica.claims.tagging.windows import LaidArticle
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.model import Article
from galactica.model.claim import Claim

ASKED = tomllib.loads(Path(__file__).with_suffix(".toml").read_text("utf-8"))
"""Property → its question; property → words of its role."""

PLACES = 4
"""Sentences that hold a missed value which are asked, those with a word of its role first."""

STRETCHES = 4
"""Of one passage that are looked at."""

LONGEST, LONGEST_BEFORE = 600, 500
"""Code points of a sentence that is asked, and of the one before it that is read with it."""

OPENING = 3
"""Sentences after the first that speak of the thing, whether they name it or not."""

SHORT_FORM = 3
"""Code points from which a name of the thing is looked for in a sentence."""

MARGINS = (0.0, 1.0, 2.0, 2.5, 3.0)
"""Logits over "it is not here" from which figures are told."""

WORDED = frozenset(("genre", "occupation", "government_type", "industry", "religion"))
"""Properties whose values are mostly no names."""

ONE_NAMED = frozenset(("country", "capital", "place_of_birth", "place_of_death"))
"""Properties in whose value a comma parts no values."""

_PRONOUN = re.compile(
    r"(?i)\b(?:he|she|it|its|his|her|they|their|the (?:country|city|state|company|band|group|island))\b"
)
_BETWEEN = re.compile(r"\s*(?:,? and |,? or |, |; | as well as )\s*")
_BEFORE = re.compile(r"(?i)^(?:the|an?|his|her|its) ")
_DIRECTION = re.compile(r"(?i)(?:the )?(?:far )?(?:north|south|east|west|northeast|northwest|southeast|southwest)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposed:
    """What the reader marks as a value of a property.

    Attributes:
        value: as values are compared.
        shown: its words.
        margin: of the stretch that says it best.
        passage: where it stands.
    """

    value: Value
    shown: str
    margin: float
    passage: str


@dataclass(frozen=True, kw_only=True)
class AskedProse:
    """The sentences of an article, as they are asked.

    Attributes:
        spans: (number of the paragraph, start, end) of each.
    """

    title: str
    laid: LaidArticle
    words: Lexicon
    spans: Sequence[tuple[int, int, int]]

    def sentence(self, number: int) -> str:
        _, start, end = self.spans[number]
        return self.laid.text[start:end]

    def passage(self, number: int) -> Given:
        """A sentence with the one before it."""
        line, start, end = self.spans[number]
        if number and self.spans[number - 1][0] == line and start - self.spans[number - 1][1] < LONGEST_BEFORE:
            start = self.spans[number - 1][1]
        return Given(text=self.laid.text[start:end], title=self.title)

    @cached_property
    def kinds(self) -> Sequence[frozenset[str]]:
        """The properties of which each sentence has something of the kind of their values."""
        return [
            frozenset(
                known.id
                for each in candidates_of(self.sentence(number), self.laid.topic, self.words)
                for known in properties_of(each.kind)
            )
            for number in range(len(self.spans))
        ]

    def telling(self, name: str, most: int) -> list[int]:
        """The sentences that may tell a property, at most so many."""
        role = re.compile(rf"(?i)(?<!\w)(?:{ROLES.get(name) or ASKED['roles'].get(name, '.')})(?!\w)")
        names = [each for each in self.laid.topic.names if len(each) >= SHORT_FORM]
        found = []
        for number in range(len(self.spans)):
            text = self.sentence(number)
            if len(text) > LONGEST or not role.search(text) or not (name in WORDED or name in self.kinds[number]):
                continue
            key = name_key(text, self.words)
            near = any(each in key for each in names) or _PRONOUN.search(text[:60]) is not None
            found.append((not near and number > OPENING, number))
        return [number for _, number in sorted(found)[:most]]


def main() -> None:
    parser = results.arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    with_tables(parser)
    parser.add_argument("--most", type=int, default=10, help="sentences of an article that are asked for a property")
    parser.add_argument("--shown", type=Path, help="a file for what is proposed where rules say nothing")
    given = parser.parse_args()
    if given.shown and given.part != "build":
        parser.error("only the half that may be looked at is shown")
    reader, tables = open_reader(threads=1), told_by_tables(given)
    counted: Counter[str] = Counter()
    shown: list[tuple[float, dict[str, object]]] = []
    begun = time.process_time()
    for path in given.edition:
        with Edition.open(path) as edition:
            for _, article in edition.scan(0, len(edition)):
                if is_of(article.title, given.part):
                    counted_article(
                        article, tables.get(title_key(article.title), {}), reader, given.most, counted, shown
                    )
    counted["CPU seconds"] = round(time.process_time() - begun)
    for name, count in counted.items():
        print(f"{name:60} {count:6}")
    if given.shown:
        lines = [json.dumps(each, ensure_ascii=False) for _, each in sorted(shown, key=lambda pair: -pair[0])]
        given.shown.write_text("".join(f"{line}\n" for line in lines), "utf-8")
    results.keep(__file__, given, counted)


def counted_article(
    article: Article,
    known: Known,
    reader: Reader,
    most: int,
    counted: Counter[str],
    shown: list[tuple[float, dict[str, object]]],
) -> None:
    """Counts what the reader would claim of an article.

    Args:
        known: what tables say of its thing.
        most: sentences that are asked for a property.
        counted: of what, how often; added to.
        shown: margin and line of what is proposed where rules say nothing; added to.
    """
    words = lexicon(article.language)
    if words is None or not words.spaced or not (known or "<table" in article.body):
        return
    claims = article_claims(article).claims
    pairs = with_boxes(known, claims)
    if not pairs:
        return
    prose = _prose(article, claims, words)
    counted["articles"] += 1
    for name in sorted(pairs):
        told = [value_key(c) for c in claims if _tells(c, name) and not c.subject and c.origin == "sentence"]
        missed = list(_missed(prose, name, pairs[name], told, counted))
        if name not in ASKED["questions"]:
            continue
        for value in missed:
            _where_it_stands(prose, name, value, reader, counted)
        proposed = _proposed(prose, name, reader, most, counted)
        fresh = [each for each in proposed if not any(_agree(name, each.value, value) for value in told)]
        _count(name, fresh, pairs[name], missed, "proposed", counted)
        if not told:
            _count(name, fresh[:1], pairs[name], missed, "alone", counted)
            shown += [(each.margin, _line(prose.title, name, each, pairs[name])) for each in fresh[:1]]


def _prose(article: Article, claims: Sequence[Claim], words: Lexicon) -> AskedProse:
    laid = laid_of(article, claims, words)
    spans = [
        (n, a, b) for n, (start, end) in enumerate(laid.lines) for a, b in sentences_in(laid.text, start, end, words)
    ]
    return AskedProse(title=article.title, laid=laid, words=words, spans=spans)


def _tells(claim: Claim, name: str) -> bool:
    return claim.property in (name, *NARROWER.get(name, ()))


def _agree(name: str, one: Value, other: Value) -> bool:
    kind = known_properties()[name].kind
    return says(one, kind, other) or says(other, kind, one)


def _missed(
    prose: AskedProse, name: str, values: set[Value], told: Sequence[Value], counted: Counter[str]
) -> Iterator[Value]:
    """The known values that stand in the prose, and that no rule found; both are counted."""
    kind, laid = known_properties()[name].kind, prose.laid
    if kind not in ("item", "time", "quantity"):
        return
    lines = [laid.text[a:b] for a, b in laid.lines]
    text = "\n".join(lines)
    stands = set().union(*(dates_and_amounts(line, laid) for line in lines)) if kind != "item" else set()
    for value in sorted(values):
        if in_prose(value, kind, text, stands):
            counted["known"] += 1
            if not any(says(value, kind, each) for each in told):
                counted["missed by rules"] += 1
                yield value


def _where_it_stands(prose: AskedProse, name: str, value: Value, reader: Reader, counted: Counter[str]) -> None:
    """Whether the reader marks a value in the sentences that hold it."""
    kind = known_properties()[name].kind
    held = []
    for number in range(len(prose.spans)):
        text = prose.sentence(number)
        if in_prose(value, kind, text, dates_and_amounts(text, prose.laid) if kind != "item" else set()):
            held.append((not has_role(name, text), number))
    marked: list[tuple[int, float]] = []
    for _, number in sorted(held)[:PLACES]:
        for place, each in enumerate(_asked(prose, name, number, reader)):
            if any(says(value, kind, said) for said, _ in _values(prose, name, each.text)):
                marked.append((place, each.margin))
    first = [margin for place, margin in marked if place == 0]
    counted["missed, asked where it stands"] += bool(held)
    counted["missed, among the four best where it stands"] += bool(marked)
    counted["missed, the best where it stands"] += bool(first)
    counted["missed, the best where it stands, and surer than none"] += max(first, default=0.0) > 0


def _asked(prose: AskedProse, name: str, number: int, reader: Reader) -> list[AnswerSpan]:
    question = ASKED["questions"][name].format(X=prose.title)
    return reader.read(question, [prose.passage(number)], most=STRETCHES)


def _values(prose: AskedProse, name: str, marked: str) -> Iterator[tuple[Value, str]]:
    """(value, its words) of a stretch: its dates or amounts, or its names, but for the thing's own and directions."""
    known = known_properties()[name]
    if known.kind != "item":
        for each in candidates_of(marked, prose.laid.topic, prose.words):
            if each.reading.kind == known.kind:
                yield value_key(each.reading), marked[each.start : each.end]
        return
    text = marked.strip(" \"'“”.,;()")
    for part in [text] if name in ONE_NAMED else _BETWEEN.split(text):
        bare = _BEFORE.sub("", part)
        if bare and not _DIRECTION.fullmatch(bare) and bare.lower() not in prose.title.lower():
            yield (title_key(bare), ""), bare


def _proposed(prose: AskedProse, name: str, reader: Reader, most: int, counted: Counter[str]) -> list[Proposed]:
    """The values that the reader marks, the surest first; of a property that has one value, the surest alone."""
    best: dict[Value, Proposed] = {}
    for number in prose.telling(name, most):
        counted["passages asked"] += 1
        for each in _asked(prose, name, number, reader):
            for value, words in _values(prose, name, each.text):
                if value not in best or each.margin > best[value].margin:
                    text = prose.passage(number).text
                    best[value] = Proposed(value=value, shown=words, margin=each.margin, passage=text)
    found = sorted(best.values(), key=lambda each: (-each.margin, each.value))
    return found if known_properties()[name].many else found[:1]


def _count(
    name: str,
    proposed: Sequence[Proposed],
    values: set[Value],
    missed: Sequence[Value],
    what: str,
    counted: Counter[str],
) -> None:
    kind = known_properties()[name].kind
    for margin in MARGINS:
        sure = [each for each in proposed if each.margin >= margin]
        said = f"{what}, margin {margin}"
        counted[said] += len(sure)
        counted[f"{said}: in a table"] += sum(any(says(v, kind, each.value) for v in values) for each in sure)
        counted[f"{said}: missed by rules"] += sum(any(says(v, kind, each.value) for each in sure) for v in missed)


def _line(title: str, name: str, each: Proposed, values: set[Value]) -> dict[str, object]:
    told = any(says(value, known_properties()[name].kind, each.value) for value in values)
    shown = {"title": title, "property": name, "value": each.shown, "margin": round(each.margin, 2)}
    return {**shown, "in a table": told, "passage": each.passage}


if __name__ == "__main__":
    main()
