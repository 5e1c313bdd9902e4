"""Everyday questions in thirteen languages and ways of writing, asked of an edition of the same or of another language.

    python -m benchmarks.everyday_languages -e enwiki=EDITION -e zhwiki=EDITION [--part develop|held]
        [--questions FILE] [--languages zh de …] [--own FOLDER] [--unhurried] [--show]

The questions are `benchmarks/everyday/languages.jsonl`: 146 in simplified and traditional Chinese, German, French,
Spanish, Russian, Japanese, Arabic, Portuguese, Hindi, Indonesian, Turkish and Swahili, written from the articles that
are named with them before any was asked; half of each language, `--part develop`, were looked at while asking was made
better, half, `--part held`, were not. (Who wrote them wrote `languages/known_names.toml` afterwards: how many things
have their names there is not measured by them.) They go to "enwiki", the English Wikipedia of 2015
(`enwiki-2015-core-wikiextractor`), to "zhwiki", the Chinese one (`zhwiki-wikiextractor`), and to "own-LANGUAGE": an
edition of that language, which is built here of the passages of a set of questions (`OWN`), those of one article
together, its title in that language (`TITLES`). With `--own` these editions are kept in a folder, and taken from there.

With `--questions benchmarks/everyday/names.jsonl` they are 96 in sixteen languages about things of which
`known_names.toml` and the locale data have no name: 86 of English Wikipedia, whose articles a generator of random
numbers chose among those that DBP15K has a name of in Chinese, Japanese or French, and with them which language
each is asked in (only the questions were written by a person); ten of editions in Korean and Vietnamese. By a hash
of the title half of them are `develop`, half `held`.

What is right is judged by `benchmarks.ask_cases`. Data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import json
import lzma
import os
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from benchmarks import ask_cases, results
from benchmarks.ask_cases import UNHURRIED
from benchmarks.data import real
from galactica import library
from galactica.building import meaning
from galactica.collection import asking

QUESTIONS = Path(__file__).parent / "everyday" / "languages.jsonl"

OWN = {
    "ar": "qa/arcd/arcd.train.json.xz",
    "de": "xquad/split/xquad.de.A.json",
    "es": "xquad/split/xquad.es.A.json",
    "fr": "qa/afriqa-goldp-fr/afriqa-goldp-fr.train.json.xz",
    "hi": "xquad/split/xquad.hi.A.json",
    "id": "qa/tydiqa-goldp-id/tydiqa-goldp-id.train.json.xz",
    "ja": "qa/jaquad/jaquad.train.json.xz",
    "ko": "qa/tydiqa-goldp-ko/tydiqa-goldp-ko.train.json.xz",
    "ru": "qa/tydiqa-goldp-ru/tydiqa-goldp-ru.train.json.xz",
    "sw": "qa/tydiqa-goldp-sw/tydiqa-goldp-sw.train.json.xz",
    "tr": "qa/turkish-rc/turkish-rc.train.json.xz",
    "vi": "xquad/split/xquad.vi.A.json",
}
"""Language → the questions whose passages are its edition."""

TITLES = {
    "de": {
        "Warsaw": "Warschau",
        "Oxygen": "Sauerstoff",
        "Harvard University": "Harvard-Universität",
        "Genghis Khan": "Dschingis Khan",
        "Black Death": "Schwarzer Tod",
        "Southern California": "Südkalifornien",
        "Scottish Parliament": "Schottisches Parlament",
        "Immune system": "Immunsystem",
    },
    "es": {
        "Warsaw": "Varsovia",
        "Oxygen": "Oxígeno",
        "Harvard University": "Universidad de Harvard",
        "Genghis Khan": "Gengis Kan",
        "Victoria (Australia)": "Victoria (Australia)",
        "Jacksonville, Florida": "Jacksonville",
        "Martin Luther": "Martín Lutero",
        "Black Death": "Peste negra",
    },
    "hi": {
        "Warsaw": "वारसॉ",
        "Oxygen": "ऑक्सीजन",
        "Harvard University": "हार्वर्ड विश्वविद्यालय",
        "Genghis Khan": "चंगेज़ ख़ान",
        "Nikola Tesla": "निकोला टेस्ला",
        "Martin Luther": "मार्टिन लूथर",
    },
    "vi": {"Warsaw": "Warszawa", "Oxygen": "Oxy", "Genghis Khan": "Thành Cát Tư Hãn"},
}
"""Language → titles of a set, which are English there, in that language."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--questions", type=Path, default=QUESTIONS, help="a file like benchmarks/everyday/languages.jsonl"
    )
    parser.add_argument("--part", choices=("develop", "held"), default="", help="only this half")
    parser.add_argument("--languages", nargs="*", default=[], help="only these")
    parser.add_argument("--edition", "-e", action="append", default=[], metavar="NAME=EDITION")
    parser.add_argument("--own", type=Path, help="folder of the editions that are built here, which stay there")
    parser.add_argument("--unhurried", action="store_true", help="rank passages without a limit of time")
    parser.add_argument("--show", action="store_true", help="print every answer")
    given = results.arguments(parser).parse_args()
    places = {name: Path(path) for name, _, path in (each.partition("=") for each in given.edition)}
    lines = [line for line in questions(given.questions) if given.part in ("", line["part"])]
    lines = [line for line in lines if not given.languages or line["language"] in given.languages]
    if given.unhurried:
        vars(asking)["SECONDS"] = UNHURRIED
    with ExitStack() as stack:
        own = given.own or Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="everyday-")))
        for name in sorted({line["edition"] for line in lines if line["edition"].startswith("own-")}):
            places[name] = of_own(own, name.removeprefix("own-"))
        lines = [line for line in lines if line["edition"] in places]
        opened = {
            name: stack.enter_context(library.open_library([places[name]]))
            for name in sorted({line["edition"] for line in lines})
        }
        rows = [(line, ask_cases.asked(opened[line["edition"]], line, False, given.show)) for line in lines]
    ask_cases.report(rows)
    by_language(rows)
    results.keep(__file__, given, figures(rows))


