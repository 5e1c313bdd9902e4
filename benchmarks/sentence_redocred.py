"""Which relations of Re-DocRED do the rules for sentences find, and how many of theirs are right?

    python -m benchmarks.sentence_redocred [--part figure|build] [--show N] [--tagger]

Re-DocRED (Tan and others 2022): paragraphs of Wikipedia, their entities, and what holds between them, as properties
of Wikidata. Only properties of our table that a rule can give are counted. The entities are given: a claim's subject is
the entity of that name (the article's where it is ""), its value the first entity that the stretch of its value holds.
Rules were made with the even documents of dev in sight ("build"); the figure is of its odd ones and of test.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from typing import Any

from benchmarks import data, results
from galactica.claims.property_table import known_properties
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.reading import sentence_claims
from galactica.claims.tagging.reading import Tagger, open_tagger
from galactica.claims.tagging.windows import laid_article
from galactica.encode.cross import SHIPPED_NETWORK
from galactica.model.claim import Claim, said_outright

ALSO = {"parent": ("P22", "P25"), "located_in": ("P131", "P276", "P17"), "founder": ("P112", "P170")}
"""Numbers that say a property of ours as well: a parent is a father or a mother."""


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__.splitlines()[0]))
    parser.add_argument("--part", choices=("figure", "build"), default="figure")
    parser.add_argument("--show", type=int, default=0, metavar="N", help="print so many that are not right")
    parser.add_argument("--tagger", action="store_true", help="read with the tagger too")
    given = parser.parse_args()
    tagger = open_tagger(SHIPPED_NETWORK) if given.tagger else None
    folder = data.real("re-docred")
    dev = json.loads((folder / "dev_revised.json").read_text("utf-8"))
    documents = dev[::2]
    if given.part == "figure":
        documents = dev[1::2] + json.loads((folder / "test_revised.json").read_text("utf-8"))
    right, wrong, there, unlinked = Counter[str](), Counter[str](), Counter[str](), 0
    able = _numbers()
    for document in documents:
        gold = {(label["h"], label["r"], label["t"]) for label in document["labels"]}
        for _, number, _ in gold:
            there[number] += number in able
        found: set[tuple[int, str, int]] = set()
        for claim, head, tail in _claims(document, tagger):
            if tail is None or head is None:
                unlinked += 1
                continue
            held = [n for n in _of(claim.property) if (head, n, tail) in gold]
            key = (head, held[0] if held else claim.property, tail)
            if key in found:
                continue
            found.add(key)
            (right if held else wrong)[held[0] if held else claim.property] += 1
            if not held and sum(wrong.values()) <= given.show:
                print(f"{document['title']}: {claim.subject} {claim.property} = {claim.value} ({claim.rule})")
    hits, misses, every = sum(right.values()), sum(wrong.values()), sum(there.values())
    precision, recall = hits / max(1, hits + misses), hits / max(1, every)
    figures = {
        "documents": len(documents),
        "relations of these properties": every,
        "found": hits + misses,
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "F1": round(2 * precision * recall / max(1e-9, precision + recall), 4),
        "claims whose value or subject is no entity": unlinked,
        "right by property": dict(right.most_common()),
        "not in the data by property": dict(wrong.most_common()),
    }
    print(json.dumps(figures, indent=1))
    results.keep(__file__, given, figures)


def _of(name: str) -> tuple[str, ...]:
    known = known_properties().get(name)
    return (*(known.wikidata if known is not None else ()), *ALSO.get(name, ()))


def _numbers() -> frozenset[str]:
    words = lexicon("en")
    rules = words.rules if words is not None else ()
    return frozenset(number for rule in rules for slot in rule.slots.values() for number in _of(slot.property))


def _claims(document: dict[str, Any], tagger: Tagger | None = None) -> Iterator[tuple[Claim, int | None, int | None]]:
    text, places = _text(document)
    mentions = [
        (*_span(places, mention), number) for number, entity in enumerate(document["vertexSet"]) for mention in entity
    ]
    claims = sentence_claims(text, source="s", path="p", title=document["title"], language="en")
    words = lexicon("en")
    if tagger is not None and words is not None:
        claims = claims + tagger.claims(laid_article(text, document["title"], words), text, claims, "s", "p")
    for claim in claims:
        if claim.kind in ("text", "quantity") or not said_outright(claim):
            continue
        inside = sorted((a, b, n) for a, b, n in mentions if claim.value_start <= a and b <= claim.value_end)
        around = sorted((b - a, n) for a, b, n in mentions if a <= claim.value_start and claim.value_end <= b)
        tail = inside[0][2] if inside else around[0][1] if around else None
        yield claim, _head(claim, document), tail


def _head(claim: Claim, document: dict[str, Any]) -> int | None:
    name = claim.subject or document["title"]
    names = [{mention["name"] for mention in entity} for entity in document["vertexSet"]]
    exact = [number for number, each in enumerate(names) if name in each]
    if exact or claim.subject:
        return exact[0] if exact else None
    base = name.split(" (")[0]
    near = [number for number, each in enumerate(names) if any(base in one or one in base for one in each)]
    return near[0] if near else None


def _text(document: dict[str, Any]) -> tuple[str, dict[tuple[int, int], tuple[int, int]]]:
    """The paragraph as one line, and where each token stands in it: words are set apart by blanks but for marks."""
    text, places = "", {}
    for number, tokens in enumerate(document["sents"]):
        for at, token in enumerate(tokens):
            glued = token in _CLOSES or text[-1:] in ("(", "[") or token in ("'s", "’s", "-", "–") or text[-1:] in "-–"
            text += "" if not text or glued else " "
            places[number, at] = (len(text), len(text) + len(token))
            text += token
    return text, places


_CLOSES = frozenset(".,;:)]?!%")


def _span(places: dict[tuple[int, int], tuple[int, int]], mention: dict[str, Any]) -> tuple[int, int]:
    first, last = mention["pos"]
    number = mention["sent_id"]
    return places[number, first][0], places[number, last - 1][1]


if __name__ == "__main__":
    main()
