"""Does the reader tell right answers from wrong ones when it judges them by their quotation? In a dozen languages.

    python -m benchmarks.check_claims [--reader FILE] [--questions FILE…] [--most N] [--json]

Claims are made as the reader is taught them (`train.reading.asked.made_claims`), of questions that it did not learn
from: SQuAD dev A, XQuAD A, the CMRC trial, or the files that are named. A right one is a question's answer with the
sentence around it, a wrong one the answer of another question of the same paragraph, or a quotation without it.

Of each set: AUROC of the judgement; of the wrong ones, how many are below the threshold that one right answer in fifty
is below (`--lost`); and for all sets together that threshold, which `ask.rereading.DOUBTED` should be. Beside it what
the checker had before, the reader run backwards (`ask.rereading.read_backwards`): how many right and wrong ones it
speaks against; and both, at the threshold that ships: what is refused.
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
from galactica.ask.contract import Asserted, Given, Reader
from galactica.ask.pieces import cut_pieces
from galactica.ask.rereading import DOUBTED, read_backwards
from galactica.ask.trained import open_reader
from galactica.evaluate.forms import read_questions
from galactica.model import Citation
from galactica.train.reader_lessons import with_paragraphs
from galactica.train.reading.asked import made_claims
from galactica.train.reading.lesson import Claim


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What was made of a claim.

    Attributes:
        supported: whether it is.
        likely: that it is, as the reader judges.
        against: whether the reader run backwards speaks against it.
    """

    supported: bool
    likely: float
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
    print(f"{'':24} claims   right   AUROC   below the threshold: right, wrong   backwards: right, wrong   refused:"
          " right, wrong")  # fmt: skip
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


def claims(path: Path, most: int, seed: str) -> list[tuple[Claim, str]]:
    """Claims of a file with its language, at most so many, drawn from everywhere in it."""
    questions = read_questions(path).questions
    language = next((each.language for each in questions if each.language), "en")
    made = made_claims(with_paragraphs(questions), 1.0, seed)
    return [(made[int(n)], language) for n in np.linspace(0, len(made) - 1, min(most, len(made)))]


def judged(reader: Reader, claim: Claim, language: str) -> Outcome:
    """What the reader makes of a claim, both ways."""
    given = Given(text=claim.quotation, title=claim.title, language=language)
    found = reader.judge(Asserted(question=claim.question, text=claim.answer), [given])
    keys = set(cut_pieces(claim.answer, language).keys)
    _, against = read_backwards(keys, [quotation(claim, language)], reader, claim.question)
    return Outcome(supported=claim.supported, likely=0.5 if found is None else found.likely, against=bool(against))


def quotation(claim: Claim, language: str) -> Citation:
    """The quotation of a claim with its answer marked, as an answer is quoted."""
    start = claim.quotation.find(claim.answer)
    return Citation(
        edition="",
        id=b"",
        title=claim.title,
        language=language,
        source="",
        source_title="",
        path="",
        url="",
        licence="",
        date="",
        passage=0,
        start=0,
        end=len(claim.quotation),
        quote=claim.quotation,
        mark=(start, start + len(claim.answer)) if start >= 0 else (0, 0),
    )


def told(name: str, found: Sequence[Outcome], lost: float) -> dict[str, float]:
    """Figures of some claims; printed."""
    right = [each for each in found if each.supported]
    wrong = [each for each in found if not each.supported]
    threshold = float(np.quantile([each.likely for each in right], lost)) if right else 0.0

    def share(some: Sequence[Outcome], least: float | None, *, backwards: bool) -> float:
        so = [(least is None or each.likely < least) and (each.against or not backwards) for each in some]
        return sum(so) / max(1, len(so))

    figures = {
        "claims": len(found),
        "right": len(right),
        "AUROC": auroc([each.likely for each in found], [each.supported for each in found]),
        "threshold": threshold,
        "right below": share(right, threshold, backwards=False),
        "wrong below": share(wrong, threshold, backwards=False),
        "right against": share(right, None, backwards=True),
        "wrong against": share(wrong, None, backwards=True),
        "right refused": share(right, DOUBTED, backwards=True),
        "wrong refused": share(wrong, DOUBTED, backwards=True),
    }
    shares = [f"{100 * value:8.1f} %" for key, value in figures.items() if " " in key]
    print(f"{name:24}{len(found):7}{len(right):8}{figures['AUROC']:8.3f}  {threshold:8.3g}" + "".join(shares))
    return figures


if __name__ == "__main__":
    main()
