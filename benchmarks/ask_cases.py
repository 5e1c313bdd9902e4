"""What is said to questions that people ask: answered, probably or not found, and how much of each is right.

    python -m benchmarks.ask_cases [QUESTIONS.jsonl] -e NAME=EDITION… [--part NAME] [--shape NAME…]
        [--shelf alone|together] [--group] [--unhurried] [--show]

A line of the file is a question with the name of the edition that it is asked of, its acceptable answers (null: nothing
there answers it) and its shape. With `--shelf together` every question is asked of all editions at once: what stands
beside the right one should change nothing. With `--unhurried` passages are ranked without a limit of time, so that
figures do not depend on the machine.

Without a file the questions are `benchmarks/everyday/questions.jsonl`: 132 as people type them, in lower case, without
marks, misspelt; half of them, `--part develop`, were looked at while asking was made better, half, `--part held`, were
not. They go to "enwiki", the English Wikipedia of 2015 (`enwiki-2015-core-wikiextractor`), and to "zhwiki", the
Chinese one (`zhwiki-wikiextractor`); the answers stand in the article that is named with them.

`benchmarks/everyday/ordinary.jsonl` holds 195 more of "enwiki", of the kinds that people ask (its shapes), about
articles that others speak of often, drawn with a fixed seed; halved within each shape by a hash of the question.
`benchmarks/everyday/plain.jsonl` holds 138 more, one about each of 126 articles drawn with a fixed seed (those of
offices, lists and mathematics left out), written before anything was asked: why, how, yes or no, what something is made
of or used for, who, which, how many; 10 have no answer; halved in the same way.
`benchmarks/everyday/daily.jsonl` holds 120 of "enwiki" and 60 of "zhwiki", taken in the order of a draw with a fixed
seed (without lists, dates, mathematics and what the other files ask about) and written with their answers before
anything was asked; 9 have no answer. They were all held back until 2026-11-30, and are looked at since.
`benchmarks/everyday/weekly.jsonl` holds 100 of "enwiki", half of them about its long articles, and 60 of "zhwiki",
drawn and written in the same way by who had built nothing; 8 have no answer. All are held back, to measure, by counts
alone, what was built without them.
`benchmarks/everyday/yes_no.jsonl` holds 136: yes or no, and why, 111 about 43 articles of "enwiki" and 25 about 11 of
"zhwiki", drawn with a fixed seed and written before anything was asked; halved within each shape and edition.

Right is an answer that contains one of the acceptable ones (letters folded, marks of thousands left out, no further
digit beside a number; "three" may be said in digits). Where nothing can answer, only "not found" is right; elsewhere
"not found" is told apart by whether what is shown first contains an acceptable answer. Answers of more than `LONGEST`
words, or three times as many characters without spaces, are no phrase and count as wrong.
"""

from __future__ import annotations

import argparse
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import results
from galactica import library
from galactica.codes.letters import folded
from galactica.collection import asking
from galactica.library import Library
from galactica.model import Answer
from galactica.values.number_words import number_words

EVERYDAY = Path(__file__).parent / "everyday" / "questions.jsonl"
DAILY = EVERYDAY.with_name("daily.jsonl")
ORDINARY = EVERYDAY.with_name("ordinary.jsonl")
PLAIN = EVERYDAY.with_name("plain.jsonl")
WEEKLY = EVERYDAY.with_name("weekly.jsonl")
YES_NO = EVERYDAY.with_name("yes_no.jsonl")

UNHURRIED = 60.0
"""Seconds for ranking, so that figures do not depend on the machine's speed."""

LONGEST = 30

