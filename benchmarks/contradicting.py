"""Pairs of passages that contradict each other, from WikiContradict, and five kinds of pairs that do not.

Used by `benchmarks.contradictions`, which see. Pairs of even number are those that rules and weights may be made with,
those of odd number are held back.
"""

from __future__ import annotations

import json
import random
import re
import tarfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from benchmarks.data import DOC, real
from galactica.encode import open_encoder

LONG = 4
"""Letters of a word by which a case is found among the tagged articles."""

SHORTEST, LONGEST = 150, 900
"""Characters of a paragraph that is taken."""

MOST_PARAGRAPHS = 25
"""Of an article."""

MOST_ARTICLES = 3_000


@dataclass(frozen=True, slots=True, kw_only=True)
class PassagePair:
    """Two passages about one thing.

    Attributes:
        kind: "explicit" or "implicit"; of pairs that do not contradict each other what they are.
        answers: to the question that shows the contradiction, as each passage has it.
        seen: whether a case of even number has the same passages.
    """

    one: str
    other: str
    title: str
    kind: str
    answers: tuple[str, str] = ("", "")
    seen: bool = False

    @property
    def passages(self) -> tuple[str, str]:
        """Both texts."""
        return self.one, self.other


def contradicting(*, odd: bool) -> list[PassagePair]:
    """The questions of one half, each with its passages: several may have the same."""
    rows, tagged = _read()
    known = [(str(row["title"]), _words(" ".join(map(str, row.values())))) for row in tagged]
    even = {_passages(row) for row in rows[::2]}
    found = []
    for row in rows[1::2] if odd else rows[::2]:
        one, other = _passages(row)
        words = _words(f"{one} {other}")
        title = max(known, key=lambda each: len(words & each[1]))[0]
        kind = row["contradiction_type"].split()[0].lower()
        answers = row["answer1"], row["answer2"]
        found.append(
            PassagePair(
                one=one, other=other, title=title, kind=kind, answers=answers, seen=odd and (one, other) in even
            )
        )
    return found


def agreeing(cases: Sequence[PassagePair], *, odd: bool, others: int) -> dict[str, list[PassagePair]]:
    """Kind → pairs that do not contradict each other: each passage with its own paraphrase (where it does not
    contradict itself), passages of two cases, and three kinds from Wikipedia (2015): two paragraphs of one article, the
    two that are nearest to each other, and one paragraph as it stands.

    Args:
        others: pairs of each of these three kinds, those of both halves together.
    """
    rows, _ = _read()
    said = {_passages(row): row for row in rows}
    draw = random.Random(5)
    found: dict[str, list[PassagePair]] = {"paraphrase": [], "other case": []}
    for case in cases:
        row = said[case.passages]
        if case.one != case.other:
            for number in (1, 2):
                one, other = row[f"context{number}_info"], row[f"context{number}_self_contained"]
                found["paraphrase"].append(PassagePair(one=one, other=other, title=case.title, kind="paraphrase"))
        there = draw.choice([each for each in cases if each.one != case.one])
        found["other case"].append(PassagePair(one=case.one, other=there.other, title=case.title, kind="other case"))
    return found | {kind: pairs[odd::2] for kind, pairs in _of_articles(others).items()}


def _of_articles(count: int) -> dict[str, list[PassagePair]]:
    articles = _articles()
    encoder = open_encoder()
    found: dict[str, list[PassagePair]] = {"paragraphs": [], "nearest paragraphs": [], "one paragraph": []}
    draw = random.Random(7)
    for _ in range(count):
        title, paragraphs = draw.choice(articles)
        one, other = draw.sample(paragraphs, 2)
        found["paragraphs"].append(PassagePair(one=one, other=other, title=title, kind="paragraphs"))
    draw = random.Random(11)
    for title, paragraphs in draw.sample(articles, min(count, len(articles))):
        vectors = encoder.passages(paragraphs)
        near = vectors @ vectors.T
        near[range(len(near)), range(len(near))] = -1
        one, other = (paragraphs[number] for number in divmod(int(near.argmax()), len(paragraphs)))
        found["nearest paragraphs"].append(PassagePair(one=one, other=other, title=title, kind="nearest paragraphs"))
        alone = draw.choice(paragraphs)
        found["one paragraph"].append(PassagePair(one=alone, other=alone, title=title, kind="one paragraph"))
    return found


def _articles() -> list[tuple[str, list[str]]]:
    """Articles with at least five paragraphs: title, paragraphs."""
    articles = []
    with tarfile.open(real("enwiki-2015-core-wikiextractor/AB.tar.xz")) as archive:
        for member in archive:
            file = archive.extractfile(member) if member.isfile() else None
            for doc in DOC.findall(file.read().decode()) if file is not None else ():
                named = re.search(r'title="([^"]*)"', doc)
                paragraphs = [line for line in doc.split("\n")[1:] if len(line) > SHORTEST][:MOST_PARAGRAPHS]
                if named and len(paragraphs) > 4:
                    articles.append((named[1], [each[:LONGEST] for each in paragraphs]))
            if len(articles) > MOST_ARTICLES:
                break
    return articles


def _read() -> tuple[list[dict[str, str]], list[dict[str, str]]]:
    """(questions, tagged articles)."""
    folder = real("wikicontradict")
    rows = [json.loads(line) for line in (folder / "wiki_contradict_refined.jsonl").read_text("utf-8").splitlines()]
    return rows, json.loads((folder / "wikicontradict.passages.json").read_text("utf-8"))


def _passages(row: Mapping[str, str]) -> tuple[str, str]:
    return row["context1_info"], row["context2_info"]


def _words(text: str) -> set[str]:
    return set(re.findall(rf"\w{{{LONG},}}", text))
