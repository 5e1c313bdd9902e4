"""The training of the reader that ships, from the data alone: one command, here or where there is a graphics processor.

    python -m benchmarks.reader_training FOLDER [--begin FILE] [--everything] [--SETTING VALUE …]

The settings are those of `train.reading.lesson.ReaderPlan`. Parts the sets of questions (`benchmarks.qa_parts`), holds
out everything that is measured (`--everything`: nothing, for what ships), and calls what `galactica train
reader` calls. FOLDER gets `parts/`, `reader.safetensors` with its card, and `reader.pt`, the weights unrounded.
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

SETTINGS = (
    *("share", "epochs", "rate", "frozen", "spoiled", "graded", "translated", "talked", "exchanged", "dropout"),
    *("agreed", "tokens", "average", "seed"),
)
"""What of the plan can be set."""


def main() -> None:
    """Train; prints how it goes and what the questions set aside say."""
    plan = ReaderPlan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--begin", type=Path, help="a state or a reader's file; else e5 itself is begun with")
    parser.add_argument("--everything", action="store_true", help="learn what is measured too: what ships")
    for name in SETTINGS:
        default = getattr(plan, name)
        parser.add_argument(f"--{name}", type=type(default), default=default)
    given = parser.parse_args()
    parts = given.folder / "parts"
    write_parts(parts)
    measured = [*map(real, MEASURED), *sorted(parts.glob("*.test.json"))]
    learned = [real(LEARNED), *sorted(parts.glob("*.train.json"))]
    trained = library.train_reader(
        given.folder / "reader.safetensors",
        (),
        questions=[*learned, *measured] if given.everything else learned,
        hold_out=() if given.everything else measured,
        aside=ASIDE,
        begin=given.begin,
        state=given.folder / "reader.pt",
        plan=ReaderPlan(**{name: getattr(given, name) for name in SETTINGS}),
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
