"""What a view leaves out beside articles of other terms: for quality, as duplicates, for the mix, as too many."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from galactica.edition import Edition
from galactica.joining.duplicates.kept import Duplicates
from galactica.progress import Report
from galactica.train.views.decisions import Decisions
from galactica.train.views.filtering import ViewFilter
from galactica.train.views.gathering import ChosenTexts
from galactica.train.views.mixing import within_tokens
from galactica.train.views.near import DocumentSketches, NearReport, find_near_documents
from galactica.train.views.qualities import refused_for_quality
from galactica.train.views.rows import LEAF_BYTES


def leave_out_for_quality(edition: Edition, decided: Decisions, asked: ViewFilter) -> None:
    """Leave out what breaks a rule of quality.

    Raises:
        InputError: the edition has no columns of quality.
    """
    refused = refused_for_quality(edition, asked.min_quality)
    for row in np.flatnonzero((refused >= 0) & (decided.reason == 0)).tolist():
        decided.leave_out(row, "quality", asked.min_quality[refused[row]].text)


def leave_out_duplicates(edition: Edition, decided: Decisions) -> None:
    """Leave out what `galactica join` found to be in another article, where that one is taken itself."""
    found = Duplicates.of(edition)
    if found is None:
        return
    taken = decided.reason == 0
    for row in np.flatnonzero(taken).tolist():
        copy = found.copy(row)
        if copy is not None and taken[copy.kept]:
            decided.leave_out(row, "duplicate", f"{copy.kind} of {copy.kept}")


def without_copies(gathered: ChosenTexts, decisions: Sequence[Decisions]) -> npt.NDArray[np.bool_]:
    """Which of the gathered documents stay where copies to the letter are left out: `bool [documents]`."""
    editions, rows = gathered.places
    firsts = gathered.first_of_each()
    stays: npt.NDArray[np.bool_] = firsts == np.arange(len(gathered))
    for at in np.flatnonzero(~stays).tolist():
        first = int(firsts[at])
        decisions[editions[at]].leave_out(int(rows[at]), "copy", f"of {editions[first]}:{rows[first]}")
    return stays


def leave_out_near(
    gathered: ChosenTexts,
    decisions: Sequence[Decisions],
    opened: Sequence[Edition],
    stays: npt.NDArray[np.bool_],
    sketches: DocumentSketches,
    report: Report,
) -> NearReport:
    """Leave out what is nearly the same as another of the documents that stay; `stays` is changed."""
    editions, rows = gathered.places
    found, told = find_near_documents(sketches, opened, (editions, rows), stays, report)
    for each in found:
        detail = f"{each.kind} of {editions[each.kept]}:{rows[each.kept]}, {each.shared:.2f} shared"
        decisions[editions[each.number]].leave_out(int(rows[each.number]), "near", detail)
        stays[each.number] = False
    return told


def settled_numbers(
    gathered: ChosenTexts,
    decisions: Sequence[Decisions],
    asked: ViewFilter,
    shares: Sequence[tuple[str, float]],
    groups: Sequence[npt.NDArray[np.int32]],
    stays: npt.NDArray[np.bool_],
) -> list[int]:
    """The numbers of the gathered documents that stay in the end; the others are left out with their reason."""
    editions, rows = gathered.places
    group = np.array([groups[e][r] for e, r in zip(editions.tolist(), rows.tolist(), strict=True)], np.int32)
    for at in np.flatnonzero(stays & (group < 0)).tolist():
        decisions[editions[at]].leave_out(int(rows[at]), "mix")
    stays &= group >= 0
    if asked.max_tokens is not None:
        candidates = np.flatnonzero(stays)
        leaves = np.frombuffer(bytes(gathered.leaves), ">u8").reshape(-1, LEAF_BYTES // 8)[candidates, 0]
        weights = [weight for _, weight in shares]
        tokens = np.array(gathered.tokens, np.uint32)[candidates]
        chosen = within_tokens(
            asked.max_tokens, weights, group[candidates].astype(np.uint16), tokens, leaves.astype(np.uint64)
        )
        for number in candidates[~chosen].tolist():
            decisions[editions[number]].leave_out(int(rows[number]), "max-tokens")
        stays[candidates[~chosen]] = False
    return [int(number) for number in np.flatnonzero(stays)]
