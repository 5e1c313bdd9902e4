"""A small edition of three sources that differ, for tests, with claims as they would be read from it."""

from __future__ import annotations

import json
from pathlib import Path

from galactica.edition import Edition
from galactica.joining.disagreements.making import make_disagreements
from galactica.library import build
from galactica.model.claim import Claim
from galactica.model.document import Qualifier
from galactica.model.projection import project

TEXTS = {
    "atlas": (
        "Norrby",
        "Norrby is a town. Its area is 12.5 km2. In 2020 it had 4,100 inhabitants. Its mayor is Ann Lee.",
    ),
    "gazette": ("Norrby", "Norrby has an area of 14 km2. In 2023 it had 4,350 inhabitants. Some say it covers 90 km2."),
    "guide": (
        "Norrby",
        "The town of Norrby covers 12.5 km2. It was founded in 1644. Its charter calls 1650 the year of founding.",
    ),
}
READ = (
    ("atlas", "area", "12.5", "kilometre**2", "", ""),
    ("gazette", "area", "14", "kilometre**2", "", ""),
    ("guide", "area", "12.5", "kilometre**2", "", ""),
    ("gazette", "area", "90", "kilometre**2", "", "reported"),
    ("atlas", "population", "4100", "", "2020", ""),
    ("gazette", "population", "4350", "", "2023", ""),
    ("guide", "founded", "1644", "", "", ""),
    ("guide", "founded", "1650", "", "", ""),
)
"""(source, property, value, unit, time, limit)."""


def made_edition(folder: Path) -> Path:
    """An edition of one town in three sources, its claims compared."""
    for key, (title, text) in TEXTS.items():
        (folder / f"{key}.jsonl").write_text(json.dumps({"id": f"{key}-1", "title": title, "text": text}) + "\n")
    out = folder / "norrby.edition"
    build(out, [str(folder / f"{key}.jsonl") for key in TEXTS], workers=1, meaning=False)
    with Edition.open(out) as edition:
        make_disagreements(edition, read_claims(edition))
    return out


def read_claims(edition: Edition) -> list[Claim]:
    """The claims of `READ`, each where it stands."""
    articles = {article.source: article for _, article in edition.scan()}
    found = []
    for source, name, value, unit, time, limit in READ:
        article = articles[source]
        text = project(article.body)
        at = text.index(value if len(value) < 4 or unit or name == "founded" else f"{value[0]},{value[1:]}")
        end = at + len(value) + (len(value) == 4 and name == "population")
        found.append(
            Claim(
                source=source,
                path=article.path,
                property=name,
                kind="time" if name == "founded" else "quantity",
                value=value,
                unit=unit,
                time=time,
                origin="sentence",
                qualifiers=(Qualifier(property=limit, kind="text"),) if limit else (),
                start=max(
                    0,
                    text.rfind(".", 0, at) + 1 if text.rfind(".", 0, at) < at - 4 else text.rfind(". ", 0, at - 4) + 2,
                ),
                end=text.find(".", end) + 1 or len(text),
                value_start=at,
                value_end=end,
            )
        )
    return found
