"""The table of claims of an edition, where it has one: what articles say, as property and value with its span.

A claim is a row with `article` (its row among the articles), `start`, `end` (its span in the projection), `property`
and `value`. Editions of format 1 have no such table; whether there is one is asked once for each library.
"""

from __future__ import annotations

import threading
from weakref import WeakKeyDictionary

from galactica.ask.evidence import cite
from galactica.ask.group.desk import Finding, Workspace, marked_at
from galactica.ask.holdings import Holdings
from galactica.ask.named import keys_of
from galactica.claims.property_table import property_named
from galactica.errors import GalacticaError
from galactica.model.said import said

COLUMNS = frozenset(("article", "start", "end", "property", "value"))
MOST_CLAIMS = 50
SURE = 7.0
"""How far over the threshold a claim is whose property is all that the question asks of the article."""

_KNOWN: WeakKeyDictionary[Holdings, bool] = WeakKeyDictionary()
_LOCK = threading.Lock()


def claims(desk: Workspace) -> list[Finding]:
    """What the table of claims says of the articles that the question names, best first."""
    if not desk.names or not has_claims(desk.asked.holdings):
        return []
    ids = ", ".join(f"'{name.place[1].hex()}'" for name in desk.names)
    query = (
        'SELECT a.id, c.start, c."end", c.property, c.value FROM claims c '  # noqa: S608 - ids are hexadecimal digits
        "JOIN articles a ON a.row = c.article AND a.edition = c.edition "
        f"WHERE a.id IN ({ids}) LIMIT {20 * MOST_CLAIMS}"
    )
    try:
        _, rows = desk.asked.holdings.rows(query)
    except GalacticaError:
        return []
    places = {name.place[1].hex(): name.place for name in desk.names}
    found: list[Finding] = []
    for row in rows:
        finding = _finding(desk, places, row)
        if finding is not None:
            found.append(finding)
    return sorted(found, key=lambda finding: -finding.marked.value)[:3]


def has_claims(holdings: Holdings) -> bool:
    """Whether a library has a table of claims that can be read."""
    with _LOCK:
        known = _KNOWN.get(holdings)
    if known is None:
        try:
            _, rows = holdings.rows("SELECT column_name FROM information_schema.columns WHERE table_name = 'claims'")
            known = {str(row[0]) for row in rows} >= COLUMNS
        except GalacticaError:
            known = False
        with _LOCK:
            _KNOWN[holdings] = known
    return known


def _finding(desk: Workspace, places: dict[str, tuple[str, bytes]], row: tuple[object, ...]) -> Finding | None:
    identity, start, end, prop, value = row
    place = places.get(str(identity))
    page = None if place is None else desk.asked.holdings.page(*place)
    if page is None or not isinstance(start, int) or not isinstance(end, int) or not 0 <= start < end <= len(page.text):
        return None
    language = page.article.language
    wanted = desk.asked.question.keys - keys_of(page.article.title, language)
    shared = len(wanted & keys_of(str(prop)[:200], language)) / max(1, len(wanted))
    at = page.text.find(str(value), start, end)
    if shared < 0.5 or at < 0:
        return None
    marked = marked_at(page, at, at + len(str(value)), SURE * shared, desk.asked.reader.threshold)
    return Finding(
        who="tables",
        marked=marked,
        citation=cite(page, start, end, (at - start, at - start + len(str(value)))),
        reason=said(
            "claims-give",
            "The table of claims gives the {property} of “{title}”.",
            property=property_named(str(prop)),
            title=page.article.title,
        ),
    )
