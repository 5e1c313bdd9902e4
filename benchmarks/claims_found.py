"""What is claimed in editions: how much, how fast, whether every span resolves; a sample for a judge, and its marks.

    python -m benchmarks.claims_found -e EDITION...
    python -m benchmarks.claims_found -e EDITION... --out FILE.jsonl [--origin infobox] [--sample 100] [--seed 2026]
    python -m benchmarks.claims_found --rate FILE.jsonl

The first reads every article and statement and counts, by origin: claims, those whose span and value resolve in the
projection (all must), what looked like a claim and was not understood; rows a second. Known pairs are values of
infoboxes that also stand in the article's prose, word for word: of these the share whose property and value a sentence
gives too is the recall of sentences. Of statements the same is counted without spans.

The second draws claims of an origin, as many of each edition as it has shares of them, and writes a line for each: the
article's title, the claim in words, the row or sentence with the headings of its column, and nothing else. Who judges
writes "yes" in `right` where the words say the claim, "no" where they do not; `why` where it is no.

The third counts, with an interval (Wilson, 95 %).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from benchmarks import results
from benchmarks.ask_supported import wilson
from galactica.claims.reading import article_claims
from galactica.claims.stated import statement_claims
from galactica.edition import Edition
from galactica.model import Article
from galactica.model.claim import Claim
from galactica.model.projection import project
from galactica.values.names import same_name

MOST_WORDING = 400
"""Characters of a row that are shown."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", "-e", type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path, help="the list to write")
    parser.add_argument("--origin", default="infobox")
    parser.add_argument("--sample", type=int, default=100)
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--most", type=int, default=1_000_000, help="articles of each edition")
    parser.add_argument("--rate", type=Path, help="a list that was judged")
    given = results.arguments(parser).parse_args()
    if given.rate:
        results.keep(__file__, given, rate(given.rate), folder=results.FOLDER / "judged")
    elif given.out and given.edition:
        write(given)
    elif given.edition:
        results.keep(__file__, given, {path.stem: measured(path, given.most) for path in given.edition})
    else:
        parser.error("name --rate FILE, or -e EDITION")


def measured(path: Path, most: int) -> dict[str, object]:
    """The figures of one edition."""
    origins: Counter[str] = Counter()
    resolved: Counter[str] = Counter()
    left: Counter[str] = Counter()
    known = found = articles = 0
    begun = time.monotonic()
    reading = 0.0
    with Edition.open(path) as edition:
        for _, article in edition.scan(0, min(most, len(edition))):
            articles += 1
            before = time.monotonic()
            told = article_claims(article)
            reading += time.monotonic() - before
            text = project(article.body)
            for claim in told.claims:
                origins[claim.origin] += 1
                resolved[claim.origin] += resolves(claim, text)
            for (origin, _, _), count in told.left.items():
                left[origin] += count
            one, other = known_pairs(article, told.claims, text)
            known, found = known + one, found + other
        statements, before = 0, time.monotonic()
        faults: Counter[tuple[str, str, str]] = Counter()
        for each in edition.statements():
            statements += 1
            origins["statement"] += sum(1 for _ in statement_claims(each, faults))
        stating = time.monotonic() - before
    left["statement"] = sum(faults.values())
    spans = sum(resolved.values()) / max(1, sum(origins.values()) - origins["statement"])
    print(f"{path.stem}: {articles:,} articles, {dict(origins)}, spans {spans:.4f}, {time.monotonic() - begun:.0f} s")
    return {
        "articles": articles,
        "articles a second": round(articles / max(reading, 1e-9), 1),
        "statements a second": round(statements / max(stating, 1e-9)) if statements else 0,
        "claims": dict(sorted(origins.items())),
        "spans that resolve": spans,
        "not understood": dict(sorted(left.items())),
        "known pairs of box and prose": known,
        "of them said by a sentence": found / known if known else 0.0,
    }


def resolves(claim: Claim, text: str) -> bool:
    """Whether a claim's span and value lie in the text, and the value in the span."""
    return 0 <= claim.start <= claim.value_start < claim.value_end <= claim.end <= len(text)


