"""Which articles a view may take, by what is known of them before their text is read: language, licence, source.

Nothing is guessed: where `licences` are asked for and an article that would be taken otherwise has no licence, neither
of its own nor of its work or source, that is refused with the names of the sources.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.edition import Edition, layout
from galactica.edition.damage import readable, reading
from galactica.edition.read import WORKS_SINCE
from galactica.errors import InputError, UsageError
from galactica.languages.tags import within
from galactica.model.article import licence_of
from galactica.train.views.decisions import REASONS, Decisions
from galactica.train.views.qualities import QualityRule

MOST_NAMED = 12
"""Names in the sentence of an error."""

TAKEN = ""
"""The reason of an article that is not left out."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ViewFilter:
    """What a person asks of a view; what is empty asks nothing.

    Attributes:
        languages: BCP 47 tags; articles within one of them.
        licences: names as editions have them, whatever the case.
        sources: keys.
        min_quality: rules that an article must keep.
        exclude: evaluation sets; passages that share n-grams with them are cut out.
        exclude_words: length of such an n-gram.
        near: leave out what is nearly the same as another document, in any of the editions.
        mix: (name of a source, language or licence, weight).
        max_tokens: of the view; None: all.
        tokenizer: `tokenizer.json` that counts tokens; None: they are estimated.
    """

    languages: tuple[str, ...] = ()
    licences: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    min_quality: tuple[QualityRule, ...] = ()
    exclude: tuple[Path, ...] = ()
    exclude_words: int = 13
    near: bool = False
    mix: tuple[tuple[str, float], ...] = ()
    max_tokens: int | None = None
    tokenizer: Path | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What is filtered by, of one or more articles: `licence` is "" where none is known."""

    language: str
    licence: str
    source: str


class EditionHeads:
    """What an edition's articles are filtered by: five bytes an article.

    Attributes:
        terms: those that occur.
        of: `int32 [articles]`, numbers in `terms`.
    """

    def __init__(self, edition: Edition) -> None:
        numbers: dict[Terms, int] = {}
        parts = [np.zeros(0, np.int32)]
        for shard in range(len(edition.statement.shards)):
            parts.append(_shard_terms(edition, shard, numbers))
        self.terms = tuple(numbers)
        self.of: npt.NDArray[np.int32] = np.concatenate(parts)


def reasons_by_terms(editions: Sequence[Edition], heads: Sequence[EditionHeads], asked: ViewFilter) -> list[Decisions]:
    """Which articles are left out by their terms, of each edition.

    Raises:
        UsageError: a language, licence or source that no article has.
        InputError: licences are asked for, and articles that would be taken have none.
    """
    every = [terms for each in heads for terms in each.terms]
    _check_names(every, asked)
    if asked.licences:
        _check_known(editions, every, asked)
    out = []
    for each in heads:
        codes = [REASONS.index(_reason(terms, asked, licences=True)) for terms in each.terms] or [0]
        out.append(Decisions(reason=np.array(codes, np.uint8)[each.of]))
    return out


def _check_known(editions: Sequence[Edition], every: Sequence[Terms], asked: ViewFilter) -> None:
    unknown = sorted({t.source for t in every if not t.licence and _reason(t, asked, licences=False) == TAKEN})
    if not unknown:
        return
    titles = {source.key: source.title for edition in editions for source in edition.sources}
    listed = [f"{titles.get(key, key)} ({key})" for key in unknown[:MOST_NAMED]]
    if len(unknown) > MOST_NAMED:
        listed.append(f"{len(unknown) - MOST_NAMED} more")
    raise InputError(
        f"Articles of these sources do not state their licence: {', '.join(listed)}.",
        "Nothing is guessed: name the sources that you want with --sources, or build the edition with their licence.",
    )


def _reason(terms: Terms, asked: ViewFilter, *, licences: bool) -> str:
    """The first of the reasons for which articles with these terms are left out."""
    if asked.sources and terms.source not in asked.sources:
        return "source"
    if asked.languages and not any(within(terms.language, each) for each in asked.languages):
        return "language"
    if licences and asked.licences and terms.licence.casefold() not in {each.casefold() for each in asked.licences}:
        return "licence"
    return TAKEN


def _check_names(every: Sequence[Terms], asked: ViewFilter) -> None:
    there = {
        "source": {terms.source for terms in every},
        "licence": {terms.licence for terms in every if terms.licence},
        "language": {terms.language for terms in every},
    }
    for name in asked.sources:
        if name not in there["source"]:
            raise _none("source", name, there["source"])
    for name in asked.licences:
        if name.casefold() not in {each.casefold() for each in there["licence"]}:
            raise _none("licence", name, there["licence"])
    for name in asked.languages:
        if not any(within(each, name) for each in there["language"]):
            raise _none("language", name, there["language"])


def named_in_list(values: Sequence[str], there: Iterable[str]) -> tuple[str, ...]:
    """Names as a person lists them: "en,zh" is two, unless something is called so as a whole."""
    known = {each.casefold() for each in there}
    out: dict[str, None] = {}
    for value in values:
        parts = [value] if value.casefold() in known else [part.strip() for part in value.split(",")]
        out.update(dict.fromkeys(part for part in parts if part))
    return tuple(out)


def with_lists_read(asked: ViewFilter, heads: Sequence[EditionHeads]) -> ViewFilter:
    """A filter in which each name stands by itself."""
    every = [terms for each in heads for terms in each.terms]
    return replace(
        asked,
        languages=named_in_list(asked.languages, (terms.language for terms in every)),
        licences=named_in_list(asked.licences, (terms.licence for terms in every)),
        sources=named_in_list(asked.sources, (terms.source for terms in every)),
    )


def _none(kind: str, name: str, there: set[str]) -> UsageError:
    known = sorted(there)
    listed = ", ".join(known[:MOST_NAMED]) + (" …" if len(known) > MOST_NAMED else "")
    return UsageError(f"No article has the {kind} {name[:200]!r}.", f"There are: {listed or 'none'}.")


def _shard_terms(edition: Edition, shard: int, numbers: dict[Terms, int]) -> npt.NDArray[np.int32]:
    name = layout.shard_name(shard)
    of_works = edition.statement.format >= WORKS_SINCE
    columns = ["language", "licence", "source", *(["work"] if of_works else [])]
    found: list[npt.NDArray[np.int32]] = [np.zeros(0, np.int32)]
    with (
        readable(edition.path),
        reading(f"data/articles/{name}"),
        pq.ParquetFile(edition.path / "data" / "articles" / name) as file,
    ):
        for batch in file.iter_batches(columns=columns, use_threads=False):
            found.append(_batch_terms(edition, batch, numbers, of_works))
        out = np.concatenate(found)
        if len(out) != edition.statement.shards[shard]:
            raise ValueError("other rows than are counted")
    return out


def _batch_terms(
    edition: Edition,
    batch: Any,  # noqa: ANN401  # pyarrow is untyped
    numbers: dict[Terms, int],
    of_works: bool,
) -> npt.NDArray[np.int32]:
    """The numbers of the terms of a batch of rows: each combination is looked at once."""
    coded = [_coded(batch.column(name)) for name in ("language", "source", "licence")]
    if of_works:
        coded.append(_coded(batch.column("work")))
    stacked = np.stack([codes for codes, _ in coded], axis=1)
    combinations, inverse = np.unique(stacked, axis=0, return_inverse=True)
    known = np.zeros(len(combinations), np.int32)
    for at, codes in enumerate(combinations.tolist()):
        language, source, licence, *rest = (names[code] for code, (_, names) in zip(codes, coded, strict=True))
        work = edition.work(source, rest[0]) if rest and rest[0] else None
        terms = Terms(language=language, licence=licence_of(licence, work, edition.source(source)), source=source)
        known[at] = numbers.setdefault(terms, len(numbers))
    return known[inverse.reshape(-1)]


def _coded(column: Any) -> tuple[npt.NDArray[np.int64], list[str]]:  # noqa: ANN401  # pyarrow is untyped
    """Codes of a column's values, and the values by their codes; null is ""."""
    encoded = column.fill_null("").dictionary_encode()
    if isinstance(encoded, pa.ChunkedArray):
        encoded = encoded.combine_chunks()
    return encoded.indices.to_numpy(zero_copy_only=False).astype(np.int64), encoded.dictionary.to_pylist()
