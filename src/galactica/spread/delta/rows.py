"""Where each article of the new edition stands: as many as can keep their row.

What is changed keeps its row. What is added takes the rows of what is removed, the lowest first, and then rows at the
end. Where more went than came, the last articles move into the rows that are left. So all that names rows (indexes,
passages, meaning) stays as it is but for the rows that are told here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from galactica.spread.delta.changes import TableChanges
from galactica.spread.delta.numbered import EditionRecords


@dataclass(frozen=True, slots=True, kw_only=True)
class RowPlan:
    """Rows of the new edition that hold something else than in the old one.

    Attributes:
        before, after: articles of both.
        new: row → number of the new record in `Changes.records`.
        moved: row → row of the old edition that the article there had.
    """

    before: int
    after: int
    new: Mapping[int, int]
    moved: Mapping[int, int]

    @property
    def gone(self) -> range:
        """Rows at the end of the old edition that the new one has not."""
        return range(self.after, self.before)

    @property
    def touched(self) -> tuple[int, ...]:
        """Rows of the new edition that hold something else, ascending."""
        return tuple(sorted((*self.new, *self.moved)))

    def in_shard(self, first: int, count: int) -> bool:
        """Whether any of `count` rows from `first` on holds something else, or is gone."""
        rows = range(first, first + count)
        if first + count > self.after:
            return True
        return any(row in self.new or row in self.moved for row in rows)


def plan_rows(records: EditionRecords, changes: TableChanges) -> RowPlan:
    """Say where the articles of the new edition stand."""
    before = len(records.rows)
    after = before - len(changes.removed) + len(changes.added)
    new = {int(records.rows[number]): record for number, record in changes.changed}
    removed = sorted(int(records.rows[number]) for number in changes.removed)
    free = [*removed, *range(before, after)]
    new |= {row: record for row, (_, record) in zip(free, changes.added, strict=False)}
    left = iter([row for row in removed[len(changes.added) :] if row < after])
    gone = set(removed)
    moved: dict[int, int] = {}
    for row in range(after, before):
        if row in new:  # it is changed, and moves as what it has become
            new[next(left)] = new.pop(row)
        elif row not in gone:
            moved[next(left)] = row
    return RowPlan(before=before, after=after, new=new, moved=moved)
