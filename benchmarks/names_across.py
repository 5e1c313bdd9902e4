"""How often a name in another language finds the article of an English library that it is the name of.

    python -m benchmarks.names_across EDITION [--part develop|held] [--languages zh ja …] [--most N] [--show]

EDITION is one of the English Wikipedia (`enwiki-2015-core-wikiextractor`). Names are those of DBP15K (the same
article in Chinese and English, Japanese and English, French and English) and of CLDR's cities and territories, as
Babel brings them, in languages of ten scripts. `languages/known_names.toml` and the locale data are not asked: what
is measured is the way from a name to an article by how it sounds and by what the reader says. A name whose article
is in the edition should find it, one whose article is not there should find nothing. By a hash of the English name
half of them (`--part develop`) were looked at while the way was made, half (`held`) were not.

Printed: of the names whose article is there how many found it and how many another one; of the others how many found
something. Data: GALACTICA_DATA (default ../shared/data), `dbp15k`.
"""

from __future__ import annotations

import argparse
import hashlib
import re
import tarfile
from collections import Counter
from collections.abc import Sequence
from functools import cache
from pathlib import Path

from babel import Locale

from benchmarks import results
from benchmarks.ask_cases import UNHURRIED
from benchmarks.data import real
from galactica import library
from galactica.ask.asked import Asked
from galactica.ask.heard import meant_by_sound
from galactica.ask.question import read_question
from galactica.ask.wishes import DEFINITION, Wish
from galactica.collection.asking import reader_for
from galactica.library import Library

DBP15K = ("zh", "ja", "fr")

NON_LATIN = ("ru", "uk", "bg", "sr", "el", "ar", "fa", "he", "hi", "bn", "th", "ko", "ka", "hy")
LATIN = ("fr", "de", "es", "pt", "it", "nl", "pl", "ro", "sv", "tr", "id", "vi")

Pair = tuple[str, str]
Place = tuple[str, bytes]


def half(english: str) -> str:
    """The half that a name is in, by the English one: "develop" or "held"."""
    return "develop" if hashlib.sha256(english.encode()).digest()[0] < 128 else "held"


def unglossed_name(name: str) -> str:
    """A name without what tells it from others in brackets."""
    return re.sub(r"\s*[(（][^()（）]*[)）]\Z", "", name).strip()


@cache
def dbp15k(tag: str) -> Sequence[Pair]:
    """(name, English name) of the pairs of DBP15K, in the order of its file of pairs."""
    with tarfile.open(real(f"dbp15k/{tag}_en.tar.xz")) as packed:

        def lines(name: str) -> list[list[str]]:
            member = packed.extractfile(f"{tag}_en/{name}")
            assert member is not None
            return [line.split("\t") for line in member.read().decode("utf-8").splitlines()]

        first, second = ({each[0]: _named(each[1]) for each in lines(f"ent_ids_{side}")} for side in (1, 2))
        return tuple((first[a], second[b]) for a, b in lines("ref_ent_ids"))


def _named(address: str) -> str:
    return address.rpartition("/resource/")[2].replace("_", " ")


@cache
def cldr_names(tag: str) -> Sequence[Pair]:
    """(name, English name) of CLDR's territories and cities in a language, where they are not written alike."""
    own, english = _cldr(tag), _cldr("en")
    return tuple((own[key], english[key]) for key in sorted(own.keys() & english.keys()) if own[key] != english[key])


def _cldr(tag: str) -> dict[str, str]:
    locale = Locale.parse(tag)
    cities = {zone: str(entry.get("city", "")) for zone, entry in locale.time_zones.items()}
    if tag == "en":
        every = Locale.parse("zh_Hans").time_zones
        cities = {zone: cities.get(zone) or zone.rpartition("/")[2].replace("_", " ") for zone in every}
    lands = {code: name for code, name in locale.territories.items() if code.isalpha()}
    return {key: name for key, name in {**lands, **cities}.items() if name}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("edition", type=Path)
    parser.add_argument("--part", choices=("develop", "held"), default="develop")
    parser.add_argument("--languages", nargs="*", default=[*DBP15K, *NON_LATIN, *LATIN[1:]], help="only these")
    parser.add_argument("--most", type=int, default=100, help="names that are asked of each language, of either kind")
    parser.add_argument("--show", action="store_true", help="print what was found wrongly")
    given = results.arguments(parser).parse_args()
    counts: Counter[tuple[str, str]] = Counter()
    with library.open_library([given.edition]) as opened:
        for tag in given.languages:
            for name, english, place in chosen(opened, tag, given.part, given.most):
                found = meant(opened, name, tag)
                verdict = told(found, place)
                counts[tag, verdict] += 1
                if given.show and verdict.startswith("another"):
                    page = opened.holdings.page(*found) if found is not None else None
                    print(f"{tag:4}{name} ({english}) → {page.article.title if page is not None else ''}")
    report(given.languages, counts)
    results.keep(__file__, given, {f"{tag}, {verdict}": count for (tag, verdict), count in sorted(counts.items())})


VERDICTS = ("there, found", "there, another", "there, none", "not there, none", "not there, another")


def chosen(opened: Library, tag: str, part: str, most: int) -> list[tuple[str, str, Place | None]]:
    """(name, English name, its article) of names that no title has: `most` whose article is there, and as many whose
    article is not, in an order that the hash of the English name makes."""
    pairs = dbp15k(tag) if tag in DBP15K else cldr_names(tag)
    own = {unglossed_name(name): english for name, english in pairs if half(english) == part}
    kinds: dict[bool, list[tuple[str, str, Place | None]]] = {True: [], False: []}
    for name, english in sorted(own.items(), key=lambda pair: hashlib.sha256(pair[1].encode()).digest()):
        if opened.holdings.titled(name) is None:
            place = opened.holdings.titled(english.replace("&", "and"))
            kinds[place is not None].append((name, english, place))
    return [*kinds[True][:most], *kinds[False][:most]]


def meant(opened: Library, name: str, tag: str) -> Place | None:
    """The article that a name is taken to be of, as if it were asked what that is."""
    question = read_question(name, tag)
    wish = Wish(thing=name, property=DEFINITION, left="", year="", language=tag, form="")
    return meant_by_sound(
        Asked(question=question, holdings=opened.holdings, reader=reader_for("auto"), ranking=UNHURRIED), wish
    )


def told(found: Place | None, right: Place | None) -> str:
    """Which of `VERDICTS` it is that something was found."""
    kind = "none" if found is None else "found" if found == right else "another"
    return f"{'not there' if right is None else 'there'}, {kind}"


def report(languages: Sequence[str], counts: Counter[tuple[str, str]]) -> None:
    """A table, a line a language, and all together."""
    print(f"{'':6}" + "".join(f"{verdict:>20}" for verdict in VERDICTS))
    for tag in languages:
        print(f"{tag:6}" + "".join(f"{counts[tag, verdict]:>20}" for verdict in VERDICTS))
    print(f"{'all':6}" + "".join(f"{sum(counts[tag, verdict] for tag in languages):>20}" for verdict in VERDICTS))


if __name__ == "__main__":
    main()
