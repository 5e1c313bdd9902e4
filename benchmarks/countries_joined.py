"""Countries of the World Factbook and of Wikipedias joined: precision and recall of pairs, by their ISO codes.

    python -m benchmarks.countries_joined WIKIPEDIA… [--every 40] [--work FOLDER] [--show]

WIKIPEDIA are editions of Wikipedias, one language each. Built is an edition of the Factbook and of their articles that
bear a country's name, of some that have one in their title, and of every so many others; its topics are made as
`galactica join` makes them. The gold: an article is about a country where its title is a name of it in CLDR (by the
package babel) or in `ALSO`, which was written by hand; two articles of two sources with one code are to be joined. A
pair of one topic of which either has a code and that are not of one code is wrong. `--show` lists what was missed and
wrong, and what else was joined, to be judged by eye. Data: GALACTICA_DATA (default ../shared/data).
"""

from __future__ import annotations

import argparse
import re
import tempfile
from collections import defaultdict
from html import escape
from itertools import combinations
from pathlib import Path

from benchmarks import results
from benchmarks.data import real
from galactica import library
from galactica.codes.han import fold_han
from galactica.codes.letters import title_key
from galactica.edition import Edition
from galactica.library.topics import join_topics, topics_found
from galactica.model.projection import project
from galactica.progress import silent

ALSO = {
    "CD": "DRC|Democratic Republic of the Congo", "CG": "Congo (Brazzaville)|Republic of the Congo",
    "CV": "Cabo Verde|Cape Verde", "GM": "The Gambia", "BS": "The Bahamas", "DO": "The Dominican|Dominican Republic",
    "FM": "Federated States of Micronesia", "": "Micronesia",
    "MM": "Burma|Myanmar", "TR": "Turkey", "HK": "Hong Kong", "MO": "Macau",
    "BA": "Bosnia and Herzegovina", "VA": "Holy See (Vatican City)|Vatican City|Holy See",
    "CZ": "Czech Republic|Czechia",
    "FK": "Falkland Islands (Islas Malvinas)|Falkland Islands", "BL": "Saint Barthelemy|Saint Barthélemy",
    "ST": "Sao Tome and Principe|São Tomé and Príncipe", "VI": "Virgin Islands|United States Virgin Islands",
    "CN": "China|People's Republic of China", "IE": "Ireland|Republic of Ireland", "SZ": "Swaziland|Eswatini",
    "MK": "Macedonia|Republic of Macedonia|North Macedonia", "CI": "Ivory Coast|Cote d'Ivoire",
    "TL": "East Timor|Timor-Leste",
    "KP": "North Korea|Korea, North", "KR": "South Korea|Korea, South", "AQ": "Antarctica",
    "SH": "Saint Helena, Ascension, and Tristan da Cunha|Saint Helena, Ascension and Tristan da Cunha",
    "GS": "South Georgia and South Sandwich Islands|South Georgia and the South Sandwich Islands",
}  # fmt: skip
"""What countries are called besides; under "" what is the name of none."""

CUT = 12_000
"""Characters of an article that are taken: claims of a country stand at its beginning."""


