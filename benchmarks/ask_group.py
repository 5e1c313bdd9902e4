"""Is a group better than one? SQuAD dev A asked openly of a single reader, of the study group, and of the group with a
model that writes.

    python -m benchmarks.ask_group [--only open hidden tables] [--readers rules trained] [--questions 300] [--json]

Open and hidden are as in `ask_squad`: the paragraphs alone, and among all of enwiki-2015-core AA+AB. Tables are made
questions ("What is the coastline of Poland?") whose answer is a cell of an article of the atlas that comes with the
program, asked of the atlas; they show what a way of looking is worth that a single reader does not have. The model is
the scripted one of the tests, on loopback: it says the first sentence of the quotations that it is given, at once, so
that what is measured is all but the model. Exact match and F1 are of the answer's phrase, which no model changes;
`sentences` counts what is shown beside it, `by model` those that a model wrote and the checker let through. Every
quotation is looked up again in its edition.
"""

from __future__ import annotations

import json
import tempfile
from argparse import Namespace
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from tests.ask.models.scripted import good, scripted

from benchmarks import results
from benchmarks.ask_squad import TRAIN
from benchmarks.asking import ask_all, readers_there, table
from benchmarks.data import wikipedia
from benchmarks.question_sets import SQUAD, arguments, build, paragraphs_of, questions_of, use
from galactica import library
from galactica.ask.models import Model, model_at
from galactica.edition import Edition
from galactica.evaluate.question import Question, sample
from galactica.library import Library
from galactica.model import Answer
from galactica.model.projection import project

PARTS = ("open", "hidden", "tables")


@dataclass(slots=True, kw_only=True)
class WithModel:
    """A library that is asked with a model; counts the sentences that are shown."""

    library: Library
    model: Model | None
    sentences: int = 0
    written: int = 0

    @property
    def editions(self) -> tuple[Edition, ...]:
        return self.library.editions

    def ask(self, question: str, *, reader: str, group: bool) -> Answer:
        """As `Library.ask`."""
        answer = self.library.ask(question, reader=reader, group=group, model=self.model)
        self.sentences += len(answer.statements)
        self.written += len(answer.statements) if answer.reader.startswith("model ") else 0
        return answer


def main() -> None:
    parser = arguments(__doc__)
    parser.set_defaults(questions=300)
    parser.add_argument("--only", choices=PARTS, nargs="*", default=PARTS)
    parser.add_argument("--readers", nargs="*", default=("rules", "trained"))
    parser.add_argument("--questions-of", choices=("dev", "train"), default="dev")
    parser.add_argument("--folder", type=Path, help="keep editions there, and use those that are there")
    given = parser.parse_args()
    use(given.encoder)
    everything = questions_of(SQUAD if given.questions_of == "dev" else TRAIN)
    questions = sample(everything, given.questions, given.seed)
    figures: dict[str, object] = {}
    with tempfile.TemporaryDirectory(prefix="ask-group-") as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        for name in given.only:
            if name == "tables":
                edition = folder / "atlas.edition"
                if not edition.exists():
                    library.build(edition, ["atlas:"], language="en")
                figures[name] = compared(name, edition, sample(of_tables(edition), given.questions, given.seed), given)
                continue
            edition = folder / f"{given.questions_of}{'-hidden' if name == 'hidden' else ''}.edition"
            if not edition.exists():
                more = [wikipedia(folder / "wikipedia")[0]] if name == "hidden" else []
                build(edition, paragraphs_of(everything), more=more)
            figures[name] = compared(name, edition, questions, given)
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def of_tables(edition: Path) -> tuple[Question, ...]:
    """Questions for the values of facts, one a row that has fact, value and year; a label that needs brackets to be
    understood, or a value that does not stand for itself, asks nothing."""
    found: list[Question] = []
    with Edition.open(edition) as opened:
        for row in range(len(opened)):
            if opened.head(row).language != "en":
                continue
            article = opened.article(row)
            for line in project(article.body).split("\n"):
                cells = line.split("\t")
                if len(cells) != 3 or not cells[2][:4].isdigit() or len(cells[1]) > 60 or not cells[0].isascii():
                    continue
                label = cells[0][0].lower() + cells[0][1:]
                if label.replace(" ", "").isalpha():
                    text = f"What is the {label} of {article.title}?"
                    found.append(Question(id=str(len(found)), text=text, language="en", answers=(cells[1],)))
    return tuple(found)


def compared(
    name: str, edition: Path, questions: Sequence[Question], given: Namespace
) -> Mapping[str, Mapping[str, float]]:
    """The three ways of asking, with each reader."""
    rows: dict[str, Mapping[str, float]] = {}
    with ExitStack() as stack:
        opened = stack.enter_context(library.open_library([edition]))
        server = stack.enter_context(scripted(good))
        model = model_at(server.url, "scripted")
        for reader in readers_there(given.readers):
            for way, group, called in (("single", False, None), ("group", True, None), ("group, model", True, model)):
                asking = WithModel(library=opened, model=called)
                tally = ask_all(asking, questions, reader=reader, group=group)  # type: ignore[arg-type]
                rows[f"{reader}, {way}"] = {
                    **tally.figures(),
                    "sentences": asking.sentences,
                    "by model": asking.written,
                }
    table(f"{name}: {len(questions):,} questions", rows)
    return rows


if __name__ == "__main__":
    main()
