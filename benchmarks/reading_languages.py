"""Reading alone in every language: how well is the answer marked where the right paragraph is given?

    python -m benchmarks.reading_languages [--parts FOLDER | --halves FOLDER] [--across] [--questions N]
        [--readers trained rules]

XQuAD A in twelve languages, CMRC 2018's trial, and, with `--parts`, what `benchmarks.qa_parts` put aside of each set:
nothing of them was learned from. `--halves`: of all these what `benchmarks.reader_training FOLDER --half` held out.
`--across`: XQuAD's English passages asked in eleven languages besides. Whatever is marked first counts; the title of
the article is told where it has one. Exact match and F1 are those of `evaluate.answers` (in scripts without spaces by
characters).
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from statistics import mean

from benchmarks import results
from benchmarks.ask_confidence import SETS
from benchmarks.ask_languages import CMRC, LANGUAGES, XQUAD
from benchmarks.asking import readers_there, table
from benchmarks.data import real
from benchmarks.question_sets import arguments
from galactica.ask.contract import Given, Reader
from galactica.collection.asking import reader_for
from galactica.evaluate.answers import scored
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question, sample

NO_TITLE = ("ctx-", "Paragraph")
"""What titles begin with that tell nothing."""


def main() -> None:
    parser = arguments(__doc__)
    parser.add_argument("--parts", type=Path, help="folder of benchmarks.qa_parts")
    parser.add_argument("--halves", type=Path, help="folder of benchmarks.reader_training --half")
    parser.add_argument("--across", action="store_true", help="other languages' questions about English passages too")
    parser.add_argument("--readers", choices=("trained", "rules"), nargs="*", default=("trained",))
    given = parser.parse_args()
    figures: dict[str, Mapping[str, Mapping[str, float]]] = {}
    for name in readers_there(given.readers):
        reader = reader_for(name)
        rows = {
            called: read(reader, sample(several, given.questions, given.seed), language)
            for called, language, several in sets(given.parts, given.halves, given.across)
        }
        for called in ("XQuAD", *(["across"] if given.across else [])):
            languages = [row for name, row in rows.items() if name.startswith(called)]
            rows[f"{called}, mean"] = {key: mean(row[key] for row in languages) for key in languages[0]}
        table(f"The right paragraph given, {name}", rows)
        figures[name] = rows
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def sets(parts: Path | None, halves: Path | None, across: bool) -> Iterator[tuple[str, str, tuple[Question, ...]]]:
    """(what it is called, its passages' language, its questions that have an answer)."""
    held = halves / "held" if halves else None

    def questions(name: str) -> tuple[Question, ...]:
        return read_questions(held / Path(name).name if held else real(name)).questions

    own = {tag: questions(XQUAD.format(tag)) for tag in LANGUAGES}
    for tag, several in own.items():
        yield f"XQuAD {tag}", tag, several
    english = {question.id: question for question in own["en"]}
    for tag in LANGUAGES if across else ():
        if tag != "en":
            yield f"across {tag}", "en", tuple(replace(english[each.id], text=each.text) for each in own[tag])
    yield "CMRC 2018, trial", "zh", questions(CMRC)
    folder = held or parts
    for file in sorted(folder.glob("*.test.json")) if folder else []:
        name = file.name.removesuffix(".test.json")
        yield name, SETS.get(name, "en"), read_questions(file).questions


def read(reader: Reader, questions: Sequence[Question], language: str) -> Mapping[str, float]:
    """Means over questions, in percent."""
    found = []
    for question in questions:
        title = "" if question.title.startswith(NO_TITLE) else question.title.replace("_", " ")
        spans = reader.read(question.text, [Given(text=question.context, title=title, language=language)], most=1)
        found.append(scored(spans[0].text if spans else "", question.answers, language))
    return {
        "questions": len(found),
        "F1": 100 * mean(each.f1 for each in found),
        "exact": 100 * mean(each.exact for each in found),
    }


if __name__ == "__main__":
    main()
