"""Of what tables say of a thing and its article's prose says too, how much is claimed: by rules, and with the tagger.

    python -m benchmarks.claims_recall -e EDITION... [--tables EDITION...] [--infotabs] [--dbp15k] [--part figure|build]
        [--tagger] [--missed FILE]

Known pairs: a value of an infobox, a table's field or a statement that stands in the prose of the article of its title:
a name word for word, a date or an amount in whatever words. Beside their number stands that of those that are "told":
one sentence holds both the value and a word of its role (`claims_roles`), whoever it speaks of. Tables are an
edition's own infoboxes, those of other editions (`--tables`), the infoboxes of InfoTabS (`--infotabs`), and what
infoboxes link to (`--dbp15k`). Half of the titles (by their hash) may be looked at ("build"), the figure is of the
others. A value that stands in the prose need not be said there of that property: `--missed` writes the pairs that were
missed, with where they stand, so that somebody can look.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from zlib import crc32

from benchmarks import results
from benchmarks.claims_known import Value, dbp15k_pairs, infotabs_pairs
from benchmarks.claims_roles import has_role
from galactica.claims.property_table import known_properties
from galactica.claims.reading import article_claims, laid_of
from galactica.claims.sentences.cutting import sentences_in
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.tagging.candidates import candidates_of, value_key
from galactica.claims.tagging.reading import Tagger, open_tagger
from galactica.claims.tagging.windows import LaidArticle
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.encode.cross import SHIPPED_NETWORK
from galactica.model import Article
from galactica.model.claim import Claim
from galactica.train.tagger.facts import table_facts
from galactica.values.names import same_name

MOST_PLACES = 8
"""Places that are shown of a value that was missed."""

NARROWER = {"parent": ("father", "mother")}
"""Property of a table → properties of sentences that say it and more."""

Known = dict[str, set[Value]]


def main() -> None:
    parser = results.arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    with_tables(parser)
    parser.add_argument("--tagger", action="store_true")
    parser.add_argument("--missed", type=Path)
    given = parser.parse_args()
    tables = told_by_tables(given)
    tagger = open_tagger(SHIPPED_NETWORK) if given.tagger else None
    counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
    missed: list[dict[str, object]] = []
    begun = time.process_time()
    for path in given.edition:
        with Edition.open(path) as edition:
            for _, article in edition.scan(0, len(edition)):
                if is_of(article.title, given.part):
                    _article(article, tables.get(title_key(article.title), {}), tagger, counted, missed)
    figures = recalled(counted, missed, given.missed, tagger is not None, begun)
    results.keep(__file__, given, figures)


def with_tables(parser: argparse.ArgumentParser) -> None:
    """Gives a parser the options that say which articles are read, and which tables tell of them."""
    parser.add_argument("--edition", "-e", type=Path, action="append", required=True)
    parser.add_argument("--tables", type=Path, action="append", default=[])
    parser.add_argument("--infotabs", action="store_true")
    parser.add_argument("--dbp15k", action="store_true")
    parser.add_argument("--part", choices=("figure", "build"), default="figure")


def told_by_tables(given: argparse.Namespace) -> Mapping[str, Known]:
    """Key of a title → what the tables say that were given, but for infoboxes of the articles that are read."""
    tables: defaultdict[str, Known] = defaultdict(lambda: defaultdict(set))
    for key, known in table_facts(given.tables).items():
        for name, values in known.items():
            tables[key][name] |= values
    if given.infotabs:
        for key, name, value in infotabs_pairs():
            tables[key][name].add(value)
    if given.dbp15k:
        for key, name, value in dbp15k_pairs():
            tables[key][name].add(value)
    return tables


def is_of(title: str, part: str) -> bool:
    """Whether an article is of the half that may be looked at ("build"), or of the other one ("figure")."""
    return (crc32(title_key(title).encode()) % 2 == 0) == (part == "build")


def recalled(
    counted: Mapping[str, Counter[str]], missed: Sequence[object], into: Path | None, tagged: bool, begun: float
) -> dict[str, object]:
    """The figures of what was counted; printed, and what was missed written where that is wanted.

    Args:
        counted: by property, "known", by "rules", and by "both"; where it was looked for, "told", and of those by
            "rules of told".
        missed: an object for each value that was missed.
        into: a file for these, a line of JSON each.
        tagged: whether the tagger was asked.
        begun: CPU seconds of the process when counting began.
    """
    total: Counter[str] = Counter()
    for count in counted.values():
        total.update(count)
    if into:
        into.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in missed), "utf-8")
    shown = {"all": total, **dict(sorted(counted.items(), key=lambda pair: -pair[1]["known"]))}
    figures: dict[str, object] = {name: dict(count) for name, count in shown.items()}
    figures["recall, rules"] = round(total["rules"] / max(1, total["known"]), 3)
    figures["recall, with the tagger"] = round(total["both"] / max(1, total["known"]), 3) if tagged else None
    if total["told"]:
        figures["recall of told, rules"] = round(total["rules of told"] / total["told"], 3)
    figures["CPU seconds"] = round(time.process_time() - begun, 1)
    for name, count in shown.items():
        told = f", {count['told']:5} told, {count['rules of told']:5} by rules" if total["told"] else ""
        print(
            f"{name:22} {count['known']:5} known, {count['rules']:5} by rules, {count['both']:5} with the tagger{told}"
        )
    return figures


def _article(
    article: Article,
    known: Known,
    tagger: Tagger | None,
    counted: defaultdict[str, Counter[str]],
    missed: list[dict[str, object]],
) -> None:
    words = lexicon(article.language)
    if words is None or not (known or "<table" in article.body):
        return
    claims = article_claims(article, tagger).claims
    pairs = with_boxes(known, claims)
    if not pairs:
        return
    laid = laid_of(article, claims, words)
    stands = {value for start, end in laid.lines for value in dates_and_amounts(laid.text[start:end], laid)}
    sentences = _sentences(laid)
    prose = "\n".join(laid.text[a:b] for a, b in laid.lines)
    for name in sorted(pairs):
        kind = known_properties()[name].kind
        for value in sorted(pairs[name]):
            if kind not in ("item", "time", "quantity") or not in_prose(value, kind, prose, stands):
                continue
            said_by = (name, *NARROWER.get(name, ()))
            found = [c for c in claims if c.property in said_by and not c.subject and says(value, kind, value_key(c))]
            rules = any(claim.origin == "sentence" for claim in found)
            both = rules or any(claim.origin == "tagger" for claim in found)
            told = any(has_role(name, text) and in_prose(value, kind, text, of) for text, of in sentences)
            counted[name].update({"known": 1, "rules": int(rules), "both": int(both)})
            counted[name].update({"told": int(told), "rules of told": int(told and rules)})
            if not both:
                said = [c.value for c in claims if c.property == name and not c.subject and c.origin == "sentence"]
                missed.append(
                    {
                        "title": article.title,
                        "property": name,
                        "value": value[0],
                        "stands": _where(value[0], prose),
                        "said": said,
                        "told": told,
                    }
                )


def with_boxes(known: Known, claims: Sequence[Claim]) -> Known:
    """What tables say of an article's thing, and its own infobox."""
    pairs: Known = defaultdict(set, {name: set(values) for name, values in known.items()})
    for claim in claims:
        if claim.origin == "infobox" and not claim.subject:
            pairs[claim.property].add(value_key(claim))
    return pairs


