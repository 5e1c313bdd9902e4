"""Part sets of questions into what is learned from and what is measured with, article by article.

    python -m benchmarks.qa_parts OUT [--share 8] [--most NAME=N …]

Reads `qa/*/*.json.xz` of `GALACTICA_DATA` and writes `OUT/NAME.train.json` and `OUT/NAME.test.json`: in the second are
all questions of so many of a hundred articles (of a set that has few articles, paragraphs, all without their titles:
else what is learned would be left out because its article is held out), chosen by a hash of their names, so that the
same are chosen again. `--most` keeps so many questions of a set's first part, by a hash as well.
"""

from __future__ import annotations

import argparse
import json
import lzma
from collections.abc import Iterator, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.data import real

SHARE = 8
"""Of a hundred articles, how many are measured with."""

FEW = 12
"""Articles of a set up to which paragraphs are chosen instead."""

MOST = {"squadshifts-reddit": 4_000, "squadshifts-amazon": 4_000, "jaquad": 16_000}
"""Questions that are learned from of sets that would outweigh others: forums, shops, and the largest of a language."""


def chance(*names: str) -> int:
    """A number from 0 to 99, the same for the same names."""
    return int(sha256(" ".join(names).encode()).hexdigest()[:8], 16) % 100


def part(name: str, articles: list[dict[str, Any]], share: int, most: int | None) -> Iterator[list[dict[str, Any]]]:
    """(what is learned from, what is measured with) of a set's articles."""
    few = len({article.get("title", "") for article in articles}) <= FEW
    found: tuple[list[dict[str, Any]], list[dict[str, Any]]] = ([], [])
    for article in articles:
        parts: tuple[list[Any], list[Any]] = ([], [])
        for paragraph in article["paragraphs"]:
            key = paragraph["context"] if few else article.get("title", "")
            parts[chance(name, key) < share].append(paragraph)
        for paragraphs, into in zip(parts, found, strict=True):
            if paragraphs:
                into.append({**article, **({"title": ""} if few else {}), "paragraphs": paragraphs})
    tested = {paragraph["context"] for article in found[1] for paragraph in article["paragraphs"]}
    learned = found[0]
    for article in learned:
        article["paragraphs"] = [each for each in article["paragraphs"] if each["context"] not in tested]
    total = sum(len(p["qas"]) for article in learned for p in article["paragraphs"])
    if most is not None and total > most:
        for article in learned:
            for paragraph in article["paragraphs"]:
                asked = paragraph["qas"]
                keys = [int(sha256(f"{name} {q['id']} {q['question']}".encode()).hexdigest()[:8], 16) for q in asked]
                paragraph["qas"] = [q for q, key in zip(asked, keys, strict=True) if key / 2**32 < most / total]
    yield learned
    yield found[1]


def main() -> None:
    """Write the parts and tell how many questions each has."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--share", type=int, default=SHARE)
    parser.add_argument("--most", action="append", default=[], metavar="NAME=N")
    given = parser.parse_args()
    most: Mapping[str, int] = MOST | {name: int(n) for name, _, n in (each.partition("=") for each in given.most)}
    write_parts(given.out, given.share, most)


def write_parts(out: Path, share: int = SHARE, most: Mapping[str, int] = MOST) -> None:
    """Write the parts of every set."""
    out.mkdir(parents=True, exist_ok=True)
    for file in sorted(real("qa").glob("*/*.json.xz")):
        name = file.parent.name
        with lzma.open(file) as opened:
            articles = json.load(opened)["data"]
        counts = []
        for kind, chosen in zip(("train", "test"), part(name, articles, share, most.get(name)), strict=True):
            path = out / f"{name}.{kind}.json"
            path.write_text(json.dumps({"version": name, "data": chosen}, ensure_ascii=False), encoding="utf-8")
            counts.append(sum(len(p["qas"]) for article in chosen for p in article["paragraphs"]))
        print(f"{name}: {counts[0]:,} to learn from, {counts[1]:,} to measure with")


def thinned(path: Path, folder: Path, share: float, whole: Sequence[str] = ()) -> Path:
    """A file of the same name in `folder` with about `share` of a file's questions, chosen by a hash of their names.

    Args:
        whole: titles of articles of which all questions are kept.
    """
    read = json.loads(path.read_text(encoding="utf-8"))
    for article in read["data"]:
        if article.get("title", "").replace("_", " ") not in whole:
            for paragraph in article["paragraphs"]:
                kept = [q for q in paragraph["qas"] if chance("rest", path.name, q["id"]) < 100 * share]
                paragraph["qas"] = kept
            article["paragraphs"] = [each for each in article["paragraphs"] if each["qas"]]
    read["data"] = [article for article in read["data"] if article["paragraphs"]]
    folder.mkdir(parents=True, exist_ok=True)
    (folder / path.name).write_text(json.dumps(read, ensure_ascii=False), encoding="utf-8")
    return folder / path.name


def halved(path: Path, learned: Path, held: Path) -> tuple[Path | None, Path | None]:
    """A file's questions in two, article by article, files of the same name in two folders; None: it has none there."""
    read = json.loads(path.read_text(encoding="utf-8"))
    found: list[Path | None] = []
    for folder, odd in ((learned, 0), (held, 1)):
        own = [a for a in read["data"] if chance("half", a.get("title", "").replace("_", " ")) % 2 == odd]
        answered = any(not q.get("is_impossible") for a in own for p in a["paragraphs"] for q in p["qas"])
        folder.mkdir(parents=True, exist_ok=True)
        if answered:
            (folder / path.name).write_text(json.dumps({**read, "data": own}, ensure_ascii=False), encoding="utf-8")
        found.append(folder / path.name if answered else None)
    return found[0], found[1]


if __name__ == "__main__":
    main()
