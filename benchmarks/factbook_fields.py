"""The World Factbook: whether every text of every file is stated and stands on its page, and what questions get.

    python -m benchmarks.factbook_fields [--edition DIR] [--against FILE]

Each file of the folder `factbook` is read plainly; each of its texts must be a statement's wording, and stand in the
text of the article that cleaning makes. Then an edition is built of the folder, in a temporary folder or as DIR, and
asked twenty questions about countries as `galactica ask` does, with nothing but the library; an answer is right where
it holds what the file says. An answer that is wrong counts apart from none.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from galactica import library
from galactica.model import Document, SourceStatement
from galactica.model.projection import project
from galactica.refine.clean import clean
from galactica.sources.factbook_values import wording
from galactica.sources.formats import open_source

QUESTIONS = (
    ("What is the population of Chad?", r"19,674,004"),
    ("What is the capital of Kyrgyzstan?", "Bishkek"),
    ("What is the total area of Brazil?", r"8,515,770"),
    ("Which languages are spoken in Switzerland?", "German.*French.*Italian"),
    ("What is the life expectancy in Japan?", r"85\.2"),
    ("How long is the coastline of Norway?", r"25,148"),
    ("What is the highest point of Bolivia?", "Sajama"),
    ("When did Ghana become independent?", "6 March 1957"),
    ("Which countries border Paraguay?", "Argentina.*Bolivia.*Brazil"),
    ("What is the median age in Uganda?", r"16\.4"),
    ("What is the literacy rate of Niger?", r"35\.6"),
    ("What is the GDP per capita of Germany?", r"62,800"),
    ("What religions are practised in Indonesia?", "Muslim"),
    ("Who is the head of government of France?", "LECORNU"),
    ("What is the unemployment rate in Spain?", r"%"),
    ("What is the type of government of Norway?", "constitutional monarchy"),
    ("What are the ethnic groups of Fiji?", "iTaukei"),
    ("How many airports does Canada have?", r"\d"),
    ("What is the infant mortality rate of Angola?", r"deaths/1,000"),
    ("What is the climate of Iceland?", "temperate"),
)


def texts(held: object) -> list[str]:
    """All texts of a file that are not empty."""
    if isinstance(held, str):
        return [held] if held.strip() else []
    inside = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    return [text for each in inside for text in texts(each)]


def account() -> dict[str, int]:
    """Texts in, statements out, and how many stand on the page."""
    total: Counter[str] = Counter()
    for path in sorted(real("factbook").glob("*/*.json")):
        held = json.loads(path.read_text(encoding="utf-8"))
        try:
            with open_source(path) as source:
                items = list(source.read())
        except Exception as error:
            total["files refused"] += 1
            print(f"refused: {path.name}: {str(error)[:80]}")
            continue
        total["files"] += 1
        stated = [item for item in items if isinstance(item, SourceStatement)]
        (page,) = (item for item in items if isinstance(item, Document))
        words = " ".join(project(clean(page.content, base=page.path).body).split())
        several = [found for text in texts(held) if (found := wording(text))]
        total["texts"] += len(several)
        total["statements"] += len(stated)
        missing = Counter(several) - Counter(each.text or each.value for each in stated)
        total["texts not stated"] += sum(missing.values())
        lost = [each for each in several if " ".join(each.split()) not in words]
        total["texts not on the page"] += len(lost)
        for each in lost[:3]:
            print(f"not on the page of {page.title}: {each[:100]!r}")
        total.update(f"kind: {each.kind}" for each in stated)
    return dict(sorted(total.items()))


def ask(edition: Path) -> dict[str, object]:
    """Questions, and what they get."""
    found: Counter[str] = Counter()
    with library.open_library([edition]) as opened:
        for question, right in QUESTIONS:
            answer = opened.ask(question)
            said = answer.statements[0].text if answer.statements else ""
            kind = "right" if re.search(right, said, re.S) else "wrong" if said else "none"
            found[kind] += 1
            print(f"{kind:6} {question}  →  {said[:90]!r}")
    return {"asked": len(QUESTIONS), **found}


def main() -> None:
    """Account, build, ask."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--edition", type=Path, help="where the edition is built; used again if it is there")
    given = results.arguments(parser).parse_args()
    figures: dict[str, object] = {"accounted": account()}
    print(json.dumps(figures["accounted"], indent=1))
    with tempfile.TemporaryDirectory() as folder:
        edition = given.edition or Path(folder) / "factbook.edition"
        if not edition.exists():
            library.build(edition, [str(real("factbook"))])
        figures["questions"] = ask(edition)
    print(json.dumps(figures["questions"]))
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
