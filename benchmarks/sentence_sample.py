"""Claims of sentences, drawn for a judge: each with its article, sentence and value; and how fast they are read.

    python -m benchmarks.sentence_sample [--language en|zh] [--part AA|AB|first|second] [--claims N] [--out FILE]

Drawn by property: no property gives more than its share of the root of how often it is found, so that rare ones are
seen. Rules were made with English articles of AA, some of AB, and the first half of the Chinese ones in sight. Every
claim is checked to stand where it says, which is counted as "resolved".
"""

from __future__ import annotations

import argparse
import html
import random
import re
import sys
import tarfile
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from benchmarks import data, results
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.reading import sentence_claims
from galactica.model.claim import Claim, said_outright

DOC = re.compile(r'<doc id="([^"]*)" url="[^"]*" title="([^"]*)">\n(.*?)\n</doc>', re.S)

Drawn = tuple[str, str, Claim]


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__.splitlines()[0]))
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("--part", choices=("AA", "AB", "first", "second"), default="AB")
    parser.add_argument("--every", type=int, default=20, metavar="N", help="read every so-manieth article")
    parser.add_argument("--claims", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=None, metavar="FILE")
    given = parser.parse_args()
    words = lexicon(given.language)
    for rule in words.rules if words is not None else ():
        rule.pattern.search("")  # compiled before anything is timed
    found: list[Drawn] = []
    size, spent, resolved, articles = 0, 0.0, 0, 0
    for number, (title, text) in enumerate(_articles(given.language, given.part)):
        if number % given.every != given.seed % given.every:
            continue
        begun = time.process_time()
        claims = sentence_claims(text, source="s", path=title, title=title, language=given.language)
        spent += time.process_time() - begun
        size, articles = size + len(text.encode()), articles + 1
        resolved += sum(_resolves(claim, text) for claim in claims)
        found += [(title, text[claim.start : claim.end], claim) for claim in claims]
    drawn = _drawn(found, given.claims, random.Random(given.seed))
    with given.out.open("w", encoding="utf-8") if given.out else sys.stdout as out:
        _print(drawn, out)
    counted = Counter(claim.property for _, _, claim in found)
    figures = {
        "articles": articles,
        "megabytes": round(size / 1e6, 2),
        "megabytes a second": round(size / 1e6 / max(1e-9, spent), 2),
        "claims": len(found),
        "said outright": sum(said_outright(claim) for _, _, claim in found),
        "of another than the article's own": sum(bool(claim.subject) for _, _, claim in found),
        "resolved": round(resolved / max(1, len(found)), 4),
        "drawn": len(drawn),
        "by property": dict(counted.most_common()),
    }
    results.keep(__file__, given, figures)


def _articles(language: str, part: str) -> Iterator[tuple[str, str]]:
    """(title, text) of articles that say anything."""
    chinese = language == "zh"
    name = "zhwiki-wikiextractor/AA.tar.xz" if chinese else f"enwiki-2015-core-wikiextractor/{part}.tar.xz"
    every: list[tuple[str, str]] = []
    with tarfile.open(data.real(name)) as archive:
        for member in sorted((m for m in archive if m.isfile()), key=lambda m: m.name):
            file = archive.extractfile(member)
            text = file.read().decode() if file is not None else ""
            every += [(html.unescape(m[2]), html.unescape(m[3].strip())) for m in DOC.finditer(text)]
    every = [(title, text) for title, text in every if len(text) >= 80]
    if chinese:
        half = len(every) // 2
        every = every[:half] if part == "first" else every[half:]
    yield from every


def _resolves(claim: Claim, text: str) -> bool:
    inside = 0 <= claim.start <= claim.value_start < claim.value_end <= claim.end <= len(text)
    stretch = text[claim.value_start : claim.value_end]
    return inside and (claim.kind not in ("item", "text") or stretch == claim.value)


def _drawn(found: list[Drawn], wanted: int, chance: random.Random) -> list[Drawn]:
    counted = Counter(claim.property for _, _, claim in found)
    every = sum(count**0.5 for count in counted.values())
    left = {name: -(-int(wanted * count**0.5) // max(1, int(every))) + 1 for name, count in counted.items()}
    chance.shuffle(found)
    drawn: list[Drawn] = []
    for each in found:
        if left[each[2].property] > 0 and len(drawn) < wanted:
            left[each[2].property] -= 1
            drawn.append(each)
    return sorted(drawn, key=lambda each: (each[2].property, each[0], each[2].start))


def _print(drawn: list[Drawn], out: TextIO) -> None:
    for number, (title, sentence, claim) in enumerate(drawn, 1):
        limits = " ".join(f"({each.property}{' ' + each.value if each.value else ''})" for each in claim.qualifiers)
        low, high = claim.value_start - claim.start, claim.value_end - claim.start
        about = claim.subject or f"[{title}]"
        value = " ".join(filter(None, (claim.value, claim.unit, claim.time and f"in {claim.time}", limits)))
        shown = f"{sentence[max(0, low - 260) : low]}«{sentence[low:high]}»{sentence[high : high + 160]}"
        print(f"{number}. {about} | {claim.property} | {value} | {claim.rule} | article: {title}\n   {shown}", file=out)


if __name__ == "__main__":
    main()
