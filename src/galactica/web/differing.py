"""The page on which an article's sources differ, with both quotations, and the switch of whom to believe."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from galactica import library
from galactica.model import article_id
from galactica.model.said import said
from galactica.web.api import found_article
from galactica.web.desk import Desk, span_address
from galactica.web.exchange import NotFoundError, Reply, WebRequest, as_json
from galactica.web.pages import marked
from galactica.wire.addresses import page_of_article
from galactica.wire.asked import MAX_SOURCE
from galactica.wire.differing import disagreements_document

if TYPE_CHECKING:
    from galactica.library import ShownClaim

KINDS = {
    "differ": "differ_differ",
    "undated": "differ_undated",
    "time": "differ_time",
    "several": "differ_several",
    "rounding": "differ_rounding",
    "agree": "differ_agree",
}
LIMITS = {
    "reported": "limit_reported",
    "negated": "limit_negated",
    "planned": "limit_planned",
    "estimated": "limit_estimated",
    "disputed": "limit_disputed",
    "former": "limit_former",
}
REASONS = {
    "rounding": "reason_rounding",
    "precision": "reason_precision",
    "calendars": "reason_calendars",
    "part": "reason_part",
}
"""What is said, and the key of the words for it."""


def differences(desk: Desk, request: WebRequest) -> Reply:
    """Where the sources differ on what an article is about; `trust` is the key of a source that is believed first."""
    edition = desk.edition(request.step(1))
    source, path = request.step(2), request.rest(3)
    row = edition.row_of(article_id(source, path))
    if row is None:
        raise NotFoundError(said("no-such-page", "There is no such page."), said("go-back", "Go back to the article."))
    believed = request.text("trust", limit=MAX_SOURCE)
    groups = library.Differing(edition, request.language).about(row, trust=_first(believed))
    keys = {each.key: each.source for group in groups for side in group.sides for each in side.claims}
    head = edition.head(row)
    return desk.renderer.page(
        "differences",
        request,
        info=desk.infos[edition.root],
        head=head,
        place=page_of_article(edition.root, head.source, head.path),
        groups=[group for group in groups if group.kind.value != "agree"],
        agreeing=[group for group in groups if group.kind.value == "agree"],
        sources=sorted(keys.items(), key=lambda pair: (pair[1], pair[0])),
        trusted=believed,
        decided=sum(group.belief.side >= 0 for group in groups),
        against=sum(group.belief.against_most for group in groups),
        open=sum(group.kind.value in ("differ", "undated") for group in groups),
        kinds=KINDS,
        limits=LIMITS,
        reasons=REASONS,
        together=_together,
        quoted=partial(_quoted, edition.root),
        said=lambda claim: marked(claim.quote, (claim.mark,) if claim.mark[0] < claim.mark[1] else ()),
    )


def api_disagreements(desk: Desk, request: WebRequest) -> Reply:
    """The same as JSON, by `id` or `title` of the article, or by `edition`, `source` and `path`."""
    edition, row = found_article(desk, request)
    believed = request.text("trust", limit=MAX_SOURCE)
    groups = library.Differing(edition, request.language).about(row, trust=_first(believed))
    counts = Counter(group.kind.value for group in groups)
    return as_json(disagreements_document(edition.root, groups, dict(counts), []))


def _first(source: str) -> library.Trust | None:
    return library.Trust(order=(source,)) if source else None


def _together(claims: Sequence[ShownClaim]) -> list[list[ShownClaim]]:
    """Claims in the same words together, in the order of the first of each."""
    found: dict[tuple[str, tuple[int, int]], list[ShownClaim]] = {}
    for each in claims:
        found.setdefault((each.quote, each.mark), []).append(each)
    return list(found.values())


def _quoted(root: str, claim: ShownClaim) -> str:
    """Where a quotation stands in the page of its article, marked."""
    first, last = claim.mark
    return span_address(
        root, claim.key, claim.path, (claim.start, claim.end), (claim.start + first, claim.start + last)
    )
