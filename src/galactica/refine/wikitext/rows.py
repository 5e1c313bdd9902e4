"""Ways of doing for what templates hold in rows: tables, songs, matches, weather, the boxes of family trees."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from galactica.refine.wikitext.makers import Given, positional
from galactica.refine.wikitext.page import WikiPage
from galactica.values.months import month_name, month_named

if TYPE_CHECKING:
    from galactica.refine.wikitext.table import TemplateRule

MAX_ROWS = 400
"""Rows of one list or table that a template makes."""


def table_row(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Rows and entries of tables that a template makes: every value, the named ones with their names."""
    rows = _pairs(given)
    if not any(label for label, _ in rows):
        return "\n\n" + " · ".join(value for _, value in rows) + "\n\n" if rows else ""
    inner = "".join(
        f'<tr><th scope="row">{label}</th><td>{html}</td></tr>' if label else f'<tr><td colspan="2">{html}</td></tr>'
        for label, html in ((name, page.render(value)) for name, value in rows)
        if html
    )
    return "\n" + page.set_aside(f"<table>{inner}</table>", block=True) + "\n" if inner else ""


_DECORATION = re.compile(
    r".*(?:style|color|colour|width|size|class|align|format|image|bg|background|icon|rowspan|colspan|px)\d*",
    re.IGNORECASE,
)


def _pairs(given: Given) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for key, value in given.items():
        if not value.strip() or _DECORATION.fullmatch(key) or key == "_name":
            continue
        out.append(("" if key.isdecimal() and len(key) < 3 else argument_label(key), value.strip()))  # 1900=… is a year
    return out[:MAX_ROWS]


def argument_label(key: str) -> str:
    """The name of an argument as a label."""
    words = " ".join(key.replace("_", " ").split())
    return escape(words[:1].upper() + words[1:80], quote=False)


_SONG = re.compile(
    r"(title|titre|titel|titolo|título|titulo|note|writer|lyrics|music|extra|length|artist|performer|durée|durata|tid"
    r"|duration|duración|lengte|tekst|muziek|autore|autor|testo e musica|musica|paroles|musique|note_|infó|kesto"
    r"|tempo|música"
    r"|letra|producer|compositor|auteur|compositeur|länge|autoren|автор|название|длительность)[ _]?(\d{1,3})\Z",
    re.IGNORECASE,
)
_SONG_TITLE = frozenset(("title", "titre", "titel", "titolo", "título", "titulo", "название"))


def songs(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{Track listing|title1=Dawn|length1=3:02}}`: a numbered row a song: title, what is said of it, length."""
    rows: dict[int, list[tuple[str, str]]] = {}
    rest: list[str] = []
    total = ""
    for key, value in given.items():
        match = _SONG.match(key)
        if not value.strip():
            continue
        if match:
            rows.setdefault(int(match[2]), []).append((match[1].lower(), value.strip()))
        elif key.lower() in ("headline", "titel", "title", "titre", "titolo", "título", "caption"):
            rest.insert(0, value)
        elif key.lower() in ("total_length", "durée totale", "durata totale"):
            total = value
        elif key.isdecimal():
            rest.append(value)
        elif not _DECORATION.fullmatch(key) and value.strip().lower() not in ("yes", "no", "y", "n", "oui", "sì", "ja"):
            rest.append(f"{argument_label(key)}: {value}")
    out = [f"\n\n{line}\n" for line in rest]
    body = []
    for number in sorted(rows)[:MAX_ROWS]:
        titles = [value for kind, value in rows[number] if kind in _SONG_TITLE]
        others = [value for kind, value in rows[number] if kind not in _SONG_TITLE]
        cells = "".join(f"<td>{page.render(value)}</td>" for value in (" ".join(titles), *others))
        body.append(f"<tr><td>{number}.</td>{cells}</tr>")
    table = page.set_aside(f"<table>{''.join(body)}</table>", block=True) if body else ""
    return "".join(out) + (f"\n{table}\n" if table else "") + (f"\n\n{total}\n" if total else "")


def tree(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """Boxes of a family tree: their words, without the lines between them."""
    names = [
        value.strip()
        for key, value in given.items()
        if not key.isdecimal()
        and value.strip()
        and not _DECORATION.fullmatch(key)
        and not key.startswith(("box", "border"))
    ]
    names += [
        value for value in positional(given) if len(value) > 3 and not re.fullmatch(r"[-~!,.()|+^v:`'*@ ]+", value)
    ]
    return "\n\n" + " · ".join(names[:MAX_ROWS]) + "\n\n" if names else ""


def match(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """`{{football box|date=…|team1=…|score=…}}`: one line: when, who against whom and how, then all else."""
    values = {
        key.lower(): value.strip() for key, value in given.items() if value.strip() and not _DECORATION.fullmatch(key)
    }
    score = values.pop("score", "") or "–"
    when = " ".join(values.pop(key) for key in ("date", "time") if key in values)
    teams = (
        f"{values.pop('team1', values.pop('home', ''))} {score} {values.pop('team2', values.pop('away', ''))}".strip()
    )
    rest = [value if key.isdecimal() else f"{argument_label(key)}: {value}" for key, value in values.items()]
    lines = [" – ".join(part for part in (when, teams) if part), *rest]
    return "\n\n" + "<br>".join(line.replace("\n*", "<br>").replace("\n", " ") for line in lines if line) + "\n\n"


def climate(page: WikiPage, given: Given, rule: TemplateRule) -> str:
    """A table of weather: one row for what was measured, its months in one cell; all else as it is named."""
    rows: dict[str, list[tuple[int, str]]] = {}
    for key, value in _pairs({f"{name}": value for name, value in given.items() if not name.isdecimal()}):
        first, _, rest = key.replace("-", " ").partition(" ")
        month = month_named(first, page.language) if rest else 0
        label = rest[:1].upper() + rest[1:] if month else key
        rows.setdefault(label, []).append(
            (month, value.replace("-", "−") if re.fullmatch(r"-\d+(\.\d+)?", value) else value)
        )
    inner = ""
    for label, values in rows.items():
        shown = ", ".join(f"{month_name(month, page.language)} {value}" if month else value for month, value in values)
        inner += f'<tr><th scope="row">{label}</th><td>{page.render(shown)}</td></tr>'
    numbers = " ".join(value for value in positional(given) if value)
    inner += f'<tr><td colspan="2">{page.render(numbers)}</td></tr>' if numbers else ""
    return "\n" + page.set_aside(f"<table>{inner}</table>", block=True) + "\n" if inner else ""
