"""Making a view: editions and a filter in, a folder with the manifest of what was chosen out.

In this order: terms (source, language, licence), quality, duplicates that `galactica join` found, then the texts:
evaluation sets, texts that are the same to the letter, near duplicates where they are looked for, the mix, the bound on
tokens. An article is left out for the first reason that holds. The same editions and filter give the same view,
whatever the machine.

The folder is made beside its name and gets it whole; a call that was killed leaves nothing under that name, and the
same call begins anew (some 60 MB of text a second; a tenth of that where near duplicates are looked for).
"""

from __future__ import annotations

import contextlib
import json
import os
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from galactica.codes.lock import locked
from galactica.edition import Edition
from galactica.edition.derived import derived_digest
from galactica.errors import InputError, MissingError, UsageError
from galactica.joining.duplicates.kept import Duplicates
from galactica.joining.duplicates.layout import NAME as DUPLICATES
from galactica.joining.duplicates.layout import VERSION as DUPLICATES_VERSION
from galactica.joining.quality.layout import NAME as QUALITY
from galactica.progress import Report, silent
from galactica.train.views import header as files
from galactica.train.views.decisions import Decisions, counted_reasons, write_excluded
from galactica.train.views.editions_found import relative_place
from galactica.train.views.evaluation_texts import read_evaluation
from galactica.train.views.excluding import ExcludedFile, Excluder, check_words
from galactica.train.views.filtering import EditionHeads, ViewFilter, reasons_by_terms, with_lists_read
from galactica.train.views.gathering import gather_texts
from galactica.train.views.header import ViewHeader
from galactica.train.views.mixing import groups_of_mix
from galactica.train.views.near import DocumentSketches, NearReport
from galactica.train.views.settling import (
    leave_out_duplicates,
    leave_out_for_quality,
    leave_out_near,
    settled_numbers,
    without_copies,
)
from galactica.train.views.tokens import token_counter
from galactica.train.views.view_card import ViewCard, write_view_card
from galactica.train.views.writing import write_gathered

