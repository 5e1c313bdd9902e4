"""How well are questions answered in other languages? XQuAD A in twelve languages, and CMRC 2018's trial in Chinese.

    python -m benchmarks.ask_languages [--only xquad across cmrc] [--languages zh de …] [--readers rules auto]
        [--questions N]

Of each language, its 24 articles' paragraphs are an edition, and each question is asked of it: no paragraph is given.
Across: the questions of the other languages are asked of the English edition; right is what the English question's
answers say.
"Given" is reading alone: the right paragraph is read, and whatever is marked first counts. Exact match and F1 are those
of `evaluate.answers` (in scripts without spaces by characters). "auto" is the reader that a person gets: the trained
one where it is there, else rules.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from benchmarks import results
from benchmarks.asking import ask_all, table
from benchmarks.question_sets import arguments, build, paragraphs_of, questions_of, use
from galactica import library
from galactica.ask.contract import Given
from galactica.collection.asking import reader_for
from galactica.evaluate.answers import scored
from galactica.evaluate.question import Question, sample

XQUAD = "xquad/split/xquad.{}.A.json"
LANGUAGES = ("ar", "de", "el", "en", "es", "hi", "ro", "ru", "th", "tr", "vi", "zh")
CMRC = "cmrc2018/squad-style-data/cmrc2018_trial.json"


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--only", choices=("xquad", "across", "cmrc"), nargs="*", default=("xquad", "cmrc"))
    parser.add_argument("--languages", choices=LANGUAGES, nargs="*", default=LANGUAGES)
    parser.add_argument("--readers", choices=("rules", "trained", "auto"), nargs="*", default=("auto",))
    given = parser.parse_args()
    use(given.encoder)
    sets = {f"XQuAD {tag}": (tag, questions_of(XQUAD.format(tag))) for tag in given.languages if "xquad" in given.only}
    if "across" in given.only:
        sets |= {f"XQuAD {tag} → en": ("en", of_english(tag)) for tag in given.languages if tag != "en"}
    if "cmrc" in given.only:
        sets["CMRC 2018"] = ("zh", questions_of(CMRC))
    figures: dict[str, dict[str, dict[str, float]]] = {}
    for reader in given.readers:
        rows: dict[str, dict[str, float]] = {}
        for name, (tag, everything) in sets.items():
            questions = sample(everything, given.questions, given.seed)
            with tempfile.TemporaryDirectory(prefix="ask-languages-") as folder:
                edition = build(Path(folder) / "asked.edition", paragraphs_of(everything), language=tag)
                with library.open_library([edition]) as opened:
                    tally = ask_all(opened, questions, reader=reader)
            rows[name] = {"given F1": 100 * reading(questions, reader, tag) / max(1, len(questions)), **tally.figures()}
            print(f"{name}: " + ", ".join(f"{key} {value:.1f}" for key, value in rows[name].items()), flush=True)
        table(f"Asked openly, {reader}", rows)
        figures[reader] = rows
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def of_english(tag: str) -> tuple[Question, ...]:
    """The English questions in the words of another language."""
    english = {question.id: question for question in questions_of(XQUAD.format("en"))}
    return tuple(replace(english[each.id], text=each.text) for each in questions_of(XQUAD.format(tag)))


def reading(questions: Sequence[Question], name: str, tag: str) -> float:
    """F1 with the right paragraph given, added up."""
    reader = reader_for(name)
    total = 0.0
    for question in questions:
        spans = reader.read(question.text, [Given(text=question.context, language=tag)], most=1)
        total += scored(spans[0].text if spans else "", question.answers, tag).f1
    return total


if __name__ == "__main__":
    main()
