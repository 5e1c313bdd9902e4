"""Two Wikipedias of the entities of DBP15K joined as `galactica join` does: what links add, and how right it is.

    python -m benchmarks.joined_languages [--only zh ja fr] [--both 1 0.3] [--of 12000] [--seed 5]

Of each set two dumps are written: a page for each entity, whose text is its title and the pages that it links to,
without the names of the relations. They are built to an edition and its topics are made, once as they would be without
matching by links (`joining.topics.two_languages`), once with it. The gold are the pairs of DBP15K: joined wrongly is a
pair of which either has a partner in the gold and that is not in it; also one whose partner was left out. `--both`: of
so large a share of the gold's pairs both are kept, of the others one, by chance: two encyclopedias have few articles in
common; `--seed`: who is left out. `--of`: pages of a side at the most, those with most links. Nothing is known of the
pairs but names, texts, and links. Data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import random
import resource
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from unittest import mock
from xml.sax.saxutils import escape

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.data import real
from benchmarks.entity_alignment import read
from galactica import library
from galactica.edition import Edition
from galactica.joining.topics import making
from galactica.joining.topics.kept import open_topics
from galactica.library.topics import join_topics
from galactica.progress import silent

Ints = NDArray[np.int64]

HEAD = (
    '<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/" version="0.11" xml:lang="{0}"><siteinfo>'
    "<sitename>{0}</sitename><dbname>{0}wiki</dbname><base>https://{0}.example.org/wiki/Main_Page</base>"
    '<case>first-letter</case><namespaces><namespace key="0" case="first-letter" /></namespaces></siteinfo>\n'
)
PAGE = (
    "<page><title>{0}</title><ns>0</ns><id>{1}</id><revision><id>{1}</id><timestamp>2020-01-01T00:00:00Z</timestamp>"
    "<model>wikitext</model><text>{2}</text></revision></page>\n"
)
ASIDE = str.maketrans("[]{}|<>#", "()()/()/")
"""What no title of a page may have."""


def main() -> None:
    """Measure."""
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("--only", nargs="+", default=["zh", "ja", "fr"])
    parser.add_argument("--both", nargs="+", type=float, default=[1.0, 0.3])
    parser.add_argument("--of", type=int, default=12_000)
    parser.add_argument("--seed", type=int, default=5, help="who is left out; `topics/titled.py` was made looking at 5")
    given = parser.parse_args()
    figures = {}
    for language in given.only:
        for both in given.both:
            with tempfile.TemporaryDirectory(prefix="joined-languages-") as name:
                figures[f"{language}, {both:g}"] = measured(language, both, given.of, given.seed, Path(name))
    results.keep(__file__, given, figures)


def measured(language: str, both: float, most: int, seed: int, folder: Path) -> dict[str, object]:
    """What is joined without and with links, and how right it is."""
    names, links, gold = read(real(f"dbp15k/{language}_en.tar.xz"))
    chosen = chosen_entities(links, (len(names[0]), len(names[1])), gold, both, most, seed)
    files = [folder / f"{tag}wiki.xml" for tag in (language, "en")]
    for side, tag in enumerate((language, "en")):
        dump(files[side], tag, names[side], links[side], chosen[side])
    made = folder / "made.edition"
    library.build(made, files, meaning=False, workers=0)
    right = {(title(names[0][a]), title(names[1][b])) for a, b in gold.tolist() if a in chosen[0] and b in chosen[1]}
    partners = [{title(names[side][row]) for row in gold[:, side].tolist()} for side in (0, 1)]
    told: dict[str, object] = {"pages": [len(each) for each in chosen], "pairs": len(right)}
    with mock.patch.object(making, "matched_pairs", return_value=()):
        join_topics(made, None, silent)
    names_alone = joined(made)
    start = time.process_time()
    join_topics(made, None, silent)
    told["cpu_s"] = round(time.process_time() - start, 1)
    for called, pairs in (("names", names_alone), ("links too", joined(made)), ("links", joined(made) - names_alone)):
        judged = {pair for pair in pairs if pair[0] in partners[0] or pair[1] in partners[1]}
        told[called] = {"joined": len(pairs), "judged": len(judged), "right": len(judged & right)}
        told[f"{called}: P, R"] = [round(len(judged & right) / max(len(each), 1), 4) for each in (judged, right)]
        print(language, both, called, told[called], told[f"{called}: P, R"], flush=True)
        if called == "links":
            wrong = [" = ".join(pair) for pair in sorted(judged - right)][:20]
            told["wrong"] = wrong
            print(*wrong, sep="\n")
    told["lost"] = len(names_alone - joined(made))
    told["memory_mib"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return told


def chosen_entities(
    links: tuple[Ints, Ints], sizes: tuple[int, int], gold: Ints, both: float, most: int, seed: int
) -> list[set[int]]:
    """The entities of each side that get a page."""
    rng = random.Random(seed)
    left_out: list[set[int]] = [set(), set()]
    for pair in gold.tolist():
        if rng.random() >= both:
            side = rng.randrange(2)
            left_out[side].add(pair[side])
    found = []
    for side in (0, 1):
        counts = np.bincount(links[side][:, [0, 2]].ravel(), minlength=sizes[side])
        counts[list(left_out[side])] = -1
        rows = np.argsort(-counts, kind="stable")[: min(most, sizes[side] - len(left_out[side]))]
        found.append(set(rows.tolist()))
    return found


def title(name: str) -> str:
    """The name of an entity as a title."""
    return name.translate(ASIDE)


def dump(path: Path, language: str, names: list[str], links: Ints, chosen: set[int]) -> None:
    """Write a wiki's dump."""
    of: dict[int, dict[int, None]] = {}
    for one, _, other in links.tolist():
        if one in chosen and other in chosen:
            of.setdefault(one, {})[other] = None
    with path.open("w", encoding="utf-8") as file:
        file.write(HEAD.format(language))
        for row in sorted(chosen):
            linked = ", ".join(f"[[{title(names[other])}]]" for other in of.get(row, ()))
            text = f"'''{title(names[row])}'''. {linked}."
            file.write(PAGE.format(escape(title(names[row])), row + 1, escape(text)))
        file.write("</mediawiki>\n")


def joined(made: Path) -> set[tuple[str, str]]:
    """The pairs of topics: titles, the English one behind."""
    return set(_pairs(made))


def _pairs(made: Path) -> Iterator[tuple[str, str]]:
    with Edition.open(made) as edition:
        for topic in open_topics(edition):
            heads = [edition.head(member.row) for member in topic.members]
            for one in heads:
                for other in heads:
                    if one.language != "en" and other.language == "en":
                        yield one.title, other.title


if __name__ == "__main__":
    main()
