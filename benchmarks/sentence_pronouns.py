"""Whose claim is a sentence that begins with a pronoun? Rules of `claims/sentences` on GAP.

    python -m benchmarks.sentence_pronouns [--part development|test|validation]

GAP (Webster and others 2018): paragraphs of Wikipedia with a pronoun and two names that it may mean. Counted are
pronouns that begin a sentence, in paragraphs of an article whose title is one of the two names: that the sentence
is about the article's person is right where people say that the pronoun means that name. What stands before the
paragraph is not known here.
"""

from __future__ import annotations

import argparse
import csv
from collections import Counter
from urllib.parse import unquote

from benchmarks import data, results
from galactica.claims.sentences.lexicon import lexicon
from galactica.claims.sentences.subjects import Spoken, meant_by_pronoun
from galactica.claims.sentences.topics import topic_of
from galactica.codes.segment import sentences


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__.splitlines()[0]))
    parser.add_argument("--part", choices=("development", "test", "validation"), default="test")
    given = parser.parse_args()
    with (data.real("gap") / f"gap-{given.part}.tsv").open(encoding="utf-8", newline="") as file:
        counted = Counter(_judged(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    taken = counted["right"] + counted["wrong"]
    figures = {
        "sentences that begin with it": taken + counted["left alone"] + counted["left alone, its own"],
        "taken for the article's": taken,
        "precision": round(counted["right"] / max(1, taken), 4),
        "recall": round(counted["right"] / max(1, counted["right"] + counted["left alone, its own"]), 4),
    }
    print("\n".join(f"{name}: {value}" for name, value in figures.items()))
    results.keep(__file__, given, figures)


def _judged(row: dict[str, str]) -> str:
    """What becomes of a row: "right", "wrong", "left alone" (another's), "left alone, its own", or "" for none."""
    text, at, pronoun = row["Text"], int(row["Pronoun-offset"]), row["Pronoun"]
    title = unquote(row["URL"].rpartition("/wiki/")[2]).replace("_", " ")
    words = lexicon("en")
    own = [side for side in "AB" if set(row[side].split()) & set(title.split(" (")[0].split())]
    told = row["A-coref"] == "TRUE" or row["B-coref"] == "TRUE"
    if words is None or pronoun not in ("He", "She") or len(own) != 1 or not told:
        return ""
    spans = list(sentences(text))
    number = next((n for n, (start, _) in enumerate(spans) if start == at), -1)
    if number < 0:
        return ""
    topic = topic_of(f"{title} was a writer.", f"{title} was a writer. {text}", title, (), words)
    before = tuple(text[start:end] for start, end in spans[:number])
    spoken = Spoken(sentence=text[at : spans[number][1]], before=before, topic=topic, words=words, article=text)
    its = row[f"{own[0]}-coref"] == "TRUE"
    if pronoun in topic.pronouns and meant_by_pronoun(pronoun, spoken):
        return "right" if its else "wrong"
    return "left alone, its own" if its else "left alone"


if __name__ == "__main__":
    main()
