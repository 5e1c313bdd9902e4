"""How well are paragraphs found in twelve languages, and from one language in another? XQuAD A and CMRC 2018.

    python -m benchmarks.search_languages [--only same across cmrc] [--languages zh de …] [--questions N] [--json]

Same: in each language the 120 paragraphs of XQuAD A are an edition, each an article in that language whose title tells
nothing; the questions are in the same language. CMRC 2018 (trial set): the same with 256 Chinese paragraphs. Across:
the questions of eleven languages are asked of the English paragraphs. Right is the question's own paragraph, known by
the ids that XQuAD's languages share; one that was cut into several passages counts once. Tests are paired bootstraps,
in which translations of one question are drawn together; where hybrid search is surely behind words alone, in any
language and measure, is said last. With some 200 comparisons a few come out sure by chance alone: their p tells.

"ranked 24", "ranked 50": what search by both finds first, so many of it put in order by the network that ships, or
that the environment variable GALACTICA_READER names (`ask.ranking`). Across languages with nothing else:

    python -m benchmarks.search_languages --only across --no-minilm --systems words static hybrid ranked

MiniLM, which learned English, stands beside for comparison: exact, compared by its vectors themselves.
"""

from __future__ import annotations

import json
import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import results
from benchmarks.question_sets import (
    DEPTHS,
    Asking,
    OwnParagraph,
    System,
    arguments,
    beside,
    build,
    chosen,
    differences,
    joined,
    minilm_systems,
    paragraphs_of,
    questions_of,
    ranked_systems,
    static_systems,
    table,
    use,
    write_floats,
)
from galactica.evaluate.question import Question, sample
from galactica.evaluate.report import Compared, Run

LANGUAGES = ("en", "ar", "de", "el", "es", "hi", "ro", "ru", "th", "tr", "vi", "zh")
XQUAD = "xquad/split/xquad.{}.A.json"
CMRC = "cmrc2018/squad-style-data/cmrc2018_trial.json"
HYBRIDS = ("hybrid, fusion", "hybrid, ranker")
RANKED_ROWS = tuple(f"ranked {depth}" for depth in DEPTHS)
PAIRS = (
    *((ours, other) for ours in (*HYBRIDS, *RANKED_ROWS) for other in ("words", "words + MiniLM exact, fusion")),
    *((ranked, "hybrid, ranker") for ranked in RANKED_ROWS),
)

Asked = Sequence[tuple[Sequence[System], Sequence[Question]]]
"""Collections: the ways in which each is searched, the same in all, and what is asked of it."""


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=("same", "across", "cmrc"), nargs="*", default=("same", "across", "cmrc"))
    parser.add_argument("--languages", choices=LANGUAGES, nargs="*", default=LANGUAGES)
    parser.add_argument("--no-minilm", action="store_true", help="leave MiniLM out")
    given = parser.parse_args()
    use(given.encoder)
    figures: dict[str, object] = {}
    behind: list[str] = []
    with tempfile.TemporaryDirectory(prefix="search-languages-") as name, asking_of(given) as asking:
        folder = Path(name)
        needed = [tag for tag in LANGUAGES if tag in given.languages or ("across" in given.only and tag == "en")]
        everything = {tag: questions_of(XQUAD.format(tag)) for tag in needed}
        if "same" in given.only:
            asked = [
                (systems(folder, tag, everything[tag], given), sample(everything[tag], given.questions, given.seed))
                for tag in given.languages
            ]
            figures["same language"], found = measured("XQuAD A, same language", asked, asking)
            behind += found
        if "across" in given.only:
            english = {question.id: question for question in everything["en"]}
            over = systems(folder, "en", everything["en"], given)
            asked = [
                (over, sample([aimed(each, english) for each in everything[tag]], given.questions, given.seed))
                for tag in given.languages
                if tag != "en"
            ]
            if asked:
                figures["across"], found = measured("XQuAD A, English paragraphs", asked, asking)
                behind += found
        if "cmrc" in given.only:
            questions = questions_of(CMRC)
            ways = systems(folder, "zh", questions, given, "cmrc")
            asked = [(ways, sample(questions, given.questions, given.seed))]
            figures["CMRC 2018"], found = measured("CMRC 2018, its 256 paragraphs", asked, asking)
            behind += found
    print("\nHybrid search surely behind words alone: " + ("nowhere." if not behind else ""))
    for line in behind:
        print(f"  {line}")
    figures["behind words"] = behind
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def asking_of(given: Namespace) -> Asking:
    return Asking(given.encoder, limit=given.limit, processes=given.processes)


def aimed(question: Question, english: Mapping[str, Question]) -> Question:
    """A question that is answered by the English paragraph."""
    return replace(question, relevant=english[question.id].relevant)


def systems(
    folder: Path, language: str, questions: Sequence[Question], given: Namespace, name: str = "xquad"
) -> list[System]:
    """Ways of searching the paragraphs of these questions; their edition is made where it is not there yet."""
    edition = folder / f"{name}-{language}.edition"
    floats = edition.with_suffix(".npz")
    if not edition.exists():
        build(edition, paragraphs_of(questions), language=language)
        if not given.no_minilm:
            write_floats(edition, "minilm", floats)
    several = [*static_systems(edition), *ranked_systems(edition)]
    if not given.no_minilm:
        several += minilm_systems(edition, floats, "MiniLM exact")
    return chosen(several, given.systems)


def measured(title: str, asked: Asked, asking: Asking) -> tuple[object, list[str]]:
    """Print the table of all questions and of each language; returns it, and where hybrid search is behind words."""
    right = OwnParagraph(limit=asking.limit)
    found: dict[str, Run] = {}
    for place, first in enumerate(asked[0][0]):
        runs = [asking.ask(ways[place], questions, right)[""] for ways, questions in asked]
        found[first.name] = joined(runs)
    figures: dict[str, object] = {"all": table(title, found)}
    languages = sorted({outcome.language for outcome in next(iter(found.values())).outcomes})
    for language in languages if len(languages) > 1 else ():
        figures[language] = table(f"{title}, {language}", found, language)
    figures["differences"] = differences(found, PAIRS)
    return figures, [line for ours in HYBRIDS for line in _behind(title, ours, found)]


def _behind(title: str, ours: str, found: Mapping[str, Run]) -> list[str]:
    if ours not in found or "words" not in found:
        return []
    several: list[Compared] = [each for each in beside(found[ours], found["words"]) if each.ahead == "earlier"]
    return [
        f"{title}: {ours}, {each.language or 'all languages'}, {each.name}: {100 * each.difference:+.1f}"
        f" ({100 * each.low:+.1f} to {100 * each.high:+.1f}), p {each.p:.3f}"
        for each in several
    ]


if __name__ == "__main__":
    main()