def questions(file: Path = QUESTIONS) -> list[dict[str, Any]]:
    """All questions of a file, in their order."""
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines() if line.strip()]


def of_own(folder: Path, language: str) -> Path:
    """The edition of a language, built where it is not there."""
    edition = folder / f"{language}.edition"
    if edition.exists():
        return edition
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{language}.jsonl"
    with file.open("w", encoding="utf-8") as lines:
        for title, text in articles(real(OWN[language]), TITLES.get(language, {})).items():
            row = {"path": title, "title": title, "text": text, "language": language}
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
    library.build(edition, [file], language=language, meaning=False)
    meaning.add_meaning(edition, workers=os.cpu_count() or 1, note=print)
    return edition


def articles(file: Path, titles: Mapping[str, str]) -> dict[str, str]:
    """Title → text: the passages of a file that are of one article, each once, none that stands in another."""
    opener = lzma.open if file.suffix == ".xz" else open
    with opener(file, "rt", encoding="utf-8") as opened:
        data = json.load(opened)["data"]
    found: dict[str, list[str]] = {}
    for article in data:
        title = article["title"].replace("_", " ").strip()
        own = found.setdefault(titles.get(title, title), [])
        own += [paragraph["context"].strip() for paragraph in article["paragraphs"]]
    return {title: "\n\n".join(without_repeats(texts)) for title, texts in found.items()}


def without_repeats(texts: Sequence[str]) -> list[str]:
    """Texts in their order, without those that stand in a longer one."""
    once = list(dict.fromkeys(texts))
    return [text for text in once if not any(text != other and text in other for other in once)]


def by_language(rows: Sequence[tuple[Mapping[str, Any], tuple[str, str]]]) -> None:
    """A table: right, wrong and refused of each language, over its own editions and across."""
    print(f"\n{'language':20}{'asked':>8}{'right':>8}{'wrong':>8}{'refused':>9}")
    for key in sorted({kind(line) for line, _ in rows}):
        judged = [said for line, (_, said) in rows if kind(line) == key]
        counts = Counter(said if said in ("right", "wrong") else "refused" for said in judged)
        print(f"{key:20}{len(judged):>8}{counts['right']:>8}{counts['wrong']:>8}{counts['refused']:>9}")


def kind(line: Mapping[str, Any]) -> str:
    """ "de, own" for a question of an edition of its own language, else "de, across"."""
    own = line["edition"].startswith("own-") or (line["edition"] == "zhwiki" and line["language"].startswith("zh"))
    return f"{line['language']}, {'own' if own else 'across'}"


def figures(rows: Sequence[tuple[Mapping[str, Any], tuple[str, str]]]) -> dict[str, int]:
    """What is kept: how many were asked, and of each part, language and verdict how many were how right."""
    counts = Counter(f"{line['part']}, {kind(line)}, {verdict}, {said}" for line, (verdict, said) in rows)
    return {"asked": len(rows)} | dict(sorted(counts.items()))


if __name__ == "__main__":
    main()
