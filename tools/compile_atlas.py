"""Compile the countries' figures of the atlas from the World Factbook: `python -m tools.compile_atlas [--check]`.

Reads the factbook's JSON files under `$GALACTICA_DATA/factbook` (default ../shared/data) and writes four tables into
`src/galactica/sources/starter/atlas/data`: facts.tsv (figures), borders.tsv, spoken.tsv (languages), and names.tsv
(official and local names). Only figures, dates, codes and names are taken; mark-up, notes and sentences are left
behind.

Rules:
1. Deterministic: same files, same bytes; rows are sorted.
2. A value that is not plainly a figure ("less than 3 sq km", "uninhabited") is left out, never guessed.
3. A figure keeps the year that the factbook gives it; "" where it gives none (the reader then shows the edition).

`--check` writes nothing: it says whether the tables are up to date, and compares 30 figures, chosen by hash, with the
text that they came from by another road (the number as printed must stand in the field, beside its year).

Source: The World Factbook, Central Intelligence Agency, public domain, as of January 2026.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import html
import io
import json
import os
import re
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

DATA = Path(__file__).parent.parent / "src" / "galactica" / "sources" / "starter" / "atlas" / "data"
SAMPLE = 30
Node = dict[str, object]

_NUMBER = re.compile(r"(-?\$?-?\d[\d,]*(?:\.\d+)?)(?:\s*(million|billion|trillion))?")
_YEAR = re.compile(r"\((\d{4}(?:-\d{2,4})?)(?: est\.)?\)")
_SCALES = {"": 1, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_TAG = re.compile(r"<[^>]*>")
_HEDGE = re.compile(r"less than|more than|approximately|\bca\.|\bNA\b|NEGL|negligible")


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """Where a figure lies: the fact's name here, the path there, and the unit that must follow the number."""

    fact: str
    path: tuple[str, ...]
    unit: str = ""


_FIELDS = (
    Field(fact="area_total", path=("Geography", "Area", "total"), unit="sq km"),
    Field(fact="area_land", path=("Geography", "Area", "land"), unit="sq km"),
    Field(fact="area_water", path=("Geography", "Area", "water"), unit="sq km"),
    Field(fact="coastline", path=("Geography", "Coastline"), unit="km"),
    Field(fact="land_boundaries", path=("Geography", "Land boundaries", "total"), unit="km"),
    Field(fact="elevation_mean", path=("Geography", "Elevation", "mean elevation"), unit="m"),
    Field(fact="population", path=("People and Society", "Population", "total")),
    Field(fact="population_growth", path=("People and Society", "Population growth rate"), unit="%"),
    Field(fact="median_age", path=("People and Society", "Median age", "total"), unit="years"),
    Field(fact="urban", path=("People and Society", "Urbanization", "urban population"), unit="%"),
    Field(fact="life_expectancy", path=("People and Society", "Life expectancy at birth", "total population")),
    Field(fact="fertility", path=("People and Society", "Total fertility rate"), unit="children"),
    Field(fact="infant_mortality", path=("People and Society", "Infant mortality rate", "total"), unit="deaths"),
    Field(fact="gdp_ppp", path=("Economy", "Real GDP (purchasing power parity)", "*")),
    Field(fact="gdp_per_capita", path=("Economy", "Real GDP per capita", "*")),
    Field(fact="gdp_official", path=("Economy", "GDP (official exchange rate)")),
    Field(fact="unemployment", path=("Economy", "Unemployment rate", "*"), unit="%"),
    Field(fact="co2", path=("Environment", "Carbon dioxide emissions", "total emissions"), unit="metric tonnes"),
    Field(fact="electricity", path=("Energy", "Electricity access", "electrification - total population"), unit="%"),
    Field(fact="internet_users", path=("Communications", "Internet users", "percent of population"), unit="%"),
    Field(fact="airports", path=("Transportation", "Airports")),
)


def text_at(page: Node, path: tuple[str, ...]) -> str:
    """The plain text at `path`; "*" takes the entry that sorts last (the newest year). "" where there is none."""
    node: object = page
    for key in path:
        if not isinstance(node, dict):
            return ""
        if key == "*":
            years = sorted(name for name in node if re.search(r"\d{4}$", name))
            node = node[years[-1]] if years else None
        else:
            node = next((value for name, value in node.items() if name.strip() == key), None)
    if isinstance(node, dict):
        node = node.get("text")
    return plain(node) if isinstance(node, str) else ""


