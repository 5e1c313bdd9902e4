"""The training of the reader that ships, from the data alone: one command, here or where there is a graphics processor.

    python -m benchmarks.reader_training FOLDER [--begin FILE] [--share S] [--epochs N] [--rate R] [--frozen N]
        [--graded SHARE] [--translated SHARE] [--average SHARE]

Parts the sets of questions (`benchmarks.qa_parts`), holds out everything that is measured, and calls what `galactica
train reader` calls; FOLDER gets `parts/`, `reader.safetensors` with its card, and `reader.pt`, the weights unrounded.
Stopped at any moment, the same command goes on. Measure the file with GALACTICA_READER=FOLDER/reader.safetensors and
`benchmarks.reading_squad`, `reading_languages --parts FOLDER/parts`, `search_languages --only across`, `rank_weights`,
`check_claims`; before it ships, `rank_weights`, `ask_weights` and `ask_confidence` are learned anew, in this order.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.ask_languages import CMRC, LANGUAGES, XQUAD
from benchmarks.data import real
from benchmarks.qa_parts import write_parts
from galactica import library
from galactica.train.reading.lesson import ReaderPlan

LEARNED = "squad/train-v1.1.partial.json"
MEASURED = ("squad/split/dev-v1.1.A.json", "squad/split/dev-v2.0.A.json", CMRC, *map(XQUAD.format, LANGUAGES))
ASIDE = ("Drum and bass", "元代", "近代オリンピック", "ויקינגים (סדרת טלוויזיה)")
"""Articles of the questions that choose the threshold: English, Chinese, Japanese, and Hebrew, some of whose questions
people made unanswerable."""


def main() -> None:
    """Train; prints how it goes and what the questions set aside say."""
    plan = ReaderPlan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--begin", type=Path, help="a state or a reader's file; else e5 itself is begun with")
    parser.add_argument("--share", type=float, default=plan.share)
    parser.add_argument("--epochs", type=int, default=plan.epochs)
    parser.add_argument("--rate", type=float, default=plan.rate)
    parser.add_argument("--frozen", type=int, default=plan.frozen)
    parser.add_argument("--graded", type=float, default=plan.graded)
    parser.add_argument("--translated", type=float, default=plan.translated)
    parser.add_argument("--average", type=float, default=plan.average)
    given = parser.parse_args()
    parts = given.folder / "parts"
    write_parts(parts)
    trained = library.train_reader(
        given.folder / "reader.safetensors",
        (),
        questions=[real(LEARNED), *sorted(parts.glob("*.train.json"))],
        hold_out=[*map(real, MEASURED), *sorted(parts.glob("*.test.json"))],
        aside=ASIDE,
        begin=given.begin,
        state=given.folder / "reader.pt",
        plan=ReaderPlan(
            share=given.share,
            epochs=given.epochs,
            rate=given.rate,
            frozen=given.frozen,
            graded=given.graded,
            translated=given.translated,
            average=given.average,
        ),
        report=told,
        tell=lambda line: print(line, flush=True),
    )
    print(f"{trained.path}: {trained.bytes:,} bytes, set aside F1 {trained.settled.f1:.1%}")


def told(stage: str, done: int, total: int | None, unit: str) -> None:
    """A line now and then."""
    if total and (done == total or done % max(1, total // 50) == 0):
        print(f"{stage}: {done:,} of {total:,} {unit}", flush=True)


if __name__ == "__main__":
    main()
