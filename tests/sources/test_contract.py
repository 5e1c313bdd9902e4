"""The contract of sources/contract.py, held against every format of the table."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from galactica.errors import InputError
from galactica.model import Attachment, Document, Rejected
from galactica.sources.contract import HoldingFiles, Item, SourceOptions
from galactica.sources.formats import BUILT_IN, FORMATS, open_source, recognised
from tests.sources.promised import check
from tests.sources.samples import SAMPLES, Sample

CHEAP = tuple(sample for sample in SAMPLES if sample.cheap)
every_format = pytest.mark.parametrize("sample", SAMPLES, ids=lambda s: f"{s.name}-{'-'.join(s.documents)[:12]}")
ENDINGS = sorted({suffix for entry in FORMATS for suffix in entry.suffixes} | {"", ".gz", ".dat", ".tar.gz"})
STARTS = (b"", b"PAR1", b"\x1f\x8b\x08", b"PK\x03\x04", b"BZh91AY&SY", b"<doc id=")
fuzz = settings(suppress_health_check=list(HealthCheck))


def read(path: Path) -> list[Item]:
    with open_source(path) as source:
        return list(source.read())


def survive(path: Path) -> None:
    """Read it; only InputError may come out, and it must help."""
    try:
        check(read(path))
    except InputError as error:
        if not error.problem or not error.remedy:
            pytest.fail(f"an error that does not help: {error!r}")


@contextlib.contextmanager
def written(sample: Sample) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        yield sample.write(Path(folder))


@every_format
def test_every_document_comes_out_under_its_own_path(sample: Sample, tmp_path: Path):
    items = read(sample.write(tmp_path))
    check(items)
    assert tuple(item.path for item in items if isinstance(item, Document)) == sample.documents


@every_format
def test_the_source_is_known_before_anything_is_read(sample: Sample, tmp_path: Path):
    with open_source(sample.write(tmp_path)) as source:
        about = source.source
        items = list(source.read())
        assert source.size is None or source.position <= source.size
    assert about.key
    assert about.title
    assert about.format == sample.name
    assert str(tmp_path) not in repr(about)
    assert {item.source for item in items} == {about.key}


@every_format
def test_the_same_bytes_give_the_same_values_in_the_same_order_wherever_they_lie(sample: Sample, tmp_path: Path):
    if sample.name == "zim":
        pytest.skip("a ZIM has a random id, and libzim's writer gives each file its own")
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
    assert read(sample.write(tmp_path / "one")) == read(sample.write(tmp_path / "two"))


@every_format
def test_what_the_person_says_wins(sample: Sample, tmp_path: Path):
    said = SourceOptions(key="mine", title="My own", language="fr", licence="CC0-1.0")
    with open_source(sample.write(tmp_path), said) as source:
        about = source.source
        assert (about.key, about.title, about.language, about.licence) == ("mine", "My own", "fr", "CC0-1.0")
        assert {item.source for item in source.read()} == {"mine"}


@every_format
def test_in_a_folder_every_file_of_a_format_is_told_whole_broken_or_empty(sample: Sample, tmp_path: Path):
    """In = out + left out, for every format: what becomes of each file is in the stream, and each is counted once."""
    place = tmp_path / "folder"
    place.mkdir()
    whole = sample.write(place)
    if whole.is_file():
        raw = whole.read_bytes()
        (place / f"half-{whole.name}").write_bytes(raw[: len(raw) // 2])
        (place / f"void-{whole.name}").write_bytes(b"")
        (place / f"junk-{whole.name}").write_bytes(bytes(range(256)) * 8)
    (place / "page.txt").write_text("A day\n\nIt rained.\n")
    with open_source(place) as source:
        assert isinstance(source, HoldingFiles)
        items = list(source.read())
        counted = source.files
    check(items)
    files = [path for path in place.rglob("*") if path.is_file()]
    left = {item.where for item in items if isinstance(item, Rejected)}
    left |= {item.path for item in items if isinstance(item, Attachment) and item.reason}
    assert sum(each.count for each in counted) >= len(files), "an archive's own files are counted too"
    assert sum(each.count - each.read for each in counted) <= len(left)
    assert all(0 <= each.read <= each.count for each in counted)


@pytest.mark.parametrize("sample", [s for s in SAMPLES if s.known_by_content], ids=lambda s: s.name)
def test_a_format_is_known_by_its_content_under_any_name(sample: Sample, tmp_path: Path):
    path = sample.write(tmp_path)
    expected = recognised(path).name
    renamed = path.rename(tmp_path / "mislabelled.txt")
    assert recognised(renamed).name == expected


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
@every_format
def test_a_file_that_breaks_off_ends_in_what_could_be_read_or_one_clear_error(
    sample: Sample, share: float, tmp_path: Path
):
    path = sample.write(tmp_path)
    if path.is_dir() or (not sample.cheap and share not in (0.0, 0.5)):
        pytest.skip("no bytes of its own, or tried with fewer cuts")
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    survive(path)


@given(st.sampled_from(CHEAP), st.data())
@fuzz
def test_flipped_bytes_do_no_harm(sample: Sample, data: st.DataObject):
    with written(sample) as path:
        if path.is_dir():
            path = min(each for each in path.rglob("*") if each.is_file())
        raw = bytearray(path.read_bytes())
        for _ in range(data.draw(st.integers(1, 4))):
            raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
        path.write_bytes(raw)
        survive(path)


@given(st.sampled_from(CHEAP), st.data())
@fuzz
def test_a_file_cut_anywhere_does_no_harm(sample: Sample, data: st.DataObject):
    with written(sample) as path:
        if not path.is_dir():
            raw = path.read_bytes()
            path.write_bytes(raw[: data.draw(st.integers(0, len(raw)))])
            survive(path)


@given(st.binary(max_size=600), st.sampled_from(ENDINGS), st.sampled_from(STARTS))
@fuzz
def test_arbitrary_bytes_under_any_name_do_no_harm(raw: bytes, ending: str, start: bytes):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{ending}"
        path.write_bytes(start + raw)
        survive(path)


@given(st.text(max_size=400), st.sampled_from([".html", ".md", ".txt", ".csv", ".jsonl", ""]))
@fuzz
def test_arbitrary_text_under_any_name_does_no_harm(text: str, ending: str):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file{ending}"
        path.write_text(text, encoding="utf-8", errors="replace", newline="")
        survive(path)


def test_every_built_in_source_is_held_to_the_contract_where_it_is_read():
    assert set(BUILT_IN) == {"pydoc:", "atlas:", "almanac:"}, "add it to `tests/sources/starter`"


def test_recognising_a_text_loads_none_of_the_heavy_libraries(tmp_path: Path):
    (tmp_path / "day.txt").write_text("A day\n\nIt rained.\n")
    program = (
        "import sys; from galactica.sources.formats import open_source\n"
        f"with open_source({str(tmp_path / 'day.txt')!r}) as s: assert len(list(s.read())) == 1\n"
        "print([m for m in ('libzim', 'pyarrow', 'mwparserfromhell', 'markdown_it') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