def plain(text: str) -> str:
    """Text without mark-up and entities, white space collapsed."""
    return " ".join(html.unescape(_TAG.sub(" ", text)).split())


def year_of(text: str) -> str:
    """The year that stands behind a figure, as "2024" or "2020-25"; "" where none does."""
    found = _YEAR.search(text)
    return found[1] if found else ""


def figure(text: str, unit: str) -> str:
    """The number that `text` starts with, as plain decimal digits; "" where it is hedged or has another unit."""
    found = _NUMBER.match(text)
    if not found or _HEDGE.search(text.split(";")[0]):
        return ""
    rest = text[found.end() :].lstrip()
    if unit and not rest.startswith(unit):
        return ""
    digits = found[1].replace("$", "").replace(",", "")
    value = Decimal(digits) * _SCALES[found[2] or ""]
    return f"{value.normalize():f}" if value else "0"


def facts(gec: str, page: Node) -> Iterator[tuple[str, ...]]:
    """(gec, fact, value, year, note) of every figure of a page."""
    for field in _FIELDS:
        text = text_at(page, field.path)
        value = figure(text, field.unit)
        if field.fact == "area_total" and value == "0":
            continue  # rounded down to nothing; the land area has the decimals
        if value:
            yield gec, field.fact, value, year_of(text), _dollars(page) if field.fact == "gdp_ppp" else ""
    for fact, key in (("highest", "highest point"), ("lowest", "lowest point")):
        name, metres = elevation(text_at(page, ("Geography", "Elevation", key)))
        if metres:
            yield gec, fact, metres, "", name
    for fact, path in (
        ("coordinates", ("Geography", "Geographic coordinates")),
        ("capital_coordinates", ("Government", "Capital", "geographic coordinates")),
    ):
        if place := coordinates(text_at(page, path)):
            yield gec, fact, place, "", ""
    if tld := re.match(r"\.[a-z]{2}\b", text_at(page, ("Communications", "Internet country code"))):
        yield gec, "tld", tld[0], "", ""
    if day := independence(text_at(page, ("Government", "Independence"))):
        yield gec, "independence", day, "", ""


def _dollars(page: Node) -> str:
    """The year of the dollars in which the GDP is stated."""
    economy = page.get("Economy")
    entry = economy.get("Real GDP (purchasing power parity)") if isinstance(economy, dict) else None
    note = entry.get("note") if isinstance(entry, dict) else None
    found = re.search(r"data in (\d{4}) dollars", note) if isinstance(note, str) else None
    return found[1] if found else ""


def elevation(text: str) -> tuple[str, str]:
    """(name of the place or "", metres) of "Rysy 2,499 m"; ("", "") where the text is not of that form."""
    text = re.sub(r"\([^()]*\)", " ", text.split(";")[0])
    found = re.fullmatch(r"\s*(.{2,70}?),?\s+(-?\d[\d,]*(?:\.\d+)?)(?:\s*m)?(?: unnamed deep)?\s*", text)
    if not found or _HEDGE.search(text) or "height" in text:
        return "", ""
    name = " ".join(found[1].split())
    return "" if name.startswith("unnamed") else name, found[2].replace(",", "")


def coordinates(text: str) -> str:
    """ "52 00 N, 20 00 E" where that is all there is, and it is a place on Earth."""
    text = re.sub(r"^metropolitan France: ([^:]*[EW])\b.*", r"\1", text)
    found = re.fullmatch(r"(\d{1,2}) (\d{1,2}) ([NS]),? (\d{1,3}) (\d{1,2}) ([EW])", text)
    if not found or int(found[2]) > 59 or int(found[5]) > 59:
        return ""
    return f"{int(found[1])} {int(found[2]):02} {found[3]}, {int(found[4])} {int(found[5]):02} {found[6]}"


