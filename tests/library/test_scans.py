"""From what was read on scans back to an edition: in any order, doubled, mixed, incomplete, stopped and begun again.

Scans are files that say what reading them gives: how pictures are read is tested where that is done.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("zopfli", reason="pages are packed with zopfli (the extra engrave)")

from galactica import library
from galactica.edition import Edition
from galactica.edition.partial import read_partial
from galactica.engrave.sheet.header import SheetHeader
from galactica.engrave.stream.engraving import Engraving
from galactica.errors import EditionError, InputError, UsageError
from galactica.library.scans import recover_scans
from tests.engrave.stream.made import build, engraved, records_in


@dataclass(frozen=True)
class Read:
    header: SheetHeader | None
    payload: bytes | None
    wrong: float = 0.0
    reason: str = ""


def scan(folder: Path, name: str, *pages: tuple[SheetHeader | None, bytes | None]) -> None:
    folder.mkdir(exist_ok=True)
    rows = []
    for header, payload in pages:
        fields = None
        if header is not None:
            fields = {key: each.hex() if isinstance(each, bytes) else each for key, each in asdict(header).items()}
        rows.append([fields, None if payload is None else payload.hex()])
    (folder / name).write_text(json.dumps(rows))


def scanner(file: Path) -> Iterator[Read]:
    if file.suffix != ".scan":
        return
    for fields, payload in json.loads(file.read_text()):
        header = None
        if fields is not None:
            raw: dict[str, Any] = {
                k: bytes.fromhex(v) if k in ("root", "set_id", "digest") else v for k, v in fields.items()
            }
            header = SheetHeader(**raw)
        yield Read(header, None if payload is None else bytes.fromhex(payload), reason="" if payload else "too faint")


def scans_of(engraving: Engraving, sheets: Iterable[int], folder: Path, *, seed: int = 0) -> Path:
    names = list(sheets)
    random.Random(seed).shuffle(names)
    for place, number in enumerate(names):
        page = (engraving.sheets[number].header, engraving.payload(number))
        scan(folder, f"{seed}-{place:03d}.scan", page)
    return folder


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("scanned"))


@pytest.fixture(scope="module")
def engraving(edition: Path, tmp_path_factory: pytest.TempPathFactory) -> Engraving:
    return engraved(edition, tmp_path_factory.mktemp("set") / "set")


def test_the_whole_edition_comes_back_with_its_root(edition: Path, engraving: Engraving, tmp_path: Path) -> None:
    scans_of(engraving, range(engraving.plan.sheets), tmp_path / "scans")
    found = recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    assert found.whole
    assert found.own == found.root == library.info(edition).root
    assert (found.read, found.made, found.lost, found.missing, found.doubles) == (engraving.plan.sheets, 0, (), (), 0)
    assert library.verify(tmp_path / "out").ok
    assert records_in(tmp_path / "out") == records_in(edition)
    with library.open_library([tmp_path / "out"]) as opened:
        assert opened.search("tarn 7").hits[0].title == "Tarn 7"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["out", "scans"]


def test_missing_and_doubled_sheets_in_any_order_and_several_to_a_file(engraving: Engraving, tmp_path: Path) -> None:
    plan = engraving.plan
    pages = [(engraving.sheets[n].header, engraving.payload(n)) for n in range(plan.sheets) if n not in (0, 3)]
    scan(tmp_path / "scans", "b.scan", *reversed(pages))
    scan(tmp_path / "scans", "a.scan", pages[1], (None, None), (pages[2][0], None))
    (tmp_path / "scans" / "notes.txt").write_text("not a scan")
    found = recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    assert found.whole
    assert (found.files, found.pages, found.doubles, found.made) == (2, plan.sheets - 2 + 3, 1, 2)
    assert [(each.file, each.page, each.sheet, each.reason) for each in found.unread] == [
        ("a.scan", 2, -1, "too faint"),
        ("a.scan", 3, pages[2][0].sheet, "too faint"),
    ]


def test_with_too_few_sheets_a_part_is_made_and_what_is_missing_is_listed(
    edition: Path, engraving: Engraving, tmp_path: Path
) -> None:
    plan = engraving.plan
    scans_of(engraving, set(range(plan.sheets)) - set(range(1, 2 + plan.parity)), tmp_path / "scans")
    found = recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    lost = range(1, 2 + plan.parity)
    assert found.lost == tuple(lost)
    assert not found.whole
    assert found.complete
    assert found.here == found.articles - sum(engraving.sheets[n].articles for n in lost) == 24 - len(found.missing)
    here = records_in(tmp_path / "out")
    assert set(here) | {each.title for each in found.missing} == set(records_in(edition))
    assert all(records_in(edition)[title] == raw for title, raw in here.items())
    partial = read_partial(tmp_path / "out")
    assert partial is not None
    assert partial.root == library.info(edition).root
    assert partial.articles == (found.here, 24)
    assert library.verify(tmp_path / "out").ok
    listed = (tmp_path / "out" / "missing.tsv").read_text().splitlines()
    assert [line.split("\t")[3] for line in listed] == [each.title for each in found.missing]


def test_articles_that_were_chosen_are_a_part_of_the_edition(edition: Path, tmp_path: Path) -> None:
    some = engraved(edition, tmp_path / "set", take=5)
    scans_of(some, range(some.plan.sheets), tmp_path / "scans")
    found = recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    assert (found.here, found.articles, found.missing, found.whole) == (5, 5, (), False)
    with Edition.open(tmp_path / "out") as part, Edition.open(edition) as whole:
        assert {each.title for _, each in part.scan()} < {each.title for _, each in whole.scan()}


def test_sheets_of_several_sets_are_told_apart(edition: Path, engraving: Engraving, tmp_path: Path) -> None:
    other = engraved(edition, tmp_path / "other", take=4)
    (tmp_path / "third").mkdir()
    strange = engraved(build(tmp_path / "third", articles=3), tmp_path / "strange")
    scans_of(engraving, range(engraving.plan.sheets), tmp_path / "scans")
    scans_of(other, range(other.plan.sheets), tmp_path / "scans", seed=1)
    scans_of(strange, range(strange.plan.sheets), tmp_path / "scans", seed=2)
    root = library.info(edition).root
    ids = [each.sheets[0].header.set_id.hex() for each in (engraving, other)]
    with pytest.raises(UsageError, match=f"several sets.*{ids[0]}.*{ids[1]}"):
        recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    with pytest.raises(UsageError, match="several sets"):
        recover_scans(tmp_path / "scans", tmp_path / "out", root=root, scanner=scanner)
    with pytest.raises(UsageError, match="No sheet is of that"):
        recover_scans(tmp_path / "scans", tmp_path / "out", root="00" * 32, scanner=scanner)
    named = f"{root[:32]}{'0' * 32}"
    with pytest.raises(EditionError, match="not of the one that was named"):
        recover_scans(tmp_path / "scans", tmp_path / "out", root=named, chosen=ids[0], scanner=scanner)
    found = recover_scans(tmp_path / "scans", tmp_path / "out", chosen=ids[1][:6], scanner=scanner)
    assert found.here == 4
    assert {each.set_id for each in found.others} == {ids[0], strange.sheets[0].header.set_id.hex()}
    again = recover_scans(tmp_path / "scans", tmp_path / "third.out", root=strange.root.hex(), scanner=scanner)
    assert again.here == 3


def test_a_run_that_was_stopped_looks_at_each_scan_once(engraving: Engraving, tmp_path: Path) -> None:
    scans_of(engraving, range(engraving.plan.sheets), tmp_path / "scans")
    looked: list[str] = []

    def stopping(file: Path) -> Iterator[Read]:
        if len(looked) == 4:
            raise KeyboardInterrupt
        looked.append(file.name)
        yield from scanner(file)

    with pytest.raises(KeyboardInterrupt):
        recover_scans(tmp_path / "scans", tmp_path / "out", scanner=stopping)
    assert not (tmp_path / "out").exists()
    kept = tmp_path / "out.recovering" / "scans.jsonl"
    kept.write_bytes(kept.read_bytes() + b'\n{"file": "half')
    again: list[str] = []

    def noting(file: Path) -> Iterator[Read]:
        again.append(file.name)
        yield from scanner(file)

    found = recover_scans(tmp_path / "scans", tmp_path / "out", scanner=noting)
    assert found.whole
    assert sorted(looked + again) == sorted(path.name for path in (tmp_path / "scans").iterdir())


def test_sheets_whose_content_was_changed_give_no_article_as_right(
    edition: Path, engraving: Engraving, tmp_path: Path
) -> None:
    """A forger who makes new headers for what he changed: blocks say that they were changed, or proofs do."""
    from galactica.engrave.sheet.header import sheet_digest

    drawn = random.Random(4)
    whole = records_in(edition)
    for number in range(engraving.plan.data):
        payload = bytearray(engraving.payload(number))
        payload[drawn.randrange(len(payload))] ^= 1 << drawn.randrange(8)
        header = engraving.sheets[number].header
        fields = asdict(header) | {"digest": sheet_digest(bytes(payload))}
        scan(tmp_path / "scans", f"{number}.scan", (SheetHeader(**fields), bytes(payload)))
    try:
        found = recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    except EditionError:
        return
    assert found.here < 24
    assert set(records_in(tmp_path / "out").values()) <= set(whole.values())


def test_where_nothing_can_be_read_it_is_said_why(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no folder"):
        recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    scan(tmp_path / "scans", "a.scan", (None, None))
    with pytest.raises(InputError, match="too faint"):
        recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    (tmp_path / "out").mkdir()
    with pytest.raises(UsageError, match="is there already"):
        recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)


def test_without_what_proves_articles_they_are_taken_only_where_it_is_asked_for(
    engraving: Engraving, tmp_path: Path
) -> None:
    """The second sheet of a small set has records and their proofs, but not the nodes that the proofs lead to."""
    scans_of(engraving, [1], tmp_path / "scans")
    with pytest.raises(EditionError, match="do not say which edition"):
        recover_scans(tmp_path / "scans", tmp_path / "out", scanner=scanner)
    assert not (tmp_path / "out").exists()
