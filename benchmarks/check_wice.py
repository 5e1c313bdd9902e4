"""Does evidence support a sentence of Wikipedia, and which of its words not? WiCE, beside words and large models.

    python -m benchmarks.check_wice [--reader FILE] [--evidence given|page] [--every N] [--json]

WiCE (Kamoi and others 2023): claims of Wikipedia with the page that each cites, judged by people: supported, partially
or not at all. `--evidence given`: the sentences that people named, filled up with others of the page to `CHUNK`
characters so that their number tells nothing, one text for each person who named other ones, of which the best counts:
that is how the published models' scores were made (they drew other sentences to fill up). `--evidence page`: the
whole page, in windows.

Told of dev and test, and of the 64 test claims that the published models were run on: AUROC of "supported" against the
rest, its best F1 (over thresholds, as theirs), and F1 at the threshold that is best on dev.

* head: what the reader judges (`ask.claiming`), the sentence by itself.
* words: the share of the sentence's content words that the evidence has.
* together: a logistic regression over both and the share of content words that the reader doubts, fitted to dev.

Then the words that are not supported, of sentences in which people marked them: precision, recall and F1 of the
reader's own mark, of its doubt from where it is best on dev, of "words that the evidence lacks", and of both together.
Marks of punctuation do not count.
"""

from __future__ import annotations

import argparse
import json
import lzma
import random
import re
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks import results
from benchmarks.data import real
from benchmarks.telling import Together, auroc, best_f1, f1_at
from galactica.ask.contract import UNSUPPORTED, Asserted, Given, Reader
from galactica.ask.pieces import cut_pieces
from galactica.ask.rereading import DOUBTED_SENTENCE
from galactica.ask.trained import open_reader

CHUNK = 800
"""Characters of the evidence that is given: with most sentences one window of the reader; the published models had 256
pieces."""

LOST = 0.02
"""Share of the supported sentences that may be doubted."""

DRAWN = 3
"""Texts that are drawn for a sentence for which nobody named evidence: about as many as others have."""

_TITLE = re.compile(r"\(meta data\) TITLE: (.*)")
_WORD = re.compile(r"\w")

