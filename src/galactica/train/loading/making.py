"""A tokenizer trained on a view: byte-level BPE, cut by the rule of `words`, by the package `tokenizers`.

It learns from the documents that a loader with seed 0 would give first, as many as are asked for; they are weighted
as the view's mix weights them. The same view and options make the same file, whatever the machine. What a token holds
of each language is measured on documents that it did not learn from, where the view has any left.
"""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from galactica.errors import InputError, UsageError
from galactica.placing import check_place, placed
from galactica.progress import Report, silent
from galactica.train.loading.chunk_texts import LoadedTexts
from galactica.train.loading.mixing import Mixture
from galactica.train.loading.published import MeasuredLanguage, measured_beside
from galactica.train.loading.tokenizer_card import tokenizer_card
from galactica.train.loading.vocabulary import END, MAX_VOCABULARY, Vocabulary, tokenizers_library, untrained_tokenizer
from galactica.train.views.view import View

SPECIAL = (END, "<|system|>", "<|user|>", "<|assistant|>")
"""Tokens that no text makes: the end of a document, then whose turn it is in a conversation. They have the first
numbers."""

LEAST_VOCABULARY = 300
"""Tokens: 256 bytes, the special ones, and some that are learned."""

MEGABYTE = 10**6
MAX_SAMPLE = 2_000
"""Megabytes of text that a tokenizer learns from at the most; it keeps every piece that it meets in memory."""

MEASURED = 500_000
"""Bytes of text of each language that tokens are counted in."""

MAX_LANGUAGES = 40
"""Languages that are told, those with most text."""

MAX_LOOKED_AT = 50_000
"""Documents of a view among which texts to measure are looked for."""

_BATCH = 64


@dataclass(frozen=True, slots=True, kw_only=True)
class MadeTokenizer:
    """A tokenizer that was trained.

    Attributes:
        path, card: the file, and its card beside it.
        hash: SHA-256 of the file.
        size: tokens, special ones among them.
        asked: tokens that were asked for; a small view has not enough to learn so many from.
        documents, bytes: that it learned from.
        view: hash of the view.
        languages: what tokens hold, by language, those with most text first.
    """

    path: Path
    card: Path
    hash: str
    size: int
    asked: int
    documents: int
    bytes: int
    view: str
    languages: tuple[MeasuredLanguage, ...]


def train_tokenizer(
    view: Path | str | View,
    out: Path,
    *,
    editions: Sequence[Path] = (),
    size: int = 16_384,
    sample: int = 32,
    special: Sequence[str] = (),
    beside: Sequence[Path] = (),
    report: Report = silent,
) -> MadeTokenizer:
    """Train a tokenizer on a view.

    Args:
        view: the view, or its folder.
        out: the file to make, NAME.json; NAME.md tells of it.
        editions: where editions of the view lie that are no longer where they were.
        size: tokens, special ones among them.
        sample: megabytes of text to learn from.
        special: further tokens that no text makes.
        beside: tokenizer.json files to measure beside; published ones that are installed are measured too.
        report: stages "read" and "measure", unit "B".

    Raises:
        UsageError: something stands at `out`; a number out of its range; a special token named twice.
        InputError: the view is damaged, or a file of `beside` is no tokenizer.
        MissingError: `tokenizers` is not installed; no place to write.
    """
    special = _check(out, size, sample, special)
    others = [(path.name, Vocabulary.open(path)) for path in beside]
    library = tokenizers_library()
    with contextlib.ExitStack() as stack:
        texts = view if isinstance(view, View) else stack.enter_context(View.open(view, editions))
        chosen, later = documents_sampled(texts, sample * MEGABYTE)
        raw = _trained(library, texts, chosen, size, special, report)
        vocabulary = Vocabulary.of(raw, out.name)
        by_language = _to_measure(texts, chosen, later)
        done = 0
        measured = []
        for language, numbers in by_language:
            report("measure", done, None, "B")
            found = [text.decode() for text in texts.read(numbers)]
            measured.append(measured_beside(language, found, vocabulary, others))
            done += measured[-1].bytes
        made = MadeTokenizer(
            path=out,
            card=out.with_suffix(".md"),
            hash=vocabulary.hash,
            size=vocabulary.size,
            asked=size,
            documents=len(chosen),
            bytes=int(texts.sizes[chosen].sum(dtype=np.int64)),
            view=texts.hash,
            languages=tuple(measured),
        )
        card = tokenizer_card(made, texts.header.editions, sample, special[len(SPECIAL) :])
    with placed(made.card) as file:
        file.write(card.encode())
    with placed(out) as file:
        file.write(raw)
    return made


