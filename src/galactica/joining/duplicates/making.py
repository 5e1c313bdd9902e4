"""Making `joined/duplicates`: from every text's sketch to rows that say what is the same as what.

    sketch ─▶ exact classes ─▶ pairs worth comparing ─ compared ─▶ clusters ─▶ paragraphs ─▶ stretches ─▶ rows

Nothing is left out of an edition by this. Sketches and comparisons lie in the work folder, so that a stopped job goes
on; the rest is made of them in minutes.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt

from galactica.cluster.crew import Crew, no_crew
from galactica.edition import Edition
from galactica.edition.derived import derived, deriving
from galactica.edition.parquet import write_rows
from galactica.joining.duplicates.candidates import Crowd, find_near, near_pairs, same_place, titles_once
from galactica.joining.duplicates.clusters import CopyClusters, best_order, exact_classes
from galactica.joining.duplicates.compared import ComparedPairs
from galactica.joining.duplicates.found import CopiesFound
from galactica.joining.duplicates.judging import TextJudge, TextRelation
from galactica.joining.duplicates.layout import KINDS, NAME, SUMMARY, TABLES, VERSION
from galactica.joining.duplicates.paragraphs import found_paragraphs, sharing_articles, sort_paragraphs
from galactica.joining.duplicates.sketching import COMPARED, EMPTY, LONG, SHORT, Sketches
from galactica.progress import Report, silent

Row = dict[str, object]


def duplicates_kept(edition: Edition) -> Path | None:
    """The folder of an edition's duplicates; None where they are to be made."""
    return derived(edition, NAME, VERSION)


def make_duplicates(edition: Edition, *, crew: Crew | None = None, report: Report = silent) -> None:
    """Make `joined/duplicates` of an edition anew.

    Args:
        crew: who makes the sketches, a shard at a time; None: this process. Comparing is done here.
        report: stages "texts", "bands", "compare", "paragraphs".

    Raises:
        EditionError: the edition is damaged.
        OSError: the machine's refusals.
        UsageError: another process is at it.
    """
    with deriving(edition, NAME, VERSION) as folder:
        scratch = folder / "scratch"
        scratch.mkdir(exist_ok=True)
        _make(edition, folder, scratch, crew or no_crew(), report)
        shutil.rmtree(scratch)


def _make(edition: Edition, folder: Path, scratch: Path, crew: Crew, report: Report) -> None:
    sketches = Sketches(edition, scratch)
    sketches.make(crew, report)
    texts = sketches.texts()
    places = best_order(texts)
    best = exact_classes(texts, places)
    alone = best == np.arange(len(texts))
    judge = TextJudge(edition=edition, texts=texts, once=titles_once(texts))
    crowd = find_near(sketches, alone & (texts["state"] == COMPARED), scratch, report)
    pairs = ComparedPairs(judge, best, scratch)
    pairs.compare(_all_pairs(judge, best, scratch, crowd), report)
    clustering = CopyClusters(pairs=pairs, compare=judge.relation, places=places)
    found = CopiesFound(texts, best)
    for copy in clustering.copies():
        found.take(copy)
    found.settle()
    sort_paragraphs(sketches, found.is_kept(), scratch, report)
    for inner, outer, relation in _inside(judge, pairs, texts, scratch):
        found.take_stretch(inner, outer, relation)
    tables: dict[str, Iterable[Row]] = {
        "duplicates": found.rows(),
        "paragraphs": _paragraph_rows(scratch),
    }
    counts: Counter[str] = Counter()
    for table in TABLES:
        place = folder / table.name
        place.mkdir(exist_ok=True)
        rows = tables[table.name]
        write_rows(place / "00000.parquet", table, _counting(rows, counts, table.name))
    summary = _summary(texts, counts, pairs, crowd, clustering)
    (folder / SUMMARY).write_text(json.dumps(summary, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _all_pairs(
    judge: TextJudge, best: npt.NDArray[np.int64], scratch: Path, crowd: Crowd
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """The pairs to compare, of the best row of each exact text, the smaller row first."""
    texts = judge.texts
    first, second = same_place(texts, judge.once)
    comparable = (texts["state"] != LONG) & (texts["state"] != EMPTY)
    fit = (best[first] != best[second]) & comparable[first] & comparable[second]
    yield first[fit], second[fit]
    yield from near_pairs(scratch, crowd)


def _inside(
    judge: TextJudge, pairs: ComparedPairs, texts: npt.NDArray[np.void], scratch: Path
) -> Iterator[tuple[int, int, TextRelation]]:
    """(shorter, longer, what they are) of articles that are stretches of longer ones."""
    for first, second, relation in pairs.contained():
        yield (first, second, relation) if relation.inner == 0 else (second, first, relation.turned())
    for inner, outer in sharing_articles(scratch, texts["length"]):
        if texts["state"][inner] == COMPARED and texts["state"][outer] == COMPARED:
            relation = judge.contained(inner, outer)
            if relation.kind and relation.inner == 0:
                yield inner, outer, relation


def _paragraph_rows(scratch: Path) -> Iterator[Row]:
    for part in found_paragraphs(scratch):
        for each in part:
            yield {
                "article": int(each["article"]),
                "start": int(each["start"]),
                "end": int(each["end"]),
                "same": int(each["same"]),
                "articles": int(each["articles"]),
                "lead": bool(each["lead"]),
            }


def _counting(rows: Iterable[Row], counts: Counter[str], table: str) -> Iterator[Row]:
    for row in rows:
        counts[str(row.get("kind", table))] += 1
        yield row


def _summary(
    texts: npt.NDArray[np.void], counts: Counter[str], pairs: ComparedPairs, crowd: Crowd, clustering: CopyClusters
) -> dict[str, object]:
    """What was looked at, found and passed over."""
    state = texts["state"]
    return {
        "articles": len(texts),
        "empty": int(np.count_nonzero(state == EMPTY)),
        "short": int(np.count_nonzero(state == SHORT)),
        "long": int(np.count_nonzero(state == LONG)),
        "found": {kind: counts[kind] for kind in (*KINDS, "paragraphs")},
        "compared": pairs.compared,
        "apart": dict(sorted(pairs.apart.items())),
        "crowded": crowd.crowded,
        "passed_over": crowd.passed_over,
        "left": clustering.left,
    }
