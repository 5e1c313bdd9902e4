"""Packets go through the air as sound and come back, whatever the room, the noise and the clocks."""

from __future__ import annotations

import contextlib
import io
import wave
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import InputError
from galactica.spread.film.receiving import FilmTally, heard_packets
from galactica.spread.film.sound.convolution import decoded_bits, encoded_bits
from galactica.spread.film.sound.listening import BLOCK, Listener
from galactica.spread.film.sound.profile import CABLE, GROUP, PROFILES, RATE, ROOM, Profile, spread_order
from galactica.spread.film.sound.resampling import resampled
from galactica.spread.film.sound.sounding import header_bits, sounded, sounded_group, whitened
from galactica.spread.film.sound.wav import read_wav, write_wav
from tests.spread.film.shown import packets_of
from tests.spread.film.sound.air import Sound, banged, drifted, echoed, noisy

PACKETS = packets_of(6, 300)


def sound(packets: list[bytes] = PACKETS, profile: Profile = ROOM) -> Sound:
    """With a little silence before, between nothing and after."""
    still = np.zeros(7_000, np.float32)
    return np.concatenate([still, *sounded(packets, profile), still])


def heard(samples: Sound, pieces: int = 50_000) -> list[bytes]:
    listener = Listener()
    given = [each for at in range(0, len(samples), pieces) for each in listener.hear(samples[at : at + pieces])]
    return given + listener.end()


def test_the_code_has_the_standards_impulse_response() -> None:
    """A single 1 gives the generators' own bits, 171 and 133 octal. Source: CCSDS 131.0-B-5 §3.3."""
    bits = encoded_bits(np.array([[1]], np.uint8))[0].reshape(-1, 2)
    assert "".join(map(str, bits[:, 0])) == f"{0o171:07b}"
    assert "".join(map(str, bits[:, 1])) == f"{0o133:07b}"


def test_the_code_puts_right_what_noise_did() -> None:
    rng = np.random.default_rng(1)
    bits = rng.integers(0, 2, (5, 400)).astype(np.uint8)
    sent = 1.0 - 2.0 * encoded_bits(bits)
    soft = np.asarray(sent + rng.normal(0, 0.6, sent.shape), np.float32)
    assert ((soft < 0) != (sent < 0)).mean() > 0.04
    assert (decoded_bits(soft) == bits).all()


@pytest.mark.parametrize("count", [1, 2, 7, 76, 618, 2732, 22_484])
def test_spreading_moves_every_bit_to_a_place_of_its_own(count: int) -> None:
    assert sorted(spread_order(count)) == list(range(count))


def test_whitening_twice_is_nothing_and_starts_as_documented() -> None:
    plain = np.frombuffer(packets_of(1, 1000)[0], np.uint8)
    assert (whitened(whitened(plain)) == plain).all()
    assert [int(each) for each in whitened(np.zeros(3, np.uint8))] == [
        (index * 40503 + 12345) * 2654435761 % 2**32 >> 24 for index in range(3)
    ]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_packet_comes_back_once_and_in_order(profile: Profile) -> None:
    assert heard(sound(profile=profile)) == PACKETS


@pytest.mark.parametrize("size", [1, 2, 199, 200, 201, 1_000, 2_000])
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_packets_of_any_size_come_back(profile: Profile, size: int) -> None:
    packets = packets_of(2, size)
    assert heard(sound(packets, profile)) == packets


def test_packets_of_several_sizes_stand_in_frames_of_their_own() -> None:
    packets = [*packets_of(GROUP + 1, 50), *packets_of(2, 51), *packets_of(1, 50, 7)]
    assert len(list(sounded(packets))) == 4
    assert heard(sound(packets)) == packets


def test_however_the_sound_is_cut_the_same_is_heard() -> None:
    samples = sound(PACKETS[:4], CABLE)
    whole = heard(samples)
    assert whole == PACKETS[:4]
    for pieces in (997, BLOCK, BLOCK + 1, len(samples)):
        assert heard(samples, pieces) == whole


