"""How likely is an answer right? Makes `ask/data/confidence.json`, and the picture of what was promised and kept.

    python -m benchmarks.ask_confidence --gather FILE.jsonl --parts PARTS [--folder EDITIONS] [--wikipedia EDITION]
        [--only MIX …]
    python -m benchmarks.ask_confidence --judge FILE.jsonl --keep LIST.jsonl
    python -m benchmarks.ask_confidence --fit LIST.jsonl [--write] [--picture FILE.png]
    python -m benchmarks.ask_confidence --check LIST.jsonl

The first asks questions whose answers are known and which the shipped reader never saw, those that
`benchmarks.qa_parts` put aside in the folder PARTS, openly, and keeps of each what spoke for the best answer that stood
the check (`ask.confidence.signals`) and whether it was right:

    alone    of an edition of all the set's paragraphs, each with the title of its article
    hidden   of one edition of the paragraphs of all English sets among an encyclopedia
    removed  of the encyclopedia alone, in which hardly any has an answer; also WebQuestions' and TREC's training parts
    foreign  of an encyclopedia in another language

Right is what `benchmarks.rightness` says. Where the paragraph is not there, an answer may still be right and counts.
What the gold does not know is wrong, so that the truth is a little better than what is told.

The second judges anew what was gathered and keeps it without texts. docs/evaluation/confidence.jsonl is such a list.

The third fits a logistic regression for each reader (`confidence_fit.FEATURES`), weighing the sets, and reports as if
every question had been held back: each fifth of the articles by the weights of the others. Printed are ten bins of what
was promised and what was kept, and what thresholds give. With `--write` it is fitted to all and written; the thresholds
are `confidence_fit.KEPT`.

The fourth says what the weights that ship promise of another list, and what they keep.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from benchmarks.confidence_fit import check, fit
from benchmarks.data import real
from benchmarks.question_sets import build, paragraphs_of, titles_of
from benchmarks.rightness import right
from galactica import library
from galactica.ask.answering import marks_worth_reading, prove_answers, put_together
from galactica.ask.asked import Asked, tidy
from galactica.ask.confidence import signals
from galactica.ask.finding import searched_for, worth_reading
from galactica.ask.marking import stated_marks
from galactica.ask.question import read_question
from galactica.ask.sought import question_language
from galactica.collection.asking import reader_for
from galactica.evaluate.forms import read_questions
from galactica.evaluate.question import Question

SETS = {
    "squadshifts-newwiki": "en",
    "tydiqa-goldp-en": "en",
    "squad-v1-train-cs224n-val": "en",
    "squad-v2-train-10articles": "en",
    "qed-nq-dev": "en",
    "squadshifts-reddit": "en",
    "squadshifts-amazon": "en",
    "afriqa-goldp-en": "en",
    "afriqa-crosslingual-en": "en",
    "norquad-val-test": "nb",
    "squad-es-dist": "es",
    "faquad": "pt",
    "afriqa-goldp-fr": "fr",
    "cmrc2018-train-expmrc": "zh",
    "drcd-dev-test": "zh-Hant",
    "jaquad": "ja",
    "jsquad-val-test": "ja",
    "tydiqa-goldp-ko": "ko",
    "tydiqa-goldp-ru": "ru",
    "arcd": "ar",
    "tydiqa-goldp-ar": "ar",
    "heq": "he",
    "turkish-rc": "tr",
    "tydiqa-goldp-fi": "fi",
    "kazqad-val": "kk",
    "iapp-wiki-qa": "th",
    "facqa-id": "id",
    "tydiqa-goldp-id": "id",
    "tydiqa-goldp-sw": "sw",
    "tydiqa-goldp-te": "te",
}
"""Sets of questions, and the language of their paragraphs."""

OPEN = {"webquestions": "webquestions/main/trainmodel.json", "trec": "curated-trec/large2470-train.tsv"}

MIXES = {
    ("squadshifts-newwiki", "alone"): 269,
    ("squadshifts-newwiki", "hidden"): 269,
    ("squadshifts-newwiki", "removed"): 60,
    ("tydiqa-goldp-en", "alone"): 250,
    ("tydiqa-goldp-en", "hidden"): 250,
    ("tydiqa-goldp-en", "removed"): 60,
    ("squad-v1-train-cs224n-val", "alone"): 200,
    ("squad-v1-train-cs224n-val", "hidden"): 150,
    ("squad-v2-train-10articles", "alone"): 85,
    ("squad-v2-train-10articles", "hidden"): 60,
    ("qed-nq-dev", "hidden"): 16,
    ("squadshifts-reddit", "alone"): 80,
    ("squadshifts-amazon", "alone"): 60,
    ("afriqa-goldp-en", "hidden"): 100,
    ("webquestions", "removed"): 150,
    ("trec", "removed"): 400,
    ("afriqa-crosslingual-en", "alone"): 120,
    ("norquad-val-test", "alone"): 77,
    ("squad-es-dist", "alone"): 55,
    ("faquad", "alone"): 32,
    ("afriqa-goldp-fr", "alone"): 61,
    ("cmrc2018-train-expmrc", "alone"): 350,
    ("cmrc2018-train-expmrc", "removed"): 60,
    ("drcd-dev-test", "alone"): 250,
    ("jaquad", "alone"): 150,
    ("jsquad-val-test", "alone"): 80,
    ("tydiqa-goldp-ko", "alone"): 120,
    ("tydiqa-goldp-ru", "alone"): 59,
    ("arcd", "alone"): 63,
    ("tydiqa-goldp-ar", "alone"): 63,
    ("heq", "alone"): 175,
    ("turkish-rc", "alone"): 150,
    ("tydiqa-goldp-fi", "alone"): 61,
    ("kazqad-val", "alone"): 29,
    ("iapp-wiki-qa", "alone"): 150,
    ("facqa-id", "alone"): 90,
    ("tydiqa-goldp-id", "alone"): 43,
    ("tydiqa-goldp-sw", "alone"): 100,
    ("tydiqa-goldp-te", "alone"): 53,
    ("tydiqa-goldp-en", "foreign"): 60,
    ("squadshifts-newwiki", "foreign"): 60,
    ("cmrc2018-train-expmrc", "foreign"): 60,
}
"""How many questions of each set are asked in each way."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """A question and how it is asked."""

    of: str
    mix: str
    language: str
    question: Question


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gather", type=Path, help="the list to write; what stands there already is not asked again")
    parser.add_argument("--judge", type=Path, help="a list that was gathered")
    parser.add_argument("--keep", type=Path, help="the list to write, without texts")
    parser.add_argument("--fit", type=Path, help="a list that was judged")
    parser.add_argument("--check", type=Path, help="a list that was judged, to hold the weights that ship against")
    parser.add_argument("--parts", type=Path, help="folder of benchmarks.qa_parts: only what it put aside is asked")
    parser.add_argument("--folder", type=Path, help="where editions of paragraphs are kept")
    parser.add_argument("--wikipedia", type=Path, help="edition of the encyclopedia, English")
    parser.add_argument("--articles", type=Path, help="folder of its articles, to hide paragraphs among")
    parser.add_argument("--chinese", type=Path, help="edition of the encyclopedia, Chinese")
    parser.add_argument("--languages", nargs="*", default=(), help="of questions, only these")
    parser.add_argument("--only", nargs="*", default=(), help="ways of asking, only these")
    parser.add_argument("--readers", nargs="*", default=("auto",))
    parser.add_argument("--share", type=float, default=1.0, help="of the questions of each set")
    parser.add_argument("--seed", type=int, default=10)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--picture", type=Path)
    given = parser.parse_args()
    if given.fit:
        fit(lines(given.fit), write=given.write, picture=given.picture)
    elif given.check:
        check(lines(given.check))
    elif given.judge and given.keep:
        given.keep.write_text("".join(map(lean, judged(lines(given.judge)))), encoding="utf-8")
    elif given.gather:
        gather(given)
    else:
        parser.error("name --gather FILE, --judge FILE --keep FILE, --fit FILE, or --check FILE")


def lines(file: Path) -> list[dict[str, object]]:
    """The lines of a list."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


