"""Fetching: from one mirror or several, whole or a part, and on from wherever it was stopped."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from galactica import library
from galactica.edition.info import read_statement
from galactica.edition.partial import read_partial
from galactica.errors import InputError, UsageError
from galactica.spread.fetching import fetching as fetching_module
from galactica.spread.release import packing
from galactica.spread.release.document import Release
from galactica.spread.release.objects import object_path
from galactica.spread.trust import TrustStore
from tests.follow.server import Asked, HostileServer, Script, reply, serving
from tests.spread.fetching.conftest import SMALL, Fetching, Two
from tests.spread.fetching.net import Host, Net, breaking, files_in


@pytest.fixture
def home(net: Net, two: Two) -> Host:
    return net.host("mirror.example", two.both)


@pytest.fixture(autouse=True)
def library_at(net: Net, home: Host) -> None:
    """The publication lies in a folder of the host."""
    home.files = {f"library/{name}": raw for name, raw in home.files.items()}


def paths(host: Host) -> list[str]:
    return [path.removeprefix("library/") for path, _ in host.asked]


def wanted(host: Host) -> str:
    """A pack of the newest release."""
    name = next(name for name in host.files if "/2-" in name and name.endswith("release.json"))
    objects = [each for each in Release.from_bytes(host.files[name]).objects if each.kind == "pack" and each.size > 400]
    return f"library/{object_path(objects[0].hash)}"


def test_what_is_fetched_is_what_was_published(fetching: Fetching, two: Two) -> None:
    found = fetching()
    assert found.chosen.trusted.vouched == "first use"
    assert "FIRST USE" in fetching.said
    assert read_statement(fetching.out).root == two.second
    assert library.verify(fetching.out).ok
    kept = {each.name for each in (fetching.out / "release").iterdir()}
    assert {"release.json", "1.root.json"} < kept
    assert len(kept) == 3
    assert not fetching.out.with_name("out.edition.fetching").exists()


def test_the_second_time_its_publication_is_trusted(fetching: Fetching, tmp_path: Path) -> None:
    fetching()
    fetching.out, fetching.notes = tmp_path / "again.edition", []
    assert fetching().chosen.trusted.vouched == "publication"


def test_the_root_that_is_named_needs_no_key(fetching: Fetching, home: Host, two: Two) -> None:
    found = fetching(root=two.first)
    assert (found.chosen.trusted.vouched, found.chosen.release.number) == ("root", 1)
    assert "FIRST USE" not in fetching.said


def test_where_the_root_is_named_forged_keys_do_not_count_for_or_against(
    fetching: Fetching, home: Host, two: Two
) -> None:
    home.files["library/metadata/1.root.json"] = b"nonsense"
    with pytest.raises(InputError, match="does not have the edition"):
        fetching(root=two.second[::-1])
    assert fetching(root=two.second).chosen.release.root == two.second


def test_what_was_fetched_is_published_again_with_its_signatures(
    fetching: Fetching, two: Two, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(packing, "LEAST", SMALL[0])
    monkeypatch.setattr(packing, "MOST", SMALL[1])
    fetching()
    again = library.publish(fetching.out, tmp_path / "again", workers=0)
    here, there = files_in(tmp_path / "again"), files_in(two.both)
    assert len(again.signed) == 1
    names = [name for name in there if "/2-" in name or name == "metadata/1.root.json"]
    assert {name: here[name] for name in names} == {name: there[name] for name in names}


def test_a_bucket_that_says_forbidden_of_what_it_does_not_have_is_fetched_from(
    fetching: Fetching, home: Host, two: Two
) -> None:
    home.absent = 403
    assert fetching().chosen.release.root == two.second


def test_an_older_number_is_fetched_where_it_is_named(fetching: Fetching, two: Two) -> None:
    assert fetching(number=1).chosen.release.root == two.first


def test_a_number_that_is_not_there_is_said(fetching: Fetching) -> None:
    with pytest.raises(InputError, match="number 7"):
        fetching(number=7)


def test_a_folder_is_a_mirror_too(fetching: Fetching, two: Two) -> None:
    found = fetching(str(two.both))
    assert found.chosen.release.root == two.second
    assert library.verify(fetching.out).ok


def test_several_mirrors_share_the_work(fetching: Fetching, net: Net, home: Host, two: Two) -> None:
    other = net.host("other.example", two.both)
    home.waits_for = other
    found = fetching("https://mirror.example/library", "https://other.example")
    assert found.chosen.release.root == two.second
    here = {path for path in paths(home) if path.startswith("objects/")}
    assert here
    assert other.objects()
    assert not here & set(other.objects())


@pytest.mark.parametrize("requests", [3, 6, 9, 12, 15])
def test_stopped_anywhere_the_same_command_goes_on(
    requests: int, fetching: Fetching, net: Net, home: Host, two: Two
) -> None:
    net.stop_after = requests
    with pytest.raises(KeyboardInterrupt):
        fetching()
    assert not fetching.out.exists()
    net.stop_after = 10**9
    before = len(home.asked)
    found = fetching()
    assert found.chosen.release.root == two.second
    twice = [path for path in paths(home)[before:] if path.startswith("objects/") and path in paths(home)[:before]]
    assert len(twice) <= 4
    assert found.fetched + found.there == found.chosen.release.bytes


def test_killed_when_all_but_the_last_was_done_it_finishes(
    fetching: Fetching, monkeypatch: pytest.MonkeyPatch, two: Two
) -> None:
    with monkeypatch.context() as killed:
        killed.setattr(fetching_module, "_done", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            fetching()
    assert read_statement(fetching.out).root == two.second
    fetching()
    assert not fetching.out.with_name("out.edition.fetching").exists()
    with pytest.raises(UsageError, match="is an edition already") as told:
        fetching()
    assert "--from https://mirror.example/library/" in told.value.remedy
    assert not fetching.out.with_name("out.edition.fetching").exists()


def test_what_broke_off_is_asked_for_from_there_on(fetching: Fetching, home: Host) -> None:
    path = wanted(home)
    raw = home.files[path]
    tries = iter((lambda start: (200, {}, breaking(raw[:200])), lambda start: home.sent(raw, start)))
    home.does[path] = lambda start: next(tries)(start)
    fetching()
    starts = [start for asked, start in home.asked if asked == path]
    assert starts[0] == 0
    assert starts[1] == 192 or starts[1] == 200
    assert library.verify(fetching.out).ok


def test_a_server_that_knows_no_ranges_serves_as_well(fetching: Fetching, home: Host) -> None:
    path = wanted(home)
    raw = home.files[path]
    home.ranges = False
    tries = iter((lambda start: (200, {}, breaking(raw[:200])), lambda start: home.sent(raw, start)))
    home.does[path] = lambda start: next(tries)(start)
    fetching()
    assert library.verify(fetching.out).ok


def test_a_busy_server_is_asked_again(fetching: Fetching, home: Host) -> None:
    path = wanted(home)
    tries = iter(
        (lambda start: (503, {"retry-after": "0"}, iter(())), lambda start: home.sent(home.files[path], start))
    )
    home.does[path] = lambda start: next(tries)(start)
    fetching()
    assert library.verify(fetching.out).ok


def test_a_share_is_an_edition_and_the_rest_is_fetched_later(fetching: Fetching, home: Host, two: Two) -> None:
    found = fetching(share=0.3)
    assert found.partial is not None
    assert 0 < found.partial.articles[0] < 30
    assert found.partial.root == two.second
    assert library.verify(fetching.out).ok
    info = library.info(fetching.out)
    assert info.partial == found.partial
    more = fetching(share=0.6)
    assert more.partial is not None
    assert more.partial.articles[0] > found.partial.articles[0]
    assert more.there >= found.fetched
    rest = fetching()
    assert rest.partial is None
    assert read_statement(fetching.out).root == two.second
    assert read_partial(fetching.out) is None
    assert library.verify(fetching.out).ok
    objects = [path for path in paths(home) if path.startswith("objects/")]
    assert len(objects) == len(set(objects))


def test_a_release_that_is_gone_while_it_was_fetched_gives_way_to_the_newest(
    fetching: Fetching, net: Net, home: Host, two: Two
) -> None:
    old = {f"library/{name}": raw for name, raw in files_in(two.old).items()}
    new, home.files = home.files, old
    net.stop_after = 9
    with pytest.raises(KeyboardInterrupt):
        fetching()
    home.files = {name: raw for name, raw in new.items() if two.first[:16] not in name}
    listed = home.files["library/releases/releases.json"]
    assert two.first.encode() in listed
    net.stop_after = 10**9
    lines = listed.replace(two.first.encode(), b"0" * 64)
    home.files["library/releases/releases.json"] = lines
    assert fetching().chosen.release.root == two.second


@pytest.mark.parametrize("what", ["folder", "file", "link", "edition"])
def test_what_stands_at_the_place_is_never_touched(what: str, fetching: Fetching, newest: Path, tmp_path: Path) -> None:
    out = fetching.out
    if what == "folder":
        out.mkdir()
        (out / "photo.jpg").write_bytes(b"miaow")
    elif what == "file":
        out.write_bytes(b"miaow")
    elif what == "link":
        (tmp_path / "elsewhere").mkdir()
        out.symlink_to(tmp_path / "elsewhere")
    else:
        shutil.copytree(newest, out)
    before = [(each, each.stat().st_mtime_ns) for each in sorted(tmp_path.rglob("*")) if ".fetching" not in str(each)]
    with pytest.raises(UsageError):
        fetching()
    after = [(each, each.stat().st_mtime_ns) for each in sorted(tmp_path.rglob("*")) if ".fetching" not in str(each)]
    assert [name for name, _ in before] == [name for name, _ in after]
    assert dict(before)[out] == dict(after)[out]


def test_nothing_is_trusted_before_the_edition_has_its_place(fetching: Fetching, net: Net, own_folders: Path) -> None:
    net.stop_after = 14
    with pytest.raises(KeyboardInterrupt):
        fetching()
    store = TrustStore(own_folders / "xdg_config_home" / "galactica" / "trust")
    assert store.publications() == ()
    net.stop_after = 10**9
    fetching()
    assert len(store.publications()) == 1


@pytest.mark.parametrize("source", ["ftp://mirror.example/", "https://user:pw@mirror.example/", "nowhere", "https://"])
def test_what_is_no_publication_is_said(source: str, fetching: Fetching) -> None:
    with pytest.raises(UsageError):
        fetching(source)


def test_over_real_sockets(fetching: Fetching, two: Two) -> None:
    with serving() as server:
        serve(server, two.both)
        found = library.fetch(
            [server.url("/")], fetching.out, allow_local=True, meaning=False, workers=0, note=fetching.notes.append
        )
        assert found.chosen.release.root == two.second
        assert library.verify(fetching.out).ok


def test_this_machine_is_asked_where_a_person_named_it(fetching: Fetching, two: Two) -> None:
    with serving() as server:
        serve(server, two.both)
        assert (
            library.fetch([server.url("/")], fetching.out, meaning=False, workers=0).chosen.release.root == two.second
        )


def serve(server: HostileServer, folder: Path) -> None:
    """Let a server have the files of a publication."""
    for name, raw in files_in(folder).items():

        def answer(request: Asked, raw: bytes = raw) -> Script:
            start = int(request.headers.get("range", "bytes=0-").removeprefix("bytes=").removesuffix("-"))
            if not start:
                return [reply(raw)]
            place = f"bytes {start}-{len(raw) - 1}/{len(raw)}"
            return [reply(raw[start:], status="206 Partial Content", Content_Range=place)]

        server.pages[f"/{name}"] = answer
