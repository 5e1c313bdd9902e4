"""What should count where passages in another language than the question are put in order?

    python -m benchmarks.rank_across [--languages zh de …] [--questions N] [--keep FILE.npz]

XQuAD A's questions in eleven languages are asked of its English paragraphs. Of the `ask.ranking.RANKED` passages that
search finds for each, all are read to their end. What is told of a passage (`SIGNS`) is weighed so that the right
passages are likely to be first (the log of their share among `exp` of all sums), by the questions of four fifths of the
articles; printed is for how many of 100 questions of the others a right one is first, with each of some choices of
signs. Last, the weights by all questions, drawn out so that they say how likely each passage is a right one
(`ask.ranking.promise_across`). With `--keep` what was read is kept there, or taken from there.
"""

from __future__ import annotations

import argparse
import math
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from statistics import fmean

import numpy as np

from benchmarks import results
from benchmarks.listwise import Listed, among_first, as_chances, by_others, learned
from benchmarks.question_sets import build, paragraphs_of, questions_of
from benchmarks.search_languages import LANGUAGES, XQUAD, aimed
from galactica import library
from galactica.ask.contract import Given
from galactica.ask.ranking import LEAST_ACROSS, RANKED, behind_best, told_titles
from galactica.ask.shared_words import SharedWords
from galactica.ask.trained import open_reader
from galactica.evaluate.question import Question, sample

SIGNS = ("search", "relevant", "answers", "words")
"""How far it is behind the best one in search, what the reader says at a glance and at the end, and how much of the
question's words stands there."""

CHOSEN = ("relevant", "answers", "words")

CHOICES = (
    ("search",),
    ("search", "words"),
    ("search", "relevant", "answers"),
    CHOSEN,
    ("search", "relevant", "answers", "words"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--languages", choices=LANGUAGES, nargs="*", default=[tag for tag in LANGUAGES if tag != "en"])
    parser.add_argument("--questions", type=int, default=40, help="of each language, at most; 0: all")
    parser.add_argument("--seed", type=int, default=2026)
    parser.add_argument("--keep", type=Path, help="keep what was read there, or take it from there")
    given = results.arguments(parser).parse_args()
    if given.keep is not None and given.keep.exists():
        drawn = loaded(given.keep)
    else:
        drawn = list(gathered(given.languages, given.questions, given.seed))
        if given.keep is not None:
            saved(given.keep, drawn)
    figures: dict[str, object] = {}
    for choice in CHOICES:
        columns = [SIGNS.index(name) for name in choice]
        first = among_first(drawn, by_others(drawn, columns), 1)
        figures[" + ".join(choice)] = first
        print(f"{100 * fmean(first.values()):5.1f}  {' + '.join(choice)}")
    columns = [SIGNS.index(name) for name in CHOSEN]
    weights = learned(drawn, columns)
    steepness, base = as_chances(drawn, by_others(drawn, columns))
    figures["weights"] = said = dict(zip((*CHOSEN, "base"), [*(steepness * weights).tolist(), base], strict=True))
    print("  ".join(f"{name} {value:.2f}" for name, value in said.items()))
    results.keep(__file__, given, figures)


def gathered(languages: Sequence[str], questions: int, seed: int) -> Iterator[Listed]:
    """Ask the questions, and read what is found."""
    everything = {tag: questions_of(XQUAD.format(tag)) for tag in {"en", *languages}}
    english = {question.id: question for question in everything["en"]}
    reader = open_reader()
    with tempfile.TemporaryDirectory(prefix="rank-across-") as name:
        edition = build(Path(name) / "xquad.edition", paragraphs_of(everything["en"]))
        with library.open_library([edition]) as opened:
            for tag in languages:
                for question in sample([aimed(each, english) for each in everything[tag]], questions, seed):
                    hits = list(opened.passages(question.text, limit=RANKED))
                    titles = told_titles(hits)
                    passages = [Given(text=hit.text, title=titles[hit.title], language=hit.language) for hit in hits]
                    read = reader.rank(question.text, passages, seconds=math.inf, through=range(len(passages)))
                    words = SharedWords(question.text)
                    begun = [each.begun for each in read]
                    signs = [
                        (less, one.relevant, one.answers, words.share(hit.text))
                        for hit, one, less in zip(hits, begun, behind_best(hits), strict=True)
                        if one is not None and one.answers is not None
                    ]
                    yield listed(question, [hit.path for hit in hits], signs)
                print(f"{tag}: read", flush=True)


def listed(question: Question, paths: Sequence[str], signs: Sequence[Sequence[float]]) -> Listed:
    """What was found for a question, as it is weighed."""
    wanted = {path for path, _ in question.relevant}
    table = np.array(signs, np.float64).reshape(len(signs), len(SIGNS))
    table[:, 1:3] = np.maximum(table[:, 1:3], LEAST_ACROSS)
    return Listed(
        language=question.language,
        article=min(map(int, wanted)),
        signs=table,
        right=np.array([path in wanted for path in paths], np.bool_),
    )


def saved(file: Path, drawn: Sequence[Listed]) -> None:
    """Keep what was read."""
    np.savez_compressed(
        file,
        languages=np.array([each.language for each in drawn]),
        articles=np.array([each.article for each in drawn]),
        sizes=np.array([len(each.right) for each in drawn]),
        signs=np.concatenate([each.signs for each in drawn]),
        right=np.concatenate([each.right for each in drawn]),
    )


def loaded(file: Path) -> list[Listed]:
    """What `saved` kept."""
    with np.load(file) as held_there:
        ends = np.cumsum(held_there["sizes"])[:-1]
        several = zip(
            held_there["languages"].tolist(),
            held_there["articles"].tolist(),
            np.split(held_there["signs"], ends),
            np.split(held_there["right"], ends),
            strict=True,
        )
        return [Listed(language=tag, article=at, signs=signs, right=right) for tag, at, signs, right in several]


if __name__ == "__main__":
    main()
