"""Charts and diagrams of Office as text: the numbers that a chart shows as a table, the words of a diagram as a list.

Numbers are those that the chart keeps of its last drawing (`c:numCache`), which need no other file.
"""

from __future__ import annotations

from xml.etree.ElementTree import Element

from galactica.sources.office.inline import text_html
from galactica.sources.office.number_format import number_shown
from galactica.sources.office.xmltree import first, number, text_of

MAX_POINTS = 2_000
"""Points of a series that are shown."""

MAX_SERIES = 100
"""Series of a chart that are shown."""


def chart_table(root: Element) -> str:
    """A chart as a figure with its title and a table: a row for each category, a column for each series."""
    title = " ".join(text_of(each) for each in root.iter("c:title") for each in each.iter("a:t"))
    series = list(root.iter("c:ser"))[:MAX_SERIES]
    names = [_points(first(each, "c:tx")) for each in series]
    heads = [next(iter(name.values()), "") for name in names]
    categories: dict[int, str] = {}
    columns: list[dict[int, str]] = []
    for each in series:
        for tag in ("c:cat", "c:xVal"):
            categories = categories or _points(first(each, tag))
        columns.append(_points(first(each, "c:val")) or _points(first(each, "c:yVal")))
    rows = sorted({*categories, *(place for column in columns for place in column)})[:MAX_POINTS]
    caption = f"<caption>{text_html(title)}</caption>" if title.strip() else ""
    if not rows:
        return f"<p>{text_html(title)}</p>" if title.strip() else ""
    head = "".join(f'<th scope="col">{text_html(name)}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{text_html(categories.get(row, ""))}</th>'
        + "".join(f"<td>{text_html(column.get(row, ''))}</td>" for column in columns)
        + "</tr>"
        for row in rows
    )
    first_row = f"<thead><tr><td></td>{head}</tr></thead>" if any(heads) else ""
    return f"<table>{caption}{first_row}<tbody>{body}</tbody></table>"


def _points(element: Element | None) -> dict[int, str]:
    """What a cache of points holds, by position; of categories of several levels the words of all, outermost first."""
    if element is None:
        return {}
    levels = list(element.iter("c:lvl"))
    if levels:
        found: dict[int, str] = {}
        for level in levels:
            for place, text in _level(level).items():
                found[place] = f"{text} {found[place]}" if place in found else text
        return found
    for each in element.iter():
        if each.tag in ("c:strCache", "c:numCache", "c:strLit", "c:numLit"):
            return _level(each)
    plainly = text_of(first(element, "c:v"))
    rich = "".join(each.text or "" for each in element.iter("a:t"))
    return {0: plainly or rich} if plainly or rich else {}


def _level(cache: Element) -> dict[int, str]:
    code = text_of(first(cache, "c:formatCode")) or "General"
    numeric = cache.tag in ("c:numCache", "c:numLit")
    found = {}
    for point in cache:
        if point.tag == "c:pt":
            text = text_of(first(point, "c:v"))
            found[number(point.get("idx"))] = _shown(text, point.get("formatCode", code)) if numeric else text
    return found


def _shown(text: str, code: str) -> str:
    """A number as its format says."""
    try:
        return number_shown(float(text), code)
    except (ValueError, OverflowError):
        return text


def diagram(root: Element) -> str:
    """The words of a diagram, in the order of its points."""
    said = []
    for point in root.iter("dgm:pt"):
        words = " ".join("".join(each.text or "" for each in text.iter("a:t")) for text in point.iter("a:p")).strip()
        if words and point.get("type", "node") in ("node", "asst", "doc"):
            said.append(f"<li>{text_html(words)}</li>")
    return f"<ul>{''.join(said)}</ul>" if said else ""
