"""What a person sees: results, and nothing that an article could do to a terminal."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from galactica import __version__
from galactica.cli.app import app, program_command
from galactica.cli.terminal import write_table
from galactica.edition.info import LeftOut
from galactica.hints import word
from galactica.model.json import Json
from galactica.model.said import counted

from .conftest import FakeLibrary, Made, call
from .test_json import check

CONTROL = set(map(chr, range(32))) - {"\n", "\t"} | {"\x7f"} | set(map(chr, range(0x80, 0xA0)))


@pytest.mark.parametrize(
    "words",
    [
        ["search", "rain"],
        ["ls"],
        ["read", "rain"],
        ["read", "rain", "--format", "md"],
        ["read", "rain", "--format", "html"],
        ["suggest", "rain"],
    ],
)
def test_control_characters_of_an_article_do_not_reach_the_terminal(made: Made, edition: str, words: list[str]) -> None:
    said = call(*words, "-e", edition)
    assert said.code == 0
    assert "Rain" in said.out
    assert not CONTROL & set(said.out + said.err)


def test_a_result_shows_title_snippet_source_date_and_passage(made: Made, edition: str) -> None:
    out = call("search", "rain", "-e", edition).out
    for part in ("Rain", "that falls", "My notes", "2026-01-02", "passage 0", "en"):
        assert part in out


def test_notes_of_a_search_go_to_standard_error(made: Made, edition: str) -> None:
    said = call("search", "rain", "-e", edition)
    assert "a note" in said.err
    assert "a note" not in said.out


def test_nothing_found_is_said_and_is_no_error(made: Made, edition: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(FakeLibrary, "hits", ())
    said = call("search", "rain", "-e", edition)
    assert (said.code, said.out) == (0, "")
    assert "Nothing found" in said.err


def test_reading_what_is_not_there_ends_with_1_and_a_suggestion(made: Made, edition: str) -> None:
    said = call("read", "reign", "-e", edition)
    assert said.code == 1
    assert "Did you mean: Rain?" in said.err


def test_the_markdown_of_an_article_names_its_origin(made: Made, edition: str) -> None:
    out = call("read", "rain", "-e", edition, "-f", "md").out
    assert "Water that **falls**" in out
    assert "— My notes, 2026-01-02, CC0-1.0" in out


def test_info_lists_what_a_person_asks_for(made: Made, edition: str) -> None:
    out = call("info", edition).out
    for part in ("Weather", "articles   1", "left out   2", "12.3 kB", "en 1", "CC0-1.0", "My notes"):
        assert part in out


def test_verify_says_whole_or_names_the_damaged_article(made: Made, edition: str) -> None:
    assert "whole" in call("verify", edition).out
    from types import SimpleNamespace

    problems = [
        SimpleNamespace(where="articles/00000.parquet", what="wrong hash", article=""),
        SimpleNamespace(where="articles/00000.parquet", what="cannot be read", article="Rain"),
        SimpleNamespace(where="articles/00000.parquet", what="cannot be read", article="Snow"),
        SimpleNamespace(where="bagit.txt", what="missing", article=""),
    ]
    made.module.verify = lambda path, report: SimpleNamespace(  # type: ignore[attr-defined]
        ok=False, problems=problems, root="", articles=1, files=3
    )
    said = call("verify", edition)
    assert said.code == 1
    assert "DAMAGED in 2 files" in said.out
    lines = [line.strip() for line in said.out.splitlines()]
    assert "articles/00000.parquet: wrong hash; cannot be read. Articles: Rain, Snow" in lines
    assert "bagit.txt: missing" in lines
    assert f"galactica repair {word(edition)} --from" in said.err
    problems[:] = [SimpleNamespace(where="index/text/a.term", what="changed", article="")]
    said = call("verify", edition)
    assert f"galactica index {word(edition)}" in said.err
    assert "repair" not in said.err


def test_an_export_without_a_known_name_asks_for_the_format(made: Made, edition: str, tmp_path: Path) -> None:
    said = call("export", edition, str(tmp_path / "x.doc"))
    assert said.code == 2
    assert "--format" in said.err


def test_a_column_must_be_a_pair(made: Made) -> None:
    said = call("build", "x.edition", "t.csv", "--column", "title")
    assert said.code == 2
    assert "FIELD=COLUMN" in said.err


def test_build_passes_on_what_was_said(made: Made, edition: str) -> None:
    call(
        "build", "x.edition", "a", "b", "--title", "T", "--column", "title=name", "--parent", edition, "--workers", "2"
    )
    _, (out, sources, options) = made.calls[0]  # type: ignore[misc]
    assert (out, sources) == (Path("x.edition"), ["a", "b"])
    assert options["title"] == "T"
    assert options["columns"] == (("title", "name"),)
    assert options["parent"] == Path(edition)
    assert options["workers"] == 2
    assert options["meaning"] is True
    call("build", "x.edition", "a", "--no-meaning")
    assert made.calls[1][1][2]["meaning"] is False


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ([], (True, True)),
        (["--no-meaning"], (True, False)),
        (["--only", "words"], (True, False)),
        (["--only", "meaning"], (False, True)),
    ],
)
def test_index_makes_what_was_asked_for(made: Made, edition: str, words: list[str], parts: tuple[bool, bool]) -> None:
    said = call("index", edition, "--parent", edition, *words)
    assert said.code == 0
    _, (path, options) = made.calls[0]  # type: ignore[misc]
    assert path == Path(edition)
    assert (options["words"], options["meaning"]) == parts
    assert options["parent"] == Path(edition)


def test_index_says_when_nothing_is_left_to_do(made: Made, edition: str) -> None:
    said = call("index", edition, "--no-meaning", "--only", "meaning")
    assert said.code == 2
    assert made.calls == []


def test_notes_are_told_after_the_work_however_it_ends(made: Made, edition: str) -> None:
    def index(path: Path, *, note: Callable[[str], None], **options: object) -> None:
        note("There is no encoder here.")
        raise KeyboardInterrupt

    made.module.index = index  # type: ignore[attr-defined]
    said = call("index", edition)
    assert said.code == 130
    assert said.err.index("There is no encoder here.") < said.err.index("Stopped.")


@pytest.mark.parametrize(
    ("done", "complete", "shown"),
    [
        (7, True, "meaning    encoder static (abababababab, 448 dimensions)\n"),
        (3, False, "(abababababab, 448 dimensions); 3 of 7 passages done; go on: galactica index "),
    ],
)
def test_info_says_how_far_the_index_of_meaning_is(
    made: Made, edition: str, done: int, complete: bool, shown: str
) -> None:
    from types import SimpleNamespace

    from .conftest import INFO

    assert "meaning    no index; make it: galactica index " in call("info", edition).out
    meaning = SimpleNamespace(encoder="static", digest="ab" * 32, dimensions=448, done=done, total=7, complete=complete)
    made.module.info = lambda path: SimpleNamespace(**{**vars(INFO), "meaning": meaning})  # type: ignore[attr-defined]
    assert shown in call("info", edition).out
    document = call("info", edition, "--json").json
    check("info", document)
    assert document["editions"][0]["meaning"]["done"] == done


def test_editions_are_found_on_the_shelf_by_name_with_or_without_suffix(made: Made, tmp_path: Path) -> None:
    (tmp_path / "alps.edition").mkdir()
    for name in ("alps", "alps.edition"):
        assert call("info", name, "--shelf", str(tmp_path)).code == 0
    said = call("info", "andes", "--shelf", str(tmp_path))
    assert said.code == 4
    assert "On the shelf: alps" in said.err


@pytest.mark.parametrize("work", ["building", "fetching"])
@pytest.mark.parametrize("name", ["half", "half.edition"])
def test_an_edition_that_is_not_finished_is_said_to_be_so(made: Made, tmp_path: Path, name: str, work: str) -> None:
    (tmp_path / f"half.edition.{work}").mkdir()
    said = call("search", "rain", "-e", str(tmp_path / name))
    assert said.code == 4
    assert "begun and is not finished" in said.err
    assert f"same galactica {work[:5]}" in said.err
    assert "neither a path" in call("search", "rain", "-e", str(tmp_path / "hal")).err


def test_an_empty_shelf_says_how_to_fill_it(made: Made, tmp_path: Path) -> None:
    said = call("search", "rain", "--shelf", str(tmp_path))
    assert said.code == 2
    assert "galactica shelf add" in said.err


def test_version_is_said_in_both_ways(made: Made) -> None:
    assert __version__ in call("version").out
    assert __version__ in call("--version").out


@pytest.mark.parametrize("words", [["--help"], ["shelf", "--help"], ["build", "--help"], ["-h"]])
def test_help_is_given_without_loading_what_reads_editions(words: list[str]) -> None:
    program = (
        "import sys; from galactica.cli import run; code = run(sys.argv[1:]); "
        "heavy = {'pyarrow', 'tantivy', 'numpy', 'duckdb', 'galactica.library', 'uvicorn'} & set(sys.modules); "
        "sys.exit(f'loaded {heavy}' if heavy else code)"
    )
    ended = subprocess.run([sys.executable, "-c", program, *words], capture_output=True, text=True, check=False)
    assert ended.returncode == 0, ended.stderr
    assert "Usage" in ended.stdout


@pytest.mark.parametrize(
    ("words", "address", "said_so"),
    [
        ([], "http://127.0.0.1:8080/", False),
        ([], "http://127.0.0.1:40123/", True),
        (["--port", "0"], "http://127.0.0.1:40123/", False),
        (["--port", "9000"], "http://127.0.0.1:9000/", False),
    ],
)
def test_where_the_usual_port_is_taken_that_is_said(
    made: Made, edition: str, monkeypatch: pytest.MonkeyPatch, words: list[str], address: str, said_so: bool
) -> None:
    def serve(library: object, *, announce: Callable[[str], None], **options: object) -> None:
        announce(address)

    monkeypatch.setattr("galactica.web.serve", serve)
    said = call("serve", edition, *words)
    assert address in said.out
    assert ("Port 8080 is taken" in said.err) == said_so


@pytest.mark.parametrize(("number", "words"), [(0, "0 editions"), (1, "1 edition"), (2500, "2,500 editions")])
def test_one_thing_is_one_and_several_are_several(number: int, words: str) -> None:
    assert counted(number, "edition") == words


def test_the_demo_builds_searches_and_opens_the_room(
    made: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[dict[str, object]] = []

    def serve(library: object, *, announce: Callable[[str], None], **options: object) -> None:
        opened.append(options)
        announce("http://127.0.0.1:8080/")

    monkeypatch.setattr("galactica.web.serve", serve)
    said = call("demo", "--dir", str(tmp_path / "demo"))
    assert said.code == 0
    assert made.calls[0][1][1] == ["pydoc:", "atlas:", "almanac:"]
    for part in ("Weather: 1 article, 12.3 kB on disk", "$ galactica search", "Rain", "http://127.0.0.1:8080/"):
        assert part in said.out
    assert opened[0]["host"] == "127.0.0.1"
    opened.clear()
    (tmp_path / "demo" / "starter.edition").mkdir()
    said = call("demo", "--dir", str(tmp_path / "demo"), "--no-serve", "--json")
    assert said.code == 0
    assert opened == []
    assert "is there already" in said.err
    check("demo", said.json)


def test_serve_says_its_address_and_passes_on_what_was_asked(
    made: Made, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def serve(library: object, *, announce: Callable[[str], None], **options: object) -> None:
        asked = {"host": "::1", "port": 0, "public": True, "cors": ("https://example.org",), "tracer": None}
        asked |= {"models": ()}
        assert options == asked
        announce("http://[::1]:1/")
        raise KeyboardInterrupt

    monkeypatch.setattr("galactica.web.serve", serve)
    words = ["serve", edition, "--host", "::1", "--port", "0", "--public", "--cors", "https://example.org"]
    said = call(*words)
    assert (said.code, said.out) == (0, "Reading room: http://[::1]:1/ (Ctrl-C closes it)\n")
    assert "Closed." in said.err
    check("serve", call(*words, "--json").json)


def test_a_table_is_drawn_on_a_terminal_and_tabbed_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[list[Json]] = [["a\tb", None], [1.5, [1, "x"]]]
    out = io.StringIO()
    monkeypatch.setattr("sys.stdout", out)
    write_table(["one", "two"], rows)
    assert out.getvalue() == 'one\ttwo\na b\t\n1.5\t[1, "x"]\n'

    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    out = Terminal()
    monkeypatch.setattr("sys.stdout", out)
    write_table(["one", "two"], rows)
    assert "┃" in out.getvalue() or "|" in out.getvalue()


def test_what_was_left_out_is_told_by_kind_with_the_reason_and_what_to_do(made: Made, edition: str) -> None:
    for words in (["build", "x.edition", "a"], ["info", edition]):
        said = call(*words)
        assert said.code == 0
        assert "14 × PDF document: not read; turn it into" in said.out
        assert "1 × new-reason: new-reason" in said.out
        assert not CONTROL & set(said.out + said.err)


def test_files_that_are_kept_and_not_read_are_not_among_what_was_left_out(
    made: Made, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from .conftest import INFO

    kept = LeftOut(kind="RTF document", reason="kept-unread", count=2, example="a.rtf")
    monkeypatch.setattr(INFO, "left_out", (*INFO.left_out, kept))
    for words, head in ((["build", "x.edition", "a"], "Kept: "), (["info", edition], "  kept       ")):
        said = call(*words)
        assert f"{head}2 × RTF document, as files that pages link to; their text is not searched" in said.out
        assert said.out.count("RTF") == 1


def test_an_edition_of_by_catch_alone_is_said_and_has_its_own_exit_code(
    made: Made, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from .conftest import INFO

    monkeypatch.setattr(INFO, "only_bycatch", True)
    said = call("build", "x.edition", "books")
    assert said.code == 8
    assert "Nothing of what books is for could be read" in said.err
    assert call("build", "x.edition", "books", "--json").code == 8


def test_what_is_missing_because_a_source_is_damaged_is_said_and_has_its_own_exit_code(
    made: Made, edition: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from .conftest import INFO

    monkeypatch.setattr(INFO, "damaged", 1)
    assert "DAMAGED SOURCE: 1 page, row or part of it could not be read and is missing" in call("build", "x", "d").err
    monkeypatch.setattr(INFO, "damaged", 1234)
    said = call("build", "x.edition", "dump.xml")
    assert said.code == 9
    assert "DAMAGED SOURCE: 1,234 pages, rows or parts of it could not be read and are missing" in said.err
    said = call("build", "x.edition", "dump.xml", "--json")
    assert said.code == 9
    assert json.loads(said.out)["editions"][0]["damaged"] == 1234


def test_pages_of_the_web_are_kept_whole_where_it_is_asked_for(made: Made, edition: str) -> None:
    call("build", "x.edition", "a")
    assert made.calls[-1][1][2]["whole_pages"] is False
    call("build", "x.edition", "a", "--whole-pages")
    assert made.calls[-1][1][2]["whole_pages"] is True


def test_files_are_kept_besides_their_text_where_it_is_asked_for(made: Made, edition: str) -> None:
    call("build", "x.edition", "a")
    assert made.calls[-1][1][2]["keep_files"] is False
    call("build", "x.edition", "a", "--keep-files")
    assert made.calls[-1][1][2]["keep_files"] is True


def test_bounds_of_linked_files_are_given_in_megabytes(made: Made, edition: str) -> None:
    call("build", "x.edition", "a", "--max-file", "3", "--max-files", "5")
    options = made.calls[-1][1][2]
    assert (options["max_file"], options["max_files"]) == (3 * 2**20, 5 * 2**20)
    assert call("build", "x.edition", "a", "--max-file", "-1").code == 2


def test_a_verb_is_made_alone_and_everything_where_none_is_named() -> None:
    every = {each.name for each in app.registered_commands} | {each.name for each in app.registered_groups}
    assert set(program_command("ask").commands) == {"ask"}
    assert set(program_command("shelf").commands) == {"shelf"}
    for other in ("", "--help", "asks"):
        assert set(program_command(other).commands) == every


def test_a_mistyped_verb_is_told_by_its_name() -> None:
    said = call("asks", "what is rain")
    assert said.code == 2
    assert "asks" in said.err
