"""What a broadcast costs: how much must be sent until a receiver has all, where packets are lost, beside the ideal.

    python -m benchmarks.spread_broadcast PUBLICATION [--packet 1400] [--picture FILE.png]

The ideal: where a share p is lost, nobody can do with less than p / (1 - p) more than the objects' bytes. What is
sent counts whole packets: headers, checks, announcements, repair symbols, what fills up symbols; not the 28 bytes
that IP and UDP put before each, which are the link's. Leaves are among the objects, for they are of use. So "ratio"
is (bytes of packets / bytes of objects - 1) / (p / (1 - p)).

Links are counted (`broadcast_links`); at 10 % the same packets are made, written, lost and received with their bytes,
each side in a process of its own, which also says what is needed of CPU and memory. The codes are compared in such
processes, too.
"""

from __future__ import annotations

import argparse
import multiprocessing
import os
import resource
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from typing import TypeVar

import numpy as np

from benchmarks import results
from benchmarks.broadcast_links import Reached, bursty_loss, random_loss, reached, with_outages
from benchmarks.picture import BLUE, GREEN, ORANGE, Chart, Colour
from galactica.codes.erasure import repair_symbols, restore_symbols
from galactica.codes.erasure.native import wheel
from galactica.spread.packets.broadcasting import ReleaseOnAir, packet_files, release_on_air, travelling, write_packets
from galactica.spread.packets.container import packets_in
from galactica.spread.packets.events import AllArrived
from galactica.spread.packets.receiver import Receiver
from galactica.spread.packets.schedule import WHOLE, CarouselPlan

LOSSES = (0.01, 0.05, 0.1, 0.2, 0.3)
SEEDS = (1, 2, 3)
SYMBOL = 1384
Found = TypeVar("Found")
RED: Colour = (190, 40, 40)


def plan_for(loss: float) -> CarouselPlan:
    return CarouselPlan(redundancy=round(WHOLE * loss / (1 - loss)))


def measured(work: Callable[..., Found], *given: object) -> tuple[Found, float, float]:
    """(result, CPU seconds, peak MB) of a work in a process of its own."""
    with ProcessPoolExecutor(1, mp_context=multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_alone, work, given).result()


def _alone(work: Callable[..., Found], given: tuple[object, ...]) -> tuple[Found, float, float]:
    started = time.process_time()
    found = work(*given)
    return found, time.process_time() - started, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1000


