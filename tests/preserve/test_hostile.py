"""set.json, pieces.bin and what stands in a volume come from anywhere: nothing of it is believed alone."""

from __future__ import annotations

import contextlib
import itertools
import json
import random
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from galactica.errors import EditionError, GalacticaError
from galactica.library.preserving import recover, repair, scrub
from galactica.preserve.described import ProtectedSet, StoredFile, parse_set, planned
from galactica.preserve.extents import extents_of, stream_stretches
from galactica.preserve.table import sets_among, with_table


def described(sizes: list[int], data: int = 3, parity: int = 2) -> ProtectedSet:
    files = [StoredFile(path=f"data/{n:03d}", size=size, sha256="ab" * 32) for n, size in enumerate(sizes)]
    return planned(
        kind="volumes", root="cd" * 32, title="T", number=1, articles=1, data=data, parity=parity, files=files
    )


def changed(**members: object) -> bytes:
    document = {**json.loads(described([100, 5000]).to_bytes()), **members}
    return (json.dumps(document, sort_keys=True, indent=1) + "\n").encode()


HASH = "ab" * 32


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"[]",
        b"null",
        b"[" * 100_000,
        b'{"volume": 1}',
        changed(data=0),
        changed(data=254),
        changed(parity=0),
        changed(parity=-1),
        changed(data=True),
        changed(data=3.0),
        changed(shard=63),
        changed(shard=2**60),
        changed(piece=4097),
        changed(piece=1),
        changed(piece=0),
        changed(shard=2**40, piece=4096),
        changed(shard=64),
        changed(root="x"),
        changed(table="AB" * 32),
        changed(title=7),
        changed(kind="other"),
        changed(code="other"),
        changed(files=[["/etc/passwd", 1, HASH]]),
        changed(files=[["../x", 1, HASH]]),
        changed(files=[["a/../../x", 1, HASH]]),
        changed(files=[["a//b", 1, HASH]]),
        changed(files=[["a\\b", 1, HASH]]),
        changed(files=[["c:x", 1, HASH]]),
        changed(files=[["a\0", 1, HASH]]),
        changed(files=[["", 1, HASH]]),
        changed(files=[["b", 1, HASH], ["a", 1, HASH]]),
        changed(files=[["a", 1, HASH], ["a", 1, HASH]]),
        changed(files=[["a", -1, HASH]]),
        changed(files=[["a", 1]]),
        changed(files={}),
        described([5]).to_bytes() + b" ",
        described([5]).to_bytes().replace(b" ", b"  ", 1),
    ],
)
def test_a_set_that_is_not_of_its_form_is_refused(raw: bytes) -> None:
    with pytest.raises(EditionError, match="damaged, or none"):
        parse_set(raw)


def test_a_set_of_a_later_version_says_so() -> None:
    with pytest.raises(EditionError, match="version 2"):
        parse_set(changed(volume=2))


@given(st.lists(st.integers(0, 40_000), min_size=1, max_size=12), st.integers(1, 9), st.integers(1, 5))
def test_a_set_is_read_as_it_was_written_and_its_shards_are_the_stream(
    sizes: list[int], data: int, parity: int
) -> None:
    made = described(sizes, data, parity)
    assert parse_set(made.to_bytes()) == made
    covered = [(each.file.path, each.start, each.length) for shard in range(data) for each in extents_of(made, shard)]
    assert sum(length for _, _, length in covered) == sum(sizes)
    joined: dict[str, int] = {}
    for path, start, length in covered:
        assert joined.get(path, 0) == start
        joined[path] = start + length
    assert joined == {file.path: file.size for file in made.files if file.size}
    for shard in range(data):
        ends = [(each.at, each.at + each.length) for each in extents_of(made, shard)]
        assert all(end == begin for (_, end), (begin, _) in itertools.pairwise(ends))
        assert all(end <= made.shard for _, end in ends)


@given(st.lists(st.integers(0, 3000), min_size=1, max_size=9), st.data())
def test_a_stretch_of_the_stream_is_that_of_the_files(sizes: list[int], data: st.DataObject) -> None:
    made = described(sizes)
    total = sum(sizes)
    low = data.draw(st.integers(0, total))
    high = data.draw(st.integers(low, total + 100))
    stream = [(file.path, at) for file in made.files for at in range(file.size)]
    found = [
        (each.file.path, each.start + at) for each in stream_stretches(made, low, high) for at in range(each.length)
    ]
    assert found == stream[low:high]


@given(st.integers(0, 2**32), st.floats(0, 0.004))
def test_five_copies_that_all_rot_give_the_set_back(seed: int, share: float) -> None:
    planned_set = described([random.Random(seed).randrange(200_000) for _ in range(20)], 10, 3)
    made, table = with_table(planned_set, random.Random(seed).randbytes(planned_set.pieces * 13 * 32))
    drawn = random.Random(seed)

    def rotten(raw: bytes) -> bytes:
        hurt = bytearray(raw)
        for place in drawn.sample(range(len(raw)), int(len(raw) * share)):
            hurt[place] ^= drawn.randrange(1, 256)
        return bytes(hurt)

    found = sets_among([(rotten(made.to_bytes()), rotten(table.to_bytes())) for _ in range(5)], [made.name])
    if found:
        assert found[0][1].to_bytes() == table.to_bytes()
        assert found[0][0].table == made.table
    else:
        assert share > 0.0005  # three copies wrong at one place


def test_a_title_that_rotted_in_one_volume_makes_no_second_set() -> None:
    made, table = with_table(described([9000]), bytes(described([9000]).pieces * 5 * 32))
    other = made.to_bytes().replace(b'"title": "T"', b'"title": "U"')
    found = sets_among([(other, table.to_bytes()), *[(made.to_bytes(), table.to_bytes())] * 2])
    assert [each.title for each, _ in found] == ["T"]


@pytest.mark.parametrize("seed", range(12))
def test_volumes_full_of_nonsense_end_in_words_never_in_a_traceback(
    volumes: tuple[Path, ...], tmp_path: Path, seed: int
) -> None:
    drawn = random.Random(seed)
    hurt = []
    for volume in volumes[:5]:
        copy = tmp_path / volume.name
        shutil.copytree(volume, copy)
        for path in sorted(copy.rglob("*")):
            if path.is_file() and drawn.random() < 0.4:
                size = min(path.stat().st_size, 3000)
                path.write_bytes(
                    drawn.choice([b"", b"{}", b"[]", drawn.randbytes(size), path.read_bytes()[: size // 2]])
                )
        hurt.append(copy)
    for work in (
        lambda: recover(hurt, tmp_path / "out.edition", index=False),
        lambda: scrub(hurt, state=tmp_path / "state"),
        lambda: repair(hurt[0], hurt[1:]),
    ):
        with contextlib.suppress(GalacticaError):
            work()
