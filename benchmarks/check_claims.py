"""Does the reader tell right answers from wrong ones when it judges them by their quotation? In a dozen languages.

    python -m benchmarks.check_claims [--reader FILE] [--questions FILE…] [--most N] [--json]

Claims are made as the reader is taught them (`train.reading.asked.made_claims`), of questions that it did not learn
from: SQuAD dev A, XQuAD A, the CMRC trial, or the files that are named. A right one is a question's answer with the
sentence around it, a wrong one the answer of another question of the same paragraph, or a quotation without it.

Of each set: AUROC of the judgement, and of the head that was taught claims alone. Then how many right and wrong ones
the reader run backwards speaks against (`ask.rereading.read_backwards`), which is what the checker had before; and
how many are refused, because the judgement is below `ask.rereading.DOUBTED` too. For all sets together: what that
should be, the highest at which no more than one right one in fifty is refused (`--lost`), and what is refused there.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks import results
from benchmarks.data import real
from benchmarks.telling import auroc
from galactica.ask.contract import Asserted, Given
from galactica.ask.pieces import cut_pieces
from galactica.ask.rereading import DOUBTED, ReadAlone, read_backwards
from galactica.ask.trained import TrainedReader, open_reader
from galactica.evaluate.forms import read_questions
from galactica.train.reader_lessons import with_paragraphs
from galactica.train.reading.asked import made_claims
from galactica.train.reading.lesson import CheckedClaim


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was made of a claim.

    Attributes:
        supported: whether it is.
        likely: that it is, as the reader judges.
        head: the same as the head says alone that was taught claims.
        against: whether the reader run backwards speaks against it.
    """

    supported: bool
    likely: float
    head: float
    against: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", type=Path, help="a trained file; without it the one that ships")
    parser.add_argument("--questions", type=Path, nargs="*", default=[], help="files in SQuAD's form instead")
    parser.add_argument("--most", type=int, default=150, help="claims of each file")
    parser.add_argument("--lost", type=float, default=0.02, help="share of right ones that may be doubted")
    parser.add_argument("--seed", default="2026")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="also print all figures as JSON, last")
    given = results.arguments(parser).parse_args()
    reader = open_reader(given.reader, threads=given.threads)
    print(f"{'':24} claims   right   AUROC    head  backwards: right, wrong  refused: right, wrong"
          "  best threshold, refused there: right, wrong")  # fmt: skip
    every: list[Outcome] = []
    figures: dict[str, dict[str, float]] = {}
    begun = time.process_time()
    for path in given.questions or own_files():
        found = [judged(reader, claim, language) for claim, language in claims(path, given.most, given.seed)]
        every += found
        figures[path.stem] = told(path.stem, found, given.lost)
    figures["all"] = told("all", every, given.lost)
    spent = 1000 * (time.process_time() - begun) / max(1, len(every))
    print(f"{spent:.0f} ms of CPU a claim, read backwards too")
    print(f"DOUBTED should be {figures['all']['threshold']:.3g}; it is {DOUBTED}")
    if given.json:
        print(json.dumps(figures, indent=1))
    results.keep(__file__, given, figures)


def own_files() -> list[Path]:
    """Questions that no training learns from."""
    return [
        real("squad/split/dev-v1.1.A.json"),
        *sorted(real("xquad/split").glob("*.A.json")),
        real("cmrc2018/squad-style-data/cmrc2018_trial.json"),
    ]


def claims(path: Path, most: int, seed: str) -> list[tuple[CheckedClaim, str]]:
    """Claims of a file with its language, at most so many, drawn from everywhere in it."""
    questions = read_questions(path).questions
    language = next((each.language for each in questions if each.language), "en")
    made = made_claims(with_paragraphs(questions), 1.0, seed)
    return [(made[int(n)], language) for n in np.linspace(0, len(made) - 1, min(most, len(made)))]


def judged(reader: TrainedReader, claim: CheckedClaim, language: str) -> Outcome:
    """What the reader makes of a claim, both ways."""
    given = Given(text=claim.quotation, title=claim.title, language=language)
    asserted = Asserted(question=claim.question, text=claim.answer)
    found, head = reader.judge(asserted, [given]), reader.judge_by_head(asserted, [given])
    keys = set(cut_pieces(claim.answer, language).keys)
    _, against = read_backwards(keys, [quotation(claim, language)], reader, claim.question)
    return Outcome(
        supported=claim.supported,
        likely=0.5 if found is None else found.likely,
        head=0.5 if head is None else head.likely,
        against=bool(against),
    )


def quotation(claim: CheckedClaim, language: str) -> ReadAlone:
    """The quotation of a claim with its answer marked, as it is read by itself."""
    start = claim.quotation.find(claim.answer)
    given = Given(text=claim.quotation, title=claim.title, language=language)
    return ReadAlone(given=given, first=0, mark=(start, start + len(claim.answer)) if start >= 0 else (0, 0))


def told(name: str, found: Sequence[Outcome], lost: float) -> dict[str, float]:
    """Figures of some claims; printed."""
    right = [each for each in found if each.supported]
    wrong = [each for each in found if not each.supported]
    spoken = sorted(each.likely for each in right if each.against)
    may = int(lost * len(right))
    threshold = spoken[may] if may < len(spoken) else 1.0

    def share(some: Sequence[Outcome], least: float) -> float:
        return sum(each.against and each.likely < least for each in some) / max(1, len(some))

    figures = {
        "claims": len(found),
        "right": len(right),
        "AUROC": auroc([each.likely for each in found], [each.supported for each in found]),
        "AUROC, head alone": auroc([each.head for each in found], [each.supported for each in found]),
        "right against": share(right, 2.0),
        "wrong against": share(wrong, 2.0),
        "right refused": share(right, DOUBTED),
        "wrong refused": share(wrong, DOUBTED),
        "threshold": threshold,
        "right refused there": share(right, threshold),
        "wrong refused there": share(wrong, threshold),
    }
    shares = [
        f"{value:10.2g}" if key == "threshold" else f"{100 * value:8.1f} %" for key, value in list(figures.items())[4:]
    ]
    print(
        f"{name:24}{len(found):7}{len(right):8}{figures['AUROC']:8.3f}{figures['AUROC, head alone']:8.3f}  "
        + "".join(shares)
    )
    return figures


if __name__ == "__main__":
    main()
