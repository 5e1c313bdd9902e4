"""Splink on records of tables, as its documentation advises: the peer of `benchmarks.entity_resolution`.

Each set of data is described once: which columns are compared and how. Splink then learns without labels: the share of
pairs of one thing from rules that hardly err, u from pairs drawn by chance, m by expectation and maximisation in two
sessions that block on different columns. Names have term-frequency adjustments. Candidates share a rare word (an
exploded array, as for its tokens), a code or a whole name. Where each table names a thing once, its own one-to-one
clustering follows; else its connected components.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from benchmarks.entity_tables import TableRecord

SAMPLED = 1_000_000
"""Pairs drawn by chance for u: the default."""
RECALL = 0.7
"""Of the rules that hardly err, as in the documentation's examples."""


STEPS = {"description": (0.3, 0.1)}
"""Shares of common words that make levels, where those of others are never reached and m would not be learned."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How a set's columns are compared.

    Attributes:
        name: the columns of each side that hold what the thing is called.
        words: by a name of our own, the columns whose words are compared as sets.
        codes: whether words with digits and letters are compared.
        years: whether years are.
        rare: records that a word of the name may stand in and still make candidates; of others, a quarter of it.
    """

    name: tuple[str, ...]
    words: Mapping[str, tuple[str, ...]]
    codes: bool = False
    years: bool = False
    rare: int = 20


COMPARED = {
    "D2": Compared(("name",), {"description": ("description",)}, codes=True),
    "D4": Compared(("title",), {"people": ("authors",), "venue": ("venue",)}, years=True),
    "D10": Compared(("title",), {"people": ("actor name", "starring", "director name", "writer", "editor")}),
    "cora": Compared(
        ("title",), {"people": ("author",), "venue": ("venue", "publisher"), "pages": ("pages",)}, years=True, rare=200
    ),
}


class SplinkLinking:
    """Splink's model, learned on a set; asked for pairs at a probability."""

    def __init__(
        self, records: Sequence[TableRecord], columns: Sequence[Mapping[str, str]], compared: Compared, *, apart: bool
    ) -> None:
        from splink import DuckDBAPI, Linker, SettingsCreator, block_on

        logging.disable(logging.WARNING)  # it tells each step of its clustering
        self._apart = apart
        rows = list(_rows(records, columns, compared))
        api = DuckDBAPI()
        tables = [
            api.register(
                _table([row for row, record in zip(rows, records, strict=True) if record.side == side]), table_name=name
            )
            for side, name in enumerate(("a", "b") if apart else ("a",))
        ]
        blocks = [block_on("name"), block_on("rare", arrays_to_explode=["rare"])]
        blocks += [block_on("rarest", arrays_to_explode=["rarest"])]
        blocks += [block_on("codes", arrays_to_explode=["codes"])] if compared.codes else []
        settings = SettingsCreator(
            link_type="link_only" if apart else "dedupe_only",
            comparisons=list(_comparisons(compared)),
            blocking_rules_to_generate_predictions=blocks,
            retain_matching_columns=False,
        )
        self._linker = Linker(tables, settings)
        train = self._linker.training
        sure = ["l.name = r.name", *(["list_has_any(l.codes, r.codes)"] if compared.codes else [])]
        train.estimate_probability_two_random_records_match(sure, recall=RECALL)
        train.estimate_u_using_random_sampling(max_pairs=SAMPLED, seed=7)
        for rule in (block_on("name"), block_on("first_rare")):
            train.estimate_parameters_using_expectation_maximisation(rule)
        self._found = self._linker.inference.predict()
        self.candidates: int = self._found.as_pyarrow_table().num_rows

    def pairs(self, probability: float) -> set[tuple[int, int]]:
        """Pairs of places in the records that are of one thing, at a probability or more, after its clustering."""
        clustering = self._linker.clustering
        if self._apart:
            done = clustering.cluster_using_single_best_links(
                self._found, duplicate_free_datasets=["a", "b"], threshold_match_probability=probability
            )
        else:
            done = clustering.cluster_pairwise_predictions_at_threshold(
                self._found, threshold_match_probability=probability
            )
        table = done.as_pyarrow_table()
        clusters: dict[Any, list[int]] = {}
        for cluster, row in zip(table["cluster_id"].to_pylist(), table["unique_id"].to_pylist(), strict=True):
            clusters.setdefault(cluster, []).append(row)
        ordered = (sorted(rows) for rows in clusters.values())
        return {(a, b) for rows in ordered for at, a in enumerate(rows) for b in rows[at + 1 :]}