_NEAR = "near"
"""Folder of the work in which near duplicates are looked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeView:
    """A view that was made.

    Attributes:
        path: its folder.
        hash: its name, 64 hex digits.
        header: what it says of itself.
        articles: of its editions, all of them: documents and what was left out.
        left_out: (reason, articles), in the order in which it is asked.
        passages: how many were cut out of documents that stay.
        excluded: what became of each evaluation set.
        near: what was found of near duplicates; None where they were not looked for.
    """

    path: Path
    hash: str
    header: ViewHeader
    articles: int
    left_out: tuple[tuple[str, int], ...]
    passages: int
    excluded: tuple[ExcludedFile, ...] = ()
    near: NearReport | None = None


def make_view(out: Path, editions: Sequence[Path], asked: ViewFilter, *, report: Report = silent) -> MadeView:
    """Make a view of editions.

    Args:
        out: the folder to make, NAME.view; must not exist.
        editions: one or more, in the order in which their documents come.
        asked: what is taken.
        report: stage "texts", unit "articles".

    Raises:
        UsageError: a wrong name for the view, a name in the filter that nothing has, one edition twice.
        InputError: nothing is left; licences are asked for and not known; an evaluation set cannot be read.
        EditionError: an edition cannot be opened, or is damaged.
        MissingError: no place to write, or a package that is not installed.
    """
    check_view_place(out)
    work = out.with_name(f"{out.name}.making")
    with contextlib.ExitStack() as stack:
        opened = [stack.enter_context(Edition.open(path)) for path in editions]
        _check_editions(opened)
        try:
            work.mkdir(exist_ok=True)
        except OSError as error:
            raise MissingError(f"{work} cannot be made: {error.strerror}.", "Name another place.") from error
        with locked(work / "lock", f"{out} is being made by another process."):
            try:
                for left in work.iterdir():
                    if left.is_dir() and not left.is_symlink():
                        shutil.rmtree(left)
                    elif left.name != "lock":
                        left.unlink()
                made = _make(out, work, opened, asked, report)
                (work / "lock").unlink()
                check_view_place(out)
                work.rename(out)
            finally:
                shutil.rmtree(work, ignore_errors=True)
    return made


def check_view_place(out: Path) -> None:
    """Raise UsageError where a view cannot be put at `out`."""
    if out.suffix != files.SUFFIX:
        raise UsageError(f"{out.name} does not end in {files.SUFFIX}.", f"Name the view like mine{files.SUFFIX}.")
    if os.path.lexists(out):
        raise UsageError(f"{out} is there already.", "Name another folder, or move that one away.")
    if not out.parent.is_dir():
        raise MissingError(f"There is no folder {out.parent} to write in.", "Make it, or name another place.")


def _check_editions(opened: Sequence[Edition]) -> None:
    if not opened:
        raise UsageError("No edition was named.", "Name one or more: galactica dataset EDITION… OUT.view")
    if len(opened) > files.MAX_EDITIONS:
        raise UsageError(f"A view has at most {files.MAX_EDITIONS:,} editions.", "Build them into fewer.")
    roots: dict[str, Path] = {}
    for edition in opened:
        if edition.root in roots:
            raise UsageError(
                f"{roots[edition.root]} and {edition.path} are the same edition.", "Name each edition once."
            )
        roots[edition.root] = edition.path


def _make(out: Path, work: Path, opened: Sequence[Edition], asked: ViewFilter, report: Report) -> MadeView:
    tokens_by, count = token_counter(asked.tokenizer)
    heads = [EditionHeads(edition) for edition in opened]
    asked = with_lists_read(asked, heads)
    decisions = reasons_by_terms(opened, heads, asked)
    for edition, decided in zip(opened, decisions, strict=True):
        leave_out_for_quality(edition, decided, asked)
        leave_out_duplicates(edition, decided)
    shares, groups = groups_of_mix(asked.mix, heads)
    excluder = _excluder(asked)
    with _sketched(opened, work / _NEAR, asked) as sketches:
        gathered = gather_texts(opened, decisions, excluder=excluder, sketches=sketches, count=count, report=report)
        stays = without_copies(gathered, decisions)
        near = leave_out_near(gathered, decisions, opened, stays, sketches, report) if sketches is not None else None
    numbers = settled_numbers(gathered, decisions, asked, shares, groups, stays)
    if not numbers:
        raise InputError("Nothing is left for the view.", _why_empty(decisions))
    rows, counts = write_gathered(work / files.ROWS, heads, gathered, numbers, groups)
    header = ViewHeader(
        editions=tuple((each.root, each.statement.title) for each in opened),
        filter=_filter_document(opened, asked, excluder.report if excluder is not None else ()),
        mix=tuple(shares),
        tokens_by=tokens_by,
        counts=counts,
        rows=rows,
    )
    write_excluded(work / files.EXCLUDED, opened, decisions)
    passages = [each for d in decisions for row, several in d.cut_out.items() if not d.reason[row] for each in several]
    made = MadeView(
        path=out,
        hash=header.hash,
        header=header,
        articles=sum(map(len, opened)),
        left_out=tuple(counted_reasons(decisions).items()),
        passages=len(passages),
        excluded=excluder.report if excluder is not None else (),
        near=near,
    )
    write_view_card(work, ViewCard.of(made.path.name, header, opened, gathered, decisions, asked, made.excluded, near))
    _write_json(work / files.PLACES, {"editions": [relative_place(out, each.path) for each in opened]})
    (work / files.HEADER).write_bytes(header.to_json())
    return made


def _excluder(asked: ViewFilter) -> Excluder | None:
    if not asked.exclude:
        return None
    check_words(asked.exclude_words)
    names = [path.name for path in asked.exclude]
    if len(set(names)) < len(names):
        raise UsageError("Two evaluation sets have the same name.", "Give each file a name of its own.")
    return Excluder([read_evaluation(path) for path in asked.exclude], asked.exclude_words)


@contextlib.contextmanager
def _sketched(opened: Sequence[Edition], folder: Path, asked: ViewFilter) -> Iterator[DocumentSketches | None]:
    """Sketches in a folder of their own, which is removed; None where near duplicates are not looked for."""
    if not asked.near:
        yield None
        return
    folder.mkdir()
    sketches = DocumentSketches(opened, folder)
    try:
        yield sketches
    finally:
        sketches.close()
        shutil.rmtree(folder, ignore_errors=True)


def _filter_document(
    opened: Sequence[Edition], asked: ViewFilter, excluded: Sequence[ExcludedFile]
) -> Mapping[str, Any]:
    """What made the view, as JSON: what was asked for, and the derived tables that were looked at."""
    out: dict[str, Any] = {}
    for name in ("languages", "licences", "sources"):
        if values := getattr(asked, name):
            out[name] = sorted(set(values))
    if asked.min_quality:
        out["min_quality"] = [rule.text for rule in asked.min_quality]
        out["quality"] = [derived_digest(edition, QUALITY) for edition in opened]
    if asked.max_tokens is not None:
        out["max_tokens"] = asked.max_tokens
    if asked.near:
        out["near"] = DUPLICATES_VERSION
    if asked.mix:
        out["mix"] = [[name, weight] for name, weight in asked.mix]
    if asked.exclude:
        out["exclude"] = [{"name": each.name, "sha256": each.sha256} for each in excluded]
        out["exclude_words"] = asked.exclude_words
    out["duplicates"] = [derived_digest(e, DUPLICATES) if Duplicates.of(e) is not None else "" for e in opened]
    return out


def _why_empty(decisions: Sequence[Decisions]) -> str:
    said = ", ".join(f"{count:,} for {reason}" for reason, count in counted_reasons(decisions).items())
    return f"Ask for less: articles were left out {said}." if said else "The editions have no articles."


def _write_json(path: Path, value: object) -> None:
    path.write_text(
        json.dumps(value, ensure_ascii=True, sort_keys=True, indent=1) + "\n", encoding="ascii", newline="\n"
    )