def lean(row: Mapping[str, object]) -> str:
    """A line without texts."""
    names = ("of", "mix", "language", "id", "article", "by", "proved", "right", "unanswerable", "signals")
    kept = {name: row[name] for name in names}
    signals = row["signals"]
    assert isinstance(signals, list)
    kept["signals"] = [None if each is None or math.isnan(each) else round(each, 3) for each in signals]
    return json.dumps(kept, ensure_ascii=False) + "\n"


def gather(given: argparse.Namespace) -> None:
    """Ask in random order, so that whatever is there when it is stopped is a fair share."""
    known: set[tuple[object, ...]] = set()
    if given.gather.exists():
        known = {(line["of"], line["mix"], line["id"], line["reader"]) for line in lines(given.gather)}
    with tempfile.TemporaryDirectory() as made:
        folder = given.folder or Path(made)
        folder.mkdir(parents=True, exist_ok=True)
        drawn = [
            each
            for each in everything(given)
            if (not given.languages or each.language in given.languages) and (not given.only or each.mix in given.only)
        ]
        random.Random(given.seed).shuffle(drawn)
        places = {(each.of, each.mix, each.language): edition_for(each, folder, given) for each in drawn}
        opened = {place: library.open_library([place]) for place in set(places.values())}
        begun = time.monotonic()
        with given.gather.open("a", encoding="utf-8") as out:
            for number, each in enumerate(drawn, 1):
                for name in given.readers:
                    if (each.of, each.mix, each.question.id, name) not in known:
                        line = asked(opened[places[each.of, each.mix, each.language]], each, name)
                        out.write(json.dumps(line, ensure_ascii=False) + "\n")
                        out.flush()
                if number % 50 == 0:
                    print(f"{number} of {len(drawn)}, {time.monotonic() - begun:.0f} s", file=sys.stderr, flush=True)


