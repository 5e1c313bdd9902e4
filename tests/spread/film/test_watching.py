"""Pictures and videos are looked at in a child process: what is in them is told, whatever they are."""

from __future__ import annotations

import struct
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest

from galactica.errors import InputError, LimitError, MissingError
from galactica.spread.film import child, looking, stills, watching
from galactica.spread.film.envelope import unwrapped
from galactica.spread.film.frames import FrameGrid, film_of
from galactica.spread.film.looking import codes_in
from galactica.spread.film.png import animated_png, png
from galactica.spread.film.receiving import FilmTally, PacketSieve, filmed_packets
from galactica.spread.film.stills import NoPictureError, still_pictures
from galactica.spread.film.videos import video_pictures
from galactica.spread.film.watching import PictureSeen, picture_files, watched
from tests.spread.film.shown import packets_of, photographed, picture_of, write_y4m

segno = pytest.importorskip("segno", reason="segno is not installed")
pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")

PACKETS = packets_of(8)
FILM = film_of(PACKETS)


def seen(path: Path) -> tuple[list[bytes], FilmTally]:
    tally = FilmTally()
    return list(filmed_packets(path, tally)), tally


def chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def hollow_png(width: int, height: int, rows: bytes) -> bytes:
    """A PNG that says it has so many pixels."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Photographs of every frame: out of order, one twice, one of nothing."""
    for number, frame in enumerate(FILM.frames()):
        Image.fromarray(photographed(picture_of(frame), seed=number)).save(tmp_path / f"{9 - number}.jpg", quality=80)
    (tmp_path / "again.jpg").write_bytes((tmp_path / "9.jpg").read_bytes())
    Image.fromarray(np.full((50, 80), 128, np.uint8)).save(tmp_path / "nothing.png")
    return tmp_path


def test_photographs_of_a_film_give_its_packets_in_any_order_each_once(folder: Path) -> None:
    packets, tally = seen(folder)
    assert sorted(packets) == sorted(PACKETS)
    assert (tally.pictures, tally.codes, tally.packets, tally.foreign, tally.unread) == (6, 10, 8, 0, 0)


def test_what_is_no_picture_is_counted_and_named(folder: Path) -> None:
    (folder / "notes.txt").write_text("hello")
    (folder / "empty.png").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"left alone")
    packets, tally = seen(folder)
    assert len(packets) == 8
    assert [(path.name, why) for path, why in tally.why] == [
        ("empty.png", "no picture or video that is read"),
        ("notes.txt", "no picture or video that is read"),
    ]