def view_vocabulary(view: LoadedTexts, *, size: int, sample: int, report: Report = silent) -> bytes:
    """The file of a tokenizer trained on a view, for whoever keeps it; arguments and errors as `train_tokenizer`."""
    chosen, _ = documents_sampled(view, sample * MEGABYTE)
    return _trained(tokenizers_library(), view, chosen, size, SPECIAL, report)


def documents_sampled(view: LoadedTexts, most: int) -> tuple[list[int], Iterator[int]]:
    """Documents to learn from, ascending: those that come first in the order of seed 0, until their texts have `most`
    bytes; and those that come after, in that order."""
    mixture = Mixture(view.groups, view.weights, ("galactica loader", view.hash, 0), epochs=1)
    chosen: list[int] = []
    taken = 0
    while taken < most and (document := mixture.take()) is not None:
        mixture.charge(int(view.sizes[document]))
        chosen.append(document)
        taken += int(view.sizes[document])
    return sorted(chosen), iter(mixture.take, None)


def _check(out: Path, size: int, sample: int, special: Sequence[str]) -> tuple[str, ...]:
    if out.suffix != ".json":
        raise UsageError(f"{out.name} does not end in .json.", "Name the file like tokenizer.json.")
    check_place(out)
    card = out.with_suffix(".md")
    if os.path.lexists(card):
        raise UsageError(f"{card} is there already.", "Name another file, or move that one away.")
    if not LEAST_VOCABULARY <= size <= MAX_VOCABULARY:
        raise UsageError(
            f"A vocabulary of {size:,} tokens cannot be made.",
            f"Ask for {LEAST_VOCABULARY:,} to {MAX_VOCABULARY:,}; 8,192 to 65,536 are usual.",
        )
    if not 1 <= sample <= MAX_SAMPLE:
        raise UsageError(f"{sample:,} MB of text cannot be learned from.", f"Ask for 1 to {MAX_SAMPLE:,}.")
    tokens = (*SPECIAL, *special)
    if len(set(tokens)) < len(tokens) or len(tokens) > 32 or any(not 2 <= len(each) <= 40 for each in tokens):
        raise UsageError(
            "A special token is named twice, is shorter than 2 or longer than 40 letters, or there are too many.",
            f"Name each once, at most {32 - len(SPECIAL)}; these are there: {' '.join(SPECIAL)}.",
        )
    return tokens


def _trained(
    library: Any,  # noqa: ANN401  # `tokenizers` is untyped
    view: LoadedTexts,
    chosen: Sequence[int],
    size: int,
    special: Sequence[str],
    report: Report,
) -> bytes:
    alphabet = library.pre_tokenizers.ByteLevel.alphabet()
    tokenizer = untrained_tokenizer(library)
    trainer = library.trainers.BpeTrainer(
        vocab_size=size,
        min_frequency=2,
        special_tokens=list(special),
        initial_alphabet=sorted(alphabet),
        show_progress=False,
    )
    total = int(view.sizes[list(chosen)].sum(dtype=np.int64))
    tokenizer.train_from_iterator(_texts(view, chosen, total, report), trainer)
    written: str = tokenizer.to_str(pretty=True)
    return written.encode() + b"\n"


def _texts(view: LoadedTexts, chosen: Sequence[int], total: int, report: Report) -> Iterator[list[str]]:
    done = 0
    for at in range(0, len(chosen), _BATCH):
        report("read", done, total, "B")
        raw = view.read(chosen[at : at + _BATCH])
        done += sum(map(len, raw))
        yield [each.decode() for each in raw]
    report("read", total, total, "B")


def _to_measure(view: View, chosen: Sequence[int], later: Iterator[int]) -> list[tuple[str, list[int]]]:
    """(language, documents) to count tokens in: those that were not learned from come first."""
    counted = sorted(view.counts.languages, key=lambda each: (-each[2], each[0]))[:MAX_LANGUAGES]
    found: dict[str, list[int]] = {language: [] for language, _, _ in counted}
    room = dict.fromkeys(found, MEASURED)
    spoken = _languages(view)
    looked_at = 0
    for documents in (later, iter(chosen)):
        for document in documents:
            looked_at += 1
            if looked_at > MAX_LOOKED_AT or not any(left > 0 for left in room.values()):
                break
            language = spoken[document]
            if room.get(language, 0) > 0:
                found[language].append(document)
                room[language] -= int(view.sizes[document])
    return [(language, sorted(numbers)) for language, numbers in found.items() if numbers]


def _languages(view: View) -> list[str]:
    """The language of each document."""
    try:
        column = pq.read_table(view.path / "rows.parquet", columns=["language"]).column("language")
        spoken: list[str] = column.to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{view.path} is damaged: its file rows.parquet cannot be read.", "Make it again.") from error
    return spoken
