"""XQuAD's questions asked of its passages in other languages: the same questions, said by people in twelve languages.

    python -m benchmarks.qa_crossed OUT

Writes `OUT/xquad.LANGUAGE.crossed.json` for each language of XQuAD A: its passages, each with its own questions and, of
those, once more in a language that a hash chooses (of the English passages twice: they are asked in other languages
most). A file a language, so that no translation of a passage is taken for one that lacks the answer. What is learned
from these files cannot be measured with XQuAD A any more (`benchmarks.reader_training --everything`).
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from benchmarks.ask_languages import LANGUAGES, XQUAD
from benchmarks.data import real
from benchmarks.qa_parts import chance

TIMES = {"en": 2}
"""How often a question of a language's passages is asked in another one, where not once."""


def write_crossed(out: Path) -> list[Path]:
    """Write the files; their paths, in the order of their names."""
    out.mkdir(parents=True, exist_ok=True)
    read = {tag: json.loads(real(XQUAD.format(tag)).read_text(encoding="utf-8"))["data"] for tag in LANGUAGES}
    said = {tag: {q["id"]: q["question"] for q in _questions(articles)} for tag, articles in read.items()}
    found = []
    for tag, articles in read.items():
        for article in articles:
            for paragraph in article["paragraphs"]:
                paragraph["qas"] = [each for q in paragraph["qas"] for each in (q, *crossed(q, tag, said))]
        path = out / f"xquad.{tag}.crossed.json"
        path.write_text(json.dumps({"version": path.stem, "data": articles}, ensure_ascii=False), encoding="utf-8")
        found.append(path)
    return sorted(found)


def crossed(question: Mapping[str, Any], tag: str, said: Mapping[str, Mapping[str, str]]) -> Iterator[dict[str, Any]]:
    """A question in other languages than its passage's.

    Args:
        tag: the passage's language.
        said: language → the question's id → its words.
    """
    name = question["id"]
    others = sorted(other for other in said if other != tag and name in said[other])
    for time in range(min(TIMES.get(tag, 1), len(others))):
        other = others.pop(chance("crossed", tag, name, str(time)) % len(others))
        yield {**question, "id": f"{name} in {other}", "question": said[other][name]}


def _questions(articles: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    for article in articles:
        for paragraph in article["paragraphs"]:
            yield from paragraph["qas"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    for path in write_crossed(parser.parse_args().out):
        articles = json.loads(path.read_text(encoding="utf-8"))["data"]
        print(f"{path.name}: {sum(1 for _ in _questions(articles)):,} questions")


if __name__ == "__main__":
    main()
