"""How well are Cranfield's documents found, beside BM25 as Lucene has it (`bm25s`) on the same documents?

    python -m benchmarks.search_cranfield [--minilm] [--questions N] [--json]

The 1,400 documents are an edition as they stand in the file: a title, and an abstract that begins with it once more
(--once takes it out; then both find less, ours by more). Queries count by their place in the file.
Judgements and measures are those of docs/evaluating.md: the gain is 5 less Cleverdon's code, places count documents,
and of documents with several passages the first counts. Documents without text (2) are in no collection and stay
relevant where they are judged so.

bm25s gets the same titles and abstracts: method "lucene", its own tokens and English stop words, Snowball's English
stemmer (PyStemmer); with its own default k1 = 1.5 and with Lucene's 1.2, b = 0.75 both times. It is no dependency of
Galactica: pip install bm25s PyStemmer.
"""

from __future__ import annotations

import json
import re
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from benchmarks.question_sets import (
    System,
    arguments,
    chosen,
    differences,
    finder,
    minilm_systems,
    static_systems,
    table,
    use,
    write_floats,
)
from galactica import library
from galactica.building import meaning
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question, sample
from galactica.evaluate.report import EvaluationSettings, Run
from galactica.library.evaluating import measure_search
from galactica.model import PassageHit
from galactica.search.ranker import load

PEERS = {"bm25s lucene, k1 1.5": 1.5, "bm25s lucene, k1 1.2": 1.2}
OURS = ("words", "hybrid, fusion", "hybrid, ranker")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document: its number in the collection, its title, and the rest of its abstract."""

    number: str
    title: str
    text: str


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--minilm", action="store_true", help="also with MiniLM, exact, in place of the static encoder")
    parser.add_argument("--once", action="store_true", help="abstracts without the title that they begin with")
    given = parser.parse_args()
    use(given.encoder)
    asked = read_questions(real("cranfield/cran.qry"), qrels=real("cranfield/cranqrel"), language="en")
    questions = sample(asked.questions, given.questions, given.seed)
    documents = cranfield(once=given.once)
    found: dict[str, Run] = {}
    with tempfile.TemporaryDirectory(prefix="search-cranfield-") as folder:
        edition = edition_of(Path(folder), documents)
        systems = list(static_systems(edition))
        if given.minilm:
            write_floats(edition, "minilm", Path(folder) / "floats.npz")
            systems += minilm_systems(edition, Path(folder) / "floats.npz", "MiniLM exact")
        for system in chosen(systems, given.systems):
            if system.by == "hybrid":
                load("ranker")  # without weights, search by both is search by words
            found[system.name] = run(questions, by_system(system, given.limit), system.by, given.limit)
    for name, k1 in PEERS.items():
        peer = bm25(documents, k1)
        found[name] = run(questions, by_peer(peer, given.limit), name, given.limit)
    figures = {
        "means": table(f"Cranfield, {len(documents):,} documents", found),
        "differences": differences(found, [(ours, peer) for ours in OURS for peer in PEERS]),
    }
    if given.minilm:
        figures["beside MiniLM"] = differences(found, [("hybrid, ranker", "words + MiniLM exact, fusion")])
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def by_system(system: System, limit: int) -> Callable[[Question], Sequence[PassageHit]]:
    """What a system finds for a question."""
    return lambda question: finder(system, question)(limit)


def by_peer(peer: Callable[[str, int], list[PassageHit]], limit: int) -> Callable[[Question], Sequence[PassageHit]]:
    """The same, of a peer."""
    return lambda question: peer(question.text, limit)


def cranfield(*, once: bool) -> list[Document]:
    """The documents that have a text."""
    found = []
    for entry in re.split(r"^\.I +(?=\d)", real("cranfield/cran.all.1400").read_text(encoding="utf-8"), flags=re.M)[1:]:
        number, *fields = re.split(r"^\.([TABW])\n", entry, flags=re.M)
        held = {name: " ".join(text.split()) for name, text in zip(fields[::2], fields[1::2], strict=True)}
        title = held["T"]
        text = held["W"].removeprefix(title).strip() or title if once else held["W"]
        if text:
            found.append(Document(number=number.strip(), title=title, text=text))
    return found


def edition_of(folder: Path, documents: Sequence[Document]) -> Path:
    file, out = folder / "cranfield.jsonl", folder / "cranfield.edition"
    rows = [{"path": d.number, "title": d.title, "text": d.text, "language": "en"} for d in documents]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    library.build(out, [file], meaning=False)
    meaning.add_meaning(out, workers=0, note=sys.exit)
    return out


def run(questions: Sequence[Question], find: Callable[[Question], Sequence[PassageHit]], by: str, limit: int) -> Run:
    """Ask one system everything."""
    of_text = {question.text: question for question in questions}
    settings = EvaluationSettings(by=by, limit=limit)
    return measure_search(questions, lambda text: find(of_text[text]), settings, right="document").run


def bm25(documents: Sequence[Document], k1: float) -> Callable[[str, int], list[PassageHit]]:
    """What bm25s finds for a question: documents as passages, best first."""
    try:
        import bm25s
        import Stemmer
    except ImportError:
        sys.exit("bm25s is not there to compare with: pip install bm25s PyStemmer")
    stemmer = Stemmer.Stemmer("english")

    def tokens(texts: Sequence[str]) -> object:
        return bm25s.tokenize(list(texts), stopwords="en", stemmer=stemmer, show_progress=False)

    index = bm25s.BM25(method="lucene", k1=k1, b=0.75)
    index.index(tokens([f"{d.title}\n{d.text}" for d in documents]), show_progress=False)

    def find(text: str, limit: int) -> list[PassageHit]:
        numbers, scores = index.retrieve(tokens([text]), k=min(limit, len(documents)), show_progress=False)
        return [hit(documents[number], score) for number, score in zip(numbers[0], scores[0], strict=True) if score > 0]

    return find


def hit(document: Document, score: float) -> PassageHit:
    return PassageHit(
        edition="",
        id=document.number.encode(),
        title=document.title,
        language="en",
        source="cranfield",
        path=document.number,
        passage=0,
        start=0,
        end=len(document.text),
        text=document.text,
        score=float(score),
    )


if __name__ == "__main__":
    main()
