"""Programs that load tokens for training, each as its own documentation has it, all behind two functions.

`PREPARE[name](texts, sequences, folder)` lays the data out as the program wants it; `BATCHES[name](…)` yields
`int32 [batch, seq_len]` of one epoch. Two set-ups:

* `text`: documents lie there as text; whoever reads them cuts them into tokens with the same tokenizer (the package
  `tokenizers`, all cores), puts the end of a document behind each and fills sequences.
* `tokens`: sequences of tokens were made before, in an order that is that of the documents; they are shuffled.

What is shuffled how stands in `SHUFFLED`. `benchmarks.loading` runs these.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

SHUFFLED = {
    "ours": "all documents; long ones 64 sequences apart",
    "datasets map": "all documents (text), all sequences (tokens)",
    "datasets streaming": "shards, and a buffer of 10,000",
    "mosaicml streaming": "shards, and blocks of 2^18 samples (py1e)",
    "litdata": "chunks, and inside a chunk",
    "parquet": "row groups, and a buffer of 16 of them",
    "parquet in memory": "all sequences; the whole file is read first",
    "memmap": "windows at random, with repetition",
}
TEXT_PEERS = ("datasets map", "datasets streaming", "mosaicml streaming", "litdata", "parquet")
TOKEN_PEERS = (*TEXT_PEERS, "parquet in memory", "memmap")

TOGETHER = 500
"""Documents that are cut into tokens at once; of 100, 500 and 2,000 the fastest."""

Tokens = npt.NDArray[np.int32]


class Packing:
    """Documents into rows, the plain way: a buffer that is cut."""

    def __init__(self, tokenizer: str, batch: int, seq_len: int, end: int) -> None:
        os.environ["TOKENIZERS_PARALLELISM"] = "true"
        from tokenizers import Tokenizer

        self.tokenizer: Any = Tokenizer.from_file(tokenizer)
        self.batch, self.seq_len, self.end = batch, seq_len, end

    def ids(self, texts: Sequence[str]) -> list[list[int]]:
        return [each.ids for each in self.tokenizer.encode_batch_fast(list(texts), add_special_tokens=False)]

    def rows(self, texts: Iterable[str]) -> Iterator[Tokens]:
        """Batches of the tokens of texts."""
        size = self.batch * self.seq_len
        held: list[npt.NDArray[np.int32]] = []
        count = 0
        walk = iter(texts)
        while several := list(itertools.islice(walk, TOGETHER)):
            for ids in self.ids(several):
                ids.append(self.end)
                held.append(np.array(ids, np.int32))
                count += len(ids)
            if count >= size:
                joined = np.concatenate(held)
                whole = count // size * size
                yield from joined[:whole].reshape(-1, self.batch, self.seq_len)
                held, count = [joined[whole:]], count - whole


def prepare(name: str, setup: str, texts: Iterable[str], sequences: npt.NDArray[np.uint16], folder: Path) -> None:
    """Lay data out for a program.

    Args:
        setup: text or tokens.
        texts: the documents; read where the set-up is text.
        sequences: `uint16 [sequences, seq_len]`; read where it is tokens.
    """
    folder.mkdir(parents=True)
    if name == "memmap":
        sequences.tofile(folder / "tokens.bin")
    elif name == "mosaicml streaming":
        _mosaic(setup, texts, sequences, folder)
    elif name == "litdata":
        _litdata(setup, texts, sequences, folder)
    elif name.startswith("parquet") and setup == "tokens":
        _plain_parquet(sequences, folder)
    else:
        _parquet(setup, texts, sequences, folder)
        if name == "datasets map":
            _arrow(folder)


def _parquet(setup: str, texts: Iterable[str], sequences: npt.NDArray[np.uint16], folder: Path) -> None:
    """Eight files, so that shards can be shuffled; row groups of 500 rows."""
    if setup == "text":
        table = pa.table({"text": list(texts)})
    else:
        flat = pa.array(sequences.reshape(-1))
        table = pa.table({"input_ids": pa.FixedSizeListArray.from_arrays(flat, sequences.shape[1])})
    step = -(-table.num_rows // 8)
    for number in range(8):
        part = table.slice(number * step, step)
        if part.num_rows:
            pq.write_table(part, folder / f"{number}.parquet", row_group_size=500, compression="zstd")


def _plain_parquet(sequences: npt.NDArray[np.uint16], folder: Path) -> None:
    """Tuned: a sequence is one value of fixed width, plain and not compressed, which is read as fast as it is copied;
    as a list of numbers it takes thirty times as long."""
    width = 2 * sequences.shape[1]
    values = pa.FixedSizeBinaryArray.from_buffers(
        pa.binary(width), len(sequences), [None, pa.py_buffer(np.ascontiguousarray(sequences))]
    )
    pq.write_table(
        pa.table({"tokens": values}), folder / "0.parquet", row_group_size=500, compression="none", use_dictionary=False
    )


def _arrow(folder: Path) -> None:
    import datasets

    datasets.disable_progress_bars()
    found = datasets.load_dataset("parquet", data_files=_files(folder), split="train", cache_dir=str(folder / "cache"))
    found.save_to_disk(str(folder / "arrow"))


def _mosaic(setup: str, texts: Iterable[str], sequences: npt.NDArray[np.uint16], folder: Path) -> None:
    from streaming import MDSWriter

    columns = {"text": "str"} if setup == "text" else {"tokens": f"ndarray:uint16:{sequences.shape[1]}"}
    with MDSWriter(out=str(folder / "mds"), columns=columns, size_limit=1 << 26) as writer:
        if setup == "text":
            for text in texts:
                writer.write({"text": text})
        else:
            for sequence in sequences:
                writer.write({"tokens": sequence})


def _litdata(setup: str, texts: Iterable[str], sequences: npt.NDArray[np.uint16], folder: Path) -> None:
    import torch
    from litdata.streaming.cache import Cache
    from litdata.streaming.item_loader import TokensLoader

    out = str(folder / "lit")
    if setup == "text":
        cache = Cache(out, chunk_bytes=1 << 26)
        for number, text in enumerate(texts):
            cache[number] = text
    else:
        cache = Cache(out, chunk_size=sequences.shape[1] * 8192, item_loader=TokensLoader(sequences.shape[1]))
        for number, sequence in enumerate(sequences):
            cache[number] = torch.from_numpy(sequence)
    cache.done()
    cache.merge()


def batches(
    name: str, setup: str, folder: Path, *, tokenizer: str, end: int, batch: int, seq_len: int, seed: int, samples: int
) -> Iterator[Tokens]:
    """Batches of one epoch as a program gives them."""
    if setup == "text":
        packing = Packing(tokenizer, batch, seq_len, end)
        yield from packing.rows(TEXTS[name](folder, seed, batch))
    elif name == "memmap":
        yield from _windows(folder, seed, batch, seq_len, samples)
    else:
        yield from ROWS[name](folder, seed, batch, seq_len)


def _files(folder: Path) -> list[str]:
    return sorted(map(str, folder.glob("*.parquet")))


def _map_texts(folder: Path, seed: int, batch: int) -> Iterator[str]:
    import datasets

    found = datasets.load_from_disk(str(folder / "arrow"))
    order = np.random.default_rng(seed).permutation(len(found))
    for at in range(0, len(order), TOGETHER):
        yield from found[order[at : at + TOGETHER]]["text"]


def _streamed(folder: Path, seed: int) -> Any:  # noqa: ANN401  # of an untyped package
    import datasets

    found = datasets.load_dataset("parquet", data_files=_files(folder), split="train", streaming=True)
    return found.shuffle(seed=seed, buffer_size=10_000)


def _streamed_texts(folder: Path, seed: int, batch: int) -> Iterator[str]:
    for each in _streamed(folder, seed):
        yield each["text"]


def _mosaic_set(folder: Path, seed: int, batch: int) -> Any:  # noqa: ANN401  # of an untyped package
    from streaming import StreamingDataset
    from streaming.base.util import clean_stale_shared_memory

    clean_stale_shared_memory()
    return StreamingDataset(
        local=str(folder / "mds"), shuffle=True, shuffle_seed=seed, batch_size=batch, num_canonical_nodes=1
    )


def _mosaic_texts(folder: Path, seed: int, batch: int) -> Iterator[str]:
    for each in _mosaic_set(folder, seed, batch):
        yield each["text"]


def _litdata_set(folder: Path, seed: int, loader: Any) -> Any:  # noqa: ANN401  # of an untyped package
    from litdata import StreamingDataset

    return StreamingDataset(str(folder / "lit"), item_loader=loader, shuffle=True, seed=seed)


def _litdata_texts(folder: Path, seed: int, batch: int) -> Iterator[str]:
    yield from _litdata_set(folder, seed, None)


def _groups(folder: Path, seed: int, column: str, together: int = 16) -> Iterator[Any]:
    """Columns of 16 row groups at a time, in a shuffled order of all row groups."""
    drawn = np.random.default_rng(seed)
    opened = [pq.ParquetFile(file, memory_map=True) for file in _files(folder)]
    places = [(file, group) for file in opened for group in range(file.num_row_groups)]
    order = drawn.permutation(len(places))
    for at in range(0, len(order), together):
        several = [places[number] for number in order[at : at + together]]
        table = pa.concat_tables([file.read_row_group(group, columns=[column]) for file, group in several])
        yield table.column(column), drawn.permutation(table.num_rows)


def _parquet_texts(folder: Path, seed: int, batch: int) -> Iterator[str]:
    for column, order in _groups(folder, seed, "text"):
        yield from column.take(order).to_pylist()


def _map_rows(folder: Path, seed: int, batch: int, seq_len: int) -> Iterator[Tokens]:
    import datasets

    found = datasets.load_from_disk(str(folder / "arrow")).with_format("numpy")
    order = np.random.default_rng(seed).permutation(len(found))
    for at in range(0, len(order) - batch + 1, batch):
        yield found[order[at : at + batch]]["input_ids"].astype(np.int32)


def _streamed_rows(folder: Path, seed: int, batch: int, seq_len: int) -> Iterator[Tokens]:
    for each in _streamed(folder, seed).with_format("numpy").iter(batch, drop_last_batch=True):
        yield np.asarray(each["input_ids"]).astype(np.int32)


def _mosaic_rows(folder: Path, seed: int, batch: int, seq_len: int) -> Iterator[Tokens]:
    yield from _stacked((each["tokens"] for each in _mosaic_set(folder, seed, batch)), batch)


def _litdata_rows(folder: Path, seed: int, batch: int, seq_len: int) -> Iterator[Tokens]:
    from litdata.streaming.item_loader import TokensLoader

    found = _litdata_set(folder, seed, TokensLoader(seq_len))
    yield from _stacked((each.numpy() for each in found), batch)


def _stacked(rows: Iterable[npt.NDArray[Any]], batch: int) -> Iterator[Tokens]:
    walk = iter(rows)
    while len(several := list(itertools.islice(walk, batch))) == batch:
        yield np.stack(several).astype(np.int32)


def _parquet_rows(folder: Path, seed: int, batch: int, seq_len: int, together: int = 16) -> Iterator[Tokens]:
    rest = np.empty((0, seq_len), np.uint16)
    for column, order in _groups(folder, seed, "tokens", together):
        parts = [np.frombuffer(chunk.buffers()[1], np.uint16)[seq_len * chunk.offset :] for chunk in column.chunks]
        rows = np.concatenate([p[: seq_len * len(c)] for p, c in zip(parts, column.chunks, strict=True)])
        rows = rows.reshape(-1, seq_len)
        if len(rest):
            rows, order = np.concatenate((rest, rows)), np.concatenate((np.arange(len(rest)), order + len(rest)))
        whole = len(rows) // batch * batch
        for at in range(0, whole, batch):
            yield rows[order[at : at + batch]].astype(np.int32)
        rest = rows[order[whole:]]


def _windows(folder: Path, seed: int, batch: int, seq_len: int, samples: int) -> Iterator[Tokens]:
    """As nanoGPT's `get_batch` does it: no epoch, no borders, nothing to go on from but the generator."""
    drawn = np.random.default_rng(seed)
    tokens = np.memmap(folder / "tokens.bin", np.uint16, "r")
    for _ in range(samples // batch):
        starts = drawn.integers(0, len(tokens) - seq_len, batch)
        yield np.stack([tokens[at : at + seq_len].astype(np.int32) for at in starts.tolist()])


TEXTS: dict[str, Callable[[Path, int, int], Iterator[str]]] = {
    "datasets map": _map_texts,
    "datasets streaming": _streamed_texts,
    "mosaicml streaming": _mosaic_texts,
    "litdata": _litdata_texts,
    "parquet": _parquet_texts,
}
ROWS: dict[str, Callable[[Path, int, int, int], Iterator[Tokens]]] = {
    "datasets map": _map_rows,
    "datasets streaming": _streamed_rows,
    "mosaicml streaming": _mosaic_rows,
    "litdata": _litdata_rows,
    "parquet": _parquet_rows,
    "parquet in memory": partial(_parquet_rows, together=2**30),
}
