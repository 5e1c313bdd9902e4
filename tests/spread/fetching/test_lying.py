"""Mirrors that lie, stall, break off or have no end: each is left and said, and others are asked."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from galactica import library
from galactica.errors import GalacticaError, InputError
from galactica.network.connection import FetchError
from galactica.spread.fetching import mirrors
from galactica.spread.fetching.mirrors import HttpMirror
from tests.spread.fetching.conftest import Fetching, Two, nothing_came
from tests.spread.fetching.net import (
    HONEST,
    LIAR,
    LIST,
    Answered,
    Host,
    Net,
    endless,
    newest_in,
    packs,
    pieces,
)


def test_a_mirror_that_sends_another_object_is_left_and_not_asked_again(
    fetching: Fetching, liar: Host, honest: Host, two: Two
) -> None:
    for path in packs(liar):
        liar.files[path] = bytes(len(liar.files[path]))
    assert fetching(LIAR, HONEST).chosen.release.root == two.second
    assert "liar.example" in fetching.said
    assert "something else" in fetching.said
    assert len(liar.objects()) <= 4
    assert library.verify(fetching.out).ok


def test_objects_of_the_same_length_are_told_apart(fetching: Fetching, liar: Host) -> None:
    one = packs(liar)[2]
    liar.files[one] = liar.files[one][::-1]
    with pytest.raises(InputError, match="something else"):
        fetching(LIAR)
    nothing_came(fetching)


def test_swapped_packs_are_refused(fetching: Fetching, liar: Host, honest: Host, two: Two) -> None:
    one, other = packs(liar)[1:3]
    liar.files[one], liar.files[other] = liar.files[other], liar.files[one]
    assert fetching(LIAR, HONEST).chosen.release.root == two.second
    assert library.verify(fetching.out).ok


def test_an_endless_object_is_cut_off(fetching: Fetching, liar: Host, honest: Host, two: Two) -> None:
    read = 0

    def counted(_: int) -> Answered:
        def stream() -> Iterator[bytes]:
            nonlocal read
            for piece in endless():
                read += len(piece)
                yield piece

        return 200, {}, stream()

    liar.does = dict.fromkeys(packs(liar), counted)
    assert fetching(LIAR, HONEST).chosen.release.root == two.second
    assert 0 < read < 4 * 2 * 65_536
    assert "something else" in fetching.said


@pytest.mark.parametrize("path", [LIST, "metadata/1.root.json", "metadata/timestamp.json"])
def test_an_endless_document_is_cut_off(path: str, fetching: Fetching, liar: Host) -> None:
    liar.does[path] = lambda _: (200, {}, endless())
    with pytest.raises(GalacticaError):
        fetching(LIAR)
    nothing_came(fetching)


def test_a_mirror_that_stalls_is_left(
    fetching: Fetching, liar: Host, honest: Host, two: Two, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stalled(_: int) -> Answered:
        def stream() -> Iterator[bytes]:
            yield b"x"
            raise FetchError("timeout", "the reply came too slowly, or stopped coming")

        return 200, {}, stream()

    liar.does = dict.fromkeys(packs(liar), stalled)
    assert fetching(LIAR, HONEST).chosen.release.root == two.second
    assert "too slowly" in fetching.said
    assert library.verify(fetching.out).ok


def test_a_mirror_that_drips_is_left(net: Net, liar: Host, two: Two) -> None:
    moments = iter(range(0, 10**6, 40))
    mirror = HttpMirror(LIAR, net, agent="test", clock=lambda: float(next(moments)), allow_local=False)
    liar.does["drip"] = lambda _: (200, {}, pieces(bytes(100_000), 1))
    stream = mirror.opened("drip", 0, 100_000)
    assert stream is not None
    with pytest.raises(FetchError, match="fewer than"):
        list(stream)


@pytest.mark.parametrize(
    ("status", "headers"),
    [
        (206, {"content-range": "bytes 0-9/10"}),
        (206, {}),
        (206, {"content-range": "bytes 999999999999999999999-9/*"}),
        (200, {"content-encoding": "gzip"}),
        (500, {"retry-after": "x" * 10_000}),
        (999, {}),
        (302, {"location": "http://liar.example/"}),
        (302, {"location": "https://liar.example/objects/"}),
        (302, {"location": "file:///etc/passwd"}),
        (302, {"location": "https://inside.example/x"}),
    ],
)
def test_an_answer_that_is_none_is_not_taken_for_one(
    status: int, headers: dict[str, str], fetching: Fetching, net: Net, liar: Host, honest: Host, two: Two
) -> None:
    net.hosts["inside.example"] = Host({"x": b"secret"}, local=True)
    liar.does = dict.fromkeys(packs(liar), lambda _: (status, headers, pieces(b"0123456789")))
    assert fetching(LIAR, HONEST).chosen.release.root == two.second
    assert library.verify(fetching.out).ok
    assert net.hosts["inside.example"].asked == []


def test_a_circle_of_redirects_ends(net: Net, liar: Host) -> None:
    def sent_on(number: int) -> Callable[[int], Answered]:
        place = f"https://liar.example/{(number + 1) % 10}"
        return lambda _: (302, {"location": place}, iter(()))

    liar.does = {str(number): sent_on(number) for number in range(10)}
    mirror = HttpMirror(LIAR, net, agent="test", clock=lambda: 0.0, allow_local=False)
    with pytest.raises(FetchError, match="circle"):
        mirror.opened("0", 0, 10)
    assert len(liar.asked) <= mirrors.HOPS + 1


def test_a_mirror_that_lacks_objects_is_no_liar(fetching: Fetching, liar: Host, honest: Host, two: Two) -> None:
    for path in packs(liar)[::2]:
        del liar.files[path]
    assert fetching(LIAR, HONEST).chosen.release.root == two.second
    assert library.verify(fetching.out).ok


def test_a_part_that_an_earlier_run_left_damaged_is_asked_for_anew(
    fetching: Fetching, net: Net, honest: Host, two: Two
) -> None:
    net.stop_after = 10
    with pytest.raises(KeyboardInterrupt):
        fetching(HONEST)
    net.stop_after = 10**9
    parts = fetching.out.with_name("out.edition.fetching") / "parts"
    for each in newest_in(honest)[1].objects:
        (parts / each.hash).write_bytes(b"x" * (each.size // 2))
    assert fetching(HONEST).chosen.release.root == two.second
    assert library.verify(fetching.out).ok


def test_an_address_of_the_schools_own_network_that_a_person_named_leads_to_no_other_of_it(net: Net, two: Two) -> None:
    school, inside = net.host("10.0.0.5:8000", two.both), net.host("10.0.0.6", two.both)
    net.host("public.example", two.both)
    school.local = inside.local = True

    def sent_on(place: str) -> Callable[[int], Answered]:
        return lambda _: (302, {"location": place}, iter(()))

    school.does = {
        "a": sent_on("/b"),
        "b": sent_on("http://10.0.0.5:8000/README.txt"),
        "c": sent_on("http://10.0.0.6/README.txt"),
        "d": sent_on("http://public.example/d"),
    }
    net.hosts["public.example"].does = {"d": sent_on("http://10.0.0.5:8000/README.txt")}
    mirror = HttpMirror("http://10.0.0.5:8000/", net, agent="test", clock=lambda: 0.0, allow_local=False)
    assert b"".join(mirror.opened("a", 0, 10_000) or ()) == school.files["README.txt"]
    asked = len(school.asked)
    for path in "cd":
        with pytest.raises(FetchError, match="own network"):
            mirror.opened(path, 0, 10)
    assert inside.asked == []
    assert len(school.asked) == asked + 2


def test_a_name_that_leads_to_ones_own_network_is_refused_and_the_remedy_named(fetching: Fetching, liar: Host) -> None:
    liar.local = True
    with pytest.raises(InputError, match="own network") as told:
        fetching(LIAR)
    assert "--allow-local" in told.value.remedy
    assert liar.asked == []
    assert not list(fetching.out.parent.iterdir())
