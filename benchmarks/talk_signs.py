"""Which sentence of a talk tells what is asked, and how likely so? Makes `ask/data/spoken.json`.

    python -m benchmarks.talk_signs --gather FILE.jsonl [--written] [--made] [--most 8]
    python -m benchmarks.talk_signs --fit FILE.jsonl [--write]

The first asks talks whose answers are known and keeps what speaks for each of their sentences (`ask.spoken.signs`) and
which of them hold an answer: those that were written for it (`benchmarks/talk`, `benchmarks/interview/develop`), in
Chinese and in English, and those that `benchmarks.talks_made` makes of XQuAD's articles, in twelve languages, each
asked in its own and in another one. The interview and the talk that `benchmarks.ask_interview` asks are none of them.

The second fits the choice among the sentences (a conditional logit) and how likely the chosen one is right (a logistic
regression), and reports of each talk what the weights say that were fitted to the others.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks import results
from benchmarks.ask_cases import UNHURRIED
from benchmarks.ask_interview import facts_of
from benchmarks.talk_fit import fit
from benchmarks.talks_made import made_talks
from galactica import library
from galactica.ask.asked import Asked, tidy
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.question import read_question
from galactica.ask.sought import question_language
from galactica.ask.spoken.choosing import pages_of_talk
from galactica.ask.spoken.hearing import HeardSentence, hear
from galactica.ask.spoken.located import Locating
from galactica.ask.spoken.signs import signs_of_sentences
from galactica.codes.letters import folded
from galactica.collection.asking import reader_for

HERE = Path(__file__).parent

WRITTEN = (HERE / "talk", HERE / "interview" / "develop")


MOST_SILENT = 2
"""Questions to each talk that is made of which it was left out what answers them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TalkAsked:
    """A question to a talk.

    Attributes:
        asked: the question, by the language that it is asked in.
        answers: acceptable ones; none where the talk does not tell.
        stands: the words that tell.
        place: where they begin, as a share of the text: the first, or what is nearest to it, where they stand again.
    """

    asked: Mapping[str, str]
    answers: tuple[str, ...]
    stands: str
    place: float = 0.0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gather", type=Path, help="the list to write; what stands there already is not asked again")
    parser.add_argument("--written", action="store_true", help="ask the talks that were written")
    parser.add_argument("--made", action="store_true", help="ask those that are made")
    parser.add_argument("--most", type=int, default=8, help="questions to each that is made")
    parser.add_argument("--fit", type=Path, help="a list that was gathered")
    parser.add_argument("--write", action="store_true")
    given = results.arguments(parser).parse_args()
    if given.gather:
        several = [*(written() if given.written else ()), *(made(given.most) if given.made else ())]
        gather(given.gather, several)
    elif given.fit:
        rows = [json.loads(line) for line in given.fit.read_text(encoding="utf-8").splitlines()]
        results.keep(__file__, given, fit(rows, write=given.write))
    else:
        parser.error("name --gather FILE or --fit FILE")


def written() -> Iterator[tuple[str, str, list[TalkAsked]]]:
    """(name, text, questions) of the talks that were written."""
    for folder in WRITTEN:
        for path in sorted(folder.glob("*.txt")):
            facts = facts_of(path.with_suffix(".toml"))
            yield (
                path.stem,
                path.read_text(encoding="utf-8"),
                [TalkAsked(asked=fact.asked, answers=fact.answers, stands=fact.stands) for fact in facts],
            )


def made(most: int) -> Iterator[tuple[str, str, list[TalkAsked]]]:
    """The same of those that are made, at most so many questions of each, and one of another article."""
    strange: list[TalkAsked] = []
    for talk in made_talks():
        silent = [fact for fact in talk.facts if fact.stands is None][:MOST_SILENT]
        told = [fact for fact in talk.facts if fact.stands is not None]
        left = most - len(silent) - len(strange)
        chosen = [*silent, *told[:: max(1, len(told) // left)][:left]]
        own = [
            TalkAsked(
                asked=fact.asked,
                answers=(fact.answer,) if fact.stands else (),
                stands=fact.answer if fact.stands else "",
                place=fact.stands[0] / len(talk.text) if fact.stands else 0.0,
            )
            for fact in chosen
        ]
        yield f"made {talk.name}", talk.text, [*own, *strange]
        strange = [TalkAsked(asked=own[-1].asked, answers=(), stands="")]


def gather(file: Path, several: Sequence[tuple[str, str, list[TalkAsked]]]) -> None:
    """Ask talk by talk; a line for each question in each of its languages."""
    known = set()
    if file.exists():
        known = {json.loads(line)["of"] for line in file.read_text(encoding="utf-8").splitlines()}
    begun = time.monotonic()
    for name, text, questions in several:
        if name in known:
            continue
        rows = list(_asked_of(name, text, questions))
        with file.open("a", encoding="utf-8") as out:
            out.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
        print(f"{name}: {len(rows)} questions, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def _asked_of(name: str, text: str, questions: Sequence[TalkAsked]) -> Iterator[Mapping[str, object]]:
    """What speaks for each sentence of a talk, for each question."""
    with tempfile.TemporaryDirectory(prefix="talk-signs-") as folder:
        path = Path(folder) / f"{name.removeprefix('made ')[:40]}.txt"
        path.write_text(text, encoding="utf-8")
        library.build(Path(folder) / "talk.edition", [path])
        with library.open_library([Path(folder) / "talk.edition"]) as opened:
            for number, each in enumerate(questions):
                for tongue in each.asked:
                    yield _row(opened, name, number, each, tongue)


def _row(opened: library.Library, name: str, number: int, question: TalkAsked, tongue: str) -> Mapping[str, object]:
    words, holdings = tidy(question.asked[tongue]), opened.holdings_alone[0]
    reader = reader_for("trained")
    assert isinstance(reader, Locating)
    language = question_language(words, holdings.languages)
    asked = Asked(question=read_question(words, language), holdings=holdings, reader=reader, ranking=UNHURRIED)
    found = searched_for(asked)
    pages = pages_of_talk(asked, found)
    heard = hear(words, reader, pages, found, worth_reading(asked, found).begun) if pages else []
    told = signs_of_sentences(words, asked.question.kind, heard)
    return {
        "of": name,
        "language": holdings.languages[0],
        "asked in": tongue,
        "number": number,
        "told": bool(question.answers),
        "form": asked.question.form,
        "kind": asked.question.kind.value,
        "signs": [[round(float(n), 3) for n in row] for row in told],
        "right": [_right(each, question, each.span) for each in heard],
        "marked": [_right(each, question, each.mark) for each in heard],
        "size": [each.span[1] - each.span[0] for each in heard],
        "unit": [each.unit.spans[0][0] for each in heard],
    }


def _right(heard: HeardSentence, question: TalkAsked, span: tuple[int, int]) -> bool:
    """Whether a stretch of a talk holds an answer, where that is told."""
    text = heard.unit.page.text
    if not question.answers:
        return False
    every = [match.start() for match in re.finditer(re.escape(question.stands), text)]
    begin = min(every, key=lambda at: abs(at - question.place * len(text)), default=-1)
    beside = span[0] < begin + len(question.stands) and begin < span[1]
    told = folded(text[slice(*span)])
    return beside and any(folded(answer) in told for answer in question.answers)


if __name__ == "__main__":
    main()
