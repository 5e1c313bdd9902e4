"""Are articles on different things kept apart, namesakes above all?

    python -m benchmarks.topics_apart EDITION

EDITION is one encyclopedia in one language: no two of its articles are about one thing. Every second article is put in
another source, without identifiers and addresses, and neither source is known to name each thing once; whatever is
joined then is joined wrongly. Printed are the groups that were joined, and how many names several articles bear.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import results
from galactica import library
from galactica.edition import Edition
from galactica.joining.topics.thing import title_parts
from galactica.library.topics import join_topics, topics_found
from galactica.model import Article
from galactica.progress import silent


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    given = results.arguments(parser).parse_args()
    with tempfile.TemporaryDirectory(prefix="topics-apart-") as name:
        folder = Path(name)
        articles, namesakes = parted(given.edition, folder)
        print(f"{articles:,} articles, {namesakes:,} names that several of them bear", file=sys.stderr)
        made = folder / "parted.edition"
        library.build(made, [folder / "one.jsonl", folder / "two.jsonl"], meaning=False, workers=1)
        library.join(made, only="claims")
        join_topics(made, None, silent)
        found = topics_found(made)
        joined = [[found.heads[member.row].title for member in topic.members] for topic in found.topics]
    for titles in joined:
        print(" = ".join(titles))
    print(f"{len(joined):,} groups joined, all wrongly")
    results.keep(__file__, given, {"articles": articles, "namesakes": namesakes, "joined": joined})


def parted(path: Path, folder: Path) -> tuple[int, int]:
    """Write two files of articles; returns how many there are, and how many names several of them bear."""
    bearers: Counter[str] = Counter()
    count = 0
    one, two = folder / "one.jsonl", folder / "two.jsonl"
    with Edition.open(path) as edition, one.open("w", encoding="utf-8") as odd, two.open("w", encoding="utf-8") as even:
        for row, article in edition.scan():
            (odd if row % 2 else even).write(json.dumps(plain(article), ensure_ascii=False) + "\n")
            bearers[title_parts(article.title)[0]] += 1
            count += 1
    return count, sum(several > 1 for several in bearers.values())


def plain(article: Article) -> dict[str, object]:
    """An article as a line of JSON, without what identifies it."""
    return {
        "path": article.path,
        "title": article.title,
        "language": article.language,
        "body": article.body,
        "aliases": [alias.title for alias in article.aliases],
        "categories": list(article.categories),
    }


if __name__ == "__main__":
    main()