def _rows(
    records: Sequence[TableRecord], columns: Sequence[Mapping[str, str]], compared: Compared
) -> Iterator[dict[str, object]]:
    counts = Counter(word for record in records for word in set().union(*record.fields))
    for at, (record, row) in enumerate(zip(records, columns, strict=True)):
        named = sorted(record.fields[0], key=lambda word: (counts[word], word))
        every = sorted(set().union(*record.fields), key=lambda word: (counts[word], word))
        said: dict[str, object] = {
            "unique_id": at,
            "name": " ".join(record.title.split()) or None,
            "name_words": sorted(record.fields[0]) or None,
            "rare": [word for word in named if 1 < counts[word] <= compared.rare],
            "rarest": [word for word in every if 1 < counts[word] <= compared.rare // 4],
            "first_rare": next((word for word in every if counts[word] > 1), None),
            "codes": sorted(record.codes) or None,
            "year": min(record.years, default=None),
        }
        for name, wanted in compared.words.items():
            words = _words(" ".join(row.get(column, "") for column in wanted))
            said[f"{name}_words"] = words or None
        yield said


def _words(text: str) -> list[str]:
    from benchmarks.entity_tables import record_of

    return sorted(record_of("", 0, {"all": text}, ("all",)).fields[0])


def _table(rows: list[dict[str, object]]) -> pa.Table:
    return pa.Table.from_pylist(rows, schema=_schema(rows[0]))


def _schema(row: Mapping[str, object]) -> pa.Schema:
    kinds = {"unique_id": pa.int64(), "year": pa.int64(), "name": pa.string(), "first_rare": pa.string()}
    return pa.schema([(name, kinds.get(name, pa.list_(pa.string()))) for name in row])


def _comparisons(compared: Compared) -> Iterator[Any]:
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl

    yield cl.CustomComparison(
        output_column_name="name",
        comparison_levels=[
            cll.NullLevel("name"),
            cll.ExactMatchLevel("name", term_frequency_adjustments=True),
            cll.JaroWinklerLevel("name", 0.95),
            *(_shared("name_words", share) for share in (0.75, 0.5, 0.3, 0.15)),
            cll.ElseLevel(),
        ],
    )
    for name in compared.words:
        column = f"{name}_words"
        yield cl.CustomComparison(
            output_column_name=name,
            comparison_levels=[
                cll.NullLevel(column),
                *(_shared(column, share) for share in STEPS.get(name, (0.9, 0.6, 0.3, 0.1))),
                cll.ElseLevel(),
            ],
        )
    if compared.codes:
        yield cl.ArrayIntersectAtSizes("codes", [1])
    if compared.years:
        yield cl.CustomComparison(
            output_column_name="year",
            comparison_levels=[
                cll.NullLevel("year"),
                cll.ExactMatchLevel("year"),
                cll.AbsoluteDifferenceLevel("year", 1),
                cll.ElseLevel(),
            ],
        )


def _shared(column: str, least: float) -> Any:  # noqa: ANN401 - a class of the peer
    """A level: two sets of words have at least this share of all their words in common (Jaccard)."""
    import splink.comparison_level_library as cll

    left, right = f"{column}_l", f"{column}_r"
    both = f"len(list_intersect({left}, {right}))"
    return cll.CustomLevel(
        f"{both} >= {least} * (len({left}) + len({right}) - {both})", label_for_charts=f"{column} Jaccard {least}"
    )