def main() -> None:
    """Build, join, measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("wikipedias", nargs="+", type=Path, metavar="WIKIPEDIA")
    parser.add_argument("--every", type=int, default=40, help="of the articles with other titles, one in so many")
    parser.add_argument("--work", type=Path, help="keep the edition here, and take it where it is there")
    parser.add_argument("--show", action="store_true", help="list what was missed, wrong and untold")
    given = results.arguments(parser).parse_args()
    with tempfile.TemporaryDirectory(prefix="countries-") as name:
        work = given.work or Path(name)
        made = work / "countries.edition"
        if not made.exists():
            sources = [real("factbook"), *chosen(given.wikipedias, work / "wikipedia", given.every)]
            library.build(made, sources, meaning=False, workers=1)
            library.join(made, only="claims")
        join_topics(made, None, silent)
        figures = measured(made, given.show)
    given.work = None
    results.keep(__file__, given, figures)


def names() -> dict[str, str]:
    """Key of a name, its Han simplified → code of the country."""
    from babel import Locale

    found: dict[str, str] = {}
    for tag in ("en", "zh", "zh_Hant"):
        for code, name in Locale.parse(tag).territories.items():
            if re.fullmatch(r"[A-Z]{2}", code) and code not in ("EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"):
                for each in (name, name.replace("&", "and"), name.replace("St.", "Saint").replace("&", "and")):
                    found.setdefault(key(each), code)
    return found | {key(name): code for code, several in ALSO.items() for name in several.split("|")}


def key(name: str) -> str:
    """What spellings of a name share."""
    return fold_han(title_key(name))


def chosen(wikipedias: list[Path], into: Path, every: int) -> list[Path]:
    """Files of the articles that are taken, a folder for each Wikipedia, as wikiextractor writes them."""
    known = names()
    inside = re.compile(rf"\b(?:{'|'.join(re.escape(name) for name in known if name.isascii() and len(name) > 3)})\b")
    folders = []
    for number, path in enumerate(wikipedias):
        kept = []
        with Edition.open(path) as edition:
            language = edition.sources[0].language
            for row in range(len(edition)):
                title = edition.head(row).title
                of_country = key(title) in known or (
                    number == 0 and row % (every // 8 + 1) == 0 and inside.search(key(title))
                )
                if of_country or row % every == 0:
                    text = project(edition.article(row).body)[:CUT]
                    url = f"https://{language}.wikipedia.org/wiki?curid={row}"
                    kept.append(
                        f'<doc id="{row}" url="{url}" title="{escape(title)}">\n{title}\n\n{escape(text)}\n</doc>\n'
                    )
        folders.append(into / f"{language}wiki")
        target = folders[-1] / "AA" / "wiki_00"
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("".join(kept), encoding="utf-8")
    return folders


def measured(edition: Path, show: bool) -> dict[str, object]:
    """Precision and recall of pairs, all and by the two sources."""
    known = names()
    with Edition.open(edition) as opened:
        heads = {row: opened.head(row) for row in range(len(opened))}
    codes = {row: known.get(key(head.title), "") for row, head in heads.items()}
    found: set[tuple[int, int]] = set()
    for topic in topics_found(edition).topics:
        found |= set(combinations(sorted(m.row for m in topic.members if m.row >= 0), 2))
    by_code: defaultdict[str, list[int]] = defaultdict(list)
    for row, code in codes.items():
        if code:
            by_code[code].append(row)
    gold = {
        (one, other)
        for rows in by_code.values()
        for one, other in combinations(sorted(rows), 2)
        if heads[one].source != heads[other].source
    }
    said = {pair for pair in found if codes[pair[0]] or codes[pair[1]]}
    figures: dict[str, object] = {"articles": len(heads)}
    kinds = {tuple(sorted((heads[a].source, heads[b].source))) for a, b in gold}
    for kind in [None, *sorted(kinds)]:
        of = {p for p in gold if kind in (None, tuple(sorted((heads[p[0]].source, heads[p[1]].source))))}
        told = {p for p in said if kind in (None, tuple(sorted((heads[p[0]].source, heads[p[1]].source))))}
        right = len(of & told)
        figure = {"pairs": len(of), "found": len(told), "right": right}
        figure |= {"P": round(right / max(len(told), 1), 4), "R": round(right / max(len(of), 1), 4)}  # type: ignore[dict-item]
        figures["all" if kind is None else " = ".join(kind)] = figure
        print("all" if kind is None else " = ".join(kind), figure)
    if show:
        for word, pairs in (("missed", gold - said), ("not of one code", said - gold), ("others", found - said)):
            for one, other in sorted(pairs):
                print(word, *(f"{heads[row].source}:{heads[row].title}" for row in (one, other)), sep=" | ")
    return figures


if __name__ == "__main__":
    main()
