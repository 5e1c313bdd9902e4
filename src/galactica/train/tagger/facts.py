"""What is known of the things that articles are about: claims of tables, infoboxes and statements, by the key of the
article's title; and of each article what rules read in its own sentences.

Only claims that are said outright are facts. What a thing has two values of where it can have one is no fact.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from galactica.claims.property_table import known_properties
from galactica.claims.reading import article_claims
from galactica.claims.stated import statement_claims
from galactica.claims.tagging.candidates import value_key
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.model import article_id
from galactica.model.claim import Claim, said_outright

Value = tuple[str, str]
"""A value as `value_key` has it."""

KnownOf = Mapping[str, frozenset[Value]]
"""Property → values."""

ITEMS = ("infobox", "statement", "table", "list")
"""Origins that are tables."""


def known_of(claims: Iterable[Claim]) -> KnownOf:
    """The facts among claims of one thing."""
    found: defaultdict[str, set[Value]] = defaultdict(set)
    table = known_properties()
    for claim in claims:
        if claim.property in table and said_outright(claim) and claim.value:
            found[claim.property].add(value_key(claim))
    return {
        name: frozenset(values)
        for name, values in found.items()
        if table[name].many or table[name].changes or len(values) == 1
    }


def table_facts(editions: Sequence[Path]) -> Mapping[str, KnownOf]:
    """Key of a title → what tables say of it: infoboxes, tables and lists of articles, and statements about them."""
    found: defaultdict[str, list[Claim]] = defaultdict(list)
    for path in editions:
        with Edition.open(path) as edition:
            subjects: dict[str, str] = {}
            for _, article in edition.scan(0, len(edition)):
                key = title_key(article.title)
                subjects[f"path:{article.path}"] = key
                subjects.update((each, key) for each in article.identifiers)
                found[key] += [
                    claim for claim in article_claims(article).claims if claim.origin in ITEMS and not claim.subject
                ]
            for each in edition.statements() if edition.statement.count("statements") else ():
                of = subjects.get(each.subject)
                if of is not None:
                    left: Counter[tuple[str, str, str]] = Counter()
                    found[of] += [_named(claim, edition) for claim in statement_claims(each, left)]
    return {key: facts for key, claims in found.items() if (facts := known_of(claims))}


def _named(claim: Claim, edition: Edition) -> Claim:
    """A claim whose value is a name, where the edition holds an article on that."""
    if claim.kind != "item" or not claim.value.startswith("path:"):
        return claim
    row = edition.row_of(article_id(claim.source, claim.value.removeprefix("path:")))
    return claim if row is None else replace(claim, value=edition.article(row).title)
