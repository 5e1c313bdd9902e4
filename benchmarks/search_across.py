"""Learning what search counts for passages in another language than the question: `search/data/across.json`.

    python -m benchmarks.search_across [--languages zh de …] [--questions N] [--out FILE.json]

XQuAD A's questions in eleven languages are asked of its English paragraphs: each an article whose title tells nothing,
and the same with their articles' titles. Of the passages that search describes for each (`search.features`), those of
the question's own paragraph are right. The weights of a plain sum of `CHOSEN` are learned by listwise learning to rank;
printed is for how many of 100 questions a right passage is first and among the 5 and 24 first, by what search counts in
the question's own language and by weights that the questions of other articles taught. What ships is learned from all
of them, then drawn out so that its scores have the mean and the spread of those that "ranker" gives the same passages:
so passages of both kinds stand among each other as before.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import real
from benchmarks.listwise import Listed, among_first, by_others, learned
from benchmarks.question_sets import build, paragraphs_of, questions_of
from benchmarks.search_languages import LANGUAGES, XQUAD, aimed
from galactica.building import meaning
from galactica.edition import Edition
from galactica.encode import open_encoder
from galactica.evaluate.question import sample
from galactica.search import Searcher, TextIndex
from galactica.search.choosing import NAMES as ARTICLES
from galactica.search.features import NAMES
from galactica.search.meaning import MeaningIndex
from galactica.search.meant import MeaningRetriever
from galactica.search.ranker import load

CHOSEN = (
    "words", "share", "cosine", "cosine_best", "likeness", "likeness_best", "window_likeness", "window_likeness_best",
    "title_cosine", "length", "number",
)  # fmt: skip
"""Features that are weighed. Words in common are hardly any across languages; where a passage stands in its article is
another thing in paragraphs that stand alone."""

POOL = 40
"""Passages asked for, `hybrid.DESCRIBED` and more are described."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", choices=LANGUAGES, nargs="*", default=[tag for tag in LANGUAGES if tag != "en"])
    parser.add_argument("--questions", type=int, default=80, help="of each language, at most; 0: all")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--out", type=Path, help="write the weights there")
    given = results.arguments(parser).parse_args()
    with tempfile.TemporaryDirectory(prefix="search-across-") as name:
        lists = list(gathered(Path(name), given.languages, given.questions, given.seed))
    columns = [NAMES.index(feature) for feature in CHOSEN]
    now = [load("ranker").scores(each.signs.astype(np.float32)).astype(np.float64) for each in lists]
    figures: dict[str, object] = {}
    for title, scores in (("as in one language", now), ("by other articles", by_others(lists, columns))):
        found = {count: among_first(lists, scores, count) for count in (1, 5, 24)}
        figures[title] = {str(count): shares for count, shares in found.items()}
        print(title, *(f"@{count} {100 * fmean(shares.values()):.1f}" for count, shares in found.items()))
        print("  ", *(f"{language} {100 * share:.0f}" for language, share in found[1].items()))
    if given.out is not None:
        given.out.write_text(json.dumps(ranker_of(lists, columns, now), indent=1) + "\n", encoding="utf-8")
    results.keep(__file__, given, figures)


def gathered(folder: Path, languages: Sequence[str], questions: int, seed: int) -> Iterator[Listed]:
    """Ask the questions of both editions."""
    everything = {tag: questions_of(XQUAD.format(tag)) for tag in {"en", *languages}}
    english = {question.id: question for question in everything["en"]}
    paragraphs = paragraphs_of(everything["en"])
    told = titles(paragraphs)
    editions = (
        build(folder / "bare.edition", paragraphs),
        build(folder / "titled.edition", paragraphs, titles=told),
    )
    for path in editions:
        with Edition.open(path) as edition, MeaningIndex.open(edition, edition.meaning_dir()) as index:
            vectors = meaning.word_vectors()
            assert vectors is not None, "the encoder that ships is not there"
            searcher = Searcher(
                [(edition, TextIndex.open(edition, edition.index_dir() / "text"))],
                meaning=MeaningRetriever([index], open_encoder),
                vectors=vectors,
            )
            chooser = load("articles", known=ARTICLES)
            for tag in languages:
                for question in sample([aimed(each, english) for each in everything[tag]], questions, seed):
                    hits, features = searcher.described(question.text, chooser, limit=POOL)
                    wanted = {at for at, _ in question.relevant}
                    right = np.array([hit.path in wanted for hit in hits], np.bool_)
                    signs = features.astype(np.float64)
                    yield Listed(language=tag, article=min(map(int, wanted)), signs=signs, right=right)


def titles(paragraphs: Sequence[str]) -> list[str]:
    """The title of each paragraph's article."""
    articles = json.loads(real(XQUAD.format("en")).read_text(encoding="utf-8"))["data"]
    told = {each["context"]: one["title"].replace("_", " ") for one in articles for each in one["paragraphs"]}
    return [told[text] for text in paragraphs]


def ranker_of(lists: Sequence[Listed], columns: Sequence[int], now: Sequence[NDArray[np.float64]]) -> dict[str, object]:
    """The weights by all questions, as `search.ranker` reads them."""
    weights = learned(lists, columns)
    rows = np.concatenate([each.signs[:, columns] for each in lists])
    sums, before = rows @ weights, np.concatenate(list(now))
    steepness = float(before.std() / sums.std())
    base = float(before.mean() - steepness * sums.mean())
    mean, scale = rows.mean(axis=0), np.maximum(rows.std(axis=0), 1e-3)
    counts = steepness * weights * scale
    return {
        "across": {
            "features": list(CHOSEN),
            "mean": np.round(mean, 6).tolist(),
            "scale": np.round(scale, 6).tolist(),
            "layers": [
                [[[round(each, 5)] for each in counts.tolist()], [round(base + float(mean @ (counts / scale)), 5)]]
            ],
            "direct": [0.0] * len(CHOSEN),
        }
    }


if __name__ == "__main__":
    main()
