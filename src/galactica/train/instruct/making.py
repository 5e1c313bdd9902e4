"""Questions and cited answers as a chat-format data set: a JSON object a line, and a card beside it.

Each line has `messages` (user, assistant), as trainers of chat models read them, and beside them where the answer is
from: edition, article, the code points of its projection, address, date, licence. The answer is quoted word for word,
with its source named under it. The same material gives the same lines, in the order of the articles. A question that
was asked before and a quotation that was given before are left out, and so is what shares a run of words with an
evaluation set (`train.views.excluding`).
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from galactica.edition import Edition
from galactica.errors import InputError, UsageError
from galactica.model import Article
from galactica.model.article import date_of, licence_of
from galactica.model.projection import outline
from galactica.placing import check_place, placed
from galactica.progress import Report, silent
from galactica.train.instruct.answers import Answered, answered
from galactica.train.instruct.documents import AskedArticle, AskedArticles
from galactica.train.instruct.instruct_card import instruct_card
from galactica.train.instruct.wordings import Wordings, languages_worded, wordings_for
from galactica.train.views.evaluation_texts import read_evaluation
from galactica.train.views.excluding import ExcludedFile, Excluder, check_words

KINDS = ("definition", "section", "claim")

OFTEN = 200
"""Articles between two reports."""


@dataclass(frozen=True, slots=True, kw_only=True)
class InstructSet:
    """A data set of questions and cited answers.

    Attributes:
        path, card: the file of lines, and the card beside it.
        pairs: lines.
        kinds, languages, licences: (name, lines), most first.
        left_out: (reason, pairs): "again" (asked or quoted before), "evaluation" (shares text with an evaluation set,
            or was cut out of the view), "most" (beyond what was asked for).
        excluded: what became of each evaluation set.
        without_claims: titles of editions whose claims were not made.
    """

    path: Path
    card: Path
    pairs: int
    kinds: tuple[tuple[str, int], ...]
    languages: tuple[tuple[str, int], ...]
    licences: tuple[tuple[str, int], ...]
    left_out: tuple[tuple[str, int], ...]
    excluded: tuple[ExcludedFile, ...]
    without_claims: tuple[str, ...]


def make_instruct(
    material: Path,
    out: Path,
    *,
    editions: Sequence[Path] = (),
    kinds: Sequence[str] = KINDS,
    exclude: Sequence[Path] = (),
    exclude_words: int = 13,
    most: int | None = None,
    report: Report = silent,
) -> InstructSet:
    """Make questions and cited answers out of an edition or a view.

    Args:
        material: the edition, or the view.
        out: the file to make, NAME.jsonl; NAME.md tells of it. Neither may exist.
        editions: where those of a view lie, where they are not where they were.
        kinds: of `KINDS`.
        exclude: evaluation sets.
        exclude_words: words in a row that count as shared.
        most: lines at the most: a fair sample, held in memory.
        report: stage "instruct", unit "articles".

    Raises:
        UsageError: a kind that there is not, a wrong name for the file, or it is there already.
        InputError, EditionError: what is read cannot be, or nothing can be asked of it.
    """
    if unknown := [kind for kind in kinds if kind not in KINDS]:
        raise UsageError(f"There is no kind of question {unknown[0][:80]!r}.", f"Use {', '.join(KINDS)}.")
    if out.suffix != ".jsonl":
        raise UsageError(f"{out.name} does not end in .jsonl.", "Name the file like mine.jsonl.")
    card = out.with_suffix(".md")
    for each in (out, card):
        check_place(each)
    excluder = Excluder([read_evaluation(path) for path in exclude], check_words(exclude_words)) if exclude else None
    with AskedArticles(material, editions) as articles:
        counts = _Counts()
        lines = _lines(articles, frozenset(kinds), excluder, counts, report)
        with placed(out) as file:
            for line in _sample(lines, most, counts) if most is not None else lines:
                file.write(json.dumps(line, ensure_ascii=False).encode() + b"\n")
                counts.add(line)
            if not counts.pairs:
                raise InputError(
                    "Nothing could be asked of it.", f"Questions are made in {', '.join(languages_worded())}."
                )
        made = InstructSet(
            path=out,
            card=card,
            pairs=counts.pairs,
            kinds=counts.listed("kind"),
            languages=counts.listed("language"),
            licences=counts.listed("licence"),
            left_out=tuple(sorted(counts.left_out.items())),
            excluded=excluder.report if excluder is not None else (),
            without_claims=articles.without_claims,
        )
        text = instruct_card(made, articles.name)
    card.write_text(text, encoding="utf-8", newline="\n")
    return made


class _Counts:
    """Adds lines up."""

    def __init__(self) -> None:
        self.pairs = 0
        self.left_out: Counter[str] = Counter()
        self._by: dict[str, Counter[str]] = {"kind": Counter(), "language": Counter(), "licence": Counter()}

    def add(self, line: dict[str, Any]) -> None:
        """Take in a line."""
        self.pairs += 1
        self._by["kind"][line["kind"]] += 1
        self._by["language"][line["language"]] += 1
        self._by["licence"][line["source"]["licence"]] += 1

    def listed(self, by: str) -> tuple[tuple[str, int], ...]:
        """(name, lines), most first."""
        return tuple(sorted(self._by[by].items(), key=lambda each: (-each[1], each[0])))


def _lines(
    articles: AskedArticles, kinds: frozenset[str], excluder: Excluder | None, counts: _Counts, report: Report
) -> Iterator[dict[str, Any]]:
    seen: set[bytes] = set()
    for done, asked in enumerate(articles):
        if done % OFTEN == 0:
            report("instruct", done, len(articles), "articles")
        outlined = outline(asked.article.body)
        words = wordings_for(asked.article.language, outlined.text[:300])
        if words is None:
            continue
        for each in answered(asked.article, outlined, asked.claims, words):
            if each.kind not in kinds:
                continue
            quote = outlined.text[each.start : each.end]
            marks = {_mark(each.question.casefold()), _mark(" ".join(quote.split()))}
            if marks & seen:
                counts.left_out["again"] += 1
            elif _is_cut(asked, each) or (excluder and excluder.suspects([f"{each.question}\n{quote}"])):
                counts.left_out["evaluation"] += 1
            else:
                seen |= marks
                yield _line(asked, each, quote, words)
    report("instruct", len(articles), len(articles), "articles")


def _mark(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:10]


def _is_cut(asked: AskedArticle, each: Answered) -> bool:
    """Whether a view cuts out a part of an answer."""
    body = len(asked.article.title) + 2
    pairs = zip(asked.cuts[::2], asked.cuts[1::2], strict=True)
    return any(start < body + each.end and end > body + each.start for start, end in pairs)


def _line(asked: AskedArticle, each: Answered, quote: str, words: Wordings) -> dict[str, Any]:
    """A pair as it is written."""
    source = _source(asked.edition, asked.article)
    pair = f"{asked.edition.root}/{asked.article.id.hex()}/{each.kind}/{each.asked}"
    named = words.source.format(
        title=asked.article.title,
        source=source["source_title"],
        address=f", {source['url']}" if source["url"] else "",
        date=f", {source['date']}" if source["date"] else "",
        licence=source["licence"] or words.unknown,
    )
    return {
        "id": hashlib.sha256(pair.encode()).hexdigest()[:32],
        "messages": [
            {"role": "user", "content": each.question},
            {"role": "assistant", "content": f"{quote}\n\n{named}"},
        ],
        "kind": each.kind,
        "asked": each.asked,
        "language": words.language,
        "source": {**source, "start": each.start, "end": each.end, "quote": quote},
    }


def _source(edition: Edition, article: Article) -> dict[str, str]:
    source = edition.source(article.source)
    work = edition.work(article.source, article.work) if article.work else None
    return {
        "edition": edition.root,
        "article": article.id.hex(),
        "title": article.title,
        "source": article.source,
        "source_title": source.title,
        "url": article.url,
        "date": date_of(article.modified, article.published, work, source),
        "licence": licence_of(article.licence, work, source),
    }


def _sample(lines: Iterator[dict[str, Any]], most: int, counts: _Counts) -> list[dict[str, Any]]:
    """At most so many lines, those whose ids are smallest, in the order in which they came."""
    held: list[tuple[int, int, dict[str, Any]]] = []
    for number, line in enumerate(lines):
        entry = (-int(line["id"], 16), number, line)
        if len(held) < most:
            heapq.heappush(held, entry)
        else:
            counts.left_out["most"] += 1
            heapq.heappushpop(held, entry)
    return [line for _, _, line in sorted(held, key=lambda each: each[1])]
