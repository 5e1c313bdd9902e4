"""An edition of 1 GB to Mars: broadcast, a late session, CFDP class 2, and requests and replies as TCP would make them.

    python -m benchmarks.spread_mars --publication DIR [--rates 0.5 2 267] [--seeds 20] [--png FOLDER]

20 minutes of light, 5 % of packets lost, at each rate with and without a conjunction (two weeks of silence, known to
both ends, that begin after 45 minutes), and where three times as many are lost as was planned for. The edition is the
newest release of a publication, its objects repeated up to `--size`. Counted are symbols, not bytes: which packet is
sent when, and which are lost. Told are the times at which a first article can be read and searched, 1 %, and all; of
`--seeds` receivers the median.

* broadcast: `galactica broadcast`, its own layout and order (`spread.packets`), with the redundancy that `galactica
  plan` gives; beside it what `spread.plan` reckons without sending a packet.
* late: the same with reports every half an hour (`spread.late.order`), which arrive as late as everything, and one in
  twenty of them never.
* CFDP class 2: each object a file, all under way at once. Each gap is asked for when it is seen and, where that is
  lost, again after twice the light time and a minute; what is asked for goes before what is new. Modelled packet by
  packet, and checked beside cfdp-py's own state machines in virtual time on small files (`--check`). Timers stand
  still in silence.
* requests and replies: one connection that hands over object after object; 1.22/√p segments a round trip (Mathis et
  al., The macroscopic behavior of the TCP congestion avoidance algorithm, 1997), at most what the link takes. Real
  TCP does not get that far: it gives up to connect after some minutes (RFC 1122, 4.2.3.5).
"""

from __future__ import annotations

import argparse
import heapq
import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from statistics import median

import numpy as np
from numpy.typing import NDArray

from benchmarks import results
from benchmarks.spread_cfdp import check_model
from galactica.cli.planning import time_text
from galactica.codes.curves import PlottedLine
from galactica.spread.late.order import LateOrder
from galactica.spread.packets.broadcasting import travelling
from galactica.spread.packets.layout import Layout, SentObject, lay_out
from galactica.spread.packets.schedule import CarouselPlan, SendingOrder, used_symbols
from galactica.spread.plan import Completion, LinkProfile, Load, Stretch, best_redundancy
from galactica.spread.plan.airtime import Airtime
from galactica.spread.plan.picture import curves_png
from galactica.spread.plan.profile import CONJUNCTION
from galactica.spread.release.document import Release
from galactica.spread.release.publication import published_releases

SYMBOL, WIRE = 1384, 1428
"""Bytes of a symbol, and of its packet with the headers of UDP and IPv4."""
REPORT = 1800.0
BEGINS = 45 * 60.0
MSS, MATHIS = 1460, math.sqrt(3 / 2)

Times = NDArray[np.float64]
"""When each piece can be read, in seconds, float64 [pieces]; beside it its bytes."""


def profile(publication: Path, size: int) -> tuple[list[SentObject], list[bool]]:
    """The objects of the newest release, repeated up to `size` bytes; and which of them hold articles."""
    releases = [Release.from_bytes(raw) for _, raw in published_releases(publication)]
    release = max(releases, key=lambda each: each.number)
    objects = travelling(release)
    records = {each.hash: dict(each.records) for each in release.objects}
    told = ["articles" in records[each.hash.hex()] for each in objects]
    found: list[SentObject] = []
    total = 0
    while total < size:
        each = objects[len(found) % len(objects)]
        found.append(each)
        total += each.size
    return found, [told[at % len(objects)] for at in range(len(found))]


class Ground:
    """What all ways have in common: the edition, its layout, and a link."""

    def __init__(self, objects: Sequence[SentObject], link: LinkProfile, planned: float) -> None:
        self.objects, self.link = objects, link
        self.layout: Layout = lay_out(objects, SYMBOL)
        self.second = link.rate / (8 * WIRE)
        self.air = Airtime(link)
        mean = sum(each.size for each in objects) // len(objects)
        self.load = Load(size=sum(each.size for each in objects), object=mean)
        self.redundancy = best_redundancy(replace(link, silences=(), loss=planned), self.load)
        head = 1 + 60 * len(objects) // SYMBOL
        self.order = SendingOrder(self.layout, head, CarouselPlan(redundancy=round(self.redundancy * 10_000)))
        self.head = head

    def time(self, packet: float) -> float:
        """When the packet of that number arrives, if it does."""
        return self.air.at((packet + 1) / self.second) + self.link.delay

    def objects_of(self, blocks: Times) -> Times:
        """When each object can be read, from when each block is restored."""
        return np.array([blocks[list(self.layout.blocks_of(place))].max() for place in range(len(self.objects))])

    def cycle(self) -> NDArray[np.int32]:
        """The block of each packet of a cycle, −1 for the announcement."""
        return np.fromiter((self.order.slot(0, at).block for at in range(self.order.packets)), np.int32)


