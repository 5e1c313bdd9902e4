"""What came of everything that an edition was made of: a page and a JSON document."""

from __future__ import annotations

from galactica import library
from galactica.errors import UsageError
from galactica.web.desk import Desk
from galactica.web.exchange import Reply, WebRequest, as_json
from galactica.web.reasons import REASONS
from galactica.wire.report import report_document

COLUMNS = (
    ("files", "report_files"),
    ("read", "report_read"),
    ("articles", "articles_label"),
    ("aliases", "other_titles"),
    ("works", "works"),
    ("statements", "statements"),
    ("media", "media"),
    ("rejected", "report_left_out"),
)
"""What is counted, and the key of the words for it. A column without any is not shown."""


def report_page(desk: Desk, request: WebRequest) -> Reply:
    """The table by kind, and what was left out of each, with examples."""
    edition = desk.edition(request.step(1))

    def make() -> Reply:
        report = library.edition_report(edition)
        sums = {name: getattr(report.total, name) for name, _ in COLUMNS} | {"rejected": report.rejected}
        return desk.renderer.page(
            "report",
            request,
            info=desk.infos[edition.root],
            report=report,
            sums=sums,
            columns=[(name, words) for name, words in COLUMNS if sums[name]],
            reasons=REASONS,
        )

    return desk.kept(("report", edition.root, request.language, request.look), make)


def api_report(desk: Desk, request: WebRequest) -> Reply:
    """The same as JSON, by `edition`."""
    name = request.text("edition", limit=200)
    if not name:
        raise UsageError("“edition” is missing.", "Add edition=… to the address.")
    edition = desk.edition(name)
    return desk.kept(("api-report", edition.root), lambda: as_json(report_document(library.edition_report(edition))))
