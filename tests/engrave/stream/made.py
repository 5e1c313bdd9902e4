"""Small editions for pages, sets of few and small sheets of them, and what is read back."""

from __future__ import annotations

import json
import random
import shutil
from collections.abc import Iterable
from pathlib import Path

from galactica import library
from galactica.building.order.ordering import ordered_articles
from galactica.building.order.policy import default_policy
from galactica.edition import Edition, record
from galactica.engrave.stream.chosen import ChosenArticles
from galactica.engrave.stream.engraving import Engraving, engrave_articles
from galactica.engrave.stream.kept import SheetStore
from galactica.engrave.stream.mending import MendedSet, mend_set
from galactica.engrave.stream.reading import ReadRecord, SetContents, SetReader
from galactica.progress import silent

WORDS = "peat bog turf moss heath loom spade lantern kiln drover ferry weir mill croft byre fold glen firth".split()


def text(seed: int, words: int) -> str:
    drawn = random.Random(seed)
    return " ".join(f"{drawn.choice(WORDS)}{drawn.randrange(10**4)}" for _ in range(words))


def build(folder: Path, articles: int = 24, words: int = 60, longest: int = 0) -> Path:
    """An edition of several sources; one article has `longest` words more."""
    sources = []
    for name, share in (("tarns", range(0, articles, 2)), ("moors", range(1, articles, 2))):
        source = folder / f"{name}.jsonl"
        rows = (
            {
                "path": f"a/{n}",
                "title": f"Tarn {n}",
                "language": "en",
                "body": f"<p>{text(n, words + (longest if n == 5 else 0))}</p>",
            }
            for n in share
        )
        source.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        sources.append(source)
    out = folder / "tarns.edition"
    library.build(out, sources, workers=0, meaning=False, title="Tarns and moors")
    return out


def engraved(
    edition: Path, folder: Path, *, capacity: int = 2000, survive: int = 25, budget: int = 0, take: int | None = None
) -> Engraving:
    """A set of small sheets of the first articles of an edition."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with Edition.open(edition) as opened:
        ordered = ordered_articles(opened, default_policy(), silent)
        chosen = ChosenArticles(opened, ordered, list(ordered.rows)[:take])
        return engrave_articles(chosen, folder, capacity=capacity, survive=survive, budget=budget)


def records_in(edition: Path) -> dict[str, bytes]:
    """Title → record of every article."""
    with Edition.open(edition) as opened:
        return {each.title: record.article_record(each, opened.statement.format) for _, each in opened.scan()}


def kept(engraving: Engraving, sheets: Iterable[int], folder: Path) -> SheetStore:
    """What is kept where these sheets of a set were read."""
    shutil.rmtree(folder, ignore_errors=True)
    store = SheetStore(folder)
    for number in sheets:
        store.put(engraving.sheets[number].header, engraving.payload(number))
    return store


def read_back(store: SheetStore) -> tuple[MendedSet, SetContents, list[ReadRecord]]:
    """What the first set of a store gives."""
    mended = mend_set(store.sets()[0])
    reader = SetReader(range(mended.found.plan.data), mended.payload, mended.found.root)
    contents = reader.contents()
    return mended, contents, list(reader.records(contents))
