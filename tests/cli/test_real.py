"""The program from end to end, on a small library made of files that this test writes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from .conftest import call
from .test_json import check

RAIN = """<!DOCTYPE html><html lang="en"><title>Rain</title><h1>Rain</h1>
<p>Rain is water that falls from clouds. <a href="snow.html">Snow</a> is colder.</p>
<table><tr><th>Place</th><th>mm</th></tr><tr><td>Bergen</td><td>2250</td></tr></table></html>"""
SNOW = """<!DOCTYPE html><html lang="en"><title>Snow</title><h1>Snow</h1>
<p>Snow is frozen rain, 10<sup>6</sup> flakes.</p>"""


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an edition in it whose name means something to shells and globs."""
    folder = tmp_path_factory.mktemp("real")
    (folder / "weather").mkdir()
    (folder / "weather" / "rain.html").write_text(RAIN, encoding="utf-8")
    (folder / "weather" / "snow.html").write_text(SNOW, encoding="utf-8")
    out = folder / "it's [rain] *雨*.edition"
    said = call("build", str(out), str(folder / "weather"), "--title", "Weather", "--workers", "1", "--json")
    assert said.code == 0, said.err
    check("info", said.json)
    return out


def test_info_search_read_verify_and_sql_fit_their_schemas(library: Path) -> None:
    edition = str(library)
    for schema, words in (
        ("info", ["info", edition]),
        ("search", ["search", "water from clouds", "-e", edition]),
        ("suggest", ["suggest", "sno", "-e", edition]),
        ("read", ["read", "rain", "-e", edition]),
        ("verify", ["verify", edition]),
        ("ls", ["ls", "-e", edition]),
        ("diff", ["diff", edition, edition]),
        ("sql", ["sql", "select title, edition from articles order by title", "-e", edition]),
    ):
        said = call(*words, "--json")
        assert said.code == 0, said.err
        check(schema, said.json)


def test_words_find_the_article_and_its_title_comes_first(library: Path) -> None:
    out = call("search", "snow", "-e", str(library)).out
    assert out.index("Snow") < out.index("Rain") if "Rain" in out else "Snow" in out
    assert "Nothing found" in call("search", "xylophone", "-e", str(library)).err


def test_an_article_reads_the_same_in_every_form(library: Path) -> None:
    edition = str(library)
    assert "10^6 flakes" in call("read", "snow", "-e", edition).out
    assert "10<sup>6</sup> flakes" in call("read", "snow", "-e", edition, "-f", "md").out
    assert "| Bergen | 2250 |" in call("read", "rain", "-e", edition, "-f", "md").out
    assert "<td>Bergen</td>" in call("read", "rain", "-e", edition, "-f", "html").out


def test_the_tables_answer_in_sql_and_nothing_else_does(library: Path) -> None:
    said = call("sql", "select count(*) as n from articles", "-e", str(library))
    assert said.out == "n\n2\n"
    said = call("sql", "select * from read_text('/etc/hostname')", "-e", str(library))
    assert (said.code, said.out) == (2, "")


def test_a_flipped_byte_is_found_and_the_article_named(library: Path, tmp_path: Path) -> None:
    import shutil

    copy = tmp_path / "copy.edition"
    shutil.copytree(library, copy)
    table = next((copy / "data" / "articles").glob("*.parquet"))
    content = bytearray(table.read_bytes())
    content[len(content) // 3] ^= 1
    table.write_bytes(content)
    said = call("verify", str(copy), "--json")
    assert said.code == 1
    check("verify", said.json)
    assert said.json["ok"] is False


def test_an_edition_is_never_overwritten(library: Path) -> None:
    said = call("build", str(library), str(library.parent / "weather"))
    assert said.code == 2
    assert "nothing is ever overwritten" in said.err


def test_an_older_edition_is_kept_on_the_shelf_and_read_where_it_is_named(tmp_path: Path) -> None:
    rain = tmp_path / "rain.html"
    rain.write_text(RAIN, encoding="utf-8")
    old, new = tmp_path / "old.edition", tmp_path / "new.edition"
    assert call("build", str(old), str(rain), "--no-meaning").code == 0
    rain.write_text(RAIN.replace("falls", "drips"), encoding="utf-8")
    assert call("build", str(new), str(rain), "--no-meaning", "--parent", str(old)).code == 0
    shelf = ["--shelf", str(tmp_path / "shelf")]
    assert "no longer" not in call("shelf", "add", str(old), *shelf).err
    assert "new.edition is a newer edition of old.edition" in call("shelf", "add", str(new), *shelf).err
    listed = call("shelf", "ls", *shelf)
    assert "old.edition  1 article" in listed.out
    assert "no longer asked" in listed.err
    assert "drips" in call("search", "water", *shelf).out
    roots = "select distinct edition from articles"
    assert len(call("sql", roots, *shelf, "--json").json["rows"]) == 1  # type: ignore[arg-type]
    assert len(call("sql", roots, "-e", "old", "-e", "new", *shelf, "--json").json["rows"]) == 2  # type: ignore[arg-type]
    assert call("verify", *shelf).out.count(": whole.") == 2


def test_the_shelf_holds_what_is_put_on_it(library: Path, tmp_path: Path) -> None:
    shelf = ["--shelf", str(tmp_path / "shelf")]
    assert call("shelf", "add", str(library), *shelf).code == 0
    check("info", call("shelf", "ls", "--json", *shelf).json)
    assert "Rain" in call("search", "rain", *shelf).out
    assert call("shelf", "rm", library.name, *shelf).code == 0
    assert library.exists()
    assert call("search", "rain", *shelf).code == 2


def test_the_index_is_made_again(library: Path) -> None:
    assert call("index", str(library), "--quiet").code == 0
    assert call("verify", str(library)).code == 0


def test_what_is_no_source_and_what_is_no_edition_are_told_apart(tmp_path: Path) -> None:
    assert call("build", str(tmp_path / "x.edition"), str(tmp_path / "missing")).code == 3
    assert not (tmp_path / "x.edition").exists()
    assert call("info", str(tmp_path)).code == 4
    assert call("search", "x", "-e", str(tmp_path)).code == 4


@pytest.mark.skipif(os.name == "nt", reason="signals are sent differently on Windows")
def test_the_reading_room_says_its_address_and_closes_at_ctrl_c(library: Path) -> None:
    command = [sys.executable, "-m", "galactica", "serve", str(library), "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as room:
        assert room.stdout is not None
        assert room.stdout.readline().startswith("Reading room: http://127.0.0.1:")
        time.sleep(0.1)
        room.send_signal(signal.SIGINT)
        _, err = room.communicate(timeout=30)
    assert room.returncode == 0
    assert "Traceback" not in err
