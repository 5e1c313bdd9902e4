"""An edition goes from one machine to another as a film, as sound, and by what a person calls it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import numpy as np
import pytest

from galactica import library
from galactica.cli import filming
from galactica.library import FilmTally
from galactica.spread.film.envelope import wrapped
from galactica.spread.film.receiving import filmed_packets
from galactica.spread.release.publishing import publish_edition
from tests.web.visitor import Visitor

from .conftest import call
from .test_json import check

pytest.importorskip("segno", reason="segno is not installed")
pytest.importorskip("zxingcpp", reason="zxing-cpp is not installed")
Image = pytest.importorskip("PIL.Image", reason="Pillow is not installed")

KEPT = Path(__file__).parent.parent / "compat" / "edition-v2"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GALACTICA_CONFIG", str(tmp_path / "conf"))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("published") / "pub"
    publish_edition(KEPT, place, workers=0)
    return place


@pytest.fixture
def film(published: Path, tmp_path: Path) -> Path:
    said = call("broadcast", str(published), "--qr", str(tmp_path / "film"), "--packet", "300", "-q", "--json")
    assert said.code == 0, said.err
    check("broadcast", said.json)
    assert said.json["frames"] == said.json["files"] == len([*(tmp_path / "film").iterdir()])
    assert said.json["packets"] == 2 * int(str(said.json["cycle_packets"]))
    return tmp_path / "film"


def whole(out: Path) -> bool:
    found = call("verify", str(out), "--json").json
    return found["ok"] is True and library.info(out).root == library.info(KEPT).root


def test_an_edition_goes_over_as_a_film(film: Path, tmp_path: Path) -> None:
    out = tmp_path / "o.edition"
    said = call("receive", str(out), "--frames", str(film), "--no-meaning", "-q", "--json")
    assert said.code == 0, said.err
    check("receive", said.json)
    assert said.json["whole"]
    assert "different packets" in said.err
    assert whole(out)


@pytest.mark.parametrize("sound", ["room", "cable"])
def test_an_edition_goes_over_as_sound(published: Path, tmp_path: Path, sound: str) -> None:
    wav, out = tmp_path / "a.wav", tmp_path / "o.edition"
    said = call("broadcast", str(published), "--wav", str(wav), "--sound", sound, "--packet", "300", "-q")
    assert said.code == 0, said.err
    assert "of sound" in said.out
    said = call("receive", str(out), "--wav", str(wav), "--no-meaning", "-q")
    assert said.code == 0, said.err
    assert "whole" in said.out
    assert whole(out)


def test_half_as_pictures_and_half_as_sound_make_a_whole(published: Path, film: Path, tmp_path: Path) -> None:
    wav, out = tmp_path / "a.wav", tmp_path / "o.edition"
    pictures = sorted(film.iterdir())
    for each in pictures[3:]:
        each.unlink()
    assert call("broadcast", str(published), "--wav", str(wav), "--packet", "300", "-q").code == 0
    first = call("receive", str(out), "--frames", str(film), "--no-meaning", "-q")
    assert first.code in (3, 9), first.err
    said = call("receive", str(out), "--wav", str(wav), "--no-meaning", "-q", "--json")
    assert said.code == 0, said.err
    assert whole(out)


def test_a_film_with_other_codes_and_of_another_release_between_gives_the_one_that_was_named(
    film: Path, tmp_path: Path
) -> None:
    out = tmp_path / "o.edition"
    library.build(tmp_path / "other.edition", [other(tmp_path)], meaning=False, workers=0)
    said = call("broadcast", str(tmp_path / "other.edition"), "--qr", str(tmp_path / "film2"), "--packet", "300", "-q")
    assert said.code == 0, said.err
    for each in (tmp_path / "film2").iterdir():
        each.rename(film / f"{each.stem}-other.png")
    noise = np.random.default_rng(0).integers(0, 255, (200, 300)).astype(np.uint8)
    Image.fromarray(noise).save(film / "000000-noise.png")
    root = library.info(KEPT).root
    said = call("receive", str(out), "--frames", str(film), "--root", root, "--no-meaning", "-q")
    assert said.code == 0, said.err
    assert "Not taken" in said.err
    assert whole(out)


def other(place: Path) -> Path:
    (place / "texts").mkdir()
    (place / "texts" / "a.txt").write_text("Another edition, which nobody asked for.\n" * 40)
    return place / "texts"


def test_receiving_that_was_killed_goes_on(film: Path, tmp_path: Path) -> None:
    """A run that is ended by SIGKILL while pictures come in leaves what it had; the same command finishes."""
    out = tmp_path / "o.edition"
    pictures = sorted(film.iterdir())
    before, after = pictures[:4], pictures[4:8]
    (tmp_path / "first").mkdir()
    for each in before:
        (tmp_path / "first" / each.name).write_bytes(each.read_bytes())
    program = (
        "import sys, time\n"
        "from galactica import library\n"
        "import galactica.library.filming as filming\n"
        "plain = filming.filmed_packets\n"
        "def slow(*given, **more):\n"
        "    yield from plain(*given, **more)\n"
        "    print('seen', flush=True)\n"
        "    while True:\n        time.sleep(0.1); yield None\n"
        "filming.filmed_packets = slow\n"
        "import galactica.spread.packets.receiving as receiving\n"
        "receiving.FLUSH = 0.0\n"
        "from pathlib import Path\n"
        f"library.receive_filmed(Path({str(out)!r}), frames=[Path({str(tmp_path / 'first')!r})])\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, env=dict(os.environ)) as child:
        assert child.stdout.readline() == b"seen\n"
        time.sleep(1)
        child.send_signal(signal.SIGKILL)
    assert not out.exists()
    assert (tmp_path / "o.edition.receiving").is_dir()
    for each in pictures:
        if each not in after:
            each.unlink()
    alone = call("receive", str(tmp_path / "alone.edition"), "--frames", str(film), "--no-meaning", "-q")
    assert alone.code in (3, 9)  # what comes after is not enough by itself
    said = call("receive", str(out), "--frames", str(film), "--no-meaning", "-q", "--json")
    assert said.code == 0, said.err
    assert whole(out)


def test_receiving_by_the_camera_gives_the_edition_and_opens_it(film: Path, tmp_path: Path, monkeypatch) -> None:
    """The page's own application, given what a browser would send."""
    packets = [*filmed_packets(film, FilmTally())]
    out = tmp_path / "o.edition"

    def served(session, nothing, opened, *, port, announce) -> None:
        from galactica.web.receiving import SEEN, create_receiving_app

        session.start()
        visitor = Visitor(create_receiving_app(session, nothing, opened))
        announce("http://127.0.0.1:8080/")
        for at in range(0, len(packets), 20):
            sent = [wrapped(packet) for packet in packets[at : at + 20]]
            assert visitor.post(SEEN, {"codes": sent}).status_code == 200
        session.wait()
        told = visitor.get(SEEN).json()
        assert (told["stage"], told["share"], told["title"]) == ("done", 1.0, library.info(KEPT).title)
        assert visitor.get("/").status_code == 200
        session.close()

    monkeypatch.setattr("galactica.web.server.serve_receiving", served)
    said = call("receive", str(out), "--camera", "--no-meaning", "-q", "--json")
    assert said.code == 0, said.err
    check("receive", said.json)
    assert "Open http://127.0.0.1:8080/" in said.err
    assert whole(out)


