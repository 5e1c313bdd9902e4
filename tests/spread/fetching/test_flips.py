"""Every byte of every file of a small publication: flipped, and cut off. Each is refused, or harmless."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica import library
from galactica.errors import GalacticaError, InputError, UsageError
from galactica.spread.fetching.choosing import ReleaseWish, VouchedRelease, choose_release
from galactica.spread.fetching.mirrors import HttpMirror
from galactica.spread.fetching.objects import MirrorSet
from galactica.spread.release.document import Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.pack import object_hash
from galactica.spread.trust import TrustStore
from tests.spread.fetching.conftest import NOW, Fetching, Two, nothing_came
from tests.spread.fetching.net import (
    HONEST,
    LIAR,
    LIST,
    Host,
    Net,
    newest_in,
    packs,
)


def chosen(net: Net, store: TrustStore) -> VouchedRelease:
    """What a machine that trusts the publication chooses."""
    mirror = HttpMirror(LIAR, net, agent="test", clock=lambda: 0.0, allow_local=False)
    mirrors_of = MirrorSet([mirror], told=lambda _: None)
    return choose_release(mirrors_of, ReleaseWish(store=store, now=NOW), lambda _: None)


@pytest.fixture
def trusting(fetching: Fetching, honest: Host, own_folders: Path) -> TrustStore:
    """A machine that has had the newest release."""
    fetching(HONEST)
    return TrustStore(own_folders / "xdg_config_home" / "galactica" / "trust")


def is_refused(net: Net, store: TrustStore, good: Release) -> bool:
    try:
        return chosen(net, store).release != good
    except GalacticaError:
        return True


def test_each_flipped_byte_of_each_document_is_refused_or_harmless(trusting: TrustStore, net: Net, liar: Host) -> None:
    folder, good = newest_in(liar)
    harmless: dict[str, int] = {}
    asked = {path for path, _ in liar.asked}
    chosen(net, trusting)
    asked = {path for path, _ in liar.asked} - asked
    documents = sorted(path for path in asked if path in liar.files)
    assert {LIST, f"{folder}release.json", "metadata/1.root.json"} < set(documents)
    for path in documents:
        raw = liar.files[path]
        for place in range(len(raw)):
            liar.files[path] = raw[:place] + bytes([raw[place] ^ (1 << place % 8)]) + raw[place + 1 :]
            try:
                found = chosen(net, trusting)
            except GalacticaError:
                continue
            # What is taken in spite of it is the same release, to the letter, with the same signatures.
            assert found.release == good, (path, place)
            assert found.trusted.vouched == "publication"
            harmless[path] = harmless.get(path, 0) + 1
        liar.files[path] = raw
    assert not [path for path in harmless if path.endswith("release.json")]


def test_each_flipped_byte_of_each_object_is_refused(net: Net, liar: Host, tmp_path: Path) -> None:
    for each in newest_in(liar)[1].objects:
        path = object_path(each.hash)
        raw = liar.files[path]
        for place in range(len(raw)):
            liar.files[path] = raw[:place] + bytes([raw[place] ^ (1 << place % 8)]) + raw[place + 1 :]
            assert object_hash(liar.files[path]) != each.hash
        for broken in (raw[:-1] + b"\0" if raw[-1] else raw[:-1] + b"\1", raw + b"x"):
            liar.files[path] = broken
            mirror = HttpMirror(LIAR, net, agent="test", clock=lambda: 0.0, allow_local=False)
            with pytest.raises(InputError, match="something else"):
                list(MirrorSet([mirror], told=lambda _: None).objects([each], tmp_path / "parts"))
        liar.files[path] = raw


def test_each_truncated_document_is_refused(trusting: TrustStore, net: Net, liar: Host) -> None:
    _, good = newest_in(liar)
    chosen(net, trusting)
    for path in sorted({path for path, _ in liar.asked if path in liar.files}):
        raw = liar.files[path]
        for cut in sorted({0, 1, len(raw) // 3, len(raw) // 2, len(raw) - 2, len(raw) - 1}):
            liar.files[path] = raw[:cut]
            # A list may end anywhere behind its brackets, and a signature's text without its last line feed.
            harmless = path == LIST or (path.endswith(".minisig") and cut == len(raw) - 1)
            assert is_refused(net, trusting, good) or harmless, (path, cut)
        liar.files[path] = raw


def test_a_truncated_object_is_refused_and_the_rest_taken_elsewhere(
    fetching: Fetching, liar: Host, honest: Host, two: Two
) -> None:
    for path in packs(liar):
        liar.files[path] = liar.files[path][:-7]
    with pytest.raises(InputError):
        fetching(LIAR)
    nothing_came(fetching)
    assert fetching(LIAR, HONEST).chosen.release.root == two.second
    assert library.verify(fetching.out).ok


def test_the_good_edition_stays_what_it_was_whatever_is_offered(
    fetching: Fetching, liar: Host, honest: Host, two: Two
) -> None:
    fetching(HONEST)
    before = {each: each.read_bytes() for each in fetching.out.rglob("*") if each.is_file()}
    for path in packs(liar):
        liar.files[path] = b"x"
    with pytest.raises(UsageError):
        fetching(LIAR)
    assert before == {each: each.read_bytes() for each in fetching.out.rglob("*") if each.is_file()}
