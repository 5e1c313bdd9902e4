"""How well and how fast an edition is searched, beside libzim's own search over a ZIM of the same articles.

    python -m benchmarks.search_quality --edition FULL.edition [--zim FULL.zim] [--json]

Known items: titles and aliases as they are, and with one typing mistake. Questions: SQuAD dev A, asked of the whole
edition; an article counts as found if it contains one of the answers as a string. `--tune` asks the training questions
instead (SQuAD train, WebQuestions), the only ones that the weights in `galactica.search` were set by. Times are of
this program alone on a machine that does nothing else. Data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import html
import json
import os
import random
import re
import string
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from benchmarks import results
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.model.projection import project
from galactica.search import Searcher, TextIndex

DATA = Path(os.environ.get("GALACTICA_DATA", "../shared/data"))
SEED = 2026

T = TypeVar("T")
A = TypeVar("A")
B = TypeVar("B")


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    question: str
    answers: tuple[str, ...]
    article: str


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", type=Path, required=True)
    parser.add_argument("--zim", type=Path, help="a ZIM of the same articles, with a full-text index")
    parser.add_argument("--questions", type=int, default=1000)
    parser.add_argument("--titles", type=int, default=1000)
    parser.add_argument("--tune", action="store_true")
    parser.add_argument("--json", action="store_true")
    given = results.arguments(parser).parse_args()
    with Edition.open(given.edition) as edition, TextIndex.open(edition, edition.index_dir() / "text") as index:
        figures = measure(edition, index, given)
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))
        return
    width = max(map(len, figures))
    for name, value in figures.items():
        print(f"{name:{width}}  {value:.3f}" if isinstance(value, float) else f"{name:{width}}  {value}")


def measure(edition: Edition, index: TextIndex, given: argparse.Namespace) -> dict[str, float | int]:
    searcher = Searcher([(edition, index)])
    figures: dict[str, float | int] = {"articles": len(edition)}
    figures |= known_items(edition, searcher, given.titles)
    questions = training() if given.tune else dev()
    random.Random(SEED).shuffle(questions)
    questions = questions[: given.questions]
    texts = Answers(edition)
    if questions:
        figures["questions"] = len(questions)
        rows = [[row for _, row, _ in timed("ids", partial(searcher.ids, q.question, 10))] for q in questions]
        figures |= recall("ours, ids", rows, questions, texts)
        pages = [timed("page", partial(searcher.search, q.question, limit=10)) for q in questions]
        rows = [[edition.row_of(hit.id) or 0 for hit in page.hits] for page in pages]
        figures |= recall("ours, page", rows, questions, texts)
        shown = sum(
            any(_in(a, hit.snippet) for hit in p.hits[:5] for a in q.answers) for p, q in _pairs(pages, questions)
        )
        figures["ours, answer in one of the first 5 snippets"] = shown / len(questions)
        if given.zim:
            rows = zim_rows(given.zim, [q.question for q in questions], edition)
            figures |= recall("libzim", rows, questions, texts)
    else:
        print(f"no questions: {DATA} is absent")
    for name, values in TIMES.items():
        values.sort()
        figures[f"ms, {name}, p50"] = 1000 * values[len(values) // 2]
        figures[f"ms, {name}, p99"] = 1000 * values[int(len(values) * 0.99)]
    return figures


def known_items(edition: Edition, searcher: Searcher, count: int) -> dict[str, float | int]:
    """Titles looked up as they are, mistyped, and while they are typed."""
    chance = random.Random(SEED)
    titles = [edition.head(row).title for row in chance.sample(range(len(edition)), min(count, len(edition)))]
    first = third = suggested = early = 0
    for title in titles:
        page = timed("title", partial(searcher.search, title, limit=10))
        first += page.hits[:1] != () and title_key(page.hits[0].title) == title_key(title)
    long_enough = [title for title in titles if len(title) > 3]
    by_kind: dict[str, list[int]] = {}
    for title in long_enough:
        kind, typed = mistyped(title, chance)
        page = timed("mistyped title", partial(searcher.search, typed, limit=3))
        right = any(hit.title == title for hit in page.hits)
        third += right
        by_kind.setdefault(kind, []).append(right)
        options = timed("suggestion", partial(searcher.suggest, typed[: max(4, len(typed) * 2 // 3)]))
        suggested += any(option.title == title for option in options)
        options = timed("suggestion", partial(searcher.suggest, title[: max(3, len(title) // 2)]))
        early += any(option.title == title for option in options)
    return {
        "titles": len(titles),
        "title first": first / len(titles),
        "mistyped title among the first 3": third / max(1, len(long_enough)),
        **{f"  {kind}": sum(right) / len(right) for kind, right in sorted(by_kind.items())},
        "half a title typed: suggested": early / max(1, len(long_enough)),
        "two thirds typed, one mistake: suggested": suggested / max(1, len(long_enough)),
    }


def mistyped(title: str, chance: random.Random) -> tuple[str, str]:
    """(kind, title with one typing mistake that is not the title)."""
    while True:
        kind = chance.choice(("substitution", "insertion", "deletion", "transposition"))
        at = chance.randrange(len(title))
        letter = chance.choice(string.ascii_lowercase)
        typed = {
            "substitution": title[:at] + letter + title[at + 1 :],
            "insertion": title[:at] + letter + title[at:],
            "deletion": title[:at] + title[at + 1 :],
            "transposition": title[:at] + title[at + 1 : at + 2] + title[at] + title[at + 2 :],
        }[kind]
        if title_key(typed) != title_key(title):
            return kind, typed


class Answers:
    """Whether an article contains an answer; texts are kept in lower case."""

    def __init__(self, edition: Edition) -> None:
        self._edition = edition
        self._texts: dict[int, tuple[str, str]] = {}

    def have(self, row: int, asked: Asked) -> bool:
        title, text = self._text(row)
        return any(_in(answer, text) or _in(answer, title) for answer in asked.answers)

    def is_article(self, row: int, asked: Asked) -> bool:
        return self._text(row)[0] == asked.article.lower()

    def _text(self, row: int) -> tuple[str, str]:
        if row not in self._texts:
            article = self._edition.article(row)
            self._texts[row] = (article.title.lower(), project(article.body).lower())
        return self._texts[row]


def recall(name: str, rows: Sequence[Sequence[int]], asked: Sequence[Asked], texts: Answers) -> dict[str, float | int]:
    """Share of questions with any result, and with an article that has the answer among the first 1, 5, 10."""
    figures: dict[str, float | int] = {f"{name}: with results": sum(map(bool, rows)) / len(asked)}
    places = [next((n for n, row in enumerate(found) if texts.have(row, q)), 99) for found, q in _pairs(rows, asked)]
    for most in (1, 5, 10):
        figures[f"{name}: answer in the first {most}"] = sum(place < most for place in places) / len(asked)
    return figures


def zim_rows(path: Path, questions: Sequence[str], edition: Edition) -> list[list[int]]:
    """Rows of what libzim's own search finds, in its order, by title."""
    from libzim.reader import Archive
    from libzim.search import Query
    from libzim.search import Searcher as ZimSearcher

    archive = Archive(str(path))
    searcher = ZimSearcher(archive)
    row_of = {article.title: row for row, article in edition.scan(body=False)}
    found = []

    def ids(question: str) -> list[str]:
        return list(searcher.search(Query().set_query(question)).getResults(0, 10))

    for question in questions:
        paths = timed("libzim ids", partial(ids, question))
        titles = [archive.get_entry_by_path(each).title for each in paths]
        found.append([row_of[title] for title in map(html.unescape, titles) if title in row_of])
    return found