def independence(text: str) -> str:
    """The day, ISO 8601, where the text opens with a plain one from somebody; "" for anything more involved."""
    found = re.match(r"(\d{1,2} [A-Z][a-z]+ \d{4}) ?(?:\((?:declared )?(?:independence )?from [^()]*\)|$)", text)
    if not found:
        return ""
    try:
        return datetime.strptime(found[1], "%d %B %Y").date().isoformat()
    except ValueError:
        return ""


def borders(gec: str, page: Node, resolve: Callable[[str], str]) -> Iterator[tuple[str, ...]]:
    """(gec, neighbour's gec or its name in English, km), one row a neighbour."""
    text = text_at(page, ("Geography", "Land boundaries", "border countries"))
    text = re.sub(r"(?<=km) \([^()]*\)", "", text)
    total: dict[str, Decimal] = {}
    for found in re.finditer(r"([A-Za-z][A-Za-z'’.\- ()]*?)\s+(\d[\d,]*(?:\.\d+)?) ?km", text):
        name = resolve(found[1].removeprefix("and ").strip())
        total[name] = total.get(name, Decimal(0)) + Decimal(found[2].replace(",", ""))
    for name, km in sorted(total.items()):
        yield gec, name, f"{km:f}"


def spoken(gec: str, page: Node, known: dict[str, str]) -> Iterator[tuple[str, ...]]:
    """(gec, language, "official" or "", share in %, year) of the languages that the atlas has a name for."""
    text = text_at(page, ("People and Society", "Languages", "Languages")) or text_at(
        page, ("People and Society", "Languages")
    )
    year = year_of(text)
    text = _YEAR.sub("", text.split("note -")[0])
    seen: set[str] = set()
    for piece in _pieces(text):
        bare = re.sub(r"\([^()]*(?:\([^()]*\))?[^()]*\)", " ", piece)
        name = " ".join(re.sub(r"[<>~]?\s*\d.*", "", bare).split())
        share = re.search(r"(\d+(?:\.\d+)?)%", bare)
        # a share of those who speak nothing else, or one that is only bounded, is not the language's share
        percent = share[1] if share and not re.search(r"only|less than|[<~]", bare) else ""
        # "official in one region" is not an official language of the country
        official = "official" if re.search(r"\bofficial\b(?! (?:in|minority|regional|status))", piece) else ""
        for language in _languages(name, known):
            if language not in seen:
                seen.add(language)
                yield gec, language, official, "" if " and " in name else percent, year


def _languages(name: str, known: dict[str, str]) -> list[str]:
    """The languages that a name stands for: itself, one of several spellings, or two joined by "and"."""
    if name in known:
        return [known[name]]
    for candidate in re.split(r" or |/", name):
        if candidate.strip() in known:
            return [known[candidate.strip()]]
    both = name.split(" and ")
    return [known[one] for one in both] if len(both) == 2 and all(one in known for one in both) else []


def _pieces(text: str) -> Iterator[str]:
    """`text` cut at commas and semicolons that stand outside brackets."""
    depth, start = 0, 0
    for at, sign in enumerate(text):
        depth += (sign == "(") - (sign == ")")
        if sign in ",;" and depth <= 0:
            yield text[start:at]
            start = at + 1
    yield text[start:]


def names(gec: str, page: Node) -> Iterator[tuple[str, ...]]:
    """(gec, kind, name): official, local, local_official, noun, adjective; only where plainly one name."""
    name = ("Government", "Country name")
    for kind, path in (
        ("official", (*name, "conventional long form")),
        ("local", (*name, "local short form")),
        ("local_official", (*name, "local long form")),
        ("adjective", ("People and Society", "Nationality", "adjective")),
    ):
        text = re.split(r";| \(prior" if kind == "official" else r"[;(]", text_at(page, path))[0].strip()
        if text and text.lower() not in ("none", "na") and len(text) <= 80 and "/" not in text and "note" not in text:
            yield gec, kind, text


def resolver(places: list[dict[str, str]]) -> Callable[[str], str]:
    """A function from a neighbour's name, as the factbook writes it, to its GEC code; the name where unknown."""
    table = {"US": "us", "UK": "uk", "UAE": "ae", "Holy See": "vt", "Macedonia": "mk", "Denmark (Greenland)": "gl"}
    for place in places:
        for name in (place["name"], *place["aliases"].split(";")):
            table.setdefault(name, place["gec"])
    return lambda name: table.get(name) or table.get(re.sub(r" \([^()]*\)", "", name)) or name


