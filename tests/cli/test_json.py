"""With --json each verb writes exactly one document, and it fits its published schema."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import jsonschema
import pytest

from .conftest import ARTICLE, ROOT, Made, call

SCHEMAS = files("galactica") / "schemas"


def check(name: str, document: object) -> None:
    schema = json.loads((SCHEMAS / f"{name}.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(document, schema, cls=jsonschema.Draft202012Validator)


@pytest.mark.parametrize(
    ("schema", "words"),
    [
        ("info", ["build", "out.edition", "notes.txt"]),
        ("info", ["info", "EDITION"]),
        ("info", ["info", "-e", "EDITION", "-e", "EDITION"]),
        ("info", ["index", "EDITION"]),
        ("verify", ["verify", "EDITION"]),
        ("ls", ["ls", "EDITION"]),
        ("ls", ["ls", "-e", "EDITION", "--lang", "de"]),
        ("diff", ["diff", "EDITION", "EDITION"]),
        ("read", ["read", "rain", "-e", "EDITION"]),
        ("search", ["search", "rain", "in", "Spain", "-e", "EDITION"]),
        ("suggest", ["suggest", "drzle", "-e", "EDITION"]),
        ("version", ["version"]),
        ("error", ["read", "no such thing", "-e", "EDITION"]),
        ("error", ["info", "no-such.edition"]),
        ("error", ["info", "--nonsense"]),
        ("error", ["search", "-e", "EDITION"]),
        ("error", ["nonsense"]),
    ],
)
def test_every_verb_writes_one_document_of_its_schema(made: Made, edition: str, schema: str, words: list[str]) -> None:
    said = call(*(edition if word == "EDITION" else word for word in words), "--json")
    check(schema, said.json)
    assert (said.code == 0) == (schema != "error")


def test_info_has_the_counts_a_program_looks_for(made: Made, edition: str) -> None:
    document = call("info", edition, "--json").json
    assert document["articles"] == 1
    assert document["passages"] == 1
    assert document["rejected"] == 2
    assert document["languages"] == {"en": 1}
    assert document["root"] == ROOT


def test_info_of_several_editions_adds_up(made: Made, edition: str) -> None:
    document = call("info", edition, edition, "--json").json
    assert document["articles"] == 2
    assert document["root"] == ""
    assert len(document["editions"]) == 2  # type: ignore[arg-type]


def test_shelf_verbs_write_documents(made: Made, edition: str, tmp_path: Path) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    check("shelf", call("shelf", "add", edition, "--shelf", str(shelf), "--json").json)
    check("info", call("shelf", "ls", "--shelf", str(shelf), "--json").json)
    check("shelf", call("shelf", "rm", Path(edition).name, "--shelf", str(shelf), "--json").json)
    check("error", call("shelf", "rm", "x", "--shelf", str(shelf), "--json").json)


def test_export_writes_a_document(made: Made, edition: str, tmp_path: Path) -> None:
    document = call("export", edition, str(tmp_path / "x.zim"), "--json").json
    check("export", document)
    assert document["bytes"] == 5


def test_read_gives_the_body_and_the_text(made: Made, edition: str) -> None:
    document = call("read", "drizzle", "-e", edition, "--format", "json").json
    assert document["id"] == ARTICLE.id.hex()
    assert document["text"] == "Water that falls\x1b[2J."


def test_no_control_character_stands_raw_in_a_document(made: Made, edition: str) -> None:
    for words in (["read", "rain"], ["search", "rain"], ["ls"]):
        said = call(*words, "-e", edition, "--json")
        assert not {"\x1b", "\x9b", "\x07"} & set(said.out)
        assert "\x9b31m" in json.dumps(said.json, ensure_ascii=False)


def test_a_path_that_is_no_text_is_still_one_document(
    made: Made,
) -> None:
    document = call("build", "caf\udce9.edition", "notes\udcff.txt", "--json").json
    assert document["editions"][0]["path"] == "caf\udce9.edition"
    assert made.calls[0][1][1] == ["notes\udcff.txt"]


def test_every_schema_is_itself_valid_and_closed() -> None:
    names = [file.name for file in SCHEMAS.iterdir() if file.name.endswith(".json")]
    assert len(names) >= 14
    for name in names:
        schema = json.loads((SCHEMAS / name).read_text(encoding="utf-8"))
        jsonschema.Draft202012Validator.check_schema(schema)
        assert schema["additionalProperties"] is False