def test_a_camera_that_is_put_away_early_leaves_a_part(film: Path, tmp_path: Path, monkeypatch) -> None:
    packets = [*filmed_packets(film, FilmTally())]

    def served(session, nothing, opened, *, port, announce) -> None:
        session.start()
        session.see_codes(wrapped(packet).encode() for packet in packets[:8])
        while session.state().title == "":
            time.sleep(0.01)
        session.close()
        raise KeyboardInterrupt

    monkeypatch.setattr("galactica.web.server.serve_receiving", served)
    said = call("receive", str(tmp_path / "o.edition"), "--camera", "--no-meaning", "-q")
    assert said.code in (3, 9)
    assert "arrived" in said.out
    assert threading.active_count() < 20


@pytest.mark.parametrize(
    "words",
    [
        ("broadcast", "PUB", "--qr", "OUT", "--out", "OUT"),
        ("broadcast", "PUB", "--qr", "OUT", "--wav", "OUT"),
        ("broadcast", "PUB", "--qr", "OUT", "--packet", "4000"),
        ("broadcast", "PUB", "--qr", "OUT", "--grid", "9x9"),
        ("broadcast", "PUB", "--qr", "OUT", "--fps", "90"),
        ("broadcast", "PUB", "--qr", "PUB"),
        ("broadcast", "PUB", "--wav", "OUT", "--sound", "song"),
        ("receive", "OUT", "--frames", "PUB", "--camera"),
        ("receive", "OUT", "--frames", "PUB", "--udp", "127.0.0.1:9"),
        ("receive", "OUT", "--frames", "NOWHERE"),
        ("receive", "PUB", "--camera"),
        ("receive", "OUT", "--wav", "NOWHERE"),
    ],
)
def test_what_makes_no_sense_is_said(words: tuple[str, ...], published: Path, tmp_path: Path) -> None:
    places = {"PUB": published, "OUT": tmp_path / "out", "NOWHERE": tmp_path / "nowhere"}
    said = call(*(str(places.get(word, word)) for word in words), "-q")
    assert said.code in (2, 3), said.out
    assert "Traceback" not in said.err
    assert filming.check_one_way(1) is None