def read_table(path: Path) -> list[dict[str, str]]:
    """A table with a header line, as dictionaries of text."""
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def compile_tables(factbook: Path) -> dict[str, str]:
    """File name → content of each table."""
    places = read_table(DATA / "places.tsv")
    known = {}
    for row in read_table(DATA / "languages.tsv"):
        known.update({name: row["name"] for name in (row["name"], *row["also"].split(";")) if name})
    resolve = resolver(places)
    rows: dict[str, list[tuple[str, ...]]] = {"facts": [], "borders": [], "spoken": [], "names": []}
    for gec, page in sorted(pages(factbook)):
        rows["facts"] += sorted(facts(gec, page))
        rows["borders"] += borders(gec, page, resolve)
        rows["spoken"] += spoken(gec, page, known)
        rows["names"] += sorted(names(gec, page))
    heads = {
        "facts": "gec fact value year note",
        "borders": "gec neighbour km",
        "spoken": "gec language official share year",
        "names": "gec kind name",
    }
    return {f"{name}.tsv": _written(heads[name].split(), rows[name]) for name in heads}


def pages(factbook: Path) -> Iterator[tuple[str, Node]]:
    """(GEC code, page) of every country, territory and ocean."""
    for path in factbook.glob("*/*.json"):
        if path.parent.name != "meta":
            yield path.stem, json.loads(path.read_text(encoding="utf-8"))


def _written(head: list[str], rows: list[tuple[str, ...]]) -> str:
    out = io.StringIO()
    for row in (tuple(head), *rows):
        if any("\t" in cell or "\n" in cell for cell in row):
            raise ValueError(row)
        out.write("\t".join(row) + "\n")
    return out.getvalue()


def check(factbook: Path, tables: dict[str, str]) -> list[str]:
    """What is wrong: tables that are out of date, sampled figures that their field does not print."""
    wrong = [f"{name} is out of date" for name, text in tables.items() if (DATA / name).read_text("utf-8") != text]
    by_code = dict(pages(factbook))
    paths = {field.fact: field.path for field in _FIELDS}
    rows = [row for row in read_table(DATA / "facts.tsv") if row["fact"] in paths]
    rows.sort(key=lambda row: hashlib.sha256(f"{row['gec']} {row['fact']}".encode()).digest())
    for row in rows[:SAMPLE]:
        text = text_at(by_code[row["gec"]], paths[row["fact"]])
        value = Decimal(row["value"])
        printed = [f"{value:,f}", f"{value:f}"]
        printed += [f"{(value / scale).normalize():f} {word}" for word, scale in _SCALES.items() if word]
        fits = any(re.search(rf"(?<![\d.]){re.escape(form)}(?![\d])", text) for form in printed)
        good = fits and row["year"] in text
        sys.stdout.write(f"{'ok ' if good else 'BAD'} {row['gec']} {row['fact']} {row['value']} ← {text[:60]}\n")
        if not good:
            wrong.append(f"{row['gec']} {row['fact']} {row['value']} {row['year']}: {text}")
    return wrong


def main() -> int:
    """0: written, or checked and right; 1: a check failed; 3: no factbook."""
    parser = argparse.ArgumentParser(description="Compile the atlas's tables from the World Factbook.")
    parser.add_argument("--check", action="store_true", help="write nothing; compare tables and a sample of figures")
    arguments = parser.parse_args()
    factbook = Path(os.environ.get("GALACTICA_DATA", "../shared/data")) / "factbook"
    if not factbook.is_dir():
        sys.stderr.write(f"{factbook} is not there: set GALACTICA_DATA.\n")
        return 3
    tables = compile_tables(factbook)
    if arguments.check:
        wrong = check(factbook, tables)
        sys.stdout.write("".join(f"wrong: {one}\n" for one in wrong) or "All figures and tables are right.\n")
        return 1 if wrong else 0
    for name, text in tables.items():
        (DATA / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"{name}: {text.count(chr(10)) - 1} rows, {len(text.encode())} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