def dev() -> list[Asked]:
    """Questions that nothing was set by."""
    return squad(DATA / "squad/split/dev-v1.1.A.json")


def training() -> list[Asked]:
    """Questions that weights may be set by."""
    path = DATA / "webquestions/main/trainmodel.json"
    web = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return squad(DATA / "squad/train-v1.1.partial.json") + [
        Asked(question=each["qText"], answers=tuple(each["answers"]), article="") for each in web
    ]


def squad(path: Path) -> list[Asked]:
    if not path.exists():
        return []
    return [
        Asked(
            question=qa["question"],
            answers=tuple(sorted({answer["text"] for answer in qa["answers"]})),
            article=article["title"].replace("_", " "),
        )
        for article in json.loads(path.read_text(encoding="utf-8"))["data"]
        for paragraph in article["paragraphs"]
        for qa in paragraph["qas"]
    ]


TIMES: dict[str, list[float]] = {}


def timed(name: str, work: Callable[[], T]) -> T:
    start = time.perf_counter()
    result = work()
    TIMES.setdefault(name, []).append(time.perf_counter() - start)
    return result


def _in(answer: str, lower: str) -> bool:
    """Whether the answer stands in a text as words of its own."""
    return re.search(rf"(?<!\w){re.escape(answer.lower())}(?!\w)", lower) is not None


def _pairs(left: Sequence[A], right: Sequence[B]) -> list[tuple[A, B]]:
    return list(zip(left, right, strict=True))


if __name__ == "__main__":
    main()