def broadcast(ground: Ground, cycle: NDArray[np.int32], seed: int) -> Times:
    """When each object can be read."""
    random = np.random.default_rng(seed)
    need = np.array([*(block.symbols for block in ground.layout.blocks), ground.head])
    found = np.full(len(need), -1, np.int64)
    held = np.zeros(len(need), np.int64)
    turn = 0
    while (found < 0).any():
        came = np.flatnonzero(random.random(len(cycle)) >= ground.link.loss)
        blocks = cycle[came]
        for block in np.flatnonzero(found < 0):
            places = came[blocks == (block if block + 1 < len(need) else -1)]
            if held[block] + len(places) >= need[block]:
                found[block] = turn * len(cycle) + places[need[block] - held[block] - 1]
            held[block] += len(places)
        turn += 1
    known = found[-1]  # before the announcement nothing can be read
    return ground.objects_of(np.array([ground.time(max(each, known)) for each in found[:-1]]))


def late(ground: Ground, cycle: NDArray[np.int32], seed: int) -> Times:
    """When each object can be read, where reports come back as late as all else."""
    random = Random(seed)
    sources = [block.symbols for block in ground.layout.blocks]
    periods = [*map(used_symbols, sources), used_symbols(ground.head)]

    def base() -> Iterator[int]:
        while True:
            yield from cycle.tolist()

    order = LateOrder(sources, periods, base(), for_all=0)
    held, done = [0] * len(sources), [math.inf] * len(sources)
    newest: tuple[int, int] | None = None
    due, number, waiting = REPORT, 0, list[tuple[float, int, tuple[int, int] | None, tuple[int | None, ...]]]()
    left, packet, loss = len(sources), 0, ground.link.loss
    now = 0.0
    while left:
        if packet % 64 == 0:
            now = ground.air.at(packet / ground.second)
        if now >= due:  # what has been sent by now is told when it has arrived, and heard when that has come back
            told = tuple(None if done[block] < math.inf else count for block, count in enumerate(held))
            heard = ground.air.next_open(now + 2 * ground.link.delay)
            if random.random() >= loss:
                waiting.append((heard, number, newest, told))
            due, number = max(due + REPORT, now), number + 1
        while waiting and waiting[0][0] <= now:
            _, which, last, told = waiting.pop(0)
            order.settle(b"mars", which, last, told)
        block, symbol = order.next()
        if random.random() >= loss and block >= 0:
            newest = block, symbol
            held[block] += 1
            if held[block] == sources[block]:
                done[block] = ground.time(packet)
                left -= 1
        packet += 1
    return ground.objects_of(np.array(done))


