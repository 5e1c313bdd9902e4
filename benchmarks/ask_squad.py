"""How well are questions answered that nobody gave a paragraph for? SQuAD dev A, by rules and by the trained reader.

    python -m benchmarks.ask_squad [--only given open hidden] [--readers rules trained] [--questions N] [--json]

Given: the right paragraph is read, with the title of its article, and whatever the reader marks first is its answer
(reading alone).
Open: the 1,065 paragraphs are an edition, each an article whose title tells nothing; each question is asked of it.
Hidden: the same paragraphs in one edition with all of enwiki-2015-core AA+AB (about 292,000 passages).

With `--titled` each paragraph of "open" is an article with the title of the SQuAD article that it is of, as in an
encyclopedia: what "it" is then stands in the title.

Exact match and F1 are SQuAD's (`evaluate.answers`); a question for which nothing is found counts 0. "F1, nearest too"
takes what came nearest in its place: it is what would be said if nothing were held back. Every quotation
that is shown is looked up again in its edition, byte for byte. Times are of one question after the other in one
process, all that the library does for it; nothing else may run meanwhile.

`--questions-of train` asks the training questions of their own 678 paragraphs instead: what the weights of
`ask.weighing` were set on.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from benchmarks import results
from benchmarks.asking import ask_all, readers_there, table
from benchmarks.data import wikipedia
from benchmarks.question_sets import SQUAD, arguments, build, paragraphs_of, questions_of, titles_of, use
from galactica import library
from galactica.ask.contract import Given
from galactica.collection.asking import reader_for
from galactica.evaluate.answers import scored
from galactica.evaluate.question import Question, sample

TRAIN = "squad/train-v1.1.partial.json"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=("given", "open", "hidden"), nargs="*", default=("given", "open", "hidden"))
    parser.add_argument("--readers", nargs="*", default=("rules", "trained"))
    parser.add_argument("--questions-of", choices=("dev", "train"), default="dev")
    parser.add_argument("--titled", action="store_true", help="paragraphs have the titles of their articles")
    parser.add_argument("--folder", type=Path, help="keep editions there, and use those that are there")
    given = parser.parse_args()
    use(given.encoder)
    everything = questions_of(SQUAD if given.questions_of == "dev" else TRAIN)
    questions = sample(everything, given.questions, given.seed)
    readers = readers_there(given.readers)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="ask-squad-") as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        if "given" in given.only:
            figures["given"] = reading(questions, readers)
        if "open" in given.only:
            edition = folder / f"{given.questions_of}{'-titled' if given.titled else ''}.edition"
            if not edition.exists():
                build(edition, paragraphs_of(everything), titles=titles_of(everything) if given.titled else ())
            figures["open"] = asked("Open: its paragraphs alone", edition, questions, readers)
        if "hidden" in given.only:
            edition = folder / f"{given.questions_of}-hidden.edition"
            if not edition.exists():
                text, _ = wikipedia(folder / "wikipedia")
                build(edition, paragraphs_of(everything), more=[text])
            figures["hidden"] = asked("Hidden among an encyclopedia", edition, questions, readers)
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def reading(questions: Sequence[Question], readers: Sequence[str]) -> Mapping[str, Mapping[str, float]]:
    """The right paragraph given; whatever is marked first counts."""
    rows = {}
    for name in readers:
        found = []
        reader = reader_for(name)
        for question in questions:
            passage = Given(text=question.context, title=question.title.replace("_", " "), language="en")
            spans = reader.read(question.text, [passage], most=1)
            found.append(scored(spans[0].text if spans else "", question.answers, "en"))
        count = max(1, len(found))
        rows[name] = {
            "questions": len(found),
            "exact": 100 * sum(each.exact for each in found) / count,
            "F1": 100 * sum(each.f1 for each in found) / count,
        }
    table("Given: the right paragraph", rows)
    return rows


def asked(
    title: str, edition: Path, questions: Sequence[Question], readers: Sequence[str]
) -> Mapping[str, Mapping[str, float]]:
    """Asked of an edition."""
    with library.open_library([edition]) as opened:
        rows = {name: ask_all(opened, questions, reader=name).figures() for name in readers}
    table(f"{title}: {len(questions):,} questions", rows)
    return rows


if __name__ == "__main__":
    main()
