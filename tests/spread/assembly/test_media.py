"""Media files of every length arrive as they were, and those of important articles first."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from galactica import library
from galactica.edition import Edition
from galactica.spread.release.document import Release
from galactica.spread.release.objects import object_path
from galactica.spread.release.pack import PIECE, check_object, read_pack
from galactica.spread.release.publication import published_releases

PNG = b"\x89PNG\r\n\x1a\n"


def noise(name: str, size: int) -> bytes:
    """Bytes that cannot be pressed, after the beginning of a picture."""
    made = b"".join(hashlib.sha256(f"{name}{at}".encode()).digest() for at in range(0, size, 32))
    return PNG + made[: size - len(PNG)]


FILES = {
    "burn.png": noise("burn", 90_000),
    "exact.png": noise("exact", PIECE),
    "large.png": noise("large", 3 * PIECE + 5),
}


@pytest.fixture(scope="module")
def pictured(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pictured")
    source = folder / "pages"
    source.mkdir()
    for name, raw in FILES.items():
        (source / name).write_bytes(raw)
    page = "<html><head><title>{}</title></head><body><p>{}</p>{}</body></html>"
    shown = "".join(f'<p><img src="{name}" alt="x"></p>' for name in ("exact.png", "large.png"))
    (source / "a.html").write_text(page.format("Rivers", "Rivers run downhill to the sea. " * 40, shown))
    burn = '<p><img src="burn.png" alt="x"></p>'
    (source / "b.html").write_text(page.format("First aid", "Cool a burn with water. " * 20, burn))
    library.build(folder / "p.edition", [source], workers=0, meaning=False)
    library.publish(folder / "p.edition", folder / "pub", workers=0)
    return folder


def test_files_of_one_and_of_several_pieces_arrive_as_they_were(pictured: Path, tmp_path: Path) -> None:
    library.fetch([str(pictured / "pub")], tmp_path / "out.edition", workers=0, meaning=False)
    assert library.verify(tmp_path / "out.edition").ok
    with Edition.open(tmp_path / "out.edition") as edition:
        found = {item.names[0][1]: raw for item, raw in edition.media.items()}
    assert found == FILES


def test_pictures_of_what_matters_most_travel_before_other_pictures(pictured: Path) -> None:
    release = Release.from_bytes(next(iter(published_releases(pictured / "pub")))[1])
    order = [
        entry.hash
        for each in release.objects
        if each.kind == "pack"
        for entry in read_pack(check_object((pictured / "pub" / object_path(each.hash)).read_bytes(), each), 2)
        if entry.table == "content"
    ]
    assert order[0] == hashlib.sha256(FILES["burn.png"]).digest()
    assert len(order) == 1 + 1 + 4


def test_a_part_has_the_pictures_that_are_all_there(pictured: Path, tmp_path: Path) -> None:
    library.fetch([str(pictured / "pub")], tmp_path / "part.edition", workers=0, meaning=False, share=0.1)
    with Edition.open(tmp_path / "part.edition") as edition:
        names = {item.names[0][1] for item, _ in edition.media.items()}
    assert names <= {"burn.png"}
    assert library.verify(tmp_path / "part.edition").ok
