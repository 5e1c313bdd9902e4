"""Contradictions between two passages about one thing: WikiContradict, against pairs that do not contradict.

    python -m benchmarks.contradictions [--half odd|even] [--others N] [--reader] [--show]

WikiContradict (Hou and others 2024): passages of Wikipedia that people marked as contradicting each other, explicitly
or only to who reasons. The rules were built, and the reader's margin chosen, while the questions of even number were
looked at; the figure is that of odd ones, and, because both halves share most passages, of those odd ones whose
passages no even question has. A pair is found where `prose.opposed.contradictions` says anything of it; nothing is
known of the question. With `--reader` the shipped reader finds what is said in other words, too. Where the answers to
the question are more than yes and no, it is told in how many of those found they stand in what is shown, word for word.

Precision is told beside five kinds of pairs that do not contradict (`contradicting`), at as many pairs: the hardest are
two paragraphs of one article, and the two that are nearest to each other, of which a few do contradict each other. That
balance flatters: of the paragraphs of one article hardly any contradict each other, so that what is found among all of
them is mostly false.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence

from benchmarks import results
from benchmarks.contradicting import PassagePair, agreeing, contradicting
from galactica.ask.contract import Given
from galactica.ask.trained import open_reader
from galactica.codes.letters import folded
from galactica.joining.disagreements.prose.contradiction import Contradiction
from galactica.joining.disagreements.prose.crossread import MOST_MARKED, Marks
from galactica.joining.disagreements.prose.opposed import contradictions


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--others", type=int, default=600, help="pairs of each kind from Wikipedia, of both halves")
    parser.add_argument("--reader", action="store_true", help="the shipped reader, too")
    parser.add_argument("--show", action="store_true", help="what is found")
    given = results.arguments(parser).parse_args()
    marks = reader_marks() if given.reader else None
    odd = given.half == "odd"
    cases = contradicting(odd=odd)
    found = {passages: _found(cases, passages, marks) for passages in dict.fromkeys(case.passages for case in cases)}
    quiet = agreeing(cases, odd=odd, others=given.others)
    false = {kind: [(pair, _of_pair(pair, marks)) for pair in pairs] for kind, pairs in quiet.items()}
    if given.show:
        for case in cases:
            _show(case, found[case.passages])
        for several in false.values():
            for pair, wrong in several:
                _show(pair, wrong)
    figures = _figures(cases, found) | _precision(cases, found, false)
    for name, value in figures.items():
        print(f"{name:60} {value}")
    results.keep(__file__, given, figures)


def _figures(cases: Sequence[PassagePair], found: dict[tuple[str, str], list[Contradiction]]) -> dict[str, object]:
    """What is found of the questions of a half."""
    told = [case for case in cases if found[case.passages]]
    total, hits = Counter(case.kind for case in cases), Counter(case.kind for case in told)
    unseen = [case for case in cases if not case.seen]
    named = [case for case in told if not {folded(each) for each in case.answers} & {"yes", "no"}]
    return {
        "questions": len(cases),
        "found": len(told),
        "recall": round(len(told) / len(cases), 3),
        **{f"recall {kind}": round(hits[kind] / total[kind], 3) for kind in sorted(total)},
        "questions whose passages no even question has": len(unseen),
        "of them found": sum(bool(found[case.passages]) for case in unseen),
        "found whose answers are named": len(named),
        "of them with both answers, word for word, in what is shown": sum(
            _shown(case, found[case.passages]) for case in named
        ),
    }


def _precision(
    cases: Sequence[PassagePair],
    found: dict[tuple[str, str], list[Contradiction]],
    false: dict[str, list[tuple[PassagePair, list[Contradiction]]]],
) -> dict[str, object]:
    """What is found falsely, by kind, and the precision among as many pairs of each kind."""
    recall = sum(bool(found[case.passages]) for case in cases) / len(cases)
    figures: dict[str, object] = {}
    shares = []
    for kind, several in false.items():
        wrong = sum(bool(each) for _, each in several)
        share = wrong / max(1, len(several))
        shares.append(share)
        figures[f"{kind}: pairs"] = len(several)
        figures[f"{kind}: found falsely"] = wrong
        figures[f"{kind}: precision against as many"] = round(recall / max(1e-9, recall + share), 3)
    mean = sum(shares) / len(shares)
    figures["precision against as many of all kinds alike"] = round(recall / max(1e-9, recall + mean), 3)
    return figures


def _of_pair(pair: PassagePair, marks: Marks | None) -> list[Contradiction]:
    """What is said of a pair; of a list that one text counts wrong only where it is one text."""
    found = contradictions(pair.one, pair.other, title=pair.title, marks=marks)
    return [each for each in found if each.rule != "list" or pair.one == pair.other]


def _found(cases: Sequence[PassagePair], passages: tuple[str, str], marks: Marks | None) -> list[Contradiction]:
    return _of_pair(next(case for case in cases if case.passages == passages), marks)


def _shown(case: PassagePair, found: Sequence[Contradiction]) -> bool:
    """Whether a word of each answer that the other answer lacks stands in the sentences of one finding."""
    answers = [set(folded(each).replace(",", "").split()) for each in case.answers]
    only = answers[0] - answers[1], answers[1] - answers[0]
    for each in found:
        texts = (case.one[slice(*each.one_sentence)], case.other[slice(*each.other_sentence)])
        said = [set(folded(text).replace(",", "").replace(".", " ").split()) for text in texts]
        if only[0] & said[0] and (only[1] & said[1] or not only[1]):
            return True
    return False


def _show(pair: PassagePair, found: Sequence[Contradiction]) -> None:
    for each in found[:2]:
        print(
            f"{pair.kind}: {pair.title}: {each.rule}: {pair.one[slice(*each.one)]!r} {pair.other[slice(*each.other)]!r}"
        )


def reader_marks() -> Marks:
    """The shipped reader's best stretches of a text."""
    reader = open_reader(threads=1)

    def marks(question: str, text: str, title: str) -> list[tuple[int, int, float]]:
        spans = reader.read(question, [Given(text=text, title=title, language="en")], most=MOST_MARKED)
        return [(span.start, span.end, span.margin) for span in spans]

    return marks


if __name__ == "__main__":
    main()