YES_OR_NO = {"Yes", "No", "是", "不是"}
"""What is said to a question for yes or no; where what is acceptable is words of the article, its quotation counts."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("questions", type=Path, nargs="?", default=EVERYDAY)
    parser.add_argument("--part", default="", help="only these questions of the file")
    parser.add_argument("--shape", action="append", default=[], help="only questions of this shape; may be repeated")
    parser.add_argument("--edition", "-e", action="append", default=[], metavar="NAME=EDITION")
    parser.add_argument("--shelf", choices=("alone", "together"), default="alone")
    parser.add_argument("--group", action="store_true")
    parser.add_argument("--unhurried", action="store_true", help="rank passages without a limit of time")
    parser.add_argument("--show", action="store_true", help="print every answer")
    given = results.arguments(parser).parse_args()
    places = {name: Path(path) for name, _, path in (each.partition("=") for each in given.edition)}
    lines = [json.loads(line) for line in given.questions.read_text(encoding="utf-8").splitlines() if line.strip()]
    lines = [line for line in lines if line["edition"] in places and given.part in ("", line.get("part"))]
    lines = [line for line in lines if not given.shape or line["shape"] in given.shape]
    if given.unhurried:
        vars(asking)["SECONDS"] = UNHURRIED
    with ExitStack() as stack:
        if given.shelf == "together":
            one = stack.enter_context(library.open_library(list(places.values())))
            opened = dict.fromkeys(places, one)
        else:
            opened = {name: stack.enter_context(library.open_library([path])) for name, path in places.items()}
        rows = [(line, asked(opened[line["edition"]], line, given.group, given.show)) for line in lines]
    report(rows)
    figures = {"asked": len(rows)} | {
        f"{verdict}, {said}": n for (verdict, said), n in Counter(each for _, each in rows).items()
    }
    results.keep(__file__, given, figures)


def asked(opened: Library, line: Mapping[str, Any], group: bool, show: bool) -> tuple[str, str]:
    """(verdict, how right it is) for one question."""
    answer = opened.ask(line["question"], group=group)
    said = judged(answer, line["answers"])
    if show:
        first = answer.text or (answer.near[0].quote[slice(*answer.near[0].mark)] if answer.near else "")
        told = " ".join(first.split())[:90]
        print(f"{answer.verdict.value:10} {answer.confidence:.3f} {said:14} {line['question']} → {told}", flush=True)
    return answer.verdict.value, said


def judged(answer: Answer, acceptable: Sequence[str] | None) -> str:
    """ "right", "wrong", or for what is not found "nearest right", "nearest wrong", "rightly refused"."""
    found = answer.verdict.value != "not_found"
    if acceptable is None:
        return "wrong" if found else "rightly refused"
    if found:
        several = [each.value for each in answer.positions] or [answer.text]
        if answer.text in YES_OR_NO:
            if YES_OR_NO & set(acceptable):  # compared whole: "不是" contains "是"
                return "right" if set(several) & set(acceptable) else "wrong"
            several = [each.quote for statement in answer.statements for each in statement.citations]
        return "right" if any(contains(each, acceptable) for each in several) else "wrong"
    near = answer.near[0].quote[slice(*answer.near[0].mark)] if answer.near else ""
    return "nearest right" if contains(near, acceptable) else "nearest wrong"


def contains(text: str, acceptable: Sequence[str]) -> bool:
    """Whether a phrase contains one of some answers."""
    plain = _plain(text)
    if len(plain.split()) > LONGEST or len(plain) > 9 * LONGEST:
        return False
    wanted = list(map(_plain, acceptable))
    for each in (*wanted, *(str(number_words()[each]) for each in wanted if each in number_words())):
        if re.search((r"(?<![\d.])" if each[:1].isdigit() else "") + re.escape(each), plain) and not re.search(
            re.escape(each) + r"\d", plain
        ):
            return True
    return False


def _plain(text: str) -> str:
    text = re.sub(r"(?<=\d)[,\u2009\u202f\u00a0 ](?=\d{3})", "", folded(text))
    return " ".join(text.replace("“", "").replace("”", "").split())


def report(rows: Sequence[tuple[Mapping[str, Any], tuple[str, str]]]) -> None:
    """The tables: over all, and by shape."""
    columns = ("answered", "probably", "disputed", "not_found")
    kinds = ("right", "wrong", "nearest right", "nearest wrong", "rightly refused")
    counts = Counter(each for _, each in rows)
    print(f"\n{'':16}" + "".join(f"{name:>12}" for name in columns))
    for kind in kinds:
        print(f"{kind:16}" + "".join(f"{counts[name, kind] or '·':>12}" for name in columns))
    print(f"\nby shape{'':8}{'asked':>12}{'said, right':>12}{'said, wrong':>12}{'refused':>12}")
    for shape in sorted({line["shape"] for line, _ in rows}):
        own = [each for line, each in rows if line["shape"] == shape]
        right, wrong = sum(s == "right" for _, s in own), sum(s == "wrong" for _, s in own)
        print(f"{shape:16}{len(own):>12}{right or '·':>12}{wrong or '·':>12}{len(own) - right - wrong or '·':>12}")


if __name__ == "__main__":
    main()
