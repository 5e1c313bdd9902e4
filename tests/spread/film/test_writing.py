"""Films and sound are written whole or not at all, and what is in the way is said before anything is made."""

from __future__ import annotations

from pathlib import Path

import pytest

from galactica.errors import LimitError, MissingError, UsageError
from galactica.spread.film import writing
from galactica.spread.film.receiving import FilmTally, filmed_packets, heard_packets
from galactica.spread.film.sound.profile import RATE
from galactica.spread.film.writing import FilmOptions, check_film, write_film, write_sound
from tests.spread.film.shown import packets_of

pytest.importorskip("segno", reason="segno is not installed")
pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
pytest.importorskip("PIL", reason="Pillow is not installed")

PACKETS = packets_of(5)


def test_a_folder_of_pictures_gives_back_what_was_put_in(tmp_path: Path) -> None:
    made = write_film(PACKETS, tmp_path / "film", FilmOptions(), title="A")
    assert (made.files, made.frames, made.seconds) == (3, 3, 0.3)
    assert made.bytes == sum(each.stat().st_size for each in (tmp_path / "film").iterdir())
    assert set(filmed_packets(tmp_path / "film", FilmTally())) == set(PACKETS)
    assert [each.name for each in tmp_path.iterdir()] == ["film"]


def test_an_animation_and_a_page_are_one_file_each(tmp_path: Path) -> None:
    for name in ("film.apng", "film.PNG", "film.html"):
        made = write_film(PACKETS, tmp_path / name, FilmOptions(rate=5), title="A")
        assert (made.files, made.frames, made.seconds) == (1, 3, 0.6)
        assert made.bytes == (tmp_path / name).stat().st_size
    assert set(filmed_packets(tmp_path / "film.apng", FilmTally())) == set(PACKETS)


def test_sound_gives_back_what_was_put_in(tmp_path: Path) -> None:
    made = write_sound(PACKETS, tmp_path / "a.wav", FilmOptions(sound="cable"))
    assert made.bytes == (tmp_path / "a.wav").stat().st_size == 44 + 2 * round(made.seconds * RATE)
    assert list(heard_packets(tmp_path / "a.wav", FilmTally())) == PACKETS


def test_a_run_that_was_ended_leaves_nothing_that_is_taken_for_a_film(tmp_path: Path, monkeypatch) -> None:
    def ends(stage: str, done: int, total: int | None, unit: str) -> None:
        if done:
            raise KeyboardInterrupt

    for name in ("film", "film.html", "film.png"):
        with pytest.raises(KeyboardInterrupt):
            write_film(PACKETS, tmp_path / name, FilmOptions(), title="A", report=ends)
        assert not (tmp_path / name).exists()
        assert write_film(PACKETS, tmp_path / name, FilmOptions(), title="A").frames == 3
    with pytest.raises(KeyboardInterrupt):
        write_sound(PACKETS * 2, tmp_path / "a.wav", FilmOptions(), report=ends)
    assert not (tmp_path / "a.wav").exists()
    assert sorted(each.name for each in tmp_path.iterdir()) == ["film", "film.html", "film.png"]


def test_what_is_there_is_replaced_only_where_it_is_asked_for(tmp_path: Path) -> None:
    (tmp_path / "film.html").write_text("mine")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "mine").write_text("mine")
    (tmp_path / "empty").mkdir()
    for place in ("film.html", "folder"):
        with pytest.raises(UsageError):
            check_film(tmp_path / place, None, 1400, FilmOptions(force="--force"))
    check_film(tmp_path / "film.html", None, 1400, FilmOptions(force="--force", replace=True))
    check_film(tmp_path / "empty", None, 1400, FilmOptions())
    write_film(PACKETS, tmp_path / "empty", FilmOptions(), title="A")
    assert len([*(tmp_path / "empty").iterdir()]) == 3
    with pytest.raises(MissingError):
        check_film(tmp_path / "nowhere" / "film.html", None, 1400, FilmOptions())


UNSHOWN = (
    (2_001, FilmOptions()),
    (8_192, FilmOptions()),
    (1_400, FilmOptions(rate=0)),
    (1_400, FilmOptions(rate=31)),
    (1_400, FilmOptions(sound="song")),
)


@pytest.mark.parametrize(("packet", "options"), UNSHOWN)
def test_what_cannot_be_shown_is_said(tmp_path: Path, packet: int, options: FilmOptions) -> None:
    with pytest.raises(UsageError):
        check_film(tmp_path / "a.html", None, packet, options)


def test_sound_of_nothing_and_of_days_is_refused(tmp_path: Path, monkeypatch) -> None:
    with pytest.raises(UsageError):
        write_sound([], tmp_path / "a.wav", FilmOptions())
    monkeypatch.setattr(writing, "MAX_SECONDS", 1)
    with pytest.raises(LimitError, match="hours"):
        write_sound(PACKETS, tmp_path / "a.wav", FilmOptions())
    assert not (tmp_path / "a.wav").exists()
