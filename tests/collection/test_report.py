"""The report of an edition: every file of its folders counted, what each kind gave, what was left out and why."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from galactica import library
from galactica.collection.report import SAMPLES, EditionReport, edition_report
from galactica.edition import Edition
from tests.browser import launched, served_app
from tests.cli.conftest import call
from tests.cli.test_json import check
from tests.web.visitor import Visitor
from tests.worked import build_works

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 30


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An edition of a folder with pages, a table, a picture that is shown and one that is not, and what is not read."""
    place = tmp_path_factory.mktemp("mixed") / "disk"
    (place / "notes").mkdir(parents=True)
    (place / "index.html").write_text('<h1>Otter</h1><p>The otter swims.</p><img src="otter.png">')
    (place / "otter.png").write_bytes(PNG)
    (place / "lonely.png").write_bytes(PNG)
    (place / "notes" / "heron.md").write_text("# Heron\n\nThe heron waits.\n")
    (place / "notes" / "blank.md").write_bytes(b"")
    (place / "fish.csv").write_text("title,text\nPike,The pike hunts in reeds.\nCarp,The carp eats from the bottom.\n")
    for number in range(SAMPLES + 3):
        (place / f"part{number}.o").write_bytes(b"\x7fELF\x02\x01\x01" + bytes(40))
    (place / ".secret").write_text("x")
    out = place.parent / "disk.edition"
    library.build(out, [str(place)], language="en", workers=1, meaning=False)
    return out


@pytest.fixture(scope="module")
def report(built: Path) -> EditionReport:
    with Edition.open(built) as edition:
        return edition_report(edition)


def test_every_file_of_the_folder_is_counted_once(report: EditionReport) -> None:
    assert report.total.files == 6 + SAMPLES + 3 + 1
    assert {each.kind: (each.files, each.read) for each in report.kinds}["PNG picture"] == (2, 0)


def test_each_kind_has_what_it_gave(report: EditionReport) -> None:
    found = {each.kind: each for each in report.kinds}
    assert (found["table"].files, found["table"].read, found["table"].articles) == (1, 1, 2)
    assert (found["HTML page"].articles, found["HTML page"].read) == (1, 1)
    assert (found["Markdown page"].articles, found["Markdown page"].files, found["Markdown page"].read) == (1, 2, 1)
    assert found["PNG picture"].media == 1
    assert report.kinds[0].kind == "table"
    assert report.kinds[-1].kind == ""


def test_what_was_left_out_has_its_reason_and_the_first_examples(report: EditionReport) -> None:
    found = {each.kind: each for each in report.kinds}
    picture = found["PNG picture"].left_out[0]
    assert (picture.reason, picture.count, picture.samples[0].where) == ("not-linked", 1, "lonely.png")
    program = next(each for each in report.kinds if each.files == SAMPLES + 3).left_out[0]
    assert (program.count, len(program.samples)) == (SAMPLES + 3, SAMPLES)
    assert found["Markdown page"].left_out[0].reason == "empty"
    assert found[""].left_out[0].reason == "hidden"


def test_the_sums_are_those_of_the_edition(report: EditionReport, built: Path) -> None:
    info = library.info(built)
    total = report.total
    assert (total.articles, total.media, report.rejected) == (info.articles, info.media, info.rejected)
    assert total.aliases == info.aliases


def test_works_are_counted_and_an_edition_of_no_folder_has_no_files(tmp_path: Path) -> None:
    with Edition.open(build_works(tmp_path)) as edition:
        found = edition_report(edition)
    assert (found.total.works, found.total.articles, found.total.files) == (2, 6, 0)


def test_the_terminal_shows_the_table_and_the_reasons(built: Path) -> None:
    out = call("report", str(built)).out
    table = next(line for line in out.splitlines() if line.startswith("table "))
    assert table.split()[1:] == ["1", "1", "2", "·", "·"]
    assert "not-linked" in out
    assert "  disk: lonely.png" in out, "by its source, because fish.csv is one of its own"
    assert "… and 3 more" in out


def test_json_is_the_same_over_http_and_fits_its_schema(built: Path) -> None:
    from galactica.web import create_app

    document = call("report", str(built), "--json").json
    check("report", document)
    editions = document["editions"]
    assert isinstance(editions, list)
    own = editions[0]
    with library.open_library(built) as opened:
        room = Visitor(create_app(opened))
        assert room.get(f"/api/v1/report?edition={own['root'][:12]}").json() == own
        assert room.get("/api/v1/report").status_code == 400


def test_the_page_in_the_room_is_led_to_and_shows_the_same(built: Path, report: EditionReport) -> None:
    from galactica.web import create_app

    with library.open_library(built) as opened:
        room = Visitor(create_app(opened))
        short = report.root[:12]
        assert f'href="/report/{short}"' in room.get(f"/about/{short}").text
        page = room.get(f"/report/{short}").text
        assert "<bdi>disk</bdi>: <bdi>lonely.png</bdi>" in page
        assert '<a href="#gx-kind-' in page
        chinese = room.get(f"/report/{short}", headers={"accept-language": "zh-CN"}).text
        assert "合计" in chinese
        shown = [each.kind for each in report.kinds if each.kind]
        assert [kind for kind in shown if not kind.isascii() or f">{kind}<" in chinese] == []


def test_the_table_in_the_room_fits_a_telephone_with_all_that_it_counts(built: Path, report: EditionReport) -> None:
    from galactica.web import create_app

    with library.open_library(built) as opened, served_app(create_app(opened)) as base, launched() as browser:
        page = browser.new_page(viewport={"width": 360, "height": 740})
        page.goto(f"{base}/report/{report.root[:12]}")
        for width in (360, 1000):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.locator(".gx-scroll").evaluate("one => one.scrollWidth <= one.clientWidth")
            counts = page.locator(".gx-sum td")
            shown = [counts.nth(n).bounding_box() for n in range(counts.count())]
            assert all(box and box["x"] + box["width"] <= width for box in shown)
            named = page.locator(".gx-sum td").first.evaluate("one => getComputedStyle(one, '::before').content")
            assert ("Files" in named) == (width == 360)


def test_an_edition_made_before_files_were_counted_is_reported_without_them(built: Path) -> None:
    file = built / "data" / "edition.json"
    before = file.read_text(encoding="utf-8")
    raw = json.loads(before)
    raw.pop("files")
    file.write_text(json.dumps(raw), encoding="utf-8")
    try:
        with Edition.open(built) as edition:
            found = edition_report(edition)
    finally:
        file.write_text(before, encoding="utf-8")
    assert (found.total.files, found.total.articles) == (0, 4)
