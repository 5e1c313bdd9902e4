"""Putting an edition on paper or film, and making one again from scans of the pages."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Final

from galactica.building.order.ordering import OrderedArticles, ordered_articles
from galactica.building.order.policy import Policy, default_policy, policy_choosing, read_policy
from galactica.collection.opening import open_library
from galactica.edition import Edition
from galactica.engrave.stream.chosen import ChosenArticles
from galactica.engrave.stream.engraving import Engraving, engrave_articles
from galactica.engrave.stream.grouped import DEFAULT_SURVIVE
from galactica.errors import UsageError
from galactica.faults import stopped
from galactica.placing import check_place
from galactica.progress import Report, silent

if TYPE_CHECKING:
    from galactica.engrave.pages.sizes import PageLayout
    from galactica.engrave.primer.pages import Primer

WORKING: Final = ".engraving"
"""What the folder is called, behind the PDF's name, in which payloads lie while pages are drawn."""

SEARCHED: Final = 50
"""Articles that are taken of a search, where no title and no category has the words."""

_SAMPLE: Final = 5
"""Articles of the set that tells how many pages a primer has."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngraveOptions:
    """How an edition is put on pages.

    Attributes:
        pages: "A4", "A3" or "film".
        dpi: 300, 600 or 1200.
        select: titles, topics, words; without any, all articles.
        budget: pages at the most, the primer's among them; 0: as many as it takes.
        policy: file that says in which order; None: safety and medicine first.
        cell: pixels of a cell, 2 or more; 0: the usual.
        check: percent of the bytes of a sheet that mend the others; 0: the usual.
        survive: percent of the sheets of each group that may be lost.
        primer: with the pages that say how the others are read.
        force: whether a file at the place may be replaced.
        masters: a folder to make, of each page as a picture; None: none.
        form: of masters, "tiff" or "png".
        fonts: files of fonts for scripts that the primer's own lack.
    """

    pages: str = "A4"
    dpi: int = 600
    select: tuple[str, ...] = ()
    budget: int = 0
    policy: Path | None = None
    cell: int = 0
    check: int = 0
    survive: int = DEFAULT_SURVIVE
    primer: bool = True
    force: bool = False
    masters: Path | None = None
    form: str = "tiff"
    fonts: tuple[Path, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EngravedPages:
    """What was put on pages.

    Attributes:
        out: the PDF; bytes: of it.
        root, title: of the edition.
        set_id: number of the set, hexadecimal.
        pages: of the PDF; primer: of these in front of the sheets.
        sheets, data, parity, groups: of the set; parity sheets of all groups.
        articles: on the sheets; of: in the edition.
        left_out: table → records that are not on the sheets.
        payload: bytes on the data sheets; capacity: that a sheet carries.
        missing: what was named (`select`) and fits no article.
    """

    out: Path
    bytes: int
    root: str
    title: str
    set_id: str
    pages: int
    primer: int
    sheets: int
    data: int
    parity: int
    groups: int
    articles: int
    of: int
    left_out: tuple[tuple[str, int], ...]
    payload: int
    capacity: int
    missing: tuple[str, ...]

    @property
    def net(self) -> int:
        """Bytes of payload by sheet, parity sheets reckoned in."""
        return self.payload // max(1, self.sheets)


def engrave(
    edition: Path, out: Path, *, options: EngraveOptions | None = None, report: Report = silent
) -> EngravedPages:
    """Put an edition, or the most important of it, onto pages: a PDF, and masters.

    Args:
        edition: its folder.
        out: the PDF to make.
        report: stages "order" and "fill" (articles), "parity" (sheets), "draw" (pages).

    Raises:
        UsageError: there are no such pages; no article is chosen, or fits; something stands at a place.
        EditionError: the edition is damaged.
        MissingError: a package or room is missing.
        LimitError: an article is too large for a sheet, or there are too many sheets.
    """
    from galactica.engrave.pages.sizes import DEFAULT_CELL_PX, page_layout
    from galactica.engrave.sheet.layout import DEFAULT_CHECK

    chosen = options or EngraveOptions()
    if chosen.cell == 1:
        raise UsageError("Squares of one dot do not come back from a scan.", "Take --cell 2 or more; 3 is the usual.")
    layout = page_layout(chosen.pages, chosen.dpi, chosen.cell or DEFAULT_CELL_PX, float(chosen.check) or DEFAULT_CHECK)
    check_place(out, force="--force", replace=chosen.force)
    masters = _masters(chosen)
    work = out.with_name(f"{out.name}{WORKING}")
    shutil.rmtree(work, ignore_errors=True)
    try:
        work.mkdir()
        with Edition.open(edition) as opened:
            articles, missing = _articles(opened, chosen, report)
            engraving, primer = _engraving(articles, work, layout, chosen, report)
            title, of = opened.statement.title, len(opened)
            size = _printed(engraving, primer, layout, out, chosen, title=title, masters=masters, report=report)
        if masters is not None and chosen.masters is not None:
            masters.rename(chosen.masters)
    except OSError as error:
        raise stopped("Putting the edition on pages", error, out) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if masters is not None:
            shutil.rmtree(masters, ignore_errors=True)
    plan = engraving.plan
    return EngravedPages(
        out=out,
        bytes=size,
        root=engraving.root.hex(),
        title=title,
        set_id=engraving.sheets[0].header.set_id.hex(),
        pages=plan.sheets + (len(primer) if primer else 0),
        primer=len(primer) if primer else 0,
        sheets=plan.sheets,
        data=plan.data,
        parity=plan.groups * plan.parity,
        groups=plan.groups,
        articles=engraving.articles,
        of=of,
        left_out=tuple(sorted(engraving.left_out.items())),
        payload=engraving.bytes,
        capacity=layout.sheet.capacity,
        missing=missing,
    )


def _masters(chosen: EngraveOptions) -> Path | None:
    """The folder that masters are written to before it has its name."""
    if chosen.masters is None:
        return None
    from galactica.engrave.pages.masters import check_form

    check_form(chosen.form)
    if os.path.lexists(chosen.masters):
        raise UsageError(f"{chosen.masters} is there already.", "Name a folder that is not there.")
    part = chosen.masters.with_name(f"{chosen.masters.name}{WORKING}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    return part


def _articles(opened: Edition, chosen: EngraveOptions, report: Report) -> tuple[ChosenArticles, tuple[str, ...]]:
    """The articles that are chosen, in order, and what was named for which there is none."""
    policy = read_policy(chosen.policy) if chosen.policy is not None else default_policy()
    if not chosen.select:
        ordered = ordered_articles(opened, policy, report)
        return ChosenArticles(opened, ordered, ordered.rows), ()
    naming = policy_choosing(chosen.select, policy)
    ordered = ordered_articles(opened, naming, report)
    rows = list(ordered.rows[: ordered.ends[-2]])
    missing = []
    for term in _without(naming, ordered):
        found = _searched(opened, term)
        rows += [row for row in found if row not in set(rows)]
        if not found:
            missing.append(term)
    return ChosenArticles(opened, ordered, rows), tuple(missing)


def _without(naming: Policy, ordered: OrderedArticles) -> list[str]:
    """What was named and has no article of its own."""
    counts = [high - low for low, high in zip((0, *ordered.ends), ordered.ends, strict=False)]
    return [group.called for group, count in zip(naming.groups, counts, strict=False) if not count]


def _searched(opened: Edition, words: str) -> list[int]:
    """Rows of the articles that a search for these words finds, the best first."""
    with open_library([opened.path]) as library:
        hits = library.search(words, limit=SEARCHED, by="words").hits
    return [row for hit in hits if (row := opened.row_of(hit.id)) is not None]


def _engraving(
    articles: ChosenArticles, work: Path, layout: PageLayout, chosen: EngraveOptions, report: Report
) -> tuple[Engraving, Primer | None]:
    """The sheets, and the primer that goes in front of them; both together have no more pages than the budget."""

    def filled(budget: int, of: ChosenArticles) -> Engraving:
        return engrave_articles(
            of, work, capacity=layout.sheet.capacity, survive=chosen.survive, budget=budget, report=report
        )

    if not chosen.primer:
        return filled(chosen.budget, articles), None

    from galactica.engrave.primer.facts import printing_facts
    from galactica.engrave.primer.pages import Primer

    def primer(engraving: Engraving) -> Primer:
        size = {"width_px": layout.width_px, "height_px": layout.height_px}
        facts = printing_facts(engraving, layout.sheet, fonts=chosen.fonts, **size)
        try:
            return Primer(facts)
        except UsageError:  # too coarse for QR codes: film
            return Primer(facts, codes=False)

    pages = len(primer(filled(0, articles.first(_SAMPLE)))) if chosen.budget else 0
    while True:
        if chosen.budget and chosen.budget <= pages:
            raise UsageError(
                f"{chosen.budget} pages have no room for articles: the primer has {pages}.",
                "Allow more pages (--budget), or leave the primer out (--no-primer).",
            )
        engraving = filled(max(0, chosen.budget - pages), articles)
        made = primer(engraving)
        if not chosen.budget or len(made) + engraving.plan.sheets <= chosen.budget:
            return engraving, made
        pages = len(made)


def _printed(
    engraving: Engraving,
    primer: Primer | None,
    layout: PageLayout,
    out: Path,
    chosen: EngraveOptions,
    *,
    title: str,
    masters: Path | None,
    report: Report,
) -> int:
    from galactica.engrave.pages.printing import primer_pages_of, print_pages, sheet_pages
    from galactica.engrave.primer.fonts import Fonts

    count = len(primer) if primer else 0
    first = primer_pages_of(primer) if primer else ()
    identity = (engraving.sheets[0].header.set_id + engraving.root)[:16]
    return print_pages(
        chain(first, sheet_pages(engraving, layout, Fonts(chosen.fonts), title=title, primer=count)),
        out,
        dpi=layout.dpi,
        title=title,
        identity=identity,
        total=count + engraving.plan.sheets,
        force=chosen.force,
        masters=masters,
        form=chosen.form,
        report=report,
    )