def asked(opened: library.Library, drawn: Drawn, reader: str) -> Mapping[str, object]:
    """What an edition says to a question, and whether it is right."""
    question = drawn.question
    words, holdings = tidy(question.text), opened.holdings_alone[0]
    language = question_language(words, holdings.languages)
    own = Asked(question=read_question(words, language), holdings=holdings, reader=reader_for(reader), ranking=math.inf)
    found = searched_for(own)
    worth = worth_reading(own, found)
    groups = put_together(stated_marks(own, found) or marks_worth_reading(own, worth))
    proved, _ = prove_answers(own, groups)
    first = proved[0] if proved else None
    text = first.text if first else groups[0].text if groups else ""
    return {
        "of": drawn.of,
        "mix": drawn.mix,
        "language": drawn.language,
        "id": question.id,
        "article": question.title,
        "reader": reader,
        "by": own.reader.name,
        "question": question.text,
        "answer": " ".join(text.split())[:200],
        "gold": [each[:80] for each in question.answers[:2]] or [question.pattern[:80]],
        "proved": first is not None,
        "right": right(question, text),
        "signals": [round(float(each), 4) for each in signals(own, first, groups)] if first else [],
    }


def judged(rows: Sequence[dict[str, object]]) -> Sequence[Mapping[str, object]]:
    """The rows with what is right by the rule as it is now."""
    names = {str(row["of"]) for row in rows}
    known = {(of, each.id, each.text): each for of in names for each in questions_of(of)}  # some sets give an id twice
    for row in rows:
        question = known[str(row["of"]), str(row["id"]), str(row["question"])]
        row["right"] = right(question, str(row["answer"]))
        row["unanswerable"] = not question.answers and row["of"] not in OPEN
    return rows


def everything(given: argparse.Namespace) -> Iterator[Drawn]:
    """All questions that are asked, those of one set drawn once for all its mixes."""
    for of in dict.fromkeys(of for of, _ in MIXES):
        several = list(asked_of(of, given.parts))
        several.sort(key=lambda each: sha256(f"{given.seed}{each.id}".encode()).digest())
        for (name, mix), count in MIXES.items():
            if name == of:
                count = round(count * given.share)
                taken = several[:count] if mix in ("alone", "hidden") else several[-count:]
                language = SETS.get(of, "en")
                yield from (Drawn(of=of, mix=mix, language=language, question=each) for each in taken)


def questions_of(of: str) -> Sequence[Question]:
    """The questions of a set, those that its paragraphs do not answer among them."""
    if of in OPEN:
        return [replace(each, title="") for each in read_questions(real(OPEN[of])).questions]
    (packed,) = real(f"qa/{of}").glob("*.json.xz")
    with tempfile.TemporaryDirectory() as made:
        plain = Path(made) / f"{of}.json"
        plain.write_bytes(lzma.decompress(packed.read_bytes()))
        found = read_questions(plain)
    several = [*found.questions, *found.unanswerable]
    return [replace(each, language=SETS[of]) for each in several]


def asked_of(of: str, parts: Path | None) -> Sequence[Question]:
    """Those questions of a set that are asked."""
    if of in OPEN:
        return questions_of(of)
    if parts is None:
        sys.exit("name --parts, a folder of benchmarks.qa_parts")
    found = read_questions(parts / f"{of}.test.json")
    return [replace(each, language=SETS[of]) for each in (*found.questions, *found.unanswerable)]


def edition_for(drawn: Drawn, folder: Path, given: argparse.Namespace) -> Path:
    """The edition that a question is asked of; made where it is not there."""
    english = drawn.language == "en"
    if drawn.mix in ("removed", "foreign"):
        place = given.wikipedia if english == (drawn.mix == "removed") else given.chinese
        if place is None:
            sys.exit("name --wikipedia and --chinese")
        return Path(place)
    names = [name for name, tag in SETS.items() if tag == "en"] if drawn.mix == "hidden" else [drawn.of]
    place = folder / f"{'hidden' if drawn.mix == 'hidden' else drawn.of}.edition"
    if not place.exists():
        several = [each for name in names for each in questions_of(name)]
        more = [given.articles] if drawn.mix == "hidden" else []
        titles = [title.replace("_", " ") for title in titles_of(several)]
        titles = ["Paragraph" if title.startswith("ctx-") else title for title in titles]
        build(place, paragraphs_of(several), language=drawn.language, titles=titles, more=more)
    return place


if __name__ == "__main__":
    main()
