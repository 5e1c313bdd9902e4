"""The atlas's tables: TSV files in `data/`, read once into frozen records.

The files facts.tsv, borders.tsv, spoken.tsv and names.tsv are compiled from the World Factbook by
`python -m tools.compile_atlas`; the others are written by hand. First line: names of the columns; no quoting; lists
inside a cell are separated by ";". Countries are keyed by their GEC code (formerly FIPS 10-4), as in the factbook, what
they are called in other languages (exonyms.tsv) by their ISO code.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

EDITION = "2026"
"""The year of the factbook's last state: what is shown where a figure has no year of its own."""

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class BilingualName:
    """One thing's name in both languages."""

    en: str
    zh: str

    def of(self, language: str) -> str:
        """The name in "en" or "zh"."""
        return self.zh if language == "zh" else self.en


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A value with its year ("" where the publisher gives none), its publisher's key and a note.

    Attributes:
        value: plain decimal digits, "." as the decimal point; units are the fact's own (see `wording.FACTS`).
        note: for elevations the place's name in English, for the GDP the year of its dollars.
    """

    value: str
    year: str
    publisher: str
    note: BilingualName


@dataclass(frozen=True, slots=True, kw_only=True)
class AtlasPlace:
    """A country, a territory, an ocean, … with what does not come from the factbook."""

    gec: str
    path: str
    alpha2: str
    alpha3: str
    kind: str
    sovereign: str
    region: str
    currency: str
    name: BilingualName
    capital: BilingualName
    zh_also: tuple[str, ...]
    zh_official: str
    also: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SpokenLanguage:
    """A language spoken in a country; `share` in percent, "" where unknown."""

    name: BilingualName
    official: bool
    share: str
    year: str


def split_cell(cell: str) -> tuple[str, ...]:
    """A list inside a cell."""
    return tuple(one.strip() for one in cell.split(";") if one.strip())


@cache
def rows(name: str) -> tuple[Row, ...]:
    """The rows of data/NAME.tsv, each as column → cell."""
    text = files(__package__).joinpath("data", f"{name}.tsv").read_text(encoding="utf-8")
    head, *lines = (line.split("\t") for line in text.split("\n") if line)
    return tuple(dict(zip(head, line, strict=True)) for line in lines)


@cache
def names_by_key(table: str, key: str) -> dict[str, BilingualName]:
    """key column → name in both languages, for a table with the columns `name` and `zh`."""
    return {row[key]: BilingualName(en=row["name"], zh=row["zh"]) for row in rows(table)}


@cache
def places() -> dict[str, AtlasPlace]:
    """GEC code → place, in the table's order."""
    found = {}
    for row in rows("places"):
        found[row["gec"]] = AtlasPlace(
            gec=row["gec"],
            path=row["path"] or f"country/{row['a2']}",
            alpha2=row["a2"],
            alpha3=row["a3"],
            kind=row["kind"],
            sovereign=row["sovereign"],
            region=row["region"],
            currency=row["currency"],
            name=BilingualName(en=row["name"], zh=row["zh"]),
            capital=BilingualName(en=row["capital"], zh=row["zh_capital"]),
            zh_also=split_cell(row["zh_also"]),
            zh_official=row["zh_official"],
            also=split_cell(row["aliases"]),
        )
    return found


@cache
def by_alpha2() -> dict[str, AtlasPlace]:
    """ISO 3166-1 alpha-2 code → place."""
    return {place.alpha2: place for place in places().values() if place.alpha2}


@cache
def factbook_facts() -> dict[tuple[str, str], Figure]:
    """(GEC code, fact) → the factbook's figure."""
    return {
        (row["gec"], row["fact"]): Figure(
            value=row["value"], year=row["year"], publisher="factbook", note=_point(row["note"])
        )
        for row in rows("facts")
    }


def _point(name: str) -> BilingualName:
    return names_by_key("points", "name").get(name, BilingualName(en=name, zh=name))


@cache
def others() -> dict[tuple[str, str], tuple[Figure, ...]]:
    """(GEC code or almanac path, fact) → what other publishers, or the same one earlier, say; in order of year."""
    found: dict[tuple[str, str], list[Figure]] = {}
    for row in rows("figures"):
        note = BilingualName(en=row["note"], zh=row["zh_note"])
        figure = Figure(value=row["value"], year=row["year"], publisher=row["source"], note=note)
        found.setdefault((row["path"], row["quantity"]), []).append(figure)
    return {key: tuple(sorted(figures, key=lambda one: one.year or EDITION)) for key, figures in found.items()}


@cache
def borders() -> dict[str, tuple[tuple[str, str], ...]]:
    """GEC code → (neighbour's GEC code or English name, kilometres), the longest border first."""
    found: dict[str, list[tuple[str, str]]] = {}
    for row in rows("borders"):
        found.setdefault(row["gec"], []).append((row["neighbour"], row["km"]))
    return {gec: tuple(sorted(pairs, key=lambda pair: (-float(pair[1]), pair[0]))) for gec, pairs in found.items()}


@cache
def spoken() -> dict[str, tuple[SpokenLanguage, ...]]:
    """GEC code → languages, in the factbook's order."""
    names = names_by_key("languages", "name")
    found: dict[str, list[SpokenLanguage]] = {}
    for row in rows("spoken"):
        language = SpokenLanguage(
            name=names[row["language"]], official=bool(row["official"]), share=row["share"], year=row["year"]
        )
        found.setdefault(row["gec"], []).append(language)
    return {gec: tuple(languages) for gec, languages in found.items()}


@cache
def local_names() -> dict[tuple[str, str], str]:
    """(GEC code, "official" | "local" | "local_official" | "adjective") → name."""
    return {(row["gec"], row["kind"]): row["name"] for row in rows("names")}


@cache
def exonyms() -> dict[str, tuple[str, ...]]:
    """ISO 3166-1 alpha-2 code → what a country is called in other languages, but for the English names of others."""
    english = {place.name.en: place.alpha2 for place in places().values()}
    found = {}
    for row in rows("exonyms"):
        names = dict.fromkeys(name for tag, cell in row.items() if tag != "a2" for name in split_cell(cell))
        found[row["a2"]] = tuple(name for name in names if english.get(name, row["a2"]) == row["a2"])
    return found
