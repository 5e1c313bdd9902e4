"""What `--min-quality` asks: rules over the columns of `joined/quality`, which `galactica join` makes.

A rule is a family of heuristics ("gopher", "c4", "fineweb", or "all"), none of whose bounds an article may cross, the
name of one heuristic, or a bound of one's own on a column: "words>=100", "lix<=60". A column that is not defined for
an article (its script, its language) refuses nothing, as in the heuristics themselves.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from galactica.edition import Edition, layout
from galactica.edition.damage import readable, reading
from galactica.edition.derived import derived
from galactica.errors import StepMissingError, UsageError
from galactica.hints import word
from galactica.joining.quality.layout import HEURISTICS, NAME, QUALITY, TABLE, VERSION

_BOUND = re.compile(r"([a-z0-9_]{1,80})(>=|<=)(-?[0-9]{1,12}(?:\.[0-9]{1,12})?)")
_FAMILIES = ("all", "gopher", "c4", "fineweb")
_NUMBERS = tuple(
    field.name for field in QUALITY if field.name != "article" and (field.type in (pa.int64(), pa.float64()))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityRule:
    """One rule: `text` as it was written; either `names` of heuristics, or a bound (`least`, `most`) of a `column`."""

    text: str
    names: tuple[str, ...] = ()
    column: str = ""
    least: float = float("-inf")
    most: float = float("inf")


def quality_rule(text: str) -> QualityRule:
    """A rule as a person writes it.

    Raises:
        UsageError: it is none.
    """
    if text in _FAMILIES:
        names = tuple(each.name for each in HEURISTICS if text == "all" or each.name.startswith(f"{text}_"))
        return QualityRule(text=text, names=names)
    if text in {each.name for each in HEURISTICS}:
        return QualityRule(text=text, names=(text,))
    if (found := _BOUND.fullmatch(text)) and found[1] in _NUMBERS:
        number = float(found[3])
        return QualityRule(
            text=text,
            column=found[1],
            least=number if found[2] == ">=" else float("-inf"),
            most=number if found[2] == "<=" else float("inf"),
        )
    raise UsageError(
        f"{text[:80]!r} is no rule of quality.",
        "Use all, gopher, c4, fineweb, the name of one heuristic, or a bound like words>=100 (docs/formats/joined.md).",
    )


def refused_for_quality(edition: Edition, rules: Sequence[QualityRule]) -> npt.NDArray[np.int32]:
    """Which rule refuses each article: `int32 [articles]`, the number of the first, -1 where none does.

    Raises:
        StepMissingError: the edition has no columns of quality.
        EditionError: they are damaged.
    """
    out = np.full(len(edition), -1, np.int32)
    if not rules:
        return out
    folder = derived(edition, NAME, VERSION)
    if folder is None:
        raise StepMissingError(
            f"{edition.path} has no measures of quality.", f"Make them: galactica join {word(edition.path)}"
        )
    columns = sorted({"article", "refused_by", *(rule.column for rule in rules if rule.column)})
    for shard, (first, count) in enumerate(edition.shard_rows()):
        if not count:
            continue
        name = layout.shard_name(shard)
        with (
            readable(edition.path),
            reading(f"joined/{NAME}/{TABLE.name}/{name}"),
            pq.ParquetFile(folder / TABLE.name / name) as file,
        ):
            table = file.read(columns=columns, use_threads=False)
            rows = table["article"].to_numpy()
            if table.num_rows != count or rows.min() < first or rows.max() >= first + count:
                raise ValueError("other articles")
            for number in range(len(rules) - 1, -1, -1):
                out[rows[_refused(table, rules[number])]] = number
    return out


def _refused(table: pa.Table, rule: QualityRule) -> npt.NDArray[np.bool_]:
    if rule.column:
        column = table[rule.column]
        beyond = pc.or_(pc.less(column, rule.least), pc.greater(column, rule.most))
        refused: npt.NDArray[np.bool_] = beyond.fill_null(False).to_numpy()
        return refused
    names = set(rule.names)
    return np.fromiter(
        (bool(names.intersection(each or ())) for each in table["refused_by"].to_pylist()), np.bool_, table.num_rows
    )
