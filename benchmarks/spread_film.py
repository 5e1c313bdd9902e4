"""A pocket edition as a film of QR codes: how long it takes a camera to have all of it, and what a camera may be like.

    python -m benchmarks.spread_film [--articles N] [--grid 2x1] [--rates 10 15] [--only CONDITION…] [--pictures FOLDER]

Real articles of Wikipedia are built, published and sent as a film; a camera made up (`film_camera`) looks at it, under
conditions from a still one to those under which nothing comes through; what its pictures hold is received until the
edition is whole, and its root is compared. Told are the frames that the film had shown by then beside the fewest that
hold as many packets as the edition has, bytes of the edition a second, and processor time for making frames and for
reading pictures. With --pictures, a picture of each condition is kept to be looked at.

Beside the table: how many real photographs of QR codes (zxing's own tests, data `barcodes-zxing`) are read, and read as
their texts say.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

import numpy as np
from PIL import Image

from benchmarks import results
from benchmarks.data import wikipedia
from benchmarks.film_camera import Camera, Picture, pictures
from benchmarks.results import arguments
from galactica.library import BroadcastOptions, build, verify
from galactica.library.filming import FILM_CYCLES, film_plan
from galactica.spread.film.frames import Film, FrameGrid, film_of, grid_of
from galactica.spread.film.looking import barcode_reader, codes_in
from galactica.spread.film.page import film_page
from galactica.spread.film.receiving import FilmTally, PacketSieve
from galactica.spread.packets.broadcasting import release_on_air
from galactica.spread.packets.receiving import receive_edition
from galactica.spread.packets.schedule import CarouselPlan
from galactica.spread.release.document import Release
from galactica.spread.release.publishing import publish_edition
from galactica.spread.trust.deciding import decide
from galactica.spread.trust.store import TrustStore

SCREEN = (1920, 1080)
"""Pixels of the screen that shows the film."""

PACKET = 1_400
PLAN = film_plan(BroadcastOptions())
SEED = 16
LONGEST = 20.0
"""Seconds of film after which a condition is given up."""

HAND = {"tilt": 8.0, "roll": 3.0, "blur": 0.8, "noise": 6.0, "uneven": 0.3}
CONDITIONS: dict[str, dict[str, float]] = {
    "still": {},
    "hand": HAND,
    "hand, 10 % of frames hidden": {**HAND, "hidden": 0.1},
    "hand, 30 % of frames hidden": {**HAND, "hidden": 0.3},
    "hand, a picture a frame": {**HAND, "rate": 0.0},
    "hand, a picture a frame, 30 % lost": {**HAND, "rate": 0.0, "lost": 0.3},
    "dark room: two frames in a picture": {**HAND, "exposure": 0.033, "readout": 0.03},
    "shaking hand": {**HAND, "shake": 4.0},
    "slanted, blurred, noisy, a reflection": {
        "tilt": 15.0, "roll": 5.0, "blur": 1.2, "noise": 12.0, "uneven": 0.5, "glare": 60.0,
    },
    "far away": {**HAND, "fill": 0.68},
    "VGA": {**HAND, "width": 640, "height": 480},
    "full HD, far away": {**HAND, "width": 1920, "height": 1080, "fill": 0.5, "blur": 1.0},
    "out of focus": {**HAND, "blur": 1.8},
    "hand that shakes much": {**HAND, "shake": 8.0},
    "VGA, far away": {**HAND, "width": 640, "height": 480, "fill": 0.7},
    "darker still: a tenth of a second": {**HAND, "exposure": 0.1, "readout": 0.03},
    "very far away": {**HAND, "fill": 0.45},
}  # fmt: skip


@dataclass(slots=True)
class Watched:
    """What was seen under a condition."""

    taken: int = 0
    read: float = 0.0
    tally: FilmTally = field(default_factory=FilmTally)


def pocket(folder: Path, articles: int, plan: CarouselPlan, cycles: int) -> tuple[Release, list[bytes], int]:
    """(the release, the packets that are sent, the fewest that are enough) of an edition of real articles."""
    wikipedia(folder / "texts", articles=articles, cut=8_000)
    build(folder / "pocket.edition", [folder / "texts"], title="A pocket edition", meaning=False, workers=0)
    release = publish_edition(folder / "pocket.edition", folder / "published", workers=0).release
    carousel = release_on_air(folder / "published", packet_bytes=PACKET, plan=plan).carousel
    packets = [sent.packet for sent in islice(carousel.packets(), cycles * carousel.schedule.packets)]
    return release, packets, sum(block.symbols for block in carousel.layout.blocks) + 1


def received(packets: Iterable[bytes], release: Release) -> bool:
    """Whether the edition comes whole out of packets, with the root that was asked for."""
    with tempfile.TemporaryDirectory() as place:
        store = TrustStore(Path(place) / "trust")
        found = receive_edition(
            Path(place) / "got.edition",
            packets,
            lambda raw, signatures, roots: decide(raw, signatures, roots, store=store, named_root=release.root),
            seed=bytes(SEED),
            clock=time.monotonic,
            shares=(),
        )
        return found.whole and verify(Path(place) / "got.edition").root == release.root


def shown(film: Film) -> list[Picture]:
    """All frames as the screen shows them, a whole number of its pixels each module."""
    scale = min(SCREEN[0] // film.shape[1], SCREEN[1] // film.shape[0])
    ones = np.ones((scale, scale), np.uint8)
    return [np.asarray(255 - 255 * np.kron(frame, ones), np.uint8) for frame in film.frames()]


def seen_packets(
    camera: Camera, frames: list[Picture], rate: float, watched: Watched, kept: Path | None
) -> Iterator[bytes]:
    """The packets of a film as a camera sees them, picture by picture."""
    sieve = PacketSieve(watched.tally)
    rng = np.random.default_rng(SEED)
    for picture in pictures(camera, lambda number: frames[number % len(frames)], rate, LONGEST, rng):
        watched.taken += 1
        if picture is None:
            continue
        if kept is not None and watched.taken == 7:
            Image.fromarray(picture).save(kept)
        begun = time.process_time()
        found = codes_in(picture)
        watched.read += time.process_time() - begun
        watched.tally.pictures += 1
        yield from sieve.contents(found)


def measured(
    name: str, frames: list[Picture], rate: int, release: Release, least: int, grid: FrameGrid, kept: Path | None
) -> dict[str, object]:
    """Receive under one condition until the edition is whole."""
    given = CONDITIONS[name]
    camera = Camera(**{**given, "rate": given.get("rate", 30.0) or rate})  # type: ignore[arg-type]  # of mixed kinds
    watched = Watched()
    picture = kept / f"{rate}-{name.replace(' ', '-').replace(',', '').replace(':', '')}.png" if kept else None
    same = received(seen_packets(camera, frames, rate, watched, picture), release)
    seconds = watched.taken / camera.rate
    needed = int(seconds * rate) + 1
    return {
        "name": name,
        "whole": same,
        "seconds": round(seconds, 2),
        "frames": needed,
        "of_ideal": round(needed * grid.codes / least, 3),
        "bytes_a_second": round(release.bytes / seconds) if same else 0,
        "codes_a_picture": round(watched.tally.codes / max(1, watched.tally.pictures), 2),
        "reading_ms": round(1000 * watched.read / max(1, watched.tally.pictures), 1),
    }


def photographs() -> dict[str, object]:
    """How the reader does on real photographs of QR codes whose texts are known."""
    from benchmarks.data import real

    reader = barcode_reader()
    count = read = right = 0
    for file in sorted(real("barcodes-zxing").glob("qrcode-*/*")):
        text = file.with_suffix(".txt")
        if file.suffix.lower() not in (".png", ".jpg", ".jpeg", ".gif") or not text.exists():
            continue
        with Image.open(file) as image:
            found = codes_in(np.asarray(image.convert("L")))
            texts = {code.text for code in reader.read_barcodes(image.convert("L"))}
        count += 1
        read += bool(found)
        right += text.read_text("utf-8").split() in [each.split() for each in texts]
    return {"photographs": count, "read": read, "right": right}


def main() -> None:
    """Build, publish, show and receive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--articles", type=int, default=92, help="articles of the edition, each of at most 8,000 letters"
    )
    parser.add_argument("--grid", type=grid_of, default=FrameGrid(), help="codes of a frame: columns x rows")
    parser.add_argument("--rates", type=int, nargs="+", default=[10, 15], help="frames a second")
    parser.add_argument("--only", nargs="+", default=list(CONDITIONS), help="conditions")
    parser.add_argument("--pictures", type=Path, help="folder for a picture of each condition")
    given = arguments(parser).parse_args()
    if given.pictures:
        given.pictures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        release, packets, least = pocket(Path(place), given.articles, PLAN, FILM_CYCLES)
        film = film_of(packets, given.grid)
        begun = time.process_time()
        frames = shown(film)
        making = (time.process_time() - begun) / len(frames)
        page = sum(map(len, film_page(film, title="A pocket edition", rate=10)))
        print(f"{release.bytes:,} bytes in {least} packets; a film of {film.count} frames, version {film.version},")
        print(f"page of {page:,} bytes; {1000 * making:.0f} ms of processor time to make a frame\n")
        print(
            f"{'condition':42}{'frames/s':>9}{'whole':>7}{'s':>8}{'frames':>8}{'× ideal':>9}{'B/s':>9}"
            f"{'ms/picture':>12}"
        )
        rows: dict[str, list[dict[str, object]]] = {}
        for rate in given.rates:
            rows[str(rate)] = []
            for name in given.only:
                row = measured(name, frames, rate, release, least, given.grid, given.pictures)
                rows[str(rate)].append(row)
                print(
                    f"{name:42}{rate:>9}{'yes' if row['whole'] else 'NO':>7}{row['seconds']:>8}{row['frames']:>8}"
                    f"{row['of_ideal']:>9}{row['bytes_a_second']:>9,}{row['reading_ms']:>12}",
                    flush=True,
                )
        real_ones = photographs()
        print(f"\nreal photographs: {real_ones}")
    results.keep(
        __file__,
        given,
        {
            "bytes": release.bytes,
            "packets": least,
            "frames": film.count,
            "version": film.version,
            "page_bytes": page,
            "making_ms": round(1000 * making, 1),
            "rates": rows,
            "photographs": real_ones,
        },
    )


if __name__ == "__main__":
    main()
