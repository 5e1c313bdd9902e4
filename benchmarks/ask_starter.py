"""Plain questions to the starter library: how many are answered, how many of them rightly?

    python -m benchmarks.ask_starter [EDITION] [--all]

Asks the 150 questions of `starter_questions`; without an edition, the starter library is built in a temporary folder.
With `--all` every question is shown, else those that are not answered or wrong.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from benchmarks import results
from benchmarks.starter_questions import Plain, questions
from galactica.library import build, open_library
from galactica.model import Answer


def right(plain: Plain, answer: Answer) -> bool:
    """Whether an answer has one of those that are right in it."""
    said = " / ".join(position.value for position in answer.positions) or answer.text
    return any(one.casefold() in said.casefold() for one in plain.answers)


def ask_all(edition: Path, *, show_all: bool = False) -> dict[str, Counter[str]]:
    """Ask every question of an edition; language → counts of "VERDICT right" and "VERDICT wrong"."""
    counts: dict[str, Counter[str]] = {}
    with open_library([edition]) as library:
        for plain in questions():
            found = library.ask(plain.question)
            name = found.verdict.value
            if name != "not_found":
                name += " right" if right(plain, found) else " wrong"
            counts.setdefault(plain.language, Counter())[name] += 1
            if show_all or not name.endswith("right"):
                said = " / ".join(position.value for position in found.positions) or found.text
                print(f"{name:16} {plain.question} → {said or '–'}   (right: {', '.join(plain.answers[:3])})")
    return counts


def main(arguments: Sequence[str] | None = None) -> None:
    """See the module."""
    parser = argparse.ArgumentParser(description="Plain questions to the starter library.")
    parser.add_argument("edition", nargs="?", type=Path, help="default: built anew")
    parser.add_argument("--all", action="store_true", help="show every question")
    chosen = results.arguments(parser).parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        edition = chosen.edition
        if edition is None:
            edition = Path(folder) / "starter.edition"
            build(edition, ["atlas:", "almanac:"])
        begun = time.perf_counter()
        counts = ask_all(edition, show_all=chosen.all)
    for language, counted in counts.items():
        total = sum(counted.values())
        answered = total - counted["not_found"]
        print(f"{language}: {answered} of {total} answered; " + ", ".join(f"{n} {name}" for name, n in counted.items()))
    taken = 1000 * (time.perf_counter() - begun) / sum(sum(c.values()) for c in counts.values())
    print(f"{taken:.0f} ms a question")
    results.keep(__file__, chosen, {**counts, "ms a question": taken})


if __name__ == "__main__":
    main()
