"""Claims of infoboxes, and of other tables of two columns: a row says of the article's thing what its first cell names.

Rules:
1. A table near the article's beginning whose rows are a name and a value is about the article's thing; a further one
   only where its caption is the article's title. Below a heading it is where no property stands in two such tables.
2. A row below a heading of its own ("Area", then "• Total", "• Land") is named by both.
3. A box with a date of birth is a person's: what no person has is somebody else's there (`Property.person`); what only
   some boxes have needs its company (`Property.beside`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from galactica.claims.cell_words import cell_words
from galactica.claims.cells import ArticleLayout, LaidCell, LaidTable
from galactica.claims.found import FoundClaims
from galactica.claims.property_table import LONGEST_NAME, Property, name_key, properties_called
from galactica.claims.remarks import remarks_in, without_brackets
from galactica.claims.times import spoken_time
from galactica.claims.unit_signs import unit_named
from galactica.claims.values_read import JOINT, CellValue, values_read
from galactica.codes.letters import title_key
from galactica.languages import primary

ORIGIN = "infobox"

LEAST_KNOWN = 3
"""Rows of known names that make a table without headings a box."""

MOST_ROWS = 1_000
"""Rows of a box that are read; the longest infobox has some 300."""

LEAST_DEEPER = 2
"""Rows of known names that a box below a heading must have: a table of the weather has only a place."""

MOST_TO_ONE = 5
"""Rows of such a box for each of a known name: a table of the weather may have a place and a date among thirty."""

_BULLETS = "•·-–—*▪◦"


@dataclass(frozen=True, slots=True, kw_only=True)
class BoxRow:
    """A row of a box that names properties.

    Attributes:
        name: of the row, without its brackets, as it is compared.
        properties: those that it may give.
        time, unit: what its name says in brackets.
        number: of the box.
    """

    name: str
    label: LaidCell
    value: LaidCell
    properties: tuple[Property, ...]
    time: str = ""
    unit: str = ""
    number: int = 0


def box_claims(found: FoundClaims, layout: ArticleLayout) -> None:
    """Adds the claims of an article's boxes."""
    language = primary(found.article.language)
    boxes = [table for table in layout.tables if is_box(layout.text, table, language)]
    near = [table for table in boxes if not table.depth]
    title = title_key(found.article.title)
    same = [table for table in near[1:] if title_key(layout.text[slice(*table.caption)]) == title]
    own = [*near[:1], *same]
    _read(found, layout, [row for number, table in enumerate(own) for row in box_rows(layout, table, language, number)])
    deeper = [
        row for number, table in enumerate(boxes) if table.depth for row in box_rows(layout, table, language, number)
    ]
    known = Counter(row.number for row in deeper)
    deeper = [
        row for row in deeper if known[row.number] >= max(LEAST_DEEPER, len(boxes[row.number].rows) / MOST_TO_ONE)
    ]
    places: dict[str, set[int]] = {}
    for row in deeper:
        for each in row.properties:
            places.setdefault(each.id, set()).add(row.number)
    once = [row for row in deeper if all(len(places[each.id]) == 1 for each in row.properties)]
    found.left.update((ORIGIN, row.properties[0].id, "several-boxes") for row in deeper if row not in once)
    _read(found, layout, once)


def is_box(text: str, table: LaidTable, language: str) -> bool:
    """Whether the rows of a table are names with a value each."""
    pairs = several = known = 0
    for row in table.rows:
        cells = _apart(row)
        if len(cells) < 2:
            continue
        several += 1
        if len(cells) == 2:
            pairs += cells[0].head and not cells[1].head
            known += bool(properties_called(text[cells[0].start : cells[0].end], language))
    if not several:
        return False
    if pairs >= 0.6 * several:
        return True
    two = all(len(_apart(row)) <= 2 for row in table.rows)
    return two and not table.depth and known >= LEAST_KNOWN and not any(cell.head for cell in table.rows[0])


