"""Proposals of the tagger, drawn for a judge; how many of those judged are right; and what it costs.

    python -m benchmarks.tagger_sample -e EDITION... --out FILE.jsonl [--claims 300] [--head FILE] [--lower 3]
    python -m benchmarks.tagger_sample --rate FILE.jsonl

The first reads articles of which nothing was learned (`train.tagger.gathering.ASIDE`) and writes a line for each claim
that is drawn: as many of each property as it has shares of the root of how often it is found. With `--lower` thresholds
are that much lower, and the file is what `galactica train tagger --judged` settles a head by. Who judges writes true
into `right` where the sentence plainly says the value of that property of what the article is about, else false.

The second counts, by language and property, with an interval (Wilson, 95 %).
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections import Counter, defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks import results
from benchmarks.ask_supported import wilson
from galactica.claims.reading import article_claims
from galactica.claims.tagging.head import SHIPPED_HEAD, open_head
from galactica.claims.tagging.reading import Tagger
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.encode.cross import SHIPPED_NETWORK, open_cross_encoder
from galactica.model.projection import project
from galactica.train.tagger.gathering import ASIDE, article_hash

Line = dict[str, object]


def main() -> None:
    parser = results.arguments(
        argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    )
    parser.add_argument("--edition", "-e", type=Path, action="append", default=[])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--claims", type=int, default=300)
    parser.add_argument("--articles", type=int, default=300, help="of each edition")
    parser.add_argument("--head", type=Path, default=SHIPPED_HEAD)
    parser.add_argument("--lower", type=float, default=0.0)
    parser.add_argument("--at", type=float, default=None, help="one threshold for all properties")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--but", type=Path, action="append", default=[], help="files whose lines are not drawn again")
    parser.add_argument("--hold-out", type=Path, default=None, help="titles that are not drawn")
    parser.add_argument("--rate", type=Path)
    given = parser.parse_args()
    results.keep(__file__, given, rated(given.rate) if given.rate else drawn(given))


def drawn(given: argparse.Namespace) -> dict[str, object]:
    """Draws proposals and writes them."""
    head = open_head(given.head)
    lowered = (
        np.full((2, len(head.names)), given.at, np.float32) if given.at is not None else head.thresholds - given.lower
    )
    tagger = Tagger(replace(head, thresholds=lowered), open_cross_encoder(SHIPPED_NETWORK, threads=1, remedy=""))
    held = {title_key(t) for t in given.hold_out.read_text("utf-8").splitlines()} if given.hold_out else set()
    before = {_key(json.loads(line)) for path in given.but for line in path.read_text("utf-8").splitlines()}
    every: list[Line] = []
    spent, plain, articles, characters = 0.0, 0.0, 0, 0
    for path in given.edition:
        with Edition.open(path) as edition:
            rows = [row for row in range(len(edition)) if _aside(edition, row)]
            for row in random.Random(given.seed).sample(rows, min(given.articles, len(rows))):
                article = edition.article(row)
                if title_key(article.title) in held:
                    continue
                begun = time.process_time()
                article_claims(article)
                plain += time.process_time() - begun
                begun = time.process_time()
                claims = article_claims(article, tagger).claims
                spent += time.process_time() - begun
                text = project(article.body)
                articles, characters = articles + 1, characters + len(text)
                for claim in claims:
                    if claim.origin == "tagger":
                        low, high = claim.value_start, claim.value_end
                        every.append(
                            {
                                "root": edition.root,
                                "id": article.id.hex(),
                                "property": claim.property,
                                "start": low,
                                "end": high,
                                "language": article.language,
                                "title": article.title,
                                "value": f"{claim.value} {claim.unit}".strip(),
                                "limits": " ".join(each.property for each in claim.qualifiers),
                                "time": claim.time,
                                "confidence": claim.confidence,
                                "says": f"{text[claim.start : low]}«{text[low:high]}»{text[high : claim.end]}",
                                "right": None,
                            }
                        )
    lines = _by_share([line for line in every if _key(line) not in before], given.claims, random.Random(given.seed))
    if given.out:
        given.out.write_text("".join(json.dumps(each, ensure_ascii=False) + "\n" for each in lines), "utf-8")
    return {
        "articles": articles,
        "characters": characters,
        "claims": len(every),
        "drawn": len(lines),
        "by property": dict(Counter(str(line["property"]) for line in every).most_common()),
        "CPU seconds, rules": round(plain, 2),
        "CPU seconds, with the tagger": round(spent, 2),
    }


def _aside(edition: Edition, row: int) -> bool:
    return article_hash(edition.article(row).id) % ASIDE == 0


def _key(line: Line) -> tuple[object, ...]:
    return line["id"], line["property"], line["start"]


def _by_share(every: list[Line], wanted: int, chance: random.Random) -> list[Line]:
    counted = Counter(str(line["property"]) for line in every)
    total = sum(count**0.5 for count in counted.values())
    left = {name: round(wanted * count**0.5 / max(1, total)) + 1 for name, count in counted.items()}
    chance.shuffle(every)
    lines: list[Line] = []
    for line in every:
        if left[str(line["property"])] > 0 and len(lines) < wanted:
            left[str(line["property"])] -= 1
            lines.append(line)
    return sorted(lines, key=lambda line: (str(line["language"]), str(line["property"]), str(line["title"])))


def rated(path: Path) -> dict[str, object]:
    """How many judged proposals are right, in percent."""
    found: defaultdict[str, list[bool]] = defaultdict(list)
    for line in map(json.loads, path.read_text("utf-8").splitlines()):
        if line["right"] is not None:
            for key in ("all", f"language {line['language'][:2]}", f"property {line['property']}"):
                found[key].append(line["right"])
    return {key: _share(marks) for key, marks in sorted(found.items())}


def _share(marks: list[bool]) -> dict[str, object]:
    low, high = wilson(sum(marks), len(marks))
    return {
        "judged": len(marks),
        "right": sum(marks),
        "share": round(sum(marks) / len(marks), 3),
        "from": round(low, 3),
        "to": round(high, 3),
    }


if __name__ == "__main__":
    main()