def known_pairs(article: Article, claims: tuple[Claim, ...], text: str) -> tuple[int, int]:
    """(values of boxes that stand in the prose, those of them that a sentence gives with the same property)."""
    boxes = [claim for claim in claims if claim.origin == "infobox" and not claim.subject]
    sentences = [claim for claim in claims if claim.origin == "sentence" and not claim.subject]
    spans = sorted({(claim.start, claim.end) for claim in claims if claim.origin in ("infobox", "table", "list")})
    prose = without(text, spans)
    known = found = 0
    for claim in boxes:
        if text[claim.value_start : claim.value_end] in prose and claim.kind in ("item", "quantity", "time"):
            known += 1
            found += any(each.property == claim.property and same(each, claim) for each in sentences)
    return known, found


def without(text: str, spans: list[tuple[int, int]]) -> str:
    """A text without some stretches."""
    parts, at = [], 0
    for start, end in spans:
        if start > at:
            parts.append(text[at:start])
        at = max(at, end)
    return "\n".join([*parts, text[at:]])


def same(one: Claim, other: Claim) -> bool:
    """Whether two claims of a property give the same value."""
    if one.kind == "item":
        return same_name(one.value, other.value)
    return (one.value, one.unit) == (other.value, other.unit)


def write(given: argparse.Namespace) -> None:
    """Draws claims, and writes a line for each."""
    every: list[dict[str, object]] = []
    for path in given.edition:
        with Edition.open(path) as edition:
            every += lines(edition, given.origin, given.most)
    drawn = random.Random(given.seed).sample(every, min(given.sample, len(every)))
    with given.out.open("w", encoding="utf-8") as out:
        for number, line in enumerate(drawn, 1):
            out.write(json.dumps({"number": number, **line, "right": "", "why": ""}, ensure_ascii=False) + "\n")
    print(f"{len(drawn)} of {len(every):,} claims: {given.out}")


def lines(edition: Edition, origin: str, most: int) -> Iterator[dict[str, object]]:
    """A line for each claim of an origin."""
    if origin == "statement":
        left: Counter[tuple[str, str, str]] = Counter()
        for each in edition.statements():
            for claim in statement_claims(each, left):
                if ":" not in claim.property and not claim.property[:1].isupper():
                    words = f"{each.property}: {each.text or each.value} {each.unit}"
                    yield {"title": each.subject, "claim": in_words(claim), "says": words[:MOST_WORDING]}
        return
    for _, article in edition.scan(0, min(most, len(edition))):
        told = article_claims(article)
        text = project(article.body) if told.claims else ""
        for claim in told.claims:
            if claim.origin == origin:
                column = f"column “{claim.rule}”: " if origin == "table" else ""
                says = column + text[claim.start : claim.end][:MOST_WORDING]
                yield {"title": article.title, "claim": in_words(claim), "says": says}


def in_words(claim: Claim) -> str:
    """A claim as a judge reads it."""
    more = [f"{claim.time}" if claim.time else "", *(f"{each.property} {each.value}" for each in claim.qualifiers)]
    more = [each.strip() for each in more if each]
    subject = f"{claim.subject}: " if claim.subject else ""
    shown = f"{subject}{claim.property} = {claim.value} {claim.unit}".strip()
    return shown + (f" ({'; '.join(more)})" if more else "")


def rate(path: Path) -> dict[str, object]:
    """How many of a judged list are right, in percent with an interval."""
    marks = [json.loads(line)["right"] for line in path.read_text(encoding="utf-8").splitlines()]
    judged = [mark for mark in marks if mark in ("yes", "no")]
    right, count = judged.count("yes"), max(1, len(judged))
    low, high = wilson(right, count)
    print(f"{path.name}: {right} of {len(judged)}: {100 * right / count:.1f} % ({low:.1f} to {high:.1f})")
    return {"judged": len(judged), "right": 100 * right / count, "from": low, "to": high}


if __name__ == "__main__":
    main()