def test_a_picture_that_is_cut_off_still_gives_the_codes_that_are_whole(tmp_path: Path) -> None:
    frame = film_of(PACKETS, FrameGrid(columns=1, rows=2)).frame(0)
    Image.fromarray(picture_of(frame)).save(tmp_path / "whole.bmp")  # uncompressed; its rows stand bottom up
    raw = (tmp_path / "whole.bmp").read_bytes()
    (tmp_path / "whole.bmp").write_bytes(raw[: len(raw) * 6 // 10])
    packets, _ = seen(tmp_path)
    assert packets == [PACKETS[1]]


def test_an_animation_gives_the_packets_of_all_its_frames(tmp_path: Path) -> None:
    (tmp_path / "film.png").write_bytes(b"".join(animated_png(FILM.frames(), FILM.count, rate=10, scale=4)))
    packets, tally = seen(tmp_path / "film.png")
    assert sorted(packets) == sorted(PACKETS)
    assert tally.pictures == 4


@pytest.mark.parametrize("colour", ["mono", "420jpeg"])
def test_an_uncompressed_video_is_read_without_any_package(tmp_path: Path, colour: str) -> None:
    write_y4m(tmp_path / "film.y4m", (picture_of(frame) for frame in FILM.frames()), colour=colour)
    assert sorted(seen(tmp_path / "film.y4m")[0]) == sorted(PACKETS)


def test_a_compressed_video_is_read_by_opencv(tmp_path: Path) -> None:
    cv2 = pytest.importorskip("cv2", reason="OpenCV is not installed")
    height, width = (side // 2 * 2 for side in picture_of(FILM.frame(0)).shape)
    writer = cv2.VideoWriter(str(tmp_path / "film.avi"), cv2.VideoWriter.fourcc(*"MJPG"), 10, (width, height))
    for frame in FILM.frames():
        writer.write(cv2.cvtColor(picture_of(frame)[:height, :width], cv2.COLOR_GRAY2BGR))
    writer.release()
    assert sorted(seen(tmp_path / "film.avi")[0]) == sorted(PACKETS)


def test_a_film_of_two_releases_gives_the_packets_of_both_and_leaves_the_choice_to_others(tmp_path: Path) -> None:
    others = packets_of(4, seed=9)
    for number, frame in enumerate([*FILM.frames(), *film_of(others).frames()]):
        (tmp_path / f"{number}.png").write_bytes(png(frame))
    assert sorted(seen(tmp_path)[0]) == sorted([*PACKETS, *others])


def test_foreign_codes_between_ours_are_counted_and_passed_by(tmp_path: Path) -> None:
    (tmp_path / "ours.png").write_bytes(png(FILM.frame(0)))
    segno.make_qr("https://example.org/GX:").save(str(tmp_path / "link.png"), scale=4)
    segno.make_qr(b"\x00\xff binary \x80", mode="byte").save(str(tmp_path / "bytes.png"), scale=4)
    segno.make_qr("GX:::::", mode="alphanumeric").save(str(tmp_path / "posing.png"), scale=4)
    packets, tally = seen(tmp_path)
    assert sorted(packets) == sorted(PACKETS[:2])
    assert (tally.codes, tally.foreign) == (5, 3)


def test_a_screen_that_shows_a_code_with_other_bytes_gives_what_it_says_for_the_packets_check_to_refuse() -> None:
    """A code is read as it was printed: whoever prints `GX:` and rubbish is found out by the packet's own check."""
    posing = segno.make_qr("GX:BB8BB8", mode="alphanumeric").matrix
    picture = picture_of(np.pad(np.array([list(row) for row in posing], np.uint8), 4))
    assert [unwrapped(content) for content in codes_in(picture)] == [b"ABAB"]


@pytest.mark.parametrize(
    ("width", "height"), [(100_000, 100_000), (2**31 - 1, 2**31 - 1), (50_000_001, 1), (7_072, 7_072)]
)
def test_a_huge_picture_is_refused_before_it_is_unpacked(tmp_path: Path, width: int, height: int) -> None:
    (tmp_path / "huge.png").write_bytes(hollow_png(width, height, bytes(10_000)))
    (tmp_path / "then.png").write_bytes(png(FILM.frame(0)))
    packets, tally = seen(tmp_path)
    assert len(packets) == 2
    assert tally.unread == 1
    assert "pixels" in tally.why[0][1]


def test_a_decompression_bomb_unpacks_no_more_than_its_picture(tmp_path: Path) -> None:
    (tmp_path / "bomb.png").write_bytes(hollow_png(100, 100, bytes(60_000_000)))
    text = chunk(b"zTXt", b"Comment\0\0" + zlib.compress(bytes(60_000_000)))
    raw = png(FILM.frame(0))
    (tmp_path / "texts.png").write_bytes(raw[:33] + text * 20 + raw[33:])
    _, tally = seen(tmp_path)
    assert tally.pictures + tally.unread == 2


def test_a_playlist_that_names_other_files_is_not_followed(tmp_path: Path) -> None:
    write_y4m(tmp_path / "film.y4m", [picture_of(FILM.frame(0))])
    (tmp_path / "lists").mkdir()
    for name, text in (
        ("list.m3u8", f"#EXTM3U\n#EXTINF:1,\n{tmp_path / 'film.y4m'}\n"),
        ("list.mp4", f"ffconcat version 1.0\nfile '{tmp_path / 'film.y4m'}'\n"),
        ("list.avi", "#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/film.ts\n"),
    ):
        (tmp_path / "lists" / name).write_text(text)
    packets, tally = seen(tmp_path / "lists")
    assert (packets, tally.unread, tally.pictures) == ([], 3, 0)


BROKEN = (
    b"YUV4MPEG2 ",
    b"YUV4MPEG2 H5\n",
    b"YUV4MPEG2 W0 H5\n",
    b"YUV4MPEG2 Wx H5\n",
    b"YUV4MPEG2 W99999 H99999\n",
    b"YUV4MPEG2 W2 H2 C9\n",
    b"YUV4MPEG2 W2 H2\nNO FRAME\n",
    b"YUV4MPEG2 W" + b"1" * 5000,
)


@pytest.mark.parametrize("head", BROKEN)
def test_a_broken_header_of_a_video_is_told(tmp_path: Path, head: bytes) -> None:
    (tmp_path / "film.y4m").write_bytes(head)
    with pytest.raises(NoPictureError):
        list(video_pictures(tmp_path / "film.y4m"))


def test_a_video_that_is_cut_off_gives_what_came_before(tmp_path: Path) -> None:
    write_y4m(tmp_path / "film.y4m", [picture_of(frame) for frame in FILM.frames()])
    raw = (tmp_path / "film.y4m").read_bytes()
    (tmp_path / "film.y4m").write_bytes(raw[: len(raw) * 5 // 8])
    assert len(list(video_pictures(tmp_path / "film.y4m"))) == 2


def test_every_flipped_byte_of_a_small_picture_is_read_or_told(tmp_path: Path) -> None:
    raw = png(film_of([b"x"], FrameGrid(columns=1)).frame(0), scale=1)
    for at in range(len(raw)):
        (tmp_path / "one.png").write_bytes(raw[:at] + bytes([raw[at] ^ 0x55]) + raw[at + 1 :])
        try:
            for picture in still_pictures(tmp_path / "one.png"):
                assert picture.size <= looking.MAX_PIXELS
        except NoPictureError:
            pass


def test_a_file_that_kills_its_reader_is_left_out_and_the_rest_is_read(folder: Path, monkeypatch) -> None:
    """The child is replaced by one that dies at a certain file, as a crash in a decoder would let it."""
    monkeypatch.setattr(watching, "child_command", lambda module, *rest: dying("5.jpg", "os.kill(os.getpid(), 9)"))
    files = [each for each in picture_files(folder) if each.suffix == ".jpg"]
    (folder / "5.jpg").write_bytes((folder / "9.jpg").read_bytes())
    told = list(watched(sorted([*files, folder / "5.jpg"])))
    assert [each.file.name for each in told if each.why] == ["5.jpg"]
    assert {unwrapped(code) for each in told for code in each.codes} == set(PACKETS)


def test_a_file_that_hangs_its_reader_is_left_out(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(watching, "child_command", lambda module, *rest: dying("6.jpg", "time.sleep(600)"))
    told = list(watched(picture_files(folder), silence=4.0))
    assert [each.file.name for each in told if each.why] == ["6.jpg"]


def test_after_many_crashes_the_rest_is_given_up(folder: Path, monkeypatch) -> None:
    monkeypatch.setattr(watching, "child_command", lambda module, *rest: dying("", "os._exit(3)"))
    monkeypatch.setattr(watching, "MAX_CRASHES", 3)
    told = list(watched(picture_files(folder)))
    assert [each.file for each in told] == picture_files(folder)
    assert [each.why.startswith("too many") for each in told] == [False] * 3 + [True] * 3


def dying(name: str, how: str) -> tuple[str, ...]:
    program = (
        "import os, sys, time\n"
        "from galactica.spread.film import child\n"
        "plain = child._opened\n"
        "def opened(path):\n"
        f"    if {name!r} in path.name:\n        {how}\n"
        "    return plain(path)\n"
        "child._opened = opened\n"
        "child.run_child()\n"
    )
    return (sys.executable, "-c", program)


def test_what_is_missing_is_named_with_its_extra(folder: Path, monkeypatch) -> None:
    lacking = "import sys; sys.modules['zxingcpp'] = None; from galactica.spread.film import child; child.run_child()"
    monkeypatch.setattr(watching, "child_command", lambda module, *rest: (sys.executable, "-c", lacking))
    with pytest.raises(MissingError) as caught:
        list(watched(picture_files(folder)))
    assert "zxing-cpp" in caught.value.problem
    assert "galactica[spread]" in caught.value.remedy


def test_a_child_that_talks_nonsense_costs_its_file_alone(folder: Path, monkeypatch) -> None:
    nonsense = "import os; os.write(1, os.urandom(100_000))"
    monkeypatch.setattr(watching, "child_command", lambda module, *rest: (sys.executable, "-c", nonsense))
    assert all(isinstance(each, PictureSeen) for each in watched(picture_files(folder)))


def test_no_pictures_and_too_many_are_refused(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(InputError):
        picture_files(tmp_path / "nothing")
    monkeypatch.setattr(watching, "MAX_FILES", 2)
    for number in range(3):
        (tmp_path / str(number)).write_bytes(b"")
    with pytest.raises(LimitError):
        picture_files(tmp_path)


def test_a_picture_with_more_codes_than_a_frame_has_is_read_up_to_the_bound(monkeypatch) -> None:
    monkeypatch.setattr(looking, "MAX_CODES", 3)
    assert len(codes_in(picture_of(film_of(PACKETS, FrameGrid(columns=4, rows=2)).frame(0)))) == 3


@pytest.mark.parametrize("shape", [(0, 5), (5, 5, 3), (8_000, 8_000)])
def test_what_is_no_picture_of_a_bounded_size_is_not_looked_at(shape: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="pixels"):
        codes_in(np.zeros(shape, np.uint8))


def test_memory_of_what_was_seen_is_bounded(monkeypatch) -> None:
    monkeypatch.setattr("galactica.spread.film.receiving.REMEMBERED", 3)
    sieve = PacketSieve(FilmTally())
    assert list(sieve.packets([b"a", b"b", b"a", b"c", b"d", b"a", b"b"])) == [b"a", b"b", b"c", b"d", b"b"]


def test_the_childs_memory_has_room_for_the_largest_picture() -> None:
    assert child.DATA_LIMIT > 8 * looking.MAX_PIXELS
    assert stills.MAX_FRAMES >= 4 * 3600 * 30