def code_speeds(name: str, sources: int) -> dict[str, float]:
    """MB of source a second of CPU, encoding and restoring a block a tenth of whose source symbols is lost."""
    random = np.random.default_rng(0)
    block = random.integers(0, 256, (sources, SYMBOL), dtype=np.uint8)
    lost = sources // 10
    if name == "raptorq-wheel":
        import raptorq

        started = time.process_time()
        packets = raptorq.Encoder.with_defaults(block.tobytes(), SYMBOL).get_encoded_packets(sources // 8)
        encoded = time.process_time()
        decoder = raptorq.Decoder.with_defaults(block.nbytes, SYMBOL)
        given = packets[lost:]
        random.shuffle(given)
        needed = next(number for number, each in enumerate(given, 1) if decoder.decode(each) is not None)
        ended = time.process_time()
    else:
        plainly = name == "numpy"
        started = time.process_time()
        repairs = repair_symbols(block, 0, sources, plainly=plainly)
        encoded = time.process_time()
        points = np.concatenate([np.arange(lost, sources), sources + np.arange(lost)])
        symbols = np.concatenate([block[lost:], repairs[:lost]])
        missing, values = restore_symbols(sources, points, symbols, plainly=plainly)
        ended = time.process_time()
        assert np.array_equal(values, block[missing])
        needed = sources
    size = sources * SYMBOL / 1e6
    return {"encode": size / (encoded - started), "restore": size / (ended - encoded), "beyond_k": needed - sources}


def sent_files(folder: Path, packet: int, out: Path, plainly: bool) -> int:
    with tempfile.TemporaryDirectory() as scratch:
        air = release_on_air(folder, packet_bytes=packet, plan=plan_for(0.1), plainly=plainly, scratch=Path(scratch))
        return write_packets(air.carousel, out, cycles=1).bytes


def received_files(folder: Path, packet: int, place: Path, plainly: bool) -> tuple[int, int]:
    """(packets that were sent until all had arrived, that arrived) with the first seed's losses."""
    air = release_on_air(folder, packet_bytes=packet, plan=plan_for(0.1))
    objects = travelling(air.release)
    sent = here = 0
    with tempfile.TemporaryDirectory() as work:
        into = Receiver(Path(work), lambda announcement: objects, os.urandom(16), plainly=plainly)
        arrives = random_loss(0.1, SEEDS[0])
        for file in packet_files(place):
            for raw in packets_in(file):
                sent += 1
                if next(arrives):
                    here += 1
                    if any(isinstance(event, AllArrived) for event in into.receive(raw)):
                        return sent, here
    return 0, here


def told(air: ReleaseOnAir, found: Reached, loss: float) -> dict[str, object]:
    """What a run says, in shares of the objects' bytes."""
    unit = air.carousel.packet_bytes / air.carousel.layout.size
    over = found.sent * unit - 1
    ideal = loss / (1 - loss)
    return {
        "overhead": over,
        "ideal": ideal,
        "ratio": over / ideal if ideal else None,
        "received": found.received * unit,
        "announced": found.announced * unit,
        "first_article": found.first * unit,
        "readable": {f"{share:g}": packets * unit for share, packets in found.parts.items()},
    }


def show(name: str, found: dict[str, object]) -> None:
    parts = found["readable"]
    assert isinstance(parts, dict)
    ratio = f"{found['ratio']:.2f}" if found["ratio"] is not None else "   –"
    marks = "  ".join(f"{float(share):4.0%} {at:.3f}" for share, at in parts.items())
    print(f"{name:34} overhead {found['overhead']:7.2%}  ideal {found['ideal']:6.2%}  ratio {ratio}  "
          f"first {found['first_article']:.4f}  {marks}")  # fmt: skip


def worst(runs: list[dict[str, object]]) -> dict[str, object]:
    return max(runs, key=lambda each: float(str(each["overhead"])))


def main() -> None:
    parser = results.arguments(argparse.ArgumentParser(description=__doc__))
    parser.add_argument("publication", type=Path)
    parser.add_argument("--packet", type=int, default=1400)
    parser.add_argument("--picture", type=Path, default=Path(__file__).parent / "results" / "spread_broadcast.png")
    given = parser.parse_args()
    figures: dict[str, object] = {}
    codes: dict[str, object] = {}
    for name in ("reed-solomon-leopard", "numpy", "raptorq-wheel"):
        if name == "reed-solomon-leopard" and wheel() is None:
            continue
        for sources in (1024, 16_384):
            try:
                speeds, _, peak = measured(code_speeds, name, sources)
            except ImportError:
                continue
            codes[f"{name}, k {sources}"] = {**speeds, "peak_mb": peak}
            print(f"{name:22} k {sources:6,}: encode {speeds['encode']:6.0f} MB/s, "
                  f"restore {speeds['restore']:6.0f} MB/s, "
                  f"{speeds['beyond_k']:.0f} beyond k, peak {peak:.0f} MB")  # fmt: skip
    figures["codes"] = codes
    air = release_on_air(given.publication, packet_bytes=given.packet, plan=CarouselPlan())
    size, packet = air.carousel.layout.size, air.carousel.packet_bytes
    leaves = sum(each.size for each in air.release.objects if each.kind == "leaves")
    figures["release"] = {"bytes": size, "leaves": leaves, "announcement": air.carousel.announced_bytes,
                          "blocks": len(air.carousel.layout.blocks)}  # fmt: skip
    print(f"\n{size:,} bytes of objects, {leaves / size:.2%} leaves; shares below are of them. Worst of {len(SEEDS)}.")
    links: dict[str, object] = {}
    chart = Chart((0, 1.6), (0, 1), ticks=(0.2, 0.1))
    for loss, colour in zip(LOSSES, (GREEN, (90, 160, 160), BLUE, ORANGE, RED), strict=True):
        tuned = release_on_air(given.publication, packet_bytes=given.packet, plan=plan_for(loss))
        for name, sender in (("told", tuned), ("untold (12 %)", air)):
            runs = [reached(sender.carousel, air.release, random_loss(loss, seed)) for seed in SEEDS]
            links[f"loss {loss:g} {name}"] = found = worst([told(sender, each, loss) for each in runs])
            show(f"loss {loss:.0%}, {name}", found)
            if sender is tuned:
                chart.line([(at * packet / size, here / size) for at, here in runs[0].curve], colour)
    ten = release_on_air(given.publication, packet_bytes=given.packet, plan=plan_for(0.1))
    for burst in (20, 200, 2000):
        runs = [reached(ten.carousel, air.release, bursty_loss(0.1, burst, seed)) for seed in SEEDS]
        links[f"bursts of {burst}"] = found = worst([told(ten, each, 0.1) for each in runs])
        show(f"10 % in bursts of {burst:,}", found)
    hour = 3600 * 1_000_000 // (8 * (packet + 28))  # packets of an hour at 1 Mbit/s
    for name, outages in (("10 minutes", ((hour // 3, hour // 2),)), ("2 hours", ((hour // 3, hour * 7 // 3),))):
        lost = sum(high - low for low, high in outages) * packet / size
        links[f"outage {name}"] = found = told(
            ten, reached(ten.carousel, air.release, with_outages(random_loss(0.05, 1), outages), cycles=30), 0.05
        )
        found["outage"] = lost
        show(f"1 Mbit/s, 5 %, {name} of nothing", found)
        print(f"{'':34} of which the outage {lost:.3f}")
    for part in (0.25, 0.5, 0.75):
        start = int(part * ten.carousel.schedule.packets)
        found = told(ten, reached(ten.carousel, air.release, random_loss(0.1, 1), index=start), 0.1)
        links[f"joined at {part:g}"] = found
        show(f"10 %, joined at {part:.0%} of a cycle", found)
    figures["links"] = links
    chart.write(given.picture)
    counted = reached(ten.carousel, air.release, random_loss(0.1, SEEDS[0]))
    real: dict[str, object] = {}
    for name, plainly in (("wheel", False), ("numpy", True)):
        with tempfile.TemporaryDirectory() as place:
            files = (given.publication, given.packet, Path(place) / "p", plainly)
            made, cpu, peak = measured(sent_files, *files)
            (sent, here), cpu_in, peak_in = measured(received_files, *files)
        assert (sent, here) == (counted.sent, counted.received), "counting and bytes say the same"
        real[name] = {"sent_mb_s": made / 1e6 / cpu, "sent_peak_mb": peak,
                      "received_mb_s": here * packet / 1e6 / cpu_in, "received_peak_mb": peak_in}  # fmt: skip
        print(f"{name}: {made / 1e6 / cpu:.0f} MB/s sent (a whole cycle, rounds too), peak {peak:.0f} MB; "
              f"{here * packet / 1e6 / cpu_in:.0f} MB/s received, peak {peak_in:.0f} MB (CPU, one thread)")  # fmt: skip
    figures["real"] = real
    results.keep(__file__, given, figures)


if __name__ == "__main__":
    main()
