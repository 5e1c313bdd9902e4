"""SQuAD dev A in folds of articles: a reader learns from two thirds of them and is measured on the last.

    python -m benchmarks.folds FOLDER

writes FOLDER/1, /2, /3, each with what is learned (`learn-v1.1.json`, `learn-v2.0.json`) and what is held back
(`held-v1.1.json`, `held-v2.0.json`). Train a reader FOLDER/N/reader.onnx of each:

    galactica train reader --out FOLDER/1/reader.onnx -e en.edition --questions FOLDER/1/learn-v1.1.json --questions
    FOLDER/1/learn-v2.0.json --questions train-v1.1.partial.json --hold-out FOLDER/1/held-v1.1.json --hold-out
    FOLDER/1/held-v2.0.json ...

`reading_squad --folds FOLDER` and `ask_squad --folds FOLDER` then ask each question of the reader that saw nothing of
its article.
"""

from __future__ import annotations

import argparse
import json
import os
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from benchmarks.data import real
from galactica.ask.trained import ENVIRONMENT
from galactica.evaluate.question import Question

FILES = {"v1.1": "squad/split/dev-v1.1.A.json", "v2.0": "squad/split/dev-v2.0.A.json"}
FOLDS = 3


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    files = {name: json.loads(real(path).read_text(encoding="utf-8")) for name, path in FILES.items()}
    for number, titles in enumerate(split(files), 1):
        place = folder / str(number)
        place.mkdir(parents=True, exist_ok=True)
        for name, file in files.items():
            for kind, held in (("held", True), ("learn", False)):
                data = [article for article in file["data"] if (article["title"] in titles) == held]
                (place / f"{kind}-{name}.json").write_text(
                    json.dumps({**file, "data": data}, ensure_ascii=False), encoding="utf-8"
                )
        print(f"{place}: {', '.join(sorted(titles))} held back")


def split(files: Mapping[str, Mapping[str, Any]]) -> list[set[str]]:
    """The titles of each fold: each article, the largest first, goes where there are fewest questions."""
    sizes: dict[str, int] = {}
    for file in files.values():
        for article in file["data"]:
            count = sum(len(paragraph["qas"]) for paragraph in article["paragraphs"])
            sizes[article["title"]] = sizes.get(article["title"], 0) + count
    folds: list[set[str]] = [set() for _ in range(FOLDS)]
    for title in sorted(sizes, key=lambda each: (-sizes[each], each)):
        min(folds, key=lambda fold: sum(sizes[each] for each in fold)).add(title)
    return folds


def in_turn(folder: Path | None, questions: Sequence[Question]) -> Iterator[Sequence[Question]]:
    """The questions of each fold, while its reader is the trained one; all at once where there is no folder."""
    if folder is None:
        yield questions
        return
    before, of_title = os.environ.get(ENVIRONMENT), readers(folder)
    try:
        for path in dict.fromkeys(of_title.values()):
            os.environ[ENVIRONMENT] = str(path)
            yield [each for each in questions if of_title.get(each.title.replace("_", " ")) == path]
    finally:
        os.environ.pop(ENVIRONMENT, None)
        if before is not None:
            os.environ[ENVIRONMENT] = before


@cache
def readers(folder: Path) -> dict[str, Path]:
    """Title of each article, with spaces → the file of the reader that saw nothing of it."""
    found = {}
    for place in sorted(folder.iterdir()):
        if not (place / "reader.onnx").is_file():
            continue
        for name in FILES:
            for article in json.loads((place / f"held-{name}.json").read_text(encoding="utf-8"))["data"]:
                found[article["title"].replace("_", " ")] = place / "reader.onnx"
    return found


if __name__ == "__main__":
    main()
