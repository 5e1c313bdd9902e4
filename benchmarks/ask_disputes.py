"""How often are sources said to disagree, and how often is that wrong?

    python -m benchmarks.ask_disputes [--questions 300] [--reader auto] [--json]

Made cases: pairs of answers that do or do not contradict each other (tests/ask/disputes.toml), both ways round.
Questions: SQuAD dev A asked openly of its paragraphs, which are given out to two sources by turns, so that half of all
passages are of the other side, while nothing in them is known to contradict anything: each dispute is looked at as a
false one, and is shown.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections import Counter
from pathlib import Path

from benchmarks import results
from benchmarks.question_sets import SQUAD, TITLE, arguments, paragraphs_of, questions_of, said, use
from galactica import library
from galactica.ask.disputes import disputed
from galactica.ask.kinds import Kind
from galactica.building import meaning
from galactica.evaluate.question import sample
from galactica.model import Verdict

CASES = Path(__file__).parent.parent / "tests" / "ask" / "disputes.toml"


def main() -> None:
    parser = arguments(__doc__, questions=300)
    parser.add_argument("--reader", choices=("auto", "trained", "rules"), default="auto")
    given = parser.parse_args()
    use(given.encoder)
    figures = {"made": made()}
    questions = questions_of(SQUAD)
    with tempfile.TemporaryDirectory(prefix="ask-disputes-") as folder:
        edition = two_sides(Path(folder), paragraphs_of(questions))
        verdicts: Counter[str] = Counter()
        with library.open_library([edition]) as opened:
            for question in sample(questions, given.questions, given.seed):
                answer = opened.ask(question.text, reader=given.reader)
                verdicts[answer.verdict] += 1
                if answer.verdict is Verdict.DISPUTED:
                    values = " / ".join(position.value[:60] for position in answer.positions)
                    print(f"  disputed: {question.text} {values} (right: {question.answers[0]})")
    asked = sum(verdicts.values())
    share = 100 * verdicts[Verdict.DISPUTED] / max(1, asked)
    print(f"\nSQuAD dev A of two sources: {asked:,} questions, {verdicts[Verdict.DISPUTED]} disputed ({share:.1f} %)")
    figures["questions"] = {"asked": asked, **{name.value: verdicts[name] for name in Verdict}}
    results.keep(__file__, given, figures)
    if given.json:
        print(json.dumps(figures, indent=1))


def made() -> dict[str, int]:
    """The made cases."""
    counts: Counter[str] = Counter()
    for case in tomllib.loads(CASES.read_text("utf-8"))["case"]:
        one, other = case.get("languages", "en en").split()
        for left, right, tags in (
            (case["one"], case["other"], (one, other)),
            (case["other"], case["one"], (other, one)),
        ):
            found = disputed(left, right, Kind(case["kind"]), languages=tags)
            counts[f"{'disputed' if case['disputed'] else 'not disputed'}, {'said so' if found else 'not said'}"] += 1
    print("Made cases, both ways round:")
    for name, count in sorted(counts.items()):
        print(f"  {name:28}{count:5}")
    return dict(counts)


def two_sides(folder: Path, paragraphs: tuple[str, ...]) -> Path:
    """An edition of paragraphs that are of two sources by turns."""
    files = [folder / "one.jsonl", folder / "other.jsonl"]
    for side, file in enumerate(files):
        with file.open("w", encoding="utf-8") as lines:
            for number, text in list(enumerate(paragraphs))[side::2]:
                row = {"path": str(number), "title": TITLE, "text": text, "language": "en"}
                lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    out = folder / "sides.edition"
    library.build(out, files, language="en", meaning=False)
    meaning.add_meaning(out, workers=1, note=said)
    return out


if __name__ == "__main__":
    main()
