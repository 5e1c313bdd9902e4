"""Each export says what the view says, is read by the peer's own reader, and goes on where it was stopped."""

from __future__ import annotations

import gc
import gzip
import hashlib
import io
import json
import shutil
import tarfile
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest

from galactica.errors import EditionError, InputError, MissingError, UsageError
from galactica.train.views.exports import exporting, shards
from galactica.train.views.exports.exporting import FORMS, export_view, is_view
from galactica.train.views.view import View
from tests.train.views.conftest import article, edition, view_of


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, english: Path, mixed: Path) -> Path:
    out = tmp_path_factory.mktemp("views") / "both.view"
    view_of(out, english, mixed)
    return out


@pytest.fixture(scope="module")
def texts(both: Path) -> list[str]:
    with View.open(both) as view:
        return [text.decode() for _, text in view.scan()]


@pytest.fixture
def small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files of a few documents each."""
    monkeypatch.setattr(shards, "SHARD_BYTES", 1_500)
    monkeypatch.setattr(shards.shard_borders, "__defaults__", (1_500,))


@pytest.fixture(scope="module")
def tokenizer(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> Path:
    tokenizers = pytest.importorskip("tokenizers")
    made = tokenizers.Tokenizer(tokenizers.models.BPE())
    made.pre_tokenizer = tokenizers.pre_tokenizers.ByteLevel(add_prefix_space=False)
    made.decoder = tokenizers.decoders.ByteLevel()
    trainer = tokenizers.trainers.BpeTrainer(
        vocab_size=400,
        special_tokens=["<|end|>"],
        initial_alphabet=tokenizers.pre_tokenizers.ByteLevel.alphabet(),
        show_progress=False,
    )
    made.train_from_iterator(texts, trainer)
    out = tmp_path_factory.mktemp("tokenizer") / "tokenizer.json"
    made.save(str(out))
    return out


def test_lines_have_each_text_with_where_it_is_from(both: Path, texts: list[str], tmp_path: Path) -> None:
    written = export_view(both, tmp_path / "o.jsonl", format="jsonl")
    lines = [json.loads(line) for line in (tmp_path / "o.jsonl").read_text(encoding="utf-8").splitlines()]
    assert [line["text"] for line in lines] == texts
    assert {line["licence"] for line in lines} == {"CC-BY-SA-4.0", "CC0-1.0"}
    assert written.bytes == (tmp_path / "o.jsonl").stat().st_size
    export_view(both, tmp_path / "o.jsonl.gz", format="jsonl")
    assert gzip.decompress((tmp_path / "o.jsonl.gz").read_bytes()) == (tmp_path / "o.jsonl").read_bytes()
    stream = io.BytesIO()
    export_view(both, stream, format="jsonl")
    assert stream.getvalue() == (tmp_path / "o.jsonl").read_bytes()
    with pytest.raises(UsageError):
        export_view(both, tmp_path / "o.jsonl", format="jsonl")


@pytest.mark.usefixtures("small_shards")
def test_parquet_files_have_a_row_a_document(both: Path, texts: list[str], tmp_path: Path) -> None:
    written = export_view(both, tmp_path / "out", format="parquet")
    files = sorted((tmp_path / "out").iterdir())
    assert len(files) == written.files > 3
    rows = [row for file in files for row in pq.read_table(file).to_pylist()]
    assert [row["text"] for row in rows] == texts
    assert all(row["edition"] and row["title"] and row["source"] for row in rows)


@pytest.mark.usefixtures("small_shards")
def test_tar_files_have_a_text_and_a_json_for_each_document(both: Path, texts: list[str], tmp_path: Path) -> None:
    export_view(both, tmp_path / "out", format="webdataset")
    found = {}
    for file in sorted((tmp_path / "out").iterdir()):
        with tarfile.open(file) as archive:
            for member in archive:
                assert (member.mtime, member.uid, member.uname) == (0, 0, "")
                found[member.name] = archive.extractfile(member).read()
    assert [raw.decode() for name, raw in found.items() if name.endswith(".txt")] == texts
    assert json.loads(found["000000020.json"])["language"] in {"en", "de", "zh-Hant"}


@pytest.mark.usefixtures("small_shards")
@pytest.mark.filterwarnings("ignore")  # it leaves files to the collector
def test_webdataset_reads_its_tar_files(both: Path, texts: list[str], tmp_path: Path) -> None:
    webdataset = pytest.importorskip("webdataset")
    export_view(both, tmp_path / "out", format="webdataset")
    files = [str(file) for file in sorted((tmp_path / "out").iterdir())]
    samples = list(webdataset.WebDataset(files, shardshuffle=False, empty_check=False).decode())
    gc.collect()
    assert [sample["txt"] for sample in samples] == texts
    assert [sample["json"]["title"] for sample in samples] == [text.split("\n")[0] for text in texts]


def samples_of_mds(folder: Path) -> list[dict[str, str]]:
    """The samples of a folder of MDS shards, read by the description alone."""
    samples = []
    for shard in json.loads((folder / "index.json").read_text())["shards"]:
        raw = (folder / shard["raw_data"]["basename"]).read_bytes()
        assert len(raw) == shard["raw_data"]["bytes"]
        count = int(np.frombuffer(raw, "<u4", 1)[0])
        assert count == shard["samples"]
        offsets = np.frombuffer(raw, "<u4", count + 1, offset=4)
        assert offsets[-1] == len(raw)
        for start in offsets[:-1].tolist():
            lengths = np.frombuffer(raw, "<u4", len(shard["column_names"]), offset=start).tolist()
            at = start + 4 * len(lengths)
            sample = {}
            for name, length in zip(shard["column_names"], lengths, strict=True):
                sample[name] = raw[at : at + length].decode()
                at += length
            samples.append(sample)
    return samples


@pytest.mark.usefixtures("small_shards")
def test_mds_shards_hold_each_document(both: Path, texts: list[str], tmp_path: Path) -> None:
    export_view(both, tmp_path / "out", format="mds")
    assert [sample["text"] for sample in samples_of_mds(tmp_path / "out")] == texts


@pytest.mark.usefixtures("small_shards")
@pytest.mark.filterwarnings("ignore")
def test_mosaicml_streaming_reads_its_shards(both: Path, texts: list[str], tmp_path: Path) -> None:
    streaming = pytest.importorskip("streaming")
    export_view(both, tmp_path / "out", format="mds")
    found = streaming.LocalDataset(str(tmp_path / "out"))
    assert [found[number]["text"] for number in range(len(found))] == texts
    assert found[21]["licence"] in {"CC-BY-SA-4.0", "CC0-1.0"}


@pytest.mark.usefixtures("small_shards")
def test_files_of_tokens_give_the_texts_back(both: Path, texts: list[str], tokenizer: Path, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    export_view(both, tmp_path / "out", format="tokens", tokenizer=tokenizer, held_back=0.3)
    meta = json.loads((tmp_path / "out" / "meta.json").read_text())
    made = tokenizers.Tokenizer.from_file(str(tokenizer))
    found = []
    for name in ("train", "val"):
        ids = np.memmap(tmp_path / "out" / f"{name}.bin", dtype=meta["dtype"], mode="r").tolist()
        assert len(ids) == meta[f"{name}_tokens"]
        assert max(ids) < meta["vocab_size"]
        ends = [at for at, each in enumerate(ids) if each == meta["eot_token"]]
        starts = [0, *(at + 1 for at in ends[:-1])]
        found.append([made.decode(ids[a:b]) for a, b in zip(starts, ends, strict=True)])
    assert sorted(found[0] + found[1]) == sorted(texts)
    assert 0 < len(found[1]) < len(found[0])
    with View.open(both) as view:
        assert [texts[n] for n in np.flatnonzero(view.held_back(0.3))] == found[1]
    assert sorted(each.name for each in (tmp_path / "out").iterdir()) == ["meta.json", "train.bin", "val.bin"]


def test_what_spells_the_end_of_a_document_is_text(tokenizer: Path, tmp_path: Path) -> None:
    bad = edition(tmp_path / "e", [article(1, body="<p>A text with &lt;|end|&gt; in it.</p>")])
    view_of(tmp_path / "v.view", bad)
    export_view(tmp_path / "v.view", tmp_path / "out", format="tokens", tokenizer=tokenizer, held_back=0)
    meta = json.loads((tmp_path / "out" / "meta.json").read_text())
    ids = np.fromfile(tmp_path / "out" / "train.bin", meta["dtype"]).tolist()
    assert ids.count(meta["eot_token"]) == 1


def test_a_tokenizer_that_ends_no_document_is_refused(both: Path, tmp_path: Path) -> None:
    tokenizers = pytest.importorskip("tokenizers")
    tokenizers.Tokenizer(tokenizers.models.BPE()).save(str(tmp_path / "t.json"))
    with pytest.raises(InputError, match="no token that ends"):
        export_view(both, tmp_path / "out", format="tokens", tokenizer=tmp_path / "t.json")


def digest(folder: Path) -> dict[str, str]:
    return {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in sorted(folder.iterdir())}


@pytest.mark.usefixtures("small_shards")
@pytest.mark.parametrize("form", ["parquet", "mds", "webdataset", "tokens"])
def test_an_export_that_was_stopped_goes_on_and_gives_the_same_files(
    both: Path, tmp_path: Path, request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    settings = {"tokenizer": request.getfixturevalue("tokenizer")} if form == "tokens" else {}
    export_view(both, tmp_path / "whole", format=form, **settings)
    scanned: list[int] = []
    scan = View.scan

    def broken(view: View, start: int = 0, stop: int | None = None):
        if start >= 12 and len(scanned) < 4:
            raise KeyboardInterrupt
        scanned.append(start)
        return scan(view, start, stop)

    monkeypatch.setattr(View, "scan", broken)
    with pytest.raises(KeyboardInterrupt):
        export_view(both, tmp_path / "out", format=form, **settings)
    assert not (tmp_path / "out").exists()
    (tmp_path / "out.making" / "00099.part").write_bytes(b"half")
    scanned.extend([-1] * 4)
    before = len(scanned)
    export_view(both, tmp_path / "out", format=form, **settings)
    assert min(scanned[before:]) >= 8  # what was whole was not made again
    assert digest(tmp_path / "out") == digest(tmp_path / "whole")
    assert not (tmp_path / "out.making").exists()


@pytest.mark.usefixtures("small_shards")
def test_what_another_view_left_is_not_taken_for_this_one(both: Path, english: Path, tmp_path: Path) -> None:
    view_of(tmp_path / "other.view", english)
    work = tmp_path / "out.making"
    work.mkdir()
    (work / "00000.parquet").write_bytes(b"of another view")
    (work / shards.MARK).write_text("{}")
    export_view(tmp_path / "other.view", tmp_path / "out", format="parquet")
    assert pq.read_table(tmp_path / "out" / "00000.parquet").num_rows > 0


@pytest.mark.parametrize("sizes", [[], [5], [5, 5, 5, 5], [100], [1, 100, 1], [0, 0, 11, 0]])
def test_stretches_cover_all_documents_once(sizes: list[int]) -> None:
    borders = shards.shard_borders(np.array(sizes, np.uint32), 10)
    assert [number for start, stop in borders for number in range(start, stop)] == list(range(len(sizes)))
    assert all(stop - start == 1 or sum(sizes[start:stop]) <= 10 for start, stop in borders)


def test_what_cannot_be_written_is_refused_before_anything_is(both: Path, tmp_path: Path) -> None:
    for settings in ({"format": "zim"}, {"format": "tokens"}, {"format": "mds", "tokenizer": Path("t.json")}):
        with pytest.raises(UsageError):
            export_view(both, tmp_path / "out", **settings)
    (tmp_path / "there").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        export_view(both, tmp_path / "there", format="mds")
    with pytest.raises(MissingError):
        export_view(both, tmp_path / "none" / "out", format="mds")
    with pytest.raises(UsageError):
        export_view(both, io.BytesIO(), format="parquet")
    with pytest.raises(InputError):
        export_view(tmp_path / "no.view", tmp_path / "out", format="mds")
    assert [each.name for each in tmp_path.iterdir()] == ["there"]
    assert is_view(both)
    assert not is_view(tmp_path)
    assert set(FORMS) == {"jsonl", "parquet", "mds", "webdataset", "tokens"}
    assert exporting.HELD_BACK < 1


def test_a_damaged_edition_ends_an_export_and_leaves_nothing_under_its_name(
    both: Path, english: Path, mixed: Path, tmp_path: Path
) -> None:
    shutil.copytree(english, tmp_path / "bad.edition")
    file = tmp_path / "bad.edition" / "data" / "articles" / "00000.parquet"
    raw = bytearray(file.read_bytes())
    raw[100:200] = bytes(100)
    file.write_bytes(raw)
    with pytest.raises(EditionError, match="is damaged"):
        export_view(both, tmp_path / "out", format="parquet", editions=[tmp_path / "bad.edition", mixed])
    assert not (tmp_path / "out").exists()