Row = Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What was made of a sentence.

    Attributes:
        name: its id.
        supported: whether people say so.
        head: logit of the reader.
        words: share of its content words that the evidence has.
        doubted: share of them that the reader doubts.
        tokens: of each word that people judged: (is it unsupported, the reader's doubt, does the evidence lack it).
    """

    name: str
    supported: bool
    head: float
    words: float
    doubted: float
    tokens: tuple[tuple[bool, float, bool], ...] = ()

    def signals(self) -> tuple[float, ...]:
        """What the regression looks at."""
        return self.head, self.words, self.doubted


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reader", type=Path, help="a trained file; without it the one that ships")
    parser.add_argument("--evidence", choices=("given", "page"), default="given")
    parser.add_argument("--every", type=int, default=1, help="only each so-manieth sentence")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--json", action="store_true", help="also print all figures as JSON, last")
    given = results.arguments(parser).parse_args()
    reader = open_reader(given.reader, threads=given.threads)
    begun = time.process_time()
    parts = {
        f"{kind}.{part}": [told(reader, row, given.evidence) for row in rows(f"{kind}.{part}")[:: given.every]]
        for kind in ("claim", "non_supported_tokens")
        for part in ("dev", "test")
    }
    seconds = time.process_time() - begun
    count = sum(map(len, parts.values()))
    print(f"{count:,} sentences, {1000 * seconds / max(1, count):.0f} ms of CPU each; evidence: {given.evidence}")
    claims = supported(parts["claim.dev"], parts["claim.test"])
    words = unsupported(parts["non_supported_tokens.dev"], parts["non_supported_tokens.test"])
    figures = {"supported": claims, "unsupported words": words, "CPU ms a sentence": 1000 * seconds / max(1, count)}
    if given.json:
        print(json.dumps(figures, indent=1))
    results.keep(__file__, given, figures)


def rows(name: str) -> list[Row]:
    """The lines of a file of WiCE."""
    with lzma.open(real(f"wice/{name}.jsonl.xz"), "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines]


def told(reader: Reader, row: Row, evidence: str) -> Told:
    """What the reader and the words make of a sentence."""
    texts = [row["evidence"]] if evidence == "page" else list(chunks(row))
    title = next((match[1] for each in row["evidence"][:1] if (match := _TITLE.match(each))), "")
    given = [Given(text="\n".join(text), title=title, language="en") for text in texts]
    judged = reader.judge(Asserted(text=row["claim"]), given)
    doubts = [] if judged is None else [(each.start, each.end, each.doubt) for each in judged.words]
    known = [{key for sentence in text for key in cut_pieces(sentence, "en").keys} for text in texts]
    pieces = cut_pieces(row["claim"], "en")
    content = [n for n, common in enumerate(pieces.common) if not common]
    shares = [sum(pieces.keys[n] in have for n in content) / max(1, len(content)) for have in known]
    inside = [mean(doubts, pieces.starts[n], pieces.ends[n]) for n in content]
    likely = 0.5 if judged is None else min(1 - 1e-7, max(1e-7, judged.likely))
    return Told(
        name=row["meta"]["id"],
        supported=row["label"] == "supported",
        head=float(np.log(likely / (1 - likely))),
        words=max(shares),
        doubted=float(np.mean([doubt > UNSUPPORTED for doubt in inside])) if inside else 0.0,
        tokens=tuple(tokens(row, doubts, set().union(*known))),
    )


def chunks(row: Row) -> Iterator[list[str]]:
    """Texts of evidence: what each person named, with other sentences of the page drawn to fill it up."""
    sentences = row["evidence"]
    named = [tuple(sorted(each)) for each in row["supporting_sentences"] if each]
    for number, own in enumerate(dict.fromkeys(named) if named else [()] * DRAWN):
        chance = random.Random(f"{row['meta']['id']} {number}")
        size, kept = sum(len(sentences[n]) for n in own), set(own)
        others = [n for n in range(len(sentences)) if n not in kept]
        for n in chance.sample(others, len(others)):
            if size + len(sentences[n]) <= CHUNK:
                kept.add(n)
                size += len(sentences[n])
        yield [sentences[n] for n in sorted(kept)]


def tokens(row: Row, doubts: Sequence[tuple[int, int, float]], known: set[str]) -> Iterator[tuple[bool, float, bool]]:
    """`Told.tokens`."""
    at = 0
    for token, marked in zip(row.get("claim_tokens", ()), row.get("non_supported_spans", ()), strict=True):
        start = row["claim"].index(token, at)
        at = start + len(token)
        if _WORD.search(token):
            lacks = any(key not in known for key in cut_pieces(token, "en").keys)
            yield bool(marked), mean(doubts, start, at), lacks


def mean(doubts: Sequence[tuple[int, int, float]], start: int, end: int) -> float:
    """The mean doubt of the words within a stretch; as little as can be where none was judged."""
    inside = [doubt for a, b, doubt in doubts if a < end and start < b]
    return float(np.mean(inside)) if inside else -10.0


def supported(dev: Sequence[Told], test: Sequence[Told]) -> dict[str, dict[str, dict[str, float]]]:
    """Figures of "supported" by part and way; printed."""
    both = Together(np.array([each.signals() for each in dev]), [each.supported for each in dev])
    scores = {
        name: {
            "head": [each.head for each in part],
            "words": [each.words for each in part],
            "together": both.scores(np.array([each.signals() for each in part])),
        }
        for name, part in (("dev", dev), ("test", test))
    }
    least = {way: best_f1(found, [each.supported for each in dev])[1] for way, found in scores["dev"].items()}
    certain = [each.head for each in (*dev, *test) if each.supported]
    below = 1 / (1 + np.exp(-np.quantile(certain, LOST))) if certain else 0.0
    print(f"ask.rereading.DOUBTED_SENTENCE should be {below:.3g}; it is {DOUBTED_SENTENCE}")
    published = {
        path.name.partition(".claim")[0]: json.loads(path.read_text(encoding="utf-8"))
        for path in sorted(real("wice/published").glob("*.json"))
    }
    run = [n for n, each in enumerate(test) if all(each.name in found for found in published.values())]
    figures: dict[str, dict[str, dict[str, float]]] = {}
    print("\n'supported' against the rest          AUROC   best F1   F1 at dev's threshold")
    for name, part in (("dev", dev), ("test", test), ("test, as published", [test[n] for n in run])):
        own = {way: found if name != "test, as published" else [found[n] for n in run]
               for way, found in scores["dev" if name == "dev" else "test"].items()}  # fmt: skip
        so = [each.supported for each in part]
        print(f"{name}: {len(part)} sentences, {sum(so)} supported")
        figures[name] = {}
        for way, found in own.items():
            figures[name][way] = {
                "AUROC": auroc(found, so), "best F1": best_f1(found, so)[0], "F1": f1_at(found, so, least[way])
            }  # fmt: skip
        if name == "test, as published":
            for model, each in published.items():
                found = [float(each[test[n].name]) for n in run]
                figures[name][model] = {"AUROC": auroc(found, so), "best F1": best_f1(found, so)[0]}
        for way, line in figures[name].items():
            print(f"  {way:32}" + "".join(f"{value:9.3f}" for value in line.values()))
    return figures


def unsupported(dev: Sequence[Told], test: Sequence[Told]) -> dict[str, dict[str, float]]:
    """Figures of the words that are not supported, on test; printed."""
    flat = {name: [token for each in part for token in each.tokens] for name, part in (("dev", dev), ("test", test))}
    if not all(flat.values()):
        print("no words", file=sys.stderr)
        return {}
    so = {name: [token[0] for token in some] for name, some in flat.items()}
    x = {name: np.array([[doubt, float(lacks), doubt * lacks] for _, doubt, lacks in some])
         for name, some in flat.items()}  # fmt: skip
    both = Together(x["dev"], so["dev"])
    doubt = {name: [token[1] for token in some] for name, some in flat.items()}
    together = {name: both.scores(each) for name, each in x.items()}
    ways = {
        "head, its own mark": [each > UNSUPPORTED for each in doubt["test"]],
        "head, from dev's threshold": _from(doubt, so["dev"]),
        "words that the evidence lacks": [token[2] for token in flat["test"]],
        "together, from dev's threshold": _from(together, so["dev"]),
        "every word": [True] * len(flat["test"]),
    }
    print(f"\nunsupported words of {len(test)} sentences of test: {sum(so['test'])} of {len(so['test'])}")
    print(f"  {'':32}precision   recall       F1")
    figures = {}
    for way, told_so in ways.items():
        right = sum(a and b for a, b in zip(told_so, so["test"], strict=True))
        precision, recall = right / max(1, sum(told_so)), right / max(1, sum(so["test"]))
        f1 = 2 * right / max(1, sum(told_so) + sum(so["test"]))
        figures[way] = {"precision": precision, "recall": recall, "F1": f1}
        print(f"  {way:32}{precision:9.3f}{recall:9.3f}{f1:9.3f}")
    return figures


def _from(scores: Mapping[str, Sequence[float]], so: Sequence[bool]) -> list[bool]:
    """What is told of test from the score on that is best on dev."""
    least = best_f1(scores["dev"], so)[1]
    return [score >= least for score in scores["test"]]


if __name__ == "__main__":
    main()
