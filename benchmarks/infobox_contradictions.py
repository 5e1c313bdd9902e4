"""Sentences that contradict an infobox: InfoTabS, where people wrote to each box sentences that it entails, that it
contradicts, and that it says nothing of.

    python -m benchmarks.infobox_contradictions [--part dev|test_alpha1|…] [--half odd|even] [--reader] [--show]

A sentence is called a contradiction where what is claimed by the box and by the sentence differs, or where the rules
for running text find that it says another number, date or name than a row. With `--reader` the shipped reader is asked
besides. Told are precision and recall of "contradicts", and how many of each label are called so. Most of these
sentences need reckoning, or knowledge of the world ("was born in the spring"), which neither has.
"""

from __future__ import annotations

import argparse
import csv
import html
import json
import tarfile
from collections import Counter
from dataclasses import replace

from benchmarks import results
from benchmarks.contradictions import reader_marks
from benchmarks.data import real
from galactica.claims.property_table import known_properties
from galactica.claims.reading import article_claims
from galactica.claims.sentences.reading import sentence_claims
from galactica.joining.disagreements.comparing import compare_claims
from galactica.joining.disagreements.group import GroupKind, Nature
from galactica.joining.disagreements.natures import NESTED
from galactica.joining.disagreements.prose.crossread import Marks
from galactica.joining.disagreements.prose.opposed import contradictions
from galactica.model import Article, article_id

LABELS = ("E", "N", "C")


def main() -> None:
    """Measure, print and keep."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--part", default="dev")
    parser.add_argument("--half", choices=("odd", "even"), default="odd")
    parser.add_argument("--reader", action="store_true")
    parser.add_argument("--show", action="store_true", help="what is called a contradiction")
    given = results.arguments(parser).parse_args()
    folder = real("infotabs")
    with (folder / f"infotabs_{given.part}.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    tables = {}
    with tarfile.open(folder / "tables.tar.xz") as archive:
        for member in archive:
            held = archive.extractfile(member) if member.isfile() else None
            if held is not None:
                tables[member.name.rpartition("/")[2].removesuffix(".json")] = json.loads(held.read())
    marks = reader_marks() if given.reader else None
    total, called = Counter[str](), Counter[str]()
    for number, row in enumerate(rows):
        table = tables.get(row["table_id"])
        if number % 2 != (given.half == "odd") or table is None or row["label"] not in LABELS:
            continue
        total[row["label"]] += 1
        why = contradicts_box(table, row["hypothesis"], marks)
        called[row["label"]] += bool(why)
        if why and given.show:
            print(f"{row['label']} [{table['title'][0]}] {row['hypothesis']} <- {why}")
    found = sum(called.values())
    figures: dict[str, object] = {
        **{f"sentences {label}": total[label] for label in LABELS},
        **{f"called contradictions {label}": called[label] for label in LABELS},
        "precision": round(called["C"] / max(1, found), 3),
        "recall": round(called["C"] / max(1, total["C"]), 3),
    }
    for name, value in figures.items():
        print(f"{name:45} {value}")
    results.keep(__file__, given, figures)


def contradicts_box(table: dict[str, list[str]], sentence: str, marks: Marks | None) -> str:
    """By what a sentence contradicts a box; "" where nothing says so."""
    title = table["title"][0]
    rows = [(name, "\n".join(values)) for name, values in table.items() if name != "title"]
    lines = "".join(
        f'<tr><th scope="row">{html.escape(name)}</th><td>{html.escape(text)}</td></tr>' for name, text in rows
    )
    article = Article(
        id=article_id("box", title),
        title=title,
        language="en",
        aliases=(),
        body=f"<table><tbody>{lines}</tbody></table>",
        categories=(),
        source="box",
        path=title,
    )
    boxed = article_claims(article).claims
    told = sentence_claims(sentence, source="told", path="told", title=title, language="en")
    for name in sorted({claim.property for claim in told} & {claim.property for claim in boxed}):
        known = known_properties().get(name)
        if known is None or known.many or name in NESTED:
            continue
        claims = [replace(claim, subject="") for claim in (*boxed, *told) if claim.property == name]
        if any(group.kind is GroupKind.DIFFER for group in compare_claims(claims, Nature(single=True))):
            return f"claim {name}"
    text = "\n".join(f"{name}\t{' '.join(values.split())}" for name, values in rows)
    return next((each.rule for each in contradictions(text, sentence, title=title, marks=marks)), "")


if __name__ == "__main__":
    main()
