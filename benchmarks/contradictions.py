"""Contradictions between two passages about one thing: WikiContradict, against pairs that do not contradict.

    python -m benchmarks.contradictions [--half odd|even] [--others N] [--reader]

WikiContradict (Hou and others 2024): passages of Wikipedia that people marked as contradicting each other, explicitly
or only to who reasons. The rules were built while the questions of even number were looked at; the figure is that of
odd ones, and, because both halves share most passages, of those odd ones whose passages no even question has. A pair is
found where `prose.opposed.contradictions` says anything of it; nothing is known of the question. With `--reader` the
shipped reader finds what is said in other words, too.

Precision is told beside three kinds of pairs that do not contradict: a passage and its own paraphrase (where it is not
the passage that contradicts itself), passages of different cases, and two paragraphs of one article of Wikipedia
(2015), which are about the same thing and hardest. That balance flatters: of the paragraphs of one article hardly any
contradict each other, so that what is found among all of them is mostly false.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import tarfile
from collections import Counter
from collections.abc import Mapping

from benchmarks import results
from benchmarks.data import DOC, real
from galactica.ask.contract import Given
from galactica.ask.trained import open_reader
from galactica.joining.disagreements.prose.crossread import Marks
from galactica.joining.disagreements.prose.opposed import contradictions

LONG = 4
"""Letters of a word by which a case is found among the tagged articles."""

SHORTEST, LONGEST = 150, 900
"""Characters of a paragraph that is taken."""


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--others", type=int, default=600, help="pairs of paragraphs of one article")
    parser.add_argument("--reader", action="store_true", help="the shipped reader, too")
    given = results.arguments(parser).parse_args()
    marks = reader_marks() if given.reader else None
    folder = real("wikicontradict")
    rows = [json.loads(line) for line in (folder / "wiki_contradict_refined.jsonl").read_text("utf-8").splitlines()]
    tagged = json.loads((folder / "wikicontradict.passages.json").read_text("utf-8"))
    odd = given.half == "odd"
    cases = [row for number, row in enumerate(rows) if number % 2 == odd]
    seen = {_pair(row) for number, row in enumerate(rows) if number % 2 == 0}
    found = {_pair(row): _found(*_pair(row), _title(row, tagged), marks) for row in cases}
    total, hits = Counter(row["contradiction_type"] for row in cases), Counter[str]()
    for row in cases:
        hits[row["contradiction_type"]] += bool(found[_pair(row)])
    unseen = [row for row in cases if _pair(row) not in seen]
    draw = random.Random(5)
    quiet = [
        (row[f"context{n}_info"], row[f"context{n}_self_contained"], _title(row, tagged))
        for row in cases
        if row["context1_info"] != row["context2_info"]
        for n in (1, 2)
    ]
    for row in cases:
        other = draw.choice([each for each in cases if each["context1_info"] != row["context1_info"]])
        quiet.append((row["context1_info"], other["context2_info"], _title(row, tagged)))
    false = sum(bool(_found(*each, marks)) for each in quiet)
    beside = _others(given.others)
    false_beside = sum(bool(_found(*each, marks)) for each in beside)
    told = sum(hits.values())
    share = false_beside / max(1, len(beside))
    figures: dict[str, object] = {
        "questions": len(cases),
        "found": told,
        "recall": round(told / len(cases), 3),
        **{f"recall {kind.split()[0].lower()}": round(hits[kind] / total[kind], 3) for kind in sorted(total)},
        "questions whose passages were not seen": len(unseen),
        "of them found": sum(bool(found[_pair(row)]) for row in unseen),
        "paraphrases and other cases": len(quiet),
        "of them found falsely": false,
        "paragraphs of one article": len(beside),
        "of those found falsely": false_beside,
        "precision against as many paragraphs": round(told / max(1e-9, told + share * len(cases)), 3),
    }
    for name, value in figures.items():
        print(f"{name:45} {value}")
    results.keep(__file__, given, figures)


def _pair(row: Mapping[str, str]) -> tuple[str, str]:
    return row["context1_info"], row["context2_info"]


def _found(one: str, other: str, title: str, marks: Marks | None) -> bool:
    """Whether anything is said of a pair; of a list that one text counts wrong only where it is one text."""
    return any(each.rule != "list" or one == other for each in contradictions(one, other, title=title, marks=marks))


def reader_marks() -> Marks:
    """The shipped reader's best stretch of a text."""
    reader = open_reader(threads=1)

    def marks(question: str, text: str, title: str) -> tuple[int, int, float] | None:
        spans = reader.read(question, [Given(text=text, title=title, language="en")], most=1)
        return (spans[0].start, spans[0].end, spans[0].margin) if spans else None

    return marks


def _title(row: Mapping[str, str], tagged: list[dict[str, str]]) -> str:
    """The title of the tagged article that a case is from: that which shares most words."""
    words = _words(" ".join(_pair(row)))
    return max(
        tagged, key=lambda each: len(words & _words(each["paragraph_A_clean"] + each.get("paragraph_B_clean", "")))
    )["title"]


def _words(text: str) -> set[str]:
    return set(re.findall(rf"\w{{{LONG},}}", text))


def _others(count: int) -> list[tuple[str, str, str]]:
    """Pairs of paragraphs of one article, with its title."""
    articles = []
    with tarfile.open(real("enwiki-2015-core-wikiextractor/AB.tar.xz")) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            for doc in DOC.findall(file.read().decode()) if file is not None else ():
                named = re.search(r'title="([^"]*)"', doc)
                paragraphs = [line for line in doc.split("\n")[1:] if len(line) > SHORTEST][:25]
                if named and len(paragraphs) > 4:
                    articles.append((named[1], paragraphs))
            if len(articles) > 3_000:
                break
    draw = random.Random(7)
    found = []
    for _ in range(count):
        title, paragraphs = draw.choice(articles)
        one, other = draw.sample(paragraphs, 2)
        found.append((one[:LONGEST], other[:LONGEST], title))
    return found


if __name__ == "__main__":
    main()
