"""What goes onto the sheets of a set: filled in order, parity over each group, a header for each.

The payloads lie in two files of a folder while pages are drawn: nothing is held but headers and titles. The same
articles and the same sheets always give the same set, whose number is a hash of all its data.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

from galactica.engrave.sheet.header import ROOT_BYTES, SET_BYTES, SheetHeader, sheet_digest
from galactica.engrave.stream.chosen import ArticleSet, ChosenArticles
from galactica.engrave.stream.filling import FilledSheet, SheetFiller
from galactica.engrave.stream.grouped import SetPlan, data_sheets_of, parity_of, plan_set
from galactica.errors import LimitError, UsageError
from galactica.progress import Report, silent

DATA, PARITY = "data.bin", "parity.bin"

MAX_SHEETS: Final = 1_000_000
"""Of a set: a printer's work of years."""

FULL: Final = 0.98
"""Share of the sheets of a budget that is enough: the number of articles is no longer looked for."""

_ATTEMPTS: Final = 6
"""Numbers of articles that are tried for a budget."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EngravedSheet:
    """A sheet of a set.

    Attributes:
        header: what is written on it.
        articles: that begin on it.
        first, last: titles of the first and the last of them; "" where there is none.
    """

    header: SheetHeader
    articles: int
    first: str
    last: str


class Engraving:
    """The sheets of a set, and their payloads.

    Args:
        folder: in which `DATA` and `PARITY` lie.
        plan: of the set.
        sheets: all, in order.

    Attributes:
        title: of the edition; root: 32 bytes.
        articles: how many the set has.
        left_out: table → records of the edition that it does not have.
    """

    def __init__(
        self, folder: Path, plan: SetPlan, sheets: Sequence[EngravedSheet], *, root: bytes, articles: ArticleSet
    ) -> None:
        self._folder, self.plan, self.sheets = folder, plan, sheets
        self.root, self.articles, self.left_out = root, len(articles), dict(articles.left_out)
        self._starts = _starts(sheets, plan)

    def payload(self, sheet: int) -> bytes:
        """The payload of a sheet."""
        with (self._folder / (DATA if sheet < self.plan.data else PARITY)).open("rb") as file:
            file.seek(self._starts[sheet])
            return file.read(self.sheets[sheet].header.used)

    @property
    def bytes(self) -> int:
        """Bytes of payload on all data sheets."""
        return sum(sheet.header.used for sheet in self.sheets[: self.plan.data])


def engrave_articles(
    chosen: ChosenArticles,
    folder: Path,
    *,
    capacity: int,
    survive: int,
    budget: int = 0,
    report: Report = silent,
) -> Engraving:
    """Fill the sheets of a set.

    Args:
        chosen: articles, the most important first.
        folder: to work in; must be there, and empty.
        capacity: bytes of a sheet.
        survive: percent of the sheets of each group that may be lost.
        budget: sheets at the most, parity among them; 0: as many as all the articles take.
        report: stages "choose" (attempts), "fill" (articles), "parity" (sheets).

    Raises:
        UsageError: the budget has no room for an article.
        EditionError: the edition is damaged.
        LimitError: sheets are too small, or too many.
    """
    plan_set(1, survive)  # says what is wrong with `survive`
    if not len(chosen):
        raise UsageError("No article is chosen.", "Choose others (--select), or leave it out to take all.")
    most = data_sheets_of(budget, survive) if budget else 0
    if budget and not most:
        raise UsageError(f"{budget} sheets hold nothing: there are parity sheets among them.", "Allow more pages.")
    articles, filled = _filled(chosen, folder, capacity, most, report)
    plan = plan_set(len(filled), survive)
    if plan.sheets > MAX_SHEETS:
        raise LimitError(f"It would be {plan.sheets:,} sheets.", "Choose fewer articles (--select, --budget).")
    return _with_parity(chosen, articles, folder, plan, filled, report)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Filled:
    """A data sheet whose payload is written."""

    used: int
    digest: bytes
    articles: int
    first: str
    last: str


def _filled(
    chosen: ChosenArticles, folder: Path, capacity: int, most: int, report: Report
) -> tuple[ArticleSet, list[_Filled]]:
    """Fill `most` data sheets with as many articles as they hold; all, where it is 0."""
    count = _count_for(chosen, folder, capacity, most, report) if most else len(chosen)
    while count:
        articles = chosen.set_of(count)
        filled = _written(articles, folder, capacity, report)
        if not most or len(filled) <= most:
            return articles, filled
        count = min(count - 1, count * 99 // 100)
    raise UsageError("The pages have no room for an article.", "Allow more pages (--budget), or larger ones.")


def _count_for(chosen: ChosenArticles, folder: Path, capacity: int, most: int, report: Report) -> int:
    """How many articles `most` data sheets hold, as quickly packed blocks tell it; 0 for none."""
    sizes = chosen.sizes()
    count = _estimate(sizes, most * capacity)
    fits, too_many = 0, len(chosen) + 1
    for attempt in range(_ATTEMPTS):
        report("choose", attempt, _ATTEMPTS, "attempts")
        filled = _written(chosen.set_of(count), folder, capacity, silent, quick=True)
        used = sum(each.used for each in filled)
        if len(filled) <= most:
            fits = count
            if count == len(chosen) or used >= FULL * most * capacity:
                break
        else:
            too_many = count
        room = sum(sizes[:count]) * (FULL + 1) / 2 * most * capacity / max(1, used)
        count = min(max(_estimate(sizes, round(room)), fits + 1), too_many - 1)
        if count <= fits:
            break
    report("choose", _ATTEMPTS, _ATTEMPTS, "attempts")
    return fits


def _estimate(sizes: Sequence[int], room: int) -> int:
    """How many of the first come to so many bytes; at least one."""
    total = count = 0
    for size in sizes:
        total += size
        if total > room:
            break
        count += 1
    return max(1, count)


def _written(
    articles: ArticleSet, folder: Path, capacity: int, report: Report, *, quick: bool = False
) -> list[_Filled]:
    filled: list[_Filled] = []
    done = 0
    with (folder / DATA).open("wb") as file:

        def take(sheet: FilledSheet) -> None:
            nonlocal done
            file.write(sheet.payload)
            done += sheet.articles
            report("fill", done, len(articles), "articles")
            filled.append(
                _Filled(
                    used=len(sheet.payload),
                    digest=sheet_digest(sheet.payload),
                    articles=sheet.articles,
                    first=sheet.first,
                    last=sheet.last,
                )
            )

        repeated = articles.repeated_blocks()
        SheetFiller(capacity, articles.edition_block(), repeated, take, quick=quick).fill(articles)
    return filled


def _with_parity(
    chosen: ChosenArticles,
    articles: ArticleSet,
    folder: Path,
    plan: SetPlan,
    filled: Sequence[_Filled],
    report: Report,
) -> Engraving:
    root = bytes.fromhex(chosen.edition.statement.root)
    numbers = [plan.data, plan.groups, plan.parity]
    said = root + b"".join(number.to_bytes(4, "big") for number in numbers) + b"".join(each.digest for each in filled)
    set_id = hashlib.sha256(said).digest()[:SET_BYTES]

    def headed(sheet: int, used: int, digest: bytes) -> SheetHeader:
        group, place = plan.place_of(sheet)
        return SheetHeader(
            root=root[:ROOT_BYTES],
            set_id=set_id,
            kind="data" if sheet < plan.data else "parity",
            sheet=sheet,
            sheets=plan.sheets,
            group=group,
            place=place,
            data_sheets=plan.data_of(group),
            parity_sheets=plan.parity,
            used=used,
            digest=digest,
        )

    sheets = [
        EngravedSheet(
            header=headed(number, each.used, each.digest), articles=each.articles, first=each.first, last=each.last
        )
        for number, each in enumerate(filled)
    ]
    parity: dict[int, EngravedSheet] = {}
    with (folder / DATA).open("rb") as data, (folder / PARITY).open("wb") as file:
        starts = _starts(sheets, plan)
        for group in range(plan.groups):
            for place, (used, digest) in enumerate(_group(plan, group, sheets, starts, data, file)):
                number = plan.sheet_at(group, plan.data_of(group) + place)
                parity[number] = EngravedSheet(header=headed(number, used, digest), articles=0, first="", last="")
            report("parity", len(parity), plan.groups * plan.parity, "sheets")
    sheets += [parity[number] for number in sorted(parity)]
    return Engraving(folder, plan, sheets, root=root, articles=articles)


def _group(
    plan: SetPlan, group: int, sheets: Sequence[EngravedSheet], starts: Sequence[int], data: BinaryIO, file: BinaryIO
) -> list[tuple[int, bytes]]:
    """Write the parity sheets of a group one behind another; gives bytes and digest of each."""
    members = [plan.sheet_at(group, place) for place in range(plan.data_of(group))]
    size = max(sheets[number].header.used for number in members)

    def read(place: int, low: int, count: int) -> bytes:
        number = members[place]
        data.seek(starts[number] + low)
        return data.read(max(0, min(count, sheets[number].header.used - low)))

    at = file.tell()
    digests = [hashlib.sha256() for _ in range(plan.parity)]
    low = 0
    for rows in parity_of(len(members), plan.parity, size, read):
        for place, (row, digest) in enumerate(zip(rows, digests, strict=True)):
            file.seek(at + place * size + low)
            file.write(row.tobytes())
            digest.update(row)
        low += rows.shape[1]
    file.seek(at + plan.parity * size)
    return [(size, digest.digest()[:12]) for digest in digests]


def _starts(sheets: Sequence[EngravedSheet], plan: SetPlan) -> list[int]:
    """Where the payload of each sheet begins in its file: data sheets in order, parity sheets group by group."""
    starts = [0] * len(sheets)
    at = 0
    for number in range(min(len(sheets), plan.data)):
        starts[number] = at
        at += sheets[number].header.used
    if len(sheets) > plan.data:
        at = 0
        for group in range(plan.groups):
            for place in range(plan.parity):
                number = plan.sheet_at(group, plan.data_of(group) + place)
                starts[number] = at
                at += sheets[number].header.used
    return starts