def dates_and_amounts(text: str, laid: LaidArticle) -> set[Value]:
    """The dates and amounts of a sentence or a paragraph of an article."""
    found = (each.reading for each in candidates_of(text, laid.topic, laid.words))
    return {value_key(each) for each in found if each.kind != "item"}


def _sentences(laid: LaidArticle) -> list[tuple[str, set[Value]]]:
    """The sentences of an article's prose, each with its dates and amounts."""
    spans = [span for start, end in laid.lines for span in sentences_in(laid.text, start, end, laid.words)]
    return [(laid.text[a:b], dates_and_amounts(laid.text[a:b], laid)) for a, b in spans]


def in_prose(value: Value, kind: str, prose: str, stands: set[Value]) -> bool:
    """Whether a value stands in a text, of which these are the dates and amounts."""
    if kind != "item":
        return value in stands
    return len(value[0]) > 1 and re.search(rf"(?<!\w){re.escape(value[0])}(?!\w)", prose, re.IGNORECASE) is not None


def _where(value: str, prose: str) -> list[str]:
    """Where a name stands, at most `MOST_PLACES` times."""
    places = list(re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", prose, re.IGNORECASE))[:MOST_PLACES]
    return [prose[max(0, each.start() - 150) : each.end() + 80] for each in places]


def says(value: Value, kind: str, said: Value) -> bool:
    """Whether what is said is a value that is known: of a name also with a place behind it, or said otherwise."""
    if kind == "item":
        return value[0] == said[0] or said[0].startswith(f"{value[0]},") or same_name(value[0], said[0])
    return value == said


if __name__ == "__main__":
    main()
