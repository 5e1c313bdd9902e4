"""Files of a publication that are not what they should be: paths that lead elsewhere, bombs, records too many."""

from __future__ import annotations

import json
import shutil
import struct
from pathlib import Path

import pyarrow as pa
import pytest

from galactica.edition import record
from galactica.edition.record import Value
from galactica.errors import EditionError, GalacticaError, InputError, ProofError
from galactica.model import article_id
from galactica.spread.release import pack
from galactica.spread.release.document import MAX_OBJECT, Release, ReleaseObject
from galactica.spread.release.objects import keep_object
from galactica.spread.release.pack import PackEntry, pack_bytes
from galactica.spread.release.publication import put_release
from galactica.spread.trust.signing import PublicationSigner
from tests.spread.fetching.conftest import NOW, Fetching, Two, nothing_came
from tests.spread.fetching.net import (
    LIAR,
    LIST,
    Host,
    Net,
)
from tests.spread.trust.made import ALICE


@pytest.mark.parametrize(
    "line",
    [
        {"signatures": ["../../../../tmp/evil"]},
        {"signatures": ["a/b"]},
        {"signatures": ["x"] * 100},
        {"root": "../" * 21 + "x"},
        {"hash": "0" * 63},
        {"number": -1},
        {"number": 10**12},
        {"size": 0},
        {"size": 10**12},
        {"size": "12"},
    ],
)
def test_a_list_that_leads_elsewhere_is_refused(line: dict[str, object], fetching: Fetching, liar: Host) -> None:
    lines = json.loads(liar.files[LIST])
    lines["releases"] = [{**each, **line} for each in lines["releases"]]
    liar.files[LIST] = json.dumps(lines).encode()
    with pytest.raises(GalacticaError):
        fetching(LIAR)
    nothing_came(fetching)
    assert all(".." not in path for path, _ in liar.asked)


def test_a_link_in_a_folder_leads_nowhere(fetching: Fetching, two: Two, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(two.both, tmp_path / "stick"))
    (tmp_path / "secret").write_text("secret")
    listed = folder / LIST
    listed.unlink()
    listed.symlink_to(tmp_path / "secret")
    with pytest.raises(InputError, match="no publication"):
        fetching(str(folder))


def evil_release(folder: Path, two: Two, raw: bytes, records: dict[str, int], size: int | None = None) -> None:
    """Publish, signed by Alice, the second edition with one pack more, of any bytes."""
    shutil.copytree(two.both, folder)
    honest = Release.from_bytes(next((folder / "releases").glob("2-*/release.json")).read_bytes())
    shutil.rmtree(next((folder / "releases").glob("2-*")))
    digest, length = keep_object(folder, raw)
    bad = ReleaseObject(hash=digest, size=size or length, kind="pack", records=tuple(sorted(records.items())))
    objects = (honest.objects[0], bad, *honest.objects[1:])
    members = {name: getattr(honest, name) for name in Release.__dataclass_fields__}
    release = Release(**{**members, "objects": objects})
    signer = PublicationSigner(folder, [(ALICE.secret, ALICE.name)], NOW)
    put_release(folder, release, signer.beside(release.to_bytes()))
    signer.announce(folder, release, release.to_bytes())


def pressed(content: bytes, size: int) -> bytes:
    return pack.MAGIC + struct.pack("<I", size) + pa.Codec("zstd").compress(content, asbytes=True)


@pytest.mark.parametrize(
    ("raw", "records"),
    [
        (pressed(bytes(pack.MAX_CONTENT + 1), pack.MAX_CONTENT + 1), {"articles": 1}),
        (pressed(bytes(2**24), 1_000), {"articles": 1}),
        (pressed(b"small", 2**26), {"articles": 1}),
        (pressed(struct.pack("<BI", 1, 0) * 70_000, 350_000), {"articles": 70_000}),
        (pressed(struct.pack("<BI", 1, 3) + b"abc", 8), {"articles": 1}),
        (pressed(struct.pack("<BI", 1, 1) + b"\xa0", 6), {"articles": 2}),
        (b"no pack at all", {"articles": 1}),
    ],
)
def test_a_signed_pack_that_is_a_bomb_or_none_is_refused(
    raw: bytes, records: dict[str, int], fetching: Fetching, net: Net, two: Two, tmp_path: Path
) -> None:
    evil_release(tmp_path / "evil", two, raw, records)
    net.host("liar.example", tmp_path / "evil")
    with pytest.raises(ProofError):
        fetching(LIAR)
    nothing_came(fetching)


def test_a_signed_record_more_than_the_root_has_is_refused(
    fetching: Fetching, net: Net, two: Two, tmp_path: Path
) -> None:
    fields: dict[str, Value] = {
        "id": article_id("s", "p"),
        "source": "s",
        "path": "p",
        "title": "Lie",
        "language": "en",
    }
    entry = PackEntry("articles", record.encode({**fields, "body": "<p>x</p>"}))
    evil_release(tmp_path / "evil", two, pack_bytes([entry]), {"articles": 1})
    net.host("liar.example", tmp_path / "evil")
    with pytest.raises(EditionError, match="records arrived"):
        fetching(LIAR)
    nothing_came(fetching)


def test_no_object_is_larger_than_one_may_be() -> None:
    assert MAX_OBJECT < 2**27