def cfdp(ground: Ground, seed: int) -> Times:
    """When each object has arrived as a file of CFDP class 2."""
    return class_2([-(-each.size // SYMBOL) for each in ground.objects], ground.link, ground.second, Random(seed))


def class_2(files: Sequence[int], link: LinkProfile, second: float, random: Random) -> Times:
    """When each file of so many segments has arrived; `second` PDUs are sent in a second."""
    air, light = Airtime(link), link.delay
    again = 2 * light + 60

    def answered(seen: float) -> float:
        """When a request for what was seen to be missing is heard: asked at once, and again where that is lost."""
        while random.random() < link.loss:
            seen += again
        return air.next_open(air.next_open(seen) + light)

    left = [count + 1 for count in files]  # and the metadata
    done = np.full(len(files), math.inf)
    asked: list[tuple[float, int]] = []
    new = ((file, piece) for file, count in enumerate(files) for piece in range(count + 1))
    ended = object()
    slot, sent, waited = next(new, ended), 0.0, 0.0
    while slot is not ended or asked:
        now = max(air.at(sent), waited)
        if asked and asked[0][0] <= now:
            _, file = heapq.heappop(asked)
        elif slot is not ended:
            file = slot[0]  # type: ignore[index]
            slot = next(new, ended)
        else:
            waited = asked[0][0]
            sent = max(sent, air.aired(waited))
            continue
        sent += 1 / second
        arrives = max(air.at(sent), waited) + light
        if random.random() < link.loss:
            heapq.heappush(asked, (answered(arrives), file))
            continue
        left[file] -= 1
        if not left[file]:
            done[file] = arrives
    return done


def requests(ground: Ground) -> Times:
    """When each object has come, one request after the other over one connection."""
    link, trip = ground.link, 2 * ground.link.delay
    most = ground.link.rate * trip / (8 * (MSS + 40))
    window = min(MATHIS / math.sqrt(link.loss), most) if link.loss else most
    sizes = np.cumsum([each.size / MSS for each in ground.objects])
    open_for = 1.5 * trip + sizes / window * trip
    return np.array([ground.air.at(each) for each in open_for])


def told(times: Times, sizes: Times, articles: Sequence[bool]) -> dict[str, float]:
    """First object with articles, 1 % of the bytes, all."""
    order = np.argsort(times)
    shares = np.cumsum(sizes[order]) / sizes.sum()
    return {
        "first": float(times[np.array(articles)].min()),
        "one per cent": float(times[order[np.searchsorted(shares, 0.01)]]),
        "all": float(times.max()),
    }


def curve(times: Times, sizes: Times, until: float) -> list[tuple[float, float]]:
    """Share over time, for a picture."""
    order = np.argsort(times)
    points = [(0.0, 0.0)]
    for time, share in zip(times[order], np.cumsum(sizes[order]) / sizes.sum(), strict=True):
        if time < until:
            points += [(float(time), points[-1][1]), (float(time), float(share))]
    return [*points, (until, points[-1][1])]


def measured(
    ground: Ground, seeds: int, articles: Sequence[bool]
) -> tuple[dict[str, dict[str, float]], dict[str, tuple[Times, Times]]]:
    """(figures by way, (times, sizes) of the first seed by way)."""
    cycle = ground.cycle()
    bytes_of = np.array([each.size for each in ground.objects], float)
    ways = {
        "broadcast": ([broadcast(ground, cycle, seed) for seed in range(seeds)], bytes_of),
        "late session": ([late(ground, cycle, seed) for seed in range(min(seeds, 3))], bytes_of),
        "CFDP class 2": ([cfdp(ground, seed) for seed in range(min(seeds, 3))], bytes_of),
        "requests and replies": ([requests(ground)], bytes_of),
    }
    figures = {}
    for name, (runs, sizes) in ways.items():
        found = [told(times, sizes, articles) for times in runs]
        figures[name] = {key: median(each[key] for each in found) for key in found[0]}
    reckoned = Completion(ground.link, replace(ground.load, redundancy=ground.redundancy))
    figures["broadcast, reckoned"] = {
        "first": reckoned.when_some(0.5),
        "one per cent": reckoned.when_share(0.01),
        "all": reckoned.when_all(0.5),
    }
    return figures, {name: (runs[0], sizes) for name, (runs, sizes) in ways.items()}


def main() -> None:
    """Print the table, keep it, and draw a picture for each rate with the conjunction."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--publication", type=Path, required=True, help="whose newest release is the profile")
    parser.add_argument("--size", type=float, default=1e9)
    parser.add_argument("--rates", type=float, nargs="+", default=[0.5, 2, 267], help="Mbit/s")
    parser.add_argument("--loss", type=float, default=0.05)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--png", type=Path, help="folder for pictures")
    given = results.arguments(parser).parse_args()
    objects, articles = profile(given.publication, int(given.size))
    figures: dict[str, object] = {"objects": len(objects), "bytes": sum(each.size for each in objects)}
    print(f"{len(objects):,} objects, {sum(each.size for each in objects) / 1e6:,.0f} MB")
    silence = (Stretch(begin=BEGINS, end=BEGINS + CONJUNCTION),)
    for rate in given.rates:
        cases = [("no conjunction", (), 1.0), ("conjunction", silence, 1.0), ("three times the loss", (), 3.0)]
        for name, silences, more in cases:
            link = LinkProfile(rate=rate * 1e6, loss=more * given.loss, delay=1200, silences=silences)
            ground = Ground(objects, link, given.loss)
            found, curves = measured(ground, given.seeds, articles)
            figures[f"{rate:g} Mbit/s, {name}"] = {"redundancy": ground.redundancy, **found}
            print(f"\n{rate:g} Mbit/s, {name}, redundancy {ground.redundancy:.1%}")
            for way, times in found.items():
                print(f"  {way:22}" + "".join(f"  {key} {time_text(value):>9}" for key, value in times.items()))
            if given.png and silences:
                until = 1.3 * max(found["CFDP class 2"]["all"], found["broadcast"]["all"], 40 * 86_400)
                lines = [PlottedLine(name=way, points=curve(*each, until)) for way, each in curves.items()]
                title = f"1 GB to Mars at {rate:g} Mbit/s, {given.loss:.0%} lost, a conjunction"
                (given.png / f"mars-{rate:g}.png").write_bytes(curves_png(title, lines, until=until, since=600.0))
    figures["CFDP: model beside cfdp-py"] = check_model(class_2)
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
