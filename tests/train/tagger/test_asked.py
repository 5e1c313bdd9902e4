"""Questions that ask for one of our properties."""

from __future__ import annotations

import json
import tomllib
from importlib.resources import files
from pathlib import Path

from galactica.claims.property_table import known_properties
from galactica.train.tagger.asked import asked_passages, asked_property


def test_every_example_is_read_as_it_says() -> None:
    table = tomllib.loads(files("galactica.train.tagger").joinpath("asked.toml").read_text("utf-8"))
    for language in table.values():
        for example in language["examples"]:
            question, about = map(str.strip, example.split("|"))
            told = asked_property(question)
            assert told is not None
            assert told[1].lower() == about
        assert set(language) - {"examples"} <= set(known_properties())


def test_what_names_no_thing_is_not_asked_about() -> None:
    assert asked_property("When was he born?") is None
    assert asked_property("What is the population of the largest city?") is None
    assert asked_property("Why is the sky blue?") is None


def test_a_passage_comes_with_its_answer(tmp_path: Path) -> None:
    text = "Ida Noddack was born in 1896 in Wesel."
    asked = {"id": "1", "question": "When was Ida Noddack born?", "answers": [{"text": "1896", "answer_start": 24}]}
    document = {"data": [{"title": "Ida Noddack", "paragraphs": [{"context": text, "qas": [asked]}]}]}
    file = tmp_path / "asked.json"
    file.write_text(json.dumps(document), "utf-8")
    (found,) = asked_passages([file])
    assert (found.property, found.about, text[found.start : found.end]) == ("date_of_birth", "Ida Noddack", "1896")