def box_rows(layout: ArticleLayout, table: LaidTable, language: str, number: int) -> Iterator[BoxRow]:
    """The rows of a box that name properties."""
    text, section, dated = layout.text, "", ""
    for row in table.rows[:MOST_ROWS]:
        cells = _apart(row)
        full = [cell for cell in cells if cell.end > cell.start]
        if not full:
            continue
        label = full[0]
        written = text[label.start : label.end]
        if len(full) == 1:
            if label.head and len(written) <= 2 * LONGEST_NAME:
                bare, inside = without_brackets(written, 0, len(written))
                section, dated = " ".join(bare.split()), remarks_in(inside).time
            continue
        if len(cells) != 2 or len(written) > 2 * LONGEST_NAME:
            continue
        bare, inside = without_brackets(written, 0, len(written))
        below = written[:1] in _BULLETS
        properties = _named(written, bare, section if below or name_key(bare) in cell_words("whole") else "", language)
        if not below:
            section, dated = " ".join(bare.split()), ""
        if properties:
            yield BoxRow(
                name=name_key(bare) if not below else name_key(f"{section} {bare.strip(_BULLETS)}"),
                label=label,
                value=cells[1],
                properties=properties,
                time=remarks_in(inside).time or (dated if below else ""),
                unit=next(filter(None, map(unit_named, inside)), ""),
                number=number,
            )


def _named(written: str, bare: str, section: str, language: str) -> tuple[Property, ...]:
    """The properties that a row names, alone or below a heading."""
    if not section:
        return properties_called(written, language) or properties_called(bare, language)
    name = bare.strip(_BULLETS + " \xa0")
    if name_key(name) in cell_words("whole"):
        return properties_called(section, language)
    for both in (f"{section} {name}", f"{name} {section}"):
        if found := properties_called(both, language):
            return found
    return tuple(each for each in properties_called(name, language) if each.kind != "quantity")


def _read(found: FoundClaims, layout: ArticleLayout, rows: Sequence[BoxRow]) -> None:
    of_box: dict[int, set[str]] = {}
    for row in rows:
        of_box.setdefault(row.number, set()).update(each.id for each in row.properties)
    person = any(there & {"date_of_birth", "place_of_birth", "date_of_death"} for there in of_box.values())
    times = _times(layout, rows)
    for row in rows:
        there = of_box[row.number]
        faults: Counter[tuple[str, str, str]] = Counter()
        read: list[tuple[Property, CellValue]] = []
        for each in row.properties:
            if (
                (person and not each.person)
                or (each.beside and not there & set(each.beside))
                or there & set(each.apart)
            ):
                faults[ORIGIN, each.id, "another-thing"] += 1
                continue
            if row.name in each.dated:
                continue
            language = primary(found.article.language)
            behind = row.name in each.named.get(language, frozenset())
            values, fault = values_read(each, layout.text, row.value, language, unit=row.unit, behind=behind)
            read += [(each, value) for value in values]
            if fault:
                faults[ORIGIN, each.id, fault] += 1
        for each, value in read:
            time = row.time or times.get((row.number, each.id), "")
            span = row.label.start, max(row.value.end, row.label.end)
            found.add(each, value, span, origin=ORIGIN, rule=row.name, time=time if each.changes else "")
        told = faults if not read else {key: count for key, count in faults.items() if key[2] == JOINT}
        found.left.update(told)


def _times(layout: ArticleLayout, rows: Sequence[BoxRow]) -> dict[tuple[int, str], str]:
    """(box, property) → the time that a row of its own says its value is of: "Population as of"."""
    found = {}
    for row in rows:
        for each in row.properties:
            if row.name in each.dated:
                found[row.number, each.id] = spoken_time(layout.text[row.value.start : row.value.end])
    return found


def _apart(row: Sequence[LaidCell]) -> list[LaidCell]:
    """The cells of a row, those that span columns once."""
    found: list[LaidCell] = []
    for cell in row:
        if not found or found[-1] is not cell:
            found.append(cell)
    return found
