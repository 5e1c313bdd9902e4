"""Power goes while something is kept: what is there afterwards is the old or the new, and going on finishes."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from galactica.spread.trust import folder as folder_module
from galactica.spread.trust import seen as seen_module
from galactica.spread.trust import store as store_module
from galactica.spread.trust.deciding import decide
from galactica.spread.trust.metadata import write_metadata
from galactica.spread.trust.online import read_online
from galactica.spread.trust.signing import PublicationSigner
from galactica.spread.trust.store import TrustStore

from .made import ALICE, BOB, CAROL, DAVE, LINE, TEAM, followed, publish, release, root, signatures
from .mirror import NOW, ONE, Publisher

TWO = followed(ONE, (BOB, CAROL, DAVE), 2, ALICE, BOB, CAROL)


class PowerCut(BaseException):
    """Nothing that the program catches."""


class Cut:
    """Lets some writes pass, then cuts the power before or in the middle of the next."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, module, name: str, after: int) -> None:
        self.left, self.write = after, getattr(module, name)
        for each in (module, store_module, seen_module):
            if hasattr(each, name):
                monkeypatch.setattr(each, name, self)

    def __call__(self, file: Path, raw: bytes):
        if not self.left:
            file.with_name(f"{file.name}.999.part").write_bytes(raw[: len(raw) // 2])
            raise PowerCut
        self.left -= 1
        return self.write(file, raw)


@pytest.mark.parametrize("after", range(3))
def test_what_was_taken_is_remembered_whole_or_not_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    store = TrustStore(tmp_path / "trust")
    old, new = release(1), release(2)
    decide(old, signatures(old, ONE.publication, *TEAM), {1: ONE.document.raw}, store=store).remember(
        store, "https://x"
    )
    roots = {1: ONE.document.raw, 2: TWO.document.raw}
    with monkeypatch.context() as patched:
        cut = Cut(patched, seen_module, "write_small", after)
        found = decide(new, signatures(new, ONE.publication, BOB, DAVE), roots, store=store)
        if after < 2:
            with pytest.raises(PowerCut):
                found.remember(store, "https://x")
        else:
            found.remember(store, "https://x")
        assert cut.left == 0
    kept = store.publications()[0]
    assert (kept.root.version, kept.seen.number) in ((1, 1), (2, 1), (2, 2))
    assert (kept.root.version, kept.seen.number) == {0: (1, 1), 1: (2, 1), 2: (2, 2)}[after]
    again = decide(new, signatures(new, ONE.publication, BOB, DAVE), roots, store=store)
    again.remember(store, "https://x")
    assert store.publications()[0].seen.number == 2
    assert store.found_at("https://x") == ONE.publication


@pytest.mark.parametrize("after", range(5))
def test_a_publication_tells_of_the_old_or_of_the_new_whenever_its_metadata_is_cut_off(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    publisher = Publisher(tmp_path / "publication")
    publisher.release()
    keys = [(each.secret, each.name) for each in (*TEAM, LINE)]
    signer = PublicationSigner(publisher.folder, keys, NOW)
    with monkeypatch.context() as patched:
        from galactica.spread.trust import metadata

        cut = Cut(patched, folder_module, "put_file", after)
        patched.setattr(metadata, "put_file", cut)
        try:
            publish(publisher.folder, release(2), signer)
            assert after >= 3
        except PowerCut:
            assert after < 3
    told = read_online(ONE, {}, publisher.copy(), NOW)
    assert told is not None
    assert [each.number for each in told.releases] == ([1] if after < 3 else [2, 1])
    state = write_metadata(publisher.folder, [each.secret for each in (*TEAM, LINE)], NOW)
    assert state.complete
    told = read_online(ONE, {}, publisher.copy(), NOW)
    assert told is not None
    assert [each.number for each in told.releases] == [2, 1]


@pytest.mark.parametrize("after", range(4))
def test_what_was_seen_on_line_is_of_use_however_much_of_it_was_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    publisher = Publisher(tmp_path / "publication")
    store = TrustStore(tmp_path / "trust")
    store.add_root(root())
    first = read_online(ONE, {}, publisher.release(), NOW)
    assert first is not None
    store.keep_online(first.root, first.kept)
    second = read_online(ONE, store.kept_online(ONE.publication), publisher.release(), NOW)
    assert second is not None
    with monkeypatch.context() as patched:
        Cut(patched, seen_module, "write_small", after)
        if after < 3:
            with pytest.raises(PowerCut):
                store.keep_online(second.root, second.kept)
        else:
            store.keep_online(second.root, second.kept)
    again = read_online(ONE, store.kept_online(ONE.publication), publisher.copy(), datetime(2027, 1, 2, tzinfo=UTC))
    assert again is not None
    assert [each.number for each in again.releases] == [2, 1]
