"""A pocket edition as sound: at which rate, and through which rooms, noises and clocks it comes whole.

    python -m benchmarks.spread_sound [--articles N]

The edition of `spread_film` is written as sound, goes through air or a cable made up (an echo that dies away, white
noise, a clock that runs faster, a recording at another rate), is listened to and received, and its root is compared.
The peer is amodem 1.16 (BSD), where it is installed, with 5,600 bytes under the same conditions: it is one row of bits
without packets, so that it is asked for all of it.
"""

from __future__ import annotations

import argparse
import io
import logging
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from tests.spread.film.sound.air import Sound, banged, drifted, echoed, noisy

from benchmarks import results
from benchmarks.results import arguments
from benchmarks.spread_film import PLAN, pocket, received
from galactica.spread.film.receiving import FilmTally, PacketSieve
from galactica.spread.film.sound.listening import Listener
from galactica.spread.film.sound.profile import PROFILES, RATE, Profile
from galactica.spread.film.sound.resampling import resampled
from galactica.spread.film.sound.sounding import sounded

AIR: dict[str, Callable[[Sound], Sound]] = {
    "clean": lambda sound: sound,
    "noise 20 dB below": lambda sound: noisy(sound, ratio=20),
    "noise 10 dB below": lambda sound: noisy(sound, ratio=10),
    "noise 5 dB below": lambda sound: noisy(sound, ratio=5),
    "noise 3 dB below": lambda sound: noisy(sound, ratio=3),
    "noise 1 dB below": lambda sound: noisy(sound, ratio=1),
    "recorded at 44,100": lambda sound: at_rate(at_rate(sound, 44_100 / RATE), RATE / 44_100),
    "clocks differ by 100 ppm": lambda sound: drifted(sound, 100),
    "clocks differ by 300 ppm": lambda sound: drifted(sound, -300),
    "small room: echo 0.3 s, 5 dB below": lambda sound: echoed(sound, seconds=0.3, direct=5),
    "living room: echo 0.5 s, as loud": lambda sound: echoed(sound, seconds=0.5),
    "far away in it: 5 dB above": lambda sound: echoed(sound, seconds=0.5, direct=-5),
    "hall: echo 1.2 s, as loud": lambda sound: echoed(sound, seconds=1.2),
    "living room, 100 ppm, noise 15 dB": lambda sound: noisy(echoed(drifted(sound, 100), seconds=0.5), ratio=15),
    "a door slams every 20 s": lambda sound: slammed(sound),
}
PEER_BYTES = 5_600
PEER_RATES = (1, 4, 8)
"""Of amodem, kbit/s."""


def at_rate(sound: Sound, ratio: float) -> Sound:
    """The same, with `ratio` times as many samples."""
    return np.concatenate([*resampled([sound], ratio)])


def slammed(sound: Sound) -> Sound:
    """With half a second of full noise every twenty."""
    for at in range(5, len(sound) // RATE, 20):
        sound = banged(sound, at=at, seconds=0.5, seed=at)
    return sound


def heard(profile: Profile, sound: Sound) -> tuple[list[bytes], FilmTally, float]:
    """(different packets, what was counted, processor seconds) of sound that was listened to."""
    tally = FilmTally()
    sieve, listener = PacketSieve(tally), Listener((profile,))
    begun = time.process_time()
    packets = [*sieve.packets(listener.hear(sound)), *sieve.packets(listener.end())]
    return packets, tally, time.process_time() - begun


def amodem() -> Any:  # noqa: ANN401 - a package without types
    """The peer, put right for numpy 2.3, which took `tostring` away; None where it is not installed."""
    try:
        from amodem import common, config, main
    except ImportError:
        return None
    logging.getLogger("amodem").setLevel(logging.CRITICAL)
    common.dumps = lambda wave: (np.asarray(wave).real * common.scaling).astype("int16").tobytes()
    return main, config.bitrates


def peer(modem: Any, rate: int) -> dict[str, object]:  # noqa: ANN401
    """How the peer does at one of its rates: bits a second, and whether all came under each condition."""
    main, configs = modem
    config = configs[rate]
    plain = np.random.default_rng(0).bytes(PEER_BYTES)
    made = io.BytesIO()
    main.send(config, io.BytesIO(plain), made, gain=0.5, extra_silence=0.5)
    samples = np.asarray(np.frombuffer(made.getvalue(), "<i2") / 32_768, np.float32)
    rows: dict[str, object] = {"bits_a_second": round(8 * PEER_BYTES * config.Fs / len(samples))}
    for name, air in AIR.items():
        way = air(at_rate(samples, RATE / config.Fs))
        back = at_rate(np.concatenate([way, np.zeros(RATE // 4, np.float32)]), config.Fs / RATE)
        got = io.BytesIO()
        try:
            raw = (np.clip(back, -1, 1) * 32_767).astype("<i2").tobytes()
            main.recv(config, io.BytesIO(raw), got, dump_audio=None, pylab=None)
        except Exception:
            got = io.BytesIO()
        rows[name] = got.getvalue() == plain
    return rows


def main() -> None:
    """Sound, spoil, listen, receive."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=92, help="articles of the edition")
    parser.add_argument("--only", nargs="+", default=list(AIR), help="conditions")
    given = arguments(parser).parse_args()
    rows: list[dict[str, object]] = []
    with tempfile.TemporaryDirectory() as place:
        release, packets, least = pocket(Path(place), given.articles, PLAN, 1)
    print(f"{release.bytes:,} bytes in {least} packets; {len(packets)} are sent\n")
    print(f"{'condition':36}{'profile':>9}{'frames':>8}{'whole':>7}{'seconds':>9}{'bit/s':>8}{'B/s':>6}{'CPU/s':>7}")
    for profile in PROFILES.values():
        sound = np.concatenate([np.zeros(RATE // 2, np.float32), *sounded(packets, profile)])
        seconds = len(sound) / RATE
        for name in given.only:
            found, tally, took = heard(profile, AIR[name](sound))
            right = set(found) & set(packets)
            same = received(found, release)
            # The share of the sound after which as many packets are there as are enough, if they come evenly.
            needed = seconds * least / max(1, len(right))
            row = {
                "name": f"{profile.name}: {name}",
                "right": round(len(right) / len(packets), 3),
                "whole": same,
                "seconds": round(needed, 1) if same else 0,
                "bits_a_second": round(8 * sum(map(len, right)) / seconds),
                "bytes_a_second": round(release.bytes / needed) if same else 0,
                "processor": round(took / seconds, 4),
                "false": tally.packets - len(right),
            }
            rows.append(row)
            print(
                f"{name:36}{profile.name:>9}{row['right']:>8}{'yes' if same else 'NO':>7}{row['seconds']:>9}"
                f"{row['bits_a_second']:>8,}{row['bytes_a_second']:>6}{row['processor']:>7}",
                flush=True,
            )
    modem = amodem()
    peers = {f"amodem {rate} kbit/s": peer(modem, rate) for rate in PEER_RATES} if modem else {}
    for label, told in peers.items():
        print(f"\n{label}: {told['bits_a_second']:,} bit/s; comes through: ", end="")
        print(", ".join(name for name in AIR if told[name]) or "nothing")
    results.keep(__file__, given, {"bytes": release.bytes, "packets": least, "conditions": rows, "peers": peers})


if __name__ == "__main__":
    main()
