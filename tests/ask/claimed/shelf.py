"""A small edition that is joined: made countries in two almanacs of two years, and in a Chinese one."""

from __future__ import annotations

from pathlib import Path

from galactica import library
from tests.joining.making import built

COUNTRIES = {
    "Varaland": ("Holm", "4,120", "812,300", "Nordia; Sund; Ostia", "Ann Lee"),
    "Nordia": ("Ask", "9,850", "2,104,500", "Varaland; Sund", "Per Berg"),
    "Sund": ("Lund", "310", "95,200", "Varaland; Nordia", "Ida Falk"),
    "Ostia": ("Vik", "1,200", "640,000", "Varaland", "Ole Dahl"),
}
"""Name → capital, area, population, neighbours, head of state."""

CHINESE = {"瓦拉国": ("霍尔姆", "4,120", "Varaland")}


def row(name: str, value: str) -> str:
    return f"<tr><th>{name}</th><td>{value}</td></tr>"


def country(title: str, year: int, *, people: str = "", capital: str = "", head: str = "", more: str = "") -> str:
    """The body of an article of one year."""
    own, area, inhabitants, neighbours, ruler = COUNTRIES[title]
    rows = (
        row("Capital", capital or own)
        + row("Area", f"{area} km2")
        + row("Population", f"{people or inhabitants} ({year})")
        + row("Border countries", neighbours)
        + row("Chief of state", f"{head or ruler} (since {year - 3})")
        + row("Government type", "republic")
        + more
    )
    return f"<p>{title} is a country in the north.</p><table>{rows}</table>"


def made_shelf(folder: Path) -> Path:
    """The edition, joined."""
    new = {
        "Varaland": country("Varaland", 2024, head="Eva Lind"),
        "Nordia": country("Nordia", 2024),
        "Sund": country("Sund", 2024, capital="Malm"),
        "Ostia": country("Ostia", 2024),
    }
    old = {
        "Varaland": country("Varaland", 2014, people="798,000"),
        "Nordia": country("Nordia", 2014, people="2,000,100"),
        "Sund": country("Sund", 2014, people="95,000"),
    }
    towns = "<p>Holm is a town in Varaland. It is planned that its population will be 30,000 in 2040.</p>"
    edition = built(
        folder,
        almanac=[
            {"path": name, "title": name, "body": body, "language": "en", "published": "2024-05-01"}
            for name, body in new.items()
        ],
        yearbook=[
            {"path": name, "title": name, "body": body, "language": "en", "published": "2014-05-01"}
            for name, body in old.items()
        ]
        + [{"path": "Holm", "title": "Holm", "body": towns, "language": "en"}],
        nianjian=[
            {
                "path": name,
                "title": name,
                "aliases": [latin],
                "body": f"<p>{name}是一个国家。</p>"
                + f"<table>{row('首都', capital)}{row('面积', f'{area}平方公里')}</table>",
                "language": "zh",
            }
            for name, (capital, area, latin) in CHINESE.items()
        ],
    )
    edition.close()
    for stage in ("claims", "topics", "properties"):
        library.join(edition.path, only=stage)
    return edition.path
