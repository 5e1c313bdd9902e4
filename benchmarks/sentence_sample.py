"""Claims of sentences, drawn for a judge: each with its article, sentence and value; and how fast they are read.

    python -m benchmarks.sentence_sample [--language en|zh] [--part AA|AB|first|second] [--claims N] [--out FILE]
    python -m benchmarks.sentence_sample … --judge FILE.json [--unlike FILE.json]…
    python -m benchmarks.sentence_sample --judge FILE.json --verdicts FILE.json

Drawn by property: no property gives more than its share of the root of how often it is found, so that rare ones are
seen. Rules were made with English articles of AA, some of AB, and the first half of the Chinese ones in sight. Every
claim is checked to stand where it says, which is counted as "resolved".

`--judge` writes the claims for somebody who knows nothing of the rules: a list of objects with `id`, the claim in
words, its qualifiers, and the text around it, the sentence in [[ ]] and the value in << >>; of articles that the files
of earlier samples (`--unlike`) have none. With `--verdicts`, a list of {"id", "verdict": "right", "wrong" or
"unclear"}, the judged are counted, with an interval (Wilson, 95 %).
"""

from __future__ import annotations

import argparse
import html
import json
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
from benchmarks.ask_supported import wilson
from galactica.claims.property_table import known_properties
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.reading import sentence_claims
from galactica.model.claim import Claim, said_outright

DOC = re.compile(r'<doc id="([^"]*)" url="[^"]*" title="([^"]*)">\n(.*?)\n</doc>', re.S)

Drawn = tuple[str, str, Claim]
"""Title, text of the article, claim."""

BEFORE, BEHIND, BEGINNING = 300, 100, 200
"""Code points of the text before a sentence, behind it, and of the article's beginning, that a judge is shown."""


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__.splitlines()[0]))
    parser.add_argument("--language", choices=("en", "zh"), default="en")
    parser.add_argument("--part", choices=("AA", "AB", "first", "second"), default="AB")
    parser.add_argument("--every", type=int, default=20, metavar="N", help="read every so-manieth article")
    parser.add_argument("--claims", type=int, default=300, metavar="N")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, default=None, metavar="FILE")
    parser.add_argument("--judge", type=Path, default=None, metavar="FILE", help="the claims for a judge")
    parser.add_argument("--unlike", type=Path, action="append", default=[], metavar="FILE", help="an earlier sample")
    parser.add_argument("--verdicts", type=Path, default=None, metavar="FILE", help="what the judge said")
    given = parser.parse_args()
    if given.verdicts:
        results.keep(__file__, given, _counted(given.judge, given.verdicts), folder=results.FOLDER / "judged")
        return
    used = {row["article"] for file in given.unlike for row in json.loads(file.read_text("utf-8"))}
    words = lexicon(given.language)
    for rule in words.rules if words is not None else ():
        rule.pattern.search("")  # compiled before anything is timed
    found: list[Drawn] = []
    size, spent, resolved, articles = 0, 0.0, 0, 0
    for number, (title, text) in enumerate(_articles(given.language, given.part)):
        if number % given.every != given.seed % given.every or title in used:
            continue
        begun = time.process_time()
        claims = sentence_claims(text, source="s", path=title, title=title, language=given.language)
        spent += time.process_time() - begun
        size, articles = size + len(text.encode()), articles + 1
        resolved += sum(_resolves(claim, text) for claim in claims)
        found += [(title, text, claim) for claim in claims]
    drawn = _drawn(found, given.claims, random.Random(given.seed))
    if given.judge:
        rows = [_row(number, given.language, *each) for number, each in enumerate(drawn, 1)]
        given.judge.write_text(json.dumps(rows, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    else:
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
    for number, (title, text, claim) in enumerate(drawn, 1):
        sentence = text[claim.start : claim.end]
        limits = " ".join(f"({each.property}{' ' + each.value if each.value else ''})" for each in claim.qualifiers)
        low, high = claim.value_start - claim.start, claim.value_end - claim.start
        about = claim.subject or f"[{title}]"
        value = " ".join(filter(None, (claim.value, claim.unit, claim.time and f"in {claim.time}", limits)))
        shown = f"{sentence[max(0, low - 260) : low]}«{sentence[low:high]}»{sentence[high : high + 160]}"
        print(f"{number}. {about} | {claim.property} | {value} | {claim.rule} | article: {title}\n   {shown}", file=out)


def _row(number: int, language: str, title: str, text: str, claim: Claim) -> dict[str, object]:
    """What a judge is shown of a claim; the rule that found it is not."""
    start, end, low, high = claim.start, claim.end, claim.value_start, claim.value_end
    told = known_properties().get(claim.property)
    value = " ".join(filter(None, (claim.value, claim.unit)))
    limits = [f"{each.property} {each.value}".strip() for each in claim.qualifiers]
    return {
        "id": number,
        "language": language,
        "article": title,
        "claim": f"{claim.subject or title} — {told.label('en') if told else claim.property} — {value}",
        "qualifiers": [*limits, *([f"at {claim.time}"] if claim.time else [])],
        "context": f"{text[max(0, start - BEFORE) : start]}[[{text[start:low]}<<{text[low:high]}>>{text[high:end]}]]"
        f"{text[end : end + BEHIND]}",
        "article_begins": text[:BEGINNING],
    }


def _counted(judge: Path, verdicts: Path) -> dict[str, object]:
    """By language: how many were right and wrong, and what share of those that are clear."""
    language = {row["id"]: row["language"] for row in json.loads(judge.read_text("utf-8"))}
    counted = Counter((language[each["id"]], each["verdict"]) for each in json.loads(verdicts.read_text("utf-8")))
    found: dict[str, object] = {}
    for tag in sorted(set(language.values())):
        right, wrong = counted[tag, "right"], counted[tag, "wrong"]
        share = round(right / max(1, right + wrong), 3)
        between = wilson(right, right + wrong)
        found[tag] = {"right": right, "wrong": wrong, "unclear": counted[tag, "unclear"], "share": share}
        found[f"{tag}: between"] = between
    return found


if __name__ == "__main__":
    main()
