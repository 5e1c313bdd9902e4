"""The training of the reader that ships, from the data alone: one command, here or where there is a graphics processor.

    python -m benchmarks.reader_training FOLDER [--begin FILE] [--everything | --half] [--rest SHARE] [--SETTING …]

The settings are those of `train.reading.lesson.ReaderPlan`. Parts the sets of questions (`benchmarks.qa_parts`), holds
out everything that is measured, and calls what `galactica train reader` calls. With `--everything`, for what ships,
nothing is held out: what is measured is learned from too, XQuAD across its languages (`benchmarks.qa_crossed`), and of
the rest, which the training that this continues has gone through, a share. `--half` tells what that is worth: the
same with half of the articles of what is measured, the other half of which is held out (`benchmarks.reading_languages
--halves FOLDER`). FOLDER gets `parts/`, `reader.safetensors` with its card, and `reader.pt`, the weights unrounded.
Stopped at any moment, the same command goes on. Measure the file with GALACTICA_READER=FOLDER/reader.safetensors and
`benchmarks.reading_squad`, `reading_languages --parts FOLDER/parts`, `search_languages --only across`, `rank_weights`,
`check_claims`; before it ships, `rank_weights`, `ask_weights` and `ask_confidence` are learned anew, in this order.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from benchmarks.ask_languages import CMRC, LANGUAGES, XQUAD
from benchmarks.data import real
from benchmarks.qa_crossed import write_crossed
from benchmarks.qa_parts import halved, thinned, write_parts
from galactica import library
from galactica.train.reading.lesson import ReaderPlan

LEARNED = "squad/train-v1.1.partial.json"
MEASURED = ("squad/split/dev-v1.1.A.json", "squad/split/dev-v2.0.A.json", CMRC, *map(XQUAD.format, LANGUAGES))
ASIDE = ("Drum and bass", "元代", "近代オリンピック", "ויקינגים (סדרת טלוויזיה)")
"""Articles of the questions that choose the threshold: English, Chinese, Japanese, and Hebrew, some of whose questions
people made unanswerable."""

SETTINGS = (
    *(
        "share",
        "epochs",
        "rate",
        "frozen",
        "spoiled",
        "graded",
        "statements",
        "translated",
        "talked",
        "exchanged",
        "dropout",
    ),
    *("agreed", "tokens", "steps", "average", "seed"),
)
"""What of the plan can be set."""


def main() -> None:
    """Train; prints how it goes and what the questions set aside say."""
    plan = ReaderPlan()
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--begin", type=Path, help="a state or a reader's file; else e5 itself is begun with")
    parser.add_argument("--everything", action="store_true", help="learn what is measured too: what ships")
    parser.add_argument("--half", action="store_true", help="learn half of what is measured too, by articles")
    parser.add_argument("--rest", type=float, default=1.0, help="of what is not measured, how much, with these two")
    for name in SETTINGS:
        default = getattr(plan, name)
        parser.add_argument(f"--{name}", type=type(default), default=default)
    given = parser.parse_args()
    learned, held = materials(given.folder, given.everything, given.half, given.rest)
    trained = library.train_reader(
        given.folder / "reader.safetensors",
        (),
        questions=learned,
        hold_out=held,
        aside=ASIDE,
        begin=given.begin,
        state=given.folder / "reader.pt",
        plan=ReaderPlan(**{name: getattr(given, name) for name in SETTINGS}),
        report=told,
        tell=lambda line: print(line, flush=True),
    )
    print(f"{trained.path}: {trained.bytes:,} bytes, set aside F1 {trained.settled.f1:.1%}")


def materials(folder: Path, everything: bool, half: bool, rest: float) -> tuple[list[Path], list[Path]]:
    """(files that are learned from, files that are held out)."""
    parts = folder / "parts"
    write_parts(parts)
    measured = [*map(real, MEASURED), *sorted(parts.glob("*.test.json"))]
    learned = [real(LEARNED), *sorted(parts.glob("*.train.json"))]
    if not (everything or half):
        return learned, measured
    learned = [thinned(path, folder / "rest", rest, ASIDE) for path in learned]
    crossed = write_crossed(folder / "crossed")
    if everything:
        return [*learned, *(path for path in measured if "xquad" not in path.parts), *crossed], []
    halves = [halved(path, folder / "half", folder / "held") for path in measured]
    more = [halved(path, folder / "half", folder / "held_crossed") for path in crossed]
    return [*learned, *(path for path, _ in (*halves, *more) if path)], [path for _, path in halves if path]


def told(stage: str, done: int, total: int | None, unit: str) -> None:
    """A line now and then."""
    if total and (done == total or done % max(1, total // 50) == 0):
        print(f"{stage}: {done:,} of {total:,} {unit}", flush=True)


if __name__ == "__main__":
    main()