@pytest.mark.parametrize("seconds", [0.3, 0.5, 0.8])
def test_a_room_with_as_much_echo_as_sound_is_understood(seconds: float) -> None:
    assert heard(echoed(sound(), seconds=seconds)) == PACKETS


@pytest.mark.parametrize(("profile", "ratio"), [(ROOM, 4.0), (CABLE, 7.0)], ids=["room", "cable"])
def test_noise_is_understood_through(profile: Profile, ratio: float) -> None:
    assert heard(noisy(sound(profile=profile), ratio=ratio)) == PACKETS


@pytest.mark.parametrize("millionths", [-300, -100, 40, 100, 300])
@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_clocks_that_differ_are_put_right(profile: Profile, millionths: float) -> None:
    assert heard(drifted(sound(profile=profile), millionths)) == PACKETS


def test_all_of_it_together_is_understood() -> None:
    way = noisy(echoed(drifted(sound(), 100), seconds=0.4, direct=2), ratio=15)
    assert heard(way) == PACKETS


def test_a_door_that_slams_for_a_second_costs_nothing() -> None:
    packets = packets_of(GROUP, 1_000)
    assert heard(banged(sound(packets), at=2.0, seconds=0.8)) == packets


def test_a_whistle_louder_than_everything_costs_nothing() -> None:
    samples = sound()
    whistle = np.sin(2 * np.pi * 3_210.7 / RATE * np.arange(len(samples))) + np.sin(0.31 * np.arange(len(samples)))
    assert heard(np.asarray(samples + 0.4 * whistle, np.float32)) == PACKETS


def test_one_who_comes_late_or_leaves_early_hears_the_frames_that_are_whole() -> None:
    packets = packets_of(3 * GROUP, 300)
    samples = sound(packets)
    assert heard(samples[40_000:-60_000]) == packets[GROUP : 2 * GROUP]


def test_noise_and_silence_say_nothing() -> None:
    rng = np.random.default_rng(3)
    assert heard(np.zeros(300_000, np.float32)) == []
    assert heard(rng.normal(0, 0.3, 600_000).astype(np.float32)) == []
    assert heard(np.asarray(np.sin(np.arange(400_000) * 0.1), np.float32)) == []


def test_a_header_that_promises_more_than_comes_gives_nothing_and_does_not_stop_what_follows() -> None:
    begun = sounded_group(packets_of(GROUP, 2_000))[:60_000]
    assert heard(np.concatenate([begun, sound()])) == PACKETS


def test_a_frame_with_a_forged_header_is_no_frame(monkeypatch) -> None:
    """17 packets, or none of any size: the header's check holds, what it says is beyond the bounds."""
    for count, size in ((GROUP + 1, 300), (1, 0), (1, 2_001), (16, 4_095)):
        forged = header_bits(count, size, CABLE)
        monkeypatch.setattr("galactica.spread.film.sound.sounding.header_bits", lambda *_, bits=forged: bits)
        samples = sound(PACKETS[:1], CABLE)
        monkeypatch.undo()
        assert heard(samples) == []


def test_endless_sound_takes_bounded_memory() -> None:
    listener = Listener()
    rng = np.random.default_rng(0)
    most = 0
    for _ in range(40):
        listener.hear(rng.normal(0, 0.2, BLOCK).astype(np.float32))
        most = max(most, len(listener._kept))
    assert most <= ROOM.samples(GROUP * 2_000) + 3 * BLOCK


def test_samples_that_are_no_numbers_do_no_harm() -> None:
    samples = sound()
    broken = np.concatenate([np.full(5_000, np.nan, np.float32), np.full(5_000, np.inf, np.float32), samples])
    with np.errstate(all="ignore"):
        assert set(heard(broken)) <= set(PACKETS)


