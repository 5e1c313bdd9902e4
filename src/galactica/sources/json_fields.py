"""Objects of JSON without a text: what they hold, as a table of their fields; features of GeoJSON among them.

Rules: objects inside objects are written as "outer: inner", lists of plain values in one cell; nothing is left out but
the points of a geometry, which are counted, and what goes beyond the bounds, which is too. Standard: RFC 7946.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape

from galactica.sources.columns import GUESSES, Value, one_text, plain_text

MAX_FIELDS = 1_000
"""Fields of one object that are shown."""

MAX_DEPTH = 12
"""Objects inside each other that are taken apart; what is deeper is counted."""

LONGEST = 20_000
"""Characters of one field."""

ALIKE = 0.5
"""Share of the members of the first object that another one of a mapping has, at least, for all to be rows."""

FIELDS = "(fields)"
"""Name of the column that such a table of fields is put into."""

POINTS = "(points)"
"""Name of the member that holds how many points of a feature's geometry are not told."""

_NOT_COMPARED = frozenset(("key", "id", "geometry", "coordinates", POINTS))

Object = Mapping[str, Value]


def title_column(sample: Sequence[Object]) -> str:
    """The member that most objects are named by; "" where there is none, or they are not of one kind."""
    if not sample:
        return ""
    names = {name.strip().lower().replace(" ", "_").replace("-", "_"): name for row in sample for name in row}
    for guess in (*GUESSES["title"], "key"):
        name = names.get(guess)
        if name is not None and sum(bool(_line(row.get(name))) for row in sample) * 2 > len(sample):
            return name if _are_alike(sample) else ""
    return ""


def _are_alike(sample: Sequence[Object]) -> bool:
    """Whether objects have members in common: rows of a table do, settings of a program do not."""
    kinds = [set(row) - _NOT_COMPARED for row in sample]
    first = kinds[0]
    if len(sample) == 1:
        return len(sample[0]) > 1 and "key" not in sample[0]
    near = sum(len(first & row) >= ALIKE * len(first | row) for row in kinds[1:])
    return bool(first) and near >= ALIKE * (len(sample) - 1)


def fields_html(row: Object, title: str, most: int | None = None) -> tuple[str, int]:
    """(the fields of an object as a table, how many were left out).

    Args:
        most: fields that are shown; None for `MAX_FIELDS`.
    """
    most = MAX_FIELDS if most is None else most
    rows: list[str] = []
    lost = 0
    for name, text in plain_fields(row, ""):
        if name == title:
            continue
        if len(rows) >= most or text is None:
            lost += 1
            continue
        lost += len(text) > LONGEST
        rows.append(
            f'<tr><th scope="row">{escape(name, quote=False)}</th><td>{escape(text[:LONGEST], quote=False)}</td></tr>'
        )
    return f"<table><tbody>{''.join(rows)}</tbody></table>", lost


def fields_text(value: Value) -> str:
    """A nested value as lines "name: text"."""
    lines = (f"{name}: {text}" if name else text for name, text in plain_fields(value, "") if text)
    return "\n\n".join(lines)


def feature(value: Object) -> tuple[Object, int]:
    """(a feature of GeoJSON as a plain object, points of its geometry that it does not hold); others as they are."""
    if value.get("type") != "Feature" or not isinstance(value.get("properties"), Mapping | None):
        return value, 0
    properties = value.get("properties")
    made: dict[str, Value] = dict(properties) if isinstance(properties, Mapping) else {}
    for name, inside in value.items():
        if name not in ("type", "properties", "geometry"):
            made.setdefault(name, inside)
    geometry = value.get("geometry")
    if not isinstance(geometry, Mapping):
        return made, 0
    kind, points = one_text(geometry.get("type")), list(_points(geometry))
    if kind == "Point" and len(points) == 1:
        place = geometry.get("coordinates")
        plain = isinstance(place, list) and all(isinstance(each, int | float) for each in place)
        x, y, *above = place if isinstance(place, list) and plain else points[0]
        height = above[:1] if above and above[0] else []
        taken = height and made.get("altitude", height[0]) != height[0]  # the name is, for another height
        made["coordinates"] = ", ".join(plain_text(each) for each in (y, x, *(height if taken else ())))
        if height:
            made.setdefault("altitude", height[0])
        return made, 0
    made["geometry"] = shape_told(kind, points)
    return made, len(points)


def shape_told(kind: str, points: Sequence[tuple[float, float]]) -> str:
    """A geometry of a map: its kind, how many points it has, its bounds.

    Args:
        points: (longitude, latitude) of each.
    """
    if not points:
        return kind
    west, east = min(x for x, _ in points), max(x for x, _ in points)
    south, north = min(y for _, y in points), max(y for _, y in points)
    return f"{kind}, {len(points):,} points, from {south}, {west} to {north}, {east}"


def _points(geometry: Value, depth: int = 0) -> Iterator[tuple[float, float]]:
    """The positions of a geometry, (longitude, latitude)."""
    if isinstance(geometry, Mapping):
        for name in ("coordinates", "geometries"):
            yield from _points(geometry.get(name), depth + 1)
    elif isinstance(geometry, list) and depth <= MAX_DEPTH:
        if len(geometry) >= 2 and all(isinstance(each, int | float) for each in geometry[:2]):
            yield float(geometry[0]), float(geometry[1])  # seen just now
        else:
            for each in geometry:
                yield from _points(each, depth + 1)


def plain_fields(value: Value, name: str, depth: int = 0) -> Iterator[tuple[str, str | None]]:
    """(name, text) of each plain value inside a value; the text is None where it is too deep.

    Args:
        name: what the value is called.
        depth: of values around it.
    """
    if isinstance(value, Mapping):
        if depth > MAX_DEPTH:
            yield name, None
            return
        for inner, inside in value.items():
            yield from plain_fields(inside, f"{name}: {inner}" if name else inner, depth + 1)
    elif isinstance(value, list | tuple):
        if all(not isinstance(each, Mapping | list | tuple) for each in value):
            text = ", ".join(filter(None, map(_line, value)))
            if text:
                yield name, text
        elif depth > MAX_DEPTH:
            yield name, None
        else:
            for number, each in enumerate(value, 1):
                yield from plain_fields(each, f"{name} {number}".strip(), depth + 1)
    else:
        text = _line(value)
        if text:
            yield name, text


def _line(value: Value) -> str:
    """A plain value as text; what is absent is none."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    return plain_text(value).strip() if value is not None else ""