@pytest.mark.parametrize("rate", [44_100, 96_000, 22_050])
def test_a_recording_at_another_rate_is_understood(tmp_path: Path, rate: int) -> None:
    kept = np.concatenate([*resampled([sound()], rate / RATE)])
    assert list(heard_packets(recorded(tmp_path / "a.wav", kept, rate=rate), FilmTally())) == PACKETS


@pytest.mark.parametrize("width", [1, 2, 3, 4])
@pytest.mark.parametrize("channels", [1, 2])
def test_every_plain_form_of_a_wav_file_is_read(tmp_path: Path, width: int, channels: int) -> None:
    tally = FilmTally()
    path = recorded(tmp_path / "a.wav", sound(), width=width, channels=channels)
    assert list(heard_packets(path, tally)) == PACKETS
    assert (tally.packets, tally.codes) == (6, 6)
    assert tally.seconds == pytest.approx(len(sound()) / RATE, abs=0.01)


def recorded(path: Path, samples: Sound, *, rate: int = RATE, width: int = 2, channels: int = 1) -> Path:
    whole = np.round(np.clip(samples, -1, 1) * (2 ** (8 * width - 1) - 1)).astype(np.int64)
    raw = (whole + 128 if width == 1 else whole).astype("<i8").view(np.uint8).reshape(-1, 8)[:, :width]
    with wave.open(str(path), "wb") as file:
        file.setnchannels(channels)
        file.setsampwidth(width)
        file.setframerate(rate)
        file.writeframes(np.repeat(raw, channels, axis=0).tobytes())
    return path


def test_what_is_written_is_read_sample_by_sample(tmp_path: Path) -> None:
    with (tmp_path / "a.wav").open("wb") as file:
        count = write_wav(file, sounded(PACKETS[:1]))
    samples = np.concatenate([*read_wav(tmp_path / "a.wav")])
    wanted = sounded_group(PACKETS[:1])
    assert count == len(samples) == len(wanted)
    assert np.abs(samples - wanted).max() < 1e-4


def test_the_same_packets_sound_the_same() -> None:
    files = []
    for _ in range(2):
        with io.BytesIO() as file:
            write_wav(file, sounded(PACKETS))
            files.append(file.getvalue())
    assert files[0] == files[1]


@pytest.mark.parametrize(
    "raw", [b"", b"RIFF", b"RIFF\xff\xff\xff\xffWAVE", b"hello" * 100, b"RIFF\0\0\0\0WAVEfmt \xff\xff\xff\xff"]
)
def test_what_is_no_wav_file_is_told(tmp_path: Path, raw: bytes) -> None:
    (tmp_path / "a.wav").write_bytes(raw)
    with pytest.raises(InputError):
        list(read_wav(tmp_path / "a.wav"))
    with pytest.raises(InputError):
        list(read_wav(tmp_path / "nothing.wav"))


def test_every_flipped_byte_of_the_head_of_a_wav_file_is_read_or_told(tmp_path: Path) -> None:
    raw = recorded(tmp_path / "a.wav", sound(PACKETS[:1], CABLE)[:20_000]).read_bytes()
    for at in range(44):
        for flip in (0x01, 0x80, 0xFF):
            (tmp_path / "b.wav").write_bytes(raw[:at] + bytes([raw[at] ^ flip]) + raw[at + 1 :])
            with contextlib.suppress(InputError):
                assert sum(map(len, read_wav(tmp_path / "b.wav"))) <= 20_000 * 6 * 4


@pytest.mark.parametrize("group", [[], [b""], [bytes(2_001)], [b"a", b"bc"], [b"a"] * (GROUP + 1)])
def test_packets_that_no_frame_carries_are_refused(group: list[bytes]) -> None:
    with pytest.raises(ValueError, match="a frame of sound carries"):
        sounded_group(group)


def test_the_loudness_stays_within_what_a_file_holds() -> None:
    for profile in PROFILES.values():
        samples = sound(packets_of(2, 900), profile)
        assert np.abs(samples).max() <= 1
        assert (np.abs(samples) > 0.999).mean() < 1e-4
